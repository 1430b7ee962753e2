package media

import (
	"context"
	"strings"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

func (s store) itemPage(ctx context.Context, q Query, within []uuid.UUID, after *cursor) (out []*Item, err error) {
	db := s.paged(ctx, &Item{}, q, after)
	if len(within) > 0 {
		db = db.Where("folder_id IN ?", within)
	}
	if q.Loose {
		db = db.Where("folder_id IS NULL")
	}
	if q.Unused {
		db = db.Where("NOT EXISTS (SELECT 1 FROM media_uses u WHERE u.media_id = media.id)")
	}
	return out, db.Find(&out).Error
}

func (s store) attachmentPage(ctx context.Context, q Query, after *cursor) (out []*Attachment, err error) {
	db := s.paged(ctx, &Attachment{}, q, after)
	if q.Kind != "" {
		db = db.Where("content_type = ?", q.Kind.contentType())
	}
	return out, db.Find(&out).Error
}

// paged is what both tables are asked in the same way: one row more than the
// page, in order, after the cursor. Parts of words are looked for row by row,
// which takes milliseconds for tens of thousands.
func (s store) paged(ctx context.Context, model any, q Query, after *cursor) *gorm.DB {
	db := s.db.Read(ctx).Model(model).Where(alive)
	for _, w := range q.words() {
		db = db.Where(`words LIKE ? ESCAPE '\'`, "%"+escapeLike(w)+"%")
	}
	key, way, than := q.column(), "DESC", "<"
	if q.ascending() {
		way, than = "ASC", ">"
	}
	if after != nil {
		db = db.Where("("+key+", id) "+than+" (?, ?)", after.value(), after.id)
	}
	return db.Order(key + " " + way + ", id " + way).Limit(q.Limit + 1)
}

func escapeLike(s string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s)
}
