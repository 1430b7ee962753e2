package contracttest

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
)

// TestErrorsHaveOneShapeOnBoth sends requests that both servers refuse.
func TestErrorsHaveOneShapeOnBoth(t *testing.T) {
	t.Parallel()
	worlds := map[string]*world{"stand-in": standInWorld(t).world, "stripe-mock": mockWorld(t)}
	for name, c := range map[string]struct {
		method, path, body, key string
		status                  int
	}{
		"no key":             {"GET", "/v1/customers", "", "", 401},
		"unknown parameter":  {"POST", "/v1/customers", "nonsense=1", key, 400},
		"missing parameter":  {"POST", "/v1/products", "description=x", key, 400},
		"wrong word":         {"POST", "/v1/prices", "product=p&currency=usd&unit_amount=1&recurring[interval]=fortnight", key, 400},
		"text for a number":  {"POST", "/v1/prices", "product=p&currency=usd&unit_amount=lots", key, 400},
		"group for a text":   {"POST", "/v1/products", "name[a]=x", key, 400},
		"unknown address":    {"GET", "/v1/nonsense", "", key, 404},
		"unknown in a query": {"GET", "/v1/customers?nonsense=1", "", key, 400},
	} {
		for server, w := range worlds {
			r, err := http.NewRequest(c.method, w.url+c.path, strings.NewReader(c.body))
			if err != nil {
				t.Fatal(err)
			}
			if c.key != "" {
				r.Header.Set("Authorization", "Bearer "+c.key)
			}
			if c.body != "" {
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			}
			res, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			text, _ := io.ReadAll(res.Body)
			res.Body.Close()
			var body struct {
				Error struct{ Type, Message string }
			}
			if err := json.Unmarshal(text, &body); err != nil || res.StatusCode != c.status || body.Error.Type != "invalid_request_error" || body.Error.Message == "" {
				t.Errorf("%s, %s: %d %s, want %d invalid_request_error", name, server, res.StatusCode, text, c.status)
			}
		}
	}
}
