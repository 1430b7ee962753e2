package search

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/memo"
)

// Version names the way documents are cut into tokens. Those of an older one
// are built again.
const Version = 1

// Document is what is known of a note for searching.
type Document struct {
	Note        uuid.UUID
	PublishedAt time.Time
	Gate        string // names the gate; "" is open to everybody
	Title       string
	Abstract    string
	Names       []string    // of its authors, topics, series and issue
	Belongs     []uuid.UUID // what fields can ask for
	Public      string      // plain text that everybody may read
	Whole       string      // all of it, for those whom the gate opens to
}

// Index holds documents and finds them.
type Index struct {
	db     *db.DB
	public *list
	gated  *list
	books  *memo.Copies[book]
	stored *seen
	gates  sync.Map // that are in the database, by name
}

// New opens the index.
func New(d *db.DB) *Index {
	return &Index{db: d, public: newList(d, publicList), gated: newList(d, gatedList), books: newBooks(), stored: newSeen()}
}

// Put stores a document in place of an earlier one of the same note, in the
// transaction of the context.
func (x *Index) Put(ctx context.Context, doc Document) error {
	if x.db.Engine() == db.SQLite || doc.Gate == "" {
		if err := x.Drop(ctx, doc.Note); err != nil {
			return err
		}
	}
	if err := x.insert(ctx, &doc); err != nil {
		return err
	}
	words := doc.spelt()
	x.db.AfterCommit(ctx, func() { x.learnApart(ctx, x.stored.fresh(words)) })
	return nil
}

// Tokens of a special meaning begin with a letter that no text holds, for it
// is no letter to Unicode. A field's end stands between texts, so that no
// phrase reaches from one into the next.
const (
	fieldEnd = "\ue000"
	inTitle  = "\ue001"
	inHead   = "\ue002" // title, abstract or names
	belongs  = "\ue003"
	behind   = "\ue004" // a gate
	isNote   = "\ue005"
)

// maxTokens of a text are indexed. It is more than a book has words.
const maxTokens = 150_000

// tokens lists what the index is to know: the short texts first, so that their
// phrases are found on Postgres however long the text is.
func (d *Document) tokens(body string) []string {
	out := make([]string, 0, 64+len(body)/6)
	text := func(mark, text string) {
		eachWord(text, func(w word) bool {
			out = append(out, mark+w.stem)
			return len(out) < maxTokens
		})
		out = append(out, fieldEnd)
	}
	text(inTitle, d.Title)
	for _, mark := range []string{inHead, ""} {
		text(mark, d.Title)
		text(mark, d.Abstract)
		for _, name := range d.Names {
			text(mark, name)
		}
	}
	for _, id := range d.Belongs {
		out = append(out, idToken(belongs, id))
	}
	out = append(out, idToken(isNote, d.Note), gateToken(d.Gate))
	text("", body)
	return out
}

func idToken(mark string, id uuid.UUID) string { return mark + hex.EncodeToString(id[:]) }

// gateToken stands for a gate. Its name may hold anything, a token may not.
func gateToken(gate string) string {
	sum := sha256.Sum256([]byte(gate))
	return behind + hex.EncodeToString(sum[:16])
}

// spelt lists the different words of what everybody may read, for the list
// that misspelt ones are looked up in.
func (d *Document) spelt() []string {
	seen := map[string]bool{}
	for _, text := range append([]string{d.Title, d.Abstract, d.Public}, d.Names...) {
		eachWord(text, func(w word) bool {
			if knowable(w.folded) {
				seen[w.folded] = true
			}
			return len(seen) < maxTokens
		})
	}
	out := make([]string, 0, len(seen))
	for w := range seen {
		out = append(out, w)
	}
	slices.Sort(out) // two who learn the same words at once wait for each other in one order
	return out
}

// place is where a document stands among all: by its moment. On SQLite it is
// the row's number, so that two of one moment get different ones.
func (d *Document) place() int64 {
	return d.PublishedAt.UnixMicro()<<10 | int64(d.Note[14]&3)<<8 | int64(d.Note[15])
}

// vector writes tokens as Postgres reads a tsvector: each with its places,
// which end where Postgres' do.
func vector(tokens []string) string {
	const (
		lastPlace = 16_382
		maxPlaces = 255
		maxBytes  = 900_000 // a tsvector holds a megabyte
	)
	type lexeme struct {
		text        string
		first, last int // of its places: indexes of tokens
		places      int
	}
	known := make(map[string]int, len(tokens)/2) // which lexeme a token is
	lexemes := make([]lexeme, 0, len(tokens)/2)
	next := make([]int, min(len(tokens), lastPlace)) // the index of the same token's next place
	size := 0
	for i, t := range tokens {
		at, found := known[t]
		if t == fieldEnd || !found && size > maxBytes {
			continue
		}
		if !found {
			at = len(lexemes)
			known[t] = at
			lexemes = append(lexemes, lexeme{text: t})
			size += len(t) + 8
		}
		if l := &lexemes[at]; i < lastPlace && l.places < maxPlaces {
			if l.places == 0 {
				l.first = i
			} else {
				next[l.last] = i
			}
			l.last = i
			l.places++
			size += 2
		}
	}
	out := make([]byte, 0, size+4*len(next))
	for _, l := range lexemes {
		out = append(append(append(out, '\''), l.text...), '\'')
		mark := byte(':')
		for at := l.first; l.places > 0; l.places-- {
			out = strconv.AppendInt(append(out, mark), int64(at+1), 10)
			at, mark = next[at], ','
		}
		out = append(out, ' ')
	}
	return string(out)
}
