package billing

import (
	"errors"
	"strconv"

	"lighttrends/internal/platform/stripelocal/internal/book"
	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

// CreateProduct makes a product, under an id of the caller's own if sent.
func (u *Unit) CreateProduct(p wire.Values) (object.Record, error) {
	meta, err := p.Merge("metadata", nil)
	if err != nil {
		return nil, err
	}
	prod := &object.Product{
		Head: object.Head{ID: p.Text("id")}, Active: !p.Has("active") || p.Bool("active"), Name: p.Text("name"),
		Description: object.Str(p.Text("description")), UnitLabel: object.Str(p.Text("unit_label")),
		URL: object.Str(p.Text("url")), Metadata: meta, Updated: u.now,
	}
	if err := u.free(prod.ID, "Product"); err != nil {
		return nil, err
	}
	return prod, u.create(prod, "prod_", "product.created")
}

// free refuses an id that is taken.
func (u *Unit) free(id, kind string) error {
	if id == "" {
		return nil
	}
	_, _, err := u.Doc(id)
	if errors.Is(err, book.ErrNone) {
		return nil
	}
	if err == nil {
		return wire.Refuse("resource_already_exists", "id", "%s already exists.", kind)
	}
	return err
}

// UpdateProduct changes a product.
func (u *Unit) UpdateProduct(id string, p wire.Values) (object.Record, error) {
	prod, err := fetch[object.Product](u, id, "id")
	if err != nil {
		return nil, err
	}
	if p.Has("name") {
		prod.Name = p.Text("name")
	}
	if p.Has("active") {
		prod.Active = p.Bool("active")
	}
	for name, field := range map[string]*object.Str{"description": &prod.Description, "unit_label": &prod.UnitLabel, "url": &prod.URL} {
		if p.Has(name) {
			*field = object.Str(p.Text(name))
		}
	}
	if prod.Metadata, err = p.Merge("metadata", prod.Metadata); err != nil {
		return nil, err
	}
	if u.now > prod.Updated {
		prod.Updated = u.now
	}
	return prod, u.update(prod, "product.updated")
}

// DeleteProduct deletes a product that has no prices.
func (u *Unit) DeleteProduct(id string) error {
	prod, err := fetch[object.Product](u, id, "id")
	if err != nil {
		return err
	}
	n, err := u.Count(book.Query{Object: "price", Filters: []book.Filter{book.Is("product", id)}})
	if err != nil {
		return err
	}
	if n > 0 {
		return wire.Refuse("", "id", "This product cannot be deleted because it has prices. Archive it instead.")
	}
	return u.bury(prod, "product.deleted")
}

// bury deletes an object; the event shows it as it last was.
func (u *Unit) bury(rec object.Record, event string) error {
	doc, err := u.show(rec)
	if err != nil {
		return err
	}
	delete(u.held, rec.Header().ID)
	if _, err := u.Bury(rec); err != nil {
		return err
	}
	if event == "" {
		return nil
	}
	return u.tell(event, doc, nil)
}

// CreatePrice makes a price for a product.
func (u *Unit) CreatePrice(p wire.Values) (object.Record, error) {
	prod, err := fetch[object.Product](u, p.Text("product"), "product")
	if err != nil {
		return nil, err
	}
	meta, err := p.Merge("metadata", nil)
	if err != nil {
		return nil, err
	}
	price := &object.Price{
		Active: !p.Has("active") || p.Bool("active"), Currency: p.Text("currency"), Nickname: object.Str(p.Text("nickname")),
		Product: prod.ID, Metadata: meta, Type: "one_time",
	}
	if err := readTiers(price, p); err != nil {
		return nil, err
	}
	if p.Has("recurring") {
		r := p.Hash("recurring")
		price.Type = "recurring"
		price.Recurring = &object.Recurring{Interval: r.Text("interval"), IntervalCount: max(r.Int("interval_count"), 1), UsageType: "licensed"}
		if err := tooLong(price.Recurring); err != nil {
			return nil, err
		}
	}
	if err := u.nameByLookupKey(price, p); err != nil {
		return nil, err
	}
	return price, u.create(price, "price_", "price.created")
}

// readTiers reads what a price costs: an amount, or bands.
func readTiers(price *object.Price, p wire.Values) error {
	price.BillingScheme = "per_unit"
	if p.Text("billing_scheme") != "tiered" {
		if p.Has("tiers") || p.Has("tiers_mode") {
			return wire.Refuse("", "tiers", "Tiers go with the billing scheme tiered.")
		}
		if !p.Has("unit_amount") {
			return wire.Refuse("parameter_missing", "unit_amount", "Missing required param: unit_amount.")
		}
		price.SetAmount(p.Int("unit_amount"))
		return nil
	}
	list := p.Hashes("tiers")
	if p.Has("unit_amount") || len(list) == 0 || p.Text("tiers_mode") == "" {
		return wire.Refuse("", "tiers", "A tiered price takes tiers and tiers_mode, and no unit_amount.")
	}
	price.BillingScheme, price.TiersMode = "tiered", p.Text("tiers_mode")
	before := int64(0)
	for i, one := range list {
		last := i == len(list)-1
		upTo := one.Int("up_to")
		if last != (one.Text("up_to") == "inf") || !last && upTo <= before {
			return wire.Refuse("", "tiers", "Tiers rise, and the last one goes up to inf.")
		}
		before = upTo
		t := object.Tier{UnitAmount: object.Num(one.Int("unit_amount")), FlatAmount: object.Num(one.Int("flat_amount")), UpTo: object.Num(upTo)}
		t.UnitAmountDecimal = object.Str(strconv.FormatInt(int64(t.UnitAmount), 10))
		if one.Has("flat_amount") {
			t.FlatAmountDecimal = object.Str(strconv.FormatInt(int64(t.FlatAmount), 10))
		}
		price.Tiers = append(price.Tiers, t)
	}
	return nil
}

// tooLong refuses intervals above three years, Stripe's limit.
func tooLong(r *object.Recurring) error {
	limit := map[string]int64{"day": 1095, "week": 156, "month": 36, "year": 3}[r.Interval]
	if r.IntervalCount > limit {
		return wire.Refuse("", "recurring[interval_count]", "A price recurs at least every three years.")
	}
	return nil
}

// UpdatePrice changes what may change of a price.
func (u *Unit) UpdatePrice(id string, p wire.Values) (object.Record, error) {
	price, err := fetch[object.Price](u, id, "id")
	if err != nil {
		return nil, err
	}
	if p.Has("active") {
		price.Active = p.Bool("active")
	}
	if p.Has("nickname") {
		price.Nickname = object.Str(p.Text("nickname"))
	}
	if price.Metadata, err = p.Merge("metadata", price.Metadata); err != nil {
		return nil, err
	}
	if p.Has("lookup_key") {
		if err := u.nameByLookupKey(price, p); err != nil {
			return nil, err
		}
	}
	return price, u.update(price, "price.updated")
}

// nameByLookupKey gives a price its lookup key. Another price that has it
// loses it when transfer_lookup_key says so, else it is refused.
func (u *Unit) nameByLookupKey(price *object.Price, p wire.Values) error {
	key := p.Text("lookup_key")
	price.LookupKey = object.Str(key)
	if key == "" {
		return nil
	}
	others, err := find[object.Price](u, book.Is("lookup_key", key))
	if err != nil {
		return err
	}
	for _, other := range others {
		if other.ID == price.ID {
			continue
		}
		if !p.Bool("transfer_lookup_key") {
			return wire.Refuse("resource_already_exists", "lookup_key", "Another price has the lookup key '%s': %s. Send transfer_lookup_key to move it.", key, other.ID)
		}
		other.LookupKey = ""
		if err := u.update(other, "price.updated"); err != nil {
			return err
		}
	}
	return nil
}
