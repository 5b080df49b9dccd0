package predict

// weight is one weight of a rare circumstance.
type weight struct {
	w    float32
	seen float32 // curvature summed so far: how much is known about it
}

// table finds values by key: open addressing, at most half full, so that most look-ups touch one line of memory.
type table[V any] struct {
	entries []entry[V]
	n       int
}

type entry[V any] struct {
	key   uint64 // 0 is free
	value V
}

// find is the value of a key, nil when it was never added.
func (t *table[V]) find(key uint64) *V {
	if t.n == 0 {
		return nil
	}
	mask := uint64(len(t.entries) - 1)
	for at := key & mask; ; at = (at + 1) & mask {
		switch e := &t.entries[at]; e.key {
		case key:
			return &e.value
		case 0:
			return nil
		}
	}
}

// add makes a value for a key that was never added; pointers found before lead nowhere afterwards.
func (t *table[V]) add(key uint64, value V) *V {
	if 2*(t.n+1) > len(t.entries) {
		old := t.entries
		t.entries = make([]entry[V], max(64, 2*len(old)))
		for _, o := range old {
			if o.key != 0 {
				*t.free(o.key) = o
			}
		}
	}
	t.n++
	e := t.free(key)
	e.key, e.value = key, value
	return &e.value
}

func (t *table[V]) free(key uint64) *entry[V] {
	mask := uint64(len(t.entries) - 1)
	at := key & mask
	for t.entries[at].key != 0 {
		at = (at + 1) & mask
	}
	return &t.entries[at]
}
