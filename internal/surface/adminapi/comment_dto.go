package adminapi

import (
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/content"
)

// Comment is what somebody at the desk says about a note. Readers never see it.
type Comment struct {
	ID         string     `json:"id" format:"uuid"`
	Thread     string     `json:"thread" format:"uuid" doc:"The first comment of the thread; its own id for that one"`
	Version    int64      `json:"version" doc:"Also the ETag of the comment"`
	Body       string     `json:"body" doc:"Plain text; empty once deleted"`
	Mentions   []Person   `json:"mentions" doc:"Who was called, and told"`
	By         Person     `json:"by"`
	Mine       bool       `json:"mine" doc:"Yours to change or delete"`
	At         time.Time  `json:"at"`
	EditedAt   *time.Time `json:"edited_at,omitempty"`
	DeletedAt  *time.Time `json:"deleted_at,omitempty"`
	Anchor     *Anchor    `json:"anchor,omitempty" doc:"Of a thread: the passage it is about. Absent: the whole note"`
	ResolvedAt *time.Time `json:"resolved_at,omitempty"`
	ResolvedBy *Person    `json:"resolved_by,omitempty"`
	Replies    []Reply    `json:"replies" doc:"Of a thread, oldest first"`
}

// Reply is a comment inside a thread.
type Reply struct {
	ID        string     `json:"id" format:"uuid"`
	Version   int64      `json:"version" doc:"Also the ETag of the comment"`
	Body      string     `json:"body"`
	Mentions  []Person   `json:"mentions"`
	By        Person     `json:"by"`
	Mine      bool       `json:"mine"`
	At        time.Time  `json:"at"`
	EditedAt  *time.Time `json:"edited_at,omitempty"`
	DeletedAt *time.Time `json:"deleted_at,omitempty"`
}

// Anchor ties a thread to a passage: its words and what stands around them in
// the plain text of the note, blocks joined by line ends.
type Anchor struct {
	Quote  string `json:"quote" maxLength:"5000" minLength:"1"`
	Prefix string `json:"prefix,omitempty" maxLength:"200"`
	Suffix string `json:"suffix,omitempty" maxLength:"200"`
	Block  int    `json:"block,omitempty" minimum:"0" doc:"In which block it began, counted from 0: a hint"`
}

func (a *Anchor) domain() content.Anchor {
	if a == nil {
		return content.Anchor{}
	}
	return content.Anchor{Quote: a.Quote, Prefix: a.Prefix, Suffix: a.Suffix, Block: a.Block}
}

// commentOf shows a comment to whoever asks.
func commentOf(c *content.Comment, mine func(*content.Comment) bool) Comment {
	out := Comment{
		ID: c.ID.String(), Thread: c.ThreadID.String(), Version: c.Version, Body: c.Body, Mentions: people(c.Mentions), By: personOf(c.By()), Mine: mine(c), At: c.At,
		EditedAt: c.EditedAt, DeletedAt: c.DeletedAt, ResolvedAt: c.ResolvedAt, Replies: make([]Reply, len(c.Replies)),
	}
	if c.Quote != "" {
		out.Anchor = &Anchor{c.Quote, c.Prefix, c.Suffix, c.Block}
	}
	if c.ResolvedAt != nil {
		by := personOf(c.Resolver())
		out.ResolvedBy = &by
	}
	for i, r := range c.Replies {
		out.Replies[i] = Reply{r.ID.String(), r.Version, r.Body, people(r.Mentions), personOf(r.By()), mine(r), r.At, r.EditedAt, r.DeletedAt}
	}
	return out
}

type (
	// RemarkBody is what is said.
	RemarkBody struct {
		Body     string      `json:"body" maxLength:"5000" doc:"Plain text"`
		Mentions []uuid.UUID `json:"mentions,omitempty" maxItems:"20" doc:"Staff users who are called in it; they are told"`
	}
	// CommentID names a comment of a note.
	CommentID struct {
		NoteID
		Comment uuid.UUID `path:"comment" format:"uuid"`
	}
	threadsInput struct {
		NoteID
		State  string `query:"state" enum:"open,resolved,any" default:"any"`
		Cursor string `query:"cursor" maxLength:"64"`
		Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	}
	threadsOutput struct {
		Body struct {
			Threads []Comment `json:"threads"`
			Next    string    `json:"next,omitempty"`
		}
	}
	commentInput struct {
		NoteID
		Key  string `header:"Idempotency-Key" maxLength:"255" doc:"Any text of your own; a repeat within a day gets the first answer"`
		Body struct {
			RemarkBody
			Anchor *Anchor `json:"anchor,omitempty" doc:"Left out: the whole note"`
		}
	}
	replyInput struct {
		CommentID
		Key  string `header:"Idempotency-Key" maxLength:"255" doc:"As for a comment"`
		Body RemarkBody
	}
	editCommentInput struct {
		CommentID
		IfMatch string `header:"If-Match" doc:"The ETag the change was made from"`
		Body    RemarkBody
	}
	commentVerb struct {
		CommentID
		IfMatch string `header:"If-Match" doc:"Checked when it is sent"`
	}
	commentOutput struct {
		ETag     string `header:"ETag" doc:"Of the comment"`
		Location string `header:"Location"`
		Replayed string `header:"Idempotency-Replayed"`
		Body     Comment
	}
	reanchorInput struct {
		NoteID
		IfMatch string `header:"If-Match" doc:"The ETag of the note in whose text the passages were found"`
		Body    struct {
			Anchors []MovedAnchor `json:"anchors" maxItems:"1000"`
		}
	}
	// MovedAnchor says where a thread's passage stands now.
	MovedAnchor struct {
		Thread uuid.UUID `json:"thread" format:"uuid"`
		Anchor
	}
)
