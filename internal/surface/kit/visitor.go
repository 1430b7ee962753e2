package kit

import (
	"context"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// The short names of the two session cookies. Staff and members never share
// one.
const (
	MemberCookie = "lt_member"
	StaffCookie  = "lt_staff"
)

// Visitor is who asks, as a session or a key told.
type Visitor struct {
	Actor    actor.Actor
	Email    string // of a member or a staff user, to show them their own
	Name     string
	Language string // that a member has chosen; "" for the publication's
	Epoch    int64  // a member's access epoch
	Role     string // of a staff user
	RoleName string // for people
	// MustEnrol says that a staff user can do nothing before they have added a
	// second factor.
	MustEnrol bool
	Token     string // of the session, so that signing out can end it
	// FrontEnd is of a content key: where the front end is that shows it.
	FrontEnd FrontEnd

	ExpiresAt time.Time // of the session
	Renewed   bool      // ExpiresAt has just moved: the cookie is set again
	// Saw is told the address of the client when ExpiresAt has moved; nil: nobody
	// wants to know.
	Saw func(ctx context.Context, client string)
}

// FrontEnd is where a front end may be, and what may lead back to it.
type FrontEnd struct {
	Origins         []string // from where browsers may call; empty: any, for what is public
	ReturnAddresses []string // whereto links and payment pages may lead
}

// Member is the member's id, or zero.
func (v Visitor) Member() uuid.UUID {
	if v.Actor.Kind != actor.Member {
		return uuid.Nil
	}
	return v.Actor.ID
}

// Signed tells whether anybody is signed in.
func (v Visitor) Signed() bool {
	return v.Actor.Kind != "" && v.Actor.Kind != actor.Anonymous
}

// Resolve finds the visitor of a token. A token that is not valid (any more)
// is an Unauthenticated fault; any other error means that nobody can tell.
type Resolve func(ctx context.Context, token string) (Visitor, error)

const (
	visitorKey = "visitor"
	partedKey  = "parted"
)

// Parted says why the session of this request's cookie is over, as a code; "" when
// there was none, or it is not.
func Parted(c *fiber.Ctx) string {
	code, _ := c.Locals(partedKey).(string)
	return code
}

// VisitorOf says who asks. Without a middleware of this file it is nobody.
func VisitorOf(c *fiber.Ctx) Visitor {
	if v, ok := c.Locals(visitorKey).(*Visitor); ok {
		return *v
	}
	return Visitor{Actor: actor.Nobody()}
}

// signed tells whether anybody is signed in, without a copy of who.
func signed(c *fiber.Ctx) bool {
	v, ok := c.Locals(visitorKey).(*Visitor)
	return ok && v.Signed()
}

// enter puts the visitor into the request. Whatever is answered from now on
// depends on who asked, so no shared cache may keep it.
func enter(c *fiber.Ctx, v Visitor) {
	c.Locals(visitorKey, &v)
	c.SetUserContext(actor.With(c.UserContext(), v.Actor))
	c.Set(fiber.HeaderCacheControl, "private, no-store")
}

// Cookie lets in whoever has a valid session cookie. Others go on as nobody;
// a cookie that is no longer valid is taken away.
func Cookie(jar Jar, name string, resolve Resolve) Step {
	return func(c *fiber.Ctx) error {
		Vary(c, fiber.HeaderCookie)
		token := jar.Get(c, name)
		if token == "" {
			return nil
		}
		v, err := resolve(c.UserContext(), token)
		switch {
		case err == nil:
			v.Token = token
			enter(c, v)
			if v.Renewed {
				jar.Set(c, name, token, time.Until(v.ExpiresAt))
				v.saw(c)
			}
		case fault.Of(err).Kind == fault.Unauthenticated:
			jar.Clear(c, name)
			c.Locals(partedKey, fault.Of(err).Code)
			c.Set(fiber.HeaderCacheControl, "private, no-store")
		default:
			return err
		}
		return nil
	}
}

// saw tells whoever wants to know from where a session is used.
func (v Visitor) saw(c *fiber.Ctx) {
	if v.Renewed && v.Saw != nil {
		v.Saw(c.UserContext(), ClientAddress(c))
	}
}

// Bearer lets in whoever sends a valid token in the Authorization header
// (RFC 6750). An invalid one is refused: a program wants to know.
func Bearer(resolve Resolve) Step {
	return func(c *fiber.Ctx) error {
		Vary(c, fiber.HeaderAuthorization)
		token, ok := bearerToken(c)
		if !ok {
			return nil
		}
		v, err := resolve(c.UserContext(), token)
		if err != nil {
			return err
		}
		v.Token = token
		enter(c, v)
		v.saw(c)
		return nil
	}
}

func bearerToken(c *fiber.Ctx) (string, bool) {
	scheme, token, _ := strings.Cut(c.Get(fiber.HeaderAuthorization), " ")
	return strings.TrimSpace(token), strings.EqualFold(scheme, "bearer")
}
