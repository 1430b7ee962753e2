package publication

import (
	"context"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
)

// Redirect leads from an address of the portal at which nothing is to another
// one. It is followed after the portal's own pages have found nothing.
type Redirect struct {
	ID            uuid.UUID  `gorm:"type:uuid;primaryKey"`
	From          string     `gorm:"column:from_path;not null;uniqueIndex:redirects_from_path"` // decoded path
	To            string     `gorm:"column:target;not null"`                                    // path of the portal, or an https address
	Permanent     bool       `gorm:"not null"`
	CreatedBy     *uuid.UUID `gorm:"type:uuid"` // a staff user; nil for keys and the system
	CreatedByName string     `gorm:"not null"`
	CreatedAt     time.Time  `gorm:"not null"`
	UpdatedAt     time.Time  `gorm:"not null"`
}

// TableName implements gorm's Tabler.
func (Redirect) TableName() string { return "redirects" }

// Ground is what the portal tells of itself, so that no redirect is written
// that could never be followed.
type Ground interface {
	// Answers tells whether something is at a path, whatever redirects say.
	Answers(ctx context.Context, path string) (bool, error)
	// Own turns a whole address of the portal into its path.
	Own(address string) string
}

// maxHops is how many redirects may stand in a row. Browsers give up at twenty.
const maxHops = 5

func errNoRedirect() error {
	return fault.New(fault.NotFound, "redirect_not_found", "There is no such redirect.")
}

// RedirectInput describes a redirect to be made or changed. Nil fields stay as
// they are.
type RedirectInput struct {
	From, To  *string
	Permanent *bool
}

// over lays the input over a redirect and lists every broken rule.
func (in RedirectInput) over(r *Redirect, own func(string) string) error {
	var f fault.Fields
	if in.From != nil {
		from, ok := cleanPath(own(strings.TrimSpace(*in.From)))
		f.Check(ok, "/from", "bad_path", "A path of this site such as /old-address, without a question mark.")
		r.From = from
	}
	if in.To != nil {
		to := own(strings.TrimSpace(*in.To))
		f.Check(goodTarget(to), "/to", "bad_address", "A path of this site such as /archive, or an address that begins with https://.")
		r.To = to
	}
	if in.Permanent != nil {
		r.Permanent = *in.Permanent
	}
	if err := f.Err(); err != nil {
		return err
	}
	f.Check(pathOf(r.To) != r.From, "/to", "redirect_loop", "It would lead to itself.")
	return f.Err()
}

// cleanPath brings a path into the form that redirects are found by: decoded,
// without a slash at the end.
func cleanPath(raw string) (string, bool) {
	path, err := url.PathUnescape(raw)
	if err != nil || len(path) > 500 || !utf8.ValidString(path) || strings.ContainsFunc(path, unprintable) {
		return "", false
	}
	path = strings.TrimRight(path, "/")
	if !strings.HasPrefix(path, "/") || strings.ContainsAny(raw, "?#") {
		return path, false
	}
	for part := range strings.SplitSeq(path[1:], "/") {
		if part == "" || part == "." || part == ".." {
			return path, false
		}
	}
	return path, true
}

func unprintable(r rune) bool { return unicode.IsControl(r) || r == '\\' || r == utf8.RuneError }

// pathOf is the path that a target leads to on this site, or "".
func pathOf(target string) string {
	if !strings.HasPrefix(target, "/") {
		return ""
	}
	if at := strings.IndexAny(target, "?#"); at >= 0 {
		target = target[:at]
	}
	path, _ := cleanPath(target)
	return path
}

// Follow tells where a path leads that nothing is at. Everybody may ask.
func (h *House) Follow(ctx context.Context, path string) (to string, permanent, ok bool, err error) {
	from, good := cleanPath(path)
	if !good {
		return "", false, false, nil
	}
	r, found, err := h.findRedirect(ctx, from)
	return r.To, r.Permanent, found, err
}

// CreateRedirect makes a redirect. It needs settings.write.
func (h *House) CreateRedirect(ctx context.Context, in RedirectInput) (Redirect, error) {
	if err := actor.Require(ctx, actor.SettingsWrite); err != nil {
		return Redirect{}, err
	}
	for _, s := range []**string{&in.From, &in.To} {
		if *s == nil {
			*s = new(string)
		}
	}
	now, who := h.Clock.Now(), actor.From(ctx)
	r := Redirect{ID: db.NewID(), CreatedByName: who.Name, CreatedAt: now, UpdatedAt: now}
	if who.Kind == actor.Staff {
		r.CreatedBy = &who.ID
	}
	if err := h.checkRedirect(ctx, in, &r); err != nil {
		return r, err
	}
	return r, h.DB.Tx(ctx, func(ctx context.Context) error {
		if err := h.leadsSomewhere(ctx, r); err != nil {
			return err
		}
		if err := h.insertRedirect(ctx, r); err != nil {
			return err
		}
		return h.recordRedirect(ctx, "redirect.created", r)
	})
}

// ChangeRedirect changes a redirect. It needs settings.write.
func (h *House) ChangeRedirect(ctx context.Context, id uuid.UUID, in RedirectInput) (r Redirect, err error) {
	if err := actor.Require(ctx, actor.SettingsWrite); err != nil {
		return r, err
	}
	if r, err = h.readRedirect(ctx, id); err != nil {
		return r, err
	}
	// What is at the path is asked outside of the transaction: it takes long.
	if err := h.checkRedirect(ctx, in, &r); err != nil {
		return r, err
	}
	return r, h.DB.Tx(ctx, func(ctx context.Context) error {
		if r, err = h.lockRedirect(ctx, id); err != nil {
			return err
		}
		before := r
		if err := in.over(&r, h.own); err != nil {
			return err
		}
		if r == before {
			return nil
		}
		if err := h.leadsSomewhere(ctx, r); err != nil {
			return err
		}
		r.UpdatedAt = h.Clock.Now()
		if err := h.saveRedirect(ctx, r); err != nil {
			return err
		}
		return h.recordRedirect(ctx, "redirect.changed", r)
	})
}

// DeleteRedirect takes a redirect away. It needs settings.write.
func (h *House) DeleteRedirect(ctx context.Context, id uuid.UUID) error {
	if err := actor.Require(ctx, actor.SettingsWrite); err != nil {
		return err
	}
	return h.DB.Tx(ctx, func(ctx context.Context) error {
		r, err := h.lockRedirect(ctx, id)
		if err != nil {
			return err
		}
		if err := h.deleteRedirect(ctx, id); err != nil {
			return err
		}
		return h.recordRedirect(ctx, "redirect.deleted", r)
	})
}

func (h *House) recordRedirect(ctx context.Context, verb string, r Redirect) error {
	return h.Journal.Record(ctx, journal.Event{Verb: verb, Subject: "redirect", ID: r.ID.String(),
		Payload: map[string]any{"from": r.From, "to": r.To, "permanent": r.Permanent}})
}
