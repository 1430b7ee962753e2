package identity_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/journal"
)

func (b *bundle) offer() string {
	b.Helper()
	token, needed, err := b.s.OfferSetup(b.Context())
	if err != nil || !needed || len(token) != 43 {
		b.Fatal(token, needed, err)
	}
	return token
}

func first(token, email string) identity.CompleteSetup {
	return identity.CompleteSetup{Token: token, Name: "Grace", Email: email, Password: goodPassword, Visit: visit}
}

func TestTheFirstOwner(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		old := b.offer()
		token := b.offer()
		_, err := b.s.CompleteSetup(t.Context(), first(old, "grace@firm.example"))
		wants(t, err, "setup_invalid")
		for _, forged := range []string{"", "x", token + "x"} {
			_, err := b.s.CompleteSetup(t.Context(), first(forged, "grace@firm.example"))
			wants(t, err, "setup_invalid")
			wants(t, b.s.LookSetup(t.Context(), forged), "setup_invalid")
		}
		if err := b.s.LookSetup(t.Context(), token); err != nil {
			t.Fatal("the newest offer is not good:", err)
		}
		bad := first(token, "grace")
		bad.Password, bad.Name = "short", ""
		if _, err := b.s.CompleteSetup(t.Context(), bad); fields(err) != "email:bad_address name:required password:too_short" {
			t.Error(err)
		}
		in, err := b.s.CompleteSetup(t.Context(), first(token, "Grace@firm.example"))
		if err != nil {
			t.Fatal("bad input spent the offer:", err)
		}
		s, err := b.s.Resolve(t.Context(), in.Token)
		if err != nil || s.Position.Role != identity.Owner || !s.Actor().Can(actor.StaffWrite) || s.Name != "Grace" {
			t.Errorf("%+v, %v", s, err)
		}
		_, err = b.s.CompleteSetup(t.Context(), first(token, "mallory@firm.example"))
		wants(t, err, "setup_invalid")
		wants(t, b.s.LookSetup(t.Context(), token), "setup_invalid")
		if token, needed, err := b.s.OfferSetup(t.Context()); token != "" || needed || err != nil {
			t.Errorf("%q, %v, %v", token, needed, err)
		}
		if d := cmp.Diff([]string{"staff.created", "staff.signed_in"}, b.events()); d != "" {
			t.Error(d)
		}
		entries, err := journal.New(b.db, b.clock, nil).List(t.Context(), journal.Filter{Verb: "staff.created"})
		if err != nil || len(entries) != 1 || entries[0].ActorID == nil || *entries[0].ActorID != s.SubjectID {
			t.Errorf("%+v, %v", entries, err)
		}
	})
}

func TestTwoFirstOwnersAtOnceAreOne(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		token := b.offer()
		emails := []string{"grace@firm.example", "ada@firm.example", "mallory@firm.example"}
		good, bad := atOnce(3, func(i int) (identity.SignedIn, error) { return b.s.CompleteSetup(t.Context(), first(token, emails[i])) })
		if len(good) != 1 || b.count("staff") != 1 || b.count("sessions") != 1 {
			t.Errorf("%d owners, %d staff", len(good), b.count("staff"))
		}
		for _, err := range bad {
			wants(t, err, "setup_invalid")
		}
	})
}

// Somebody was hired from the command line while the offer stood.
func TestAnOfferEndsWhenSomebodyWorksHere(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	token := b.offer()
	b.hire("ada@firm.example", identity.Owner)
	_, err := b.s.CompleteSetup(t.Context(), first(token, "mallory@firm.example"))
	wants(t, err, "setup_invalid")
	if b.count("staff") != 1 {
		t.Error("a stranger works here")
	}
}
