package adminapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
)

// Key is an API key as lists show it.
type Key struct {
	ID         string           `json:"id" format:"uuid"`
	Name       string           `json:"name"`
	Prefix     string           `json:"prefix" doc:"The beginning of the secret, to tell keys apart"`
	Scopes     []identity.Scope `json:"scopes"`
	CreatedAt  time.Time        `json:"created_at"`
	LastUsedAt *time.Time       `json:"last_used_at,omitempty" doc:"To a quarter of an hour" etag:"-"`
	ExpiresAt  *time.Time       `json:"expires_at,omitempty"`
	RevokedAt  *time.Time       `json:"revoked_at,omitempty"`
	ReplacedBy string           `json:"replaced_by,omitempty" doc:"The key that took over; this one goes on until expires_at"`
	KeyAddresses
}

// KeyAddresses are where a front end is that shows a content key.
type KeyAddresses struct {
	Origins         []string `json:"origins" maxItems:"50" doc:"From where browsers may call with the key; empty: from anywhere, for what is public. Origins as browsers send them: https, or http on the same machine, in small letters, without a path" example:"[\"https://www.firm.example\"]"`
	ReturnAddresses []string `json:"return_addresses" maxItems:"50" doc:"Whereto sign-in links and payment pages may lead back with this key. Compared as they are written; one that ends in a slash stands for everything below it. No fragment, and no code, state or session_id in the query" example:"[\"https://www.firm.example/signed-in\",\"https://www.firm.example/shop/\"]"`
}

// NewKey is a key just made.
type NewKey struct {
	Key
	Secret string `json:"secret" doc:"Shown once and kept nowhere"`
}

type keyInput struct {
	Body struct {
		Name            string           `json:"name" maxLength:"100"`
		Scopes          []identity.Scope `json:"scopes" minItems:"1" maxItems:"14" enum:"content.read,admin.read,admin.write,notes.read,notes.write,notes.publish,members.read,members.write,leads.write,billing.write,settings.write,journal.read,operations.write,visitors.address" doc:"Whole faces, or rooms of the desk one by one; visitors.address is for the server of a front end, which says with it from where a visitor comes. No scope gives the right to make keys or webhooks, or to let somebody work here"`
		ExpiresAt       *time.Time       `json:"expires_at,omitempty"`
		Origins         []string         `json:"origins,omitempty" maxItems:"50" doc:"Only for a key with the scope content.read and no other" example:"[\"https://www.firm.example\"]"`
		ReturnAddresses []string         `json:"return_addresses,omitempty" maxItems:"50" doc:"Only for a key with the scope content.read and no other" example:"[\"https://www.firm.example/signed-in\"]"`
	}
}

type changeKeyInput struct {
	ID   uuid.UUID `path:"id" format:"uuid"`
	Body struct {
		Name            *string   `json:"name,omitempty" maxLength:"100" doc:"Absent keeps it"`
		Origins         *[]string `json:"origins,omitempty" maxItems:"50" doc:"The whole list; absent keeps it, empty takes all away" example:"[\"https://www.firm.example\"]"`
		ReturnAddresses *[]string `json:"return_addresses,omitempty" maxItems:"50" doc:"The whole list; absent keeps it, empty takes all away" example:"[\"https://www.firm.example/signed-in\"]"`
	}
}

type rotateKeyInput struct {
	ID   uuid.UUID `path:"id" format:"uuid"`
	Body *struct {
		Overlap   *int       `json:"overlap_hours,omitempty" minimum:"0" maximum:"720" doc:"24 when left out"`
		ExpiresAt *time.Time `json:"expires_at,omitempty" doc:"As long as the old key was given, when left out"`
	} `required:"false"`
}

type (
	newKeyOutput struct{ Body NewKey }
	keyOutput    struct{ Body Key }
	keysOutput   struct {
		Body struct {
			Keys []Key `json:"keys"`
		}
	}
	keyID struct {
		ID uuid.UUID `path:"id" format:"uuid"`
	}
)

