package identity_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/google/go-cmp/cmp"
	"gorm.io/gorm"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
)

func (b *bundle) knock(email, password, client string) error {
	_, err := b.s.SignInStaff(b.Context(), identity.SignInStaff{Email: email, Password: password, Visit: identity.Visit{Client: client}})
	return err
}

func TestNobodyCanTellWhoWorksHere(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.hire("ada@firm.example", identity.Owner)
		gone := b.hire("gone@firm.example", identity.Editor)
		if _, err := b.s.Disable(b.machine(), gone.ID); err != nil {
			t.Fatal(err)
		}
		take := statements(t, b.db)
		var traces [][]string
		for i, try := range [][2]string{{"ada@firm.example", "a wrong password"}, {"nobody@firm.example", "a wrong password"}, {"gone@firm.example", goodPassword}} {
			take()
			err := b.knock(try[0], try[1], fmt.Sprint("192.0.2.", i))
			wants(t, err, "credentials_wrong")
			traces = append(traces, append(take(), err.Error()))
		}
		if d := cmp.Diff(traces[0], traces[1]); d != "" {
			t.Error("unknown:", d)
		}
		if d := cmp.Diff(traces[0], traces[2]); d != "" {
			t.Error("disabled:", d)
		}
		for _, email := range []string{"", "nonsense", "a@b\x00.example"} {
			wants(t, b.knock(email, goodPassword, ""), "credentials_wrong")
		}
		wants(t, b.knock("ada@firm.example", strings.Repeat("x", 1<<20), ""), "credentials_wrong")
	})
}

// With hashing held up, an answer would mean that none was compared.
func TestAPasswordIsComparedForEverybody(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	b.hire("ada@firm.example", identity.Owner)
	gone := b.hire("gone@firm.example", identity.Editor)
	if _, err := b.s.Disable(b.machine(), gone.ID); err != nil {
		t.Fatal(err)
	}
	defer b.s.HoldHashing()()
	_, bad := atOnce(3, func(i int) (bool, error) {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		email := []string{"ada@firm.example", "nobody@firm.example", "gone@firm.example"}[i]
		_, err := b.s.SignInStaff(ctx, identity.SignInStaff{Email: email, Password: goodPassword, Visit: visit})
		return true, err
	})
	for _, err := range bad {
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
	}
	if len(bad) != 3 {
		t.Error("somebody got in")
	}
}

// Between the comparison and the session somebody changes the account.
func TestAnAccountThatChangedMeanwhileIsNotOpened(t *testing.T) {
	t.Parallel()
	for what, change := range map[string]string{
		"disabled": "UPDATE staff SET disabled_at = created_at", "another password": "UPDATE staff SET password_hash = 'x'",
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			b := setup(t, dbtest.Engine{Name: db.SQLite})
			b.hire("ada@firm.example", identity.Owner)
			read := make(chan struct{}, 10)
			err := b.db.Read(t.Context()).Callback().Query().After("gorm:query").Register("watch", func(tx *gorm.DB) {
				if tx.Statement.Table == "staff" {
					read <- struct{}{}
				}
			})
			if err != nil {
				t.Fatal(err)
			}
			release := b.s.HoldHashing()
			result := make(chan error)
			go func() { result <- b.knock("ada@firm.example", goodPassword, "") }()
			<-read
			b.exec(change)
			release()
			wants(t, <-result, "credentials_wrong")
			if b.count("sessions") != 0 {
				t.Error("a session began")
			}
		})
	}
}

// The comparison with nobody's hash costs what one with a real hash costs.
func TestNobodysHashIsOfTodaysKind(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	params, salt, key, err := argon2id.DecodeHash(identity.NobodysHash)
	want := b.s.HashParams()
	if err != nil || *params != want || len(salt) != int(want.SaltLength) || len(key) != int(want.KeyLength) {
		t.Errorf("%+v, %v", params, err)
	}
	if want.Memory != 19*1024 || want.Iterations != 2 || want.Parallelism != 1 {
		t.Errorf("new hashes cost %+v", want)
	}
}

