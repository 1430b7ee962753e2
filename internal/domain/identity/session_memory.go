package identity

import (
	"context"
	"sync"

	"lighttrends/internal/platform/db"
)

// mostRemembered bounds the sessions in memory; each takes less than a kilobyte.
const mostRemembered = 2048

// sessionMemory holds sessions as they were at one state of the database. A
// state never comes again, so what is put under an old one is never found.
type sessionMemory[State comparable] struct {
	mu       sync.RWMutex
	at       State
	sessions map[string]Session // by token hash
}

func (m *sessionMemory[State]) get(at State, hash []byte) (s Session, ok bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if m.at == at {
		s, ok = m.sessions[string(hash)]
	}
	return s, ok
}

// put takes up what was read after the database was seen at a state.
func (m *sessionMemory[State]) put(at State, s Session) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.at != at || m.sessions == nil || len(m.sessions) >= mostRemembered {
		m.at, m.sessions = at, map[string]Session{}
	}
	m.sessions[string(s.TokenHash)] = s
}

// remembered finds sessions in memory as long as nothing at all was written
// since they were read. So whoever signs out, is signed out, deleted or loses
// access is seen so at the next request.
func remembered(d *db.DB, find sessionFinder) sessionFinder {
	m := &sessionMemory[int64]{}
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
			m.put(at, s)
		}
		return s, ok, err
	}
}

// manyRemembered does the same for many at once on Postgres, whose snapshot
// changes with the end of every transaction that wrote, of whichever server
// (https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-PG-SNAPSHOT).
// To ask for it touches no table.
type manyRemembered struct {
	now    *db.Hot
	read   func(ctx context.Context, hashes [][]byte) (map[string]Session, error)
	memory sessionMemory[string]
}

func (m *manyRemembered) look(ctx context.Context, hashes [][]byte) (map[string]Session, error) {
	var at string
	if err := m.now.Each(ctx, func(scan func(...any) error) error { return scan(&at) }); err != nil {
		return nil, err
	}
	found := make(map[string]Session, len(hashes))
	var rest [][]byte
	for _, hash := range hashes {
		if s, ok := m.memory.get(at, hash); ok {
			found[string(hash)] = s
		} else {
			rest = append(rest, hash)
		}
	}
	if len(rest) == 0 {
		return found, nil
	}
	fresh, err := m.read(ctx, rest)
	if err != nil {
		return nil, err
	}
	for hash, s := range fresh {
		m.memory.put(at, s)
		found[hash] = s
	}
	return found, nil
}
