package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	"kith/internal/item/algebra"
)

// pair is a key and an answer of which is known whether they are equal, because they were made so.
type pair struct {
	Kind        string `json:"kind"`
	Key, Answer string
	Equal       bool
	Plain       bool // letters, numbers, powers, roots and functions only: what other checkers read too
}

// maker makes pairs. Arithmetic in it is its own, in whole numbers; nothing is taken from the checker.
type maker struct{ *rand.Rand }

// between is a whole number, never 0.
func (m maker) between(lo, hi int) int {
	for {
		if n := lo + m.IntN(hi-lo+1); n != 0 {
			return n
		}
	}
}

// made makes one pair of each kind in turn; every second one is unequal.
func (m maker) made(i int) pair {
	kinds := []func(equal bool) pair{m.product, m.several, m.fractions, m.quotients, m.roots, m.powers, m.logs, m.trig, m.line, m.scaled, m.inequality, m.interval, m.solutions, m.point, m.measure, m.scientific, m.domain, m.surd, m.numeral, m.system}
	p := kinds[i%len(kinds)](i/len(kinds)%2 == 0)
	return p
}

// signed writes n as a term that follows others: "+ 3", "- 3".
func signed(n int) string {
	if n < 0 {
		return fmt.Sprintf("- %d", -n)
	}
	return fmt.Sprintf("+ %d", n)
}

// style writes one text in another syntax that says the same: TeX, or the signs that people paste.
func (m maker) style(s string) string {
	switch m.IntN(4) {
	case 0:
		s = strings.NewReplacer("*", `\cdot `, "(", `\left(`, ")", `\right)`, "<=", `\le `, ">=", `\ge `).Replace(s)
	case 1:
		s = strings.NewReplacer("-", "−", "*", "·", "^2", "²", "^3", "³", "sqrt", "√", "<=", "≤", ">=", "≥").Replace(s)
	case 2:
		s = strings.NewReplacer(" + ", "+", " - ", "-", "^", "**").Replace(s)
	}
	return s
}

// product is linear factors multiplied out.
func (m maker) product(equal bool) pair {
	c := []int{1}
	var factors []string
	for range 2 + m.IntN(2) {
		a, b := m.between(1, 4), m.between(-9, 9)
		next := make([]int, len(c)+1)
		for i, x := range c {
			next[i] += x * b
			next[i+1] += x * a
		}
		c = next
		factors = append(factors, fmt.Sprintf("(%dx %s)", a, signed(b)))
	}
	if !equal {
		c[m.IntN(len(c))] += m.between(-2, 2)
	}
	return pair{"product", polynomial(c), m.style(strings.Join(factors, "")), equal, true}
}

// polynomial writes coefficients from the constant up as a sum.
func polynomial(c []int) string {
	var terms []string
	for i := len(c) - 1; i >= 0; i-- {
		if c[i] == 0 {
			continue
		}
		letters := []string{"", "*x"}[min(i, 1)]
		if i > 1 {
			letters = fmt.Sprintf("*x^%d", i)
		}
		if t := signed(c[i]) + letters; len(terms) == 0 {
			terms = append(terms, strings.TrimPrefix(strings.Replace(t, "- ", "-", 1), "+ "))
		} else {
			terms = append(terms, t)
		}
	}
	if terms == nil {
		return "0"
	}
	return strings.Join(terms, " ")
}

// several is a sum in three letters, its terms parted and turned round.
func (m maker) several(equal bool) pair {
	monomials := []string{"x", "y", "x*y", "x^2", "y^2*z", "z", "x*y*z"}
	m.Shuffle(len(monomials), func(i, j int) { monomials[i], monomials[j] = monomials[j], monomials[i] })
	var key, answer []string
	n := 2 + m.IntN(4)
	odd := m.IntN(n)
	for i := range n {
		a, b := m.between(-6, 6), m.between(-6, 6)
		if a+b != 0 {
			key = append(key, signed(a+b)+"*"+monomials[i])
		}
		if !equal && i == odd {
			b += m.between(-3, 3)
		}
		answer = append(answer, signed(a)+"*"+monomials[i], signed(b)+"*"+monomials[i])
	}
	m.Shuffle(len(answer), func(i, j int) { answer[i], answer[j] = answer[j], answer[i] })
	return pair{"several letters", "0 " + strings.Join(key, " "), m.style("0 " + strings.Join(answer, " ")), equal, true}
}

// fractions are two fractions added.
func (m maker) fractions(equal bool) pair {
	a, b, c, d := m.between(-9, 9), m.between(2, 12), m.between(-9, 9), m.between(2, 12)
	n := a*d + c*b
	if !equal {
		n += m.between(-3, 3)
	}
	return pair{"fractions", fmt.Sprintf("%d/%d %s/%d", a, b, signed(c), d), m.style(fmt.Sprintf("%d/%d", n, b*d)), equal, true}
}

