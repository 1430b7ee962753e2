package app

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	_ "time/tzdata" // machines without time zones still publish on time

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/copies"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/domain/letters"
	"lighttrends/internal/domain/library"
	"lighttrends/internal/domain/media"
	"lighttrends/internal/domain/porter"
	"lighttrends/internal/domain/publication"
	"lighttrends/internal/domain/readership"
	"lighttrends/internal/domain/search"
	"lighttrends/internal/domain/webhook"
	"lighttrends/internal/platform/blob"
	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/config"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/journal"
	"lighttrends/internal/platform/mail"
	"lighttrends/internal/platform/mail/mailbox"
	"lighttrends/internal/platform/once"
	"lighttrends/internal/platform/stripeapi"
	"lighttrends/migrations"
)

// rooms holds every room of the house, built and wired, with nothing running.
type rooms struct {
	cfg   config.Config
	log   *slog.Logger
	clock clock.Clock
	key   string // SECRET_KEY

	db       *db.DB
	blobs    blob.Store
	composer *mail.Composer
	mailer   mailer
	post     *postOffice      // around the mailer
	mailbox  *mailbox.Mailbox // nil with SMTP
	stripe   *stripeapi.Client
	local    localStripe // how the stand-in is reached, when it is used

	journal     *journal.Journal
	once        *once.Keeper
	publication *publication.House
	identity    *identity.Service
	billing     *billing.Office
	gatekeeper  *access.Gatekeeper
	letters     *letters.Book
	search      *search.Index
	desk        *content.Desk
	library     *content.Library
	media       *media.Shelf
	copies      *copies.Copier
	reading     *library.Room
	readership  *readership.Tally
	webhooks    *webhook.Outlet
	porter      *porter.Book
}

// mailer sends letters: over SMTP, or into the built-in mailbox.
type mailer interface {
	Send(ctx context.Context, l mail.Letter) error
}

// open connects to everything the configuration names and builds the rooms.
// The schema must be up to date, or migrate must be called next.
func open(ctx context.Context, cfg config.Config, log *slog.Logger, c clock.Clock) (_ *rooms, err error) {
	r := &rooms{cfg: cfg, log: log, clock: c}
	if r.key, err = cfg.KeepSecret(); err != nil {
		return nil, fmt.Errorf("secret key: %w", err)
	}
	r.local = newLocalStripe(cfg, r.key)
	r.db, err = db.Open(ctx, db.Options{URL: cfg.DatabaseURL, Dir: cfg.DataDir, Migrations: migrations.FS, Clock: c, Log: log})
	if err != nil {
		return nil, err
	}
	for _, build := range []func(context.Context) error{r.openServices, r.openRooms} {
		if err := build(ctx); err != nil {
			_ = r.db.Close()
			return nil, err
		}
	}
	return r, nil
}

// openServices builds what speaks to the outside: files, mail, Stripe.
func (r *rooms) openServices(ctx context.Context) (err error) {
	if r.blobs, err = openBlobs(ctx, r.cfg); err != nil {
		return err
	}
	if r.composer, err = mail.NewComposer(r.cfg.MailFrom, r.brand, r.clock); err != nil {
		return err
	}
	if r.cfg.MailLocal() {
		r.mailbox = mailbox.New(r.db, r.composer, r.log)
		r.mailer = r.mailbox
	} else if r.mailer, err = mail.NewSMTP(mail.SMTPOptions{URL: r.cfg.SMTPURL, Composer: r.composer}); err != nil {
		return err
	}
	r.letters = letters.New(r.db, r.clock, config.Derive(r.key, "letters"))
	r.post = &postOffice{mailer: r.mailer, clock: r.clock, note: r.noteLetter}
	r.mailer = r.post
	r.stripe, err = stripeapi.New(r.stripeConfig())
	return err
}

func openBlobs(ctx context.Context, cfg config.Config) (blob.Store, error) {
	if cfg.S3() {
		return blob.OpenS3(ctx, blob.S3Options{
			Endpoint: cfg.S3Endpoint, Bucket: cfg.S3Bucket, Region: cfg.S3Region,
			AccessKey: cfg.S3AccessKey, SecretKey: cfg.S3SecretKey, PathStyle: cfg.S3PathStyle,
		})
	}
	return blob.OpenDisk(filepath.Join(cfg.DataDir, "files"))
}

