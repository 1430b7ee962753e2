package content

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
)

// Rules are the publication's settings that govern its notes.
type Rules struct {
	FourEyes bool           // nobody approves or publishes what they alone wrote
	Zone     *time.Location // in which people say when; nil is UTC
}

// House knows the rules.
type House interface {
	Rules(ctx context.Context) (Rules, error)
}

// Colleagues knows who works at the desk.
type Colleagues interface {
	// Reviewers lists the staff users who can sign in and hold notes.review.
	Reviewers(ctx context.Context) ([]Person, error)
	// Readers lists those who hold notes.read.
	Readers(ctx context.Context) ([]Person, error)
}

// Person is somebody at the desk as the record shows them: without an id for
// what no staff user did.
type Person struct {
	ID   *uuid.UUID `json:"id,omitempty"`
	Name string     `json:"name"`
}

func personOf(id *uuid.UUID, name string) Person { return Person{id, name} }

// me is who acts, for the record.
func me(ctx context.Context) (id *uuid.UUID, kind, name string) {
	who := actor.From(ctx)
	if who.ID != uuid.Nil {
		id = &who.ID
	}
	return id, string(who.Kind), who.Name
}

func (s *Desk) rules(ctx context.Context) (r Rules, err error) {
	if s.House != nil {
		r, err = s.House.Rules(ctx)
	}
	if r.Zone == nil {
		r.Zone = time.UTC
	}
	return r, err
}

func (s *Desk) reviewers(ctx context.Context) ([]Person, error) {
	if s.Colleagues == nil {
		return nil, nil
	}
	return s.Colleagues.Reviewers(ctx)
}
