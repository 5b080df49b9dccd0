package read

import (
	"slices"
	"strings"
	"unicode/utf8"

	"kith/internal/item/algebra/unit"
)

// functions are the names that people write, with the name that a tree.Call bears.
var functions = map[string]string{
	"sin": "sin", "cos": "cos", "tan": "tan", "sec": "sec", "csc": "csc", "cosec": "csc", "cot": "cot", "cotan": "cot",
	"arcsin": "arcsin", "arccos": "arccos", "arctan": "arctan", "arcsec": "arcsec", "arccsc": "arccsc", "arccot": "arccot", "asin": "arcsin", "acos": "arccos", "atan": "arctan",
	"sinh": "sinh", "cosh": "cosh", "tanh": "tanh", "coth": "coth", "sech": "sech", "csch": "csch",
	"ln": "ln", "log": "log", "lg": "log", "exp": "exp", "abs": "abs", "sqrt": "sqrt", "cbrt": "cbrt", "root": "root", "nthroot": "nthroot", "floor": "floor", "ceil": "ceil", "binom": "binom",
}

// prefixes are the names that may begin a run of letters: sinx, xsin, pir. Longest first.
var prefixes = []string{"epsilon", "arcsin", "arccos", "arctan", "lambda", "alpha", "theta", "delta", "gamma", "sigma", "omega", "sqrt", "cbrt", "sinh", "cosh", "tanh", "beta",
	"asin", "acos", "atan", "sin", "cos", "tan", "sec", "csc", "cot", "log", "exp", "abs", "phi", "rho", "tau", "ln", "pi"}

// connectors are words between answers.
var connectors = map[string]string{"or": "or", "and": "and", "OR": "or", "AND": "and", "Or": "or", "And": "and", "of": "*"}

// scales are words that multiply the number before them.
var scales = map[string]string{"hundred": "100", "thousand": "1000", "million": "1000000", "billion": "1000000000", "trillion": "1000000000000", "dozen": "12"}

// split resolves the word at the parser's place: the word token is replaced by what it is made of.
func (p *parser) split() {
	word := p.tok
	parts := p.parts(word)
	if len(parts) == 1 {
		p.toks[p.pos] = parts[0]
	} else {
		rest := append(parts, p.toks[p.pos+1:]...)
		p.toks = append(p.toks[:p.pos:p.pos], rest...)
	}
	p.tok = p.toks[p.pos]
}

// parts are the tokens that a word is made of: names, functions, constants and single letters.
func (p *parser) parts(word token) []token {
	whole := word
	if p.name(&whole, word.text) {
		return []token{whole}
	}
	var parts []token
	at, spaced := word.at, word.spaced
	singles := 0
	for s := word.text; s != ""; {
		t := token{at: at, spaced: spaced}
		spaced = false
		head := ""
		for _, prefix := range prefixes {
			if len(prefix) <= len(s) && strings.EqualFold(s[:len(prefix)], prefix) && (s[:len(prefix)] == prefix || len(prefix) == len(s)) && !p.spelled(prefix) {
				head = prefix
				break
			}
		}
		switch {
		case head == "":
			_, width := utf8.DecodeRuneInString(s)
			head = s[:width]
			if !p.name(&t, head) {
				p.fail(NoWord, word)
				return []token{word}
			}
			singles++
			at++
		default:
			p.name(&t, head)
			at += len(head)
		}
		s = s[len(head):]
		parts = append(parts, t)
	}
	p.weigh(word, singles)
	return parts
}

// spelled reports whether every letter of a name is a letter of the question, so that the name is a product: with p and
// i known, pi is p·i.
func (p *parser) spelled(name string) bool {
	if slices.Contains(p.opts.Functions, name) {
		return false
	}
	for _, r := range name {
		if !p.opts.known(string(r)) {
			return false
		}
	}
	return true
}

// longWord is from how many unknown letters a run is a word rather than a product.
const (
	longWord  = 5
	shortWord = 3
)

// weigh refuses a run of letters that is rather a word, and doubts one that may be.
func (p *parser) weigh(word token, singles int) {
	if singles < shortWord {
		return
	}
	strange := 0
	for _, r := range word.text {
		if !p.opts.known(string(r)) && !p.opts.known(strings.ToLower(string(r))) {
			strange++
		}
	}
	if len(p.opts.Letters) == 0 && !p.opts.Closed && singles < longWord {
		return // a key's own letters: abc
	}
	switch {
	case strange < 2: // xyz
	case singles >= longWord || strange >= shortWord:
		p.fail(NoWord, word)
	default:
		p.doubt(word.at, word.text)
	}
}

