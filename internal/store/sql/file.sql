-- name: AddFile :exec
INSERT INTO file (school_id, id, sha256, type, size, name, owner_id, created_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: File :one
SELECT * FROM file WHERE school_id = $1 AND id = $2;

-- name: AddAttemptFile :exec
INSERT INTO attempt_file (school_id, file_id, attempt_id) VALUES ($1, $2, $3);

-- name: AttemptOfFile :one
SELECT attempt_id FROM attempt_file WHERE school_id = $1 AND file_id = $2;
-- name: GiveFile :exec
UPDATE file SET owner_id = @owner_id WHERE school_id = @school_id AND id = @id;

