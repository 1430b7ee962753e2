// Package flate gives the names that the web framework's ground uses of the
// library of the same import path. See package gzip beside it.
package flate

import "compress/flate"

// The levels.
const (
	NoCompression   = flate.NoCompression
	BestSpeed       = flate.BestSpeed
	BestCompression = flate.BestCompression
)
