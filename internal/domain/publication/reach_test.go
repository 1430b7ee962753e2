package publication_test

import (
	"slices"
	"strings"
	"testing"

	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
)

// TestReach keeps domains as they are compared, and refuses what is none.
func TestReach(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h, _, _, _ := setup(t, e)
		other := publication.New(h.Deps)
		for _, house := range []*publication.House{h, other} {
			if r, err := house.Reach(t.Context()); err != nil || r.RefuseAI || r.Knows("ada@example.com") {
				t.Fatal(r, err)
			}
		}
		_, _, err := h.Change(owner(t.Context()), "", func(s *publication.Settings) {
			s.RefuseAI, s.CompanyDomains = true, []string{" @Example.COM ", "", "northwind.example", "example.com"}
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, house := range []*publication.House{h, other} {
			r, err := house.Reach(t.Context())
			if err != nil || !r.RefuseAI || !slices.Equal(r.CompanyDomains, []string{"example.com", "northwind.example"}) {
				t.Error(r, err)
			}
			for email, want := range map[string]bool{
				"ada@example.com": true, "ADA@EXAMPLE.COM": true, "a@b@example.com": true, "ada@sub.example.com": false, "ada@notexample.com": false, "example.com": false, "": false,
			} {
				if r.Knows(email) != want {
					t.Errorf("%q: %v", email, !want)
				}
			}
		}
		for _, bad := range []string{"example", "exa mple.com", "http://example.com", "-a.com", "a..com", strings.Repeat("a", 64) + ".com", "1.2.3.4"} {
			_, _, err := h.Change(owner(t.Context()), "", func(s *publication.Settings) { s.CompanyDomains = []string{bad} })
			if f := fault.Of(err); f.Kind != fault.Invalid || len(f.Fields) != 1 || f.Fields[0].Path != "/company_domains/0" {
				t.Errorf("%q: %v", bad, err)
			}
		}
	})
}
