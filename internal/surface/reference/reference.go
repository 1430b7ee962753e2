package reference

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"html/template"
	"io/fs"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
	"lighttrends/web"
)

// Path is where the pages live.
const Path = "/docs/"

// Deps is what the pages need.
type Deps struct {
	APIs     []Documented // in the order of the menu
	BaseURL  string
	Markdown func(source []byte) string // draws a guide
}

// Documented is an API with the name of its page.
type Documented struct {
	Name string
	API  *kit.API
}

type pages struct {
	Deps
	templates func() (*template.Template, error)
	sheet     string
	mu        sync.Mutex
	kept      map[string]*kit.Pressed
}

//go:embed templates/*.html
var templateFiles embed.FS

// Register adds the pages to the server.
func Register(s *kit.Server, d Deps) {
	p := &pages{Deps: d, kept: map[string]*kit.Pressed{}, sheet: sheetAddress()}
	p.templates = sync.OnceValues(func() (*template.Template, error) {
		return template.New("").Funcs(template.FuncMap{"words": spoken}).ParseFS(templateFiles, "templates/*.html")
	})
	s.App.Get("/docs", p.page)
	s.App.Get("/docs/*", p.page)
}

// Paths are the addresses of all pages, for the map of the site.
func Paths() []string {
	all := []string{Path, Path + "content/", Path + "member/", Path + "admin/", Path + "errors/"}
	for _, g := range Guides() {
		all = append(all, Path+"guides/"+g.Name+"/")
	}
	return all
}

// sheetAddress changes with the stylesheet, so browsers may keep it for good.
func sheetAddress() string {
	body, err := fs.ReadFile(web.Static, "static/docs.css")
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(body)
	return "/static/docs.css?v=" + hex.EncodeToString(sum[:6])
}

var errNoPage = fault.New(fault.NotFound, "not_found", "There is nothing at this address.")

// page answers with a page, which is drawn when it is first asked for. An
// address without its slash at the end leads to the one with it.
func (p *pages) page(c *fiber.Ctx) error {
	path := c.Path()
	if !strings.HasSuffix(path, "/") {
		if p.view(path+"/") == nil {
			return errNoPage
		}
		return c.Redirect(path+"/", fiber.StatusMovedPermanently)
	}
	view := p.view(path)
	if view == nil {
		return errNoPage
	}
	pressed, err := p.drawn(path, view)
	if err != nil {
		return err
	}
	return pressed.Send(c)
}

func (p *pages) drawn(path string, view func() (*sheet, error)) (*kit.Pressed, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if kept := p.kept[path]; kept != nil {
		return kept, nil
	}
	s, err := view()
	if err != nil {
		return nil, err
	}
	s.Path, s.Base, s.Sheet, s.Entries = path, p.BaseURL, p.sheet, p.entries(path)
	t, err := p.templates()
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := t.ExecuteTemplate(&out, "frame", s); err != nil {
		return nil, err
	}
	p.kept[path] = kit.Press(fiber.MIMETextHTMLCharsetUTF8, out.Bytes())
	return p.kept[path], nil
}

// sheet is a page: what the frame shows, and what the view does.
type sheet struct {
	Title, About      string
	Path, Base, Sheet string
	Entries           []entry
	Side              []mark // what is on the page, with what is below it
	View              string
	Main              any
}

type entry struct{ Path, Label, Current string }

type mark struct {
	ID, Name string
	Below    []mark
}

func (p *pages) entries(path string) []entry {
	all := []entry{{Path: Path, Label: "Start"}}
	for _, a := range p.APIs {
		all = append(all, entry{Path: Path + a.Name + "/", Label: short(a.API.OpenAPI().Info.Title)})
	}
	all = append(all, entry{Path: Path + "errors/", Label: "Errors"})
	for i := range all {
		if all[i].Path == path {
			all[i].Current = "page"
		}
	}
	return all
}

func short(title string) string { return strings.TrimPrefix(title, "lighttrends ") }

// view finds what stands at an address; nil when nothing does.
func (p *pages) view(path string) func() (*sheet, error) {
	switch path {
	case Path:
		return p.home
	case Path + "errors/":
		return catalogue(p.BaseURL)
	}
	for _, a := range p.APIs {
		if path == Path+a.Name+"/" {
			return func() (*sheet, error) { return p.api(a) }
		}
	}
	for i, g := range Guides() {
		if path == Path+"guides/"+g.Name+"/" {
			return func() (*sheet, error) { return p.guide(i), nil }
		}
	}
	return nil
}

// spoken draws a text of the documents: escaped, with its code in backticks
// marked.
func spoken(text string) template.HTML {
	var b strings.Builder
	for i, part := range strings.Split(text, "`") {
		if i%2 == 1 {
			b.WriteString("<code>" + template.HTMLEscapeString(part) + "</code>")
		} else {
			b.WriteString(template.HTMLEscapeString(part))
		}
	}
	return template.HTML(b.String()) //nolint:gosec // escaped above
}
