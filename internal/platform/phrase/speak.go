package phrase

import "context"

type spokenKey struct{}

// With notes in which language the answer to a request is spoken.
func With(ctx context.Context, l *Language) context.Context {
	return context.WithValue(ctx, spokenKey{}, l)
}

// From is the language that was noted; nil when none was, which leaves it to
// the publication.
func From(ctx context.Context) *Language {
	l, _ := ctx.Value(spokenKey{}).(*Language)
	return l
}

// Known finds a shipped language by its exact tag; nil when there is none.
func Known(tag string) *Language {
	if l := In(tag); l.Tag == tag {
		return l
	}
	return nil
}
