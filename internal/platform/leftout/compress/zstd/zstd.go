// Package zstd stands in for the Zstandard library of the same import path.
// fasthttp names it for bodies that it compresses or unpacks itself, which this
// server never asks for. The replace directive in go.mod keeps the real one and
// its tables out of the binary. Whoever wants Zstandard after all takes the
// directive away; until then every use fails and says why.
package zstd

import (
	"errors"
	"io"
)

// ErrLeftOut is the answer to every use.
var ErrLeftOut = errors.New("the Zstandard library is left out of this build")

// What a decoder could meet.
var (
	ErrWindowSizeExceeded  = errors.New("window size exceeded")
	ErrDecoderSizeExceeded = errors.New("decompressed size exceeds configured limit")
)

// MinWindowSize is what fasthttp reckons a decoder's memory with.
const MinWindowSize = 1 << 10

// Options are read by nobody.
type (
	DOption      struct{}
	EOption      struct{}
	EncoderLevel int
)

// The levels that fasthttp names.
const (
	SpeedFastest EncoderLevel = iota + 1
	SpeedDefault
	SpeedBetterCompression
	SpeedBestCompression
)

// WithDecoderMaxMemory is an option.
func WithDecoderMaxMemory(uint64) DOption { return DOption{} }

// WithDecoderConcurrency is an option.
func WithDecoderConcurrency(int) DOption { return DOption{} }

// WithEncoderLevel is an option.
func WithEncoderLevel(EncoderLevel) EOption { return EOption{} }

// Header is never read.
type Header struct {
	Skippable, HasFCS bool
	HeaderSize        int
	SkippableSize     uint32
	FrameContentSize  uint64
}

// Decode fails with ErrLeftOut.
func (*Header) Decode([]byte) error { return ErrLeftOut }

// Decoder reads nothing.
type Decoder struct{}

// NewReader fails with ErrLeftOut.
func NewReader(io.Reader, ...DOption) (*Decoder, error) { return nil, ErrLeftOut }

// Reset fails with ErrLeftOut.
func (*Decoder) Reset(io.Reader) error { return ErrLeftOut }

// Read fails with ErrLeftOut.
func (*Decoder) Read([]byte) (int, error) { return 0, ErrLeftOut }

// Close does nothing.
func (*Decoder) Close() {}

// Encoder writes nothing.
type Encoder struct{}

// NewWriter returns an Encoder.
func NewWriter(io.Writer, ...EOption) (*Encoder, error) { return &Encoder{}, nil }

// Reset does nothing.
func (*Encoder) Reset(io.Writer) {}

// Write fails with ErrLeftOut.
func (*Encoder) Write([]byte) (int, error) { return 0, ErrLeftOut }

// Flush fails with ErrLeftOut.
func (*Encoder) Flush() error { return ErrLeftOut }

// Close does nothing.
func (*Encoder) Close() error { return nil }
