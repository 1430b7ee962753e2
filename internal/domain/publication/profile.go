package publication

import (
	"context"
	"encoding/json"
	"fmt"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/clock"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
	"lighttrends/internal/platform/markdown"
	"lighttrends/internal/platform/memo"
)

// Profile is what the publication says of itself.
type Profile struct {
	Name     string   `json:"name"`
	Tagline  string   `json:"tagline,omitempty"`
	About    string   `json:"about,omitempty"`
	TimeZone string   `json:"time_zone,omitempty"` // IANA name
	Contact  Contact  `json:"contact,omitempty"`
	Benefits []string `json:"benefits,omitempty"` // what a subscriber gets, shown at the gate
	Notice   string   `json:"notice,omitempty"`   // a line at the foot of every page; empty for none
	Pages    []Page   `json:"pages,omitempty"`    // terms, privacy and the like

	Look
}

// Page is a text of the publication's own, such as its terms.
type Page struct {
	Slug  string `json:"slug"`
	Title string `json:"title"`
	Body  string `json:"body"`           // Markdown
	HTML  string `json:"html,omitempty"` // drawn when the page is saved
}

// Page finds a page by its address.
func (p Profile) Page(slug string) (Page, bool) {
	for _, x := range p.Pages {
		if x.Slug == slug {
			return x, true
		}
	}
	return Page{}, false
}

// Contact is the block at the foot of each note and on the contact page.
type Contact struct {
	Headline string   `json:"headline,omitempty"`
	Text     string   `json:"text,omitempty"`
	Lines    []string `json:"lines,omitempty"` // postal address
	Email    string   `json:"email,omitempty"`
	Phone    string   `json:"phone,omitempty"`
}

// Default is the profile of a publication that has not introduced itself yet.
func Default() Profile {
	return Profile{
		Name: "LightTrends", TimeZone: "UTC",
		Contact: Contact{Headline: "Write to us", Text: "Questions about a note, a subscription or a licence: we answer within a working day."},
		Benefits: []string{
			"The full text of every note, with its charts and tables",
			"The whole archive",
			"Cancel at any time from your account page",
		},
	}
}

// Validate lists every broken rule.
func (p Profile) Validate() error {
	var f fault.Fields
	f.Required("/name", p.Name)
	f.MaxRunes("/name", p.Name, 80)
	f.MaxRunes("/tagline", p.Tagline, 200)
	f.MaxRunes("/about", p.About, 5000)
	f.MaxRunes("/contact/text", p.Contact.Text, 2000)
	f.Check(!strings.ContainsAny(p.Name+p.Tagline, "\r\n"), "/name", "bad_characters", "Name and tagline are one line each.")
	_, err := time.LoadLocation(p.TimeZone)
	f.Check(err == nil && p.TimeZone != "Local", "/time_zone", "unknown", "An IANA name, such as Europe/Berlin.")
	_, err = mail.ParseAddress(p.Contact.Email)
	f.Check(p.Contact.Email == "" || err == nil, "/contact/email", "bad_address", "This is not an e-mail address.")
	f.MaxRunes("/notice", p.Notice, 500)
	f.Check(len(p.Pages) <= 20, "/pages", "too_many", "At most 20.")
	seen := map[string]bool{}
	for i, x := range p.Pages {
		at := fmt.Sprintf("/pages/%d", i)
		f.Check(pageSlug.MatchString(x.Slug) && !seen[x.Slug], at+"/slug", "bad_slug", "Small letters, digits and hyphens; each once.")
		f.Required(at+"/title", x.Title)
		f.Check(len(x.Body) <= 200_000, at+"/body", "too_long", "The text is too long.")
		seen[x.Slug] = true
	}
	p.Look.check(&f, p.Pages)
	return f.Err()
}

var pageSlug = regexp.MustCompile(`^[a-z0-9]+(?:-[a-z0-9]+)*$`)

// Recorder appends to the journal.
type Recorder interface {
	Record(ctx context.Context, e journal.Event) error
}

// Deps is what the room needs from outside.
type Deps struct {
	DB        *db.DB
	Clock     clock.Clock
	Journal   Recorder
	ClientKey []byte   // keys the hash of a lead's network address
	Ground    Ground   // nil: redirects are not compared with pages
	Pictures  Pictures // nil: nobody keeps account of them
	// CountAsk counts an ask for access from an address, or refuses it; nil does
	// not count.
	CountAsk func(ctx context.Context, client string) error
}

// Pictures keeps account of where pictures are shown, in the transaction that
// saves the place.
type Pictures interface {
	Refer(ctx context.Context, spot string, of uuid.UUID, chosen *uuid.UUID, texts ...string) error
}

// refer tells which pictures the publication itself shows.
func (h *House) refer(ctx context.Context, p Profile) error {
	if h.Pictures == nil {
		return nil
	}
	texts := make([]string, len(p.Pages))
	for i, x := range p.Pages {
		texts[i] = x.Body
	}
	if err := h.Pictures.Refer(ctx, "publication", uuid.Nil, chosen(p.Logo), texts...); err != nil {
		return err
	}
	return h.Pictures.Refer(ctx, "publication", darkSpot, chosen(p.LogoDark))
}

// darkSpot tells the place of the logo for dark screens from that of the other.
var darkSpot = uuid.Max

func chosen(id string) *uuid.UUID {
	if id, err := uuid.Parse(id); err == nil {
		return &id
	}
	return nil
}

// House answers what the publication is and takes letters.
type House struct {
	Deps
	profiles *memo.Copies[Profile]
	rules    *memo.Copies[Rules]
	reaches  *memo.Copies[Reach]
}

// TopicNews is the topic under which changes of the settings are announced.
const TopicNews = "publication"

// New opens the room.
func New(d Deps) *House {
	h := &House{
		Deps:     d,
		profiles: memo.New(1<<20, func(Profile) uint32 { return 1 }),
		rules:    memo.New(1<<20, func(Rules) uint32 { return 1 }),
		reaches:  memo.New(1<<20, func(Reach) uint32 { return 1 }),
	}
	d.DB.Subscribe(TopicNews, func(key string) {
		h.profiles.Drop(key)
		h.rules.Drop(key)
		h.reaches.Drop(key)
	})
	return h
}

// Profile returns what the publication says of itself.
func (h *House) Profile(ctx context.Context) (Profile, error) {
	return h.profiles.Get(ctx, "", h.load)
}

func (h *House) load(ctx context.Context) (Profile, error) {
	p := Default()
	raw, err := h.setting(ctx, "profile")
	if err != nil || raw == nil {
		return p, err
	}
	if err := json.Unmarshal(raw, &p); err != nil {
		return p, fmt.Errorf("publication: profile: %w", err)
	}
	return p, nil
}

// Introduce changes what the publication says of itself, all of it.
func (h *House) Introduce(ctx context.Context, p Profile) error {
	_, _, err := h.Change(ctx, "", func(s *Settings) { s.Profile = p })
	return err
}

// draw renders the pages' texts.
func (p *Profile) draw() {
	p.Pages = slices.Clone(p.Pages)
	for i, x := range p.Pages {
		p.Pages[i].HTML = markdown.Render([]byte(x.Body), markdown.Options{}).FullHTML
	}
}
