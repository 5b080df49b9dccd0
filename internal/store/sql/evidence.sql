-- name: NextSeq :one
INSERT INTO learner_seq (school_id, learner_id, seq) VALUES ($1, $2, 1)
ON CONFLICT (school_id, learner_id) DO UPDATE SET seq = learner_seq.seq + 1
RETURNING seq;

-- name: LockLearner :one
INSERT INTO learner_seq (school_id, learner_id, seq) VALUES ($1, $2, 0)
ON CONFLICT (school_id, learner_id) DO UPDATE SET seq = learner_seq.seq
RETURNING seq;

-- name: AddEvidence :exec
INSERT INTO evidence (school_id, learner_id, seq, kind, fact_id, happened_ms, received_ms, op) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: EvidenceOf :many
SELECT * FROM evidence WHERE school_id = $1 AND learner_id = $2 ORDER BY seq;

-- name: EvidenceFact :one
SELECT * FROM evidence WHERE school_id = $1 AND fact_id = $2;

-- name: AddAttempt :exec
INSERT INTO attempt (school_id, id, learner_id, item_id, item_version, skill_id, others, graph_version, draw_n, seed, drawn, response,
  outcome, mistake, item_kind, options, try, hints, unlearned, purpose, context, took_ms, parts, parts_right, waiting)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25);

-- name: AttemptsOf :many
SELECT a.*, e.seq, e.happened_ms, e.received_ms FROM attempt a JOIN evidence e ON e.school_id = a.school_id AND e.fact_id = a.id
WHERE a.school_id = $1 AND a.learner_id = $2 ORDER BY e.seq;

-- name: AttemptsOnSkill :many
SELECT a.*, e.seq, e.happened_ms, e.received_ms FROM attempt a JOIN evidence e ON e.school_id = a.school_id AND e.fact_id = a.id
WHERE a.school_id = $1 AND a.learner_id = $2 AND a.skill_id = $3 ORDER BY e.seq;

-- name: AttemptsOfClassSince :many
SELECT a.*, e.seq, e.happened_ms, e.received_ms FROM enrollment n
JOIN evidence e ON e.school_id = n.school_id AND e.learner_id = n.person_id
JOIN attempt a ON a.school_id = e.school_id AND a.id = e.fact_id
WHERE n.school_id = @school_id AND n.class_id = @class_id AND n.role = 'learner' AND n.ended_on = '' AND e.received_ms >= @since_ms
ORDER BY e.received_ms, a.id;

-- name: AttemptsInContext :many
SELECT a.*, e.seq, e.happened_ms, e.received_ms FROM attempt a JOIN evidence e ON e.school_id = a.school_id AND e.fact_id = a.id
WHERE a.school_id = $1 AND a.context = $2 AND a.context <> '' ORDER BY e.received_ms, a.id;

-- name: LastAttemptOnItem :many
SELECT draw_n, try, outcome, waiting FROM attempt WHERE school_id = $1 AND learner_id = $2 AND item_id = $3 ORDER BY draw_n DESC, try DESC LIMIT 1;

-- name: AddViewing :exec
INSERT INTO viewing (school_id, id, learner_id, lesson_id, lesson_version, from_ms, to_ms, rate) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: ViewingsOfLesson :many
SELECT v.*, e.seq, e.received_ms FROM viewing v JOIN evidence e ON e.school_id = v.school_id AND e.fact_id = v.id
WHERE v.school_id = $1 AND v.lesson_id = $2 ORDER BY v.learner_id, e.seq;

-- name: ViewingsOf :many
SELECT v.*, e.seq, e.happened_ms, e.received_ms FROM viewing v JOIN evidence e ON e.school_id = v.school_id AND e.fact_id = v.id
WHERE v.school_id = $1 AND v.learner_id = $2 ORDER BY e.seq;

-- name: AddSelfRating :exec
INSERT INTO self_rating (school_id, id, learner_id, objective_id, says) VALUES ($1, $2, $3, $4, $5);

