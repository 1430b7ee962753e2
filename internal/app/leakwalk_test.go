package app

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/typeset/typesettest"
)

// find looks for hidden words in an answer. Words that the request itself held
// do not count: a search page repeats what was typed.
func (p *planted) find(t *testing.T, who *reader, request string, resp *http.Response, body string) {
	t.Helper()
	if strings.HasPrefix(body, "%PDF") { // whose words are packed, and written in codes of their fonts
		body += typesettest.Text([]byte(body))
	}
	text := strings.ToLower(body)
	for name, values := range resp.Header {
		text += "\n" + strings.ToLower(name+": "+strings.Join(values, ", "))
	}
	if !strings.Contains(text, planting) && !strings.Contains(text, p.number) {
		return
	}
	asked := strings.ToLower(request)
	for _, w := range append(slices.Clone(p.words), p.number) {
		if who.pays && (p.forPaid[w] || w == p.number) {
			continue
		}
		if strings.Contains(text, strings.ToLower(w)) && !strings.Contains(asked, strings.ToLower(w)) {
			at := strings.Index(text, strings.ToLower(w))
			t.Errorf("%s finds %q in %s (status %d): …%s…", who.name, w, request, resp.StatusCode, text[max(0, at-60):min(len(text), at+60)])
		}
	}
}

// values are what is tried in the place of every route parameter, whatever its
// name: so a new route is covered without being named here.
func (p *planted) values(pattern, parameter string) []string {
	all := append([]string{"letter", "2026-07", "2026-08", "film", "ada-lind", "1", "2", "terms", "full.png"}, p.slugs...)
	for _, id := range slices.Concat(p.ids, p.files) {
		all = append(all, id.String())
	}
	switch {
	case parameter == "name" || parameter == "series": // of what is no note
		return []string{"letter", "film", "ada-lind", p.slugs[0], p.ids[0].String()}
	case parameter == "*" || strings.HasPrefix(parameter, "*"):
		return []string{"portal.css", "../templates/portal/note.html", "."}
	case strings.HasPrefix(pattern, "/preview/"): // tokens that are none would soon be met by the limit alone
		return p.previews
	case strings.HasPrefix(pattern, "/api/admin/"): // closed before it looks at anything
		return []string{p.slugs[0], p.ids[0].String()}
	case strings.Contains(parameter, "token"):
		return []string{"x", p.slugs[0]}
	default:
		return all
	}
}

// paths fills a route's pattern in every way.
func (p *planted) paths(pattern string) []string {
	out := []string{""}
	for part := range strings.SplitSeq(strings.TrimPrefix(pattern, "/"), "/") {
		values := []string{part}
		if strings.HasSuffix(part, ".csv") { // files are numbered
			values = []string{"1.csv", "2.csv"}
		} else if name, ok := strings.CutPrefix(part, ":"); ok {
			values = p.values(pattern, name)
			if len(out) > 1 { // a second parameter: enough to meet the first in every way that means something
				values = []string{"1", "2", "2026-07", p.slugs[0], p.ids[0].String()}
			}
		} else if strings.HasPrefix(part, "*") || strings.HasPrefix(part, "+") {
			values = p.values(pattern, "*")
		}
		var next []string
		for _, begin := range out {
			for _, v := range values {
				next = append(next, begin+"/"+url.PathEscape(v))
			}
		}
		out = next
	}
	return out
}

// queries are parameters that are put on every address; each API answers those
// it does not know with an error, which must not tell anything either.
func (p *planted) queries() []string {
	return []string{
		"", "?limit=100", "?format=markdown", "?fields=body,html,text", "?include=body,revision", "?status=draft", "?revision=1",
		"?version=2", "?preview=1", "?filter=body:zq0xparagraph", "?sort=words", "?q=zq0xparagraph", "?cursor=AAAA", "?gate=public", "?kind=research-note",
	}
}

