-- name: CurrentModel :one
SELECT * FROM model WHERE school_id = $1 AND current = TRUE;

-- name: AddModel :exec
INSERT INTO model (school_id, id, code, params, hash, current, made_ms) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: Model :one
SELECT * FROM model WHERE school_id = $1 AND id = $2;

-- name: Estimate :one
SELECT * FROM estimate WHERE school_id = $1 AND learner_id = $2 AND skill_id = $3;

-- name: EstimatesOf :many
SELECT * FROM estimate WHERE school_id = $1 AND learner_id = $2 ORDER BY skill_id;

-- name: EstimatesOfClass :many
SELECT t.* FROM enrollment n JOIN estimate t ON t.school_id = n.school_id AND t.learner_id = n.person_id
WHERE n.school_id = $1 AND n.class_id = $2 AND n.role = 'learner' AND n.ended_on = '' ORDER BY t.learner_id, t.skill_id;

-- name: AllEstimates :many
SELECT * FROM estimate WHERE school_id = $1 ORDER BY learner_id, skill_id;

-- name: SetEstimate :exec
INSERT INTO estimate (school_id, learner_id, skill_id, model_id, p_known, status, secure_since_ms, fades_ms, folded_seq, body)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (school_id, learner_id, skill_id) DO UPDATE SET model_id = excluded.model_id, p_known = excluded.p_known,
  status = excluded.status, secure_since_ms = excluded.secure_since_ms, fades_ms = excluded.fades_ms, folded_seq = excluded.folded_seq, body = excluded.body;

-- name: ForgetEstimates :exec
DELETE FROM estimate WHERE school_id = $1 AND learner_id = $2;

-- name: GridOfClass :many
SELECT t.learner_id, t.skill_id, t.p_known, t.status, t.fades_ms FROM enrollment n
JOIN estimate t ON t.school_id = n.school_id AND t.learner_id = n.person_id
WHERE n.school_id = $1 AND n.class_id = $2 AND n.role = 'learner' AND n.ended_on = '' ORDER BY t.learner_id, t.skill_id;

-- name: Models :many
SELECT * FROM model WHERE school_id = $1 ORDER BY made_ms, id;

-- name: SetCurrentModel :exec
UPDATE model SET current = (id = $2) WHERE school_id = $1;

-- name: SetEstimateBeside :exec
INSERT INTO estimate_beside (school_id, learner_id, skill_id, model_id, p_known, status, secure_since_ms, fades_ms, folded_seq, body)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: ForgetEstimatesBeside :exec
DELETE FROM estimate_beside WHERE school_id = $1;

-- name: ForgetEstimatesBesideOf :exec
DELETE FROM estimate_beside WHERE school_id = $1 AND learner_id = $2;

-- name: LockLearners :exec
UPDATE learner_seq SET seq = seq WHERE school_id = $1;

-- name: MovedSinceFolded :many
SELECT q.learner_id FROM learner_seq q WHERE q.school_id = $1 AND q.seq > COALESCE(
  (SELECT MAX(b.folded_seq) FROM estimate_beside b WHERE b.school_id = q.school_id AND b.learner_id = q.learner_id), 0)
ORDER BY q.learner_id;

-- name: ForgetAllEstimates :exec
DELETE FROM estimate WHERE school_id = $1;

-- name: TakeEstimatesBeside :exec
INSERT INTO estimate (school_id, learner_id, skill_id, model_id, p_known, status, secure_since_ms, fades_ms, folded_seq, body)
SELECT b.school_id, b.learner_id, b.skill_id, b.model_id, b.p_known, b.status, b.secure_since_ms, b.fades_ms, b.folded_seq, b.body
FROM estimate_beside b WHERE b.school_id = $1;
