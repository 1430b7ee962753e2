package api

import (
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"lighttrends/internal/platform/stripeapi/contracttest/stripemock"
)

// TestStripeKnowsEveryParameter sends every call with all of its parameters
// to stripe-mock, which refuses what is not in Stripe's OpenAPI description.
func TestStripeKnowsEveryParameter(t *testing.T) {
	t.Parallel()
	mock := stripemock.Start(t)
	for _, c := range calls() {
		t.Run(c.route, func(t *testing.T) {
			form := c.fields.Sample()
			if form.Has("locale") {
				form.Set("locale", "en")
			}
			if form.Has("enabled_events[0]") {
				for i, name := range eventTypes() {
					form.Set("enabled_events["+strconv.Itoa(i)+"]", name)
				}
			}
			status, answer := send1(t, mock, c.route, form)
			if status != http.StatusOK {
				t.Errorf("%s with %v: %d %s", c.route, form, status, answer)
			}
		})
	}
}

// TestStripeMockRefusesWhatIsUnknown makes sure that the test above can fail.
func TestStripeMockRefusesWhatIsUnknown(t *testing.T) {
	t.Parallel()
	mock := stripemock.Start(t)
	if status, _ := send1(t, mock, "POST /v1/customers", url.Values{"nonsense": {"1"}}); status != http.StatusBadRequest {
		t.Errorf("stripe-mock answered %d to an unknown parameter", status)
	}
}

func calls() []call {
	return slices.Concat(catalogCalls(), promotionCalls(), customerCalls(), subscriptionCalls(), invoiceCalls(), checkoutCalls(), paymentCalls(), refundCalls(), systemCalls(), listCalls())
}

func send1(t *testing.T, base, route string, form url.Values) (int, string) {
	t.Helper()
	method, path, _ := strings.Cut(route, " ")
	target, body := base+strings.ReplaceAll(path, "{id}", "x_1"), io.Reader(strings.NewReader(form.Encode()))
	if method != http.MethodPost {
		target, body = target+"?"+form.Encode(), nil
	}
	r, err := http.NewRequest(method, target, body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer sk_test_contract123")
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, _ := io.ReadAll(io.LimitReader(res.Body, 2000))
	return res.StatusCode, string(text)
}
