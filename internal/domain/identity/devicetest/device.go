package devicetest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"slices"

	"github.com/go-webauthn/webauthn/protocol/webauthncbor"
)

// Device holds passkeys, as a phone or a security key does.
type Device struct {
	Origin string // of the page the browser shows
	// KnowsOwner tells whether the device checks finger, face or PIN.
	KnowsOwner bool
	// Counts tells whether the device counts its signatures. Synced ones do
	// not.
	Counts bool
	keys   []key
}

type key struct {
	id, user []byte
	host     string
	private  *ecdsa.PrivateKey
	count    uint32
}

// New makes a device that knows its owner and counts.
func New(origin string) *Device { return &Device{Origin: origin, KnowsOwner: true, Counts: true} }

// Clone copies a device with its keys, as a thief would.
func (d *Device) Clone() *Device {
	c := *d
	c.keys = slices.Clone(d.keys)
	return &c
}

var b64 = base64.RawURLEncoding

type descriptor struct {
	ID string `json:"id"`
}

type creation struct {
	Challenge string `json:"challenge"`
	RP        struct {
		ID string `json:"id"`
	} `json:"rp"`
	User struct {
		ID string `json:"id"`
	} `json:"user"`
	Exclude []descriptor `json:"excludeCredentials"`
}

// ErrKnown says that the device has one of the keys that were excluded.
var ErrKnown = errors.New("this device is registered already")

// ErrNoKey says that the device has none of the keys that are asked for.
var ErrNoKey = errors.New("this device has no such passkey")

// Create answers navigator.credentials.create.
func (d *Device) Create(options json.RawMessage) (json.RawMessage, error) {
	var o creation
	if err := json.Unmarshal(options, &o); err != nil {
		return nil, err
	}
	for _, x := range o.Exclude {
		if slices.ContainsFunc(d.keys, func(k key) bool { return b64.EncodeToString(k.id) == x.ID }) {
			return nil, ErrKnown
		}
	}
	user, err := b64.DecodeString(o.User.ID)
	if err != nil {
		return nil, err
	}
	k := key{id: make([]byte, 16), user: user, host: o.RP.ID}
	_, _ = rand.Read(k.id)
	if k.private, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		return nil, err
	}
	d.keys = append(d.keys, k)
	return d.attest(&d.keys[len(d.keys)-1], o.Challenge)
}

func (d *Device) attest(k *key, challenge string) (json.RawMessage, error) {
	point, err := k.private.PublicKey.Bytes() // 4, x, y
	if err != nil {
		return nil, err
	}
	// COSE: an elliptic key on P-256 for ES256.
	public, err := webauthncbor.Marshal(map[int]any{1: 2, 3: -7, -1: 1, -2: point[1:33], -3: point[33:]})
	if err != nil {
		return nil, err
	}
	data := d.data(k, 0x40) // attested credential data follow
	data = append(data, make([]byte, 16)...)
	data = binary.BigEndian.AppendUint16(data, uint16(len(k.id))) //nolint:gosec // sixteen
	data = append(append(data, k.id...), public...)
	object, err := webauthncbor.Marshal(map[string]any{"fmt": "none", "attStmt": map[string]any{}, "authData": data})
	if err != nil {
		return nil, err
	}
	return credential(k, map[string]any{
		"clientDataJSON":    b64.EncodeToString(d.client("webauthn.create", challenge)),
		"attestationObject": b64.EncodeToString(object),
		"transports":        []string{"internal"},
	})
}

type request struct {
	Challenge string       `json:"challenge"`
	RPID      string       `json:"rpId"`
	Allow     []descriptor `json:"allowCredentials"`
}

// Get answers navigator.credentials.get with the first key that fits.
func (d *Device) Get(options json.RawMessage) (json.RawMessage, error) {
	var o request
	if err := json.Unmarshal(options, &o); err != nil {
		return nil, err
	}
	for i := range d.keys {
		k := &d.keys[i]
		allowed := len(o.Allow) == 0 || slices.ContainsFunc(o.Allow, func(x descriptor) bool { return x.ID == b64.EncodeToString(k.id) })
		if k.host == o.RPID && allowed {
			return d.sign(k, o.Challenge)
		}
	}
	return nil, ErrNoKey
}

func (d *Device) sign(k *key, challenge string) (json.RawMessage, error) {
	client, data := d.client("webauthn.get", challenge), d.data(k, 0)
	hash := sha256.Sum256(client)
	signed := sha256.Sum256(append(slices.Clone(data), hash[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, k.private, signed[:])
	if err != nil {
		return nil, err
	}
	return credential(k, map[string]any{
		"clientDataJSON":    b64.EncodeToString(client),
		"authenticatorData": b64.EncodeToString(data),
		"signature":         b64.EncodeToString(signature),
		"userHandle":        b64.EncodeToString(k.user),
	})
}

// data are the authenticator's own words: for whom, how, and how often.
func (d *Device) data(k *key, flags byte) []byte {
	flags |= 0x01 // somebody touched it
	if d.KnowsOwner {
		flags |= 0x04
	}
	if d.Counts {
		k.count++
	}
	host := sha256.Sum256([]byte(k.host))
	return binary.BigEndian.AppendUint32(append(host[:], flags), k.count)
}

func (d *Device) client(kind, challenge string) []byte {
	b, _ := json.Marshal(map[string]any{"type": kind, "challenge": challenge, "origin": d.Origin, "crossOrigin": false}) // of strings
	return b
}

func credential(k *key, response map[string]any) (json.RawMessage, error) {
	id := b64.EncodeToString(k.id)
	return json.Marshal(map[string]any{
		"id": id, "rawId": id, "type": "public-key", "authenticatorAttachment": "platform",
		"response": response, "clientExtensionResults": map[string]any{},
	})
}
