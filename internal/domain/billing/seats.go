package billing

import "lighttrends/internal/platform/fault"

// SeatKind says for how many people a plan is.
type SeatKind string

// The kinds of seats.
const (
	OneSeat         SeatKind = ""         // for one reader
	FixedSeats      SeatKind = "fixed"    // a number that the price includes
	SeatsByQuantity SeatKind = "quantity" // as many as are bought
)

// Seats are the places of a plan.
type Seats struct {
	Kind SeatKind `gorm:"column:seat_kind"`
	From int64    `gorm:"column:seats_from"` // the fewest that can be bought; of a fixed number, that number
	To   int64    `gorm:"column:seats_to"`   // the most
}

// maxSeats is the most that is sold without a talk.
const maxSeats = 10_000

func (s *Seats) normalize() {
	switch s.Kind {
	case OneSeat:
		s.From, s.To = 1, 1
	case FixedSeats:
		s.To = s.From
	}
}

func (s Seats) validate(f *fault.Fields) {
	f.Check(s.Kind == OneSeat || s.Kind == FixedSeats || s.Kind == SeatsByQuantity, "/seats/kind", "unknown", "One of fixed, quantity, or left empty.")
	f.Check(s.From >= 1 && s.From <= maxSeats, "/seats/from", "out_of_range", "From 1 to 10000.")
	f.Check(s.To >= s.From && s.To <= maxSeats, "/seats/to", "out_of_range", "From the fewest to 10000.")
}

// Bought is the number Stripe is told for a wish: 0 is the fewest.
func (s Seats) Bought(wish int64) (quantity int64, ok bool) {
	if s.Kind != SeatsByQuantity {
		return 1, wish <= 1
	}
	if wish == 0 {
		wish = s.From
	}
	return wish, wish >= s.From && wish <= s.To
}
