-- name: SetFramework :exec
INSERT INTO framework (school_id, code, title, notice) VALUES ($1, $2, $3, $4)
ON CONFLICT (school_id, code) DO UPDATE SET title = excluded.title, notice = excluded.notice;

-- name: Framework :one
SELECT * FROM framework WHERE school_id = $1 AND code = $2;

-- name: AddStandard :exec
INSERT INTO standard (school_id, id, framework, code, school_year, domain, text) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (school_id, id) DO UPDATE SET school_year = excluded.school_year, domain = excluded.domain, text = excluded.text;

-- name: Standards :many
SELECT * FROM standard WHERE school_id = $1 AND framework = $2 ORDER BY code;

-- name: StandardByCode :one
SELECT * FROM standard WHERE school_id = $1 AND framework = $2 AND code = $3;

-- name: AddStandardEdge :execrows
INSERT INTO standard_edge (school_id, framework, from_code, to_code, kind) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (school_id, framework, from_code, to_code, kind) DO NOTHING;

-- name: StandardEdges :many
SELECT from_code, to_code, kind FROM standard_edge WHERE school_id = $1 AND framework = $2 ORDER BY from_code, to_code, kind;

-- name: DropStandardEdge :execrows
DELETE FROM standard_edge WHERE school_id = $1 AND framework = $2 AND from_code = $3 AND to_code = $4 AND kind = $5;

-- name: StandardTexts :many
SELECT s.code, s.text, f.title, f.notice FROM standard s JOIN framework f ON f.school_id = s.school_id AND f.code = s.framework
WHERE s.school_id = $1 AND s.code = $2 ORDER BY s.framework;
