package app

import (
	"context"
	"embed"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"strings"

	"github.com/goccy/go-yaml"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/config"
	"lighttrends/internal/surface/transfer"
)

// The drawings from which the pictures were made stay outside.
//
//go:embed demo/publication.yaml demo/issues demo/notes demo/media/*.png
var demoFiles embed.FS

// demoPassword is shown at every start; the demonstration listens on this
// machine only.
const demoPassword = "cold-side-demo"

var demoStaff = []identity.CreateStaff{
	{Email: "hanne@coldside.example", Name: "Hanne Dreyer", Role: identity.Owner, Password: demoPassword},
	{Email: "priscilla@coldside.example", Name: "Priscilla Ndege", Role: identity.Editor, Password: demoPassword},
	{Email: "tomasz@coldside.example", Name: "Tomasz Wieland", Role: identity.Analyst, Password: demoPassword},
}

// demoMember is somebody who reads. Plan names what they bought, with a test
// card, on the stand-in's own payment page.
type demoMember struct {
	email, name, what, plan string
	ended                   bool
}

var demoMembers = []demoMember{
	{"amara.okafor@northquay.example", "Amara Okafor", "subscriber, plan Reader", "reader", false},
	{"jun.takeda@fenwickcold.example", "Jun Takeda", "subscriber, plan House", "house", false},
	{"lena.fischer@example.org", "Lena Fischer", "registered, pays nothing", "", false},
	{"pedro.alves@oldport.example", "Pedro Alves", "lapsed: had Reader, and cancelled", "reader", true},
}

// Demo runs the whole product on embedded defaults, filled with a publication
// that is invented from end to end.
func Demo(ctx context.Context, cfg config.Config, log *slog.Logger, out io.Writer) error {
	return serve(ctx, cfg, log, func(ctx context.Context, r *rooms) error {
		ctx = actor.With(ctx, actor.Machine("demo"))
		staff, err := r.identity.ListStaff(ctx)
		if err != nil {
			return err
		}
		if len(staff) == 0 {
			_, _ = fmt.Fprintln(out, "Filling the demonstration, once …")
			if err := r.fillDemo(ctx); err != nil {
				return fmt.Errorf("filling the demonstration: %w (delete %s to begin again)", err, cfg.DataDir)
			}
		}
		if err := r.demoFrontEnd(ctx); err != nil {
			return err
		}
		r.sayDemo(out)
		return nil
	})
}

func (r *rooms) sayDemo(out io.Writer) {
	say := func(format string, a ...any) { _, _ = fmt.Fprintf(out, format+"\n", a...) }
	say("\nThe lighttrends demonstration is running, on this machine only. Data: %s\n", r.cfg.DataDir)
	say("  Portal    %s/", r.cfg.BaseURL)
	say("  Desk      %s/desk/", r.cfg.BaseURL)
	say("  Mailbox   %s%s/", r.cfg.DemoURL, mailboxPrefix)
	say("  Payments  %s%s/   (stand-in for Stripe, no money moves; test card 4242 4242 4242 4242)", r.cfg.DemoURL, stripePrefix)
	say("\n  At the desk, password %s", demoPassword)
	for _, s := range demoStaff {
		say("    %-34s %s", s.Email, s.Role)
	}
	say("\n  On the portal, signed in by a link or code in the mailbox")
	for _, m := range demoMembers {
		say("    %-34s %s", m.email, m.what)
	}
	say("\n  A front end of its own: web/examples/reader, at %s", exampleOrigin)
	say("\n  Ctrl-C stops it. The next start keeps the data.\n")
}

