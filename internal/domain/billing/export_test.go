package billing

import "context"

// What tests of this package look at from outside.
var (
	Gap        = gap
	ParseOwner = parseOwner
	ValueOf    = monthly
	MovementOf = movement
)

// What other parts of the room do with terms.
var (
	AddTerm   = (*Office).addTerm
	NextStart = (*Office).nextStart
	EndTermOf = (*Office).endTermOf
	AddMonths = addMonths
)

// SaleRefunded is what a bill that was paid back leads to; FollowSale is what
// an event about a visit does.
var SaleRefunded = (*Office).saleRefunded

func FollowSale(o *Office, ctx context.Context, kind, session string) error {
	_, err := o.followSale(ctx, &Event{Type: kind, ObjectID: session})
	return err
}
