-- name: RaiseTopic :one
INSERT INTO topic (school_id, topic, rev) VALUES (@school_id, @topic, @by)
ON CONFLICT (school_id, topic) DO UPDATE SET rev = topic.rev + excluded.rev
RETURNING rev;

-- name: AddLive :exec
INSERT INTO live (school_id, topic, rev, kind, data, at_ms) VALUES ($1, $2, $3, $4, $5, $6);

-- name: TopicRev :one
SELECT rev FROM topic WHERE school_id = $1 AND topic = $2;

-- name: LiveAfter :many
SELECT topic, rev, kind, data, at_ms FROM live WHERE school_id = $1 AND topic = $2 AND rev > $3 ORDER BY rev LIMIT $4;

-- name: ForgetLive :exec
DELETE FROM live WHERE at_ms < $1;
