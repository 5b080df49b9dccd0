-- +goose Up
-- An import is taken back piece by piece: when that began, when it last got on, whether a class had a unit of the course by then,
-- and for each part whether it is done (1) or was left where it is (2).

ALTER TABLE intake ADD COLUMN undoing_ms BIGINT NOT NULL DEFAULT 0;
ALTER TABLE intake ADD COLUMN undo_beat_ms BIGINT NOT NULL DEFAULT 0;
ALTER TABLE intake ADD COLUMN undo_given BIGINT NOT NULL DEFAULT 0;
ALTER TABLE intake_part ADD COLUMN undone BIGINT NOT NULL DEFAULT 0;

-- +goose Down
SELECT 1;
