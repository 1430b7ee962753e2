package billing

import (
	"strings"

	"github.com/google/uuid"
)

// OwnerKind says what sort of customer owns a subscription.
type OwnerKind string

// The kinds of owner.
const (
	MemberOwner       OwnerKind = "member"
	OrganizationOwner OwnerKind = "organization"
	// StrangerOwner owns a visit to the payment page until it is paid; its id
	// is the visit's.
	StrangerOwner OwnerKind = "stranger"
)

// Owner is who bought: a member or an organization.
type Owner struct {
	Kind OwnerKind
	ID   uuid.UUID `gorm:"type:uuid"`
}

// OfMember is a member as an owner.
func OfMember(id uuid.UUID) Owner { return Owner{MemberOwner, id} }

// String is the owner as metadata at Stripe names it: "member:0190…".
func (o Owner) String() string { return string(o.Kind) + ":" + o.ID.String() }

// Name is String, or "-" for nobody.
func (o Owner) Name() string {
	if o.ID == uuid.Nil {
		return "-"
	}
	return o.String()
}

// Names of our metadata at Stripe. Objects without them are somebody else's.
const (
	metaOwner    = "lighttrends_owner"
	metaCheckout = "lighttrends_checkout"
	metaPlan     = "lighttrends_plan"
	metaPrice    = "lighttrends_price"
)

// parseOwner reads what String wrote.
func parseOwner(s string) (Owner, bool) {
	kind, id, _ := strings.Cut(s, ":")
	parsed, err := uuid.Parse(id)
	o := Owner{OwnerKind(kind), parsed}
	return o, err == nil && parsed != uuid.Nil && (o.Kind == MemberOwner || o.Kind == OrganizationOwner)
}
