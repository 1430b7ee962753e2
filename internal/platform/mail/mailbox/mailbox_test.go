package mailbox_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/mail"
	"lighttrends/internal/platform/mail/mailbox"
)

type bundle struct {
	*testing.T
	db    *db.DB
	clock *clock.Manual
	box   *mailbox.Mailbox
	pages http.Handler
}

func setup(t *testing.T, e dbtest.Engine) *bundle {
	t.Helper()
	b := &bundle{T: t, clock: clock.NewManual(time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC))}
	b.db = e.Open(t, b.clock)
	brand := func(context.Context) mail.Brand {
		return mail.Brand{Name: "LightTrends", URL: "http://127.0.0.1:8080/"}
	}
	c, err := mail.NewComposer("news@lighttrends.example", brand, b.clock)
	if err != nil {
		t.Fatal(err)
	}
	b.box = mailbox.New(b.db, c, slog.New(slog.DiscardHandler))
	if b.pages, err = b.box.Handler("/mailbox/"); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *bundle) send(to, key string) {
	b.Helper()
	b.clock.Advance(time.Second)
	err := b.box.Send(b.Context(), mail.Letter{
		To: mail.Address{Email: to}, Subject: "Letter " + key, Category: "test", MessageIDKey: key,
		Blocks: []mail.Block{mail.Heading("Hello"), mail.Paragraph("<i>" + key + "</i> – with a dash"), mail.Button("Open it", "http://127.0.0.1:8080/x?a=1&b=2")},
	})
	if err != nil {
		b.Fatal(err)
	}
}

func (b *bundle) request(method, target string, headers ...string) *httptest.ResponseRecorder {
	b.Helper()
	r := httptest.NewRequestWithContext(b.Context(), method, target, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	b.pages.ServeHTTP(w, r)
	return w
}

func (b *bundle) get(target string) string {
	b.Helper()
	w := b.request(http.MethodGet, target)
	if w.Code != http.StatusOK {
		b.Fatalf("GET %s: %d %s", target, w.Code, w.Body)
	}
	return w.Body.String()
}

type message struct {
	ID        string `json:"id"`
	MessageID string `json:"message_id"`
	From, To  string
	Subject   string
	Category  string
	Text      string
	HTML      string `json:"html"`
}

func (b *bundle) messages(to string) []message {
	b.Helper()
	var out struct{ Messages []message }
	if err := json.Unmarshal([]byte(b.get("/mailbox/api/messages?to="+url.QueryEscape(to))), &out); err != nil {
		b.Fatal(err)
	}
	return out.Messages
}

func keys(ms []message) (out []string) {
	for _, m := range ms {
		out = append(out, strings.TrimSuffix(m.MessageID, "@lighttrends.example"))
	}
	return out
}

func TestALetterCanBeRead(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.send("Ada@reader.example", "one")
		m := b.messages("ada@READER.example")[0]
		if m.To != "Ada@reader.example" || m.From != "news@lighttrends.example" || m.Subject != "Letter one" || m.Category != "test" {
			t.Errorf("%+v", m)
		}
		if !strings.Contains(m.Text, "<i>one</i> – with a dash") || !strings.Contains(m.Text, "http://127.0.0.1:8080/x?a=1&b=2") {
			t.Errorf("text %q", m.Text)
		}
		page := b.get("/mailbox/m/" + m.ID)
		for _, want := range []string{"Letter one", "Ada@reader.example", `src="/mailbox/m/` + m.ID + `/letter"`, `sandbox="allow-popups allow-popups-to-escape-sandbox"`} {
			if !strings.Contains(page, want) {
				t.Errorf("the page lacks %q", want)
			}
		}
		if got := b.get("/mailbox/m/" + m.ID + "?view=text"); !strings.Contains(got, "&lt;i&gt;one&lt;/i&gt; – with a dash") {
			t.Errorf("text view %s", got)
		}
		if got := b.get("/mailbox/m/" + m.ID + "?view=headers"); !strings.Contains(got, "Message-ID: &lt;one@lighttrends.example&gt;") {
			t.Errorf("headers view %s", got)
		}
		raw := b.request(http.MethodGet, "/mailbox/m/"+m.ID+"/raw")
		if raw.Header().Get("Content-Type") != "message/rfc822" || !strings.Contains(raw.Body.String(), "Message-ID: <one@lighttrends.example>") {
			t.Errorf("raw %v", raw.Header())
		}
	})
}

