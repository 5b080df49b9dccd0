-- name: Schools :many
SELECT * FROM school ORDER BY created_ms, id;

-- name: School :one
SELECT * FROM school WHERE id = $1;

-- name: SchoolByCode :one
SELECT * FROM school WHERE code = $1;

-- name: AddSchool :exec
INSERT INTO school (id, code, name, zone, locale, demo, created_ms) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: SetSchool :execrows
UPDATE school SET name = $2, zone = $3, locale = $4 WHERE id = $1;