-- name: SelfRatingsOf :many
SELECT r.*, e.seq, e.happened_ms, e.received_ms FROM self_rating r JOIN evidence e ON e.school_id = r.school_id AND e.fact_id = r.id
WHERE r.school_id = $1 AND r.learner_id = $2 ORDER BY e.seq;

-- name: AddCredit :exec
INSERT INTO credit (school_id, id, learner_id, skill_id, act, by_id, reason) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: CreditsOf :many
SELECT c.*, e.seq, e.happened_ms, e.received_ms FROM credit c JOIN evidence e ON e.school_id = c.school_id AND e.fact_id = c.id
WHERE c.school_id = $1 AND c.learner_id = $2 ORDER BY e.seq;

-- name: AddRoleChoice :exec
INSERT INTO role_choice (school_id, id, learner_id, unit_id, objective_id, role) VALUES ($1, $2, $3, $4, $5, $6);

-- name: RoleChoicesOf :many
SELECT r.*, e.seq, e.happened_ms, e.received_ms FROM role_choice r JOIN evidence e ON e.school_id = r.school_id AND e.fact_id = r.id
WHERE r.school_id = $1 AND r.learner_id = $2 ORDER BY e.seq;

-- name: AddBroughtQuestion :exec
INSERT INTO brought_question (school_id, id, learner_id, class_id, lesson_id, text) VALUES ($1, $2, $3, $4, $5, $6);

-- name: BroughtQuestion :one
SELECT * FROM brought_question WHERE school_id = $1 AND id = $2;

-- name: QuestionsOfClassSince :many
SELECT q.*, e.received_ms FROM brought_question q JOIN evidence e ON e.school_id = q.school_id AND e.fact_id = q.id
WHERE q.school_id = $1 AND q.class_id = $2 AND e.received_ms >= $3 ORDER BY e.received_ms, q.id;

-- name: QuestionsOf :many
SELECT q.*, e.seq, e.happened_ms, e.received_ms FROM brought_question q JOIN evidence e ON e.school_id = q.school_id AND e.fact_id = q.id
WHERE q.school_id = $1 AND q.learner_id = $2 ORDER BY e.seq;

-- name: UseQuestion :execrows
UPDATE brought_question SET used_ms = $3, used_by = $4 WHERE school_id = $1 AND id = $2 AND used_ms = 0;

-- name: AddMeeting :exec
INSERT INTO meeting (school_id, id, learner_id, class_id, by_id, pile_id, skill_id) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: MeetingsOf :many
SELECT m.*, e.seq, e.happened_ms, e.received_ms FROM meeting m JOIN evidence e ON e.school_id = m.school_id AND e.fact_id = m.id
WHERE m.school_id = $1 AND m.learner_id = $2 ORDER BY e.seq;

-- name: MeetingsOfPile :many
SELECT * FROM meeting WHERE school_id = $1 AND class_id = $2 AND pile_id = $3 ORDER BY learner_id;

-- name: AddActivityDone :exec
INSERT INTO activity_done (school_id, id, learner_id, unit_id, objective_id, note) VALUES ($1, $2, $3, $4, $5, $6);

-- name: ActivitiesOf :many
SELECT a.*, e.seq, e.happened_ms, e.received_ms FROM activity_done a JOIN evidence e ON e.school_id = a.school_id AND e.fact_id = a.id
WHERE a.school_id = $1 AND a.learner_id = $2 ORDER BY e.seq;

-- name: AddWithdrawal :exec
INSERT INTO withdrawal (school_id, id, learner_id, withdrawn_fact_id, by_id, reason) VALUES ($1, $2, $3, $4, $5, $6);

-- name: WithdrawalsOf :many
SELECT w.*, e.seq, e.happened_ms, e.received_ms FROM withdrawal w JOIN evidence e ON e.school_id = w.school_id AND e.fact_id = w.id
WHERE w.school_id = $1 AND w.learner_id = $2 ORDER BY e.seq;

