package portal

import (
	"strings"

	"github.com/gofiber/fiber/v2"
)

// robots are words in the names of programs that fetch pages without anybody
// who reads them.
var robots = []string{"bot", "crawl", "spider", "slurp", "preview", "monitor", "headless", "curl/", "wget", "python", "go-http-client", "java/", "scan", "facebookexternalhit"}

// counted says where an opening is counted: nowhere for a program that says of
// itself that it is one, or nothing at all.
func counted(c *fiber.Ctx) string {
	name := strings.ToLower(c.Get(fiber.HeaderUserAgent))
	if name == "" {
		return ""
	}
	for _, word := range robots {
		if strings.Contains(name, word) {
			return ""
		}
	}
	return Surface
}
