package readership

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
)

// Audience is the kind of reader.
type Audience string

// The kinds of readers.
const (
	Stranger   Audience = "stranger"
	Member     Audience = "member"     // signed in, without a right to this note that was paid for or given
	Subscriber Audience = "subscriber" // whom such a right has opened it
)

// Opening is one look at a note.
type Opening struct {
	Note     uuid.UUID
	Surface  string // where it was shown, as faces call themselves
	Audience Audience
	Whole    bool // the whole text was shown
}

// Deps is what the room needs.
type Deps struct {
	DB    *db.DB
	Clock clock.Clock
	Log   *slog.Logger
}

// Tally counts openings. It is safe for several goroutines.
type Tally struct {
	Deps

	mu     sync.Mutex
	counts map[row]int64
	day    string // of the last opening, as rows have it
	days   int64  // since 1970, the same
	timer  *time.Timer
	closed bool
	flying sync.WaitGroup
}

const (
	// writeAfter is how long openings gather before they are written.
	writeAfter = 10 * time.Second
	// most bounds what gathers while the database does not answer.
	most = 50_000
)

// New opens the room.
func New(d Deps) *Tally { return &Tally{Deps: d, counts: map[row]int64{}} }

// row is what openings are counted by.
type row struct {
	Day      string // YYYY-MM-DD, of UTC
	NoteID   uuid.UUID
	Surface  string
	Audience Audience
	Whole    bool
}

// Count takes an opening. It never waits for the database.
func (t *Tally) Count(o Opening) {
	now := t.Clock.Now().UTC()
	t.mu.Lock()
	defer t.mu.Unlock()
	if days := now.Unix() / (24 * 60 * 60); days != t.days || t.day == "" {
		t.days, t.day = days, now.Format(time.DateOnly)
	}
	of := row{t.day, o.Note, o.Surface, o.Audience, o.Whole}
	if t.closed || !t.room(of) {
		return
	}
	t.counts[of]++
	if t.timer == nil {
		t.flying.Add(1)
		t.timer = time.AfterFunc(writeAfter, func() {
			defer t.flying.Done()
			if err := t.Flush(context.Background()); err != nil {
				t.Log.Warn("openings could not be written, they are kept", "error", err)
			}
		})
	}
}

// room tells whether something can be counted, under the lock.
func (t *Tally) room(of row) bool {
	_, known := t.counts[of]
	return known || len(t.counts) < most
}

// take gives what has gathered and leaves nothing.
func (t *Tally) take() map[row]int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	out := t.counts
	t.counts = map[row]int64{}
	if t.timer != nil && t.timer.Stop() {
		t.flying.Done()
	}
	t.timer = nil
	return out
}

// Flush writes what has gathered. What could not be written waits for the next
// time.
func (t *Tally) Flush(ctx context.Context) error {
	counts := t.take()
	if len(counts) == 0 {
		return nil
	}
	err := t.add(ctx, counts)
	if err != nil {
		t.mu.Lock()
		defer t.mu.Unlock()
		for of, n := range counts {
			if t.room(of) {
				t.counts[of] += n
			}
		}
	}
	return err
}

// Close counts no more, and writes the rest.
func (t *Tally) Close(ctx context.Context) error {
	t.mu.Lock()
	t.closed = true
	t.mu.Unlock()
	err := t.Flush(ctx)
	t.flying.Wait()
	return err
}
