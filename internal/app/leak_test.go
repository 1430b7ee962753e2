package app

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/db/dbtest"
)

// secrets plants a different word in every construct of a gated text. No word
// occurs anywhere else, so finding one in an answer is a leak, and the word
// says which construct leaked.
type secrets struct{ words []string }

func (s *secrets) word(construct string) string {
	w := fmt.Sprintf("zq%dx%s", len(s.words), construct)
	s.words = append(s.words, w)
	return w
}

// body is a text with public words above the paywall and every construct below.
func (s *secrets) body(paywall bool) string {
	w := s.word
	wall := "<!-- paywall -->\n\n"
	if !paywall {
		wall = ""
	}
	return "Openly printed preview.[^pub] See [the list][pub].\n\n" + wall +
		"A " + w("paragraph") + " with **" + w("strong") + "**, *" + w("emphasis") + "*, ~~" + w("strike") + "~~ and `" + w("inlinecode") + "`.\n\n" +
		"## Heading " + w("heading") + "\n\n### Sub " + w("subheading") + "\n\nSetext " + w("setext") + "\n------\n\n" +
		"| " + w("tableheader") + " | b |\n|---|---:|\n| " + w("tablecell") + " | 1 |\n\n" +
		"```go title=\"" + w("codemeta") + "\"\n" + w("codeblock") + "\n```\n\n    " + w("indentedcode") + "\n\n" +
		"Text.[^hid] Again.[^pub]\n\n" +
		"![" + w("alttext") + "](/media/" + w("imageaddress") + ".png \"" + w("caption") + "\")\n\n" +
		"![" + w("refalt") + "][refimage]\n\n" +
		"[" + w("linktext") + "](https://" + w("linkhost") + ".example/" + w("linkpath") + " \"" + w("linktitle") + "\") and [" + w("reflinktext") + "][reflink] <https://" + w("autolink") + ".example>\n\n" +
		"```chart\ntype: bar\ntitle: " + w("charttitle") + "\nunit: " + w("chartunit") + "\nsource: " + w("chartsource") + "\nx: [" + w("chartlabel") + ", b]\nseries:\n  - {name: " + w("chartseries") + ", data: [87654321, 2]}\n```\n\n" +
		"> [!NOTE]\n> A " + w("callout") + ".\n\n> " + w("quote") + "\n\n" +
		"- " + w("listitem") + "\n  1. " + w("nesteditem") + "\n- [ ] " + w("taskitem") + "\n\n" +
		"<details>\n<summary>" + w("summary") + "</summary>\n\n" + w("details") + "\n\n</details>\n\n" +
		"H<sub>" + w("rawhtml") + "</sub> <!-- " + w("comment") + " --> <span title=\"" + w("rawattribute") + "\">" + w("rawtag") + "</span>\n\n" +
		"Last " + w("lastline") + ".\n\n" +
		"[^pub]: A public footnote.\n\n[^hid]: A " + w("footnote") + " that refers on.[^deep]\n\n[^deep]: And " + w("deepfootnote") + ".\n\n" +
		"[pub]: https://public.example/\n[reflink]: https://" + w("refaddress") + ".example/ \"" + w("reftitle") + "\"\n[refimage]: /media/" + w("refimageaddress") + ".png \"" + w("refcaption") + "\"\n"
}

// planted is a house with notes behind every gate, a draft, pending changes to
// a public note and a withdrawn note; all their hidden words are in secrets.
type planted struct {
	*house
	secrets
	number string // a number in the hidden chart's data
	slugs  []string
	ids    []uuid.UUID
}

