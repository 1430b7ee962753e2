package desk

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io/fs"
	"net/http"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
	"lighttrends/web"
)

// Path is where the desk lives.
const Path = "/desk"

type desk struct {
	before, after []byte // the page, around its nonce
	files         *build
}

// Register adds the desk to the server.
func Register(s *kit.Server) error {
	dist, err := fs.Sub(web.Desk, "desk/dist")
	if err != nil {
		return err
	}
	d, err := open(dist)
	if err != nil {
		return err
	}
	s.App.Get(assetsPath+":version/*", d.asset)
	s.App.Get(Path, d.page)
	s.App.Get(Path+"/*", d.page)
	return nil
}

const (
	assetsPath = Path + "/assets/"
	noncePlace = "NONCE"
)

var errNoPlace = errors.New("desk: the built page has no place for the nonce; run make web")

// open reads the build and prepares the page.
func open(dist fs.FS) (*desk, error) {
	files, err := readBuild(dist)
	if err != nil {
		return nil, err
	}
	page, err := fs.ReadFile(dist, "index.html")
	if err != nil {
		return nil, err
	}
	page = bytes.ReplaceAll(page, []byte(`"./assets/`), []byte(`"`+assetsPath+files.version+`/`))
	before, after, ok := bytes.Cut(page, []byte(noncePlace))
	if !ok {
		return nil, errNoPlace
	}
	return &desk{before, after, files}, nil
}

// page answers every address of the desk: which screen it is, the app finds
// out itself. The page holds nothing about anybody, but it carries a nonce and
// stands at addresses that mails lead to, so nobody keeps it.
func (d *desk) page(c *fiber.Ctx) error {
	nonce := rand.Text()
	c.Set(fiber.HeaderContentSecurityPolicy, policy(nonce))
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	c.Set(fiber.HeaderReferrerPolicy, "no-referrer") // tokens of invitations stand in addresses
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return c.Status(http.StatusOK).Send(bytes.Join([][]byte{d.before, d.after}, []byte(nonce)))
}

// policy allows the app what it is made of. Its style elements are written by
// scripts and carry the nonce; attributes and scripts in line stay forbidden.
func policy(nonce string) string {
	return "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-" + nonce + "'; img-src 'self' data: blob:; font-src 'self'; " +
		"connect-src 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
}

// asset serves a part of the build. One of another build is gone: the app then
// offers to load the page again.
func (d *desk) asset(c *fiber.Ctx) error {
	f := d.files.assets[c.Params("*")]
	if f == nil || c.Params("version") != d.files.version {
		return fault.New(fault.NotFound, "not_found", "There is nothing at this address.")
	}
	kit.Vary(c, fiber.HeaderAcceptEncoding)
	body, tag := f.body, f.tag
	switch {
	case f.zipped && c.Context().Request.Header.HasAcceptEncoding("gzip"):
		c.Set(fiber.HeaderContentEncoding, "gzip")
	case f.zipped:
		var err error
		if body, tag, err = f.plain(); err != nil {
			return err
		}
	}
	c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	return kit.SendPublic(c, f.contentType, body, tag)
}
