package content

import (
	"context"
	"strings"

	"gorm.io/gorm"

	"lighttrends/internal/platform/db"
)

// wordsWindow is how many notes of the list are looked at one by one, on
// Postgres, before the index of words is asked for all that have them.
const wordsWindow = 250

// matchPostgres and matchSQLite write down a search: words that begin so, all
// of them; those of f.Title in the title. ok is false when it has no word.
func matchPostgres(f Filter) (query string, ok bool) {
	var all []string
	for _, w := range words(f.Words) {
		all = append(all, "'"+w+"':*")
	}
	for _, w := range words(f.Title) {
		all = append(all, "'"+w+"':*A")
	}
	return strings.Join(all, " & "), f.hasWords()
}

func matchSQLite(f Filter) (query string, ok bool) {
	var all []string
	for _, w := range words(f.Words) {
		all = append(all, `"`+w+`"*`)
	}
	for _, w := range words(f.Title) {
		all = append(all, `title : "`+w+`"*`)
	}
	return strings.Join(all, " AND "), f.hasWords()
}

// hasWords tells whether each search that is asked for has a word: nothing but
// signs finds nothing.
func (f Filter) hasWords() bool {
	return (f.Words == "" || len(words(f.Words)) > 0) && (f.Title == "" || len(words(f.Title)) > 0)
}

// byWords finds words by their beginnings. On Postgres the found ids are an
// array, and the search is made where the planner cannot look: it takes any
// beginning of a word for costly and would rather read a whole table.
func (s store) byWords(q *gorm.DB, f Filter) *gorm.DB {
	if f.Words == "" && f.Title == "" {
		return q
	}
	match, write := matchSQLite, "notes.id IN (SELECT t.note_id FROM note_words JOIN note_titles t ON t.id = note_words.rowid WHERE note_words MATCH ?)"
	if s.db.Engine() == db.Postgres {
		match, write = matchPostgres, "notes.id = ANY(ARRAY(SELECT w.note_id FROM (SELECT to_tsquery('simple', ?) AS query OFFSET 0) q JOIN note_words w ON w.words @@ q.query))"
	}
	query, ok := match(f)
	if !ok {
		return q.Where("1 = 0")
	}
	return q.Where(write, query)
}

// placed reads a search on SQLite along the index of words, which goes by the
// last change: the newest finds come first, and the others are not read.
func (s store) placed(ctx context.Context, f Filter, at places, after *listCursor) ([]*listRow, error) {
	query, ok := matchSQLite(f)
	if !ok {
		return nil, nil
	}
	way, than := wayOf(f)
	q := s.inReview(s.filtered(ctx, f, at), f).Table("note_words CROSS JOIN note_titles t ON t.id = note_words.rowid CROSS JOIN notes ON notes.id = t.note_id").
		Select("notes.*, t.id AS place").Where("note_words MATCH ?", query)
	if after != nil {
		q = q.Where("note_words.rowid "+than+" ?", after.place)
	}
	var out []*listRow
	return out, q.Order("note_words.rowid " + way).Limit(f.Limit + 1).Find(&out).Error
}

// windowed reads a search on Postgres: first the next notes of the list, held
// against the words one by one, which fills a page where a word is common; and
// if it does not, all that have the words, which are then few.
func (s store) windowed(ctx context.Context, f Filter, at places, after *listCursor) ([]*listRow, error) {
	query, ok := matchPostgres(f)
	if !ok {
		return nil, nil
	}
	window := s.ordered(s.inReview(s.filtered(ctx, f, at), f), f, after).Model(&Note{}).Limit(wordsWindow)
	key := s.sortKey(f.Sort)
	way, _ := wayOf(f)
	var out []*listRow
	err := s.db.Read(ctx).Table("(?) AS notes", window).Select("notes.*").
		Where("(SELECT w.words @@ to_tsquery('simple', ?) FROM note_words w WHERE w.note_id = notes.id)", query).
		Order(key + " " + way + ", notes.id " + way).Limit(f.Limit + 1).Find(&out).Error
	if err != nil || len(out) > f.Limit {
		return out, err
	}
	return s.page(s.ordered(s.narrowed(ctx, f, at), f, after), f.Limit+1)
}
