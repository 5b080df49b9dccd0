package expr

import (
	"math/big"
	"strings"
)

type kind uint8

const (
	none kind = iota
	number
	text
	truth
)

// Value is an exact number, a text or a condition. It is immutable; the zero Value is none of them.
type Value struct {
	kind kind
	rat  *big.Rat
	text string
	yes  bool
}

// Number makes a Value of r, which must not be changed afterwards.
func Number(r *big.Rat) Value { return Value{kind: number, rat: r} }

// Text makes a Value of a text.
func Text(s string) Value { return Value{kind: text, text: s} }

// Bool makes a Value of a condition.
func Bool(yes bool) Value { return Value{kind: truth, yes: yes} }

// Rat is the number, nil for anything else. It must not be changed.
func (v Value) Rat() *big.Rat { return v.rat }

// Equal reports whether both are of one kind and the same.
func (v Value) Equal(o Value) bool {
	if v.kind != o.kind {
		return false
	}
	switch v.kind {
	case number:
		return v.rat.Cmp(o.rat) == 0
	case text:
		return v.text == o.text
	default:
		return v.yes == o.yes
	}
}

// String is the value as it is stored and shown, with a plain "-": see Show. A condition is "true" or "false".
func (v Value) String() string {
	switch v.kind {
	case number:
		return Show(v.rat)
	case text:
		return v.text
	case truth:
		if v.yes {
			return "true"
		}
		return "false"
	}
	return ""
}

// Show writes a number: whole if it is whole, as a decimal if it ends within three places, else as a fraction in lowest
// terms: -3, 0.75, 2/3.
func Show(r *big.Rat) string {
	if r.IsInt() {
		return r.Num().String()
	}
	// It ends within three places when the denominator divides 1000.
	if d := r.Denom(); d.IsInt64() && 1000%d.Int64() == 0 {
		return strings.TrimRight(r.FloatString(3), "0")
	}
	return r.String()
}

// ReadNumber reads what Show writes, and a fraction that is not in lowest terms.
func ReadNumber(s string) (*big.Rat, bool) {
	body := strings.TrimPrefix(s, "-")
	num, den, isFrac := strings.Cut(body, "/")
	r, ok := plain(num)
	if ok && isFrac {
		var d *big.Rat
		if d, ok = plain(den); ok && d.Sign() != 0 {
			r.Quo(r, d)
		} else {
			ok = false
		}
	}
	if !ok {
		return nil, false
	}
	if body != s {
		r.Neg(r)
	}
	return r, true
}

func plain(s string) (*big.Rat, bool) {
	if s == "" || len(s) > 4*MaxDigits || strings.Trim(s, "0123456789.") != "" {
		return nil, false
	}
	return readLiteral(s)
}
