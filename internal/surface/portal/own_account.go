package portal

import (
	"context"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/library"
	"lighttrends/internal/surface/kit"
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
		out[i] = sharedByMe{Shared: s, Title: "A note that was withdrawn", now: p.Now()}
		if n := known[s.NoteID]; n != nil {
			out[i].Title, out[i].Href = n.Title, notePath(n.Slug)
		}
	}
	return out, err
}

// libraryRoutes are the addresses of what belongs to a member.
func (p *Portal) libraryRoutes(r routes) {
	r.mine("/saved", p.saved)
	r.mine("/history", p.history)
	r.get("/notes/:slug/share", p.shareForm)
	r.get("/shared/:token", p.shared)
	r.post("/shared/:token", p.openShared)
	for path, h := range map[string]fiber.Handler{
		"/notes/:slug/save": p.saveNote, "/notes/:slug/unsave": p.unsaveNote, "/notes/:slug/place": p.place, "/notes/:slug/share": p.shareNote,
		"/saved/remove": p.removeSaved, "/saved/move": p.moveSaved,
		"/saved/folders": p.addFolder, "/saved/folders/rename": p.renameFolder, "/saved/folders/delete": p.dropFolder,
		"/history/remove": p.removeRead, "/history/clear": p.clearHistory,
		"/follow": p.follow, "/unfollow": p.unfollow, "/account/memory": p.memory,
		"/account/feed": p.makeFeed, "/account/feed/revoke": p.revokeFeed, "/account/shares/revoke": p.revokeShare,
	} {
		r.post(path, p.ours(limited(p.doors.own, h)))
	}
}

// mine is a page of a member's own that a reader comes back to after signing in.
func (r routes) mine(path string, h fiber.Handler) {
	r.get(path, func(c *fiber.Ctx) error {
		if !kit.VisitorOf(c).Signed() {
			return seeOther(c, withQuery("/sign-in", "next", path))
		}
		return h(c)
	})
}
