package identity_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/domain/identity/devicetest"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
)

// reader signs a member in with a code.
func (b *bundle) reader(email string) identity.SignedIn {
	b.Helper()
	a := b.ask(email)
	in, err := b.s.SpendCode(b.Context(), identity.SpendCode{Browser: a.browser, Code: a.code, Visit: visit})
	if err != nil {
		b.Fatal(err)
	}
	return in
}

// addMemberKey adds a passkey of the device to a member who is signed in.
func (b *bundle) addMemberKey(in identity.SignedIn, d *devicetest.Device) identity.MemberPasskey {
	b.Helper()
	offer, err := b.s.OfferMemberPasskey(b.as(in))
	if err != nil {
		b.Fatal(err)
	}
	answer, err := d.Create(offer.Options)
	if err != nil {
		b.Fatal(err)
	}
	k, err := b.s.AddMemberPasskey(b.as(in), identity.AddPasskey{Ticket: offer.Ticket, Name: "Phone", Credential: answer})
	if err != nil {
		b.Fatal(err)
	}
	return k
}

func (b *bundle) byMemberKey(d *devicetest.Device, returnTo string) (identity.SignedIn, error) {
	b.Helper()
	ask, err := b.s.AskMemberPasskey(b.Context(), visit.Client)
	if err != nil {
		return identity.SignedIn{}, err
	}
	answer, err := d.Get(ask.Options)
	if err != nil {
		b.Fatal(err)
	}
	return b.s.SignInMemberPasskey(b.Context(), identity.SignInPasskey{Ticket: ask.Ticket, Credential: answer, ReturnTo: returnTo, Visit: visit})
}

// notices does the work of the waiting jobs and lists the subjects of the
// letters that came of them.
func (b *bundle) notices() (subjects []string) {
	b.Helper()
	var jobs []string
	args := map[db.Engine]string{db.SQLite: "json(args)", db.Postgres: "args::text"}[b.engine.Name]
	if err := b.db.Read(b.Context()).Raw("SELECT " + args + " FROM river_job WHERE kind = 'identity.send_member_notice' ORDER BY id").Scan(&jobs).Error; err != nil {
		b.Fatal(err)
	}
	for _, raw := range jobs {
		var job identity.SendMemberNotice
		if err := json.Unmarshal([]byte(raw), &job); err != nil {
			b.Fatal(err)
		}
		before := len(b.post.sent())
		if err := b.s.SendMemberNoticeNow(b.Context(), job); err != nil {
			b.Fatal(err)
		}
		for _, l := range b.post.sent()[before:] {
			subjects = append(subjects, l.Subject)
		}
	}
	return subjects
}

func TestAMemberSignsInWithAPasskey(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		first := b.reader("ada@reader.example")
		if offered, err := b.s.PasskeyOffered(b.as(first)); err != nil || !offered {
			t.Error("no passkey is offered:", err)
		}
		phone := devicetest.New(origin)
		phone.KnowsOwner = false // preferred, not asked for
		k := b.addMemberKey(first, phone)
		if offered, _ := b.s.PasskeyOffered(b.as(first)); offered {
			t.Error("a passkey is offered to who has one")
		}
		in, err := b.byMemberKey(phone, "/notes/x")
		if err != nil || in.ReturnTo != "/notes/x" || in.New {
			t.Fatalf("%+v, %v", in, err)
		}
		if s, err := b.s.Resolve(t.Context(), in.Token); err != nil || s.SubjectID != first.Session.SubjectID || s.Kind != actor.Member {
			t.Error(s, err)
		}
		for _, elsewhere := range []string{"https://evil.example/", "//evil.example", `/\evil.example`} {
			if in, err := b.byMemberKey(phone, elsewhere); err != nil || in.ReturnTo != "" {
				t.Errorf("%q leads to %q, %v", elsewhere, in.ReturnTo, err)
			}
		}
		keys, err := b.s.MemberPasskeys(b.as(in), in.Session.SubjectID)
		if err != nil || len(keys) != 1 || keys[0].LastUsedAt == nil || keys[0].Name != "Phone" {
			t.Errorf("%+v, %v", keys, err)
		}
		if err := b.s.RenameMemberPasskey(b.as(in), k.ID, "Old phone"); err != nil {
			t.Error(err)
		}
		if err := b.s.RemoveMemberPasskey(b.as(in), k.ID); err != nil {
			t.Error(err)
		}
		_, err = b.byMemberKey(phone, "")
		wants(t, err, "passkey_refused")
		if got := strings.Join(b.notices(), "; "); got != "A passkey was added to your account; A passkey was removed from your account" {
			t.Error(got)
		}
		events := strings.Join(b.events(), " ")
		for _, verb := range []string{"member.passkey_added", "member.passkey_removed"} {
			if !strings.Contains(events, verb) {
				t.Errorf("no %s in %s", verb, events)
			}
		}
	})
}

