package portal_test

import (
	"html"
	"net/http"
	"slices"
	"strings"
	"testing"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/phrase"
)

// TestGermanPagesHoldNoEnglish draws the pages at their German addresses and
// looks for what the English catalogue says, and for keys that have no text.
func TestGermanPagesHoldNoEnglish(t *testing.T) {
	t.Parallel()
	s := setup(t, dbtest.Engine{Name: db.SQLite})
	s.publish()
	stranger, member := s.browser(), s.subscriber("jun@example.org", access.Grant{Plan: "reader"})
	english := onlyEnglish()
	for b, paths := range map[*browser][]string{
		stranger: {
			"/", "/archive", "/archive/2026-07", "/issues", "/issues/cold-side-letter/2026-07", "/topics", "/topics/film", "/authors", "/notes/twelve-weeks", "/notes/the-count",
			"/notes/who-sells-to-whom", "/notes/how-we-count", "/search", "/search?q=weeks", "/search?q=zzzz", "/search?q=topic%3Aflim", "/plans", "/contact", "/contact/thanks", "/sign-in", "/redeem",
			"/checkout?plan=reader&interval=month", "/offer/nope", "/nowhere", "/notes/nowhere", "/pages/terms", "/sign-in/link/nowhere", "/plans/founder", "/mail/stop/nowhere",
		},
		member: {
			"/", "/account", "/account/bills", "/account/leave", "/account/tokens", "/account/tokens?notice=revoked", "/saved", "/history", "/notes/twelve-weeks", "/notes/the-count", "/search", "/gift", "/quote", "/order/nowhere",
		},
	} {
		for _, path := range paths {
			p := b.get("/de" + path)
			p.has(`<html lang="de"`)
			text := html.UnescapeString(p.body)
			for key, said := range english {
				if strings.Contains(text, ">"+said+"<") || strings.Contains(text, `"`+said+`"`) {
					t.Errorf("%s says %q (%s)", p.what, said, key)
				}
				if strings.Contains(text, ">"+key+"<") || strings.Contains(text, `"`+key+`"`) {
					t.Errorf("%s shows the key %s", p.what, key)
				}
			}
		}
	}
}

// onlyEnglish are the texts that English says and German says otherwise.
func onlyEnglish() map[string]string {
	en, de := phrase.In("en"), phrase.In("de")
	out := map[string]string{}
	// What the publication wrote is in English here, and so are structured data.
	written := []string{"kinds.forecast", "kind.data", "kinds.data", "account.organization", "home.whole_archive"}
	for _, key := range en.Keys() {
		if said := en.Text(key); !slices.Contains(written, key) && said != key && said != de.Text(key) && len(said) > 3 && !strings.Contains(said, "{") {
			out[key] = said
		}
	}
	return out
}

// TestALanguageStaysWithItsReader follows a German address: links, forms and
// redirects keep it, shared caches may keep the page, and search engines are
// told of the others.
func TestALanguageStaysWithItsReader(t *testing.T) {
	t.Parallel()
	s := setup(t, dbtest.Engine{Name: db.SQLite})
	s.publish()
	b := s.browser()
	p := b.get("/de/notes/twelve-weeks").is(200)
	p.has(`<link rel="canonical" href="`+base+`/de/notes/twelve-weeks">`, `<link rel="alternate" hreflang="en" href="`+base+`/notes/twelve-weeks">`,
		`<link rel="alternate" hreflang="de" href="`+base+`/de/notes/twelve-weeks">`, `href="/de/topics/film"`, ` href="/static/`, `<h1 lang="en">Twelve weeks</h1>`)
	if cache := p.header.Get("Cache-Control"); !strings.HasPrefix(cache, "public") {
		t.Errorf("Cache-Control is %q", cache)
	}
	b.get("/notes/twelve-weeks").is(200).has(`href="/topics/film"`, `<html lang="en"`, `hreflang="de" href="`+base+`/de/notes/twelve-weeks"`).lacks(`href="/de/topics`)
	if at := b.get("/de/account").is(303).header.Get("Location"); at != "/de/sign-in?next=%2Faccount" {
		t.Errorf("the account leads to %q", at)
	}
	b.get("/de/static/portal.css").is(404)
	b.get("/fr/notes/twelve-weeks").is(404)

	m := s.signedIn("ada@example.org")
	m.send("/account/language", "language", "de").is(303)
	m.get("/notes/twelve-weeks").is(200).has(`<html lang="de"`, `href="/topics/film"`, `href="/en/notes/twelve-weeks"`).private()
	m.get("/en/notes/twelve-weeks").is(200).has(`<html lang="en"`)
	// What the script writes, the page has told it.
	s.subscriber("jun@example.org", access.Grant{Plan: "reader"}).get("/de/notes/twelve-weeks").has(`data-footnotes="Alle Fußnoten"`)
	m.send("/account/language", "language", "xx").is(422)

	// Also where no page of a member's own is asked for.
	m.get("/nowhere").is(404).has(`<html lang="de"`, "Hier ist nichts", `href="/account"`).private()
	m.do(http.MethodPost, "/account/name", nil, "Sec-Fetch-Site", "cross-site").is(403).has(`<html lang="de"`, `href="/account"`)
	m.get("/en/nowhere").is(404).has(`<html lang="en"`, "There is nothing here")
	m.get("/notes/twelve-weeks/figures/9.csv").is(403).has(`<html lang="de"`, "Den vollen Wortlaut").private()
	m.get("/notes/twelve-weeks/figures/none.csv").is(404).has(`<html lang="de"`)
	b.get("/nowhere").is(404).has(`<html lang="en"`, `href="/sign-in`)
}

