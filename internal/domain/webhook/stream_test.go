package webhook_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"lighttrends/internal/domain/webhook"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
)

// hear takes all that is new, and gives the places in order.
func hear(t *testing.T, l *webhook.Listener) (places []int64, bodies []string) {
	t.Helper()
	for {
		list, err := l.Next(t.Context(), false)
		if err != nil {
			t.Fatal(err)
		}
		if len(list) == 0 {
			return places, bodies
		}
		for _, m := range list {
			places, bodies = append(places, m.Place), append(bodies, string(m.Body))
		}
	}
}

// TestAListenerWhoComesBackMissesNothing: transactions end in another order
// than they began, and somebody listens now and then, always from where they
// were.
func TestAListenerWhoComesBackMissesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		const writers, each = 4, 12
		var all sync.WaitGroup
		for w := range writers {
			all.Go(func() {
				for i := range each {
					err := b.db.Tx(t.Context(), func(ctx context.Context) error {
						h := webhook.Happening{Kind: "note.published", SubjectID: fmt.Sprintf("%d-%d", w, i), At: b.clock.Now(), Data: map[string]any{"n": 1}}
						err := b.outlet.Tell(ctx, h)
						time.Sleep(time.Duration(rand.IntN(8)) * time.Millisecond)
						return err
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		done := make(chan struct{})
		go func() { all.Wait(); close(done) }()
		last, heard, ended := "0", 0, false
		for before := int64(0); !ended; {
			select {
			case <-done:
				ended = true
			default:
			}
			l, err := b.outlet.Listen(t.Context(), last, []string{"note.published"})
			if err != nil {
				t.Fatal(err)
			}
			places, _ := hear(t, l)
			for _, p := range places {
				if p <= before && before != 0 {
					t.Fatalf("%d after %d", p, before)
				}
				if before = p; p > 0 {
					heard++
				}
			}
			last = fmt.Sprint(before)
		}
		if heard != writers*each {
			t.Errorf("heard %d of %d", heard, writers*each)
		}
	})
}

func TestWhereAListenerBegins(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		listen := func(last string) *webhook.Listener {
			t.Helper()
			l, err := b.outlet.Listen(t.Context(), last, []string{"note.published", "issue.published"})
			if err != nil {
				t.Fatal(err)
			}
			return l
		}
		b.tell(webhook.Happening{Kind: "note.published", SubjectID: "1"})
		fresh := listen("")
		wake := b.outlet.Wake()
		b.tell(webhook.Happening{Kind: "member.added", SubjectID: "2"})
		b.tell(webhook.Happening{Kind: "note.published", SubjectID: "3"})
		select {
		case <-wake:
		default:
			t.Error("nobody is woken")
		}
		first, bodies := hear(t, fresh)
		if len(first) != 1 || !strings.Contains(bodies[0], `"type":"note.published"`) {
			t.Fatal(bodies)
		}
		if again, _ := hear(t, listen(fmt.Sprint(first[0]))); len(again) != 0 {
			t.Error("heard twice:", again)
		}
		if _, ahead := hear(t, listen("9000000000000000")); len(ahead) != 1 || !strings.Contains(ahead[0], webhook.Gap) {
			t.Errorf("what another database told is taken for what this one did: %q", ahead)
		}
		b.clock.Advance(webhook.Kept + time.Hour)
		b.tell(webhook.Happening{Kind: "issue.published", SubjectID: "4"})
		if err := webhook.PruneForTest(t.Context(), b.outlet); err != nil {
			t.Fatal(err)
		}
		if _, bodies := hear(t, listen(fmt.Sprint(first[0]-1))); len(bodies) != 2 || !strings.Contains(bodies[0], webhook.Gap) || !strings.Contains(bodies[1], "issue.published") {
			t.Errorf("what is lost is not said: %q", bodies)
		}
		b.clock.Advance(webhook.Kept + time.Hour)
		if err := webhook.PruneForTest(t.Context(), b.outlet); err != nil {
			t.Fatal(err)
		}
		if _, bodies := hear(t, listen(fmt.Sprint(first[0]))); len(bodies) != 1 || !strings.Contains(bodies[0], webhook.Gap) {
			t.Errorf("all was dropped, and that is not said: %q", bodies)
		}
		if none, _ := hear(t, listen("0")); len(none) != 0 {
			t.Error("lost is said of an empty house:", none)
		}
		for _, bad := range []string{"x", "-1", "1.5"} {
			if _, err := b.outlet.Listen(t.Context(), bad, nil); !fault.HasCode(err, "bad_event_id") {
				t.Errorf("%s: %v", bad, err)
			}
		}
	})
}

func TestWhoMayHearOfWhat(t *testing.T) {
	t.Parallel()
	as := func(can ...actor.Capability) context.Context {
		return actor.With(t.Context(), actor.Actor{Kind: actor.Key, Capabilities: can})
	}
	for name, tt := range map[string]struct {
		ctx      context.Context
		patterns []string
		holds    string // of the groups heard of
		code     string
	}{
		"an editor":                 {as(actor.NotesRead), nil, "note issue", ""},
		"who reads letters":         {as(actor.LeadsRead), nil, "lead", ""},
		"an editor, of members":     {as(actor.NotesRead), []string{"member.*"}, "", "capability_missing"},
		"who may read members":      {as(actor.MembersRead, actor.NotesRead), []string{"member.*", "note.published"}, "note member", ""},
		"a content key":             {as(actor.ContentRead), nil, "", "capability_missing"},
		"nobody":                    {t.Context(), nil, "", "sign_in_required"},
		"of what there is not":      {as(actor.NotesRead), []string{"note.eaten"}, "", "invalid_input"},
		"a pattern that is none":    {as(actor.NotesRead), []string{"*.published"}, "", "invalid_input"},
		"caches, by name":           {as(actor.NotesRead), []string{"cache.purge"}, "cache", ""},
		"all of it, as an endpoint": {as(actor.NotesRead), []string{"*"}, "note issue", ""},
	} {
		kinds, err := webhook.Hearing(tt.ctx, tt.patterns)
		if tt.code != "" {
			if !fault.HasCode(err, tt.code) {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		groups := map[string]bool{}
		for _, k := range kinds {
			group, _, _ := strings.Cut(k, ".")
			groups[group] = true
		}
		for _, want := range strings.Fields(tt.holds) {
			if !groups[want] {
				t.Errorf("%s does not hear of %s", name, want)
			}
			delete(groups, want)
		}
		if err != nil || len(groups) != 0 {
			t.Errorf("%s hears of %v, too; %v", name, groups, err)
		}
	}
}

// TestThePublicHearsWhatItIsAboutAndNoMore: no title, no reason, no name of who
// did it, and nothing that may have been withdrawn since.
func TestThePublicHearsWhatItIsAboutAndNoMore(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{})
	l, err := b.outlet.Listen(t.Context(), "", webhook.Public())
	if err != nil {
		t.Fatal(err)
	}
	b.tell(webhook.Happening{Kind: "note.retracted", SubjectID: "1", Data: map[string]any{
		"subject": map[string]any{"kind": "note", "id": "1"}, "details": map[string]any{"reason": "secret reason"},
		"note": map[string]any{"title": "secret title", "slug": "secret-slug", "status": "retracted"},
	}})
	b.tell(webhook.Happening{Kind: "note.updated", SubjectID: "1", Data: map[string]any{
		"subject": map[string]any{"kind": "note", "id": "1"}, "details": map[string]any{"why": "secret why"},
		"note": map[string]any{"title": "secret title", "url": "https://example.com/notes/film", "public": map[string]any{"abstract": "For all."}},
	}})
	b.tell(webhook.Happening{Kind: "member.added", SubjectID: "secret member"})
	list, err := l.Next(t.Context(), true)
	if err != nil || len(list) != 2 {
		t.Fatal(list, err)
	}
	all := string(list[0].Body) + string(list[1].Body)
	// What was public then may be withdrawn by now, so an id is all that is told.
	if strings.Contains(all, "secret") || strings.Contains(all, "For all.") || strings.Contains(all, "film") || strings.Count(all, `"id":"1"`) != 2 {
		t.Error(all)
	}
}