-- name: AddRescoring :exec
INSERT INTO rescoring (school_id, id, learner_id, attempt_id, item_version, outcome, mistake, by_id, reason, parts, parts_right)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: RescoringsOf :many
SELECT r.*, e.seq, e.happened_ms, e.received_ms FROM rescoring r JOIN evidence e ON e.school_id = r.school_id AND e.fact_id = r.id
WHERE r.school_id = $1 AND r.learner_id = $2 ORDER BY e.seq;

-- name: LearnersOfItem :many
SELECT p.id FROM person p WHERE p.school_id = @school_id AND p.role = 'learner'
  AND EXISTS (SELECT 1 FROM attempt a WHERE a.school_id = p.school_id AND a.learner_id = p.id AND a.item_id = @item_id) ORDER BY p.id;

-- name: SetResume :exec
INSERT INTO resume (school_id, learner_id, lesson_id, position_ms, saved_ms) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (school_id, learner_id, lesson_id) DO UPDATE SET position_ms = excluded.position_ms, saved_ms = excluded.saved_ms;

-- name: Resume :one
SELECT position_ms, saved_ms FROM resume WHERE school_id = $1 AND learner_id = $2 AND lesson_id = $3;

-- name: ViewingsOfClass :many
SELECT v.learner_id, v.lesson_version, v.from_ms, v.to_ms FROM enrollment n
JOIN viewing v ON v.school_id = n.school_id AND v.learner_id = n.person_id
WHERE n.school_id = @school_id AND n.class_id = @class_id AND n.role = 'learner' AND n.ended_on = '' AND v.lesson_id = @lesson_id
  AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.school_id = v.school_id AND w.learner_id = v.learner_id AND w.withdrawn_fact_id = v.id)
ORDER BY v.learner_id, v.from_ms, v.to_ms;

-- name: LessonChecksOfClass :many
SELECT a.learner_id, a.item_id, CAST(MIN(e.received_ms) AS BIGINT) AS first_ms FROM enrollment n
JOIN attempt a ON a.school_id = n.school_id AND a.learner_id = n.person_id
JOIN evidence e ON e.school_id = a.school_id AND e.fact_id = a.id
WHERE n.school_id = @school_id AND n.class_id = @class_id AND n.role = 'learner' AND n.ended_on = ''
  AND a.context = @lesson_id AND a.context <> '' AND a.purpose = 'lesson' AND a.outcome <> 'unread'
  AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.school_id = a.school_id AND w.learner_id = a.learner_id AND w.withdrawn_fact_id = a.id)
GROUP BY a.learner_id, a.item_id ORDER BY a.learner_id, a.item_id;

-- name: PractisedInClass :many
SELECT a.learner_id, CAST(MIN(e.received_ms) AS BIGINT) AS first_ms FROM enrollment n
JOIN attempt a ON a.school_id = n.school_id AND a.learner_id = n.person_id
JOIN evidence e ON e.school_id = a.school_id AND e.fact_id = a.id
WHERE n.school_id = @school_id AND n.class_id = @class_id AND n.role = 'learner' AND n.ended_on = '' AND a.skill_id = @skill_id AND a.purpose = 'practice'
  AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.school_id = a.school_id AND w.learner_id = a.learner_id AND w.withdrawn_fact_id = a.id)
GROUP BY a.learner_id ORDER BY a.learner_id;

-- name: LearnersOfLesson :many
SELECT p.id FROM person p WHERE p.school_id = @school_id AND p.role = 'learner' AND (
  EXISTS (SELECT 1 FROM viewing v WHERE v.school_id = p.school_id AND v.learner_id = p.id AND v.lesson_id = @lesson_id)
  OR EXISTS (SELECT 1 FROM attempt a WHERE a.school_id = p.school_id AND a.learner_id = p.id AND a.context = @lesson_id AND a.purpose = 'lesson')) ORDER BY p.id;

-- name: AddAppeal :exec
INSERT INTO appeal (school_id, id, learner_id, attempt_id) VALUES ($1, $2, $3, $4);

