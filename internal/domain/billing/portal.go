package billing

import (
	"context"
	"net/url"
	"strings"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/stripeapi"
)

var (
	errNoCustomer = fault.New(fault.NotFound, "no_customer", "Nothing has been bought with this account yet.")
	errReturnPath = fault.New(fault.Invalid, "bad_path", "The way back must be a path within this site, or lead to a front end of this publication.")
)

// PortalURL opens Stripe's page for cards, invoices and cancellation, and
// returns its address. The address signs its visitor in: redirect to it, never
// store or mail it. returnTo is where to come back to, see [Office.wayBack],
// and ways are the return addresses of the front end that asks.
func (o *Office) PortalURL(ctx context.Context, member uuid.UUID, returnTo string, ways ...string) (string, error) {
	if err := o.outside(ctx); err != nil {
		return "", err
	}
	back, err := o.wayBack(returnTo, ways)
	if err != nil || returnTo == "" {
		return "", errReturnPath
	}
	id, err := o.payingCustomer(ctx, OfMember(member))
	if err != nil {
		return "", err
	}
	if id == "" {
		return "", errNoCustomer
	}
	session, err := o.Stripe.CreatePortalSession(ctx, freshKey(), id, o.address(back))
	if customerMissing(err) {
		return "", errNoCustomer.Because(err)
	}
	return session.URL, err
}

// payingCustomer is whom the owner's subscription is billed to, else the
// owner's customer without one, else "".
func (o *Office) payingCustomer(ctx context.Context, owner Owner) (string, error) {
	subs, err := o.store.subscriptionsOf(ctx, owner)
	if err != nil {
		return "", err
	}
	for _, s := range inOrder(subs) {
		if !s.Status.Ended() {
			return s.StripeCustomerID, nil
		}
	}
	row, err := o.store.liveCustomer(ctx, owner)
	if row == nil || err != nil {
		return "", err
	}
	return row.StripeCustomerID, nil
}

// customerMissing tells whether Stripe does not know the customer (any more).
func customerMissing(err error) bool {
	if fault.HasCode(err, stripeapi.CodeNotFound) {
		return true
	}
	if !fault.HasCode(err, stripeapi.CodeInvalidRequest) {
		return false
	}
	fields := fault.Of(err).Fields
	return len(fields) == 1 && fields[0].Path == "customer"
}

// localPath tells whether s is a path that can only lead back to this site:
// no scheme, no host, no "//", no backslash, which browsers read as a slash,
// and no control character, which they drop.
func localPath(s string) bool {
	if len(s) > 1024 || !strings.HasPrefix(s, "/") || strings.HasPrefix(s, "//") || strings.ContainsAny(s, "\\\n") || !plain(s) {
		return false
	}
	u, err := url.Parse(s)
	return err == nil && u.Scheme == "" && u.Host == ""
}
