// Package contentapi is the public headless JSON API: what a firm's own front
// end reads. A content key opens the public view; the same request with a
// member's token or session adds the gated text when the access decision says
// so. Every note says what was decided and what would unlock the rest.
//
// Lists are asked for by a filter over public fields, in an order with a cursor
// of its own, and for some fields only; what notes belong to comes along as
// full objects. Filter, order, count and search see nothing that a stranger
// could not read. Whoever keeps a copy follows the changes.
//
// Answers that do not depend on the reader carry an ETag, a date once it is
// certain, and the names of what they are made of (keys.go), by which shared
// caches forget them; answers to a member are private. What is plain is kept
// packed, with the text or the page of a list that it was made of; what has a
// shape of its own is made each time.
//
// A key is held to the origins it is listed with. One that is listed with none
// works in any page, for what is public.
//
// The same answers, and Markdown, stand at the portal's own addresses for
// programs that ask for them (pages.go).
package contentapi
