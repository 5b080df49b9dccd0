-- +goose Up
-- A learner's word that an answer is right, and what a teacher said to it. Both are facts: a fold reads the attempt as ruled.

CREATE TABLE appeal (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL,
  learner_id TEXT NOT NULL,
  attempt_id TEXT NOT NULL,
  PRIMARY KEY (school_id, id),
  UNIQUE (school_id, attempt_id),
  FOREIGN KEY (school_id, attempt_id) REFERENCES attempt(school_id, id)
);
CREATE INDEX appeal_learner ON appeal (school_id, learner_id);

CREATE TABLE ruling (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL,
  learner_id TEXT NOT NULL,
  attempt_id TEXT NOT NULL,
  accepted BOOLEAN NOT NULL,        -- right after all
  by_id TEXT NOT NULL,
  word TEXT NOT NULL,               -- the teacher's, '' = none
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, attempt_id) REFERENCES attempt(school_id, id)
);
CREATE INDEX ruling_learner ON ruling (school_id, learner_id);

-- +goose Down
SELECT 1;
