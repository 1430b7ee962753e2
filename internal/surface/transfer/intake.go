package transfer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/domain/identity"
	"lighttrends/internal/domain/porter"
	"lighttrends/internal/surface/transfer/markup"
	"lighttrends/internal/surface/transfer/source"
)

// intake is one import of another system's export.
type intake struct {
	*Carrier
	run    *porter.Run
	from   source.Reader
	system string
	md     *markup.Converter
	// Of this run: addresses it has given, and lines by canonical address.
	slugs  map[string]bool
	people map[string]string
	paths  map[string]bool // old addresses of notes: the first one has it
	// catalogue is what the last look found; nil after something was made.
	catalogue *content.Catalogue
	site      *site // whose pictures are fetched; nil: none are
}

// take carries every entry, from behind the last one that is whole.
func (c *Carrier) take(ctx context.Context, r *porter.Run, from source.Reader) error {
	if err := r.Expect(ctx, from.Count()); err != nil {
		return err
	}
	in := &intake{Carrier: c, run: r, from: from, system: from.System(), md: markup.New(), slugs: map[string]bool{}, people: map[string]string{}, paths: map[string]bool{}}
	var failed error
	if in.site, failed = c.openSite(r.Options.PicturesFrom); failed != nil {
		return failed
	}
	behind, at := r.Done, int64(0)
	for e := range from.Entries(ctx) {
		if at++; at <= behind {
			in.remember(e)
			continue
		}
		if failed = in.entry(ctx, e); failed != nil {
			break
		}
	}
	if failed == nil && behind == 0 {
		failed = in.sum(ctx)
	}
	return failed
}

// sum says how many pictures a dry run did not fetch. One that broke off and was
// taken up has not seen all of them, and says nothing.
func (in *intake) sum(ctx context.Context) error {
	if !in.run.DryRun || in.site == nil {
		return nil
	}
	l := porter.Line{Place: "pictures", Kind: porter.PictureKind}
	return in.run.Step(ctx, l, func(_ context.Context, l *porter.Line) error {
		l.Outcome = porter.WasSkipped
		l.Say(fmt.Sprintf("%d pictures would be fetched from %s", len(in.site.counted), in.site.root.Host))
		return nil
	})
}

// remember notes of an entry that was carried before what later ones ask for.
func (in *intake) remember(e source.Entry) {
	if e.Note != nil && e.Err == nil {
		in.slugs[slugOf(e.Note)], in.paths[e.Note.Path] = true, true
	}
	if e.Member != nil {
		if a, err := identity.ParseEmail(e.Member.Email); err == nil {
			in.people[a.Canonical] = e.Where
		}
	}
}

// entry carries one entry.
func (in *intake) entry(ctx context.Context, e source.Entry) error {
	l := porter.Line{Place: e.Where, Kind: porter.NoteKind}
	only := in.run.Options.Only
	switch {
	case e.Member != nil:
		l.Kind = porter.MemberKind
	case e.Note != nil:
		l.Title = e.Note.Title
	}
	plain := func(o porter.Outcome, says string) error {
		return in.run.Step(ctx, l, func(_ context.Context, l *porter.Line) error {
			l.Outcome = o
			if says != "" {
				l.Say(says)
			}
			return nil
		})
	}
	switch {
	case e.Err != nil:
		return plain(porter.HasFailed, e.Err.Error())
	case e.Skip != "":
		return plain(porter.WasSkipped, e.Skip)
	case e.Note != nil && only == porter.Members, e.Member != nil && only == porter.Notes:
		return plain(porter.WasSkipped, "")
	case e.Note != nil:
		return in.note(ctx, l, e.Note)
	case e.Member != nil:
		return in.member(ctx, l, e.Member)
	}
	return plain(porter.HasFailed, "there is nothing in it")
}

// fingerprint is the same as long as the value is.
func fingerprint(v any) string {
	raw, err := json.Marshal(v)
	if err != nil { // only plain values come here
		panic("transfer: " + err.Error())
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:16])
}
