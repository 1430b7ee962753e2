package picturetest

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
)

// Secret stands in the Exif blocks made here where a camera puts the place.
const Secret = "52.520008N 13.404954E"

// Exif makes a block (TIFF 6.0 and CIPA DC-008) with an orientation and a
// directory of GPS data that holds Secret.
func Exif(orientation uint16, order binary.AppendByteOrder) []byte {
	mark := "II*\x00"
	if order == binary.AppendByteOrder(binary.BigEndian) {
		mark = "MM\x00*"
	}
	b := order.AppendUint32([]byte(mark), 8)
	entry := func(tag, kind uint16, n, value uint32) {
		b = order.AppendUint16(order.AppendUint16(b, tag), kind)
		b = order.AppendUint32(order.AppendUint32(b, n), value)
	}
	const gpsAt = 8 + 2 + 3*12 + 4
	b = order.AppendUint16(b, 3)
	entry(0x0100, 4, 1, 640) // a width, to step over
	short := uint32(orientation)
	if mark[0] == 'M' {
		short <<= 16 // a SHORT stands at the left of its field
	}
	entry(0x0112, 3, 1, short)
	entry(0x8825, 4, 1, gpsAt)
	b = order.AppendUint32(b, 0)
	b = order.AppendUint16(b, 1)
	entry(0x001b, 7, uint32(len(Secret)), gpsAt+2+12+4)
	return append(order.AppendUint32(b, 0), Secret...)
}

// JPEGSegment puts a segment behind the first marker of a JPEG.
func JPEGSegment(raw []byte, marker byte, data []byte) []byte {
	out := append([]byte{}, raw[:2]...)
	out = binary.BigEndian.AppendUint16(append(out, 0xff, marker), uint16(len(data)+2)) //nolint:gosec // short
	return append(append(out, data...), raw[2:]...)
}

// JPEGWithExif adds an Exif block to a JPEG.
func JPEGWithExif(raw, exif []byte) []byte {
	return JPEGSegment(raw, 0xe1, append([]byte("Exif\x00\x00"), exif...))
}

// PNGWithExif adds an Exif block to a PNG, behind its header.
func PNGWithExif(raw, exif []byte) []byte {
	const head = 8 + 25
	return append(append(append([]byte{}, raw[:head]...), PNGChunk("eXIf", exif)...), raw[head:]...)
}

// PNGChunk makes a chunk.
func PNGChunk(kind string, data []byte) []byte {
	body := append([]byte(kind), data...)
	out := binary.BigEndian.AppendUint32(nil, uint32(len(data))) //nolint:gosec // short
	return binary.BigEndian.AppendUint32(append(out, body...), crc32.ChecksumIEEE(body))
}

// PNGHeader makes a PNG that announces a size and has hardly any data.
func PNGHeader(w, h uint32) []byte {
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	head = append(head, 8, 2, 0, 0, 0) // 8 bits, RGB
	var b bytes.Buffer
	b.WriteString("\x89PNG\r\n\x1a\n")
	b.Write(PNGChunk("IHDR", head))
	b.Write(PNGChunk("IDAT", []byte{0x78, 0x9c, 0x63, 0x00, 0x00}))
	b.Write(PNGChunk("IEND", nil))
	return b.Bytes()
}