func TestMemberPasskeysThatAreRefused(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		ada, bea := b.reader("ada@reader.example"), b.reader("bea@reader.example")
		phone := devicetest.New(origin)
		key := b.addMemberKey(ada, phone)

		t.Run("an answer given twice", func(t *testing.T) {
			ask, _ := b.s.AskMemberPasskey(t.Context(), visit.Client)
			answer, _ := phone.Get(ask.Options)
			in := identity.SignInPasskey{Ticket: ask.Ticket, Credential: answer, Visit: visit}
			good, bad := atOnce(3, func(int) (identity.SignedIn, error) { return b.s.SignInMemberPasskey(t.Context(), in) })
			if len(good) != 1 || len(bad) != 2 {
				t.Fatalf("%d signed in, %v", len(good), bad)
			}
			wants(t, bad[0], "ticket_invalid")
		})
		t.Run("a late answer", func(t *testing.T) {
			ask, _ := b.s.AskMemberPasskey(t.Context(), visit.Client)
			answer, _ := phone.Get(ask.Options)
			b.clock.Advance(11 * time.Minute)
			_, err := b.s.SignInMemberPasskey(t.Context(), identity.SignInPasskey{Ticket: ask.Ticket, Credential: answer, Visit: visit})
			wants(t, err, "ticket_invalid")
		})
		t.Run("at the desk, and a colleague's key here", func(t *testing.T) {
			b.hire("olga@firm.example", identity.Owner)
			hers := devicetest.New(origin)
			b.addKey(b.signInStaff("olga@firm.example"), hers)
			_, err := b.byMemberKey(hers, "")
			wants(t, err, "passkey_refused")
			_, err = b.byKey(phone, "")
			wants(t, err, "passkey_refused")
			ask, _ := b.s.AskPasskey(t.Context(), "", visit.Client)
			answer, _ := phone.Get(ask.Options)
			_, err = b.s.SignInMemberPasskey(t.Context(), identity.SignInPasskey{Ticket: ask.Ticket, Credential: answer, Visit: visit})
			wants(t, err, "ticket_invalid")
		})
		t.Run("a page of another site", func(t *testing.T) {
			evil := phone.Clone()
			evil.Origin = "https://desk.example.evil.example"
			_, err := b.byMemberKey(evil, "")
			wants(t, err, "passkey_refused")
		})
		t.Run("a copy of the key", func(t *testing.T) {
			thief := phone.Clone()
			if _, err := b.byMemberKey(phone, ""); err != nil {
				t.Fatal(err)
			}
			_, err := b.byMemberKey(thief, "")
			wants(t, err, "passkey_refused")
			if ev := b.events(); ev[len(ev)-1] != "member.passkey_suspected" {
				t.Error(ev[len(ev)-1])
			}
		})
		t.Run("a question that was put to somebody else", func(t *testing.T) {
			ada, bea := b.reader("ada@reader.example"), b.reader("bea@reader.example")
			offer, err := b.s.OfferMemberPasskey(b.as(ada))
			if err != nil {
				t.Fatal(err)
			}
			answer, _ := devicetest.New(origin).Create(offer.Options)
			_, err = b.s.AddMemberPasskey(b.as(bea), identity.AddPasskey{Ticket: offer.Ticket, Name: "Hers", Credential: answer})
			wants(t, err, "ticket_invalid")
		})
		t.Run("somebody else's key to rename or remove", func(t *testing.T) {
			bea := b.reader("bea@reader.example")
			wants(t, b.s.RenameMemberPasskey(b.as(bea), key.ID, "Mine"), "passkey_not_found")
			wants(t, b.s.RemoveMemberPasskey(b.as(bea), key.ID), "passkey_not_found")
			_, err := b.s.MemberPasskeys(b.as(bea), ada.Session.SubjectID)
			if fault.Of(err).Kind != fault.Forbidden {
				t.Error(err)
			}
		})
		t.Run("nonsense", func(t *testing.T) {
			for _, raw := range []string{``, `{}`, `null`, `{"id":"x"}`} {
				ask, _ := b.s.AskMemberPasskey(t.Context(), visit.Client)
				_, err := b.s.SignInMemberPasskey(t.Context(), identity.SignInPasskey{Ticket: ask.Ticket, Credential: json.RawMessage(raw), Visit: visit})
				wants(t, err, "passkey_refused")
			}
		})
		t.Run("of an account that is gone", func(t *testing.T) {
			if err := b.s.DeleteMember(b.machine(), ada.Session.SubjectID); err != nil {
				t.Fatal(err)
			}
			_, err := b.byMemberKey(phone, "")
			wants(t, err, "passkey_refused")
			if n := b.count("member_passkeys"); n != 0 {
				t.Errorf("%d passkeys are left", n)
			}
		})
		_ = bea
	})
}

