package main

import (
	"context"
	"fmt"
	"path/filepath"
	"time"
)

const (
	freshStarts  = 3
	secondStarts = 5
)

// startTimes starts a server on nothing, and then again on what it made, and
// says how long it took until the front page came.
func startTimes(ctx context.Context, b *bench, engine string) (fresh, second []time.Duration, err error) {
	var h *house
	for i := range freshStarts {
		if h, err = b.house(ctx, engine, filepath.Join(b.dir, "start", engine, fmt.Sprint(i))); err != nil {
			return nil, nil, err
		}
		took, err := h.startAndStop(ctx)
		if err != nil {
			return nil, nil, err
		}
		fresh = append(fresh, took)
	}
	for range secondStarts {
		took, err := h.startAndStop(ctx)
		if err != nil {
			return nil, nil, err
		}
		second = append(second, took)
	}
	return fresh, second, nil
}

func (h *house) startAndStop(ctx context.Context) (time.Duration, error) {
	took, err := h.start(ctx)
	if err != nil {
		return 0, err
	}
	return took, h.stop()
}