// fillDemo loads the invented publication. The last thing it makes are the
// staff users, so a start after an interruption fills again: what is there
// already stays as it is.
func (r *rooms) fillDemo(ctx context.Context) error {
	files, err := fs.Sub(demoFiles, "demo")
	if err != nil {
		return err
	}
	pub, err := readPublication(files)
	if err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{
		func(ctx context.Context) error { return r.publication.Introduce(ctx, pub.profile()) },
		func(ctx context.Context) error { return r.demoCatalogue(ctx, pub) },
		func(ctx context.Context) error { return r.demoPlans(ctx, pub) },
		func(ctx context.Context) error { return r.demoNotes(ctx, files) },
		r.demoMembers,
		r.demoPeople,
	} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (r *rooms) demoCatalogue(ctx context.Context, pub publicationFile) error {
	for _, a := range pub.Authors {
		if _, err := r.desk.PutAuthor(ctx, content.Label{Slug: a.Slug, Name: a.Name, Role: a.Role, Description: strings.TrimSpace(a.Bio)}); err != nil {
			return err
		}
	}
	for _, t := range pub.Topics {
		if _, err := r.desk.PutTopic(ctx, content.Label{Slug: t.Slug, Name: t.Name, Description: strings.TrimSpace(t.Description)}); err != nil {
			return err
		}
	}
	for _, s := range pub.Series {
		if _, err := r.desk.PutSeries(ctx, content.Label{Slug: s.Slug, Name: s.Name, Description: strings.TrimSpace(s.Description)}); err != nil {
			return err
		}
	}
	return nil
}

func (r *rooms) demoPlans(ctx context.Context, pub publicationFile) error {
	for i, p := range pub.Plans {
		_, err := r.billing.PutPlan(ctx, billing.PlanInput{
			Slug: p.Slug, Name: p.Name, Description: p.Description, Benefits: p.Benefits, Position: i, Visible: true, AIUse: p.AIUse,
			Prices: []billing.PriceInput{
				{Interval: billing.Monthly, Amount: p.PriceMonth, Currency: p.Currency},
				{Interval: billing.Yearly, Amount: p.PriceYear, Currency: p.Currency},
			},
		})
		if err != nil {
			return err
		}
	}
	return r.billing.MirrorPlans(ctx)
}

func (r *rooms) demoNotes(ctx context.Context, files fs.FS) error {
	im := transfer.Importer{Desk: r.desk, Gallery: r.gallery(), Cabinet: cabinet{r.media}, Now: r.clock.Now}
	report, err := im.Import(ctx, files, nil)
	if err != nil {
		return err
	}
	for _, l := range report.Lines {
		r.log.Warn("demo content", "line", l.String())
	}
	if report.Failed > 0 {
		return fmt.Errorf("%d files of the demo content are wrong", report.Failed)
	}
	return nil
}

func (r *rooms) demoPeople(ctx context.Context) error {
	for _, s := range demoStaff {
		if _, err := r.identity.CreateStaff(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// publicationFile is demo/publication.yaml.
type publicationFile struct {
	Name     string `yaml:"name"`
	Tagline  string `yaml:"tagline"`
	About    string `yaml:"about"`
	Notice   string `yaml:"notice"`
	TimeZone string `yaml:"time_zone"`
	Contact  struct {
		Headline string   `yaml:"headline"`
		Text     string   `yaml:"text"`
		Email    string   `yaml:"email"`
		Phone    string   `yaml:"phone"`
		Address  []string `yaml:"address"`
	} `yaml:"contact"`
	Authors []struct{ Slug, Name, Role, Bio string }   `yaml:"authors"`
	Topics  []struct{ Slug, Name, Description string } `yaml:"topics"`
	Series  []struct{ Slug, Name, Description string } `yaml:"series"`
	Plans   []struct {
		Slug        string   `yaml:"slug"`
		Name        string   `yaml:"name"`
		Description string   `yaml:"description"`
		Benefits    []string `yaml:"benefits"`
		AIUse       bool     `yaml:"ai_use"`
		PriceMonth  int64    `yaml:"price_month"`
		PriceYear   int64    `yaml:"price_year"`
		Currency    string   `yaml:"currency"`
	} `yaml:"plans"`
	Pages []struct {
		Slug       string   `yaml:"slug"`
		Title      string   `yaml:"title"`
		Paragraphs []string `yaml:"paragraphs"`
	} `yaml:"pages"`
}

func readPublication(files fs.FS) (p publicationFile, err error) {
	raw, err := fs.ReadFile(files, "publication.yaml")
	if err != nil {
		return p, err
	}
	return p, yaml.Unmarshal(raw, &p)
}

func (p publicationFile) profile() publication.Profile {
	out := publication.Default()
	out.Name, out.Tagline, out.About, out.Notice, out.TimeZone = p.Name, p.Tagline, strings.TrimSpace(p.About), strings.TrimSpace(p.Notice), p.TimeZone
	out.Contact = publication.Contact{
		Headline: p.Contact.Headline, Text: strings.TrimSpace(p.Contact.Text), Lines: p.Contact.Address, Email: p.Contact.Email, Phone: p.Contact.Phone,
	}
	for _, x := range p.Pages {
		out.Pages = append(out.Pages, publication.Page{Slug: x.Slug, Title: x.Title, Body: strings.Join(x.Paragraphs, "\n\n")})
	}
	return out
}
