-- name: OpenSitting :many
SELECT * FROM sitting WHERE school_id = $1 AND learner_id = $2 AND class_unit_id = $3 AND ended_ms = 0 ORDER BY started_ms DESC LIMIT 1;

-- name: Sitting :one
SELECT * FROM sitting WHERE school_id = $1 AND id = $2;

-- name: SittingsOf :many
SELECT * FROM sitting WHERE school_id = $1 AND learner_id = $2 AND class_unit_id = $3 ORDER BY started_ms, id;

-- name: SittingsOfUnit :many
SELECT * FROM sitting WHERE school_id = $1 AND class_unit_id = $2 ORDER BY started_ms, id;

-- name: AddSitting :exec
INSERT INTO sitting (school_id, id, learner_id, class_unit_id, started_ms) VALUES ($1, $2, $3, $4, $5);

-- name: EndSitting :execrows
UPDATE sitting SET ended_ms = $3, ended_why = $4 WHERE school_id = $1 AND id = $2 AND ended_ms = 0;
