package once_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/once"
)

func TestDo(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		now := clock.NewManual(time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC))
		k := once.New(e.Open(t, now), now, []byte("secret"))
		var ran atomic.Int32
		do := func(context.Context) ([]byte, error) { ran.Add(1); return []byte("made"), nil }
		r := once.Request{Scope: "a", Key: "k", Fingerprint: []byte("x")}

		t.Run("many at once make one object and get one answer", func(t *testing.T) {
			var wg sync.WaitGroup
			for range 6 {
				wg.Go(func() {
					if got, _, err := k.Do(t.Context(), r, do); err != nil || string(got) != "made" {
						t.Errorf("%q %v", got, err)
					}
				})
			}
			wg.Wait()
			if ran.Load() != 1 {
				t.Fatalf("ran %d times", ran.Load())
			}
		})
		t.Run("the same key for something else is refused", func(t *testing.T) {
			other := r
			other.Fingerprint = []byte("y")
			if _, _, err := k.Do(t.Context(), other, do); !fault.HasCode(err, "idempotency_key_reused") {
				t.Fatalf("got %v", err)
			}
		})
		t.Run("the same key of somebody else is another key", func(t *testing.T) {
			other := r
			other.Scope = "b"
			if _, again, err := k.Do(t.Context(), other, do); err != nil || again || ran.Load() != 2 {
				t.Fatalf("again %v, ran %d, %v", again, ran.Load(), err)
			}
		})
		t.Run("a failure keeps nothing, so it can be tried again", func(t *testing.T) {
			r := once.Request{Scope: "a", Key: "fails", Fingerprint: []byte("x")}
			boom := errors.New("boom")
			if _, _, err := k.Do(t.Context(), r, func(context.Context) ([]byte, error) { return nil, boom }); !errors.Is(err, boom) {
				t.Fatal(err)
			}
			if _, again, err := k.Do(t.Context(), r, do); err != nil || again {
				t.Fatalf("again %v, %v", again, err)
			}
		})
		t.Run("after a day the key is free", func(t *testing.T) {
			now.Advance(once.Kept + time.Second)
			if err := k.Forget(t.Context()); err != nil {
				t.Fatal(err)
			}
			if _, again, err := k.Do(t.Context(), r, do); err != nil || again {
				t.Fatalf("again %v, %v", again, err)
			}
		})
		t.Run("a bad key is refused", func(t *testing.T) {
			for _, key := range []string{"", "a b", "é", "a\n", strings.Repeat("k", once.MaxKey+1)} {
				if _, _, err := k.Do(t.Context(), once.Request{Scope: "a", Key: key}, do); !fault.HasCode(err, "bad_idempotency_key") {
					t.Errorf("%q: %v", key, err)
				}
			}
		})
		t.Run("what is done apart is refused meanwhile and not done twice", func(t *testing.T) {
			r := once.Request{Scope: "a", Key: "apart", Fingerprint: []byte("x")}
			got, _, err := k.DoApart(t.Context(), r, func(ctx context.Context) ([]byte, error) {
				if _, _, err := k.DoApart(ctx, r, do); !fault.HasCode(err, "idempotency_key_in_use") || fault.Of(err).RetryAfter == 0 {
					t.Errorf("meanwhile: %v", err)
				}
				return []byte("sent"), nil
			})
			again, repeated, errAgain := k.DoApart(t.Context(), r, do)
			if err != nil || errAgain != nil || string(got) != "sent" || string(again) != "sent" || !repeated {
				t.Errorf("%q %v, %q %v %v", got, err, again, repeated, errAgain)
			}
		})
		t.Run("what failed apart can be tried again, and what got stuck after a while", func(t *testing.T) {
			r := once.Request{Scope: "a", Key: "apart-fails", Fingerprint: []byte("x")}
			boom := errors.New("boom")
			if _, _, err := k.DoApart(t.Context(), r, func(context.Context) ([]byte, error) { return nil, boom }); !errors.Is(err, boom) {
				t.Fatal(err)
			}
			func() {
				defer func() { _ = recover() }() // the process ends in the middle
				_, _, _ = k.DoApart(t.Context(), r, func(context.Context) ([]byte, error) { panic("killed") })
			}()
			if _, _, err := k.DoApart(t.Context(), r, do); !fault.HasCode(err, "idempotency_key_in_use") {
				t.Errorf("at once: %v", err)
			}
			now.Advance(once.Stuck + time.Second)
			if got, again, err := k.DoApart(t.Context(), r, do); err != nil || again || string(got) != "made" {
				t.Errorf("later: %q %v %v", got, again, err)
			}
		})
		t.Run("the database alone opens no answer", func(t *testing.T) {
			d := e.Open(t, now)
			sealed := once.New(d, now, []byte("secret"))
			secret := once.Request{Scope: "a", Key: "the-key", Fingerprint: []byte("x")}
			if _, _, err := sealed.Do(t.Context(), secret, func(context.Context) ([]byte, error) { return []byte("whsec_shown_once"), nil }); err != nil {
				t.Fatal(err)
			}
			var row struct {
				Key    string
				Answer []byte
			}
			if err := d.Read(t.Context()).Raw("SELECT key, answer FROM idempotency_keys").Scan(&row).Error; err != nil {
				t.Fatal(err)
			}
			if strings.Contains(row.Key, "the-key") || len(row.Answer) == 0 || bytes.Contains(row.Answer, []byte("shown")) {
				t.Errorf("%q %q", row.Key, row.Answer)
			}
			if _, _, err := once.New(d, now, []byte("another")).Do(t.Context(), secret, do); err != nil {
				t.Error("another installation's secret meets the row:", err)
			}
		})
	})
}
