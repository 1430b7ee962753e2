package transfer

import (
	"context"
	"regexp"
	"strings"

	"github.com/google/uuid"

	"lighttrends/internal/surface/transfer/source"
)

// bring stores the pictures of a plan and puts their addresses into the text.
// In a dry run they are only looked at.
func (in *intake) bring(ctx context.Context, p *plan) (body string, above *uuid.UUID) {
	body = p.Body
	for _, x := range p.Pictures {
		address := strings.ReplaceAll(x.Src, "__GHOST_URL__", "")
		if x.came != nil {
			id, ours, err := in.keep(ctx, x.came)
			switch {
			case err != nil:
				p.say(x.came.Name + ": " + reason(err))
			case x.Token == cover && id != uuid.Nil:
				above = &id
			case ours != "":
				address = ours
			}
		}
		if x.Token != cover {
			body = strings.ReplaceAll(body, x.Token, linkable(address))
		}
	}
	return body, above
}

// linkable is an address as Markdown takes it between its brackets.
func linkable(address string) string {
	return strings.NewReplacer(" ", "%20", "(", "%28", ")", "%29", "<", "%3C", ">", "%3E", "\n", "", "\r", "", "\\", "%5C").Replace(address)
}

// notInNames are characters that exports of ours could not give back.
var notInNames = regexp.MustCompile(`[^A-Za-z0-9._-]+`)

func (in *intake) keep(ctx context.Context, pic *source.Picture) (uuid.UUID, string, error) {
	if pic.Size > source.MaxPicture {
		return uuid.Nil, "", source.Wrong("larger than %d MB", source.MaxPicture>>20)
	}
	f, err := pic.Open()
	if err != nil {
		return uuid.Nil, "", err
	}
	defer func() { _ = f.Close() }()
	name := strings.TrimLeft(notInNames.ReplaceAllString(pic.Name, "-"), "._-")
	gallery := in.Gallery
	if in.run.DryRun {
		gallery = trying{gallery}
	}
	return gallery.Keep(ctx, name, f)
}
