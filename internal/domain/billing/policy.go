package billing

import (
	"context"
	"encoding/json"
	"fmt"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
)

// Policy is what the owner decides about subscriptions that run.
type Policy struct {
	// GraceDays is how long a subscription whose renewal failed stays open. 0
	// leaves it open for as long as Stripe calls it past_due.
	GraceDays int `json:"grace_days"`
	// PauseMonths is how long members may pause at most; 0 offers no pause.
	PauseMonths int `json:"pause_months"`
	// EndOnRefund ends a subscription when its latest bill was paid back in full.
	EndOnRefund bool `json:"end_on_refund"`
	// EndOnDispute ends a subscription when a dispute of its payment was lost.
	EndOnDispute bool `json:"end_on_dispute"`
	// RetentionYears is how long bills of deleted members are kept.
	RetentionYears int `json:"retention_years"`
}

// Bounds of the policy. Laws ask for six to ten years.
const (
	maxGraceDays      = 60
	maxPauseMonths    = 6
	minRetentionYears = 1
	maxRetentionYears = 30
	defaultRetention  = 10
)

// Validate lists every broken rule.
func (p *Policy) Validate() error {
	var f fault.Fields
	f.Check(p.GraceDays >= 0 && p.GraceDays <= maxGraceDays, "/grace_days", "out_of_range", "From 0 to 60.")
	f.Check(p.PauseMonths >= 0 && p.PauseMonths <= maxPauseMonths, "/pause_months", "out_of_range", "From 0 to 6.")
	f.Check(p.RetentionYears >= minRetentionYears && p.RetentionYears <= maxRetentionYears, "/retention_years", "out_of_range", "From 1 to 30.")
	return f.Err()
}

// policyName is the row the policy stands in, and the key of its copy.
const policyName = "policy"

// Policy returns what is decided. It is asked for every gated page, so requests
// share a copy in memory.
func (o *Office) Policy(ctx context.Context) (Policy, error) {
	return o.policies.Get(ctx, policyName, o.loadPolicy)
}

func (o *Office) loadPolicy(ctx context.Context) (Policy, error) {
	p := Policy{GraceDays: o.GraceDays, RetentionYears: defaultRetention}
	raw, err := o.store.setting(ctx, policyName)
	if err != nil || raw == nil {
		return p, err
	}
	if err := json.Unmarshal(raw, &p); err != nil {
		return p, fmt.Errorf("billing: policy: %w", err)
	}
	return p, nil
}

// ChangePolicy lays a change over the policy. It needs settings.write.
func (o *Office) ChangePolicy(ctx context.Context, change func(*Policy)) (p Policy, err error) {
	if err := actor.Require(ctx, actor.SettingsWrite); err != nil {
		return p, err
	}
	err = o.DB.Tx(ctx, func(ctx context.Context) error {
		before, err := o.loadPolicy(ctx)
		if err != nil {
			return err
		}
		p = before
		change(&p)
		if err := p.Validate(); err != nil || p == before {
			return err
		}
		raw, err := json.Marshal(p)
		if err != nil {
			return err
		}
		if err := o.store.putSetting(ctx, policyName, raw, o.Clock.Now()); err != nil {
			return err
		}
		if err := o.Journal.Record(ctx, journal.Event{Verb: "policy.changed", Subject: "policy", ID: "subscriptions", Payload: p}); err != nil {
			return err
		}
		if p.GraceDays != before.GraceDays {
			if err := o.bumpPastDue(ctx); err != nil {
				return err
			}
		}
		return o.DB.Announce(ctx, topicPolicy, "")
	})
	return p, err
}

// bumpPastDue raises the access epoch of everybody whose grace has changed.
func (o *Office) bumpPastDue(ctx context.Context) error {
	members, err := o.store.pastDueMembers(ctx)
	for _, m := range members {
		if err := o.bump(ctx, m); err != nil {
			return err
		}
	}
	return err
}
