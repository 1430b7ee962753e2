// Package search finds published notes by their words. It knows documents, not
// notes: content puts one in when it publishes and drops it when it retracts,
// in its own transaction.
//
// # Two indexes
//
// Every published note is in the public index, with the words that everybody
// may read: title, abstract, names, what stands above the paywall. A note with
// a gate is in the gated index as well, with all of its words. A stranger's
// search asks the public index and nothing else, so nothing about it (hits,
// order, pages, statements, time) can depend on gated text. A member's search
// brings a [Lens]: the gates, and the single notes, that the decision opened
// for them. Notes behind these are looked for in the gated index, the others in
// the public one; the lens stands in the query to the index, so a note that is
// not open is not even looked at. The room keeps no text and makes no excerpt
// of its own: what was found leaves as an id, and whoever shows words around it
// takes them from a text that a decision has opened.
//
// # One meaning on both engines
//
// Words are cut, folded and stemmed here, not by the engines, which only keep
// lists of tokens: FTS5 with a tokenizer that splits at blanks (no text is
// kept), Postgres a tsvector that is written out position by position. Marks
// over letters and case do not count; endings of English inflection do not;
// scripts without blanks are indexed letter by letter, so that any run of them
// is a phrase. Tokens with a private-use letter in front say where a word
// stands (title; title, abstract or names) and what the note belongs to (topic,
// author, issue, series, kind, gate): every filter is one more token.
//
// # Order
//
// Best first is four classes, and within a class newest first: all words in the
// title; in title, abstract and names; anywhere; anywhere when the last word is
// only begun. It is the same on both engines, can be explained to a reader, is
// stable from page to page, and lets the index stop at the end of the page: on
// SQLite a row's number is the moment of publication, so the newest matches come
// first by themselves; Postgres sorts numbers only and never reads a document.
//
// # Misspelt words
//
// Every word of the public index is also in a list, which is added to after the
// commit, so that no transaction waits for another's words. When a search finds
// nothing, words that occur nowhere are replaced by the nearest ones of the
// list that do; when it finds little, they are proposed. Words from below a
// paywall are not in the list, so nobody is ever told one.
//
// # Limits
//
// On Postgres a phrase is found within the first 16,000 words of a text, and
// with each word's first 255 places. At most 16 words of a search count. An
// excerpt is taken from the first 200,000 bytes of a text.
//
// Tables: search_documents (one row for each note; on Postgres with its public
// tokens), search_public (SQLite's), search_gated, search_gates (which gates
// there are), search_words (the list). Documents of an older [Version] are
// built again by a job of content's, newest first; it may stop anywhere.
package search
