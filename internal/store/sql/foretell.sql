-- name: FirstTriesBefore :many
SELECT a.id, a.learner_id, a.item_id, a.skill_id, a.others, a.outcome, a.hints, e.happened_ms, e.received_ms FROM attempt a
JOIN evidence e ON e.school_id = a.school_id AND e.fact_id = a.id
WHERE a.school_id = @school_id AND a.id > @after_id AND a.try = 1 AND a.outcome <> 'unread' AND e.received_ms < @before_ms
  AND NOT EXISTS (SELECT 1 FROM withdrawal w JOIN evidence x ON x.school_id = w.school_id AND x.fact_id = w.id
    WHERE w.school_id = a.school_id AND w.learner_id = a.learner_id AND w.withdrawn_fact_id = a.id AND x.received_ms < @before_ms)
  AND NOT EXISTS (SELECT 1 FROM ruling r JOIN evidence x ON x.school_id = r.school_id AND x.fact_id = r.id
    WHERE r.school_id = a.school_id AND r.learner_id = a.learner_id AND r.attempt_id = a.id AND x.received_ms < @before_ms)
  AND NOT EXISTS (SELECT 1 FROM rescoring s JOIN evidence x ON x.school_id = s.school_id AND x.fact_id = s.id
    WHERE s.school_id = a.school_id AND s.learner_id = a.learner_id AND s.attempt_id = a.id AND x.received_ms < @before_ms)
ORDER BY a.id LIMIT @most;
