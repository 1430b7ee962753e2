package portal_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/media"
	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/surface/portal"
)

// dress changes the publication's looks.
func (s *stage) dress(change func(*publication.Profile)) {
	s.Helper()
	p := ok(s.house.Profile(s.staff))
	change(&p)
	if err := s.house.Introduce(s.staff, p); err != nil {
		s.Fatal(err)
	}
}

func TestTheAccentColour(t *testing.T) {
	t.Parallel()
	s := setup(t, dbtest.Engine{Name: db.SQLite})
	s.publish()
	b := s.browser()
	b.get("/").is(http.StatusOK).lacks("/colours.css")
	b.get("/colours.css").is(http.StatusNotFound)

	s.dress(func(p *publication.Profile) { p.Accent = "#7a0019" })
	page := b.get("/").is(http.StatusOK).has(`<link rel="stylesheet" href="/colours.css?v=`).lacks("<style", " style=")
	if policy := page.header.Get("Content-Security-Policy"); !strings.Contains(policy, "style-src 'self'") || strings.Contains(policy, "unsafe-inline") {
		t.Errorf("policy %q", policy)
	}
	_, rest, _ := strings.Cut(page.body, `href="/colours.css`)
	address, _, _ := strings.Cut(rest, `"`)
	sheet := b.get("/colours.css"+address).is(http.StatusOK).has("@layer tokens", "--accent:light-dark(#7a0019,", "--on-accent:light-dark(#ffffff,")
	if sheet.header.Get("Content-Type") != "text/css; charset=utf-8" || !strings.Contains(sheet.header.Get("Cache-Control"), "immutable") {
		t.Errorf("headers %v", sheet.header)
	}

	s.dress(func(p *publication.Profile) { p.Accent = "#17508f" })
	if b.get("/").has("/colours.css?v=").lacks(address); t.Failed() {
		t.Fatal("the address of another colour is the same")
	}
	if old := b.get("/colours.css" + address).is(http.StatusOK).has("#17508f"); strings.Contains(old.header.Get("Cache-Control"), "immutable") {
		t.Error("an old address is kept for good")
	}
}

// TestEveryAccentCanBeRead tries colours all over the cube: those that are
// taken can be read by day and by night, as links and on buttons.
func TestEveryAccentCanBeRead(t *testing.T) {
	t.Parallel()
	taken := 0
	hex := []string{"00", "22", "55", "88", "bb", "ff"}
	for _, r := range hex {
		for _, g := range hex {
			for _, b := range hex {
				p := publication.Default()
				p.Accent = "#" + r + g + b
				if p.Validate() != nil {
					continue
				}
				taken++
				x, _ := p.Shades()
				for _, pair := range [][2]string{
					{x.Day, "#fbfaf7"}, {x.Day, "#f3f1eb"}, {x.Day, "#ffffff"}, {x.OnDay, x.Day},
					{x.Night, "#14161a"}, {x.Night, "#1c1f25"}, {x.Night, "#1a1d22"}, {x.OnNight, x.Night},
				} {
					a, b := luminance(t, pair[0]), luminance(t, pair[1])
					if c := (max(a, b) + .05) / (min(a, b) + .05); c < 4.5 {
						t.Errorf("accent %s: %s on %s is %.2f:1", p.Accent, pair[0], pair[1], c)
					}
				}
			}
		}
	}
	if taken < 40 {
		t.Errorf("only %d of 216 colours are taken", taken)
	}
}

func TestTheNavigation(t *testing.T) {
	t.Parallel()
	s := setup(t, dbtest.Engine{Name: db.SQLite})
	s.publish()
	b := s.browser()
	b.get("/archive").has(`<li><a href="/archive" aria-current="true">Notes</a></li>`, `<li><a href="/search">Search</a></li>`)

	s.dress(func(p *publication.Profile) {
		p.Navigation = []publication.Link{{Label: "Terms & more", URL: "/pages/terms"}, {Label: "All notes", URL: "/archive"}, {Label: "The firm", URL: "https://firm.example/about"}}
		p.Pages = append(p.Pages, publication.Page{Slug: "imprint", Title: "Imprint", Body: "Responsible: **Hanne**."})
	})
	b.get("/pages/terms").has(`<li><a href="/pages/terms" aria-current="true">Terms &amp; more</a></li>`, `<li><a href="/archive">All notes</a></li>`,
		`<a href="https://firm.example/about" rel="external noopener">The firm</a>`, `<a href="/pages/imprint">Imprint</a>`).lacks(`>Topics</a>`)
	b.get("/pages/imprint").is(http.StatusOK).has("Responsible: <strong>Hanne</strong>.")
}

