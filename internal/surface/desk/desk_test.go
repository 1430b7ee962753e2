package desk

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"lighttrends/internal/surface/kit"
)

func ask(t *testing.T, path string, headers ...string) (*http.Response, string) {
	t.Helper()
	s := kit.New(kit.Options{BaseURL: "http://localhost", Log: slog.New(slog.DiscardHandler)})
	if err := Register(s); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	resp, err := s.App.Test(r, -1)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(body)
}

var (
	inPage   = regexp.MustCompile(`nonce="([A-Z2-7]{26})"`)
	inPolicy = regexp.MustCompile(`style-src 'self' 'nonce-([A-Z2-7]{26})';`)
	script   = regexp.MustCompile(`src="(/desk/assets/[0-9a-f]{16}/[\w-]+\.js)"`)
)

func TestEveryAddressOfTheDeskIsThePage(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, path := range []string{"/desk", "/desk/", "/desk/notes/0198c1f6", "/desk/invitations/a.b-c"} {
		resp, page := ask(t, path)
		if resp.StatusCode != 200 || resp.Header.Get("Cache-Control") != "private, no-store" || resp.Header.Get("ETag") != "" {
			t.Errorf("%s: %d, cache %q, tag %q", path, resp.StatusCode, resp.Header.Get("Cache-Control"), resp.Header.Get("ETag"))
		}
		policy := resp.Header.Get("Content-Security-Policy")
		if strings.Contains(policy, "unsafe") {
			t.Errorf("%s: the policy is %q", path, policy)
		}
		page1, policy1 := inPage.FindStringSubmatch(page), inPolicy.FindStringSubmatch(policy)
		if page1 == nil || policy1 == nil || page1[1] != policy1[1] {
			t.Fatalf("%s: the nonces of page and policy differ: %v, %v", path, page1, policy1)
		}
		if seen[page1[1]] {
			t.Errorf("%s: the nonce was used before", path)
		}
		seen[page1[1]] = true
	}
}

func TestAssetsAreKeptForGoodUnderTheirVersion(t *testing.T) {
	t.Parallel()
	_, page := ask(t, "/desk/")
	m := script.FindStringSubmatch(page)
	if m == nil {
		t.Fatalf("no script in the page:\n%s", page)
	}
	resp, body := ask(t, m[1])
	tag := resp.Header.Get("ETag")
	if resp.StatusCode != 200 || resp.Header.Get("Content-Type") != "text/javascript; charset=utf-8" || body == "" || tag == "" {
		t.Errorf("%s: %d, %q, tag %q", m[1], resp.StatusCode, resp.Header.Get("Content-Type"), tag)
	}
	if c := resp.Header.Get("Cache-Control"); c != "public, max-age=31536000, immutable" {
		t.Errorf("cache: %q", c)
	}
	if resp, _ := ask(t, m[1], "If-None-Match", tag); resp.StatusCode != http.StatusNotModified {
		t.Errorf("asked again with its tag: %d", resp.StatusCode)
	}
	zipped, small := ask(t, m[1], "Accept-Encoding", "gzip")
	if zipped.Header.Get("Content-Encoding") != "gzip" || len(small) >= len(body)/2 || zipped.Header.Get("ETag") == tag {
		t.Errorf("compressed: %q, %d of %d bytes, tag %q", zipped.Header.Get("Content-Encoding"), len(small), len(body), zipped.Header.Get("ETag"))
	}
}

func TestWhatIsNoAssetIsNotFound(t *testing.T) {
	t.Parallel()
	_, page := ask(t, "/desk/")
	version := strings.Split(script.FindStringSubmatch(page)[1], "/")[3]
	for _, path := range []string{
		"/desk/assets/0000000000000000/index.js", // another build's
		"/desk/assets/" + version + "/nothing.js",
		"/desk/assets/" + version + "/../sources.txt",
		"/desk/assets/" + version + "/..%2fsources.txt",
	} {
		if resp, body := ask(t, path); resp.StatusCode == 200 && !strings.Contains(body, `id="root"`) {
			t.Errorf("%s: %d\n%.200s", path, resp.StatusCode, body)
		}
	}
	if resp, _ := ask(t, "/desk/assets/0000000000000000/index.js"); resp.StatusCode != 404 || resp.Header.Get("Cache-Control") != "private, no-store" {
		t.Errorf("another build's part: %d, %q", resp.StatusCode, resp.Header.Get("Cache-Control"))
	}
}

func TestAPageWithoutPlaceForTheNonceIsRefused(t *testing.T) {
	t.Parallel()
	_, err := open(fstest.MapFS{"index.html": {Data: []byte("<p>")}, "assets/a.js": {Data: []byte("1")}})
	if err == nil || !strings.Contains(err.Error(), "make web") {
		t.Errorf("got %v", err)
	}
}
