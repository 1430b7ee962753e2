// Package letters remembers which kinds of letters went to whom and when, so
// that staff can tell a member what they were sent.
//
// It keeps no address and no text: the receiver is a keyed print of the address
// as it was written to, which only tells whether two are the same, and a letter
// is its category. Rows are dropped after 400 days.
//
// Table: letters.
package letters