func TestNoHiddenWordReachesAnybodyWithoutAccess(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		p := plant(t, e)
		key := p.contentKey(t)
		free := p.member(t, "free@example.com")
		lapsed := p.subscriber(t, "lapsed@example.com", "reader")
		subscriber := p.subscriber(t, "subscriber@example.com", "house")

		t.Run("a subscriber finds the words, so the search for them can fail", func(t *testing.T) {
			_, page := subscriber.get("/notes/" + p.slugs[0])
			_, api := p.stranger(t).get("/api/content/v1/notes/"+p.slugs[0], "X-Api-Key", key, "Authorization", "Bearer "+subscriber.token)
			var missing []string
			for _, w := range p.words[:len(p.words)] {
				if strings.HasPrefix(w, "zq0x") && (!strings.Contains(page, w) || !strings.Contains(api, w)) {
					missing = append(missing, w)
				}
			}
			if len(missing) > 0 || !strings.Contains(page, "zq25x") || !strings.Contains(page, "87,654,321") {
				t.Errorf("missing %v", missing)
			}
		})
		t.Run("a preview in full shows them, and one for other readers the teaser", func(t *testing.T) {
			if _, page := p.stranger(t).get("/preview/" + p.proof); !strings.Contains(page, p.proofed) {
				t.Error("the words are not in the full preview")
			}
			for _, token := range p.previews {
				if resp, page := p.stranger(t).get("/preview/" + token); resp.StatusCode != http.StatusOK || !strings.Contains(page, "Openly printed") {
					t.Errorf("%d", resp.StatusCode)
				}
			}
		})
		t.Run("while lapsed still subscribed they read", func(t *testing.T) {
			if _, page := lapsed.get("/notes/" + p.slugs[0]); !strings.Contains(page, "zq0xparagraph") {
				t.Error("the subscription does not open the note")
			}
		})
		// From here on the lapsed member's requests with a token come by an access
		// token of a front end, which opened the note, too.
		lapsed.token, _ = p.program(t, lapsed.email)
		if _, api := p.stranger(t).get("/api/content/v1/notes/"+p.slugs[0], "X-Api-Key", key, "Authorization", "Bearer "+lapsed.token); !strings.Contains(api, "zq0xparagraph") {
			t.Error("the access token opens nothing, so it could not open too much")
		}
		if err := p.billing.EndAll(p.staff, lapsed.id); err != nil {
			t.Fatal(err)
		}

		// Free members may read one note a month, and each has read it: that
		// one opens to them, and not a word of another.
		must(p.billing.ChangeSalesRules(p.staff, func(r *billing.SalesRules) { r.FreeNotes = 1 }))
		decoy := p.publish(t, paid("Decoy", "Above.\n\n<!-- paywall -->\n\nThe free note of the month.")).Note.Slug
		for _, who := range []*visitor{free, lapsed} {
			if _, page := who.get("/notes/" + decoy); !strings.Contains(page, "The free note of the month.") {
				t.Fatal("the month's free note does not open")
			}
		}
		// And who bought one note has that one, and not a word of another.
		bought := p.publish(t, paid("Bought", "Above.\n\n<!-- paywall -->\n\nThe note that was bought."))
		must(p.billing.PriceNote(p.staff, bought.Note.ID, 900, "eur"))
		free.paysFor(t, "/buy", url.Values{"note": {bought.Note.Slug}}, "/buy/return")
		if _, page := free.get("/notes/" + bought.Note.Slug); !strings.Contains(page, "The note that was bought.") {
			t.Fatal("the note that was bought does not open")
		}

		readers := []*reader{
			{"a stranger", p.stranger(t), p.stranger(t), false},
			{"a free member", free, p.member(t, free.email), false},
			{"a lapsed member", lapsed, p.member(t, lapsed.email), false},
			{"a subscriber to another plan", p.subscriber(t, "other@example.com", "reader"), p.member(t, "other@example.com"), true},
		}
		var asked atomic.Int64
		var wg sync.WaitGroup
		routes, seen := p.node.server.App.GetRoutes(true), map[string]bool{}
		for i := range routes { // programs and people have handlers of their own at one address
			if at := routes[i].Method + " " + routes[i].Path; seen[at] {
				routes[i].Method = http.MethodOptions
			} else {
				seen[at] = true
			}
		}
		for _, who := range readers {
			wg.Go(func() {
				for _, route := range routes {
					if route.Method != http.MethodOptions && route.Method != http.MethodTrace && route.Method != http.MethodConnect {
						asked.Add(int64(p.ask(t, who, key, route.Method, route.Path)))
					}
				}
			})
		}
		wg.Wait()
		t.Logf("%d requests", asked.Load())
		if asked.Load() < 5000 {
			t.Errorf("only %d requests were made", asked.Load())
		}
		t.Run("letters", func(t *testing.T) {
			var all []struct{ Raw []byte }
			if err := p.db.Read(t.Context()).Table("mailbox_messages").Select("raw").Scan(&all).Error; err != nil || len(all) < 5 {
				t.Fatal(len(all), err)
			}
			for _, m := range all {
				p.find(t, &reader{name: "somebody"}, "the mailbox", &http.Response{}, string(m.Raw))
			}
		})
		t.Run("metrics, journal and jobs", func(t *testing.T) {
			resp, body := p.stranger(t).get("/metrics")
			p.find(t, &reader{name: "an operator"}, "/metrics", resp, body)
			for _, table := range []string{"river_job", "stripe_events", "search_documents"} {
				p.find(t, &reader{name: "a table"}, table, &http.Response{}, p.dump(t, table))
			}
		})
	})
}

