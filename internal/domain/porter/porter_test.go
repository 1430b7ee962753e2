package porter_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/porter"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/blob"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
)

// bench is the room with a carrier of its own.
type bench struct {
	*porter.Book
	clock *clock.Manual
	files blob.Store
	staff context.Context
	carry func(ctx context.Context, r *porter.Run) error
}

func (b *bench) Import(ctx context.Context, r *porter.Run) error { return b.carry(ctx, r) }
func (b *bench) Export(ctx context.Context, r *porter.Run) error { return b.carry(ctx, r) }

func setup(t *testing.T, e dbtest.Engine) *bench {
	t.Helper()
	b := &bench{clock: clock.NewManual(time.Date(2041, 3, 1, 12, 0, 0, 0, time.UTC))}
	d := e.Open(t, b.clock)
	files, err := blob.OpenDisk(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	b.files = files
	b.Book = porter.New(porter.Deps{DB: d, Clock: b.clock, Journal: journal.New(d, b.clock, nil), Files: files, Carrier: b})
	b.staff = actor.With(t.Context(), actor.Actor{Kind: actor.Staff, ID: uuid.New(), Name: "Olga", Capabilities: actor.All()})
	return b
}

func (b *bench) start(t *testing.T, dry bool) *porter.Transfer {
	t.Helper()
	tr, err := b.StartImport(b.staff, porter.StartImport{Source: "ghost", DryRun: dry, ByHand: true, File: &porter.Upload{Filename: `C:\old\site.json`, Body: strings.NewReader("text"), Size: 4}})
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

// entries carries n entries that write a mark into the book.
func entries(n int, each func(i int, l *porter.Line) error) func(context.Context, *porter.Run) error {
	return func(ctx context.Context, r *porter.Run) error {
		if err := r.Expect(ctx, n); err != nil {
			return err
		}
		for i := int(r.Done); i < n; i++ {
			err := r.Step(ctx, porter.Line{Place: fmt.Sprintf("line %d", i), Kind: "note"}, func(ctx context.Context, l *porter.Line) error {
				l.Outcome = porter.WasMade
				if err := r.Book().Enter(ctx, porter.Origin{System: "ghost", Kind: "note", SourceID: fmt.Sprint(i), OurID: db.NewID()}); err != nil {
					return err
				}
				return each(i, l)
			})
			if err != nil {
				return err
			}
		}
		return nil
	}
}

func (b *bench) marks(t *testing.T, n int) (out int) {
	t.Helper()
	for i := range n {
		o, err := b.Origin(t.Context(), "ghost", "note", fmt.Sprint(i))
		if err != nil {
			t.Fatal(err)
		}
		if o != nil {
			out++
		}
	}
	return out
}

func TestAnEntryIsWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.carry = entries(5, func(i int, l *porter.Line) error {
			switch i {
			case 1:
				return errors.New("a secret of the inside")
			case 2:
				return &porter.Verdict{Outcome: porter.InConflict, Text: "left alone"}
			case 3:
				l.Say("a\x00word", strings.Repeat("x", 1000))
			}
			return nil
		})
		tr, err := b.Carry(b.staff, b.start(t, false).ID, nil)
		if err != nil || tr.State != porter.Done || tr.Made != 3 || tr.Failed != 1 || tr.Conflicts != 1 || tr.Warned != 3 || tr.Filename != "site.json" || tr.FileKey != "" {
			t.Fatalf("%+v, %v", tr, err)
		}
		if n := b.marks(t, 5); n != 3 {
			t.Errorf("%d marks of three entries that are whole", n)
		}
		lines, more, err := b.Lines(b.staff, tr.ID, 0, "", true, 2)
		if err != nil || !more || len(lines) != 2 || strings.Contains(lines[0].Messages[0], "secret") || lines[1].Messages[0] != "left alone" {
			t.Errorf("%+v %v", lines, err)
		}
		lines, _, _ = b.Lines(b.staff, tr.ID, 3, "", false, 10)
		if len(lines) != 2 || lines[0].Messages[0] != "a word" || len(lines[0].Messages[1]) > 410 {
			t.Errorf("%+v", lines[0])
		}
	})
}

