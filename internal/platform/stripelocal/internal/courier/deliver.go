package courier

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"

	"lighttrends/internal/platform/stripelocal/internal/book"
	"lighttrends/internal/platform/stripelocal/internal/object"
)

// outcome is what came of handing a delivery out.
type outcome struct {
	delivery book.Delivery
	attempt  book.Attempt
	made     bool // an attempt was made
}

// deliver makes one attempt. It makes none when the delivery has been dealt
// with since the queue was read. When the process ends meanwhile, the attempt
// counts as not made, and is made again later.
func (c *Courier) deliver(ctx context.Context, d book.Delivery) outcome {
	started := c.Clock.Now()
	began := time.Now() // the injected clock may stand still while we wait
	o := outcome{delivery: d}
	// As it is now: a try may have been recorded since the queue was read, and
	// the wait goes by their number.
	d, due, err := c.Book.Read(ctx).StillDue(d.ID, started)
	if err != nil || !due {
		return o
	}
	o.delivery = d
	status, err := c.attempt(ctx, d, started)
	if ctx.Err() != nil && status == 0 {
		return o
	}
	o.made, o.attempt = true, book.Attempt{At: started, Took: time.Since(began), Status: status}
	if err != nil {
		o.attempt.Error = err.Error()
	}
	c.plan(&o.delivery, err, started)
	return o
}

// errGone says that there is nothing left to deliver, or nobody to take it.
var errGone = errors.New("the endpoint or the event was deleted, or the endpoint is disabled")

func (c *Courier) attempt(ctx context.Context, d book.Delivery, now time.Time) (status int, err error) {
	tx := c.Book.Read(ctx)
	if refusing, err := tx.Setting(Refusing); err != nil || refusing == "on" {
		return 0, errors.Join(err, errors.New("not sent: webhooks are refused on the dashboard"))
	}
	var w object.WebhookEndpoint
	if err := tx.Get(d.Endpoint, &w); err != nil || w.Status != "enabled" {
		return 0, errGone
	}
	payload, _, err := tx.Doc(d.Event)
	if err != nil {
		return 0, errGone
	}
	return c.post(ctx, w, payload, now)
}

func (c *Courier) post(ctx context.Context, w object.WebhookEndpoint, payload []byte, now time.Time) (int, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, w.URL, bytes.NewReader(payload))
	if err != nil {
		return 0, err
	}
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	r.Header.Set("User-Agent", "Stripe/1.0 (local stand-in)")
	r.Header.Set("Stripe-Signature", Sign(payload, w.Hide.Secret, now))
	res, err := c.client.Do(r)
	if err != nil {
		return 0, err
	}
	defer func() { _ = res.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 64<<10)) // the answer's text is of no interest
	if res.StatusCode < 200 || res.StatusCode > 299 {
		return res.StatusCode, errors.New("the endpoint answered " + strconv.Itoa(res.StatusCode))
	}
	return res.StatusCode, nil
}

// Sign makes a Stripe-Signature header: HMAC-SHA256 over the time, a dot and
// the payload (https://docs.stripe.com/webhooks#verify-manually).
func Sign(payload []byte, secret string, now time.Time) string {
	stamp := strconv.FormatInt(now.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(stamp + "."))
	mac.Write(payload)
	return "t=" + stamp + ",v1=" + hex.EncodeToString(mac.Sum(nil))
}

// plan sets a delivery's state after an attempt and when the next one is.
func (c *Courier) plan(d *book.Delivery, err error, now time.Time) {
	d.Next = time.Time{}
	switch {
	case err == nil:
		d.State = book.Delivered
	case errors.Is(err, errGone):
		d.State = book.GivenUp
	default:
		d.State = book.Waiting
		gap := c.Gaps[min(d.Attempts, len(c.Gaps)-1)]
		if d.Next = now.Add(gap); d.Next.After(d.Queued.Add(life)) {
			d.State, d.Next = book.GivenUp, time.Time{}
		}
	}
}
