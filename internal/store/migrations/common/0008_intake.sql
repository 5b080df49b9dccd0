-- +goose Up
-- What was brought in, so that it can be taken back: each import, and what it made or changed.

CREATE TABLE intake (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,               -- the format: gift, csv …
  source TEXT NOT NULL,             -- of the origins
  file TEXT NOT NULL,               -- what the file was called
  by_id TEXT NOT NULL,              -- '' = the command
  at_ms BIGINT NOT NULL,
  taken BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  undone_ms BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (school_id, id)
);
CREATE INDEX intake_at ON intake (school_id, at_ms);

CREATE TABLE intake_part (
  school_id TEXT NOT NULL,
  intake_id TEXT NOT NULL,
  nth BIGINT NOT NULL,              -- in the order in which it was made
  kind TEXT NOT NULL,               -- course, skill, file, item, lesson, unit
  id TEXT NOT NULL,
  was_version BIGINT NOT NULL,      -- 0 = it was not there
  made_version BIGINT NOT NULL,     -- 0 for skills and files, which have none
  PRIMARY KEY (school_id, intake_id, nth),
  FOREIGN KEY (school_id, intake_id) REFERENCES intake(school_id, id)
);

-- Whether anybody used a lesson is asked by the lesson.
CREATE INDEX brought_question_lesson ON brought_question (school_id, lesson_id);
CREATE INDEX class_lesson_lesson ON class_lesson (school_id, lesson_id);

-- +goose Down
SELECT 1;
