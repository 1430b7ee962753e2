package billing

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"lighttrends/internal/platform/mail"
)

// What tests of this package look at from outside.
var (
	Gap        = gap
	ParseOwner = parseOwner
	ValueOf    = monthly
	MovementOf = movement
)

// What other parts of the room do with terms.
var (
	AddTerm   = (*Office).addTerm
	NextStart = (*Office).nextStart
	EndTermOf = (*Office).endTermOf
	AddMonths = addMonths
)

// SaleRefunded is what a bill that was paid back leads to.
var SaleRefunded = (*Office).saleRefunded

// ComposeLetter writes a letter as it would be sent.
func ComposeLetter(t *testing.T, kind LetterKind, f Facts, house, language string) mail.Letter {
	t.Helper()
	o := &Office{Deps: Deps{BaseURL: "http://portal.test", Brand: func(context.Context) mail.Brand { return mail.Brand{Name: house} }}}
	l, err := o.compose(t.Context(), &Letter{Kind: kind, About: uuid.Nil.String()}, f, language)
	if err != nil {
		t.Fatal(err)
	}
	return l
}
