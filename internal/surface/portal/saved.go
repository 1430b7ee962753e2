package portal

import (
	"context"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"lighttrends/internal/domain/library"
	"lighttrends/internal/platform/fault"
	"lighttrends/internal/surface/kit"
)

var (
	errNoPlace   = fault.New(fault.Invalid, "bad_place", "This is no place in a note.")
	errNoFolder  = fault.New(fault.NotFound, "folder_not_found", "You have no such folder.")
	errNoLibrary = fault.New(fault.NotFound, "page_not_found", "There is no such page.")
)

// ours lets members change what is theirs; others sign in, and find themselves
// where they were.
func (p *Portal) ours(h fiber.Handler) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if p.Reading == nil {
			return errNoLibrary
		}
		if !kit.VisitorOf(c).Signed() {
			return seeOther(c, withQuery("/sign-in", "next", back(c, "/saved")))
		}
		return h(c)
	}
}

// back is where a small form was, or another place of ours.
func back(c *fiber.Ctx, otherwise string) string {
	return first(localPath(readForm(c, "back").Values["back"]), otherwise)
}

// noteID is the note of an address that readers can see.
func (p *Portal) noteID(c *fiber.Ctx) (uuid.UUID, error) {
	slug := c.Params("slug")
	if !isSlug(slug) {
		return uuid.Nil, errNoNote
	}
	t, err := p.noteNow(c.UserContext(), slug)
	if err != nil {
		return uuid.Nil, err
	}
	return t.ID, nil
}

func (p *Portal) saveNote(c *fiber.Ctx) error   { return p.changeSaved(c, p.Reading.Save) }
func (p *Portal) unsaveNote(c *fiber.Ctx) error { return p.changeSaved(c, p.Reading.Unsave) }

func (p *Portal) changeSaved(c *fiber.Ctx, change func(ctx context.Context, member, note uuid.UUID) error) error {
	id, err := p.noteID(c)
	if err != nil {
		return err
	}
	if err := change(c.UserContext(), kit.VisitorOf(c).Member(), id); err != nil {
		return err
	}
	return seeOther(c, back(c, notePath(c.Params("slug"))))
}

// savedView is what a member keeps for later.
type savedView struct {
	Folders []library.FolderCount
	Folder  *library.FolderCount // the one that is shown; nil: all
	Items   []ownItem
	Next    string
	Further bool
	Here    string // this page's address
	Form    form   // of a new folder
	Rename  form
}

// ownItem is a note in a list of a member's own.
type ownItem struct {
	entry         // its Summary is nil when readers cannot see the note any more
	Note   string // its id
	Folder string // the id of the folder it is in; "" for none
	At     time.Time
	Read   *library.Read
}

// Gone tells that the note was withdrawn.
func (i ownItem) Gone() bool { return i.Summary == nil }

// ownItems joins ids with what everybody may know of the notes.
func (p *Portal) ownItems(c *fiber.Ctx, ids []uuid.UUID) ([]ownItem, error) {
	known, err := p.Library.ByID(c.UserContext(), ids...)
	if err != nil {
		return nil, err
	}
	out := make([]ownItem, len(ids))
	for i, id := range ids {
		out[i].Note = id.String()
		if n := known[id]; n != nil {
			out[i].entry = p.entry(c.UserContext(), n)
		}
	}
	return out, nil
}

func (p *Portal) saved(c *fiber.Ctx) error { return p.showSaved(c, savedView{}, c.Query("folder")) }

