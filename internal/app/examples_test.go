package app

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/db/dbtest"
	"lighttrends/internal/surface/reference"
)

// rewriteExamples writes down what the server answers today:
//
//	go test ./internal/app -run TestExamples -rewrite-examples
//
// Read the difference before it is committed: it is what integrators see.
var rewriteExamples = flag.Bool("rewrite-examples", false, "write the answers of the examples anew")

// TestExamplesAreAnsweredAsWritten replays every example of the documents, in
// their order, and holds each answer to what is written: its status, and
// everything in it that is the same on every server.
func TestExamplesAreAnsweredAsWritten(t *testing.T) {
	t.Parallel()
	for _, name := range []string{contentDocument, memberDocument, adminDocument} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, e dbtest.Engine) { newReplay(t, e, name).all() })
		})
	}
}

// TestEveryOperationHasAnExample holds the promise for the two APIs that front
// ends use, and for the main part of the third.
func TestEveryOperationHasAnExample(t *testing.T) {
	t.Parallel()
	for name, api := range documented() {
		shown := map[string]bool{}
		for _, e := range must(reference.Examples(name)).Examples {
			shown[e.Operation] = true
		}
		missing := 0
		for _, o := range reference.Operations(must(api.Document())) {
			if shown[o.OperationID] {
				continue
			}
			if missing++; name != adminDocument {
				t.Errorf("%s: %s has no example: add one to internal/surface/reference/examples/%s.txt", name, o.OperationID, name)
			}
		}
		if name == adminDocument && len(shown) < 45 {
			t.Errorf("only %d operations of the Admin API have an example", len(shown))
		}
		t.Logf("%s: %d operations have examples, %d have none", name, len(shown), missing)
	}
}

// replay sends the examples of one API to a house that holds what they speak
// of.
type replay struct {
	t      *testing.T
	h      *house
	name   string
	doc    *huma.OpenAPI
	book   *reference.Book
	people map[string]*visitor
	key    string
	owner  *visitor // at the desk, for what no key may do
	values map[string]string
}

func newReplay(t *testing.T, e dbtest.Engine, name string) *replay {
	t.Helper()
	cfg := houseConfig(t, e)
	cfg.FrontEnds = []string{"https://www.example.com"}
	h := reopenHouse(t, cfg)
	r := &replay{t: t, h: h, name: name, doc: must(documented()[name].Document()), book: must(reference.Examples(name)), values: map[string]string{}, people: map[string]*visitor{}}
	r.furnish()
	switch name {
	case contentDocument:
		r.key = h.contentKey(t)
	case memberDocument:
		secret, _, err := h.identity.CreateKey(h.staff, identity.CreateKey{Name: "front end", Scopes: []identity.Scope{identity.ScopeContentRead}, FrontEnd: identity.FrontEnd{ReturnAddresses: []string{"https://www.example.com/"}}})
		if err != nil {
			t.Fatal(err)
		}
		r.values["key"] = secret
	case adminDocument:
		r.key, r.owner = h.adminKey(t), h.colleague(t, "Olga", identity.Owner).visitor
	}
	return r
}

