package flow

import "sync"

// memory is what a process remembers from one look to the next.
type memory struct {
	mu       sync.RWMutex
	kept     map[memoryKey]any
	read     map[memoryKey]reading
	looks    map[lookKey]bool
	lookHour int64
}

type memoryKey struct {
	school string
	key    any
}

// reading is a stored text with what was read from it.
type reading struct {
	text  string
	value any
}

type lookKey struct{ actor, page, subject string }

// mostKept bounds what is remembered: about a dozen courses.
const mostKept = 20_000

// mostRead bounds the readings that are remembered, about 1 KB each: the skills that a few hundred learners are at.
const mostRead = 4096

func newMemory() *memory {
	return &memory{kept: map[memoryKey]any{}, read: map[memoryKey]reading{}, looks: map[lookKey]bool{}}
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

// Reread gives what read makes of a stored text, without reading again while the text under key is the same. The store is
// always asked for the text; only its reading is remembered, so nothing stale is ever given. Whoever gets the value shares
// it: it must not be altered. A key is as Remember's. Errors: those of read.
func Reread[T any](l *Look, key any, text string, read func(text string) (T, error)) (T, error) {
	m, at := l.f.memory, memoryKey{l.School(), key}
	m.mu.RLock()
	was, ok := m.read[at]
	m.mu.RUnlock()
	if ok && was.text == text {
		if v, ok := was.value.(T); ok {
			return v, nil
		}
	}
	v, err := read(text)
	if err == nil {
		Reads(l, key, text, v)
	}
	return v, err
}

// Reads says beforehand what Reread will make of a text that was just written: value must be what reading the text gives.
func Reads[T any](l *Look, key any, text string, value T) {
	m, at := l.f.memory, memoryKey{l.School(), key}
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.read[at]; !ok && len(m.read) >= mostRead {
		for k := range m.read { // any one makes room
			delete(m.read, k)
			break
		}
	}
	m.read[at] = reading{text, value}
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
