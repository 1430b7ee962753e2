package app

import (
	"encoding/json"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/pquerna/otp/totp"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/domain/identity/devicetest"
	"lighttrends/internal/domain/library"
	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db/dbtest"
)

func newReplay(t *testing.T, e dbtest.Engine, name string) *replay {
	t.Helper()
	cfg := houseConfig(t, e)
	cfg.FrontEnds = []string{"https://www.example.com"}
	if name == adminDocument {
		cfg.BaseURL = strings.Replace(cfg.BaseURL, "127.0.0.1", "localhost", 1) // passkeys want a name
		cfg.WebhookAllowedTargets = []string{"127.0.0.1"}
	}
	r := &replay{
		t: t, h: reopenHouse(t, cfg), name: name, doc: must(documented()[name].Document()), book: book(t, name),
		values: map[string]string{}, people: map[string]*visitor{}, desk: map[string]*visitor{},
	}
	r.furnish()
	switch name {
	case contentDocument:
		r.key = r.h.contentKey(t)
	case memberDocument:
		secret, _, err := r.h.identity.CreateKey(r.h.staff, identity.CreateKey{Name: "front end", Scopes: []identity.Scope{identity.ScopeContentRead}, FrontEnd: identity.FrontEnd{ReturnAddresses: []string{"https://www.example.com/"}}})
		if err != nil {
			t.Fatal(err)
		}
		r.values["key"], r.values["server"] = secret, r.h.serverKey(t)
	case adminDocument:
		r.furnishDesk()
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
	r.billed(r.people["reader"])
}

// furnishDesk adds what only the desk sees: colleagues, a letter, a present
// that was sold, what was read, and somebody to call.
func (r *replay) furnishDesk() {
	h, t := r.h, r.t
	r.key = h.adminKey(t)
	for _, x := range []struct {
		name string
		role identity.Role
	}{{"Olga", identity.Owner}, {"Emma", identity.Editor}, {"Ben", identity.Analyst}} {
		c, as := h.colleague(t, x.name, x.role), strings.ToLower(x.name)
		r.desk[as], r.values[as] = c.visitor, c.staff.ID.String()
	}
	r.desk["owner"], r.values["fresh"] = r.desk["olga"], r.people["fresh"].id.String()
	_, app := r.desk["ben"].call("POST", "/me/totp", "")
	r.desk["ben"].call("PUT", "/me/totp", `{"code":"`+must(totp.GenerateCode(app["secret"].(string), time.Now()))+`"}`)
	r.phone = devicetest.New(h.cfg.BaseURL)
	must(h.billing.ChangeSalesRules(h.staff, func(s *billing.SalesRules) { s.Gifts = true }))
	err := h.publication.Receive(t.Context(), publication.Letter{
		Name: "Mary Ash", Email: "mary@example.com", Company: "Ash Films", Subject: "Seats for a lab", Message: "Do you sell ten seats to one laboratory?", Consent: true, ClientAddress: "192.0.2.7",
	})
	if err != nil {
		t.Fatal(err)
	}
	r.reads()
	must(h.identity.SuspectSharing(h.staff, r.people["reader"].id, 7, 0))
	receiver := httptest.NewServer(http.HandlerFunc(r.receive))
	t.Cleanup(receiver.Close)
	r.values["receiver"] = receiver.URL + "/lighttrends"
	now := time.Now().UTC()
	r.values["month"], r.values["yesterday"], r.values["tomorrow"] = now.Format("2006-01"), now.AddDate(0, 0, -1).Format(time.DateOnly), now.AddDate(0, 0, 1).Format(time.DateOnly)
	eventually(t, "the comparison with Stripe that runs by itself", func() bool { return len(must(h.billing.Reconciliations(h.staff, 1))) > 0 })
	r.settle()
}

// reads lets the subscriber open a note, take a copy of it and have an
// assistant read it, and somebody else buy a present.
func (r *replay) reads() {
	h, t, reader := r.h, r.t, r.people["reader"]
	const page = "/notes/what-a-quiet-quarter-hides"
	reader.get(page, "User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0")
	_, copied := reader.copied(page + "/copy.pdf")
	r.values["serial"] = serialOnPage.FindStringSubmatch(copied)[1]
	as := actor.With(t.Context(), actor.Actor{Kind: actor.Member, ID: reader.id})
	must(h.reading.Record(as, library.Use{Member: reader.id, Note: uuid.MustParse(r.values["note1"]), Surface: "mcp", Version: 1, Words: 9}, library.UsageCaps{Notes: 50, Words: 50000}))
	if err := h.readership.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	giver := r.people["free"]
	giver.paysFor(t, "/gift", url.Values{
		"choice": {"reader.3"}, "recipient": {"bo@example.com"}, "recipient_name": {"Bo"}, "giver_name": {"Linus"}, "deliver_at": {time.Now().AddDate(0, 1, 0).Format(time.DateOnly)},
	}, "/gift/return")
	r.billed(giver)
}

// billed waits until Stripe has told of somebody's bill.
func (r *replay) billed(who *visitor) {
	r.t.Helper()
	eventually(r.t, "the bill", func() bool {
		b, err := r.h.billing.Bills(r.h.staff, who.id, uuid.Nil)
		return err == nil && len(b.Items) > 0
	})
}

// receive is the other system that webhooks call. What comes a second time
// waits until the request is answered that sent it again: until then it is on
// its way.
func (r *replay) receive(w http.ResponseWriter, q *http.Request) {
	if !r.arrives(q.Header.Get("Webhook-Id")) {
		r.held.Lock()
		defer r.held.Unlock()
	}
	w.WriteHeader(http.StatusNoContent)
}

func (r *replay) arrives(id string) (first bool) {
	_, known := r.seen.LoadOrStore(id, true)
	return !known
}

// settle waits until no job is due.
func (r *replay) settle() {
	r.t.Helper()
	eventually(r.t, "the jobs are done", func() bool {
		d, err := r.h.db.Health(r.h.staff)
		return err == nil && d.Queued+d.Running == 0
	})
}

// file is a file that an example sends.
func (r *replay) file(name string) string {
	r.t.Helper()
	switch name {
	case "stand.png", "stand-2.png":
		picture := image.NewGray(image.Rect(0, 0, 640, 400))
		for i := range picture.Pix {
			picture.Pix[i] = byte(i % 640 / 3)
		}
		picture.SetGray(0, 0, color.Gray{byte(len(name))})
		var out strings.Builder
		if err := png.Encode(&out, picture); err != nil {
			r.t.Fatal(err)
		}
		return out.String()
	case "prices.csv":
		return "month,price\n2025-06,12.40\n2025-07,12.40\n"
	case "prices-2.csv":
		return "month,price\n2025-06,12.40\n2025-07,12.40\n2025-08,12.10\n"
	case "sources.csv":
		return "source,day\nForeign trade office,2025-07-01\n"
	case "ghost.json":
		posts := ghostExport(ghostPost("p1", "film-prices", "<p>Prices held.</p>", ""), ghostPost("p2", "contact", "<p>Write to us.</p>", `,"type":"page"`))
		return strings.NewReplacer("About film-prices", "Film prices", "About contact", "Contact").Replace(posts)
	}
	r.t.Fatalf("there is no file %s", name)
	return ""
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
		case "invited":
			r.values[name] = r.mailed("nora@desk.example", "invitations")
		case "reset":
			r.values[name] = r.mailed("ben@desk.example", "password-resets")
		case "totp":
			return must(totp.GenerateCode(r.values["app"], time.Now()))
		case "new_passkey":
			return string(must(r.phone.Create(json.RawMessage(r.values["creation"]))))
		case "passkey_answer":
			return string(must(r.phone.Get(json.RawMessage(r.values["question"]))))
		}
		if r.values[name] == "" {
			r.t.Errorf("nobody has said what {{%s}} is", name)
		}
		return r.values[name]
	})
}

var quotedPrintable = strings.NewReplacer("=\r\n", "", "=3D", "=")

// mailed is the token of the link in a letter to a colleague.
func (r *replay) mailed(email, page string) string {
	r.t.Helper()
	link := regexp.MustCompile(`/desk/` + page + `/([A-Za-z0-9_.~%-]+)`)
	return link.FindStringSubmatch(quotedPrintable.Replace(r.h.letter(r.t, email, "/desk/"+page)))[1]
}

var signInLink = regexp.MustCompile(`/sign-in/link/[A-Za-z0-9_-]+`)

// presses opens the link in somebody's mail and presses the button, which
// leads to the front end with a code.
func (r *replay) presses(email string) string {
	r.t.Helper()
	r.h.letter(r.t, email, "sign-in")
	path := signInLink.FindString(quotedPrintable.Replace(r.h.signInLetters(r.t, email)[0]))
	resp, body := r.h.stranger(r.t).post(path, url.Values{})
	back, err := resp.Location()
	if err != nil {
		r.t.Fatalf("%s leads nowhere: %d %s", path, resp.StatusCode, body)
	}
	return back.Query().Get("code")
}