// TestChangingHowToSignInAsksWhoIsThere once the sign-in is some minutes old.
func TestChangingHowToSignInAsksWhoIsThere(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.passwords.Store(true)
		in := b.reader("ada@reader.example")
		k := b.addMemberKey(in, devicetest.New(origin))
		b.clock.Advance(16 * time.Minute)
		_, err := b.s.OfferMemberPasskey(b.as(in))
		wants(t, err, "confirmation_required")
		_, err = b.s.AddMemberPasskey(b.as(in), identity.AddPasskey{})
		wants(t, err, "confirmation_required")
		wants(t, b.s.RemoveMemberPasskey(b.as(in), k.ID), "confirmation_required")
		wants(t, b.s.SetMemberPassword(b.as(in), goodPassword), "confirmation_required")
		wants(t, b.s.RemoveMemberPassword(b.as(in)), "confirmation_required")

		// A code that somebody else asked for in this browser confirms nothing.
		other := b.ask("bea@reader.example")
		wants(t, b.s.ConfirmMember(b.as(in), identity.SpendCode{Browser: other.browser, Code: other.code, Visit: visit}), "code_invalid")

		started, err := b.s.AskConfirmation(b.as(in), "", visit.Client)
		if err != nil {
			t.Fatal(err)
		}
		link, code := b.readMail(b.newestToken())
		if link != "" || code == "" {
			t.Errorf("the letter has the link %q and the code %q", link, code)
		}
		err = b.s.ConfirmMember(b.as(in), identity.SpendCode{Browser: "another", Code: code, Visit: visit})
		wants(t, err, "code_invalid")
		if strings.Contains(err.Error(), "button") {
			t.Error("it speaks of a button the letter has not:", err)
		}
		if err := b.s.ConfirmMember(b.as(in), identity.SpendCode{Browser: started.Browser, Code: code, Visit: visit}); err != nil {
			t.Fatal(err)
		}
		if ok, err := b.s.MemberConfirmed(b.as(in)); err != nil || !ok {
			t.Error("not confirmed:", err)
		}
		wants(t, b.s.ConfirmMember(b.as(in), identity.SpendCode{Browser: started.Browser, Code: code, Visit: visit}), "code_invalid")
		if err := b.s.RemoveMemberPasskey(b.as(in), k.ID); err != nil {
			t.Error(err)
		}
		b.clock.Advance(16 * time.Minute)
		wants(t, b.s.SetMemberPassword(b.as(in), goodPassword), "confirmation_required")

		if started, err = b.s.AskConfirmation(b.as(in), "", visit.Client); err != nil {
			t.Fatal(err)
		}
		b.exec("UPDATE attempts SET n = 1000, free_at = until")
		err = b.s.ConfirmMember(b.as(in), identity.SpendCode{Browser: started.Browser, Code: "000000", Visit: visit})
		if wants(t, err, "too_many_attempts"); !strings.Contains(err.Error(), "log in again with a link") {
			t.Error("it does not say what still works:", err)
		}
	})
}

