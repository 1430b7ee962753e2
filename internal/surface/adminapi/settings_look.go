package adminapi

import (
	"context"
	"net/http"
	"slices"

	"github.com/google/uuid"

	"lighttrends/internal/domain/publication"
	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/phrase"
)

// LanguageChoice is a language that the portal has words in.
type LanguageChoice struct {
	Tag  string `json:"tag" doc:"BCP 47"`
	Name string `json:"name" doc:"In the language itself"`
}

func languageChoices() []LanguageChoice {
	var out []LanguageChoice
	for _, l := range phrase.Shipped() {
		out = append(out, LanguageChoice{l.Tag, l.Name})
	}
	return out
}

// checkLanguage wants one that there are words in.
func checkLanguage(tag *string) error {
	known := func(l *phrase.Language) bool { return l.Tag == *tag }
	if tag == nil || *tag == "" || slices.ContainsFunc(phrase.Shipped(), known) {
		return nil
	}
	var f fault.Fields
	f.Add("/language", "unknown", "The portal has no words in this language.")
	return f.Err()
}

// AccentContrast says how a colour can be read where the portal puts it.
type AccentContrast struct {
	Colour   string          `json:"colour"`
	Good     bool            `json:"good" doc:"It can be read everywhere, and the settings take it"`
	Nearest  string          `json:"nearest" doc:"The nearest colour that can be read; the colour itself when it can"`
	Day      string          `json:"day" doc:"The accent by day"`
	OnDay    string          `json:"on_day" doc:"Words on a button by day"`
	Night    string          `json:"night" doc:"The accent by night: lightened until it can be read"`
	OnNight  string          `json:"on_night"`
	Readings []AccentReading `json:"readings"`
}

// AccentReading is one place where the colour stands.
type AccentReading struct {
	Place string  `json:"place" enum:"link_day,panel_day,button_day,link_night,panel_night,button_night"`
	Front string  `json:"front"`
	Back  string  `json:"back"`
	Ratio float64 `json:"ratio" doc:"Contrast to 1, rounded down; WCAG AA asks for 4.5"`
	Good  bool    `json:"good"`
}

type (
	accentInput struct {
		Colour string `query:"colour" required:"true" doc:"Six hexadecimal digits, such as #17508f"`
	}
	accentOutput struct{ Body AccentContrast }
)

func (s *service) look(tag string) {
	add(s, route{method: http.MethodGet, path: "/settings/contrast", id: "accent-contrast", tag: tag, need: actor.NotesRead,
		summary: "How an accent colour can be read"}, func(_ context.Context, in *accentInput) (*accentOutput, error) {
		c, err := publication.ContrastOf(in.Colour)
		if err != nil {
			return nil, err
		}
		out := AccentContrast{Colour: c.Day, Good: c.Good, Nearest: c.Nearest, Day: c.Day, OnDay: c.OnDay, Night: c.Night, OnNight: c.OnNight}
		for _, r := range c.Readings {
			out.Readings = append(out.Readings, AccentReading(r))
		}
		return &accentOutput{out}, nil
	})
}

// pictureURL is the address of a picture; one that is gone has none.
func (s *service) pictureURL(ctx context.Context, id string) (string, error) {
	of, err := uuid.Parse(id)
	if err != nil {
		return "", nil //nolint:nilerr // there is no picture
	}
	item, err := s.Media.Item(ctx, of)
	if fault.HasCode(err, "media_not_found") {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return item.Address(0), nil
}
