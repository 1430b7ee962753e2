package portal

import (
	"fmt"
	"io/fs"
	"os"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"
)

// follower looks at a theme's folder at each request, for those who write one.
type follower struct {
	mu    sync.Mutex
	print string // of the files as they were read
	err   error  // what is wrong with them
}

// followTheme reads the theme again when a file of it has changed. While there
// is a mistake in it, every page says which one: only its author sees this.
func (p *Portal) followTheme(c *fiber.Ctx) error {
	err := p.wearFresh()
	if err != nil && !strings.HasPrefix(c.Path(), "/desk") && !strings.HasPrefix(c.Path(), "/api") {
		c.Set(fiber.HeaderCacheControl, "private, no-store")
		c.Set(fiber.HeaderContentType, "text/plain; charset=utf-8")
		return c.Status(fiber.StatusInternalServerError).SendString("The " + err.Error() + "\n")
	}
	return c.Next()
}

// wearFresh takes up what has changed in the theme's folder, and tells what is
// wrong there.
func (p *Portal) wearFresh() error {
	f := &p.follower
	f.mu.Lock()
	defer f.mu.Unlock()
	if now := fingerprint(p.Theme); now != f.print {
		var fresh *dress
		if fresh, f.err = dressIn(p.Theme); f.err == nil {
			p.dress.Store(fresh)
			p.Forget()
		}
		f.print = now
	}
	return f.err
}

// fingerprint tells whether anything in a folder is another than before.
func fingerprint(dir string) string {
	var out strings.Builder
	_ = fs.WalkDir(os.DirFS(dir), ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil //nolint:nilerr // reading the theme names it
		}
		if info, err := d.Info(); err == nil && !d.IsDir() {
			_, _ = fmt.Fprintf(&out, "%s %d %d\n", file, info.Size(), info.ModTime().UnixNano())
		}
		return nil
	})
	return out.String()
}
