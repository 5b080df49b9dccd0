package bank

import (
	"math/big"
	"regexp"
	"slices"
	"strings"

	"kith/internal/item"
	"kith/internal/item/algebra"
	"kith/internal/item/algebra/read"
	"kith/internal/item/algebra/tree"
	"kith/internal/phrase"
)

// maxMaths bounds an answer that is mathematics, in bytes.
const maxMaths = 200

var (
	command = regexp.MustCompile(`\\[a-zA-Z]+`)
	letters = regexp.MustCompile(`\pL{2,}`)
	sums    = regexp.MustCompile(`[0-9=<>≤≥≠+*/^()\[\]√−-]`)
	// named are words that mathematics is written with; any other word of more than two letters is language.
	named = []string{"sin", "cos", "tan", "log", "ln", "sqrt", "exp", "abs", "pi", "or", "and"}
)

// readMaths reads an answer that is typed as mathematics: 2x + 3, x = 4, (3, 5). Words are none, and so is what could be read
// in two ways.
func readMaths(said string) (text string, kind item.Kind, ok bool) {
	text = strings.Join(strings.Fields(said), " ")
	for _, f := range [][2]string{{`\(`, `\)`}, {`\[`, `\]`}, {"$$", "$$"}} {
		if len(text) > 4 && strings.HasPrefix(text, f[0]) && strings.HasSuffix(text, f[1]) {
			text = strings.TrimSpace(text[2 : len(text)-2])
		}
	}
	if text == "" || len(text) > maxMaths || strings.Contains(text, "[[") {
		return "", "", false
	}
	r, err := read.Read(text, read.Options{})
	if err != nil || len(r.Doubts) > 0 {
		return "", "", false
	}
	if r.Tree.Kind == tree.Word {
		return text, item.Equation, true
	}
	bare := command.ReplaceAllString(text, " ")
	if !sums.MatchString(bare) {
		return "", "", false
	}
	for _, word := range letters.FindAllString(bare, -1) {
		if len([]rune(word)) > 2 && !slices.Contains(named, strings.ToLower(word)) {
			return "", "", false
		}
	}
	if r.Tree.Statement() {
		return text, item.Equation, true
	}
	return text, item.Expression, true
}

// maths makes an expression or an equation of answers that are mathematics. The first right one is the key; the others must
// come to the same.
func (m *maker) maths() phrase.Phrase {
	var key *algebra.Key
	for _, a := range m.Answers {
		if a.Weight < full {
			continue
		}
		text, kind, ok := readMaths(a.Said)
		if !ok {
			return phrase.Of("import.item.typed", "answer", short(a.Said, 60))
		}
		if key == nil {
			if m.Own != nil {
				if m.item.Forms, ok = Forms(text, m.Asks, m.Own); !ok {
					return phrase.Of("import.item.form")
				}
			}
			var err error
			if key, err = algebra.NewKey(algebra.Ask{Key: text}); err != nil {
				return phrase.Of("import.item.typed", "answer", short(a.Said, 60))
			}
			m.item.Kind, m.item.Key, m.item.Unit = kind, text, m.Unit
		} else if key.Check(text).Outcome != algebra.Right {
			return phrase.Of("import.item.two_values", "one", m.item.Key, "other", short(a.Said, 60))
		}
		nudge := a.Nudge
		m.explain(&nudge)
	}
	if n, ok := ReadNumeral(m.item.Key, m.lang); ok && m.Own == nil && len(m.Form) == 0 && n.Unit == "" { // 4, which 2 + 2 is too
		return m.numeral(n)
	}
	for _, a := range m.Answers {
		switch {
		case a.Weight >= full:
		case a.Any && !a.Nudge.Empty():
			m.doubt(phrase.Of("import.doubt.any"))
		case !a.Any:
			m.slip(a, key)
		}
	}
	return phrase.Phrase{}
}

// numeral makes a number of answers of which the first right one is one, and the others come to it.
func (m *maker) numeral(n Numeral) phrase.Phrase {
	kind := item.Number
	if n.Fraction && !n.Value.IsInt() {
		kind = item.Fraction
	}
	for i, a := range m.Answers {
		switch read, ok := ReadNumeral(a.Said, m.lang); {
		case a.Weight >= full:
			m.Answers[i] = a.Exact(n.Value)
		case ok:
			m.Answers[i] = a.Exact(read.Value)
		case !a.Any && !a.Nudge.Empty():
			m.doubt(phrase.Of("import.doubt.typed", "answer", short(a.Said, 60)))
		}
	}
	return m.number(kind)
}

// slip keeps what is said to a wrong answer that is mathematics.
func (m *maker) slip(a Answer, key *algebra.Key) {
	if a.Weight > 0 {
		m.doubt(phrase.Of("import.doubt.partial"))
	}
	if a.Nudge.Empty() {
		return
	}
	text, _, ok := readMaths(a.Said)
	if n, isNumber := ReadNumeral(a.Said, m.lang); !ok && isNumber {
		text, ok = Write(n.Value), true
	}
	if !ok {
		m.doubt(phrase.Of("import.doubt.typed", "answer", short(a.Said, 60)))
		return
	}
	m.add(text, key, item.Mistake{Tag: a.Mistake, Yields: []string{text}, Nudge: a.Nudge})
}

// add takes a mistake, unless it comes to the key or to one that is there already.
func (m *maker) add(text string, key *algebra.Key, wrong item.Mistake) {
	reached := key.Check(text).ValueEqual
	for _, was := range m.item.Mistakes {
		k, err := algebra.NewKey(algebra.Ask{Key: was.Yields[0], Tolerance: toleranceOf(m.item.Tolerance)})
		reached = reached || err == nil && k.Check(text).ValueEqual
	}
	if reached {
		m.doubt(phrase.Of("import.doubt.unreachable", "answer", short(text, 60)))
		return
	}
	m.item.Mistakes = append(m.item.Mistakes, wrong)
}

func toleranceOf(s string) algebra.Tolerance {
	t, _ := algebra.ParseTolerance(s)
	return t
}

// around makes an expression of a number that may be off by something, which package algebra judges.
func (m *maker) around(low, high *big.Rat) *algebra.Key {
	mid := new(big.Rat).Quo(new(big.Rat).Add(low, high), big.NewRat(2, 1))
	m.item.Kind, m.item.Key, m.item.Tolerance = item.Expression, Write(mid), Write(new(big.Rat).Sub(high, mid))
	key, err := algebra.NewKey(algebra.Ask{Key: m.item.Key, Tolerance: toleranceOf(m.item.Tolerance)})
	if err != nil {
		return nil
	}
	return key
}
