package adminapi

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"lighttrends/internal/domain/webhook"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// mostListening is how many streams one staff user or key has on this server:
// a window of the desk each, and some.
const mostListening = 20

type eventsInput struct {
	Types []string `query:"types" maxItems:"50" doc:"Patterns with commas between them: note.*, member.registered. Left out: all that you may hear of"`
	Last  string   `header:"Last-Event-ID" maxLength:"20" doc:"The id of the last event that was heard: what happened since is told first. Browsers send it by themselves"`
}

const eventsText = "A stream of server-sent events: the same that webhooks get, without whole texts, of what you have the right to read. Each carries an `id`; " +
	"who comes back with it in `Last-Event-ID` misses nothing of the last 30 days, and hears `stream.gap` where more was missed. " +
	"Mails are told only while a webhook asks for them. Comments are a sign of life. The server may end a stream at any time, such as when the right to it ends: come back then."

// errHearsLess ends the stream of somebody who lost a right; they begin anew.
var errHearsLess = fault.New(fault.Forbidden, "capability_missing", "You may not hear of all of this any more.")

func (s *service) events() {
	add(s, route{method: http.MethodGet, path: "/events", id: "listen-events", tag: "Events", summary: "Hear what happens while it happens", text: eventsText,
		heard: true, replies: map[string]*huma.Response{"200": {Description: "A stream that does not end", Content: map[string]*huma.MediaType{"text/event-stream": {Schema: &huma.Schema{Type: huma.TypeString}}}}},
	}, s.listen)
}

func (s *service) listen(ctx context.Context, in *eventsInput) (*huma.StreamResponse, error) {
	kinds, err := webhook.Hearing(ctx, in.Types)
	if err != nil {
		return nil, err
	}
	l, err := s.Webhooks.Listen(ctx, strings.TrimSpace(in.Last), kinds)
	if err != nil {
		return nil, err
	}
	c, who := kit.Ctx(ctx), actor.From(ctx)
	token, resolve := kit.VisitorOf(c).Token, s.Staff
	if who.Kind == actor.Key {
		resolve = s.Key
	}
	stream := kit.Stream{
		Who: "admin " + who.ID.String(), Most: mostListening, Wake: s.Webhooks.Wake, Next: heard(l),
		May: func(ctx context.Context) error {
			v, err := resolve(ctx, token)
			if err != nil {
				return err
			}
			now, err := webhook.Hearing(actor.With(ctx, v.Actor), in.Types)
			if err == nil && len(now) < len(kinds) {
				err = errHearsLess
			}
			return err
		},
	}
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		if err := kit.Listen(c, s.server, stream); err != nil {
			_ = huma.WriteErr(s.api, hc, http.StatusTooManyRequests, "", err) // a failed write is the client's loss
		}
	}}, nil
}

// heard makes frames of events.
func heard(l *webhook.Listener) func(context.Context) ([]kit.Frame, error) {
	return func(ctx context.Context) ([]kit.Frame, error) {
		list, err := l.Next(ctx, false)
		out := make([]kit.Frame, len(list))
		for i, m := range list {
			out[i] = kit.Frame{ID: strconv.FormatInt(m.Place, 10), Event: m.Kind, Data: m.Body}
		}
		return out, err
	}
}