-- name: AppealsOf :many
SELECT p.*, e.seq, e.happened_ms, e.received_ms FROM appeal p JOIN evidence e ON e.school_id = p.school_id AND e.fact_id = p.id
WHERE p.school_id = $1 AND p.learner_id = $2 ORDER BY e.seq;

-- name: AppealOfAttempt :one
SELECT * FROM appeal WHERE school_id = $1 AND attempt_id = $2;

-- name: AddRuling :exec
INSERT INTO ruling (school_id, id, learner_id, attempt_id, accepted, by_id, word, levels) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: RulingsOf :many
SELECT r.*, e.seq, e.happened_ms, e.received_ms FROM ruling r JOIN evidence e ON e.school_id = r.school_id AND e.fact_id = r.id
WHERE r.school_id = $1 AND r.learner_id = $2 ORDER BY e.seq;

-- name: OpenAppealsOfClass :many
SELECT p.id, p.learner_id, p.attempt_id, e.received_ms, a.item_id, a.item_version, a.skill_id, a.seed, a.drawn, a.response FROM enrollment n
JOIN appeal p ON p.school_id = n.school_id AND p.learner_id = n.person_id
JOIN evidence e ON e.school_id = p.school_id AND e.fact_id = p.id
JOIN attempt a ON a.school_id = p.school_id AND a.id = p.attempt_id
WHERE n.school_id = @school_id AND n.class_id = @class_id AND n.role = 'learner' AND n.ended_on = ''
  AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.school_id = p.school_id AND w.learner_id = p.learner_id AND w.withdrawn_fact_id IN (p.id, p.attempt_id))
  AND NOT EXISTS (SELECT 1 FROM ruling r WHERE r.school_id = p.school_id AND r.learner_id = p.learner_id AND r.attempt_id = p.attempt_id
    AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.school_id = r.school_id AND w.learner_id = r.learner_id AND w.withdrawn_fact_id = r.id))
ORDER BY e.received_ms, p.id;

-- name: CountOpenAppeals :one
SELECT COUNT(*) FROM enrollment n
JOIN appeal p ON p.school_id = n.school_id AND p.learner_id = n.person_id
WHERE n.school_id = @school_id AND n.class_id = @class_id AND n.role = 'learner' AND n.ended_on = ''
  AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.school_id = p.school_id AND w.learner_id = p.learner_id AND w.withdrawn_fact_id IN (p.id, p.attempt_id))
  AND NOT EXISTS (SELECT 1 FROM ruling r WHERE r.school_id = p.school_id AND r.learner_id = p.learner_id AND r.attempt_id = p.attempt_id
    AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.school_id = r.school_id AND w.learner_id = r.learner_id AND w.withdrawn_fact_id = r.id));

-- name: WaitingOfClass :many
SELECT a.learner_id, a.id AS attempt_id, e.received_ms, a.item_id, a.item_version, a.skill_id, a.seed, a.drawn, a.response FROM enrollment n
JOIN attempt a ON a.school_id = n.school_id AND a.learner_id = n.person_id
JOIN evidence e ON e.school_id = a.school_id AND e.fact_id = a.id
WHERE n.school_id = @school_id AND n.class_id = @class_id AND n.role = 'learner' AND n.ended_on = '' AND a.waiting = TRUE
  AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.school_id = a.school_id AND w.learner_id = a.learner_id AND w.withdrawn_fact_id = a.id)
  AND NOT EXISTS (SELECT 1 FROM ruling r WHERE r.school_id = a.school_id AND r.learner_id = a.learner_id AND r.attempt_id = a.id
    AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.school_id = r.school_id AND w.learner_id = r.learner_id AND w.withdrawn_fact_id = r.id))
  AND NOT EXISTS (SELECT 1 FROM rescoring s WHERE s.school_id = a.school_id AND s.learner_id = a.learner_id AND s.attempt_id = a.id AND s.outcome <> 'unread'
    AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.school_id = s.school_id AND w.learner_id = s.learner_id AND w.withdrawn_fact_id = s.id))
ORDER BY e.received_ms, a.id;

