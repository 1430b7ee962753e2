package billing

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"

	"github.com/google/uuid"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
	"lighttrends/internal/platform/stripeapi"
)

// visitOfStranger opens a page for somebody who has no account, or does not
// say so. Each wish gets a page of its own: nobody is known by whom another
// could be found.
func (o *Office) visitOfStranger(ctx context.Context, w *purchase) (Visited, error) {
	if w.selling.AccountFirst || w.trialDays > 0 {
		return Visited{}, errAccountFirst
	}
	secret := rand.Text()
	for try := range tries {
		row := o.newVisit(w)
		row.Stranger, row.SecretHash = true, hashSecret(secret)
		row.Owner = Owner{Kind: StrangerOwner, ID: row.ID}
		err := o.DB.Tx(ctx, func(ctx context.Context) error {
			if err := o.store.insertCheckout(ctx, &row); err != nil || w.offer == nil {
				return err
			}
			_, err := o.hold(ctx, w.offer.ID, row.Owner, uuid.NullUUID{UUID: row.ID, Valid: true})
			return err
		})
		if err != nil {
			return Visited{}, err
		}
		url, err := o.pageOf(ctx, &row, w)
		if url != "" || err != nil {
			return Visited{URL: url, Secret: secret}, err
		}
		if err := stepAside(ctx, try); err != nil {
			return Visited{}, err
		}
	}
	return Visited{}, errBusy
}

func hashSecret(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// shownBy tells whether a browser keeps the secret of a visit.
func (c *checkout) shownBy(secret string) bool {
	return c.SecretHash != "" && subtle.ConstantTimeCompare([]byte(c.SecretHash), []byte(hashSecret(secret))) == 1
}

// Claimed is the payload of the journal row about a stranger who bought.
type Claimed struct {
	Member   uuid.UUID `json:"member"`
	New      bool      `json:"new"`     // the account was made by the purchase
	Doubled  bool      `json:"doubled"` // the member had a subscription already
	ReturnTo string    `json:"return_to"`
}

// The journal's verb of a stranger who bought: the member is told by mail how
// to sign in.
const verbClaimed = "checkout.claimed"

// claim gives what a stranger bought to the member with the address that was
// typed at Stripe, made on the spot if there is none. It does not sign anybody
// in: who typed an address has not shown to read mail there. It happens once.
func (o *Office) claim(ctx context.Context, row *checkout, session stripeapi.CheckoutSession) error {
	if row.Owner.Kind != StrangerOwner {
		return nil
	}
	if session.CustomerEmail == "" {
		return fault.New(fault.Internal, "payer_unknown", "Stripe names no address for this payment.")
	}
	var owner Owner
	err := o.DB.Tx(ctx, func(ctx context.Context) error {
		member, fresh, err := o.Members.Enrol(ctx, session.CustomerEmail, session.CustomerName)
		if err != nil {
			return err
		}
		owner = OfMember(member)
		doubled := o.freeToBuy(ctx, owner)
		if doubled != nil && !errors.Is(doubled, errSubscribed) && !errors.Is(doubled, errProcessing) {
			return doubled
		}
		won, err := o.store.claimCheckout(ctx, row.ID, owner)
		if err != nil || !won {
			return err
		}
		if err := o.store.claimPlaces(ctx, row.ID, owner); err != nil {
			return err
		}
		if err := o.keepCustomer(ctx, owner, session.CustomerID); err != nil {
			return err
		}
		return o.Journal.Record(ctx, journal.Event{Verb: verbClaimed, Subject: "checkout", ID: row.ID.String(), Payload: Claimed{
			Member: member, New: fresh, Doubled: errors.Is(doubled, errSubscribed) && !session.Once, ReturnTo: row.ReturnTo,
		}})
	})
	if err != nil {
		return err
	}
	row.Owner = owner
	return nil
}

// keepCustomer remembers the customer Stripe made, unless the member has one.
func (o *Office) keepCustomer(ctx context.Context, owner Owner, customerID string) error {
	if customerID == "" {
		return nil
	}
	live, err := o.store.liveCustomer(ctx, owner)
	if live != nil || err != nil {
		return err
	}
	id := db.NewID()
	return o.store.insertCustomer(ctx, &customer{
		ID: id, Owner: owner, StripeCustomerID: customerID, IdempotencyKey: "customer-" + id.String(), CreatedAt: o.Clock.Now(),
	})
}
