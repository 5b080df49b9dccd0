package doc

import (
	"math"
	"strconv"
	"strings"
)

// lineClasses tell up to four lines apart by their dashes.
var lineClasses = []string{"fig-plot fig-plot1", "fig-plot fig-plot2", "fig-plot fig-plot3", "fig-plot fig-plot4"}

// field is a plane's window and where it stands in the picture.
type field struct{ x0, x1, y0, y1, left, top, w, h float64 }

func (f field) x(v float64) float64 { return f.left + (v-f.x0)/(f.x1-f.x0)*f.w }
func (f field) y(v float64) float64 { return f.top + f.h - (v-f.y0)/(f.y1-f.y0)*f.h }

// plane draws axes from xmin to xmax and ymin to ymax (the minima are 0 unless given), then lines "m:b;m:b" (y = mx + b,
// cut off at the window, told apart by their dashes and by names="A,B"), points "x:y,x:y" and step triangles
// "x1:y1:x2:y2" (along, then up).
func plane(a *args) picture {
	get := func(arg string, lo, hi float64) float64 {
		if !a.has(arg) {
			return 0
		}
		return a.numberOf(arg, a.text(arg, false), lo, hi)
	}
	const far = 1e6
	f := field{left: 44, top: 30, w: 260, h: 230}
	f.x0, f.x1 = get("xmin", -far, 0), get("xmax", 0.01, far)
	f.y0, f.y1 = get("ymin", -far, 0), get("ymax", 0.01, far)
	lines := a.tuples("lines", "m:b", 2, len(lineClasses))
	points := a.tuples("points", "x:y", 2, 30)
	triangles := a.tuples("triangles", "x1:y1:x2:y2", 4, 6)
	var labels []string
	if a.has("names") {
		labels = a.list("names", len(lines), len(lines), true)
		for _, l := range labels {
			if len([]rune(l)) > 3 { // there is room for a letter, not for a word
				a.fail("names", "long", "max", 3)
			}
		}
	}
	for _, p := range append(pairs(triangles), points...) {
		if p[0] < f.x0 || p[0] > f.x1 || p[1] < f.y0 || p[1] > f.y1 {
			a.fail("points", "outside", "x", num(p[0]), "y", num(p[1]))
		}
	}
	xlabel, ylabel := a.label("xlabel", 30), a.label("ylabel", 30)
	if a.err != nil {
		return picture{}
	}
	if f.x0 == 0 { // the numbers of the upright axis stand left of the window
		for _, v := range rounds(f.y0, f.y1) {
			f.left = max(f.left, 14+wide(tick(v)))
		}
	}
	p := picture{w: f.left + f.w + 28, h: f.top + f.h + 46}
	p.c = f.axes()
	for _, t := range triangles {
		p.c = append(p.c, polygon("fig-step", f.x(t[0]), f.y(t[1]), f.x(t[2]), f.y(t[1]), f.x(t[2]), f.y(t[3])))
	}
	for i, l := range lines {
		e, x, y, ok := f.plot(l[0], l[1], lineClasses[i])
		if !ok {
			a.fail("lines", "outside", "x", num(l[0]), "y", num(l[1]))
			return picture{}
		}
		p.c = append(p.c, e)
		if labels != nil {
			p.c = append(p.c, f.name(x, y, labels[i]))
		}
	}
	p.c = append(p.c, f.numbers()...)
	for _, q := range points {
		p.c = append(p.c, f.point(q[0], q[1])...)
	}
	xa, ya := word("fig-name", "end", f.left+f.w+8, p.h-6, xlabel), word("fig-name", "start", 6, 16, ylabel)
	if f.y0 < 0 { // the axes' names stand at their ends; that is below and left of the window only when they do
		xa = word("fig-name fig-halo", "end", f.left+f.w+14, f.y(0)-10, xlabel)
		p.h -= 24
	}
	if f.x0 < 0 {
		ya = word("fig-name fig-halo", "start", f.x(0)+12, f.top-8, ylabel)
	}
	p.c = append(p.c, xa, ya)
	p.w = max(p.w, 12+wide(ylabel))
	return p
}

func pairs(triangles [][]float64) [][]float64 {
	var out [][]float64
	for _, t := range triangles {
		out = append(out, t[:2], t[2:])
	}
	return out
}

func num(f float64) string { return strconv.FormatFloat(f, 'g', 6, 64) }

// tuples reads "1:2;3:4" (or with commas) as lists of n numbers each; form is how a refusal shows one.
func (a *args) tuples(arg, form string, n, most int) [][]float64 {
	if !a.has(arg) {
		return nil
	}
	var out [][]float64
	for _, s := range strings.FieldsFunc(a.text(arg, false), func(r rune) bool { return r == ';' || r == ',' }) {
		parts := strings.Split(s, ":")
		if len(parts) != n {
			a.fail(arg, "part", "value", clip(s), "form", form)
			return nil
		}
		t := make([]float64, n)
		for i, v := range parts {
			t[i] = a.numberOf(arg, v, -1e6, 1e6)
		}
		out = append(out, t)
	}
	if len(out) < 1 || len(out) > most {
		a.fail(arg, "count", "min", 1, "max", most)
		return nil
	}
	return out
}

// step is a round distance between the numbers of an axis, so that there are at most 10 of them.
func step(span float64) float64 {
	s := math.Pow(10, math.Floor(math.Log10(span/10)))
	for _, k := range []float64{1, 2, 5, 10, 20} {
		if span/(s*k) <= 10+1e-9 {
			return s * k
		}
	}
	return s * 50
}

