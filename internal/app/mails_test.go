package app

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/config"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/mail"
	"lighttrends/internal/platform/mail/lettertest"
)

// everyLetter writes each kind of letter that is written here.
func (r *rooms) everyLetter(ctx context.Context, language string) map[string]mail.Letter {
	at := time.Date(2026, 4, 30, 10, 0, 0, 0, time.UTC)
	id := uuid.MustParse("01940000-0000-7000-8000-000000000001")
	ada := mail.Address{Name: "Ada Lind", Email: "ada@reader.example"}
	plan := &billing.Plan{Slug: "research", Name: "Research"}
	out := map[string]mail.Letter{
		"welcome": r.welcome(ctx, ada, language, "Research", id.String()),
		"gift": r.giftLetter(ctx, language, &billing.Present{
			ID: id, GiverName: "Jun Mori", Months: 12, Recipient: ada.Email, RecipientName: ada.Name, Words: "Read well.", ExpiresAt: &at, Plan: plan,
		}, "ABCD-EFGH-JKLM"),
		"lead": r.leadLetter(publication.Lead{
			ID: id, Name: ada.Name, Email: ada.Email, Company: "Harbour Ltd", Subject: "A number", Message: "Is it 12?", Page: "/notes/twelve-weeks",
		}, "desk@portal.example"),
		"quote": r.quoteLetter(ctx, language, &billing.Order{
			ID: id, Number: 1001, Company: "Harbour Ltd", Name: ada.Name, Email: ada.Email, Words: "As we said.", Seats: 5, Months: 12,
			Amount: 490000, Currency: "eur", ExpiresAt: at, Plan: plan,
		}, 1),
		"term_ending": r.termEnding(ctx, ada, language, &billing.Term{ID: id, EndsAt: at, Plan: plan}),
	}
	stop := out["term_ending"]
	stop.Unsubscribe = r.cfg.BaseURL + "/mail/stop/" + r.identity.StopToken(id, identity.MailReminders)
	out["term_ending"] = stop
	for kind := range deskSays {
		n := &content.Notification{ID: id, Kind: kind, NoteID: &id, Title: "Twelve weeks", ByID: &id, ByName: "Edda Sand"}
		if kind == "commented" {
			n.CommentID, n.Text = &id, "Is this the right year?"
		}
		out["desk_"+kind] = r.deskLetter(ada, n)
	}
	return out
}

func letterConfig(t *testing.T, base string) config.Config {
	t.Helper()
	cfg := houseConfig(t, dbtest.Engine{Name: db.SQLite})
	cfg.BaseURL = base
	return cfg
}

// TestLettersOfTheHouse compares each letter that is written here with how it
// is drawn.
func TestLettersOfTheHouse(t *testing.T) {
	t.Parallel()
	r, err := open(t.Context(), letterConfig(t, "https://portal.example"), NewLog(testWriter{t}, "text", "error"), clock.System{})
	if err != nil {
		t.Fatal(err)
	}
	defer r.close()
	if _, err := r.db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	for name, l := range r.everyLetter(t.Context(), "") {
		lettertest.Golden(t, name, l)
	}
	for name, l := range r.everyLetter(t.Context(), "de") {
		if l.Language == "de" { // those to staff are in English, as the desk is
			lettertest.Golden(t, name+".de", l)
		}
	}
}

// TestOneLetterOfEachRoomOverSMTP speaks with a real server.
func TestOneLetterOfEachRoomOverSMTP(t *testing.T) {
	t.Parallel()
	p, address := openPost(t)
	cfg := houseConfig(t, dbtest.Engine{Name: db.SQLite})
	cfg.SMTPURL, cfg.MailFrom = address, "Notes <notes@example.com>"
	h := reopenHouse(t, cfg)
	m, _, err := h.identity.AddMember(h.staff, "ada@reader.example", "Ada Lind")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.identity.StartSignIn(t.Context(), identity.StartSignIn{Email: "identity@reader.example", Client: "192.0.2.1", Surface: "portal"}); err != nil {
		t.Fatal(err)
	}
	id := db.NewID()
	h.exec(t, `INSERT INTO billing_letters (id, kind, about, owner_kind, owner_id, facts, state, attempts, error, created_at)
		VALUES (?, 'receipt', 'in_1', 'member', ?, '{"amount":4900,"currency":"eur","number":"LT-7"}', 'queued', 0, '', ?)`, id.String(), m.ID.String(), time.Now().UTC())
	if err := h.billing.SendLetter(h.staff, id); err != nil {
		t.Fatal(err)
	}
	for name, l := range h.everyLetter(t.Context(), "") {
		l.To = mail.Address{Name: "Ada", Email: strings.ReplaceAll(name, "_", "-") + "@house.example"}
		if err := h.mailer.Send(t.Context(), l); err != nil {
			t.Error(name, err)
		}
	}
	want := 2 + len(h.everyLetter(t.Context(), ""))
	eventually(t, "every letter has arrived", func() bool {
		p.mu.Lock()
		defer p.mu.Unlock()
		return len(p.letters) == want && p.letters["ada@reader.example"] == 1 && p.letters["identity@reader.example"] == 1
	})
	for _, raw := range p.texts() {
		for _, part := range []string{"multipart/alternative", "text/plain", "text/html", "\r\nMessage-ID:", "Auto-Submitted: auto-generated"} {
			if !strings.Contains(raw, part) {
				t.Errorf("no %s in\n%.600s", part, raw)
			}
		}
	}
}

