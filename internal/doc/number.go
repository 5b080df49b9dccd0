package doc

import (
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// Values gives what an expression is worth for one variant: "-3", "0.5", "2/3", "1 1/2" or a word, always exact.
// It never sees signed, coef, dec, frac and mixed: these say how a value is shown, and doc takes them off first.
type Values interface {
	Value(expr string) (string, error)
}

// shape is how a value is shown.
type shape struct {
	sign   string // "", "signed" (+ 3, − 3), "coef" (1 is left out, −1 is −)
	form   string // "" (as Values gives it), "dec", "frac", "mixed"
	places int    // of dec
}

// shaped parts "signed(frac(a/b))" into how to show it and the expression within.
func shaped(expr string) (shape, string, error) {
	var s shape
	for {
		name, inner, ok := outer(expr)
		if !ok {
			return s, expr, nil
		}
		switch name {
		case "signed", "coef":
			if s.sign != "" || s.form != "" {
				return s, "", refuse("shape", "expr", clip(expr))
			}
			s.sign = name
		default:
			if s.form != "" {
				return s, "", refuse("shape", "expr", clip(expr))
			}
			s.form = name
			if name == "dec" {
				cut := strings.LastIndexByte(inner, ',')
				if cut < 0 {
					return s, "", refuse("shape", "expr", clip(expr))
				}
				n, err := strconv.Atoi(strings.TrimSpace(inner[cut+1:]))
				if err != nil || n < 0 || n > 9 {
					return s, "", refuse("shape", "expr", clip(expr))
				}
				s.places, inner = n, inner[:cut]
			}
		}
		if expr = strings.TrimSpace(inner); expr == "" {
			return s, "", refuse("shape", "expr", clip(name))
		}
	}
}

// outer parts name(inner) when name is one of doc's and its bracket closes at the very end.
func outer(expr string) (name, inner string, ok bool) {
	name, rest, found := strings.Cut(expr, "(")
	name = strings.TrimSpace(name)
	switch name {
	case "signed", "coef", "dec", "frac", "mixed":
	default:
		return "", "", false
	}
	if !found || !strings.HasSuffix(rest, ")") {
		return "", "", false
	}
	open := 1
	for i := range len(rest) {
		switch rest[i] {
		case '(':
			open++
		case ')':
			open--
		}
		if open == 0 && i < len(rest)-1 {
			return "", "", false
		}
	}
	return name, rest[:len(rest)-1], open == 0
}

// number is a value ready to be shown: a word, or a sign with a whole or decimal part and a fraction, either may be "".
type number struct {
	word       string
	neg        bool
	whole      string
	over, from string // numerator and denominator
	sign       string // shape.sign
}

var canonical = regexp.MustCompile(`^(-?)(?:(\d{1,60}(?:\.\d{1,30})?)|(?:(\d{1,60}) )?(\d{1,60})/(\d{1,60}))$`)

func readNumber(s string) (number, bool) {
	m := canonical.FindStringSubmatch(s)
	if m == nil {
		return number{}, false
	}
	n := number{neg: m[1] == "-", whole: m[2] + m[3], over: m[4], from: m[5]}
	if n.from != "" && strings.Trim(n.from, "0") == "" {
		return number{}, false
	}
	return n, true
}

func (n number) rat() *big.Rat {
	r := new(big.Rat)
	if n.whole != "" {
		r.SetString(n.whole)
	}
	if n.from != "" {
		f, _ := new(big.Rat).SetString(n.over + "/" + n.from)
		r.Add(r, f)
	}
	if n.neg {
		r.Neg(r)
	}
	return r
}

// numberOf works an expression out and puts it into its shape.
func numberOf(expr string, v Values) (number, error) {
	s, inner, err := shaped(expr)
	if err != nil {
		return number{}, err
	}
	if v == nil {
		return number{}, refuse("no_values", "expr", clip(inner))
	}
	text, err := v.Value(inner)
	if err != nil {
		return number{}, err
	}
	n, ok := readNumber(text)
	if !ok {
		if s != (shape{}) {
			return number{}, refuse("not_number", "expr", clip(expr), "value", clip(text))
		}
		for _, r := range text {
			if !plainSign(r) {
				return number{}, refuse("sign", "sign", hex(r))
			}
		}
		return number{word: text}, nil
	}
	if s.form != "" {
		n = reshape(n.rat(), s)
	}
	n.sign = s.sign
	return n, nil
}

func reshape(r *big.Rat, s shape) number {
	abs := new(big.Rat).Abs(r)
	n := number{neg: r.Sign() < 0}
	switch {
	case s.form == "dec":
		n.whole = abs.FloatString(s.places)
		if strings.Trim(n.whole, "0.") == "" {
			n.neg = false // −0.00 says nothing that 0.00 does not
		}
	case r.IsInt():
		n.whole = abs.Num().String()
	case s.form == "frac":
		n.over, n.from = abs.Num().String(), abs.Denom().String()
	default:
		whole, rest := new(big.Int).QuoRem(abs.Num(), abs.Denom(), new(big.Int))
		if whole.Sign() > 0 {
			n.whole = whole.String()
		}
		n.over, n.from = rest.String(), abs.Denom().String()
	}
	return n
}

// lead is the sign that stands before a number, in text.
func (n number) lead() string {
	switch {
	case n.sign == "signed" && n.neg:
		return minus + " "
	case n.sign == "signed":
		return "+ "
	case n.neg:
		return minus
	}
	return ""
}

// one reports whether the number is a coefficient that is left out.
func (n number) one() bool { return n.sign == "coef" && n.whole == "1" && n.from == "" }

const minus = "\u2212"

// plain is the number as a line of text.
func (n number) plain() string {
	if n.word != "" {
		return n.word
	}
	s := n.lead()
	if n.one() {
		return s
	}
	s += n.whole
	if n.from != "" {
		if n.whole != "" {
			s += " "
		}
		s += n.over + "/" + n.from
	}
	return s
}

// fill works out the expressions of a figure's argument or an alternative text. Readable text has real minus signs;
// else the result is for a figure to read as numbers.
func fill(s string, v Values, readable bool) (string, error) {
	parts, err := pieces(s)
	if err != nil {
		return "", err
	}
	for i, p := range parts {
		if i%2 == 0 {
			if readable {
				parts[i] = minuses(p, i+1 < len(parts), i > 0)
			}
			continue
		}
		n, err := numberOf(p, v)
		if err != nil {
			return "", err
		}
		if parts[i] = n.plain(); !readable {
			parts[i] = strings.ReplaceAll(parts[i], minus, "-")
		}
	}
	return strings.Join(parts, ""), nil
}

// minuses shows a typed "-" as a minus sign where it is one: before a digit, a value or a bracket at the start of a
// word, or between spaces. A hyphen inside a word or between two numbers stays.
func minuses(s string, valueAfter, valueBefore bool) string {
	if !strings.Contains(s, "-") {
		return s
	}
	r := []rune(s)
	for i, c := range r {
		if c != '-' {
			continue
		}
		free := i > 0 && strings.ContainsRune(" (=,:+/"+minus, r[i-1]) || i == 0 && !valueBefore
		if i+1 == len(r) {
			if free && valueAfter {
				r[i] = '\u2212'
			}
			continue
		}
		next := r[i+1]
		starts := strings.ContainsRune("0123456789$(.", next) ||
			unicode.IsLetter(next) && (i+2 == len(r) || !unicode.IsLetter(r[i+2])) // −x, but not a word
		if free && starts || next == ' ' && i > 0 && r[i-1] == ' ' {
			r[i] = '\u2212'
		}
	}
	return string(r)
}
