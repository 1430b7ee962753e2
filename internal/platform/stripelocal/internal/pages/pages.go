package pages

import (
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/stripelocal/internal/billing"
	"lighttrends/internal/platform/stripelocal/internal/book"
	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

//go:embed templates assets
var files embed.FS

// maxForm is the largest form that is read, in bytes.
const maxForm = 64 << 10

// Config is what the pages stand on.
type Config struct {
	Book      *book.Book
	Rules     *billing.Rules
	Clock     clock.Clock
	Log       *slog.Logger
	PublicURL string
	// Moved is called after something that may have sent a clock on its way.
	Moved func()
}

// Pages is the handler for everything but the API.
type Pages struct {
	cfg    Config
	prefix string // path of the public address, without a slash at its end
	style  string // address of the stylesheet, which changes with its content
	views  map[string]*template.Template
	mux    *http.ServeMux
}

// New reads the templates.
func New(cfg Config) (*Pages, error) {
	u, err := url.Parse(cfg.PublicURL)
	if err != nil {
		return nil, err
	}
	p := &Pages{cfg: cfg, prefix: strings.TrimRight(u.Path, "/"), views: map[string]*template.Template{}, mux: http.NewServeMux()}
	sheet, err := fs.ReadFile(files, "assets/local.css")
	if err != nil {
		return nil, err
	}
	p.style = fmt.Sprintf("%s/assets/local.css?v=%x", p.prefix, sha256.Sum256(sheet))[:len(p.prefix)+len("/assets/local.css?v=")+12]
	names, err := fs.Glob(files, "templates/*.html")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		short := strings.TrimSuffix(strings.TrimPrefix(name, "templates/"), ".html")
		p.views[short], err = template.New("layout.html").Funcs(p.funcs()).ParseFS(files, "templates/layout.html", "templates/parts.html", name)
		if err != nil {
			return nil, err
		}
	}
	p.routes()
	return p, nil
}

// page is one address: what it does returns an error for the page of errors.
type page func(w http.ResponseWriter, r *http.Request) error

func (p *Pages) routes() {
	assets, _ := fs.Sub(files, "assets") // the directory is embedded
	p.mux.Handle("GET /assets/", http.StripPrefix("/assets/", cached(http.FileServerFS(assets))))
	for route, do := range map[string]page{
		"GET /{$}":                          p.dashboard,
		"GET /customers/{id}":               p.customer,
		"POST /customers/{id}/fail":         p.failNext,
		"POST /customers/{id}/portal":       p.openPortal,
		"GET /events":                       p.events,
		"GET /events/{id}":                  p.event,
		"GET /deliveries":                   p.deliveries,
		"POST /deliveries/{id}/again":       p.sendAgain,
		"POST /clocks/{id}/advance":         p.advance,
		"POST /webhooks":                    p.refuseWebhooks,
		"POST /payments/{id}/decide":        p.decide,
		"GET /checkout/{id}":                p.checkout,
		"POST /checkout/{id}":               p.pay,
		"POST /checkout/{id}/code":          p.useCode,
		"GET /checkout/{id}/confirm":        p.confirm,
		"POST /checkout/{id}/confirm":       p.answerConfirm,
		"GET /portal/{token}":               p.portal,
		"GET /portal/{token}/card":          p.portalCard,
		"POST /portal/{token}/card":         p.saveCard,
		"GET /portal/{token}/{sub}/plan":    p.portalPlan,
		"POST /portal/{token}/{sub}/plan":   p.changePlan,
		"GET /portal/{token}/{sub}/cancel":  p.portalCancel,
		"POST /portal/{token}/{sub}/cancel": p.cancelPlan,
		"POST /portal/{token}/{sub}/keep":   p.keepPlan,
		"GET /invoice/{token}":              p.invoice,
		"POST /invoice/{token}":             p.payInvoice,
		"GET /invoice/{token}/pdf":          p.invoicePDF,
		"GET /invoice/{token}/receipt":      p.receipt,
		"POST /charges/{id}/refund":         p.refund,
		"POST /charges/{id}/dispute":        p.dispute,
		"POST /disputes/{id}/decide":        p.decideDispute,
	} {
		p.mux.HandleFunc(route, p.serve(do))
	}
	p.mux.HandleFunc("/", p.serve(func(http.ResponseWriter, *http.Request) error { return wire.Missing("page", "", "id") }))
}

