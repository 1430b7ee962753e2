package identity

import (
	"encoding/json"
	"net/url"

	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
)

// relyingParty is what passkeys are bound to: the host that desk and portal live at. nil
// when that is no name.
func relyingParty(baseURL string) *webauthn.WebAuthn {
	u, err := url.Parse(baseURL)
	if err != nil || u.Hostname() == "" {
		return nil
	}
	w, err := webauthn.New(&webauthn.Config{
		RPID: u.Hostname(), RPDisplayName: u.Hostname(), RPOrigins: []string{u.Scheme + "://" + u.Host},
	})
	if err != nil {
		return nil
	}
	return w
}

func errNoPasskeys() error {
	return fault.New(fault.Conflict, "passkeys_unavailable", "Passkeys need an address with a name, not one in numbers.")
}

// holder shows a staff user to the library. The id is the user handle: it says
// nothing about the person and never changes.
type holder struct {
	staff Staff
	keys  []Passkey
}

func (h holder) WebAuthnID() []byte          { return h.staff.ID[:] }
func (h holder) WebAuthnName() string        { return h.staff.EmailGiven }
func (h holder) WebAuthnDisplayName() string { return h.staff.Name }

// WebAuthnCredentials leaves out what cannot be read: such a key opens
// nothing.
func (h holder) WebAuthnCredentials() []webauthn.Credential {
	var out []webauthn.Credential
	for _, k := range h.keys {
		var c webauthn.Credential
		if json.Unmarshal(k.Credential, &c) == nil {
			out = append(out, c)
		}
	}
	return out
}

// key finds one of the person's passkeys by what the browser calls it.
func (h holder) key(credential []byte) (uuid.UUID, bool) {
	for _, k := range h.keys {
		if string(k.CredentialID) == string(credential) {
			return k.ID, true
		}
	}
	return uuid.Nil, false
}
