package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/stripelocal"
)

// standIn is Stripe's stand-in, in this process: as Stripe itself, it is not
// part of the server that is measured. It delivers nothing by itself.
type standIn struct {
	addr   string
	file   *sql.DB
	server *http.Server
	stripe *stripelocal.Server
}

const (
	stripeKey    = "sk_test_bench"
	stripeSecret = "whsec_bench" //nolint:gosec // of nothing but this run
)

func openStandIn(ctx context.Context, dir string) (*standIn, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &standIn{addr: "http://" + l.Addr().String()}
	if s.file, err = db.OpenFile(filepath.Join(dir, "stripe.db")); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	s.stripe, err = stripelocal.New(stripelocal.Config{DB: s.file, Clock: clock.System{}, PublicURL: s.addr, SecretKey: stripeKey})
	if err != nil {
		return nil, errors.Join(err, l.Close(), s.file.Close())
	}
	s.server = &http.Server{Handler: s.stripe.Handler(), ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = s.server.Serve(l) }()
	return s, nil
}

func (s *standIn) close() error {
	return errors.Join(s.server.Close(), s.stripe.Close(), s.file.Close())
}

// ask calls the API and reads the answer into out, which may be nil.
func (s *standIn) ask(ctx context.Context, method, path string, form url.Values, out any) error {
	req, err := http.NewRequestWithContext(ctx, method, s.addr+path, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+stripeKey)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("the stand-in answered %d to %s %s", resp.StatusCode, method, path)
	}
	if out == nil {
		return nil
	}
	return json.NewDecoder(resp.Body).Decode(out)
}

// subscribe makes a customer with a running trial.
func (s *standIn) subscribe(ctx context.Context, member, price string) error {
	var customer struct{ ID string }
	owner := "member:" + member
	err := s.ask(ctx, http.MethodPost, "/v1/customers", url.Values{"metadata[lighttrends_owner]": {owner}}, &customer)
	if err != nil {
		return err
	}
	return s.ask(ctx, http.MethodPost, "/v1/subscriptions", url.Values{
		"customer": {customer.ID}, "items[0][price]": {price}, "trial_period_days": {"30"}, "metadata[lighttrends_owner]": {owner},
	}, nil)
}

// created lists the events of all new subscriptions, byte for byte.
func (s *standIn) created(ctx context.Context) (events []json.RawMessage, err error) {
	after := ""
	for {
		var page struct {
			Data    []json.RawMessage
			HasMore bool `json:"has_more"`
		}
		if err := s.ask(ctx, http.MethodGet, "/v1/events?type=customer.subscription.created&limit=100"+after, nil, &page); err != nil {
			return nil, err
		}
		events = append(events, page.Data...)
		if !page.HasMore {
			return events, nil
		}
		var last struct{ ID string }
		if err := json.Unmarshal(page.Data[len(page.Data)-1], &last); err != nil {
			return nil, err
		}
		after = "&starting_after=" + last.ID
	}
}
