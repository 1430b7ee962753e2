package courier

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/stripelocal/internal/book"
)

// Limits of a delivery.
const (
	answerIn = 10 * time.Second // how long an endpoint has
	life     = 72 * time.Hour   // how long it is tried
	workers  = 8
	batch    = 64
)

// Refusing is the setting that plays an outage: attempts fail unsent.
const Refusing = "refuse_webhooks"

// DefaultGaps are the waits between attempts. The last one repeats.
func DefaultGaps() []time.Duration {
	return []time.Duration{
		5 * time.Second, 30 * time.Second, 2 * time.Minute, 10 * time.Minute, 30 * time.Minute,
		time.Hour, 2 * time.Hour, 4 * time.Hour, 8 * time.Hour, 12 * time.Hour,
	}
}

// Courier sends what is queued. Set the fields, then Run it.
type Courier struct {
	Book  *book.Book
	Clock clock.Clock
	Log   *slog.Logger
	Gaps  []time.Duration
	// Tick is how often the queue is looked at for attempts whose time has
	// come; new deliveries are noticed at once.
	Tick time.Duration

	client *http.Client
	mu     sync.Mutex
	flying map[int64]bool
}

// Run sends until the context ends, and returns when nothing is under way.
func (c *Courier) Run(ctx context.Context) {
	c.client = &http.Client{
		Timeout:       answerIn,
		Transport:     &http.Transport{MaxIdleConnsPerHost: workers, IdleConnTimeout: 30 * time.Second},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	defer c.client.CloseIdleConnections()
	c.flying = map[int64]bool{}
	jobs, done := make(chan book.Delivery), make(chan outcome, workers)
	var senders, recorder sync.WaitGroup
	for range workers {
		senders.Go(func() {
			for d := range jobs {
				done <- c.deliver(ctx, d)
			}
		})
	}
	recorder.Go(func() { c.record(done) })
	c.feed(ctx, jobs)
	close(jobs)
	senders.Wait()
	close(done)
	recorder.Wait()
}

// record writes outcomes down, as many in one transaction as there are. What
// an endpoint has answered is written down even while closing.
func (c *Courier) record(done <-chan outcome) {
	for first := range done {
		batch := []outcome{first}
		for more := true; more && len(batch) < workers; {
			select {
			case next, ok := <-done:
				if more = ok; ok {
					batch = append(batch, next)
				}
			default:
				more = false
			}
		}
		err := c.Book.Write(context.Background(), func(tx *book.Tx) error {
			for _, o := range batch {
				if !o.made {
					continue
				}
				if err := tx.Record(o.delivery, o.attempt); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			c.Log.Error("stripelocal: record webhook attempts", "error", err)
		}
		for _, o := range batch {
			c.landed(o.delivery.ID)
		}
	}
}

// feed hands out deliveries as they become due.
func (c *Courier) feed(ctx context.Context, jobs chan<- book.Delivery) {
	tick := time.NewTicker(c.Tick)
	defer tick.Stop()
	for {
		full, err := c.handOut(ctx, jobs)
		if err != nil && !errors.Is(err, context.Canceled) {
			c.Log.Error("stripelocal: read webhook queue", "error", err)
		}
		if full && ctx.Err() == nil {
			continue
		}
		select {
		case <-ctx.Done():
			return
		case <-c.Book.Wake():
		case <-tick.C:
		}
	}
}

// handOut hands out one batch and tells whether there may be more.
func (c *Courier) handOut(ctx context.Context, jobs chan<- book.Delivery) (full bool, err error) {
	due, err := c.Book.Read(ctx).DueDeliveries(c.Clock.Now(), batch+workers)
	if err != nil {
		return false, err
	}
	handed := 0
	for _, d := range due {
		if !c.takeOff(d.ID) {
			continue
		}
		select {
		case jobs <- d:
			handed++
		case <-ctx.Done():
			return false, ctx.Err()
		}
	}
	return handed > 0 && len(due) == batch+workers, nil
}

// takeOff marks a delivery as under way; false when it is already.
func (c *Courier) takeOff(id int64) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.flying[id] {
		return false
	}
	c.flying[id] = true
	return true
}

func (c *Courier) landed(id int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.flying, id)
}
