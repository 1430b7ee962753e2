package picture

import (
	"bytes"

	"lighttrends/internal/platform/fault"
)

// Format is a file format, named by its file extension.
type Format string

// The formats. Pictures come in all four; nothing leaves as WebP, because
// there is no encoder for it in Go alone.
const (
	JPEG Format = "jpg"
	PNG  Format = "png"
	GIF  Format = "gif"
	WebP Format = "webp"
)

// ContentType gives the media type (RFC 2046 and the registry at IANA).
func (f Format) ContentType() string {
	if f == JPEG {
		return "image/jpeg"
	}
	return "image/" + string(f)
}

// FormatOf finds a format that pictures leave in by its content type, or "".
func FormatOf(contentType string) Format {
	for _, f := range []Format{JPEG, PNG, GIF} {
		if f.ContentType() == contentType {
			return f
		}
	}
	return ""
}

// Faults about what was uploaded.
var (
	errEmpty      = fault.New(fault.Invalid, "media_empty", "The file is empty.")
	errType       = fault.New(fault.Unsupported, "media_type_refused", "This is not a JPEG, PNG, GIF or WebP picture. Other formats, SVG among them, are not taken: please export it as one of these.")
	errUnreadable = fault.New(fault.Invalid, "media_unreadable", "The picture is damaged or incomplete.")
	errPixels     = fault.New(fault.Invalid, "media_too_many_pixels", "The picture has too many pixels. At most 16 megapixels, and 16,384 pixels on each side.")
	errMoving     = fault.New(fault.Invalid, "media_animation_too_large", "The animation is too large: at most 2400 pixels wide, 500 frames and 64 megapixels in all frames together.")
	errComplex    = fault.New(fault.Invalid, "media_too_complex", "The picture takes too long to read. Please save it again with simple settings.")
	errStopped    = fault.New(fault.Timeout, "interrupted", "This took too long and was stopped.")
)

// sniff knows a format by its first bytes. Names and headers are not asked:
// whoever sends the file can write into them what they like.
func sniff(raw []byte) (Format, error) {
	begins := func(s string) bool { return bytes.HasPrefix(raw, []byte(s)) }
	switch {
	case len(raw) == 0:
		return "", errEmpty
	case begins("\xff\xd8\xff"):
		return JPEG, nil
	case begins("\x89PNG\r\n\x1a\n"):
		return PNG, nil
	case begins("GIF87a"), begins("GIF89a"):
		return GIF, nil
	case begins("RIFF") && len(raw) >= 12 && string(raw[8:12]) == "WEBP":
		return WebP, nil
	}
	return "", errType
}