// name resolves a whole name; ok is false when it is none.
func (p *parser) name(t *token, s string) bool {
	low := strings.ToLower(s)
	switch {
	case p.opts.known(s):
		t.kind, t.text = tokLetter, s
	case s == "e" || s == "i":
		t.kind, t.text = tokConst, s
	case low == "pi" && !p.spelled("pi"):
		t.kind, t.text = tokConst, "pi"
	case low == "inf" || low == "infty" || low == "infinity" || s == "oo":
		t.kind, t.text = tokConst, "inf"
	case functions[s] != "" && !p.spelled(s):
		t.kind, t.text = tokFunc, functions[s]
	case len(s) > 1 && functions[low] != "" && !p.spelled(low):
		t.kind, t.text = tokFunc, functions[low]
	case len(s) > 1 && greek[s]:
		t.kind, t.text = tokLetter, s
	case utf8.RuneCountInString(s) == 1:
		t.kind, t.text = tokLetter, s
	default:
		return false
	}
	return true
}

// attached are units that may follow their number without a space and are no product of letters that anybody writes.
var attached = map[string]bool{"cm": true, "mm": true, "km": true, "kg": true, "ft": true, "lb": true, "lbs": true, "mph": true, "mL": true, "ml": true, "hr": true, "hrs": true, "sec": true, "secs": true, "min": true, "mins": true, "yd": true,
	"gal": true, "oz": true, "kph": true, "cc": true, "dL": true, "cL": true, "kW": true, "kJ": true, "kPa": true, "inch": true, "inches": true, "feet": true, "deg": true}

// unitAhead reads a unit at the parser's place: n is how many tokens it takes. It must end the value: nothing of the same
// product may follow.
func (p *parser) unitAhead() (u unit.Unit, n int) {
	u, n = p.unitFactor(0)
	if n == 0 {
		return p.labelAhead()
	}
	for {
		op := p.peek(n)
		over := op.kind == tokOp && op.text == "/" || op.kind == tokWord && (op.text == "per" || op.text == "a" && n == 1)
		times := op.kind == tokOp && op.text == "*"
		skip := 1
		if !over && !times {
			skip = 0
		}
		v, m := p.unitFactor(n + skip)
		if m == 0 || skip == 0 && !p.peek(n).spaced {
			break
		}
		var ok bool
		if w := u; over {
			u, ok = w.Over(v)
		} else {
			u, ok = w.Times(v)
		}
		if !ok {
			return unit.Unit{}, 0
		}
		n += skip + m
	}
	if !p.ends(n) || !p.mayBeUnit(n) {
		return unit.Unit{}, 0
	}
	return u, n
}

// ends reports whether the value ends before the token n ahead: a sign of a sum or a relation, a comma, a bracket, the end,
// or another number (5 ft 3 in).
func (p *parser) ends(n int) bool {
	switch t := p.peek(n); t.kind {
	case tokEnd, tokClose, tokRel, tokCell, tokRow, tokEndMatrix, tokNumber:
		return true
	case tokOp:
		return t.text != "^" && t.text != "*" && t.text != "/" && t.text != "_" && t.text != "!" && t.text != "of"
	case tokWord:
		return connectors[t.text] != ""
	}
	return false
}

// mayBeUnit weighs a unit of n tokens against a product of letters.
func (p *parser) mayBeUnit(n int) bool {
	t := p.tok
	if t.kind == tokText || t.kind == tokUnit || p.opts.Units && !p.opts.known(t.text) {
		return true
	}
	if p.spelled(t.text) || p.opts.known(t.text) {
		return false
	}
	if len(t.text) > 1 {
		return t.spaced || attached[t.text] || len(t.text) > 4
	}
	// One letter: a unit only where it is all that follows a number, and no letter is known: 5 m, or 5m beside a plain key.
	// 1 h 30 min.
	last := p.peek(n).kind == tokEnd
	if p.peek(n).kind == tokNumber {
		_, last = unit.Find(p.peek(n + 1).text)
	}
	return len(p.opts.Letters) == 0 && last && p.onlyNumber() && (t.spaced || p.opts.Closed)
}

// onlyNumber reports whether nothing but digits and signs stands before this place.
func (p *parser) onlyNumber() bool {
	for _, t := range p.toks[:p.pos] {
		if t.kind != tokNumber && !(t.kind == tokOp && strings.Contains("+-*/^", t.text)) && t.kind != tokFrac && t.kind != tokOpen && t.kind != tokClose {
			return false
		}
	}
	return true
}

