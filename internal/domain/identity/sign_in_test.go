package identity_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"gorm.io/gorm"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/mail"
)

func TestRegisteringAndSigningInAreOneThing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		mailed := b.askWith(identity.StartSignIn{Email: " Ada@Reader.example ", Name: "Ada  Lovelace", ReturnTo: "/notes/x?y=1#z", Surface: "portal"})
		first, err := b.s.SpendLink(t.Context(), mailed.link, visit)
		if err != nil {
			t.Fatal(err)
		}
		if !first.New || first.ReturnTo != "/notes/x?y=1#z" {
			t.Errorf("%+v", first)
		}
		s, err := b.s.Resolve(t.Context(), first.Token)
		if err != nil || s.Kind != actor.Member || s.Name != "Ada Lovelace" || s.Email != "Ada@Reader.example" || s.UserAgent != "Firefox on Linux" {
			t.Errorf("%+v, %v", s, err)
		}
		m, err := b.s.Member(b.as(first), s.SubjectID)
		if err != nil || m.Email != "ada@reader.example" || m.EmailVerifiedAt == nil || !m.EmailVerifiedAt.Equal(b.clock.Now()) {
			t.Errorf("%+v, %v", m, err)
		}

		again := b.askWith(identity.StartSignIn{Email: "ADA@reader.example", Name: "Somebody Else", Surface: "portal"})
		second, err := b.s.SpendCode(t.Context(), identity.SpendCode{Browser: again.browser, Code: again.code, Visit: visit})
		if err != nil || second.New || second.Session.SubjectID != m.ID || second.Session.Name != "Ada Lovelace" {
			t.Errorf("%+v, %v", second, err)
		}
		if d := cmp.Diff([]string{"member.registered", "member.signed_in", "member.signed_in"}, b.events()); d != "" {
			t.Error(d)
		}
	})
}

func TestTheMailSaysWhatItIs(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	b.askWith(identity.StartSignIn{Email: "Ada@reader.example", Name: "Win a prize at evil.example", Surface: "portal"})
	l := b.post.sent()[0]
	if err := l.Validate(); err != nil {
		t.Fatal(err)
	}
	all := l.Subject + l.Preheader
	for _, block := range l.Blocks {
		all += "\n" + block.Text
	}
	if l.Subject != "Sign in to LightTrends" || l.To.Email != "Ada@reader.example" || l.Category != "sign-in" || l.Unsubscribe != "" {
		t.Errorf("%+v", l)
	}
	for _, want := range []string{"If you did not ask for this, ignore this mail.", "15 minutes", "until 09:15 UTC on 2 March"} {
		if !strings.Contains(all, want) {
			t.Errorf("the mail lacks %q", want)
		}
	}
	if strings.Contains(all, "prize") || strings.Contains(l.To.Name, "prize") {
		t.Error("a stranger's text is in the mail")
	}
	link, code := linkAndCode(l)
	if len(link) != 64 || len(code) != 6 || strings.Trim(code, "0123456789") != "" {
		t.Errorf("link %q, code %q", link, code)
	}
	if strings.Contains(l.MessageIDKey, code) || strings.Contains(l.MessageIDKey, link) {
		t.Error("the Message-ID tells a secret")
	}
}

func TestNoMailWithoutARequest(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	a := b.ask("ada@reader.example")
	id := b.newestToken()
	if _, err := b.s.SpendLink(t.Context(), a.link, visit); err != nil {
		t.Fatal(err)
	}
	if err := b.s.SendSignInMailNow(t.Context(), id); err != nil || len(b.post.sent()) != 1 {
		t.Errorf("after signing in: %v, %d letters", err, len(b.post.sent()))
	}
	b.ask("ada@reader.example")
	id = b.newestToken()
	b.clock.Advance(15 * time.Minute)
	if err := b.s.SendSignInMailNow(t.Context(), id); err != nil || len(b.post.sent()) != 2 {
		t.Errorf("after it expired: %v, %d letters", err, len(b.post.sent()))
	}
}

func TestASendThatFailsFailsTheJob(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	b.ask("ada@reader.example")
	b.post.refuse = context.DeadlineExceeded
	if err := b.s.SendSignInMailNow(t.Context(), b.newestToken()); err == nil {
		t.Error("the failure was swallowed")
	}
}

