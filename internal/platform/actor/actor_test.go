package actor_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

func TestRequire(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		who  *actor.Actor
		want fault.Kind
		ok   bool
	}{
		"no actor at all":             {nil, fault.Unauthenticated, false},
		"the zero actor":              {&actor.Actor{}, fault.Unauthenticated, false},
		"nobody":                      {new(actor.Nobody()), fault.Unauthenticated, false},
		"a member":                    {&actor.Actor{Kind: actor.Member, ID: uuid.New()}, fault.Forbidden, false},
		"staff without the right":     {&actor.Actor{Kind: actor.Staff, Capabilities: []actor.Capability{actor.NotesWrite}}, fault.Forbidden, false},
		"staff with the right":        {&actor.Actor{Kind: actor.Staff, Capabilities: []actor.Capability{actor.NotesPublish}}, 0, true},
		"a key with the right":        {&actor.Actor{Kind: actor.Key, Capabilities: []actor.Capability{actor.NotesPublish}}, 0, true},
		"a part of the system itself": {new(actor.Machine("job")), 0, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := t.Context()
			if tt.who != nil {
				ctx = actor.With(ctx, *tt.who)
			}
			err := actor.Require(ctx, actor.NotesPublish)
			if tt.ok != (err == nil) || (err != nil && fault.Of(err).Kind != tt.want) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// TestContentIsNoDeskRight: a content key opens the public view and nothing at
// the desk, not even for the system itself.
func TestContentIsNoDeskRight(t *testing.T) {
	t.Parallel()
	for _, c := range actor.All() {
		if c == actor.ContentRead {
			t.Error("the desk's rights hold the content key's")
		}
	}
	key := actor.Actor{Kind: actor.Key, Capabilities: []actor.Capability{actor.ContentRead}}
	for _, c := range actor.All() {
		if key.Can(c) {
			t.Errorf("a content key may %s", c)
		}
	}
}

func TestNobodyChangesTheListOfRights(t *testing.T) {
	t.Parallel()
	actor.All()[0] = "anything"
	if actor.Machine("job").Can("anything") {
		t.Error("a caller changed what everybody gets")
	}
}

func TestTheInnermostActorCounts(t *testing.T) {
	t.Parallel()
	ctx := actor.With(t.Context(), actor.Machine("job"))
	if got := actor.From(actor.With(ctx, actor.Nobody())); got.Kind != actor.Anonymous || got.Can(actor.NotesRead) {
		t.Errorf("%+v", got)
	}
	if got := actor.From(t.Context()); got.Kind != actor.Anonymous {
		t.Errorf("%+v", got)
	}
}

func TestTheRequestIsNamed(t *testing.T) {
	t.Parallel()
	if got := actor.Request(actor.WithRequest(context.WithoutCancel(t.Context()), "r-1")); got != "r-1" {
		t.Errorf("got %q", got)
	}
	if got := actor.Request(t.Context()); got != "" {
		t.Errorf("got %q", got)
	}
}
