package kit_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// TestWhatARoomFindsStandsWhereItWasSent: rooms name their inputs, forms and
// documents alike; a client finds a field of its document by a pointer, and a
// parameter by its name.
func TestWhatARoomFindsStandsWhereItWasSent(t *testing.T) {
	t.Parallel()
	found := func() error {
		var f fault.Fields
		for _, at := range []string{"email", "origins.0", "/contact/email", "page"} {
			f.Add(at, "bad", "Not so.")
		}
		return f.Err()
	}
	b := setup(t, kit.Options{}, func(s *kit.Server) {
		api := s.NewAPI(kit.APIInfo{Prefix: "/api/t/v1", Title: "T", Version: "1"})
		kit.Register(api, op("POST", "/document"), func(context.Context, *struct {
			Page string `query:"page"`
			Body struct {
				Email string `json:"email"`
			}
		}) (*struct{}, error) {
			return nil, found()
		})
		kit.Register(api, op("GET", "/list"), func(context.Context, *struct {
			Page string `query:"page"`
		}) (*struct{}, error) {
			return nil, found()
		})
		kit.Register(api, op("POST", "/form"), func(context.Context, *upload) (*struct{}, error) { return nil, found() })
	})
	form := "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\na\r\n--x\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nn\r\n--x--\r\n"
	for _, tt := range []struct{ request, kind, body, want string }{
		{"POST /document", "application/json", `{"email":"x"}`, "/email /origins/0 /contact/email page"},
		{"GET /list", "", "", "email origins.0 /contact/email page"},
		{"POST /form", "multipart/form-data; boundary=x", form, "email origins.0 /contact/email page"},
	} {
		method, path, _ := strings.Cut(tt.request, " ")
		resp := b.send(t, fmt.Sprintf("%s /api/t/v1%s HTTP/1.1\r\nHost: a\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s", method, path, tt.kind, len(tt.body), tt.body))
		var got []string
		for _, e := range problem(t, resp).Errors {
			got = append(got, e.Path)
		}
		if d := cmp.Diff(tt.want, strings.Join(got, " ")); d != "" {
			t.Errorf("%s: %s", tt.request, d)
		}
	}
}
