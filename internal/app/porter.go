package app

import (
	"net/http"

	"lighttrends/internal/domain/porter"
	"lighttrends/internal/platform/outward"
	"lighttrends/internal/surface/transfer"
	"lighttrends/internal/surface/transfer/source"
)

// openPorter builds the room of imports and exports, which are carried by the
// face that knows their formats.
func (r *rooms) openPorter() error {
	client, err := outward.New(r.cfg.WebhookAllowedTargets)
	if err != nil {
		return err
	}
	r.porter = porter.New(porter.Deps{DB: r.db, Clock: r.clock, Journal: r.journal, Files: r.blobs, Carrier: &transfer.Carrier{
		Desk: r.desk, House: r.publication, Identity: r.identity, Billing: r.billing,
		Gallery: r.gallery(), Cabinet: cabinet{r.media}, Now: r.clock.Now, Visit: visit(client),
	}})
	return nil
}

// visit asks sites for pictures and says of private addresses that they are.
func visit(c *http.Client) transfer.Visit {
	return func(req *http.Request) (*http.Response, error) {
		res, err := c.Do(req) //nolint:gosec // this client reaches public addresses only
		if outward.Forbidden(err) {
			return nil, source.Wrong("not fetched: the address is a private one")
		}
		return res, err
	}
}
