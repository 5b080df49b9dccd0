-- +goose Up
-- Where a class, or one learner by their own wish, is going in a unit; and the minutes that a usual week has for it.

CREATE TABLE goal (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL,
  class_unit_id TEXT NOT NULL,
  learner_id TEXT NOT NULL,         -- '' = the class's, set by a teacher; else that learner's wish
  aims JSON NOT NULL,               -- goal.Aim
  due_on TEXT NOT NULL,             -- YYYY-MM-DD, '' = no day
  by_id TEXT NOT NULL,
  set_ms BIGINT NOT NULL,
  ended_ms BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, class_unit_id) REFERENCES class_unit(school_id, id)
);
CREATE INDEX goal_unit ON goal (school_id, class_unit_id, learner_id) WHERE ended_ms = 0;

ALTER TABLE class_unit ADD COLUMN week_minutes BIGINT NOT NULL DEFAULT 100;

-- +goose Down
SELECT 1;
