package letters_test

import (
	"context"
	"testing"
	"time"

	"lighttrends/internal/domain/letters"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
)

func TestWhatSomebodyWasSent(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		now := clock.NewManual(time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC))
		d := e.Open(t, now)
		b := letters.New(d, now, []byte("a key"))
		staff := actor.With(t.Context(), actor.Machine("test"))
		ok := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		for _, category := range []string{"sign_in", "welcome", "ending"} {
			ok(b.Note(t.Context(), "Ada@Example.com", category, category == "ending"))
			now.Advance(time.Hour)
		}
		ok(b.Note(t.Context(), "somebody@example.com", "welcome", false))
		all, err := b.To(staff, "ada@example.com ", letters.Place{At: now.Now()}, 10)
		ok(err)
		if len(all) != 3 || all[0].Category != "ending" || !all[0].Refused || all[2].Category != "sign_in" {
			t.Fatalf("%+v", all)
		}
		rest, err := b.To(staff, "ada@example.com", letters.Place{At: all[0].At, ID: all[0].ID}, 1)
		ok(err)
		if len(rest) != 1 || rest[0].ID != all[1].ID {
			t.Errorf("%+v", rest)
		}
		if _, err := b.To(t.Context(), "ada@example.com", letters.Place{At: now.Now()}, 10); fault.Of(err).Kind != fault.Unauthenticated {
			t.Errorf("a stranger: %v", err)
		}
		t.Run("no address is kept", func(t *testing.T) {
			var found int64
			ok(d.Read(context.Background()).Raw("SELECT COUNT(*) FROM letters WHERE receiver LIKE '%ada%' OR receiver LIKE '%@%'").Scan(&found).Error)
			if found != 0 {
				t.Error("an address stands in the table")
			}
		})
		t.Run("old ones are dropped", func(t *testing.T) {
			now.Advance(401 * 24 * time.Hour)
			ok(b.Forget(t.Context()))
			left, err := b.To(staff, "ada@example.com", letters.Place{At: now.Now()}, 10)
			ok(err)
			if len(left) != 0 {
				t.Errorf("%+v", left)
			}
		})
	})
}
