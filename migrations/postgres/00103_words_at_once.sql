-- +goose Up
-- New words go into the index at once. Otherwise they wait in a list until the
-- table is vacuumed, each search reads that list, and a planner that counts its
-- pages would rather read the whole table: after a few hundred new notes an
-- answer took twenty times as long.
ALTER INDEX search_documents_words SET (fastupdate = off);
ALTER INDEX search_gated_words SET (fastupdate = off);
ALTER INDEX note_words_words SET (fastupdate = off);
SELECT gin_clean_pending_list('search_documents_words');
SELECT gin_clean_pending_list('search_gated_words');
SELECT gin_clean_pending_list('note_words_words');
