package billing

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"net/mail"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
)

// GiftState is how far a present has come.
type GiftState string

// The states of a gift.
const (
	GiftDraft     GiftState = "draft" // not paid
	GiftPaid      GiftState = "paid"  // waits for its day
	GiftDelivered GiftState = "delivered"
	GiftRedeemed  GiftState = "redeemed"
	GiftRevoked   GiftState = "revoked" // paid back
	GiftExpired   GiftState = "expired" // as of now: delivered, and not redeemed in time
)

// Present is a subscription for a term that somebody gives to somebody else. The
// term begins when it is redeemed.
type Present struct {
	ID            uuid.UUID `gorm:"type:uuid;primaryKey"`
	GiverID       uuid.UUID `gorm:"type:uuid"`
	GiverName     string
	PlanID        uuid.UUID `gorm:"type:uuid"`
	Months        int
	Recipient     string
	RecipientName string
	Words         string
	DeliverAt     time.Time
	State         GiftState
	CodeHash      string
	CreatedAt     time.Time
	PaidAt        *time.Time
	DeliveredAt   *time.Time
	ExpiresAt     *time.Time
	RedeemedAt    *time.Time
	RedeemedBy    *uuid.UUID `gorm:"type:uuid"`
	RevokedAt     *time.Time

	Plan *Plan `gorm:"-"` // shared: read it only
}

// TableName implements gorm's Tabler.
func (Present) TableName() string { return "gifts" }

// Expired tells whether nobody can redeem it any more because nobody did.
func (g *Present) Expired(now time.Time) bool {
	return g.State == GiftDelivered && g.ExpiresAt != nil && !now.Before(*g.ExpiresAt)
}

// redeemable says why a gift cannot be redeemed, or nil. One that waits for
// its day can be: whoever has the code has the present.
func (g *Present) redeemable(now time.Time) error {
	switch {
	case g.State == GiftRedeemed:
		return errGiftTaken
	case g.State == GiftRevoked, g.State == GiftDraft:
		return errNoGift
	case g.Expired(now):
		return errGiftExpired
	}
	return nil
}

// GiftInput is a present as its giver describes it.
type GiftInput struct {
	Giver         uuid.UUID // a member
	GiverName     string
	PlanSlug      string
	Months        int
	Recipient     string
	RecipientName string
	Words         string
	DeliverAt     time.Time // zero is at once
}

// Normalize trims what people leave at the edges.
func (in *GiftInput) Normalize() {
	for _, s := range []*string{&in.GiverName, &in.Recipient, &in.RecipientName, &in.Words} {
		*s = strings.TrimSpace(*s)
	}
	in.Words = strings.ReplaceAll(in.Words, "\r\n", "\n")
}

// validate lists every broken rule.
func (in *GiftInput) validate(rules SalesRules, now time.Time) error {
	var f fault.Fields
	_, err := mail.ParseAddress(in.Recipient)
	f.Check(err == nil && len(in.Recipient) <= 254 && !strings.ContainsAny(in.Recipient, "<>\" "), "recipient", "bad_address", "Please write an e-mail address, such as name@example.com.")
	f.Required("giver_name", in.GiverName)
	f.MaxRunes("giver_name", in.GiverName, 100)
	f.MaxRunes("recipient_name", in.RecipientName, 100)
	f.MaxRunes("words", in.Words, 1000)
	f.Check(plain(in.GiverName+in.RecipientName) && !strings.Contains(in.GiverName+in.RecipientName, "\n"), "giver_name", "bad_characters", "A name is one line.")
	f.Check(plain(in.Words), "words", "bad_characters", "Control characters are not allowed.")
	sold := false
	for _, n := range rules.GiftMonths {
		sold = sold || n == in.Months
	}
	f.Check(sold, "months", "not_sold", "Please choose one of the terms.")
	f.Check(in.DeliverAt.IsZero() || in.DeliverAt.Before(now.AddDate(1, 0, 0)) && in.DeliverAt.After(now.AddDate(0, 0, -2)), "deliver_at", "out_of_range", "A day within a year from now.")
	return f.Err()
}

var (
	errNoGift      = fault.New(fault.NotFound, "gift_not_found", "No present has this code. Please compare it with the letter once more.")
	errGiftTaken   = fault.New(fault.Conflict, "gift_redeemed", "This present has been redeemed already.")
	errGiftExpired = fault.New(fault.Gone, "gift_expired", "This present was not redeemed in time.")
	errNoGifts     = fault.New(fault.NotFound, "gifts_not_sold", "Presents are not sold here.")
)

// codeBytes make a code that nobody guesses: 80 bits.
const codeBytes = 10

// giftCode computes the code of a gift: four groups of four letters and digits.
func (o *Office) giftCode(id uuid.UUID) string {
	mac := hmac.New(sha256.New, o.GiftKey)
	mac.Write(id[:])
	text := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(mac.Sum(nil)[:codeBytes])
	return text[:4] + "-" + text[4:8] + "-" + text[8:12] + "-" + text[12:]
}

// hashCode is how a code is found, written in whatever way.
func hashCode(code string) string {
	clean := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 'A' && r <= 'Z', r >= '2' && r <= '7':
			return r
		case r == '0': // neither digit is in the alphabet
			return 'O'
		case r == '1':
			return 'I'
		default:
			return -1
		}
	}, clip(code, 100))
	sum := sha256.Sum256([]byte(clean))
	return hex.EncodeToString(sum[:])
}

// GiftPrice is what a plan costs for a term: once for that term if it is sold
// so, a year at the price of the year, anything else month by month; false when
// it is not sold so.
// A present is for one reader, who pays what one costs by bands too. What costs
// nothing is no present.
func GiftPrice(p *Plan, months int) (amount int64, currency string, ok bool) {
	times, x := int64(1), p.PriceIn(PaidOnce, int64(months), "")
	if x == nil && months%12 == 0 {
		times, x = int64(months/12), p.Price(Yearly)
	}
	if x == nil {
		times, x = int64(months), p.Price(Monthly)
	}
	if x == nil || x.Cost(1) == 0 {
		return 0, "", false
	}
	return x.Cost(1) * times, x.Currency, true
}

// termWords writes a term: "a year", "3 months".
func termWords(months int) string {
	switch months {
	case 12:
		return "a year"
	case 1:
		return "a month"
	default:
		return strconv.Itoa(months) + " months"
	}
}
