package wire

import (
	"net/url"
	"strconv"
)

// Sample is a request that uses every parameter of a call once. The contract
// test sends it to stripe-mock, so that the stand-in takes nothing that
// Stripe would not.
func (f Fields) Sample() url.Values {
	out := url.Values{}
	for name, s := range f {
		s.sample(out, name)
	}
	return out
}

func (s Shape) sample(out url.Values, at string) {
	switch s.kind {
	case hashKind:
		for name, part := range s.fields {
			part.sample(out, nest(at, name))
		}
	case listKind:
		s.item.sample(out, nest(at, "0"))
	case metaKind:
		out.Set(nest(at, "name"), "value")
	case rangeKind:
		out.Set(nest(at, "gte"), "1700000000")
	case enumKind:
		out.Set(at, s.words[0])
	case intKind:
		out.Set(at, strconv.FormatInt(max(s.min, 1), 10))
	case numberKind:
		out.Set(at, "12.5")
	case boolKind:
		out.Set(at, "true")
	case textKind:
		out.Set(at, "usd")
	}
}
