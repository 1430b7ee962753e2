package content

import "time"

// LifeOf is how long what is made of something is kept, at most; 0 is the usual
// time of a copy.
func LifeOf(d Derived) time.Duration { return derivedFor(d.of) }

// Reread makes the library read a note again without anything having been
// announced, as it does when its copy is old.
func (l *Library) Reread(slug string) { l.teasers.Drop(slug) }
