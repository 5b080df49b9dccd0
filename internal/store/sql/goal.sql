-- name: AddGoal :exec
INSERT INTO goal (school_id, id, class_unit_id, learner_id, aims, due_on, by_id, set_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: GoalByID :one
SELECT * FROM goal WHERE school_id = $1 AND id = $2;

-- name: GoalsOfUnit :many
SELECT * FROM goal WHERE school_id = $1 AND class_unit_id = $2 AND ended_ms = 0 ORDER BY set_ms, id;

-- name: GoalsOfLearner :many
SELECT * FROM goal WHERE school_id = $1 AND class_unit_id = $2 AND ended_ms = 0 AND learner_id IN ('', @learner_id) ORDER BY set_ms, id;

-- name: EndGoal :execrows
UPDATE goal SET ended_ms = $3 WHERE school_id = $1 AND id = $2 AND ended_ms = 0;

-- name: SetWeekMinutes :execrows
UPDATE class_unit SET week_minutes = $3 WHERE school_id = $1 AND id = $2;

-- Practice of each learner of a class on each skill until it became secure; nobody takes longer than five minutes over one try.

-- name: TimesToSecure :many
SELECT a.learner_id, a.skill_id, CAST(SUM(CASE WHEN a.took_ms > 300000 THEN 300000 ELSE a.took_ms END) AS BIGINT) AS took_ms
FROM enrollment n
JOIN estimate s ON s.school_id = n.school_id AND s.learner_id = n.person_id AND s.secure_since_ms > 0
JOIN attempt a ON a.school_id = s.school_id AND a.learner_id = s.learner_id AND a.skill_id = s.skill_id AND a.purpose = 'practice'
JOIN evidence e ON e.school_id = a.school_id AND e.fact_id = a.id AND e.happened_ms <= s.secure_since_ms
WHERE n.school_id = $1 AND n.class_id = $2 AND n.role = 'learner' AND n.ended_on = ''
GROUP BY a.learner_id, a.skill_id ORDER BY a.learner_id, a.skill_id;
