package access

import "context"

// MayShare tells whether the reader may hand the note on: they read it in full,
// and by a right of their own. What is free for a month, or was handed on to
// them, is not theirs to give; what is open to all needs no hands.
func (d Decision) MayShare() bool {
	switch d.grant.Kind {
	case "", Metered, ShareLink:
		return false
	default:
		return d.Full()
	}
}

// Shared is the decision for somebody who holds a link that a member made. The
// member must still be one who may hand the note on: when their right ends, so
// does that of everybody they gave it to. Nobody else's right is looked at, and
// no free note of anybody is taken.
func (k *Gatekeeper) Shared(ctx context.Context, gate Gate, sharer Reader, link Grant) (Decision, error) {
	d, err := k.Decide(ctx, gate, sharer)
	if err != nil {
		return Decision{}, err
	}
	if !d.MayShare() {
		return Decide(gate, nil, k.clock.Now()), nil
	}
	return Decide(gate, []Grant{{Kind: ShareLink, Note: link.Note, From: link.From, Until: link.Until}}, k.clock.Now()), nil
}
