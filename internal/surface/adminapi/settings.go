package adminapi

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/google/uuid"

	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/phrase"
)

// Settings are everything the owner decides about the publication.
type Settings struct {
	Version             string             `json:"version" doc:"Send it in If-Match with a change"`
	Name                string             `json:"name"`
	Tagline             string             `json:"tagline"`
	About               string             `json:"about"`
	Logo                string             `json:"logo" doc:"Id of a picture; empty for the name in letters"`
	LogoURL             string             `json:"logo_url,omitempty"`
	LogoDark            string             `json:"logo_dark" doc:"Id of the picture that takes the logo's place on dark screens; empty: the logo stands on a light plate there"`
	LogoDarkURL         string             `json:"logo_dark_url,omitempty"`
	Accent              string             `json:"accent" doc:"Colour of links and buttons, such as #17508f; empty for the house's own"`
	Type                publication.Type   `json:"type" enum:"serif,sans" doc:"Letters that texts are set in"`
	Home                publication.Home   `json:"home" enum:"issue,stream,series" doc:"Layout of the front page: the latest issue first, note after note, or a shelf for each series"`
	Language            string             `json:"language" doc:"Of the portal's own words, such as en"`
	Languages           []LanguageChoice   `json:"languages" doc:"Those to choose from"`
	Footer              []publication.Link `json:"footer" doc:"Links at the foot; empty for the portal's own. Own pages follow them"`
	Social              []publication.Link `json:"social" doc:"Where else the publication is"`
	TimeZone            string             `json:"time_zone" doc:"IANA name"`
	Contact             ContactBlock       `json:"contact"`
	Benefits            []string           `json:"benefits"`
	Notice              string             `json:"notice"`
	Navigation          []publication.Link `json:"navigation" doc:"Empty for the portal's own entries"`
	Pages               []LegalPage        `json:"pages"`
	FourEyes            bool               `json:"four_eyes" doc:"Nobody approves what they wrote themselves"`
	RequireSecondFactor bool               `json:"require_second_factor" doc:"Whoever signs in with a password alone can do nothing but add a second factor"`
	MemberSessions      int                `json:"member_sessions" doc:"On how many devices a member may be signed in at once; 0 for any number. The one that was not used for the longest time makes room"`
	MemberPasswords     bool               `json:"member_passwords" doc:"Members may have a password beside links, codes and passkeys"`
	SharingNetworks     int                `json:"sharing_networks" doc:"From how many networks the sessions of a member are used within a day before the owners are told; 0 for never"`
	SharingCopies       int                `json:"sharing_copies" doc:"How many PDF copies a member takes within a day before the owners are told; 0 for never"`
	RefuseAICrawlers    bool               `json:"refuse_ai_crawlers" doc:"robots.txt asks programs that gather text for language models to stay away, and there is no llms.txt"`
	CompanyDomains      []string           `json:"company_domains" doc:"Mail domains of firms whose people may ask for access to a note"`
	SharedNotes         int                `json:"shared_notes" doc:"How many notes a member may share with colleagues in a month; 0 for none, which also ends every link there is"`
	ShareOpenings       int                `json:"share_openings" doc:"In how many browsers a shared link may be opened"`
	ShareDays           int                `json:"share_days" doc:"How many days a shared link lives"`
}

// ContactBlock is how readers reach the firm.
type ContactBlock struct {
	Headline string   `json:"headline" required:"false"`
	Text     string   `json:"text" required:"false"`
	Lines    []string `json:"lines" required:"false" maxItems:"12"`
	Email    string   `json:"email" required:"false"`
	Phone    string   `json:"phone" required:"false"`
}

// LegalPage is a text of the publication's own, in Markdown.
type LegalPage struct {
	Slug  string `json:"slug"`
	Title string `json:"title"`
	Body  string `json:"body"`
}

