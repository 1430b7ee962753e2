package portal

import (
	"bytes"
	"context"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// previewView is the banner over a draft.
type previewView struct {
	Who   string // as whom it is seen
	Live  bool   // readers see an earlier state
	Until time.Time
	Brief bool // the desk looks itself

	Appears string // when it is scheduled to; "" for never
}

// preview shows a draft to whoever holds a link to it, as the note's own page
// would show it to the kind of reader that the link was made for. Nothing of it
// is kept, indexed, or counted as a read.
func (p *Portal) preview(c *fiber.Ctx) error {
	c.Set("X-Robots-Tag", "noindex, nofollow, noarchive")
	c.Set(fiber.HeaderReferrerPolicy, "no-referrer") // the address is the key
	client := kit.ClientAddress(c)
	if wait := p.guesses.wait(client, p.Now()); wait > 0 {
		f := fault.New(fault.TooMany, "too_many_previews", "Too many addresses of previews that do not exist.")
		f.RetryAfter = wait
		return f
	}
	proof, err := p.Library.Proof(c.UserContext(), c.Params("token"), c.Method() == fiber.MethodGet)
	if fault.HasCode(err, "preview_not_found") {
		p.guesses.count(client, p.Now())
	}
	if err != nil {
		return err
	}
	if proof.Brief { // the desk shows it in a frame; it alone may frame anything
		policy := c.Response().Header.Peek(fiber.HeaderContentSecurityPolicy)
		c.Response().Header.SetBytesV(fiber.HeaderContentSecurityPolicy, bytes.Replace(policy, []byte("frame-ancestors 'none'"), []byte("frame-ancestors 'self'"), 1))
	}
	return p.showPreview(c, proof)
}

func (p *Portal) showPreview(c *fiber.Ctx, proof *content.Proof) error {
	ctx := c.UserContext()
	pg, err := p.page(c, notePath(proof.Slug), first(proof.SEOTitle, proof.Title))
	if err != nil {
		return err
	}
	pg.Signed, pg.NoIndex = proof.Audience != content.AsAnonymous, true
	v, err := p.noteView(ctx, pg, proof.Teaser, proof.Decision)
	if err != nil {
		return err
	}
	v.Preview = &previewView{Who: p.audience(ctx, proof), Live: proof.Live, Until: proof.ExpiresAt, Brief: proof.Brief}
	if at := proof.Appears; at != nil {
		v.Preview.Appears = pg.Language.Text("note.preview_appears", "date", localDay(pg.Language, *at), "time", at.Format("15:04"), "zone", at.Location().String())
	}
	pg.Section, pg.Main, pg.Script = "notes", v, v.script()
	return p.private(c, "note", pg)
}

// audience says in words as whom a preview is seen.
func (p *Portal) audience(ctx context.Context, proof *content.Proof) string {
	l := p.language(ctx)
	switch proof.Audience {
	case content.AsFree:
		return l.Text("preview.free")
	case content.AsPlan:
		return l.Text("preview.plan", "plan", first(strings.Join(p.planNames(ctx, []string{proof.Plan}), ""), proof.Plan))
	case content.AsLapsed:
		return l.Text("preview.lapsed")
	case content.AsFull:
		return l.Text("preview.full")
	default:
		return l.Text("preview.stranger")
	}
}

// What one client may ask for in vain: enough for every slip of the hand.
const (
	guessWindow = time.Minute
	guessLimit  = 30
)

// guesses counts addresses of previews and orders that do not exist, by client. Tokens
// cannot be guessed; this keeps those who try from costing anything.
type guesses struct {
	mu     sync.Mutex
	began  time.Time
	counts map[string]int
}

// wait is how long a client has to wait; 0 is not at all.
func (g *guesses) wait(client string, now time.Time) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.counts[client] < guessLimit {
		return 0
	}
	return max(0, g.began.Add(guessWindow).Sub(now))
}

func (g *guesses) count(client string, now time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if now.Sub(g.began) >= guessWindow {
		g.began, g.counts = now, map[string]int{}
	}
	g.counts[client]++
}
