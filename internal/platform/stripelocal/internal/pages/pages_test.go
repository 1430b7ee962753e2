package pages

import (
	"bytes"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"lighttrends/internal/platform/stripelocal/internal/billing"
	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

func TestExpiryIsReadAsPeopleTypeIt(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]billing.Typed{
		"12/34": {Month: 12, Year: 2034}, "12 / 34": {Month: 12, Year: 2034}, "1234": {Month: 12, Year: 2034}, "134": {Month: 1, Year: 2034},
		"1/34": {Month: 1, Year: 2034}, "01/2034": {Month: 1, Year: 2034}, "01-34": {Month: 1, Year: 2034}, "": {}, "soon": {}, "1": {}, "12345": {}, "1234567": {},
	} {
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(url.Values{"expiry": {typed}, "number": {"4242"}, "cvc": {" 123 "}}.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		want.Number, want.CVC = "4242", "123"
		if got := typedCard(r); got != want {
			t.Errorf("%q: %+v, want %+v", typed, got, want)
		}
	}
}

func TestOnlyAPlainOriginMayFollowAForm(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"https://shop.example/ok?x=1": " https://shop.example", "http://127.0.0.1:8080/": " http://127.0.0.1:8080",
		"javascript:alert(1)": "", "": "", "https://a.example;script-src *": "", "://": "", "data:text/html,x": "",
	} {
		if got := originOf(address); got != want {
			t.Errorf("%q: %q, want %q", address, got, want)
		}
		if p := policy(originOf(address)); strings.Contains(p, "script-src") || strings.Count(p, ";") != 5 {
			t.Errorf("%q makes the rule %s", address, p)
		}
	}
}

func TestARefusalGoesToItsField(t *testing.T) {
	t.Parallel()
	for param, field := range map[string]string{"number": "number", "exp_month": "expiry", "exp_year": "expiry", "cvc": "cvc", "email": "email", "account": "account", "code": "code", "": "", "price": ""} {
		f := cardForm{}
		if err := f.refused(wire.Refuse("x", param, "Not so.")); err != nil {
			t.Fatal(err)
		}
		if field != "" && f.Errors[field] != "Not so." || field == "" && f.Error != "Not so." {
			t.Errorf("%q: %+v", param, f)
		}
	}
	f := cardForm{}
	broken := errors.New("broken")
	if err := f.refused(broken); !errors.Is(err, broken) {
		t.Error("a fault inside was shown to the payer")
	}
	if err := f.refused(&wire.Error{Status: 500, Message: "inside"}); err == nil || f.Error != "" {
		t.Error("an error of ours was shown to the payer")
	}
}

func TestEveryStatusHasATone(t *testing.T) {
	t.Parallel()
	for status, want := range map[string]string{"active": "good", "paid": "good", "past_due": "bad", "canceled": "bad", "given up": "bad", "incomplete": "wait", "open": "wait", "draft": "wait", "waiting": "wait"} {
		if got := tone(status); got != want {
			t.Errorf("%s is %s, want %s", status, got, want)
		}
	}
}

func TestTimesAndJSONAreShownOrNot(t *testing.T) {
	t.Parallel()
	if got := when(int64(0), "2 Jan 2006"); got != "–" {
		t.Errorf("no time is %q", got)
	}
	if got := when(object.Num(1706695200), "2 Jan 2006, 15:04"); got != "31 Jan 2024, 10:00" {
		t.Errorf("%q", got)
	}
	if got := pretty([]byte(`{"b":1,"a":[]}`)); got != "{\n  \"a\": [],\n  \"b\": 1\n}" {
		t.Errorf("%q", got)
	}
	if got := pretty([]byte(`{`)); got != "{" {
		t.Errorf("%q", got)
	}
}

func TestALongInvoiceTurnsItsPages(t *testing.T) {
	t.Parallel()
	in := &object.Invoice{Currency: "usd", Number: "A-0001", Status: "paid", Total: 5, CustomerName: `(Ann) \ Øre €5 ☃`}
	for i := range 90 {
		in.Lines.Data = append(in.Lines.Data, object.Line{Description: "Line " + strconv.Itoa(i), Amount: int64(i)})
	}
	raw := invoicePaper(invoiceView{Invoice: in, Off: 100, Used: -50}).bytes()
	pages := bytes.Count(raw, []byte("/Type /Page "))
	if pages < 3 {
		t.Errorf("%d pages", pages)
	}
	if !bytes.Contains(raw, []byte("/Count "+strconv.Itoa(pages))) {
		t.Error("the catalogue counts other pages")
	}
	if !bytes.Contains(raw, []byte(`\(Ann\) \\ `+"\xd8re \x805 ?")) {
		t.Error("a name with brackets is not escaped, or not in the font's encoding")
	}
	for _, m := range regexp.MustCompile(`/Length (\d+) >>\nstream\n`).FindAllSubmatchIndex(raw, -1) {
		length, _ := strconv.Atoi(string(raw[m[2]:m[3]]))
		if !bytes.HasPrefix(raw[m[1]+length:], []byte("endstream")) {
			t.Error("a stream is longer or shorter than it says")
		}
	}
	for _, m := range regexp.MustCompile(`Td \(`).FindAllIndex(raw, -1) {
		y := regexp.MustCompile(` (-?[\d.]+) Td`).FindSubmatch(raw[max(0, m[0]-30):m[1]])
		if at, _ := strconv.ParseFloat(string(y[1]), 64); at < 0 || at > 842 {
			t.Errorf("a line stands at %v, off the paper", at)
		}
	}
}

func TestEveryTemplateIsRead(t *testing.T) {
	t.Parallel()
	p, err := New(Config{PublicURL: "http://127.0.0.1/stripe/"})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"checkout", "confirm", "customer", "dashboard", "deliveries", "event", "events", "invoice", "message", "portal", "portal_cancel", "portal_card", "portal_plan"} {
		if p.views[name] == nil || p.views[name].Lookup("content") == nil {
			t.Errorf("there is no page %s", name)
		}
	}
	if p.prefix != "/stripe" || !regexp.MustCompile(`^/stripe/assets/local\.css\?v=[0-9a-f]{12}$`).MatchString(p.style) {
		t.Errorf("prefix %q, stylesheet %q", p.prefix, p.style)
	}
}
