package identity_test

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
	"time"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
)

// dump writes out every value of every table, bytes as they are and in hex.
func (b *bundle) dump() string {
	b.Helper()
	names := "SELECT name FROM sqlite_master WHERE type = 'table'"
	if b.db.Engine() == db.Postgres {
		names = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
	}
	var tables []string
	if err := b.db.Read(b.Context()).Raw(names).Scan(&tables).Error; err != nil {
		b.Fatal(err)
	}
	var out strings.Builder
	for _, table := range tables {
		var rows []map[string]any
		if err := b.db.Read(b.Context()).Raw("SELECT * FROM " + table).Scan(&rows).Error; err != nil {
			b.Fatal(err)
		}
		for _, row := range rows {
			for column, v := range row {
				switch v := v.(type) {
				case []byte:
					fmt.Fprintf(&out, "\n%s.%s: %s %x", table, column, v, v)
				case time.Time:
					fmt.Fprintf(&out, "\n%s.%s: %s", table, column, v.Format(time.DateTime))
				default:
					fmt.Fprintf(&out, "\n%s.%s: %v", table, column, v)
				}
			}
		}
	}
	return out.String()
}

// holds tells whether a dump has the secret in some form. A short code must
// stand by itself: six digits occur inside of ids and hashes by chance.
func holds(dump, secret string) bool {
	forms := []string{secret, hex.EncodeToString([]byte(secret)), base64.StdEncoding.EncodeToString([]byte(secret))}
	if raw, err := base64.RawURLEncoding.DecodeString(secret); err == nil && len(raw) >= 32 {
		forms = append(forms, hex.EncodeToString(raw), string(raw))
	}
	for _, form := range forms {
		for rest := dump; ; {
			i := strings.Index(rest, form)
			if i < 0 {
				break
			}
			if len(secret) > 6 || alone(rest, i, i+len(form)) {
				return true
			}
			rest = rest[i+1:]
		}
	}
	return false
}

func alone(s string, from, to int) bool {
	const word = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"
	before := from > 0 && strings.ContainsRune(word, rune(s[from-1]))
	after := to < len(s) && strings.ContainsRune(word, rune(s[to]))
	return !before && !after
}

func TestNoSecretRestsInTheDatabase(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		setupToken, _, err := b.s.OfferSetup(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		secrets := map[string]string{"setup token": setupToken}
		look := func(when string) {
			t.Helper()
			dump := b.dump()
			for what, secret := range secrets {
				if holds(dump, secret) {
					t.Errorf("%s: the %s stands in the database", when, what)
				}
			}
		}
		look("after the offer")
		owner, err := b.s.CompleteSetup(t.Context(), identity.CompleteSetup{Token: setupToken, Name: "Grace", Email: "grace@firm.example", Password: goodPassword, Visit: visit})
		if err != nil {
			t.Fatal(err)
		}
		secrets["staff session"], secrets["password"] = owner.Token, goodPassword
		a := b.ask("ada@reader.example")
		secrets["link"], secrets["code"], secrets["browser token"] = a.link, a.code, a.browser
		if !strings.Contains(b.dump(), "ada@reader.example") || b.count("river_job") != 1 {
			t.Fatal("the dump does not show what there is")
		}
		look("while the mail is under way")
		in, err := b.s.SpendCode(t.Context(), identity.SpendCode{Browser: a.browser, Code: a.code, Visit: visit})
		if err != nil {
			t.Fatal(err)
		}
		secrets["member session"] = in.Token
		if secrets["API key"], _, err = b.s.CreateKey(b.as(owner), identity.CreateKey{Name: "site", Scopes: []identity.Scope{identity.ScopeContentRead}}); err != nil {
			t.Fatal(err)
		}
		if _, err := b.s.ResolveKey(t.Context(), secrets["API key"]); err != nil {
			t.Fatal(err)
		}
		look("at the end")
		for _, secret := range []string{visit.Client, visit.UserAgent} {
			if strings.Contains(b.dump(), secret) {
				t.Errorf("%q is kept", secret)
			}
		}
	})
}

func TestTheDumpFindsWhatItLooksFor(t *testing.T) {
	t.Parallel()
	token := base64.RawURLEncoding.EncodeToString([]byte("0123456789abcdef0123456789abcdef"))
	for _, dump := range []string{"x " + token + " y", "30313233343536373839616263646566" + "30313233343536373839616263646566", "0123456789abcdef0123456789abcdef"} {
		if !holds(dump, token) {
			t.Errorf("missed in %q", dump)
		}
	}
	if !holds(`{"code":"042917"}`, "042917") || !holds("\n042917", "042917") || holds("a042917", "042917") || holds("1-042917-2", "042917") {
		t.Error("a code is not found where it is, or found where it is not")
	}
}