// statements collects the text of what runs in the database.
func statements(t *testing.T, d *db.DB) (take func() []string) {
	t.Helper()
	var log []string
	watch := func(g *gorm.DB) {
		note := func(tx *gorm.DB) { log = append(log, tx.Statement.SQL.String()) }
		c := g.Callback()
		for _, err := range []error{
			c.Create().After("gorm:create").Register("watch", note), c.Query().After("gorm:query").Register("watch", note),
			c.Update().After("gorm:update").Register("watch", note), c.Delete().After("gorm:delete").Register("watch", note),
			c.Raw().After("gorm:raw").Register("watch", note), c.Row().After("gorm:row").Register("watch", note),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	watch(d.Read(t.Context()))
	if d.Engine() == db.SQLite { // where reading and writing are two connections
		_ = d.Tx(t.Context(), func(ctx context.Context) error { watch(d.Write(ctx)); return nil })
	}
	return func() []string {
		out := log
		log = nil
		return out
	}
}

func TestAskingIsTheSameForKnownAndUnknown(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.signIn("known@reader.example")
		take := statements(t, b.db)
		tables := []string{"members", "sessions", "sign_in_tokens", "attempts", "river_job", "journal"}
		type trace struct {
			Statements []string
			Rows       map[string]int64
			Letter     []mail.Block
		}
		ask := func(email string) trace {
			before := map[string]int64{}
			for _, table := range tables {
				before[table] = b.count(table)
			}
			take()
			if _, err := b.s.StartSignIn(t.Context(), identity.StartSignIn{Email: email, Client: "192.0.2.9", Surface: "portal"}); err != nil {
				t.Fatal(err)
			}
			tr := trace{Statements: take(), Rows: map[string]int64{}}
			for _, table := range tables {
				tr.Rows[table] = b.count(table) - before[table]
			}
			b.readMail(b.newestToken())
			letters := b.post.sent()
			for _, block := range letters[len(letters)-1].Blocks {
				if block.Kind != mail.KindCode && block.Kind != mail.KindButton {
					tr.Letter = append(tr.Letter, block)
				}
			}
			return tr
		}
		ask("first@reader.example") // so that the client has a counter
		unknown := ask("xxxxx@reader.example")
		b.clock.Advance(time.Hour) // and the known account none
		b.exec("DELETE FROM attempts")
		ask("first@reader.example")
		known := ask("known@reader.example")
		if len(unknown.Statements) == 0 || unknown.Rows["sign_in_tokens"] != 1 || unknown.Rows["river_job"] != 1 {
			t.Fatalf("nothing happened: %+v", unknown)
		}
		for i := range unknown.Letter {
			unknown.Letter[i].Text = strings.ReplaceAll(strings.ReplaceAll(unknown.Letter[i].Text, "xxxxx@", "known@"), "09:30", "10:30")
		}
		if d := cmp.Diff(unknown, known); d != "" {
			t.Error(d)
		}
	})
}

func TestInputIsCheckedAllAtOnce(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	_, err := b.s.StartSignIn(t.Context(), identity.StartSignIn{Email: "nobody", Name: "a\x00b"})
	if got := fields(err); got != "email:bad_address name:bad_characters" {
		t.Errorf("got %q", got)
	}
	_, err = b.s.StartSignIn(t.Context(), identity.StartSignIn{Email: "  ", Name: strings.Repeat("x", 101)})
	if got := fields(err); got != "email:required name:too_long" {
		t.Errorf("got %q", got)
	}
	if b.count("sign_in_tokens")+b.count("attempts")+b.count("river_job") != 0 {
		t.Error("bad input left rows")
	}
	started, err := b.s.StartSignIn(t.Context(), identity.StartSignIn{Email: "ada@reader.example", ReturnTo: "https://evil.example/", Browser: "short"})
	if err != nil || len(started.Browser) != 43 {
		t.Errorf("%+v, %v", started, err)
	}
	link, _ := b.readMail(b.newestToken())
	if in, err := b.s.SpendLink(t.Context(), link, visit); err != nil || in.ReturnTo != "" {
		t.Errorf("returns to %q, %v", in.ReturnTo, err)
	}
}
