package exact

import (
	"math/big"
	"math/bits"
)

// maxBits bounds a numerator and a denominator: about 1,200 digits. Nothing a learner answers is longer.
const maxBits = 4096

// Q is an exact rational number, immutable. Most fit two machine words; the rest are big.Rat. The zero Q is 0.
type Q struct {
	n, d int64    // d is 0 for the zero Q, else positive; n/d is in lowest terms
	big  *big.Rat // used when set
}

// Int is n as a Q.
func Int(n int64) Q { return Q{n: n, d: 1} }

// Frac is n/d in lowest terms; d must not be 0.
func Frac(n, d int64) Q {
	const half = 1 << 62
	if n <= -half || n >= half || d <= -half || d >= half {
		return fromBig(big.NewRat(n, d))
	}
	if d < 0 {
		n, d = -n, -d
	}
	if g := gcd(n, d); g > 1 {
		n, d = n/g, d/g
	}
	return Q{n: n, d: d}
}

// FromRat is r as a Q; r must not be changed afterwards.
func FromRat(r *big.Rat) Q { return fromBig(r) }

func fromBig(r *big.Rat) Q {
	if r.Num().IsInt64() && r.Denom().IsInt64() {
		const half = 1 << 62
		if n, d := r.Num().Int64(), r.Denom().Int64(); n > -half && n < half && d < half {
			return Q{n: n, d: d}
		}
	}
	return Q{big: r}
}

// Rat is the number as a big.Rat of its own.
func (q Q) Rat() *big.Rat {
	if q.big != nil {
		return new(big.Rat).Set(q.big)
	}
	return big.NewRat(q.n, q.den())
}

func (q Q) den() int64 {
	if q.d == 0 {
		return 1
	}
	return q.d
}

func (q Q) rat() *big.Rat {
	if q.big != nil {
		return q.big
	}
	return big.NewRat(q.n, q.den())
}

// small reports whether products of two parts of q and of another small one, and their sum, fit a word.
func (q Q) small() bool {
	const limit = 1 << 31
	return q.big == nil && q.n < limit && q.n > -limit && q.d < limit
}

// Add is q + p.
func (q Q) Add(p Q) Q {
	if q.small() && p.small() {
		if q.d == 1 && p.d == 1 {
			return Q{n: q.n + p.n, d: 1}
		}
		return Frac(q.n*p.den()+p.n*q.den(), q.den()*p.den())
	}
	return fromBig(new(big.Rat).Add(q.rat(), p.rat()))
}

// Sub is q − p.
func (q Q) Sub(p Q) Q { return q.Add(p.Neg()) }

// Neg is −q.
func (q Q) Neg() Q {
	if q.big != nil {
		return Q{big: new(big.Rat).Neg(q.big)}
	}
	return Q{n: -q.n, d: q.d}
}

// Abs is |q|.
func (q Q) Abs() Q {
	if q.Sign() < 0 {
		return q.Neg()
	}
	return q
}

// Mul is q·p.
func (q Q) Mul(p Q) Q {
	if q.small() && p.small() {
		if q.d == 1 && p.d == 1 {
			return Q{n: q.n * p.n, d: 1}
		}
		return Frac(q.n*p.n, q.den()*p.den())
	}
	return fromBig(new(big.Rat).Mul(q.rat(), p.rat()))
}

// Inv is 1/q; q must not be 0.
func (q Q) Inv() Q {
	if q.big != nil {
		return fromBig(new(big.Rat).Inv(q.big))
	}
	if q.n < 0 {
		return Q{n: -q.den(), d: -q.n}
	}
	return Q{n: q.den(), d: q.n}
}

// Quo is q/p; p must not be 0.
func (q Q) Quo(p Q) Q { return q.Mul(p.Inv()) }

// Sign is -1, 0 or 1.
func (q Q) Sign() int {
	switch {
	case q.big != nil:
		return q.big.Sign()
	case q.n < 0:
		return -1
	case q.n > 0:
		return 1
	}
	return 0
}

