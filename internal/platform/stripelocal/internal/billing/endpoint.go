package billing

import (
	"errors"
	"slices"
	"strings"

	"lighttrends/internal/platform/stripelocal/internal/book"
	"lighttrends/internal/platform/stripelocal/internal/object"
	"lighttrends/internal/platform/stripelocal/internal/wire"
)

// ConfiguredEndpoint is the id of the endpoint that the configuration names.
const ConfiguredEndpoint = "we_configured"

// CreateEndpoint registers an address. Its secret is shown in this answer only.
func (u *Unit) CreateEndpoint(p wire.Values) (object.Record, string, error) {
	if err := u.under(""); err != nil {
		return nil, "", err
	}
	w := &object.WebhookEndpoint{
		APIVersion: object.Str(p.Text("api_version")), Status: "enabled",
		Hide: object.EndpointSecret{Secret: "whsec_" + letters(32)},
	}
	if err := fillEndpoint(w, p); err != nil {
		return nil, "", err
	}
	return w, w.Hide.Secret, u.create(w, "we_", "")
}

func fillEndpoint(w *object.WebhookEndpoint, p wire.Values) (err error) {
	if p.Has("url") {
		w.URL = p.Text("url")
		if !isWebAddress(w.URL) {
			return wire.Refuse("url_invalid", "url", "Invalid URL: An explicit scheme (such as https) must be provided.")
		}
	}
	if p.Has("enabled_events") {
		w.EnabledEvents = p.Texts("enabled_events")
		if len(w.EnabledEvents) == 0 || slices.Contains(w.EnabledEvents, "*") && len(w.EnabledEvents) > 1 {
			return wire.Refuse("", "enabled_events", "Name at least one event, or only * for all of them.")
		}
		for _, name := range w.EnabledEvents {
			if name != "*" && (!strings.Contains(name, ".") || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz_.") != "") {
				return wire.Refuse("", "enabled_events", "This is no event: %s", name)
			}
		}
	}
	if p.Has("description") {
		w.Description = object.Str(p.Text("description"))
	}
	if p.Has("disabled") {
		w.Status = map[bool]string{true: "disabled", false: "enabled"}[p.Bool("disabled")]
	}
	w.Metadata, err = p.Merge("metadata", w.Metadata)
	return err
}

// UpdateEndpoint changes an address or switches it off and on.
func (u *Unit) UpdateEndpoint(id string, p wire.Values) (object.Record, error) {
	w, err := fetch[object.WebhookEndpoint](u, id, "id")
	if err != nil {
		return nil, err
	}
	if err := fillEndpoint(w, p); err != nil {
		return nil, err
	}
	return w, u.update(w, "")
}

// DeleteEndpoint stops an address. What is queued for it is given up.
func (u *Unit) DeleteEndpoint(id string) error {
	w, err := fetch[object.WebhookEndpoint](u, id, "id")
	if err != nil {
		return err
	}
	return u.bury(w, "")
}

// Configure makes the endpoint that the configuration names what it says. An
// empty address switches it off.
func (u *Unit) Configure(address, secret string) error {
	w, err := fetch[object.WebhookEndpoint](u, ConfiguredEndpoint, "id")
	var refused *wire.Error
	missing := errors.As(err, &refused)
	if err != nil && !missing || missing && address == "" {
		return ignoreMissing(err)
	}
	if missing {
		w = &object.WebhookEndpoint{Head: object.Head{ID: ConfiguredEndpoint, Object: "webhook_endpoint", Created: u.now}}
	}
	w.APIVersion, w.Description, w.EnabledEvents = object.Version, "Set in the configuration", []string{"*"}
	w.Status = "enabled"
	if address == "" {
		w.Status = "disabled"
	} else {
		w.URL, w.Hide.Secret = address, secret
	}
	_, _, err = u.Put(w)
	return err
}

// Endpoints are all registered addresses, newest first.
func Endpoints(tx *book.Tx) ([]*object.WebhookEndpoint, error) {
	return book.All[object.WebhookEndpoint](tx, book.Query{Object: "webhook_endpoint"})
}
