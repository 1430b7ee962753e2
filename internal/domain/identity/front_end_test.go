package identity_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
)

func (b *bundle) frontEnd(origins, back []string) (string, identity.APIKey) {
	b.Helper()
	secret, k, err := b.s.CreateKey(b.machine(), identity.CreateKey{
		Name: "Website", Scopes: []identity.Scope{identity.ScopeContentRead}, FrontEnd: identity.FrontEnd{Origins: origins, ReturnAddresses: back},
	})
	if err != nil {
		b.Fatal(err)
	}
	return secret, k
}

func TestAFrontEndIsKnownByItsKey(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		there := b.service(b.db) // another node, which remembers what it has seen
		all := func() (out []identity.FrontEnds) {
			t.Helper()
			for _, s := range []*identity.Service{b.s, there} {
				got, err := s.FrontEnds(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				out = append(out, got)
			}
			return out
		}
		same := func(f identity.FrontEnds) []identity.FrontEnds { return []identity.FrontEnds{f, f} }
		if d := cmp.Diff(same(identity.FrontEnds{}), all()); d != "" {
			t.Error(d)
		}
		secret, k := b.frontEnd([]string{"https://b.example", "https://a.example", "https://b.example"}, []string{"https://a.example/in", "https://b.example/app/"})
		b.key(identity.ScopeAdminRead) // says nothing of where anybody is
		if d := cmp.Diff(same(identity.FrontEnds{Origins: []string{"https://a.example", "https://b.example"}}), all()); d != "" {
			t.Error("a key just made:", d)
		}
		got, err := b.s.ResolveKey(t.Context(), secret)
		if err != nil || !slices.Equal(got.Origins, []string{"https://a.example", "https://b.example"}) || !got.MayReturnTo("https://b.example/app/x") || got.MayReturnTo("https://b.example/") {
			t.Errorf("%+v, %v", got, err)
		}
		if _, err := b.s.ChangeKey(b.machine(), identity.ChangeKey{ID: k.ID, Origins: []string{"https://c.example"}}); err != nil {
			t.Fatal(err)
		}
		got, err = b.s.ResolveKey(t.Context(), secret)
		if err != nil || !slices.Equal(got.Origins, []string{"https://c.example"}) || !got.MayReturnTo("https://a.example/in") || got.Name != "Website" {
			t.Errorf("changed: %+v, %v", got, err)
		}
		if d := cmp.Diff(same(identity.FrontEnds{Origins: []string{"https://c.example"}}), all()); d != "" {
			t.Error("changed:", d)
		}
		fresh, next, err := b.s.RotateKey(b.machine(), identity.RotateKey{ID: k.ID, Overlap: time.Hour})
		if err != nil || !slices.Equal(next.Origins, []string{"https://c.example"}) || len(next.ReturnAddresses) != 2 {
			t.Errorf("rotated: %+v, %v", next, err)
		}
		if got, err := b.s.ResolveKey(t.Context(), fresh); err != nil || !got.MayReturnTo("https://a.example/in") {
			t.Errorf("rotated: %+v, %v", got, err)
		}
		if _, err := b.s.ChangeKey(b.machine(), identity.ChangeKey{ID: next.ID, Origins: []string{}}); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(same(identity.FrontEnds{Origins: []string{"https://c.example"}, Any: true}), all()); d != "" {
			t.Error("one key without origins:", d)
		}
		b.clock.Advance(time.Hour) // the old key ends, which nothing announces
		if d := cmp.Diff(same(identity.FrontEnds{Any: true}), all()); d != "" {
			t.Error("run out:", d)
		}
		if err := b.s.RevokeKey(b.machine(), next.ID); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(same(identity.FrontEnds{}), all()); d != "" {
			t.Error("revoked:", d)
		}
		for _, id := range []uuid.UUID{k.ID, next.ID} {
			_, err = b.s.ChangeKey(b.machine(), identity.ChangeKey{ID: id})
			wants(t, err, "api_key_over")
		}
		want := []string{"api_key.created", "api_key.created", "api_key.changed", "api_key.rotated", "api_key.changed", "api_key.revoked"}
		if d := cmp.Diff(want, b.events()); d != "" {
			t.Error(d)
		}
	})
}

func TestAddressesOfAKey(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	_, _, err := b.s.CreateKey(b.machine(), identity.CreateKey{Name: "x", Scopes: []identity.Scope{identity.ScopeContentRead}, FrontEnd: identity.FrontEnd{
		Origins: []string{"https://good.example", "https://good.example/"}, ReturnAddresses: []string{"https://good.example", "https://good.example/in"},
	}})
	if got := fields(err); got != "origins.1:bad_address return_addresses.0:bad_address" {
		t.Errorf("got %q", got)
	}
	_, _, err = b.s.CreateKey(b.machine(), identity.CreateKey{
		Name: "x", Scopes: []identity.Scope{identity.ScopeContentRead, identity.ScopeAdminRead}, FrontEnd: identity.FrontEnd{Origins: []string{"https://good.example"}},
	})
	if got := fields(err); got != "origins:not_a_front_end" {
		t.Errorf("a key of the desk: %q", got)
	}
	_, k := b.frontEnd(make([]string, 0), nil)
	many := make([]string, 51)
	for i := range many {
		many[i] = "https://good.example"
	}
	empty := " "
	_, err = b.s.ChangeKey(b.machine(), identity.ChangeKey{ID: k.ID, Name: &empty, Origins: many, ReturnAddresses: []string{"javascript:alert(1)"}})
	if got := fields(err); got != "name:required origins:too_many return_addresses.0:bad_address" {
		t.Errorf("got %q", got)
	}
	if _, err := b.s.ChangeKey(b.as(b.signIn("ada@reader.example")), identity.ChangeKey{ID: k.ID}); err == nil {
		t.Error("somebody without the right did it")
	}
	_, err = b.s.ChangeKey(b.machine(), identity.ChangeKey{ID: uuid.New()})
	wants(t, err, "api_key_not_found")
	if got, err := b.s.ResolveKey(t.Context(), adminKey); err != nil || got.MayReturnTo("https://good.example/in") {
		t.Error("the operator's own key is no front end's:", err)
	}
}