// unitFactor reads one unit with its power, n tokens ahead: cm, m^2, square feet.
func (p *parser) unitFactor(from int) (u unit.Unit, n int) {
	t := p.peek(from)
	power := 0
	word := t.text
	if t.kind == tokWord || t.kind == tokText {
		switch strings.ToLower(word) {
		case "sq", "square":
			power = 2
		case "cu", "cubic":
			power = 3
		}
		if next := p.peek(from + 1); power > 0 && (next.kind == tokWord || next.kind == tokText) {
			word, n = next.text, 1
		} else if word == "fl" && next.kind == tokWord && (next.text == "oz" || strings.HasPrefix(next.text, "ounce")) {
			word, n = "floz", 1
		}
	}
	ok := false
	switch t.kind {
	case tokWord:
		u, ok = unit.Find(word)
	case tokText:
		u, ok = textUnit(word)
	case tokUnit:
		if t.text == "¢" || t.text == "€" || t.text == "£" || t.text == "$" {
			u, ok = unit.Find(t.text)
		}
		if next := p.peek(from + 1); t.text == "°" && next.kind == tokWord && !next.spaced && (next.text == "C" || next.text == "F") {
			u, ok = unit.Find("°" + next.text)
			n = 1
		} else if t.text == "°" {
			u, ok = unit.Degree(), true
		}
	}
	if !ok {
		return unit.Unit{}, 0
	}
	n++
	if e, m := p.unitPower(from + n); m > 0 && power == 0 {
		power, n = e, n+m
		if v, ok := perSecond(word, power); ok {
			return v, n
		}
	}
	if power != 0 {
		if u, ok = u.Power(power); !ok {
			return unit.Unit{}, 0
		}
	}
	return u, n
}

// perSecond reads ms^-1 and cms^-2 as scientists write them close together: metres a second, never one over a
// millisecond. The s of hrs^-1 and of metres^-1 is a plural.
func perSecond(word string, power int) (unit.Unit, bool) {
	symbol, found := strings.CutSuffix(word, "s")
	if !found || power >= 0 || utf8.RuneCountInString(symbol) > 2 {
		return unit.Unit{}, false
	}
	u, ok := unit.Find(symbol)
	second, _ := unit.Find("s")
	if !ok || u.Same(second) {
		return unit.Unit{}, false
	}
	per, ok := second.Power(-power)
	if !ok {
		return unit.Unit{}, false
	}
	return u.Over(per)
}

// unitPower reads ^2, ^{2}, ^-1 or "squared", n tokens ahead.
func (p *parser) unitPower(from int) (power, n int) {
	t := p.peek(from)
	if t.kind == tokWord {
		switch t.text {
		case "squared":
			return 2, 1
		case "cubed":
			return 3, 1
		}
	}
	if t.kind == tokNumber && !t.spaced && (t.text == "2" || t.text == "3") && p.peek(from+1).kind != tokNumber && (p.ends(from+1) || p.peek(from+1).text == "/") {
		return int(t.text[0] - '0'), 1 // cm2
	}
	if t.kind != tokOp || t.text != "^" {
		return 0, 0
	}
	n = 1
	brace := p.peek(from+n).kind == tokOpen
	if brace {
		n++
	}
	sign := 1
	if next := p.peek(from + n); next.kind == tokOp && next.text == "-" {
		sign = -1
		n++
	}
	digits := p.peek(from + n)
	if digits.kind != tokNumber || len(digits.text) != 1 {
		return 0, 0
	}
	n++
	if brace {
		if p.peek(from+n).kind != tokClose {
			return 0, 0
		}
		n++
	}
	return sign * int(digits.text[0]-'0'), n
}

// textUnit reads a unit that stands in \text{}: "cm", "km/h", "square feet", "m^2".
func textUnit(s string) (unit.Unit, bool) {
	if u, ok := unit.Find(s); ok {
		return u, true
	}
	l := &lexer{src: []rune(s)}
	l.run()
	if l.err != nil {
		return unit.Unit{}, false
	}
	p := &parser{toks: l.toks, opts: Options{Units: true}}
	p.tok = p.toks[0]
	if p.tok.kind == tokText {
		return unit.Unit{}, false
	}
	u, n := p.unitAhead()
	return u, n > 0 && p.peek(n).kind == tokEnd && !u.IsLabel()
}

// labelAhead reads words that say what was counted: 12 apples. They must end the value and be no product of known letters.
func (p *parser) labelAhead() (unit.Unit, int) {
	var label []string
	n := 0
	for ; n < 4; n++ {
		t := p.peek(n)
		if t.kind != tokWord && t.kind != tokText || connectors[t.text] != "" || scales[t.text] != "" {
			break
		}
		if t.kind == tokWord && (p.spelled(t.text) || strings.Trim(t.text, "ei") == "" || p.opts.known(t.text) || n == 0 && !t.spaced) {
			return unit.Unit{}, 0
		}
		label = append(label, t.text)
	}
	whole := strings.Join(label, " ")
	if n == 0 || utf8.RuneCountInString(label[0]) < shortWord || !p.ends(n) || functions[label[0]] != "" || greek[label[0]] || label[0] == "inf" || !p.opts.Closed && len(label[0]) < longWord {
		return unit.Unit{}, 0
	}
	return unit.Label(whole), n
}
