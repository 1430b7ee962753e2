package library

import (
	"context"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"

	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/fault"
)

// Folder is a member's own order among what they saved.
type Folder struct {
	ID       uuid.UUID `gorm:"type:uuid;primaryKey"`
	MemberID uuid.UUID `gorm:"type:uuid"`
	Name     string
	NameKey  string // in small letters: two folders have not the same
	MadeAt   time.Time
}

// TableName implements gorm's Tabler.
func (Folder) TableName() string { return "folders" }

// FolderCount is a folder and how many notes are in it.
type FolderCount struct {
	Folder
	Notes int
}

// Bounds of what one member may have.
const (
	mostFolders = 100
	longestName = 60
)

var (
	errNoFolder       = fault.New(fault.NotFound, "folder_not_found", "You have no such folder.")
	errFolderExists   = fault.New(fault.Conflict, "folder_exists", "You have a folder of this name already.")
	errTooManyFolders = fault.New(fault.Conflict, "too_many_folders", "You have very many folders. Delete one first.")
)

// name takes what somebody typed.
func (f *Folder) name(typed string) error {
	name := strings.Join(strings.Fields(typed), " ")
	var problems fault.Fields
	problems.Required("/name", name)
	problems.MaxRunes("/name", name, longestName)
	problems.Check(strings.IndexFunc(name, unicode.IsControl) < 0, "/name", "bad_characters", "Control characters are not allowed.")
	f.Name, f.NameKey = name, strings.ToLower(name)
	return problems.Err()
}

// Folders lists a member's folders by name.
func (r *Room) Folders(ctx context.Context, member uuid.UUID) ([]FolderCount, error) {
	if err := own(ctx, member); err != nil {
		return nil, err
	}
	return r.foldersOf(ctx, member)
}

// AddFolder makes a folder.
func (r *Room) AddFolder(ctx context.Context, member uuid.UUID, name string) (f Folder, err error) {
	if err := own(ctx, member); err != nil {
		return f, err
	}
	f = Folder{ID: db.NewID(), MemberID: member, MadeAt: r.Clock.Now()}
	if err := f.name(name); err != nil {
		return f, err
	}
	return f, r.changeOf(ctx, member, func(ctx context.Context) error {
		have, err := r.foldersOf(ctx, member)
		if err != nil {
			return err
		}
		if len(have) >= mostFolders {
			return errTooManyFolders
		}
		return r.putFolder(ctx, have, &f)
	})
}

// RenameFolder gives a folder another name.
func (r *Room) RenameFolder(ctx context.Context, member, folder uuid.UUID, name string) (f Folder, err error) {
	if err := own(ctx, member); err != nil {
		return f, err
	}
	return f, r.changeOf(ctx, member, func(ctx context.Context) error {
		if f, err = r.folder(ctx, member, folder); err != nil {
			return err
		}
		if err := f.name(name); err != nil {
			return err
		}
		have, err := r.foldersOf(ctx, member)
		if err != nil {
			return err
		}
		return r.putFolder(ctx, have, &f)
	})
}

// putFolder writes a folder, unless another has its name.
func (r *Room) putFolder(ctx context.Context, have []FolderCount, f *Folder) error {
	for _, other := range have {
		if other.ID != f.ID && other.NameKey == f.NameKey {
			return errFolderExists
		}
	}
	return r.saveFolder(ctx, f)
}

// DropFolder deletes a folder. The notes in it stay saved, in no folder.
func (r *Room) DropFolder(ctx context.Context, member, folder uuid.UUID) error {
	if err := own(ctx, member); err != nil {
		return err
	}
	return r.changeOf(ctx, member, func(ctx context.Context) error {
		if _, err := r.folder(ctx, member, folder); err != nil {
			return err
		}
		return r.deleteFolder(ctx, member, folder)
	})
}
