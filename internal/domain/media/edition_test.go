package media_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/media"
	"lighttrends/internal/domain/media/picture/picturetest"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
)

func (h *house) replace(ctx context.Context, id uuid.UUID, raw []byte) (*media.Item, error) {
	return h.Replace(editor(ctx), id, media.Upload{Filename: "new.jpg", Body: bytes.NewReader(raw)})
}

// at reads what an address gives.
func (h *house) at(t *testing.T, address string) ([]byte, *media.File) {
	t.Helper()
	f, err := h.OpenAddress(t.Context(), address)
	if err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	defer func() { _ = f.Close() }()
	var b bytes.Buffer
	if _, err := b.ReadFrom(f); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), f
}

func TestReplace(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := setup(t, e)
		other := h.node(t)
		old := h.upload(t, "chart.jpg", photo(1))
		if err := h.MakeWidths(t.Context(), old.ID); err != nil {
			t.Fatal(err)
		}
		oldBytes, oldFile := h.at(t, old.Address(480))
		plain, plainFile := h.at(t, old.Path())
		if plainFile.Settled || !oldFile.Settled {
			t.Errorf("a text's address may change, an edition's may not: %v %v", plainFile.Settled, oldFile.Settled)
		}
		before := h.clock.Now()
		h.clock.Advance(time.Minute)

		item, err := h.replace(t.Context(), old.ID, photo(2))
		if err != nil || item.ID != old.ID || item.Edition != 2 || item.State != media.Processing || item.Filename != "chart.jpg" || item.Path() != old.Path() {
			t.Fatalf("%+v %v", item, err)
		}
		fresh, freshFile := h.at(t, item.Path())
		if bytes.Equal(fresh, plain) || freshFile.ETag == plainFile.ETag {
			t.Error("the text's address still gives the old one")
		}
		if got, f := h.at(t, old.Address(480)); !bytes.Equal(got, oldBytes) || !f.Settled || f.ETag != oldFile.ETag {
			t.Error("the old edition's address gives something else")
		}
		if got, f := h.at(t, item.Address(480)); !bytes.Equal(got, fresh) || f.Settled {
			t.Error("before the job the whole picture stands in")
		}
		if err := h.MakeWidths(t.Context(), old.ID); err != nil {
			t.Fatal(err)
		}
		if got, f := h.at(t, item.Address(480)); bytes.Equal(got, fresh) || bytes.Equal(got, oldBytes) || !f.Settled {
			t.Error("the job made no new widths")
		}
		if got, _ := other.at(t, item.Address(0)); !bytes.Equal(got, fresh) {
			t.Error("a node with an old copy does not look again")
		}
		then, err := h.ItemsAt(t.Context(), before, old.ID)
		if err != nil || then[old.ID].Address(0) != old.Address(0) || then[old.ID].Width != old.Width || len(then[old.ID].Variants) != 2 {
			t.Errorf("as it was: %+v %v", then[old.ID], err)
		}
		if now, err := h.ItemsAt(t.Context(), h.clock.Now(), old.ID); err != nil || now[old.ID].Edition != 2 {
			t.Errorf("as it is: %+v %v", now[old.ID], err)
		}
		html, err := h.Pin(t.Context(), `<img src="`+old.Path()+`">`, before)
		if err != nil || html != `<img src="`+old.Address(0)+`">` {
			t.Errorf("%s %v", html, err)
		}
		if past, err := h.Editions(editor(t.Context()), old.ID); err != nil || len(past) != 1 || past[0].Edition != 1 || past[0].EditionByName != "Ada" {
			t.Errorf("%+v %v", past, err)
		}
		if events := h.events(t); events[len(events)-1] != "media.replaced "+old.ID.String()+` {"edition":2,"filename":"chart.jpg"}` {
			t.Errorf("%v", events)
		}
		// The old bytes may come again as a picture of their own.
		if again := h.upload(t, "chart.jpg", photo(1)); again.ID == old.ID {
			t.Error("the old bytes are taken for the new picture")
		}
	})
}

func TestWhatCannotReplace(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := setup(t, e)
		item, neighbour := h.upload(t, "a.jpg", photo(1)), h.upload(t, "b.jpg", photo(2))
		events, files := len(h.events(t)), len(h.files.keys(t))
		if got, err := h.replace(t.Context(), item.ID, photo(1)); err != nil || got.Edition != 1 {
			t.Errorf("the same file: %+v %v", got, err)
		}
		for name, tt := range map[string]struct {
			raw  []byte
			code string
		}{
			"another type":    {picturetest.PNG(picturetest.Chart(600, 20)), "media_other_type"},
			"another picture": {photo(2), "media_is_another"},
			"no picture":      {[]byte("<svg xmlns='http://www.w3.org/2000/svg'/>"), "media_type_refused"},
			"nothing":         {nil, "media_empty"},
		} {
			if _, err := h.replace(t.Context(), item.ID, tt.raw); !fault.HasCode(err, tt.code) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := h.replace(t.Context(), uuid.New(), photo(3)); !fault.HasCode(err, "media_not_found") {
			t.Errorf("somebody's id: %v", err)
		}
		if _, err := h.Replace(t.Context(), item.ID, media.Upload{Filename: "x", Body: bytes.NewReader(photo(3))}); fault.Of(err).Kind != fault.Unauthenticated {
			t.Errorf("a stranger: %v", err)
		}
		if now, _ := h.Item(t.Context(), item.ID); now.Edition != 1 || len(h.events(t)) != events || len(h.files.keys(t)) > files+1 {
			t.Errorf("%+v, %d events, %v", now, len(h.events(t)), h.files.keys(t))
		}
		_ = neighbour
	})
}

