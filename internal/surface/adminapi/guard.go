package adminapi

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// Every POST of this API that makes or sets off something can be sent again
// with the same Idempotency-Key, and every change of a single thing can say
// what it was made from. Both are done here, around the handlers, so that no
// operation can be forgotten; a few handlers do it by themselves, and are known
// by the header that they read.

const (
	keyHeader   = "Idempotency-Key"
	matchHeader = "If-Match"
	noneHeader  = "If-None-Match"
)

// guard is what stands around one operation.
type guard struct {
	*service
	id     string
	repeat bool   // takes an Idempotency-Key
	entity string // the path of what it changes; "" takes no conditions
	makes  bool   // a change that may also make the entity
	apart  bool   // not for one transaction
}

// guarded reads what is to stand around a route, and documents it.
func (s *service) guarded(r *route, op *huma.Operation, handler kit.Bound) *guard {
	if r.need == "" && !r.self || r.method == http.MethodGet {
		return nil
	}
	g := &guard{service: s, id: r.id, apart: r.apart}
	if g.repeat = r.method == http.MethodPost && !r.pure && !handler.Takes(keyHeader); g.repeat {
		describe(op, keyHeader, "Any text of your own; a repeat within a day gets the first answer", 255)
	}
	if !handler.Takes(matchHeader) && !r.pure && (r.of != "" || r.method != http.MethodPost) {
		if g.entity = Prefix + r.of; r.of == "" {
			g.entity = op.Path
		}
		kit.Of(op, g.entity)
		describe(op, matchHeader, "The ETag the change was made from; checked when it is sent", 200)
		if g.makes = r.method == http.MethodPut && g.entity == op.Path; g.makes {
			describe(op, noneHeader, "With *, nothing is changed that is there already", 200)
		}
	}
	if g.entity != "" || handler.Takes(matchHeader) {
		op.Errors = append(op.Errors, http.StatusPreconditionFailed)
	}
	if !g.repeat && g.entity == "" {
		return nil
	}
	return g
}

func describe(op *huma.Operation, header, text string, longest int) {
	op.Parameters = append(op.Parameters, &huma.Param{
		Name: header, In: "header", Description: text, Schema: &huma.Schema{Type: huma.TypeString, MaxLength: &longest, Description: text},
	})
}

// serve is a middleware.
func (g *guard) serve(hc huma.Context, next func(huma.Context)) {
	key, conditions := hc.Header(keyHeader), kit.ConditionsOf(hc)
	once, held := g.repeat && key != "", g.entity != "" && conditions.Any()
	run := func(ctx context.Context) error {
		if held {
			if err := g.hold(ctx, hc, conditions); err != nil {
				return err
			}
		}
		return kit.Attempt(ctx, hc, next)
	}
	var err error
	switch {
	case !once && !held:
		next(hc)
		return
	case once && held && !g.apart:
		err = g.Seen(hc.Context(), func(ctx context.Context) error { return g.once(ctx, hc, key, run) })
	case once:
		err = g.once(hc.Context(), hc, key, run)
	case g.apart: // another change may come in between; the room has the last word
		err = run(hc.Context())
	default:
		err = g.Seen(hc.Context(), run)
	}
	if err != nil {
		g.api.Refuse(hc, err)
	}
}

// hold checks the conditions. What is not there fails them where the change
// would make it; elsewhere the handler says that it is not there.
func (g *guard) hold(ctx context.Context, hc huma.Context, c kit.Conditions) error {
	current, err := g.api.Current(huma.WithContext(hc, ctx), g.entity)
	if f := fault.Of(err); f != nil && f.Kind == fault.NotFound {
		if !g.makes {
			return nil
		}
		current, err = "", nil
	}
	if err != nil {
		return err
	}
	return c.Hold(current)
}

// once answers a repeat as the first time.
func (g *guard) once(ctx context.Context, hc huma.Context, key string, run func(context.Context) error) error {
	print, err := kit.Fingerprint(hc)
	if err != nil {
		return err
	}
	do := g.Once.Do
	if g.apart {
		do = g.Once.DoApart
	}
	raw, again, err := do(ctx, g.id+" "+actor.From(ctx).ID.String(), key, print, func(ctx context.Context) ([]byte, error) {
		if err := run(ctx); err != nil {
			return nil, err
		}
		return json.Marshal(kit.KeptOf(hc))
	})
	if err != nil || !again {
		return err
	}
	var a kit.Kept
	if err := json.Unmarshal(raw, &a); err != nil {
		return err
	}
	a.Again(hc)
	return nil
}
