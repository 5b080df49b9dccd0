-- name: AddOp :execrows
INSERT INTO op (school_id, actor_id, op, verb, input_hash, outcome, at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (school_id, actor_id, op) DO NOTHING;

-- name: Op :one
SELECT verb, input_hash, outcome FROM op WHERE school_id = $1 AND actor_id = $2 AND op = $3;
