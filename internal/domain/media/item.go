package media

import (
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/media/picture"
)

// State says how far a picture has come.
type State string

// The states.
const (
	Processing State = "processing" // smaller widths are being made
	Ready      State = "ready"
	Failed     State = "failed" // smaller widths could not be made
)

// Item is a picture. Readers share it: nobody changes one.
type Item struct {
	ID          uuid.UUID `gorm:"type:uuid;primaryKey"`
	Filename    string    // as first given
	ContentType string    // of what is served
	Bytes       int64     // of the largest print
	SHA256      []byte    `gorm:"column:sha256"` // of what was sent
	Width       int       // pixels, of the largest print
	Height      int
	Alt         string
	Caption     string
	Variants    []Variant `gorm:"type:jsonb;serializer:json"` // the smaller prints, by width
	State       State
	FolderID    *uuid.UUID `gorm:"type:uuid"` // nil: in none
	Focus       `gorm:"embedded;embeddedPrefix:focus_"`
	Card        string // the mark of the card that was cut; "" for none yet

	// Edition counts how often the file was given. Its files are kept under
	// Prints, so that another edition never meets them.
	Edition       int
	Prints        uuid.UUID `gorm:"type:uuid"`
	EditionAt     time.Time
	EditionByName string

	Words         string     // name, alt and caption as they are searched
	NameKey       string     // the name as it is sorted
	CreatedBy     *uuid.UUID `gorm:"type:uuid"` // nil for the system
	CreatedByName string
	CreatedAt     time.Time
	DeletedAt     *time.Time
}

// TableName implements gorm's Tabler.
func (Item) TableName() string { return "media" }

// Variant is a smaller print of a picture.
type Variant struct {
	Width  int   `json:"width"` // pixels
	Height int   `json:"height"`
	Bytes  int64 `json:"bytes"`
}

// widths are the smaller widths that are made of each picture, in pixels.
func widths() []int { return []int{480, 960, 1600} }

// planned lists the widths that a picture gets: smaller ones only, and none
// for a GIF, which moves and is kept in one size.
func (i *Item) planned() []int {
	var out []int
	for _, w := range widths() {
		if w < i.Width && i.format() != picture.GIF {
			out = append(out, w)
		}
	}
	return out
}

func (i *Item) format() picture.Format { return picture.FormatOf(i.ContentType) }

// stuck tells whether nothing works on the smaller widths any more. A day is
// twice what all trials of the job take.
func (i *Item) stuck(now time.Time) bool {
	return i.State == Failed || i.State == Processing && now.Sub(i.EditionAt) > 24*time.Hour
}

// nearest picks the print to serve where one of this width is wanted: the
// smallest that is not narrower, or the largest there is. 0 is the largest.
func (i *Item) nearest(width int) int {
	if width == 0 {
		return 0
	}
	for _, v := range i.Variants {
		if v.Width >= width {
			return v.Width
		}
	}
	return 0
}

// describe is the change behind Describe.
func (i *Item) describe(t Texts) {
	i.Alt, i.Caption = t.Alt, t.Caption
	if t.Filename != "" {
		i.Filename = t.Filename
	}
	i.index()
}

// index writes down what the picture is found and sorted by.
func (i *Item) index() {
	i.Words, i.NameKey = folded(i.Filename+" "+i.Alt+" "+i.Caption), folded(i.Filename)
}

// finish takes the smaller prints that were made, and the card if it is still
// the one that is wanted.
func (i *Item) finish(made []Variant, cut string) {
	i.Variants, i.State = made, Ready
	if i.wantsCard() && cut == i.cardMark() {
		i.Card = cut
	}
}
