// Package content owns research notes: drafts, revisions, publication, and the
// series, issues, topics and authors that order them.
//
// A note has a draft revision and, once published, a live one. Saving never
// touches what readers see; publishing pins the draft as the live revision.
// Every save is a revision and revisions are never changed.
//
// Each publication of a new state is a version, which can be cited by its
// number as long as the note is not retracted; a major update carries a notice
// that readers see.
//
// An issue that is held appears when it is published as one act with its
// notes, any other with its first note.
//
// Readers come through [Library]. Lists and teasers are the same for everybody
// and are kept in memory. Gated text leaves this room through one function for
// readers, [Library.Text], which takes an access decision, and through
// [Desk.Draft] and [Desk.Revision] for staff with the capability to read drafts.
//
// Preview links show a draft to people outside of the desk as a chosen kind of
// reader: [Library.Proof] decides by the draft's own gate, with the grants such
// a reader holds, and the text comes out by the same function as any other.
//
// States: draft → in_review → scheduled → published → retracted → archived.
// Each step is a verb with a capability of its own and a journal row in the
// same transaction. A note that readers see stays published while its pending
// changes are in review or scheduled; [Standing] tells what is under way. With
// four eyes asked for, nobody approves or publishes what they alone wrote.
//
// Staff talk about a note in threads, each about a passage or the whole note.
// A thread knows its passage by the words and what stands around them; the desk
// finds it again in the text and moves the anchor when the text has moved.
// Comments stay at the desk: [Library] cannot read them.
//
// An act on many notes remembers how each stood, and can be taken back for a
// day where readers have not seen what it did.
//
// A topic or an author can become part of another one: the row stays, without a
// place in lists, and revisions that name it mean the other. Nothing of a note is
// written anew for it, so nobody who writes is in conflict.
//
// Tables: notes, revisions, revision_texts, slugs, note_authors, note_topics,
// series, issues, topics, authors, submissions, reviews, notifications, comments, note_versions,
// schedules, presences, preview_links, bulk_steps, content_changes.
package content
