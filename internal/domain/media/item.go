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
	CreatedBy   *uuid.UUID `gorm:"type:uuid"` // nil for the system
	CreatedAt   time.Time
	DeletedAt   *time.Time
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
	return i.State == Failed || i.State == Processing && now.Sub(i.CreatedAt) > 24*time.Hour
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
func (i *Item) describe(alt, caption string) { i.Alt, i.Caption = alt, caption }

// finish takes the smaller prints that were made.
func (i *Item) finish(made []Variant) { i.Variants, i.State = made, Ready }
