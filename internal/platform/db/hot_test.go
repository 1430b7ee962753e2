package db_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"lighttrends/internal/platform/db/dbtest"
)

func TestHotReads(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		d := e.Open(t, nil)
		// A statement may be made before its table is there.
		hot := d.Hot("SELECT name FROM hot_things WHERE size > ? AND name <> ? ORDER BY name")
		err := d.Tx(t.Context(), func(ctx context.Context) error {
			for _, statement := range []string{
				"CREATE TABLE hot_things (name text, size bigint)",
				"INSERT INTO hot_things VALUES ('a', 1), ('b', 2), ('c', 3), ('d', 4)",
			} {
				if err := d.Write(ctx).Exec(statement).Error; err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		read := func(more int) (names []string, err error) {
			err = hot.Each(t.Context(), func(scan func(...any) error) error {
				var name string
				err := scan(&name)
				names = append(names, name)
				return err
			}, more, "c")
			return names, err
		}
		for range 3 {
			if got, err := read(1); err != nil || !slices.Equal(got, []string{"b", "d"}) {
				t.Fatal(got, err)
			}
		}
		if got, err := read(9); err != nil || got != nil {
			t.Fatal(got, err)
		}
		boom := errors.New("boom")
		if err := hot.Each(t.Context(), func(func(...any) error) error { return boom }, 0, ""); !errors.Is(err, boom) {
			t.Fatal(err)
		}
		if err := d.Hot("SELECT nothing FROM nowhere").Each(t.Context(), nil); err == nil {
			t.Fatal("a bad statement was no error")
		}
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		if err := hot.Each(ended, func(func(...any) error) error { return nil }, 0, ""); err == nil {
			t.Fatal("it ran although nobody waits")
		}
	})
}
