package content_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"lighttrends/internal/domain/content"
	"lighttrends/internal/platform/db"
	"lighttrends/internal/platform/db/dbtest"
)

// TestNamesOfAnotherNodeAreKnownAtOnce: the catalogue is kept in memory, and a
// name that another process has just made is not refused for that.
func TestNamesOfAnotherNodeAreKnownAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		in := content.Input{Title: "One", Abstract: "A.", Body: "Text.\n", Gate: "public", Topics: []string{"film"}}
		must(b.desk.Create(b.staff, in))
		// As another node writes it, before its word has come here.
		const row = "INSERT INTO topics (id, slug, name, description, created_at, updated_at) SELECT ?, 'copper', 'Copper', '', created_at, updated_at FROM topics LIMIT 1"
		err := b.db.Tx(t.Context(), func(ctx context.Context) error { return b.db.Write(ctx).Exec(row, db.NewID()).Error })
		if err != nil {
			t.Fatal(err)
		}
		in.Title, in.Topics = "Two", []string{"copper", "film"}
		v := must(b.desk.Create(b.staff, in))
		if len(v.Topics) != 2 || v.Topics[0].Name != "Copper" {
			t.Errorf("topics %+v", v.Topics)
		}
		in.Topics = []string{"zinc"}
		if _, err := b.desk.Create(b.staff, in); err == nil {
			t.Error("a topic that nobody made was taken")
		}
	})
}

// TestThePublicationThatOpensAnIssueTellsOfIt in the same transaction, in which
// nobody else sees the issue's date yet.
func TestThePublicationThatOpensAnIssueTellsOfIt(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		in := content.Input{Title: "One", Abstract: "A.", Body: "Text.\n", Gate: "public", Series: "letter", Issue: "2026-07"}
		v := must(b.desk.Create(b.staff, in))
		must(b.desk.Publish(b.staff, v.Note.ID, content.Publish{}))
		snap := must(b.library.Snapshot(b.staff, v.Note.ID))
		if snap.Public == nil || snap.Public.Issue == nil || snap.Public.Issue.PublishedAt == nil {
			t.Fatalf("%+v", snap.Public)
		}
		in.Title = "Two"
		second := must(b.desk.Create(b.staff, in))
		if second.Issue == nil || second.Issue.PublishedAt == nil {
			t.Errorf("the issue of %+v", second.Issue)
		}
	})
}

// TestAllConnectionsInTransactionsWriteNotes while the catalogue is kept nowhere:
// none of them may need a second connection, for there is none.
func TestAllConnectionsInTransactionsWriteNotes(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, e dbtest.Engine) {
		b := setup(t, e)
		n := 1 // SQLite has one writer
		if e.Name == db.Postgres {
			n = 6 // all that dbtest opens
		}
		var begun, all sync.WaitGroup
		begun.Add(n)
		for i := range n {
			all.Go(func() {
				err := b.db.Tx(b.staff, func(ctx context.Context) error {
					if _, err := b.desk.Catalogue(ctx); err != nil { // it holds a connection now
						return err
					}
					begun.Done()
					begun.Wait()
					_, err := b.desk.Create(ctx, content.Input{Title: fmt.Sprint("Note ", i), Abstract: "A.", Body: "Text.\n", Gate: "public", Topics: []string{"film"}})
					return err
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		done := make(chan struct{})
		go func() { all.Wait(); close(done) }()
		select {
		case <-done:
		case <-time.After(30 * time.Second):
			t.Fatal("they wait for each other")
		}
	})
}