// rounds lists the round numbers from lo to hi that an axis shows.
func rounds(lo, hi float64) []float64 {
	s := step(hi - lo)
	var out []float64
	for i := math.Ceil(lo/s - 1e-9); i*s <= hi+1e-9*s; i++ {
		out = append(out, i*s)
	}
	return out
}

// axes draws the grid and the axes with arrows.
func (f field) axes() []El {
	var els []El
	for _, v := range rounds(f.x0, f.x1) {
		els = append(els, stroke("fig-grid", f.x(v), f.top, f.x(v), f.top+f.h))
	}
	for _, v := range rounds(f.y0, f.y1) {
		els = append(els, stroke("fig-grid", f.left, f.y(v), f.left+f.w, f.y(v)))
	}
	ox, oy, r, t := f.x(0), f.y(0), f.left+f.w+10, f.top-10
	return append(els,
		stroke("fig-line", f.left, oy, r, oy), polyline("fig-line", r-7, oy-5, r, oy, r-7, oy+5),
		stroke("fig-line", ox, f.top+f.h, ox, t), polyline("fig-line", ox-5, t+7, ox, t, ox+5, t+7))
}

// numbers writes the axes' numbers; 0 once, at the corner, and not where the axes cross inside.
func (f field) numbers() []El {
	var els []El
	for _, v := range rounds(f.x0, f.x1) {
		if v != 0 || f.x0 == 0 && f.y0 == 0 {
			els = append(els, word("fig-small fig-halo", "middle", f.x(v), f.y(0)+17, tick(v)))
		}
	}
	for _, v := range rounds(f.y0, f.y1) {
		if v != 0 {
			els = append(els, word("fig-small fig-halo", "end", f.x(0)-7, f.y(v)+4, tick(v)))
		}
	}
	return els
}

func tick(v float64) string {
	s := strconv.FormatFloat(math.Round(v*1e6)/1e6+0, 'f', -1, 64) // + 0 turns −0 into 0
	return strings.Replace(s, "-", minus, 1)
}

// plot draws y = mx + b inside the window, and gives the end on the right for its name. ok is false when the line does
// not cross the window.
func (f field) plot(m, b float64, class string) (e El, x, y float64, ok bool) {
	lo, hi := f.x0, f.x1
	if m != 0 {
		p, q := (f.y0-b)/m, (f.y1-b)/m
		lo, hi = max(lo, min(p, q)), min(hi, max(p, q))
	} else if b < f.y0 || b > f.y1 {
		return El{}, 0, 0, false
	}
	if lo >= hi {
		return El{}, 0, 0, false
	}
	x, y = f.x(hi), f.y(m*hi+b)
	return stroke(class, f.x(lo), f.y(m*lo+b), x, y), x, y, true
}

// point is a dot. Where the grid does not show both its numbers, they stand beside it: what the alternative text says
// must be there to see.
func (f field) point(x, y float64) []El {
	els := []El{circle("fig-point", f.x(x), f.y(y), 5)}
	if onGrid(x, f.x1-f.x0) && onGrid(y, f.y1-f.y0) {
		return els
	}
	s := "(" + tick(x) + ", " + tick(y) + ")"
	if f.x(x)+9+wide(s) > f.left+f.w+20 {
		return append(els, word("fig-small fig-halo", "end", f.x(x)-9, f.y(y)-6, s))
	}
	return append(els, word("fig-small fig-halo", "start", f.x(x)+9, f.y(y)+15, s))
}

func onGrid(v, span float64) bool {
	k := v / step(span)
	return math.Abs(k-math.Round(k)) < 1e-6
}

// name stands beside a line's right end: right of it at the right edge, above it at the top, else above the lower edge.
func (f field) name(x, y float64, s string) El {
	switch {
	case x > f.left+f.w-1:
		return word("fig-name fig-halo", "start", x+7, y+5, s)
	case y < f.top+1:
		return word("fig-name fig-halo", "middle", x, y-6, s)
	}
	return word("fig-name fig-halo", "start", x+6, y-8, s)
}

// ramp draws steps rise=1 run=12: a ramp to scale with its rise and run marked. riselabel and runlabel stand in the place
// of the bare numbers.
func ramp(a *args) picture {
	rise := a.numberOf("rise", a.text("rise", false), 0.001, 1e5)
	run := a.numberOf("run", a.text("run", false), 0.001, 1e5)
	if a.err == nil && (rise/run < 1.0/40 || rise/run > 4) {
		a.fail("rise", "range", "min", num(run/40), "max", num(run*4), "value", num(rise))
	}
	up, along := a.text("rise", true), a.text("run", true)
	if a.has("riselabel") {
		up = a.label("riselabel", 24)
	}
	if a.has("runlabel") {
		along = a.label("runlabel", 24)
	}
	if a.err != nil {
		return picture{}
	}
	k := min(240/run, 180/rise)
	w, h := run*k, rise*k
	const edge = 12.0
	p := picture{w: max(edge*2+w+16+wide(up), edge*2+wide(along)), h: edge + max(h, 14) + 40}
	x, y := edge, edge+max(h, 14)
	p.c = []El{
		polygon("fig-fill2 fig-edge", x, y, x+w, y, x+w, y-h),
		polyline("fig-thin", x+w+5, y, x+w+11, y, x+w+11, y-h, x+w+5, y-h),
		polyline("fig-thin", x, y+5, x, y+11, x+w, y+11, x+w, y+5),
		word("", "start", x+w+17, y-h/2+5, up), word("", "middle", max(x+w/2, 4+wide(along)/2), y+30, along),
	}
	if s := min(10, w/3, h/3); s > 4 {
		p.c = append(p.c, polyline("fig-thin", x+w-s, y, x+w-s, y-s, x+w, y-s))
	}
	return p
}