func plant(t *testing.T, e dbtest.Engine) *planted {
	t.Helper()
	p := &planted{house: newHouse(t, e), number: "87654321"}
	h := p.house
	h.plan(t, "reader", 0)
	h.plan(t, "house", 1)
	must(h.desk.PutSeries(h.staff, content.Label{Name: "Letter"}))
	must(h.desk.PutIssue(h.staff, content.IssueInput{Series: "letter", Label: "July 2026", Number: 7, Editorial: "An open editorial."}))
	must(h.desk.PutTopic(h.staff, content.Label{Name: "Film"}))
	must(h.desk.PutAuthor(h.staff, content.Label{Name: "Ada Lind", Role: "Analyst"}))
	add := func(title string, gate access.GateKind, plans []string, body string) *content.DraftView {
		v := h.publish(t, content.Input{
			Title: title, Abstract: "Open abstract.", Body: body, Gate: gate, GatePlans: plans,
			Series: "letter", Issue: "2026-07", Topics: []string{"film"}, Authors: []string{"ada-lind"},
		})
		p.slugs, p.ids = append(p.slugs, v.Note.Slug), append(p.ids, v.Note.ID)
		return v
	}
	add("Gated paid", access.Paid, nil, p.body(true))
	add("Gated plans", access.Plans, []string{"house"}, p.body(true))
	add("Gated nobody", access.Plans, nil, p.body(true))
	add("No paywall", access.Paid, nil, p.body(false))

	// What was behind the gate before an update stays behind it, by any number.
	for title, gate := range map[string]access.GateKind{"Corrected": access.Paid, "Closed later": access.Public} {
		body := p.body(true)
		if gate == access.Public {
			body = p.word("onceopen")
		}
		v := add(title, gate, nil, body)
		in := v.Input()
		in.Body, in.Gate = p.body(true), access.Paid
		must(h.desk.Save(h.staff, v.Note.ID, 0, in))
		must(h.desk.Publish(h.staff, v.Note.ID, content.Publish{Change: content.Major, Notice: "An open notice."}))
	}

	live := add("Changed later", access.Public, nil, "All of this is open.")
	in := live.Input()
	in.Title, in.Abstract, in.Body, in.SEOTitle, in.CoverAlt = p.word("drafttitle"), p.word("draftabstract"), p.word("draftbody"), p.word("draftseo"), p.word("draftalt")
	must(h.desk.Save(h.staff, live.Note.ID, 0, in))

	draft := must(h.desk.Create(h.staff, content.Input{Title: "Unborn " + p.word("unpublished"), Slug: "unborn", Abstract: p.word("unpublishedabstract"), Body: p.word("unpublishedbody")}))
	// Nothing of a note under embargo shows anywhere, not even that there is one.
	waits := must(h.desk.Create(h.staff, content.Input{
		Title: "Embargoed " + p.word("embargotitle"), Slug: "embargoed", Abstract: p.word("embargoabstract"), Body: p.word("embargobody"), Gate: access.Public,
		Series: "letter", Issue: "2026-07", Topics: []string{"film"}, Authors: []string{"ada-lind"},
	}))
	tomorrow := h.clock.Now().AddDate(0, 0, 1).Format("2006-01-02T15:04")
	must(h.desk.Schedule(h.staff, waits.Note.ID, content.ScheduleInput{Action: content.DoPublish, At: tomorrow}))
	p.slugs, p.ids = append(p.slugs, "embargoed"), append(p.ids, waits.Note.ID)

	gone := add("Withdrawn "+p.word("withdrawntitle"), access.Public, nil, p.word("withdrawnbody"))
	must(h.desk.Retract(h.staff, gone.Note.ID, 0, "Wrong sample."))
	p.slugs, p.ids = append(p.slugs, "unborn"), append(p.ids, draft.Note.ID)
	return p
}

// find looks for hidden words in an answer. Words that the request itself held
// do not count: a search page repeats what was typed.
func (p *planted) find(t *testing.T, who, request string, resp *http.Response, body string) {
	t.Helper()
	text := strings.ToLower(body)
	for name, values := range resp.Header {
		text += "\n" + strings.ToLower(name+": "+strings.Join(values, ", "))
	}
	asked := strings.ToLower(request)
	for _, w := range append(slices.Clone(p.words), p.number) {
		if strings.Contains(text, strings.ToLower(w)) && !strings.Contains(asked, strings.ToLower(w)) {
			at := strings.Index(text, strings.ToLower(w))
			t.Errorf("%s finds %q in %s (status %d): …%s…", who, w, request, resp.StatusCode, text[max(0, at-60):min(len(text), at+60)])
		}
	}
}

