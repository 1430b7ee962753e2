package adminapi

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
)

// View is how somebody looks at a list of the desk.
type View struct {
	ID        string            `json:"id" format:"uuid"`
	List      string            `json:"list" enum:"notes,members,leads"`
	Name      string            `json:"name"`
	Filters   map[string]string `json:"filters" doc:"Parameters of the list, by name"`
	Sort      string            `json:"sort" doc:"Empty: as the list has it"`
	Reverse   bool              `json:"reverse"`
	Columns   []string          `json:"columns" doc:"What to show, in order; none: as the desk has it"`
	Density   string            `json:"density" enum:"comfortable,compact"`
	Shared    bool              `json:"shared" doc:"Colleagues who may see the list see it, too"`
	Own       bool              `json:"own" doc:"It belongs to whoever asks"`
	Owner     string            `json:"owner" doc:"Name of whom it belongs to"`
	Default   bool              `json:"default" doc:"The list of whoever asks opens with it"`
	Version   int64             `json:"version"`
	CreatedAt time.Time         `json:"created_at"`
	UpdatedAt time.Time         `json:"updated_at"`
}

// ViewFields are the fields of a view; those left out stay as they are.
type ViewFields struct {
	Name    *string            `json:"name,omitempty" maxLength:"60"`
	Filters *map[string]string `json:"filters,omitempty"`
	Sort    *string            `json:"sort,omitempty" maxLength:"40"`
	Reverse *bool              `json:"reverse,omitempty"`
	Columns *[]string          `json:"columns,omitempty" maxItems:"30"`
	Density *string            `json:"density,omitempty" enum:"comfortable,compact"`
	Shared  *bool              `json:"shared,omitempty"`
}

type (
	viewsInput struct {
		List string `query:"list" required:"true" enum:"notes,members,leads"`
	}
	viewsOutput struct {
		Body struct {
			Views []View `json:"views" doc:"One's own first, then those that colleagues share, each by name"`
		}
	}
	keptView struct {
		ETag     string `header:"ETag"`
		Location string `header:"Location"`
		Replayed string `header:"Idempotency-Replayed"`
		Body     View
	}
	// ViewID names a view in a path.
	ViewID struct {
		ID uuid.UUID `path:"id" format:"uuid"`
	}
	keepViewInput struct {
		Key  string `header:"Idempotency-Key" maxLength:"255" doc:"Repeats make nothing new"`
		Body struct {
			List string `json:"list" enum:"notes,members,leads"`
			ViewFields
		}
	}
	changeViewInput struct {
		ViewID
		IfMatch string `header:"If-Match" doc:"The ETag the change was made from"`
		Body    ViewFields
	}
	dropViewInput struct {
		ViewID
		IfMatch string `header:"If-Match" doc:"Checked when it is sent"`
	}
)

func (s *service) views() {
	const tag = "Views"
	add(s, route{method: http.MethodGet, path: "/views", id: "list-views", tag: tag, self: true,
		summary: "List the views of a list", text: "Takes the right to see the list."}, s.listViews)
	add(s, route{method: http.MethodPost, path: "/views", id: "keep-view", tag: tag, self: true, status: http.StatusCreated,
		summary: "Keep a view", text: "It belongs to whoever makes it. Filters are those of the list, and their names and choices are checked."}, s.keepView)
	add(s, route{method: http.MethodGet, path: "/views/{id}", id: "get-view", tag: tag, self: true, summary: "Get a view"},
		func(ctx context.Context, in *ViewID) (*keptView, error) {
			return viewAnswer(ctx)(s.Identity.View(ctx, in.ID))
		})
	add(s, route{method: http.MethodPatch, path: "/views/{id}", id: "change-view", tag: tag, self: true,
		summary: "Change, rename or share a view", text: "Needs If-Match. One of a colleague's only when it is shared, and with settings.write."}, s.changeView)
	add(s, route{method: http.MethodDelete, path: "/views/{id}", id: "delete-view", tag: tag, self: true, status: http.StatusNoContent,
		summary: "Delete a view"}, s.dropView)
	add(s, route{method: http.MethodPut, path: "/views/{id}/default", id: "begin-with-view", of: "/views/{id}", tag: tag, self: true, status: http.StatusNoContent,
		summary: "Open the list with this view", text: "For whoever asks alone."}, func(ctx context.Context, in *ViewID) (*None, error) {
		return &None{}, s.Identity.BeginWith(ctx, in.ID)
	})
	add(s, route{method: http.MethodDelete, path: "/views/{id}/default", id: "begin-plain", of: "/views/{id}", tag: tag, self: true, status: http.StatusNoContent,
		summary: "Open the list without this view"}, func(ctx context.Context, in *ViewID) (*None, error) {
		return &None{}, s.Identity.BeginPlain(ctx, in.ID)
	})
}

