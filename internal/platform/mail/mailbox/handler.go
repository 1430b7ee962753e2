package mailbox

import (
	"embed"
	"encoding/json"
	"html/template"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
)

//go:embed pages/*.html.tmpl pages/style.css
var files embed.FS

const (
	perPage = 100

	// The pages are ours: no script, no foreign anything.
	pagePolicy = "default-src 'none'; style-src 'self'; img-src data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
	// A letter may style itself and open its links in a new tab, nothing else.
	letterPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)

// Handler serves the mailbox under a path such as "/mailbox":
//
//	GET  /                 the letters; ?to= searches in the recipients
//	GET  /m/{id}           one letter; ?view=letter, text or headers
//	GET  /m/{id}/letter    its HTML, for the frame of that page
//	GET  /m/{id}/raw       the message as it would have been sent
//	GET  /api/messages     JSON for tests; ?to= is a whole address
//	POST /delete           delete every letter
func (m *Mailbox) Handler(prefix string) (http.Handler, error) {
	pages, err := template.New("").Funcs(template.FuncMap{"when": when, "stamp": stamp, "page": page}).ParseFS(files, "pages/*.html.tmpl")
	if err != nil {
		return nil, err
	}
	style, err := files.ReadFile("pages/style.css")
	if err != nil {
		return nil, err
	}
	d := &desk{box: m, pages: pages, prefix: strings.TrimSuffix(prefix, "/"), style: style}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", d.page(d.index))
	mux.HandleFunc("GET /m/{id}", d.page(d.view))
	mux.HandleFunc("GET /m/{id}/letter", d.page(d.letter))
	mux.HandleFunc("GET /m/{id}/raw", d.page(d.raw))
	mux.HandleFunc("GET /style.css", d.stylesheet)
	mux.HandleFunc("GET /api/messages", d.page(d.messages))
	mux.HandleFunc("POST /delete", d.page(d.deleteAll))
	mux.HandleFunc("/", d.page(func(http.ResponseWriter, *http.Request) error {
		return fault.New(fault.NotFound, "page_not_found", "There is no such page in the mailbox.")
	}))
	return d.under(http.NewCrossOriginProtection().Handler(mux)), nil
}

// under takes the prefix off the path. The prefix itself is the list.
func (d *desk) under(next http.Handler) http.Handler {
	return http.StripPrefix(d.prefix, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "" {
			r.URL.Path = "/"
		}
		next.ServeHTTP(w, r)
	}))
}

// desk answers requests for one mailbox.
type desk struct {
	box    *Mailbox
	pages  *template.Template
	prefix string
	style  []byte
}

// page sets the headers every answer has and turns errors into pages.
func (d *desk) page(answer func(http.ResponseWriter, *http.Request) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", pagePolicy)
		h.Set("Cache-Control", "private, no-store")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Robots-Tag", "noindex")
		if err := answer(w, r); err != nil {
			d.fail(w, r, fault.Of(err))
		}
	}
}

func (d *desk) fail(w http.ResponseWriter, r *http.Request, f *fault.Error) {
	status := http.StatusInternalServerError
	switch f.Kind {
	case fault.NotFound:
		status = http.StatusNotFound
	case fault.BadRequest:
		status = http.StatusBadRequest
	default:
		d.box.log.ErrorContext(r.Context(), "mailbox failed", "path", r.URL.Path, "error", f)
	}
	if strings.HasPrefix(r.URL.Path, "/api/") {
		w.Header().Set("Content-Type", "application/problem+json")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(map[string]any{"status": status, "code": f.Code, "title": http.StatusText(status), "detail": f.Message})
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_ = d.pages.ExecuteTemplate(w, "fault.html.tmpl", map[string]any{"Prefix": d.prefix, "Message": f.Message})
}

func (d *desk) stylesheet(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	_, _ = w.Write(d.style)
}

func (d *desk) render(w http.ResponseWriter, name string, data map[string]any) error {
	var b strings.Builder
	data["Prefix"] = d.prefix
	if err := d.pages.ExecuteTemplate(&b, name, data); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, err := w.Write([]byte(b.String()))
	return err
}

// find reads the letter the path names.
func (d *desk) find(r *http.Request) (row, error) {
	id, err := uuid.Parse(r.PathValue("id"))
	if err != nil {
		return row{}, fault.New(fault.NotFound, "letter_not_found", "There is no such letter.")
	}
	return d.box.get(r.Context(), id)
}

// page is what the frame around every page needs to know.
func page(prefix, title string) map[string]string {
	return map[string]string{"Prefix": prefix, "Title": title}
}

func when(t time.Time) string  { return t.UTC().Format("2 January 2006, 15:04 UTC") }
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
