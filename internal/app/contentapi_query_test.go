package app

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/db/dbtest"
)

// shelf is a house with notes that differ in all that can be asked for.
type shelf struct {
	*house
	key string
	v   *visitor
}

func newShelf(t *testing.T, e dbtest.Engine) *shelf {
	t.Helper()
	h := newHouse(t, e)
	h.plan(t, "reader", 0)
	h.plan(t, "house", 1)
	must(h.desk.PutSeries(h.staff, content.Label{Name: "Letter", Description: "Monthly."}))
	must(h.desk.PutIssue(h.staff, content.IssueInput{Series: "letter", Label: "July 2026", Number: 7, Title: "Seven", Editorial: "Open *words*."}))
	must(h.desk.CreateIssue(h.staff, content.IssueInput{Series: "letter", Label: "August 2026", Title: "Secretly held"}))
	must(h.desk.PutTopic(h.staff, content.Label{Name: "Film", Description: "Foils."}))
	must(h.desk.PutTopic(h.staff, content.Label{Name: "Glass"}))
	must(h.desk.PutAuthor(h.staff, content.Label{Name: "Ada Lind", Role: "Analyst", Description: "Counts."}))
	long := "Above *all*.\n\n<!-- paywall -->\n\n" + strings.Repeat(strings.Repeat("hidden ", 100)+"\n\n", 15)
	h.publish(t, content.Input{Title: "Alpha", Abstract: "First.", Body: "Open to all.", Gate: access.Public, Kind: content.Data, Topics: []string{"film"}})
	h.publish(t, content.Input{Title: "beta", Abstract: "Second.", Body: long, Gate: access.Paid, Kind: content.Forecast, Topics: []string{"film", "glass"}, Authors: []string{"ada-lind"}, Series: "letter", Issue: "2026-07"})
	h.publish(t, content.Input{Title: "Gamma ray", Abstract: "Third.", Body: "Above.\n\n<!-- paywall -->\n\nhidden", Gate: access.Plans, GatePlans: []string{"house"}, Authors: []string{"ada-lind"}, Series: "letter"})
	h.publish(t, content.Input{Title: "Delta", Abstract: "Fourth.", Body: "Above.\n\n<!-- paywall -->\n\nhidden", Gate: access.Members, Topics: []string{"glass"}, Series: "letter", Issue: "2026-08"})
	v := h.publish(t, content.Input{Title: "Epsilon", Abstract: "Fifth.", Body: "Above.\n\n<!-- paywall -->\n\nhidden", Gate: access.Paid})
	in := v.Input()
	in.Title = "Epsilon, corrected"
	must(h.desk.Save(h.staff, v.Note.ID, 0, in))
	must(h.desk.Publish(h.staff, v.Note.ID, content.Publish{Change: content.Minor}))
	return &shelf{h, h.contentKey(t), h.stranger(t)}
}

func (s *shelf) ask(path string, header ...string) (*http.Response, string) {
	return s.v.get("/api/content/v1"+path, append([]string{"X-Api-Key", s.key, "Accept", "application/json"}, header...)...)
}

// slugs reads a list of notes.
func (s *shelf) slugs(t *testing.T, path string) (slugs []string, next string) {
	t.Helper()
	resp, body := s.ask(path)
	var got struct {
		Notes []struct{ Slug string }
		Next  string
	}
	if err := json.Unmarshal([]byte(body), &got); err != nil || resp.StatusCode != 200 {
		t.Fatalf("%s: %d %s", path, resp.StatusCode, body)
	}
	for _, n := range got.Notes {
		slugs = append(slugs, n.Slug)
	}
	return slugs, got.Next
}

// idOf finds the id of a note by its slug.
func (s *shelf) idOf(t *testing.T, slug string) uuid.UUID {
	t.Helper()
	var got struct{ ID uuid.UUID }
	if _, body := s.ask("/notes/" + slug + "?fields=id"); json.Unmarshal([]byte(body), &got) != nil || got.ID == uuid.Nil {
		t.Fatal(body)
	}
	return got.ID
}