func TestAMemberWithAPassword(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		try := func(email, password string) (identity.SignedIn, error) {
			return b.s.SignInMember(t.Context(), identity.SignInMember{Email: email, Password: password, ReturnTo: "/notes/x", Visit: visit})
		}
		in, elsewhere := b.reader("ada@reader.example"), b.reader("ada@reader.example")
		wants(t, b.s.SetMemberPassword(b.as(in), goodPassword), "passwords_off")
		_, err := try("ada@reader.example", goodPassword)
		wants(t, err, "passwords_off")
		b.passwords.Store(true)
		for password, want := range map[string]string{"": "password:required", "short": "password:too_short", "aaaaaaaaaaaaaa": "password:too_common", "ada@reader.example": "password:too_close"} {
			if got := fields(b.s.SetMemberPassword(b.as(in), password)); got != want {
				t.Errorf("%q: %s, want %s", password, got, want)
			}
		}
		_, err = try("ada@reader.example", goodPassword)
		wants(t, err, "credentials_wrong")
		if err := b.s.SetMemberPassword(b.as(in), goodPassword); err != nil {
			t.Fatal(err)
		}
		if _, err := b.s.Resolve(t.Context(), elsewhere.Token); err == nil {
			t.Error("the other session goes on")
		}
		if _, err := b.s.Resolve(t.Context(), in.Token); err != nil {
			t.Error("the session that set it ended:", err)
		}
		got, err := try("Ada@Reader.example", goodPassword)
		if err != nil || got.ReturnTo != "/notes/x" || got.Session.SubjectID != in.Session.SubjectID {
			t.Fatalf("%+v, %v", got, err)
		}
		wrong := map[string]string{}
		for _, email := range []string{"ada@reader.example", "nobody@reader.example", "not an address"} {
			_, err := try(email, "not the password at all")
			wrong[fault.Of(err).Message+fault.Of(err).Code] = email
		}
		if len(wrong) != 1 {
			t.Errorf("answers differ: %v", wrong)
		}
		if err := b.s.SetMemberPassword(b.as(got), "another good sentence"); err != nil {
			t.Fatal(err)
		}
		_, err = try("ada@reader.example", goodPassword)
		wants(t, err, "credentials_wrong")
		if err := b.s.RemoveMemberPassword(b.as(got)); err != nil {
			t.Error(err)
		}
		_, err = try("ada@reader.example", "another good sentence")
		wants(t, err, "credentials_wrong")
		if got := strings.Join(b.notices(), "; "); got != "Your account has a password now; Your password was changed; Your password was removed" {
			t.Error(got)
		}
	})
}

