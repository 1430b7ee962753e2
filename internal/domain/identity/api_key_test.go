package identity_test

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
)

func (b *bundle) key(scopes ...identity.Scope) (string, identity.APIKey) {
	b.Helper()
	secret, k, err := b.s.CreateKey(b.machine(), identity.CreateKey{Name: "Website", Scopes: scopes})
	if err != nil {
		b.Fatal(err)
	}
	return secret, k
}

func TestKeys(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		secret, k := b.key(identity.ScopeContentRead)
		if !regexp.MustCompile(`^lt_content_[0-9A-Za-z]{49}$`).MatchString(secret) || !strings.HasPrefix(secret, k.Prefix) || len(k.Prefix) != 15 {
			t.Errorf("%q, %q", secret, k.Prefix)
		}
		got, err := b.s.ResolveKey(t.Context(), secret)
		want := actor.Actor{Kind: actor.Key, ID: k.ID, Name: "Website", Capabilities: []actor.Capability{actor.ContentRead}}
		if d := cmp.Diff(want, got.Actor()); err != nil || d != "" {
			t.Error(err, d)
		}
		list, err := b.s.ListKeys(b.machine())
		if err != nil || len(list) != 1 || list[0].LastUsedAt == nil || !list[0].LastUsedAt.Equal(b.clock.Now()) || !cmp.Equal(list[0].Scopes, identity.ScopeList{identity.ScopeContentRead}) {
			t.Errorf("%+v, %v", list, err)
		}
		admin, _ := b.key(identity.ScopeAdminRead, identity.ScopeContentRead, identity.ScopeAdminRead)
		if !strings.HasPrefix(admin, "lt_admin_") {
			t.Errorf("%q", admin)
		}
		if err := b.s.RevokeKey(b.machine(), k.ID); err != nil {
			t.Fatal(err)
		}
		_, err = b.s.ResolveKey(t.Context(), secret)
		wants(t, err, "key_invalid")
		if err := b.s.RevokeKey(b.machine(), k.ID); err != nil {
			t.Error("again:", err)
		}
		wants(t, b.s.RevokeKey(b.machine(), uuid.New()), "api_key_not_found")
		if _, err := b.s.ResolveKey(t.Context(), admin); err != nil {
			t.Error(err)
		}
		if d := cmp.Diff([]string{"api_key.created", "api_key.created", "api_key.revoked"}, b.events()); d != "" {
			t.Error(d)
		}
	})
}

func TestScopes(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	_, read := b.key(identity.ScopeAdminRead)
	if d := cmp.Diff([]actor.Capability{actor.NotesRead, actor.MembersRead, actor.LeadsRead, actor.JournalRead}, read.Actor().Capabilities); d != "" {
		t.Error(d)
	}
	_, write := b.key(identity.ScopeAdminRead, identity.ScopeAdminWrite)
	a := write.Actor()
	for _, c := range []actor.Capability{actor.NotesPublish, actor.MembersWrite, actor.PlansWrite, actor.SettingsWrite, actor.OperationsWrite, actor.NotesRead} {
		if !a.Can(c) {
			t.Errorf("admin.write cannot %s", c)
		}
	}
	for _, c := range []actor.Capability{actor.KeysWrite, actor.StaffWrite, actor.ContentRead} {
		if a.Can(c) {
			t.Errorf("admin.write can %s", c)
		}
	}
	if sorted := slices.Clone(a.Capabilities); len(slices.Compact(func() []actor.Capability { slices.Sort(sorted); return sorted }())) != len(a.Capabilities) {
		t.Error("a capability stands twice")
	}
}