func TestADryRunKeepsNothingButItsReport(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.carry = entries(3, func(int, *porter.Line) error { return nil })
		dry, err := b.Carry(b.staff, b.start(t, true).ID, nil)
		if err != nil || dry.Made != 3 || dry.FileKey == "" || b.marks(t, 3) != 0 {
			t.Fatalf("%+v %v", dry, err)
		}
		real, err := b.Again(b.staff, dry.ID)
		if err != nil || real.DryRun || real.FileKey != dry.FileKey {
			t.Fatalf("%+v %v", real, err)
		}
		if _, err := b.Again(b.staff, dry.ID); !fault.HasCode(err, "nothing_to_run") && !fault.HasCode(err, "transfer_under_way") {
			t.Error(err)
		}
		if _, err := b.Carry(b.staff, real.ID, nil); err != nil || b.marks(t, 3) != 3 {
			t.Error(err)
		}
	})
}

func TestACanceledTransferStopsBehindItsEntry(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		tr := b.start(t, false)
		b.carry = entries(9, func(int, *porter.Line) error { return nil })
		done, err := b.Carry(b.staff, tr.ID, func(c porter.Counts) {
			if c.Done == 4 && c.Made == 4 {
				go func() { _, _ = b.Cancel(b.staff, porter.Import, tr.ID) }()
			}
			time.Sleep(20 * time.Millisecond)
		})
		if err != nil || done.State != porter.Canceled || done.Done < 4 || done.Done > 8 || int64(b.marks(t, 9)) != done.Done || done.FileKey != "" {
			t.Errorf("%+v %v, %d marks", done, err, b.marks(t, 9))
		}
		if _, err := b.Carry(b.staff, tr.ID, nil); err != nil || int64(b.marks(t, 9)) != done.Done {
			t.Error("it went on", err)
		}
	})
}

// TestOneOfTwoWhoCarryStops and leaves the file to the other, who may have to go
// on with it after a restart.
func TestOneOfTwoWhoCarryStops(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		tr := b.start(t, false)
		all := entries(4, func(int, *porter.Line) error { return nil })
		step := func(ctx context.Context, r *porter.Run) error {
			return r.Step(ctx, porter.Line{Kind: "note"}, func(_ context.Context, l *porter.Line) error {
				l.Outcome = porter.WasSkipped
				return nil
			})
		}
		broken := errors.New("the other's machine stands still")
		b.carry = func(ctx context.Context, r *porter.Run) error {
			b.carry = func(ctx context.Context, r *porter.Run) error { return errors.Join(step(ctx, r), broken) }
			if _, err := b.Carry(b.staff, tr.ID, nil); !errors.Is(err, broken) {
				t.Error(err)
			}
			return step(ctx, r)
		}
		now, err := b.Carry(b.staff, tr.ID, nil)
		if err != nil || now.State != porter.Running || now.Done != 1 || now.FileKey == "" {
			t.Fatalf("%+v, %v", now, err)
		}
		b.carry = func(ctx context.Context, r *porter.Run) error {
			f, err := r.File(ctx)
			if err != nil {
				return err
			}
			return errors.Join(f.Close(), all(ctx, r))
		}
		if done, err := b.Carry(b.staff, tr.ID, nil); err != nil || done.State != porter.Done || done.Done != 4 || done.FileKey != "" {
			t.Errorf("%+v, %v", done, err)
		}
	})
}

// tripwire is an upload that does something when it is read.
type tripwire struct {
	io.Reader
	trip func()
}

func (w tripwire) Read(p []byte) (int, error) {
	w.trip()
	return w.Reader.Read(p)
}

