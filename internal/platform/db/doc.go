// Package db is the ground every room stores on: it opens SQLite or Postgres,
// runs the migrations, keeps transactions in the context, and puts jobs into
// the queue inside the same transaction.
//
// Two engines, one contract. With a postgres:// URL the data lives there; with
// none it lives in one SQLite file in the data folder. SQLite is opened twice:
// one connection that writes and a few that may only read, so that readers are
// never behind a writer. On Postgres both are the same pool.
//
// Rooms change data only inside [DB.Tx]. A Tx inside a Tx joins the outer one.
// Nothing in a Tx may touch the network: work for later is put into the queue
// with [DB.Enqueue] and becomes visible with the commit. What other nodes must
// forget is told with [DB.Announce].
//
// Tables: goose_db_version and the river_* tables of the job queue. All other
// tables belong to rooms.
package db
