package item

import (
	"math/big"

	"kith/internal/item/expr"
)

// Bounds on what one name may be drawn from.
const (
	maxOf    = 200
	maxRange = 1_000_000
)

// sound refuses a parameter that nothing can be drawn from.
func (p Param) sound() error {
	switch {
	case !expr.IsName(p.Name):
		return &misplaced{"draw " + p.Name, &expr.Error{Problem: expr.Syntax, Src: p.Name, At: 1, Detail: p.Name}}
	case len(p.Of) > 0 && (p.From != 0 || p.To != 0 || p.Step != 0), len(p.Of) > maxOf, p.Step < 0, p.From > p.To,
		len(p.Of) == 0 && p.From == 0 && p.To == 0, p.From < -maxRange, p.To > maxRange:
		return &unsound{p.Name}
	}
	return nil
}

// unsound says that a name has no range that can be drawn from.
type unsound struct{ name string }

func (u *unsound) Error() string { return "draw " + u.name + ": nothing to draw from" }

func (p Param) step() int64 {
	if p.Step == 0 {
		return 1
	}
	return p.Step
}

// count is how many values there are; p is sound.
func (p Param) count() uint64 {
	if len(p.Of) > 0 {
		return uint64(len(p.Of))
	}
	return uint64((p.To-p.From)/p.step()) + 1
}

// value is the nth of them. A list is of numbers if every entry is one, else of texts.
func (p Param) value(n uint64) expr.Value {
	if len(p.Of) == 0 {
		return expr.Number(big.NewRat(p.From+int64(n)*p.step(), 1))
	}
	if p.numbers() {
		r, _ := expr.ReadNumber(p.Of[n])
		return expr.Number(r)
	}
	return expr.Text(p.Of[n])
}

func (p Param) numbers() bool {
	for _, s := range p.Of {
		if _, ok := expr.ReadNumber(s); !ok {
			return false
		}
	}
	return true
}

// find reads a stored value back, if it is one that p can have.
func (p Param) find(s string) (expr.Value, bool) {
	if len(p.Of) > 0 {
		for i := range p.Of {
			if v := p.value(uint64(i)); v.String() == s {
				return v, true
			}
		}
		return expr.Value{}, false
	}
	r, ok := expr.ReadNumber(s)
	if !ok || !r.IsInt() || !r.Num().IsInt64() {
		return expr.Value{}, false
	}
	n := r.Num().Int64()
	if n < p.From || n > p.To || (n-p.From)%p.step() != 0 {
		return expr.Value{}, false
	}
	return expr.Number(r), true
}
