-- name: SetPassword :exec
INSERT INTO password (school_id, person_id, hash, set_ms) VALUES ($1, $2, $3, $4)
ON CONFLICT (school_id, person_id) DO UPDATE SET hash = excluded.hash, set_ms = excluded.set_ms;

-- name: Password :one
SELECT hash FROM password WHERE school_id = $1 AND person_id = $2;

-- name: SetPicturePIN :exec
INSERT INTO picture_pin (school_id, person_id, hash, set_ms) VALUES ($1, $2, $3, $4)
ON CONFLICT (school_id, person_id) DO UPDATE SET hash = excluded.hash, set_ms = excluded.set_ms;

-- name: PicturePIN :one
SELECT hash FROM picture_pin WHERE school_id = $1 AND person_id = $2;

-- name: PicturePINSet :one
SELECT set_ms FROM picture_pin WHERE school_id = $1 AND person_id = $2;

-- name: ForgetSecrets :exec
DELETE FROM picture_pin WHERE school_id = $1 AND person_id = $2;

-- name: ForgetPassword :exec
DELETE FROM password WHERE school_id = $1 AND person_id = $2;

-- name: AddSigninToken :exec
INSERT INTO signin_token (school_id, id, person_id, kind, token_hash, created_ms, expires_ms, reusable)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: SigninToken :one
SELECT * FROM signin_token WHERE token_hash = $1;

-- name: UseSigninToken :execrows
UPDATE signin_token SET used_ms = $2 WHERE token_hash = $1 AND revoked_ms = 0 AND (used_ms = 0 OR reusable = TRUE);

-- name: RevokeSigninTokens :exec
UPDATE signin_token SET revoked_ms = $3 WHERE school_id = $1 AND person_id = $2 AND revoked_ms = 0;

-- name: RevokeSigninLinks :exec
UPDATE signin_token SET revoked_ms = $3 WHERE school_id = $1 AND person_id = $2 AND kind = 'link' AND revoked_ms = 0;

-- name: AddSession :exec
INSERT INTO session (token_hash, school_id, person_id, created_ms, seen_ms, expires_ms) VALUES ($1, $2, $3, $4, $5, $6);

-- name: Session :one
SELECT s.school_id, s.person_id, s.expires_ms, s.seen_ms, p.role, p.given, p.family, p.locale, p.settings, p.suspended,
  c.locale AS school_locale, c.zone, c.name AS school_name
FROM session s JOIN person p ON p.school_id = s.school_id AND p.id = s.person_id JOIN school c ON c.id = s.school_id
WHERE s.token_hash = $1;

-- name: SeeSession :exec
UPDATE session SET seen_ms = $2, expires_ms = $3 WHERE token_hash = $1;

-- name: EndSession :exec
DELETE FROM session WHERE token_hash = $1;

-- name: EndSessionsOf :exec
DELETE FROM session WHERE school_id = $1 AND person_id = $2;

-- name: Misses :one
SELECT misses, last_ms, until_ms FROM signin_miss WHERE bucket = $1;

-- AddMiss counts one miss in a statement of its own, so that two guesses at once are two misses; one that lies longer back
-- than @forget_ms counts no more.
-- name: AddMiss :one
INSERT INTO signin_miss (bucket, misses, last_ms, until_ms) VALUES (@bucket, 1, @now_ms, 0)
ON CONFLICT (bucket) DO UPDATE SET misses = CASE WHEN signin_miss.last_ms < @forget_ms THEN 1 ELSE signin_miss.misses + 1 END, last_ms = excluded.last_ms
RETURNING misses;

-- name: PauseSignin :exec
UPDATE signin_miss SET until_ms = $2 WHERE bucket = $1;

-- name: TakeBackMiss :exec
UPDATE signin_miss SET misses = misses - 1 WHERE bucket = $1 AND misses > 0;

-- name: ForgetMisses :exec
DELETE FROM signin_miss WHERE bucket = $1;

-- name: ForgetOldMisses :exec
DELETE FROM signin_miss WHERE last_ms < $1;

-- name: RevokeTokensOfKind :exec
UPDATE signin_token SET revoked_ms = $4 WHERE school_id = $1 AND person_id = $2 AND kind = $3 AND revoked_ms = 0;

-- name: PINsOfClass :many
SELECT n.person_id, n.set_ms FROM enrollment e
JOIN picture_pin n ON n.school_id = e.school_id AND n.person_id = e.person_id
WHERE e.school_id = $1 AND e.class_id = $2 AND e.role = 'learner' AND e.ended_on = '' ORDER BY n.person_id;

-- name: CardsOfClass :many
SELECT t.person_id, t.created_ms FROM enrollment e
JOIN signin_token t ON t.school_id = e.school_id AND t.person_id = e.person_id AND t.kind = 'card' AND t.revoked_ms = 0
WHERE e.school_id = $1 AND e.class_id = $2 AND e.role = 'learner' AND e.ended_on = '' ORDER BY t.person_id, t.created_ms;

-- name: CardsOf :many
SELECT * FROM signin_token WHERE school_id = $1 AND person_id = $2 AND kind = 'card' AND revoked_ms = 0 ORDER BY created_ms;

-- name: PeopleWithPassword :many
SELECT person_id FROM password WHERE school_id = $1 ORDER BY person_id;

-- name: ForgetSessions :exec
DELETE FROM session WHERE expires_ms < $1;
