package portal

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"

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

// loadAssets reads the files. Stylesheets come last: the addresses of fonts in
// them get the fonts' versions.
func loadAssets(files fs.FS) (*assets, error) {
	a := &assets{files: map[string]*asset{}}
	var sheets []string
	err := fs.WalkDir(files, "static", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if path.Ext(file) == ".css" {
			sheets = append(sheets, file)
			return nil
		}
		return a.read(files, file)
	})
	for _, file := range sheets {
		if err == nil {
			err = a.read(files, file)
		}
	}
	return a, err
}

var styleURL = regexp.MustCompile(`url\("([a-z0-9/._-]+)"\)`)

func (a *assets) read(files fs.FS, file string) error {
	body, err := fs.ReadFile(files, file)
	if err != nil {
		return err
	}
	name := strings.TrimPrefix(file, "static/")
	if path.Ext(name) == ".css" {
		body = styleURL.ReplaceAllFunc(body, func(m []byte) []byte {
			address, missing := a.url(string(styleURL.FindSubmatch(m)[1]))
			if missing != nil {
				err = missing
			}
			return []byte(`url("` + address + `")`)
		})
	}
	sum := sha256.Sum256(body)
	a.files[name] = &asset{body: body, zipped: squeeze(name, body), contentType: contentType(name), version: hex.EncodeToString(sum[:6])}
	return err
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
	f := p.assets.files[c.Params("*")]
	if f == nil {
		return fault.New(fault.NotFound, "not_found", "There is nothing at this address.")
	}
	return sendAsset(c, f)
}

// icon serves an asset under a name that browsers ask for by themselves.
func (p *Portal) icon(name string) fiber.Handler {
	return func(c *fiber.Ctx) error { return sendAsset(c, p.assets.files[name]) }
}

func sendAsset(c *fiber.Ctx, f *asset) error {
	body, tag := f.body, `"`+f.version+`"`
	if f.zipped != nil {
		c.Vary(fiber.HeaderAcceptEncoding)
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
