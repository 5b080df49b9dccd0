-- +goose Up
-- What a content asks or teaches is found by the content too: counting the items of an imported course read every pair for
-- each of its items.

CREATE INDEX content_skill_content ON content_skill (school_id, content_id);

-- +goose Down
SELECT 1;
