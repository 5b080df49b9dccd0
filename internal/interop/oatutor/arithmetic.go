package oatutor

import (
	"errors"
	"math/big"
	"regexp"
	"strings"
)

// The arithmetic of the questions, as far as it takes to see whether a key agrees with its own question: numbers, letters,
// + - × ÷, fractions, whole powers, bars, brackets and roots that come out. Everything else is not worked out, never guessed.

var (
	errNotWorked = errors.New("not worked out")
	errZero      = errors.New("divided by zero")
)

// Bounds of what is worked out.
const (
	maxFormula = 400 // bytes
	maxNested  = 40
	maxPower   = 24
	maxBits    = 400 // of a numerator or denominator
)

// reckoner works a formula out. letters gives the values of its variables.
type reckoner struct {
	s       string
	at      int
	nested  int
	letters map[byte]*big.Rat
	met     map[byte]bool // letters that occurred
}

// plainTeX are signs that say the same.
var plainTeX = strings.NewReplacer(`\left`, "", `\right`, "", `\dfrac`, `\frac`, `\times`, "*", `\cdot`, "*", `\div`, "/", "−", "-",
	`\,`, "", `\ `, "", " ", "", "[", "(", "]", ")", `\$`, "", "$", "")

// reckon works a formula out. met are its letters. Errors: errNotWorked, errZero.
func reckon(formula string, letters map[byte]*big.Rat) (value *big.Rat, met map[byte]bool, err error) {
	if len(formula) > maxFormula {
		return nil, nil, errNotWorked
	}
	s := plainTeX.Replace(formula)
	if strings.Contains(formula, `\sqrt[`) {
		return nil, nil, errNotWorked
	}
	r := &reckoner{s: s, letters: letters, met: map[byte]bool{}}
	value, err = r.sum()
	if err == nil && r.at != len(r.s) {
		err = errNotWorked
	}
	return value, r.met, err
}

func (r *reckoner) peek() byte {
	if r.at < len(r.s) {
		return r.s[r.at]
	}
	return 0
}

func (r *reckoner) take(s string) bool {
	if strings.HasPrefix(r.s[r.at:], s) {
		r.at += len(s)
		return true
	}
	return false
}

func small(v *big.Rat, err error) (*big.Rat, error) {
	if err == nil && (v.Num().BitLen() > maxBits || v.Denom().BitLen() > maxBits) {
		return nil, errNotWorked
	}
	return v, err
}

func (r *reckoner) sum() (*big.Rat, error) {
	if r.nested++; r.nested > maxNested {
		return nil, errNotWorked
	}
	defer func() { r.nested-- }()
	total, err := r.product()
	for err == nil && (r.peek() == '+' || r.peek() == '-') {
		minus := r.peek() == '-'
		r.at++
		var next *big.Rat
		if next, err = r.product(); err != nil {
			break
		}
		if minus {
			next.Neg(next)
		}
		total, err = small(total.Add(total, next), nil)
	}
	return total, err
}