func TestReplacingWhatReadersSeeTakesTheRightToPublish(t *testing.T) {
	t.Parallel()
	h := setup(t, dbtest.Engine{Name: "sqlite"})
	item, rev := h.upload(t, "a.jpg", small(1)), uuid.New()
	h.refer(t, media.InRevision, rev, &item.ID)
	h.atlas[rev] = media.Place{Kind: "note", ID: uuid.New(), Title: "Film", Draft: true}
	if _, err := h.replace(t.Context(), item.ID, small(2)); err != nil {
		t.Fatalf("in a draft: %v", err)
	}
	h.atlas[rev] = media.Place{Kind: "note", ID: uuid.New(), Title: "Film", Live: true}
	if _, err := h.replace(t.Context(), item.ID, small(3)); !fault.HasCode(err, "media_is_live") {
		t.Errorf("live: %v", err)
	}
	publisher := actor.With(t.Context(), actor.Actor{Kind: actor.Staff, ID: editorID, Capabilities: []actor.Capability{actor.MediaWrite, actor.NotesPublish}})
	up := func(seed uint64) error {
		_, err := h.Replace(publisher, item.ID, media.Upload{Filename: "x", Body: bytes.NewReader(small(seed))})
		return err
	}
	if err := up(4); err != nil {
		t.Errorf("a publisher: %v", err)
	}
	h.FourEyes = func(context.Context) (bool, error) { return true, nil }
	if err := up(5); !fault.HasCode(err, "media_four_eyes") {
		t.Errorf("alone: %v", err)
	}
}

func TestTwoReplaceAtTheSameTime(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := setup(t, e)
		item := h.upload(t, "a.jpg", small(1))
		var wg sync.WaitGroup
		errs := make([]error, 4)
		for n := range errs {
			wg.Go(func() { _, errs[n] = h.replace(context.Background(), item.ID, small(uint64(10+n))) })
		}
		wg.Wait()
		now, err := h.Item(t.Context(), item.ID)
		if errors.Join(errs...) != nil || err != nil || now.Edition != 5 {
			t.Fatalf("%v %+v %v", errs, now, err)
		}
		seen := map[string]bool{}
		for v := range 5 {
			got, _ := h.at(t, item.Path()+"?v="+string(rune('1'+v)))
			seen[string(got)] = true
		}
		if len(seen) != 5 {
			t.Errorf("%d editions can be told apart", len(seen))
		}
	})
}

// TestTheSweepKeepsEditionsAndTakesWhatNobodyOwns: old editions are the record.
func TestTheSweepKeepsEditionsAndTakesWhatNobodyOwns(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := setup(t, e)
		item := h.upload(t, "a.jpg", small(1))
		if _, err := h.replace(t.Context(), item.ID, small(2)); err != nil {
			t.Fatal(err)
		}
		h.files.set(func(step, key string) error { return nil }, nil)
		h.clock.Advance(72 * time.Hour)
		if n, err := h.Sweep(t.Context()); err != nil || n != 0 || len(h.files.keys(t)) != 2 {
			t.Fatalf("%d gone, %v, %v", n, h.files.keys(t), err)
		}
		if err := h.Delete(editor(t.Context()), item.ID); err != nil {
			t.Fatal(err)
		}
		h.clock.Advance(72 * time.Hour)
		if n, err := h.Sweep(t.Context()); err != nil || n != 2 || len(h.files.keys(t)) != 0 {
			t.Errorf("%d gone, %v, %v", n, h.files.keys(t), err)
		}
	})
}

// TestAJobOfTheOldEditionLeavesTheNewOneAlone: it was under way when the file
// was replaced.
func TestAJobOfTheOldEditionLeavesTheNewOneAlone(t *testing.T) {
	t.Parallel()
	h := setup(t, dbtest.Engine{Name: "sqlite"})
	item := h.upload(t, "a.jpg", photo(1))
	var once sync.Once
	h.files.set(nil, func(key string) {
		if strings.Contains(key, "/480.") {
			once.Do(func() {
				if _, err := h.replace(context.Background(), item.ID, photo(2)); err != nil {
					t.Error(err)
				}
			})
		}
	})
	if err := h.MakeWidths(t.Context(), item.ID); err != nil {
		t.Fatal(err)
	}
	if now, _ := h.Item(t.Context(), item.ID); now.State != media.Processing || len(now.Variants) != 0 {
		t.Errorf("%+v", now)
	}
}
