package app

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/journal"
)

var feedAddress = regexp.MustCompile(`/my/[A-Za-z0-9_-]{43}/feed\.xml`)

// feedOf makes the secret address of a member's own feed.
func (h *house) feedOf(t *testing.T, v *visitor) string {
	t.Helper()
	_, body := v.post("/account/feed", nil)
	feed := feedAddress.FindString(body)
	h.logged.hide(strings.TrimSuffix(feed, "/feed.xml"))
	if resp, _ := h.stranger(t).get(feed); feed == "" || resp.StatusCode != http.StatusOK {
		t.Fatalf("no feed at %q: %d", feed, resp.StatusCode)
	}
	return feed
}

// shutsOut checks that a member who shuts others out of their account shuts the
// secret address too, and that they hear of one that is made.
func (h *house) shutsOut(t *testing.T, v *visitor) {
	t.Helper()
	me := actor.With(t.Context(), actor.Actor{Kind: actor.Member, ID: v.id})
	for _, x := range []struct {
		verb    string
		payload map[string]any
		status  int
	}{
		{"member.signed_out", map[string]any{"surface": "portal"}, http.StatusOK}, // here alone
		{"member.signed_out", map[string]any{"sessions": 2}, http.StatusNotFound},
		{"member.password_set", nil, http.StatusNotFound},
		{"member.password_changed", nil, http.StatusNotFound},
		{"member.password_removed", nil, http.StatusNotFound},
		{"member.renamed", nil, http.StatusOK},
	} {
		feed := h.feedOf(t, v)
		err := h.db.Tx(me, func(ctx context.Context) error {
			return h.journal.Record(ctx, journal.Event{Verb: x.verb, Subject: "member", ID: v.id.String(), Payload: x.payload})
		})
		if err != nil {
			t.Fatal(err)
		}
		if resp, _ := h.stranger(t).get(feed); resp.StatusCode != x.status {
			t.Errorf("after %s %v their feed answers %d", x.verb, x.payload, resp.StatusCode)
		}
	}
	h.letter(t, v.email, "Subject: An address of your own feed was made")
}
