-- +goose Up
-- An answer may wait for a person: nothing has read it yet (outcome 'unread'), and a teacher will. What they find of a rubric's
-- criteria stands with their ruling.

ALTER TABLE attempt ADD COLUMN waiting BOOLEAN NOT NULL DEFAULT FALSE CHECK (waiting = FALSE OR outcome = 'unread');
CREATE INDEX attempt_waiting ON attempt (school_id, learner_id) WHERE waiting = TRUE; -- statements say = TRUE too
ALTER TABLE ruling ADD COLUMN levels JSON NOT NULL DEFAULT '[]'; -- one for each criterion, from 0; none = []

-- Which answer a photo was sent with. One that was never sent is its maker's alone.
CREATE TABLE attempt_file (
  school_id TEXT NOT NULL,
  file_id TEXT NOT NULL,
  attempt_id TEXT NOT NULL,
  PRIMARY KEY (school_id, file_id),
  FOREIGN KEY (school_id, file_id) REFERENCES file(school_id, id),
  FOREIGN KEY (school_id, attempt_id) REFERENCES attempt(school_id, id)
);

-- +goose Down
SELECT 1;
