-- +goose Up
-- Evidence: the only truth about a learner. Append-only; seq is given under the learner's lock.

CREATE TABLE learner_seq (          -- the learner's lock and the last seq given
  school_id TEXT NOT NULL,
  learner_id TEXT NOT NULL,
  seq BIGINT NOT NULL,
  PRIMARY KEY (school_id, learner_id),
  FOREIGN KEY (school_id, learner_id) REFERENCES person(school_id, id)
);
CREATE TABLE evidence (
  school_id TEXT NOT NULL,
  learner_id TEXT NOT NULL,
  seq BIGINT NOT NULL CHECK (seq >= 1),
  kind TEXT NOT NULL,
  fact_id TEXT NOT NULL,
  happened_ms BIGINT NOT NULL,
  received_ms BIGINT NOT NULL,
  op TEXT NOT NULL,
  PRIMARY KEY (school_id, learner_id, seq),
  UNIQUE (school_id, fact_id)
);
CREATE TABLE attempt (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL,
  learner_id TEXT NOT NULL,
  item_id TEXT NOT NULL,
  item_version BIGINT NOT NULL,
  skill_id TEXT NOT NULL,
  others JSON NOT NULL,             -- further skill ids
  graph_version BIGINT NOT NULL,
  draw_n BIGINT NOT NULL CHECK (draw_n >= 1),
  seed TEXT NOT NULL,               -- uint64 as decimal text
  drawn JSON NOT NULL,
  response JSON NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('right','not_yet','unread')),
  mistake TEXT NOT NULL,
  item_kind TEXT NOT NULL,
  options BIGINT NOT NULL,
  try BIGINT NOT NULL CHECK (try >= 1),
  hints BIGINT NOT NULL CHECK (hints >= 0),
  unlearned BOOLEAN NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('check','practice','lesson','exit')),
  context TEXT NOT NULL,            -- sitting, lesson or pile id, as purpose says
  took_ms BIGINT NOT NULL CHECK (took_ms >= 0),
  PRIMARY KEY (school_id, id),
  UNIQUE (school_id, item_id, learner_id, draw_n, try), -- by item first: how an item does is read from it too
  FOREIGN KEY (school_id, item_id, item_version) REFERENCES content_version(school_id, id, version)
);
CREATE INDEX attempt_skill ON attempt (school_id, learner_id, skill_id);
CREATE INDEX attempt_context ON attempt (school_id, context) WHERE context <> ''; -- practice has none; statements say <> '' too
CREATE TABLE viewing (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL,
  learner_id TEXT NOT NULL,
  lesson_id TEXT NOT NULL,
  lesson_version BIGINT NOT NULL,
  from_ms BIGINT NOT NULL CHECK (from_ms >= 0),
  to_ms BIGINT NOT NULL,
  rate DOUBLE PRECISION NOT NULL CHECK (rate > 0 AND rate <= 4),
  PRIMARY KEY (school_id, id),
  CHECK (to_ms > from_ms)
);
CREATE INDEX viewing_lesson ON viewing (school_id, lesson_id, learner_id);
CREATE TABLE self_rating (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL,
  learner_id TEXT NOT NULL,
  objective_id TEXT NOT NULL,
  says TEXT NOT NULL CHECK (says IN ('yes','bit','not_yet')),
  PRIMARY KEY (school_id, id)
);
CREATE INDEX self_rating_learner ON self_rating (school_id, learner_id);
CREATE TABLE credit (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL,
  learner_id TEXT NOT NULL,
  skill_id TEXT NOT NULL,
  act TEXT NOT NULL CHECK (act IN ('credit','reopen')),
  by_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (school_id, id)
);
CREATE INDEX credit_learner ON credit (school_id, learner_id);
CREATE TABLE role_choice (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL,
  learner_id TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  objective_id TEXT NOT NULL,       -- '' = the unit's task
  role TEXT NOT NULL,
  PRIMARY KEY (school_id, id)
);
CREATE INDEX role_choice_learner ON role_choice (school_id, learner_id);
CREATE TABLE brought_question (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL,
  learner_id TEXT NOT NULL,
  class_id TEXT NOT NULL,
  lesson_id TEXT NOT NULL,
  text TEXT NOT NULL,
  used_ms BIGINT NOT NULL DEFAULT 0, -- "I used your question"
  used_by TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (school_id, id)
);
CREATE INDEX brought_question_class ON brought_question (school_id, class_id);
CREATE INDEX brought_question_learner ON brought_question (school_id, learner_id);
CREATE TABLE meeting (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL,
  learner_id TEXT NOT NULL,
  class_id TEXT NOT NULL,
  by_id TEXT NOT NULL,
  pile_id TEXT NOT NULL,
  skill_id TEXT NOT NULL,
  PRIMARY KEY (school_id, id)
);
CREATE INDEX meeting_learner ON meeting (school_id, learner_id);
CREATE INDEX meeting_pile ON meeting (school_id, pile_id);
CREATE TABLE activity_done (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL,
  learner_id TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  objective_id TEXT NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (school_id, id)
);
CREATE INDEX activity_done_learner ON activity_done (school_id, learner_id);
CREATE TABLE withdrawal (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL,
  learner_id TEXT NOT NULL,
  withdrawn_fact_id TEXT NOT NULL,
  by_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (school_id, id)
);
CREATE INDEX withdrawal_learner ON withdrawal (school_id, learner_id);

-- A place, not evidence.
CREATE TABLE resume (
  school_id TEXT NOT NULL,
  learner_id TEXT NOT NULL,
  lesson_id TEXT NOT NULL,
  position_ms BIGINT NOT NULL,
  saved_ms BIGINT NOT NULL,
  PRIMARY KEY (school_id, learner_id, lesson_id)
);

-- Folds. An estimate is a fold of its learner's facts under one frozen model.
CREATE TABLE model (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL,
  code TEXT NOT NULL,
  params JSON NOT NULL,
  hash TEXT NOT NULL,
  current BOOLEAN NOT NULL,
  made_ms BIGINT NOT NULL,
  PRIMARY KEY (school_id, id)
);
CREATE TABLE estimate (
  school_id TEXT NOT NULL,
  learner_id TEXT NOT NULL,
  skill_id TEXT NOT NULL,
  model_id TEXT NOT NULL,
  p_known DOUBLE PRECISION NOT NULL CHECK (p_known >= 0 AND p_known <= 1),
  status TEXT NOT NULL CHECK (status IN ('not_started','growing','secure','another_look')),
  secure_since_ms BIGINT NOT NULL,
  fades_ms BIGINT NOT NULL,         -- from here on a secure skill is worth another look; 0 = never
  folded_seq BIGINT NOT NULL,
  body JSON NOT NULL,               -- mastery.Estimate whole
  PRIMARY KEY (school_id, learner_id, skill_id)
);

-- +goose Down
SELECT 1;
