package media

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"lighttrends/internal/domain/media/picture"
)

const (
	addressRoot = "/media/"
	largest     = "full" // stands for a width in addresses and file keys
	cardName    = "card" // stands for the picture cut for a card
	card        = -1     // is the width that has this name
)

// Address gives the path of a picture: /media/{id}/{width or "full"}.{ext}.
// Width 0 is the largest print. It never names another picture, but may come
// to show another edition of it; Item.Address names one edition for ever.
func Address(id uuid.UUID, width int, format picture.Format) string {
	return addressRoot + id.String() + "/" + fileName(width, format)
}

func fileName(width int, format picture.Format) string {
	switch width {
	case 0:
		return largest + "." + string(format)
	case card:
		return cardName + "." + string(format)
	}
	return strconv.Itoa(width) + "." + string(format)
}

// ParseAddress reads a path that Address made. Other spellings of the same
// thing are refused, so that caches hold one copy.
func ParseAddress(path string) (id uuid.UUID, width int, format picture.Format, ok bool) {
	rest, found := strings.CutPrefix(path, addressRoot)
	name, file, cut := strings.Cut(rest, "/")
	stem, ext, dot := strings.Cut(file, ".")
	id, err := uuid.Parse(name)
	if !found || !cut || !dot || err != nil {
		return uuid.Nil, 0, "", false
	}
	switch stem {
	case largest:
	case cardName:
		width = card
	default:
		if width, err = strconv.Atoi(stem); err != nil || !slices.Contains(widths(), width) {
			return uuid.Nil, 0, "", false
		}
	}
	format = picture.Format(ext)
	return id, width, format, Address(id, width, format) == path
}

// Path is the address of the picture as texts name it: it shows the edition of
// the day.
func (i *Item) Path() string { return Address(i.ID, 0, i.format()) }

// Address gives the path of a print of this edition of the picture; 0 is the
// largest. What it names never changes, so caches may keep it.
func (i *Item) Address(width int) string {
	return Address(i.ID, width, i.format()) + "?v=" + strconv.Itoa(i.Edition)
}

// Srcset lists the prints for an <img srcset>, the largest last, or gives ""
// when there is only one. A picture whose widths are still being made already
// lists them all: its pages may be kept, and the addresses work at once.
func (i *Item) Srcset() string {
	all := i.planned()
	if i.State != Processing {
		all = nil
		for _, v := range i.Variants {
			all = append(all, v.Width)
		}
	}
	if len(all) == 0 {
		return ""
	}
	var b strings.Builder
	for _, w := range all {
		fmt.Fprintf(&b, "%s %dw, ", i.Address(w), w)
	}
	fmt.Fprintf(&b, "%s %dw", i.Address(0), i.Width)
	return b.String()
}

// key names the file of a print in the file store.
func (i *Item) key(width int) string {
	return keyFolder + i.Prints.String() + "/" + fileName(width, i.format())
}

const keyFolder = "media/"

// ownerOf finds what a file in a folder belongs to by its key.
func ownerOf(folder, key string) (uuid.UUID, bool) {
	name, _, found := strings.Cut(strings.TrimPrefix(key, folder), "/")
	id, err := uuid.Parse(name)
	return id, found && err == nil
}
