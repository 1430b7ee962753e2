package media_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lighttrends/internal/domain/media"
	"lighttrends/internal/domain/media/picture/picturetest"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
)

func TestUpload(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := setup(t, e)
		raw := photo(1)
		item, fresh, err := h.Upload(editor(t.Context()), media.Upload{
			Filename: `C:\pictures\Film capacity.PNG`, Alt: " Bars ", Caption: "Figure 1", Body: bytes.NewReader(raw),
		})
		if err != nil || !fresh {
			t.Fatal(fresh, err)
		}
		sum := sha256.Sum256(raw)
		want := &media.Item{
			ID: item.ID, Filename: "Film capacity.PNG", ContentType: "image/jpeg", Bytes: item.Bytes, SHA256: sum[:], Width: 1200, Height: 60,
			Alt: "Bars", Caption: "Figure 1", Variants: []media.Variant{}, State: media.Processing, CreatedBy: &editorID, CreatedAt: h.clock.Now(),
			Focus: media.Focus{X: 50, Y: 50}, Edition: 1, Prints: item.ID, EditionAt: h.clock.Now(), EditionByName: "Ada", CreatedByName: "Ada",
			Words: "film capacity.png bars figure 1", NameKey: "film capacity.png",
		}
		if diff := cmp.Diff(want, item); diff != "" {
			t.Error(diff)
		}
		stored, err := h.Item(t.Context(), item.ID)
		if diff := cmp.Diff(want, stored); err != nil || diff != "" {
			t.Error(diff, err)
		}
		body, f := h.read(t, item.ID, 0)
		if bytes.Equal(body, raw) || f.ContentType != "image/jpeg" || f.Name != "Film capacity.jpg" || f.Size != item.Bytes {
			t.Errorf("%+v", f)
		}
		h.wantEvents(t, "media.uploaded "+item.ID.String()+` {"filename":"Film capacity.PNG"}`)
		if n := h.jobs(t, "media.widths"); n != 1 {
			t.Errorf("%d jobs", n)
		}
		if keys := h.files.keys(t); len(keys) != 1 {
			t.Errorf("files: %v", keys)
		}
	})
}

func TestTheSameBytesAreTheSameItem(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := setup(t, e)
		first := h.upload(t, "a.jpg", photo(1))
		h.files.set(nil, func(key string) { t.Errorf("%s was put for bytes that are known", key) })
		second, fresh, err := h.Upload(editor(t.Context()), media.Upload{Filename: "b.jpg", Alt: "other", Body: bytes.NewReader(photo(1))})
		if err != nil || fresh || second.ID != first.ID || second.Alt != "" || second.Filename != "a.jpg" {
			t.Errorf("%+v fresh %v, %v", second, fresh, err)
		}
		h.files.set(nil, nil)
		if keys := h.files.keys(t); len(keys) != 1 {
			t.Errorf("files: %v", keys)
		}
		if n := len(h.events(t)); n != 1 {
			t.Errorf("%d events", n)
		}
		if n := h.jobs(t, "media.widths"); n != 1 {
			t.Errorf("%d jobs", n)
		}
		if other := h.upload(t, "a.jpg", photo(2)); other.ID == first.ID {
			t.Error("other bytes became the same item")
		}
	})
}

func TestTheSameBytesAtTheSameTime(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := setup(t, e)
		nodes := []*house{h, h, h.node(t), h.node(t)}
		// Everybody has put a file before anybody writes a row.
		var all sync.WaitGroup
		all.Add(2)
		var once [2]sync.Once
		var mu sync.Mutex
		arrived := 0
		h.files.set(nil, func(string) {
			mu.Lock()
			n := arrived
			arrived++
			mu.Unlock()
			if n < 2 {
				once[n].Do(all.Done)
				all.Wait()
			}
		})
		ids := make([]uuid.UUID, len(nodes))
		created := make([]bool, len(nodes))
		var wg sync.WaitGroup
		for i, n := range nodes {
			wg.Go(func() {
				item, fresh, err := n.Upload(editor(context.Background()), media.Upload{Filename: "a.jpg", Body: bytes.NewReader(photo(1))})
				if err != nil {
					t.Error(err)
					return
				}
				ids[i], created[i] = item.ID, fresh
			})
		}
		wg.Wait()
		fresh := 0
		for i, id := range ids {
			if id != ids[0] {
				t.Errorf("two items: %v", ids)
			}
			if created[i] {
				fresh++
			}
		}
		if fresh != 1 || len(h.events(t)) != 1 || h.jobs(t, "media.widths") != 1 {
			t.Errorf("%d fresh, %d events, %d jobs", fresh, len(h.events(t)), h.jobs(t, "media.widths"))
		}
		if keys := h.files.keys(t); len(keys) != 1 || !strings.Contains(keys[0], ids[0].String()) {
			t.Errorf("files: %v", keys)
		}
	})
}