// quotients are a/(x + b) + c/(x + d) over one denominator.
func (m maker) quotients(equal bool) pair {
	a, b, c := m.between(-6, 6), m.between(-6, 6), m.between(-6, 6)
	d := b + m.between(1, 5)
	top, rest := a+c, a*d+c*b
	if !equal {
		rest += m.between(-2, 2)
	}
	return pair{"quotients", fmt.Sprintf("%d/(x %s) %s/(x + (%d))", a, signed(b), signed(c), d), m.style(fmt.Sprintf("(%d*x %s)/((x %s)(x + (%d)))", top, signed(rest), signed(b), d)), equal, true}
}

// roots are k√(m²n), simplified.
func (m maker) roots(equal bool) pair {
	k, s, n := m.between(1, 5), m.between(2, 6), []int{2, 3, 5, 6, 7, 10, 11}[m.IntN(7)]
	c := k * s
	if !equal {
		c += m.between(-2, 2)
	}
	return pair{"roots", fmt.Sprintf("%d*sqrt(%d)", c, n), m.style(fmt.Sprintf("%d*sqrt(%d)", k, s*s*n)), equal, true}
}

// powers are the laws of exponents.
func (m maker) powers(equal bool) pair {
	a, b := m.between(2, 9), m.between(2, 9)
	e, text := a+b, fmt.Sprintf("x^%d*x^%d", a, b)
	switch m.IntN(3) {
	case 1:
		e, text = a*b, fmt.Sprintf("(x^%d)^%d", a, b)
	case 2:
		e, text = a-b, fmt.Sprintf("x^%d/x^%d", a, b)
	}
	if !equal {
		e += m.between(-2, 2)
	}
	return pair{"powers", fmt.Sprintf("x^(%d)", e), m.style(text), equal, true}
}

// logs are the laws of logarithms.
func (m maker) logs(equal bool) pair {
	a, n := m.between(2, 9), m.between(2, 5)
	key, answer := fmt.Sprintf("ln(x) + ln(y) + ln(%d)", a), fmt.Sprintf("ln(%d*x*y)", a)
	if m.IntN(2) == 0 {
		n = 2*n + 1
		key, answer = fmt.Sprintf("%d*ln(x) - ln(y)", n), fmt.Sprintf("ln(x^%d/y)", n)
	}
	if !equal {
		answer += fmt.Sprintf(" + ln(%d)", m.between(2, 5))
	}
	return pair{"logarithms", key, m.style(answer), equal, true}
}

// trig are identities with a linear argument.
func (m maker) trig(equal bool) pair {
	t := fmt.Sprintf("(%d*x)", m.between(1, 5))
	ids := [][2]string{{"sin" + t + "^2 + cos" + t + "^2", "1"}, {"2*sin" + t + "*cos" + t, "sin(2*" + t + ")"}, {"cos" + t + "^2 - sin" + t + "^2", "cos(2*" + t + ")"}, {"1 - 2*sin" + t + "^2", "cos(2*" + t + ")"}, {"tan" + t, "sin" + t + "/cos" + t}, {"sin(-" + t + ")", "-sin" + t}}
	id := ids[m.IntN(len(ids))]
	if !equal {
		id[1] = fmt.Sprintf("%s + 1/%d", id[1], m.between(2, 40))
	}
	return pair{"trigonometry", id[0], id[1], equal, true}
}

// line is y = mx + b in standard form.
func (m maker) line(equal bool) pair {
	a, b, k := m.between(-9, 9), m.between(-9, 9), m.between(-4, 4)
	c := k * b
	if !equal {
		c += m.between(-3, 3)
	}
	return pair{"lines", fmt.Sprintf("y = %d*x %s", a, signed(b)), m.style(fmt.Sprintf("%d*y %s*x = %d", k, signed(-k*a), c)), equal, false}
}

// scaled is an equation multiplied by a number on both sides, terms moved across.
func (m maker) scaled(equal bool) pair {
	a, b, c, k := m.between(-9, 9), m.between(-9, 9), m.between(-9, 9), m.between(-5, 5)
	rest := k * (b - c)
	if !equal {
		rest += m.between(-3, 3)
	}
	return pair{"equations", fmt.Sprintf("%d*x^2 %s = %d", a, signed(b), c), m.style(fmt.Sprintf("%d*x^2 %s = 0", k*a, signed(rest))), equal, false}
}