// SettingsChange names the settings to change.
type SettingsChange struct {
	Name                *string             `json:"name,omitempty"`
	Tagline             *string             `json:"tagline,omitempty"`
	About               *string             `json:"about,omitempty"`
	Logo                *string             `json:"logo,omitempty"`
	LogoDark            *string             `json:"logo_dark,omitempty"`
	Accent              *string             `json:"accent,omitempty"`
	Type                *publication.Type   `json:"type,omitempty" enum:"serif,sans"`
	Home                *publication.Home   `json:"home,omitempty" enum:"issue,stream,series"`
	Language            *string             `json:"language,omitempty"`
	Footer              *[]publication.Link `json:"footer,omitempty" maxItems:"20"`
	Social              *[]publication.Link `json:"social,omitempty" maxItems:"20"`
	TimeZone            *string             `json:"time_zone,omitempty"`
	Contact             *ContactBlock       `json:"contact,omitempty"`
	Benefits            *[]string           `json:"benefits,omitempty" maxItems:"12"`
	Notice              *string             `json:"notice,omitempty"`
	Navigation          *[]publication.Link `json:"navigation,omitempty" maxItems:"20"`
	Pages               *[]LegalPage        `json:"pages,omitempty" maxItems:"50"`
	FourEyes            *bool               `json:"four_eyes,omitempty"`
	RequireSecondFactor *bool               `json:"require_second_factor,omitempty"`
	MemberSessions      *int                `json:"member_sessions,omitempty" minimum:"0" maximum:"100"`
	MemberPasswords     *bool               `json:"member_passwords,omitempty"`
	SharingNetworks     *int                `json:"sharing_networks,omitempty" minimum:"0" maximum:"100"`
	SharingCopies       *int                `json:"sharing_copies,omitempty" minimum:"0" maximum:"1000"`
	RefuseAICrawlers    *bool               `json:"refuse_ai_crawlers,omitempty"`
	CompanyDomains      *[]string           `json:"company_domains,omitempty" maxItems:"500"`
	SharedNotes         *int                `json:"shared_notes,omitempty" minimum:"0" maximum:"100"`
	ShareOpenings       *int                `json:"share_openings,omitempty" minimum:"1" maximum:"100"`
	ShareDays           *int                `json:"share_days,omitempty" minimum:"1" maximum:"90"`
}

func (c *SettingsChange) over(s *publication.Settings) {
	set(&s.Name, c.Name)
	set(&s.Tagline, c.Tagline)
	set(&s.About, c.About)
	set(&s.Logo, c.Logo)
	set(&s.TimeZone, c.TimeZone)
	set(&s.Benefits, c.Benefits)
	set(&s.Notice, c.Notice)
	set(&s.Navigation, c.Navigation)
	set(&s.LogoDark, c.LogoDark)
	set(&s.Type, c.Type)
	set(&s.Home, c.Home)
	set(&s.Language, c.Language)
	set(&s.Footer, c.Footer)
	set(&s.Social, c.Social)
	set(&s.FourEyes, c.FourEyes)
	set(&s.RequireSecondFactor, c.RequireSecondFactor)
	set(&s.MemberSessions, c.MemberSessions)
	set(&s.MemberPasswords, c.MemberPasswords)
	set(&s.SharingNetworks, c.SharingNetworks)
	set(&s.SharingCopies, c.SharingCopies)
	set(&s.RefuseAI, c.RefuseAICrawlers)
	set(&s.CompanyDomains, c.CompanyDomains)
	set(&s.SharedNotes, c.SharedNotes)
	set(&s.ShareOpenings, c.ShareOpenings)
	set(&s.ShareDays, c.ShareDays)
	if c.Accent != nil {
		s.Accent = strings.ToLower(*c.Accent)
	}
	if c.Contact != nil {
		s.Contact = publication.Contact(*c.Contact)
	}
	if c.Pages != nil {
		s.Pages = make([]publication.Page, len(*c.Pages))
		for i, p := range *c.Pages {
			s.Pages[i] = publication.Page{Slug: p.Slug, Title: p.Title, Body: p.Body}
		}
	}
}

type (
	settingsOutput struct {
		ETag string `header:"ETag" doc:"Send it in If-Match with a change"`
		Body Settings
	}
	settingsInput struct {
		IfMatch string `header:"If-Match" doc:"Checked when it is sent"`
		Body    SettingsChange
	}
)

