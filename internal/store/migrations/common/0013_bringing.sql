-- +goose Up
-- A file that somebody brings in the browser, from the moment it is sent until it is taken or put away.

CREATE TABLE bringing (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL,                 -- and of the import that becomes of it
  by_id TEXT NOT NULL,
  at_ms BIGINT NOT NULL,
  file TEXT NOT NULL,               -- what the file is called
  sha256 TEXT NOT NULL,             -- its bytes, in the folder "brought"
  size BIGINT NOT NULL,
  kind TEXT NOT NULL,               -- the format; '' = nobody could tell
  place TEXT NOT NULL,              -- where it goes, JSON
  state TEXT NOT NULL,              -- open, taking, stopped, taken, dropped
  done BIGINT NOT NULL DEFAULT 0,   -- records, while it is being taken
  total BIGINT NOT NULL DEFAULT 0,
  beat_ms BIGINT NOT NULL DEFAULT 0, -- when it last got on
  report TEXT NOT NULL DEFAULT '',  -- what became of it, JSON
  refusal TEXT NOT NULL DEFAULT '', -- why it stopped, JSON
  PRIMARY KEY (school_id, id)
);
CREATE INDEX bringing_by ON bringing (school_id, by_id, state);
CREATE INDEX bringing_file ON bringing (school_id, sha256);
-- One at a time in a school.
CREATE UNIQUE INDEX bringing_one ON bringing (school_id) WHERE state = 'taking';

-- Whose import made a thing is asked by the thing.
CREATE INDEX intake_part_thing ON intake_part (school_id, id);

-- +goose Down
SELECT 1;
