package identity_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/riverqueue/river"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
	"lighttrends/internal/platform/mail"
	"lighttrends/internal/platform/mail/mailbox"
)

func (b *bundle) work() {
	b.Helper()
	workers := river.NewWorkers()
	identity.AddWorkers(workers, b.s)
	w, err := b.db.Work(b.Context(), db.WorkerOptions{Workers: workers, Periodic: identity.Periodic()})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = w.StopAndCancel(context.Background()) })
}

func (b *bundle) eventually(what string, ok func() bool) {
	b.Helper()
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if ok() {
			return
		}
	}
	b.Fatal("never: " + what)
}

// state lists the states of the sign-in mail jobs.
func (b *bundle) state() (states []string) {
	b.Helper()
	b.db.Read(b.Context()).Raw("SELECT state FROM river_job WHERE kind = 'identity.send_sign_in_mail' ORDER BY id").Scan(&states)
	return states
}

func TestTheMailIsSentByTheQueueAndOldRowsArePurged(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.ask("old@reader.example")
		b.clock.Advance(time.Hour)
		if _, err := b.s.StartSignIn(t.Context(), identity.StartSignIn{Email: "ada@reader.example", Surface: "portal"}); err != nil {
			t.Fatal(err)
		}
		b.work()
		b.eventually("the mail is sent", func() bool { return len(b.post.sent()) == 2 })
		letters := b.post.sent()
		link, _ := linkAndCode(letters[1])
		if letters[1].To.Email != "ada@reader.example" {
			t.Errorf("sent to %q", letters[1].To.Email)
		}
		if _, err := b.s.SpendLink(t.Context(), link, visit); err != nil {
			t.Error(err)
		}
		b.eventually("the expired request is purged", func() bool { return b.count("sign_in_tokens") == 0 })
		b.eventually("both jobs are done, though one had nothing to do", func() bool {
			s := b.state()
			return len(s) == 2 && s[0] == "completed" && s[1] == "completed"
		})
	})
}

func TestALetterThatCannotBeSentIsGivenUp(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	b.post.refuse = fault.New(fault.Conflict, "mail_refused", "The mail server refused the letter.")
	if _, err := b.s.StartSignIn(t.Context(), identity.StartSignIn{Email: "ada@reader.example", Surface: "portal"}); err != nil {
		t.Fatal(err)
	}
	b.work()
	b.eventually("the job is cancelled", func() bool { s := b.state(); return len(s) == 1 && s[0] == "cancelled" })
}

func TestALetterThatCannotBeSentNowIsTriedAgain(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	b.clock.Set(time.Now()) // the queue has a clock of its own
	b.post.refuse = fault.New(fault.Unavailable, "mail_unavailable", "The mail server cannot be reached.")
	if _, err := b.s.StartSignIn(t.Context(), identity.StartSignIn{Email: "ada@reader.example", Surface: "portal"}); err != nil {
		t.Fatal(err)
	}
	b.work()
	b.eventually("the job waits for the next try", func() bool { s := b.state(); return len(s) == 1 && s[0] == "retryable" })
	var waits []string
	for attempt := 1; attempt <= 8; attempt++ {
		waits = append(waits, b.s.RetryAfter(attempt).String())
	}
	if d := cmp.Diff([]string{"5s", "10s", "20s", "40s", "1m20s", "2m0s", "2m0s", "2m0s"}, waits); d != "" {
		t.Error(d)
	}
}

// The whole way with the built-in mailbox: what it keeps opens the door.
func TestTheMailboxTakesTheSignInMail(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	brand := func(context.Context) mail.Brand {
		return mail.Brand{Name: "LightTrends", URL: "https://portal.example/"}
	}
	composer, err := mail.NewComposer("news@firm.example", brand, clock.System{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := identity.New(identity.Deps{
		DB: b.db, Clock: b.clock, Journal: journal.New(b.db, b.clock, nil), Mail: mailbox.New(b.db, composer, nil), Brand: brand,
		SignInURL: func(_, token string) string { return linkBase + token }, SecretKey: []byte(secretKey),
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.StartSignIn(t.Context(), identity.StartSignIn{Email: "Jürgen@bücher.example", Surface: "portal"}); err != nil {
		t.Fatal(err)
	}
	for range 2 { // a repeated send is one letter
		if err := s.SendSignInMailNow(t.Context(), b.newestToken()); err != nil {
			t.Fatal(err)
		}
	}
	if b.count("mailbox_messages") != 1 {
		t.Errorf("%d letters", b.count("mailbox_messages"))
	}
}
