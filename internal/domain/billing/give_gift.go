package billing

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
)

// BuyGift opens the payment page for a present and returns its address. It is
// delivered on its day once it is paid.
//
// Faults: gifts_not_sold, invalid fields, plan_not_found, plan_archived,
// interval_not_sold, and those of Stripe.
func (o *Office) BuyGift(ctx context.Context, in GiftInput) (string, error) {
	if err := o.outside(ctx); err != nil {
		return "", err
	}
	rules, err := o.SalesRules(ctx)
	if err != nil {
		return "", err
	}
	if !rules.Gifts {
		return "", errNoGifts
	}
	now := o.Clock.Now()
	in.Normalize()
	if err := in.validate(rules, now); err != nil {
		return "", err
	}
	plan, err := o.PlanBySlug(ctx, in.PlanSlug)
	if err != nil {
		return "", err
	}
	amount, currency, sold := GiftPrice(plan, in.Months)
	switch {
	case plan.Archived:
		return "", errPlanArchived
	case !sold:
		return "", errNotSoldSo
	}
	if in.DeliverAt.Before(now) {
		in.DeliverAt = now
	}
	g := &Present{
		ID: db.NewID(), GiverID: in.Giver, GiverName: in.GiverName, PlanID: plan.ID, Months: in.Months, Recipient: in.Recipient,
		RecipientName: in.RecipientName, Words: in.Words, DeliverAt: in.DeliverAt.UTC().Truncate(time.Microsecond), State: GiftDraft, CreatedAt: now,
	}
	g.CodeHash = hashCode(o.giftCode(g.ID))
	if err := o.DB.Tx(ctx, func(ctx context.Context) error { return o.store.insertGift(ctx, g) }); err != nil {
		return "", err
	}
	return o.sell(ctx, sale{
		Kind: giftSale, Owner: OfMember(in.Giver), SubjectID: g.ID, Title: plan.Name + ", a present for " + termWords(in.Months), Amount: amount, Currency: currency, ReturnTo: "/gift",
	}, "/gift/return")
}

// giftPaid lets a present go on its way.
func (o *Office) giftPaid(ctx context.Context, row *sale) error {
	if err := o.store.payGift(ctx, row.SubjectID, o.Clock.Now()); err != nil {
		return err
	}
	if err := o.recordSale(ctx, "purchase.paid", row); err != nil {
		return err
	}
	return o.DB.Enqueue(ctx, DeliverGiftsArgs{}, nil)
}