func TestARefusedImportLeavesNoFile(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	other := tripwire{strings.NewReader("text"), func() { _, _ = b.StartExport(b.staff, porter.Notes) }}
	_, err := b.StartImport(b.staff, porter.StartImport{Source: "ghost", File: &porter.Upload{Body: other, Size: 4}})
	if !fault.HasCode(err, "transfer_under_way") {
		t.Error(err)
	}
	for info := range b.files.List(t.Context(), "") {
		t.Error("a file stays:", info.Key)
	}
}

func TestFilesAndReportsGoInTime(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		b.carry = func(ctx context.Context, r *porter.Run) error {
			return r.Deliver(ctx, "a.zip", strings.NewReader("zip"), 3)
		}
		tr, err := b.StartExport(b.staff, porter.Notes)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := b.Download(b.staff, tr.ID); !fault.HasCode(err, "download_expired") {
			t.Error(err)
		}
		if _, err := b.Carry(b.staff, tr.ID, nil); err != nil {
			t.Fatal(err)
		}
		_, f, err := b.Download(b.staff, tr.ID)
		if err != nil {
			t.Fatal(err)
		}
		if text, _ := io.ReadAll(f); string(text) != "zip" {
			t.Error(string(text))
		}
		_ = f.Close()
		b.carry = entries(1, func(int, *porter.Line) error { return nil })
		dry, err := b.Carry(b.staff, b.start(t, true).ID, nil)
		if err != nil {
			t.Fatal(err)
		}
		b.clock.Advance(25 * time.Hour)
		if _, err := b.Again(b.staff, dry.ID); !fault.HasCode(err, "nothing_to_run") {
			t.Error("a file that is about to be dropped is taken over", err)
		}
		if _, _, err := b.Download(b.staff, tr.ID); !fault.HasCode(err, "download_expired") {
			t.Error("a download that has expired is given", err)
		}
		if err := b.Tidy(b.staff); err != nil {
			t.Fatal(err)
		}
		for info := range b.files.List(t.Context(), "") {
			t.Error("a file stays:", info.Key)
		}
		if lines, _, err := b.Lines(b.staff, dry.ID, 0, "", false, 10); err != nil || len(lines) != 1 {
			t.Error(lines, err)
		}
		b.clock.Advance(91 * 24 * time.Hour)
		if err := b.Tidy(b.staff); err != nil {
			t.Fatal(err)
		}
		if lines, _, _ := b.Lines(b.staff, dry.ID, 0, "", false, 10); len(lines) != 0 {
			t.Error("a report stays")
		}
	})
}

func TestWhoMayCarry(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	only := func(c ...actor.Capability) context.Context {
		return actor.With(t.Context(), actor.Actor{Kind: actor.Staff, ID: uuid.New(), Capabilities: c})
	}
	for _, ctx := range []context.Context{only(), only(actor.OperationsWrite), only(actor.NotesPublish, actor.MembersWrite, actor.MembersRead)} {
		_, imported := b.StartImport(ctx, porter.StartImport{Source: "ghost", File: &porter.Upload{Body: strings.NewReader("x"), Size: 1}})
		_, exported := b.StartExport(ctx, porter.Members)
		for _, err := range []error{imported, exported} {
			if !fault.HasCode(err, "capability_missing") {
				t.Error(err)
			}
		}
	}
	for _, in := range []porter.StartImport{{Source: "blogger", File: &porter.Upload{Size: 1}}, {Source: "ghost"}, {Source: "ghost", File: &porter.Upload{}},
		{Source: "substack", File: &porter.Upload{Size: 1}, Members: &porter.Upload{Size: 1}}, {Source: "ghost", File: &porter.Upload{Size: 1}, Options: porter.Options{Complimentary: "x"}}} {
		if _, err := b.StartImport(b.staff, in); !fault.HasCode(err, "invalid_input") {
			t.Errorf("%+v: %v", in, err)
		}
	}
	if _, err := b.StartExport(b.staff, "everything"); !fault.HasCode(err, "invalid_input") {
		t.Error(err)
	}
	b.start(t, false)
	if _, err := b.StartExport(b.staff, porter.Notes); !fault.HasCode(err, "transfer_under_way") {
		t.Error(err)
	}
}
