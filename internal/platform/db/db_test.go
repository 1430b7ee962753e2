package db_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
)

// message is a row of a table that exists for other reasons; the tests here
// only need some table.
type message struct {
	ID         uuid.UUID `gorm:"type:uuid;primaryKey"`
	MessageID  string
	Sender     string
	Recipient  string
	Subject    string
	ReceivedAt time.Time
	Raw        []byte
}

func (message) TableName() string { return "mailbox_messages" }

func insert(ctx context.Context, d *db.DB, key string) error {
	return d.Write(ctx).Create(&message{ID: db.NewID(), MessageID: key, ReceivedAt: time.Date(2026, 3, 1, 12, 0, 0, 123456000, time.UTC), Raw: []byte{0, 1}}).Error
}

func count(t *testing.T, d *db.DB) int64 {
	t.Helper()
	var n int64
	if err := d.Read(t.Context()).Model(&message{}).Count(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

func TestTx(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		d := e.Open(t, nil)
		boom := errors.New("boom")

		t.Run("an error rolls back, also what an inner Tx did", func(t *testing.T) {
			err := d.Tx(t.Context(), func(ctx context.Context) error {
				if err := d.Tx(ctx, func(ctx context.Context) error { return insert(ctx, d, "a") }); err != nil {
					return err
				}
				return boom
			})
			if !errors.Is(err, boom) || count(t, d) != 0 {
				t.Fatalf("err %v, %d rows", err, count(t, d))
			}
		})
		t.Run("a write outside of a Tx is refused", func(t *testing.T) {
			if err := insert(t.Context(), d, "b"); err == nil || count(t, d) != 0 {
				t.Fatalf("err %v, %d rows", err, count(t, d))
			}
		})
		t.Run("a panic rolls back", func(t *testing.T) {
			func() {
				defer func() { _ = recover() }()
				_ = d.Tx(t.Context(), func(ctx context.Context) error {
					_ = insert(ctx, d, "c")
					panic("boom")
				})
			}()
			if count(t, d) != 0 {
				t.Fatal("the row stayed")
			}
		})
		t.Run("reads inside see what the Tx wrote; outside only after the commit", func(t *testing.T) {
			var inside, outside int64
			var after atomic.Bool
			err := d.Tx(t.Context(), func(ctx context.Context) error {
				d.AfterCommit(ctx, func() { after.Store(true) })
				if err := insert(ctx, d, "d"); err != nil {
					return err
				}
				if after.Load() {
					t.Error("AfterCommit ran before the commit")
				}
				d.Read(ctx).Model(&message{}).Count(&inside)
				return d.Read(context.Background()).Model(&message{}).Count(&outside).Error
			})
			if err != nil || inside != 1 || outside != 0 || !after.Load() {
				t.Fatalf("err %v, inside %d, outside %d, after %v", err, inside, outside, after.Load())
			}
		})
		t.Run("a second row with a unique value is a duplicate", func(t *testing.T) {
			err := d.Tx(t.Context(), func(ctx context.Context) error { return insert(ctx, d, "d") })
			if !db.IsDuplicate(err) {
				t.Fatalf("got %v", err)
			}
		})
		t.Run("times come back in UTC to the microsecond", func(t *testing.T) {
			var m message
			if err := d.Read(t.Context()).Where("message_id = ?", "d").First(&m).Error; err != nil {
				t.Fatal(err)
			}
			if want := "2026-03-01T12:00:00.123456Z"; m.ReceivedAt.Format(time.RFC3339Nano) != want {
				t.Fatalf("got %s", m.ReceivedAt.Format(time.RFC3339Nano))
			}
		})
	})
}

func TestWritersAtTheSameTimeAllSucceed(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		d := e.Open(t, nil)
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				for range 10 {
					if err := d.Tx(t.Context(), func(ctx context.Context) error { return insert(ctx, d, uuid.NewString()) }); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		if n := count(t, d); n != 80 {
			t.Fatalf("%d rows, want 80", n)
		}
	})
}

func TestReadersOnSQLiteCannotWrite(t *testing.T) {
	t.Parallel()
	d := dbtest.Engine{Name: db.SQLite}.Open(t, nil)
	if _, err := d.SQL().ExecContext(t.Context(), "DELETE FROM journal"); err == nil {
		t.Fatal("a reader wrote")
	}
}

type hello struct {
	Name string `json:"name"`
}

func (hello) Kind() string { return "hello" }

type helloWorker struct {
	river.WorkerDefaults[hello]
	work func(hello) error
}