// TestGuessingAMembersPasswordGetsSlow, and is counted apart from the desk.
func TestGuessingAMembersPasswordGetsSlow(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.passwords.Store(true)
		b.hire("ada@reader.example", identity.Owner)
		for _, email := range []string{"ada@reader.example", "nobody@reader.example"} {
			var err error
			for range 6 {
				_, err = b.s.SignInMember(t.Context(), identity.SignInMember{Email: email, Password: "wrong", Visit: visit})
			}
			wants(t, err, "too_many_attempts")
		}
		if _, err := b.s.SignInStaff(t.Context(), identity.SignInStaff{Email: "ada@reader.example", Password: goodPassword, Visit: visit}); err != nil {
			t.Error("the desk is held up, too:", err)
		}
	})
}

// TestAnOfficeOfReadersHoldsUpNobody counts a client's wrong passwords only, and
// members' apart from the desk's.
func TestAnOfficeOfReadersHoldsUpNobody(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.passwords.Store(true)
		b.hire("olga@firm.example", identity.Owner)
		if err := b.s.SetMemberPassword(b.as(b.reader("ada@reader.example")), goodPassword); err != nil {
			t.Fatal(err)
		}
		try := func(email, password string) error {
			_, err := b.s.SignInMember(t.Context(), identity.SignInMember{Email: email, Password: password, Visit: visit})
			return err
		}
		// The counters are filled behind the room's back to save the time of the
		// comparisons.
		wants(t, try("nobody@reader.example", "wrong"), "credentials_wrong")
		b.exec("UPDATE attempts SET n = 399 WHERE key = ?", b.s.MemberPasswordCounter(identity.Network(visit.Client)))
		for range 2 { // the four-hundredth, and it is taken back
			if err := try("ada@reader.example", goodPassword); err != nil {
				t.Fatal("a right password counts:", err)
			}
		}
		wants(t, try("bea@reader.example", "wrong"), "credentials_wrong")
		wants(t, try("ada@reader.example", goodPassword), "too_many_attempts")
		if _, err := b.s.SignInStaff(t.Context(), identity.SignInStaff{Email: "olga@firm.example", Password: goodPassword, Visit: visit}); err != nil {
			t.Error("the desk is held up, too:", err)
		}
	})
}

func TestTheCardIsClosedForGood(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	in := b.reader("ada@reader.example")
	for range 2 {
		if err := b.s.ClosePasskeyCard(b.as(in)); err != nil {
			t.Fatal(err)
		}
	}
	if offered, err := b.s.PasskeyOffered(b.as(b.reader("ada@reader.example"))); err != nil || offered {
		t.Error("it is offered again:", err)
	}
}

func TestMailsThatAreDeclined(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		in := b.reader("ada@reader.example")
		wants := func(receipts, reminders bool) {
			t.Helper()
			m, err := b.s.Member(b.as(in), in.Session.SubjectID)
			if err != nil || m.Wants(identity.MailReceipts) != receipts || m.Wants(identity.MailReminders) != reminders {
				t.Errorf("declined %q, %v", m.DeclinedMails, err)
			}
		}
		wants(true, true)
		if err := b.s.ChooseMails(b.as(in), []identity.MailKind{identity.MailReceipts}); err != nil {
			t.Fatal(err)
		}
		wants(true, false)
		if err := b.s.ChooseMails(b.as(in), []identity.MailKind{"sign-in"}); fields(err) != "mails:unknown" {
			t.Error(err)
		}
		token := b.s.StopToken(in.Session.SubjectID, identity.MailReceipts)
		if k, err := b.s.LookStop(token); err != nil || k != identity.MailReceipts {
			t.Error(k, err)
		}
		wants(true, false)
		for range 2 {
			if err := b.s.StopMail(t.Context(), token); err != nil {
				t.Fatal(err)
			}
		}
		wants(false, false)
		for _, bad := range []string{"", token[:len(token)-1], "B" + token[1:], b.s.StopToken(uuid.New(), identity.MailReceipts)} {
			if err := b.s.StopMail(t.Context(), bad); !fault.HasCode(err, "stop_link_invalid") {
				t.Errorf("%q: %v", bad, err)
			}
		}
		if err := b.s.ChooseMails(b.as(in), identity.MailKinds()); err != nil {
			t.Fatal(err)
		}
		wants(true, true)
	})
}

