package webhook

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/outward"
)

// maxAnswer is how much of an answer is kept for the log.
const maxAnswer = 4 << 10

// textTime is how long the text of an answer may take. The status is what
// counts, and has come by then; the text is for the log.
const textTime = 2 * time.Second

// deliver makes one attempt. It is called by a job; at most one is under way
// for a delivery, but for a crash between the call and its record, after which
// the call is made again with the same webhook-id. It fails with crowded when
// the endpoint is busy with others.
func (o *Outlet) deliver(ctx context.Context, a DeliverArgs) error {
	d, e, ev, err := o.load(ctx, a)
	if err != nil || d == nil {
		return err
	}
	if e.State != On {
		return o.settle(ctx, a, e.ID, func(d *Delivery, _ *Endpoint) (*Attempt, bool) { d.drop(o.Clock.Now()); return nil, false })
	}
	call, asked, err := o.callInLane(ctx, e, ev)
	if err != nil {
		return err
	}
	call.DeliveryID = d.ID
	return o.settle(ctx, a, e.ID, func(d *Delivery, e *Endpoint) (*Attempt, bool) {
		now := o.Clock.Now()
		if ok(int(call.Status)) {
			d.worked(now, int(call.Status))
			e.worked(now)
			return call, false
		}
		return call, d.failed(now, int(call.Status), asked)
	})
}

func ok(status int) bool { return status >= 200 && status < 300 }

// load reads what an attempt needs; a nil delivery means there is nothing to do.
func (o *Outlet) load(ctx context.Context, a DeliverArgs) (d *Delivery, e *Endpoint, ev *Event, err error) {
	return d, e, ev, o.inTurn(ctx, func() error {
		found, err := o.getDelivery(ctx, a.Delivery)
		if err != nil || found == nil || !a.about(found) {
			return err
		}
		if e, err = o.getEndpoint(ctx, found.EndpointID); err != nil {
			return err
		}
		d = found
		ev, err = o.getEvent(ctx, found.EventID)
		return err
	})
}

// about tells whether a job is about the delivery as it stands.
func (a DeliverArgs) about(d *Delivery) bool {
	return d.State == Waiting && d.Round == a.Round && d.Attempts == a.Attempt
}

// settle writes what came of an attempt: the delivery, the endpoint, the log,
// and the job of the next attempt. The endpoint is locked before the delivery,
// as by everybody, so that no two wait for each other.
func (o *Outlet) settle(ctx context.Context, a DeliverArgs, endpoint uuid.UUID, outcome func(*Delivery, *Endpoint) (*Attempt, bool)) error {
	return o.inTurn(ctx, func() error { return o.settleNow(ctx, a, endpoint, outcome) })
}

func (o *Outlet) settleNow(ctx context.Context, a DeliverArgs, endpoint uuid.UUID, outcome func(*Delivery, *Endpoint) (*Attempt, bool)) error {
	return o.DB.Tx(ctx, func(ctx context.Context) error {
		e, err := o.lockEndpoint(ctx, endpoint)
		if err != nil {
			return err
		}
		d, err := o.lockDelivery(ctx, a.Delivery)
		if err != nil || d == nil || !a.about(d) {
			return err // somebody replayed or deleted it meanwhile
		}
		attempt, again := outcome(d, e)
		if attempt != nil {
			if err := o.putAttempt(ctx, attempt); err != nil {
				return err
			}
			if !ok(int(attempt.Status)) && e.failed(attempt.At, int(attempt.Status)) {
				if err := o.paused(ctx, e); err != nil {
					return err
				}
			}
		}
		if err := o.saveDelivery(ctx, d); err != nil {
			return err
		}
		if err := o.saveHealth(ctx, e); err != nil {
			return err
		}
		if !again {
			return nil
		}
		return o.later(ctx, d)
	})
}

// paused records a pause and asks for the mail about it.
func (o *Outlet) paused(ctx context.Context, e *Endpoint) error {
	if err := o.record(actor.With(ctx, actor.Machine("webhooks")), "webhook.paused", e); err != nil {
		return err
	}
	return o.DB.Enqueue(ctx, PausedLetterArgs{Endpoint: e.ID, Key: db.NewID()}, nil)
}