func (p *Portal) showSaved(c *fiber.Ctx, v savedView, folder string) (err error) {
	if p.Reading == nil {
		return errNoLibrary
	}
	ctx, member, after := c.UserContext(), kit.VisitorOf(c).Member(), c.Query("after")
	if v.Folders, err = p.Reading.Folders(ctx, member); err != nil {
		return err
	}
	of := uuid.Nil
	for i, f := range v.Folders {
		if f.ID.String() == folder {
			v.Folder, of = &v.Folders[i], f.ID
		}
	}
	if folder != "" && v.Folder == nil {
		return errNoFolder
	}
	rows, next, err := p.Reading.Kept(ctx, member, of, after, perPage)
	if err != nil {
		return err
	}
	ids := make([]uuid.UUID, len(rows))
	for i, r := range rows {
		ids[i] = r.NoteID
	}
	if v.Items, err = p.ownItems(c, ids); err != nil {
		return err
	}
	for i, r := range rows {
		v.Items[i].At = r.SavedAt
		if r.FolderID != nil {
			v.Items[i].Folder = r.FolderID.String()
		}
	}
	v.Further, v.Here = after != "", withQuery("/saved", "folder", folder)
	if next != "" {
		v.Next = withQuery("/saved", "folder", folder, "after", next)
	}
	pg, err := p.page(c, v.Here, p.says(c, "saved.heading"))
	if err != nil {
		return err
	}
	pg.Section, pg.Main, pg.NoIndex = "saved", v, true
	return p.private(c, "saved", pg)
}

func (p *Portal) removeSaved(c *fiber.Ctx) error {
	id, err := uuid.Parse(readForm(c, "note").Values["note"])
	if err != nil {
		return errNoNote
	}
	if err := p.Reading.Unsave(c.UserContext(), kit.VisitorOf(c).Member(), id); err != nil {
		return err
	}
	return seeOther(c, back(c, "/saved"))
}

func (p *Portal) moveSaved(c *fiber.Ctx) error {
	f := readForm(c, "note", "folder")
	id, err := uuid.Parse(f.Values["note"])
	if err != nil {
		return errNoNote
	}
	folder, err := uuid.Parse(first(f.Values["folder"], uuid.Nil.String()))
	if err != nil {
		return errNoFolder
	}
	if err := p.Reading.Move(c.UserContext(), kit.VisitorOf(c).Member(), id, folder); err != nil {
		return err
	}
	return seeOther(c, back(c, "/saved"))
}

func (p *Portal) addFolder(c *fiber.Ctx) error {
	f := readForm(c, "name")
	made, err := p.Reading.AddFolder(c.UserContext(), kit.VisitorOf(c).Member(), f.Values["name"])
	if err == nil {
		return seeOther(c, withQuery("/saved", "folder", made.ID.String()))
	}
	if !f.fails(err) {
		return err
	}
	formStatus(c, err)
	return p.showSaved(c, savedView{Form: f}, "")
}

func (p *Portal) renameFolder(c *fiber.Ctx) error {
	f := readForm(c, "name", "folder")
	id, err := uuid.Parse(f.Values["folder"])
	if err != nil {
		return errNoFolder
	}
	if _, err = p.Reading.RenameFolder(c.UserContext(), kit.VisitorOf(c).Member(), id, f.Values["name"]); err == nil {
		return seeOther(c, withQuery("/saved", "folder", id.String()))
	}
	if !f.fails(err) {
		return err
	}
	formStatus(c, err)
	return p.showSaved(c, savedView{Rename: f}, id.String())
}

func (p *Portal) dropFolder(c *fiber.Ctx) error {
	id, err := uuid.Parse(readForm(c, "folder").Values["folder"])
	if err != nil {
		return errNoFolder
	}
	if err := p.Reading.DropFolder(c.UserContext(), kit.VisitorOf(c).Member(), id); err != nil {
		return err
	}
	return seeOther(c, "/saved")
}

// keep is the button beside a note in a list that saves it.
type keep struct {
	Slug, Title, Back string
	Saved             bool
}

// keepable puts the button beside notes in lists, for members.
func (p *Portal) keepable(c *fiber.Ctx, here string, lists ...[]entry) error {
	if p.Reading == nil || !reader(c).Signed() {
		return nil
	}
	var ids []uuid.UUID
	for _, list := range lists {
		for _, e := range list {
			ids = append(ids, e.ID)
		}
	}
	saved, err := p.Reading.KeptAmong(c.UserContext(), kit.VisitorOf(c).Member(), ids)
	for _, list := range lists {
		for i, e := range list {
			list[i].Keep = &keep{e.Slug, e.Title, here, saved[e.ID]}
		}
	}
	return err
}
