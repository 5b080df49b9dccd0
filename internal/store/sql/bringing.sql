-- name: AddBringing :exec
INSERT INTO bringing (school_id, id, by_id, at_ms, file, sha256, size, kind, place, state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open');

-- name: Bringing :one
SELECT * FROM bringing WHERE school_id = $1 AND id = $2;

-- name: OpenBringings :many
SELECT * FROM bringing WHERE school_id = $1 AND by_id = $2 AND state IN ('open', 'taking', 'stopped') ORDER BY at_ms DESC, id DESC;

-- name: TakingNow :many
SELECT * FROM bringing WHERE school_id = $1 AND state = 'taking';

-- name: TakenBringings :many
SELECT * FROM bringing WHERE school_id = $1 AND state = 'taken' ORDER BY at_ms DESC, id DESC LIMIT 200;

-- name: PlaceBringing :execrows
UPDATE bringing SET kind = $3, place = $4 WHERE school_id = $1 AND id = $2 AND state IN ('open', 'stopped');

-- name: StartTaking :execrows
UPDATE bringing SET state = 'taking', beat_ms = $3, done = 0, total = 0, refusal = '' WHERE school_id = $1 AND id = $2 AND state IN ('open', 'stopped');

-- name: BeatBringing :execrows
UPDATE bringing SET beat_ms = $3, done = $4, total = $5 WHERE school_id = $1 AND id = $2 AND state = 'taking';

-- name: EndBringing :execrows
UPDATE bringing SET state = $3, report = $4, refusal = $5 WHERE school_id = $1 AND id = $2 AND state IN ('open', 'taking', 'stopped');

-- name: BringingsOfFile :one
SELECT COUNT(*) AS n FROM bringing WHERE school_id = $1 AND sha256 = $2 AND state IN ('open', 'taking', 'stopped');
