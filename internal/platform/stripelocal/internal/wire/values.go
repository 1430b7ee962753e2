package wire

import "math"

// MaxMeta is how many names metadata takes.
const MaxMeta = 50

// Values are checked parameters. The readers return the zero value for what
// was not sent, so Has tells "not sent" from "sent as nothing".
type Values map[string]any

// unset stands for a parameter sent as an empty text.
type unset struct{}

// Bounds is a range of times, both ends included.
type Bounds struct{ From, To int64 }

// Holds tells whether a time lies within the bounds.
func (b Bounds) Holds(at int64) bool { return at >= b.From && at <= b.To }

// Has tells whether the parameter was sent, even as nothing.
func (v Values) Has(name string) bool { _, ok := v[name]; return ok }

// Blank tells whether it was sent as nothing, which takes a field away.
func (v Values) Blank(name string) bool { _, ok := v[name].(unset); return ok }

// Text reads a text or a word.
func (v Values) Text(name string) string { s, _ := v[name].(string); return s }

// Int reads a whole number. A word that stands for one reads as 0.
func (v Values) Int(name string) int64 { i, _ := v[name].(int64); return i }

// Number reads a decimal number.
func (v Values) Number(name string) float64 { f, _ := v[name].(float64); return f }

// Bool reads true or false.
func (v Values) Bool(name string) bool { b, _ := v[name].(bool); return b }

// Hash reads a group. Reading from a group that was not sent is fine.
func (v Values) Hash(name string) Values { h, _ := v[name].(Values); return h }

// Hashes reads a list of groups.
func (v Values) Hashes(name string) []Values {
	list, _ := v[name].([]any)
	out := make([]Values, 0, len(list))
	for _, one := range list {
		h, _ := one.(Values)
		out = append(out, h)
	}
	return out
}

// Texts reads a list of texts.
func (v Values) Texts(name string) []string {
	list, _ := v[name].([]any)
	out := make([]string, 0, len(list))
	for _, one := range list {
		if s, ok := one.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// Range reads bounds; not sent means everything.
func (v Values) Range(name string) Bounds {
	if b, ok := v[name].(Bounds); ok {
		return b
	}
	return Bounds{From: math.MinInt64, To: math.MaxInt64}
}

// Merge changes metadata as Stripe does: names that were sent are set, names
// sent as nothing are removed, the parameter sent as nothing removes all.
func (v Values) Merge(name string, old map[string]string) (map[string]string, error) {
	merged := map[string]string{}
	if !v.Blank(name) {
		for k, s := range old {
			merged[k] = s
		}
	}
	sent, _ := v[name].(map[string]string)
	for k, s := range sent {
		if s == "" {
			delete(merged, k)
			continue
		}
		merged[k] = s
	}
	if len(merged) > MaxMeta {
		return nil, Refuse("", name, "Metadata takes up to %d names.", MaxMeta)
	}
	return merged, nil
}
