package contentapi

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"lighttrends/internal/domain/webhook"
	"lighttrends/internal/surface/kit"
)

// mostListening is how many streams one content key has on this server. A key
// is one front end, whose builders listen, and not each of its readers.
const mostListening = 50

// Events are what builders listen to.
type Events interface {
	Listen(ctx context.Context, last string, kinds []string) (*webhook.Listener, error)
	Wake() <-chan struct{}
}

type eventsInput struct {
	KeyParam
	Types []string `query:"types" maxItems:"50" doc:"Patterns with commas between them, such as note.*. Left out: all"`
	Last  string   `header:"Last-Event-ID" maxLength:"20" doc:"The id of the last event that was heard: what happened since is told first. Browsers send it by themselves"`
}

func (s *service) registerEvents(api *kit.API) {
	stream := map[string]*huma.Response{"200": {Description: "A stream that does not end", Content: map[string]*huma.MediaType{"text/event-stream": {Schema: &huma.Schema{Type: huma.TypeString}}}}}
	add(api, "listen-events", "/events", "Changes", "Hear what changes while it changes", "A stream of server-sent events for builders and caches: `note.published`, `note.updated`, "+
		"`note.retracted`, `issue.published` and `issue.retracted`, each about a thing by its id: ask for it to see what it is now. Each carries an `id`; who comes back with it in "+
		"`Last-Event-ID` misses nothing of the last 30 days, and hears `stream.gap` where more was missed. Comments are a sign of life. The server may end a stream at any time: come back then.",
		stream, func(ctx context.Context, in *eventsInput) (*huma.StreamResponse, error) {
			return s.listen(ctx, api, in)
		})
}

func (s *service) listen(ctx context.Context, api *kit.API, in *eventsInput) (*huma.StreamResponse, error) {
	kinds, err := webhook.ChosenPublic(in.Types)
	if err != nil {
		return nil, err
	}
	l, err := s.Events.Listen(ctx, strings.TrimSpace(in.Last), kinds)
	if err != nil {
		return nil, err
	}
	c := kit.Ctx(ctx)
	front, _ := c.Locals(frontKey).(*frontEnd)
	stream := kit.Stream{
		Who: "content " + front.id, Most: mostListening, Wake: s.Events.Wake,
		May: func(ctx context.Context) error {
			_, err := s.Key(ctx, front.key)
			return err
		},
		Next: func(ctx context.Context) ([]kit.Frame, error) {
			list, err := l.Next(ctx, true)
			out := make([]kit.Frame, len(list))
			for i, m := range list {
				out[i] = kit.Frame{ID: strconv.FormatInt(m.Place, 10), Event: m.Kind, Data: m.Body}
			}
			return out, err
		},
	}
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		if err := kit.Listen(c, s.server, stream); err != nil {
			_ = huma.WriteErr(api, hc, http.StatusTooManyRequests, "", err) // a failed write is the client's loss
		}
	}}, nil
}

// frontEnd is the key by which a front end asks.
type frontEnd struct{ id, key string }

const frontKey = "front_key"
