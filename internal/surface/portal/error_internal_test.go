package portal

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/surface/kit"
)

// TestAPageAboutABreakdownAsksNoDatabase: this portal has none to ask.
func TestAPageAboutABreakdownAsksNoDatabase(t *testing.T) {
	t.Parallel()
	p, err := New(Deps{BaseURL: "https://coldside.example"})
	if err != nil {
		t.Fatal(err)
	}
	app := fiber.New()
	app.Get("/", func(c *fiber.Ctx) error {
		return p.ErrorPage(c, &kit.Problem{Status: http.StatusServiceUnavailable, Code: "unavailable"})
	})
	resp, err := app.Test(httptest.NewRequest(http.MethodGet, "/", nil))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.Header.Get("Cache-Control") != "private, no-store" {
		t.Errorf("%v", resp.Header)
	}
}