// TestAScopeIsItsRoomAndNoMore: no scope reaches into another room, none makes
// keys or lets people in, and those that write can read what they write.
func TestAScopeIsItsRoomAndNoMore(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	for scope, want := range map[identity.Scope]string{
		identity.ScopeNotesRead: "notes.read", identity.ScopeNotesWrite: "notes.read notes.write taxonomy.write media.write",
		identity.ScopeNotesPublish: "notes.read notes.write taxonomy.write media.write notes.review notes.publish notes.retract notes.archive",
		identity.ScopeMembersRead:  "members.read", identity.ScopeMembersWrite: "members.read members.write",
		identity.ScopeLeads: "leads.read leads.write", identity.ScopeBilling: "members.read plans.write", identity.ScopeSettings: "settings.write",
		identity.ScopeJournal: "journal.read", identity.ScopeOperations: "operations.write",
	} {
		secret, k := b.key(scope)
		var got []string
		for _, c := range k.Actor().Capabilities {
			got = append(got, string(c))
		}
		if strings.Join(got, " ") != want || !strings.HasPrefix(secret, "lt_admin_") {
			t.Errorf("%s may %v, key %.9s", scope, got, secret)
		}
	}
	secret, k := b.key(identity.ScopeVisitors)
	if a := k.Actor(); len(a.Capabilities) != 1 || !a.Can(actor.VisitorsAddress) || !strings.HasPrefix(secret, "lt_server_") {
		t.Errorf("the server of a front end may %v, key %.10s", a.Capabilities, secret)
	}
	if got, err := b.s.ResolveKey(t.Context(), secret); err != nil || got.ID != k.ID {
		t.Error(err)
	}
	for _, scope := range identity.Scopes() {
		_, k := b.key(scope)
		if a := k.Actor(); a.Can(actor.KeysWrite) || a.Can(actor.StaffWrite) {
			t.Errorf("%s outlives its end", scope)
		}
	}
	poor := actor.With(t.Context(), actor.Actor{Kind: actor.Staff, ID: uuid.New(), Capabilities: []actor.Capability{actor.KeysWrite, actor.NotesRead}})
	if _, _, err := b.s.CreateKey(poor, identity.CreateKey{Name: "x", Scopes: []identity.Scope{identity.ScopeMembersRead}}); err == nil {
		t.Error("somebody gave away what they have not got")
	}
}

func TestKeyInput(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	past := b.clock.Now()
	_, _, err := b.s.CreateKey(b.machine(), identity.CreateKey{Name: "  ", ExpiresAt: &past})
	if got := fields(err); got != "name:required scopes:required expires_at:in_the_past" {
		t.Errorf("got %q", got)
	}
	_, _, err = b.s.CreateKey(b.machine(), identity.CreateKey{Name: "x", Scopes: []identity.Scope{"staff.write"}})
	if got := fields(err); got != "scopes:unknown" {
		t.Errorf("got %q", got)
	}
	member := b.as(b.signIn("ada@reader.example"))
	for _, ctx := range []context.Context{t.Context(), member} {
		_, _, create := b.s.CreateKey(ctx, identity.CreateKey{Name: "x", Scopes: []identity.Scope{identity.ScopeAdminWrite}})
		_, list := b.s.ListKeys(ctx)
		for _, err := range []error{create, list, b.s.RevokeKey(ctx, uuid.New())} {
			if err == nil {
				t.Error("somebody without the right did it")
			}
		}
	}
}

func TestAKeyExpires(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	at := b.clock.Now().Add(time.Hour)
	secret, _, err := b.s.CreateKey(b.machine(), identity.CreateKey{Name: "x", Scopes: []identity.Scope{identity.ScopeContentRead}, ExpiresAt: &at})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.s.ResolveKey(t.Context(), secret); err != nil {
		t.Fatal(err)
	}
	b.clock.Advance(time.Hour)
	_, err = b.s.ResolveKey(t.Context(), secret)
	wants(t, err, "key_invalid")
}

