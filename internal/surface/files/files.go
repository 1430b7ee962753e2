// Package files serves pictures, and the files attached to notes. A picture's
// address with its mark names one print of one edition for ever, so caches may
// keep it as long as they like; without the mark it shows the edition of the day
// and is asked for again. The bytes come from our own encoder, never from an
// upload. An attachment
// is what somebody sent: it is always saved and never shown, and it comes only
// after the decision about its note.
package files

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/media"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// Prefix is where pictures live.
const Prefix = "/media/"

// Shelf keeps pictures.
type Shelf interface {
	OpenAddress(ctx context.Context, address string) (*media.File, error)
}

// Register adds the pictures to the server.
func Register(s *kit.Server, shelf Shelf) {
	s.App.Get(Prefix+":id/:print", func(c *fiber.Ctx) error {
		address := Prefix + c.Params("id") + "/" + c.Params("print")
		if mark := c.Query("v"); mark != "" {
			address += "?v=" + mark
		}
		f, err := shelf.OpenAddress(c.UserContext(), address)
		if err != nil {
			return err
		}
		return send(c, f)
	})
}

func send(c *fiber.Ctx, f *media.File) error {
	c.Set(fiber.HeaderCacheControl, "public, max-age=60")
	if f.Settled {
		c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	}
	return Send(c, f, "inline")
}

// Send sends a file, or the part of it that is asked for (RFC 9110, sections
// 13 and 14). Whether a cache may keep it is for the caller to say. disposition
// is inline or attachment.
func Send(c *fiber.Ctx, f *media.File, disposition string) error {
	c.Set(fiber.HeaderContentType, f.ContentType)
	c.Set(fiber.HeaderETag, f.ETag)
	c.Set(fiber.HeaderAcceptRanges, "bytes")
	c.Set(fiber.HeaderContentDisposition, kit.Disposition(disposition, f.Name))
	if kit.Matches(c.Get(fiber.HeaderIfNoneMatch), f.ETag) {
		_ = f.Close()
		return c.SendStatus(fiber.StatusNotModified)
	}
	from, size := int64(0), f.Size
	// Parts are for GET alone (RFC 9110, section 14.2).
	if header := c.Get(fiber.HeaderRange); header != "" && c.Method() == fiber.MethodGet && (c.Get("If-Range") == "" || c.Get("If-Range") == f.ETag) {
		first, last, ok := span(header, f.Size)
		if !ok {
			_ = f.Close()
			c.Set(fiber.HeaderContentRange, fmt.Sprintf("bytes */%d", f.Size))
			return c.SendStatus(fiber.StatusRequestedRangeNotSatisfiable)
		}
		if last >= 0 {
			from, size = first, last-first+1
			c.Status(fiber.StatusPartialContent)
			c.Set(fiber.HeaderContentRange, fmt.Sprintf("bytes %d-%d/%d", first, last, f.Size))
		}
	}
	return stream(c, f, from, size)
}

func stream(c *fiber.Ctx, f *media.File, from, size int64) error {
	if _, err := f.Seek(from, io.SeekStart); err != nil {
		_ = f.Close()
		return fault.Wrap(err, fault.Unavailable, "files_unavailable", "The file cannot be read now.")
	}
	// fasthttp closes the stream when it has been sent.
	return c.SendStream(struct {
		io.Reader
		io.Closer
	}{io.LimitReader(f, size), f}, int(size))
}

// span reads a Range header (RFC 9110, section 14.2). A header that we do not
// serve, such as several ranges, gives last -1: the whole file is sent. ok is
// false when nothing of the file lies in the range.
func span(header string, size int64) (first, last int64, ok bool) {
	spec, isBytes := strings.CutPrefix(header, "bytes=")
	from, to, dash := strings.Cut(spec, "-")
	if !isBytes || !dash || strings.Contains(spec, ",") {
		return 0, -1, true
	}
	if from == "" { // the last n bytes
		n, err := strconv.ParseInt(to, 10, 64)
		if err != nil {
			return 0, -1, true
		}
		if n <= 0 || size == 0 {
			return 0, 0, false
		}
		return max(size-n, 0), size - 1, true
	}
	first, err := strconv.ParseInt(from, 10, 64)
	if err != nil || first < 0 {
		return 0, -1, true
	}
	if last = size - 1; to != "" {
		end, err := strconv.ParseInt(to, 10, 64)
		if err != nil || end < first {
			return 0, -1, true
		}
		last = min(last, end)
	}
	return first, last, first < size
}
