package publication_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
)

func setup(t *testing.T, e dbtest.Engine) (*publication.House, *clock.Manual, *journal.Journal, *db.DB) {
	t.Helper()
	now := clock.NewManual(time.Date(2026, 5, 1, 9, 0, 0, 0, time.UTC))
	d := e.Open(t, now)
	j := journal.New(d, now, nil)
	return publication.New(publication.Deps{DB: d, Clock: now, Journal: j, ClientKey: []byte("key")}), now, j, d
}

func owner(ctx context.Context) context.Context { return actor.With(ctx, actor.Machine("test")) }

func TestProfile(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h, _, _, d := setup(t, e)
		other := publication.New(h.Deps) // as in another request, with its own copy
		if p, err := h.Profile(t.Context()); err != nil || p.Name != "LightTrends" {
			t.Fatal(p, err)
		}
		want := publication.Default()
		want.Name, want.TimeZone = "Caloria", "Europe/Berlin"
		want.Pages = []publication.Page{{Slug: "terms", Title: "Terms", Body: "You *subscribe* to read."}}
		if err := h.Introduce(t.Context(), want); fault.Of(err).Kind != fault.Unauthenticated {
			t.Fatalf("a stranger changed it: %v", err)
		}
		if err := h.Introduce(owner(t.Context()), want); err != nil {
			t.Fatal(err)
		}
		for _, house := range []*publication.House{h, other} {
			got, err := house.Profile(t.Context())
			if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(publication.Page{}, "HTML")); err != nil || diff != "" {
				t.Error(diff, err)
			}
		}
		p, err := h.Profile(t.Context())
		if page, ok := p.Page("terms"); err != nil || !ok || !strings.Contains(page.HTML, "<em>subscribe</em>") {
			t.Errorf("page %+v, %v", page, err)
		}
		bad := want
		bad.Pages = append(bad.Pages, bad.Pages[0])
		bad.Name, bad.TimeZone, bad.Contact.Email = "", "Mars/Olympus", "nobody"
		if err := h.Introduce(owner(t.Context()), bad); len(fault.Of(err).Fields) != 4 {
			t.Errorf("got %v", err)
		}
		_ = d
	})
}

func letter() publication.Letter {
	return publication.Letter{
		Name: "Ada Lind", Email: "ada@example.com", Subject: "Licence", Message: "How much for ten?",
		Consent: true, ClientAddress: "192.0.2.1",
	}
}

func TestReceive(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h, now, j, _ := setup(t, e)
		if err := h.Receive(t.Context(), letter()); err != nil {
			t.Fatal(err)
		}
		leads, err := h.Leads(owner(t.Context()), 10)
		if err != nil || len(leads) != 1 || leads[0].Message != "How much for ten?" {
			t.Fatal(leads, err)
		}
		if strings.Contains(string(leads[0].Client), "192.0.2.1") {
			t.Error("the network address is kept in clear")
		}
		events, err := j.List(t.Context(), journal.Filter{Verb: "lead.received"})
		if err != nil || len(events) != 1 || string(events[0].Payload) != "{}" {
			t.Errorf("journal: %+v %v", events, err)
		}

		t.Run("a stranger cannot read letters", func(t *testing.T) {
			if _, err := h.Leads(t.Context(), 10); fault.Of(err).Kind != fault.Unauthenticated {
				t.Error(err)
			}
		})
		t.Run("what a program filled in is thrown away", func(t *testing.T) {
			l := letter()
			l.Trap = "http://spam.example"
			if err := h.Receive(t.Context(), l); err != nil {
				t.Error(err)
			}
			if leads, _ := h.Leads(owner(t.Context()), 10); len(leads) != 1 {
				t.Errorf("%d letters", len(leads))
			}
		})
		t.Run("every broken rule is named", func(t *testing.T) {
			l := publication.Letter{Name: "a\r\nBcc: x", Email: "Ada <ada@example.com>", Message: strings.Repeat("x", 5001)}
			if err := h.Receive(t.Context(), l); len(fault.Of(err).Fields) != 4 {
				t.Errorf("got %v", err)
			}
		})
		t.Run("half an address is sent back", func(t *testing.T) {
			for _, half := range []string{"ada@example", "ada@", "@example.com", "ada"} {
				l := letter()
				l.Email = half
				if f := fault.Of(h.Receive(t.Context(), l)); f == nil || len(f.Fields) != 1 || f.Fields[0].Path != "email" {
					t.Errorf("%s: %v", half, f)
				}
			}
		})
		t.Run("one address can write five times an hour", func(t *testing.T) {
			for i := range 6 {
				l := letter()
				l.Subject = fmt.Sprint(i)
				err := h.Receive(t.Context(), l)
				if want := i >= 4; (fault.Of(err) != nil && fault.Of(err).Kind == fault.TooMany) != want {
					t.Errorf("letter %d: %v", i+2, err)
				}
			}
			other := letter()
			other.ClientAddress = "192.0.2.2"
			asks := publication.AccessAsk{Email: "ada@example.com", Title: "T", ClientAddress: "192.0.2.1"}
			for _, listed := range []bool{false, true} { // whom the letters tell nothing of
				if listed {
					_, _, err := h.Change(owner(t.Context()), "", func(s *publication.Settings) { s.CompanyDomains = []string{"example.com"} })
					if err != nil {
						t.Fatal(err)
					}
				}
				if err := h.AskAccess(t.Context(), asks); err != nil {
					t.Errorf("an ask, listed %v: %v", listed, err)
				}
			}
			if err := h.Receive(t.Context(), other); err != nil {
				t.Errorf("somebody else: %v", err)
			}
			now.Advance(time.Hour + time.Second)
			if err := h.Receive(t.Context(), letter()); err != nil {
				t.Errorf("an hour later: %v", err)
			}
		})
	})
}

// TestLettersAtOnceAreCountedOneByOne, of all addresses that one customer of
// IPv6 has.
func TestLettersAtOnceAreCountedOneByOne(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h, _, _, _ := setup(t, e)
		answers := make(chan error)
		for i := range 12 {
			go func() {
				l := letter()
				l.ClientAddress = fmt.Sprint("2001:db8:1:2::", i)
				answers <- h.Receive(t.Context(), l)
			}()
		}
		let := 0
		for range 12 {
			switch err := <-answers; {
			case err == nil:
				let++
			case !fault.HasCode(err, "too_many_letters"):
				t.Error(err)
			}
		}
		if leads, err := h.Leads(owner(t.Context()), 20); let != 5 || len(leads) != 5 || err != nil {
			t.Errorf("%d let through, %d kept, %v", let, len(leads), err)
		}
		neighbour := letter()
		neighbour.ClientAddress = "2001:db8:1:3::1"
		if err := h.Receive(t.Context(), neighbour); err != nil {
			t.Error("the neighbour is refused:", err)
		}
	})
}
