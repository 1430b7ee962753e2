package identity_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db/dbtest"
)

func forMCP(name string) identity.MakeToken {
	return identity.MakeToken{Name: name, Scopes: []identity.TokenScope{identity.TokenMCP}}
}

func (b *bundle) makeToken(in identity.SignedIn, m identity.MakeToken) (string, identity.MemberToken) {
	b.Helper()
	secret, made, err := b.s.MakeMemberToken(b.as(in), m)
	if err != nil {
		b.Fatal(err)
	}
	return secret, made
}

func (b *bundle) opens(secret string, scope identity.TokenScope) bool {
	b.Helper()
	h, err := b.s.ResolveToken(b.Context(), secret, scope)
	return err == nil && h.Member != uuid.Nil
}

func TestAMemberMakesAPersonalToken(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		ada := b.reader("ada@reader.example")
		me := ada.Session.SubjectID
		secret, made := b.makeToken(ada, forMCP("  Assistant "))
		if !strings.HasPrefix(secret, "ltp_") || len(secret) != 53 || !strings.HasPrefix(secret, made.Prefix) || made.Name != "Assistant" {
			t.Fatalf("%q of %+v", secret, made)
		}
		h, err := b.s.ResolveToken(t.Context(), secret, identity.TokenMCP)
		if err != nil || h.Member != me || h.Email != "ada@reader.example" || h.Actor().Kind != actor.Member || h.Actor().Session != uuid.Nil {
			t.Fatalf("%+v, %v", h, err)
		}
		t.Run("it is for its scopes only, and no session", func(t *testing.T) {
			_, err := b.s.ResolveToken(t.Context(), secret, identity.TokenContent)
			wants(t, err, "token_scope")
			_, err = b.s.Resolve(t.Context(), secret)
			wants(t, err, "session_invalid")
			_, _, err = b.s.MakeMemberToken(actor.With(t.Context(), h.Actor()), forMCP("Another"))
			wants(t, err, "confirmation_required")
		})
		t.Run("only its hash is kept", func(t *testing.T) {
			var row identity.MemberToken
			if err := b.db.Read(t.Context()).Take(&row).Error; err != nil || len(row.Hash) != 32 || strings.Contains(string(row.Hash), secret) {
				t.Errorf("%+v, %v", row, err)
			}
		})
		t.Run("its last use is told", func(t *testing.T) {
			list, err := b.s.MemberTokens(b.as(ada), me)
			if err != nil || len(list) != 1 || list[0].LastUsedAt == nil || !list[0].LastUsedAt.Equal(b.clock.Now()) {
				t.Errorf("%+v, %v", list, err)
			}
		})
		t.Run("what is no token of ours opens nothing", func(t *testing.T) {
			for _, bad := range []string{"", "ltp_", secret[:52], secret + "x", secret[:52] + "!", "lt_content_" + secret[4:], strings.ToUpper(secret)} {
				_, err := b.s.ResolveToken(t.Context(), bad, identity.TokenMCP)
				wants(t, err, "token_invalid")
			}
		})
		t.Run("somebody else neither sees nor ends it", func(t *testing.T) {
			eve := b.reader("eve@reader.example")
			_, err := b.s.MemberTokens(b.as(eve), me)
			wants(t, err, "capability_missing")
			wants(t, b.s.RevokeMemberToken(b.as(eve), made.ID), "token_not_found")
		})
		t.Run("revoked, it is out at the next request", func(t *testing.T) {
			other := b.service(b.db)
			if err := b.s.RevokeMemberToken(b.as(ada), made.ID); err != nil {
				t.Fatal(err)
			}
			_, err := other.ResolveToken(t.Context(), secret, identity.TokenMCP)
			wants(t, err, "token_invalid")
			wants(t, b.s.RevokeMemberToken(b.as(ada), made.ID), "token_not_found")
		})
		if got := strings.Join(b.notices(), "; "); got != "A personal token was made for your account" {
			t.Error(got)
		}
		events := strings.Join(b.events(), " ")
		if !strings.Contains(events, "member.token_made") || !strings.Contains(events, "member.token_revoked") {
			t.Error(events)
		}
	})
}

