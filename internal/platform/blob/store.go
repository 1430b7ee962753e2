package blob

import (
	"context"
	"io"
	"iter"
	"time"

	"lighttrends/internal/platform/fault"
)

// Info describes a kept file.
type Info struct {
	Key      string
	Size     int64     // bytes
	Modified time.Time // when it was put, UTC, by the clock of the store
}

// Store keeps files. It is safe for concurrent use.
type Store interface {
	// Put keeps exactly size bytes of r under the key, in place of what was
	// there. A reader with more or fewer bytes is an error and changes nothing.
	// The content type is for people who look into a bucket; no store gives it
	// back.
	Put(ctx context.Context, key string, r io.Reader, size int64, contentType string) error
	// Get opens a file, which the caller closes. Seeking to a part reads only
	// that part. The context counts for the opening only: a web server sends
	// the file after its handler has returned.
	Get(ctx context.Context, key string) (io.ReadSeekCloser, Info, error)
	// Stat describes a file without opening it.
	Stat(ctx context.Context, key string) (Info, error)
	// Delete removes a file. One that is not there is no error.
	Delete(ctx context.Context, key string) error
	// List describes the files below a folder ("" or "media/"), in no order.
	// After an error it ends.
	List(ctx context.Context, folder string) iter.Seq2[Info, error]
}

var (
	errNotFound    = fault.New(fault.NotFound, "file_not_found", "There is no such file.")
	errUnavailable = fault.New(fault.Unavailable, "files_unavailable", "The file store does not answer at the moment. Please try again soon.")
	errKey         = fault.New(fault.BadRequest, "bad_file_key", "This is not a name under which a file can be kept.")
	errInterrupted = fault.New(fault.Timeout, "interrupted", "This took too long and was stopped.")
)

// trouble turns what a store met into a fault. The end of the context says
// more than whatever it caused.
func trouble(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return errInterrupted.Because(ctx.Err())
	}
	return errUnavailable.Because(err)
}
