package source

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"time"
)

// Reader reads one export. The same files give the same entries in the same
// order each time: a run that broke off counts on it.
type Reader interface {
	// System is the word of the format: ghost, wordpress, substack, members.
	System() string
	// Count is how many entries there are, as far as the file can be read.
	Count() int
	// Entries gives everything in the order of the files.
	Entries(ctx context.Context) iter.Seq[Entry]
	// Picture opens a picture that a text names; fs.ErrNotExist when it did
	// not come with the export.
	Picture(ref string) (*Picture, error)
}

// Entry is one thing of an export: a note, a member, or what is wrong.
type Entry struct {
	Where  string // "posts[3]", "line 120", "members.csv:7"
	Note   *Note
	Member *Member
	Skip   string // why this is not taken, though nothing is wrong
	Err    error  // what is wrong with it
}

// Name is a topic or an author.
type Name struct{ Slug, Name string }

// Note is a text of another system, in our words.
type Note struct {
	ID       string // of the source, for ever
	Title    string
	Slug     string
	Abstract string // as its author wrote it; "" when there is none
	HTML     string // the text, or
	Markdown string

	Authors, Topics []Name
	Gate            string   // public, members, paid; "" when the source does not know gates
	Tiers           []string // the source's names of what opens it, with a gate of plans

	Published bool
	At        time.Time // of publication, or the zero time
	Path      string    // where it was, such as /2021/07/name

	Cover, CoverAlt          string // reference of a picture
	SEOTitle, SEODescription string
	Warnings                 []string
}

// Member is a reader of another system.
type Member struct {
	ID                 string // of the source; "" where it has none
	Email, Name        string
	StripeCustomer     string
	CreatedAt          time.Time // or the zero time
	Unsubscribed       bool      // wants no newsletters
	Complimentary      bool      // reads without paying
	ComplimentaryUntil time.Time // or the zero time
	Warnings           []string
}

// Picture is one that came with an export.
type Picture struct {
	Name  string
	Print string // changes when the bytes do
	Size  int64
	Open  func() (io.ReadCloser, error)
}

// The limits of a source.
const (
	MaxFile    = 1 << 30  // of the export as it is given, and of what a zip unpacks to, twice
	MaxEntry   = 32 << 20 // of one entry of a stream
	MaxText    = 4 << 20  // of the HTML of one note
	MaxPicture = 20 << 20
	MaxFiles   = 100_000 // in a zip
)

// Fault is what is wrong with an export, for people.
type Fault struct{ Text string }

func (f *Fault) Error() string { return f.Text }

// Wrong makes a Fault.
func Wrong(format string, a ...any) error { return &Fault{fmt.Sprintf(format, a...)} }

// NoPictures is the part of a reader whose export holds none.
type NoPictures struct{}

// Picture finds nothing.
func (NoPictures) Picture(string) (*Picture, error) { return nil, fs.ErrNotExist }