// furnish fills the house: two plans, a series with an issue, a topic, an
// analyst, three notes, and members.
func (r *replay) furnish() {
	h, t := r.h, r.t
	h.plan(t, "reader", 0)
	h.plan(t, "desk", 1)
	must(h.billing.ChangePolicy(h.staff, func(p *billing.Policy) { p.PauseMonths = 2 }))
	must(h.desk.PutTopic(h.staff, content.Label{Slug: "film-foundries", Name: "Film Foundries", Description: "Who makes thin films, and how much."}))
	must(h.desk.PutAuthor(h.staff, content.Label{Slug: "ada-lind", Name: "Ada Lind", Role: "Film foundries"}))
	must(h.desk.PutSeries(h.staff, content.Label{Slug: "monthly", Name: "The Monthly"}))
	must(h.desk.PutIssue(h.staff, content.IssueInput{Series: "monthly", Label: "July 2025", Title: "A quiet quarter"}))
	body := "Orders fell by a fifth.\n\n<!-- paywall -->\n\n## Why prices held\n\nThree suppliers stopped quoting.\n"
	for i, in := range []content.Input{
		{Title: "What a quiet quarter hides", Abstract: "Orders fell. Prices did not.", Gate: access.Paid},
		{Title: "How foundries count", Abstract: "A note on the figures we use.", Gate: access.Public},
		{Title: "Capacity by the square metre", Abstract: "Nine lines, five of them booked.", Gate: access.Paid},
	} {
		in.Kind, in.Topics, in.Authors, in.Body = "research-note", []string{"film-foundries"}, []string{"ada-lind"}, body
		if i == 0 {
			in.Series, in.Issue = "monthly", "2025-07"
		}
		v := must(h.desk.Create(h.staff, in))
		must(h.desk.Publish(h.staff, v.Note.ID, content.Publish{At: time.Date(2025, 7, 15-i, 9, 0, 0, 0, time.UTC)}))
		r.values["note"+strconv.Itoa(i+1)] = v.Note.ID.String()
		if i == 2 {
			must(h.billing.PriceNote(h.staff, v.Note.ID, 900, "usd"))
		}
	}
	r.people["reader"] = h.subscriber(t, "grace@example.com", "reader")
	r.people["free"], r.people["fresh"] = h.member(t, "linus@example.com"), h.member(t, "joan@example.com")
	r.values["member"], r.values["reader"] = r.people["free"].id.String(), r.people["reader"].id.String()
	eventually(t, "the bill", func() bool {
		b, err := h.billing.Bills(h.staff, r.people["reader"].id, uuid.Nil)
		return err == nil && len(b.Items) > 0
	})
}

func (r *replay) all() {
	for _, e := range r.book.Examples {
		r.one(e)
	}
	if *rewriteExamples && !r.t.Failed() {
		if err := os.WriteFile("../surface/reference/examples/"+r.name+".txt", []byte(r.book.String()), 0o600); err != nil {
			r.t.Fatal(err)
		}
	}
}

func (r *replay) one(e *reference.Example) {
	r.t.Helper()
	resp, body := r.send(e)
	if resp.StatusCode != e.Status {
		r.t.Errorf("%s, %q: %d, not %d: %s", e.Operation, e.Title, resp.StatusCode, e.Status, body)
		return
	}
	if !strings.Contains(resp.Header.Get("Content-Type"), "json") || body == "" {
		if e.Answer != "" {
			r.t.Errorf("%s: there is no JSON", e.Operation)
		}
		return
	}
	r.fits(e, body)
	r.keep(e, body)
	if *rewriteExamples {
		e.Answer = r.general(body)
	} else if diff := cmp.Diff(e.Answer, r.general(body)); diff != "" {
		r.t.Errorf("%s, %q: the server answers otherwise (-rewrite-examples writes it down):\n%s", e.Operation, e.Title, diff)
	}
}

// fits holds an answer to the schema that is documented for it.
func (r *replay) fits(e *reference.Example, body string) {
	r.t.Helper()
	var value any
	if err := json.Unmarshal([]byte(body), &value); err != nil {
		r.t.Fatal(err)
	}
	for _, o := range reference.Operations(r.doc) {
		if o.OperationID != e.Operation {
			continue
		}
		answer := o.Responses[strconv.Itoa(e.Status)]
		if answer == nil {
			r.t.Errorf("%s: %d is not documented", e.Operation, e.Status)
			return
		}
		for _, m := range answer.Content {
			for _, err := range narrowed(o, valid(r.doc, m.Schema, value, huma.ModeReadFromServer)) {
				r.t.Errorf("%s, %q: the answer is not as documented: %v", e.Operation, e.Title, err)
			}
		}
	}
}

