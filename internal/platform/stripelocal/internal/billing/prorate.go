package billing

import (
	"fmt"
	"math"
	"strconv"

	"lighttrends/internal/platform/stripelocal/internal/object"
)

// repricing is a change of what a subscription consists of or when it bills.
type repricing struct {
	items    []object.Item // the new ones, all of them
	behavior string        // proration_behavior
	at       int64         // the moment prorations count from
	trialEnd int64         // a new end of the trial; 0 leaves it
	endTrial bool          // the trial ends now
	reset    bool          // the period begins anew now
}

// apply changes a subscription in memory. It returns the credits and charges
// for the rest of the period, and whether a new period has begun that is to
// be billed at once.
//
// When prices recur differently from before, the period begins anew: the old
// one is credited and the new one billed in full. Else the difference of the
// remaining time is what counts, to the second.
func (u *Unit) apply(s *object.Subscription, r repricing) (waiting []*object.InvoiceItem, newPeriod bool) {
	old := s.Items.Data
	wasTrial := s.Status == object.Trialing
	begins := r.reset || r.endTrial || r.trialEnd > 0 && !wasTrial || !sameRhythm(old[0].Price.Recurring, r.items[0].Price.Recurring)
	if r.behavior != "none" && !wasTrial {
		waiting = u.prorations(s, r, begins)
	}
	s.Items.Data = r.items
	switch {
	case r.trialEnd > 0:
		s.Status, s.TrialEnd, s.BillingCycleAnchor, s.CurrentPeriodEnd = object.Trialing, object.Num(r.trialEnd), r.trialEnd, r.trialEnd
		if !wasTrial {
			s.TrialStart, s.CurrentPeriodStart = object.Num(u.now), u.now
		}
	case begins && (!wasTrial || r.endTrial || r.reset):
		if wasTrial {
			s.Status, s.TrialEnd = object.Active, object.Num(u.now)
		}
		s.BillingCycleAnchor, s.CurrentPeriodStart = u.now, u.now
		s.CurrentPeriodEnd = nextPeriodEnd(u.now, u.now, r.items[0].Price.Recurring)
	default:
		begins = false
	}
	if s.CancelAtPeriodEnd {
		s.CancelAt = object.Num(s.CurrentPeriodEnd)
	}
	return waiting, begins && (r.trialEnd == 0 || !wasTrial)
}

// prorations compares the old items with the new ones.
func (u *Unit) prorations(s *object.Subscription, r repricing, begins bool) []*object.InvoiceItem {
	kept := map[string]object.Item{}
	for _, i := range r.items {
		kept[i.ID] = i
	}
	rest, whole := s.CurrentPeriodEnd-r.at, s.CurrentPeriodEnd-s.CurrentPeriodStart
	span := object.Span{Start: r.at, End: s.CurrentPeriodEnd}
	var out []*object.InvoiceItem
	for _, was := range s.Items.Data {
		is, there := kept[was.ID]
		same := there && is.Price.ID == was.Price.ID && is.Quantity == was.Quantity
		if same && !begins {
			delete(kept, was.ID)
			continue
		}
		out = append(out, u.proration(s, was, "Unused time on", -share(u.discounted(s, was), rest, whole), span))
	}
	if begins {
		return out
	}
	for _, is := range r.items {
		if _, changed := kept[is.ID]; changed {
			out = append(out, u.proration(s, is, "Remaining time on", share(u.discounted(s, is), rest, whole), span))
		}
	}
	return out
}

// discounted is what an item costs for a whole period, a percentage taken off.
func (u *Unit) discounted(s *object.Subscription, i object.Item) int64 {
	amount := i.Price.Cost(i.Quantity)
	if d := runningDiscount(s, u.now); d != nil && d.Coupon.PercentOff != nil {
		amount -= int64(math.Round(float64(amount) * *d.Coupon.PercentOff / 100))
	}
	return amount
}

func (u *Unit) proration(s *object.Subscription, i object.Item, words string, amount int64, span object.Span) *object.InvoiceItem {
	return &object.InvoiceItem{
		Head: object.Head{ID: newID("ii_"), Clock: u.clock}, Amount: amount, Currency: s.Currency, Customer: s.Customer, Date: u.now,
		Description: fmt.Sprintf("%s %d × %s after %s", words, i.Quantity, u.productName(i.Price.Product), Date(span.Start)),
		Period:      span, Price: i.Price, Proration: true, Quantity: i.Quantity, Subscription: object.Str(s.ID),
		SubscriptionItem: object.Str(i.ID), TestClock: u.shownClock(), UnitAmount: amount / max(i.Quantity, 1), UnitDecimal: strconv.FormatInt(amount/max(i.Quantity, 1), 10), Metadata: s.Metadata,
	}
}
