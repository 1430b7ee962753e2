package identity_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
)

func (b *bundle) add(email, name string) identity.Member {
	b.Helper()
	m, _, err := b.s.AddMember(b.machine(), email, name)
	if err != nil {
		b.Fatal(err)
	}
	return m
}

func names(ms []identity.Member) string {
	var out []string
	for _, m := range ms {
		out = append(out, m.EmailGiven)
	}
	return strings.Join(out, " ")
}

func TestMembersCanBeSearched(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.add("Ada@reader.example", "Ada Lovelace")
		b.add("bo@reader.example", "ÉMILE Zola")
		b.add("ad_min@firm.example", "")
		b.add("adxmin@firm.example", "100% Bo")
		gone := b.add("adgone@firm.example", "Ada Gone")
		if err := b.s.DeleteMember(b.machine(), gone.ID); err != nil {
			t.Fatal(err)
		}
		for search, want := range map[string]string{
			"": "adxmin@firm.example ad_min@firm.example bo@reader.example Ada@reader.example", "ADA": "Ada@reader.example",
			"ada love": "Ada@reader.example", "ad_": "ad_min@firm.example", "100%": "adxmin@firm.example", "émi": "bo@reader.example", "e\u0301MI": "bo@reader.example",
			"bo": "bo@reader.example", "lovelace": "", "%": "", `\`: "", "reader": "", "deleted:": "", "' OR 1=1 --": "",
		} {
			page, err := b.s.ListMembers(b.machine(), identity.ListMembers{Search: search})
			if err != nil || names(page.Members) != want || page.Next != "" {
				t.Errorf("%q finds %q (%v), want %q", search, names(page.Members), err, want)
			}
		}
		for _, search := range []string{"\x00", "a\xff", strings.Repeat("x", 255)} {
			_, err := b.s.ListMembers(b.machine(), identity.ListMembers{Search: search})
			if fields(err) != "search:bad_characters" {
				t.Errorf("%.10q: %v", search, err)
			}
		}
	})
}

func TestMembersComeInPages(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		var want []string
		for i := range 7 {
			want = append([]string{b.add(fmt.Sprintf("m%d@reader.example", i), "").EmailGiven}, want...)
		}
		var got []string
		in := identity.ListMembers{Search: "m", Limit: 3}
		for pages := 0; pages == 0 || in.Cursor != ""; pages++ {
			page, err := b.s.ListMembers(b.machine(), in)
			if err != nil || len(page.Members) > 3 || pages > 3 {
				t.Fatal(page, err)
			}
			for _, m := range page.Members {
				got = append(got, m.EmailGiven)
			}
			in.Cursor = page.Next
			b.add(fmt.Sprint("m-late", pages, "@reader.example"), "") // newer ones do not shift what follows
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Error(d)
		}
		_, err := b.s.ListMembers(b.machine(), identity.ListMembers{Cursor: "x", Limit: -1})
		if fields(err) != "limit:out_of_range cursor:bad_cursor" {
			t.Error(err)
		}
	})
}

func TestAnAddressIsOneMember(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		spellings := []string{"ada@reader.example", "Ada@reader.example", "ADA@READER.EXAMPLE"}
		type made struct {
			id  uuid.UUID
			new bool
		}
		good, bad := atOnce(6, func(i int) (made, error) {
			m, created, err := b.s.AddMember(b.machine(), spellings[i%3], "Ada")
			return made{m.ID, created}, err
		})
		created := 0
		for _, g := range good {
			if g.new {
				created++
			}
			if g.id != good[0].id {
				t.Error("two members share an address")
			}
		}
		if len(bad) > 0 || created != 1 || b.count("members") != 1 {
			t.Errorf("%v, %d created", bad, created)
		}
		found, err := b.s.MemberByEmail(b.machine(), "aDa@reader.example")
		if err != nil || found.ID != good[0].id || found.EmailVerifiedAt != nil {
			t.Errorf("%+v, %v", found, err)
		}
		if in := b.signIn("ada@reader.example"); in.New || in.Session.SubjectID != found.ID || in.Session.Name != "Ada" {
			t.Errorf("%+v", in)
		}
	})
}

func TestRenaming(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		in, bo := b.signIn("ada@reader.example"), b.signIn("bo@reader.example")
		m, err := b.s.RenameMember(b.as(in), in.Session.SubjectID, "  Ada\u00a0 King ")
		if err != nil || m.Name != "Ada King" {
			t.Errorf("%q, %v", m.Name, err)
		}
		if s, err := b.s.Resolve(t.Context(), in.Token); err != nil || s.Name != "Ada King" {
			t.Errorf("%q, %v", s.Name, err)
		}
		for name, want := range map[string]string{
			strings.Repeat("é", 101): "name:too_long", "a\nb\x07": "name:bad_characters", "a\xff": "name:bad_characters", strings.Repeat("x", 1<<20): "name:bad_characters",
		} {
			if _, err := b.s.RenameMember(b.as(in), in.Session.SubjectID, name); fields(err) != want {
				t.Errorf("%.10q: %v", name, err)
			}
		}
		if m, err := b.s.RenameMember(b.machine(), in.Session.SubjectID, ""); err != nil || m.Name != "" {
			t.Errorf("%q, %v", m.Name, err)
		}
		_, err = b.s.RenameMember(b.as(bo), in.Session.SubjectID, "Mallory")
		wants(t, err, "capability_missing")
		_, err = b.s.RenameMember(b.machine(), uuid.New(), "Nobody")
		wants(t, err, "member_not_found")
	})
}

func TestWhoMaySeeMembers(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	in, bo := b.signIn("ada@reader.example"), b.signIn("bo@reader.example")
	analyst := actor.With(t.Context(), actor.Actor{Kind: actor.Staff, ID: uuid.New(), Capabilities: identity.Analyst.Capabilities()})
	// A staff user whose id is a member's is not that member.
	double := actor.With(t.Context(), actor.Actor{Kind: actor.Staff, ID: in.Session.SubjectID})
	for who, ctx := range map[string]context.Context{"another member": b.as(bo), "an analyst": analyst, "a double": double} {
		_, listErr := b.s.ListMembers(ctx, identity.ListMembers{})
		_, readErr := b.s.Member(ctx, in.Session.SubjectID)
		_, findErr := b.s.MemberByEmail(ctx, "ada@reader.example")
		_, _, addErr := b.s.AddMember(ctx, "new@reader.example", "")
		for i, err := range []error{listErr, readErr, findErr, addErr, b.s.DeleteMember(ctx, in.Session.SubjectID)} {
			if err == nil {
				t.Errorf("%s may do %d", who, i)
			}
			wants(t, err, "capability_missing")
		}
	}
	if _, err := b.s.Member(b.as(in), in.Session.SubjectID); err != nil {
		t.Error(err)
	}
	_, err := b.s.Member(t.Context(), in.Session.SubjectID)
	wants(t, err, "sign_in_required")
}
