package porter

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// Run is a transfer while it is carried.
type Run struct {
	Transfer
	book *Book
	told time.Time
	tell func(Counts) // nil: nobody watches
}

// errStopped ends a run whose transfer was cancelled, or is carried by
// somebody else.
var errStopped = errors.New("porter: stopped")

// errTried rolls an entry of a dry run back.
var errTried = errors.New("porter: tried")

// Carry carries a transfer at once, or goes on with one that broke off, and
// gives what came of it. tell may be nil; it is told after each entry.
func (b *Book) Carry(ctx context.Context, id uuid.UUID, tell func(Counts)) (*Transfer, error) {
	err := b.carry(ctx, id, false, tell)
	t, err2 := b.any(context.WithoutCancel(ctx), id)
	return t, errors.Join(err, err2)
}

// carry does the job. An error asks for it to be tried again.
func (b *Book) carry(ctx context.Context, id uuid.UUID, last bool, tell func(Counts)) error {
	r, err := b.begin(ctx, id)
	if r == nil || err != nil {
		return err
	}
	r.tell = tell
	ctx = actor.With(ctx, actor.Machine(string(r.Kind)))
	if r.Kind == Import {
		err = b.Carrier.Import(ctx, r)
	} else {
		err = b.Carrier.Export(ctx, r)
	}
	switch {
	case errors.Is(err, errStopped):
		return b.dropFiles(ctx, id)
	case ctx.Err() != nil:
		return ctx.Err()
	case err == nil:
		err = b.finish(ctx, id, Done, "")
	case spoken(err) || last:
		err = b.finish(ctx, id, Failed, fault.Of(err).Message)
	}
	if err != nil || r.DryRun {
		return err
	}
	return b.dropFiles(ctx, id)
}

// spoken tells an error that will be the same next time, and has words.
func spoken(err error) bool {
	switch fault.Of(err).Kind {
	case fault.Internal, fault.Unavailable, fault.Timeout:
		return false
	}
	return true
}

// begin takes up a transfer that is under way; nil when there is none.
func (b *Book) begin(ctx context.Context, id uuid.UUID) (r *Run, err error) {
	err = b.DB.Tx(ctx, func(ctx context.Context) error {
		t, err := b.lockAny(ctx, id)
		if err != nil || t == nil || !t.State.UnderWay() {
			return err
		}
		t.State = Running
		if t.StartedAt == nil {
			now := b.Clock.Now()
			t.StartedAt = &now
		}
		r = &Run{Transfer: *t, book: b}
		return b.saveEnd(ctx, t)
	})
	return r, err
}

func (b *Book) finish(ctx context.Context, id uuid.UUID, s State, message string) error {
	return b.DB.Tx(ctx, func(ctx context.Context) error {
		t, err := b.lockAny(ctx, id)
		if err != nil || t == nil || !t.State.UnderWay() {
			return err
		}
		return b.end(ctx, t, s, message)
	})
}

// dropFiles lets go of what a transfer that has ended does not need: its
// upload. One that somebody else carries needs it still.
func (b *Book) dropFiles(ctx context.Context, id uuid.UUID) error {
	t, err := b.any(ctx, id)
	if err != nil || t == nil || t.State.UnderWay() {
		return err
	}
	return b.drop(ctx, t, false)
}

// drop deletes a transfer's files, the result too when it is told so.
func (b *Book) drop(ctx context.Context, t *Transfer, result bool) error {
	keys := []*string{&t.FileKey, &t.MembersKey}
	if result {
		keys = append(keys, &t.ResultKey)
	}
	for _, key := range keys {
		if *key == "" {
			continue
		}
		if err := b.Files.Delete(ctx, *key); err != nil {
			return err
		}
		*key = ""
	}
	return b.DB.Tx(ctx, func(ctx context.Context) error { return b.saveFiles(ctx, t) })
}

// File opens the upload.
func (r *Run) File(ctx context.Context) (io.ReadSeekCloser, error) {
	return open(ctx, r.book.Files, r.FileKey)
}

