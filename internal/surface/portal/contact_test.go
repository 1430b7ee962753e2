package portal_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/db/dbtest"
)

func letter(change ...string) []string {
	fields := map[string]string{
		"name": "Ada Lind", "email": "ada@example.org", "company": "Northwind", "subject": "A number", "message": "Is it 12?\n\nÜber & out.",
		"consent": "yes", "from": "/notes/the-count",
	}
	for i := 0; i+1 < len(change); i += 2 {
		fields[change[i]] = change[i+1]
	}
	var out []string
	for k, v := range fields {
		out = append(out, k, v)
	}
	return out
}

// TestALetterArrives sends one and looks for it.
func TestALetterArrives(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		b := s.browser()
		b.send("/contact", letter()...).goesTo("/contact/thanks?from=%2Fnotes%2Fthe-count").private()
		b.get("/contact/thanks?from=%2Fnotes%2Fthe-count").is(200).has(`href="/notes/the-count"`).checkHTML()
		b.send("/contact", letter("from", "https://evil.example")...).goesTo("/contact/thanks")
		got := ok(s.house.Leads(s.staff, 10))
		if len(got) != 2 || got[1].Name != "Ada Lind" || got[1].Page != "/notes/the-count" || got[1].Message != "Is it 12?\n\nÜber & out." || got[0].Page != "" {
			t.Errorf("%+v", got)
		}
	})
}

// TestWhatIsWrongWithALetter keeps what was typed.
func TestWhatIsWrongWithALetter(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		b := s.browser()
		b.send("/contact", letter("email", "nope", "consent", "", "message", "<script>")...).is(422).
			has(`role="alert"`, "This does not look like an e-mail address.", "Please agree that we answer by e-mail.", `value="Ada Lind"`, "&lt;script&gt;</textarea>", `href="#f-consent"`, `value="/notes/the-count"`).
			private().checkHTML()
		b.send("/contact", letter("message", strings.Repeat("x", 5001), "name", "")...).is(422).has("At most 5000 characters.", `<a href="#f-name">Please give your name.</a>`)
		b.send("/contact").is(422).checkHTML()
		b.send("/contact", letter("message", "nul \x00 and \xff\xfe")...).goesTo("/contact/thanks?from=%2Fnotes%2Fthe-count")
		if got := ok(s.house.Leads(s.staff, 10)); len(got) != 1 || strings.Contains(got[0].Message, "\x00") || !utf8.ValidString(got[0].Message) {
			t.Errorf("%+v", got)
		}
	})
}

// TestProgramsAreThankedAndForgotten fills in the field no person sees.
func TestProgramsAreThankedAndForgotten(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		b := s.browser()
		b.get("/contact").has(`name="website"`, `class="elsewhere" aria-hidden="true"`)
		b.send("/contact", letter("website", "https://spam.example")...).goesTo("/contact/thanks?from=%2Fnotes%2Fthe-count")
		if got := ok(s.house.Leads(s.staff, 10)); len(got) != 0 {
			t.Errorf("%+v", got)
		}
	})
}

// TestTooManyLetters stops at the sixth within an hour.
func TestTooManyLetters(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		b := s.browser()
		for range 5 {
			b.send("/contact", letter()...).is(303)
		}
		p := b.send("/contact", letter()...).is(429).has("That is a lot of letters", "You can try again in an hour.", "Is it 12?").checkHTML()
		if p.header.Get("Retry-After") != "3600" {
			t.Errorf("Retry-After %q", p.header.Get("Retry-After"))
		}
	})
}

// TestAMembersAddressIsFilledIn and stays out of shared caches.
func TestAMembersAddressIsFilledIn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		s.signedIn("lena@example.org").get("/contact").is(200).has(`value="lena@example.org"`).private()
	})
}

// TestAFirmsPeopleAskForAccess says the same to everybody, and keeps the wish of
// those whose firm is on the list.
func TestAFirmsPeopleAskForAccess(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		b := s.browser()
		b.get("/notes/twelve-weeks").is(200).lacks("Ask for access")
		_, _, err := s.house.Change(s.staff, "", func(x *publication.Settings) { x.CompanyDomains = []string{"northwind.example"} })
		if err != nil {
			t.Fatal(err)
		}
		b.get("/notes/twelve-weeks").is(200).has("Ask for access").lacks("northwind").checkHTML()
		b.get("/notes/how-we-count").is(200).lacks("Ask for access")
		known := b.send("/ask-access", "note", "twelve-weeks", "email", "ada@NorthWind.example").is(200).private().has("We will write to you").lacks(secrets...).checkHTML()
		for _, email := range []string{"ada@other.example", "ada@sub.northwind.example"} {
			if other := b.send("/ask-access", "note", "twelve-weeks", "email", email).is(200); other.body != known.body {
				t.Errorf("%s hears something else", email)
			}
		}
		b.send("/ask-access", "note", "twelve-weeks", "email", "bob@northwind.example", "website", "x").is(200)
		b.send("/ask-access", "note", "twelve-weeks", "email", "nope").is(422).has("This does not look like an e-mail address.", `value="twelve-weeks"`).checkHTML()
		b.send("/ask-access", "note", "none", "email", "ada@northwind.example").is(404)
		got := ok(s.house.Leads(s.staff, 10))
		if len(got) != 1 || got[0].Kind != publication.AccessAsked || got[0].Email != "ada@NorthWind.example" || got[0].Company != "northwind.example" || got[0].Page != "/notes/twelve-weeks" || got[0].Subject != "Access to “Twelve weeks”" {
			t.Errorf("%+v", got)
		}
	})
}
