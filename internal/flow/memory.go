package flow

import "sync"

// memory is what a process remembers from one look to the next.
type memory struct {
	mu       sync.RWMutex
	kept     map[memoryKey]any
	looks    map[lookKey]bool
	lookHour int64
}

type memoryKey struct {
	school string
	key    any
}

type lookKey struct{ actor, page, subject string }

// mostKept bounds what is remembered: about a dozen courses.
const mostKept = 20_000

func newMemory() *memory {
	return &memory{kept: map[memoryKey]any{}, looks: map[lookKey]bool{}}
}

// Remember gives what load makes, and makes it once for a school, a key and a process. It is for what can never change: a
// version of content, a frozen model. What may change (which version is current, whether a thing is withdrawn) is always
// read from the store. A key is a comparable value of a type of the caller's own, so that no two packages share one.
// Errors: those of load, after which nothing is remembered.
func Remember[T any](l *Look, key any, load func() (T, error)) (T, error) {
	m, at := l.f.memory, memoryKey{l.School(), key}
	m.mu.RLock()
	kept, ok := m.kept[at].(T)
	m.mu.RUnlock()
	if ok {
		return kept, nil
	}
	made, err := load()
	if err != nil {
		return made, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.kept) >= mostKept {
		m.kept = map[memoryKey]any{}
	}
	m.kept[at] = made
	return made, nil
}

// firstLook reports whether this look was not yet noted in this hour by this process.
func (m *memory) firstLook(actor, page, subject string, hour int64) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if hour != m.lookHour || len(m.looks) > 100_000 {
		m.looks, m.lookHour = map[lookKey]bool{}, hour
	}
	k := lookKey{actor, page, subject}
	if m.looks[k] {
		return false
	}
	m.looks[k] = true
	return true
}
