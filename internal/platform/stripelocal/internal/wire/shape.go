package wire

// kind says what sort of value a shape takes.
type kind uint8

const (
	textKind kind = iota
	intKind
	numberKind
	boolKind
	enumKind
	hashKind
	listKind
	metaKind
	rangeKind
)

// Shape describes one parameter. Shapes are values: each method returns a
// changed copy.
type Shape struct {
	kind   kind
	must   bool
	blank  bool
	words  []string // what an enum takes, or what stands for a number, such as "now"
	fields Fields
	item   *Shape
	min    int64
	max    int64
}

// Fields are the parameters of a call or the parts of a group, by name.
type Fields map[string]Shape

// Text takes up to 5,000 characters, Stripe's general limit.
func Text() Shape { return Shape{kind: textKind, max: 5000} }

// Int takes a whole number of zero or more; Min and Max change that.
func Int() Shape { return Shape{kind: intKind, min: 0, max: 99_999_999_999} }

// Number takes a decimal number.
func Number() Shape { return Shape{kind: numberKind} }

// Bool takes true or false.
func Bool() Shape { return Shape{kind: boolKind} }

// Enum takes one of a few words.
func Enum(words ...string) Shape { return Shape{kind: enumKind, words: words} }

// Hash takes named parts: a[b]=c.
func Hash(f Fields) Shape { return Shape{kind: hashKind, fields: f} }

// List takes up to 100 elements: a[0]=b.
func List(item Shape) Shape { return Shape{kind: listKind, item: &item, max: 100} }

// Meta takes metadata: up to 50 names of 40 characters with values of 500
// (https://docs.stripe.com/api/metadata). An empty value removes its name, an
// empty parameter removes all.
func Meta() Shape { return Shape{kind: metaKind, blank: true} }

// Range takes a time, or bounds: created[gte]=1700000000.
func Range() Shape { return Shape{kind: rangeKind} }

// Must makes the parameter required.
func (s Shape) Must() Shape { s.must = true; return s }

// Unset lets an empty value through, which takes the field away.
func (s Shape) Unset() Shape { s.blank = true; return s }

// Between bounds a number, or the length of a text.
func (s Shape) Between(low, high int64) Shape { s.min, s.max = low, high; return s }

// Or lets a word stand for a number, such as "now" for a time.
func (s Shape) Or(words ...string) Shape { s.words = words; return s }

// With returns these fields and more.
func (f Fields) With(more Fields) Fields {
	all := make(Fields, len(f)+len(more))
	for name, s := range f {
		all[name] = s
	}
	for name, s := range more {
		all[name] = s
	}
	return all
}
