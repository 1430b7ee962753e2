package app

import (
	"lighttrends/internal/domain/porter"
	"lighttrends/internal/surface/transfer"
)

// openPorter builds the room of imports and exports, which are carried by the
// face that knows their formats.
func (r *rooms) openPorter() {
	r.porter = porter.New(porter.Deps{DB: r.db, Clock: r.clock, Journal: r.journal, Files: r.blobs, Carrier: r.carrier()})
}

func (r *rooms) carrier() *transfer.Carrier {
	return &transfer.Carrier{
		Desk: r.desk, House: r.publication, Identity: r.identity, Billing: r.billing,
		Gallery: r.gallery(), Cabinet: cabinet{r.media}, Now: r.clock.Now,
	}
}
