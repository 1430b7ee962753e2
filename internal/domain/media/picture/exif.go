package picture

import (
	"bytes"
	"encoding/binary"
)

// orientation says how a camera was held, as Exif counts it (CIPA DC-008,
// 4.6.5.1.6): 1 is upright, 2 mirrored, 3 upside down, up to 8. 0 is unknown.
type orientation uint8

// swaps tells whether width and height change places when it is set upright.
func (o orientation) swaps() bool { return o >= 5 }

// orientationOf looks where each format keeps its Exif block.
func orientationOf(f Format, raw []byte) orientation {
	switch f {
	case JPEG:
		return readTIFF(exifInJPEG(raw))
	case PNG:
		return readTIFF(exifInPNG(raw))
	case WebP:
		return readTIFF(exifInWebP(raw))
	}
	return 0
}

const exifMark = "Exif\x00\x00"

// exifInJPEG walks over the segments before the pixels.
func exifInJPEG(raw []byte) []byte {
	for raw = raw[2:]; len(raw) >= 4 && raw[0] == 0xff; {
		marker := raw[1]
		if marker == 0xff { // fill byte
			raw = raw[1:]
			continue
		}
		if marker == 0xda { // the pixels begin
			return nil
		}
		size := int(binary.BigEndian.Uint16(raw[2:]))
		if size < 2 || 2+size > len(raw) {
			return nil
		}
		if data := raw[4 : 2+size]; marker == 0xe1 && bytes.HasPrefix(data, []byte(exifMark)) {
			return data[len(exifMark):]
		}
		raw = raw[2+size:]
	}
	return nil
}

// exifInPNG looks for the chunk eXIf (PNG, third edition, 11.3.3.5).
func exifInPNG(raw []byte) []byte {
	for raw = raw[8:]; len(raw) >= 12; {
		size := int64(binary.BigEndian.Uint32(raw))
		if size > int64(len(raw))-12 {
			return nil
		}
		if string(raw[4:8]) == "eXIf" {
			return raw[8 : 8+size]
		}
		raw = raw[12+size:]
	}
	return nil
}

// exifInWebP looks for the chunk EXIF (RFC 9649, 2.7.1.5). Some programs put
// the mark of JPEG before it.
func exifInWebP(raw []byte) []byte {
	for raw = raw[12:]; len(raw) >= 8; {
		size := int64(binary.LittleEndian.Uint32(raw[4:]))
		if size > int64(len(raw))-8 {
			return nil
		}
		if string(raw[:4]) == "EXIF" {
			return bytes.TrimPrefix(raw[8:8+size], []byte(exifMark))
		}
		raw = raw[min(8+size+size%2, int64(len(raw))):]
	}
	return nil
}

const orientationTag = 0x0112

// readTIFF finds the orientation in the first directory of an Exif block.
func readTIFF(block []byte) orientation {
	if len(block) < 8 {
		return 0
	}
	var order binary.ByteOrder = binary.LittleEndian
	switch string(block[:4]) {
	case "II*\x00":
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return 0
	}
	at := int64(order.Uint32(block[4:]))
	if at < 8 || at+2 > int64(len(block)) {
		return 0
	}
	entries := block[at+2:]
	for range order.Uint16(block[at:]) {
		if len(entries) < 12 {
			return 0
		}
		const short = 3
		if order.Uint16(entries) == orientationTag && order.Uint16(entries[2:]) == short {
			if v := order.Uint16(entries[8:]); v >= 1 && v <= 8 {
				return orientation(v)
			}
			return 0
		}
		entries = entries[12:]
	}
	return 0
}
