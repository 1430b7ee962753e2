package portal_test

import (
	"testing"

	"github.com/valyala/fasthttp"

	"lighttrends/internal/platform/db/dbtest"
)

// BenchmarkPages measures whole requests in memory: routing, decision,
// template, tag and, where the client takes it, compression.
func BenchmarkPages(b *testing.B) {
	s := setupBench(b)
	for _, x := range []struct{ name, path, packed string }{
		{"home", "/", ""}, {"home gzip", "/", "gzip"}, {"teaser", "/notes/twelve-weeks", ""}, {"teaser gzip", "/notes/twelve-weeks", "gzip"},
		{"teaser, not kept", "/notes/twelve-weeks?x", ""}, {"issues", "/issues", ""}, {"plans", "/plans", ""},
	} {
		b.Run(x.name, func(b *testing.B) {
			handler := s.server.App.Handler()
			b.ReportAllocs()
			for b.Loop() {
				var c fasthttp.RequestCtx
				c.Request.SetRequestURI(base + x.path)
				c.Request.Header.Set("Accept-Encoding", x.packed)
				handler(&c)
				if c.Response.StatusCode() != 200 {
					b.Fatal(c.Response.StatusCode())
				}
			}
		})
	}
}

func setupBench(b *testing.B) *stage {
	b.Helper()
	s := setup(b, dbtest.Engine{Name: "sqlite"})
	s.publish()
	s.many(40)
	return s
}
