package db

import (
	"database/sql"
	"errors"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	driver "modernc.org/sqlite"
)

// dialect is GORM's SQLite dialect over the pure Go driver. GORM's own error
// translation reads the cgo driver's error type, so it is done here.
type dialect struct{ *sqlite.Dialector }

func sqliteDialector(conn *sql.DB) gorm.Dialector {
	return dialect{&sqlite.Dialector{DriverName: "sqlite", Conn: conn}}
}

// Extended result codes, https://sqlite.org/rescode.html.
const (
	constraintForeignKey = 787
	constraintPrimaryKey = 1555
	constraintUnique     = 2067
)

// Translate implements gorm.ErrorTranslator.
func (dialect) Translate(err error) error {
	var e *driver.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code() {
	case constraintPrimaryKey, constraintUnique:
		return gorm.ErrDuplicatedKey
	case constraintForeignKey:
		return gorm.ErrForeignKeyViolated
	}
	return err
}
