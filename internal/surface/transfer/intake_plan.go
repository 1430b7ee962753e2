package transfer

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/surface/transfer/markup"
	"lighttrends/internal/surface/transfer/source"
)

// plan is what a note of another system becomes here, before anything is
// written: the same note makes the same plan.
type plan struct {
	Title, Slug, Abstract, Body string
	Gate                        access.GateKind
	Plans                       []string
	Authors, Topics             []source.Name
	SEOTitle, SEODescription    string
	CoverAlt                    string
	Live                        bool
	At                          time.Time
	Path                        string
	Pictures                    []planned

	says []string
}

// planned is a picture of a plan; of one that did not come with the export
// only the address is known, and what became of it when it was fetched before.
type planned struct {
	Token, Src, Print string
	came              *source.Picture
	remote            string // where it is fetched
	here              *uuid.UUID
}

// remotely is the print of what is fetched, or was: so a note is another one
// once its pictures can be had, and stays that.
const remotely = "remote"

// cover is the token of the picture above a note.
const cover = "cover"

func (in *intake) plan(ctx context.Context, n *source.Note) (*plan, error) {
	p := &plan{
		Title: clean(n.Title, 300), Slug: slugOf(n), SEOTitle: clean(n.SEOTitle, 300), SEODescription: clean(n.SEODescription, 500),
		CoverAlt: clean(n.CoverAlt, 500), Authors: n.Authors, Topics: n.Topics, At: n.At, Path: n.Path, says: slices.Clone(n.Warnings),
	}
	if p.Title == "" {
		p.Title = "Untitled"
		p.say("it has no title")
	}
	text, err := in.text(n)
	if err != nil {
		return nil, err
	}
	p.Body = text.Body
	p.say(text.Warnings...)
	if err := in.gate(ctx, p, n, text.Paywall || text.Lost); err != nil {
		return nil, err
	}
	p.Live = n.Published && !in.run.Options.Drafts
	if p.Live && p.At.After(in.Now()) {
		p.Live = false
		p.say("its date lies in the future: it stays a draft")
	}
	if p.Live && strings.TrimSpace(p.Body) == "" {
		p.Live = false
		p.say("it has no text: it stays a draft")
	}
	p.abstract(n, text)
	return p, in.pictures(ctx, p, n, text)
}

func (p *plan) say(text ...string) { p.says = append(p.says, text...) }

func (in *intake) text(n *source.Note) (markup.Result, error) {
	if n.Markdown != "" {
		body := strings.ToValidUTF8(n.Markdown, "\uFFFD")
		above, _, walled := strings.Cut(body, markup.Paywall)
		return markup.Result{Body: body, Preview: above, Paywall: walled}, nil
	}
	return in.md.Convert(strings.ToValidUTF8(n.HTML, "\uFFFD"), markup.Options{More: in.run.Options.MoreIsPaywall})
}

// gate decides who may read. What cannot be told is closed, never opened.
func (in *intake) gate(ctx context.Context, p *plan, n *source.Note, walled bool) error {
	o := in.run.Options
	switch n.Gate {
	case "":
		p.Gate = access.Public
		if o.Gate != "" {
			p.Gate = access.GateKind(o.Gate)
		} else if walled {
			p.Gate = access.Paid
		}
	case "plans":
		p.Gate = access.Plans
		var unknown []string
		for _, tier := range n.Tiers {
			slug := tier
			if to, ok := o.Tiers[tier]; ok {
				slug = to
			}
			missing, err := in.unknownPlans(ctx, slug)
			if err != nil {
				return err
			}
			if missing {
				unknown = append(unknown, tier)
			} else if !slices.Contains(p.Plans, slug) {
				p.Plans = append(p.Plans, slug)
			}
		}
		if len(unknown) > 0 {
			p.say("no plan here stands for the tiers " + strings.Join(unknown, ", "))
		}
		if len(p.Plans) == 0 {
			p.Gate = access.Paid
			p.say("its tiers have no plans here: it is for paying members")
		}
	default:
		p.Gate = access.GateKind(n.Gate)
	}
	return nil
}

func (in *intake) unknownPlans(ctx context.Context, slug string) (bool, error) {
	if in.Desk.Plans == nil {
		return false, nil
	}
	unknown, err := in.Desk.Plans.KnownPlans(ctx, []string{slug})
	return len(unknown) > 0, err
}

// abstract finds public words for a note. Words from behind a gate are none:
// where nothing else is public, the title is.
func (p *plan) abstract(n *source.Note, text markup.Result) {
	p.Abstract = clean(n.Abstract, 2000)
	if p.Abstract != "" || !p.Live {
		return
	}
	if p.Gate == access.Public || text.Paywall {
		p.Abstract = beginning(text.Preview)
	}
	if p.Abstract == "" {
		p.Abstract = p.Title
		p.say("it has no public summary; its title stands in its place")
	}
}

// beginning is the first sentences of a text, about three lines of them.
func beginning(text string) string {
	const enough, most = 120, 320
	text = clean(text, 4000)
	r := []rune(text)
	if len(r) <= most {
		return text
	}
	for i := enough; i < most; i++ {
		if strings.ContainsRune(".!?…", r[i]) && unicode.IsSpace(r[i+1]) {
			return string(r[:i+1])
		}
	}
	cut := most
	for cut > enough && !unicode.IsSpace(r[cut]) {
		cut--
	}
	return strings.TrimRight(string(r[:cut]), " ,;:") + " …"
}

// clean makes one line of a text and bounds it.
func clean(s string, n int) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > n {
		return strings.TrimSpace(string(r[:n-1])) + "…"
	}
	return s
}

var goodSlug = regexp.MustCompile(`^[a-z0-9]+(?:-[a-z0-9]+)*$`)

// slugOf is the address a note had, in a form that addresses have here.
func slugOf(n *source.Note) string {
	if len(n.Slug) <= 96 && goodSlug.MatchString(n.Slug) {
		return n.Slug
	}
	for _, s := range []string{n.Slug, n.Title, "note-" + n.ID} {
		if slug := content.Slugify(s); slug != "" {
			return slug
		}
	}
	return "note"
}

// pictures finds what came with the export, what was fetched before, and what can
// be. Anything else stays where it is, as an address of the old place, and is
// named.
func (in *intake) pictures(ctx context.Context, p *plan, n *source.Note, text markup.Result) error {
	all := make([]planned, 0, len(text.Pictures)+1)
	for _, x := range text.Pictures {
		all = append(all, planned{Token: x.Token, Src: x.Src})
	}
	if n.Cover != "" {
		all = append(all, planned{Token: cover, Src: n.Cover})
	}
	var missing []string
	for _, x := range all {
		if came, err := in.from.Picture(x.Src); err == nil {
			x.came, x.Print = came, came.Print
		} else if err := in.remotely(ctx, &x); err != nil {
			return err
		} else if x.Print == "" {
			missing = append(missing, clean(strings.TrimPrefix(x.Src, ghostRoot), 120))
		}
		p.Pictures = append(p.Pictures, x)
	}
	if len(missing) > 0 {
		text := strings.Join(missing[:min(3, len(missing))], ", ")
		if len(missing) > 3 {
			text += " and more"
		}
		p.say(fmt.Sprintf("%d of its pictures did not come with the export and are not fetched: %s", len(missing), text))
	}
	return nil
}
