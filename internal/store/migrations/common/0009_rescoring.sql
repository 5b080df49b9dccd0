-- +goose Up
-- A further fact about an attempt: what its response is worth under a later version of its item.

CREATE TABLE rescoring (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL,
  learner_id TEXT NOT NULL,
  attempt_id TEXT NOT NULL,
  item_version BIGINT NOT NULL,     -- whose key judged it
  outcome TEXT NOT NULL CHECK (outcome IN ('right','not_yet','unread')),
  mistake TEXT NOT NULL,
  by_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, attempt_id) REFERENCES attempt(school_id, id)
);
CREATE INDEX rescoring_learner ON rescoring (school_id, learner_id);

-- +goose Down
SELECT 1;