func viewOf(ctx context.Context, v identity.View) View {
	return View{
		ID: v.ID.String(), List: string(v.List), Name: v.Name, Filters: v.Filters, Sort: v.Sort, Reverse: v.Reverse, Columns: v.Columns,
		Density: v.Density, Shared: v.Shared, Own: v.StaffID == actor.From(ctx).ID, Owner: v.Owner, Default: v.Default, Version: v.Version,
		CreatedAt: v.CreatedAt, UpdatedAt: v.UpdatedAt,
	}
}

func viewAnswer(ctx context.Context) func(identity.View, error) (*keptView, error) {
	return func(v identity.View, err error) (*keptView, error) {
		if err != nil {
			return nil, err
		}
		return &keptView{ETag: v.ETag(), Body: viewOf(ctx, v)}, nil
	}
}

func (s *service) listViews(ctx context.Context, in *viewsInput) (*viewsOutput, error) {
	list, err := s.Identity.Views(ctx, identity.ListKind(in.List))
	if err != nil {
		return nil, err
	}
	var out viewsOutput
	out.Body.Views = make([]View, len(list))
	for i, v := range list {
		out.Body.Views[i] = viewOf(ctx, v)
	}
	return &out, nil
}

func (s *service) keepView(ctx context.Context, in *keepViewInput) (*keptView, error) {
	if err := in.Body.check(in.Body.List); err != nil {
		return nil, err
	}
	keep := func(ctx context.Context) (identity.View, error) {
		return s.Identity.KeepView(ctx, identity.ListKind(in.Body.List), in.Body.input())
	}
	if in.Key == "" {
		return located(viewAnswer(ctx)(keep(ctx)))
	}
	id, again, err := s.createOnce(ctx, "keep-view "+actor.From(ctx).ID.String(), in.Key, in.Body, func(ctx context.Context) (uuid.UUID, error) {
		v, err := keep(ctx)
		return v.ID, err
	})
	if err != nil {
		return nil, err
	}
	out, err := located(viewAnswer(ctx)(s.Identity.View(ctx, id)))
	if err == nil && again {
		out.Replayed = "true"
	}
	return out, err
}

func located(out *keptView, err error) (*keptView, error) {
	if err == nil {
		out.Location = Prefix + "/views/" + out.Body.ID
	}
	return out, err
}

func (s *service) changeView(ctx context.Context, in *changeViewInput) (*keptView, error) {
	from, err := version(in.IfMatch)
	if err != nil {
		return nil, err
	}
	v, err := s.Identity.View(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if err := in.Body.check(string(v.List)); err != nil {
		return nil, err
	}
	return viewAnswer(ctx)(s.Identity.ChangeView(ctx, in.ID, from, in.Body.input()))
}

func (s *service) dropView(ctx context.Context, in *dropViewInput) (*None, error) {
	from, err := ifSent(in.IfMatch)
	if err != nil {
		return nil, err
	}
	return &None{}, s.Identity.DropView(ctx, in.ID, from)
}