func TestWhoMayUpload(t *testing.T) {
	t.Parallel()
	h := setup(t, dbtest.Engine{Name: "sqlite"})
	for name, tt := range map[string]struct {
		who  actor.Actor
		want fault.Kind
	}{
		"a stranger":                   {actor.Nobody(), fault.Unauthenticated},
		"a member":                     {actor.Actor{Kind: actor.Member, ID: editorID}, fault.Forbidden},
		"staff who may not":            {actor.Actor{Kind: actor.Staff, ID: editorID, Capabilities: []actor.Capability{actor.NotesRead, actor.NotesWrite}}, fault.Forbidden},
		"staff who may not read notes": {actor.Actor{Kind: actor.Staff, ID: editorID, Capabilities: []actor.Capability{actor.MediaWrite}}, 0},
	} {
		ctx := actor.With(t.Context(), tt.who)
		body := &counting{r: bytes.NewReader(small(1))}
		_, _, upErr := h.Upload(ctx, media.Upload{Filename: "a.jpg", Body: body})
		_, imErr := h.Import(ctx, "a.jpg", bytes.NewReader(small(1)))
		if tt.want == 0 {
			if upErr != nil || imErr != nil {
				t.Errorf("%s: %v %v", name, upErr, imErr)
			}
			continue
		}
		for _, err := range []error{upErr, imErr} {
			if err == nil || fault.Of(err).Kind != tt.want {
				t.Errorf("%s: %v", name, err)
			}
		}
		if body.reads > 0 {
			t.Errorf("%s: the body was read", name)
		}
	}
}

type counting struct {
	r     io.Reader
	reads int
}

func (c *counting) Read(p []byte) (int, error) { c.reads++; return c.r.Read(p) }

func TestBadUploadsAreRefusedAndLeaveNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		h := setup(t, e)
		ok := func() io.Reader { return bytes.NewReader(small(1)) }
		long := strings.Repeat("ä", 1001)
		for name, tt := range map[string]struct {
			in   media.Upload
			kind fault.Kind
			code string
		}{
			"no name":              {media.Upload{Body: ok()}, fault.Invalid, "invalid_input"},
			"a name of dots":       {media.Upload{Filename: "../..", Body: ok()}, fault.Invalid, "invalid_input"},
			"a name that is long":  {media.Upload{Filename: strings.Repeat("a", 201), Body: ok()}, fault.Invalid, "invalid_input"},
			"a long alt":           {media.Upload{Filename: "a", Alt: long, Body: ok()}, fault.Invalid, "invalid_input"},
			"a long caption":       {media.Upload{Filename: "a", Caption: long, Body: ok()}, fault.Invalid, "invalid_input"},
			"broken text":          {media.Upload{Filename: "a", Alt: "a\xff", Body: ok()}, fault.Invalid, "invalid_input"},
			"zeros":                {media.Upload{Filename: "a", Caption: "a\x00", Body: ok()}, fault.Invalid, "invalid_input"},
			"no body":              {media.Upload{Filename: "a"}, fault.Invalid, "media_empty"},
			"an empty body":        {media.Upload{Filename: "a", Body: strings.NewReader("")}, fault.Invalid, "media_empty"},
			"HTML named as JPEG":   {media.Upload{Filename: "a.jpg", Body: strings.NewReader("<html>")}, fault.Unsupported, "media_type_refused"},
			"SVG":                  {media.Upload{Filename: "a.svg", Body: strings.NewReader("<svg/>")}, fault.Unsupported, "media_type_refused"},
			"20,000 × 20,000":      {media.Upload{Filename: "a", Body: bytes.NewReader(picturetest.PNGHeader(20_000, 20_000))}, fault.Invalid, "media_too_many_pixels"},
			"half a picture":       {media.Upload{Filename: "a", Body: bytes.NewReader(small(1)[:300])}, fault.Invalid, "media_unreadable"},
			"a body that breaks":   {media.Upload{Filename: "a", Body: iotest.TimeoutReader(iotest.OneByteReader(ok()))}, fault.BadRequest, "upload_broken"},
			"one byte too large":   {media.Upload{Filename: "a", Body: io.LimitReader(zeros{}, media.MaxUpload+1)}, fault.TooLarge, "media_too_large"},
			"a body without end":   {media.Upload{Filename: "a", Body: zeros{}}, fault.TooLarge, "media_too_large"},
			"the largest, rubbish": {media.Upload{Filename: "a", Body: io.LimitReader(zeros{}, media.MaxUpload)}, fault.Unsupported, "media_type_refused"},
		} {
			item, fresh, err := h.Upload(editor(t.Context()), tt.in)
			if f := fault.Of(err); f == nil || f.Kind != tt.kind || f.Code != tt.code || item != nil || fresh {
				t.Errorf("%s: %v", name, err)
			}
		}
		if keys := h.files.keys(t); len(keys) > 0 || len(h.events(t)) > 0 {
			t.Errorf("left behind: %v %v", keys, h.events(t))
		}
	})
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestASlowSenderIsNotWaitedForWhenTheContextEnds(t *testing.T) {
	t.Parallel()
	h := setup(t, dbtest.Engine{Name: "sqlite"})
	ctx, cancel := context.WithCancel(editor(t.Context()))
	body := &slow{r: bytes.NewReader(small(1)), after: 100, then: cancel}
	if _, _, err := h.Upload(ctx, media.Upload{Filename: "a.jpg", Body: body}); !fault.HasCode(err, "interrupted") || !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if body.reads != 100 {
		t.Errorf("%d reads, of which the last ended the context at 100", body.reads)
	}
	if keys := h.files.keys(t); len(keys) > 0 {
		t.Errorf("files: %v", keys)
	}
}

