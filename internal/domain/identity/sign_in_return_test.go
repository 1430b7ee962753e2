package identity_test

import (
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db/dbtest"
)

const (
	verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk" // of RFC 7636, appendix B
	backTo   = "https://www.firm.example/in?from=mail"
)

func challengeOf(verifier string) string {
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// site is a front end.
type site struct {
	*bundle
	key identity.Key
	id  uuid.UUID
}

func (b *bundle) site(back ...string) site {
	b.Helper()
	secret, k := b.frontEnd(nil, back)
	key, err := b.s.ResolveKey(b.Context(), secret)
	if err != nil {
		b.Fatal(err)
	}
	return site{b, key, k.ID}
}

func (s site) wish(to string) identity.StartSignIn {
	return identity.StartSignIn{Email: "ada@reader.example", Surface: "member-api", Client: "192.0.2.1", Return: &identity.Return{
		To: to, Key: s.key.ID, FrontEnd: s.key.FrontEnd, State: "a state & more", Challenge: challengeOf(verifier),
	}}
}

// press presses the button behind a link and reads what is handed back.
func (s site) press(link string) (code string, back url.Values) {
	s.Helper()
	in, err := s.s.SpendLink(s.Context(), link, visit)
	if err != nil || in.Token != "" || in.Tokens != nil {
		s.Fatalf("%+v, %v", in, err)
	}
	u, err := url.Parse(in.Onward)
	if err != nil || u.Host != "www.firm.example" {
		s.Fatal(in.Onward, err)
	}
	return u.Query().Get("code"), u.Query()
}

func (s site) exchange(code, verifier string) (identity.SignedIn, error) {
	v := visit
	v.Tokens = true
	return s.s.SpendReturn(s.Context(), identity.SpendReturn{Code: code, Verifier: verifier, Key: s.key.ID, Visit: v})
}

func TestALinkLeadsBackToAFrontEnd(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		s := b.site(backTo)
		a := b.askWith(s.wish(backTo))
		look, err := b.s.LookLink(t.Context(), a.link)
		if err != nil || look.ReturnTo != "https://www.firm.example" {
			t.Errorf("%+v, %v", look, err)
		}
		old, back := s.press(a.link)
		if back.Get("state") != "a state & more" || back.Get("from") != "mail" || len(old) != 43 {
			t.Errorf("%v", back)
		}
		if b.count("sessions") != 0 || b.count("members") != 0 {
			t.Error("the button signs in by itself")
		}
		code, _ := s.press(a.link) // pressed again, the first code is no longer good
		_, err = s.exchange(old, verifier)
		wants(t, err, "return_code_invalid")
		b.holdsNo("sign_in_tokens", "xxxx"+code)
		in, err := s.exchange(code, verifier)
		if err != nil || in.Tokens == nil || !in.New || in.Session.Email != "ada@reader.example" || b.whatOpens(in.Tokens.Access) != "" {
			t.Fatalf("%+v, %v", in, err)
		}
		_, err = s.exchange(code, verifier)
		wants(t, err, "return_code_invalid")
		_, err = b.s.SpendLink(t.Context(), a.link, visit)
		wants(t, err, "link_invalid")
		_, err = b.s.SpendCode(t.Context(), identity.SpendCode{Browser: a.browser, Code: a.code, Visit: visit})
		wants(t, err, "code_invalid")
	})
}

func TestOnlyWhoAskedExchangesTheCode(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		s, other := b.site(backTo), b.site(backTo)
		a := b.askWith(s.wish(backTo))
		for name, try := range map[string]func(code string) error{
			"another verifier": func(code string) error { _, err := s.exchange(code, verifier[:42]+"x"); return err },
			"no verifier":      func(code string) error { _, err := s.exchange(code, ""); return err },
			"the challenge":    func(code string) error { _, err := s.exchange(code, challengeOf(verifier)); return err },
			"another key":      func(code string) error { _, err := other.exchange(code, verifier); return err },
			"too late": func(code string) error {
				b.clock.Advance(5 * time.Minute)
				_, err := s.exchange(code, verifier)
				return err
			},
		} {
			code, _ := s.press(a.link)
			wants(t, try(code), "return_code_invalid")
			if name != "too late" {
				_, err := s.exchange(code, verifier) // gone after the first try
				wants(t, err, "return_code_invalid")
			}
			if b.count("sessions") != 0 {
				t.Fatal(name, "signs in")
			}
		}
		code, _ := s.press(a.link)
		got, bad := atOnce(6, func(int) (identity.SignedIn, error) { return s.exchange(code, verifier) })
		n := 0
		for _, in := range got {
			if in.Tokens != nil {
				n++
			}
		}
		if n != 1 || len(bad) != 5 || b.count("sessions") != 1 {
			t.Errorf("%d of 6 at once are signed in: %v", n, bad)
		}
		a = b.askWith(s.wish(backTo))
		s.press(a.link) // in the wrong browser; the six digits still work in the right one
		if _, err := b.s.SpendCode(t.Context(), identity.SpendCode{Browser: a.browser, Code: a.code, Visit: visit}); err != nil {
			t.Error(err)
		}
	})
}

func TestALinkLeadsNowhereElse(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		s, other := b.site(backTo, "https://www.firm.example/app/"), b.site("https://other.firm.example/in")
		for _, to := range []string{
			"", "/account", "https://evil.example/", "https://www.firm.example.evil/in?from=mail", "https://www.firm.example@evil.example/app/", "https://www.firm.example/app/\\..\\evil", "https://www.firm.example/app/%2e%2e/evil", "https://other.firm.example/in",
		} {
			_, err := b.s.StartSignIn(t.Context(), s.wish(to))
			if got := fields(err); got != "return_to:not_allowed" {
				t.Errorf("%q: %q", to, got)
			}
		}
		wish := s.wish(backTo)
		wish.Return.Challenge, wish.Return.State = "plain", strings.Repeat("x", 513)
		_, err := b.s.StartSignIn(t.Context(), wish)
		if got := fields(err); got != "code_challenge:bad_challenge state:bad_state" {
			t.Errorf("%q", got)
		}
		if b.count("sign_in_tokens") != 0 {
			t.Error("a refused request was written down")
		}
		// Taken away since: links that are under way lead nowhere.
		a := b.askWith(s.wish("https://www.firm.example/app/x"))
		if _, err := b.s.ChangeKey(b.machine(), identity.ChangeKey{ID: s.id, ReturnAddresses: []string{backTo}}); err != nil {
			t.Fatal(err)
		}
		_, err = b.s.SpendLink(t.Context(), a.link, visit)
		wants(t, err, "link_invalid")
		a = b.askWith(other.wish("https://other.firm.example/in"))
		if err := b.s.RevokeKey(b.machine(), other.id); err != nil {
			t.Fatal(err)
		}
		_, err = b.s.SpendLink(t.Context(), a.link, visit)
		wants(t, err, "link_invalid")
		if _, err := b.s.SpendCode(t.Context(), identity.SpendCode{Browser: a.browser, Code: a.code, Visit: visit}); err != nil {
			t.Error("the code in the mail does not depend on it:", err)
		}
	})
}