func TestAProfile(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	in := b.reader("ada@reader.example")
	m, err := b.s.ChangeProfile(b.as(in), in.Session.SubjectID, identity.MemberProfile{Name: " Ada  L. ", Organization: "Harbour Ltd"})
	if err != nil || m.Name != "Ada L." || m.Organization != "Harbour Ltd" {
		t.Errorf("%+v, %v", m, err)
	}
	_, err = b.s.ChangeProfile(b.as(in), in.Session.SubjectID, identity.MemberProfile{Organization: strings.Repeat("x", 101)})
	if !strings.HasPrefix(fields(err), "organization:") {
		t.Error(err)
	}
	if err := b.s.DeleteMember(b.machine(), m.ID); err != nil {
		t.Fatal(err)
	}
	if m, err = b.s.Member(b.machine(), m.ID); err != nil || m.Organization != "" {
		t.Errorf("%+v, %v", m, err)
	}
}

func TestAnAccountThatLooksShared(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		olga := b.hire("olga@firm.example", identity.Owner)
		b.hire("edda@firm.example", identity.Editor)
		from := func(email string, addresses ...string) (id uuid.UUID) {
			for _, at := range addresses {
				a := b.ask(email)
				in, err := b.s.SpendLink(t.Context(), a.link, identity.Visit{Client: at, Surface: "portal"})
				if err != nil {
					t.Fatal(err)
				}
				id = in.Session.SubjectID
			}
			return id
		}
		ada := from("ada@reader.example", "192.0.2.1", "198.51.100.7", "2001:db8:1:2::3")
		from("bea@reader.example", "192.0.2.1", "192.0.2.200", "192.0.2.3") // one network
		got, err := b.s.Crowded(b.machine(), 3)
		if err != nil || len(got) != 1 || got[ada] != 3 {
			t.Fatalf("%v, %v", got, err)
		}
		// One session that moves is one person; two that are used elsewhere are not.
		b.clock.Advance(time.Minute)
		moving := b.reader("cleo@reader.example")
		for _, at := range []string{"192.0.2.1", "198.51.100.7", "203.0.113.9", "nonsense"} {
			b.s.SawSession(t.Context(), moving.Session.ID, at)
		}
		if got, err := b.s.Crowded(b.machine(), 1); err != nil || got[moving.Session.SubjectID] != 1 {
			t.Errorf("%v, %v", got, err)
		}
		b.s.SawSession(t.Context(), b.reader("cleo@reader.example").Session.ID, "192.0.2.77")
		if got, err := b.s.Crowded(b.machine(), 2); err != nil || got[moving.Session.SubjectID] != 2 {
			t.Errorf("%v, %v", got, err)
		}
		firsts, bad := atOnce(3, func(int) (bool, error) { return b.s.SuspectSharing(b.machine(), ada, 3, 0) })
		n := 0
		for _, first := range firsts {
			if first {
				n++
			}
		}
		if n != 1 || len(bad) != 0 {
			t.Errorf("%v, %v", firsts, bad)
		}
		alerts, err := b.s.SharingAlerts(b.machine(), uuid.Nil)
		if err != nil || len(alerts) != 1 || alerts[0].MemberID != ada || alerts[0].Networks != 3 {
			t.Fatalf("%+v, %v", alerts, err)
		}
		before := len(b.post.sent())
		if err := b.s.SendSharingAlertNow(t.Context(), alerts[0].ID); err != nil {
			t.Fatal(err)
		}
		sent := b.post.sent()[before:]
		if len(sent) != 1 || sent[0].To.Email != olga.EmailGiven || !strings.Contains(sent[0].Blocks[2].Items[0], "used from 3 networks") {
			t.Errorf("%+v", sent)
		}
		b.clock.Advance(25 * time.Hour)
		if first, err := b.s.SuspectSharing(b.machine(), ada, 0, 40); err != nil || !first {
			t.Error("no alert on the next day:", err)
		}
		if alerts, err = b.s.SharingAlerts(b.machine(), ada); err != nil || len(alerts) != 1 || alerts[0].Copies != 40 {
			t.Errorf("%+v, %v", alerts, err)
		}
		if got, err := b.s.Crowded(b.machine(), 3); err != nil || len(got) != 0 {
			t.Errorf("%v, %v", got, err)
		}
		if _, err := b.s.SharingAlerts(b.Context(), ada); err == nil {
			t.Error("anybody can ask")
		}
		b.forgetsPlaces(ada)
	})
}

