-- +goose Up
-- The check (diagnostic), proposals and decisions, and a day of class.

CREATE TABLE sitting (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL,
  learner_id TEXT NOT NULL,
  class_unit_id TEXT NOT NULL,
  started_ms BIGINT NOT NULL,
  ended_ms BIGINT NOT NULL DEFAULT 0,
  ended_why TEXT NOT NULL DEFAULT '', -- done, stopped
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, class_unit_id) REFERENCES class_unit(school_id, id)
);
CREATE INDEX sitting_learner ON sitting (school_id, learner_id, class_unit_id);

-- An immutable snapshot; at most one open a learner and class unit.
CREATE TABLE proposal (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL,
  learner_id TEXT NOT NULL,
  class_unit_id TEXT NOT NULL,
  base_revision BIGINT NOT NULL,
  cause TEXT NOT NULL,
  model_id TEXT NOT NULL,
  body JSON NOT NULL,               -- plan.Proposal whole
  look_key TEXT NOT NULL,           -- equal for look-alikes
  state TEXT NOT NULL CHECK (state IN ('open','decided','superseded')),
  made_ms BIGINT NOT NULL,
  sent_ms BIGINT NOT NULL DEFAULT 0, -- the learner sent it
  wish JSON NOT NULL DEFAULT '{}',  -- what the learner moved, contested and said when sending
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, class_unit_id) REFERENCES class_unit(school_id, id)
);
CREATE INDEX proposal_learner ON proposal (school_id, learner_id, class_unit_id);
CREATE INDEX proposal_state ON proposal (school_id, class_unit_id, state);
CREATE UNIQUE INDEX proposal_one_open ON proposal (school_id, learner_id, class_unit_id) WHERE state = 'open';
CREATE TABLE decision (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL,
  learner_id TEXT NOT NULL,
  class_unit_id TEXT NOT NULL,
  proposal_id TEXT NOT NULL,        -- '' when a step is put in by hand
  verdict TEXT NOT NULL CHECK (verdict IN ('accept','edit','reject','hand')),
  reason TEXT NOT NULL,
  by_id TEXT NOT NULL,
  revision BIGINT NOT NULL,         -- the plan's revision after it (unchanged by reject)
  lines JSON NOT NULL,              -- the plan's lines after it
  at_ms BIGINT NOT NULL,
  PRIMARY KEY (school_id, id)
);
CREATE INDEX decision_learner ON decision (school_id, learner_id, class_unit_id, at_ms);

-- A day of class: its piles, as proposed and as moved by the teacher, and whether it has started.
CREATE TABLE class_day (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL,
  class_id TEXT NOT NULL,
  on_date TEXT NOT NULL,
  lesson_id TEXT NOT NULL,          -- the shared lesson, '' = none
  started_ms BIGINT NOT NULL DEFAULT 0,
  ended_ms BIGINT NOT NULL DEFAULT 0,
  made_ms BIGINT NOT NULL,
  PRIMARY KEY (school_id, id),
  UNIQUE (school_id, class_id, on_date),
  FOREIGN KEY (school_id, class_id) REFERENCES class(school_id, id)
);
CREATE TABLE pile (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL,
  class_day_id TEXT NOT NULL,
  n BIGINT NOT NULL,                -- order on the page
  kind TEXT NOT NULL CHECK (kind IN ('watch','sit','carry','deeper')),
  skill_id TEXT NOT NULL,
  mistake TEXT NOT NULL,
  place TEXT NOT NULL,              -- e.g. "2": what the room page shows as a table
  body JSON NOT NULL,               -- classroom.Pile whole, as proposed
  exit_ms BIGINT NOT NULL DEFAULT 0, -- when the exit check was opened
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, class_day_id) REFERENCES class_day(school_id, id)
);
CREATE INDEX pile_day ON pile (school_id, class_day_id);
CREATE TABLE pile_member (
  school_id TEXT NOT NULL,
  class_day_id TEXT NOT NULL,
  learner_id TEXT NOT NULL,
  pile_id TEXT NOT NULL,
  moved_by TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (school_id, class_day_id, learner_id),
  FOREIGN KEY (school_id, pile_id) REFERENCES pile(school_id, id)
);
CREATE INDEX pile_member_pile ON pile_member (school_id, pile_id);
CREATE TABLE help_request (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL,
  class_id TEXT NOT NULL,
  learner_id TEXT NOT NULL,
  line TEXT NOT NULL,
  page TEXT NOT NULL,               -- where they were, e.g. practice
  skill_id TEXT NOT NULL,
  raised_ms BIGINT NOT NULL,
  claimed_ms BIGINT NOT NULL DEFAULT 0,
  claimed_by TEXT NOT NULL DEFAULT '',
  resolved_ms BIGINT NOT NULL DEFAULT 0,
  resolved_by TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, class_id) REFERENCES class(school_id, id)
);
CREATE INDEX help_request_class ON help_request (school_id, class_id, resolved_ms);
-- Where a learner is right now; overwritten, gone with the day.
CREATE TABLE presence (
  school_id TEXT NOT NULL,
  learner_id TEXT NOT NULL,
  page TEXT NOT NULL,
  skill_id TEXT NOT NULL,
  seen_ms BIGINT NOT NULL,
  PRIMARY KEY (school_id, learner_id)
);

-- +goose Down
SELECT 1;
