package portal

import (
	"fmt"
	"io"
	"reflect"
	"strings"
	"time"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/phrase"
)

// CheckTheme tells what is wrong with a theme's folder, in words that name the
// template and the line; nil when nothing is.
func CheckTheme(dir string) error {
	_, err := dressIn(dir)
	return err
}

// dressIn lays a theme over the built-in templates and tries every page in
// every language that is shipped.
func dressIn(dir string) (*dress, error) {
	if dir == "" {
		return newDress(nil)
	}
	own, err := readTheme(dir)
	if err != nil {
		return nil, fmt.Errorf("theme: %w", err)
	}
	d, err := newDress(own)
	if err != nil {
		return nil, fmt.Errorf("theme: %w", plainly(err))
	}
	plain, err := newDress(nil)
	if err != nil {
		return nil, err
	}
	for _, l := range phrase.Shipped() {
		if err := d.tryAll(plain, l); err != nil {
			return nil, fmt.Errorf("theme: %w", plainly(err))
		}
	}
	d.sets.Clear() // the languages that are not spoken need no templates
	return d, nil
}

// plainly takes the library's own words off an error, which leaves the file,
// the line and what is wrong there.
func plainly(err error) error {
	text := err.Error()
	for _, prefix := range []string{"portal: ", "html/template:", "template: "} {
		text = strings.TrimPrefix(text, prefix)
	}
	return fmt.Errorf("%s", text) //nolint:err113 // read by people only
}

// tryAll executes every page with invented data. What the built-in template of
// a page cannot show either is not asked of the theme's: it does not occur.
func (d *dress) tryAll(plain *dress, l *phrase.Language) error {
	mine, err := d.in(l)
	if err != nil {
		return err
	}
	built, err := plain.in(l)
	if err != nil {
		return err
	}
	known := samples()
	for name := range built {
		main := known[name]
		for _, yes := range []bool{true, false} {
			for _, full := range []bool{true, false} {
				pg := samplePage(l, main, yes, full)
				if execute(built, name, pg) != nil {
					continue
				}
				if err := execute(mine, name, pg); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// execute draws a page into nothing. A method that cannot bear invented data
// fails like a template.
func execute(set views, name string, pg *page) (err error) {
	defer func() {
		if x := recover(); x != nil {
			err = fmt.Errorf("%s.html: %v", name, x)
		}
	}()
	return set[name].Execute(io.Discard, pg)
}

// samples are what pages show, without content. Of a page that is not among
// them only what stands around its main part is tried.
func samples() map[string]any {
	return map[string]any{
		"archive": archiveView{}, "contact": contactView{}, "contact_thanks": contactView{}, "error": errorView{}, "home": homeView{},
		"issue": issuePage{issueView: &issueView{Issue: &content.Issue{}, Series: &content.Series{}}}, "issues": issuesView{}, "listing": listing{}, "month": monthView{}, "note": noteView{},
		"own_page": ownPageView{}, "plan_archived": notSoldView{}, "plans": plansView{}, "search": searchView{}, "sign_in": signInView{},
		"topics": []*content.Topic(nil), "authors": []*content.Author(nil),
	}
}

// samplePage invents a page: yes is every truth in it, full fills its lists and
// pointers.
func samplePage(l *phrase.Language, main any, yes, full bool) *page {
	if main != nil {
		filled := reflect.New(reflect.TypeOf(main)).Elem()
		filled.Set(reflect.ValueOf(main))
		invent(filled, yes, full, 0)
		main = filled.Interface()
	}
	return &page{
		Site:     publication.Profile{Name: "Sample", Tagline: "Sample", Pages: []publication.Page{{Slug: "terms", Title: "Terms", HTML: "<p>Sample</p>"}}},
		Language: l, BaseURL: "http://localhost", Path: "/", Title: "Sample", Signed: yes, Main: main,
	}
}

// invent fills a value, and what hangs on it, a few steps deep: types may hold
// themselves.
func invent(v reflect.Value, yes, full bool, depth int) {
	if v.Kind() == reflect.Struct && depth <= 6 && !v.CanSet() { // embedded: its own fields may be set
		inventFields(v, yes, full, depth)
		return
	}
	if v.Kind() == reflect.Pointer && !v.IsNil() {
		invent(v.Elem(), yes, full, depth+1)
		return
	}
	if !v.CanSet() || depth > 6 {
		return
	}
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(yes)
	case reflect.String:
		v.SetString("sample")
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(2)
	case reflect.Float32, reflect.Float64:
		v.SetFloat(2)
	case reflect.Pointer:
		if full || depth < 2 && v.Type().Elem().Kind() == reflect.Struct {
			v.Set(reflect.New(v.Type().Elem()))
			invent(v.Elem(), yes, full, depth+1)
		}
	case reflect.Slice:
		if full {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			invent(v.Index(0), yes, full, depth+1)
		}
	case reflect.Array:
		for i := range v.Len() {
			invent(v.Index(i), yes, full, depth+1)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.Date(2026, 7, 1, 9, 0, 0, 0, time.UTC)))
			return
		}
		inventFields(v, yes, full, depth)
	default: // maps, functions and interfaces stay empty
	}
}

func inventFields(v reflect.Value, yes, full bool, depth int) {
	for i := range v.NumField() {
		invent(v.Field(i), yes, full, depth+1)
	}
}