// MembersFile opens the list of members beside it; there may be none.
func (r *Run) MembersFile(ctx context.Context) (io.ReadSeekCloser, error) {
	return open(ctx, r.book.Files, r.MembersKey)
}

// Expect says how many entries there are.
func (r *Run) Expect(ctx context.Context, total int) error {
	r.Total = max(int64(total), r.Done)
	return r.book.DB.Tx(ctx, func(ctx context.Context) error { return r.save(ctx, r.Done) })
}

// Step carries the next entry: what do writes is there if and only if the
// report says so. A fault of do is a line of the report, and the others go on.
// In a dry run everything but the report is rolled back.
func (r *Run) Step(ctx context.Context, l Line, do func(ctx context.Context, l *Line) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	before, kept := r.Counts, l
	err := r.book.DB.Tx(ctx, func(ctx context.Context) error {
		if err := do(ctx, &l); err != nil {
			return err
		}
		if r.DryRun {
			return errTried
		}
		return r.note(ctx, &l)
	})
	if err == nil {
		return nil
	}
	r.Counts = before
	switch {
	case errors.Is(err, errStopped):
		return err
	case ctx.Err() != nil:
		return ctx.Err()
	case !errors.Is(err, errTried):
		l.judge(kept, err)
	default:
		l.SubjectID = kept.SubjectID // what was made is not there any more
	}
	if err = r.book.DB.Tx(ctx, func(ctx context.Context) error { return r.note(ctx, &l) }); err != nil {
		r.Counts = before
	}
	return err
}

// Verdict is an error that rolls an entry back and says what became of it.
type Verdict struct {
	Outcome Outcome
	Text    string
	Subject *uuid.UUID // what stands in the way
}

func (v *Verdict) Error() string { return v.Text }

// judge makes the line of an entry that was rolled back.
func (l *Line) judge(kept Line, err error) {
	messages := l.Messages
	*l = kept
	l.Messages = messages
	l.Outcome = HasFailed
	var v *Verdict
	if !errors.As(err, &v) {
		l.Say(said(err))
		return
	}
	l.Outcome, l.SubjectID = v.Outcome, v.Subject
	l.Say(v.Text)
}

// said is what a fault says of its first broken rule.
func said(err error) string {
	f := fault.Of(err)
	if len(f.Fields) > 0 {
		return f.Fields[0].Path + ": " + f.Fields[0].Message
	}
	return f.Message
}

// note writes the line and moves the progress behind it.
func (r *Run) note(ctx context.Context, l *Line) error {
	before := r.Done
	r.count(l)
	l.TransferID, l.Number = r.ID, r.Done
	l.clip()
	if err := r.save(ctx, before); err != nil {
		return err
	}
	return r.book.putLine(ctx, l)
}

// save writes the progress, unless the transfer was cancelled or somebody else
// is further.
func (r *Run) save(ctx context.Context, before int64) error {
	on, err := r.book.saveCounts(ctx, &r.Transfer, before)
	if err == nil && !on {
		err = errStopped
	}
	if err == nil && r.tell != nil {
		r.tell(r.Counts)
	}
	return err
}

// Progress tells how far an export is, about once a second.
func (r *Run) Progress(ctx context.Context, done, total int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	now := r.book.Clock.Now()
	if done < total && now.Sub(r.told) < time.Second {
		return nil
	}
	before := r.Done
	r.told, r.Done, r.Total = now, int64(done), int64(total)
	return r.book.DB.Tx(ctx, func(ctx context.Context) error { return r.save(ctx, before) })
}

// Deliver keeps what an export made, for a day.
func (r *Run) Deliver(ctx context.Context, name string, body io.Reader, size int64) error {
	key := fmt.Sprintf("transfers/%s/result", r.ID)
	if err := r.book.Files.Put(ctx, key, body, size, "application/octet-stream"); err != nil {
		return err
	}
	r.ResultKey, r.ResultName, r.ResultBytes = key, name, size
	return r.book.DB.Tx(ctx, func(ctx context.Context) error { return r.book.saveFiles(ctx, &r.Transfer) })
}

// Book is where the run is kept, for marks of what became of what.
func (r *Run) Book() *Book { return r.book }
