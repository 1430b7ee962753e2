package billing_test

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	netmail "net/mail"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/mail"
)

// postOffice is a real SMTP server that keeps what it takes.
type postOffice struct {
	mu     sync.Mutex
	raw    []string
	refuse error
}

func (p *postOffice) NewSession(*smtp.Conn) (smtp.Session, error) { return &visit{p}, nil }

type visit struct{ office *postOffice }

func (visit) Reset()                               {}
func (visit) Logout() error                        { return nil }
func (visit) Mail(string, *smtp.MailOptions) error { return nil }
func (visit) Rcpt(string, *smtp.RcptOptions) error { return nil }

func (v visit) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	v.office.mu.Lock()
	defer v.office.mu.Unlock()
	if v.office.refuse != nil {
		return v.office.refuse
	}
	v.office.raw = append(v.office.raw, string(raw))
	return nil
}

// subjects lists what arrived, in order, and checks that no two letters are
// the same mail.
func (p *postOffice) subjects(t testing.TB) (out []string) {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	seen := map[string]bool{}
	for _, raw := range p.raw {
		m, err := netmail.ReadMessage(strings.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		if id := m.Header.Get("Message-Id"); seen[id] || id == "" {
			t.Errorf("%q arrived twice", id)
		} else {
			seen[id] = true
		}
		if !strings.Contains(raw, "text/plain") || !strings.Contains(raw, "text/html") {
			t.Error("a letter is not both text and HTML")
		}
		out = append(out, m.Header.Get("Subject"))
	}
	return out
}

func (p *postOffice) refuses(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.refuse = err
}

func house(context.Context) mail.Brand { return mail.Brand{Name: "Cold Side Research", URL: portalURL} }

func composer(t testing.TB, c clock.Clock) *mail.Composer {
	t.Helper()
	return must[*mail.Composer](t)(mail.NewComposer("post@cold.example", house, c))
}

// withPost lets the shop write letters, over a real SMTP conversation.
func (s *shop) withPost() *postOffice {
	s.t.Helper()
	p := &postOffice{}
	server := smtp.NewServer(p)
	server.Domain, server.ErrorLog = "post.example", log.New(io.Discard, "", 0)
	l := must[net.Listener](s.t)(net.Listen("tcp", "127.0.0.1:0"))
	go func() { _ = server.Serve(l) }()
	s.t.Cleanup(func() { _ = server.Close() })
	out := must[*mail.SMTP](s.t)(mail.NewSMTP(mail.SMTPOptions{URL: "smtp://" + l.Addr().String() + "?starttls=never", Composer: composer(s.t, s.clock)}))
	s.deps.Mail, s.deps.Brand = out, house
	s.office = s.again()
	return p
}

func (s *shop) queued() (ids []uuid.UUID) {
	s.t.Helper()
	s.ok(s.db.Read(s.t.Context()).Raw("SELECT id FROM billing_letters WHERE state = 'queued' ORDER BY created_at, id").Scan(&ids).Error)
	return ids
}

// send sends what is queued, by several at once.
func (s *shop) send() {
	s.t.Helper()
	for _, id := range s.queued() {
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				if err := s.again().SendLetter(s.t.Context(), id); err != nil {
					s.t.Error(err)
				}
			})
		}
		all.Wait()
	}
}

func TestEachLetterIsSentOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		post := s.withPost()
		s.sell(research(), insights())
		must[billing.Policy](t)(s.office.ChangePolicy(owner(t.Context()), func(p *billing.Policy) { p.PauseMonths, p.GraceDays = 3, 7 }))
		m := s.member()
		id := s.buy(m, goodCard)
		s.deliver(s.the(completed, id))
		for range 3 {
			s.deliver(s.the(completed, id), s.the(paid, s.row(id).InvoiceID))
		}
		sub := s.row(id)
		must[*billing.Subscription](t)(s.office.Cancel(t.Context(), m, sub.ID, billing.Leaving{}))
		must[*billing.Subscription](t)(s.office.Resume(t.Context(), m, sub.ID))
		must[*billing.Subscription](t)(s.office.Pause(t.Context(), m, sub.ID, 1))
		must[*billing.Subscription](t)(s.office.Resume(t.Context(), m, sub.ID))
		in := billing.ChangeInput{Member: m, Subscription: sub.ID, Plan: "insights"}
		p := s.preview(in)
		in.At, in.Due = p.At, p.Due
		must[*billing.Subscription](t)(s.office.Change(t.Context(), in))
		s.cancelNow(id)
		for range 2 {
			s.deliver(s.the(deleted, id))
		}
		s.send()
		s.send()
		want := []string{
			"Your receipt from Cold Side Research", "Your subscription is cancelled", "Your subscription goes on", "Your payments are paused", "Your subscription goes on",
			"Your subscription is changed", "Your subscription has ended",
		}
		if diff := cmp.Diff(want, post.subjects(t)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestLettersAboutTrouble(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		post := s.withPost()
		s.sell()
		must[billing.Policy](t)(s.office.ChangePolicy(owner(t.Context()), func(p *billing.Policy) { p.GraceDays = 7 }))
		dun := func() {
			t.Helper()
			for range 3 {
				s.ok(s.office.Dun(t.Context()))
			}
			s.send()
		}
		m := s.member()
		id := s.buy(m, laterCard)
		s.deliver(s.the(completed, id))
		dun()
		if got := post.subjects(t); len(got) != 0 {
			t.Fatalf("a good card was warned of: %v", got)
		}
		// The card ends with April; the next payment is on the 30th of April.
		s.ok(s.db.Tx(t.Context(), func(ctx context.Context) error {
			return s.db.Write(ctx).Exec("UPDATE subscriptions SET card_expires = ?", time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)).Error
		}))
		if dun(); len(post.subjects(t)) != 0 {
			t.Error("a month ahead is too early")
		}
		s.pass(20 * 24 * time.Hour)
		dun()
		s.pass(10 * 24 * time.Hour)
		s.pass(2 * time.Hour)
		s.deliver(s.the(updated, id))
		for range 2 {
			s.deliver(s.the(failed, s.row(id).InvoiceID))
		}
		dun()
		s.pass(4 * 24 * time.Hour) // tried again, and failed again
		s.deliver(s.the(failed, s.row(id).InvoiceID))
		dun()
		want := []string{"Your card expires before your next payment", "Your payment did not go through", "Your access ends on 7 May 2026"}
		if diff := cmp.Diff(want, post.subjects(t)); diff != "" {
			t.Error(diff)
		}
		if !s.open(m) {
			t.Error("closed within grace")
		}
	})
}