// inequality is ax + b < c and the interval or the bound that solves it; unequal ones have the sign, the end or the bound
// changed.
func (m maker) inequality(equal bool) pair {
	a, at, b := m.between(-5, 5), m.between(-9, 9), m.between(-9, 9)
	sign := []string{"<", "<=", ">", ">="}[m.IntN(4)]
	solved := sign
	if a < 0 {
		solved = map[string]string{"<": ">", "<=": ">=", ">": "<", ">=": "<="}[sign]
	}
	c, bound := a*at+b, at
	if !equal {
		switch m.IntN(3) {
		case 0:
			solved = map[string]string{"<": ">", "<=": ">=", ">": "<", ">=": "<="}[solved]
		case 1:
			solved = map[string]string{"<": "<=", "<=": "<", ">": ">=", ">=": ">"}[solved]
		default:
			bound += m.between(-2, 2)
		}
	}
	answer := fmt.Sprintf("x %s %d", solved, bound)
	if m.IntN(2) == 0 {
		answer = fmt.Sprintf(map[string]string{"<": "(-inf, %d)", "<=": "(-inf, %d]", ">": "(%d, inf)", ">=": "[%d, inf)"}[solved], bound)
	}
	return pair{"inequalities", fmt.Sprintf("%d*x %s %s %d", a, signed(b), sign, c), m.style(answer), equal, false}
}

// interval is a chain and the interval that it says.
func (m maker) interval(equal bool) pair {
	lo := m.between(-9, 5)
	hi := lo + m.between(1, 8)
	l, r := m.IntN(2), m.IntN(2)
	chain := fmt.Sprintf("%d %s x %s %d", lo, []string{"<", "<="}[l], []string{"<", "<="}[r], hi)
	if !equal {
		switch m.IntN(3) {
		case 0:
			l = 1 - l
		case 1:
			r = 1 - r
		default:
			hi++
		}
	}
	return pair{"intervals", chain, fmt.Sprintf("%s%d, %d%s", []string{"(", "["}[l], lo, hi, []string{")", "]"}[r]), equal, false}
}

// solutions are the same in another order and another way of writing.
func (m maker) solutions(equal bool) pair {
	a, b := m.between(-9, 9), m.between(-9, 9)
	if a == b {
		b++
	}
	key := fmt.Sprintf("x = %d or x = %d", a, b)
	if !equal {
		b += m.between(1, 3)
		if a == b {
			b++
		}
	}
	return pair{"solutions", key, fmt.Sprintf([]string{"{%d, %d}", "x = %d, x = %d", "%d, %d", "x = %d or %d"}[m.IntN(4)], b, a), equal, false}
}

func (m maker) point(equal bool) pair {
	a, b := m.between(-9, 9), m.between(-9, 9)
	if a == b {
		b++
	}
	key := fmt.Sprintf("(%d, %d)", a, b)
	if !equal {
		a, b = b, a
	}
	return pair{"points", key, fmt.Sprintf([]string{"(%d, %d)", "x = %d, y = %d", "( %d ; %d )"}[m.IntN(3)], a, b), equal, false}
}

// measure is one length, mass, time or volume in two units.
func (m maker) measure(equal bool) pair {
	u := [][3]any{{"m", "cm", 100}, {"km", "m", 1000}, {"kg", "g", 1000}, {"h", "min", 60}, {"L", "mL", 1000}, {"ft", "in", 12}, {"yd", "ft", 3}, {"lb", "oz", 16}}[m.IntN(8)]
	n := m.between(1, 40)
	v := n * u[2].(int)
	if !equal {
		v += m.between(-3, 3)
	}
	return pair{"measures", fmt.Sprintf("%d %s", n, u[0]), fmt.Sprintf("%d %s", v, u[1]), equal, false}
}

func (m maker) scientific(equal bool) pair {
	a, e := 10+m.IntN(90), m.between(3, 9)
	whole := fmt.Sprintf("%d%s", a, strings.Repeat("0", e-1))
	if !equal {
		e++
	}
	return pair{"scientific", whole, fmt.Sprintf([]string{"%d.%d*10^%d", "%d.%d x 10^%d", `%d.%d\times10^{%d}`, "%d.%de%d"}[m.IntN(4)], a/10, a%10, e), equal, false}
}

// domain are identities that hold for all numbers, and those that hold for some.
func (m maker) domain(equal bool) pair {
	a := m.between(1, 9)
	if equal {
		return pair{"domains", fmt.Sprintf("%d*|x|", a), fmt.Sprintf([]string{"sqrt(%d*x^2)", "|sqrt(%d)*x|"}[m.IntN(2)], a*a), true, false}
	}
	return pair{"domains", fmt.Sprintf("%d*x", a), fmt.Sprintf("sqrt(%d*x^2)", a*a), false, true}
}

