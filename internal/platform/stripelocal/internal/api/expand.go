package api

import (
	"encoding/json"
	"errors"
	"strings"

	"lighttrends/internal/platform/stripelocal/internal/billing"
	"lighttrends/internal/platform/stripelocal/internal/book"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

// maxExpand is how deep Stripe expands (https://docs.stripe.com/expand).
const maxExpand = 4

// expand puts whole objects in the place of their ids, along paths such as
// latest_invoice.payment_intent or data.customer.
func expand(u *billing.Unit, doc json.RawMessage, paths []string) (json.RawMessage, error) {
	if len(paths) == 0 {
		return doc, nil
	}
	var tree any
	if err := json.Unmarshal(doc, &tree); err != nil {
		return nil, err
	}
	for _, path := range paths {
		steps := strings.Split(path, ".")
		deep := len(steps)
		if steps[0] == "data" {
			deep--
		}
		if deep > maxExpand {
			return nil, wire.Refuse("", "expand", "You cannot expand more than %d levels of a property. Property: %s", maxExpand, path)
		}
		if err := expandIn(u, tree, steps, path); err != nil {
			return nil, err
		}
	}
	return json.Marshal(tree)
}

func expandIn(u *billing.Unit, tree any, steps []string, path string) error {
	if len(steps) == 0 {
		return nil
	}
	switch t := tree.(type) {
	case []any:
		for _, one := range t {
			if err := expandIn(u, one, steps, path); err != nil {
				return err
			}
		}
		return nil
	case map[string]any:
		return expandField(u, t, steps, path)
	}
	return cannotExpand(path)
}

func expandField(u *billing.Unit, object map[string]any, steps []string, path string) error {
	name := steps[0]
	value, there := object[name]
	if !there && name == "line_items" && object["object"] == "checkout.session" {
		id, _ := object["id"].(string)
		lines, err := checkoutLines(u, id, wire.Values{})
		if err != nil {
			return err
		}
		var whole any
		err = json.Unmarshal(lines, &whole)
		object[name] = whole
		return err
	}
	if !there && name == "tiers" && object["object"] == "price" {
		return nil // a price without bands
	}
	if !there {
		return cannotExpand(path)
	}
	switch v := value.(type) {
	case nil:
		return nil
	case string:
		doc, _, err := u.Doc(v)
		if errors.Is(err, book.ErrNone) {
			return cannotExpand(path)
		}
		if err != nil {
			return err
		}
		var whole any
		if err := json.Unmarshal(doc, &whole); err != nil {
			return err
		}
		object[name] = whole
	case float64, bool:
		return cannotExpand(path)
	}
	return expandIn(u, object[name], steps[1:], path)
}

func cannotExpand(path string) error {
	return wire.Refuse("", "expand", "This property cannot be expanded (%s).", path)
}
