package main

import (
	"context"
	"slices"
	"time"
)

// runner is one server with one kind of question, and what its rounds gave.
type runner struct {
	name    string
	load    loader
	server  *process
	results []result
}

// loader sends what one round sends, as long as it is told to.
type loader interface {
	run(ctx context.Context, d time.Duration) result
}

// warmUp goes ahead of each round and is not counted: what the other servers
// pushed out of the processor's caches comes back.
const warmUp = 150 * time.Millisecond

// takeTurns runs n rounds of every runner, one after the other, so that a
// disturbance from outside meets all of them.
func takeTurns(ctx context.Context, n int, each time.Duration, runners []*runner, tell func(round int)) {
	for round := range n {
		tell(round + 1)
		for _, r := range runners {
			r.load.run(ctx, warmUp)
			before := r.server.worked()
			x := r.load.run(ctx, each)
			x.worked = r.server.worked() - before
			r.results = append(r.results, x)
		}
	}
}

// spread is the middle of some figures and their ends.
type spread struct{ least, median, most float64 }

func spreadOf(figures []float64) spread {
	if len(figures) == 0 {
		return spread{}
	}
	s := slices.Sorted(slices.Values(figures))
	mid := s[len(s)/2]
	if len(s)%2 == 0 {
		mid = (mid + s[len(s)/2-1]) / 2
	}
	return spread{s[0], mid, s[len(s)-1]}
}

// rate is the spread of answers per second.
func (r *runner) rate() spread {
	var out []float64
	for _, x := range r.results {
		out = append(out, x.rate())
	}
	return spreadOf(out)
}

// against is the spread of the ratios to another runner, round by round.
func (r *runner) against(base *runner) spread {
	var out []float64
	for i := range min(len(r.results), len(base.results)) {
		if b := base.results[i].rate(); b > 0 {
			out = append(out, r.results[i].rate()/b)
		}
	}
	return spreadOf(out)
}

// wait is the median over the rounds of a percentile of the waits.
func (r *runner) wait(p float64) time.Duration {
	var out []float64
	for _, x := range r.results {
		out = append(out, float64(x.percentile(p)))
	}
	return time.Duration(spreadOf(out).median)
}

// work is the server's own processor time for one answer, over all rounds.
func (r *runner) work() time.Duration {
	var answers int
	var sum time.Duration
	for _, x := range r.results {
		answers += x.answers
		sum += x.worked
	}
	return sum / time.Duration(max(answers, 1))
}

// failures counts errors and gives the first.
func (r *runner) failures() (n int, first error) {
	for _, x := range r.results {
		n += x.errors
		if first == nil {
			first = x.first
		}
	}
	return n, first
}
