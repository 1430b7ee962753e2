// Package access decides who may read what. [Decide] is pure and the only
// place that decides: every page, API answer, feed, mail and file asks it.
//
// A note has a gate. A reader has grants: reasons why they may read. A
// decision says full, preview or denied, with a reason a machine can act on
// and what would unlock the rest. A decision that says full can be made by
// Decide alone; the store of gated text gives it out for such a decision and
// for nothing else.
//
// Access is never stored. [Gatekeeper] gathers the grants when a reader asks;
// the copies it keeps for seconds are keyed by the member's access epoch, a
// number that rises in the transaction of every change.
//
// This room has no tables.
package access
