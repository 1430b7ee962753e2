package kit_test

import (
	"io"
	"net/http"
	"testing"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/surface/kit"
)

// TestALanguageComesOffAnAddress before any route is looked for, and goes before
// the address that an answer leads on to: once, and never to another site.
func TestALanguageComesOffAnAddress(t *testing.T) {
	t.Parallel()
	b := setup(t, kit.Options{Languages: []string{"en", "de"}}, func(s *kit.Server) {
		s.App.Get("/to", func(c *fiber.Ctx) error { return c.Redirect(c.Query("next"), http.StatusSeeOther) })
		s.App.Get("/*", func(c *fiber.Ctx) error { return c.SendString(kit.LanguageOf(c) + " " + c.Path()) })
	})
	for path, want := range map[string]string{
		"/de": "de /", "/de/": "de /", "/de/notes/a": "de /notes/a", "/de?x=1": "de /", "/en/notes/a": "en /notes/a", "/notes/a": " /notes/a", "/fr/notes/a": " /fr/notes/a",
		"/deer": " /deer", "/DE/a": " /DE/a", "/de/de/a": "de /de/a",
		"/de//evil.example": " /de//evil.example", "/de/api/x": " /de/api/x", "/de/mcp": " /de/mcp", "/de/docs/": " /de/docs/", "/de/robots.txt": " /de/robots.txt",
	} {
		body, err := io.ReadAll(b.send(t, "GET "+path+" HTTP/1.1\r\nHost: a\r\n\r\n").Body)
		if got := string(body); err != nil || got != want {
			t.Errorf("%s is %q, not %q", path, got, want)
		}
	}
	for next, want := range map[string]string{
		"/notes/a": "/de/notes/a", "/": "/de/", "/en/notes/a": "/en/notes/a", "/de/notes/a": "/de/notes/a", "/de": "/de", "/de?x=1": "/de?x=1", "/deer": "/de/deer",
		"/api/x": "/api/x", "//evil.example": "//evil.example", "https://evil.example/a": "https://evil.example/a",
	} {
		if got := b.send(t, "GET /de/to?next="+next+" HTTP/1.1\r\nHost: a\r\n\r\n").Header.Get("Location"); got != want {
			t.Errorf("%s leads to %q, not %q", next, got, want)
		}
	}
}
