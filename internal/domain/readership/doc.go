// Package readership counts how often notes are opened, so that editors see
// what is read. It counts openings and nobody's: no member, no address, no
// cookie and no program is in its rows, and nothing is sent elsewhere.
//
// An opening is what the access decision was asked for to show somebody a note:
// on the portal, or through an API. It is counted by the day (of UTC), by the
// place where it was shown, by the kind of reader (a stranger, a member, or a
// member with a right that was paid for or given), and by whether the whole
// text was shown. Openings gather in memory and are written every few seconds;
// what a killed process had not written is not counted.
//
// Tables: readership. It never reads a text and decides nothing.
package readership