// TestOneNoisyAccountHidesNoOther among the alerts that the desk shows.
func TestOneNoisyAccountHidesNoOther(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.hire("olga@firm.example", identity.Owner)
		bea := b.reader("bea@reader.example").Session.SubjectID
		if first, err := b.s.SuspectSharing(b.machine(), bea, 0, 0); err != nil || !first {
			t.Fatal(first, err)
		}
		b.clock.Advance(time.Minute)
		ada := b.reader("ada@reader.example").Session.SubjectID
		rows := make([]identity.SharingAlert, 501)
		for i := range rows {
			rows[i] = identity.SharingAlert{ID: db.NewID(), MemberID: ada, At: b.clock.Now(), Networks: int64(i)}
		}
		err := b.db.Tx(t.Context(), func(ctx context.Context) error { return b.db.Write(ctx).CreateInBatches(rows, 100).Error })
		if err != nil {
			t.Fatal(err)
		}
		alerts, err := b.s.SharingAlerts(b.machine(), uuid.Nil)
		if err != nil || len(alerts) != 2 || alerts[0].ID != rows[500].ID || alerts[1].MemberID != bea {
			t.Fatalf("%+v, %v", alerts, err)
		}
		if err := b.s.SendSharingAlertNow(t.Context(), alerts[1].ID); err != nil {
			t.Error("an alert without numbers:", err)
		}
	})
}

// TestManyOpenQuestionsAddNoMorePasskeys than one person can have.
func TestManyOpenQuestionsAddNoMorePasskeys(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		in := b.reader("ada@reader.example")
		for range 19 {
			b.addMemberKey(in, devicetest.New(origin))
		}
		offers := make([]identity.Ceremony, 2)
		for i := range offers {
			var err error
			if offers[i], err = b.s.OfferMemberPasskey(b.as(in)); err != nil {
				t.Fatal(err)
			}
		}
		for i, offer := range offers {
			answer, err := devicetest.New(origin).Create(offer.Options)
			if err != nil {
				t.Fatal(err)
			}
			_, err = b.s.AddMemberPasskey(b.as(in), identity.AddPasskey{Ticket: offer.Ticket, Name: "Phone", Credential: answer})
			if i == 0 && err != nil {
				t.Error(err)
			}
			if i == 1 {
				wants(t, err, "too_many_passkeys")
			}
		}
	})
}

// forgetsPlaces checks that nobody knows where a session began that ended
// two days ago.
func (b *bundle) forgetsPlaces(member uuid.UUID) {
	b.Helper()
	known := func() (n int64) {
		b.db.Read(b.Context()).Raw("SELECT COUNT(*) FROM sessions WHERE subject_id = ? AND (network <> '' OR seen_network <> '')", member).Scan(&n)
		return n
	}
	if _, err := b.s.SignOutEverywhere(b.machine(), actor.Member, member); err != nil {
		b.Fatal(err)
	}
	if err := b.s.PurgeNow(context.WithoutCancel(b.Context())); err != nil || known() != 3 {
		b.Errorf("%d known, %v", known(), err)
	}
	b.clock.Advance(49 * time.Hour)
	if err := b.s.PurgeNow(b.Context()); err != nil || known() != 0 {
		b.Errorf("%d known after two days, %v", known(), err)
	}
}
