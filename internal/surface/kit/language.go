package kit

import (
	"bytes"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

const languageKey = "language"

// LanguageOf is the language that the address names by its first step, such as
// de in /de/notes/a; "" where it names none. Handlers see the address without
// that step.
func LanguageOf(c *fiber.Ctx) string {
	tag, _ := c.Locals(languageKey).(string)
	return tag
}

// ownParts are the parts of the site that speak to programs, or are the same
// in every language: they have one address.
var ownParts = []string{
	apiPrefix, "/mcp", "/docs/", "/desk", "/static/", "/media/", "/files/", "/hooks/", "/health", "/metrics",
	"/favicon.", "/apple-touch-icon", "/colours.css", "/robots.txt", "/sitemap", "/llms.txt",
}

// spoken takes the language off an address before any route is looked for, and
// puts it before the address that an answer leads on to, so that a reader stays
// in their language; an address that names one itself stays as it is. The bytes
// of a page differ by its address alone: caches need to know nothing of
// languages.
func (s *Server) spoken(next fasthttp.RequestHandler) fasthttp.RequestHandler {
	return func(ctx *fasthttp.RequestCtx) {
		tag, rest := s.split(ctx.URI().PathOriginal())
		if tag == "" {
			next(ctx)
			return
		}
		ctx.SetUserValue(languageKey, tag)
		ctx.URI().SetPathBytes(bytes.Clone(rest))
		next(ctx)
		to := string(ctx.Response.Header.Peek(fiber.HeaderLocation))
		if other, _ := s.split([]byte(to)); other == "" && InLanguage(to) {
			ctx.Response.Header.Set(fiber.HeaderLocation, "/"+tag+to)
		}
	}
}

// split finds the language of a path, and the path without it.
func (s *Server) split(path []byte) (tag string, rest []byte) {
	if len(path) < 3 || path[0] != '/' {
		return "", nil
	}
	first := path[1:]
	if end := bytes.IndexAny(first, "/?#"); end >= 0 {
		first = first[:end]
	}
	at := slices.Index(s.opts.Languages, string(first))
	if at < 0 {
		return "", nil
	}
	if rest = path[1+len(first):]; len(rest) == 0 || rest[0] != '/' {
		rest = append([]byte{'/'}, rest...)
	}
	if !InLanguage(string(rest)) {
		return "", nil
	}
	return s.opts.Languages[at], rest
}

// InLanguage tells whether an address of ours is a page, which has an address
// in each language.
func InLanguage(path string) bool {
	return strings.HasPrefix(path, "/") && !strings.HasPrefix(path, "//") &&
		!slices.ContainsFunc(ownParts, func(part string) bool { return strings.HasPrefix(path, part) })
}
