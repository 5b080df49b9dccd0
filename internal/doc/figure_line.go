package doc

import (
	"math"
	"strings"
)

// numberline draws a line of numbers from=A to=B, one every step (a round distance unless given), with points "1/2,3" and
// intervals spans="[2:5);(:3]": a bracket says whether an end belongs to it, an empty end goes on.
func numberline(a *args) picture {
	const far = 1e6
	from, to := a.numberOf("from", a.text("from", false), -far, far), a.numberOf("to", a.text("to", false), -far, far)
	if a.err == nil && to-from < 1e-6 {
		a.fail("to", "range", "min", num(from), "max", num(far), "value", num(to))
	}
	by := step(to - from)
	if a.has("step") {
		if by = a.numberOf("step", a.text("step", false), 1e-6, far); a.err == nil && (to-from)/by > 40 {
			a.fail("step", "range", "min", num((to-from)/40), "max", num(to-from), "value", num(by))
		}
	}
	label := a.label("label", 30)
	if a.err != nil {
		return picture{}
	}
	const edge, w, y = 22.0, 320.0, 26.0
	x := func(v float64) float64 { return edge + (v-from)/(to-from)*(w-2*edge) }
	p := picture{w: w, h: y + 30}
	p.c = []El{stroke("fig-line", 6, y, w-6, y), polyline("fig-line", 12, y-5, 5, y, 12, y+5), polyline("fig-line", w-12, y-5, w-5, y, w-12, y+5)}
	fraction := strings.Contains(a.text("step", false), "/")
	last := -far
	for k := math.Ceil(from/by - 1e-9); k*by <= to+1e-9; k++ {
		v := k * by
		s := tick(v)
		if fraction {
			s = asFraction(v)
		}
		p.c = append(p.c, stroke("fig-thin", x(v), y-7, x(v), y+7))
		if x(v)-wide(s)/2 > last+3 { // numbers that would touch are left out
			p.c = append(p.c, word("fig-small", "middle", x(v), y+24, s))
			last = x(v) + wide(s)/2
		}
	}
	if label != "" {
		p.h += 18
		p.c = append(p.c, word("fig-name", "middle", w/2, p.h-6, label))
	}
	p.c = append(p.c, a.spans(from, to, y, x)...)
	if a.has("points") {
		for _, s := range a.list("points", 1, 12, false) {
			v := a.numberOf("points", s, -far, far)
			if a.err == nil && (v < from || v > to) {
				a.fail("points", "range", "min", num(from), "max", num(to), "value", clip(s))
			}
			p.c = append(p.c, circle("fig-point", x(v), y, 6))
			if k := v / by; math.Abs(k-math.Round(k)) > 1e-6 { // what the alternative text says must be there to see
				said := tick(v)
				if strings.Contains(s, "/") {
					said = asFraction(v)
				}
				p.c = append(p.c, word("fig-small fig-halo", "middle", x(v), y-11, said))
			}
		}
	}
	return p
}

// asFraction writes a number that is a fraction with a small bottom without decimals.
func asFraction(v float64) string {
	for d := 1.0; d <= 60; d++ {
		if n := v * d; math.Abs(n-math.Round(n)) < 1e-6 {
			if d == 1 {
				return tick(math.Round(n))
			}
			return tick(math.Round(n)) + "/" + tick(d)
		}
	}
	return tick(v)
}

// spans draws intervals as thick strokes with filled or open ends, and an arrow where one goes on.
func (a *args) spans(from, to, y float64, x func(float64) float64) (els []El) {
	if !a.has("spans") {
		return nil
	}
	for _, s := range strings.Split(a.text("spans", false), ";") {
		s = strings.TrimSpace(s)
		low, high, ok := strings.Cut(s, ":")
		if !ok || len(low) < 1 || len(high) < 1 || !strings.Contains("[(", low[:1]) || !strings.Contains("])", high[len(high)-1:]) {
			a.fail("spans", "part", "value", clip(s), "form", "[2:5)")
			return nil
		}
		ends := [2]float64{x(from) - 16, x(to) + 16}
		var marks []El
		for i, e := range []struct {
			text   string
			closed bool
		}{{low[1:], low[0] == '['}, {high[:len(high)-1], strings.HasSuffix(high, "]")}} {
			if e.text == "" {
				way := float64(1 - 2*i)
				marks = append(marks, polyline("fig-stick", ends[i]+9*way, y-7, ends[i], y, ends[i]+9*way, y+7))
				continue
			}
			v := a.numberOf("spans", e.text, from, to)
			ends[i] = x(v)
			class := "fig-point"
			if !e.closed {
				class = "fig-end"
			}
			marks = append(marks, circle(class, ends[i], y, 6))
		}
		els = append(append(els, stroke("fig-stick", ends[0], y, ends[1], y)), marks...)
	}
	return els
}
