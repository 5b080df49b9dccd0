package near

import (
	"slices"

	"kith/internal/item/algebra/exact"
)

// maxTerms bounds the sums in which slips of single terms are looked for.
const maxTerms = 8

// terms names slips that show between the terms of two sums.
func terms(f *exact.Field, k, a exact.Value) Miss {
	ks, ok := f.Terms(k)
	as, also := f.Terms(a)
	if !ok || !also || len(ks) > maxTerms || len(as) > maxTerms || f.Constant(k) && f.Constant(a) && len(ks) == 1 && len(as) == 1 {
		return None
	}
	t := termwise{f: f, k: k, a: a, ks: ks, as: as}
	for _, look := range []func() Miss{t.exponents, t.squared, t.distributed, t.signs, t.missing, t.swapped, t.combined, t.oneTerm} {
		if m := look(); m != None {
			return m
		}
	}
	return None
}

// termwise is a key and an answer as sums.
type termwise struct {
	f      *exact.Field
	k, a   exact.Value
	ks, as []exact.Term
}

func (t *termwise) is(v exact.Value) bool { return t.f.Equal(v, t.a) }

// like finds the term of the answer that differs from a term of the key by its coefficient at most.
func (t *termwise) like(x exact.Term) int { return slices.IndexFunc(t.as, x.Like) }

// exponents compares two single terms with one coefficient and the same letters.
func (t *termwise) exponents() Miss {
	if len(t.ks) != 1 || len(t.as) != 1 || !t.f.Equal(t.ks[0].Coef, t.as[0].Coef) || len(t.ks[0].Factors) != len(t.as[0].Factors) || len(t.ks[0].Factors) == 0 {
		return None
	}
	differ, n, m := 0, int32(0), int32(0)
	for i, x := range t.ks[0].Factors {
		y := t.as[0].Factors[i]
		if x.Named == "" || x.Named != y.Named {
			return None
		}
		if x.N != y.N || x.D != y.D {
			if x.D != 1 || y.D != 1 {
				return Exponent
			}
			differ, n, m = differ+1, x.N, y.N
		}
	}
	if differ > 1 {
		return Exponent
	}
	for p := int32(2); p <= 40; p++ {
		for q := p; q <= 40; q++ {
			switch {
			case n == p+q && m == p*q && n != m:
				return MultipliedExponent
			case n == p*q && m == p+q && n != m:
				return AddedExponents
			}
		}
	}
	return Exponent
}

// squared is (a + b)² without its middle term.
func (t *termwise) squared() Miss {
	if len(t.ks) != 3 || len(t.as) != 2 {
		return None
	}
	one := func(x exact.Term) exact.Value { return t.f.OfTerms([]exact.Term{x}) }
	for i := range t.ks {
		cross, x, y := one(t.ks[i]), one(t.ks[(i+1)%3]), one(t.ks[(i+2)%3])
		if !t.f.Equal(t.f.Mul(cross, cross), t.f.Mul(t.f.Mul(x, y), exact.OfQ(exact.Int(4)))) {
			continue
		}
		if t.is(t.f.Add(x, y)) || t.is(t.f.Sub(x, y)) || t.is(t.f.Sub(y, x)) {
			return SquaredTermwise
		}
	}
	return None
}

// distributed is c·(p + q) with only one of the terms multiplied; c may be a number, letters, or both.
func (t *termwise) distributed() Miss {
	if len(t.ks) < 2 || len(t.ks) > 5 || !t.f.Polynomial(t.k) {
		return None
	}
	letters := t.f.Common(t.k)
	factors := []exact.Value{}
	for _, d := range append([]int64{1}, exact.Divisors(t.f.Content(t.k), 200)...) {
		n := exact.OfQ(exact.Int(d))
		if d > 1 {
			factors = append(factors, n)
		}
		if !t.f.Constant(letters) {
			factors = append(factors, t.f.Mul(n, letters))
		}
	}
	for _, c := range factors {
		for _, s := range []int64{1, -1} {
			c := t.f.Mul(c, exact.OfQ(exact.Int(s)))
			inside, err := t.f.Quo(t.k, c)
			if err != nil {
				continue
			}
			ps, ok := t.f.Terms(inside)
			if !ok {
				continue
			}
			for _, p := range ps { // inside + (c − 1)·p
				one := t.f.OfTerms([]exact.Term{p})
				if t.is(t.f.Add(inside, t.f.Sub(t.f.Mul(c, one), one))) {
					return DistributedOnce
				}
			}
		}
	}
	return None
}

