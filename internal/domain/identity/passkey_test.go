package identity_test

import (
	"bytes"
	"encoding/base32"
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/domain/identity/devicetest"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
)

const origin = "https://desk.example"

func decode32(t *testing.T, s string) []byte {
	t.Helper()
	raw, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// addKey adds a passkey of the device to whoever is signed in.
func (b *bundle) addKey(in identity.SignedIn, d *devicetest.Device) (identity.Passkey, []string) {
	b.Helper()
	offer, err := b.s.OfferPasskey(b.as(in))
	if err != nil {
		b.Fatal(err)
	}
	answer, err := d.Create(offer.Options)
	if err != nil {
		b.Fatal(err)
	}
	k, codes, err := b.s.AddPasskey(b.as(in), identity.AddPasskey{Ticket: offer.Ticket, Name: "Phone", Credential: answer})
	if err != nil {
		b.Fatal(err)
	}
	return k, codes
}

// byKey signs in with a passkey; ticket is that of a right password, or "".
func (b *bundle) byKey(d *devicetest.Device, ticket string) (identity.SignedIn, error) {
	b.Helper()
	ask, err := b.s.AskPasskey(b.Context(), ticket, visit.Client)
	if err != nil {
		return identity.SignedIn{}, err
	}
	answer, err := d.Get(ask.Options)
	if err != nil {
		b.Fatal(err)
	}
	return b.s.SignInPasskey(b.Context(), identity.SignInPasskey{Ticket: ask.Ticket, Credential: answer, Visit: visit})
}

func TestAPasskeyAloneOrAfterThePassword(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		u := b.hire("ada@firm.example", identity.Owner)
		first := b.signInStaff("ada@firm.example")
		phone := devicetest.New(origin)
		_, codes := b.addKey(first, phone)
		if len(codes) != 10 {
			t.Errorf("%d codes for emergencies", len(codes))
		}
		for name, ticket := range map[string]string{"alone": "", "after the password": b.password("ada@firm.example").Ticket} {
			in, err := b.byKey(phone, ticket)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if s, err := b.s.Resolve(t.Context(), in.Token); err != nil || s.SubjectID != u.ID {
				t.Errorf("%s: %v", name, err)
			}
		}
		step := b.password("ada@firm.example")
		if d := cmp.Diff([]identity.Way{identity.ByPasskey, identity.ByRecovery}, step.Ways); d != "" {
			t.Error(d)
		}
		b.required.Store(true)
		in, err := b.byKey(phone, "")
		if err != nil || in.Session.MustEnrol {
			t.Error("a passkey is not enough:", err)
		}
		keys, err := b.s.MyPasskeys(b.as(in))
		if err != nil || len(keys) != 1 || keys[0].LastUsedAt == nil || keys[0].Name != "Phone" {
			t.Errorf("%+v, %v", keys, err)
		}
		k, err := b.s.RenamePasskey(b.as(in), keys[0].ID, "Old phone")
		if err != nil || k.Name != "Old phone" {
			t.Error(k, err)
		}
		wants(t, b.s.RemovePasskey(b.as(in), k.ID), "second_factor_required")
		b.addKey(in, devicetest.New(origin))
		if err := b.s.RemovePasskey(b.as(in), k.ID); err != nil {
			t.Error(err)
		}
		_, err = b.byKey(phone, "")
		wants(t, err, "passkey_refused")
	})
}

