package media

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// Kind is a kind of file in the library, in the word people use.
type Kind string

// The kinds. Pictures lie in folders; the others are attached to notes.
const (
	Pictures Kind = "picture"
	PDFs     Kind = "pdf"
	Sheets   Kind = "sheet" // XLSX
	Data     Kind = "data"  // CSV
)

// Kinds lists them in the order forms show them.
func Kinds() []Kind { return []Kind{Pictures, PDFs, Sheets, Data} }

func (k Kind) contentType() string {
	switch k {
	case PDFs:
		return typePDF.contentType
	case Sheets:
		return typeXLSX.contentType
	}
	return typeCSV.contentType
}

// KindOf is the kind of an attachment.
func KindOf(a *Attachment) Kind {
	for _, k := range Kinds()[1:] {
		if k.contentType() == a.ContentType {
			return k
		}
	}
	return Data
}

// Order is what the library is sorted by.
type Order string

// The orders. Newest and largest come first, names from A.
const (
	ByAge  Order = "newest"
	ByName Order = "name"
	BySize Order = "size"
)

// Query asks for a page of the library. Zero fields do not filter.
type Query struct {
	After   string // cursor of the page before
	Limit   int    // 0 means 50, at most 200
	Words   string // parts of name, alt text, caption or title; all of them
	Kind    Kind
	Folder  *uuid.UUID // pictures directly in it; with Words, also in those below
	Loose   bool       // pictures in no folder
	Unused  bool       // pictures that are shown nowhere
	Order   Order      // zero: ByAge
	Reverse bool
}

// Entry is a file of the library: a picture, or one attached to a note.
type Entry struct {
	Item       *Item
	Attachment *Attachment
	Note       *Place // of an attachment; nil when it is not known
}

// Page is a part of the shelf.
type Page struct {
	Items []*Item
	Next  string // cursor; "" at the end
}

// Entries is a part of the library.
type Entries struct {
	Entries []Entry
	Next    string // cursor; "" at the end
}

const maxWords = 10

func (q *Query) validate() error {
	if q.Order == "" {
		q.Order = ByAge
	}
	if q.Limit <= 0 {
		q.Limit = 50
	}
	q.Limit = min(q.Limit, 200)
	var f fault.Fields
	f.Check(slices.Contains([]Order{ByAge, ByName, BySize}, q.Order), "sort", "unknown", "newest, name or size.")
	f.Check(q.Kind == "" || slices.Contains(Kinds(), q.Kind), "kind", "unknown", "picture, pdf, sheet or data.")
	f.Check(len(q.words()) <= maxWords, "q", "too_long", "At most ten words.")
	return f.Err()
}

// words takes the search apart. Signs belong to names of files.
func (q *Query) words() []string {
	return strings.FieldsFunc(folded(strings.ToValidUTF8(q.Words, " ")), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) })
}

// pictureOnly tells whether the question can only be about pictures.
func (q *Query) pictureOnly() bool {
	return q.Kind == Pictures || q.Kind == "" && (q.Folder != nil || q.Loose || q.Unused)
}

// List gives pictures, newest first unless asked otherwise, to staff who may
// read drafts: it shows what is in notes that are not published yet.
func (s *Shelf) List(ctx context.Context, q Query) (*Page, error) {
	q.Kind = Pictures
	list, err := s.Library(ctx, q)
	if err != nil {
		return nil, err
	}
	p := &Page{Next: list.Next, Items: make([]*Item, len(list.Entries))}
	for i, e := range list.Entries {
		p.Items[i] = e.Item
	}
	return p, nil
}

// Library gives files of all kinds, to staff who may read drafts.
func (s *Shelf) Library(ctx context.Context, q Query) (*Entries, error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return nil, err
	}
	if err := q.validate(); err != nil {
		return nil, err
	}
	after, err := parseCursor(q.After, q)
	if err != nil {
		return nil, err
	}
	all, err := s.entries(ctx, q, after)
	if err != nil {
		return nil, err
	}
	out := &Entries{Entries: all}
	if len(all) > q.Limit {
		out.Entries = slices.Clip(all[:q.Limit])
		out.Next = cursorAt(out.Entries[q.Limit-1], q).String()
	}
	return out, s.besideWhat(ctx, out.Entries)
}

// entries reads one more than the page from each table and merges them: both
// are sorted by the same key, so the page is among them.
func (s *Shelf) entries(ctx context.Context, q Query, after *cursor) (all []Entry, err error) {
	if q.Kind == "" || q.Kind == Pictures {
		within, err := s.within(ctx, q)
		if err != nil {
			return nil, err
		}
		items, err := s.store.itemPage(ctx, q, within, after)
		if err != nil {
			return nil, err
		}
		for _, i := range items {
			all = append(all, Entry{Item: i})
		}
	}
	if !q.pictureOnly() {
		attached, err := s.store.attachmentPage(ctx, q, after)
		if err != nil {
			return nil, err
		}
		for _, a := range attached {
			all = append(all, Entry{Attachment: a})
		}
		slices.SortFunc(all, func(a, b Entry) int { return cursorAt(a, q).compare(cursorAt(b, q)) })
	}
	return all, nil
}

// within lists the folders that are asked for.
func (s *Shelf) within(ctx context.Context, q Query) ([]uuid.UUID, error) {
	if q.Folder == nil {
		return nil, nil
	}
	if err := s.store.hasFolder(ctx, *q.Folder); err != nil {
		return nil, err
	}
	if len(q.words()) == 0 {
		return []uuid.UUID{*q.Folder}, nil
	}
	all, err := s.store.folders(ctx)
	t := tree{}
	for _, f := range all {
		t[f.ID] = f
	}
	return t.below(*q.Folder), err
}

// besideWhat names the notes that the attachments belong to.
func (s *Shelf) besideWhat(ctx context.Context, entries []Entry) error {
	var uses []Use
	for _, e := range entries {
		if e.Attachment != nil {
			uses = append(uses, Use{BesideNote, e.Attachment.NoteID})
		}
	}
	if len(uses) == 0 || s.Atlas == nil {
		return nil
	}
	places, err := s.Atlas.Places(ctx, uses)
	byID := map[uuid.UUID]*Place{}
	for i := range places {
		byID[places[i].ID] = &places[i]
	}
	for i, e := range entries {
		if e.Attachment != nil {
			entries[i].Note = byID[e.Attachment.NoteID]
		}
	}
	return err
}

// Move puts a picture into a folder, or in none.
func (s *Shelf) Move(ctx context.Context, id uuid.UUID, folder *uuid.UUID) (*Item, error) {
	return s.change(ctx, id, "media.moved", func(ctx context.Context, i *Item) error {
		if err := s.folderIs(ctx, folder); err != nil {
			return err
		}
		i.FolderID = folder
		return nil
	})
}
