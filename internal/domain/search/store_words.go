package search

import (
	"context"
	"encoding/json"
	"time"

	"lighttrends/internal/platform/db"
)

// maxWords of the list are known to a process. Each takes some thirty bytes.
const maxWords = 200_000

// learnFor bounds how long whoever publishes waits for the list.
const learnFor = 10 * time.Second

// learnApart learns in a transaction of its own: one that holds the new words of
// a note while it puts in another could wait for one that does the same the
// other way round. A word that is lost costs a proposal, and no note.
func (x *Index) learnApart(ctx context.Context, words []string) {
	if len(words) == 0 {
		return
	}
	ctx, done := context.WithTimeout(db.Apart(ctx), learnFor)
	defer done()
	if x.db.Tx(ctx, func(ctx context.Context) error { return x.learn(ctx, words) }) == nil { // a statement that fails is logged
		x.stored.add(words)
	}
}

// learn adds words to the list, in one statement. What is there stays: that a
// word is still in use is asked when it is proposed.
func (x *Index) learn(ctx context.Context, words []string) error {
	if len(words) == 0 {
		return nil
	}
	raw, err := json.Marshal(words)
	if err != nil {
		return err
	}
	statement := "INSERT INTO search_words (word) SELECT jsonb_array_elements_text(CAST(? AS jsonb)) ON CONFLICT DO NOTHING"
	if x.db.Engine() == db.SQLite {
		statement = "INSERT OR IGNORE INTO search_words (word) SELECT value FROM json_each(?)"
	}
	return x.db.Write(ctx).Exec(statement, string(raw)).Error
}

func (x *Index) words(ctx context.Context) (out []string, err error) {
	return out, x.db.Read(ctx).Raw("SELECT word FROM search_words LIMIT ?", maxWords).Scan(&out).Error
}

// enough notes are counted to tell a common word from a rare one.
const enough = 200

// uses counts the notes whose public words hold this one, up to enough.
func (x *Index) uses(ctx context.Context, w word) (n int, err error) {
	statement, query := "SELECT COUNT(*) FROM (SELECT 1 FROM search_documents WHERE words @@ (SELECT CAST(? AS tsquery)) LIMIT ?) AS found", tsquery(token(w.stem))
	if x.db.Engine() == db.SQLite {
		statement, query = "SELECT COUNT(*) FROM (SELECT 1 FROM search_public WHERE search_public MATCH ? LIMIT ?)", fts5(token(w.stem))
	}
	return n, x.db.Read(ctx).Raw(statement, query, enough).Scan(&n).Error
}
