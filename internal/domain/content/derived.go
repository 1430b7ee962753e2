package content

import "sync"

// Derived keeps what a surface made of a teaser or a text, such as its JSON,
// on that very object. So it is dropped with it, and whoever wants the bytes
// made of a gated text must hold the text, which takes a full decision.
type Derived struct {
	mu   sync.RWMutex
	kept map[string]any
}

// maxDerived bounds what one object carries: a few surfaces, a few decisions.
const maxDerived = 16

// Derive returns what was made under the key, making it the first time. key
// names the surface and everything else that the value depends on; a key always
// stands for the same type.
func Derive[T any](d *Derived, key string, build func() (T, error)) (T, error) {
	d.mu.RLock()
	v, ok := d.kept[key].(T)
	d.mu.RUnlock()
	if ok {
		return v, nil
	}
	v, err := build()
	if err != nil {
		return v, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.kept == nil || len(d.kept) >= maxDerived {
		d.kept = map[string]any{}
	}
	d.kept[key] = v
	return v, nil
}
