package media

import (
	"errors"
	"testing"

	"lighttrends/internal/platform/fault"
)

func TestWhatIsOfNoUseToTryAgain(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		err  error
		want bool
	}{
		"all went well":            {nil, false},
		"the disk did not answer":  {errors.New("input/output error"), false},
		"the print is lost":        {fault.New(fault.NotFound, "blob_not_found", "It is not there."), true},
		"the print cannot be read": {fault.New(fault.Unsupported, "media_type_refused", "No picture."), true},
	} {
		if got := hopeless(x.err); got != x.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
