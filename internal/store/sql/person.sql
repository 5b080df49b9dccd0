-- name: Person :one
SELECT * FROM person WHERE school_id = $1 AND id = $2;

-- name: PersonByLogin :one
SELECT * FROM person WHERE login = $1;

-- name: PeopleByRole :many
SELECT * FROM person WHERE school_id = $1 AND role = $2 ORDER BY name_fold, id;

-- name: People :many
SELECT * FROM person WHERE school_id = $1 ORDER BY name_fold, id;

-- name: AddPerson :exec
INSERT INTO person (school_id, id, role, given, family, name_fold, login, locale, settings, created_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: RenamePerson :execrows
UPDATE person SET given = $3, family = $4, name_fold = $5 WHERE school_id = $1 AND id = $2;

-- name: SuspendPerson :execrows
UPDATE person SET suspended = $3 WHERE school_id = $1 AND id = $2;

-- name: SetPersonLogin :execrows
UPDATE person SET login = $3 WHERE school_id = $1 AND id = $2;

-- name: SetPersonSettings :execrows
UPDATE person SET settings = $3, locale = $4 WHERE school_id = $1 AND id = $2;

-- name: AddGuardianship :exec
INSERT INTO guardianship (school_id, guardian_id, learner_id, started_on) VALUES ($1, $2, $3, $4)
ON CONFLICT (school_id, guardian_id, learner_id) DO NOTHING;

-- name: ChildrenOf :many
SELECT p.* FROM guardianship g JOIN person p ON p.school_id = g.school_id AND p.id = g.learner_id
WHERE g.school_id = $1 AND g.guardian_id = $2 AND g.ended_on = '' ORDER BY p.name_fold, p.id;

-- name: GuardiansOf :many
SELECT p.* FROM guardianship g JOIN person p ON p.school_id = g.school_id AND p.id = g.guardian_id
WHERE g.school_id = $1 AND g.learner_id = $2 AND g.ended_on = '' ORDER BY p.name_fold, p.id;

-- name: EndGuardianship :execrows
UPDATE guardianship SET ended_on = $4 WHERE school_id = $1 AND guardian_id = $2 AND learner_id = $3 AND ended_on = '';

-- name: StartGuardianship :exec
INSERT INTO guardianship (school_id, guardian_id, learner_id, started_on) VALUES ($1, $2, $3, $4)
ON CONFLICT (school_id, guardian_id, learner_id) DO UPDATE SET ended_on = '';

-- name: Guardianships :many
SELECT guardian_id, learner_id FROM guardianship WHERE school_id = $1 AND ended_on = '' ORDER BY guardian_id, learner_id;

-- name: NamedAdmins :one
SELECT COUNT(*) FROM person WHERE role = 'admin' AND given <> '';