func TestPersonalTokensThatAreRefused(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		ada := b.reader("ada@reader.example")
		past := b.clock.Now()
		for name, in := range map[string]identity.MakeToken{
			"without a name":       {Scopes: []identity.TokenScope{identity.TokenMCP}},
			"for nothing":          {Name: "x"},
			"for something else":   {Name: "x", Scopes: []identity.TokenScope{"admin.write"}},
			"over when it is made": {Name: "x", Scopes: []identity.TokenScope{identity.TokenMCP}, ExpiresAt: &past},
		} {
			if _, _, err := b.s.MakeMemberToken(b.as(ada), in); err == nil {
				t.Errorf("made %s", name)
			}
		}
		_, _, err := b.s.MakeMemberToken(t.Context(), forMCP("x"))
		wants(t, err, "sign_in_required")
		for range identity.MaxMemberTokens {
			b.makeToken(ada, forMCP("x"))
		}
		_, _, err = b.s.MakeMemberToken(b.as(ada), forMCP("x"))
		wants(t, err, "too_many_tokens")
		b.clock.Advance(16 * time.Minute)
		_, _, err = b.s.MakeMemberToken(b.as(ada), forMCP("x"))
		wants(t, err, "confirmation_required")
	})
}

func TestWhenPersonalTokensEnd(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.passwords.Store(true)
		ada := b.reader("ada@reader.example")
		me := ada.Session.SubjectID
		both := identity.MakeToken{Name: "Script", Scopes: []identity.TokenScope{identity.TokenContent, identity.TokenMCP, identity.TokenMCP}}
		soon := b.clock.Now().Add(time.Hour)
		both.ExpiresAt = &soon
		dated, made := b.makeToken(ada, both)
		if len(made.Scopes) != 2 || !b.opens(dated, identity.TokenContent) || !b.opens(dated, identity.TokenMCP) {
			t.Fatalf("%+v", made)
		}
		forever, _ := b.makeToken(ada, forMCP("Assistant"))
		b.clock.Advance(time.Hour)
		if b.opens(dated, identity.TokenMCP) || !b.opens(forever, identity.TokenMCP) {
			t.Error("a token ends at its moment, and not before")
		}
		second := b.reader("ada@reader.example")
		if err := b.s.SignOut(t.Context(), second.Token); err != nil || !b.opens(forever, identity.TokenMCP) {
			t.Errorf("one device that signs out ends no token (%v)", err)
		}
		for name, shutOut := range map[string]func(in identity.SignedIn) error{
			"signed out everywhere": func(in identity.SignedIn) error {
				_, err := b.s.SignOutEverywhere(b.as(in), actor.Member, me)
				return err
			},
			"signed out elsewhere": func(in identity.SignedIn) error {
				_, err := b.s.SignOutElsewhere(b.as(in))
				return err
			},
			"another password": func(in identity.SignedIn) error {
				return b.s.SetMemberPassword(b.as(in), "a quiet harbour at dawn")
			},
		} {
			b.clock.Advance(2 * time.Hour) // sign-in mails are counted
			in := b.reader("ada@reader.example")
			secret, _ := b.makeToken(in, forMCP("x"))
			if err := shutOut(in); err != nil || b.opens(secret, identity.TokenMCP) {
				t.Errorf("%s: it goes on (%v)", name, err)
			}
		}
		b.clock.Advance(2 * time.Hour)
		in := b.reader("ada@reader.example")
		last, _ := b.makeToken(in, forMCP("x"))
		if err := b.s.DeleteMember(b.machine(), me); err != nil || b.opens(last, identity.TokenMCP) {
			t.Errorf("it outlives its member (%v)", err)
		}
		var left int64
		if err := b.db.Read(t.Context()).Model(&identity.MemberToken{}).Count(&left).Error; err != nil || left != 0 {
			t.Errorf("%d rows are left of who has gone (%v)", left, err)
		}
	})
}
