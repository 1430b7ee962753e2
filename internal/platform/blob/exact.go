package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
)

// sized makes sure that r gives size bytes. One that can seek is measured, and
// stays one that can be sent again; another is watched while it is read.
func sized(ctx context.Context, r io.Reader, size int64) (io.Reader, error) {
	s, ok := r.(io.Seeker)
	if !ok {
		return &exact{ctx: ctx, r: r, left: size}, nil
	}
	here, err := s.Seek(0, io.SeekCurrent)
	if err != nil {
		return nil, err
	}
	end, err := s.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, err
	}
	if end-here != size {
		return nil, wrongSize(end-here, size)
	}
	_, err = s.Seek(here, io.SeekStart)
	return r, err
}

func wrongSize(got, want int64) error {
	return fmt.Errorf("blob: %d bytes were given, %d announced", got, want)
}

// exact fails in the read that goes wrong: after too few bytes, before the
// last ones when more follow, and when the context has ended. A store that
// stops reading at the announced size has seen the failure by then.
type exact struct {
	ctx  context.Context // lives for one Put
	r    io.Reader
	read int64
	left int64
	done bool
}

// Read implements io.Reader.
func (e *exact) Read(p []byte) (int, error) {
	if err := e.ctx.Err(); err != nil {
		return 0, err
	}
	if e.left == 0 {
		return 0, e.end()
	}
	n, err := e.r.Read(p[:min(int64(len(p)), e.left)])
	e.read += int64(n)
	e.left -= int64(n)
	switch {
	case e.left == 0:
		if err := e.end(); !errors.Is(err, io.EOF) {
			return 0, err
		}
		return n, nil
	case err == io.EOF:
		return n, wrongSize(e.read, e.read+e.left)
	}
	return n, err
}

// end looks once whether the reader is at its end too.
func (e *exact) end() error {
	if e.done {
		return io.EOF
	}
	var more [1]byte
	n, err := io.ReadFull(e.r, more[:])
	if n > 0 {
		return wrongSize(e.read+1, e.read)
	}
	e.done = err == io.EOF
	return err
}
