// Package search finds published notes by their words. It knows documents, not
// notes: content puts one in when it publishes and drops it when it retracts,
// in its own transaction.
//
// Documents hold only what everybody may read. So no search, count, order or
// excerpt can tell anything about gated text.
//
// Table: search_documents (a tsvector with a GIN index on Postgres, an FTS5
// table on SQLite).
package search
