-- +goose Up
-- What is taught: a course's graph, units, lessons and items. One table of things and one of their immutable versions; the
-- body is JSON of the package that knows the kind (skill.Course, content.Unit, content.Lesson, item.Item).

CREATE TABLE content (
  school_id TEXT NOT NULL REFERENCES school(id),
  id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('course','unit','lesson','item')),
  course_id TEXT NOT NULL,          -- the course it belongs to (itself, for a course)
  code TEXT NOT NULL,
  title TEXT NOT NULL,
  current_version BIGINT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('draft','published','withdrawn')),
  owner_id TEXT NOT NULL DEFAULT '', -- the teacher who made it; '' = came with a course
  created_ms BIGINT NOT NULL,
  PRIMARY KEY (school_id, id)
);
CREATE INDEX content_course ON content (school_id, course_id, kind);
CREATE TABLE content_version (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL,
  version BIGINT NOT NULL,
  body JSON NOT NULL,
  body_hash TEXT NOT NULL,
  made_ms BIGINT NOT NULL,
  PRIMARY KEY (school_id, id, version),
  FOREIGN KEY (school_id, id) REFERENCES content(school_id, id)
);
-- Which items ask a skill (main = the one it mainly gives evidence about), and which lessons teach it.
CREATE TABLE content_skill (
  school_id TEXT NOT NULL,
  skill_id TEXT NOT NULL,
  content_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  main BOOLEAN NOT NULL,
  PRIMARY KEY (school_id, skill_id, content_id),
  FOREIGN KEY (school_id, content_id) REFERENCES content(school_id, id)
);
CREATE TABLE skill (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL,
  course_id TEXT NOT NULL,
  code TEXT NOT NULL,
  title TEXT NOT NULL,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, course_id) REFERENCES content(school_id, id)
);

CREATE TABLE framework (
  school_id TEXT NOT NULL REFERENCES school(id),
  code TEXT NOT NULL,
  title TEXT NOT NULL,
  notice TEXT NOT NULL,             -- shown wherever a standard's text is
  PRIMARY KEY (school_id, code)
);
CREATE TABLE standard (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL,
  framework TEXT NOT NULL,
  code TEXT NOT NULL,
  school_year TEXT NOT NULL,
  domain TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (school_id, id),
  UNIQUE (school_id, framework, code),
  FOREIGN KEY (school_id, framework) REFERENCES framework(school_id, code)
);
CREATE TABLE standard_edge (
  school_id TEXT NOT NULL,
  framework TEXT NOT NULL,
  from_code TEXT NOT NULL,
  to_code TEXT NOT NULL,
  kind TEXT NOT NULL,
  PRIMARY KEY (school_id, framework, from_code, to_code, kind)
);

-- Where an imported thing came from; makes a second import a no-op.
CREATE TABLE origin (
  school_id TEXT NOT NULL,
  source TEXT NOT NULL,
  source_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  hash TEXT NOT NULL,
  licence TEXT NOT NULL,
  attribution TEXT NOT NULL,
  at_ms BIGINT NOT NULL,
  PRIMARY KEY (school_id, source, source_id)
);
CREATE INDEX origin_id ON origin (school_id, id);

-- What a class has been given.
CREATE TABLE class_unit (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL,
  class_id TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  unit_version BIGINT NOT NULL,
  dial TEXT NOT NULL CHECK (dial IN ('required','pick','propose')),
  given_by TEXT NOT NULL,
  given_ms BIGINT NOT NULL,
  ended_ms BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (school_id, id),
  UNIQUE (school_id, class_id, unit_id),
  FOREIGN KEY (school_id, class_id) REFERENCES class(school_id, id),
  FOREIGN KEY (school_id, unit_id) REFERENCES content(school_id, id)
);
CREATE TABLE learner_dial (
  school_id TEXT NOT NULL,
  class_unit_id TEXT NOT NULL,
  learner_id TEXT NOT NULL,
  dial TEXT NOT NULL CHECK (dial IN ('required','pick','propose')),
  PRIMARY KEY (school_id, class_unit_id, learner_id),
  FOREIGN KEY (school_id, class_unit_id) REFERENCES class_unit(school_id, id)
);
-- An invitation to a lesson before a moment of class; never a lock.
CREATE TABLE class_lesson (
  school_id TEXT NOT NULL,
  id TEXT NOT NULL,
  class_id TEXT NOT NULL,
  class_unit_id TEXT NOT NULL,
  lesson_id TEXT NOT NULL,
  before_on TEXT NOT NULL,          -- YYYY-MM-DD
  before_at TEXT NOT NULL,          -- HH:MM, school time
  by_id TEXT NOT NULL,
  at_ms BIGINT NOT NULL,
  ended_ms BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (school_id, id),
  FOREIGN KEY (school_id, class_id) REFERENCES class(school_id, id),
  FOREIGN KEY (school_id, lesson_id) REFERENCES content(school_id, id)
);
CREATE INDEX class_lesson_class ON class_lesson (school_id, class_id, before_on);

-- +goose Down
SELECT 1;
