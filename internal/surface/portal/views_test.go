package portal

import (
	"testing"

	"lighttrends/web"
)

func TestEveryViewParses(t *testing.T) {
	t.Parallel()
	a, err := loadAssets(web.Static)
	if err != nil {
		t.Fatal(err)
	}
	views, err := loadViews(web.Templates, a)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"home", "note", "plans", "account", "error"} {
		if views[name] == nil {
			t.Errorf("there is no view %q", name)
		}
	}
}