func TestWrongPasswordsCostAGrowingPause(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.hire("ada@firm.example", identity.Owner)
		for range 5 {
			wants(t, b.knock("ada@firm.example", "a wrong password", "192.0.2.1"), "credentials_wrong")
		}
		for pause := time.Second; pause <= 8*time.Second; pause *= 2 {
			err := b.knock("ada@firm.example", goodPassword, "192.0.2.1")
			wants(t, err, "too_many_attempts")
			if got := fault.Of(err).RetryAfter; got < pause || got > pause+time.Second {
				t.Errorf("retry after %v, want %v", got, pause)
			}
			b.clock.Advance(pause)
			wants(t, b.knock("ada@firm.example", "a wrong password", "192.0.2.1"), "credentials_wrong")
		}
		b.clock.Advance(16 * time.Second)
		if err := b.knock("ada@firm.example", goodPassword, "192.0.2.1"); err != nil {
			t.Error(err)
		}
		// Everything is forgiven.
		for range 4 {
			wants(t, b.knock("ada@firm.example", "a wrong password", "192.0.2.1"), "credentials_wrong")
		}
		if err := b.knock("ada@firm.example", goodPassword, "192.0.2.1"); err != nil {
			t.Error(err)
		}
	})
}

func TestAStrangerCannotLockSomebodyOut(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	b.hire("ada@firm.example", identity.Owner)
	if err := b.knock("ada@firm.example", goodPassword, "192.0.2.1"); err != nil {
		t.Fatal(err)
	}
	for i := range 40 { // from as many places
		_ = b.knock("ada@firm.example", "a wrong password", fmt.Sprint("203.0.113.", i))
	}
	err := b.knock("ada@firm.example", goodPassword, "198.51.100.1")
	wants(t, err, "too_many_attempts")
	if got := fault.Of(err).RetryAfter; got > 31*time.Second {
		t.Errorf("a new place waits %v", got)
	}
	if err := b.knock("ada@firm.example", goodPassword, "192.0.2.1"); err != nil {
		t.Error("a known place is held up:", err)
	}
}

func TestManyPasswordsAtOnceAreCountedOneByOne(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.hire("ada@firm.example", identity.Owner)
		_, bad := atOnce(12, func(int) (bool, error) { return true, b.knock("ada@firm.example", "a wrong password", "192.0.2.1") })
		looked := 0
		for _, err := range bad {
			if fault.HasCode(err, "credentials_wrong") {
				looked++
			} else {
				wants(t, err, "too_many_attempts")
			}
		}
		if looked != 5 {
			t.Errorf("%d passwords were looked at", looked)
		}
	})
}

func TestOneClientCannotTryTheWholeHouse(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	// Counting needs no hashing, so the accounts need not exist; the counter is
	// filled behind the room's back to save the time of sixty comparisons.
	wants(t, b.knock("a0@firm.example", "a wrong password", "192.0.2.1"), "credentials_wrong")
	b.exec("UPDATE attempts SET n = 59 WHERE until <= ?", b.clock.Now().Add(time.Hour))
	wants(t, b.knock("a1@firm.example", "a wrong password", "192.0.2.1"), "credentials_wrong")
	wants(t, b.knock("a2@firm.example", "a wrong password", "192.0.2.1"), "too_many_attempts")
	wants(t, b.knock("a2@firm.example", "a wrong password", "192.0.2.2"), "credentials_wrong")
	b.clock.Advance(time.Hour)
	wants(t, b.knock("a2@firm.example", "a wrong password", "192.0.2.1"), "credentials_wrong")
}

func TestAnOldHashIsReplaced(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.hire("ada@firm.example", identity.Owner)
		old, err := argon2id.CreateHash(goodPassword, &argon2id.Params{Memory: 1024, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
		if err != nil {
			t.Fatal(err)
		}
		b.exec("UPDATE staff SET password_hash = ?", old)
		stored := func() (hash string) {
			b.db.Read(t.Context()).Raw("SELECT password_hash FROM staff").Scan(&hash)
			return hash
		}
		wants(t, b.knock("ada@firm.example", "a wrong password", ""), "credentials_wrong")
		if stored() != old {
			t.Error("a wrong password replaced the hash")
		}
		b.signInStaff("ada@firm.example")
		if fresh := stored(); !strings.HasPrefix(fresh, "$argon2id$v=19$m=19456,t=2,p=1$") {
			t.Errorf("the hash is %s", fresh)
		}
		b.signInStaff("ada@firm.example")
	})
}

func TestAccentsInPasswords(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	if _, err := b.s.CreateStaff(b.machine(), identity.CreateStaff{Email: "ada@firm.example", Name: "Ada", Role: identity.Owner, Password: "café café café"}); err != nil {
		t.Fatal(err)
	}
	if err := b.knock("ada@firm.example", "cafe\u0301 café cafe\u0301", ""); err != nil {
		t.Error(err)
	}
}
