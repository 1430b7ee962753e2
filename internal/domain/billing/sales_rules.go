package billing

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
)

// SalesRules are what the owner decides about all that is not a subscription.
type SalesRules struct {
	// FreeNotes is how many paid notes a member without a subscription may
	// read in full in a month; 0 gives none away.
	FreeNotes int `json:"free_notes"`
	// Gifts sells subscriptions as presents, for as many months as one of
	// GiftMonths. A gift can be redeemed for GiftKeeps months after it was
	// delivered; 0 is for good.
	Gifts      bool  `json:"gifts"`
	GiftMonths []int `json:"gift_months"`
	GiftKeeps  int   `json:"gift_keeps"`
	// OverdueDays is how long after the day it was due the bill of a term that is
	// not paid leaves it open. It holds for terms that are given from then on.
	OverdueDays int `json:"overdue_days"`
	// Quotes lets readers ask for a quote, to pay by invoice.
	Quotes bool `json:"quotes"`
	// RefundCloses takes back what was bought once when it is paid back.
	RefundCloses bool `json:"refund_closes"`
}

// DefaultSalesRules hold until the owner decides something.
func DefaultSalesRules() SalesRules {
	return SalesRules{GiftMonths: []int{3, 6, 12}, GiftKeeps: 24, OverdueDays: 7, RefundCloses: true}
}

// Validate lists every broken rule.
func (r *SalesRules) Validate() error {
	var f fault.Fields
	f.Check(r.FreeNotes >= 0 && r.FreeNotes <= 1000, "/free_notes", "out_of_range", "From 0 to 1000.")
	f.Check(len(r.GiftMonths) > 0 && len(r.GiftMonths) <= 6, "/gift_months", "out_of_range", "From one to six terms.")
	for _, n := range r.GiftMonths {
		f.Check(n >= 1 && n <= 60, "/gift_months", "out_of_range", "From 1 to 60 months.")
	}
	r.GiftMonths = slices.Clone(r.GiftMonths)
	slices.Sort(r.GiftMonths)
	r.GiftMonths = slices.Compact(r.GiftMonths)
	f.Check(r.GiftKeeps >= 0 && r.GiftKeeps <= 120, "/gift_keeps", "out_of_range", "From 0 to 120 months.")
	f.Check(r.OverdueDays >= 0 && r.OverdueDays <= 365, "/overdue_days", "out_of_range", "From 0 to 365 days.")
	return f.Err()
}

const salesName = "sales"

// SalesRules returns the rules in force. They are asked for gated pages, so a
// copy is kept until they change; share it read only.
func (o *Office) SalesRules(ctx context.Context) (SalesRules, error) {
	return o.sales.Get(ctx, "", o.loadSales)
}

func (o *Office) loadSales(ctx context.Context) (SalesRules, error) {
	r := DefaultSalesRules()
	raw, err := o.store.setting(ctx, salesName)
	if err != nil || raw == nil {
		return r, err
	}
	if err := json.Unmarshal(raw, &r); err != nil {
		return r, fmt.Errorf("billing: rules of sale: %w", err)
	}
	return r, nil
}

// ChangeSalesRules decides about all that is not a subscription. It needs
// settings.write.
func (o *Office) ChangeSalesRules(ctx context.Context, change func(*SalesRules)) (r SalesRules, err error) {
	if err := actor.Require(ctx, actor.SettingsWrite); err != nil {
		return r, err
	}
	err = o.DB.Tx(ctx, func(ctx context.Context) error {
		if r, err = o.loadSales(ctx); err != nil {
			return err
		}
		change(&r)
		if err := r.Validate(); err != nil {
			return err
		}
		raw, err := json.Marshal(r)
		if err != nil {
			return err
		}
		if err := o.store.putSetting(ctx, salesName, raw, o.Clock.Now()); err != nil {
			return err
		}
		if err := o.Journal.Record(ctx, journal.Event{Verb: "selling.rules_changed", Subject: "selling", ID: salesName, Payload: r}); err != nil {
			return err
		}
		return o.DB.Announce(ctx, topicNews, "")
	})
	return r, err
}
