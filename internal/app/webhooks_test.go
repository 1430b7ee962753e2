package app

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	standard "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db/dbtest"
)

// receiver is another system that is told what happens.
type receiver struct {
	*httptest.Server
	mu   sync.Mutex
	got  []string // bodies
	bad  int      // calls whose signature is not that of the secret
	hook *standard.Webhook
}

func newReceiver(t *testing.T) *receiver {
	t.Helper()
	r := &receiver{}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		raw, err := io.ReadAll(q.Body)
		r.mu.Lock()
		defer r.mu.Unlock()
		if err != nil || r.hook == nil || r.hook.VerifyIgnoringTimestamp(raw, q.Header) != nil {
			r.bad++
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		r.got = append(r.got, string(raw))
	}))
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) bodies(kind string) (out []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, raw := range r.got {
		if strings.Contains(raw, fmt.Sprintf(`"type":%q`, kind)) {
			out = append(out, raw)
		}
	}
	return out
}

// listen makes a webhook at the desk.
func (r *receiver) listen(t *testing.T, olga *insider, full bool) string {
	t.Helper()
	status, got := olga.call("POST", "/webhooks", fmt.Sprintf(`{"name":"Front end","url":%q,"events":["*"],"full_text":%v}`, r.URL, full))
	secret, _ := got["secret"].(string)
	hook, err := standard.NewWebhook(secret)
	if status != http.StatusCreated || err != nil {
		t.Fatal(status, got, err)
	}
	r.mu.Lock()
	r.hook = hook
	r.mu.Unlock()
	id, _ := got["id"].(string)
	return id
}

// TestOthersAreToldWhatHappens goes by way of the real server, its workers and
// a real receiver.
func TestOthersAreToldWhatHappens(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		cfg := houseConfig(t, e)
		cfg.WebhookAllowedTargets = []string{"127.0.0.1"}
		h := reopenHouse(t, cfg)
		olga := h.hire(t, "olga@example.com", identity.Owner)
		open, closed := newReceiver(t), newReceiver(t)
		id := closed.listen(t, olga, false)
		open.listen(t, olga, true)
		v := h.publish(t, content.Input{
			Title: "Film capacity", Slug: "film-capacity", Kind: content.ResearchNote, Abstract: "What is built.", Gate: access.Paid,
			Body: "Everybody may read this.\n\n<!-- paywall -->\n\nThe zanzibar figure is 41.\n",
		})
		eventually(t, "both are told", func() bool {
			return len(open.bodies("note.published")) == 1 && len(closed.bodies("note.published")) == 1
		})
		var body struct {
			Data tidings
			Text *struct{ Markdown string }
		}
		if err := json.Unmarshal([]byte(closed.bodies("note.published")[0]), &body); err != nil {
			t.Fatal(err)
		}
		n := body.Data.Note
		if n == nil || n.Slug != "film-capacity" || n.Version != 1 || n.Status != "published" || n.Public == nil || n.Public.Abstract != "What is built." || n.Public.Gate != "paid" || body.Data.Subject.ID != v.Note.ID.String() {
			t.Errorf("%+v", body.Data)
		}
		for _, raw := range closed.got {
			if strings.Contains(raw, "zanzibar") {
				t.Errorf("gated text went out: %s", raw)
			}
		}
		if raw := open.bodies("note.published")[0]; !strings.Contains(raw, "zanzibar figure is 41") {
			t.Errorf("the whole text is missing: %s", raw)
		}
		h.member(t, "ada@example.com")
		eventually(t, "members are told of", func() bool {
			return len(closed.bodies("member.registered")) == 1 && len(closed.bodies("mail.sent")) > 0
		})
		if open.bad+closed.bad != 0 {
			t.Errorf("%d calls were not signed with the secret", open.bad+closed.bad)
		}
		status, got := olga.call("POST", "/webhooks/"+id+"/test", "")
		if calls, _ := got["calls"].([]any); status != http.StatusOK || got["state"] != "delivered" || len(calls) != 1 {
			t.Error(status, got)
		}
		status, got = olga.call("GET", "/webhooks/"+id+"/deliveries?type=note.*&limit=1", "")
		list, _ := got["deliveries"].([]any)
		if status != http.StatusOK || len(list) != 1 || got["next"] == nil {
			t.Error(status, got)
		}
		first, _ := list[0].(map[string]any)
		status, got = olga.call("POST", fmt.Sprintf("/webhooks/%s/deliveries/%s/replay", id, first["id"]), "")
		if state := got["state"]; status != http.StatusOK || state != "waiting" && state != "delivered" { // a worker may have been quicker than the answer
			t.Error(status, got)
		}
		eventually(t, "it is sent again", func() bool {
			return len(closed.bodies(fmt.Sprint(first["type"]))) == 2
		})
		if status, got := h.hire(t, "ana@example.com", identity.Editor).call("GET", "/webhooks", ""); status != http.StatusForbidden {
			t.Error(status, got)
		}
	})
}
