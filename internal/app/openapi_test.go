package app

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// documentsDir is where the documents are committed.
const documentsDir = "../../web/openapi"

// TestTheCommittedDocumentsAreTodays: clients are generated from the committed
// documents, so they say what the server says.
func TestTheCommittedDocumentsAreTodays(t *testing.T) {
	t.Parallel()
	for name, api := range documented() {
		kept, err := os.ReadFile(filepath.Join(documentsDir, name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		if today := must(documentOf(api)); !bytes.Equal(kept, today) {
			t.Errorf("web/openapi/%s.json is not what the operations say: run make api and commit what it writes", name)
		}
	}
}
