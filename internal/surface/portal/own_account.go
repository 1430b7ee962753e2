package portal

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/library"
)

// ownAccount is what the account page shows of a member's library.
type ownAccount struct {
	Remembers bool
	Follows   []followable
	Feed      *library.FeedAddress
	Rules     library.ShareRules
	Left      int // notes to share this month
	Shares    []sharedByMe
}

// sharedByMe is a note that the member shared.
type sharedByMe struct {
	library.Shared
	Title, Href string
	now         time.Time
}

// Live tells whether the link still leads somewhere.
func (s sharedByMe) Live() bool { return s.Open(s.now) }

// Count is in how many browsers it was opened.
func (s sharedByMe) Count() int { return len(s.Openings) }

// sharesShown is how many shares the account page lists.
const sharesShown = 20

func (p *Portal) ownAccount(ctx context.Context, member uuid.UUID) (v *ownAccount, err error) {
	if p.Reading == nil {
		return nil, nil
	}
	v = &ownAccount{}
	if v.Remembers, err = p.Reading.Remembers(ctx, member); err != nil {
		return nil, err
	}
	if v.Feed, err = p.Reading.Feed(ctx, member); err != nil {
		return nil, err
	}
	if v.Rules, v.Left, err = p.Reading.Sharing(ctx, member); err != nil {
		return nil, err
	}
	if v.Shares, err = p.sharesOf(ctx, member); err != nil {
		return nil, err
	}
	v.Follows, err = p.follows(ctx, member)
	return v, err
}

func (p *Portal) sharesOf(ctx context.Context, member uuid.UUID) ([]sharedByMe, error) {
	all, err := p.Reading.SharesOf(ctx, member, sharesShown)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	ids := make([]uuid.UUID, len(all))
	for i, s := range all {
		ids[i] = s.NoteID
	}
	known, err := p.Library.ByID(ctx, ids...)
	out := make([]sharedByMe, len(all))
	for i, s := range all {
		out[i] = sharedByMe{Shared: s, Title: p.language(ctx).Text("history.withdrawn"), now: p.Now()}
		if n := known[s.NoteID]; n != nil {
			out[i].Title, out[i].Href = n.Title, notePath(n.Slug)
		}
	}
	return out, err
}
