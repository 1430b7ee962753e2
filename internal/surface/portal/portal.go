package portal

import (
	"context"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/billing"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/domain/library"
	"lighttrends/internal/domain/media"
	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/phrase"
	"lighttrends/internal/surface/kit"
)

// Surface is how sessions and sign-in mails name the portal.
const Surface = "portal"

// Deps is what the portal needs.
type Deps struct {
	Library  *content.Library
	Gate     *access.Gatekeeper
	House    *publication.House
	Identity *identity.Service
	Billing  *billing.Office
	Pictures Pictures      // nil: pictures are shown without their measures, covers of notes not at all
	Files    Files         // nil: notes have no attachments
	Copies   Copies        // nil: there are no PDF copies
	Cards    Cards         // nil: only notes with a cover have a picture on other sites
	Reading  *library.Room // nil: nothing is kept for members
	Members  kit.Resolve   // of a member's session; refuses those of staff
	Jar      kit.Jar
	BaseURL  string                                                      // origin as readers see it, without a slash at the end
	Kept     func(ctx context.Context, member uuid.UUID) ([]byte, error) // everything that is kept of a member, as JSON
	Theme    string                                                      // folder of a theme; "" for none
	DeskPath string                                                      // where the first owner goes after the set-up; "" is "/desk/"
	Now      func() time.Time                                            // nil is the system's clock
	// FollowTheme reads the theme again whenever a file of it has changed.
	FollowTheme bool
	Doors       Doors // how often one client may ask for what costs much
	// MapLimit is how many addresses a map of the site holds at most; 0 is what
	// the standard allows.
	MapLimit int
	// Places are further paths for the map: pages of other faces.
	Places []string
}

// Pictures knows the pictures that notes show.
type Pictures interface {
	Items(ctx context.Context, ids ...uuid.UUID) (map[uuid.UUID]*media.Item, error)
	// ItemsAt gives them as they were at a moment.
	ItemsAt(ctx context.Context, at time.Time, ids ...uuid.UUID) (map[uuid.UUID]*media.Item, error)
}

// Portal draws the pages. It is safe for several goroutines.
type Portal struct {
	Deps
	dress    atomic.Pointer[dress]
	cards    *cardShelf
	shelf    *shelf
	buffers  sync.Pool // *bytes.Buffer
	zippers  sync.Pool // *gzip.Writer
	guesses  guesses
	feeds    guesses // how often members' own feeds are asked for
	follower follower
	// deadFeeds counts addresses of such feeds that lead nowhere.
	deadFeeds guesses
	// profile is the last one that could be read, for the pages that tell of
	// a database that is away.
	profile atomic.Pointer[publication.Profile]

	doors    doors
	editions stash[edition] // what pages showed last, and since when
}

// New parses the templates and loads the assets.
func New(d Deps) (*Portal, error) {
	if d.Now == nil {
		d.Now = time.Now
	}
	if d.DeskPath == "" {
		d.DeskPath = "/desk/"
	}
	p := &Portal{Deps: d, cards: newCardShelf(), shelf: newShelf()}
	p.openDoors()
	cut, err := dressIn(d.Theme)
	if err != nil {
		return nil, err
	}
	p.dress.Store(cut)
	p.follower.print = fingerprint(first(d.Theme, os.DevNull))
	_, err = cut.in(phrase.In(phrase.Fallback))
	return p, err
}