func (s *service) keys() {
	const tag = "API keys"
	add(s, route{method: http.MethodGet, path: "/keys", id: "list-keys", tag: tag, need: actor.KeysWrite, summary: "List API keys"}, s.listKeys)
	add(s, route{method: http.MethodPost, path: "/keys", id: "create-key", tag: tag, need: actor.KeysWrite, status: http.StatusCreated,
		summary: "Make an API key", text: "The answer holds the secret; nobody can see it again."}, s.createKey)
	add(s, route{method: http.MethodPatch, path: "/keys/{id}", id: "change-key", tag: tag, need: actor.KeysWrite,
		summary: "Change the name and the addresses of an API key", text: "From the next request on. What a key may do never changes: make another for that."}, s.changeKey)
	add(s, route{method: http.MethodPost, path: "/keys/{id}/rotation", id: "rotate-key", of: "/keys/{id}", tag: tag, need: actor.KeysWrite, status: http.StatusCreated,
		summary: "Replace an API key", text: "Makes a key of the same name, scopes and addresses. The old one goes on for the overlap, so that the new one can be put in its place."}, s.rotateKey)
	add(s, route{method: http.MethodDelete, path: "/keys/{id}", id: "revoke-key", tag: tag, need: actor.KeysWrite, status: http.StatusNoContent,
		summary: "Revoke an API key"}, func(ctx context.Context, in *keyID) (*None, error) {
		return &None{}, s.Identity.RevokeKey(ctx, in.ID)
	})
}

func (s *service) listKeys(ctx context.Context, _ *struct{}) (*keysOutput, error) {
	keys, err := s.Identity.ListKeys(ctx)
	if err != nil {
		return nil, err
	}
	var out keysOutput
	out.Body.Keys = make([]Key, len(keys))
	for i, k := range keys {
		out.Body.Keys[i] = keyOf(k)
	}
	return &out, nil
}

func keyOf(k identity.APIKey) Key {
	out := Key{
		ID: k.ID.String(), Name: k.Name, Prefix: k.Prefix, Scopes: append([]identity.Scope{}, k.Scopes...), CreatedAt: k.CreatedAt,
		LastUsedAt: k.LastUsedAt, ExpiresAt: k.ExpiresAt, RevokedAt: k.RevokedAt,
	}
	out.Origins, out.ReturnAddresses = append([]string{}, k.Origins...), append([]string{}, k.ReturnAddresses...)
	if k.ReplacedBy != nil {
		out.ReplacedBy = k.ReplacedBy.String()
	}
	return out
}

func (s *service) createKey(ctx context.Context, in *keyInput) (*newKeyOutput, error) {
	secret, k, err := s.Identity.CreateKey(ctx, identity.CreateKey{
		Name: in.Body.Name, Scopes: in.Body.Scopes, ExpiresAt: in.Body.ExpiresAt,
		FrontEnd: identity.FrontEnd{Origins: in.Body.Origins, ReturnAddresses: in.Body.ReturnAddresses},
	})
	if err != nil {
		return nil, err
	}
	return &newKeyOutput{NewKey{keyOf(k), secret}}, nil
}

func (s *service) changeKey(ctx context.Context, in *changeKeyInput) (*keyOutput, error) {
	change := identity.ChangeKey{ID: in.ID, Name: in.Body.Name}
	if in.Body.Origins != nil {
		change.Origins = append([]string{}, *in.Body.Origins...)
	}
	if in.Body.ReturnAddresses != nil {
		change.ReturnAddresses = append([]string{}, *in.Body.ReturnAddresses...)
	}
	k, err := s.Identity.ChangeKey(ctx, change)
	return &keyOutput{keyOf(k)}, err
}

func (s *service) rotateKey(ctx context.Context, in *rotateKeyInput) (*newKeyOutput, error) {
	r := identity.RotateKey{ID: in.ID, Overlap: 24 * time.Hour}
	if in.Body != nil {
		r.ExpiresAt = in.Body.ExpiresAt
		if in.Body.Overlap != nil {
			r.Overlap = time.Duration(*in.Body.Overlap) * time.Hour
		}
	}
	secret, k, err := s.Identity.RotateKey(ctx, r)
	if err != nil {
		return nil, err
	}
	return &newKeyOutput{NewKey{keyOf(k), secret}}, nil
}
