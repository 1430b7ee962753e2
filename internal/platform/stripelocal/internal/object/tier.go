package object

// Tier is a band of a price that depends on the quantity. UpTo 0 is the last
// one, without an end.
type Tier struct {
	FlatAmount        Num `json:"flat_amount"`
	FlatAmountDecimal Str `json:"flat_amount_decimal"`
	UnitAmount        Num `json:"unit_amount"`
	UnitAmountDecimal Str `json:"unit_amount_decimal"`
	UpTo              Num `json:"up_to"`
}

// Cost is what a quantity costs: so much for each, or by bands. Graduated
// bands price the units that lie in them; by volume, the band the quantity
// falls into prices all
// (https://docs.stripe.com/products-prices/pricing-models#tiered-pricing).
func (p Price) Cost(quantity int64) int64 {
	if len(p.Tiers) == 0 {
		return p.UnitAmount * quantity
	}
	sum, from := int64(0), int64(0)
	for _, t := range p.Tiers {
		last := t.UpTo == 0 || quantity <= int64(t.UpTo)
		switch {
		case p.TiersMode == "volume" && last:
			return int64(t.UnitAmount)*quantity + int64(t.FlatAmount)
		case p.TiersMode == "volume":
			continue
		}
		upTo := int64(t.UpTo)
		if last {
			upTo = quantity
		}
		sum += int64(t.UnitAmount)*(upTo-from) + int64(t.FlatAmount)
		if from = upTo; last {
			break
		}
	}
	return sum
}
