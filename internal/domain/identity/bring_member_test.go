package identity_test

import (
	"testing"
	"time"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
)

func TestMembersAreBroughtWithoutAMail(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		since := time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC)
		in := identity.Brought{Email: "Ada@Reader.example", Since: since, NoNewsletters: true}
		m, created, changed, err := b.s.BringMember(b.machine(), in)
		if err != nil || !created || changed || !m.CreatedAt.Equal(since) || m.EmailGiven != "Ada@Reader.example" || m.Wants(identity.MailNewsletters) || !m.Wants(identity.MailReceipts) || m.EmailVerifiedAt != nil {
			t.Fatalf("%+v %v", m, err)
		}
		in.Name, in.Since = "Ada", time.Time{}
		if m, created, changed, err = b.s.BringMember(b.machine(), in); err != nil || created || !changed || m.Name != "Ada" || !m.CreatedAt.Equal(since) {
			t.Errorf("an empty name is not filled: %+v %v", m, err)
		}
		in.Name, in.NoNewsletters = "Eve", false
		if m, created, changed, err = b.s.BringMember(b.machine(), in); err != nil || created || changed || m.Name != "Ada" || m.Wants(identity.MailNewsletters) {
			t.Errorf("a name, or a refusal, was written over: %+v %v", m, err)
		}
		// What they choose on their account page keeps it.
		session := b.reader("ada@reader.example")
		if err := b.s.ChooseMails(b.as(session), []identity.MailKind{identity.MailReceipts}); err != nil {
			t.Fatal(err)
		}
		if m, err = b.s.Member(b.as(session), m.ID); err != nil || m.Wants(identity.MailNewsletters) || m.Wants(identity.MailReminders) || !m.Wants(identity.MailReceipts) {
			t.Errorf("%q %v", m.DeclinedMails, err)
		}
		if _, _, _, err := b.s.BringMember(t.Context(), in); fault.Of(err).Kind != fault.Unauthenticated {
			t.Error(err)
		}
		if _, _, _, err := b.s.BringMember(b.machine(), identity.Brought{Email: "x"}); fields(err) != "email:bad_address" {
			t.Error(err)
		}
	})
}
