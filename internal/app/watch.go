package app

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db"
)

// WatchArgs asks for accounts to be looked for that several people may share.
type WatchArgs struct{}

// Kind names the job.
func (WatchArgs) Kind() string { return "app.watch_sharing" }

// InsertOpts keeps it to one at a time.
func (WatchArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{UniqueOpts: river.UniqueOpts{ByState: db.Unfinished()}, Priority: 4}
}

// watchEvery is how late an alert may be.
const watchEvery = 15 * time.Minute

type watchWorker struct {
	river.WorkerDefaults[WatchArgs]
	rooms *rooms
}

// Work implements river.Worker.
func (w *watchWorker) Work(ctx context.Context, _ *river.Job[WatchArgs]) error {
	return w.rooms.watch(ctx)
}

// watch tells the owners of members who reached one of their two numbers within
// a day. Nothing else follows from it.
func (r *rooms) watch(ctx context.Context) (err error) {
	rules, err := r.publication.Rules(ctx)
	if err != nil {
		return err
	}
	var networks, copies map[uuid.UUID]int64
	if rules.SharingNetworks > 0 {
		if networks, err = r.identity.Crowded(ctx, rules.SharingNetworks); err != nil {
			return err
		}
	}
	if rules.SharingCopies > 0 {
		if copies, err = r.copies.Busiest(ctx, r.clock.Now().Add(-identity.SharingWindow), rules.SharingCopies); err != nil {
			return err
		}
	}
	for member, n := range networks {
		_, e := r.identity.SuspectSharing(ctx, member, n, copies[member])
		err = errors.Join(err, e)
		delete(copies, member)
	}
	for member, n := range copies {
		_, e := r.identity.SuspectSharing(ctx, member, 0, n)
		err = errors.Join(err, e)
	}
	return err
}
