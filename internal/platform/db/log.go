package db

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

const slowQuery = 500 * time.Millisecond

// sqlLog writes failed and slow statements to the structured log. It never
// writes their values: those may be personal data or secrets.
type sqlLog struct{ log *slog.Logger }

func (l sqlLog) LogMode(logger.LogLevel) logger.Interface { return l }

func (l sqlLog) Info(ctx context.Context, msg string, _ ...any) { l.log.DebugContext(ctx, msg) }

func (l sqlLog) Warn(ctx context.Context, msg string, _ ...any) { l.log.WarnContext(ctx, msg) }

func (l sqlLog) Error(ctx context.Context, msg string, _ ...any) { l.log.ErrorContext(ctx, msg) }

// ParamsFilter makes GORM leave the values out of the statement's text.
func (l sqlLog) ParamsFilter(_ context.Context, sql string, _ ...any) (string, []any) {
	return sql, nil
}

func (l sqlLog) Trace(ctx context.Context, begin time.Time, fc func() (string, int64), err error) {
	took := time.Since(begin)
	expected := err == nil || errors.Is(err, gorm.ErrRecordNotFound) || errors.Is(err, gorm.ErrDuplicatedKey) || errors.Is(err, context.Canceled)
	switch {
	case !expected:
		sql, _ := fc()
		l.log.ErrorContext(ctx, "statement failed", "sql", sql, "took", took, "error", err)
	case took > slowQuery:
		sql, rows := fc()
		l.log.WarnContext(ctx, "slow statement", "sql", sql, "rows", rows, "took", took)
	}
}
