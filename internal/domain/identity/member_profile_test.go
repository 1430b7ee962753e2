package identity_test

import (
	"sync"
	"testing"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db/dbtest"
)

// TestAMemberChangesThemselves: two changes at the same moment both hold, and
// one that is wrong in a part changes nothing.
func TestAMemberChangesThemselves(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		in := b.reader("ada@reader.example")
		text := func(s string) *string { return &s }
		for range 5 {
			if err := b.s.ChangeMe(b.as(in), identity.MemberChange{Name: text("Ada"), Organization: text("")}); err != nil {
				t.Fatal(err)
			}
			var both sync.WaitGroup
			for _, change := range []identity.MemberChange{{Name: text("Ada Lind")}, {Organization: text("Harbour Ltd")}} {
				both.Go(func() {
					if err := b.s.ChangeMe(b.as(in), change); err != nil {
						t.Error(err)
					}
				})
			}
			both.Wait()
			if m, err := b.s.Member(b.as(in), in.Session.SubjectID); err != nil || m.Name != "Ada Lind" || m.Organization != "Harbour Ltd" {
				t.Fatalf("%q, %q: one change was lost, %v", m.Name, m.Organization, err)
			}
		}
		wrong := identity.MemberChange{Name: text("Eve"), Mails: &[]identity.MailKind{"sign-in"}}
		if err := b.s.ChangeMe(b.as(in), wrong); fields(err) != "mails:unknown" {
			t.Error(err)
		}
		if m, err := b.s.Member(b.as(in), in.Session.SubjectID); err != nil || m.Name != "Ada Lind" {
			t.Errorf("half of a change was made: %q, %v", m.Name, err)
		}
	})
}