// slow gives a byte at a time and ends the context after some.
type slow struct {
	r            io.Reader
	reads, after int
	then         func()
}

func (s *slow) Read(p []byte) (int, error) {
	if s.reads++; s.reads == s.after {
		s.then()
	}
	return s.r.Read(p[:1])
}

func TestTheNameSaysNothingAboutTheType(t *testing.T) {
	t.Parallel()
	h := setup(t, dbtest.Engine{Name: "sqlite"})
	png := h.upload(t, "page.html", picturetest.PNG(picturetest.Chart(40, 30)))
	_, f := h.read(t, png.ID, 0)
	if f.ContentType != "image/png" || f.Name != "page.png" || png.Path() != "/media/"+png.ID.String()+"/full.png" {
		t.Errorf("%+v at %s", f, png.Address(0))
	}
	gif := h.upload(t, "photo.jpg", append(picturetest.Animation(30, 20, 3, "x"), "<script>"...))
	body, f := h.read(t, gif.ID, 0)
	if f.ContentType != "image/gif" || bytes.Contains(body, []byte("script")) || gif.State != media.Ready {
		t.Errorf("%+v %s", f, gif.State)
	}
}

func TestThePlaceOfAPhotoIsInNoFile(t *testing.T) {
	t.Parallel()
	h := setup(t, dbtest.Engine{Name: "sqlite"})
	raw := withPlace(picturetest.JPEG(picturetest.Photo(60, 1000, 1)))
	if !bytes.Contains(raw, []byte(picturetest.Secret)) {
		t.Fatal("the test picture holds no place")
	}
	item := h.upload(t, "berlin.jpg", raw)
	if item.Width != 1000 || item.Height != 60 {
		t.Errorf("%d × %d: it was not set upright", item.Width, item.Height)
	}
	if err := h.MakeWidths(t.Context(), item.ID); err != nil {
		t.Fatal(err)
	}
	keys := h.files.keys(t)
	if len(keys) != 3 {
		t.Fatalf("files: %v", keys)
	}
	for _, key := range keys {
		f, _, err := h.files.Get(t.Context(), key)
		if err != nil {
			t.Fatal(err)
		}
		b, _ := io.ReadAll(f)
		_ = f.Close()
		if bytes.Contains(b, []byte(picturetest.Secret)) || bytes.Contains(b, []byte("Exif")) {
			t.Errorf("%s says where it was taken", key)
		}
	}
}