func TestTheLetterIsShutIn(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	b.send("ada@reader.example", "one")
	m := b.messages("ada@reader.example")[0]
	inner := b.request(http.MethodGet, "/mailbox/m/"+m.ID+"/letter")
	policy := inner.Header().Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "sandbox allow-popups", "form-action 'none'", "frame-ancestors 'self'"} {
		if !strings.Contains(policy, want) {
			t.Errorf("the letter's policy lacks %q: %s", want, policy)
		}
	}
	if strings.Contains(policy, "allow-scripts") || strings.Contains(policy, "allow-same-origin") {
		t.Error("the letter may do too much")
	}
	if !strings.Contains(inner.Body.String(), `<base target="_blank">`) {
		t.Error("links would open inside the frame")
	}
	for _, target := range []string{"/mailbox", "/mailbox/", "/mailbox/m/" + m.ID, "/mailbox/nowhere", "/mailbox/api/messages"} {
		h := b.request(http.MethodGet, target).Header()
		if got := h.Get("Content-Security-Policy"); strings.Contains(got, "unsafe") || !strings.Contains(got, "default-src 'none'") || !strings.Contains(got, "frame-ancestors 'none'") {
			t.Errorf("%s: policy %q", target, got)
		}
		if h.Get("Cache-Control") != "private, no-store" || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("%s: %v", target, h)
		}
	}
	for _, target := range []string{"/mailbox/", "/mailbox/m/" + m.ID} {
		if page := b.get(target); regexp.MustCompile(`(?i)<script|style=|javascript:| on[a-z]+=`).MatchString(page) {
			t.Errorf("%s needs more than its policy allows", target)
		}
	}
}

func TestTheSameLetterIsThereOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() { b.send("ada@reader.example", "same") })
		}
		wg.Wait()
		if got := keys(b.messages("")); len(got) != 1 {
			t.Errorf("%d letters", len(got))
		}
	})
}

func TestTheListIsNewestFirstAndCanBeSearched(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		for i, to := range []string{"ada@reader.example", "a_da@reader.example", "bo@other.example", "ada@reader.example"} {
			b.send(to, fmt.Sprint("k", i))
		}
		for to, want := range map[string][]string{
			"": {"k3", "k2", "k1", "k0"}, "ada@reader.example": {"k3", "k0"}, "ADA@Reader.example": {"k3", "k0"}, "da@reader.example": nil, "%": nil,
		} {
			if d := cmp.Diff(want, keys(b.messages(to))); d != "" {
				t.Errorf("to %q: %s", to, d)
			}
		}
		shown := regexp.MustCompile(`Letter (k\d)`)
		for query, want := range map[string]string{"": "k3k2k1k0", "reader": "k3k1k0", "A_": "k1", "%25": "", "other.EX": "k2"} {
			got := ""
			for _, m := range shown.FindAllStringSubmatch(b.get("/mailbox/?to="+query), -1) {
				got += m[1]
			}
			if got != want {
				t.Errorf("search %q shows %q, want %q", query, got, want)
			}
		}
	})
}