func TestAFrontEndFilters(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := newShelf(t, e)
		for filter, want := range map[string]string{
			`kind = data`:                             "alpha",
			`kind != data and gate = paid`:            "beta epsilon",
			`kind in (data, forecast)`:                "alpha beta",
			`kind not in (data, forecast)`:            "delta epsilon gamma-ray",
			`topic = film`:                            "alpha beta",
			`topic = film and topic = glass`:          "beta",
			`topic = null`:                            "epsilon gamma-ray",
			`not topic in (film)`:                     "delta epsilon gamma-ray",
			`author = ada-lind and not topic = glass`: "gamma-ray",
			`author != ada-lind`:                      "alpha delta epsilon",
			`series = letter`:                         "beta delta gamma-ray",
			`series != letter`:                        "alpha epsilon",
			`series = null or plan = house`:           "alpha epsilon gamma-ray",
			`issue = letter/2026-07`:                  "beta",
			`issue = 2026-07`:                         "beta",
			`issue = null`:                            "alpha delta epsilon gamma-ray", // that of delta has not appeared
			`issue != null`:                           "beta",
			`words >= 1000`:                           "beta",
			`words = null`:                            "alpha",
			`words = ..1000 or figures > 3`:           "delta epsilon gamma-ray",
			`minutes > 3`:                             "beta",
			`updated_at != null`:                      "epsilon",
			`updated_at = 2020..2100`:                 "epsilon",
			`published_at < 2021`:                     "",
			`published_at >= 2021-07-15T08:00:00Z`:    "alpha beta delta epsilon gamma-ray",
			`published_at = 2021..9999`:               "alpha beta delta epsilon gamma-ray",
			`published_at <= 9999-12-31`:              "alpha beta delta epsilon gamma-ray",
			`published_at > 9999`:                     "",
			`published_at >= 9999-12-31T23:59:59-12:00 or published_at < 0000-01-01T00:00:00+12:00`: "",
			`cover != null`:       "",
			`slug = "gamma-ray"`:  "gamma-ray",
			`title = "Gamma ray"`: "gamma-ray",
			`(gate = public OR gate = members) AND NOT kind=data`: "delta",
			`not not (not kind = data)`:                           "beta delta epsilon gamma-ray",
			`title = "'; DROP TABLE notes; --"`:                   "",
			`title = "a\"b\\"`:                                    "",
		} {
			got, _ := s.slugs(t, "/notes?sort=title&filter="+url.QueryEscape(filter))
			slices.Sort(got)
			if strings.Join(got, " ") != want {
				t.Errorf("%s: %v", filter, got)
			}
		}
		for filter, code := range map[string]string{
			`body = hidden`: "unknown_field", `text = null`: "unknown_field", `kind = poem`: "unknown_value", `topic = gold`: "unknown_value",
			`issue = letter/2026-08`: "unknown_value", `issue = 2026-08`: "unknown_value", `minutes = ten`: "unknown_value", `published_at > soon`: "unknown_value",
			`kind`: "unexpected", `kind = `: "unexpected", `= data`: "unexpected", `(kind = data`: "unexpected", `kind = data)`: "unexpected", `kind = data kind = data`: "unexpected",
			`kind < data`: "not_ordered", `kind = data..forecast`: "not_ordered", `kind = null`: "never_null", `cover = x`: "unknown_value", `minutes = ..`: "unexpected",
			`title = "open`: "unexpected", `title = é`: "bad_characters", `kind in data`: "unexpected", `kind in ()`: "unexpected", `id = 7`: "unknown_value",
			strings.Repeat("not ", 11) + "kind = data":       "too_deep",
			strings.Repeat("(", 11) + "kind=data":            "too_deep",
			"minutes in (" + strings.Repeat("1,", 50) + "1)": "too_many",
			`title = "` + strings.Repeat("x", 2000) + `"`:    "too_long",
			"title = \"\x00\"":                               "bad_characters",
		} {
			for _, path := range []string{"/notes?filter=", "/search?q=above&filter="} {
				resp, body := s.ask(path + url.QueryEscape(filter))
				if resp.StatusCode != 400 || !strings.Contains(body, `"code":"bad_filter"`) || !strings.Contains(body, `"pointer":"filter","code":"`+code+`"`) {
					t.Errorf("%.60s: %d %s", filter, resp.StatusCode, body)
				}
			}
		}
		t.Run("an issue in the making cannot be told from none", func(t *testing.T) {
			resp, held := s.ask("/notes?series=letter&issue=2026-08")
			_, none := s.ask("/notes?series=letter&issue=2026-09")
			id := func(body string) string {
				return body[strings.Index(body, `"code"`):strings.Index(body, `"request_id"`)]
			}
			if resp.StatusCode != 400 || !strings.Contains(held, "unknown_name") || strings.Contains(held, "delta") || id(held) != id(none) {
				t.Errorf("%d %s, %s", resp.StatusCode, held, none)
			}
		})
		t.Run("a search is narrowed", func(t *testing.T) {
			if got, _ := s.slugs(t, "/search?q=above&filter="+url.QueryEscape("gate = members")); strings.Join(got, " ") != "delta" {
				t.Error(got)
			}
			if got, _ := s.slugs(t, "/search?q=above&limit=1&sort=recent&filter="+url.QueryEscape("slug = beta")); strings.Join(got, " ") != "beta" {
				t.Error(got)
			}
		})
		t.Run("totals are counted when they are asked for", func(t *testing.T) {
			_, body := s.ask("/notes?limit=1&total=true&filter=" + url.QueryEscape("series = letter"))
			if _, plain := s.ask("/notes?limit=1"); !strings.Contains(body, `"total":3`) || strings.Contains(plain, "total") {
				t.Error(body, plain)
			}
		})
	})
}

