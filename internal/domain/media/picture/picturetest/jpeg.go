package picturetest

import "encoding/binary"

// codes writes the most significant bit first and stuffs a zero after 0xff.
type codes struct {
	out  []byte
	byte byte
	used int
}

func (c *codes) put(v uint32, n int) {
	for n--; n >= 0; n-- {
		c.byte = c.byte<<1 | byte(v>>n&1)
		if c.used++; c.used == 8 {
			c.flush()
		}
	}
}

func (c *codes) flush() {
	c.out = append(c.out, c.byte)
	if c.byte == 0xff {
		c.out = append(c.out, 0)
	}
	c.byte, c.used = 0, 0
}

func (c *codes) bytes() []byte {
	for c.used > 0 {
		c.put(1, 1)
	}
	return c.out
}

type segments struct{ out []byte }

func (s *segments) add(marker byte, data ...byte) {
	s.out = append(s.out, 0xff, marker)
	s.out = append(binary.BigEndian.AppendUint16(s.out, uint16(len(data)+2)), data...) //nolint:gosec // short
}

func (s *segments) begin() { s.out = append(s.out, 0xff, 0xd8) }

// quantize gives every coefficient the step 8, so that a flat block of the
// value v has the DC coefficient v-128.
func (s *segments) quantize() {
	table := make([]byte, 65)
	for i := range table[1:] {
		table[i+1] = 8
	}
	s.add(0xdb, table...)
}

// CMYK makes a JPEG of 8 × 8 pixels with four components in one colour, in the
// inverted form that Adobe's programs write.
func CMYK(c, m, y, k uint8) []byte {
	s := &segments{}
	s.begin()
	s.add(0xee, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0) // transform 0: as it is
	s.quantize()
	s.add(0xc0, 8, 0, 8, 0, 8, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0)
	// DC: the sizes 0 to 8 have codes of 4 bits. AC: one code of 1 bit, end of block.
	s.add(0xc4, append(append([]byte{0x00}, counts(4, 9)...), 0, 1, 2, 3, 4, 5, 6, 7, 8)...)
	s.add(0xc4, append(append([]byte{0x10}, counts(1, 1)...), 0)...)
	s.add(0xda, 4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0)
	var data codes
	for _, v := range []uint8{c, m, y, k} {
		putDC(&data, int(255-v)-128)
		data.put(0, 1)
	}
	return append(append(s.out, data.bytes()...), 0xff, 0xd9)
}

// counts is the first part of a Huffman table: n codes of one length.
func counts(length int, n byte) []byte {
	c := make([]byte, 16)
	c[length-1] = n
	return c
}

func putDC(data *codes, v int) {
	size, rest := 0, v
	for n := max(v, -v); n > 0; n >>= 1 {
		size++
	}
	if v < 0 {
		rest = v + 1<<size - 1
	}
	data.put(uint32(size), 4)
	data.put(uint32(rest), size) //nolint:gosec // not negative
}

// Passes makes a small progressive JPEG of w × h pixels, multiples of 8, that
// asks for a number of passes over all of them. Each takes 25 bytes or so.
func Passes(w, h, passes int) []byte {
	s := &segments{}
	s.begin()
	s.quantize()
	s.add(0xc2, 8, byte(h>>8), byte(h), byte(w>>8), byte(w), 1, 1, 0x11, 0) //nolint:gosec // 16 bits
	s.add(0xc4, append(append([]byte{0x10}, counts(1, 1)...), 0xe0)...)     // a run of 2^14 to 2^15-1 empty blocks
	blocks := w / 8 * h / 8
	var data codes
	for blocks > 0 {
		run := min(max(blocks, 1<<14), 1<<15-1)
		data.put(0, 1)
		data.put(uint32(run-1<<14), 14)
		blocks -= run
	}
	for range passes {
		s.add(0xda, 1, 1, 0, 1, 1, 0)
		s.out = append(s.out, data.bytes()...)
	}
	return append(s.out, 0xff, 0xd9)
}
