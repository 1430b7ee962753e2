package app

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/mark3labs/mcp-go/client"
	"github.com/mark3labs/mcp-go/client/transport"
	proto "github.com/mark3labs/mcp-go/mcp"

	"lighttrends/internal/app/caller"
	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db/dbtest"
)

// assistant is a program that speaks to the house with another vendor's client.
type assistant struct {
	*testing.T
	*client.Client
}

func (h *house) assistant(t *testing.T, token string) *assistant {
	t.Helper()
	c, err := client.NewStreamableHttpClient(h.cfg.BaseURL+"/mcp", transport.WithHTTPHeaders(bearer(token)))
	if err != nil {
		t.Fatal(err)
	}
	return connected(t, c, proto.LATEST_PROTOCOL_VERSION)
}

func bearer(token string) map[string]string {
	if token == "" {
		return nil
	}
	return map[string]string{"Authorization": "Bearer " + token}
}

func connected(t *testing.T, c *client.Client, version string) *assistant {
	t.Helper()
	t.Cleanup(func() { _ = c.Close() })
	if err := c.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	var in proto.InitializeRequest
	in.Params.ProtocolVersion, in.Params.ClientInfo = version, proto.Implementation{Name: "test", Version: "1"}
	got, err := c.Initialize(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(got.Instructions, "teaser only") {
		t.Errorf("the assistant is told %q", got.Instructions)
	}
	return &assistant{t, c}
}

// call asks for something and gives the text of the answer.
func (a *assistant) call(name string, args map[string]any) (text string, refused bool) {
	a.Helper()
	var in proto.CallToolRequest
	in.Params.Name, in.Params.Arguments = name, args
	out, err := a.CallTool(a.Context(), in)
	if err != nil {
		a.Fatalf("%s: %v", name, err)
	}
	for _, part := range out.Content {
		if x, ok := part.(proto.TextContent); ok {
			text += x.Text
		}
	}
	return text, out.IsError
}

func (a *assistant) has(text string, words ...string) {
	a.Helper()
	for _, w := range words {
		if !strings.Contains(text, w) {
			a.Errorf("no %q in\n%.1500s", w, text)
		}
	}
}

func (a *assistant) lacks(text string, words ...string) {
	a.Helper()
	for _, w := range words {
		if strings.Contains(text, w) {
			a.Errorf("%q in\n%.1500s", w, text)
		}
	}
}

func (a *assistant) reads(slug string) string {
	a.Helper()
	text, refused := a.call("read_note", map[string]any{"slug": slug})
	if refused {
		a.Fatalf("%s: %s", slug, text)
	}
	return text
}

// personal makes a personal token of the member.
func (v *visitor) personal(scopes ...identity.TokenScope) (string, identity.MemberToken) {
	v.t.Helper()
	ctx := actor.With(v.t.Context(), must(v.house.identity.Resolve(v.t.Context(), v.token)).Actor())
	secret, made, err := v.house.identity.MakeMemberToken(ctx, identity.MakeToken{Name: "Assistant", Scopes: scopes})
	if err != nil {
		v.t.Fatal(err)
	}
	v.house.logged.hide(secret)
	return secret, made
}

// licence says whether assistants may read for the holders of a plan.
func (h *house) licence(t *testing.T, slug string, allowed bool) {
	t.Helper()
	p := must(h.billing.PlanBySlug(h.staff, slug))
	in := billing.PlanInput{Slug: slug, Name: p.Name, Position: p.Position, Visible: true, AIUse: allowed}
	for _, x := range p.Prices {
		in.Prices = append(in.Prices, billing.PriceInput{Interval: x.Interval, Amount: x.Amount, Currency: x.Currency})
	}
	must(h.billing.PutPlan(h.staff, in))
}

func TestAssistants(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		cfg := houseConfig(t, e)
		cfg.MCPNotesPerDay = 3
		h := reopenHouse(t, cfg)
		h.plan(t, "reader", 0)
		h.plan(t, "house", 1)
		h.licence(t, "house", true)
		must(h.desk.PutSeries(h.staff, content.Label{Name: "Letter"}))
		must(h.desk.PutTopic(h.staff, content.Label{Name: "Film"}))
		must(h.desk.PutIssue(h.staff, content.IssueInput{Series: "letter", Label: "July 2026"}))
		must(h.desk.PutAuthor(h.staff, content.Label{Name: "Ada Lind"}))
		gated := h.publish(t, content.Input{
			Title: "Gated", Abstract: "Orders fell.", Gate: access.Paid, Series: "letter", Issue: "2026-07", Topics: []string{"film"}, Authors: []string{"ada-lind"},
			Body: "Open words.\n\n<!-- paywall -->\n\n## Why zqheading\n\nThree zqsuppliers stopped. <!-- zqremark -->\n\n```\n<!-- zqcode -->\n```\n",
		})
		h.publish(t, content.Input{Title: "Open", Abstract: "For all.", Body: "Every word is open.", Gate: access.Public})
		long := h.publish(t, paid("Long", "Begins.\n\n<!-- paywall -->\n\n"+strings.Repeat("A paragraph of some words that goes on and on.\n\n", 800)+"The zqend."))
		h.publish(t, paid("Third", "Above.\n\n<!-- paywall -->\n\nThird zqtext."))
		h.publish(t, paid("Fourth", "Above.\n\n<!-- paywall -->\n\nFourth zqtext."))

		reader := h.subscriber(t, "reader@example.com", "reader")
		jun := h.subscriber(t, "jun@example.com", "house")
		secret, made := jun.personal(identity.TokenMCP)
		licensed := h.assistant(t, secret)

		t.Run("tools and resources are listed", func(t *testing.T) {
			a := &assistant{t, h.assistant(t, "").Client}
			list := must(a.ListTools(t.Context(), proto.ListToolsRequest{}))
			var names []string
			for _, tool := range list.Tools {
				names = append(names, tool.Name)
				if tool.InputSchema.Type != "object" || tool.Annotations.ReadOnlyHint == nil || !*tool.Annotations.ReadOnlyHint {
					t.Errorf("%+v", tool)
				}
			}
			if got := strings.Join(names, " "); got != "cite_note list_changes list_issues list_topics read_note search_notes" {
				t.Error(got)
			}
			templates := must(a.ListResourceTemplates(t.Context(), proto.ListResourceTemplatesRequest{}))
			if len(templates.ResourceTemplates) != 1 {
				t.Errorf("%+v", templates)
			}
		})
		t.Run("a stranger gets the teaser and how to read on", func(t *testing.T) {
			a := h.assistant(t, "")
			text := a.reads("gated")
			a.has(text, "# Gated", "Ada Lind", "Letter, July 2026", "version 1 of 1", "/notes/gated/v/1", "teaser only (subscription_required)", "/account/tokens", "plan house", "Orders fell.", "Open words.")
			a.lacks(text, "zq")
			found, _ := a.call("search_notes", map[string]any{"query": "zqsuppliers"})
			a.lacks(found, "gated")
			found, _ = a.call("search_notes", map[string]any{"query": "orders topic:film"})
			a.has(found, `"slug":"gated"`, `"access":"teaser"`)
			a.has(a.reads("open"), "Every word is open.", "Access: full")
			if _, refused := a.call("read_note", map[string]any{"slug": "gated", "part": 2}); !refused {
				t.Error("there is no second part of a teaser")
			}
		})
		t.Run("a member reads in full by a plan that allows it", func(t *testing.T) {
			a := &assistant{t, licensed.Client}
			text := a.reads("gated")
			a.has(text, "Access: full", "## Why zqheading", "Three zqsuppliers stopped.", "zqcode", "After this one 2 more notes")
			a.lacks(text, "paywall", "zqremark")
			found, _ := a.call("search_notes", map[string]any{"query": "zqsuppliers"})
			a.has(found, `"slug":"gated"`, `"access":"full"`, "zqsuppliers stopped")
			res := must(a.ReadResource(t.Context(), proto.ReadResourceRequest{Params: proto.ReadResourceParams{URI: "lighttrends://notes/gated"}}))
			a.has(fmt.Sprint(res.Contents), "zqheading")
		})
		t.Run("by a plan that does not, they get the teaser", func(t *testing.T) {
			if _, page := reader.get("/notes/gated"); !strings.Contains(page, "zqheading") {
				t.Fatal("the reader cannot read it at all")
			}
			token, _ := reader.personal(identity.TokenMCP)
			a := h.assistant(t, token)
			text := a.reads("gated")
			a.has(text, "teaser only (ai_use_not_licensed)", "plan house", "Open words.")
			a.lacks(text, "zq", "/account/tokens")
			found, _ := a.call("search_notes", map[string]any{"query": "zqsuppliers"})
			a.lacks(found, "gated")
		})
		t.Run("lists and citations", func(t *testing.T) {
			a := &assistant{t, licensed.Client}
			in := gated.Input()
			in.Body += "\nMore.\n"
			must(h.desk.Save(h.staff, gated.Note.ID, 0, in))
			must(h.desk.Publish(h.staff, gated.Note.ID, content.Publish{Change: content.Major, Notice: "Two suppliers, not three."}))
			cited, _ := a.call("cite_note", map[string]any{"slug": h.cfg.BaseURL + "/notes/gated"})
			a.has(cited, "Lind, A.", "(Version 2)", "@techreport{lind", "/notes/gated/v/2")
			cited, _ = a.call("cite_note", map[string]any{"slug": "gated", "version": 1})
			a.has(cited, "(Version 1)")
			issues, _ := a.call("list_issues", nil)
			a.has(issues, `"label":"July 2026"`, `"slug":"gated"`)
			topics, _ := a.call("list_topics", map[string]any{})
			a.has(topics, `"slug":"film"`, `"slug":"ada-lind"`, `"slug":"letter"`)
			changed, _ := a.call("list_changes", map[string]any{"since": time.Now().UTC().AddDate(0, 0, -1).Format(time.DateOnly), "limit": 2})
			a.has(changed, `"slug":"gated"`, "Two suppliers, not three.", `"more":true`)
			changed, _ = a.call("list_changes", map[string]any{"since": time.Now().UTC().Add(time.Hour).Format(time.RFC3339)})
			a.has(changed, `"notes":[]`)
		})
		t.Run("what is asked wrongly is said so", func(t *testing.T) {
			a := &assistant{t, licensed.Client}
			for _, bad := range []struct {
				tool, code string
				args       map[string]any
			}{
				{"read_note", "note_not_found", map[string]any{"slug": "nothing-like-it"}},
				{"read_note", "note_not_found", map[string]any{}},
				{"read_note", "(bad_arguments)\n- slug: ", map[string]any{"slug": 7}},
				{"read_note", "(bad_arguments)\n- format: ", map[string]any{"slug": "gated", "format": "html"}},
				{"read_note", "bad_arguments", map[string]any{"slug": "gated", "part": -1}},
				{"read_note", "version_not_found", map[string]any{"slug": "gated", "version": 99}},
				{"read_note", "version_not_found", map[string]any{"slug": "gated", "version": 9_999_999_999}},
				{"read_note", "bad_arguments", map[string]any{"slug": "gated\x00"}},
				{"cite_note", "bad_arguments", map[string]any{"slug": "\x00"}},
				{"search_notes", "bad_arguments", map[string]any{"query": "orders\x00"}},
				{"read_note", "part_not_found", map[string]any{"slug": "gated", "part": 99}},
				{"search_notes", "query", map[string]any{"query": "  "}},
				{"search_notes", "limit", map[string]any{"query": "x", "limit": 1000}},
				{"list_changes", "since", map[string]any{"since": "yesterday"}},
				{"list_issues", "series_not_found", map[string]any{"series": "none"}},
			} {
				if text, refused := a.call(bad.tool, bad.args); !refused || !strings.Contains(text, bad.code) {
					t.Errorf("%s %v: %v, %s", bad.tool, bad.args, refused, text)
				}
			}
		})
		t.Run("no address breaks anything", func(t *testing.T) {
			for _, uri := range []string{"lighttrends://notes/a\x00b", "lighttrends://notes/", "lighttrends://notes/\xff", "lighttrends://notes/%00"} {
				_, err := licensed.ReadResource(t.Context(), proto.ReadResourceRequest{Params: proto.ReadResourceParams{URI: uri}})
				if err == nil || strings.Contains(err.Error(), "internal") {
					t.Errorf("%q: %v", uri, err)
				}
			}
		})
		t.Run("a long note comes in parts", func(t *testing.T) {
			a := &assistant{t, licensed.Client}
			first := a.reads("long")
			a.has(first, "Access: full, part 1 of 2", "read_note with part 2")
			a.lacks(first, "zqend")
			second, _ := a.call("read_note", map[string]any{"slug": "long", "part": 2})
			a.has(second, "The zqend.")
			_ = long
		})
		t.Run("the caps of the day hold, and reading is recorded", func(t *testing.T) {
			a := &assistant{t, licensed.Client}
			a.has(a.reads("third"), "Third zqtext.", "After this one 0 more notes")
			text, refused := a.call("read_note", map[string]any{"slug": "fourth"})
			if !refused {
				t.Error("a note above the cap is given")
			}
			a.has(text, "daily_notes_reached", "3 notes")
			a.lacks(text, "zqtext")
			a.has(a.reads("gated"), "zqheading") // read already
			a.has(a.reads("open"), "Every word is open.")
			rows := must(h.reading.UsageSince(h.staff, jun.id, time.Now().Add(-24*time.Hour)))
			notes, words := map[string]int{}, 0
			for _, r := range rows {
				notes[r.Surface]++
				words += r.Words
			}
			if notes["mcp"] != 3 || notes["mcp.public"] != 1 || words < 1000 {
				t.Errorf("%v, %d words", notes, words)
			}
			resp, body := h.stranger(t).get("/api/admin/v1/members/"+jun.id.String()+"/assistants", "Authorization", "Bearer "+h.adminKey(t))
			if resp.StatusCode != http.StatusOK || strings.Count(body, `"surface":"mcp"`) != 3 {
				t.Errorf("the desk is told %d %s", resp.StatusCode, body)
			}
			if history, _, err := h.reading.History(h.staff, jun.id, "", 10); err != nil || len(history) != 0 {
				t.Errorf("what a program reads is not what the member has read: %+v, %v", history, err)
			}
		})
		t.Run("over standard input and output", func(t *testing.T) {
			in, toRelay := io.Pipe()
			fromRelay, out := io.Pipe()
			relay := caller.Relay{URL: h.cfg.BaseURL, Token: secret, In: in, Out: out, Err: io.Discard}
			ctx, stop := context.WithCancel(t.Context())
			ended := make(chan error, 1)
			go func() { ended <- relay.Run(ctx) }()
			c := client.NewClient(transport.NewIO(fromRelay, toRelay, io.NopCloser(strings.NewReader(""))))
			a := connected(t, c, "2025-11-25")
			a.has(a.reads("gated"), "Three zqsuppliers stopped.")
			stop()
			if err := <-ended; err != nil {
				t.Error(err)
			}
		})
		t.Run("a licence that is taken back closes at the next request", func(t *testing.T) {
			a := &assistant{t, licensed.Client}
			h.licence(t, "house", false)
			text := a.reads("gated")
			a.has(text, "teaser only (ai_use_not_licensed)", "No plan of this publication")
			a.lacks(text, "zq")
			found, _ := a.call("search_notes", map[string]any{"query": "zqsuppliers"})
			a.lacks(found, "gated")
			h.licence(t, "house", true)
			a.has(a.reads("gated"), "zqheading")
		})
		t.Run("revoked, the token is refused at once", func(t *testing.T) {
			ctx := actor.With(t.Context(), must(h.identity.Resolve(t.Context(), jun.token)).Actor())
			if err := h.identity.RevokeMemberToken(ctx, made.ID); err != nil {
				t.Fatal(err)
			}
			var in proto.CallToolRequest
			in.Params.Name, in.Params.Arguments = "read_note", map[string]any{"slug": "gated"}
			if out, err := licensed.CallTool(t.Context(), in); err == nil {
				t.Errorf("%+v", out)
			}
		})
	})
}

