-- +goose Up
-- FTS5 takes words in at once; the number is the other engine's.
SELECT 1;
