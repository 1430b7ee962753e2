-- +goose Up
-- New words wait in a list that each search reads through, until the list is full
-- or the table is vacuumed. At its usual 4 MB a planner that counts its pages would
-- rather read the whole table: after a few hundred new notes an answer took twenty
-- times as long. Without a list (fastupdate = off) publishing a note takes half as
-- long again. So it is as short as it can be.
ALTER INDEX search_documents_words SET (gin_pending_list_limit = 64);
ALTER INDEX search_gated_words SET (gin_pending_list_limit = 64);
ALTER INDEX note_words_words SET (gin_pending_list_limit = 64);
SELECT gin_clean_pending_list('search_documents_words');
SELECT gin_clean_pending_list('search_gated_words');
SELECT gin_clean_pending_list('note_words_words');
