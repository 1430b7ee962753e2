package media_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"lighttrends/internal/domain/media"
	"lighttrends/internal/domain/media/picture/picturetest"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/blob"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/journal"
)

type house struct {
	*media.Shelf
	engine  dbtest.Engine
	options db.Options
	db      *db.DB
	clock   *clock.Manual
	journal *journal.Journal
	files   *files
	atlas   atlas
}

// atlas knows notes by the revisions that show something.
type atlas map[uuid.UUID]media.Place

func (a atlas) Places(_ context.Context, uses []media.Use) (out []media.Place, err error) {
	for _, u := range uses {
		if p, ok := a[u.Of]; ok {
			out = append(out, p)
		}
	}
	return out, nil
}

// setup opens a shelf on a fresh database and a fresh folder. Its clock begins
// now, because files get their times from the disk.
func setup(t testing.TB, e dbtest.Engine) *house {
	t.Helper()
	disk, err := blob.OpenDisk(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = disk.Close() })
	h := &house{engine: e, options: e.Options(t), clock: clock.NewManual(time.Now()), files: &files{Store: disk}, atlas: atlas{}}
	return h.open(t)
}

// node opens another shelf on the same data, as another process would.
func (h *house) node(t testing.TB) *house {
	t.Helper()
	return (&house{engine: h.engine, options: h.options, clock: h.clock, files: h.files, atlas: h.atlas}).open(t)
}

func (h *house) open(t testing.TB) *house {
	t.Helper()
	h.db = h.engine.Reopen(t, h.options, h.clock)
	h.db.Listen(context.Background())
	h.journal = journal.New(h.db, h.clock, nil)
	h.Shelf = media.New(media.Deps{DB: h.db, Clock: h.clock, Journal: h.journal, Files: h.files, Atlas: h.atlas})
	return h
}

// files is a store whose steps a test can watch and break.
type files struct {
	blob.Store
	mu      sync.Mutex
	fail    func(step, key string) error // before a step
	putDone func(key string)
}

func (f *files) set(fail func(step, key string) error, putDone func(string)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fail, f.putDone = fail, putDone
}

func (f *files) before(step, key string) error {
	f.mu.Lock()
	fail := f.fail
	f.mu.Unlock()
	if fail == nil {
		return nil
	}
	return fail(step, key)
}

func (f *files) Put(ctx context.Context, key string, r io.Reader, size int64, contentType string) error {
	if err := f.before("put", key); err != nil {
		return err
	}
	err := f.Store.Put(ctx, key, r, size, contentType)
	f.mu.Lock()
	done := f.putDone
	f.mu.Unlock()
	if done != nil {
		done(key)
	}
	return err
}

func (f *files) Get(ctx context.Context, key string) (io.ReadSeekCloser, blob.Info, error) {
	if err := f.before("get", key); err != nil {
		return nil, blob.Info{}, err
	}
	return f.Store.Get(ctx, key)
}

func (f *files) keys(t testing.TB) (keys []string) {
	t.Helper()
	for info, err := range f.List(context.Background(), "") {
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, info.Key)
	}
	return keys
}

var editorID = uuid.MustParse("0199d1a0-0000-7000-8000-000000000001")

// editor may do everything with media; reader is nobody.
func editor(ctx context.Context) context.Context {
	return actor.With(ctx, actor.Actor{Kind: actor.Staff, ID: editorID, Name: "Ada", Capabilities: []actor.Capability{actor.MediaWrite, actor.NotesRead}})
}

func (h *house) upload(t testing.TB, name string, raw []byte) *media.Item {
	t.Helper()
	item, _, err := h.Upload(editor(context.Background()), media.Upload{Filename: name, Body: bytes.NewReader(raw)})
	if err != nil {
		t.Fatal(err)
	}
	return item
}

// photo is an upload that gets two smaller widths.
func photo(seed uint64) []byte { return picturetest.JPEG(picturetest.Photo(1200, 60, seed)) }

// small is one that gets none.
func small(seed uint64) []byte { return picturetest.JPEG(picturetest.Photo(40, 30, seed)) }

func (h *house) read(t testing.TB, id uuid.UUID, width int) ([]byte, *media.File) {
	t.Helper()
	f, err := h.Open(context.Background(), id, width)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	b, err := io.ReadAll(f)
	if err != nil || int64(len(b)) != f.Size {
		t.Fatalf("%d bytes of %d: %v", len(b), f.Size, err)
	}
	return b, f
}

// events lists what the journal holds, oldest first, as "verb id payload".
func (h *house) events(t testing.TB) []string {
	t.Helper()
	list, err := h.journal.List(context.Background(), journal.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	out := []string{}
	for _, e := range list {
		var flat bytes.Buffer
		if err := json.Compact(&flat, e.Payload); err != nil {
			t.Fatal(err)
		}
		out = append([]string{e.Verb + " " + e.SubjectID + " " + flat.String()}, out...)
	}
	return out
}

func (h *house) wantEvents(t testing.TB, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, h.events(t)); diff != "" {
		t.Errorf("journal: %s", diff)
	}
}

// jobs counts the jobs of a kind that wait or are done.
func (h *house) jobs(t testing.TB, kind string) (n int) {
	t.Helper()
	row := h.db.SQL().QueryRowContext(context.Background(), "SELECT COUNT(*) FROM river_job WHERE kind = '"+kind+"'")
	if err := row.Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// work runs the jobs of the room until the test ends, or until stop is called.
func (h *house) work(t testing.TB, periodic ...*river.PeriodicJob) (stop func()) {
	t.Helper()
	workers := river.NewWorkers()
	media.AddWorkers(workers, h.Shelf)
	w, err := h.db.Work(context.Background(), db.WorkerOptions{Workers: workers, Periodic: periodic})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.StopAndCancel(context.Background()) })
	return func() {
		if err := w.Stop(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
}

// meanwhile begins something beside a transaction and comes back when it is
// over or waits for that transaction, so that its place is the same each time.
// Its error comes through the channel.
func (h *house) meanwhile(t testing.TB, done chan<- error, do func() error) {
	t.Helper()
	over := make(chan struct{})
	go func() {
		done <- do()
		close(over)
	}()
	began := time.Now()
	waits := func() (yes bool) {
		if h.engine.Name == db.SQLite { // there is one writer, and it is taken
			return time.Since(began) > 50*time.Millisecond
		}
		const asked = "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')"
		if err := h.db.SQL().QueryRowContext(context.Background(), asked).Scan(&yes); err != nil {
			t.Error(err)
		}
		return yes
	}
	eventually(t, "the other is over or waits", func() bool {
		select {
		case <-over:
			return true
		default:
			return waits()
		}
	})
}

func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatal("never: " + what)
}

func (h *house) state(t testing.TB, id uuid.UUID) media.State {
	t.Helper()
	item, err := h.Item(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return item.State
}
