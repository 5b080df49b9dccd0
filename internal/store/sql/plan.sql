-- name: OpenProposal :one
SELECT * FROM proposal WHERE school_id = $1 AND learner_id = $2 AND class_unit_id = $3 AND state = 'open';

-- name: Proposal :one
SELECT * FROM proposal WHERE school_id = $1 AND id = $2;

-- name: OpenProposalsOfUnit :many
SELECT * FROM proposal WHERE school_id = $1 AND class_unit_id = $2 AND state = 'open' ORDER BY sent_ms, made_ms, id;

-- name: ProposalsOf :many
SELECT * FROM proposal WHERE school_id = $1 AND learner_id = $2 AND class_unit_id = $3 ORDER BY made_ms, id;

-- name: AddProposal :exec
INSERT INTO proposal (school_id, id, learner_id, class_unit_id, base_revision, cause, model_id, body, look_key, state, made_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open', $10);

-- name: SupersedeProposals :exec
UPDATE proposal SET state = 'superseded' WHERE school_id = $1 AND learner_id = $2 AND class_unit_id = $3 AND state = 'open';

-- name: SendProposal :execrows
UPDATE proposal SET sent_ms = $3, wish = $4 WHERE school_id = $1 AND id = $2 AND state = 'open';

-- name: DecideProposal :execrows
UPDATE proposal SET state = 'decided' WHERE school_id = $1 AND id = $2 AND state = 'open';

-- name: ReopenProposal :execrows
UPDATE proposal SET state = 'open' WHERE school_id = $1 AND id = $2 AND state = 'decided';

-- name: AddDecision :exec
INSERT INTO decision (school_id, id, learner_id, class_unit_id, proposal_id, verdict, reason, by_id, revision, lines, at_ms)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: DecisionsOf :many
SELECT * FROM decision WHERE school_id = $1 AND learner_id = $2 AND class_unit_id = $3 ORDER BY revision, at_ms, id;

-- name: DecisionsOfUnit :many
SELECT * FROM decision WHERE school_id = $1 AND class_unit_id = $2 ORDER BY learner_id, revision, at_ms, id;

-- name: WaitingProposals :one
SELECT COUNT(*) FROM class_unit u JOIN proposal p ON p.school_id = u.school_id AND p.class_unit_id = u.id
WHERE u.school_id = $1 AND u.class_id = $2 AND u.ended_ms = 0 AND p.state = 'open' AND p.sent_ms > 0;