// surd is (a + b√c)² multiplied out.
func (m maker) surd(equal bool) pair {
	a, b, c := m.between(-6, 6), m.between(-4, 4), []int{2, 3, 5, 7}[m.IntN(4)]
	whole, part := a*a+b*b*c, 2*a*b
	if !equal {
		whole += m.between(-3, 3)
	}
	return pair{"surds", fmt.Sprintf("(%d %s*sqrt(%d))^2", a, signed(b), c), m.style(fmt.Sprintf("%d %s*sqrt(%d)", whole, signed(part), c)), equal, true}
}

// numeral is a decimal as a fraction, a mixed number or a percentage.
func (m maker) numeral(equal bool) pair {
	n := 1 + m.IntN(999)
	key := fmt.Sprintf("%d.%02d", n/100, n%100)
	if !equal {
		n += m.between(1, 9)
	}
	switch m.IntN(3) {
	case 0:
		return pair{"numerals", key, fmt.Sprintf("%d%%", n), equal, false}
	case 1:
		if n%100 != 0 && n > 100 {
			return pair{"numerals", key, fmt.Sprintf("%d %d/100", n/100, n%100), equal, false}
		}
	}
	return pair{"numerals", key, fmt.Sprintf("%d/100", n), equal, false}
}

// system is two equations in the other order, one of them scaled.
func (m maker) system(equal bool) pair {
	a, b, c, d, k := m.between(-5, 5), m.between(-5, 5), m.between(-9, 9), m.between(-9, 9), m.between(2, 4)
	key := fmt.Sprintf("%d*x %s*y = %d, x - y = %d", a, signed(b), c, d)
	c *= k
	if !equal {
		c += m.between(-3, 3)
	}
	return pair{"systems", key, fmt.Sprintf("x - y = %d, %d*x %s*y = %d", d, k*a, signed(k*b), c), equal, false}
}

// reportMade judges pairs that are equal or unequal by construction.
func reportMade(out io.Writer, n int, seed uint64) {
	m := maker{rand.New(rand.NewPCG(seed, 7))}
	type tally struct{ pairs, equal, falseAccept, falseReject int }
	kinds := map[string]*tally{}
	var micros []float64
	var bad []pair
	var total tally
	cpu := processorTime()
	var peak runtime.MemStats
	for i := range n {
		p := m.made(i)
		began := time.Now()
		k, err := algebra.NewKey(algebra.Ask{Key: p.Key})
		outcome := algebra.Unreadable
		if err == nil {
			outcome = k.Check(p.Answer).Outcome
		}
		micros = append(micros, float64(time.Since(began).Nanoseconds())/1000)
		t := kinds[p.Kind]
		if t == nil {
			t = &tally{}
			kinds[p.Kind] = t
		}
		t.pairs++
		if p.Equal {
			t.equal++
		}
		switch {
		case p.Equal && outcome != algebra.Right:
			t.falseReject++
			bad = append(bad, p)
		case !p.Equal && outcome != algebra.NotYet:
			t.falseAccept++
			bad = append(bad, p)
		}
	}
	cpu = processorTime() - cpu
	runtime.ReadMemStats(&peak)
	fmt.Fprintf(out, "## Pairs that are equal or unequal by construction\n\n%d pairs, seed %d.\n\n| kind | pairs | equal | false accepts | false rejects |\n| --- | ---: | ---: | ---: | ---: |\n", n, seed)
	names := make([]string, 0, len(kinds))
	for k := range kinds {
		names = append(names, k)
	}
	slices.Sort(names)
	for _, k := range names {
		t := kinds[k]
		fmt.Fprintf(out, "| %s | %d | %d | %d | %d |\n", k, t.pairs, t.equal, t.falseAccept, t.falseReject)
		total.equal, total.falseAccept, total.falseReject = total.equal+t.equal, total.falseAccept+t.falseAccept, total.falseReject+t.falseReject
	}
	fmt.Fprintf(out, "| all | %d | %d | %d | %d |\n\n", n, total.equal, total.falseAccept, total.falseReject)
	for _, p := range bad[:min(len(bad), 30)] {
		fmt.Fprintf(out, "- %s: `%s` and `%s`, equal: %v\n", p.Kind, p.Key, p.Answer, p.Equal)
	}
	fmt.Fprintf(out, "A check, reading the key included: median %.1f µs, 99th percentile %.0f µs of the clock; %.1f µs of processor time on average. The heap was %d MiB at most.\n",
		quantile(micros, 0.5), quantile(micros, 0.99), float64(cpu.Microseconds())/float64(n), peak.HeapSys>>20)
}

// processorTime is what this process has used.
func processorTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
