package library

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
)

// FeedAddress is the secret address of a member's own feed. Only what it hashes
// to is kept, so it is shown once.
type FeedAddress struct {
	MemberID  uuid.UUID `gorm:"type:uuid;primaryKey"`
	TokenHash []byte
	MadeAt    time.Time
}

// TableName implements gorm's Tabler.
func (FeedAddress) TableName() string { return "feed_addresses" }

// errNoFeed is one answer for an address that never was, is no longer, or whose
// member has left.
var errNoFeed = fault.New(fault.NotFound, "feed_not_found", "There is no such feed.")

// tokenLength is that of 32 bytes in unpadded base64url.
const tokenLength = 43

// newToken makes 256 random bits, written so that they fit into an address.
func newToken() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never fails, crypto/rand says
	return base64.RawURLEncoding.EncodeToString(b)
}

// hashOf is how a token stands in the database: a plain hash is enough for
// something that cannot be guessed.
func hashOf(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// MakeFeed gives a member a secret address, once. The one before is dead.
func (r *Room) MakeFeed(ctx context.Context, member uuid.UUID) (token string, err error) {
	if err := own(ctx, member); err != nil {
		return "", err
	}
	token = newToken()
	return token, r.changeOf(ctx, member, func(ctx context.Context) error {
		if err := r.putFeed(ctx, &FeedAddress{member, hashOf(token), r.Clock.Now()}); err != nil {
			return err
		}
		return r.record(ctx, "member.feed_made", "member", member, nil)
	})
}

// RevokeFeed makes the address dead.
func (r *Room) RevokeFeed(ctx context.Context, member uuid.UUID) error {
	if err := own(ctx, member); err != nil {
		return err
	}
	return r.EndFeed(ctx, member)
}

// EndFeed makes it dead whoever acts: it is for the transaction in which a
// member shuts others out of their account, since the address lets in whoever
// has it.
func (r *Room) EndFeed(ctx context.Context, member uuid.UUID) error {
	return r.changeOf(ctx, member, func(ctx context.Context) error {
		found, err := r.deleteFeed(ctx, member)
		if err != nil || !found {
			return err
		}
		return r.record(ctx, "member.feed_revoked", "member", member, nil)
	})
}

// Feed says since when a member has an address; nil when they have none.
func (r *Room) Feed(ctx context.Context, member uuid.UUID) (*FeedAddress, error) {
	if err := own(ctx, member); err != nil {
		return nil, err
	}
	return r.feedOf(ctx, member)
}

// FeedOwner finds whose feed is at an address. Every address is looked for in
// the same way, by its hash, also one that can be none.
func (r *Room) FeedOwner(ctx context.Context, token string) (uuid.UUID, error) {
	if len(token) > 2*tokenLength {
		token = token[:2*tokenLength]
	}
	f, err := r.feedBy(ctx, hashOf(token))
	if err != nil {
		return uuid.Nil, err
	}
	if f == nil {
		return uuid.Nil, errNoFeed
	}
	return f.MemberID, nil
}

// record writes a line of the journal.
func (r *Room) record(ctx context.Context, verb, subject string, id uuid.UUID, payload any) error {
	return r.Journal.Record(ctx, journal.Event{Verb: verb, Subject: subject, ID: id.String(), Payload: payload})
}