func (r *replay) send(e *reference.Example) (*http.Response, string) {
	r.t.Helper()
	header := []string{"Accept", "application/json"}
	who := r.h.stranger(r.t)
	as, _, _ := strings.Cut(e.As, ",")
	if as == "" && r.name == memberDocument {
		as = "reader"
	}
	switch {
	case r.name == contentDocument:
		header = append(header, "X-Api-Key", r.key)
	case as == "owner":
		who, header = r.owner, append(header, "Sec-Fetch-Site", "same-origin")
	case r.name == adminDocument && as != "nobody":
		header = append(header, "Authorization", "Bearer "+r.key)
	}
	if p := r.people[as]; p != nil {
		header = append(header, "Authorization", "Bearer "+p.token)
	}
	for _, line := range e.Header {
		name, value, _ := strings.Cut(r.fill(line), ": ")
		header = append(header, name, value)
	}
	if e.Body != "" {
		header = append(header, "Content-Type", "application/json")
	}
	return who.send(e.Method, "/api/"+r.name+"/v1"+r.fill(e.Path), strings.NewReader(r.fill(e.Body)), header...)
}

var placeholder = regexp.MustCompile(`\{\{([a-z0-9_]+)\}\}`)

// fill puts what this house has in place of the names.
func (r *replay) fill(text string) string {
	return placeholder.ReplaceAllStringFunc(text, func(m string) string {
		name := m[2 : len(m)-2]
		switch name {
		case "code":
			var letters []string
			eventually(r.t, "the letter with the code", func() bool {
				letters = r.h.signInLetters(r.t, "ada@example.com")
				return len(letters) > 0
			})
			return sixDigits.FindString(letters[0])
		case "returned":
			if r.values[name] == "" {
				r.values[name] = r.presses("mary@example.com")
			}
		case "base":
			return r.h.cfg.BaseURL
		}
		if r.values[name] == "" {
			r.t.Errorf("nobody has said what {{%s}} is", name)
		}
		return r.values[name]
	})
}

var signInLink = regexp.MustCompile(`/sign-in/link/[A-Za-z0-9_-]+`)

// presses opens the link in somebody's mail and presses the button, which
// leads to the front end with a code.
func (r *replay) presses(email string) string {
	r.t.Helper()
	r.h.letter(r.t, email, "sign-in")
	path := signInLink.FindString(strings.ReplaceAll(strings.ReplaceAll(r.h.signInLetters(r.t, email)[0], "=\r\n", ""), "=3D", "="))
	resp, body := r.h.stranger(r.t).post(path, url.Values{})
	back, err := resp.Location()
	if err != nil {
		r.t.Fatalf("%s leads nowhere: %d %s", path, resp.StatusCode, body)
	}
	return back.Query().Get("code")
}

// keep remembers parts of an answer for the examples that follow.
func (r *replay) keep(e *reference.Example, body string) {
	r.t.Helper()
	for _, k := range e.Keep {
		name, path, _ := strings.Cut(k, "=")
		var v any
		if err := json.Unmarshal([]byte(body), &v); err != nil {
			r.t.Fatal(err)
		}
		for part := range strings.SplitSeq(path, ".") {
			switch x := v.(type) {
			case map[string]any:
				v = x[part]
			case []any:
				i, err := strconv.Atoi(part)
				if err != nil || i >= len(x) {
					r.t.Fatalf("%s: there is no %s in %s", e.Operation, path, body)
				}
				v = x[i]
			}
		}
		text := fmt.Sprint(v)
		if u, err := url.Parse(text); err == nil && u.Host != "" { // of an address, what names it
			text = text[strings.LastIndex(text, "/")+1:]
		}
		if v == nil || text == "" {
			r.t.Fatalf("%s: there is no %s in %s", e.Operation, path, body)
		}
		r.values[name] = text
	}
}

// general writes an answer without what only this house has.
func (r *replay) general(body string) string {
	dec := json.NewDecoder(strings.NewReader(body))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		r.t.Fatal(err)
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	g := generalizer{r: r, ids: map[string]string{}}
	if err := enc.Encode(g.value("", v)); err != nil {
		r.t.Fatal(err)
	}
	return strings.TrimSpace(out.String())
}

type generalizer struct {
	r   *replay
	ids map[string]string
}

