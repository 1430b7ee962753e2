package transfer

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"sort"

	"github.com/goccy/go-yaml"
	"github.com/google/uuid"
)

// Facts are what the library says of a picture.
type Facts struct {
	Folder  string `yaml:"folder,omitempty"` // names from the top, with strokes between
	Alt     string `yaml:"alt,omitempty"`
	Caption string `yaml:"caption,omitempty"`
	FocusX  *int   `yaml:"focus_x,omitempty"` // per cent; absent: in the middle
	FocusY  *int   `yaml:"focus_y,omitempty"`
	Logo    bool   `yaml:"logo,omitempty"` // it is the publication's
}

// Picture is one of the library.
type Picture struct {
	ID uuid.UUID
	Facts
}

// Catalogue knows the whole library; a gallery may be one.
type Catalogue interface {
	// Pictures lists the library with its facts, oldest first.
	Pictures(ctx context.Context) ([]Picture, error)
	// Orderer gives what one import tells the library of its pictures with.
	Orderer(ctx context.Context) (Order, error)
}

// Order makes the library say so of a picture.
type Order func(ctx context.Context, picture uuid.UUID, f Facts) error

// factsFile lies beside the pictures and names each by its file.
const factsFile = "pictures.yaml"

// library writes the pictures that no note and no issue shows, and what is said
// of each. Those that are shown come first, so they keep their names.
func (r *exportRun) library(ctx context.Context) error {
	cat, ok := r.Gallery.(Catalogue)
	if !ok {
		return nil
	}
	pictures, err := cat.Pictures(ctx)
	if err != nil {
		return err
	}
	all := yaml.MapSlice{}
	for _, p := range pictures {
		name, err := r.picture(ctx, p.ID)
		if err != nil {
			return err
		}
		if p.Facts != (Facts{}) {
			all = append(all, yaml.MapItem{Key: name, Value: p.Facts})
		}
	}
	if len(all) == 0 {
		return nil
	}
	sort.Slice(all, func(i, j int) bool { return all[i].Key.(string) < all[j].Key.(string) }) //nolint:forcetypeassert // put in above
	text, err := yaml.Marshal(all)
	if err != nil {
		return err
	}
	return writeFile(filepath.Join(r.dir, "media", factsFile), text)
}

// readFacts reads what is said of pictures; a folder without the file says
// nothing.
func readFacts(dir fs.FS) (map[string]Facts, error) {
	raw, err := fs.ReadFile(dir, "media/"+factsFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil //nolint:nilnil // nothing is said
	}
	if err != nil {
		return nil, err
	}
	var all map[string]Facts
	if err := yaml.UnmarshalWithOptions(raw, &all, yaml.Strict()); err != nil {
		return nil, yamlFault(err)
	}
	return all, nil
}

// order tells the library what the folder says of a picture.
func (a *album) order(ctx context.Context, name string, picture uuid.UUID) (err error) {
	cat, ok := a.gallery.(Catalogue)
	f, said := a.facts[name]
	if !ok || !said {
		return nil
	}
	if a.say == nil {
		if a.say, err = cat.Orderer(ctx); err != nil {
			return err
		}
	}
	return a.say(ctx, picture, f)
}
