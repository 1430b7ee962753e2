package app

import (
	"fmt"
	"net/http"
	"sync"
	"time"

	vm "github.com/VictoriaMetrics/metrics"
)

// metrics counts what the server does, in the text format of Prometheus. No
// label holds anything that a visitor chose: routes are patterns, and what
// matches none is "unmatched".
type metrics struct {
	set   *vm.Set
	known sync.Map // seriesKey → series: looking a name up costs more than counting
}

type seriesKey struct {
	method, route string
	class         int
}

type series struct {
	count *vm.Counter
	took  *vm.PrometheusHistogram
}

func newMetrics() *metrics { return &metrics{set: vm.NewSet()} }

var requestBuckets = []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10}

// request is called after every answer.
func (m *metrics) request(method, route string, status int, took time.Duration) {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
	default:
		method = "other"
	}
	key := seriesKey{method, route, status / 100}
	known, ok := m.known.Load(key)
	if !ok {
		known, _ = m.known.LoadOrStore(key, series{
			count: m.set.GetOrCreateCounter(fmt.Sprintf(`lighttrends_http_requests_total{method=%q,route=%q,status="%dxx"}`, method, route, status/100)),
			took:  m.set.GetOrCreatePrometheusHistogramExt(fmt.Sprintf(`lighttrends_http_request_seconds{route=%q}`, route), requestBuckets),
		})
	}
	x := known.(series) //nolint:forcetypeassert // stored above
	x.count.Inc()
	x.took.Update(took.Seconds())
}

// job is called after every attempt of a job.
func (m *metrics) job(kind string, err error) {
	outcome := "done"
	if err != nil {
		outcome = "failed"
	}
	m.set.GetOrCreateCounter(fmt.Sprintf(`lighttrends_jobs_total{kind=%q,outcome=%q}`, kind, outcome)).Inc()
}

func (m *metrics) handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		m.set.WritePrometheus(w)
		vm.WriteProcessMetrics(w)
	})
}
