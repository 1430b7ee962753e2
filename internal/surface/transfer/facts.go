package transfer

import (
	"context"
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
}

// Catalogue knows the facts; a gallery may be one.
type Catalogue interface {
	Facts(ctx context.Context, picture uuid.UUID) (Facts, error)
	// Order makes the library say so of a picture.
	Order(ctx context.Context, picture uuid.UUID, f Facts) error
}

// factsFile lies beside the pictures and names each by its file.
const factsFile = "pictures.yaml"

// facts writes down what is said of the pictures that were written.
func (r *exportRun) facts(ctx context.Context) error {
	cat, ok := r.Gallery.(Catalogue)
	if !ok {
		return nil
	}
	all := yaml.MapSlice{}
	for id, name := range r.pictures {
		f, err := cat.Facts(ctx, id)
		if err != nil {
			return err
		}
		if f != (Facts{}) {
			all = append(all, yaml.MapItem{Key: name, Value: f})
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
	if err != nil {
		return nil, nil //nolint:nilerr,nilnil // nothing is said
	}
	var all map[string]Facts
	if err := yaml.UnmarshalWithOptions(raw, &all, yaml.Strict()); err != nil {
		return nil, yamlFault(err)
	}
	return all, nil
}

// order tells the library what the folder says of a picture.
func (a *album) order(ctx context.Context, name string, picture uuid.UUID) error {
	cat, ok := a.gallery.(Catalogue)
	f, said := a.facts[name]
	if !ok || !said {
		return nil
	}
	return cat.Order(ctx, picture, f)
}
