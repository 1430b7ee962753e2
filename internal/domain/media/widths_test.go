package media_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"image"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lighttrends/internal/domain/media"
	"lighttrends/internal/domain/media/picture/picturetest"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
)

func withPlace(raw []byte) []byte {
	return picturetest.JPEGWithExif(raw, picturetest.Exif(6, binary.BigEndian))
}

var errDisk = fault.New(fault.Unavailable, "files_unavailable", "down")

func TestAJobMakesTheSmallerWidths(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := setup(t, e)
		h.work(t)
		item := h.upload(t, "a.jpg", photo(1))
		eventually(t, "it is ready", func() bool { return h.state(t, item.ID) == media.Ready })
		got, err := h.Item(t.Context(), item.ID)
		if err != nil || len(got.Variants) != 2 {
			t.Fatalf("%+v %v", got, err)
		}
		before := item.Bytes
		for i := len(got.Variants) - 1; i >= 0; i-- {
			v := got.Variants[i]
			body, f := h.read(t, item.ID, v.Width)
			c, kind, err := image.DecodeConfig(bytes.NewReader(body))
			if err != nil || kind != "jpeg" || c.Width != v.Width || c.Height != v.Height || f.Size != v.Bytes || !f.Settled || v.Bytes >= before {
				t.Errorf("%+v: a %s of %d × %d, %v", v, kind, c.Width, c.Height, err)
			}
			before = v.Bytes
		}
		if got.Variants[0].Width != 480 || got.Variants[1].Width != 960 {
			t.Errorf("%+v", got.Variants)
		}
	})
}

func TestWidthsCanBeMadeAgainAfterACrash(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := setup(t, e)
		item := h.upload(t, "a.jpg", photo(1))
		ctx, crash := context.WithCancel(t.Context())
		h.files.set(nil, func(key string) {
			if strings.Contains(key, "/480.") {
				crash() // after the last file, before the row
			}
		})
		if err := h.MakeWidths(ctx, item.ID); err == nil {
			t.Fatal("it did not crash")
		}
		if h.state(t, item.ID) != media.Processing {
			t.Errorf("state %s", h.state(t, item.ID))
		}
		h.files.set(nil, nil)
		for range 2 {
			if err := h.MakeWidths(t.Context(), item.ID); err != nil {
				t.Fatal(err)
			}
		}
		got, err := h.Item(t.Context(), item.ID)
		if err != nil || got.State != media.Ready || len(got.Variants) != 2 || len(h.files.keys(t)) != 3 {
			t.Errorf("%+v, files %v, %v", got, h.files.keys(t), err)
		}
		if n := len(h.events(t)); n != 1 {
			t.Errorf("%d events: the widths are no news for the journal", n)
		}
	})
}

func TestNothingPutsTheWidthsOfADeletedPicture(t *testing.T) {
	t.Parallel()
	h := setup(t, dbtest.Engine{Name: "sqlite"})
	item := h.upload(t, "a.jpg", photo(1))
	other := h.upload(t, "b.jpg", photo(2))
	h.files.set(nil, func(string) { // deleted while they are made
		h.files.set(nil, nil)
		if err := h.Delete(editor(context.Background()), item.ID); err != nil {
			t.Error(err)
		}
	})
	if err := h.MakeWidths(t.Context(), item.ID); err != nil {
		t.Error(err)
	}
	h.files.set(nil, func(key string) { t.Errorf("%s was put for a deleted picture", key) })
	if err := h.MakeWidths(t.Context(), item.ID); err != nil {
		t.Error(err)
	}
	if _, err := h.Item(t.Context(), item.ID); !fault.HasCode(err, "media_not_found") {
		t.Errorf("it came back: %v", err)
	}
	if h.state(t, other.ID) != media.Processing {
		t.Error("another picture was changed")
	}
}

func TestAStoreThatIsDownIsTriedAgain(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := setup(t, e)
		item := h.upload(t, "a.jpg", photo(1))
		var failed atomic.Int32
		h.files.set(func(step, _ string) error {
			if step == "put" && failed.Add(1) == 1 {
				return errDisk
			}
			return nil
		}, nil)
		h.work(t)
		eventually(t, "it is ready", func() bool { return h.state(t, item.ID) == media.Ready })
		if failed.Load() < 2 {
			t.Error("nothing failed")
		}
	})
}

func TestAPictureWithoutItsFileIsGivenUpAndCanBeTriedAgain(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := setup(t, e)
		raw := photo(1)
		item := h.upload(t, "a.jpg", raw)
		h.files.set(func(step, _ string) error {
			if step == "get" {
				return fault.New(fault.NotFound, "file_not_found", "gone")
			}
			return nil
		}, nil)
		h.work(t)
		eventually(t, "it is given up", func() bool { return h.state(t, item.ID) == media.Failed })
		got, err := h.Item(t.Context(), item.ID)
		if err != nil || got.Srcset() != "" {
			t.Errorf("srcset %q, %v", got.Srcset(), err)
		}

		h.files.set(nil, nil)
		if _, f := h.read(t, item.ID, 480); !f.Settled || f.Size != item.Bytes {
			t.Errorf("%+v", f)
		}
		if again := h.upload(t, "a.jpg", raw); again.ID != item.ID || again.State != media.Processing {
			t.Errorf("%+v", again)
		}
		eventually(t, "it is ready", func() bool { return h.state(t, item.ID) == media.Ready })
	})
}

