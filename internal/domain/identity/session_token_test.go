package identity_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
)

// program signs a member in who reads with a program.
func (b *bundle) program(email string) identity.Tokens {
	b.Helper()
	a := b.askWith(identity.StartSignIn{Email: email, Surface: "member-api", Client: "192.0.2.1"})
	in, err := b.s.SpendCode(b.Context(), identity.SpendCode{Browser: a.browser, Code: a.code, Visit: identity.Visit{Client: "192.0.2.1", Surface: "member-api", Tokens: true}})
	if err != nil || in.Tokens == nil || in.Token != "" {
		b.Fatalf("%+v, %v", in, err)
	}
	return *in.Tokens
}

func (b *bundle) refresh(token, attempt string) (identity.Tokens, error) {
	return b.s.Refresh(b.Context(), identity.Refresh{Token: token, Attempt: attempt, Client: "198.51.100.7"})
}

func (b *bundle) mustRefresh(token string) identity.Tokens {
	b.Helper()
	t, err := b.refresh(token, "")
	if err != nil {
		b.Fatal(err)
	}
	return t
}

// whatOpens tells what a token opens: "" is everything.
func (b *bundle) whatOpens(token string) string {
	b.Helper()
	in, err := b.s.Resolve(b.Context(), token)
	if err == nil && in.Kind != actor.Member {
		b.Error("it is not a member's")
	}
	if err != nil {
		return fault.Of(err).Code
	}
	return ""
}

func TestAFamilyOfTokens(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		first := b.program("ada@reader.example")
		if !strings.HasPrefix(first.Access, "lta_") || !strings.HasPrefix(first.Refresh, "ltr_") || !first.AccessUntil.Equal(b.clock.Now().Add(15*time.Minute)) {
			t.Errorf("%+v", first)
		}
		if got := b.whatOpens(first.Access); got != "" {
			t.Fatal(got)
		}
		if got := b.whatOpens(first.Refresh); got != "session_invalid" {
			t.Error("a refresh token opens something:", got)
		}
		for _, table := range []string{"session_tokens", "sessions"} {
			b.holdsNo(table, first.Access, first.Refresh)
		}
		b.clock.Advance(15*time.Minute - time.Second)
		if got := b.whatOpens(first.Access); got != "" {
			t.Error("a second before its end:", got)
		}
		second := b.mustRefresh(first.Refresh)
		if got := b.whatOpens(first.Access); got != "" {
			t.Error("the access token ends with its exchange, and requests under way with it:", got)
		}
		b.clock.Advance(time.Second)
		if got := b.whatOpens(first.Access); got != "token_expired" {
			t.Error("an access token goes on:", got)
		}
		if got := b.whatOpens(second.Access); got != "" || second.Session != first.Session {
			t.Error(got)
		}
		ada := actor.With(t.Context(), actor.Actor{Kind: actor.Member, ID: first.Member, Session: first.Session})
		list, err := b.s.Sessions(ada, actor.Member, first.Member)
		if err != nil || len(list) != 1 || list[0].ID != first.Session || list[0].SeenNetwork != "198.51.100.0/24" || !list[0].ExpiresAt.Equal(second.RefreshUntil) {
			t.Errorf("the family is one device: %+v, %v", list, err)
		}
		b.clock.Advance(59 * 24 * time.Hour)
		third := b.mustRefresh(second.Refresh)
		b.clock.Advance(60*24*time.Hour + time.Minute)
		_, err = b.refresh(third.Refresh, "")
		wants(t, err, "session_invalid")
		_, err = b.refresh("ltr_"+strings.Repeat("x", 43), "")
		wants(t, err, "refresh_invalid")
		_, err = b.refresh(third.Access, "")
		wants(t, err, "refresh_invalid")
		if err := b.s.PurgeNow(t.Context()); err != nil {
			t.Fatal(err)
		}
		b.clock.Advance(25 * time.Hour)
		if err := b.s.PurgeNow(t.Context()); err != nil || b.count("session_tokens") != 0 {
			t.Error("tokens stay for ever:", b.count("session_tokens"), err)
		}
	})
}

// TestACopiedRefreshTokenEndsTheFamily: whoever comes second with a token,
// thief or member, nobody goes on with what came of it.
func TestACopiedRefreshTokenEndsTheFamily(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		first, other := b.program("ada@reader.example"), b.program("ada@reader.example")
		second := b.mustRefresh(first.Refresh)
		third := b.mustRefresh(second.Refresh)
		b.clock.Advance(30*time.Second - time.Microsecond)
		_, err := b.refresh(second.Refresh, "")
		wants(t, err, "refresh_raced")
		_, err = b.refresh(second.Refresh, "somebody's word")
		wants(t, err, "refresh_raced")
		if got := b.whatOpens(third.Access); got != "" {
			t.Fatal("a race ended the family:", got)
		}
		b.clock.Advance(time.Microsecond)
		_, err = b.refresh(first.Refresh, "")
		wants(t, err, "session_replayed")
		for _, token := range []string{first.Access, second.Access, third.Access} {
			if got := b.whatOpens(token); got != "session_replayed" {
				t.Errorf("a token of the family still opens, or does not say why: %q", got)
			}
		}
		for _, token := range []string{first.Refresh, second.Refresh, third.Refresh} {
			_, err := b.refresh(token, "")
			wants(t, err, "session_replayed")
		}
		if got := b.whatOpens(other.Access); got != "" {
			t.Error("another device of the same member is out, too:", got)
		}
		if events := b.events(); events[len(events)-1] != "member.signed_out" {
			t.Error(events)
		}
	})
}

