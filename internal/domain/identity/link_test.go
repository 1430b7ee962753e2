package identity_test

import (
	"context"
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
)

func TestLookingDoesNotSpend(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		a := b.askWith(identity.StartSignIn{Email: "Ada@reader.example", Name: "Ada", Surface: "portal"})
		for range 5 {
			look, err := b.s.LookLink(t.Context(), a.link)
			want := identity.Look{Email: "Ada@reader.example", Name: "Ada", ExpiresAt: b.clock.Now().Add(15 * time.Minute)}
			if d := cmp.Diff(want, look); err != nil || d != "" {
				t.Fatal(err, d)
			}
		}
		if b.count("sessions")+b.count("members") != 0 {
			t.Error("looking signed somebody in")
		}
		if _, err := b.s.SpendLink(t.Context(), a.link, visit); err != nil {
			t.Error(err)
		}
	})
}

func TestALinkIsSpentOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		a := b.ask("ada@reader.example")
		good, bad := atOnce(8, func(int) (identity.SignedIn, error) { return b.s.SpendLink(t.Context(), a.link, visit) })
		if len(good) != 1 || len(bad) != 7 {
			t.Fatalf("%d won, %v", len(good), bad)
		}
		for _, err := range bad {
			wants(t, err, "link_invalid")
		}
		if b.count("sessions") != 1 || b.count("members") != 1 || b.count("sign_in_tokens") != 0 {
			t.Error("more than one sign-in is in the database")
		}
	})
}

// Two requests of one address are two links. Spent at the same moment, one
// wins and ends the other; nothing locks up.
func TestTwoLinksOfOneAddressAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		for range 3 {
			var links []string
			for range 4 {
				links = append(links, b.ask("ada@reader.example").link)
			}
			good, bad := atOnce(8, func(i int) (identity.SignedIn, error) {
				return b.s.SpendLink(t.Context(), links[i%4], visit)
			})
			if len(good) != 1 {
				t.Fatalf("%d won", len(good))
			}
			for _, err := range bad {
				wants(t, err, "link_invalid")
			}
			b.clock.Advance(time.Hour)
		}
		if b.count("members") != 1 {
			t.Errorf("%d members", b.count("members"))
		}
	})
}

func TestOlderRequestsStayGoodUntilOneIsUsed(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	older, newer := b.ask("ada@reader.example"), b.ask("ADA@reader.example")
	other := b.ask("bo@reader.example")
	if _, err := b.s.SpendLink(t.Context(), older.link, visit); err != nil {
		t.Error(err)
	}
	_, err := b.s.SpendLink(t.Context(), newer.link, visit)
	wants(t, err, "link_invalid")
	_, err = b.s.SpendCode(t.Context(), identity.SpendCode{Browser: newer.browser, Code: newer.code, Visit: visit})
	wants(t, err, "code_invalid")
	if _, err := b.s.SpendLink(t.Context(), other.link, visit); err != nil {
		t.Error("somebody else's request ended too:", err)
	}
}

func TestSpentExpiredAndForgedLinksAreOne(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	spent := b.ask("ada@reader.example").link
	if _, err := b.s.SpendLink(t.Context(), spent, visit); err != nil {
		t.Fatal(err)
	}
	expired := b.ask("ada@reader.example").link
	b.clock.Advance(15 * time.Minute)
	live := b.ask("ada@reader.example").link
	id := b.newestToken()
	raw, _ := base64.RawURLEncoding.DecodeString(live)
	turned := append([]byte(nil), raw...)
	turned[40] ^= 1
	forged := []string{
		"", "x", strings.Repeat("A", 64), strings.Repeat("A", 100_000), "\x00", live + "A", live[:63], live + "=",
		base64.RawURLEncoding.EncodeToString(turned), base64.RawURLEncoding.EncodeToString(append(id[:], make([]byte, 32)...)),
		base64.StdEncoding.EncodeToString(id[:]), id.String(),
	}
	var first error
	for _, token := range append([]string{spent, expired}, forged...) {
		_, lookErr := b.s.LookLink(t.Context(), token)
		_, spendErr := b.s.SpendLink(t.Context(), token, visit)
		wants(t, lookErr, "link_invalid")
		if first == nil {
			first = lookErr
		}
		if lookErr.Error() != first.Error() || spendErr == nil || spendErr.Error() != first.Error() {
			t.Errorf("%.20q: %v / %v", token, lookErr, spendErr)
		}
	}
	if _, err := b.s.SpendLink(t.Context(), live, visit); err != nil {
		t.Error("the good one broke:", err)
	}
}

func TestAnotherKeyWritesOtherLinksAndCodes(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	a := b.ask("ada@reader.example")
	other, err := identity.New(identity.Deps{DB: b.db, Clock: b.clock, SecretKey: []byte(strings.Repeat("x", 32))})
	if err != nil {
		t.Fatal(err)
	}
	_, err = other.SpendLink(t.Context(), a.link, visit)
	wants(t, err, "link_invalid")
	_, err = other.LookLink(t.Context(), a.link)
	wants(t, err, "link_invalid")
}

// A failure after the row was deleted brings the row back.
func TestAFailedSignInSpendsNothing(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	a := b.ask("ada@reader.example")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := b.s.SpendLink(ctx, a.link, visit); err == nil {
		t.Fatal("a cancelled request signed in")
	}
	b.exec("ALTER TABLE journal RENAME TO away")
	if _, err := b.s.SpendLink(t.Context(), a.link, visit); err == nil {
		t.Fatal("signed in without a record")
	}
	b.exec("ALTER TABLE away RENAME TO journal")
	if b.count("sessions")+b.count("members") != 0 {
		t.Error("half a sign-in stayed")
	}
	if _, err := b.s.SpendLink(t.Context(), a.link, visit); err != nil {
		t.Error(err)
	}
}

func TestADeletedAccountIsNotOpenedAgain(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		old := b.signIn("ada@reader.example")
		waiting := b.ask("ada@reader.example")
		if err := b.s.DeleteMember(b.as(old), old.Session.SubjectID); err != nil {
			t.Fatal(err)
		}
		_, err := b.s.Resolve(t.Context(), old.Token)
		wants(t, err, "session_invalid")
		_, err = b.s.SpendLink(t.Context(), waiting.link, visit)
		wants(t, err, "link_invalid")

		fresh := b.signIn("ada@reader.example")
		if !fresh.New || fresh.Session.SubjectID == old.Session.SubjectID || fresh.Session.SubjectID == uuid.Nil {
			t.Errorf("signed in to %v again", old.Session.SubjectID)
		}
		gone, err := b.s.Member(b.machine(), old.Session.SubjectID)
		if err != nil || gone.DeletedAt == nil || gone.EmailGiven+gone.Name+gone.NameFolded != "" || strings.Contains(gone.Email, "ada") {
			t.Errorf("%+v, %v", gone, err)
		}
		if d := cmp.Diff([]string{"member.registered", "member.signed_in", "member.deleted", "member.registered", "member.signed_in"}, b.events()); d != "" {
			t.Error(d)
		}
	})
}