func TestPasskeysThatAreRefused(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.hire("owner@firm.example", identity.Owner)
		u := b.hire("ada@firm.example", identity.Editor)
		phone := devicetest.New(origin)
		b.addKey(b.signInStaff("ada@firm.example"), phone)

		t.Run("an answer given twice", func(t *testing.T) {
			ask, err := b.s.AskPasskey(t.Context(), "", visit.Client)
			if err != nil {
				t.Fatal(err)
			}
			answer, _ := phone.Get(ask.Options)
			in := identity.SignInPasskey{Ticket: ask.Ticket, Credential: answer, Visit: visit}
			good, bad := atOnce(3, func(int) (identity.SignedIn, error) { return b.s.SignInPasskey(t.Context(), in) })
			if len(good) != 1 || len(bad) != 2 {
				t.Fatalf("%d signed in, %v", len(good), bad)
			}
			wants(t, bad[0], "ticket_invalid")
		})
		t.Run("an answer to another question", func(t *testing.T) {
			one, _ := b.s.AskPasskey(t.Context(), "", visit.Client)
			two, _ := b.s.AskPasskey(t.Context(), "", visit.Client)
			answer, _ := phone.Get(one.Options)
			_, err := b.s.SignInPasskey(t.Context(), identity.SignInPasskey{Ticket: two.Ticket, Credential: answer, Visit: visit})
			wants(t, err, "passkey_refused")
		})
		t.Run("an answer with a ticket that is for something else", func(t *testing.T) {
			ask, _ := b.s.AskPasskey(t.Context(), "", visit.Client)
			answer, _ := phone.Get(ask.Options)
			_, err := b.s.SignInPasskey(t.Context(), identity.SignInPasskey{Ticket: b.password("ada@firm.example").Ticket, Credential: answer, Visit: visit})
			wants(t, err, "ticket_invalid")
		})
		t.Run("a page of another site", func(t *testing.T) {
			evil := phone.Clone()
			evil.Origin = "https://desk.example.evil.example"
			_, err := b.byKey(evil, "")
			wants(t, err, "passkey_refused")
		})
		t.Run("a device that does not know its owner, alone", func(t *testing.T) {
			found := phone.Clone()
			found.KnowsOwner = false
			_, err := b.byKey(found, "")
			wants(t, err, "passkey_refused")
		})
		t.Run("somebody else's key after one's password", func(t *testing.T) {
			b.hire("bea@firm.example", identity.Editor)
			hers := devicetest.New(origin)
			b.addKey(b.signInStaff("bea@firm.example"), hers)
			ask, err := b.s.AskPasskey(t.Context(), b.password("ada@firm.example").Ticket, visit.Client)
			if err != nil {
				t.Fatal(err)
			}
			var o map[string]any
			_ = json.Unmarshal(ask.Options, &o)
			delete(o, "allowCredentials")
			open, _ := json.Marshal(o)
			answer, err := hers.Get(open)
			if err != nil {
				t.Fatal(err)
			}
			_, err = b.s.SignInPasskey(t.Context(), identity.SignInPasskey{Ticket: ask.Ticket, Credential: answer, Visit: visit})
			wants(t, err, "passkey_refused")
		})
		t.Run("a copy of the key", func(t *testing.T) {
			thief := phone.Clone()
			if _, err := b.byKey(phone, ""); err != nil {
				t.Fatal(err)
			}
			_, err := b.byKey(thief, "")
			wants(t, err, "passkey_refused")
			if ev := b.events(); ev[len(ev)-1] != "staff.passkey_suspected" {
				t.Error(ev[len(ev)-1])
			}
		})
		t.Run("nonsense", func(t *testing.T) {
			for _, raw := range []string{`{}`, `null`, `[]`, `{"id":"x"}`} {
				ask, _ := b.s.AskPasskey(t.Context(), "", visit.Client)
				_, err := b.s.SignInPasskey(t.Context(), identity.SignInPasskey{Ticket: ask.Ticket, Credential: json.RawMessage(raw), Visit: visit})
				wants(t, err, "passkey_refused")
			}
		})
		t.Run("a late answer", func(t *testing.T) {
			ask, _ := b.s.AskPasskey(t.Context(), "", visit.Client)
			answer, _ := phone.Get(ask.Options)
			b.clock.Advance(11 * time.Minute)
			_, err := b.s.SignInPasskey(t.Context(), identity.SignInPasskey{Ticket: ask.Ticket, Credential: answer, Visit: visit})
			wants(t, err, "ticket_invalid")
		})
		t.Run("a disabled account", func(t *testing.T) {
			if _, err := b.s.Disable(b.machine(), u.ID); err != nil {
				t.Fatal(err)
			}
			_, err := b.byKey(phone, "")
			wants(t, err, "passkey_refused")
		})
	})
}

func TestAddingAPasskey(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.hire("ada@firm.example", identity.Owner)
		b.hire("bea@firm.example", identity.Owner)
		ada, bea := b.signInStaff("ada@firm.example"), b.signInStaff("bea@firm.example")
		phone := devicetest.New(origin)
		k, _ := b.addKey(ada, phone)
		offer, err := b.s.OfferPasskey(b.as(ada))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(offer.Options, []byte(`"name":"LightTrends"`)) {
			t.Errorf("%s", offer.Options)
		}
		if _, err := phone.Create(offer.Options); err == nil {
			t.Error("one device is offered to be added twice")
		}
		answer, err := devicetest.New(origin).Create(offer.Options)
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = b.s.AddPasskey(b.as(bea), identity.AddPasskey{Ticket: offer.Ticket, Name: "Hers", Credential: answer})
		wants(t, err, "ticket_invalid") // of somebody else
		offer, _ = b.s.OfferPasskey(b.as(ada))
		evil := devicetest.New("https://evil.example")
		answer, _ = evil.Create(offer.Options)
		_, _, err = b.s.AddPasskey(b.as(ada), identity.AddPasskey{Ticket: offer.Ticket, Name: "Evil", Credential: answer})
		wants(t, err, "passkey_refused")
		_, _, err = b.s.AddPasskey(b.as(ada), identity.AddPasskey{Ticket: offer.Ticket, Name: " ", Credential: answer})
		if fields(err) != "name:required" {
			t.Error(err)
		}
		_, err = b.s.RenamePasskey(b.as(bea), k.ID, "Mine now")
		wants(t, err, "passkey_not_found")
		wants(t, b.s.RemovePasskey(b.as(bea), k.ID), "passkey_not_found")
		if n := b.count("passkeys"); n != 1 {
			t.Errorf("%d passkeys", n)
		}
	})
}

func TestNoPasskeysAtAnAddressInNumbers(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	b.hire("ada@firm.example", identity.Owner)
	b.baseURL = "http://127.0.0.1:8080"
	s := b.service(b.db)
	_, err := s.AskPasskey(t.Context(), "", "")
	wants(t, err, "passkeys_unavailable")
	_, err = s.OfferPasskey(b.as(b.signInStaff("ada@firm.example")))
	wants(t, err, "passkeys_unavailable")
}
