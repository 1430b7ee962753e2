// Package dbtest gives tests real databases: a fresh SQLite file or a fresh
// Postgres database for every test, both migrated.
//
// Postgres is the one TEST_DATABASE_URL points to (its user must be allowed to
// create databases), or else a throw-away cluster that this package starts
// from the postgres binaries on PATH and that ends with the test process. When
// neither can be had, tests fail; they are never skipped.
package dbtest
