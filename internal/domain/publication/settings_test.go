package publication_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
)

func TestSettings(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h, _, j, _ := setup(t, e)
		other := publication.New(h.Deps)
		for _, house := range []*publication.House{h, other} {
			if r, err := house.Rules(t.Context()); err != nil || r != (publication.Rules{SharingNetworks: 6, SharingCopies: 40, ShareOpenings: 3, ShareDays: 7}) {
				t.Fatal(r, err)
			}
		}
		_, first, err := h.Settings(owner(t.Context()))
		if err != nil {
			t.Fatal(err)
		}
		fourEyes := func(s *publication.Settings) { s.FourEyes = true }
		analyst := actor.With(t.Context(), actor.Actor{Kind: actor.Staff, Capabilities: []actor.Capability{actor.NotesRead}})
		if _, _, err := h.Change(analyst, "", fourEyes); !fault.HasCode(err, "capability_missing") {
			t.Errorf("an analyst changed the rules: %v", err)
		}
		if _, _, err := h.Settings(analyst); err != nil {
			t.Errorf("an analyst does not see the rules: %v", err)
		}
		s, second, err := h.Change(owner(t.Context()), first, fourEyes)
		if err != nil || !s.FourEyes || second == first {
			t.Fatal(s, second, err)
		}
		_, _, err = h.Change(owner(t.Context()), first, func(s *publication.Settings) { s.Tagline = "lost" })
		if f := fault.Of(err); f.Code != "stale_version" || f.Kind != fault.PreconditionFailed || f.Current != `"`+second+`"` {
			t.Errorf("a stale change: %+v", f)
		}
		if _, same, err := h.Change(owner(t.Context()), second, fourEyes); err != nil || same != second {
			t.Errorf("nothing changed, and the version did: %v", err)
		}
		if _, _, err := h.Change(owner(t.Context()), second, func(s *publication.Settings) { s.Tagline = "Light" }); err != nil {
			t.Fatal(err)
		}
		for _, house := range []*publication.House{h, other} {
			r, err := house.Rules(t.Context())
			p, perr := house.Profile(t.Context())
			if err != nil || perr != nil || !r.FourEyes || r.RequireSecondFactor || p.Tagline != "Light" {
				t.Error(r, p.Tagline, err, perr)
			}
		}
		entries, err := j.List(t.Context(), journal.Filter{})
		if err != nil {
			t.Fatal(err)
		}
		var verbs []string
		for _, e := range entries {
			verbs = append(verbs, e.Verb)
		}
		if d := cmp.Diff("publication.changed publication.changed publication.rules_changed", strings.Join(verbs, " ")); d != "" {
			t.Error(d)
		}
	})
}

func TestTwoChangesAtOnceBothHold(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h, _, _, _ := setup(t, e)
		done := make(chan error)
		changes := []func(*publication.Settings){
			func(s *publication.Settings) { s.Tagline = "Light" },
			func(s *publication.Settings) { s.FourEyes = true },
			func(s *publication.Settings) { s.Accent = "#17508f" },
		}
		for _, change := range changes {
			go func() {
				_, _, err := h.Change(owner(t.Context()), "", change)
				done <- err
			}()
		}
		for range changes {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		s, _, err := h.Settings(owner(t.Context()))
		if err != nil || s.Tagline != "Light" || !s.FourEyes || s.Accent != "#17508f" {
			t.Error(s.Tagline, s.Rules, s.Accent, err)
		}
	})
}