// call sends an event to an endpoint. What the receiver did is in the attempt;
// an error is ours.
func (o *Outlet) call(ctx context.Context, e *Endpoint, ev *Event) (*Attempt, time.Duration, error) {
	text, err := o.textFor(ctx, e, ev)
	if err != nil {
		return nil, 0, err
	}
	raw, err := ev.body(text)
	if err != nil {
		return nil, 0, err
	}
	now := o.Clock.Now()
	secrets, err := o.secretsOf(e)
	if err != nil {
		// It stays so until the secret is replaced, and the log must say it.
		return &Attempt{ID: db.NewID(), At: now, URL: e.URL, Error: "The secret cannot be read, since SECRET_KEY is another one now. Give the webhook another secret."}, 0, nil //nolint:nilerr // it is in the attempt
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, e.URL, bytes.NewReader(raw))
	if err != nil {
		return nil, 0, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "lighttrends-webhooks/1")
	req.Header.Set("Webhook-Id", ev.ID.String())
	req.Header.Set("Webhook-Timestamp", strconv.FormatInt(now.Unix(), 10))
	a := &Attempt{ID: db.NewID(), At: now, URL: e.URL, Request: headers(req.Header)}
	req.Header.Set("Webhook-Signature", sign(ev.ID.String(), now, raw, secrets...))
	asked := o.send(req, a)
	if text != nil {
		a.Answer = "" // a receiver may answer with what it was sent
	}
	return a, asked, nil
}

// send makes the call and notes the answer. It gives how long the receiver
// asks us to wait (RFC 9110, section 10.2.3; seconds only).
func (o *Outlet) send(req *http.Request, a *Attempt) time.Duration {
	began := o.Clock.Now()
	ctx, end := context.WithCancel(req.Context())
	defer end()
	res, err := o.Client.Do(req.WithContext(ctx))
	if err != nil {
		a.TookMS, a.Error = o.Clock.Now().Sub(began).Milliseconds(), explain(err)
		return 0
	}
	defer res.Body.Close() //nolint:errcheck // it was read
	// It may drip, or never end. What came until then is what the log shows.
	defer time.AfterFunc(textTime, end).Stop()
	beginning, _ := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	a.TookMS = o.Clock.Now().Sub(began).Milliseconds()
	a.Status, a.Answer = int64(res.StatusCode), printable(beginning)
	seconds, err := strconv.Atoi(res.Header.Get("Retry-After"))
	if err != nil || seconds < 0 {
		return 0
	}
	return min(time.Duration(min(seconds, 1<<20))*time.Second, maxWait)
}

// noAnswer is what the log says of a receiver that hangs.
const noAnswer = "No answer in time."

// explain says why there was no answer. The error itself may name addresses of
// our network.
func explain(err error) string {
	text := err.Error()
	switch {
	case outward.Forbidden(err):
		return "The address is a private one, which is not called."
	case strings.Contains(text, "Client.Timeout") || strings.Contains(text, "timeout") || strings.Contains(text, "deadline"):
		return noAnswer
	case strings.Contains(text, "no such host"):
		return "The name of the server is not known."
	case strings.Contains(text, "refused"):
		return "The server takes no connection."
	case strings.Contains(text, "certificate") || strings.Contains(text, "tls:"):
		return "The server's certificate does not do."
	default:
		return "The connection broke."
	}
}

func printable(b []byte) string {
	s := strings.ToValidUTF8(string(b), "\uFFFD")
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == utf8.RuneError {
			return -1
		}
		return r
	}, s)
	return s
}

func headers(h http.Header) string {
	var b strings.Builder
	for _, name := range []string{"Content-Type", "User-Agent", "Webhook-Id", "Webhook-Timestamp"} {
		fmt.Fprintf(&b, "%s: %s\n", strings.ToLower(name), h.Get(name))
	}
	return b.String()
}

// textFor gives the whole text, for endpoints that may have it.
func (o *Outlet) textFor(ctx context.Context, e *Endpoint, ev *Event) (*Text, error) {
	if !e.FullText || ev.NoteID == nil || ev.Revision == nil {
		return nil, nil //nolint:nilnil // no text is no error
	}
	return o.Texts.Text(ctx, *ev.NoteID, *ev.Revision)
}

func (o *Outlet) secretsOf(e *Endpoint) ([][]byte, error) {
	secret, err := o.safe.open(e.Secret, e.ID)
	if err != nil {
		return nil, fmt.Errorf("webhook %s: its secret cannot be read with this SECRET_KEY: %w", e.ID, err)
	}
	out := [][]byte{secret}
	if e.OldUntil != nil && o.Clock.Now().Before(*e.OldUntil) {
		if old, err := o.safe.open(e.OldSecret, e.ID); err == nil { // one that cannot be read is replaced for that reason
			out = append(out, old)
		}
	}
	return out, nil
}