// TestDeclinedLettersAreNotSent, and each says how it is declined.
func TestDeclinedLettersAreNotSent(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		m, _, err := h.identity.AddMember(h.staff, "ada@reader.example", "Ada Lind")
		if err != nil {
			t.Fatal(err)
		}
		for kind, can := range map[billing.LetterKind]bool{billing.LetterReceipt: true, billing.LetterExpiring: true, billing.LetterFailed: false, billing.LetterClosing: false, billing.LetterEnded: false} {
			wanted, stop, err := h.billingLetterWanted(t.Context(), m.ID, kind)
			if err != nil || !wanted || (stop != "") != can {
				t.Errorf("%s: %v, %q, %v", kind, wanted, stop, err)
			}
		}
		_, stop, _ := h.billingLetterWanted(t.Context(), m.ID, billing.LetterReceipt)
		u, err := url.Parse(stop)
		if err != nil {
			t.Fatal(err)
		}
		// As a mail program does it (RFC 8058): no cookies, no origin.
		res, err := http.Post(h.cfg.BaseURL+u.Path, "application/x-www-form-urlencoded", strings.NewReader("List-Unsubscribe=One-Click"))
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", u.Path, res.StatusCode)
		}
		if wanted, _, err := h.billingLetterWanted(t.Context(), m.ID, billing.LetterReceipt); err != nil || wanted {
			t.Error("a declined receipt is sent", err)
		}
		if wanted, _, err := h.billingLetterWanted(t.Context(), m.ID, billing.LetterExpiring); err != nil || !wanted {
			t.Error("a reminder was declined, too", err)
		}
		id := db.NewID()
		h.exec(t, `INSERT INTO billing_letters (id, kind, about, owner_kind, owner_id, facts, state, attempts, error, created_at)
			VALUES (?, 'receipt', 'in_1', 'member', ?, '{}', 'queued', 0, '', ?)`, id.String(), m.ID.String(), time.Now().UTC())
		if err := h.billing.SendLetter(h.staff, id); err != nil {
			t.Fatal(err)
		}
		var state, why string
		row := h.db.Read(t.Context()).Raw("SELECT state, error FROM billing_letters WHERE id = ?", id).Row()
		if err := row.Scan(&state, &why); err != nil || state != "dropped" || why != "declined" {
			t.Error(state, why, err)
		}
	})
}

// TestTheOwnersHearOfSharing once a day, by the two numbers they set.
func TestTheOwnersHearOfSharing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := newHouse(t, e)
		ada, _, err := h.identity.AddMember(h.staff, "ada@reader.example", "Ada Lind")
		if err != nil {
			t.Fatal(err)
		}
		bea, _, err := h.identity.AddMember(h.staff, "bea@reader.example", "")
		if err != nil {
			t.Fatal(err)
		}
		now := time.Now().UTC()
		for i := range 6 {
			h.exec(t, `INSERT INTO sessions (id, kind, subject_id, token_hash, surface, user_agent, seen_network, created_at, last_seen_at, expires_at)
				VALUES (?, 'member', ?, ?, 'portal', 'Firefox', ?, ?, ?, ?)`, db.NewID().String(), ada.ID.String(), []byte{byte(i)}, "10.0."+string(rune('0'+i))+".0/24", now, now, now.Add(time.Hour))
		}
		for i := range 40 {
			h.exec(t, "INSERT INTO copies (id, serial, member_id, note_id, version, paper, at) VALUES (?, ?, ?, ?, 1, 'a4', ?)",
				db.NewID().String(), "S"+string(rune('A'+i)), bea.ID.String(), db.NewID().String(), now)
		}
		watching := actor.With(t.Context(), actor.Machine("watch"))
		for range 2 {
			if err := h.watch(watching); err != nil {
				t.Fatal(err)
			}
		}
		alerts, err := h.identity.SharingAlerts(h.staff, uuid.Nil)
		if err != nil || len(alerts) != 2 {
			t.Fatalf("%+v, %v", alerts, err)
		}
		for _, a := range alerts {
			if a.MemberID == ada.ID && (a.Networks != 6 || a.Copies != 0) || a.MemberID == bea.ID && (a.Networks != 0 || a.Copies != 40) {
				t.Errorf("%+v", a)
			}
		}
	})
}
