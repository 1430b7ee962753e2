package portal_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"testing"

	"lighttrends/internal/platform/db/dbtest"
)

var dataBlock = regexp.MustCompile(`(?s)<script type="application/ld\+json">(.*?)</script>`)

func path(slug string) string { return "/notes/" + slug }

// told finds the part of a type in the data block of a page, as a stranger
// gets it.
func (s *stage) told(address, kind string) map[string]any {
	s.Helper()
	p := s.browser().get(address).is(200)
	m := dataBlock.FindStringSubmatch(p.body)
	if m == nil {
		s.Fatalf("%s: no data block", address)
	}
	var out struct {
		Context string           `json:"@context"`
		Graph   []map[string]any `json:"@graph"`
	}
	if err := json.Unmarshal([]byte(m[1]), &out); err != nil || out.Context != "https://schema.org" {
		s.Fatalf("%s: %v in %s", address, err, m[1])
	}
	i := slices.IndexFunc(out.Graph, func(x map[string]any) bool { return x["@type"] == kind })
	if i < 0 {
		s.Fatalf("%s: no %s in %s", address, kind, m[1])
	}
	return out.Graph[i]
}

// TestEveryGateIsTold marks the closed part of a note for every gate, and the
// part is in the page.
func TestEveryGateIsTold(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		for slug, kind := range map[string]string{"twelve-weeks": "NewsArticle", "the-count": "Article", "who-sells-to-whom": "Article", "no-wall-at-all": "Article", "nobody-may": "Article"} {
			x := s.told(path(slug), kind)
			closed, _ := x["hasPart"].(map[string]any)
			if x["isAccessibleForFree"] != false || closed["isAccessibleForFree"] != false || closed["cssSelector"] != ".gated" {
				t.Errorf("%s: %v", slug, x)
			}
			s.browser().get(path(slug)).has(`class="gate gated"`)
		}
	})
}

// TestListsAndWays says where a page stands and what it lists.
func TestListsAndWays(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.publish()
		for address, way := range map[string][]string{
			"/notes/twelve-weeks":              {base + "/", base + "/series/cold-side-letter", base + "/issues/cold-side-letter/2026-07", base + "/notes/twelve-weeks"},
			"/notes/nobody-may":                {base + "/", base + "/archive", base + "/notes/nobody-may"},
			"/topics/film":                     {base + "/", base + "/topics", base + "/topics/film"},
			"/archive/2026-07":                 {base + "/", base + "/archive", base + "/archive/2026-07"},
			"/issues/cold-side-letter/2026-07": {base + "/", base + "/series/cold-side-letter", base + "/issues/cold-side-letter/2026-07"},
		} {
			var got []string
			for i, x := range s.told(address, "BreadcrumbList")["itemListElement"].([]any) {
				item := x.(map[string]any)
				if item["position"] != float64(i+1) || item["name"] == "" {
					t.Errorf("%s: %v", address, item)
				}
				got = append(got, item["item"].(string))
			}
			if !slices.Equal(got, way) {
				t.Errorf("%s: %v, want %v", address, got, way)
			}
		}
		for address, n := range map[string]float64{"/archive": 6, "/archive/2026-07": 6, "/topics": 2, "/topics/film": 6, "/authors": 2, "/issues": 2, "/issues/cold-side-letter/2026-07": 4, "/series/cold-side-letter": 5} {
			list := s.told(address, "CollectionPage")["mainEntity"].(map[string]any)
			if list["@type"] != "ItemList" || list["numberOfItems"] != n || float64(len(list["itemListElement"].([]any))) != n {
				t.Errorf("%s: %v", address, list)
			}
		}
		if x := s.told("/", "Organization"); x["@id"] != base+"/#organization" || x["email"] != "desk@coldside.example" {
			t.Errorf("%v", x)
		}
		s.browser().get("/notes/twelve-weeks").has(`<meta property="article:published_time" content="2026-07-31T12:00:00Z">`, `<meta property="article:author" content="`+base+`/authors/hanne-dreyer">`,
			`<meta property="article:tag" content="Film">`, `content="max-image-preview:large, max-snippet:-1"`)
		s.browser().get("/sign-in").has(`<meta name="robots" content="noindex">`).lacks("max-snippet", "ld+json")
	})
}
