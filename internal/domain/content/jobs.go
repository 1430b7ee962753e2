package content

import (
	"context"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"lighttrends/internal/platform/db"
)

// RerenderArgs asks for everything an older renderer drew to be drawn again.
type RerenderArgs struct{}

// Kind names the job.
func (RerenderArgs) Kind() string { return "content.rerender" }

// InsertOpts keeps it to one at a time.
func (RerenderArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: db.Unfinished()}}
}

// NotifyArgs asks for the letter that goes out with a notification. Who works
// on it knows addresses, which this room does not.
type NotifyArgs struct {
	Notification uuid.UUID `json:"notification"`
}

// Kind names the job.
func (NotifyArgs) Kind() string { return "content.notify" }

type rerenderWorker struct {
	river.WorkerDefaults[RerenderArgs]
	desk *Desk
}

func (w *rerenderWorker) Work(ctx context.Context, _ *river.Job[RerenderArgs]) error {
	_, err := w.desk.Rerender(ctx)
	return err
}

// AddWorkers registers the jobs of this room.
func AddWorkers(workers *river.Workers, desk *Desk) {
	river.AddWorker(workers, &rerenderWorker{desk: desk})
}