// product is factors with a sign or nothing between them. 2/3x could mean two things, so nothing may follow a quotient
// without a sign.
func (r *reckoner) product() (*big.Rat, error) {
	total, err := r.signed()
	divided := false
	for err == nil {
		var next *big.Rat
		c := r.peek()
		switch {
		case c == '*':
			r.at++
			if next, err = r.signed(); err == nil {
				total.Mul(total, next)
			}
		case c == '/':
			r.at++
			divided = true
			if next, err = r.signed(); err == nil {
				if next.Sign() == 0 {
					return nil, errZero
				}
				total.Quo(total, next)
			}
		case c == '(' || c == '{' || c == '\\' || isLetter(c):
			if divided {
				return nil, errNotWorked
			}
			if next, err = r.power(); err == nil {
				total.Mul(total, next)
			}
		case c >= '0' && c <= '9':
			return nil, errNotWorked // (3)4, x2
		default:
			return small(total, nil)
		}
		total, err = small(total, err)
	}
	return nil, err
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

func (r *reckoner) signed() (*big.Rat, error) {
	if r.nested++; r.nested > maxNested {
		return nil, errNotWorked
	}
	defer func() { r.nested-- }()
	switch r.peek() {
	case '-':
		r.at++
		v, err := r.signed()
		if err != nil {
			return nil, err
		}
		return v.Neg(v), nil
	case '+':
		r.at++
		return r.signed()
	}
	return r.power()
}

// oneThing is what TeX's braces may hold for a power to read as it is meant: {ab}^2 shows as a and b².
var oneThing = regexp.MustCompile(`^\{(?:\d+|[a-zA-Z]|\([^()]*\))\}$`)

func (r *reckoner) power() (*big.Rat, error) {
	from := r.at
	base, err := r.atom()
	if err != nil || r.peek() != '^' {
		return base, err
	}
	if r.s[from] == '{' && !oneThing.MatchString(r.s[from:r.at]) {
		return nil, errNotWorked
	}
	r.at++
	var exponent *big.Rat
	if c := r.peek(); c >= '0' && c <= '9' {
		exponent = big.NewRat(int64(c-'0'), 1) // TeX raises one sign
		r.at++
	} else if exponent, err = r.group('{', '}'); err != nil {
		return nil, err
	}
	if !exponent.IsInt() || exponent.Num().BitLen() > 16 {
		return nil, errNotWorked
	}
	n := exponent.Num().Int64()
	if n > maxPower || n < -maxPower || r.peek() == '^' {
		return nil, errNotWorked
	}
	if n < 0 {
		if base.Sign() == 0 {
			return nil, errZero
		}
		base, n = base.Inv(base), -n
	}
	out := big.NewRat(1, 1)
	for range n {
		if out, err = small(out.Mul(out, base), nil); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// group is what stands between two signs.
func (r *reckoner) group(open, shut byte) (*big.Rat, error) {
	if r.peek() != open {
		return nil, errNotWorked
	}
	r.at++
	v, err := r.sum()
	if err == nil && r.peek() != shut {
		err = errNotWorked
	}
	r.at++
	return v, err
}

func (r *reckoner) atom() (*big.Rat, error) {
	c := r.peek()
	switch {
	case c >= '0' && c <= '9' || c == '.':
		return r.number()
	case c == '(':
		return r.group('(', ')')
	case c == '{':
		return r.group('{', '}')
	case c == '|':
		v, err := r.group('|', '|')
		if err != nil {
			return nil, err
		}
		return v.Abs(v), nil
	case r.take(`\frac`):
		over, err := r.group('{', '}')
		if err != nil {
			return nil, err
		}
		under, err := r.group('{', '}')
		switch {
		case err != nil:
			return nil, err
		case under.Sign() == 0:
			return nil, errZero
		}
		return over.Quo(over, under), nil
	case r.take(`\sqrt`):
		v, err := r.group('{', '}')
		if err != nil {
			return nil, err
		}
		return root(v)
	case isLetter(c):
		r.at++
		r.met[c] = true
		v, ok := r.letters[c]
		if !ok {
			return nil, errNotWorked
		}
		return new(big.Rat).Set(v), nil
	}
	return nil, errNotWorked
}

// number reads digits, with commas before groups of three. What stands before a fraction may be a mixed number: not worked out.
func (r *reckoner) number() (*big.Rat, error) {
	from := r.at
	for c := r.peek(); c >= '0' && c <= '9' || c == '.' || c == ','; c = r.peek() {
		r.at++
	}
	s := r.s[from:r.at]
	if !integer.MatchString(s) && !grouped.MatchString(s) && !decimal.MatchString(s) || strings.HasPrefix(r.s[r.at:], `\frac`) {
		return nil, errNotWorked
	}
	v, ok := new(big.Rat).SetString(strings.ReplaceAll(s, ",", ""))
	if !ok {
		return nil, errNotWorked
	}
	return v, nil
}

// root is a square root that comes out.
func root(v *big.Rat) (*big.Rat, error) {
	if v.Sign() < 0 {
		return nil, errNotWorked
	}
	over, under := new(big.Int).Sqrt(v.Num()), new(big.Int).Sqrt(v.Denom())
	out := new(big.Rat).SetFrac(over, under)
	if new(big.Rat).Mul(out, out).Cmp(v) != 0 {
		return nil, errNotWorked
	}
	return out, nil
}
