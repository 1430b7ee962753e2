package kit_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// TestADeprecatedOperationSaysSo: with each answer, refusals too, and in the
// document.
func TestADeprecatedOperationSaysSo(t *testing.T) {
	t.Parallel()
	since := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	b := setup(t, kit.Options{}, func(s *kit.Server) {
		api := s.NewAPI(kit.APIInfo{Prefix: "/api/t/v1", Title: "T", Version: "1"})
		answer := func(context.Context, *struct{}) (*struct{ Body []byte }, error) { return &struct{ Body []byte }{}, nil }
		kit.Register(api, kit.Deprecate(op("GET", "/old"), kit.Deprecation{Since: since, Sunset: since.AddDate(1, 0, 0)}), answer)
		kit.Register(api, kit.Deprecate(op("GET", "/older"), kit.Deprecation{Since: since, Read: "/docs/content/#list-notes"}), func(context.Context, *struct{}) (*struct{}, error) {
			return nil, fault.New(fault.Gone, "gone", "It is gone.")
		})
		kit.Register(api, op("GET", "/new"), answer)
	})
	for path, want := range map[string][3]string{
		"/old":     {"@1772323200", "Mon, 01 Mar 2027 00:00:00 GMT", `<http://localhost/docs/guides/versions/>; rel="deprecation"; type="text/html"`},
		"/old?x=1": {"@1772323200", "Mon, 01 Mar 2027 00:00:00 GMT", `<http://localhost/docs/guides/versions/>; rel="deprecation"; type="text/html"`},
		"/older":   {"@1772323200", "", `<http://localhost/docs/content/#list-notes>; rel="deprecation"; type="text/html"`},
		"/new":     {},
	} {
		h := b.send(t, "GET /api/t/v1"+path+" HTTP/1.1\r\nHost: a\r\n\r\n").Header
		if got := [3]string{h.Get("Deprecation"), h.Get("Sunset"), h.Get("Link")}; got != want {
			t.Errorf("%s: %q", path, got)
		}
	}
	var doc struct {
		Paths map[string]map[string]struct {
			Deprecated bool
			Sunset     string `json:"x-sunset"`
			Responses  map[string]struct{ Headers map[string]any }
		}
	}
	if err := json.NewDecoder(b.send(t, "GET /api/t/v1/openapi.json HTTP/1.1\r\nHost: a\r\n\r\n").Body).Decode(&doc); err != nil {
		t.Fatal(err)
	}
	if old := doc.Paths["/api/t/v1/old"]["get"]; !old.Deprecated || old.Sunset != "2027-03-01" || len(old.Responses["200"].Headers) != 3 {
		t.Errorf("%+v", old)
	}
}

func TestADeprecationNeedsItsDates(t *testing.T) {
	t.Parallel()
	since := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	undated := op("GET", "/undated")
	undated.Deprecated = true
	for name, wrong := range map[string]huma.Operation{
		"no date":         undated,
		"an empty date":   kit.Deprecate(op("GET", "/empty"), kit.Deprecation{}),
		"gone before old": kit.Deprecate(op("GET", "/early"), kit.Deprecation{Since: since, Sunset: since.AddDate(0, 0, -1)}),
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: the server starts", name)
				}
			}()
			setup(t, kit.Options{}, func(s *kit.Server) {
				kit.Register(s.NewAPI(kit.APIInfo{Prefix: "/api/t/v1", Title: "T", Version: "1"}), wrong, func(context.Context, *struct{}) (*struct{}, error) { return nil, nil })
			})
		}()
	}
}

// TestTheDocumentIsKeptByCaches: it is finished once, when it is first asked
// for, and comes packed or not.
func TestTheDocumentIsKeptByCaches(t *testing.T) {
	t.Parallel()
	finished := 0
	b := setup(t, kit.Options{}, func(s *kit.Server) {
		api := s.NewAPI(kit.APIInfo{Prefix: "/api/t/v1", Title: "T", Version: "1"})
		api.Prepare(func(doc *huma.OpenAPI) error {
			finished++
			doc.Info.Description = "Prepared late"
			return nil
		})
	})
	if finished != 0 {
		t.Error("it is finished before anybody asks")
	}
	ask := func(header string) (*http.Response, []byte) {
		resp := b.send(t, "GET /api/t/v1/openapi.json HTTP/1.1\r\nHost: a\r\n"+header+"\r\n")
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp, body
	}
	plain, body := ask("")
	packed, small := ask("Accept-Encoding: gzip\r\n")
	z, err := gzip.NewReader(bytes.NewReader(small))
	if err != nil {
		t.Fatal(err)
	}
	if unpacked, err := io.ReadAll(z); err != nil || !bytes.Equal(unpacked, body) || !strings.Contains(string(body), "Prepared late") {
		t.Errorf("%v %s", err, body)
	}
	if plain.Header.Get("ETag") == packed.Header.Get("ETag") || packed.Header.Get("Vary") != "Accept-Encoding" || plain.Header.Get("Cache-Control") != "public, max-age=300" {
		t.Errorf("%v %v", plain.Header, packed.Header)
	}
	if again, body := ask("If-None-Match: " + plain.Header.Get("ETag") + "\r\n"); again.StatusCode != http.StatusNotModified || len(body) != 0 {
		t.Errorf("%d %s", again.StatusCode, body)
	}
	if finished != 1 {
		t.Errorf("it was finished %d times", finished)
	}
}
