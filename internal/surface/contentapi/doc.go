// Package contentapi is the public headless JSON API: what a firm's own front
// end reads. A content key opens the public view; the same request with a
// member's token or session adds the gated text when the access decision says
// so. Every note says what was decided and what would unlock the rest.
//
// Answers that do not depend on the reader carry an ETag and may be cached;
// answers to a member are private.
package contentapi
