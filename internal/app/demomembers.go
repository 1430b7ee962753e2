package app

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/billing"
)

// demoMembers makes the readers. Those who bought something did so like
// anybody: on the payment page, with a test card.
func (r *rooms) demoMembers(ctx context.Context) error {
	for _, m := range demoMembers {
		member, _, err := r.identity.AddMember(ctx, m.email, m.name)
		if err != nil {
			return err
		}
		if m.plan == "" {
			continue
		}
		if err := r.demoPurchase(ctx, member.ID, m); err != nil {
			return fmt.Errorf("%s: %w", m.email, err)
		}
	}
	return nil
}

func (r *rooms) demoPurchase(ctx context.Context, member uuid.UUID, m demoMember) error {
	had, err := r.billing.Holdings(ctx, member)
	if err != nil || len(had) > 0 {
		return err
	}
	page, err := r.billing.StartCheckout(ctx, billing.CheckoutInput{Member: member, PlanSlug: m.plan, Interval: billing.Yearly})
	if err != nil {
		return err
	}
	session, err := payWithTestCard(ctx, page)
	if err != nil {
		return err
	}
	back, err := r.billing.FinishCheckout(ctx, session, member)
	if err != nil {
		return err
	}
	if back.State != billing.ReturnActive {
		return fmt.Errorf("the payment page answered %s", back.State)
	}
	if m.ended {
		return r.billing.EndAll(ctx, member)
	}
	return nil
}

// payWithTestCard fills in the stand-in's payment page and returns the session
// it sends the payer back with.
func payWithTestCard(ctx context.Context, page string) (session string, err error) {
	form := url.Values{"method": {"card"}, "number": {"4242424242424242"}, "expiry": {time.Now().AddDate(3, 0, 0).Format("01/06")}, "cvc": {"123"}}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, page, strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	client := http.Client{Timeout: 10 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(req)
	if err != nil {
		return "", err
	}
	defer func() { _ = resp.Body.Close() }()
	back, err := resp.Location()
	if err != nil {
		return "", fmt.Errorf("the payment page did not take the test card (status %d)", resp.StatusCode)
	}
	return back.Query().Get("session_id"), nil
}