func TestALetterSurvives(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		post := s.withPost()
		s.sell()
		_, sub := s.subscriber(goodCard)
		must[*billing.Subscription](t)(s.office.Cancel(t.Context(), sub.Owner.ID, sub.ID, billing.Leaving{}))
		id := s.queued()[0]
		t.Run("a post office that is closed", func(t *testing.T) {
			post.refuses(&smtp.SMTPError{Code: 451, Message: "later"})
			if err := s.office.SendLetter(t.Context(), id); err == nil {
				t.Error("it says that it was sent")
			}
			post.refuses(nil)
		})
		t.Run("a sender that was killed", func(t *testing.T) {
			ctx, stop := context.WithCancelCause(t.Context())
			killed := s.again(func(d *billing.Deps) { d.Mail = mailer(func() { stop(errors.New("killed")) }) })
			_ = killed.SendLetter(ctx, id) // claims it, and is gone before anything is sent
			s.ok(s.office.SendLetter(t.Context(), id))
			if got := post.subjects(t); len(got) != 0 {
				t.Fatalf("sent while somebody else may be sending it: %v", got)
			}
			s.clock.Advance(6 * time.Minute)
			s.ok(s.office.SendLetter(t.Context(), id))
			s.ok(s.office.SendLetter(t.Context(), id))
			if got := post.subjects(t); len(got) != 1 {
				t.Errorf("%v", got)
			}
		})
		t.Run("a job that was lost", func(t *testing.T) {
			must[*billing.Subscription](t)(s.office.Resume(t.Context(), sub.Owner.ID, sub.ID))
			before := s.jobs("billing.letter")
			s.clock.Advance(11 * time.Minute)
			s.ok(s.office.Dun(t.Context()))
			if s.jobs("billing.letter") != before+1 {
				t.Error("nobody tries again")
			}
		})
		t.Run("nobody to read it", func(t *testing.T) {
			s.ok(s.again(func(d *billing.Deps) { d.Members = goneMembers{} }).SendLetter(t.Context(), s.queued()[0]))
			if n := s.number("SELECT COUNT(*) FROM billing_letters WHERE state = 'dropped'"); n != 1 || len(post.subjects(t)) != 1 {
				t.Errorf("%d dropped", n)
			}
		})
	})
}

// mailer dies before it sends: the process was killed, so nobody hears of it.
type mailer func()

func (m mailer) Send(ctx context.Context, _ mail.Letter) error {
	m()
	<-ctx.Done()
	return context.Cause(ctx)
}

// TestLettersReadWell compares each letter with how it is drawn.
func TestLettersReadWell(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 4, 30, 10, 0, 0, 0, time.UTC)
	facts := billing.Facts{
		Plan: "Research", Amount: 4900, Currency: "eur", Interval: billing.Monthly, Quantity: 1, At: &at, Number: "LT-0007",
		URL: "https://invoice.example/7", PDFURL: "https://invoice.example/7.pdf", Card: "visa 4242",
	}
	bill := map[billing.LetterKind]bool{billing.LetterReceipt: true, billing.LetterFailed: true}
	for _, kind := range []billing.LetterKind{
		billing.LetterReceipt, billing.LetterChanged, billing.LetterCanceled, billing.LetterResumed, billing.LetterPaused, billing.LetterEnded,
		billing.LetterExpiring, billing.LetterFailed, billing.LetterClosing, billing.LetterDoubled,
		billing.LetterOrdered, billing.LetterOverdue,
	} {
		f := facts
		if kind == billing.LetterOrdered || kind == billing.LetterOverdue {
			f.Order, f.Days, f.Begins, f.Closes = 1001, 30, &at, &at
		}
		if !bill[kind] {
			f.PDFURL = ""
		}
		for _, language := range []string{"", "de"} {
			l := billing.ComposeLetter(t, kind, f, house(t.Context()).Name, language)
			l.To, l.MessageIDKey = mail.Address{Name: "Ada Lind", Email: "ada@example.com"}, "billing-1"
			m := must[mail.Message](t)(composer(t, clock.NewManual(at)).Compose(t.Context(), l))
			name := string(kind)
			if language != "" {
				name += "." + language
			}
			for ext, got := range map[string]string{"txt": m.Text, "html": m.HTML} {
				golden(t, filepath.Join("letters", name+"."+ext), got)
			}
			if strings.Contains(m.Text, "  ") || strings.Contains(m.Text, "letter.") || m.Subject == "" {
				t.Errorf("%s: %s", name, m.Text)
			}
		}
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o750), os.WriteFile(path, []byte(got), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs; UPDATE_GOLDEN=1 writes it anew (-want +got):\n%s", name, diff)
	}
}
