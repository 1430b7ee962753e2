// Package library is what belongs to one reader: which notes they opened and
// how far they came, and what they keep.
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
// Tables: read_notes, readers, saved_notes, folders, follows.
package library
