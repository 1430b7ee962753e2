package adminapi

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/identity"
)

// TOTPSecret is what somebody enters into their authenticator app.
type TOTPSecret struct {
	Secret string `json:"secret" doc:"Base 32, for typing"`
	URI    string `json:"uri" doc:"otpauth:, for opening"`
	QR     string `json:"qr" doc:"data:image/png, for taking a picture of"`
}

// Passkey is a key on somebody's device.
type Passkey struct {
	ID         string     `json:"id" format:"uuid"`
	Name       string     `json:"name"`
	CreatedAt  time.Time  `json:"created_at"`
	LastUsedAt *time.Time `json:"last_used_at,omitempty" etag:"-"`
}

// RecoveryCodes are shown once and kept nowhere.
type RecoveryCodes struct {
	Codes []string `json:"recovery_codes,omitempty" doc:"Each signs in once when app and key are lost. Shown once"`
}

type (
	totpOutput  struct{ Body TOTPSecret }
	codesOutput struct{ Body RecoveryCodes }
	totpInput   struct {
		Body struct {
			Code string `json:"code" maxLength:"20" doc:"Six digits from the app"`
		}
	}
	passkeysOutput struct {
		Body struct {
			Passkeys []Passkey `json:"passkeys"`
		}
	}
	passkeyOutput struct{ Body Passkey }
	addedPasskey  struct {
		Body struct {
			Passkey Passkey `json:"passkey"`
			RecoveryCodes
		}
	}
	addPasskeyInput struct {
		Body struct {
			Ticket     string          `json:"ticket" maxLength:"64"`
			Name       string          `json:"name" maxLength:"200"`
			Credential json.RawMessage `json:"credential" doc:"PublicKeyCredential.toJSON()"`
		}
	}
	passkeyID struct {
		ID uuid.UUID `path:"id" format:"uuid"`
	}
	renamePasskeyInput struct {
		ID   uuid.UUID `path:"id" format:"uuid"`
		Body struct {
			Name string `json:"name" maxLength:"200"`
		}
	}
)

func (s *service) myFactors() {
	const tag = "Me"
	add(s, route{method: http.MethodPost, path: "/me/totp", id: "prepare-totp", pure: true, tag: tag, self: true,
		summary: "Prepare an authenticator app", text: "Nothing counts before a code has proved that the app has the secret."}, s.prepareTOTP)
	add(s, route{method: http.MethodPut, path: "/me/totp", id: "confirm-totp", errors: []int{410, 429}, pure: true, tag: tag, self: true,
		summary: "Take the app into use", text: "Ends all other sessions. The first second factor brings codes for emergencies."}, s.confirmTOTP)
	add(s, route{method: http.MethodDelete, path: "/me/totp", id: "remove-totp", pure: true, tag: tag, self: true, status: http.StatusNoContent,
		summary: "Forget the authenticator app"}, func(ctx context.Context, _ *struct{}) (*None, error) {
		return &None{}, s.Identity.RemoveTOTP(ctx)
	})
	add(s, route{method: http.MethodPost, path: "/me/recovery-codes", id: "renew-recovery-codes", tag: tag, self: true,
		summary: "Make new codes for emergencies", text: "The old ones are void."}, func(ctx context.Context, _ *struct{}) (*codesOutput, error) {
		codes, err := s.Identity.RenewRecoveryCodes(ctx)
		return &codesOutput{RecoveryCodes{codes}}, err
	})
}

func (s *service) prepareTOTP(ctx context.Context, _ *struct{}) (*totpOutput, error) {
	p, err := s.Identity.PrepareTOTP(ctx)
	if err != nil {
		return nil, err
	}
	return &totpOutput{TOTPSecret{p.Secret, p.URI, "data:image/png;base64," + base64.StdEncoding.EncodeToString(p.PNG)}}, nil
}

func (s *service) confirmTOTP(ctx context.Context, in *totpInput) (*codesOutput, error) {
	codes, err := s.Identity.ConfirmTOTP(ctx, in.Body.Code)
	return &codesOutput{RecoveryCodes{codes}}, err
}

func (s *service) myPasskeys() {
	const tag = "Me"
	add(s, route{method: http.MethodGet, path: "/me/passkeys", id: "list-my-passkeys", tag: tag, self: true, summary: "List one's passkeys"}, s.listMyPasskeys)
	add(s, route{method: http.MethodPost, path: "/me/passkeys/options", id: "offer-passkey", pure: true, tag: tag, self: true, summary: "Begin to add a passkey"},
		func(ctx context.Context, _ *struct{}) (*ceremonyOutput, error) {
			c, err := s.Identity.OfferPasskey(ctx)
			return &ceremonyOutput{Ceremony{c.Ticket, c.Options, c.ExpiresAt}}, err
		})
	add(s, route{method: http.MethodPost, path: "/me/passkeys", id: "add-passkey", errors: []int{410}, apart: true, tag: tag, self: true, status: http.StatusCreated,
		summary: "Add a passkey", text: "Ends all other sessions. The first second factor brings codes for emergencies."}, s.addPasskey)
	add(s, route{method: http.MethodPatch, path: "/me/passkeys/{id}", id: "rename-passkey", tag: tag, self: true, summary: "Rename a passkey"},
		func(ctx context.Context, in *renamePasskeyInput) (*passkeyOutput, error) {
			k, err := s.Identity.RenamePasskey(ctx, in.ID, in.Body.Name)
			return &passkeyOutput{passkeyOf(k)}, err
		})
	add(s, route{method: http.MethodDelete, path: "/me/passkeys/{id}", id: "remove-passkey", tag: tag, self: true, status: http.StatusNoContent,
		summary: "Forget a passkey"}, func(ctx context.Context, in *passkeyID) (*None, error) {
		return &None{}, s.Identity.RemovePasskey(ctx, in.ID)
	})
}

func passkeyOf(k identity.Passkey) Passkey {
	return Passkey{ID: k.ID.String(), Name: k.Name, CreatedAt: k.CreatedAt, LastUsedAt: k.LastUsedAt}
}

func (s *service) listMyPasskeys(ctx context.Context, _ *struct{}) (*passkeysOutput, error) {
	keys, err := s.Identity.MyPasskeys(ctx)
	if err != nil {
		return nil, err
	}
	var out passkeysOutput
	out.Body.Passkeys = make([]Passkey, len(keys))
	for i, k := range keys {
		out.Body.Passkeys[i] = passkeyOf(k)
	}
	return &out, nil
}

func (s *service) addPasskey(ctx context.Context, in *addPasskeyInput) (*addedPasskey, error) {
	k, codes, err := s.Identity.AddPasskey(ctx, identity.AddPasskey{Ticket: in.Body.Ticket, Name: in.Body.Name, Credential: in.Body.Credential})
	if err != nil {
		return nil, err
	}
	var out addedPasskey
	out.Body.Passkey, out.Body.RecoveryCodes = passkeyOf(k), RecoveryCodes{codes}
	return &out, nil
}
