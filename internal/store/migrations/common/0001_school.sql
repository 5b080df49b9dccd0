-- +goose Up
-- Every row belongs to exactly one school; keys lead with school_id. Times are ms since 1970 UTC; days are YYYY-MM-DD in
-- the school's zone. Columns named *_hash hold sha256 as hex.

CREATE TABLE school (
  id TEXT PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  zone TEXT NOT NULL,
  locale TEXT NOT NULL,
  demo BOOLEAN NOT NULL DEFAULT FALSE,
  created_ms BIGINT NOT NULL
);

CREATE TABLE person (
  school_id TEXT NOT NULL REFERENCES school(id),
  id TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('learner','teacher','guardian','admin')),
  given TEXT NOT NULL,
  family TEXT NOT NULL,
  name_fold TEXT NOT NULL,
  login TEXT,                       -- what staff and guardians type; unique in the installation
  locale TEXT NOT NULL DEFAULT '',
  settings JSON NOT NULL DEFAULT '{}',
  suspended BOOLEAN NOT NULL DEFAULT FALSE,
  created_ms BIGINT NOT NULL,
  PRIMARY KEY (school_id, id)
);
CREATE UNIQUE INDEX person_login ON person (login);
CREATE INDEX person_fold ON person (school_id, role, name_fold);

CREATE TABLE guardianship (
  school_id TEXT NOT NULL,
  guardian_id TEXT NOT NULL,
  learner_id TEXT NOT NULL,
  started_on TEXT NOT NULL,
  ended_on TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (school_id, guardian_id, learner_id),
  FOREIGN KEY (school_id, guardian_id) REFERENCES person(school_id, id),
  FOREIGN KEY (school_id, learner_id) REFERENCES person(school_id, id)
);

CREATE TABLE class (
  school_id TEXT NOT NULL REFERENCES school(id),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  code TEXT NOT NULL UNIQUE,        -- typed at sign-in; rotates
  code_ms BIGINT NOT NULL,
  proposals BOOLEAN NOT NULL DEFAULT TRUE,  -- off: the class runs without proposed plans
  ended_on TEXT NOT NULL DEFAULT '',
  created_ms BIGINT NOT NULL,
  PRIMARY KEY (school_id, id)
);

CREATE TABLE enrollment (
  school_id TEXT NOT NULL,
  class_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('learner','teacher')),
  started_on TEXT NOT NULL,
  started_ms BIGINT NOT NULL,
  ended_on TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (school_id, class_id, person_id),
  FOREIGN KEY (school_id, class_id) REFERENCES class(school_id, id),
  FOREIGN KEY (school_id, person_id) REFERENCES person(school_id, id)
);
CREATE INDEX enrollment_person ON enrollment (school_id, person_id, class_id);

-- Who somebody is: any of the ways below. Secrets are hashed at rest.
CREATE TABLE password (
  school_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  hash TEXT NOT NULL,               -- argon2id, PHC string
  set_ms BIGINT NOT NULL,
  PRIMARY KEY (school_id, person_id),
  FOREIGN KEY (school_id, person_id) REFERENCES person(school_id, id)
);
CREATE TABLE picture_pin (
  school_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  hash TEXT NOT NULL,               -- argon2id over three of twelve, in order
  set_ms BIGINT NOT NULL,
  PRIMARY KEY (school_id, person_id),
  FOREIGN KEY (school_id, person_id) REFERENCES person(school_id, id)
);
-- kind: card = printed QR code (still asks the PIN), link = signs one person in, setup = makes the first administrator.
CREATE TABLE signin_token (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('card','link','setup')),
  token_hash TEXT NOT NULL UNIQUE,
  created_ms BIGINT NOT NULL,
  expires_ms BIGINT NOT NULL,       -- 0 = until revoked
  used_ms BIGINT NOT NULL DEFAULT 0,
  revoked_ms BIGINT NOT NULL DEFAULT 0,
  reusable BOOLEAN NOT NULL DEFAULT FALSE,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, person_id) REFERENCES person(school_id, id)
);
CREATE INDEX signin_token_person ON signin_token (school_id, person_id);
CREATE TABLE session (
  token_hash TEXT PRIMARY KEY,
  school_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  created_ms BIGINT NOT NULL,
  seen_ms BIGINT NOT NULL,
  expires_ms BIGINT NOT NULL,
  FOREIGN KEY (school_id, person_id) REFERENCES person(school_id, id)
);
CREATE INDEX session_person ON session (school_id, person_id);
CREATE TABLE signin_miss (
  bucket TEXT PRIMARY KEY,          -- what is being guessed at: a class code, a login, a card; never a secret
  misses BIGINT NOT NULL,
  last_ms BIGINT NOT NULL,          -- the latest of them
  until_ms BIGINT NOT NULL          -- locked until then; 0 = not locked
);

-- One act of one actor happens once.
CREATE TABLE op (
  school_id TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  op TEXT NOT NULL,
  verb TEXT NOT NULL,
  input_hash TEXT NOT NULL,
  outcome JSON NOT NULL,
  at_ms BIGINT NOT NULL,
  PRIMARY KEY (school_id, actor_id, op)
);

-- Who looked (one row a viewer, page, subject and hour) and who changed another person's record (one row each).
CREATE TABLE audit_look (
  school_id TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  page TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  hour BIGINT NOT NULL,             -- ms / 3,600,000
  PRIMARY KEY (school_id, subject_id, hour, actor_id, page)
);
CREATE TABLE audit_change (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  verb TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  op TEXT NOT NULL,
  at_ms BIGINT NOT NULL,
  PRIMARY KEY (school_id, id)
);
CREATE INDEX audit_change_subject ON audit_change (school_id, subject_id, at_ms);

-- Live: what changed, by topic. rev rises under the topic's row lock.
CREATE TABLE topic (
  school_id TEXT NOT NULL,
  topic TEXT NOT NULL,              -- class:ID or learner:ID
  rev BIGINT NOT NULL,
  PRIMARY KEY (school_id, topic)
);
CREATE TABLE live (
  school_id TEXT NOT NULL,
  topic TEXT NOT NULL,
  rev BIGINT NOT NULL,
  kind TEXT NOT NULL,
  data JSON NOT NULL,
  at_ms BIGINT NOT NULL,
  PRIMARY KEY (school_id, topic, rev)
);
CREATE INDEX live_at ON live (at_ms);

CREATE TABLE file (
  school_id TEXT NOT NULL REFERENCES school(id),
  id TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  type TEXT NOT NULL,
  size BIGINT NOT NULL,
  name TEXT NOT NULL,
  owner_id TEXT NOT NULL,
  created_ms BIGINT NOT NULL,
  PRIMARY KEY (school_id, id)
);

-- +goose Down
SELECT 1;