func TestALostAnswerComesAgain(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		first := b.program("ada@reader.example")
		second, err := b.refresh(first.Refresh, "attempt-1")
		if err != nil {
			t.Fatal(err)
		}
		b.clock.Advance(9 * time.Minute)
		again, err := b.refresh(first.Refresh, "attempt-1")
		if err != nil || again.Access != second.Access || again.Refresh != second.Refresh || !again.AccessUntil.Equal(second.AccessUntil) || !again.RefreshUntil.Equal(second.RefreshUntil) {
			t.Errorf("%+v\n%+v, %v", again, second, err)
		}
		if b.whatOpens(again.Access) != "" || b.count("session_tokens") != 4 {
			t.Error("an answer that comes again makes tokens:", b.count("session_tokens"))
		}
		if _, err := b.refresh(second.Refresh, "attempt-2"); err != nil {
			t.Fatal(err)
		}
		_, err = b.refresh(first.Refresh, "attempt-1") // it had arrived: somebody went on from there
		wants(t, err, "session_replayed")
		other := b.program("bob@reader.example")
		if _, err := b.refresh(other.Refresh, "attempt-1"); err != nil {
			t.Fatal(err)
		}
		b.clock.Advance(10 * time.Minute)
		_, err = b.refresh(other.Refresh, "attempt-1")
		wants(t, err, "session_replayed")
	})
}

func TestOfManyRefreshesAtOnceOneWins(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		o := e.Options(t)
		b := &bundle{T: t, engine: e, clock: clock.NewManual(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)), post: &post{}}
		b.db = e.Reopen(t, o, b.clock)
		b.s = b.service(b.db)
		nodes := []*identity.Service{b.s, b.service(e.Reopen(t, o, b.clock))}
		first := b.program("ada@reader.example")
		got, bad := atOnce(8, func(i int) (identity.Tokens, error) {
			return nodes[i%2].Refresh(t.Context(), identity.Refresh{Token: first.Refresh})
		})
		won := identity.Tokens{}
		n := 0
		for _, x := range got {
			if x.Access != "" {
				won = x
				n++
			}
		}
		for _, err := range bad {
			wants(t, err, "refresh_raced")
		}
		if n != 1 || b.count("session_tokens") != 4 {
			t.Fatalf("%d won, %d tokens", n, b.count("session_tokens"))
		}
		if got := b.whatOpens(won.Access); got != "" {
			t.Error("a race ends the family:", got)
		}
		b.mustRefresh(won.Refresh)
	})
}

func TestWhoIsSignedOutExchangesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		for name, end := range map[string]func(in identity.Tokens) error{
			"on the account page": func(in identity.Tokens) error {
				return b.s.EndSession(actor.With(t.Context(), actor.Actor{Kind: actor.Member, ID: in.Member}), in.Session)
			},
			"everywhere": func(in identity.Tokens) error {
				_, err := b.s.SignOutEverywhere(b.machine(), actor.Member, in.Member)
				return err
			},
			"by the refresh token": func(in identity.Tokens) error { return b.s.EndFamily(t.Context(), in.Refresh) },
			"by one that was spent": func(in identity.Tokens) error {
				b.mustRefresh(in.Refresh)
				return b.s.EndFamily(t.Context(), in.Refresh)
			},
			"deleted": func(in identity.Tokens) error { return b.s.DeleteMember(b.machine(), in.Member) },
		} {
			in := b.program("m" + strings.ReplaceAll(name, " ", "-") + "@reader.example")
			if err := end(in); err != nil {
				t.Fatal(name, err)
			}
			if got := b.whatOpens(in.Access); got != "session_invalid" {
				t.Errorf("%s: the access token opens: %q", name, got)
			}
			_, err := b.refresh(in.Refresh, "")
			wants(t, err, "session_invalid")
		}
		if err := b.s.EndFamily(t.Context(), "ltr_nothing"); err != nil {
			t.Error(err)
		}
	})
}

func TestWrongRefreshTokensAreSlowedDown(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	right := b.program("ada@reader.example")
	var err error
	for range 121 {
		_, err = b.refresh("ltr_"+strings.Repeat("A", 43), "")
	}
	wants(t, err, "too_many_attempts")
	if _, err := b.refresh(right.Refresh, ""); err != nil {
		t.Error("a right one is held up:", err)
	}
	in := b.program("bob@reader.example")
	for range 240 {
		in = b.mustRefresh(in.Refresh)
	}
	_, err = b.refresh(in.Refresh, "")
	wants(t, err, "too_many_attempts")
	b.clock.Advance(time.Hour)
	b.mustRefresh(in.Refresh)
}

// holdsNo looks for secrets in all columns of a table.
func (b *bundle) holdsNo(table string, secrets ...string) {
	b.Helper()
	var rows []map[string]any
	if err := b.db.Read(context.Background()).Table(table).Find(&rows).Error; err != nil || len(rows) == 0 {
		b.Fatal(table, err)
	}
	for _, row := range rows {
		for column, v := range row {
			text, _ := v.(string)
			if raw, ok := v.([]byte); ok {
				text = string(raw)
			}
			for _, s := range secrets {
				if strings.Contains(text, s) || strings.Contains(text, s[4:]) {
					b.Errorf("%s.%s holds a token", table, column)
				}
			}
		}
	}
}
