package doc

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// figureKind is one kind of drawn picture: what it takes, what it cannot do without, and how it is drawn.
type figureKind struct {
	needs, may []string
	draw       func(a *args) picture
}

func (k figureKind) takes(arg string) bool {
	return slices.Contains(k.needs, arg) || slices.Contains(k.may, arg)
}

// figures is the closed list of kinds.
var figures = map[string]figureKind{
	"beads":      {needs: []string{"red", "blue"}, draw: beads},
	"doubleline": {needs: []string{"top", "bottom"}, may: []string{"toplabel", "bottomlabel"}, draw: doubleline},
	"tape":       {needs: []string{"parts"}, may: []string{"labels"}, draw: tape},
	"bar":        {needs: []string{"of", "shade"}, may: []string{"label"}, draw: bar},
	"grid100":    {needs: []string{"shade"}, draw: grid100},
	"numberline": {needs: []string{"from", "to"}, may: []string{"step", "label", "points", "spans"}, draw: numberline},
	"plane": {needs: []string{"xmax", "ymax"}, draw: plane,
		may: []string{"xmin", "ymin", "lines", "names", "points", "triangles", "xlabel", "ylabel"}},
	"balance": {needs: []string{"left", "right"}, draw: balance},
	"tables":  {needs: []string{"n"}, draw: tables},
	"squares": {needs: []string{"n"}, draw: squares},
	"steps":   {needs: []string{"rise", "run"}, may: []string{"riselabel", "runlabel"}, draw: ramp},
	"stack":   {needs: []string{"n", "lip"}, draw: stack},
}

// picture is a drawing in its own units, which are pixels at its natural size. 320 fits the narrowest phone.
type picture struct {
	w, h float64
	c    []El
}

// drawFigure draws a figure with its arguments filled in. An argument that cannot be drawn is refused by name.
func drawFigure(n Node, v Values) (El, error) {
	kind, ok := figures[n.Name]
	if !ok {
		return El{}, refuse("figure_kind", "name", clip(n.Name))
	}
	alt, err := fill(n.Alt, v, true)
	if err != nil {
		return El{}, err
	}
	a := &args{figure: n.Name, raw: n.Args, v: v}
	p := kind.draw(a)
	if a.err != nil {
		return El{}, a.err
	}
	svg := el("svg", "fig", append([]El{{N: "title", C: []El{run(alt)}}}, p.c...)...)
	svg = svg.with("viewBox", "0 0 "+px(p.w)+" "+px(p.h), "width", px(p.w), "height", px(p.h), "role", "img")
	return el("figure", "figure", svg), nil
}

// args reads a figure's arguments. The first refusal is kept in err; what follows it is worthless and not drawn.
type args struct {
	figure string
	raw    map[string]string
	v      Values
	err    error
}

func (a *args) has(arg string) bool { return a.raw[arg] != "" }

// fail refuses an argument: want is a catalogue code's last part, fault.doc.arg_WANT.
func (a *args) fail(arg, want string, pairs ...any) {
	if a.err == nil {
		a.err = refuse("arg_"+want, append([]any{"figure", a.figure, "arg", arg}, pairs...)...)
	}
}

// text is an argument with its values filled in, "" after a refusal.
func (a *args) text(arg string, readable bool) string {
	s, err := fill(a.raw[arg], a.v, readable)
	if err != nil {
		if a.err == nil {
			a.err = err
		}
		return ""
	}
	return strings.TrimSpace(s)
}

// label is a readable argument of at most max signs.
func (a *args) label(arg string, max int) string {
	s := a.text(arg, true)
	if len([]rune(s)) > max {
		a.fail(arg, "long", "max", max)
		return ""
	}
	return s
}

// list is an argument of parts between commas, of which there may be lo to hi.
func (a *args) list(arg string, lo, hi int, readable bool) []string {
	parts := strings.Split(a.text(arg, readable), ",")
	if len(parts) < lo || len(parts) > hi {
		a.fail(arg, "count", "min", lo, "max", hi)
		return nil
	}
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}

// whole is an argument that is a whole number from lo to hi.
func (a *args) whole(arg string, lo, hi int) int { return a.wholeOf(arg, a.text(arg, false), lo, hi) }

func (a *args) wholeOf(arg, s string, lo, hi int) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < lo || n > hi {
		a.fail(arg, "whole", "min", lo, "max", hi, "value", clip(s))
		return lo
	}
	return n
}

// number is an argument, or a part of one, that is any number from lo to hi.
func (a *args) numberOf(arg, s string, lo, hi float64) float64 {
	n, ok := readNumber(strings.TrimSpace(s))
	if !ok {
		a.fail(arg, "number", "value", clip(s))
		return lo
	}
	f, _ := n.rat().Float64()
	if f < lo || f > hi {
		a.fail(arg, "range", "min", lo, "max", hi, "value", clip(s))
		return lo
	}
	return f
}

// px writes a length with at most two decimals.
func px(f float64) string {
	s := strconv.FormatFloat(math.Round(f*100)/100, 'f', -1, 64)
	if s == "-0" {
		return "0"
	}
	return s
}

func rect(class string, x, y, w, h float64) El {
	return el("rect", class).with("x", px(x), "y", px(y), "width", px(w), "height", px(h))
}

func circle(class string, x, y, r float64) El {
	return el("circle", class).with("cx", px(x), "cy", px(y), "r", px(r))
}

func stroke(class string, x1, y1, x2, y2 float64) El {
	return el("line", class).with("x1", px(x1), "y1", px(y1), "x2", px(x2), "y2", px(y2))
}

func polygon(class string, points ...float64) El { return pointed("polygon", class, points) }

func polyline(class string, points ...float64) El { return pointed("polyline", class, points) }

func pointed(name, class string, points []float64) El {
	s := make([]string, 0, len(points)/2)
	for i := 0; i+1 < len(points); i += 2 {
		s = append(s, px(points[i])+","+px(points[i+1]))
	}
	return el(name, class).with("points", strings.Join(s, " "))
}

// word is a label whose anchor (start, middle, end) stands at x and whose baseline stands at y.
func word(class, anchor string, x, y float64, s string) El {
	e := el("text", strings.TrimSpace("fig-text "+class), run(s)).with("x", px(x), "y", px(y))
	if anchor != "start" {
		e = e.with("text-anchor", anchor)
	}
	return e
}

// wide estimates how wide a label of 14 px is, a little generously.
func wide(s string) float64 { return 7.6 * float64(len([]rune(s))) }

// asTyped turns a readable number into one that can be read.
func asTyped(s string) string { return strings.ReplaceAll(s, minus, "-") }
