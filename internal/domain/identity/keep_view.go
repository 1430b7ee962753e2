package identity

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

// Views lists one's own views of a list and those that colleagues share, by
// name; one's own come first. It takes the right to see the list.
func (s *Service) Views(ctx context.Context, list ListKind) ([]View, error) {
	if err := seeable(ctx, list); err != nil {
		return nil, err
	}
	return s.selectViews(ctx, actor.From(ctx).ID, list)
}

// View returns one view: an own one, or one that is shared.
func (s *Service) View(ctx context.Context, id uuid.UUID) (View, error) {
	if err := actor.RequireStaff(ctx); err != nil {
		return View{}, err
	}
	v, err := s.readView(ctx, id)
	if err != nil {
		return v, err
	}
	if v.StaffID != actor.From(ctx).ID && !v.Shared {
		return View{}, errNoView
	}
	return v, seeable(ctx, v.List)
}

// KeepView makes a view of the actor's own.
func (s *Service) KeepView(ctx context.Context, list ListKind, in ViewInput) (View, error) {
	if err := seeable(ctx, list); err != nil {
		return View{}, err
	}
	if in.Name == nil {
		in.Name = new(string)
	}
	me, now := actor.From(ctx), s.clock.Now()
	v := View{
		ID: db.NewID(), StaffID: me.ID, Owner: me.Name, List: list, Density: "comfortable", Version: 1,
		Filters: map[string]string{}, Columns: []string{}, CreatedAt: now, UpdatedAt: now,
	}
	if err := in.over(&v); err != nil {
		return v, err
	}
	return v, s.db.Tx(ctx, func(ctx context.Context) error {
		n, err := s.countViews(ctx, me.ID)
		if err != nil {
			return err
		}
		if n >= maxViews {
			return errTooManyViews
		}
		if err := s.insertView(ctx, v); err != nil {
			return err
		}
		return s.recordView(ctx, "view.kept", v)
	})
}

// ChangeView changes a view that is still at the version; 0 asks for no check.
func (s *Service) ChangeView(ctx context.Context, id uuid.UUID, version int64, in ViewInput) (v View, err error) {
	err = s.openView(ctx, id, version, func(ctx context.Context, was View) error {
		v = was
		if err := in.over(&v); err != nil || v.same(was) {
			return err
		}
		v.Version++
		v.UpdatedAt = s.clock.Now()
		if err := s.saveView(ctx, v); err != nil {
			return err
		}
		return s.recordView(ctx, "view.changed", v)
	})
	return v, err
}

// DropView deletes a view. Whoever began with it begins with the whole list.
func (s *Service) DropView(ctx context.Context, id uuid.UUID, version int64) error {
	return s.openView(ctx, id, version, func(ctx context.Context, v View) error {
		if err := s.deleteView(ctx, id); err != nil {
			return err
		}
		return s.recordView(ctx, "view.dropped", v)
	})
}

// openView loads a view for a change, if the actor may make it.
func (s *Service) openView(ctx context.Context, id uuid.UUID, version int64, do func(context.Context, View) error) error {
	if err := actor.RequireStaff(ctx); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(ctx context.Context) error {
		v, err := s.lockView(ctx, id)
		if err != nil {
			return err
		}
		if err := v.changeable(ctx); err != nil {
			return err
		}
		if err := seeable(ctx, v.List); err != nil {
			return err
		}
		if version != 0 && version != v.Version {
			f := fault.New(fault.PreconditionFailed, "stale_version", "The view was changed in the meantime. Nothing was overwritten.")
			f.Current = v.ETag()
			return f
		}
		return do(ctx, v)
	})
}

// ETag is the version as HTTP knows it.
func (v View) ETag() string { return fmt.Sprintf("%q", fmt.Sprint(v.Version)) }

// BeginWith opens a list with a view from now on, for the actor alone.
func (s *Service) BeginWith(ctx context.Context, id uuid.UUID) error {
	v, err := s.View(ctx, id)
	if err != nil {
		return err
	}
	return s.db.Tx(ctx, func(ctx context.Context) error {
		return s.putViewDefault(ctx, viewDefault{actor.From(ctx).ID, v.List, id})
	})
}

// BeginPlain takes it back, if the actor's list opens with this view.
func (s *Service) BeginPlain(ctx context.Context, id uuid.UUID) error {
	if err := actor.RequireStaff(ctx); err != nil {
		return err
	}
	return s.db.Tx(ctx, func(ctx context.Context) error {
		return s.dropViewDefault(ctx, actor.From(ctx).ID, id)
	})
}

func (s *Service) recordView(ctx context.Context, verb string, v View) error {
	return s.record(ctx, verb, "view", v.ID.String(), map[string]any{"name": v.Name, "list": v.List, "shared": v.Shared})
}
