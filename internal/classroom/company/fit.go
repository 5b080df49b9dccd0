package company

import (
	"math"

	"kith/internal/fault"
)

// Case is a learner and skill at a moment, with what became of it: Stuck when the next Next answers brought no three in a
// row.
type Case struct {
	Seen  Seen
	Next  int
	Stuck bool
}

// Fit finds the weights under which what became of the cases is likeliest: logistic regression by Newton's method, drawn
// to from as if by pull cases (ridge), so that few cases move it little. Errors: Invalid when a case is, or pull is not
// above 0.
func Fit(cases []Case, from Weights, pull float64) (Weights, error) {
	if math.IsNaN(pull) || pull <= 0 {
		return from, fault.Invalidf("pull", "%v is not above 0", pull)
	}
	rows := make([]Weights, len(cases))
	for i, c := range cases {
		x, err := features(c.Seen, c.Next)
		if err != nil {
			return from, err
		}
		rows[i] = x
	}
	const most, still = 30, 1e-9
	w := from
	for range most {
		var slope Weights
		var curve [Features]Weights
		for i := range w {
			slope[i] = pull * (from[i] - w[i])
			curve[i][i] = pull
		}
		for n := range rows {
			x := &rows[n]
			p := logistic(w.sum(x))
			off := -p
			if cases[n].Stuck {
				off = 1 - p
			}
			for i := range x {
				slope[i] += off * x[i]
				for j := range x {
					curve[i][j] += p * (1 - p) * x[i] * x[j]
				}
			}
		}
		step := solve(curve, slope)
		var moved float64
		for i := range w {
			w[i] += step[i]
			moved = max(moved, math.Abs(step[i]))
		}
		if moved < still {
			break
		}
	}
	return w, nil
}

// solve is a positive definite system by Cholesky.
func solve(a [Features]Weights, b Weights) Weights {
	for i := range a {
		for j := 0; j <= i; j++ {
			sum := a[i][j]
			for k := range j {
				sum -= a[i][k] * a[j][k]
			}
			if i == j {
				a[i][i] = math.Sqrt(sum)
			} else {
				a[i][j] = sum / a[j][j]
			}
		}
	}
	for i := range b {
		for k := range i {
			b[i] -= a[i][k] * b[k]
		}
		b[i] /= a[i][i]
	}
	for i := len(b) - 1; i >= 0; i-- {
		for k := i + 1; k < len(b); k++ {
			b[i] -= a[k][i] * b[k]
		}
		b[i] /= a[i][i]
	}
	return b
}
