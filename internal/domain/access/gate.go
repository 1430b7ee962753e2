package access

import (
	"slices"
	"time"

	"github.com/google/uuid"
)

// GateKind says who may read the gated text of a note.
type GateKind string

// The gates, from open to narrow.
const (
	Public  GateKind = "public"  // everybody
	Members GateKind = "members" // who is signed in
	Paid    GateKind = "paid"    // who holds any open grant
	Plans   GateKind = "plans"   // who holds an open grant for one of the listed plans
)

// GateKinds lists the gates in the order forms show them.
func GateKinds() []GateKind { return []GateKind{Public, Members, Paid, Plans} }

// Valid tells whether this is a gate we know.
func (k GateKind) Valid() bool { return slices.Contains(GateKinds(), k) }

// Gate stands in front of one revision of one note.
type Gate struct {
	Note      uuid.UUID
	Revision  uuid.UUID // the revision that a full decision opens
	Kind      GateKind
	Plans     []string  // slugs; for Plans only. An empty list opens to nobody
	Opens     time.Time // the moment of publication; zero means not published
	Retracted bool
}
