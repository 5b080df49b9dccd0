-- name: Content :one
SELECT * FROM content WHERE school_id = $1 AND id = $2;

-- name: ContentByKind :many
SELECT * FROM content WHERE school_id = $1 AND kind = $2 ORDER BY title, id;

-- name: ContentOfCourse :many
SELECT * FROM content WHERE school_id = $1 AND course_id = $2 AND kind = $3 ORDER BY code, id;

-- name: ContentVersion :one
SELECT body, body_hash FROM content_version WHERE school_id = $1 AND id = $2 AND version = $3;

-- name: AddContent :exec
INSERT INTO content (school_id, id, kind, course_id, code, title, current_version, status, owner_id, created_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: AddContentVersion :exec
INSERT INTO content_version (school_id, id, version, body, body_hash, made_ms) VALUES ($1, $2, $3, $4, $5, $6);

-- name: RaiseContent :execrows
UPDATE content SET current_version = $3, title = $4 WHERE school_id = $1 AND id = $2;

-- name: SetContentStatus :execrows
UPDATE content SET status = $3 WHERE school_id = $1 AND id = $2;

-- name: AddSkill :exec
INSERT INTO skill (school_id, id, course_id, code, title) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (school_id, id) DO UPDATE SET title = excluded.title, code = excluded.code;

-- name: Skill :one
SELECT * FROM skill WHERE school_id = $1 AND id = $2;

-- name: LinkSkill :exec
INSERT INTO content_skill (school_id, skill_id, content_id, kind, main) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (school_id, skill_id, content_id) DO UPDATE SET main = excluded.main;

-- name: ItemsOfSkill :many
SELECT c.id, c.current_version, c.code FROM content_skill s JOIN content c ON c.school_id = s.school_id AND c.id = s.content_id
WHERE s.school_id = $1 AND s.skill_id = $2 AND s.kind = 'item' AND s.main = TRUE AND c.status = 'published' ORDER BY c.code, c.id;

-- name: LessonsOfSkill :many
SELECT c.id, c.current_version, c.title FROM content_skill s JOIN content c ON c.school_id = s.school_id AND c.id = s.content_id
WHERE s.school_id = $1 AND s.skill_id = $2 AND s.kind = 'lesson' AND c.status = 'published' ORDER BY c.created_ms, c.id;

-- name: Origin :one
SELECT * FROM origin WHERE school_id = $1 AND source = $2 AND source_id = $3;

-- name: OriginsOf :many
SELECT * FROM origin WHERE school_id = $1 AND source = $2 ORDER BY source_id;

-- name: SourcesOf :many
SELECT source FROM origin WHERE school_id = $1 AND id = $2 ORDER BY source;

-- name: SetOrigin :exec
INSERT INTO origin (school_id, source, source_id, kind, id, hash, licence, attribution, at_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (school_id, source, source_id) DO UPDATE SET hash = excluded.hash, licence = excluded.licence,
  attribution = excluded.attribution, at_ms = excluded.at_ms;

-- name: GiveUnit :exec
INSERT INTO class_unit (school_id, id, class_id, unit_id, unit_version, dial, given_by, given_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: ClassUnit :one
SELECT * FROM class_unit WHERE school_id = $1 AND id = $2;

-- name: UnitsOfClass :many
SELECT * FROM class_unit WHERE school_id = $1 AND class_id = $2 AND ended_ms = 0 ORDER BY given_ms DESC, id;

-- name: EndClassUnit :execrows
UPDATE class_unit SET ended_ms = $3 WHERE school_id = $1 AND id = $2 AND ended_ms = 0;

-- name: SetClassUnitDial :execrows
UPDATE class_unit SET dial = $3 WHERE school_id = $1 AND id = $2;

-- name: SetClassUnitVersion :execrows
UPDATE class_unit SET unit_version = $3 WHERE school_id = $1 AND id = $2;

-- name: SetLearnerDial :exec
INSERT INTO learner_dial (school_id, class_unit_id, learner_id, dial) VALUES ($1, $2, $3, $4)
ON CONFLICT (school_id, class_unit_id, learner_id) DO UPDATE SET dial = excluded.dial;

-- name: LearnerDials :many
SELECT learner_id, dial FROM learner_dial WHERE school_id = $1 AND class_unit_id = $2 ORDER BY learner_id;

-- name: LearnerDial :one
SELECT dial FROM learner_dial WHERE school_id = $1 AND class_unit_id = $2 AND learner_id = $3;

-- name: InviteToLesson :exec
INSERT INTO class_lesson (school_id, id, class_id, class_unit_id, lesson_id, before_on, before_at, by_id, at_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: ClassLesson :one
SELECT * FROM class_lesson WHERE school_id = $1 AND id = $2;

-- name: LessonsOfClass :many
SELECT * FROM class_lesson WHERE school_id = $1 AND class_id = $2 AND ended_ms = 0 ORDER BY before_on, before_at, id;

-- name: EndClassLesson :execrows
UPDATE class_lesson SET ended_ms = $3 WHERE school_id = $1 AND id = $2 AND ended_ms = 0;

-- name: ItemForAnswer :one
SELECT c.status, c.current_version, g.current_version AS graph_version FROM content c
JOIN content g ON g.school_id = c.school_id AND g.id = c.course_id
WHERE c.school_id = $1 AND c.id = $2 AND c.kind = 'item';

-- name: SkillPlace :one
SELECT s.id, s.title, s.course_id, g.current_version AS graph_version FROM skill s
JOIN content g ON g.school_id = s.school_id AND g.id = s.course_id
WHERE s.school_id = $1 AND s.id = $2;

-- name: ClassUnitOf :one
SELECT * FROM class_unit WHERE school_id = $1 AND class_id = $2 AND unit_id = $3;

-- name: GiveUnitAgain :execrows
UPDATE class_unit SET ended_ms = 0, unit_version = $3, dial = $4, given_by = $5, given_ms = $6 WHERE school_id = $1 AND id = $2 AND ended_ms > 0;

-- name: ForgetLearnerDial :exec
DELETE FROM learner_dial WHERE school_id = $1 AND class_unit_id = $2 AND learner_id = $3;

-- name: ItemCountsOfCourse :many
SELECT s.skill_id, COUNT(*) AS n FROM content c JOIN content_skill s ON s.school_id = c.school_id AND s.content_id = c.id
WHERE c.school_id = $1 AND c.course_id = $2 AND c.kind = 'item' AND c.status = 'published' AND s.main = TRUE
GROUP BY s.skill_id ORDER BY s.skill_id;

-- name: LessonsOfOwner :many
SELECT * FROM content WHERE school_id = $1 AND owner_id = $2 AND kind = 'lesson' ORDER BY created_ms DESC, id;

-- name: UnlinkSkills :exec
DELETE FROM content_skill WHERE school_id = $1 AND content_id = $2;

-- name: ClassWithCourse :many
SELECT u.class_id FROM class_unit u JOIN content c ON c.school_id = u.school_id AND c.id = u.unit_id
JOIN enrollment e ON e.school_id = u.school_id AND e.class_id = u.class_id
WHERE u.school_id = $1 AND c.course_id = $2 AND e.person_id = $3 AND e.ended_on = '' ORDER BY u.class_id;

-- name: ItemsStateOfSkill :one
-- How many items ask a skill, and what changes when one of them is changed or another, which is newer, takes its place.
SELECT COUNT(*) AS n, CAST(COALESCE(SUM(c.current_version), 0) AS BIGINT) AS versions, CAST(COALESCE(MAX(c.id), '') AS TEXT) AS newest FROM content_skill s JOIN content c ON c.school_id = s.school_id AND c.id = s.content_id
WHERE s.school_id = $1 AND s.skill_id = $2 AND s.main = TRUE AND c.kind = 'item' AND c.status = 'published';

-- name: ClassLessonsOfLesson :many
SELECT * FROM class_lesson WHERE school_id = $1 AND lesson_id = $2 AND ended_ms = 0 ORDER BY class_id, id;