// signs is the key with the sign of some terms turned. All but the first of a sum that begins with a minus: the minus
// before a bracket reached only its first term.
func (t *termwise) signs() Miss {
	if len(t.ks) != len(t.as) {
		return None
	}
	var turned []int
	for i, x := range t.ks {
		n := t.like(x)
		if n < 0 {
			return None
		}
		switch {
		case t.f.Equal(x.Coef, t.as[n].Coef):
		case t.f.Add(x.Coef, t.as[n].Coef).Zero():
			turned = append(turned, i)
		default:
			return None
		}
	}
	q, ok := t.ks[0].Coef.Rational()
	if len(t.ks) > 2 && len(turned) == len(t.ks)-1 && turned[0] == 1 && ok && q.Sign() < 0 {
		return DroppedNegative
	}
	return Sign
}

// missing is the key without one term, or with one too many.
func (t *termwise) missing() Miss {
	d := t.f.Sub(t.k, t.a)
	ds, ok := t.f.Terms(d)
	if !ok || len(ds) != 1 {
		return None
	}
	switch {
	case len(t.as) == len(t.ks)-1 && len(ds[0].Factors) == 0:
		return MissingConstant
	case len(t.as) == len(t.ks)-1:
		return MissingTerm
	case len(t.as) == len(t.ks)+1:
		return ExtraTerm
	}
	return None
}

// swapped is the key with the coefficients of two terms exchanged.
func (t *termwise) swapped() Miss {
	if len(t.ks) != len(t.as) {
		return None
	}
	var differ []int
	for i, x := range t.ks {
		n := t.like(x)
		if n < 0 {
			return None
		}
		if !t.f.Equal(x.Coef, t.as[n].Coef) {
			differ = append(differ, i)
		}
	}
	if len(differ) != 2 {
		return None
	}
	x, y := t.ks[differ[0]], t.ks[differ[1]]
	if t.f.Equal(x.Coef, t.as[t.like(y)].Coef) && t.f.Equal(y.Coef, t.as[t.like(x)].Coef) {
		return SwappedTerms
	}
	return None
}

// combined is the key with two unlike terms made into one, whose coefficient is their sum: 2x + 3 as 5x, 3x + 4y as 7xy.
func (t *termwise) combined() Miss {
	if len(t.as) != len(t.ks)-1 {
		return None
	}
	for i := range t.ks {
		for n := i + 1; n < len(t.ks); n++ {
			rest := t.f.Sub(t.a, t.f.Sub(t.k, t.f.OfTerms([]exact.Term{t.ks[i], t.ks[n]})))
			rs, ok := t.f.Terms(rest)
			if ok && len(rs) == 1 && t.f.Equal(rs[0].Coef, t.f.Add(t.ks[i].Coef, t.ks[n].Coef)) && len(rs[0].Factors) > 0 {
				return CombinedUnlike
			}
		}
	}
	return None
}

// oneTerm is the key with one coefficient, or the letters of one term, changed.
func (t *termwise) oneTerm() Miss {
	if len(t.ks) != len(t.as) || len(t.ks) < 2 {
		return None
	}
	alike := 0
	for _, x := range t.ks {
		if n := t.like(x); n >= 0 && t.f.Equal(x.Coef, t.as[n].Coef) {
			alike++
		}
	}
	if alike == len(t.ks)-1 {
		return OneTerm
	}
	return None
}
