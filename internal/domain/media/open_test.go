package media_test

import (
	"context"
	"io"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"lighttrends/internal/domain/media"
	"lighttrends/internal/domain/media/picture"
	"lighttrends/internal/domain/media/picture/picturetest"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
)

func TestTheNearestPrintIsServedUntilTheWidthExists(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := setup(t, e)
		item := h.upload(t, "a.jpg", photo(1)) // 1200 wide
		etags := map[int]string{}
		for _, w := range []int{480, 960, 1600} {
			_, f := h.read(t, item.ID, w)
			if f.Size != item.Bytes || f.Settled {
				t.Errorf("%d before: %+v", w, f)
			}
			etags[w] = f.ETag
		}
		if _, f := h.read(t, item.ID, 0); !f.Settled {
			t.Error("the largest print is not settled")
		}
		before := item.Srcset()
		if err := h.MakeWidths(t.Context(), item.ID); err != nil {
			t.Fatal(err)
		}
		for w, better := range map[int]bool{480: true, 960: true, 1600: false} {
			_, f := h.read(t, item.ID, w)
			if (f.Size < item.Bytes) != better || !f.Settled || (f.ETag != etags[w]) != better {
				t.Errorf("%d after: %+v", w, f)
			}
		}
		after, err := h.Item(t.Context(), item.ID)
		at := "/media/" + item.ID.String()
		want := at + "/480.jpg?v=1 480w, " + at + "/960.jpg?v=1 960w, " + at + "/full.jpg?v=1 1200w"
		if err != nil || before != want || after.Srcset() != want {
			t.Errorf("srcset before %q, after %q, want %q", before, after.Srcset(), want)
		}
	})
}

func TestWhatCannotBeOpened(t *testing.T) {
	t.Parallel()
	h := setup(t, dbtest.Engine{Name: "sqlite"})
	item := h.upload(t, "a.jpg", small(1))
	for _, w := range []int{-1, 1, 479, 2400, 1 << 40} {
		if _, err := h.Open(t.Context(), item.ID, w); !fault.HasCode(err, "media_not_found") {
			t.Errorf("width %d: %v", w, err)
		}
	}
	if _, err := h.Open(t.Context(), uuid.New(), 0); !fault.HasCode(err, "media_not_found") {
		t.Errorf("somebody's id: %v", err)
	}
	id := item.ID.String()
	for address, found := range map[string]bool{
		"/media/" + id + "/full.jpg":               true,
		"/media/" + id + "/960.jpg":                true,
		"/media/" + id + "/full.jpg?v=1":           true,
		"/media/" + id + "/card.jpg?v=1-50-50":     true,
		"/media/" + id + "/card.png":               false,
		"/media/" + id + "/full.jpg?v=":            false,
		"/media/" + id + "/full.jpg?v=0":           false,
		"/media/" + id + "/full.jpg?v=01":          false,
		"/media/" + id + "/full.jpg?v=2":           false,
		"/media/" + id + "/full.jpg?v=x":           false,
		"/media/" + id + "/full.png":               false,
		"/media/" + id + "/full.html":              false,
		"/media/" + id + "/full":                   false,
		"/media/" + id + "/0960.jpg":               false,
		"/media/" + id + "/+960.jpg":               false,
		"/media/" + id + "/961.jpg":                false,
		"/media/" + id + "/0.jpg":                  false,
		"/media/" + id + "/full.jpg/":              false,
		"/media/" + id + "/x/full.jpg":             false,
		"/media/{" + id + "}/full.jpg":             false,
		"/media/urn:uuid:" + id + "/full.jpg":      false,
		"/media/" + uuid.NewString() + "/full.jpg": false,
		"media/" + id + "/full.jpg":                false,
		"/media/../media/" + id + "/full.jpg":      false,
		"/media/" + id:                             false,
		"":                                         false,
	} {
		f, err := h.OpenAddress(t.Context(), address)
		if (err == nil) != found || err != nil && !fault.HasCode(err, "media_not_found") {
			t.Errorf("%s: %v", address, err)
		}
		if f != nil {
			_ = f.Close()
		}
	}
}

func TestAddressesReadBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		id := uuid.UUID(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(rt, "id"))
		width := rapid.SampledFrom([]int{0, 480, 960, 1600}).Draw(rt, "width")
		format := rapid.SampledFrom([]picture.Format{picture.JPEG, picture.PNG, picture.GIF}).Draw(rt, "format")
		gotID, gotWidth, gotFormat, ok := media.ParseAddress(media.Address(id, width, format))
		if !ok || gotID != id || gotWidth != width || gotFormat != format {
			rt.Fatalf("%v %v %v %v", gotID, gotWidth, gotFormat, ok)
		}
		// Whatever else reads as an address is the only spelling of it.
		other := rapid.StringMatching(`/?media/[0-9a-fA-F-]{30,38}/[a-z0-9+.-]{0,9}`).Draw(rt, "other")
		if id, width, format, ok := media.ParseAddress(other); ok && media.Address(id, width, format) != other {
			rt.Fatalf("%q is a second spelling", other)
		}
	})
}

func TestAFileCanBeReadInPartsAfterTheRequest(t *testing.T) {
	t.Parallel()
	h := setup(t, dbtest.Engine{Name: "sqlite"})
	item := h.upload(t, "a.png", picturetest.PNG(picturetest.Chart(300, 200)))
	whole, _ := h.read(t, item.ID, 0)
	ctx, cancel := context.WithCancel(t.Context())
	f, err := h.Open(ctx, item.ID, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	cancel()
	if _, err := f.Seek(100, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	part, err := io.ReadAll(io.LimitReader(f, 50))
	if err != nil || string(part) != string(whole[100:150]) {
		t.Errorf("%d bytes, %v", len(part), err)
	}
}
