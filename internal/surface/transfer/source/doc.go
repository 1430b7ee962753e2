// Package source says what an export of another system is made of, whatever
// its format: notes, members, and pictures beside them. The packages ghost,
// wordpress, substack and memberlist read their formats into it.
//
// A source is read entry by entry, so that its size is no matter of memory. An
// entry that cannot be read is given with what is wrong and where, and the
// reading goes on behind it. Where the format itself breaks off, the last entry
// says so.
//
// What could hurt is bounded: the size of an entry, of a text, of a picture;
// the number of files in a zip and what they unpack to.
package source
