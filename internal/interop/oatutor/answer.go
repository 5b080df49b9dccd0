package oatutor

import (
	"math/big"
	"regexp"
	"strings"

	"kith/internal/item"
)

// answer is a step's key where it is a number: its value, how the item asks for it, and the unit beside the box.
type answer struct {
	kind  item.Kind
	key   string // an expression of package item/expr
	value *big.Rat
	unit  string
}

var (
	integer  = regexp.MustCompile(`^[-+]?\d{1,15}$`)
	grouped  = regexp.MustCompile(`^[-+]?\d{1,3}(,\d{3}){1,4}$`)
	decimal  = regexp.MustCompile(`^[-+]?\d{0,12}\.\d{1,6}$`)
	fraction = regexp.MustCompile(`^([-+]?)(?:\\d?frac\{([-+]?\d{1,12})\}\{([-+]?\d{1,12})\}|([-+]?\d{1,12})/([-+]?\d{1,12}))$`)
	mixed    = regexp.MustCompile(`^([-+]?)(\d{1,9})\\d?frac\{(\d{1,9})\}\{(\d{1,9})\}$`)
	spaced   = regexp.MustCompile(`^([-+]?)\s*(\d{1,9})\s+(\d{1,9})\s*/\s*(\d{1,9})$`) // 1 1/2, which is no 11/2
	apartBy  = regexp.MustCompile(`\d\s+\d`)
	bracket  = strings.NewReplacer(`\left(`, "", `\right)`, "", " ", "", `\,`, "", "−", "-")
)

// readNumeral reads an integer, a fraction, a mixed number or a decimal, in TeX or plain; ok=false for anything else.
func readNumeral(text string) (value *big.Rat, fractional, ok bool) {
	bare := strings.ReplaceAll(strings.TrimSpace(strings.Trim(strings.TrimSpace(text), "$")), "−", "-")
	if m := spaced.FindStringSubmatch(bare); m != nil {
		part, ok := ratio(m[3], m[4])
		if !ok {
			return nil, false, false
		}
		whole, _ := new(big.Rat).SetString(m[2])
		return signedBy(m[1], whole.Add(whole, part)), true, true
	}
	if apartBy.MatchString(bare) { // two numbers, or one with a space in it: nobody can say
		return nil, false, false
	}
	s := bracket.Replace(bare)
	switch {
	case integer.MatchString(s), grouped.MatchString(s):
		value, ok = new(big.Rat).SetString(strings.TrimPrefix(strings.ReplaceAll(s, ",", ""), "+"))
		return value, false, ok
	case decimal.MatchString(s):
		value, ok = new(big.Rat).SetString(strings.TrimPrefix(s, "+"))
		return value, false, ok
	}
	if m := mixed.FindStringSubmatch(s); m != nil {
		part, ok := ratio(m[3], m[4])
		if !ok {
			return nil, false, false
		}
		whole, _ := new(big.Rat).SetString(m[2])
		return signedBy(m[1], whole.Add(whole, part)), true, true
	}
	if m := fraction.FindStringSubmatch(s); m != nil {
		part, ok := ratio(m[2]+m[4], m[3]+m[5])
		if !ok {
			return nil, false, false
		}
		return signedBy(m[1], part), true, true
	}
	return nil, false, false
}

// twoNumbers reports whether numbers stand side by side with only a space between them.
func twoNumbers(text string) bool { return apartBy.MatchString(text) }

func ratio(over, under string) (*big.Rat, bool) {
	n, ok := new(big.Int).SetString(strings.TrimPrefix(over, "+"), 10)
	d, also := new(big.Int).SetString(strings.TrimPrefix(under, "+"), 10)
	if !ok || !also || d.Sign() == 0 {
		return nil, false
	}
	return new(big.Rat).SetFrac(n, d), true
}

func signedBy(sign string, r *big.Rat) *big.Rat {
	if sign == "-" {
		return r.Neg(r)
	}
	return r
}

// readAnswer reads the key of a typed step; ok=false when it is no number. A whole number that is asked for as a fraction
// stays a number: both kinds compare by value.
func readAnswer(text string) (answer, bool) {
	a := answer{kind: item.Number}
	bare := strings.TrimSpace(text)
	if !strings.HasPrefix(bare, "$$") && (strings.HasPrefix(bare, "$") || strings.HasPrefix(bare, `\$`)) {
		a.unit = "dollars"
	}
	value, fractional, ok := readNumeral(strings.TrimPrefix(bare, `\`))
	if !ok {
		return answer{}, false
	}
	if fractional && !value.IsInt() {
		a.kind = item.Fraction
	}
	a.value, a.key = value, exact(value)
	if d := bracket.Replace(strings.Trim(bare, `$\ `)); decimal.MatchString(d) {
		a.key = strings.Replace(strings.TrimPrefix(d, "+"), "-.", "-0.", 1) // 23.4 is easier to read in an editor than 117/5
		if strings.HasPrefix(a.key, ".") {
			a.key = "0" + a.key
		}
	}
	return a, true
}

// exact writes a value as an expression.
func exact(r *big.Rat) string {
	if r.IsInt() {
		return r.Num().String()
	}
	return r.Num().String() + "/" + r.Denom().String()
}

var percent = regexp.MustCompile(`^([-+]?\d{1,9}(?:\.\d{1,6})?)\\?%$`)

// copied reports whether one of the formulas or numbers of a question is the answer written another way: 6/8 where 3/4 is
// wanted, 0.75 or 75 % where a fraction is. Comparing by value would take the question's own number for an answer.
func copied(question string, a answer) bool {
	wanted := formOf(a.key)
	for _, piece := range pieces(question) {
		s := bracket.Replace(piece)
		value, _, ok := readNumeral(s)
		if m := percent.FindStringSubmatch(s); m != nil {
			if value, ok = new(big.Rat).SetString(m[1]); ok {
				value.Quo(value, big.NewRat(100, 1))
			}
		}
		if ok && value.Cmp(a.value) == 0 && formOf(s) != wanted {
			return true
		}
	}
	return false
}

// formOf is how a number is written, as far as it matters: every whole number and decimal is one form, every fraction its
// own, \frac{3}{4} and 3/4 the same.
func formOf(s string) string {
	if m := fraction.FindStringSubmatch(s); m != nil {
		return strings.TrimPrefix(m[1]+m[2]+m[4], "+") + "/" + m[3] + m[5]
	}
	if percent.MatchString(s) || mixed.MatchString(s) {
		return s
	}
	return "digits"
}

var spoken = regexp.MustCompile(`[-+]?\d[\d,]*(?:\.\d+)?%?(?:/\d+)?`)

// pieces are a question's formulas, whole, and the numbers that stand in its words.
func pieces(question string) []string {
	var out []string
	for i, part := range strings.Split(question, "$$") {
		if i%2 == 1 {
			out = append(out, strings.TrimSpace(part))
			continue
		}
		out = append(out, spoken.FindAllString(part, -1)...)
	}
	return out
}
