package content

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

// kindOfName is what topics, authors and series have in common in the database.
type kindOfName struct {
	noun, table   string
	links, column string // where the notes are that have it; a series stands in their own row
	list          string // of a revision
	missing, used *fault.Error
}

var (
	ofTopic  = kindOfName{"topic", "topics", "note_topics", "topic_id", "topics", errNoTopic, errTopicUsed}
	ofAuthor = kindOfName{"author", "authors", "note_authors", "author_id", "authors", errNoAuthor, errAuthorUsed}
	ofSeries = kindOfName{"series", "series", "", "series_id", "series_id", errNoSeries, errSeriesUsed}
)

// in puts the names of tables and columns into a statement.
func (k kindOfName) in(statement string) string {
	return strings.NewReplacer("TABLE", k.table, "LINKS", k.links, "COLUMN", k.column, "LIST", k.list).Replace(statement)
}

// link is the statement that gives a note a topic or an author. What became
// part of another since it was written down is the other; who is merging it at
// this moment is waited for.
func (s store) link(of kindOfName) string { return links[of.noun][s.db.Engine()] }

// links are the statements of link, for every save runs some of them.
var links = map[string]map[db.Engine]string{ofTopic.noun: linkStatements(ofTopic), ofAuthor.noun: linkStatements(ofAuthor)}

func linkStatements(of kindOfName) map[db.Engine]string {
	insert := func(hold string) string {
		return of.in(`INSERT INTO LINKS (note_id, position, COLUMN) SELECT ?, ?, COALESCE(merged_into, id) FROM TABLE WHERE id = ?` + hold + ` ON CONFLICT DO NOTHING`)
	}
	return map[db.Engine]string{db.SQLite: insert(""), db.Postgres: insert(" FOR KEY SHARE")}
}

// holdNamed locks the notes that have something, in the order in which others
// lock several, and then the thing itself; it counts the notes.
func (s store) holdNamed(ctx context.Context, of kindOfName, id uuid.UUID) (int, error) {
	hold := ""
	if s.db.Engine() == db.Postgres {
		hold = " FOR UPDATE"
	}
	var ids []uuid.UUID
	write := s.db.Write(ctx)
	if err := write.Raw(of.in(`SELECT id FROM notes WHERE id IN (SELECT note_id FROM LINKS WHERE COLUMN = ?) ORDER BY id`+hold), id).Scan(&ids).Error; err != nil {
		return 0, err
	}
	if err := write.Raw(of.in(`SELECT id FROM TABLE WHERE id = ?`+hold), id).Scan(&[]uuid.UUID{}).Error; err != nil {
		return 0, err
	}
	return s.countNaming(ctx, of, id)
}

// join writes one over the other. A note that has both keeps the place of the
// first.
func (s store) join(ctx context.Context, of kindOfName, id, into uuid.UUID, at time.Time) error {
	both := []uuid.UUID{id, into}
	write := s.db.Write(ctx)
	const second = `DELETE FROM LINKS WHERE COLUMN IN ? AND EXISTS (SELECT 1 FROM LINKS o WHERE o.note_id = LINKS.note_id AND o.COLUMN IN ? AND o.position < LINKS.position)`
	if err := write.Exec(of.in(second), both, both).Error; err != nil {
		return err
	}
	if err := write.Exec(of.in(`UPDATE LINKS SET COLUMN = ? WHERE COLUMN = ?`), into, id).Error; err != nil {
		return err
	}
	return write.Exec(of.in(`UPDATE TABLE SET merged_into = ?, updated_at = ? WHERE id = ? OR merged_into = ?`), into, at, id, id).Error
}

// markNamed remembers that the notes which have something change for readers.
func (s store) markNamed(ctx context.Context, of kindOfName, id uuid.UUID, at time.Time) error {
	notes := `INSERT INTO content_changes (kind, subject, slug, gone, at, number, appeared, pending, fresh)
SELECT ?, ` + s.written("n.id") + `, n.slug, FALSE, ` + s.moment() + `, 0, 0, TRUE, TRUE FROM notes n
WHERE n.status = ? AND n.live_revision IS NOT NULL AND n.id IN (SELECT note_id FROM LINKS WHERE COLUMN = ?) ORDER BY n.id
` + overTheOneBefore
	return s.db.Write(ctx).Exec(of.in(notes), ChangedNote, at, Published, id).Error
}

func (s store) written(column string) string {
	if s.db.Engine() == db.Postgres {
		return column + "::text"
	}
	return column
}

func (s store) moment() string {
	if s.db.Engine() == db.Postgres {
		return "CAST(? AS timestamptz)"
	}
	return "?"
}

// countNaming counts the notes that name something: in what lists show, in the
// draft, or in a version that can be cited.
func (s store) countNaming(ctx context.Context, of kindOfName, id uuid.UUID) (n int, err error) {
	within, value := s.written("r.LIST")+" LIKE ?", any("%"+id.String()+"%")
	shown := `SELECT note_id FROM LINKS WHERE COLUMN = ?`
	if of.links == "" {
		within, value, shown = "r.LIST = ?", id, `SELECT id FROM notes WHERE COLUMN = ?`
	}
	query := `SELECT COUNT(*) FROM (` + shown + ` UNION
SELECT n.id FROM notes n JOIN revisions r ON r.id = n.draft_revision WHERE ` + within + ` UNION
SELECT v.note_id FROM note_versions v JOIN revisions r ON r.id = v.revision_id WHERE ` + within + `) naming`
	return n, s.db.Read(ctx).Raw(of.in(query), id, value, value).Scan(&n).Error
}

func (s store) deleteName(ctx context.Context, of kindOfName, id uuid.UUID) error {
	statements := []string{`DELETE FROM TABLE WHERE merged_into = ?`, `DELETE FROM TABLE WHERE id = ?`}
	if of.links == "" {
		statements = statements[1:]
	}
	for _, x := range statements {
		err := s.db.Write(ctx).Exec(of.in(x), id).Error
		if errors.Is(err, gorm.ErrForeignKeyViolated) {
			return errJustNamed.Because(err)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// uses counts notes by the address of what they have.
func (s store) uses(ctx context.Context, of kindOfName) (map[string]int, error) {
	query := `SELECT t.slug, c.notes FROM TABLE t JOIN (SELECT COLUMN AS id, COUNT(*) AS notes FROM LINKS GROUP BY COLUMN) c ON c.id = t.id`
	if of.links == "" {
		query = strings.ReplaceAll(query, "LINKS", "notes WHERE COLUMN IS NOT NULL")
	}
	var rows []struct {
		Slug  string
		Notes int
	}
	err := s.db.Read(ctx).Raw(of.in(query)).Scan(&rows).Error
	out := make(map[string]int, len(rows))
	for _, r := range rows {
		out[r.Slug] = r.Notes
	}
	return out, err
}