func (s *service) settings() {
	const tag = "Publication"
	s.look(tag)
	add(s, route{method: http.MethodGet, path: "/settings", id: "get-settings", tag: tag, need: actor.NotesRead,
		summary: "The publication's settings"}, func(ctx context.Context, _ *struct{}) (*settingsOutput, error) {
		x, version, err := s.House.Settings(ctx)
		return s.settingsAnswer(ctx, x, version, err)
	})
	add(s, route{method: http.MethodPatch, path: "/settings", id: "change-settings", tag: tag, need: actor.SettingsWrite,
		summary: "Change settings", text: "Names only what is to change. 412 when somebody changed the settings after the ETag in If-Match."}, s.changeSettings)
}

func (s *service) changeSettings(ctx context.Context, in *settingsInput) (*settingsOutput, error) {
	from := strings.Trim(in.IfMatch, `"`)
	if from == "*" {
		from = ""
	}
	for at, logo := range map[string]*string{"/logo": in.Body.Logo, "/logo_dark": in.Body.LogoDark} {
		if err := s.checkLogo(ctx, at, logo); err != nil {
			return nil, err
		}
	}
	if err := checkLanguage(in.Body.Language); err != nil {
		return nil, err
	}
	if err := s.checkOwnFactor(ctx, in.Body.RequireSecondFactor); err != nil {
		return nil, err
	}
	x, version, err := s.House.Change(ctx, from, in.Body.over)
	return s.settingsAnswer(ctx, x, version, err)
}

// checkOwnFactor keeps people from shutting themselves out with a rule.
func (s *service) checkOwnFactor(ctx context.Context, required *bool) error {
	if required == nil || !*required || actor.From(ctx).Kind != actor.Staff {
		return nil
	}
	f, err := s.Identity.MyFactors(ctx)
	if err != nil || f.Strong() {
		return err
	}
	return fault.New(fault.Conflict, "second_factor_missing", "Add a second factor of your own first, or you would be the first to be shut out.")
}

// checkLogo wants a picture that exists; whether it is an id at all is the
// room's to say.
func (s *service) checkLogo(ctx context.Context, at string, logo *string) error {
	if logo == nil {
		return nil
	}
	id, err := uuid.Parse(*logo)
	if err != nil {
		return nil //nolint:nilerr // the room refuses it, with everything else that is wrong
	}
	_, err = s.Media.Item(ctx, id)
	if err != nil && fault.Of(err).Kind == fault.NotFound {
		var f fault.Fields
		f.Add(at, "unknown", "There is no such picture.")
		return f.Err()
	}
	return err
}

func (s *service) settingsAnswer(ctx context.Context, x publication.Settings, version string, err error) (*settingsOutput, error) {
	if err != nil {
		return nil, err
	}
	logo, err := s.pictureURL(ctx, x.Logo)
	dark, darkErr := s.pictureURL(ctx, x.LogoDark)
	if err = errors.Join(err, darkErr); err != nil {
		return nil, err
	}
	out := Settings{
		Version: version,
		Name:    x.Name, Tagline: x.Tagline, About: x.About, Logo: x.Logo, LogoDark: x.LogoDark, Accent: x.Accent, TimeZone: x.TimeZone,
		Type: cmp.Or(x.Type, publication.Serif), Home: cmp.Or(x.Home, publication.IssueFirst), Language: cmp.Or(x.Language, phrase.Fallback), Languages: languageChoices(),
		Footer: list(x.Footer), Social: list(x.Social), LogoURL: logo, LogoDarkURL: dark,
		Contact: ContactBlock(x.Contact), Benefits: list(x.Benefits), Notice: x.Notice, Navigation: list(x.Navigation),
		Pages: []LegalPage{}, FourEyes: x.FourEyes, RequireSecondFactor: x.RequireSecondFactor, MemberSessions: x.MemberSessions,
		MemberPasswords: x.MemberPasswords, SharingNetworks: x.SharingNetworks, SharingCopies: x.SharingCopies,
		RefuseAICrawlers: x.RefuseAI, CompanyDomains: list(x.CompanyDomains),
		SharedNotes: x.SharedNotes, ShareOpenings: x.ShareOpenings, ShareDays: x.ShareDays,
	}
	out.Contact.Lines = list(out.Contact.Lines)
	for _, p := range x.Pages {
		out.Pages = append(out.Pages, LegalPage{Slug: p.Slug, Title: p.Title, Body: p.Body})
	}
	return &settingsOutput{ETag: `"` + version + `"`, Body: out}, nil
}

// list is never null in JSON.
func list[T any](l []T) []T { return append([]T{}, l...) }