func TestSearchesOfAssistantsAreBounded(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		cfg := houseConfig(t, e)
		cfg.MCPWordsPerDay = 12
		h := reopenHouse(t, cfg)
		h.plan(t, "house", 0)
		h.licence(t, "house", true)
		h.publish(t, paid("Gated", "Above.\n\n<!-- paywall -->\n\nThree zqsuppliers stopped for good."))
		h.publish(t, content.Input{Title: "Open", Abstract: "For all.", Body: "Every zqsuppliers word is open.", Gate: access.Public})
		jun := h.subscriber(t, "jun@example.com", "house")
		secret, _ := jun.personal(identity.TokenMCP)
		a := h.assistant(t, secret)
		for i, want := range []bool{true, true, false} {
			found, refused := a.call("search_notes", map[string]any{"query": "zqsuppliers"})
			if refused || strings.Contains(found, "stopped for good") != want || !strings.Contains(found, `"slug":"gated"`) || !strings.Contains(found, "word is open") {
				t.Errorf("search %d: %s", i+1, found)
			}
		}
		words := 0
		for _, r := range must(h.reading.UsageSince(h.staff, jun.id, time.Now().Add(-24*time.Hour))) {
			if words += r.Words; r.Surface != "mcp.search" || r.Opens != 2 {
				t.Errorf("%+v", r)
			}
		}
		if words == 0 || words > 12 {
			t.Errorf("%d words were shown", words)
		}
	})
}

