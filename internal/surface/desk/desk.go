// Package desk is the page staff sign in to: where the notes stand, and keys
// for the scripts that write them. All else goes through the Admin API.
package desk

import (
	"bytes"
	"context"
	"html/template"
	"net/http"
	"time"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
	"lighttrends/web"
)

// Path is where the desk lives.
const Path = "/desk"

// Deps is what the desk needs.
type Deps struct {
	Desk     *content.Desk
	Identity *identity.Service
	SiteName func(ctx context.Context) string
	Staff    kit.Resolve
	Jar      kit.Jar
	BaseURL  string
}

type desk struct {
	Deps
	page *template.Template
}

// Register adds the desk to the server.
func Register(s *kit.Server, d Deps) error {
	page, err := template.ParseFS(web.Templates, "templates/desk/desk.html")
	if err != nil {
		return err
	}
	x := &desk{d, page}
	who, same := kit.Cookie(d.Jar, kit.StaffCookie, d.Staff), kit.SameOrigin()
	s.App.Get(Path, who, x.show)
	s.App.Post(Path+"/sign-in", same, x.signIn)
	s.App.Post(Path+"/sign-out", same, x.signOut)
	s.App.Post(Path+"/keys", same, who, x.makeKey)
	return nil
}

// view is what the page shows.
type view struct {
	Site, API      string
	Name, Role     string
	Email, Problem string
	Secret         string
	MayKeys        bool
	Notes          []row
}

type row struct{ Title, URL, State, At string }

func (x *desk) show(c *fiber.Ctx) error { return x.render(c, http.StatusOK, view{}) }

func (x *desk) render(c *fiber.Ctx, status int, v view) error {
	who := kit.VisitorOf(c)
	v.Site, v.API = x.SiteName(c.UserContext()), x.BaseURL+"/api/admin/v1"
	if who.Actor.Kind == actor.Staff {
		v.Name, v.Role, v.MayKeys = who.Actor.Name, who.RoleName, who.Actor.Can(actor.KeysWrite)
		var err error
		if v.Notes, err = x.rows(c.UserContext()); err != nil {
			return err
		}
	}
	var b bytes.Buffer
	if err := x.page.Execute(&b, v); err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return c.Status(status).Send(b.Bytes())
}

func (x *desk) rows(ctx context.Context) ([]row, error) {
	notes, _, err := x.Desk.List(ctx, content.Filter{Limit: 50})
	if err != nil {
		return nil, err
	}
	out := make([]row, len(notes))
	for i, n := range notes {
		out[i] = row{Title: n.Title, State: string(n.Status), At: n.UpdatedAt.Format(time.DateOnly)}
		if n.Status == content.Published {
			out[i].URL = "/notes/" + n.Slug
		}
		if n.Changed() {
			out[i].State += ", with changes"
		}
	}
	return out, nil
}

func (x *desk) signIn(c *fiber.Ctx) error {
	signed, err := x.Identity.SignInStaff(c.UserContext(), identity.SignInStaff{
		Email: c.FormValue("email"), Password: c.FormValue("password"),
		Visit: identity.Visit{Client: kit.ClientAddress(c), UserAgent: c.Get(fiber.HeaderUserAgent), Surface: "desk"},
	})
	if err != nil {
		f := fault.Of(err)
		if f.Kind == fault.Internal || f.Kind == fault.Unavailable {
			return err
		}
		return x.render(c, http.StatusUnauthorized, view{Email: c.FormValue("email"), Problem: f.Message})
	}
	x.Jar.Set(c, kit.StaffCookie, signed.Token, time.Until(signed.Session.ExpiresAt))
	return c.Redirect(Path+"/", http.StatusSeeOther)
}

func (x *desk) signOut(c *fiber.Ctx) error {
	if token := x.Jar.Get(c, kit.StaffCookie); token != "" {
		if err := x.Identity.SignOut(c.UserContext(), token); err != nil {
			return err
		}
		x.Jar.Clear(c, kit.StaffCookie)
	}
	return c.Redirect(Path+"/", http.StatusSeeOther)
}

func (x *desk) makeKey(c *fiber.Ctx) error {
	secret, _, err := x.Identity.CreateKey(c.UserContext(), identity.CreateKey{
		Name: c.FormValue("name"), Scopes: []identity.Scope{identity.Scope(c.FormValue("scope"))},
	})
	if err == nil {
		return x.render(c, http.StatusOK, view{Secret: secret})
	}
	f := fault.Of(err)
	if f.Kind != fault.Invalid {
		return err
	}
	return x.render(c, http.StatusUnprocessableEntity, view{Problem: f.Message})
}