// values are what is tried in the place of every route parameter, whatever its
// name: so a new route is covered without being named here.
func (p *planted) values(parameter string) []string {
	all := append([]string{"letter", "2026-07", "film", "ada-lind", "1", "2", "terms", "full.png"}, p.slugs...)
	for _, id := range p.ids {
		all = append(all, id.String())
	}
	switch {
	case parameter == "*" || strings.HasPrefix(parameter, "*"):
		return []string{"portal.css", "../templates/portal/note.html", "."}
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
		if name, ok := strings.CutPrefix(part, ":"); ok {
			values = p.values(name)
		} else if strings.HasPrefix(part, "*") || strings.HasPrefix(part, "+") {
			values = p.values("*")
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
		t.Run("while lapsed still subscribed they read", func(t *testing.T) {
			if _, page := lapsed.get("/notes/" + p.slugs[0]); !strings.Contains(page, "zq0xparagraph") {
				t.Error("the subscription does not open the note")
			}
		})
		if err := p.billing.EndAll(p.staff, lapsed.id); err != nil {
			t.Fatal(err)
		}

		readers := map[string]*visitor{"a stranger": p.stranger(t), "a free member": free, "a lapsed member": lapsed}
		// Those who hold an open subscription to another plan see some notes and not others.
		asked := 0
		for _, route := range p.node.server.App.GetRoutes(true) {
			if route.Method == http.MethodOptions || route.Method == http.MethodTrace || route.Method == http.MethodConnect {
				continue
			}
			for who, v := range readers {
				asked += p.ask(t, who, v, key, route.Method, route.Path)
			}
		}
		if asked < 2000 {
			t.Errorf("only %d requests were made", asked)
		}
		t.Run("letters", func(t *testing.T) {
			var all []struct{ Raw []byte }
			if err := p.db.Read(t.Context()).Table("mailbox_messages").Select("raw").Scan(&all).Error; err != nil || len(all) < 5 {
				t.Fatal(len(all), err)
			}
			for _, m := range all {
				p.find(t, "somebody", "the mailbox", &http.Response{}, string(m.Raw))
			}
		})
		t.Run("metrics, journal and jobs", func(t *testing.T) {
			resp, body := p.stranger(t).get("/metrics")
			p.find(t, "an operator", "/metrics", resp, body)
			for _, table := range []string{"river_job", "stripe_events", "search_documents"} {
				p.find(t, "a table", table, &http.Response{}, p.dump(t, table))
			}
		})
	})
}

// ask makes every request of a route as one reader, and looks at the answers.
func (p *planted) ask(t *testing.T, who string, v *visitor, key, method, pattern string) (n int) {
	t.Helper()
	if strings.HasSuffix(pattern, "/sign-out") || strings.Contains(pattern, "/sessions/end") || strings.HasPrefix(pattern, "/setup") {
		return 0 // these end the very session that asks
	}
	headers := [][]string{{}, {"Accept", "application/json"}}
	if strings.HasPrefix(pattern, "/api/") {
		headers = [][]string{{"X-Api-Key", key}, {}}
		if v.token != "" {
			headers = [][]string{{"X-Api-Key", key, "Authorization", "Bearer " + v.token}, {"X-Api-Key", key}}
		}
	}
	paths := p.paths(pattern)
	for _, path := range paths {
		queries := p.queries()
		if method != http.MethodGet || len(paths) > 40 {
			queries = []string{""}
		}
		for _, query := range queries {
			for _, h := range headers {
				resp, body := p.send(v, method, path+query, h)
				p.find(t, who, method+" "+path+query, resp, body)
				n++
			}
		}
	}
	return n
}

func (p *planted) send(v *visitor, method, path string, header []string) (*http.Response, string) {
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

// TestSearchIsNoOracle: what a stranger gets for a hidden word is, but for the
// word itself, what they get for a word that exists nowhere.
func TestSearchIsNoOracle(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		p := plant(t, e)
		v := p.stranger(t)
		answer := func(word string) string {
			resp, body := v.get("/search?q=" + word)
			if resp.StatusCode != http.StatusOK {
				t.Fatalf("%q: %d", word, resp.StatusCode)
			}
			return strings.ReplaceAll(body, word, "WORD")
		}
		nothing := answer("zznowhere")
		if _, body := v.get("/search?q=openly"); !strings.Contains(body, "Gated paid") {
			t.Fatal("public words are not found, so this test could not fail")
		}
		for _, w := range p.words {
			if answer(w) != nothing {
				t.Errorf("the search answers differently for %s", w)
			}
		}
	})
}

// TestHiddenChangesAreInvisible: every answer to a stranger is byte for byte
// the same whatever stands below the paywall, as long as its public round
// numbers are.
func TestHiddenChangesAreInvisible(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		key := h.contentKey(t)
		body := func(hidden string) string {
			return "Open.\n\n<!-- paywall -->\n\n## " + hidden + "\n\n" + strings.Repeat(hidden+" ", 30) + "\n"
		}
		v := h.publish(t, paid("Watched", body("alpha")))
		see := func() (all []string) {
			s := h.stranger(t)
			for _, path := range []string{"/", "/notes/watched", "/feed.xml", "/search?q=watched", "/api/content/v1/notes", "/api/content/v1/notes/watched"} {
				resp, text := s.get(path, "X-Api-Key", key)
				if resp.StatusCode != http.StatusOK {
					t.Fatalf("%s: %d", path, resp.StatusCode)
				}
				all = append(all, path+" "+resp.Header.Get("ETag")+" "+resp.Header.Get("Content-Length")+" "+text)
			}
			return all
		}
		before := see()
		in := v.Input()
		in.Body = body("omega")
		must(h.desk.Save(h.staff, v.Note.ID, 0, in))
		for i, got := range see() {
			if got != before[i] {
				t.Errorf("saving a draft shows: %.80s", got)
			}
		}
	})
}
