package identity

import (
	"context"
	"sync"

	"lighttrends/internal/platform/db"
)

// mostRemembered bounds the sessions in memory; each takes less than a kilobyte.
const mostRemembered = 2048

// remembered finds sessions in memory as long as nothing at all was written
// since they were read. So whoever signs out, is signed out, deleted or loses
// access is seen so at the next request.
func remembered(d *db.DB, find sessionFinder) sessionFinder {
	m := sessionMemory{sessions: map[string]Session{}}
	return func(ctx context.Context, hash []byte) (Session, bool, error) {
		at, known := d.Changes(ctx)
		if !known {
			return find(ctx, hash)
		}
		if s, ok := m.get(at, hash); ok {
			return s, true, nil
		}
		s, ok, err := find(ctx, hash)
		if ok && err == nil {
			m.put(at, hash, s)
		}
		return s, ok, err
	}
}

// sessionMemory holds sessions as they were at one state of the database.
type sessionMemory struct {
	mu       sync.RWMutex
	at       int64
	sessions map[string]Session // by token hash
}

func (m *sessionMemory) get(at int64, hash []byte) (Session, bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if m.at != at {
		return Session{}, false
	}
	s, ok := m.sessions[string(hash)]
	return s, ok
}

// put takes up what was read after the database was seen at a state. It may be
// newer than that, and is read again then.
func (m *sessionMemory) put(at int64, hash []byte, s Session) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if at < m.at {
		return
	}
	if at > m.at || len(m.sessions) >= mostRemembered {
		clear(m.sessions)
		m.at = at
	}
	m.sessions[string(hash)] = s
}
