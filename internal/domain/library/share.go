package library

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

// Share is one note that a member lets colleagues read by a link.
type Share struct {
	ID        uuid.UUID `gorm:"type:uuid;primaryKey"`
	MemberID  uuid.UUID `gorm:"type:uuid"`
	NoteID    uuid.UUID `gorm:"type:uuid"`
	TokenHash []byte
	MadeAt    time.Time
	ExpiresAt time.Time
	Most      int // in how many browsers it may be opened
	RevokedAt *time.Time
}

// TableName implements gorm's Tabler.
func (Share) TableName() string { return "shares" }

// Opening is one browser in which somebody reads a share.
type Opening struct {
	ID        uuid.UUID `gorm:"type:uuid;primaryKey"`
	ShareID   uuid.UUID `gorm:"type:uuid"`
	TokenHash []byte    // of the browser's cookie
	At        time.Time
	Network   string // roughly: a prefix, or ""
}

// TableName implements gorm's Tabler.
func (Opening) TableName() string { return "share_openings" }

// Shared is a share with what became of it.
type Shared struct {
	Share
	Openings []Opening // oldest first
}

// Open tells whether the link still leads somewhere.
func (s *Share) Open(now time.Time) bool { return s.RevokedAt == nil && now.Before(s.ExpiresAt) }

// Full tells whether it was opened as often as it may be.
func (s *Shared) Full() bool { return len(s.Openings) >= s.Most }

// ShareRules are the owner's.
type ShareRules struct {
	Notes    int // a member may share in a month; 0: none
	Openings int // of each
	Days     int // a link lives
}

var (
	errNoShare     = fault.New(fault.NotFound, "share_not_found", "There is no such link.")
	errShareOver   = fault.New(fault.Gone, "share_over", "This link has ended. Ask whoever sent it to you, or read on with a subscription.")
	errShareFull   = fault.New(fault.Gone, "share_full", "This link has been opened as often as it may be.")
	errShareOff    = fault.New(fault.Forbidden, "sharing_off", "Notes cannot be shared here.")
	errShareAccess = fault.New(fault.Forbidden, "no_access", "Only a note that you may read yourself can be shared.")
	errShareMonth  = fault.New(fault.Conflict, "shares_used_up", "You have shared as many notes this month as you may.")
)

// mayShare is a decision that opens a note to a member by a right of their own.
type mayShare interface{ MayShare() bool }

// Sharing says what a member may still share this month, and by which rules.
func (r *Room) Sharing(ctx context.Context, member uuid.UUID) (rules ShareRules, left int, err error) {
	if err := own(ctx, member); err != nil {
		return rules, 0, err
	}
	if rules, err = r.Shares(ctx); err != nil || rules.Notes == 0 {
		return rules, 0, err
	}
	n, err := r.countShares(ctx, member, monthOf(r.Clock.Now()))
	return rules, max(0, rules.Notes-int(n)), err
}

func monthOf(t time.Time) time.Time {
	year, month, _ := t.UTC().Date()
	return time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
}

// ShareNote makes a link to a note that the member may read; d is the decision
// about it. The link is given out once. One that is revoked counts all the same.
func (r *Room) ShareNote(ctx context.Context, member, note uuid.UUID, title string, d mayShare) (token string, s Share, err error) {
	if err := own(ctx, member); err != nil {
		return "", s, err
	}
	if !d.MayShare() {
		return "", s, errShareAccess
	}
	token = newToken()
	return token, s, r.changeOf(ctx, member, func(ctx context.Context) error {
		rules, left, err := r.Sharing(ctx, member)
		switch {
		case err != nil:
			return err
		case rules.Notes == 0:
			return errShareOff
		case left == 0:
			return errShareMonth
		}
		now := r.Clock.Now()
		s = Share{ID: db.NewID(), MemberID: member, NoteID: note, TokenHash: hashOf(token), MadeAt: now, ExpiresAt: now.AddDate(0, 0, rules.Days), Most: rules.Openings}
		if err := r.insertShare(ctx, &s); err != nil {
			return err
		}
		return r.record(ctx, "note.shared", "note", note, map[string]any{"title": title, "openings": s.Most, "until": s.ExpiresAt})
	})
}

// SharesOf lists a member's shares, newest first, for them and for staff who may
// read about members.
func (r *Room) SharesOf(ctx context.Context, member uuid.UUID, limit int) ([]Shared, error) {
	if err := ownOr(ctx, member); err != nil {
		return nil, err
	}
	return r.sharesOf(ctx, member, limit)
}

// RevokeShare makes a link dead, for everybody who has it.
func (r *Room) RevokeShare(ctx context.Context, member, id uuid.UUID) error {
	if err := own(ctx, member); err != nil {
		return err
	}
	return r.changeOf(ctx, member, func(ctx context.Context) error {
		s, err := r.share(ctx, member, id)
		if err != nil || s.RevokedAt != nil {
			return err
		}
		if err := r.revokeShare(ctx, id, r.Clock.Now()); err != nil {
			return err
		}
		return r.record(ctx, "note.share_revoked", "note", s.NoteID, nil)
	})
}

// LookShare finds what a link leads to. It opens nothing, and counts nothing:
// programs look at links, too.
func (r *Room) LookShare(ctx context.Context, token string) (*Shared, error) {
	if len(token) != tokenLength {
		return nil, errNoShare
	}
	s, err := r.shareBy(ctx, hashOf(token))
	if err != nil {
		return nil, err
	}
	rules, err := r.Shares(ctx)
	switch {
	case err != nil:
		return nil, err
	case !s.Open(r.Clock.Now()) || rules.Notes == 0: // an owner who switches it off ends what there is
		return nil, errShareOver
	}
	return s, nil
}

// OpenShare opens a share in one more browser and records it. What it returns
// is for that browser to keep; with it the share is open there until it ends.
func (r *Room) OpenShare(ctx context.Context, token, network string) (cookie string, err error) {
	cookie = newToken()
	return cookie, r.DB.Tx(ctx, func(ctx context.Context) error {
		s, err := r.LookShare(ctx, token)
		if err != nil {
			return err
		}
		if err := r.DB.Lock(ctx, "share "+s.ID.String()); err != nil {
			return err
		}
		if s, err = r.LookShare(ctx, token); err != nil {
			return err
		}
		if s.Full() {
			return errShareFull
		}
		o := &Opening{ID: db.NewID(), ShareID: s.ID, TokenHash: hashOf(cookie), At: r.Clock.Now(), Network: network}
		return r.insertOpening(ctx, o)
	})
}

// OpenIn tells whether the share was opened in the browser that has this.
func (s *Shared) OpenIn(cookie string) bool {
	if len(cookie) != tokenLength {
		return false
	}
	hash := string(hashOf(cookie))
	for _, o := range s.Openings {
		if string(o.TokenHash) == hash {
			return true
		}
	}
	return false
}
