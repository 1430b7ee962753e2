// Package migrations holds the schema of both engines as numbered SQL steps.
// A number means the same change in migrations/postgres and in
// migrations/sqlite. Number 1 is the job queue's own schema and is run from
// internal/platform/db. A released step is never edited.
package migrations

import "embed"

// FS holds the folders "postgres" and "sqlite".
//
//go:embed postgres/*.sql sqlite/*.sql
var FS embed.FS