// ServeHTTP implements http.Handler.
func (p *Pages) ServeHTTP(w http.ResponseWriter, r *http.Request) { p.mux.ServeHTTP(w, r) }

// serve sets the headers every page has, bounds the form and shows errors.
func (p *Pages) serve(do page) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy(""))
		h.Set("Cache-Control", "private, no-store")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("X-Content-Type-Options", "nosniff")
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		if err := r.ParseForm(); err != nil {
			p.fail(w, r, wire.Refuse("", "", "The form could not be read."))
			return
		}
		if err := do(w, r); err != nil {
			p.fail(w, r, err)
		}
	}
}

// policy allows nothing but the own stylesheet. A form may lead on to one
// more origin: browsers hold the redirect after it against this rule too.
func policy(onward string) string {
	return "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'" + onward
}

// originOf is where a payment page may lead on to.
func originOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || strings.ContainsAny(u.Host, " ;,'\"") {
		return ""
	}
	return " " + u.Scheme + "://" + u.Host
}

func cached(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "public, max-age=86400")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		next.ServeHTTP(w, r)
	})
}

// show renders a page as a whole before the first byte goes out.
func (p *Pages) show(w http.ResponseWriter, status int, name, title string, data any) error {
	var out bytes.Buffer
	if err := p.views[name].Execute(&out, frame{Title: title, Name: name, Data: data}); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(out.Bytes()) // the reader may be gone
	return nil
}

// frame is what the layout takes.
type frame struct {
	Title, Name string
	Data        any
}

// fail shows a refusal, or a page that tells nothing when something broke.
func (p *Pages) fail(w http.ResponseWriter, r *http.Request, err error) {
	status, text := http.StatusInternalServerError, "Something went wrong in the local stand-in. See its log."
	var refused *wire.Error
	switch {
	case errors.As(err, &refused) && refused.Status == http.StatusNotFound:
		status, text = http.StatusNotFound, "There is nothing at this address. It may have expired."
	case errors.As(err, &refused):
		status, text = http.StatusUnprocessableEntity, refused.Message
	default:
		p.cfg.Log.Error("stripelocal: page failed", "method", r.Method, "path", r.URL.Path, "error", err)
	}
	if err := p.show(w, status, "message", "Sorry", message{Text: text}); err != nil {
		p.cfg.Log.Error("stripelocal: page of errors failed", "error", err)
	}
}

type message struct {
	Text, Link, LinkText string
}

// look runs fn on a unit that reads.
func (p *Pages) look(ctx context.Context, fn func(*billing.Unit) error) error {
	u, err := p.cfg.Rules.Begin(p.cfg.Book.Read(ctx), object.EventRequest{})
	if err != nil {
		return err
	}
	return fn(u)
}

// change runs fn on a unit in a transaction. A refusal that keeps its traces
// comes back after they are kept.
func (p *Pages) change(ctx context.Context, fn func(*billing.Unit) error) error {
	var kept error
	err := p.cfg.Book.Write(context.WithoutCancel(ctx), func(tx *book.Tx) error {
		u, err := p.cfg.Rules.Begin(tx, object.EventRequest{})
		if err != nil {
			return err
		}
		err = fn(u)
		var refused *wire.Error
		if errors.As(err, &refused) && refused.Keep {
			kept, err = refused, nil
		}
		return err
	})
	if p.cfg.Moved != nil {
		p.cfg.Moved()
	}
	return errors.Join(err, kept)
}

// leave sends the browser on after a form.
func (p *Pages) leave(w http.ResponseWriter, r *http.Request, path string) error {
	http.Redirect(w, r, p.prefix+path, http.StatusSeeOther) //nolint:gosec // below our own prefix
	return nil
}
