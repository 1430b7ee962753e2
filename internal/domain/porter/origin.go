package porter

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// Origin is what became of a thing of another system.
type Origin struct {
	System     string    `gorm:"primaryKey"`
	Kind       string    `gorm:"primaryKey"`
	SourceID   string    `gorm:"primaryKey"`
	OurID      uuid.UUID `gorm:"type:uuid;not null;index:import_sources_ours"`
	SourceHash string    `gorm:"not null"`
	OurHash    string    `gorm:"not null"`
	CreatedAt  time.Time `gorm:"not null"`
	UpdatedAt  time.Time `gorm:"not null"`
}

// TableName implements gorm's Tabler.
func (Origin) TableName() string { return "import_sources" }

// The kinds of thing in the book.
const (
	NoteKind    = "note"
	MemberKind  = "member"
	PictureKind = "picture" // by the address that texts there name it with
)

// Origin finds what became of a thing, or nil.
func (b *Book) Origin(ctx context.Context, system, kind, id string) (*Origin, error) {
	return b.findOrigin(ctx, system, kind, id)
}

// CameFrom tells whether something of ours came from a system.
func (b *Book) CameFrom(ctx context.Context, system string, ours uuid.UUID) (bool, error) {
	return b.originExists(ctx, system, ours)
}

// Enter writes what became of a thing, in the transaction of the context.
func (b *Book) Enter(ctx context.Context, o Origin) error {
	now := b.Clock.Now()
	o.UpdatedAt = now
	if o.CreatedAt.IsZero() {
		o.CreatedAt = now
	}
	return b.putOrigin(ctx, &o)
}

// EnterAlone is Enter in a transaction of its own.
func (b *Book) EnterAlone(ctx context.Context, o Origin) error {
	return b.DB.Tx(ctx, func(ctx context.Context) error { return b.Enter(ctx, o) })
}
