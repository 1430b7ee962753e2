package letters

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
)

// Letter is one letter that was handed to the mail system, or was not taken.
type Letter struct {
	ID       uuid.UUID `gorm:"type:uuid;primaryKey"`
	At       time.Time
	Receiver string // print of the address
	Category string // such as "welcome"
	Refused  bool   // for good, by the mail system
}

// TableName implements gorm's Tabler.
func (Letter) TableName() string { return "letters" }

// Book remembers letters. It is safe for several goroutines.
type Book struct {
	db    *db.DB
	clock clock.Clock
	key   []byte
}

// New opens the book; key makes the prints.
func New(d *db.DB, c clock.Clock, key []byte) *Book { return &Book{db: d, clock: c, key: key} }

// print makes what is kept of an address.
func (b *Book) print(address string) string {
	mac := hmac.New(sha256.New, b.key)
	mac.Write([]byte(strings.ToLower(strings.TrimSpace(address))))
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

// Note remembers a letter.
func (b *Book) Note(ctx context.Context, address, category string, refused bool) error {
	return b.db.Tx(ctx, func(ctx context.Context) error {
		return b.insert(ctx, &Letter{ID: db.NewID(), At: b.clock.Now(), Receiver: b.print(address), Category: category, Refused: refused})
	})
}

// Place is where a listing goes on: before it.
type Place struct {
	At time.Time
	ID uuid.UUID // zero: everything strictly before At
}

// To lists letters to an address, newest first, those before a place. It needs
// members.read.
func (b *Book) To(ctx context.Context, address string, before Place, limit int) ([]Letter, error) {
	if err := actor.Require(ctx, actor.MembersRead); err != nil {
		return nil, err
	}
	if address == "" {
		return nil, nil
	}
	return b.list(ctx, b.print(address), before, limit)
}

// kept is how long letters are remembered.
const kept = 400 * 24 * time.Hour

// Forget drops what is old.
func (b *Book) Forget(ctx context.Context) error {
	return b.db.Tx(ctx, func(ctx context.Context) error { return b.drop(ctx, b.clock.Now().Add(-kept)) })
}