// wall is a shelf of pictures with these on it.
type wall map[uuid.UUID]*media.Item

func (w wall) Items(_ context.Context, ids ...uuid.UUID) (map[uuid.UUID]*media.Item, error) {
	found := map[uuid.UUID]*media.Item{}
	for _, id := range ids {
		if w[id] != nil {
			found[id] = w[id]
		}
	}
	return found, nil
}

func (w wall) ItemsAt(ctx context.Context, _ time.Time, ids ...uuid.UUID) (map[uuid.UUID]*media.Item, error) {
	return w.Items(ctx, ids...)
}

var _ portal.Pictures = wall{}

func TestTheLogo(t *testing.T) {
	t.Parallel()
	s := setup(t, dbtest.Engine{Name: db.SQLite})
	mark := &media.Item{ID: uuid.New(), Width: 300, Height: 80}
	s.pictures = wall{mark.ID: mark}
	s.openPortal()
	s.publish()
	b := s.browser()
	b.get("/archive").has(`<a class="brand" href="/">Cold Side Research</a>`)

	s.dress(func(p *publication.Profile) { p.Logo = mark.ID.String() })
	img := `<img class="logo" src="` + mark.Address(0) + `" width="300" height="80" alt="Cold Side Research">`
	b.get("/archive").is(http.StatusOK).has(`<a class="brand" href="/">` + img + `</a>`)
	b.get("/").is(http.StatusOK).has("<h1>"+img+"</h1>", `"logo":"`+base)

	s.dress(func(p *publication.Profile) { p.Logo = uuid.NewString() }) // a picture that is gone
	b.get("/archive").is(http.StatusOK).has(`<a class="brand" href="/">Cold Side Research</a>`)
}

func TestTheLogoForDarkScreens(t *testing.T) {
	t.Parallel()
	s := setup(t, dbtest.Engine{Name: db.SQLite})
	day, night := &media.Item{ID: uuid.New(), Width: 300, Height: 80}, &media.Item{ID: uuid.New(), Width: 300, Height: 80}
	s.pictures = wall{day.ID: day, night.ID: night}
	s.openPortal()
	s.publish()
	s.dress(func(p *publication.Profile) { p.Logo, p.LogoDark = day.ID.String(), night.ID.String() })
	b := s.browser()
	b.get("/archive").has(`<picture><source media="(prefers-color-scheme: dark)" srcset="`+night.Address(0)+`"><img class="logo paired" src="`+day.Address(0)+`"`, "</picture></a>")
	s.dress(func(p *publication.Profile) { p.LogoDark = uuid.NewString() }) // a picture that is gone
	b.get("/archive").is(http.StatusOK).has(`<img class="logo" src="`).lacks("<picture>")
}

func TestTheLetters(t *testing.T) {
	t.Parallel()
	s := setup(t, dbtest.Engine{Name: db.SQLite})
	s.publish()
	b := s.browser()
	b.get("/archive").has("lighttrends-serif.woff2", "lighttrends-display.woff2").lacks("/colours.css")
	s.dress(func(p *publication.Profile) { p.Type = publication.Sans })
	page := b.get("/archive").has("inter.woff2", "/colours.css?v=").lacks("lighttrends-serif.woff2", "lighttrends-display.woff2")
	_, rest, _ := strings.Cut(page.body, `href="/colours.css`)
	address, _, _ := strings.Cut(rest, `"`)
	b.get("/colours.css" + address).is(http.StatusOK).has("--serif:var(--sans)").lacks("--accent")
}