func TestTheDoorForAssistants(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		cfg := houseConfig(t, e)
		cfg.RateLimits = true
		h := reopenHouse(t, cfg)
		h.plan(t, "reader", 0)
		h.publish(t, paid("Gated", "Above.\n\n<!-- paywall -->\n\nBelow the line."))
		v := h.subscriber(t, "ada@example.com", "reader")
		const ask = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_note","arguments":{"slug":"gated"}}}`
		send := func(body string, header ...string) (*http.Response, string) {
			t.Helper()
			base := []string{"Content-Type", "application/json", "Accept", "application/json, text/event-stream"}
			return h.stranger(t).send(http.MethodPost, "/mcp", strings.NewReader(body), append(base, header...)...)
		}
		content, _ := v.personal(identity.TokenContent)
		both, _ := v.personal(identity.TokenContent, identity.TokenMCP)

		resp, body := send(ask)
		if resp.StatusCode != http.StatusOK || resp.Header.Get("Cache-Control") != "private, no-store" || !strings.Contains(body, "teaser only") || strings.Contains(body, "Below") {
			t.Errorf("%d %v %s", resp.StatusCode, resp.Header, body)
		}
		for name, x := range map[string]struct {
			status int
			code   string
			body   string
			header []string
		}{
			"another site":              {403, "cross_origin", ask, []string{"Origin", "https://evil.example"}},
			"a name that was rebound":   {403, "cross_origin", ask, []string{"Origin", "http://evil.example:8080", "Host", "evil.example:8080"}},
			"a token that is none":      {401, "token_invalid", ask, []string{"Authorization", "Bearer ltp_nothing"}},
			"a session":                 {401, "token_invalid", ask, []string{"Authorization", "Bearer " + v.token}},
			"a token for another place": {403, "token_scope", ask, []string{"Authorization", "Bearer " + content}},
			"many messages at once":     {400, "batch_refused", "[" + ask + "," + ask + "]", nil},
			"no JSON":                   {400, "bad_request", "{", nil},
			"another type":              {415, "unsupported_type", ask, []string{"Content-Type", "text/plain"}},
			"too much":                  {413, "body_too_large", `{"jsonrpc":"2.0","id":1,"method":"ping","params":{"_meta":{"x":"` + strings.Repeat("x", 300<<10) + `"}}}`, nil},
		} {
			if resp, body := send(x.body, x.header...); resp.StatusCode != x.status || !strings.Contains(body, x.code) || strings.Contains(body, "Below") {
				t.Errorf("%s: %d %s", name, resp.StatusCode, body)
			}
		}
		if resp, _ := send(ask, "Origin", h.cfg.BaseURL); resp.StatusCode != http.StatusOK {
			t.Errorf("a page of our own: %d", resp.StatusCode)
		}
		resp, _ = h.stranger(t).send(http.MethodGet, "/mcp", nil, "Accept", "text/event-stream")
		if resp.StatusCode != http.StatusMethodNotAllowed || resp.Header.Get("Allow") != "POST" {
			t.Errorf("a stream that nobody writes to: %d %v", resp.StatusCode, resp.Header)
		}
		t.Run("the Content API takes a personal token for it", func(t *testing.T) {
			key := h.contentKey(t)
			_, full := h.stranger(t).get("/api/content/v1/notes/gated", "X-Api-Key", key, "Authorization", "Bearer "+content)
			if !strings.Contains(full, "Below the line.") {
				t.Errorf("%.300s", full)
			}
			mcp, _ := v.personal(identity.TokenMCP)
			if resp, body := h.stranger(t).get("/api/content/v1/notes/gated", "X-Api-Key", key, "Authorization", "Bearer "+mcp); resp.StatusCode != http.StatusForbidden || !strings.Contains(body, "token_scope") {
				t.Errorf("%d %.300s", resp.StatusCode, body)
			}
			if resp, _ := h.stranger(t).get("/api/member/v1/me", "Authorization", "Bearer "+both); resp.StatusCode != http.StatusUnauthorized {
				t.Errorf("the Member API: %d", resp.StatusCode)
			}
		})
		t.Run("who asks too often waits, a member apart from strangers", func(t *testing.T) {
			refused := 0
			for range 70 {
				if resp, _ := send(ask); resp.StatusCode == http.StatusTooManyRequests && resp.Header.Get("Retry-After") != "" {
					refused++
				}
			}
			if refused == 0 {
				t.Error("a stranger may ask without end")
			}
			if resp, body := send(ask, "Authorization", "Bearer "+both); resp.StatusCode != http.StatusOK || !strings.Contains(body, "ai_use_not_licensed") {
				t.Errorf("the member waits for strangers: %d %s", resp.StatusCode, body)
			}
		})
	})
}

