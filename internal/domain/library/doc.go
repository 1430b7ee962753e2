// Package library is what belongs to one reader: which notes they opened and
// how far they came, what they keep and follow, and what they hand on.
//
// Whatever is remembered here is a note's id and numbers. No row holds a word of
// a note, so nothing gated can stay behind when access ends; pages ask for title
// and abstract, which everybody may know, when they show a list.
//
// Openings and places are gathered in memory and written together a moment
// later, so that no page waits for them. Who crashes in that moment loses it:
// it is a convenience, not a record. A member can switch the memory off, which
// also empties it, and [Room.Forget] drops every row of a member who leaves.
//
// A member's own feed and the links by which they share a note are addresses
// nobody can guess, of which only the hash is kept. A link opens nothing by
// itself: whoever opens one is let in by a decision of the access room, which
// also asks whether its maker may still read.
//
// What a program reads in a member's place is another thing: the record of a
// licence, by day and note, which the member sees and cannot switch off, and
// which bounds how much that may be.
//
// Tables: usage_reads, read_notes, readers, saved_notes, folders, follows, feed_addresses,
// shares, share_openings.
package library
