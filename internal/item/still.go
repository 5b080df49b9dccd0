package item

import (
	"math/big"
	"slices"
	"strings"

	"kith/internal/doc"
)

// Still is an item in the numbers of one draw, for what knows no drawn ones, such as another program: the same question, with
// nothing left to draw. picture stands in for drawn figures (doc.Doc.Still). Its smaller questions are told with their answers
// (PlainHints). Errors are those of Draw.
func Still(it Item, seed uint64, picture func(svg, alt string) doc.Node) (Item, error) {
	v, err := Draw(it, seed)
	if err != nil {
		return Item{}, err
	}
	s := still{v: &v, picture: picture}
	out := it
	out.Draw, out.Let, out.Keep, out.Second, out.Scaffolds = nil, nil, nil, "", nil
	out.Text, out.Picture, out.Solution, out.Hints = s.text(it.Text), s.text(it.Picture), s.text(it.Solution), slices.Clone(it.PlainHints())
	for i := range out.Hints {
		out.Hints[i] = s.text(out.Hints[i])
	}
	out.Choices, out.Groups, out.Boxes, out.Mistakes, out.Accepts = slices.Clone(it.Choices), slices.Clone(it.Groups), slices.Clone(it.Boxes), slices.Clone(it.Mistakes), slices.Clone(it.Accepts)
	for i := range out.Choices {
		o := &out.Choices[i]
		o.Text, o.Nudge = s.text(o.Text), s.text(o.Nudge)
		if o.If = ""; i < len(v.right) {
			o.Right = v.right[i]
		}
		if o.Right { // what is said where a condition makes it a wrong one
			o.Mistake, o.Nudge = "", doc.Doc{}
		}
	}
	for i := range out.Groups {
		out.Groups[i].Text = s.text(out.Groups[i].Text)
	}
	for i := range out.Accepts {
		out.Accepts[i] = s.line(out.Accepts[i])
	}
	out.Unit = s.line(it.Unit)
	s.keys(&out)
	for i := range out.Mistakes {
		m := &out.Mistakes[i]
		m.Nudge, m.Yields = s.text(m.Nudge), s.yields(i, m.Yields)
	}
	return out, s.err
}

// still keeps the first error.
type still struct {
	v       *Variant
	picture func(svg, alt string) doc.Node
	err     error
}

func (s *still) keep(err error) {
	if s.err == nil {
		s.err = err
	}
}

func (s *still) text(d doc.Doc) doc.Doc {
	out, err := d.Still(*s.v, s.picture)
	s.keep(err)
	return out
}

func (s *still) line(text string) string {
	out, err := doc.Fill(text, *s.v)
	s.keep(err)
	return out
}

func (s *still) maths(text string) string {
	out, err := s.v.fillMaths(text, "key", -1)
	s.keep(err)
	return out
}

// keys writes what is right in the draw's numbers.
func (s *still) keys(out *Item) {
	switch {
	case out.Kind.Mathematics():
		out.Key = s.maths(out.Key)
		if out.Axes != "" {
			out.Axes = s.axes()
		}
	case len(out.Boxes) > 0:
		for i, n := range s.v.Key() {
			b := &out.Boxes[i]
			b.Before, b.After, b.Label, b.Key, b.Second = s.line(b.Before), s.line(b.After), s.line(b.Label), n.RatString(), ""
		}
	case out.Key != "":
		out.Key = s.v.Key()[0].RatString()
	}
}

// yields writes what a mistake comes to.
func (s *still) yields(i int, src []string) []string {
	var out []string
	for k, y := range src {
		switch kind := s.v.it.Kind; {
		case kind.Mathematics():
			out = append(out, s.maths(y))
		case kind == Short:
			out = append(out, s.line(y))
		case kind == Ordering:
			out = append(out, y)
		default:
			out = append(out, s.v.Yield(i)[k].RatString())
		}
	}
	return out
}

// axes writes the axes in the draw's numbers, in one line as ParseAxes reads it.
func (s *still) axes() string {
	p := s.v.place
	axis := func(name string, a Axis, r ruler) string {
		line := name + r.from.RatString() + ".." + r.to.RatString() + " by " + r.step.RatString() + " snap " + r.snap.RatString()
		if a.Label != "" {
			line += ` "` + strings.ReplaceAll(s.line(a.Label), `"`, "'") + `"`
		}
		return line
	}
	if p.axes.Y.From == "" {
		return strings.Join(append([]string{axis("", p.axes.X, p.x)}, s.marks()...), ", ")
	}
	parts := []string{axis("x ", p.axes.X, p.x), axis("y ", p.axes.Y, p.y)}
	if p.axes.Join != Apart {
		parts = append(parts, string(p.axes.Join))
	}
	return strings.Join(append(parts, s.marks()...), ", ")
}

func (s *still) marks() []string {
	var out []string
	for _, m := range s.v.place.axes.Marks {
		var at []string
		for _, src := range m.At {
			n, err := s.v.number(src, "axes", -1)
			if s.keep(err); n == nil {
				n = new(big.Rat)
			}
			at = append(at, n.RatString())
		}
		where := strings.Join(at, ", ")
		if len(at) > 1 {
			where = "(" + where + ")"
		}
		out = append(out, "mark "+where+` "`+strings.ReplaceAll(s.line(m.Text), `"`, "'")+`"`)
	}
	return out
}
