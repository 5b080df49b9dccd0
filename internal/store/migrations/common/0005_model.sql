-- +goose Up
-- A new model folds beside the one in force: these rows are nobody's belief until the school switches to their model.
CREATE TABLE estimate_beside (
  school_id TEXT NOT NULL,
  learner_id TEXT NOT NULL,
  skill_id TEXT NOT NULL,
  model_id TEXT NOT NULL,
  p_known DOUBLE PRECISION NOT NULL CHECK (p_known >= 0 AND p_known <= 1),
  status TEXT NOT NULL CHECK (status IN ('not_started','growing','secure','another_look')),
  secure_since_ms BIGINT NOT NULL,
  fades_ms BIGINT NOT NULL,
  folded_seq BIGINT NOT NULL,       -- the learner's last fact that was folded
  body JSON NOT NULL,               -- mastery.Estimate whole
  PRIMARY KEY (school_id, learner_id, skill_id)
);

-- +goose Down
SELECT 1;
