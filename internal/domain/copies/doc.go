// Package copies gives members a PDF of a note, typeset from its text, with
// their name and a serial of its own on every page, and remembers to whom each
// serial went.
//
// A copy takes a full decision: the text comes from [content.Library.Open] and
// from nowhere else. Pages are set once for each version and size of paper and
// kept with what surfaces make of a text; only the line at their foot is each
// reader's own. Who wants pages that are being set waits for them, and two notes
// are set at a time. Every file that is given out is a row with a serial nobody can
// guess, written before the file leaves, and a line of the journal.
//
// The row holds whose copy it is by their id alone. The name stands on the
// paper, not here: who has left is known by their number only.
//
// Table: copies.
package copies
