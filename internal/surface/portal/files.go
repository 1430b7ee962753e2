package portal

import (
	"context"

	"github.com/google/uuid"

	"lighttrends/internal/domain/access"
	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/media"
	"lighttrends/internal/platform/phrase"
)

// Files lists what is attached to notes.
type Files interface {
	Attached(ctx context.Context, note uuid.UUID) ([]*media.Attachment, error)
}

// fileView is a line of the list under a note. Without an address the reader
// learns that there is such a file and how large it is, about.
type fileView struct {
	Title, Kind, Size, Href string
	Closed                  string // to whom it would open
}

// fillFiles lists a note's files. The decision about the text is the one about
// the files that share its gate; the link asks for a new one when it is used.
func (p *Portal) fillFiles(ctx context.Context, v *noteView, t *content.Teaser, d access.Decision) error {
	if p.Files == nil {
		return nil
	}
	l := p.language(ctx)
	all, err := p.Files.Attached(ctx, v.ID)
	for _, a := range all {
		f := fileView{Title: a.Title, Kind: a.Kind(), Size: fileSize(l, a.RoughBytes())}
		switch {
		case !d.Full() && a.Access != media.Everyone:
			f.Closed = l.Text("files.subscribers")
			if d.Gate() == access.Members {
				f.Closed = l.Text("files.account")
			}
		case !t.Pending(): // beside a draft there is a list, but no file yet
			f.Href = a.Address()
		}
		v.Files = append(v.Files, f)
	}
	return err
}

// closedFiles counts the files of a note that come with its full text.
func (p *Portal) closedFiles(ctx context.Context, t *content.Teaser) (n int, err error) {
	if p.Files == nil {
		return 0, nil
	}
	all, err := p.Files.Attached(ctx, t.ID)
	for _, a := range all {
		if a.Access != media.Everyone {
			n++
		}
	}
	return n, err
}

// fileSize writes a size for people, in units of a thousand.
func fileSize(l *phrase.Language, n int64) string {
	switch {
	case n < 1000:
		return l.Count("bytes", int(n))
	case n < 1000_000:
		return l.Fraction(float64(n)/1000) + " KB"
	default:
		return l.Fraction(float64(n)/1000_000) + " MB"
	}
}
