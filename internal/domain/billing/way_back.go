package billing

import (
	"net/url"
	"slices"
	"strings"

	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/frontend"
)

var errWayBack = func() error {
	var f fault.Fields
	f.Add("return_to", "bad_path", "A path within this site, or an address at a front end of this publication.")
	return f.Err()
}()

// wayBack finds out where a buyer leaves Stripe's pages to: a path of the
// portal, or an address at another front end of ours, which the configuration
// names, or one of the ways that the front end has whose key was shown. All else
// is refused: a page of ours must not lead people who trust it to strangers. "" is
// the portal's first page.
func (o *Office) wayBack(s string, ways []string) (string, error) {
	if s == "" {
		return "/", nil
	}
	if frontend.Allowed(ways, s) {
		return s, nil
	}
	path, site := s, ""
	if !strings.HasPrefix(s, "/") {
		// The origin is compared as a text, up to the first slash of the path:
		// what parsers disagree about is then never ours.
		at := strings.Index(s, "://")
		if at < 0 {
			return "", errWayBack
		}
		end := strings.IndexByte(s[at+3:], '/')
		if end < 0 {
			return "", errWayBack
		}
		site, path = s[:at+3+end], s[at+3+end:]
	}
	switch {
	case !localPath(path), strings.Contains(path, "#") && site != "":
		return "", errWayBack
	case site == "", site == o.BaseURL:
		return path, nil
	case slices.Contains(o.FrontEnds, site):
		return s, nil
	}
	return "", errWayBack
}

// address makes an address of a way back.
func (o *Office) address(way string) string {
	if strings.HasPrefix(way, "/") {
		return o.BaseURL + way
	}
	return way
}

// arrival is where Stripe sends a buyer after the payment: to the portal's own
// page, which looks what became of it, or to the front end that they came from,
// which asks. Stripe puts its id in the place of the words in braces, which
// must stand there as they are
// (https://docs.stripe.com/payments/checkout/custom-success-page).
func (o *Office) arrival(way, page string) string {
	const id = "session_id={CHECKOUT_SESSION_ID}"
	if strings.HasPrefix(way, "/") {
		return o.BaseURL + page + "?" + id
	}
	if u, err := url.Parse(way); err == nil && u.RawQuery != "" {
		return way + "&" + id
	}
	return strings.TrimSuffix(way, "?") + "?" + id
}