// TestAssistantsFindNoHiddenWord asks for everything there is, for readers of
// every kind, and looks for the planted words.
func TestAssistantsFindNoHiddenWord(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		p := plant(t, e)
		p.licence(t, "reader", true)
		token := func(v *visitor) string { s, _ := v.personal(identity.TokenMCP); return s }
		for _, who := range []struct {
			name, token string
			paid        bool
		}{
			{"a stranger", "", false},
			{"a free member", token(p.member(t, "free@example.com")), false},
			{"a subscriber without the licence", token(p.subscriber(t, "house@example.com", "house")), false},
			{"a subscriber with it", token(p.subscriber(t, "reader@example.com", "reader")), true},
		} {
			a := p.assistant(t, who.token)
			var all strings.Builder
			ask := func(tool string, args map[string]any) {
				text, _ := a.call(tool, args)
				all.WriteString(text + "\n")
			}
			for _, slug := range append(p.slugs, "unborn", "embargoed", "moved") {
				for version := range 3 {
					ask("read_note", map[string]any{"slug": slug, "version": version})
					ask("cite_note", map[string]any{"slug": slug, "version": version})
				}
				if r, err := a.ReadResource(t.Context(), proto.ReadResourceRequest{Params: proto.ReadResourceParams{URI: "lighttrends://notes/" + slug}}); err == nil {
					_, _ = fmt.Fprint(&all, r.Contents)
				}
			}
			ask("list_issues", map[string]any{"limit": 24})
			ask("list_topics", nil)
			ask("list_changes", map[string]any{"since": "2000-01-01", "limit": 50})
			ask("search_notes", map[string]any{"query": "openly", "limit": 20})
			ask("search_notes", map[string]any{"query": "open", "limit": 20, "sort": "recent"})
			text, opened := all.String(), 0
			for _, w := range p.words {
				if !strings.Contains(text, w) {
					continue
				}
				if opened++; !who.paid || !p.forPaid[w] {
					t.Errorf("%s finds %s", who.name, w)
				}
			}
			if who.paid == (opened == 0) || !strings.Contains(text, "Gated paid") {
				t.Errorf("%s finds %d of the words that are theirs", who.name, opened)
			}
		}
	})
}
