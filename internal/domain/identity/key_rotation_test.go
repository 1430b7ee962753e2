package identity_test

import (
	"slices"
	"testing"
	"time"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
)

func TestAKeyIsRotatedWithOverlap(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		secret, old := b.key(identity.ScopeAdminRead)
		other := b.service(b.db) // another node, which remembers the old key
		for _, s := range []*identity.Service{b.s, other} {
			if _, err := s.ResolveKey(t.Context(), secret); err != nil {
				t.Fatal(err)
			}
		}
		fresh, k, err := b.s.RotateKey(b.machine(), identity.RotateKey{ID: old.ID, Overlap: time.Hour})
		if err != nil || k.Name != old.Name || !slices.Equal(k.Scopes, old.Scopes) || fresh == secret || k.ExpiresAt != nil {
			t.Fatal(k, err)
		}
		for _, s := range []string{secret, fresh} {
			if _, err := b.s.ResolveKey(t.Context(), s); err != nil {
				t.Error("within the overlap:", err)
			}
		}
		_, _, err = b.s.RotateKey(b.machine(), identity.RotateKey{ID: old.ID})
		wants(t, err, "api_key_over")
		b.clock.Advance(time.Hour)
		for _, s := range []*identity.Service{b.s, other} {
			_, err = s.ResolveKey(t.Context(), secret)
			wants(t, err, "key_invalid")
			if _, err := s.ResolveKey(t.Context(), fresh); err != nil {
				t.Error(err)
			}
		}
		list, err := b.s.ListKeys(b.machine())
		if err != nil || len(list) != 2 || list[1].ReplacedBy == nil || *list[1].ReplacedBy != k.ID {
			t.Errorf("%+v, %v", list, err)
		}
		_, _, err = b.s.RotateKey(b.machine(), identity.RotateKey{ID: k.ID, Overlap: -time.Hour})
		if fields(err) != "overlap_hours:out_of_range" {
			t.Error(err)
		}
		if err := b.s.RevokeKey(b.machine(), k.ID); err != nil {
			t.Fatal(err)
		}
		_, _, err = b.s.RotateKey(b.machine(), identity.RotateKey{ID: k.ID})
		wants(t, err, "api_key_over")
	})
}

// A key that was given ninety days hands on ninety days, and one that ends
// sooner than the overlap is not prolonged by it.
func TestTheEndsOfRotatedKeys(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	end := b.clock.Now().Add(90 * 24 * time.Hour)
	_, old, err := b.s.CreateKey(b.machine(), identity.CreateKey{Name: "x", Scopes: []identity.Scope{identity.ScopeContentRead}, ExpiresAt: &end})
	if err != nil {
		t.Fatal(err)
	}
	b.clock.Advance(89 * 24 * time.Hour)
	_, k, err := b.s.RotateKey(b.machine(), identity.RotateKey{ID: old.ID, Overlap: 48 * time.Hour})
	if err != nil || !k.ExpiresAt.Equal(b.clock.Now().Add(90*24*time.Hour)) {
		t.Error(k.ExpiresAt, err)
	}
	list, _ := b.s.ListKeys(b.machine())
	if !list[1].ExpiresAt.Equal(end) {
		t.Errorf("the old key goes on until %s", list[1].ExpiresAt)
	}
}

func TestNobodyMakesAKeyThatCanDoMore(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		_, strong := b.key(identity.ScopeAdminWrite)
		r, err := b.role(b.machine(), "Key keeper", actor.NotesRead, actor.KeysWrite)
		if err != nil {
			t.Fatal(err)
		}
		b.hire("owner@firm.example", identity.Owner)
		b.hire("ken@firm.example", roleID(r))
		ken := b.as(b.signInStaff("ken@firm.example"))
		for _, scope := range []identity.Scope{identity.ScopeAdminRead, identity.ScopeAdminWrite} {
			_, _, err := b.s.CreateKey(ken, identity.CreateKey{Name: "x", Scopes: []identity.Scope{scope}})
			wants(t, err, "capability_missing")
		}
		_, _, err = b.s.RotateKey(ken, identity.RotateKey{ID: strong.ID})
		wants(t, err, "capability_missing")
		if _, _, err := b.s.CreateKey(ken, identity.CreateKey{Name: "x", Scopes: []identity.Scope{identity.ScopeContentRead}}); err != nil {
			t.Error(err)
		}
	})
}
