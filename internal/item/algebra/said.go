package algebra

import (
	"errors"

	"kith/internal/doc"
	"kith/internal/item/algebra/read"
)

// Said is how an answer is read, without a word on whether it is right. Why is set when it cannot be read, or (Doubtful)
// when it was read in one of two ways; At is the character from 1 and What stands there.
type Said struct {
	Plain string
	TeX   string
	Drawn []doc.El // mathematics as a page shows it; empty when it cannot be read
	Why   read.Problem
	At    int
	What  string
}

// Read reads an answer as Check does, and compares it with nothing: the same text is read the same whatever the key's value
// is, so that a reading shown while somebody types gives nothing away. comma is whether 3,5 is three and a half where the
// reader lives. Check is more lenient: it takes every way of reading a comma.
func (k *Key) Read(answer string, comma bool) Said {
	o := read.Options{Letters: k.letters, Functions: k.calls, Closed: true, DecimalComma: comma,
		Units: k.claim.measured() || k.ask.Units == UnitsRequired}
	r, err := read.Read(answer, o)
	if err != nil {
		return unsaid(err)
	}
	n := k.fold(r.Tree)
	j := &judge{f: k.field.Clone(), ask: &k.ask}
	if _, err := j.claim(n); err != nil {
		return unsaid(j.senseless(n))
	}
	point := "."
	if comma {
		point = ","
	}
	s := Said{Plain: n.Plain(), TeX: n.TeX(), Drawn: []doc.El{n.MathML(point)}}
	if len(r.Doubts) > 0 {
		s.Why, s.At, s.What = read.Doubtful, r.Doubts[0].At, r.Doubts[0].What
	}
	return s
}

// Drawn is the key as mathematics.
func (k *Key) Drawn() []doc.El { return []doc.El{k.claim.node.MathML(".")} }

func unsaid(err error) Said {
	var e *read.Error
	if errors.As(err, &e) {
		return Said{Why: e.Problem, At: e.At, What: e.What}
	}
	return Said{Why: read.NoSense, At: 1}
}
