package kit

import (
	"net/netip"

	"github.com/gofiber/fiber/v2"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
)

// The server of a front end asks for all its readers from one address, so what
// goes by addresses would take them for one. With these two fields it says for
// whom it asks. Pages cannot send them from other origins (corsSend): the key is
// for servers.
const (
	serverKeyHeader = "X-Server-Key"
	visitorHeader   = "X-Visitor-Address"
)

var (
	errNoServerKey = fault.New(fault.Unauthenticated, "server_key_required", "X-Visitor-Address is believed with a server key only: send one in X-Server-Key.")
	errNoVisitor   = fault.New(fault.BadRequest, "visitor_address_required", "X-Server-Key came without X-Visitor-Address. Say for whom you ask, or leave both out.")
	errBadVisitor  = fault.New(fault.BadRequest, "visitor_address_invalid", "X-Visitor-Address is one IP address, without a port.")
	errNotServer   = fault.New(fault.Forbidden, "wrong_key", "This key does not say from where visitors come. X-Server-Key takes one with the scope visitors.address.")
)

// Vouched believes a front end's server about the address of its visitor, by a
// key of its own: [ClientAddress] is the visitor's from here on. Whatever is
// half or wrong is refused rather than passed over, because whoever sends it
// would find out only when the limit of one address shuts all their readers out.
func Vouched(key Resolve) Step {
	return func(c *fiber.Ctx) error {
		h := &c.Request().Header
		secret := h.Peek(serverKeyHeader)
		if len(secret) == 0 {
			if len(h.Peek(visitorHeader)) > 0 {
				return errNoServerKey
			}
			return nil
		}
		address := h.PeekAll(visitorHeader)
		by, err := key(c.UserContext(), string(secret))
		switch {
		case err != nil:
			return err
		case !by.Actor.Can(actor.VisitorsAddress):
			return errNotServer
		case len(address) == 0:
			return errNoVisitor
		}
		visitor, err := netip.ParseAddr(string(address[0]))
		if err != nil || len(address) > 1 || visitor.Zone() != "" || visitor.IsUnspecified() || visitor.IsMulticast() {
			return errBadVisitor
		}
		c.Locals(clientKey, visitor.Unmap().String())
		return nil
	}
}