func TestTheListGoesOnOlderPages(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	for i := range 101 {
		b.send("ada@reader.example", fmt.Sprintf("k%03d", i))
	}
	older := regexp.MustCompile(`href="(/mailbox/\?before=[^"]+)"`)
	first := b.get("/mailbox/?to=ada")
	next := older.FindStringSubmatch(first)
	if strings.Contains(first, "k000") || next == nil {
		t.Fatal("the first page is not a page")
	}
	second := b.get(strings.ReplaceAll(next[1], "&amp;", "&"))
	if !strings.Contains(second, "Letter k000") || strings.Contains(second, "Letter k001") || older.MatchString(second) {
		t.Error("the second page does not go on where the first ended")
	}
	if w := b.request(http.MethodGet, "/mailbox/?before=x"); w.Code != http.StatusBadRequest {
		t.Errorf("a forged cursor: %d", w.Code)
	}
}

func TestOnlyTheNewestAreKept(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		fill := `INSERT INTO mailbox_messages (id, message_id, sender, recipient, subject, received_at, raw) VALUES (?, ?, '', '', '', ?, ?)`
		err := b.db.Tx(t.Context(), func(ctx context.Context) error {
			for i := range 2003 {
				if err := b.db.Write(ctx).Exec(fill, db.NewID(), fmt.Sprint("old", i), b.clock.Now().Add(-time.Duration(i)*time.Minute), []byte{}).Error; err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		b.send("ada@reader.example", "new")
		var n, oldest, newest int64
		b.db.Read(t.Context()).Raw("SELECT COUNT(*) FROM mailbox_messages").Scan(&n)
		b.db.Read(t.Context()).Raw("SELECT COUNT(*) FROM mailbox_messages WHERE message_id IN ('old1999', 'old2002')").Scan(&oldest)
		b.db.Read(t.Context()).Raw("SELECT COUNT(*) FROM mailbox_messages WHERE message_id IN ('new@lighttrends.example', 'old1998')").Scan(&newest)
		if n != 2000 || oldest != 0 || newest != 2 {
			t.Errorf("%d letters, %d of the oldest, %d of the newest", n, oldest, newest)
		}
	})
}

func TestDeleteAll(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.send("ada@reader.example", "one")
		if w := b.request(http.MethodPost, "/mailbox/delete", "Sec-Fetch-Site", "cross-site"); w.Code != http.StatusForbidden || len(b.messages("")) != 1 {
			t.Errorf("another site deleted: %d", w.Code)
		}
		if w := b.request(http.MethodGet, "/mailbox/delete"); w.Code != http.StatusNotFound || len(b.messages("")) != 1 {
			t.Errorf("a GET deleted: %d", w.Code)
		}
		w := b.request(http.MethodPost, "/mailbox/delete", "Sec-Fetch-Site", "same-origin")
		if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/mailbox/" || len(b.messages("")) != 0 {
			t.Errorf("%d to %q, %d left", w.Code, w.Header().Get("Location"), len(b.messages("")))
		}
		if page := b.get("/mailbox/"); !strings.Contains(page, "No letters yet") {
			t.Error("the empty mailbox does not say so")
		}
	})
}

func TestBadRequestsAreAnswered(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		for target, want := range map[string]int{
			"/mailbox/m/nonsense": 404, "/mailbox/m/00000000-0000-0000-0000-000000000000": 404, "/mailbox/m/x/raw": 404,
			"/mailbox/api/messages?limit=5": 400, "/mailbox/api/nothing": 404, "/elsewhere": 404, "/mailbox/%00": 404,
			"/mailbox/?to=" + strings.Repeat("x", 10000): 200, "/mailbox/?to=%ff%00": 200, "/mailbox/api/messages?to=%ff%00": 200,
		} {
			if w := b.request(http.MethodGet, target); w.Code != want {
				t.Errorf("%.60s: %d, want %d", target, w.Code, want)
			}
		}
		w := b.request(http.MethodGet, "/mailbox/api/messages?limit=5")
		if w.Header().Get("Content-Type") != "application/problem+json" || !strings.Contains(w.Body.String(), `"unknown_parameter"`) {
			t.Errorf("%v %s", w.Header(), w.Body)
		}
	})
}
