package transfer

import (
	"bytes"
	"context"
	"io"
	"regexp"
	"strings"

	"github.com/google/uuid"

	"lighttrends/internal/domain/porter"
	"lighttrends/internal/surface/transfer/source"
)

// bring stores the pictures of a plan and puts their addresses into the text.
// In a dry run they are only looked at, and none is fetched. whole is false when
// one could not be had that may be had the next time.
func (in *intake) bring(ctx context.Context, p *plan) (body string, above *uuid.UUID, whole bool) {
	body, whole = p.Body, true
	var would []string
	for _, x := range p.Pictures {
		address := strings.ReplaceAll(x.Src, ghostRoot, "")
		if in.run.DryRun && x.remote != "" && x.here == nil {
			would = append(would, x.remote)
		} else if k, name := in.picture(ctx, p, x); name != "" {
			switch {
			case k.err != nil:
				p.say(clean(name, 200) + ": " + reason(k.err))
				whole = whole && x.remote == ""
			case x.Token == cover && k.id != uuid.Nil:
				above = &k.id
			case k.address != "":
				address = k.address
			}
		}
		if x.Token != cover {
			body = strings.ReplaceAll(body, x.Token, linkable(address))
		}
	}
	if in.site != nil {
		in.site.would(p, would)
	}
	return body, above, whole
}

// picture brings one picture, and says what the report calls it: "" when there
// is none to be had.
func (in *intake) picture(ctx context.Context, p *plan, x planned) (k kept, name string) {
	switch {
	case x.came != nil:
		k.id, k.address, k.err = in.keep(ctx, x.came)
		return k, x.came.Name
	case x.here != nil:
		if k.address, k.err = in.Gallery.At(ctx, *x.here); k.address != "" || k.err != nil {
			k.id = *x.here
			return k, x.Src
		}
	}
	if x.remote == "" {
		return k, "" // it was fetched once, and is not in the library any more
	}
	return in.fetched(ctx, p, x), x.remote
}

// remotely finds out whether a picture was fetched before or is to be.
func (in *intake) remotely(ctx context.Context, x *planned) error {
	known, err := in.run.Book().Origin(ctx, in.system, porter.PictureKind, x.Src)
	if err != nil {
		return err
	}
	if known != nil {
		x.here, x.Print = &known.OurID, remotely
	}
	if in.site != nil {
		if x.remote = in.site.address(x.Src); x.remote != "" {
			x.Print = remotely
		}
	}
	return nil
}

// fetched fetches a picture once, keeps it with what the text says of it, and
// writes into the book what became of the address.
func (in *intake) fetched(ctx context.Context, p *plan, x planned) kept {
	k, done := in.site.here[x.remote]
	if !done {
		var raw []byte
		if raw, k.err = in.site.fetch(ctx, x.remote); k.err == nil {
			alt, caption := p.saysOf(x)
			k.id, k.address, k.err = in.Gallery.Take(ctx, pictureFile(nameOf(x.remote)), alt, caption, bytes.NewReader(raw))
		}
		in.site.here[x.remote] = k
	}
	if k.err == nil {
		k.err = in.run.Book().EnterAlone(ctx, porter.Origin{System: in.system, Kind: porter.PictureKind, SourceID: x.Src, OurID: k.id})
	}
	return k
}

// shownAs finds what a text says of the picture behind it: ![alt](token "caption").
var shownAs = regexp.MustCompile(`!\[((?:[^\]\\\n]|\\.)*)\]\((/media/import-\d+\.picture)(?: "((?:[^"\\\n]|\\.)*)")?\)`)

var escaped = regexp.MustCompile(`\\([[:punct:]])`)

// saysOf gives the alternative text and the caption of a picture.
func (p *plan) saysOf(x planned) (alt, caption string) {
	if x.Token == cover {
		return p.CoverAlt, ""
	}
	for _, m := range shownAs.FindAllStringSubmatch(p.Body, -1) {
		if m[2] == x.Token {
			plain := func(s string) string { return clean(escaped.ReplaceAllString(s, "$1"), 500) }
			return plain(m[1]), plain(m[3])
		}
	}
	return "", ""
}

// linkable is an address as Markdown takes it between its brackets.
func linkable(address string) string {
	return strings.NewReplacer(" ", "%20", "(", "%28", ")", "%29", "<", "%3C", ">", "%3E", "\n", "", "\r", "", "\\", "%5C").Replace(address)
}

// notInNames are characters that exports of ours could not give back.
var notInNames = regexp.MustCompile(`[^A-Za-z0-9._-]+`)

func pictureFile(name string) string {
	return strings.TrimLeft(notInNames.ReplaceAllString(name, "-"), "._-")
}

func (in *intake) keep(ctx context.Context, pic *source.Picture) (uuid.UUID, string, error) {
	if pic.Size > source.MaxPicture {
		return uuid.Nil, "", source.Wrong("larger than %d MB", source.MaxPicture>>20)
	}
	f, err := pic.Open()
	if err != nil {
		return uuid.Nil, "", err
	}
	defer func() { _ = f.Close() }()
	gallery := in.Gallery
	if in.run.DryRun {
		gallery = trying{gallery}
	}
	return gallery.Keep(ctx, pictureFile(pic.Name), io.Reader(f))
}
