// Package unit knows measures: which words are units, what a unit is worth in the base units of its dimension, and which
// units can be converted into each other.
//
// In: words as people write them ("km", "kilometres", "sq ft", "$"). Out: a Unit, exact: a rational factor, and a power
// of π for angles. The factors are those of the SI and, for yard, pound and gallon, of the international agreement of
// 1959 and the US gallon of 231 cubic inches. A word that is no unit can be a Label ("apples"): it says what was counted.
//
// Place in the flow: beneath item/algebra; it knows nothing of answers.
package unit

import (
	"math/big"
	"strconv"
	"strings"
)

// Base is a dimension that no other makes up. Currencies are bases of their own, since no rate between them is fixed.
type Base int

const (
	Length      Base = iota // metre
	Mass                    // kilogram
	Time                    // second
	Temperature             // kelvin
	Angle                   // radian
	Dollar
	Pound
	Euro
	Yen
	Rupee
	bases
)

// maxPower bounds the power of a base in one unit: nothing that people measure goes beyond it.
const maxPower = 12

// Unit is what a number counts. It is immutable. The zero Unit counts nothing.
type Unit struct{ *measure }

type measure struct {
	dim    [bases]int8
	factor *big.Rat // in base units
	pi     int      // times π to this
	offset *big.Rat // of a temperature scale: kelvin = factor × (value + offset)
	name   string   // as it is shown
	label  string   // a counted thing, singular; "" for a unit
}

// Name is the unit as it is shown: "km", "m/s^2", "apples".
func (u Unit) Name() string {
	if u.None() {
		return ""
	}
	return u.name
}

// IsLabel reports whether the word is no known unit: it names what was counted.
func (u Unit) IsLabel() bool { return !u.None() && u.label != "" }

// None reports whether the unit counts nothing.
func (u Unit) None() bool { return u.measure == nil }

// IsMoney reports whether the unit is one currency.
func (u Unit) IsMoney() bool {
	return u.alone(Dollar) || u.alone(Pound) || u.alone(Euro) || u.alone(Yen) || u.alone(Rupee)
}

// IsAngle reports whether the unit is an angle.
func (u Unit) IsAngle() bool { return u.alone(Angle) }

func (u Unit) alone(b Base) bool {
	if u.None() || u.label != "" {
		return false
	}
	var want [bases]int8
	want[b] = 1
	return u.dim == want
}

// Same reports whether a value in u can be said in v: equal dimensions, or the same counted thing.
func (u Unit) Same(v Unit) bool {
	if u.None() || v.None() {
		return u.None() && v.None()
	}
	return u.dim == v.dim && u.label == v.label
}

// Factor is what one unit is worth in base units: a rational number times π to the power pi. It must not be changed.
func (u Unit) Factor() (factor *big.Rat, pi int) {
	if u.None() {
		return one, 0
	}
	return u.factor, u.pi
}

// Offset is what is added to a value before it is multiplied by the factor: nil but for °C and °F. It must not be changed.
func (u Unit) Offset() *big.Rat {
	if u.None() {
		return nil
	}
	return u.offset
}

// Times multiplies two units: kg·m. ok is false when that has no meaning: labels, temperature scales, absurd powers.
func (u Unit) Times(v Unit) (Unit, bool) { return u.combine(v, 1) }

// Over divides two units: km/h.
func (u Unit) Over(v Unit) (Unit, bool) { return u.combine(v, -1) }

func (u Unit) combine(v Unit, sign int8) (Unit, bool) {
	if u.None() || v.None() || u.offset != nil || v.offset != nil || u.label != "" || v.label != "" {
		return Unit{}, false
	}
	w := measure{dim: u.dim, pi: u.pi + int(sign)*v.pi, factor: new(big.Rat)}
	for i := range w.dim {
		w.dim[i] += sign * v.dim[i]
		if w.dim[i] > maxPower || w.dim[i] < -maxPower {
			return Unit{}, false
		}
	}
	if sign > 0 {
		w.factor.Mul(u.factor, v.factor)
		w.name = u.name + "*" + v.name
	} else {
		w.factor.Quo(u.factor, v.factor)
		w.name = u.name + "/" + v.name
	}
	return Unit{&w}, true
}

// Power raises a unit to a whole power from -6 to 6: m^2, s^-1.
func (u Unit) Power(n int) (Unit, bool) {
	if u.None() || n == 0 || n > maxPower/2 || n < -maxPower/2 || u.offset != nil || u.label != "" || u.pi != 0 {
		return Unit{}, false
	}
	w := measure{factor: new(big.Rat).Set(one), name: u.name + "^" + strconv.Itoa(n)}
	if n == 1 {
		w.name = u.name
	}
	for i := range w.dim {
		p := int(u.dim[i]) * n
		if p > maxPower || p < -maxPower {
			return Unit{}, false
		}
		w.dim[i] = int8(p)
	}
	for range max(n, -n) {
		w.factor.Mul(w.factor, u.factor)
	}
	if n < 0 {
		w.factor.Inv(w.factor)
	}
	return Unit{&w}, true
}

// Label makes a unit of a word that is none: what was counted, compared in the singular.
func Label(words string) Unit {
	w := strings.ToLower(strings.TrimSpace(words))
	return Unit{&measure{factor: one, name: strings.TrimSpace(words), label: singular(w)}}
}

// singular is a rough English singular, the same for both sides of a comparison, which is all that is asked of it.
func singular(w string) string {
	switch {
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return strings.TrimSuffix(w, "ies") + "y"
	case strings.HasSuffix(w, "ses"), strings.HasSuffix(w, "xes"), strings.HasSuffix(w, "shes"), strings.HasSuffix(w, "ches"):
		return strings.TrimSuffix(w, "es")
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && len(w) > 2:
		return strings.TrimSuffix(w, "s")
	}
	return w
}

// Find knows a word, as it is written or, when it is longer than three letters, in any case and in the plural.
func Find(word string) (Unit, bool) {
	if u, ok := words[word]; ok {
		return u, true
	}
	if len(word) > 3 {
		low := strings.ToLower(word)
		if u, ok := words[low]; ok {
			return u, true
		}
		if u, ok := words[singular(low)]; ok {
			return u, true
		}
	}
	return Unit{}, false
}

// Degree is the degree of an angle.
func Degree() Unit { return words["degree"] }