func TestTheLastAttemptGivesUp(t *testing.T) {
	t.Parallel()
	h := setup(t, dbtest.Engine{Name: "sqlite"})
	item := h.upload(t, "a.jpg", photo(1))
	h.files.set(func(step, _ string) error {
		if step == "put" {
			return errDisk
		}
		return nil
	}, nil)
	for _, attempt := range []int{1, 11} {
		if err := h.TryWidths(t.Context(), item.ID, attempt); !errors.Is(err, errDisk) || h.state(t, item.ID) != media.Processing {
			t.Errorf("attempt %d: %s, %v", attempt, h.state(t, item.ID), err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel() // the job's time is up: it still writes that it gave up
	if err := h.TryWidths(ctx, item.ID, 12); err == nil || h.state(t, item.ID) != media.Failed {
		t.Errorf("the last: %s, %v", h.state(t, item.ID), err)
	}
}

func TestAPictureWhoseJobWasLostIsTriedAgainWhenItIsSent(t *testing.T) {
	t.Parallel()
	h := setup(t, dbtest.Engine{Name: "sqlite"})
	h.upload(t, "a.jpg", photo(1))
	h.clock.Advance(23 * time.Hour)
	h.upload(t, "a.jpg", photo(1))
	if n := h.jobs(t, "media.widths"); n != 1 {
		t.Errorf("%d jobs while the first may still run", n)
	}
	h.clock.Advance(2 * time.Hour)
	h.upload(t, "a.jpg", photo(1))
	if n := h.jobs(t, "media.widths"); n != 2 {
		t.Errorf("%d jobs", n)
	}
}

func TestAPrintThatIsLargerThanTheNextIsNotKept(t *testing.T) {
	t.Parallel()
	h := setup(t, dbtest.Engine{Name: "sqlite"})
	// Narrow stripes: five colours at full size, thousands of grays below.
	img := picturetest.Chart(2000, 300)
	for i := 0; i < len(img.Pix); i += 4 {
		x, y := i/4%2000, i/4/2000
		if (x*x/7+y)%13 < 5 {
			img.Pix[i], img.Pix[i+1], img.Pix[i+2] = 0, 0, 0
		}
	}
	item := h.upload(t, "stripes.png", picturetest.PNG(img))
	if err := h.MakeWidths(t.Context(), item.ID); err != nil {
		t.Fatal(err)
	}
	got, err := h.Item(t.Context(), item.ID)
	if err != nil || got.State != media.Ready {
		t.Fatal(got, err)
	}
	above := got.Bytes
	for i := len(got.Variants) - 1; i >= 0; i-- {
		if got.Variants[i].Bytes >= above {
			t.Errorf("%+v is not below %d bytes", got.Variants[i], above)
		}
		above = got.Variants[i].Bytes
	}
	if len(got.Variants) == 3 {
		t.Fatal("every width was kept; the picture does not test anything")
	}
	if _, f := h.read(t, item.ID, 1600); !f.Settled || f.Size != item.Bytes {
		t.Errorf("%+v", f)
	}
}

func TestSmallAndMovingPicturesAreReadyAtOnce(t *testing.T) {
	t.Parallel()
	h := setup(t, dbtest.Engine{Name: "sqlite"})
	for name, raw := range map[string][]byte{
		"small": small(1), "480 wide": picturetest.JPEG(picturetest.Photo(480, 9, 1)), "moving": picturetest.Animation(600, 20, 2, "x"),
	} {
		item := h.upload(t, name, raw)
		if item.State != media.Ready || item.Srcset() != "" {
			t.Errorf("%s: %s %q", name, item.State, item.Srcset())
		}
		_, f := h.read(t, item.ID, 960)
		if !f.Settled {
			t.Errorf("%s: another print is promised", name)
		}
	}
	if n := h.jobs(t, "media.widths"); n != 0 {
		t.Errorf("%d jobs", n)
	}
}

func TestAStoreThatIsDownRefusesTheUpload(t *testing.T) {
	t.Parallel()
	h := setup(t, dbtest.Engine{Name: "sqlite"})
	h.files.set(func(string, string) error { return errDisk }, nil)
	_, _, err := h.Upload(editor(t.Context()), media.Upload{Filename: "a.jpg", Body: bytes.NewReader(photo(1))})
	if !errors.Is(err, errDisk) {
		t.Errorf("got %v", err)
	}
	page, err := h.List(editor(t.Context()), media.Query{})
	if diff := cmp.Diff(0, len(page.Items)); err != nil || diff != "" || len(h.events(t)) > 0 || h.jobs(t, "media.widths") > 0 {
		t.Error("something was written", diff, err)
	}
}
