package publication

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

func (h *House) own(address string) string {
	if h.Ground == nil {
		return address
	}
	return h.Ground.Own(address)
}

// checkRedirect lays the input over r and refuses a path at which something is:
// the page would win, and the redirect would never be followed.
func (h *House) checkRedirect(ctx context.Context, in RedirectInput, r *Redirect) error {
	if err := in.over(r, h.own); err != nil {
		return err
	}
	if h.Ground == nil || in.From == nil {
		return nil
	}
	taken, err := h.Ground.Answers(ctx, r.From)
	if err != nil {
		return err
	}
	var f fault.Fields
	f.Check(!taken, "/from", "page_exists", "There is a page at this address; a redirect would never be followed.")
	return f.Err()
}

// leadsSomewhere refuses a redirect that leads back to itself through others.
// Changes of redirects come one after the other, so that two of them cannot
// close a circle together.
func (h *House) leadsSomewhere(ctx context.Context, r Redirect) error {
	if err := h.lockSettings(ctx); err != nil {
		return err
	}
	var f fault.Fields
	at, hops := pathOf(r.To), 1
	for at != "" && at != r.From && hops <= maxHops {
		next, found, err := h.lockedRedirectAt(ctx, at, r.ID)
		if err != nil {
			return err
		}
		if !found {
			return nil
		}
		at = pathOf(next.To)
		hops++
	}
	f.Check(at != r.From, "/to", "redirect_loop", "It would lead back to where it comes from.")
	f.Check(hops <= maxHops, "/to", "too_many_hops", "Too many redirects follow on each other. Lead to where the last one leads.")
	return f.Err()
}

// RedirectFilter narrows a listing. Zero fields do not filter.
type RedirectFilter struct {
	Search string // a part of either address
	Cursor string // Next of the page before
	Limit  int    // 0 means 50, at most 200
}

// RedirectPage is a page of redirects.
type RedirectPage struct {
	Redirects []Redirect
	Next      string // empty on the last page
}

// Redirects lists redirects, newest first. It needs settings.write.
func (h *House) Redirects(ctx context.Context, in RedirectFilter) (page RedirectPage, err error) {
	if err := actor.Require(ctx, actor.SettingsWrite); err != nil {
		return page, err
	}
	l, err := listingOf(in.Search, in.Cursor, in.Limit)
	if err != nil {
		return page, err
	}
	rows, err := h.listRedirects(ctx, l)
	page.Redirects, page.Next = cut(rows, l.limit, func(r Redirect) uuid.UUID { return r.ID })
	return page, err
}

// Redirect gives one redirect. It needs settings.write.
func (h *House) Redirect(ctx context.Context, id uuid.UUID) (Redirect, error) {
	if err := actor.Require(ctx, actor.SettingsWrite); err != nil {
		return Redirect{}, err
	}
	return h.readRedirect(ctx, id)
}
