package mailbox

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/fault"
)

func (d *desk) index(w http.ResponseWriter, r *http.Request) error {
	to := strings.TrimSpace(r.URL.Query().Get("to"))
	s := search{part: to, limit: perPage + 1}
	if before := r.URL.Query().Get("before"); before != "" {
		id, err := uuid.Parse(before)
		if err != nil {
			return fault.New(fault.BadRequest, "cursor_invalid", "This page of the list does not exist.")
		}
		s.before = id
	}
	rows, err := d.box.list(r.Context(), s)
	if err != nil {
		return err
	}
	var older string
	if len(rows) > perPage {
		rows = rows[:perPage]
		older = rows[perPage-1].ID.String()
	}
	return d.render(w, "list.html.tmpl", map[string]any{"Letters": rows, "To": to, "Older": older})
}

func (d *desk) view(w http.ResponseWriter, r *http.Request) error {
	letter, err := d.find(r)
	if err != nil {
		return err
	}
	p, err := takeApart(letter.Raw)
	if err != nil {
		return err
	}
	view := r.URL.Query().Get("view")
	if view != "text" && view != "headers" {
		view = "letter"
	}
	return d.render(w, "view.html.tmpl", map[string]any{"Letter": letter, "Parts": p, "View": view})
}

// letter serves the HTML part for the frame. A base element makes its links
// open in a new tab; the message itself is kept as it was written.
func (d *desk) letter(w http.ResponseWriter, r *http.Request) error {
	letter, err := d.find(r)
	if err != nil {
		return err
	}
	p, err := takeApart(letter.Raw)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Security-Policy", letterPolicy)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, err = w.Write([]byte(strings.Replace(p.HTML, "<head>", `<head><base target="_blank">`, 1)))
	return err
}

func (d *desk) raw(w http.ResponseWriter, r *http.Request) error {
	letter, err := d.find(r)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "message/rfc822")
	w.Header().Set("Content-Disposition", `attachment; filename="`+letter.ID.String()+`.eml"`)
	_, err = w.Write(letter.Raw)
	return err
}

func (d *desk) deleteAll(w http.ResponseWriter, r *http.Request) error {
	if err := d.box.empty(r.Context()); err != nil {
		return err
	}
	http.Redirect(w, r, d.prefix+"/", http.StatusSeeOther)
	return nil
}

// message is a letter as tests read it.
type message struct {
	ID         uuid.UUID `json:"id"`
	MessageID  string    `json:"message_id"`
	From       string    `json:"from"`
	To         string    `json:"to"`
	Subject    string    `json:"subject"`
	Category   string    `json:"category"`
	ReceivedAt time.Time `json:"received_at"`
	Text       string    `json:"text"`
	HTML       string    `json:"html"`
}

func (d *desk) messages(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	for name := range q {
		if name != "to" {
			return fault.New(fault.BadRequest, "unknown_parameter", "The only parameter here is to.")
		}
	}
	rows, err := d.box.list(r.Context(), search{to: q.Get("to"), limit: perPage})
	if err != nil {
		return err
	}
	out := make([]message, 0, len(rows))
	for _, l := range rows {
		p, err := takeApart(l.Raw)
		if err != nil {
			return err
		}
		out = append(out, message{l.ID, l.MessageID, l.Sender, l.Recipient, l.Subject, p.Category, l.ReceivedAt, p.Text, p.HTML})
	}
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(map[string]any{"messages": out})
}