func TestOnlyTheWholeKeyResolves(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	secret, k := b.key(identity.ScopeContentRead)
	last := secret[len(secret)-1:]
	other := map[bool]string{true: "1", false: "0"}[last == "0"]
	take := statements(t, b.db)
	for _, s := range []string{
		"", "lt_content_", k.Prefix, secret[:len(secret)-1], secret + "0", secret[:len(secret)-1] + other, strings.Replace(secret, "content", "admin", 1),
		strings.ToUpper(secret), "lt_content_" + strings.Repeat("0", 49), "\x00", strings.Repeat("x", 1<<16), string(k.Hash), adminKey[1:],
	} {
		_, err := b.s.ResolveKey(t.Context(), s)
		wants(t, err, "key_invalid")
	}
	if asked := take(); len(asked) > 0 {
		t.Errorf("the database was asked about keys with a wrong checksum: %v", asked)
	}
	if !identity.LooksLikeKey(secret) {
		t.Error("a real key does not look like one")
	}
}

func TestAKeyInUseIsNotLookedUpAgain(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		secret, _ := b.key(identity.ScopeContentRead)
		use := func() {
			t.Helper()
			if _, err := b.s.ResolveKey(t.Context(), secret); err != nil {
				t.Fatal(err)
			}
		}
		use()
		take := statements(t, b.db)
		for range 10 {
			use()
		}
		if asked := take(); len(asked) > 0 {
			t.Errorf("asked %v", asked)
		}
		b.clock.Advance(15 * time.Minute)
		use()
		use()
		if asked := take(); len(asked) != 1 || !strings.Contains(asked[0], "last_used_at") {
			t.Errorf("a quarter of an hour later: %v", asked)
		}
	})
}

func TestARevokedKeyIsOutOnEveryNode(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		o := e.Options(t)
		b := &bundle{T: t, engine: e, clock: clock.NewManual(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)), post: &post{}}
		b.db = e.Reopen(t, o, b.clock)
		b.s = b.service(b.db)
		far := e.Reopen(t, o, b.clock)
		there := b.service(far)
		far.Listen(t.Context())
		secret, k := b.key(identity.ScopeContentRead)
		if _, err := there.ResolveKey(t.Context(), secret); err != nil {
			t.Fatal(err)
		}
		if err := b.s.RevokeKey(b.machine(), k.ID); err != nil {
			t.Fatal(err)
		}
		for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
			if _, err := there.ResolveKey(t.Context(), secret); err != nil {
				wants(t, err, "key_invalid")
				return
			}
			if time.Now().After(deadline) {
				t.Fatal("the other node still takes the key")
			}
		}
	})
}

func TestARevocationThatFailedChangesNothing(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	secret, k := b.key(identity.ScopeContentRead)
	boom := errors.New("boom")
	err := b.db.Tx(b.machine(), func(ctx context.Context) error {
		if err := b.s.RevokeKey(ctx, k.ID); err != nil {
			return err
		}
		return boom
	})
	if !errors.Is(err, boom) {
		t.Fatal(err)
	}
	if _, err := b.s.ResolveKey(t.Context(), secret); err != nil {
		t.Error(err)
	}
}

func TestTheBootstrapKey(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	k, err := b.s.ResolveKey(t.Context(), adminKey)
	if err != nil || k.ID != uuid.Nil || k.Actor().Kind != actor.Key || b.count("api_keys") != 0 {
		t.Errorf("%+v, %v", k, err)
	}
	for _, c := range append(actor.All(), actor.ContentRead) {
		if !k.Actor().Can(c) {
			t.Errorf("it cannot %s", c)
		}
	}
	_, made, err := b.s.CreateKey(actor.With(t.Context(), k.Actor()), identity.CreateKey{Name: "x", Scopes: []identity.Scope{identity.ScopeContentRead}})
	if err != nil || made.CreatedBy != nil {
		t.Errorf("%+v, %v", made, err)
	}
	without, err := identity.New(identity.Deps{DB: b.db, Clock: b.clock, SecretKey: []byte(secretKey)})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"", adminKey} {
		_, err = without.ResolveKey(t.Context(), s)
		wants(t, err, "key_invalid")
	}
}