// TestGermanPagesSayWhatIsWrong in German, where the English comes from a fault
// and is in no catalogue; English pages say it in the fault's own words.
func TestGermanPagesSayWhatIsWrong(t *testing.T) {
	t.Parallel()
	s := setup(t, dbtest.Engine{Name: db.SQLite})
	s.publish()
	m := s.signedIn("ada@example.org")
	m.get("/de/notes/twelve-weeks").has("Beitrag 1 von ").lacks("Note 1 of")
	m.get("/de/search?q=weeks").has("<title>Suche: weeks")
	m.get("/de/account/tokens").has("Assistenten", "Skripte", ">30 Tage<", ">1 Jahr<", ">immer<").lacks("Assistants", "30 days", "no end")
	m.send("/de/account/tokens", "name", "Laptop", "term", "30").is(422).has("Wählen Sie, wofür das Token ist.")
	m.send("/de/account/name", "name", "Ada\x01L").is(422).has("Das sieht nicht wie ein Name aus.")
	m.send("/account/name", "name", "Ada\x01L").is(422).has("This does not look like a name.").lacks("One line")

	ok(s.desk.Retract(s.staff, ok(s.desk.DraftBySlug(s.staff, "twelve-weeks")).Note.ID, 0, "We counted twice."))
	m.get("/de/notes/twelve-weeks").is(410).has("Dieser Beitrag wurde zurückgezogen. We counted twice.")
	m.get("/notes/twelve-weeks").is(410).has("This note was withdrawn. We counted twice.")
}

// TestTheWordsInATextSpeakToTheReader: one rendering is kept, and each page has
// the words of ours in its own language, whoever asked first.
func TestTheWordsInATextSpeakToTheReader(t *testing.T) {
	t.Parallel()
	s := setup(t, dbtest.Engine{Name: db.SQLite})
	s.publish()
	m := s.subscriber("jun@example.org", access.Grant{Plan: "reader"})
	english := []string{
		`aria-label="Footnote 1"`, `aria-label="Back to reference 1"`, `<section class="footnotes" aria-label="Footnotes">`, `<p class="callout-title">Important</p>`, `aria-label="Table: What gnomonheading says"`,
		`<summary>Data</summary>`, `>Source: fjordcaption.<`, `Download as CSV<span class="vh">, figure 1</span>`, `Bar chart: snowquartz, $ million; 2024 to 2025`, `<p class="chart-file"><a`,
	}
	german := []string{
		`lang="de" role="doc-noteref" aria-label="Fußnote 1"`, `aria-label="Zurück zum Verweis 1"`, `<section class="footnotes" aria-label="Fußnoten">`, `<p class="callout-title" lang="de">Wichtig</p>`, `aria-label="Tabelle: What gnomonheading says"`,
		`<summary lang="de">Daten</summary>`, `>Quelle: fjordcaption.<`, `Als CSV herunterladen<span class="vh">, Abbildung 1</span>`, `Säulendiagramm: snowquartz, $ million; 2024 bis 2025`, `<p class="chart-file" lang="de"><a`,
	}
	for range 2 {
		m.get("/de/notes/twelve-weeks").is(200).has(german...).lacks(english...)
		m.get("/notes/twelve-weeks").is(200).has(english...).lacks(german...)
	}
	m.get("/de/notes/twelve-weeks/figures/1.csv").is(200).has("Kumquatlager")
	stranger := s.browser()
	stranger.get("/de/notes/twelve-weeks").is(200).has(`aria-label="Fußnote 1"`).lacks(secrets...)
	stranger.get("/notes/twelve-weeks").is(200).has(`aria-label="Footnote 1"`)
	stranger.get("/de/notes/how-we-count").has("Liniendiagramm: Openfigure")
	stranger.get("/de/issues/cold-side-letter/2026-07").lacks("Line chart:")
	m.get("/de/notes/twelve-weeks").has("[Brief]. ").lacks("[Letter]. ") // the citation
}
