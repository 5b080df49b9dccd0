-- +goose Up
-- How many parts an answer has and how many of them are right. parts is 0 where it has none, and for answers from before.

ALTER TABLE attempt ADD COLUMN parts BIGINT NOT NULL DEFAULT 0;
ALTER TABLE attempt ADD COLUMN parts_right BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rescoring ADD COLUMN parts BIGINT NOT NULL DEFAULT 0;
ALTER TABLE rescoring ADD COLUMN parts_right BIGINT NOT NULL DEFAULT 0;

-- +goose Down
SELECT 1;