-- name: CountWaiting :one
SELECT COUNT(*) FROM enrollment n
JOIN attempt a ON a.school_id = n.school_id AND a.learner_id = n.person_id
WHERE n.school_id = @school_id AND n.class_id = @class_id AND n.role = 'learner' AND n.ended_on = '' AND a.waiting = TRUE
  AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.school_id = a.school_id AND w.learner_id = a.learner_id AND w.withdrawn_fact_id = a.id)
  AND NOT EXISTS (SELECT 1 FROM ruling r WHERE r.school_id = a.school_id AND r.learner_id = a.learner_id AND r.attempt_id = a.id
    AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.school_id = r.school_id AND w.learner_id = r.learner_id AND w.withdrawn_fact_id = r.id))
  AND NOT EXISTS (SELECT 1 FROM rescoring s WHERE s.school_id = a.school_id AND s.learner_id = a.learner_id AND s.attempt_id = a.id AND s.outcome <> 'unread'
    AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.school_id = s.school_id AND w.learner_id = s.learner_id AND w.withdrawn_fact_id = s.id));

-- name: Attempt :one
SELECT * FROM attempt WHERE school_id = $1 AND id = $2;

-- name: FirstTriesOfCourse :many
SELECT a.learner_id, a.item_id, a.item_version, a.skill_id, a.hints, a.outcome, a.mistake, a.unlearned, a.took_ms, e.received_ms,
  (SELECT COUNT(*) FROM ruling r WHERE r.school_id = a.school_id AND r.learner_id = a.learner_id AND r.attempt_id = a.id AND r.accepted = TRUE
    AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.school_id = r.school_id AND w.learner_id = r.learner_id AND w.withdrawn_fact_id = r.id)) AS accepted
FROM content c JOIN attempt a ON a.school_id = c.school_id AND a.item_id = c.id
JOIN evidence e ON e.school_id = a.school_id AND e.fact_id = a.id
WHERE c.school_id = @school_id AND c.course_id = @course_id AND c.kind = 'item' AND a.try = 1 AND a.outcome <> 'unread' AND e.received_ms >= @since_ms
  AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.school_id = a.school_id AND w.learner_id = a.learner_id AND w.withdrawn_fact_id = a.id)
  AND NOT EXISTS (SELECT 1 FROM rescoring s WHERE s.school_id = a.school_id AND s.learner_id = a.learner_id AND s.attempt_id = a.id)
ORDER BY e.received_ms, a.id;

-- name: WaitingFirstTriesOfCourse :many
-- ruled is 0 while an answer waits, else by the last ruling 1 for not yet and 2 for right.
SELECT a.learner_id, a.item_id, a.item_version, a.skill_id, a.hints, a.took_ms, e.received_ms,
  CAST(COALESCE((SELECT CASE WHEN r.accepted = TRUE THEN 2 ELSE 1 END FROM ruling r JOIN evidence q ON q.school_id = r.school_id AND q.fact_id = r.id
    WHERE r.school_id = a.school_id AND r.learner_id = a.learner_id AND r.attempt_id = a.id
      AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.school_id = r.school_id AND w.learner_id = r.learner_id AND w.withdrawn_fact_id = r.id)
    ORDER BY q.seq DESC LIMIT 1), 0) AS BIGINT) AS ruled
FROM content c JOIN attempt a ON a.school_id = c.school_id AND a.item_id = c.id
JOIN evidence e ON e.school_id = a.school_id AND e.fact_id = a.id
WHERE c.school_id = @school_id AND c.course_id = @course_id AND c.kind = 'item' AND a.try = 1 AND a.waiting = TRUE AND e.received_ms >= @since_ms
  AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.school_id = a.school_id AND w.learner_id = a.learner_id AND w.withdrawn_fact_id = a.id)
  AND NOT EXISTS (SELECT 1 FROM rescoring s WHERE s.school_id = a.school_id AND s.learner_id = a.learner_id AND s.attempt_id = a.id)
ORDER BY e.received_ms, a.id;
