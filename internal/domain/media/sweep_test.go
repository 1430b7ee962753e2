package media_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"lighttrends/internal/domain/media"
	"lighttrends/internal/platform/db/dbtest"
)

func TestACrashBetweenFileAndRowLeavesAFileForADay(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := setup(t, e)
		kept := h.upload(t, "kept.jpg", photo(1))
		ctx, crash := context.WithCancel(editor(t.Context()))
		h.files.set(nil, func(string) { crash() })
		in := func() media.Upload { return media.Upload{Filename: "lost.jpg", Body: bytes.NewReader(photo(2))} }
		if _, _, err := h.Upload(ctx, in()); err == nil {
			t.Fatal("it did not crash")
		}
		h.files.set(nil, nil)
		if keys := h.files.keys(t); len(keys) != 2 || len(h.events(t)) != 1 || h.jobs(t, "media.widths") != 1 {
			t.Fatalf("%v, %v", keys, h.events(t))
		}

		if n, err := h.Sweep(t.Context()); n != 0 || err != nil {
			t.Errorf("a young file was removed: %d, %v", n, err)
		}
		h.clock.Advance(24*time.Hour + time.Minute)
		young := h.upload(t, "young.jpg", photo(3)) // old by our clock, and it has a row
		if n, err := h.Sweep(t.Context()); n != 1 || err != nil {
			t.Errorf("%d removed, %v", n, err)
		}
		h.read(t, kept.ID, 0)
		h.read(t, young.ID, 0)
		if n, err := h.Sweep(t.Context()); n != 0 || err != nil {
			t.Errorf("the second time %d removed, %v", n, err)
		}
		if _, fresh, err := h.Upload(editor(t.Context()), in()); !fresh || err != nil {
			t.Errorf("the upload after the crash: %v %v", fresh, err)
		}
	})
}

func TestFilesOfADeletedPictureGo(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := setup(t, e)
		item := h.upload(t, "a.jpg", photo(1))
		if err := h.MakeWidths(t.Context(), item.ID); err != nil {
			t.Fatal(err)
		}
		h.clock.Advance(48 * time.Hour)
		if err := h.Delete(editor(t.Context()), item.ID); err != nil {
			t.Fatal(err)
		}
		if n, err := h.Sweep(t.Context()); n != 0 || err != nil {
			t.Errorf("%d removed at once, %v", n, err)
		}
		h.clock.Advance(24*time.Hour + time.Minute)
		if n, err := h.Sweep(t.Context()); n != 3 || err != nil {
			t.Errorf("%d removed, %v", n, err)
		}
		if keys := h.files.keys(t); len(keys) != 0 {
			t.Errorf("files: %v", keys)
		}
	})
}

func TestTheSweepLeavesWhatIsNotOurs(t *testing.T) {
	t.Parallel()
	h := setup(t, dbtest.Engine{Name: "sqlite"})
	foreign := []string{"exports/1.zip", "media/readme.txt", "media/not-an-id/full.jpg"}
	for _, key := range foreign {
		if err := h.files.Put(t.Context(), key, strings.NewReader("x"), 1, ""); err != nil {
			t.Fatal(err)
		}
	}
	h.clock.Advance(48 * time.Hour)
	if n, err := h.Sweep(t.Context()); n != 0 || err != nil {
		t.Errorf("%d removed, %v", n, err)
	}
	for _, key := range foreign {
		if !slices.Contains(h.files.keys(t), key) {
			t.Errorf("%s is gone", key)
		}
	}
}

func TestTheSweepWorksInBatches(t *testing.T) {
	t.Parallel()
	h := setup(t, dbtest.Engine{Name: "sqlite"})
	item := h.upload(t, "a.jpg", small(1))
	for range 620 {
		if err := h.files.Put(t.Context(), "media/"+uuid.NewString()+"/full.jpg", strings.NewReader("x"), 1, ""); err != nil {
			t.Fatal(err)
		}
	}
	h.clock.Advance(48 * time.Hour)
	if n, err := h.Sweep(t.Context()); n != 620 || err != nil {
		t.Errorf("%d removed, %v", n, err)
	}
	h.read(t, item.ID, 0)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := h.Sweep(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled sweep: %v", err)
	}
}

func TestTheSweepRunsByTheClock(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := setup(t, e)
		orphan := "media/" + uuid.NewString() + "/full.jpg"
		if err := h.files.Put(t.Context(), orphan, strings.NewReader("x"), 1, ""); err != nil {
			t.Fatal(err)
		}
		h.clock.Advance(48 * time.Hour)
		stop := h.work(t, media.Periodic()...)
		eventually(t, "the orphan is gone", func() bool { return len(h.files.keys(t)) == 0 })
		stop()
		// A restart asks again, together with another job that shows that it
		// asked, and it stays one a day.
		probe := river.NewPeriodicJob(river.PeriodicInterval(time.Hour), func() (river.JobArgs, *river.InsertOpts) {
			return media.WidthsArgs{ID: uuid.New()}, nil
		}, &river.PeriodicJobOpts{RunOnStart: true})
		h.node(t).work(t, append(media.Periodic(), probe)...)
		eventually(t, "the restarted node asked", func() bool { return h.jobs(t, "media.widths") == 1 })
		if n := h.jobs(t, "media.sweep"); n != 1 {
			t.Errorf("%d sweeps", n)
		}
	})
}