func (w *helloWorker) Work(_ context.Context, j *river.Job[hello]) error { return w.work(j.Args) }

func (w *helloWorker) NextRetry(*river.Job[hello]) time.Time { return time.Now() }

func work(t *testing.T, d *db.DB, f func(hello) error) {
	t.Helper()
	workers := river.NewWorkers()
	river.AddWorker(workers, &helloWorker{work: f})
	w, err := d.Work(t.Context(), db.WorkerOptions{Workers: workers})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.StopAndCancel(context.Background()) })
}

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatal("never: " + what)
}

func TestQueue(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		d := e.Open(t, nil)
		var mu sync.Mutex
		seen := map[string]int{}
		work(t, d, func(h hello) error {
			mu.Lock()
			defer mu.Unlock()
			seen[h.Name]++
			if h.Name == "fails once" && seen[h.Name] == 1 {
				return errors.New("once")
			}
			return nil
		})
		times := func(name string) int {
			mu.Lock()
			defer mu.Unlock()
			return seen[name]
		}
		enqueue := func(name string, opts *river.InsertOpts, fail error) error {
			return d.Tx(t.Context(), func(ctx context.Context) error {
				if err := d.Enqueue(ctx, hello{name}, opts); err != nil {
					return err
				}
				return fail
			})
		}

		if err := d.Enqueue(t.Context(), hello{"outside"}, nil); err == nil {
			t.Error("a job was enqueued outside of a transaction")
		}
		if err := enqueue("rolled back", nil, errors.New("no")); err == nil {
			t.Error("the transaction committed")
		}
		unique := &river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true}}
		for range 3 {
			if err := enqueue("unique", unique, nil); err != nil {
				t.Fatal(err)
			}
		}
		for _, name := range []string{"fails once", "last"} {
			if err := enqueue(name, nil, nil); err != nil {
				t.Fatal(err)
			}
		}
		eventually(t, "all jobs done", func() bool { return times("last") == 1 && times("fails once") == 2 && times("unique") == 1 })
		if n := times("rolled back") + times("outside"); n != 0 {
			t.Errorf("%d jobs ran that never existed", n)
		}
	})
}

func TestNewsReachesSubscribersAfterTheCommit(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		o := e.Options(t)
		here, there := e.Reopen(t, o, clock.System{}), e.Reopen(t, o, clock.System{})
		var mu sync.Mutex
		var heard, other []string
		hear := func(list *[]string) func(string) {
			return func(p string) {
				mu.Lock()
				defer mu.Unlock()
				*list = append(*list, p)
			}
		}
		last := func(list *[]string) string {
			mu.Lock()
			defer mu.Unlock()
			if len(*list) == 0 {
				return "nothing"
			}
			return (*list)[len(*list)-1]
		}
		here.Subscribe("notes", hear(&heard))
		there.Subscribe("notes", hear(&other))
		there.Listen(t.Context())
		eventually(t, "the other process listens", func() bool { return last(&other) == "" })

		_ = here.Tx(t.Context(), func(ctx context.Context) error {
			_ = here.Announce(ctx, "notes", "rolled back")
			return errors.New("no")
		})
		err := here.Tx(t.Context(), func(ctx context.Context) error {
			if err := here.Announce(ctx, "notes", "42"); err != nil {
				return err
			}
			if got := last(&heard); got != "nothing" {
				t.Errorf("heard %q before the commit", got)
			}
			return nil
		})
		if err != nil || last(&heard) != "42" {
			t.Fatalf("err %v, heard %q", err, last(&heard))
		}
		eventually(t, "the other process heard it", func() bool { return last(&other) == "42" })
	})
}

func TestOldNewsGoes(t *testing.T) {
	t.Parallel()
	c := clock.NewManual(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))
	d := dbtest.Engine{Name: db.SQLite}.Open(t, c)
	say := func(payload ...string) {
		t.Helper()
		err := d.Tx(t.Context(), func(ctx context.Context) (err error) {
			for _, p := range payload {
				err = errors.Join(err, d.Announce(ctx, "old news", p))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	kept := func() (n int) {
		t.Helper()
		if err := d.Read(t.Context()).Raw("SELECT COUNT(*) FROM bulletins").Scan(&n).Error; err != nil {
			t.Fatal(err)
		}
		return n
	}
	say("a", "b", "a")
	if kept() != 2 {
		t.Error(kept(), "bulletins of two different ones")
	}
	c.Advance(2 * time.Hour)
	say("c")
	if kept() != 1 {
		t.Error(kept(), "bulletins, of which one is fresh")
	}
}
