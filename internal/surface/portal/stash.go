package portal

import "github.com/maypok86/otter/v2"

// stash is a bounded cache. Under every V lies the same type of otter's, that
// of platform/memo: the compiler makes a copy of the whole library for each.
type stash[V any] struct {
	*otter.Cache[string, any]
}

func newStash[V any](o *otter.Options[string, any]) stash[V] { return stash[V]{otter.Must(o)} }

// GetIfPresent gives what lies under a key.
func (s stash[V]) GetIfPresent(key string) (v V, ok bool) {
	kept, ok := s.Cache.GetIfPresent(key)
	if ok {
		v = kept.(V) //nolint:forcetypeassert // only put puts values in
	}
	return v, ok
}

func (s stash[V]) put(key string, v V) { s.Set(key, v) }