// reader is somebody without access, or with access to some notes only. spare
// is another session of theirs, for requests that end the session they come by.
type reader struct {
	name string
	*visitor
	spare *visitor
	pays  bool
}

// ask makes every request of a route as one reader, and looks at the answers.
func (p *planted) ask(t *testing.T, who *reader, key, method, pattern string) (n int) {
	t.Helper()
	v := who.visitor
	if ends(pattern) {
		v = who.spare
	}
	headers := [][]string{{}, {"Accept", "application/json"}}
	if strings.HasPrefix(pattern, "/notes/:slug") { // which are documents, too
		headers = append(headers, []string{"Accept", "text/markdown"})
	}
	if strings.HasPrefix(pattern, "/api/") {
		headers = [][]string{{"X-Api-Key", key}, {}}
		if v.token != "" {
			headers = [][]string{{"X-Api-Key", key, "Authorization", "Bearer " + v.token}, {"X-Api-Key", key}}
		}
	}
	paths := p.paths(pattern)
	for _, path := range paths {
		queries := p.queries()
		if method != http.MethodGet || len(paths) > 40 || strings.HasPrefix(path, "/api/admin/") {
			queries = []string{""}
		}
		for _, query := range queries {
			for i, h := range headers {
				resp, body := p.send(v, method, path+query, h)
				p.find(t, who, method+" "+path+query, resp, body)
				n++
				if method != http.MethodGet || query != "" || i > 0 || len(paths) > 40 || resp.StatusCode >= http.StatusBadRequest {
					continue
				}
				for _, other := range otherwise(resp) {
					resp, body := p.send(v, method, path, append(slices.Clone(h), other...))
					p.find(t, who, fmt.Sprint(method, " ", path, " ", other), resp, body)
					n++
				}
			}
		}
	}
	return n
}

// otherwise are other ways to ask for what was just answered.
func otherwise(resp *http.Response) [][]string {
	ways := [][]string{
		{"Accept", "text/markdown, text/plain"}, {"Accept", "application/rss+xml, application/ld+json"}, {"Range", "bytes=0-99999"}, {"Range", "bytes=-500"},
		{"If-None-Match", `"x"`}, {"If-Modified-Since", "Thu, 01 Jan 2015 00:00:00 GMT"}, {"X-Forwarded-For", "127.0.0.1"}, {"Accept-Encoding", "identity"},
	}
	if tag := resp.Header.Get("ETag"); tag != "" {
		ways = append(ways, []string{"If-None-Match", tag}, []string{"If-Match", tag})
	}
	return ways
}

// listenFor is how long a stream is heard. What has happened before comes first
// and at once.
const listenFor = 400 * time.Millisecond

// listen hears what a stream tells, for a moment.
func (v *visitor) listen(path string, header []string) (*http.Response, string) {
	v.t.Helper()
	ctx, done := context.WithTimeout(v.t.Context(), listenFor)
	defer done()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, v.house.cfg.BaseURL+path, http.NoBody)
	if err != nil {
		v.t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := v.client.Do(req)
	if err != nil {
		v.t.Errorf("%s: %v", path, err)
		return &http.Response{StatusCode: http.StatusGatewayTimeout, Header: http.Header{}}, ""
	}
	defer func() { _ = resp.Body.Close() }()
	text, _ := io.ReadAll(resp.Body) // it ends with the moment
	return resp, string(text)
}

func (p *planted) send(v *visitor, method, path string, header []string) (*http.Response, string) {
	if at, _, _ := strings.Cut(path, "?"); strings.HasSuffix(at, "/events") && method == http.MethodGet {
		return v.listen(path, append(header, "Last-Event-ID", "0"))
	}
	switch method {
	case http.MethodGet, http.MethodHead:
		return v.send(method, path, nil, header...)
	}
	body, contentType := `{}`, "application/json"
	if !strings.HasPrefix(path, "/api/") {
		body, contentType = "q=x&note="+p.slugs[0]+"&next=/notes/"+p.slugs[0], "application/x-www-form-urlencoded"
	}
	return v.send(method, path, strings.NewReader(body), append([]string{"Content-Type", contentType, "Sec-Fetch-Site", "same-origin"}, header...)...)
}

func (p *planted) dump(t *testing.T, table string) string {
	t.Helper()
	var rows []map[string]any
	if err := p.db.Read(t.Context()).Table(table).Find(&rows).Error; err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		for k, v := range row {
			if b, ok := v.([]byte); ok {
				row[k] = string(b)
			}
		}
	}
	raw, err := json.Marshal(rows)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
