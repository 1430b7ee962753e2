package media

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"lighttrends/internal/platform/db"
)

// store speaks to the tables of this room.
type store struct{ db *db.DB }

// Tables lists the models of this room, for the check that they and the
// migrations agree.
func Tables() []any {
	return []any{&Item{}, &nameRow{}, &Attachment{}, &Folder{}, &Edition{}, &useRow{}}
}

// nameRow is one of the names under which a file was given.
type nameRow struct {
	Filename string    `gorm:"primaryKey"`
	MediaID  uuid.UUID `gorm:"type:uuid;primaryKey"`
	NamedAt  time.Time
}

func (nameRow) TableName() string { return "media_names" }

const alive = "deleted_at IS NULL"

func one(q *gorm.DB) (*Item, error) {
	var row Item
	err := q.Take(&row).Error
	if db.IsNotFound(err) {
		return nil, errNoItem
	}
	if err != nil {
		return nil, err
	}
	return &row, nil
}

func (s store) byID(ctx context.Context, id uuid.UUID) (*Item, error) {
	return one(s.db.Read(ctx).Where("id = ?", id).Where(alive))
}

func (s store) byIDs(ctx context.Context, ids []uuid.UUID) (out []*Item, err error) {
	return out, s.db.Read(ctx).Where("id IN ?", ids).Where(alive).Find(&out).Error
}

// forUpdate locks the row until the transaction ends. SQLite needs no lock:
// its transactions begin as writers, one at a time.
func (s store) forUpdate(ctx context.Context, id uuid.UUID) (*Item, error) {
	return one(s.lock(s.db.Write(ctx).Where("id = ?", id).Where(alive)))
}

// bySum finds a picture by the hash of what was uploaded, and locks it. It
// gives nil when there is none.
func (s store) bySum(ctx context.Context, sum []byte) (*Item, error) {
	item, err := one(s.lock(s.db.Write(ctx).Where("sha256 = ?", sum).Where(alive)))
	if isGone(err) {
		return nil, nil //nolint:nilnil // new bytes
	}
	return item, err
}

func (s store) lock(q *gorm.DB) *gorm.DB {
	if s.db.Engine() == db.Postgres {
		q = q.Clauses(clause.Locking{Strength: "UPDATE"})
	}
	return q
}

func (s store) byName(ctx context.Context, filename string) (*Item, error) {
	return one(s.db.Read(ctx).
		Joins("JOIN media_names n ON n.media_id = media.id AND n.filename = ?", filename).
		Where(alive).Order("n.named_at DESC, media.id DESC"))
}

// namesakes bounds how many pictures of one name, or of one size, are looked at.
const namesakes = 100

func (s store) named(ctx context.Context, filename string) (out []*Item, err error) {
	return out, s.db.Read(ctx).
		Joins("JOIN media_names n ON n.media_id = media.id AND n.filename = ?", filename).
		Where(alive).Order("n.named_at DESC, media.id DESC").Limit(namesakes).Find(&out).Error
}

// ofSize finds by the index that sorts the library by size.
func (s store) ofSize(ctx context.Context, bytes int64) (out []*Item, err error) {
	return out, s.db.Read(ctx).Where("bytes = ?", bytes).Where(alive).Order("id").Limit(namesakes).Find(&out).Error
}

func (s store) insert(ctx context.Context, i *Item) error { return s.db.Write(ctx).Create(i).Error }

// name notes that the file was given under this name now.
func (s store) name(ctx context.Context, i *Item, filename string, at time.Time) error {
	row := nameRow{filename, i.ID, at}
	return s.db.Write(ctx).Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error
}

// itemColumns are those that can change.
var itemColumns = []string{
	"filename", "words", "name_key", "content_type", "bytes", "sha256", "width", "height", "alt", "caption", "variants", "state",
	"folder_id", "focus_x", "focus_y", "card", "edition", "prints", "edition_at", "edition_by_name", "deleted_at",
}

// update writes what can change of a picture that this transaction has locked.
func (s store) update(ctx context.Context, i *Item) error {
	res := s.db.Write(ctx).Model(i).Select(itemColumns).Updates(i)
	if res.Error == nil && res.RowsAffected != 1 {
		return errNoItem
	}
	return res.Error
}

// owners tells which of these prints still have their files: those of pictures
// that are there, or were deleted not before the moment given, in whichever
// edition.
func (s store) owners(ctx context.Context, prints []uuid.UUID, before time.Time) (map[uuid.UUID]bool, error) {
	now := s.db.Read(ctx).Model(&Item{}).Where("prints IN ?", prints)
	past := s.db.Read(ctx).Model(&Edition{}).Joins("JOIN media ON media.id = media_editions.media_id").Where("media_editions.prints IN ?", prints)
	return owned(prints, before, now.Select("prints"), past.Select("media_editions.prints"))
}

// owned asks each query which of the ids it knows as still there.
func owned(ids []uuid.UUID, before time.Time, queries ...*gorm.DB) (map[uuid.UUID]bool, error) {
	out := make(map[uuid.UUID]bool, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	for _, q := range queries {
		var found []uuid.UUID
		if err := q.Where("deleted_at IS NULL OR deleted_at >= ?", before).Scan(&found).Error; err != nil {
			return nil, err
		}
		for _, id := range found {
			out[id] = true
		}
	}
	return out, nil
}
