package picture

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"
)

// measure reads the size from the header and refuses what is too large, before
// any memory is taken for pixels.
func measure(f Format, raw []byte) (err error) {
	defer unreadable(&err)
	var c image.Config
	r := bytes.NewReader(raw)
	switch f {
	case JPEG:
		c, err = jpeg.DecodeConfig(r)
	case PNG:
		c, err = png.DecodeConfig(r)
	case GIF:
		c, err = gif.DecodeConfig(r)
	case WebP:
		c, err = webp.DecodeConfig(r)
	}
	if err != nil {
		return errUnreadable.Because(err)
	}
	return sane(c.Width, c.Height)
}

func sane(w, h int) error {
	switch {
	case w <= 0 || h <= 0:
		return errUnreadable.Because(fmt.Errorf("%d × %d pixels", w, h))
	case w > MaxSide || h > MaxSide || w*h > MaxPixels:
		return errPixels
	}
	return nil
}

// unreadable makes a fault of a decoder's panic. The decoders are meant not to
// have any, and had some.
func unreadable(err *error) {
	if p := recover(); p != nil {
		*err = errUnreadable.Because(fmt.Errorf("the decoder panicked: %v", p))
	}
}

// decode reads the pixels. It ends when the context does, or when the
// darkroom's patience does.
func (d *Darkroom) decode(ctx context.Context, f Format, raw []byte) (img image.Image, err error) {
	defer unreadable(&err)
	err = d.watch(ctx, raw, func(r io.Reader) (err error) {
		switch f {
		case JPEG:
			img, err = jpeg.Decode(r)
		case PNG:
			img, err = png.Decode(r)
		case GIF:
			img, err = gif.Decode(r)
		case WebP:
			img, err = webp.Decode(r)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	// Once more, by what really came out.
	return img, sane(img.Bounds().Dx(), img.Bounds().Dy())
}

// watch gives the bytes to a decoder through a reader that fails once time is
// up, which is the only way to stop one.
func (d *Darkroom) watch(ctx context.Context, raw []byte, decode func(io.Reader) error) error {
	limited, cancel := context.WithTimeout(ctx, d.patience)
	defer cancel()
	err := decode(&watched{limited, bytes.NewReader(raw)})
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return errStopped.Because(errors.Join(ctx.Err(), err))
	case limited.Err() != nil:
		return errComplex.Because(err)
	}
	return errUnreadable.Because(err)
}

type watched struct {
	ctx context.Context // lives for one decoding
	r   io.Reader
}

// Read implements io.Reader.
func (w *watched) Read(p []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.r.Read(p)
}

// lossless tells whether the picture was kept without loss, as drawings and
// screenshots are.
func lossless(f Format, img image.Image) bool {
	if f == WebP { // it has both; only the lossless one is decoded to RGB
		_, rgb := img.(*image.NRGBA)
		return rgb
	}
	return f != JPEG
}
