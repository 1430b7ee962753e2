package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

// readWithin bounds how long an opened file may be read. The request that
// opened it may be over by then, see Store.Get.
const readWithin = 10 * time.Minute

// Get implements Store. The file is asked for at once; a read elsewhere
// ends that request and asks for the rest from there.
func (s *S3) Get(ctx context.Context, key string) (io.ReadSeekCloser, Info, error) {
	if err := CheckKey(key); err != nil {
		return nil, Info{}, err
	}
	life, end := context.WithTimeout(context.WithoutCancel(ctx), readWithin)
	stop := context.AfterFunc(ctx, end)
	o := &object{s: s, key: key, life: life, end: end}
	err := o.open()
	if !stop() && err == nil {
		_ = o.Close()
		err = ctx.Err()
	}
	if err != nil {
		end()
		return nil, Info{}, s3Trouble(ctx, err)
	}
	return o, o.info, nil
}

// object reads one version of a file: the one that was there when it was opened.
type object struct {
	s    *S3
	key  string
	life context.Context // of the open file
	end  context.CancelFunc
	info Info
	etag string
	at   int64 // where the next read begins
	body io.ReadCloser
	next int64 // what the body gives next
}

func (o *object) open() error {
	header := http.Header{}
	if o.at > 0 {
		header.Set("Range", fmt.Sprintf("bytes=%d-", o.at))
	}
	if o.etag != "" {
		header.Set("If-Match", o.etag)
	}
	answer, err := o.s.line.ask(o.life, ask{method: http.MethodGet, key: o.key, header: header})
	if err != nil {
		return err
	}
	if err := o.take(answer); err != nil {
		_ = answer.Body.Close()
		return err
	}
	o.body, o.next = answer.Body, o.at
	return nil
}

// take looks whether the answer is of the version and the part asked for.
func (o *object) take(answer *http.Response) error {
	etag := answer.Header.Get("Etag")
	switch {
	case o.etag != "" && o.etag != etag: // not every store looks at If-Match
		return errReplaced
	case o.at > 0 && answer.StatusCode != http.StatusPartialContent:
		return errWhole
	case o.info.Key != "":
		return nil
	}
	var err error
	o.info, err = described(o.key, answer)
	o.etag = etag
	return err
}

// Read implements io.Reader.
func (o *object) Read(p []byte) (int, error) {
	if o.at >= o.info.Size {
		return 0, io.EOF
	}
	if o.next != o.at {
		_ = o.body.Close() // a second Close does no harm
		if err := o.open(); err != nil {
			return 0, trouble(o.life, err)
		}
	}
	n, err := o.body.Read(p)
	o.at += int64(n)
	o.next = o.at
	if errors.Is(err, io.EOF) && o.at < o.info.Size {
		err = io.ErrUnexpectedEOF
	}
	if err != nil && !errors.Is(err, io.EOF) {
		err = trouble(o.life, err)
	}
	return n, err
}

var (
	errSeek     = errors.New("blob: seek to a place before the file")
	errWhole    = errors.New("blob: the store sent the whole file instead of a part")
	errReplaced = errors.New("blob: the file was replaced while it was read")
)

// Seek implements io.Seeker.
func (o *object) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += o.at
	case io.SeekEnd:
		offset += o.info.Size
	}
	if offset < 0 {
		return o.at, errSeek
	}
	o.at = offset
	return o.at, nil
}

// Close implements io.Closer.
func (o *object) Close() error {
	defer o.end()
	return o.body.Close()
}
