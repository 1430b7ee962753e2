package content

import (
	"context"
	"time"

	"github.com/google/uuid"

	"lighttrends/internal/platform/db"
)

func (s store) catalogue(ctx context.Context) (*Catalogue, error) {
	var (
		series  []*Series
		issues  []*Issue
		topics  []*Topic
		authors []*Author
	)
	read := s.db.Read(ctx)
	if err := read.Order("name").Find(&series).Error; err != nil {
		return nil, err
	}
	if err := read.Order("month DESC, id DESC").Find(&issues).Error; err != nil {
		return nil, err
	}
	if err := read.Order("name").Find(&topics).Error; err != nil {
		return nil, err
	}
	if err := read.Order("name").Find(&authors).Error; err != nil {
		return nil, err
	}
	return newCatalogue(series, issues, topics, authors), nil
}

// openIssue dates an issue that is not held by the first of its notes that is
// published, and says whether it did.
func (s store) openIssue(ctx context.Context, id uuid.UUID, at time.Time) (opened bool, err error) {
	const statement = `UPDATE issues SET published_at = ?, updated_at = ?, version = version + 1 WHERE id = ? AND published_at IS NULL AND held = ?`
	res := s.db.Write(ctx).Exec(statement, at, at, id, false)
	return res.RowsAffected > 0, res.Error
}

// put inserts or replaces a row by its id. A second row with the same name or
// address is a conflict.
func (s store) put(ctx context.Context, row any) error {
	err := s.db.Write(ctx).Save(row).Error
	if db.IsDuplicate(err) {
		return errNameTaken
	}
	return err
}