func TestLooksAreChecked(t *testing.T) {
	t.Parallel()
	h, _, _, _ := setup(t, dbtest.Engine{Name: db.SQLite})
	for name, tt := range map[string]struct {
		change func(*publication.Settings)
		want   string
	}{
		"a colour by name": {func(s *publication.Settings) { s.Accent = "blue" }, "/accent:bad_colour"},
		"a pale colour":    {func(s *publication.Settings) { s.Accent = "#f0c000" }, "/accent:low_contrast"},
		"no picture":       {func(s *publication.Settings) { s.Logo = "logo.png" }, "/logo:bad_id"},
		"a script as link": {func(s *publication.Settings) {
			s.Navigation = []publication.Link{{Label: "X", URL: "javascript:alert(1)"}}
		}, "/navigation/0/url:bad_address"},
		"a hidden other site": {func(s *publication.Settings) { s.Navigation = []publication.Link{{Label: "X", URL: "//evil.example"}} }, "/navigation/0/url:bad_address"},
		"a backslash":         {func(s *publication.Settings) { s.Navigation = []publication.Link{{Label: "X", URL: `/\evil.example`}} }, "/navigation/0/url:bad_address"},
		"an unsafe other site": {func(s *publication.Settings) {
			s.Navigation = []publication.Link{{Label: "X", URL: "http://x.example"}}
		}, "/navigation/0/url:bad_address"},
		"no label": {func(s *publication.Settings) { s.Navigation = []publication.Link{{Label: " ", URL: "/archive"}} }, "/navigation/0/label:required"},
		"too many": {func(s *publication.Settings) { s.Navigation = make([]publication.Link, 9) }, "/navigation:too_many"},
		"a page that is not there": {func(s *publication.Settings) {
			s.Navigation = []publication.Link{{Label: "X", URL: "/pages/none?a=b"}}
		}, "/navigation/0/url:no_such_page"},
		"no such page at the foot": {func(s *publication.Settings) { s.Footer = []publication.Link{{Label: "X", URL: "/pages/none"}} }, "/footer/0/url:no_such_page"},
		"too many at the foot":     {func(s *publication.Settings) { s.Footer = make([]publication.Link, 17) }, "/footer:too_many"},
		"an own page as elsewhere": {func(s *publication.Settings) { s.Social = []publication.Link{{Label: "X", URL: "/archive"}} }, "/social/0/url:bad_address"},
		"a dark logo alone":        {func(s *publication.Settings) { s.LogoDark = "018f0000-0000-7000-8000-000000000000" }, "/logo_dark:no_logo"},
		"other letters":            {func(s *publication.Settings) { s.Type = "comic" }, "/type:unknown"},
		"another front page":       {func(s *publication.Settings) { s.Home = "magazine" }, "/home:unknown"},
		"no language":              {func(s *publication.Settings) { s.Language = "<en>" }, "/language:unknown"},
		"another zone":             {func(s *publication.Settings) { s.TimeZone = "Mars/Olympus" }, "/time_zone:unknown"},
	} {
		_, _, err := h.Change(owner(t.Context()), "", tt.change)
		fields := fault.Of(err).Fields
		if len(fields) == 0 || fields[0].Path+":"+fields[0].Code != tt.want {
			t.Errorf("%s: %v %v", name, err, fields)
		}
	}
	good := []publication.Link{{Label: "Notes", URL: "/archive?topic=heat"}, {Label: "Firm", URL: "https://firm.example/about"}}
	if _, _, err := h.Change(owner(t.Context()), "", func(s *publication.Settings) { s.Navigation = good }); err != nil {
		t.Error(err)
	}
}

// TestTheNearestColourIsTaken offers for a colour that is refused one that is
// not, and for one that is taken the colour itself.
func TestTheNearestColourIsTaken(t *testing.T) {
	t.Parallel()
	for _, colour := range []string{"#ffff00", "#F0C000", "#17508f", "#ffffff", "#ff0000", "#767676", "#000000"} {
		c, err := publication.ContrastOf(colour)
		if err != nil || len(c.Readings) != 6 {
			t.Fatal(colour, c, err)
		}
		taken := func(accent string) bool {
			p := publication.Default()
			p.Accent = accent
			return p.Validate() == nil
		}
		if c.Good != taken(strings.ToLower(colour)) || !taken(c.Nearest) || c.Good && c.Nearest != strings.ToLower(colour) {
			t.Errorf("%s: good %v, nearest %s", colour, c.Good, c.Nearest)
		}
		for _, r := range c.Readings {
			if exact := publication.Ratio(r.Front, r.Back); r.Ratio > exact || exact-r.Ratio >= .1 || r.Good != (exact >= 4.5) {
				t.Errorf("%s: %+v is %.3f", colour, r, exact)
			}
		}
	}
	if _, err := publication.ContrastOf("red"); fault.Of(err).Fields[0].Code != "bad_colour" {
		t.Error(err)
	}
}

func TestShadesCanBeRead(t *testing.T) {
	t.Parallel()
	if _, ok := (publication.Look{}).Shades(); ok {
		t.Error("a publication without a colour has one")
	}
	for _, accent := range []string{"#17508f", "#7a0019", "#000000", "#555500"} {
		s, ok := publication.Look{Accent: accent}.Shades()
		if !ok || s.Day != accent || s.OnDay != "#ffffff" {
			t.Errorf("%s: %+v", accent, s)
		}
		for _, pair := range [][2]string{{s.Day, "#fbfaf7"}, {s.Day, s.OnDay}, {s.Night, "#14161a"}, {s.Night, "#1c1f25"}, {s.Night, s.OnNight}} {
			if r := publication.Ratio(pair[0], pair[1]); r < 4.5 {
				t.Errorf("%s on %s: %.2f", pair[0], pair[1], r)
			}
		}
	}
	// Known pairs, from the definition's own examples.
	if r := publication.Ratio("#ffffff", "#000000"); r < 20.99 || r > 21.01 {
		t.Errorf("white on black is %.2f", r)
	}
	if r := publication.Ratio("#767676", "#ffffff"); r < 4.54 || r > 4.55 {
		t.Errorf("grey on white is %.3f", r)
	}
}
