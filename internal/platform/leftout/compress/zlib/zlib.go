// Package zlib stands in for the library of the same import path with that of
// the standard library. See package gzip beside it.
package zlib

import (
	"compress/zlib"
	"io"
)

// The levels.
const (
	HuffmanOnly     = zlib.HuffmanOnly
	BestCompression = zlib.BestCompression
)

// Writer and Resetter are those of the standard library.
type (
	Writer   = zlib.Writer
	Resetter = zlib.Resetter
)

// NewReader reads what is compressed.
func NewReader(r io.Reader) (io.ReadCloser, error) { return zlib.NewReader(r) }

// NewWriterLevel compresses.
func NewWriterLevel(w io.Writer, level int) (*Writer, error) { return zlib.NewWriterLevel(w, level) }
