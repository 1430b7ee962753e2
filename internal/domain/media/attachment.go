package media

import (
	"encoding/hex"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/platform/fault"
)

// Audience says who may have an attachment.
type Audience string

// The audiences.
const (
	AsNote   Audience = "note"   // who may read the note's gated text
	Everyone Audience = "public" // everybody who can see the note
)

// Audiences lists them in the order forms show them.
func Audiences() []Audience { return []Audience{AsNote, Everyone} }

// Attachment is a file beside a note. Its title, type and rough size are for
// everybody who sees the note; its name and bytes are for its audience.
// Readers share it: nobody changes one.
type Attachment struct {
	ID          uuid.UUID `gorm:"type:uuid;primaryKey"`
	NoteID      uuid.UUID `gorm:"type:uuid"`
	Position    int       // order beside the note
	Title       string
	Filename    string // cleaned, with the extension that fits the content
	ContentType string // by content
	Bytes       int64
	SHA256      []byte `gorm:"column:sha256"`
	Access      Audience
	Stored      uuid.UUID `gorm:"type:uuid"` // names the file in the store; another with each replacement

	Words         string     // name and title as they are searched
	NameKey       string     // the name as it is sorted
	CreatedBy     *uuid.UUID `gorm:"type:uuid"` // nil for the system
	CreatedByName string
	CreatedAt     time.Time
	DeletedAt     *time.Time
}

// TableName implements gorm's Tabler.
func (Attachment) TableName() string { return "attachments" }

// Address is where readers get the file.
func (a *Attachment) Address() string { return "/files/" + a.ID.String() }

// Gate is what stands in front of the file: the note's own gate, or the same
// opened to everybody. A note that readers cannot see denies both.
func (a *Attachment) Gate(note access.Gate) access.Gate {
	if a.Access == Everyone {
		note.Kind, note.Plans = access.Public, nil
	}
	return note
}

// Kind is the type in the word people use.
func (a *Attachment) Kind() string {
	return strings.ToUpper(strings.TrimPrefix(path.Ext(a.Filename), "."))
}

// RoughBytes is the size in two figures. A stranger may know how large a file
// is, but not watch it change by the byte.
func (a *Attachment) RoughBytes() int64 {
	unit := int64(1)
	for a.Bytes/unit >= 100 {
		unit *= 10
	}
	return (a.Bytes + unit/2) / unit * unit
}

func (a *Attachment) key() string { return attachmentFolder + a.Stored.String() + "/file" }

func (a *Attachment) etag() string { return `"` + hex.EncodeToString(a.SHA256[:16]) + `"` }

const attachmentFolder = "attachments/"

// AttachmentInput is what can be said of an attachment.
type AttachmentInput struct {
	Title  string // empty: made from the file's name
	Access Audience
}

// Validate tidies the input and lists every broken rule.
func (in *AttachmentInput) Validate() error {
	in.Title = strings.TrimSpace(in.Title)
	if in.Access == "" {
		in.Access = AsNote
	}
	var f fault.Fields
	f.MaxRunes("/title", in.Title, 200)
	f.Check(printable(in.Title) && !strings.ContainsAny(in.Title, "\n\t"), "/title", "bad_characters", "Control characters and broken text are not allowed.")
	f.Check(slices.Contains(Audiences(), in.Access), "/access", "unknown", "Either note or public.")
	return f.Err()
}

// MaxAttachments is how many files a note may have.
const MaxAttachments = 20

var (
	errNoAttachment = fault.New(fault.NotFound, "attachment_not_found", "There is no such file.")
	errNoAccess     = fault.New(fault.Forbidden, "no_access", "This file is for subscribers.")
	errTooMany      = fault.New(fault.Conflict, "too_many_attachments", "A note takes at most 20 files.")
	errOrder        = fault.New(fault.Conflict, "attachments_changed", "The files of the note have changed in the meantime. Nothing was reordered.")
	errEmptyFile    = fault.New(fault.Invalid, "attachment_empty", "The file is empty.")
	errFileType     = fault.New(fault.Unsupported, "attachment_type", "Only PDF, XLSX without macros, and CSV in UTF-8 can be attached.")
)
