-- name: AddImport :exec
INSERT INTO intake (school_id, id, kind, source, file, by_id, at_ms, taken, changed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: AddImportPart :exec
INSERT INTO intake_part (school_id, intake_id, nth, kind, id, was_version, made_version) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: RaiseImport :exec
INSERT INTO intake (school_id, id, kind, source, file, by_id, at_ms, taken, changed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (school_id, id) DO UPDATE SET taken = intake.taken + excluded.taken, changed = intake.changed + excluded.changed;

-- name: MadeByImportOf :one
SELECT COUNT(*) AS n FROM intake_part p JOIN intake i ON i.school_id = p.school_id AND i.id = p.intake_id
WHERE p.school_id = $1 AND p.id = $2 AND p.was_version = 0 AND i.by_id = $3;

-- name: CoursesBroughtBy :many
SELECT p.id FROM intake i JOIN intake_part p ON p.school_id = i.school_id AND p.intake_id = i.id
WHERE i.school_id = $1 AND i.by_id = $2 AND i.undone_ms = 0 AND p.kind = 'course' AND p.was_version = 0;

-- name: Imports :many
SELECT * FROM intake WHERE school_id = $1 ORDER BY at_ms DESC, id DESC LIMIT 200;

-- name: OneImport :one
SELECT * FROM intake WHERE school_id = $1 AND id = $2;

-- name: LatestImport :one
SELECT * FROM intake WHERE school_id = $1 AND undone_ms = 0 ORDER BY at_ms DESC, id DESC LIMIT 1;

-- name: PartsOfImport :many
SELECT * FROM intake_part WHERE school_id = $1 AND intake_id = $2 ORDER BY nth DESC;

-- name: PartsToUndo :many
SELECT * FROM intake_part WHERE school_id = $1 AND intake_id = $2 AND undone = 0
ORDER BY CASE kind WHEN 'unit' THEN 0 WHEN 'lesson' THEN 1 WHEN 'item' THEN 1 WHEN 'course' THEN 3 ELSE 2 END, nth DESC LIMIT $3;

-- name: PartsUndone :one
SELECT COUNT(*) AS total, COUNT(CASE WHEN undone > 0 THEN 1 END) AS done, COUNT(CASE WHEN undone = 2 THEN 1 END) AS kept
FROM intake_part WHERE school_id = $1 AND intake_id = $2;

-- name: PartUndone :exec
UPDATE intake_part SET undone = $4 WHERE school_id = $1 AND intake_id = $2 AND nth = $3;

-- name: StartUndo :execrows
UPDATE intake SET undoing_ms = $3, undo_beat_ms = $3, undo_given = $4 WHERE school_id = $1 AND id = $2 AND undone_ms = 0 AND undoing_ms = 0;

-- name: BeatUndo :execrows
UPDATE intake SET undo_beat_ms = $3 WHERE school_id = $1 AND id = $2 AND undone_ms = 0;

-- name: EndImport :execrows
UPDATE intake SET undone_ms = $3 WHERE school_id = $1 AND id = $2 AND undone_ms = 0;

-- name: AnswersToItem :one
SELECT COUNT(*) AS n FROM attempt WHERE school_id = $1 AND item_id = $2;

-- name: LessonsSeen :one
SELECT COUNT(*) AS n FROM viewing WHERE school_id = $1 AND lesson_id = $2;

-- name: QuestionsToLesson :one
SELECT COUNT(*) AS n FROM brought_question WHERE school_id = $1 AND lesson_id = $2;

-- name: InvitationsToLesson :one
SELECT COUNT(*) AS n FROM class_lesson WHERE school_id = $1 AND lesson_id = $2;

-- name: ClassesOfCourse :one
SELECT COUNT(*) AS n FROM class_unit u JOIN content c ON c.school_id = u.school_id AND c.id = u.unit_id WHERE c.school_id = $1 AND c.course_id = $2;

-- name: ContentBesideCourse :one
SELECT COUNT(*) AS n FROM content WHERE school_id = $1 AND course_id = $2 AND kind <> 'course';

-- name: DeleteContentVersions :exec
DELETE FROM content_version WHERE school_id = $1 AND id = $2;

-- name: DeleteContent :exec
DELETE FROM content WHERE school_id = $1 AND id = $2;

-- name: DeleteSkill :exec
DELETE FROM skill WHERE school_id = $1 AND id = $2;

-- name: UsesOfSkill :one
SELECT COUNT(*) AS n FROM content_skill WHERE school_id = $1 AND skill_id = $2;

-- name: DeleteFile :exec
DELETE FROM file WHERE school_id = $1 AND id = $2;

-- name: ForgetOrigin :exec
DELETE FROM origin WHERE school_id = $1 AND source = $2 AND id = $3;

-- name: MarkOrigin :exec
UPDATE origin SET hash = $4 WHERE school_id = $1 AND source = $2 AND id = $3;
