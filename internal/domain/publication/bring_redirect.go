package publication

import (
	"context"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

// BringRedirect leads from where something was at another system to where it
// is here. A redirect that is there already stays as it is, for somebody may
// have meant it so; made tells whether one was written. Whether a page is at
// the old address is not asked: it would win, and this one would sleep. It
// needs settings.write.
func (h *House) BringRedirect(ctx context.Context, from, to string) (made bool, err error) {
	if err := actor.Require(ctx, actor.SettingsWrite); err != nil {
		return false, err
	}
	now, who := h.Clock.Now(), actor.From(ctx)
	r := Redirect{ID: db.NewID(), CreatedByName: who.Name, CreatedAt: now, UpdatedAt: now, Permanent: true}
	if who.Kind == actor.Staff {
		r.CreatedBy = &who.ID
	}
	if err := (RedirectInput{From: &from, To: &to}).over(&r, h.own); err != nil {
		return false, err
	}
	err = h.DB.Tx(ctx, func(ctx context.Context) error {
		if err := h.leadsSomewhere(ctx, r); err != nil {
			return err
		}
		there, found, err := h.lockedRedirectAt(ctx, r.From, r.ID)
		if err != nil {
			return err
		}
		if found {
			if there.To != r.To {
				return fault.New(fault.Conflict, "redirect_elsewhere", "A redirect leads from there to somewhere else already.")
			}
			return nil
		}
		made = true
		if err := h.insertRedirect(ctx, r); err != nil {
			return err
		}
		return h.recordRedirect(ctx, "redirect.created", r)
	})
	return made && err == nil, err
}