func TestTheFoot(t *testing.T) {
	t.Parallel()
	s := setup(t, dbtest.Engine{Name: db.SQLite})
	s.publish()
	b := s.browser()
	b.get("/pages/terms").has(`<li><a href="/feed.xml">RSS</a></li>`, `<li><a href="/pages/terms" aria-current="page">Terms</a></li>`).lacks(`class="social"`)
	s.dress(func(p *publication.Profile) {
		p.Pages = append(p.Pages, publication.Page{Slug: "imprint", Title: "Imprint", Body: "Us."})
		p.Footer = []publication.Link{{Label: "Our terms", URL: "/pages/terms"}, {Label: "The firm", URL: "https://firm.example/"}}
		p.Social = []publication.Link{{Label: "Mastodon", URL: "https://social.example/@coldside"}}
	})
	page := b.get("/archive").has(`<li><a href="/pages/terms">Our terms</a></li>`, `<li><a href="https://firm.example/" rel="external noopener">The firm</a></li>`,
		`<li><a href="/pages/imprint">Imprint</a></li>`, `<li><a href="https://social.example/@coldside" rel="me external noopener">Mastodon</a></li>`).lacks(">RSS<", ">Terms<")
	page.checkHTML()
}

func TestFrontPages(t *testing.T) {
	t.Parallel()
	s := setup(t, dbtest.Engine{Name: db.SQLite})
	s.publish()
	b := s.browser()
	b.get("/").has("Latest issue", "In this issue").lacks("shelf-row")
	s.dress(func(p *publication.Profile) { p.Home = publication.Stream })
	b.get("/").has("All notes, the newest first", ">Twelve weeks<", ">Nobody may<").lacks("Latest issue", "In this issue", "shelf-row").checkHTML()
	s.dress(func(p *publication.Profile) { p.Home = publication.BySeries })
	b.get("/").has(`class="wrap shelf-row"`, `<a href="/series/cold-side-letter">Cold Side Letter</a>`, "All of Cold Side Letter", "Outside of a series", ">Nobody may<").
		lacks("Latest issue", "All notes, the newest first").checkHTML()
}

func TestThePortalSpeaksGerman(t *testing.T) {
	t.Parallel()
	s := setup(t, dbtest.Engine{Name: db.SQLite})
	s.publish()
	s.dress(func(p *publication.Profile) { p.Language = "de" })
	b := s.browser()
	b.get("/").has(`<html lang="de">`, "Neueste Ausgabe", ">Beiträge<", ">Anmelden</a>", "Juli 2026").lacks("Latest issue", "Log in", "July 2026</text>")
	b.get("/archive").has("<h1>Archiv</h1>", "<title>Archiv · ", `6 Beiträge, nach Monaten. <a href="/search">Durchsuchen</a>`, "<span class=\"m\">Mär</span>").lacks("Archive<", "by month")
	b.get("/plans").has("<b>49\u00a0$</b> im Monat", "1.450\u00a0$", "Jährlich, zwei Monate gratis", `<a href="/sign-in">kostenloses Konto</a>`).lacks("a month", "Prices", "Subscribe")
	b.get("/topics/film").has(">Analysen<", "Kostenloses Konto").lacks("Research note", "Subscribers")
	b.get("/nowhere").is(http.StatusNotFound).has("Hier ist nichts", "Vielleicht ist die Adresse falsch geschrieben", "Startseite")
	b.get("/topics/none").is(http.StatusNotFound).has("Dieses Thema gibt es nicht.")
	b.get("/contact").has("E-Mail-Adresse", ">Senden<").lacks("Your name", "Message")
	b.send("/contact", "email", "ada@", "name", "Ada").is(http.StatusUnprocessableEntity).has("Einige Felder brauchen noch einen Blick.", "Das sieht nicht wie eine E-Mail-Adresse aus.", "Bitte schreiben Sie eine Nachricht.").lacks("Please", "look")
	reader := s.subscriber("reader@example.org", access.Grant{Plan: "reader"})
	reader.send("/notes/twelve-weeks/save").is(http.StatusSeeOther)
	reader.get("/saved").is(http.StatusOK).has("<span>Brief</span>").lacks("<span>Letter</span>")
	// What a browser asks for changes nothing: shared caches have one page.
	b.get("/archive", "Accept-Language", "en").has(`<html lang="de">`)
}
