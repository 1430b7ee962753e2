package billing_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
	"lighttrends/internal/platform/db/dbtest"
)

// TestTheWayBackIsOurs: Stripe's page leads on to the portal and to front ends
// that the configuration or the content key names, and nowhere else.
func TestTheWayBackIsOurs(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		s.office.FrontEnds = []string{"https://www.firm.example", "http://127.0.0.1:3000"}
		s.sell(research())
		m, note := s.member(), uuid.New()
		must[*billing.NotePrice](t)(s.office.PriceNote(owner(t.Context()), note, 900, "eur"))
		ways := []string{"https://shop.firm.example/thanks", "https://shop.firm.example/buy/"}
		way := func(to string) (success, cancel any, err error) {
			in := wish(m)
			in.ReturnTo, in.Ways = to, ways
			page, err := s.office.StartCheckout(t.Context(), in)
			if err != nil {
				return nil, nil, err
			}
			doc := s.call(http.MethodGet, "/v1/checkout/sessions/"+page[strings.LastIndex(page, "/")+1:])
			return doc["success_url"], doc["cancel_url"], nil
		}
		const id = "session_id={CHECKOUT_SESSION_ID}"
		for to, want := range map[string][2]string{
			"":                                    {portalURL + "/checkout/return?" + id, portalURL + "/"},
			"/notes/film":                         {portalURL + "/checkout/return?" + id, portalURL + "/notes/film"},
			portalURL + "/notes/film":             {portalURL + "/checkout/return?" + id, portalURL + "/notes/film"},
			"https://www.firm.example/thanks":     {"https://www.firm.example/thanks?" + id, "https://www.firm.example/thanks"},
			"http://127.0.0.1:3000/?a=b":          {"http://127.0.0.1:3000/?a=b&" + id, "http://127.0.0.1:3000/?a=b"},
			"https://shop.firm.example/thanks":    {"https://shop.firm.example/thanks?" + id, "https://shop.firm.example/thanks"},
			"https://shop.firm.example/buy/x?a=b": {"https://shop.firm.example/buy/x?a=b&" + id, "https://shop.firm.example/buy/x?a=b"},
			"https://www.firm.example/a?":         {"https://www.firm.example/a?" + id, "https://www.firm.example/a?"},
		} {
			if success, cancel, err := way(to); err != nil || success != want[0] || cancel != want[1] {
				t.Errorf("%q: %v, %v (%v)", to, success, cancel, err)
			}
		}
		calls := s.line.calls.Load()
		for _, to := range []string{
			"https://evil.example/", "https://www.firm.example", "https://www.firm.example@evil.example/", "https://www.firm.example.evil.example/",
			"https://evil.example/https://www.firm.example/", "http://www.firm.example/", "https://www.firm.example:8443/", "HTTPS://www.firm.example/",
			"https://www.firm.example//evil.example/x/../..", `https://www.firm.example\@evil.example/`, "https://www.firm.example/a#b", "https://www.firm.example/a\nb",
			"https:/www.firm.example/", "javascript:alert(1)//x/", "javascript://www.firm.example/%0aalert(1)", "data:text/html,x", " https://www.firm.example/",
			"https://shop.firm.example/", "https://shop.firm.example/thanks/", "https://shop.firm.example/buy/%2e%2e/x", "https://shop.firm.example.evil/buy/", "https://shop.firm.example/buy/?session_id=mine",
			portalURL + "@evil.example/", "://", ":///", "https:///evil.example/",
		} {
			_, _, err := way(to)
			refused(t, err, "invalid_input")
			_, err = s.office.BuyNote(t.Context(), billing.BuyNoteInput{Member: m, Note: note, Title: "Film", ReturnTo: to, Ways: ways})
			refused(t, err, "invalid_input")
			_, err = s.office.PortalURL(t.Context(), m, to, ways...)
			refused(t, err, "bad_path")
		}
		if n := s.line.calls.Load(); n != calls {
			t.Errorf("Stripe was asked %d times", n-calls)
		}
	})
}

// TestAPriceThatChangesIsSeen: the copy that is kept of it goes.
func TestAPriceThatChangesIsSeen(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		s := setup(t, e)
		note := uuid.New()
		for _, amount := range []int64{0, 900, 700, 0} {
			if amount > 0 || must[*billing.NotePrice](t)(s.office.NotePrice(t.Context(), note)) != nil {
				must[*billing.NotePrice](t)(s.office.PriceNote(owner(t.Context()), note, amount, "eur"))
			}
			if p := must[*billing.NotePrice](t)(s.office.NotePrice(t.Context(), note)); (p == nil) != (amount == 0) || p != nil && p.Amount != amount {
				t.Errorf("%d: %+v", amount, p)
			}
		}
	})
}
