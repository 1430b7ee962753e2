// Package compare shows what differs between two texts: lines with the words
// in them, for the source, and blocks side by side, for what readers see. It
// is pure and knows nothing of notes.
//
// Texts are compared as sequences of tokens, each token standing for one
// letter of go-diff's alphabet, so that a word or a line is never cut in two.
package compare

// Op says what became of a piece of text.
type Op string

// The ops.
const (
	Same   Op = "same"
	Del    Op = "del"
	Add    Op = "add"
	Change Op = "change" // of a line or block: something in it
	Skip   Op = "skip"   // a run of blocks that are the same
)

// Span is a piece of a line.
type Span struct {
	Op   Op
	Text string
}
