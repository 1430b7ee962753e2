package db

import (
	"context"
	"time"

	"gorm.io/gorm"
)

// SQLite has no NOTIFY. A command line that works on the file of a running
// server, such as an import, leaves a bulletin in a table, and the server
// looks there once a second.
const (
	pollEvery    = time.Second
	keepBulletin = time.Hour
)

func (d *DB) post(tx *gorm.DB, news []bulletin) error {
	now := d.clock.Now()
	for _, b := range news {
		err := tx.Exec("INSERT INTO bulletins (origin, topic, payload, at) VALUES (?, ?, ?, ?)", d.news.origin, b.Topic, b.Payload, now).Error
		if err != nil {
			return err
		}
	}
	// Old ones go now and then: to look for them costs as much as there are.
	if last := d.news.swept.Load(); now.UnixNano()-last < int64(keepBulletin/4) || !d.news.swept.CompareAndSwap(last, now.UnixNano()) {
		return nil
	}
	return tx.Exec("DELETE FROM bulletins WHERE at < ?", now.Add(-keepBulletin)).Error
}

// poll reads what other processes posted since it began, until ctx ends.
func (d *DB) poll(ctx context.Context) error {
	var last int64
	if err := d.readSQL.QueryRowContext(ctx, "SELECT COALESCE(MAX(id), 0) FROM bulletins").Scan(&last); err != nil {
		return err
	}
	d.news.tellAll() // whatever was said while nobody listened
	for ctx.Err() == nil {
		pause(ctx, pollEvery)
		fresh, err := d.bulletinsAfter(ctx, &last)
		if err != nil {
			return err
		}
		for _, b := range fresh {
			d.news.tell(b.Topic, b.Payload)
		}
	}
	return ctx.Err()
}

func (d *DB) bulletinsAfter(ctx context.Context, last *int64) ([]bulletin, error) {
	const query = "SELECT id, origin, topic, payload FROM bulletins WHERE id > ? ORDER BY id"
	rows, err := d.readSQL.QueryContext(ctx, query, *last)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var fresh []bulletin
	for rows.Next() {
		var origin string
		var b bulletin
		if err := rows.Scan(last, &origin, &b.Topic, &b.Payload); err != nil {
			return nil, err
		}
		if origin != d.news.origin {
			fresh = append(fresh, b)
		}
	}
	return fresh, rows.Err()
}
