package app

import (
	"errors"
	"net"
	"syscall"

	"lighttrends/internal/platform/fault"
)

// borrowStripe makes the local stand-in answer during a command. A running
// server has one already, at the same address; then that is used.
func (r *rooms) borrowStripe() (stop func(), err error) {
	if !r.cfg.StripeLocal() {
		return func() {}, nil
	}
	d, err := r.startDemo()
	var op *net.OpError
	if errors.As(err, &op) && errors.Is(op.Err, syscall.EADDRINUSE) {
		return func() {}, nil
	}
	if err != nil {
		return nil, err
	}
	return d.close, nil
}

// readable turns a fault into a sentence for the command line.
func readable(err error) error {
	f := fault.Of(err)
	if f.Kind == fault.Internal {
		return err
	}
	text := f.Message
	for _, x := range f.Fields {
		text += "\n  " + x.Path + ": " + x.Message
	}
	return errors.New(text)
}