// passing are numbers that depend on the moment.
var passing = map[string]json.Number{"took_ms": "84", "due": "1230", "remaining": "1230", "amount": "", "expires_in": "900"}

func (g *generalizer) value(key string, v any) any {
	switch v := v.(type) {
	case map[string]any:
		delete(v, "looked_at") // a job looks when it comes to it,
		if _, is := v["mirrored"]; is {
			v["mirrored"] = true // and one brings offers to Stripe
		}
		for _, k := range slices.Sorted(maps.Keys(v)) {
			v[k] = g.value(k, v[k])
		}
		return v
	case []any:
		for i := range v {
			v[i] = g.value(key, v[i])
		}
		return v
	case string:
		return g.text(key, v)
	case json.Number:
		if n := passing[key]; n != "" && v != "0" {
			return n
		}
	}
	return v
}

var (
	someID     = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
	someTime   = regexp.MustCompile(`^20[2-9]\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$`)
	someDay    = regexp.MustCompile(`^20[2-9]\d-\d\d-\d\d$`)
	dayInWords = regexp.MustCompile(`\b\d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) 20(2[6-9]|[3-9]\d)\b`)
	someStripe = regexp.MustCompile(`\b(cs_test|in|sub|cus|pi|ch|re|price|bps|si)_[A-Za-z0-9_]{6,}`)
	someSecret = regexp.MustCompile(`whsec_[A-Za-z0-9+/=]+|(?:lt_[a-z]+_|lt[apr]_)?[A-Za-z0-9_-]{24,}`)
	someKey    = regexp.MustCompile(`^(lt_[a-z]+_|ltp_)\w{4}$`)
	someNumber = regexp.MustCompile(`\b[A-Z0-9]{8}-\d{4}\b`)
)

func (g *generalizer) text(key, s string) string {
	switch {
	case strings.HasPrefix(s, "2025-07") && len(s) > 7: // the notes' own dates
		return s
	case someTime.MatchString(s):
		return "2026-07-13T09:00:00Z"
	case someDay.MatchString(s):
		return "2026-07-13"
	}
	for _, name := range slices.Sorted(maps.Keys(g.r.values)) {
		if v := g.r.values[name]; len(v) > 8 {
			s = strings.ReplaceAll(s, v, "{{"+name+"}}")
		}
	}
	s = strings.ReplaceAll(s, g.r.h.cfg.BaseURL, "https://notes.example.com")
	s = strings.ReplaceAll(s, g.r.h.cfg.DemoURL, "https://checkout.stripe.com")
	s = someID.ReplaceAllStringFunc(s, func(id string) string {
		if g.ids[id] == "" {
			g.ids[id] = fmt.Sprintf("0198a4c2-7f00-7000-8000-%012d", len(g.ids)+1)
		}
		return g.ids[id]
	})
	s = dayInWords.ReplaceAllString(s, "13 Jul 2026")
	s = someStripe.ReplaceAllString(s, "${1}_1Qz8Kd2eZvKYlo2C")
	s = someKey.ReplaceAllString(s, "${1}b7Yt")
	s = someNumber.ReplaceAllString(s, "7F3A91C2-0001")
	if html := strings.ContainsAny(s, "< "); !html && !strings.Contains(s, "{{") && !strings.HasPrefix(s, "0198a4c2") {
		s = someSecret.ReplaceAllStringFunc(s, func(secret string) string {
			if !strings.ContainsAny(secret, "0123456789") || strings.ToLower(secret) == secret && !strings.Contains(key, "tag") {
				return secret
			}
			kind := ""
			for _, p := range []string{"lt_content_", "lt_admin_", "lta_", "ltp_", "ltr_", "whsec_"} {
				if strings.HasPrefix(secret, p) {
					kind = p
				}
			}
			return kind + "b7Yt2KqX9mRz4LwN8vGs"
		})
	}
	return strings.NewReplacer("127.0.0.1", "192.0.2.7", "127.0.0.0", "192.0.2.0").Replace(s)
}
