package bank

import (
	"math/big"
	"regexp"
	"slices"
	"strings"

	"kith/internal/item"
	"kith/internal/item/algebra"
	"kith/internal/phrase"
)

// withUnit is a number with one word behind it. One letter alone may be a variable, so it is no word here.
var withUnit = regexp.MustCompile(`^([-+−]?[\d.,/ ]*\d) +([^\d\s]{2,30}|[€£¢°])$`)

// WithUnit writes a value with its unit so that reading it gives both; ok=false for a unit that would be read as something
// else.
func WithUnit(said, unit string) (s string, ok bool) {
	switch unit {
	case "":
		return said, true
	case "%":
		return said + "%", true
	case "dollars":
		return "$" + said, true
	}
	s = said + " " + unit
	return s, withUnit.MatchString(s)
}

// measured reads a number that may have a unit behind it.
func measured(said, lang string) (n Numeral, ok bool) {
	if n, ok = ReadNumeral(said, lang); ok {
		return n, true
	}
	p := withUnit.FindStringSubmatch(strings.TrimSpace(said))
	if p == nil {
		return n, false
	}
	if n, ok = ReadNumeral(p[1], lang); ok {
		n.Unit = strings.TrimSpace(p[2])
	}
	return n, ok
}

// typed makes a number of what is to be typed where the right answers are one, mathematics where they are, and a short text of words.
// What could be mathematics with a slip in it is no word, unless its source says that it is one (Lenient).
func (m *maker) typed() phrase.Phrase {
	said := m.Answers
	m.Answers = slices.Clone(said)
	for i, a := range said {
		m.Answers[i].Said = tidy(a.Said)
		if m.Stars { // here a star is a sign of mathematics
			m.Answers[i].Said = strings.ReplaceAll(m.Answers[i].Said, `\*`, "*")
		}
	}
	why := m.numberOrMaths()
	if why.Code != "import.item.typed" || !m.Lenient && (m.Asks != "" || !m.worded()) {
		return why
	}
	m.item = item.Item{Text: m.Text, Hints: slices.Clone(m.Hints), Solution: m.Solution}
	m.doubts, m.Answers = nil, said
	return m.words()
}

func (m *maker) numberOrMaths() phrase.Phrase {
	if len(m.Form) > 0 {
		return m.maths()
	}
	kind := item.Kind("")
	unit := m.Unit
	for i, a := range m.Answers {
		if a.Said == "*" {
			if m.Answers[i].Any = true; a.Weight >= full {
				return phrase.Of("import.item.any_right")
			}
			continue
		}
		n, ok := measured(a.Said, m.lang)
		switch {
		case ok:
			m.Answers[i] = a.Exact(n.Value)
		case a.Weight >= full:
			return m.maths()
		}
		if !ok || a.Weight < full {
			continue
		}
		if n.Unit != "" && unit == "" {
			unit = n.Unit
		}
		if kind == "" {
			kind = item.Number
			if n.Fraction && !n.Value.IsInt() {
				kind = item.Fraction
			}
		}
	}
	if kind == "" {
		return phrase.Of("import.item.no_key")
	}
	for _, a := range m.Answers {
		if a.Low == nil && !a.Any && !a.Nudge.Empty() {
			m.doubt(phrase.Of("import.doubt.typed", "answer", short(a.Said, 60)))
		}
	}
	m.Unit = unit
	if m.rewrites() {
		return m.maths()
	}
	return m.number(kind)
}

// rewrites reports whether the question holds its own answer written otherwise: 6/8 where 3/4 is wanted, 75% where a decimal is.
// Comparing by value would take the question's own number for an answer.
func (m *maker) rewrites() bool {
	for _, a := range m.Answers {
		key, ok := measured(a.Said, m.lang)
		if !ok || a.Weight < full {
			continue
		}
		for _, s := range m.Own {
			n, ok := measured(s, m.lang)
			if ok && n.Unit == "%" && key.Unit != "%" {
				n.Value = new(big.Rat).Quo(n.Value, big.NewRat(100, 1))
			}
			if ok && n.Value.Cmp(key.Value) == 0 && (n.Fraction || key.Fraction || n.Unit != key.Unit) {
				return true
			}
		}
	}
	return false
}

// number makes a number of answers that are values, or an expression where the right one is a range.
func (m *maker) number(kind item.Kind) phrase.Phrase {
	var key Answer
	var wrong []Answer
	for _, a := range m.Answers {
		switch {
		case a.Low == nil:
			if a.Any && a.Weight >= full {
				return phrase.Of("import.item.any_right")
			}
			if a.Any && !a.Nudge.Empty() {
				m.doubt(phrase.Of("import.doubt.any"))
			}
		case a.Weight < full:
			wrong = append(wrong, a)
		case key.Low != nil && (key.Low.Cmp(a.Low) != 0 || key.High.Cmp(a.High) != 0):
			return phrase.Of("import.item.two_values", "one", span(key), "other", span(a))
		default:
			key = a
			nudge := a.Nudge
			m.explain(&nudge)
		}
	}
	switch {
	case key.Low == nil:
		return phrase.Of("import.item.no_key")
	case !typeable(key.Low, kind) || !typeable(key.High, kind):
		return phrase.Of("import.item.unreachable", "answer", short(Write(key.Low), 60))
	}
	m.item.Kind, m.item.Key, m.item.Unit = kind, Write(key.Low), strings.ReplaceAll(tidy(m.Unit), "[[", "[ [")
	var off *algebra.Key
	if key.Low.Cmp(key.High) != 0 {
		if off = m.around(key.Low, key.High); off == nil {
			return phrase.Of("import.item.unsound")
		}
	}
	for _, a := range wrong {
		m.mistake(a, key.Low, off)
	}
	return phrase.Phrase{}
}

// span is a value or a range, for a report.
func span(a Answer) string {
	if a.Low.Cmp(a.High) == 0 {
		return Write(a.Low)
	}
	return Write(a.Low) + "–" + Write(a.High)
}

// mistake keeps what is said to a wrong answer, if it is one value that can be told from the others. off is the key where it
// is a range, nil where it is the one value.
func (m *maker) mistake(a Answer, key *big.Rat, off *algebra.Key) {
	if a.Weight > 0 {
		m.doubt(phrase.Of("import.doubt.partial"))
	}
	if a.Nudge.Empty() {
		return
	}
	if a.Low.Cmp(a.High) != 0 {
		m.doubt(phrase.Of("import.doubt.range", "from", Write(a.Low), "to", Write(a.High)))
		return
	}
	wrong := item.Mistake{Tag: a.Mistake, Yields: []string{Write(a.Low)}, Nudge: a.Nudge}
	if off != nil {
		m.add(wrong.Yields[0], off, wrong)
		return
	}
	reached := a.Low.Cmp(key) == 0
	for _, was := range m.item.Mistakes {
		reached = reached || was.Yields[0] == wrong.Yields[0]
	}
	if reached {
		m.doubt(phrase.Of("import.doubt.unreachable", "answer", wrong.Yields[0]))
		return
	}
	m.item.Mistakes = append(m.item.Mistakes, wrong)
}
