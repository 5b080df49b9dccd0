-- name: Class :one
SELECT * FROM class WHERE school_id = $1 AND id = $2;

-- name: ClassByCode :one
SELECT * FROM class WHERE code = $1;

-- name: Classes :many
SELECT * FROM class WHERE school_id = $1 ORDER BY ended_on, name, id;

-- name: AddClass :exec
INSERT INTO class (school_id, id, name, code, code_ms, proposals, created_ms) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: SetClassCode :execrows
UPDATE class SET code = $3, code_ms = $4 WHERE school_id = $1 AND id = $2;

-- name: SetClassProposals :execrows
UPDATE class SET proposals = $3 WHERE school_id = $1 AND id = $2;

-- name: RenameClass :execrows
UPDATE class SET name = $3 WHERE school_id = $1 AND id = $2;

-- name: EndClass :execrows
UPDATE class SET ended_on = $3 WHERE school_id = $1 AND id = $2;

-- name: Enroll :exec
INSERT INTO enrollment (school_id, class_id, person_id, role, started_on, started_ms) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (school_id, class_id, person_id) DO UPDATE SET ended_on = '', role = excluded.role;

-- name: EndEnrollment :execrows
UPDATE enrollment SET ended_on = $4 WHERE school_id = $1 AND class_id = $2 AND person_id = $3 AND ended_on = '';

-- name: LearnersOfClass :many
SELECT p.* FROM enrollment e JOIN person p ON p.school_id = e.school_id AND p.id = e.person_id
WHERE e.school_id = $1 AND e.class_id = $2 AND e.role = 'learner' AND e.ended_on = '' AND p.suspended = FALSE
ORDER BY p.name_fold, p.id;

-- name: TeachersOfClass :many
SELECT p.* FROM enrollment e JOIN person p ON p.school_id = e.school_id AND p.id = e.person_id
WHERE e.school_id = $1 AND e.class_id = $2 AND e.role = 'teacher' AND e.ended_on = '' ORDER BY p.name_fold, p.id;

-- name: ClassesOfPerson :many
SELECT c.*, e.role AS enrolled_as, e.started_ms AS enrolled_ms FROM enrollment e JOIN class c ON c.school_id = e.school_id AND c.id = e.class_id
WHERE e.school_id = $1 AND e.person_id = $2 AND e.ended_on = '' AND c.ended_on = '' ORDER BY c.name, c.id;

-- name: EnrollmentsOfPerson :many
SELECT * FROM enrollment WHERE school_id = $1 AND person_id = $2 AND ended_on = '' ORDER BY class_id;

-- name: EnrolledAs :one
SELECT role FROM enrollment WHERE school_id = $1 AND class_id = $2 AND person_id = $3 AND ended_on = '';

-- Relations of an actor to another person, for policies.

-- name: TeachesPerson :one
SELECT COUNT(*) FROM enrollment t JOIN enrollment l ON l.school_id = t.school_id AND l.class_id = t.class_id
WHERE t.school_id = @school_id AND t.person_id = @actor_id AND t.role = 'teacher' AND t.ended_on = ''
  AND l.person_id = @subject_id AND l.role = 'learner' AND l.ended_on = '';

-- name: SharesClass :one
SELECT COUNT(*) FROM enrollment a JOIN enrollment l ON l.school_id = a.school_id AND l.class_id = a.class_id
WHERE a.school_id = @school_id AND a.person_id = @actor_id AND a.role = 'learner' AND a.ended_on = ''
  AND l.person_id = @subject_id AND l.role = 'learner' AND l.ended_on = '';

-- name: GuardsPerson :one
SELECT COUNT(*) FROM guardianship WHERE school_id = @school_id AND guardian_id = @actor_id AND learner_id = @subject_id AND ended_on = '';

-- name: ClassIDsOfLearner :many
SELECT class_id FROM enrollment WHERE school_id = $1 AND person_id = $2 AND role = 'learner' AND ended_on = '' ORDER BY class_id;

-- name: PeopleOfClass :many
SELECT p.*, e.role AS enrolled_as FROM enrollment e JOIN person p ON p.school_id = e.school_id AND p.id = e.person_id
WHERE e.school_id = $1 AND e.class_id = $2 AND e.ended_on = '' ORDER BY p.name_fold, p.id;

-- name: CurrentEnrollments :many
SELECT class_id, person_id, role FROM enrollment WHERE school_id = $1 AND ended_on = '' ORDER BY class_id, person_id;

-- name: EnrolledSince :one
SELECT CAST(COALESCE(MIN(started_ms), 0) AS BIGINT) AS since_ms FROM enrollment WHERE school_id = $1 AND person_id = $2 AND role = 'learner';
