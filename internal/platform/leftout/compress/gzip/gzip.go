// Package gzip stands in for the library of the same import path with that of
// the standard library, which is in the binary anyway. fasthttp names the other
// for answers that it compresses itself, which this server never asks for:
// pages and files are compressed once, by the standard library. The replace
// directive in go.mod keeps a second implementation of the same format out of
// the binary.
package gzip

import (
	"compress/gzip"
	"io"
)

// The levels.
const (
	HuffmanOnly     = gzip.HuffmanOnly
	BestCompression = gzip.BestCompression
)

// Reader and Writer are those of the standard library.
type (
	Reader = gzip.Reader
	Writer = gzip.Writer
)

// NewReader reads what is compressed.
func NewReader(r io.Reader) (*Reader, error) { return gzip.NewReader(r) }

// NewWriterLevel compresses.
func NewWriterLevel(w io.Writer, level int) (*Writer, error) { return gzip.NewWriterLevel(w, level) }
