-- name: AddFile :exec
INSERT INTO file (school_id, id, sha256, type, size, name, owner_id, created_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: File :one
SELECT * FROM file WHERE school_id = $1 AND id = $2;
