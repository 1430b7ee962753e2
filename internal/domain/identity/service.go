package identity

import (
	"context"
	"crypto/sha256"
	"errors"
	"log/slog"

	"github.com/go-webauthn/webauthn/webauthn"

	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/journal"
	"lighttrends/internal/platform/mail"
	"lighttrends/internal/platform/memo"
)

// Recorder appends to the journal.
type Recorder interface {
	Record(ctx context.Context, e journal.Event) error
}

// Sender takes letters.
type Sender interface {
	Send(ctx context.Context, l mail.Letter) error
}

// Deps is what the room needs from outside.
type Deps struct {
	DB      *db.DB
	Clock   clock.Clock
	Journal Recorder
	Mail    Sender
	// Brand is how the publication presents itself in the sign-in mail.
	Brand func(ctx context.Context) mail.Brand
	// SignInURL is the address of the page that shows a link's button, on the
	// surface the member asked from. The token is safe in a URL as it is.
	SignInURL func(surface, token string) string
	// BaseURL is the origin of the desk. Passkeys are bound to its host, which
	// must be a name: browsers make none for an address in numbers.
	BaseURL string
	// SecondFactorRequired tells whether the owner requires a second factor of
	// everybody. Nil: no.
	SecondFactorRequired func(ctx context.Context) (bool, error)
	// MemberSessions is on how many devices a member may be signed in at once;
	// 0 on any number. Nil: any number.
	MemberSessions func(ctx context.Context) (int, error)
	// MemberPasswords tells whether the owner lets members have passwords. Nil: no.
	MemberPasswords func(ctx context.Context) (bool, error)
	// Holders says as a condition on members.id which members hold something:
	// a word for it, the slug of a plan, or both. Nil: lists are not narrowed so.
	Holders func(status, plan string) (text string, args []any)
	// SecretKey is SECRET_KEY: at least 32 bytes that no database holds. When
	// it changes, open mails and authenticator apps stop working and limits
	// start anew.
	SecretKey []byte
	// AdminKey is ADMIN_API_KEY, which resolves without a row. Empty: none.
	AdminKey string
	Log      *slog.Logger
}

// Service is the room's verbs. It is safe for concurrent use.
type Service struct {
	db                   *db.DB
	clock                clock.Clock
	journal              Recorder
	mail                 Sender
	brand                func(ctx context.Context) mail.Brand
	signInURL            func(surface, token string) string
	baseURL              string
	secondFactorRequired func(ctx context.Context) (bool, error)
	memberSessions       func(ctx context.Context) (int, error)
	memberPasswords      func(ctx context.Context) (bool, error)
	holders              func(status, plan string) (string, []any)
	passkeys             *webauthn.WebAuthn // nil where there can be none
	secrets              secrets
	limits               limits
	passwords            passwords
	findMember           sessionFinder
	findStaff            sessionFinder
	findToken            *db.Hot
	findAccess           sessionFinder
	keys                 *memo.Copies[knownKey]
	keyUse               *lastUse
	frontEnds            *memo.Copies[[]liveKey]
	adminKey             []byte // SHA-256 of ADMIN_API_KEY, or nil
	log                  *slog.Logger
}

// keyCopies is how many API keys are remembered in memory.
const keyCopies = 4096

// topicKeys is announced when API keys changed.
const topicKeys = "identity.api_keys"

// New makes the service and subscribes it to changes of API keys, so it must
// come before [db.DB.Listen].
func New(d Deps) (*Service, error) {
	if len(d.SecretKey) < minSecretKey {
		return nil, errors.New("SECRET_KEY must have 32 bytes or more")
	}
	if d.AdminKey != "" && len(d.AdminKey) < minSecretKey {
		return nil, errors.New("ADMIN_API_KEY must have 32 characters or more")
	}
	derived, err := deriveSecrets(d.SecretKey)
	if err != nil {
		return nil, err
	}
	s := &Service{
		db: d.DB, clock: d.Clock, journal: d.Journal, mail: d.Mail, brand: d.Brand, signInURL: d.SignInURL,
		secrets: derived, limits: houseLimits(), passwords: newPasswords(), findMember: memberFinder(d.DB), findStaff: staffFinder(d.DB), findToken: tokenFinder(d.DB),
		findAccess: accessFinder(d.DB),
		keys:       memo.New(keyCopies*(sha256.Size+1), func(knownKey) uint32 { return 1 }), keyUse: newLastUse(), log: d.Log,
		frontEnds: memo.New(1<<10, func([]liveKey) uint32 { return 1 }),
	}
	s.holders = d.Holders
	s.baseURL, s.passkeys = d.BaseURL, relyingParty(d.BaseURL)
	if s.secondFactorRequired = d.SecondFactorRequired; s.secondFactorRequired == nil {
		s.secondFactorRequired = func(context.Context) (bool, error) { return false, nil }
	}
	if s.memberSessions = d.MemberSessions; s.memberSessions == nil {
		s.memberSessions = func(context.Context) (int, error) { return 0, nil }
	}
	if s.memberPasswords = d.MemberPasswords; s.memberPasswords == nil {
		s.memberPasswords = func(context.Context) (bool, error) { return false, nil }
	}
	if d.AdminKey != "" {
		s.adminKey = hashToken(d.AdminKey)
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	d.DB.Subscribe(topicKeys, func(string) {
		s.keys.Drop("")
		s.frontEnds.Drop("")
	})
	return s, nil
}

// record writes a journal event about one of the room's nouns.
func (s *Service) record(ctx context.Context, verb, subject, id string, payload map[string]any) error {
	return s.journal.Record(ctx, journal.Event{Verb: verb, Subject: subject, ID: id, Payload: payload})
}
