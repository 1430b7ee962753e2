package mailbox

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

// row is a letter in the table.
type row struct {
	ID         uuid.UUID `gorm:"type:uuid;primaryKey"`
	MessageID  string
	Sender     string
	Recipient  string
	Subject    string
	ReceivedAt time.Time
	Raw        []byte
}

// TableName tells GORM the table.
func (row) TableName() string { return "mailbox_messages" }

func (m *Mailbox) insert(ctx context.Context, r row) error {
	const add = `INSERT INTO mailbox_messages (id, message_id, sender, recipient, subject, received_at, raw)
		VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (message_id) DO NOTHING`
	const trim = `DELETE FROM mailbox_messages WHERE (received_at, id) < (
		SELECT received_at, id FROM mailbox_messages ORDER BY received_at DESC, id DESC LIMIT 1 OFFSET ?)`
	w := m.db.Write(ctx)
	if err := w.Exec(add, r.ID, r.MessageID, r.Sender, r.Recipient, r.Subject, r.ReceivedAt, r.Raw).Error; err != nil {
		return err
	}
	return w.Exec(trim, keep-1).Error
}

// search narrows a listing. Zero fields do not.
type search struct {
	part   string    // in the recipient's address
	to     string    // the recipient's whole address
	before uuid.UUID // letters older than this one
	limit  int
}

// list gives letters, newest first.
func (m *Mailbox) list(ctx context.Context, s search) ([]row, error) {
	q := m.db.Read(ctx).Order("received_at DESC, id DESC").Limit(s.limit)
	if s.part != "" {
		q = q.Where(`LOWER(recipient) LIKE ? ESCAPE '\'`, "%"+literal(clean(s.part))+"%")
	}
	if s.to != "" {
		q = q.Where("LOWER(recipient) = ?", clean(s.to))
	}
	if s.before != uuid.Nil {
		q = q.Where("(received_at, id) < (SELECT received_at, id FROM mailbox_messages WHERE id = ?)", s.before)
	}
	var rows []row
	return rows, q.Find(&rows).Error
}

func (m *Mailbox) get(ctx context.Context, id uuid.UUID) (row, error) {
	var r row
	err := m.db.Read(ctx).Where("id = ?", id).Take(&r).Error
	if db.IsNotFound(err) {
		return r, fault.New(fault.NotFound, "letter_not_found", "There is no such letter here any more.")
	}
	return r, err
}

// empty deletes every letter.
func (m *Mailbox) empty(ctx context.Context) error {
	return m.db.Tx(ctx, func(ctx context.Context) error {
		return m.db.Write(ctx).Exec("DELETE FROM mailbox_messages").Error
	})
}

// clean makes a text one that Postgres takes: it refuses NUL and what is not
// UTF-8.
func clean(s string) string {
	return strings.ToLower(strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD"))
}

// literal takes the meaning from the wildcards of LIKE.
func literal(s string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s)
}
