-- name: ClassDay :one
SELECT * FROM class_day WHERE school_id = $1 AND id = $2;

-- name: ClassDayOn :one
SELECT * FROM class_day WHERE school_id = $1 AND class_id = $2 AND on_date = $3;

-- name: AddClassDay :exec
INSERT INTO class_day (school_id, id, class_id, on_date, lesson_id, made_ms) VALUES ($1, $2, $3, $4, $5, $6);

-- name: StartClassDay :execrows
UPDATE class_day SET started_ms = $3 WHERE school_id = $1 AND id = $2 AND started_ms = 0;

-- name: EndClassDay :execrows
UPDATE class_day SET ended_ms = $3 WHERE school_id = $1 AND id = $2 AND started_ms > 0 AND ended_ms = 0;

-- name: AddPile :exec
INSERT INTO pile (school_id, id, class_day_id, n, kind, skill_id, mistake, place, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: Pile :one
SELECT * FROM pile WHERE school_id = $1 AND id = $2;

-- name: PilesOfDay :many
SELECT * FROM pile WHERE school_id = $1 AND class_day_id = $2 ORDER BY n, id;

-- name: ForgetPiles :exec
DELETE FROM pile WHERE school_id = $1 AND class_day_id = $2;

-- name: ForgetPileMembers :exec
DELETE FROM pile_member WHERE school_id = $1 AND class_day_id = $2;

-- name: SetPilePlace :execrows
UPDATE pile SET place = $3 WHERE school_id = $1 AND id = $2;

-- name: OpenExit :execrows
UPDATE pile SET exit_ms = $3 WHERE school_id = $1 AND id = $2;

-- name: PlaceInPile :exec
INSERT INTO pile_member (school_id, class_day_id, learner_id, pile_id, moved_by) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (school_id, class_day_id, learner_id) DO UPDATE SET pile_id = excluded.pile_id, moved_by = excluded.moved_by;

-- name: PileMembers :many
SELECT m.learner_id, m.pile_id, m.moved_by FROM pile_member m WHERE m.school_id = $1 AND m.class_day_id = $2 ORDER BY m.learner_id;

-- name: PileOfLearner :one
SELECT p.* FROM pile_member m JOIN pile p ON p.school_id = m.school_id AND p.id = m.pile_id
WHERE m.school_id = $1 AND m.class_day_id = $2 AND m.learner_id = $3;

-- name: RaiseHand :exec
INSERT INTO help_request (school_id, id, class_id, learner_id, line, page, skill_id, raised_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: HelpRequest :one
SELECT * FROM help_request WHERE school_id = $1 AND id = $2;

-- name: OpenHelpOfClass :many
SELECT * FROM help_request WHERE school_id = $1 AND class_id = $2 AND resolved_ms = 0 ORDER BY raised_ms, id;

-- name: OpenHelpOfLearner :many
SELECT * FROM help_request WHERE school_id = $1 AND learner_id = $2 AND resolved_ms = 0 ORDER BY raised_ms, id;

-- name: ClaimHelp :execrows
UPDATE help_request SET claimed_ms = $3, claimed_by = $4 WHERE school_id = $1 AND id = $2 AND claimed_ms = 0 AND resolved_ms = 0;

-- name: ResolveHelp :execrows
UPDATE help_request SET resolved_ms = $3, resolved_by = $4 WHERE school_id = $1 AND id = $2 AND resolved_ms = 0;

-- name: SetPresence :exec
INSERT INTO presence (school_id, learner_id, page, skill_id, seen_ms) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (school_id, learner_id) DO UPDATE SET page = excluded.page, skill_id = excluded.skill_id, seen_ms = excluded.seen_ms;

-- name: PresenceOfClass :many
SELECT r.* FROM enrollment n JOIN presence r ON r.school_id = n.school_id AND r.learner_id = n.person_id
WHERE n.school_id = $1 AND n.class_id = $2 AND n.role = 'learner' AND n.ended_on = '' ORDER BY r.learner_id;

-- name: SetClassDayLesson :execrows
UPDATE class_day SET lesson_id = $3, made_ms = $4 WHERE school_id = $1 AND id = $2;

-- name: LearnersActiveSince :one
SELECT COUNT(DISTINCT e.learner_id) FROM enrollment n JOIN evidence e ON e.school_id = n.school_id AND e.learner_id = n.person_id
WHERE n.school_id = @school_id AND n.class_id = @class_id AND n.role = 'learner' AND n.ended_on = '' AND e.received_ms > @since_ms;

-- name: PileInClass :one
SELECT d.class_id, d.started_ms, d.ended_ms, p.* FROM pile p JOIN class_day d ON d.school_id = p.school_id AND d.id = p.class_day_id
WHERE p.school_id = @school_id AND p.id = @id;

-- name: ResumeClassDay :execrows
UPDATE class_day SET started_ms = $3, ended_ms = 0 WHERE school_id = $1 AND id = $2 AND ended_ms > 0;

-- name: RunningDaysOfLearner :many
SELECT d.* FROM enrollment n
JOIN class c ON c.school_id = n.school_id AND c.id = n.class_id AND c.ended_on = ''
JOIN class_day d ON d.school_id = n.school_id AND d.class_id = n.class_id
WHERE n.school_id = @school_id AND n.person_id = @learner_id AND n.role = 'learner' AND n.ended_on = ''
  AND d.started_ms > @since_ms AND d.ended_ms = 0
ORDER BY d.started_ms DESC, d.id;

-- name: PresenceOf :one
SELECT * FROM presence WHERE school_id = $1 AND learner_id = $2;

-- name: ForgetPresenceOfClass :exec
DELETE FROM presence WHERE presence.school_id = @school_id AND learner_id IN (
  SELECT n.person_id FROM enrollment n WHERE n.school_id = @school_id AND n.class_id = @class_id AND n.role = 'learner');

-- name: ExitAnswersOfDay :many
SELECT a.id, a.learner_id, a.context, a.item_id, a.outcome FROM pile p
JOIN attempt a ON a.school_id = p.school_id AND a.context = p.id AND a.context <> '' AND a.purpose = 'exit'
WHERE p.school_id = @school_id AND p.class_day_id = @class_day_id ORDER BY a.learner_id, a.id;

-- name: ExitAnswersOf :many
SELECT item_id FROM attempt WHERE school_id = @school_id AND context = @pile_id AND context <> '' AND learner_id = @learner_id AND purpose = 'exit' ORDER BY item_id;

-- name: MeetingsOfDay :many
SELECT m.* FROM pile p JOIN meeting m ON m.school_id = p.school_id AND m.pile_id = p.id
WHERE p.school_id = @school_id AND p.class_day_id = @class_day_id
  AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.school_id = m.school_id AND w.learner_id = m.learner_id AND w.withdrawn_fact_id = m.id)
ORDER BY m.learner_id, m.id;

-- name: TriesOfClassSince :many
SELECT a.id, a.learner_id, a.skill_id, a.item_id, a.outcome, a.mistake, a.item_kind, a.options, a.try, a.hints, a.took_ms, e.received_ms FROM enrollment n
JOIN attempt a ON a.school_id = n.school_id AND a.learner_id = n.person_id AND a.skill_id IN (
  SELECT t.skill_id FROM evidence u JOIN attempt t ON t.school_id = u.school_id AND t.id = u.fact_id
  WHERE u.school_id = n.school_id AND u.learner_id = n.person_id AND u.kind = 'attempt' AND u.received_ms >= @since_ms)
JOIN evidence e ON e.school_id = a.school_id AND e.fact_id = a.id
WHERE n.school_id = @school_id AND n.class_id = @class_id AND n.role = 'learner' AND n.ended_on = '' AND a.unlearned = FALSE AND a.outcome <> 'unread' AND a.purpose <> 'check'
ORDER BY a.learner_id, e.seq;

-- name: OvertakenOfClass :many
SELECT w.withdrawn_fact_id AS attempt_id FROM enrollment n JOIN withdrawal w ON w.school_id = n.school_id AND w.learner_id = n.person_id
WHERE n.school_id = @school_id AND n.class_id = @class_id AND n.role = 'learner' AND n.ended_on = ''
UNION
SELECT r.attempt_id FROM enrollment n JOIN ruling r ON r.school_id = n.school_id AND r.learner_id = n.person_id
WHERE n.school_id = @school_id AND n.class_id = @class_id AND n.role = 'learner' AND n.ended_on = '' AND r.accepted = TRUE
  AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.school_id = r.school_id AND w.learner_id = r.learner_id AND w.withdrawn_fact_id = r.id)
UNION
SELECT s.attempt_id FROM enrollment n JOIN rescoring s ON s.school_id = n.school_id AND s.learner_id = n.person_id
WHERE n.school_id = @school_id AND n.class_id = @class_id AND n.role = 'learner' AND n.ended_on = ''
  AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.school_id = s.school_id AND w.learner_id = s.learner_id AND w.withdrawn_fact_id = s.id);
