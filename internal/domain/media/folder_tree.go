package media

import "github.com/google/uuid"

// tree is all folders by their id.
type tree map[uuid.UUID]*Folder

// above lists the folders that a folder lies in, the nearest first.
func (t tree) above(f *Folder) (out []*Folder) {
	for f.ParentID != nil && len(out) <= len(t) {
		if f = t[*f.ParentID]; f == nil {
			break
		}
		out = append(out, f)
	}
	return out
}

// below lists a folder and all that lie in it.
func (t tree) below(id uuid.UUID) []uuid.UUID {
	out := []uuid.UUID{id}
	for _, f := range t {
		for _, over := range t.above(f) {
			if over.ID == id {
				out = append(out, f.ID)
				break
			}
		}
	}
	return out
}

// fits refuses a place inside the folder itself.
func (t tree) fits(f *Folder, parent *uuid.UUID) error {
	if parent == nil {
		return nil
	}
	for _, id := range t.below(f.ID) {
		if id == *parent {
			return errFolderInside
		}
	}
	return nil
}

// check refuses a place that is too deep, for the folder or what lies in it,
// and a name that a neighbour has.
func (t tree) check(f *Folder) error {
	for _, id := range t.below(f.ID) {
		if len(t.above(t[id])) >= maxDepth {
			return errFolderDeep
		}
	}
	for _, other := range t {
		if other.ID != f.ID && other.NameKey == f.NameKey && same(other.ParentID, f.ParentID) {
			return errFolderTaken
		}
	}
	return nil
}

// liftable refuses to move up a folder whose name is taken there.
func (t tree) liftable(f *Folder) error {
	taken := map[string]bool{}
	for _, other := range t {
		if other.ID != f.ID && same(other.ParentID, f.ParentID) {
			taken[other.NameKey] = true
		}
	}
	for _, inner := range t {
		if inner.ParentID != nil && *inner.ParentID == f.ID && taken[inner.NameKey] {
			return errFolderTaken
		}
	}
	return nil
}

func same(a, b *uuid.UUID) bool {
	return (a == nil) == (b == nil) && (a == nil || *a == *b)
}
