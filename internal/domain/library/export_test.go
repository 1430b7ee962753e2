package library

// The limits.
const (
	MostSaved   = mostSaved
	MostFollows = mostFollows
)

// Waits tells whether something is going to be written by itself.
func (r *Room) Waits() bool {
	r.pending.mu.Lock()
	defer r.pending.mu.Unlock()
	return r.pending.timer != nil
}