func TestAFrontEndSorts(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := newShelf(t, e)
		cursors := map[string]string{}
		for order, want := range map[string]string{
			"-published_at": "epsilon delta gamma-ray beta alpha", "published_at": "alpha beta gamma-ray delta epsilon",
			"-changed_at": "epsilon delta gamma-ray beta alpha", "changed_at": "alpha beta gamma-ray delta epsilon",
			"title": "alpha beta delta epsilon gamma-ray", "-title": "gamma-ray epsilon delta beta alpha",
		} {
			var all []string
			path := "/notes?limit=2&sort=" + order
			for {
				some, next := s.slugs(t, path)
				if all = append(all, some...); next == "" {
					break
				}
				cursors[order] = next
				path = "/notes?limit=2&sort=" + order + "&cursor=" + next
			}
			if strings.Join(all, " ") != want {
				t.Errorf("%s: %v", order, all)
			}
		}
		if most, _ := s.slugs(t, "/notes?sort=-minutes&limit=1"); most[0] != "beta" {
			t.Error(most)
		}
		for order, cursor := range cursors {
			for other := range cursors {
				resp, body := s.ask("/notes?sort=" + other + "&cursor=" + cursor)
				if refused := resp.StatusCode == 400 && strings.Contains(body, "bad_cursor"); refused != (order != other) {
					t.Errorf("a cursor of %s in %s: %d %s", order, other, resp.StatusCode, body)
				}
			}
		}
		for _, path := range []string{"/notes?sort=words", "/notes?sort=body", "/notes?sort=title,minutes", "/notes?sort=title&cursor=AAAA", "/notes?sort=title&cursor=_wV0aXRsZQ"} {
			if resp, body := s.ask(path); resp.StatusCode != 400 {
				t.Errorf("%s: %d %s", path, resp.StatusCode, body)
			}
		}
		t.Run("the Link header leads on, without the key", func(t *testing.T) {
			resp, _ := s.v.get("/api/content/v1/notes?limit=2&sort=title&key=" + s.key)
			to := strings.TrimSuffix(strings.TrimPrefix(resp.Header.Get("Link"), "<"), `>; rel="next"`)
			if strings.Contains(to, s.key) || !strings.HasPrefix(to, "/api/content/v1/notes?limit=2&sort=title&cursor=") {
				t.Fatal(to)
			}
			if got, _ := s.slugs(t, strings.TrimPrefix(to, "/api/content/v1")); strings.Join(got, " ") != "delta epsilon" {
				t.Error(got)
			}
		})
	})
}

