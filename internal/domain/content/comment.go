package content

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// Comment is what somebody at the desk says about a note or a passage of it.
// Readers never see one. The first of a thread carries the thread: its anchor
// and whether it is resolved.
type Comment struct {
	ID       uuid.UUID `gorm:"type:uuid;primaryKey"`
	NoteID   uuid.UUID `gorm:"type:uuid"`
	ThreadID uuid.UUID `gorm:"type:uuid"`
	Anchor   `gorm:"embedded"`

	Body     string
	Mentions []Person   `gorm:"type:jsonb;serializer:json"`
	ByID     *uuid.UUID `gorm:"type:uuid"`
	ByKind   string
	ByName   string
	At       time.Time

	EditedAt       *time.Time
	DeletedAt      *time.Time // by its author; its words are gone
	Hidden         bool       // of a thread in which nothing is left
	ResolvedAt     *time.Time
	ResolvedBy     *uuid.UUID `gorm:"type:uuid"`
	ResolvedByName string
	Version        int64

	Replies []*Comment `gorm:"-"` // of a thread, where it is read whole
}

// TableName implements gorm's Tabler.
func (Comment) TableName() string { return "comments" }

// By is who wrote it.
func (c *Comment) By() Person { return personOf(c.ByID, c.ByName) }

// Resolver is who closed the thread.
func (c *Comment) Resolver() Person { return personOf(c.ResolvedBy, c.ResolvedByName) }

// ETag names the state of the comment, as an entity tag.
func (c *Comment) ETag() string { return strconv.Quote(strconv.FormatInt(c.Version, 10)) }

func (c *Comment) head() bool { return c.ID == c.ThreadID }

// Anchor is the passage a thread is about: its words, and what stands around
// them in the plain text of the note. Without words it is the whole note.
type Anchor struct {
	Quote  string
	Prefix string
	Suffix string
	Block  int // in which block it began, counted from 0
}

// Faults of commenting.
var (
	errNoComment   = fault.New(fault.NotFound, "comment_not_found", "There is no such comment.")
	errNotYours    = fault.New(fault.Forbidden, "not_your_comment", "Only who wrote a comment can change or delete it.")
	errNotThread   = fault.New(fault.Conflict, "not_a_thread", "Only a whole thread is resolved, by its first comment.")
	errGoneComment = fault.New(fault.Conflict, "comment_deleted", "This comment was deleted.")
	errThreadFull  = fault.New(fault.Conflict, "thread_full", "This thread is full. Begin another one.")
)

const (
	maxComment = 5000
	maxQuote   = 5000
	maxAround  = 200
	maxThread  = 200
)

// Remark is the input of a comment or reply.
type Remark struct {
	Body     string
	Mentions []uuid.UUID // staff users who are to be told
	Anchor   Anchor      // only of a thread
}

func (in *Remark) check() error {
	in.Body = strings.TrimSpace(in.Body)
	var f fault.Fields
	f.Required("/body", in.Body)
	f.MaxRunes("/body", in.Body, maxComment)
	f.Check(printable(in.Body), "/body", "bad_characters", "Control characters are not allowed.")
	f.Check(len(in.Mentions) <= 20, "/mentions", "too_many", "At most 20.")
	in.Anchor.check(&f, "/anchor")
	return f.Err()
}

func (a *Anchor) check(f *fault.Fields, at string) {
	f.MaxRunes(at+"/quote", a.Quote, maxQuote)
	f.MaxRunes(at+"/prefix", a.Prefix, maxAround)
	f.MaxRunes(at+"/suffix", a.Suffix, maxAround)
	f.Check(a.Block >= 0 && a.Block < 1<<31, at+"/block", "out_of_range", "Counted from 0.")
	for name, s := range map[string]string{"quote": a.Quote, "prefix": a.Prefix, "suffix": a.Suffix} {
		f.Check(utf8.ValidString(s) && !strings.Contains(s, "\x00"), fmt.Sprintf("%s/%s", at, name), "bad_characters", "Control characters are not allowed.")
	}
}

// Own tells whether the comment is this actor's.
func (c *Comment) Own(who actor.Actor) bool {
	return c.ByKind == string(who.Kind) && c.ByID != nil && *c.ByID == who.ID
}

func (c *Comment) edit(body string, mentions []Person, now time.Time) error {
	if c.DeletedAt != nil {
		return errGoneComment
	}
	if c.Body != body {
		c.EditedAt = &now
	}
	c.Body, c.Mentions = body, mentions
	c.Version++
	return nil
}

// erase takes the words away. What others replied stays.
func (c *Comment) erase(now time.Time) {
	c.DeletedAt, c.Body, c.Mentions = &now, "", []Person{}
	c.Version++
}

func (c *Comment) resolve(by *uuid.UUID, name string, now time.Time) {
	c.ResolvedAt, c.ResolvedBy, c.ResolvedByName = &now, by, name
	c.Version++
}

func (c *Comment) reopen() {
	c.ResolvedAt, c.ResolvedBy, c.ResolvedByName = nil, nil, ""
	c.Version++
}