func (r *rooms) stripeConfig() stripeapi.Config {
	ledger := billing.NewLedger(r.db, r.clock)
	if r.cfg.StripeLocal() {
		return stripeapi.Config{SecretKey: r.local.secretKey, BaseURL: r.local.apiBase, Log: r.log, Before: ledger.Before}
	}
	return stripeapi.Config{SecretKey: r.cfg.StripeSecretKey, BaseURL: r.cfg.StripeAPIBase, Log: r.log, Before: ledger.Before}
}

func (r *rooms) webhookSecrets() []string {
	if r.cfg.StripeLocal() {
		return []string{r.local.webhookSecret}
	}
	return r.cfg.StripeWebhookSecret
}

// openRooms builds the rooms from the ground up.
func (r *rooms) openRooms(context.Context) (err error) {
	r.journal = journal.New(r.db, r.clock, r.react)
	r.once = once.New(r.db, r.clock, config.Derive(r.key, "idempotency"))
	r.search = search.New(r.db)
	r.publication = publication.New(publication.Deps{
		DB: r.db, Clock: r.clock, Journal: r.journal, ClientKey: config.Derive(r.key, "lead-client"), Pictures: uses{r},
		CountAsk: func(ctx context.Context, client string) error { return r.identity.CountAccessAsk(ctx, client) },
	})
	r.identity, err = identity.New(identity.Deps{
		DB: r.db, Clock: r.clock, Journal: r.journal, Mail: r.mailer, Brand: r.brand, SignInURL: r.signInURL,
		BaseURL: r.cfg.BaseURL, SecondFactorRequired: r.secondFactorRequired, MemberSessions: r.memberSessions,
		MemberPasswords: r.memberPasswords,
		Holders: func(status, plan string) (string, []any) {
			return r.billing.Holders(billing.MemberStatus(status), plan)
		},
		SecretKey: []byte(r.key), AdminKey: r.cfg.AdminAPIKey, Log: r.log,
	})
	if err != nil {
		return err
	}
	r.billing = billing.New(billing.Deps{
		DB: r.db, Clock: r.clock, Journal: r.journal, Members: payers{r.identity}, Stripe: r.stripe, Log: r.log,
		BaseURL: r.cfg.BaseURL, WebhookSecrets: r.webhookSecrets(), FrontEnds: r.cfg.FrontEnds, Zone: r.zone, Mail: r.mailer, Brand: r.brand,
		Wanted:  r.billingLetterWanted,
		GiftKey: config.Derive(r.key, "gift-code"),
	})
	r.gatekeeper = access.NewGatekeeper(r.clock, subscriptions{r.billing}, terms{r.billing}, boughtNotes{r.billing})
	r.gatekeeper.Meter = meter{r.billing}
	r.gatekeeper.Licensed = r.billing.AIPlans
	r.desk = content.NewDesk(content.Deps{
		DB: r.db, Clock: r.clock, Journal: r.journal, Search: r.search, Plans: r.billing,
		House: houseRules{r.publication}, Colleagues: colleagues{r.identity}, Pictures: uses{r},
	})
	r.library = content.NewLibrary(r.db, r.clock, r.search)
	r.media = media.New(media.Deps{
		DB: r.db, Clock: r.clock, Journal: r.journal, Files: r.blobs, Notes: r.desk, Gates: r.library, Gatekeeper: r.gatekeeper,
		Atlas: atlas{r}, FourEyes: r.fourEyes,
	})
	// What is made of notes shows pictures, and words in the publication's language.
	for _, topic := range []string{media.TopicShown, publication.TopicNews} {
		r.db.Subscribe(topic, func(string) { r.library.Forget() })
	}
	r.openReading()
	r.openReadership()
	for _, build := range []func() error{r.openPorter, r.openWebhooks} {
		if err := build(); err != nil {
			return err
		}
	}
	return r.openCopies()
}

// close lets go of everything open took.
func (r *rooms) close() {
	r.closeReading()
	r.closeReadership()
	r.stripe.Close()
	if err := r.db.Close(); err != nil {
		r.log.Warn("closing the database", "error", err)
	}
}

// noteLetter remembers a letter for the member's timeline. The letter is out
// by then: a row that cannot be written is only a gap in the list.
func (r *rooms) noteLetter(ctx context.Context, l mail.Letter, refused bool) {
	if err := r.letters.Note(context.WithoutCancel(ctx), l.To.Email, l.Category, refused); err != nil {
		r.log.WarnContext(ctx, "a letter could not be noted", "category", l.Category, "error", err)
	}
	if err := r.tellOfMail(context.WithoutCancel(ctx), l, refused); err != nil {
		r.log.WarnContext(ctx, "a letter could not be told of", "category", l.Category, "error", err)
	}
}
