package files

import (
	"context"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/media"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

// AttachmentPrefix is where attachments lie. Front ends on other origins fetch them there.
const AttachmentPrefix = "/files"

// Attachments keeps the files beside notes and decides who gets one.
type Attachments interface {
	OpenAttachment(ctx context.Context, id uuid.UUID, r access.Reader) (*media.File, error)
}

var errNoFile = fault.New(fault.NotFound, "attachment_not_found", "There is no such file.")

// RegisterAttachments adds the files of notes to the server. member resolves
// the session or token of a member, key the key of a front end's server.
func RegisterAttachments(s *kit.Server, shelf Attachments, jar kit.Jar, member, key kit.Resolve) {
	s.App.Get(AttachmentPrefix+"/:id", kit.Steps(uncached, kit.Vouched(key), kit.Cookie(jar, kit.MemberCookie, member), kit.Bearer(member)), func(c *fiber.Ctx) error {
		id, err := uuid.Parse(c.Params("id"))
		if err != nil || id.String() != c.Params("id") {
			return errNoFile
		}
		v := kit.VisitorOf(c)
		f, err := shelf.OpenAttachment(c.UserContext(), id, access.Reader{Member: v.Member(), Epoch: v.Epoch})
		if err != nil {
			return err
		}
		if !f.Private && !v.Signed() {
			// For a short time only: the note may be withdrawn.
			c.Set(fiber.HeaderCacheControl, "public, max-age=60")
		}
		return Send(c, f, "attachment")
	})
}

// uncached is the rule until the decision says otherwise: a refusal depends on
// who asks, too.
func uncached(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	return nil
}
