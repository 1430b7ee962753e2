package mailbox

import (
	"context"
	"log/slog"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/mail"
)

// keep is how many letters stay.
const keep = 2000

// Mailbox keeps letters. It is safe for concurrent use.
type Mailbox struct {
	db       *db.DB
	composer *mail.Composer
	log      *slog.Logger
}

// New opens the mailbox.
func New(d *db.DB, c *mail.Composer, log *slog.Logger) *Mailbox {
	return &Mailbox{db: d, composer: c, log: log}
}

// Send keeps a letter. The same letter again changes nothing.
func (m *Mailbox) Send(ctx context.Context, l mail.Letter) error {
	msg, err := m.composer.Compose(ctx, l)
	if err != nil {
		return err
	}
	raw, err := msg.Raw()
	if err != nil {
		return err
	}
	return m.db.Tx(ctx, func(ctx context.Context) error {
		return m.insert(ctx, row{
			ID: db.NewID(), MessageID: msg.ID, Sender: msg.From, Recipient: msg.To,
			Subject: msg.Subject, ReceivedAt: msg.At, Raw: raw,
		})
	})
}
