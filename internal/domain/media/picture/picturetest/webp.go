package picturetest

import (
	"encoding/binary"
	"image/color"
)

// bits writes the least significant bit first.
type bits struct {
	out  []byte
	free int
}

func (b *bits) put(v uint32, n int) {
	for range n {
		if b.free == 0 {
			b.out, b.free = append(b.out, 0), 8
		}
		b.out[len(b.out)-1] |= byte(v&1) << (8 - b.free)
		b.free--
		v >>= 1
	}
}

// VP8L makes a lossless WebP bitstream (RFC 9649, 3) of one colour. Every
// prefix code has one symbol, so pixels take no bits: any size takes 20 bytes.
func VP8L(w, h int, c color.NRGBA) []byte {
	b := &bits{out: []byte{0x2f}}
	b.put(uint32(w-1), 14) //nolint:gosec // below 2^14
	b.put(uint32(h-1), 14) //nolint:gosec // below 2^14
	b.put(1, 1)            // alpha is used
	b.put(0, 3)            // version
	b.put(0, 3)            // no transform, no colour cache, one group of codes
	for _, symbol := range []uint8{c.G, c.R, c.B, c.A, 0} {
		b.put(0b101, 3) // a simple code, one symbol, of 8 bits
		b.put(uint32(symbol), 8)
	}
	return append(b.out, 0, 0, 0, 0)
}

// Chunk is a part of a WebP file.
type Chunk struct {
	Kind string
	Data []byte
}

// WebP makes a file of chunks.
func WebP(chunks ...Chunk) []byte {
	body := []byte("WEBP")
	for _, c := range chunks {
		body = binary.LittleEndian.AppendUint32(append(body, c.Kind...), uint32(len(c.Data))) //nolint:gosec // short
		body = append(body, c.Data...)
		if len(c.Data)%2 == 1 {
			body = append(body, 0)
		}
	}
	out := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body))) //nolint:gosec // short
	return append(out, body...)
}

// VP8X makes the chunk that announces the size of an extended file.
func VP8X(flags byte, w, h int) Chunk {
	d := []byte{flags, 0, 0, 0}
	for _, n := range []int{w - 1, h - 1} {
		d = append(d, byte(n), byte(n>>8), byte(n>>16)) //nolint:gosec // below 2^24
	}
	return Chunk{"VP8X", d}
}
