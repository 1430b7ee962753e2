// Package brrr stands in for the Brotli library of the same import path.
// fasthttp names it for answers that it compresses itself, which this server
// never asks for: pages and files are compressed with gzip, once. The replace
// directive in go.mod keeps the real one, its tables and what they take in
// memory out of the binary. Whoever wants Brotli after all takes the directive
// away; until then every use fails and says why.
package brrr

import (
	"errors"
	"io"
)

// The levels that fasthttp names.
const (
	BestSpeed       = 0
	BestCompression = 11
)

// ErrLeftOut is the answer to every use.
var ErrLeftOut = errors.New("brotli is left out of this build")

// Reader reads nothing.
type Reader struct{}

// NewReader returns a Reader.
func NewReader(io.Reader) *Reader { return &Reader{} }

// Reset does nothing.
func (*Reader) Reset(io.Reader) {}

// Read fails with ErrLeftOut.
func (*Reader) Read([]byte) (int, error) { return 0, ErrLeftOut }

// Writer writes nothing.
type Writer struct{}

// NewWriter returns a Writer.
func NewWriter(io.Writer, int) (*Writer, error) { return &Writer{}, nil }

// Reset does nothing.
func (*Writer) Reset(io.Writer) {}

// Write fails with ErrLeftOut.
func (*Writer) Write([]byte) (int, error) { return 0, ErrLeftOut }

// Flush fails with ErrLeftOut.
func (*Writer) Flush() error { return ErrLeftOut }

// Close does nothing.
func (*Writer) Close() error { return nil }
