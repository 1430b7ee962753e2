package portal

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// asset is a file of the stylesheet's kind, ready to be sent.
type asset struct {
	body, zipped []byte // zipped is nil where that saves nothing
	contentType  string
	version      string // of the content; part of the address
}

// assets are all files under web/static by their path there.
type assets struct{ files map[string]*asset }

// url is the address of an asset. It changes with the content, so browsers may
// keep what they get for good.
func (a *assets) url(name string) (string, error) {
	f := a.files[name]
	if f == nil {
		return "", fmt.Errorf("portal: there is no asset %q", name)
	}
	return "/static/" + name + "?v=" + f.version, nil
}

// perhaps is the address of an asset that need not be there, or "".
func (a *assets) perhaps(name string) string {
	address, err := a.url(name)
	if err != nil {
		return ""
	}
	return address
}

// loadAssets takes files by their path. Stylesheets come last: the addresses of
// fonts in them get the fonts' versions.
func loadAssets(files map[string][]byte) (*assets, error) {
	a := &assets{files: make(map[string]*asset, len(files))}
	var sheets []string
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if path.Ext(name) == ".css" {
			sheets = append(sheets, name)
			continue
		}
		a.add(name, files[name])
	}
	for _, name := range sheets {
		if err := a.addSheet(name, files[name]); err != nil {
			return nil, err
		}
	}
	return a, nil
}

var styleURL = regexp.MustCompile(`url\("([a-z0-9/._-]+)"\)`)

// addSheet takes a stylesheet. Addresses in it are paths from where it stands,
// or from the root of the files.
func (a *assets) addSheet(name string, body []byte) error {
	var err error
	body = styleURL.ReplaceAllFunc(body, func(m []byte) []byte {
		named := string(styleURL.FindSubmatch(m)[1])
		address, missing := a.url(path.Join(path.Dir(name), named))
		if missing != nil {
			address, missing = a.url(named)
		}
		if missing != nil {
			err = fmt.Errorf("%s: %w", name, missing)
		}
		return []byte(`url("` + address + `")`)
	})
	a.add(name, body)
	return err
}

func (a *assets) add(name string, body []byte) {
	sum := sha256.Sum256(body)
	a.files[name] = &asset{body: body, zipped: squeeze(name, body), contentType: contentType(name), version: hex.EncodeToString(sum[:6])}
}

// squeeze compresses text once, as well as it goes.
func squeeze(name string, body []byte) []byte {
	switch path.Ext(name) {
	case ".css", ".js", ".svg", ".txt":
	default:
		return nil
	}
	var out bytes.Buffer
	z, _ := gzip.NewWriterLevel(&out, gzip.BestCompression)
	_, _ = z.Write(body) // to memory: it cannot fail
	_ = z.Close()
	return out.Bytes()
}

func contentType(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".jpg", ".jpeg":
		return "image/jpeg"
	case ".webp":
		return "image/webp"
	case ".avif":
		return "image/avif"
	case ".gif":
		return "image/gif"
	case ".png":
		return "image/png"
	case ".ico":
		return "image/x-icon"
	case ".woff2":
		return "font/woff2"
	default:
		return "text/plain; charset=utf-8"
	}
}

// static serves an asset. With its version in the address it may be kept for a
// year; without, it is asked for again.
func (p *Portal) static(c *fiber.Ctx) error {
	f := p.dress.Load().assets.files[c.Params("*")]
	if f == nil {
		return fault.New(fault.NotFound, "not_found", "There is nothing at this address.")
	}
	return sendAsset(c, f)
}

// icon serves an asset under a name that browsers ask for by themselves.
func (p *Portal) icon(name string) fiber.Handler {
	return func(c *fiber.Ctx) error { return sendAsset(c, p.dress.Load().assets.files[name]) }
}

func sendAsset(c *fiber.Ctx, f *asset) error {
	body, tag := f.body, `"`+f.version+`"`
	if f.zipped != nil {
		kit.Vary(c, fiber.HeaderAcceptEncoding)
		if zips(c) {
			body, tag = f.zipped, `"`+f.version+`-gz"`
			c.Set(fiber.HeaderContentEncoding, "gzip")
		}
	}
	if c.Query("v") == f.version {
		c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	} else {
		c.Set(fiber.HeaderCacheControl, "public, max-age=3600")
	}
	return kit.SendPublic(c, f.contentType, body, tag)
}