// DeliverGifts sends presents whose day has come on their way: each once, with
// any number of nodes. The letters follow from the journal.
func (o *Office) DeliverGifts(ctx context.Context) error {
	rules, err := o.SalesRules(ctx)
	if err != nil {
		return err
	}
	now := o.Clock.Now()
	gifts, err := o.store.giftsDue(ctx, now)
	if err != nil {
		return err
	}
	for _, g := range gifts {
		var expires *time.Time
		if rules.GiftKeeps > 0 {
			at := addMonths(now, rules.GiftKeeps)
			expires = &at
		}
		err := o.DB.Tx(ctx, func(ctx context.Context) error {
			first, err := o.store.deliverGift(ctx, g.ID, now, expires)
			if err != nil || !first {
				return err
			}
			return o.recordGift(ctx, "gift.delivered", g)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (o *Office) recordGift(ctx context.Context, verb string, g *Present) error {
	return o.Journal.Record(ctx, journal.Event{Verb: verb, Subject: "gift", ID: g.ID.String(), Payload: map[string]any{"months": g.Months, "plan_id": g.PlanID}})
}

// GiftByCode finds a present by its code, for the page on which it is redeemed.
// Faults: gift_not_found, gift_redeemed, gift_expired.
func (o *Office) GiftByCode(ctx context.Context, code string) (*Present, error) {
	g, err := o.store.giftByHash(ctx, hashCode(code))
	if err != nil {
		return nil, err
	}
	if g == nil {
		return nil, errNoGift
	}
	if err := g.redeemable(o.Clock.Now()); err != nil {
		return nil, err
	}
	return g, o.namePlan(ctx, g)
}

// RedeemGift gives a member the term of a present. It begins now, or when what
// they have of that plan ends. Of two who redeem one at once, one has it and
// the other is told kindly; the same member may ask again.
func (o *Office) RedeemGift(ctx context.Context, code string, member uuid.UUID) (*Term, error) {
	g, err := o.GiftByCode(ctx, code)
	if errors.Is(err, errGiftTaken) {
		if again, ferr := o.redeemedBy(ctx, code, member); again != nil || ferr != nil {
			return again, ferr
		}
	}
	if err != nil {
		return nil, err
	}
	if _, err := o.Members.Payer(ctx, member); err != nil {
		return nil, err
	}
	owner := OfMember(member)
	start, err := o.startAfter(ctx, owner, g.PlanID)
	if err != nil {
		return nil, err
	}
	t := &Term{
		Owner: owner, PlanID: uuid.NullUUID{UUID: g.PlanID, Valid: true}, Source: TermGift, SourceID: g.ID.String(),
		StartsAt: start, EndsAt: addMonths(start, g.Months), Reference: "From " + g.GiverName,
	}
	err = o.DB.Tx(ctx, func(ctx context.Context) error {
		first, err := o.store.redeemGift(ctx, g.ID, member, o.Clock.Now())
		if err != nil {
			return err
		}
		if !first {
			return errGiftTaken
		}
		if err := o.addTerm(ctx, t); err != nil {
			return err
		}
		return o.recordGift(ctx, "gift.redeemed", g)
	})
	return t, err
}

// redeemedBy finds the term that this member got for a code, or nil.
func (o *Office) redeemedBy(ctx context.Context, code string, member uuid.UUID) (*Term, error) {
	g, err := o.store.giftByHash(ctx, hashCode(code))
	if err != nil || g == nil || g.RedeemedBy == nil || *g.RedeemedBy != member {
		return nil, err
	}
	t, err := o.store.termFrom(ctx, TermGift, g.ID.String())
	if t == nil || err != nil {
		return nil, err
	}
	return t, o.namePlans(ctx, t)
}

// startAfter is when a term begins that must not run beside what is paid
// already: a subscription that will end, or another term of the plan.
func (o *Office) startAfter(ctx context.Context, owner Owner, plan uuid.UUID) (time.Time, error) {
	start, err := o.nextStart(ctx, owner, plan)
	if err != nil {
		return start, err
	}
	subs, err := o.store.subscriptionsOf(ctx, owner)
	for _, s := range subs {
		if end := s.ends(); s.PlanID == plan && s.Status.Open() && end != nil && end.After(start) {
			start = *end
		}
	}
	return start, err
}

// revokeGift takes a present back, redeemed or not, in the transaction of the
// context.
func (o *Office) revokeGift(ctx context.Context, id uuid.UUID) error {
	if err := o.store.revokeGift(ctx, id, o.Clock.Now()); err != nil {
		return err
	}
	return o.endTermOf(ctx, TermGift, id.String(), "The present was paid back.")
}

// GiftsOf lists what a member has given, the newest first, without what was
// never paid. It needs members.read, or to be that member.
func (o *Office) GiftsOf(ctx context.Context, member uuid.UUID) ([]*Present, error) {
	if err := selfOrReads(ctx, member); err != nil {
		return nil, err
	}
	gifts, err := o.store.giftsOf(ctx, member)
	for _, g := range gifts {
		err = errors.Join(err, o.namePlan(ctx, g))
	}
	return gifts, err
}

// GiftLetter gives a present with its code, for the letter that delivers it;
// nobody else learns the code. It needs to be the system.
func (o *Office) GiftLetter(ctx context.Context, id uuid.UUID) (*Present, string, error) {
	if actor.From(ctx).Kind != actor.System {
		return nil, "", fault.New(fault.Forbidden, "system_only", "Only the system reads this.")
	}
	g, err := o.store.gift(ctx, id)
	if err != nil {
		return nil, "", err
	}
	if g == nil {
		return nil, "", errNoGift
	}
	return g, o.giftCode(id), o.namePlan(ctx, g)
}

func (o *Office) namePlan(ctx context.Context, g *Present) error {
	c, err := o.catalogue(ctx)
	if err == nil {
		g.Plan = c.byID(g.PlanID)
	}
	return err
}