func TestAFrontEndShapesAnswers(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := newShelf(t, e)
		reader := s.subscriber(t, "reader@example.com", "reader")
		member := []string{"Authorization", "Bearer " + reader.token}
		id := s.idOf(t, "beta").String()
		for _, x := range []struct {
			path   string
			header []string
			has    []string
			hasNot []string
		}{
			{"/notes?fields=slug,title&limit=1", nil, []string{`{"notes":[{"slug":"epsilon","title":"Epsilon, corrected"}],"next":"`}, nil},
			{"/notes?filter=slug=beta", nil, []string{`"access":{"decision":"preview","reason":"subscription_required","unlock":["sign_in","subscribe"]}`}, []string{"teaser"}},
			{"/notes?filter=slug=beta", member, []string{`"access":{"decision":"full"`}, nil},
			{"/notes?filter=slug=beta&include=authors,topics,issue", nil, []string{`"included":{"authors":[{"id":"`, `"bio":"Counts."`, `"description":"Foils."`, `"editorial_html":"<p>Open <em>words</em>.</p>\n"`}, nil},
			{"/notes/" + id, nil, []string{`"slug":"beta"`, `"html":"<p>Above <em>all</em>.</p>\n"`}, []string{"hidden"}},
			{"/notes/beta?format=markdown", nil, []string{`"teaser":{"markdown":"Above *all*.\n"`}, []string{"hidden", `"html"`}},
			{"/notes/beta?format=text", nil, []string{`"teaser":{"text":"Above all.`}, []string{"hidden", `"html"`}},
			{"/notes/beta?format=markdown", member, []string{`"text":{"markdown":"Above *all*.\n\n\n\nhidden`}, []string{"paywall"}},
			{"/notes/beta?fields=text,slug", member, []string{`"slug":"beta","text":{"html":`, "hidden"}, []string{"teaser"}},
			{"/notes/beta?fields=text,slug", nil, []string{`{"slug":"beta"}`}, nil},
			{"/notes/beta?include=related&fields=slug", nil, []string{`"included":{"related":[{`}, []string{"hidden"}},
			{"/search?q=above&fields=slug&filter=slug=beta", nil, []string{`{"notes":[{"slug":"beta"}]}`}, nil},
			{"/issues", nil, []string{`"slug":"2026-07"`, `"label":"July 2026"`, `"number":7`}, []string{"2026-08", "Secretly"}},
			{"/issues/letter/2026-07", nil, []string{`"title":"Seven"`, `"notes":[{`, `"slug":"beta"`}, []string{"hidden"}},
			{"/series", nil, []string{`"slug":"letter"`}, nil},
			{"/series/letter", nil, []string{`"description":"Monthly."`}, nil},
			{"/topics", nil, []string{`"slug":"film"`, `"slug":"glass"`}, nil},
			{"/topics/film", nil, []string{`"description":"Foils."`}, nil},
			{"/authors", nil, []string{`"role":"Analyst"`}, nil},
			{"/authors/ada-lind", nil, []string{`"bio":"Counts."`}, nil},
			{"/plans", nil, []string{`"slug":"reader"`, `"interval":"`, `"currency":"`}, []string{"stripe"}},
			{"/settings", nil, []string{`"name":"`, `"languages":["en"]`, `"contact":{`}, []string{"four_eyes", "sharing", "company_domains", "refuse_ai"}},
		} {
			resp, body := s.ask(x.path, append([]string{"Accept-Encoding", "identity"}, x.header...)...)
			if resp.StatusCode != 200 {
				t.Errorf("%s: %d %s", x.path, resp.StatusCode, body)
			}
			for _, has := range x.has {
				if !strings.Contains(body, has) {
					t.Errorf("%s lacks %s: %s", x.path, has, body)
				}
			}
			for _, not := range x.hasNot {
				if strings.Contains(body, not) {
					t.Errorf("%s holds %s: %s", x.path, not, body)
				}
			}
			private := resp.Header.Get("Cache-Control") == "private, no-store"
			if keys := resp.Header.Get("Surrogate-Key"); private != (x.header != nil) || private != (keys == "") || private != (resp.Header.Get("ETag") == "") || strings.ReplaceAll(keys, " ", ",") != resp.Header.Get("Cache-Tag") {
				t.Errorf("%s: %v", x.path, resp.Header)
			}
			head, _ := s.v.send(http.MethodHead, "/api/content/v1"+x.path, nil, append([]string{"X-Api-Key", s.key}, x.header...)...)
			if head.StatusCode != 200 || head.Header.Get("ETag") != resp.Header.Get("ETag") {
				t.Errorf("HEAD %s: %d %v", x.path, head.StatusCode, head.Header)
			}
		}
		for path, want := range map[string]struct {
			status int
			body   string
		}{
			"/notes?fields=slug,body":                     {400, `"pointer":"fields"`},
			"/notes?fields=text":                          {400, `"pointer":"fields"`},
			"/notes?include=related":                      {400, `"pointer":"include"`},
			"/notes/beta?include=revision":                {400, `"pointer":"include"`},
			"/notes/beta?format=pdf":                      {422, `"pointer":"format"`},
			"/notes/beta?revision=1":                      {400, `"pointer":"revision"`},
			"/issues/letter/2026-08":                      {404, "issue_not_found"},
			"/issues?series=gold":                         {400, `"pointer":"series"`},
			"/issues?cursor=AAAA":                         {400, "bad_cursor"},
			"/topics/gold":                                {404, "topic_not_found"},
			"/notes/00000000-0000-0000-0000-000000000000": {404, "note_not_found"},
			"/changes?since=x":                            {400, "bad_cursor"},
			"/changes?since=Y3____________":               {400, "bad_cursor"},
			"/settings?x=1":                               {400, "unknown_parameter"},
		} {
			if resp, body := s.ask(path); resp.StatusCode != want.status || !strings.Contains(body, want.body) {
				t.Errorf("%s: %d %s", path, resp.StatusCode, body)
			}
		}
		t.Run("a tag saves the body, packed or not", func(t *testing.T) {
			for _, coding := range []string{"gzip", "identity"} {
				first, _ := s.ask("/notes", "Accept-Encoding", coding)
				again, _ := s.ask("/notes", "Accept-Encoding", coding, "If-None-Match", first.Header.Get("ETag"))
				if again.StatusCode != http.StatusNotModified || (first.Header.Get("Content-Encoding") == "gzip") != (coding == "gzip") {
					t.Errorf("%s: %d %v", coding, again.StatusCode, first.Header)
				}
			}
		})
		t.Run("the settings follow the owner", func(t *testing.T) {
			_, _, err := s.publication.Change(s.staff, "", func(x *publication.Settings) { x.Tagline = "Light, counted." })
			if _, body := s.ask("/settings"); err != nil || !strings.Contains(body, "Light, counted.") {
				t.Error(err, body)
			}
		})
	})
}
