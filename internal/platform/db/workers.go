package db

import (
	"context"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
)

// startWorkers is apart from Work because the queue's client is typed by the
// driver's transaction.
func startWorkers[T any](ctx context.Context, driver riverdriver.Driver[T], cfg *river.Config) (Workers, error) {
	c, err := river.NewClient(driver, cfg)
	if err != nil {
		return nil, err
	}
	// The workers outlive the call; they end with Stop.
	return c, c.Start(context.WithoutCancel(ctx))
}
