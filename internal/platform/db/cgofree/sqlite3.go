// Package sqlite3 is an empty stand-in for the cgo driver of the same import
// path. gorm.io/driver/sqlite imports that driver for its side effect only;
// lighttrends opens SQLite through modernc.org/sqlite, which is pure Go. The
// replace directive in go.mod puts this package in its place, so that no build
// needs a C compiler and no second SQLite ends up in the binary.
package sqlite3
