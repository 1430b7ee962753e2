package identity

import (
	"cmp"
	"context"
	"strconv"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/mail"
)

const (
	// SharingWindow is how far back a look for shared accounts goes.
	SharingWindow = 24 * time.Hour
	// keepPlace is how long it is known where an ended session began.
	keepPlace = 2 * SharingWindow
	// keepAlerts is how long an alert is kept.
	keepAlerts = 90 * 24 * time.Hour
	// sharingShown is how long the desk shows an alert.
	sharingShown = 30 * 24 * time.Hour
)

// SharingAlert says that an account looked as if several people shared it. It
// holds numbers only, and nobody is shut out by it: people travel.
type SharingAlert struct {
	ID       uuid.UUID `gorm:"type:uuid;primaryKey"`
	MemberID uuid.UUID `gorm:"type:uuid;not null"`
	At       time.Time `gorm:"not null"`
	Networks int64     `gorm:"not null"` // from how many it was used within a day
	Copies   int64     `gorm:"not null"` // PDF copies taken within a day
}

// SawSession notes from which network a session is used. It is asked for when
// the session's times move, every quarter of an hour; when it cannot be noted
// the request goes on.
func (s *Service) SawSession(ctx context.Context, session uuid.UUID, client string) {
	at := actor.Place(client)
	if at == "" {
		return
	}
	if err := s.db.Tx(ctx, func(ctx context.Context) error { return s.putSeenNetwork(ctx, session, at) }); err != nil {
		s.log.WarnContext(ctx, "could not note where a session is used", "session", session, "error", err)
	}
}

// Crowded lists the members whose sessions were used from so many networks or
// more within the window before now. It needs members.read.
func (s *Service) Crowded(ctx context.Context, networks int) (map[uuid.UUID]int64, error) {
	if err := actor.Require(ctx, actor.MembersRead); err != nil {
		return nil, err
	}
	return s.crowded(ctx, s.clock.Now().Add(-SharingWindow), networks)
}

// SuspectSharing writes an alert down and tells the owners by mail, unless
// there was one within the window; first tells whether it did. It needs
// members.write.
func (s *Service) SuspectSharing(ctx context.Context, member uuid.UUID, networks, copies int64) (first bool, err error) {
	if err := actor.Require(ctx, actor.MembersWrite); err != nil {
		return false, err
	}
	now := s.clock.Now()
	row := SharingAlert{ID: db.NewID(), MemberID: member, At: now, Networks: networks, Copies: copies}
	err = s.db.Tx(ctx, func(ctx context.Context) error {
		if _, err := s.lockMember(ctx, member); err != nil { // two nodes may look at once
			if fault.HasCode(err, "member_not_found") {
				return nil
			}
			return err
		}
		known, err := s.sharingSince(ctx, now.Add(-SharingWindow), member)
		if err != nil || len(known) > 0 {
			return err
		}
		first = true
		if err := s.insertSharingAlert(ctx, row); err != nil {
			return err
		}
		if err := s.db.Enqueue(ctx, SendSharingAlert{ID: row.ID}, nil); err != nil {
			return err
		}
		return s.record(ctx, "member.sharing_suspected", "member", member.String(), map[string]any{"networks": networks, "copies": copies})
	})
	return first, err
}

// SharingAlerts lists the newest alert of each member within the last month, or
// of one member. It needs members.read.
func (s *Service) SharingAlerts(ctx context.Context, member uuid.UUID) ([]SharingAlert, error) {
	if err := actor.Require(ctx, actor.MembersRead); err != nil {
		return nil, err
	}
	return s.sharingSince(ctx, s.clock.Now().Add(-sharingShown), member)
}

// sendSharingAlert writes to every owner. When one letter fails, those that are
// sent already are sent again with the same Message-ID.
func (s *Service) sendSharingAlert(ctx context.Context, id uuid.UUID) error {
	a, err := s.readSharingAlert(ctx, id)
	if err != nil || a == nil {
		return err
	}
	m, err := s.readMember(ctx, a.MemberID)
	if err != nil || m.DeletedAt != nil {
		return err
	}
	owners, err := s.owners(ctx)
	if err != nil {
		return err
	}
	brand := s.brand(ctx)
	for _, o := range owners {
		if err := s.mail.Send(ctx, s.sharingLetter(*a, m, o, brand)); err != nil && !mail.Permanent(err) {
			return err
		}
	}
	return nil
}

func (s *Service) sharingLetter(a SharingAlert, m Member, to Staff, brand mail.Brand) mail.Letter {
	var seen []string
	if a.Networks > 0 {
		seen = append(seen, "It was used from "+strconv.FormatInt(a.Networks, 10)+" networks within a day.")
	}
	if a.Copies > 0 {
		seen = append(seen, "It took "+strconv.FormatInt(a.Copies, 10)+" PDF copies within a day.")
	}
	if len(seen) == 0 { // nobody writes such an alert, but a letter must not end the worker
		seen = append(seen, "It was used more than usual within a day.")
	}
	return mail.Letter{
		To: mail.Address{Name: to.Name, Email: to.EmailGiven}, Subject: "An account may be shared: " + m.EmailGiven,
		Preheader: seen[0],
		Blocks: []mail.Block{
			mail.Heading("An account may be shared"),
			mail.Paragraph("The account of " + cmp.Or(m.Name, m.EmailGiven) + " (" + m.EmailGiven + ") at " + brand.Name + " looks as if several people used it:"),
			mail.List(seen...),
			mail.Paragraph("It may also be somebody who travels, or prints a lot. Nothing was done about it: it is yours to judge."),
			mail.Button("Look at the member", s.baseURL+"/desk/members/"+m.ID.String()),
			mail.Small("You receive this letter as an owner, at most once a day for each member. What counts as unusual is set at the desk, under settings."),
		},
		Category: "sharing", MessageIDKey: "sharing-" + a.ID.String() + "-" + to.ID.String(),
	}
}
