package content

// Reread makes the library read a note again without anything having been
// announced, as it does when its copy is old.
func (l *Library) Reread(slug string) { l.teasers.Drop(slug) }
