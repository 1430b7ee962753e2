package media

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/actor"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/platform/journal"
)

// Folder is a place in the library. Folders order pictures for staff; no
// address and no right depends on them.
type Folder struct {
	ID        uuid.UUID  `gorm:"type:uuid;primaryKey"`
	ParentID  *uuid.UUID `gorm:"type:uuid"` // nil at the top
	Name      string
	NameKey   string // as it is compared
	CreatedAt time.Time
	Pictures  int `gorm:"-"` // directly in it
}

// TableName implements gorm's Tabler.
func (Folder) TableName() string { return "media_folders" }

// Limits of folders.
const (
	maxFolders = 1000
	maxDepth   = 8
)

// Faults of folders.
var (
	errNoFolder     = fault.New(fault.NotFound, "folder_not_found", "There is no such folder.")
	errFolderTaken  = fault.New(fault.Conflict, "folder_exists", "There is a folder of this name at this place already.")
	errFolderFull   = fault.New(fault.Conflict, "folder_not_empty", "The folder is not empty. Empty it first, or ask for what is in it to move up.")
	errFolderInside = fault.New(fault.Conflict, "folder_inside_itself", "A folder cannot lie inside itself.")
	errFolderDeep   = fault.New(fault.Conflict, "folder_too_deep", "Folders lie at most 8 deep.")
	errFoldersMany  = fault.New(fault.Conflict, "too_many_folders", "There are at most 1000 folders.")
)

// FolderInput says how a folder is called and where it lies.
type FolderInput struct {
	Name   string
	Parent *uuid.UUID // nil for the top
}

// Validate tidies the input and lists every broken rule.
func (in *FolderInput) Validate() error {
	in.Name = strings.Join(strings.Fields(cleanName(strings.ReplaceAll(in.Name, "/", " "))), " ")
	var f fault.Fields
	f.Required("/name", in.Name)
	f.MaxRunes("/name", in.Name, 80)
	return f.Err()
}

// Folders lists all folders by name, with the number of pictures in each, and
// the number of those in none.
func (s *Shelf) Folders(ctx context.Context) (all []*Folder, loose int, err error) {
	if err := actor.Require(ctx, actor.NotesRead); err != nil {
		return nil, 0, err
	}
	if all, err = s.store.folders(ctx); err != nil {
		return nil, 0, err
	}
	counts, err := s.store.countByFolder(ctx)
	for _, f := range all {
		f.Pictures = counts[f.ID]
	}
	return all, counts[uuid.Nil], err
}

// MakeFolder makes a folder.
func (s *Shelf) MakeFolder(ctx context.Context, in FolderInput) (*Folder, error) {
	return s.putFolder(ctx, in, "media_folder.created", func(t tree) (*Folder, error) {
		if len(t) >= maxFolders {
			return nil, errFoldersMany
		}
		return &Folder{ID: db.NewID(), CreatedAt: s.Clock.Now()}, nil
	})
}

// ChangeFolder gives a folder another name or place.
func (s *Shelf) ChangeFolder(ctx context.Context, id uuid.UUID, in FolderInput) (*Folder, error) {
	return s.putFolder(ctx, in, "media_folder.changed", func(t tree) (*Folder, error) {
		f := t[id]
		if f == nil {
			return nil, errNoFolder
		}
		return f, t.fits(f, in.Parent)
	})
}

func (s *Shelf) putFolder(ctx context.Context, in FolderInput, verb string, find func(tree) (*Folder, error)) (f *Folder, err error) {
	if err := in.Validate(); err != nil {
		return nil, err
	}
	err = s.arrange(ctx, func(ctx context.Context, t tree) error {
		if in.Parent != nil && t[*in.Parent] == nil {
			return errNoFolder
		}
		if f, err = find(t); err != nil {
			return err
		}
		f.Name, f.NameKey, f.ParentID = in.Name, folded(in.Name), in.Parent
		t[f.ID] = f
		if err := t.check(f); err != nil {
			return err
		}
		if err := s.store.putFolder(ctx, f); err != nil {
			return err
		}
		return s.recordFolder(ctx, verb, f)
	})
	if db.IsDuplicate(err) {
		err = errFolderTaken
	}
	if err != nil {
		return nil, err
	}
	return f, nil
}

// RemoveFolder takes a folder away. One with something in it is refused, unless
// that is to move up to where the folder lies.
func (s *Shelf) RemoveFolder(ctx context.Context, id uuid.UUID, moveUp bool) error {
	err := s.arrange(ctx, func(ctx context.Context, t tree) error {
		f := t[id]
		if f == nil {
			return errNoFolder
		}
		full, err := s.store.folderFull(ctx, id)
		if err != nil {
			return err
		}
		switch {
		case full && !moveUp:
			return errFolderFull
		case full:
			if err := t.liftable(f); err != nil {
				return err
			}
			if err := s.store.emptyFolder(ctx, f); err != nil {
				return err
			}
			if err := s.DB.Announce(ctx, topicNews, ""); err != nil {
				return err
			}
		}
		if err := s.store.deleteFolder(ctx, id); err != nil {
			return err
		}
		return s.recordFolder(ctx, "media_folder.deleted", f)
	})
	return err
}

// arrange changes the folders while nobody else does: two moves at the same
// time could make a circle that neither of them sees.
func (s *Shelf) arrange(ctx context.Context, do func(context.Context, tree) error) error {
	if err := actor.Require(ctx, actor.MediaWrite); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(ctx context.Context) error {
		all, err := s.store.foldersForUpdate(ctx)
		if err != nil {
			return err
		}
		t := tree{}
		for _, f := range all {
			t[f.ID] = f
		}
		return do(ctx, t)
	})
}

func (s *Shelf) recordFolder(ctx context.Context, verb string, f *Folder) error {
	return s.Journal.Record(ctx, journal.Event{Verb: verb, Subject: "media_folder", ID: f.ID.String(), Payload: map[string]any{"name": f.Name}})
}

// folderIs refuses a folder that is not there.
func (s *Shelf) folderIs(ctx context.Context, id *uuid.UUID) error {
	if id == nil {
		return nil
	}
	return s.store.hasFolder(ctx, *id)
}