// Cmp compares: -1, 0 or 1.
func (q Q) Cmp(p Q) int {
	if q.big == nil && p.big == nil && q.den() == p.den() {
		switch {
		case q.n < p.n:
			return -1
		case q.n > p.n:
			return 1
		}
		return 0
	}
	return q.Sub(p).Sign()
}

// Is reports whether q is the whole number n.
func (q Q) Is(n int64) bool { return q.big == nil && q.n == n && q.den() == 1 }

// IsInt reports whether q is whole.
func (q Q) IsInt() bool { return q.big == nil && q.den() == 1 || q.big != nil && q.big.IsInt() }

// Int64 is q when it is whole and fits.
func (q Q) Int64() (int64, bool) { return q.n, q.big == nil && q.den() == 1 }

// Small gives numerator and denominator when both are below 2^31.
func (q Q) Small() (n, d int64, ok bool) { return q.n, q.den(), q.small() }

// Float is the nearest float64.
func (q Q) Float() float64 {
	if q.big != nil {
		f, _ := q.big.Float64()
		return f
	}
	return float64(q.n) / float64(q.den())
}

// String is the number in lowest terms: -3/4, 12.
func (q Q) String() string { return q.rat().RatString() }

// size is the length of the longer part in bits.
func (q Q) size() int {
	if q.big != nil {
		return max(q.big.Num().BitLen(), q.big.Denom().BitLen())
	}
	return max(bits.Len64(uint64(max(q.n, -q.n))), bits.Len64(uint64(q.den())))
}

// power is q to a whole power; ok is false when it would grow beyond maxBits, or q is 0 and n negative.
func (q Q) power(n int) (Q, bool) {
	if n < 0 {
		if q.Sign() == 0 {
			return Q{}, false
		}
		q, n = q.Inv(), -n
	}
	if (q.size()-1)*n > maxBits {
		return Q{}, false
	}
	out := Int(1)
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			out = out.Mul(q)
		}
		if n > 1 {
			q = q.Mul(q)
		}
	}
	return out, true
}

func gcd(a, b int64) int64 {
	if a < 0 {
		a = -a
	}
	if b < 0 {
		b = -b
	}
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// ParseNumber reads the digits of a tree.Number: "12", "0.50", "0.1(6)".
func ParseNumber(s string) (Q, bool) {
	n, d := int64(0), int64(1)
	point := false
	if len(s) <= 18 {
		for i := range len(s) {
			switch c := s[i]; {
			case c == '.' && !point:
				point = true
			case c >= '0' && c <= '9':
				n = 10*n + int64(c-'0')
				if point {
					d *= 10
				}
			default:
				return parseRepeating(s)
			}
		}
		return Frac(n, d), s != ""
	}
	return parseRepeating(s)
}

// parseRepeating reads long numbers and those with a repeating tail: 0.1(6) is (16 − 1)/90.
func parseRepeating(s string) (Q, bool) {
	if len(s) > 400 {
		return Q{}, false
	}
	for i := range len(s) {
		if s[i] != '(' {
			continue
		}
		tail := s[i+1 : len(s)-1]
		start, ok := new(big.Rat).SetString("0" + s[:i])
		block, also := new(big.Rat).SetString(tail)
		if !ok || !also || s[len(s)-1] != ')' {
			return Q{}, false
		}
		places := 0
		for j := range i {
			if s[j] == '.' {
				places = i - j - 1
			}
		}
		ten := big.NewInt(10)
		nines := new(big.Int).Exp(ten, big.NewInt(int64(len(tail))), nil)
		nines.Sub(nines, big.NewInt(1))
		nines.Mul(nines, new(big.Int).Exp(ten, big.NewInt(int64(places)), nil))
		return fromBig(start.Add(start, block.Quo(block, new(big.Rat).SetInt(nines)))), true
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return Q{}, false
	}
	return fromBig(r), true
}
