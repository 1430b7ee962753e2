package billing_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
)

// BenchmarkReceiveAndApply takes in events about subscriptions that all differ
// from the mirror: each is received, fetched over HTTP from a server that
// answers at once, written and journalled.
func BenchmarkReceiveAndApply(b *testing.B) {
	for _, e := range []dbtest.Engine{{Name: db.SQLite}, {Name: db.Postgres}} {
		b.Run(string(e.Name), func(b *testing.B) {
			s := setup(b, e)
			s.sell()
			m := s.member()
			sub := s.buy(m, goodCard)
			object := string(firstObject(s, sub))
			s.line.hook(func(w http.ResponseWriter, r *http.Request) bool {
				id := strings.TrimPrefix(r.URL.Path, "/v1/subscriptions/")
				w.Header().Set("Content-Type", "application/json")
				_, _ = w.Write([]byte(strings.NewReplacer(sub, id, `"incomplete"`, `"active"`).Replace(object)))
				return true
			}, nil)
			events := make([]told, b.N)
			for i := range events {
				events[i] = made(updated, map[string]any{"id": fmt.Sprintf("sub_bench%d", i), "object": "subscription"})
			}
			b.ResetTimer()
			var next atomic.Int64
			var all sync.WaitGroup
			for range 8 { // as many as a node has workers
				all.Go(func() {
					for i := int(next.Add(1)) - 1; i < b.N; i = int(next.Add(1)) - 1 {
						e := events[i]
						if err := s.office.Receive(context.Background(), e.raw, sign(e.raw, s.clock.Now(), hookSecret)); err != nil {
							b.Error(err)
						}
						if err := s.office.Apply(context.Background(), e.ID); err != nil {
							b.Error(err)
						}
					}
				})
			}
			all.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "events/s")
			if n := s.number("SELECT COUNT(*) FROM journal WHERE verb = 'subscription.started'"); n != int64(b.N) {
				b.Errorf("%d started, want %d", n, b.N)
			}
		})
	}
}

// BenchmarkStandings asks what every gated page asks.
func BenchmarkStandings(b *testing.B) {
	for _, e := range []dbtest.Engine{{Name: db.SQLite}, {Name: db.Postgres}} {
		b.Run(string(e.Name), func(b *testing.B) {
			s := setup(b, e)
			s.sell()
			m := s.member()
			s.deliver(s.the(completed, s.buy(m, goodCard)))
			for b.Loop() {
				if got, err := s.office.Standings(context.Background(), m); err != nil || len(got) != 1 {
					b.Fatal(got, err)
				}
			}
		})
	}
}
