package porter

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/blob"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
)

// Recorder appends to the journal.
type Recorder interface {
	Record(ctx context.Context, e journal.Event) error
}

// Carrier reads archives and writes them.
type Carrier interface {
	Import(ctx context.Context, r *Run) error
	Export(ctx context.Context, r *Run) error
}

// Deps is what the room stands on.
type Deps struct {
	DB      *db.DB
	Clock   clock.Clock
	Journal Recorder
	Files   blob.Store
	Carrier Carrier
}

// Book is the room's door.
type Book struct{ Deps }

// New opens the room.
func New(d Deps) *Book { return &Book{d} }

// The times that things are kept.
const (
	keptFiles   = 24 * time.Hour
	keptReports = 90 * 24 * time.Hour
)

func errNoTransfer(k Kind) error {
	if k == Export {
		return fault.New(fault.NotFound, "export_not_found", "There is no such export.")
	}
	return fault.New(fault.NotFound, "import_not_found", "There is no such import.")
}

func errUnderWay() error {
	return fault.New(fault.Conflict, "transfer_under_way", "An import or export is under way. Wait for its end, or cancel it.")
}

// may tells what a transfer takes: who starts one acts through it.
func may(ctx context.Context, k Kind, source string) error {
	needs := []actor.Capability{actor.OperationsWrite}
	switch {
	case k == Export && source == Members:
		needs = append(needs, actor.MembersRead)
	case k == Export:
		needs = append(needs, actor.NotesRead)
	case source == Members:
		needs = append(needs, actor.MembersWrite)
	default:
		needs = append(needs, actor.NotesPublish, actor.TaxonomyWrite, actor.MediaWrite, actor.MembersWrite, actor.SettingsWrite)
	}
	for _, c := range needs {
		if err := actor.Require(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// Upload is a file on its way in.
type Upload struct {
	Filename string
	Body     io.Reader
	Size     int64
}

// StartImport is an import to be started.
type StartImport struct {
	Source  string
	File    *Upload
	Members *Upload // beside an export of Ghost
	Options Options
	DryRun  bool
	// ByHand is for who calls Carry then: the queue takes it up only when that
	// did not come to its end.
	ByHand bool
}

func (in *StartImport) validate(now time.Time) error {
	var f fault.Fields
	f.Check(known(Import, in.Source), "/source", "unknown", "One of ghost, wordpress, substack, markdown, members.")
	f.Check(in.File != nil && in.File.Size > 0, "/file", "required", "Choose the file to be imported.")
	f.Check(in.Members == nil || in.Source == "ghost", "/members", "not_of_this_source", "Only exports of Ghost have a list of members beside them.")
	if err := f.Err(); err != nil {
		return err
	}
	return in.Options.Validate(in.Source, now)
}

func known(k Kind, source string) bool {
	for _, s := range k.Sources() {
		if s == source {
			return true
		}
	}
	return false
}

// StartImport keeps the files and queues the job.
func (b *Book) StartImport(ctx context.Context, in StartImport) (*Transfer, error) {
	if err := may(ctx, Import, in.Source); err != nil {
		return nil, err
	}
	if err := in.validate(b.Clock.Now()); err != nil {
		return nil, err
	}
	if err := b.free(ctx); err != nil {
		return nil, err // before megabytes are kept for nothing
	}
	t := b.fresh(ctx, Import, in.Source)
	t.Filename, t.Options, t.DryRun = cleanFilename(in.File.Filename), in.Options, in.DryRun
	err := b.keep(ctx, t, in)
	if err == nil {
		err = b.queue(ctx, t, in.ByHand)
	}
	if err != nil {
		return nil, errors.Join(err, b.unkeep(context.WithoutCancel(ctx), t))
	}
	return t, nil
}

// keep puts the files of an import away.
func (b *Book) keep(ctx context.Context, t *Transfer, in StartImport) error {
	for _, part := range []struct {
		file  *Upload
		name  string
		key   *string
		bytes *int64
	}{{in.File, "file", &t.FileKey, &t.FileBytes}, {in.Members, "members", &t.MembersKey, &t.MembersBytes}} {
		if part.file == nil {
			continue
		}
		key := fmt.Sprintf("transfers/%s/%s", t.ID, part.name)
		if err := b.Files.Put(ctx, key, part.file.Body, part.file.Size, "application/octet-stream"); err != nil {
			return err
		}
		*part.key, *part.bytes = key, part.file.Size
	}
	return nil
}

// unkeep drops the files of an import that was refused: no row tells of them.
func (b *Book) unkeep(ctx context.Context, t *Transfer) error {
	for _, key := range []string{t.FileKey, t.MembersKey} {
		if key == "" {
			continue
		}
		if err := b.Files.Delete(ctx, key); err != nil {
			return err
		}
	}
	return nil
}

// StartExport queues an export of notes or members.
func (b *Book) StartExport(ctx context.Context, what string) (*Transfer, error) {
	if !known(Export, what) {
		var f fault.Fields
		f.Add("/source", "unknown", "One of notes, members.")
		return nil, f.Err()
	}
	if err := may(ctx, Export, what); err != nil {
		return nil, err
	}
	t := b.fresh(ctx, Export, what)
	return t, b.queue(ctx, t, false)
}

// Again does for real what a dry run tried. It takes over its files.
func (b *Book) Again(ctx context.Context, id uuid.UUID) (*Transfer, error) {
	old, err := b.Transfer(ctx, Import, id)
	if err != nil {
		return nil, err
	}
	if err := may(ctx, Import, old.Source); err != nil {
		return nil, err
	}
	t := b.fresh(ctx, Import, old.Source)
	return t, b.DB.Tx(ctx, func(ctx context.Context) error {
		if old, err = b.lockTransfer(ctx, Import, id); err != nil {
			return err
		}
		if !old.DryRun || old.State.UnderWay() || old.FileKey == "" || !b.Clock.Now().Before(*old.ExpiresAt) {
			return fault.New(fault.Conflict, "nothing_to_run", "Only a dry run that has ended can be run for real, as long as its file is kept. Upload the file again.")
		}
		t.Filename, t.Options = old.Filename, old.Options
		t.FileKey, t.FileBytes, t.MembersKey, t.MembersBytes = old.FileKey, old.FileBytes, old.MembersKey, old.MembersBytes
		old.FileKey, old.MembersKey = "", ""
		if err := b.saveFiles(ctx, old); err != nil {
			return err
		}
		return b.queue(ctx, t, false)
	})
}

func (b *Book) fresh(ctx context.Context, k Kind, source string) *Transfer {
	now, who := b.Clock.Now(), actor.From(ctx)
	expires := now.Add(keptFiles)
	t := &Transfer{ID: db.NewID(), Kind: k, Source: source, State: Waiting, CreatedByName: who.Name, CreatedAt: now, ExpiresAt: &expires}
	if who.ID != uuid.Nil {
		t.CreatedBy = &who.ID
	}
	return t
}

// queue writes the row and its job, unless something is under way.
func (b *Book) queue(ctx context.Context, t *Transfer, byHand bool) error {
	return b.DB.Tx(ctx, func(ctx context.Context) error {
		if err := b.DB.Lock(ctx, "transfers"); err != nil {
			return err
		}
		if err := b.free(ctx); err != nil {
			return err
		}
		if err := b.putTransfer(ctx, t); err != nil {
			return err
		}
		if err := b.enqueue(ctx, t, byHand); err != nil {
			return err
		}
		return b.record(ctx, "started", t)
	})
}

// free refuses while something is under way.
func (b *Book) free(ctx context.Context) error {
	busy, err := b.underWay(ctx)
	if err == nil && busy {
		err = errUnderWay()
	}
	return err
}

func (b *Book) record(ctx context.Context, what string, t *Transfer) error {
	return b.Journal.Record(ctx, journal.Event{Verb: string(t.Kind) + "." + what, Subject: string(t.Kind), ID: t.ID.String(), Payload: map[string]any{
		"source": t.Source, "dry_run": t.DryRun, "made": t.Made, "updated": t.Updated, "failed": t.Failed,
	}})
}

// Cancel stops a transfer behind the entry it is at. What was carried stays.
func (b *Book) Cancel(ctx context.Context, k Kind, id uuid.UUID) (t *Transfer, err error) {
	if err := actor.Require(ctx, actor.OperationsWrite); err != nil {
		return nil, err
	}
	return t, b.DB.Tx(ctx, func(ctx context.Context) error {
		if t, err = b.lockTransfer(ctx, k, id); err != nil {
			return err
		}
		if !t.State.UnderWay() {
			return nil
		}
		return b.end(ctx, t, Canceled, "")
	})
}

// end closes a transfer, in the transaction of the context. Its files go later.
func (b *Book) end(ctx context.Context, t *Transfer, s State, message string) error {
	now := b.Clock.Now()
	expires := now.Add(keptFiles)
	t.State, t.Message, t.FinishedAt, t.ExpiresAt = s, clipped(message, 500), &now, &expires
	if err := b.saveEnd(ctx, t); err != nil {
		return err
	}
	what := map[State]string{Done: "finished", Failed: "failed", Canceled: "canceled"}[s]
	return b.record(ctx, what, t)
}
