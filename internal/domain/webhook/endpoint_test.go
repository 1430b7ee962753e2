package webhook_test

import (
	"strings"
	"testing"

	"lighttrends/internal/domain/webhook"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/platform/fault"
)

// TestAnEndpointIsAWholeAddress, without secrets in it, and whole texts are not
// sent where others can read them on the way.
func TestAnEndpointIsAWholeAddress(t *testing.T) {
	t.Parallel()
	b := setup(t, dbtest.Engine{Name: db.SQLite})
	for _, tt := range []struct {
		url, want string
		whole     bool
	}{
		{"https://hooks.example.com/lighttrends?from=notes", "", true},
		{"http://hooks.example.com:8080/x", "", false},
		{"https://[2001:db8::1]:65535/", "", false},
		{"http://hooks.example.com/x", "url:https_required", true},
		{"http://127.0.0.1:9000/x", "", true}, // nothing travels
		{"", "url:bad_url", false},
		{"hooks.example.com/x", "url:bad_url", false},
		{"/x", "url:bad_url", false},
		{"ftp://hooks.example.com/x", "url:bad_url", false},
		{"https://", "url:bad_url", false},
		{"https://:443/x", "url:bad_url", false},
		{"https://hooks.example.com:0/", "url:bad_url", false},
		{"https://hooks.example.com:65536/", "url:bad_url", false},
		{"https://hooks.example.com:99999/", "url:bad_url", false},
		{"https://hooks.example.com:http/", "url:bad_url", false},
		{"https://ada:secret@hooks.example.com/", "url:bad_url", false},
		{"https://hooks.example.com/#x", "url:bad_url", false},
		{"https://hooks.example.com/" + strings.Repeat("x", 1000), "url:bad_url", false},
	} {
		name := "receiver"
		_, _, err := b.outlet.Create(b.staff, webhook.Input{Name: &name, URL: &tt.url, Events: []string{"*"}, FullText: &tt.whole})
		got := ""
		if err != nil {
			for _, f := range fault.Of(err).Fields {
				got += f.Path + ":" + f.Code
			}
		}
		if got != tt.want {
			t.Errorf("%.60s: %q, not %q (%v)", tt.url, got, tt.want, err)
		}
	}
}
