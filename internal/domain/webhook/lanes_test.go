package webhook_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"lighttrends/internal/domain/webhook"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
)

// TestAReceiverThatHangsHoldsUpNobodyElse runs the real workers: while one
// receiver hangs with much that is owed to it, others get theirs at once.
func TestAReceiverThatHangsHoldsUpNobodyElse(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		var busy, most atomic.Int32
		open := make(chan struct{})
		hangs := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			n := busy.Add(1)
			defer busy.Add(-1)
			for old := most.Load(); n > old && !most.CompareAndSwap(old, n); old = most.Load() {
			}
			select {
			case <-open:
			case <-r.Context().Done():
			}
		}))
		t.Cleanup(hangs.Close)
		b.endpoint(hangs.URL, "issue.*")
		b.make("note.*")
		for i := range 100 {
			b.tell(webhook.Happening{Kind: "issue.saved", SubjectID: fmt.Sprint(i)})
		}
		workers := river.NewWorkers()
		webhook.AddWorkers(workers, b.outlet)
		w, err := b.db.Work(t.Context(), db.WorkerOptions{Workers: workers})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			close(open)
			_ = w.StopAndCancel(context.Background())
		})
		within(t, "all its lanes hang", 10*time.Second, func() bool { return busy.Load() >= webhook.LanesEach })
		for i := range 10 {
			b.tell(webhook.Happening{Kind: "note.updated", SubjectID: fmt.Sprint(i)})
		}
		within(t, "the others get theirs", 5*time.Second, func() bool {
			b.mu.Lock()
			defer b.mu.Unlock()
			return len(b.calls) == 10
		})
		if n := most.Load(); n > webhook.LanesEach {
			t.Errorf("%d calls at once to one receiver", n)
		}
	})
}

func within(t *testing.T, what string, most time.Duration, so func() bool) {
	t.Helper()
	for end := time.Now().Add(most); !so(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("not within ", most, ": ", what)
		}
	}
}
