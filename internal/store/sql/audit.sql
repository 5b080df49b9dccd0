-- name: NoteLook :exec
INSERT INTO audit_look (school_id, actor_id, page, subject_id, hour) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (school_id, subject_id, hour, actor_id, page) DO NOTHING;

-- name: NoteChange :exec
INSERT INTO audit_change (school_id, id, actor_id, verb, subject_id, op, at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: LooksAt :many
SELECT * FROM audit_look WHERE school_id = $1 AND subject_id = $2 ORDER BY hour DESC, actor_id, page;

-- name: ChangesTo :many
SELECT * FROM audit_change WHERE school_id = $1 AND subject_id = $2 ORDER BY at_ms DESC, id;
