package billing_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/journal"
)

// told is one event as Stripe would send it.
type told struct {
	ID, Type string
	raw      []byte
}

// call makes one call to the stand-in's API that the gateway has no verb for.
func (s *shop) call(method, path string, params ...string) map[string]any {
	s.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(params); i += 2 {
		form.Add(params[i], params[i+1])
	}
	target, body := s.line.url+path, strings.NewReader(form.Encode())
	if method == http.MethodGet {
		target, body = target+"?"+form.Encode(), strings.NewReader("")
	}
	r, err := http.NewRequestWithContext(s.t.Context(), method, target, body)
	s.ok(err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Authorization", "Bearer "+stripeKey)
	res, err := http.DefaultClient.Do(r)
	s.ok(err)
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	s.ok(err)
	var doc map[string]any
	if err := json.Unmarshal(raw, &doc); err != nil || res.StatusCode != http.StatusOK {
		s.t.Fatalf("%s %s: %d %s", method, path, res.StatusCode, raw)
	}
	return doc
}

// events fetches what happened at Stripe, oldest first, as raw events.
func (s *shop) events() []told {
	s.t.Helper()
	var out []told
	for after := ""; ; {
		params := []string{"limit", "100"}
		if after != "" {
			params = append(params, "starting_after", after)
		}
		page := s.call(http.MethodGet, "/v1/events", params...)
		for _, e := range page["data"].([]any) {
			raw, err := json.Marshal(e)
			s.ok(err)
			doc := e.(map[string]any)
			after = doc["id"].(string)
			out = append(out, told{ID: after, Type: doc["type"].(string), raw: raw})
		}
		if page["has_more"] != true {
			slices.Reverse(out)
			return out
		}
	}
}

// about keeps the events that name an object.
func about(all []told, id string) (out []told) {
	for _, e := range all {
		if strings.Contains(string(e.raw), `"`+id+`"`) {
			out = append(out, e)
		}
	}
	return out
}

// the returns the last event of a type about an object.
func (s *shop) the(eventType, id string) told {
	s.t.Helper()
	all := about(s.events(), id)
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].Type == eventType {
			return all[i]
		}
	}
	s.t.Fatalf("Stripe told of no %s about %s", eventType, id)
	return told{}
}

// sign makes a Stripe-Signature header: https://docs.stripe.com/webhooks#verify-manually.
func sign(raw []byte, at time.Time, secrets ...string) string {
	header := fmt.Sprintf("t=%d", at.Unix())
	for _, secret := range secrets {
		mac := hmac.New(sha256.New, []byte(secret))
		_, _ = fmt.Fprintf(mac, "%d.", at.Unix())
		mac.Write(raw)
		header += ",v1=" + hex.EncodeToString(mac.Sum(nil))
	}
	return header
}

// receive hands an event over as Stripe would.
func (s *shop) receive(e told) {
	s.t.Helper()
	s.ok(s.office.Receive(s.t.Context(), e.raw, sign(e.raw, s.clock.Now(), hookSecret)))
}

// deliver hands events over in this order, each worked on before the next.
func (s *shop) deliver(events ...told) {
	s.t.Helper()
	for _, e := range events {
		s.receive(e)
		s.ok(s.office.Apply(s.t.Context(), e.ID))
	}
}

// event reads what is kept of an event.
func (s *shop) event(id string) billing.Event {
	s.t.Helper()
	var e billing.Event
	s.ok(s.db.Read(s.t.Context()).Where("id = ?", id).Take(&e).Error)
	return e
}

// made makes an event that Stripe never sent, about some object.
func made(eventType string, object map[string]any) told {
	id := "evt_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	raw, _ := json.Marshal(map[string]any{
		"id": id, "object": "event", "type": eventType, "created": 1774951200, "api_version": "2023-10-16", "data": map[string]any{"object": object},
	})
	return told{id, eventType, raw}
}

// open asks the access room whether the member may read what is sold.
func (s *shop) open(member uuid.UUID) bool {
	s.t.Helper()
	return s.decide(member, access.Gate{Kind: access.Paid}).Full()
}

func (s *shop) decide(member uuid.UUID, gate access.Gate) access.Decision {
	s.t.Helper()
	standings, err := s.office.Standings(s.t.Context(), member)
	s.ok(err)
	grants := []access.Grant{{Kind: access.Membership}}
	for _, st := range standings {
		grants = append(grants, access.Grant{Kind: access.Subscription, Plan: st.Plan, Standing: access.Standing(st.Status), Grace: st.Grace})
	}
	gate.Note, gate.Opens = db.NewID(), s.clock.Now().Add(-time.Hour)
	return access.Decide(gate, grants, s.clock.Now())
}

// verbs lists what the journal says of a subscription, oldest first, without
// the noun.
func (s *shop) verbs(stripeID string) []string {
	s.t.Helper()
	out := []string{}
	for _, e := range s.entries(stripeID) {
		out = append(out, strings.TrimPrefix(e.Verb, "subscription."))
	}
	return out
}

func (s *shop) entries(stripeID string) []journal.Entry {
	s.t.Helper()
	row := s.row(stripeID)
	if row == nil {
		return nil
	}
	list, err := s.journal.List(s.t.Context(), journal.Filter{Subject: "subscription", ID: row.ID.String(), Limit: 500})
	s.ok(err)
	slices.Reverse(list)
	return list
}

func count(list []string, want string) (n int) {
	for _, v := range list {
		if v == want {
			n++
		}
	}
	return n
}

// eventually polls until a condition holds.
func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatal("never: " + what)
}
