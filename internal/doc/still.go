package doc

import (
	"slices"
	"strings"
)

// Still is a text in the numbers of one variant, for what knows no drawn ones: values become words, or mathematics where they are
// fractions. picture is asked for the node that stands in the place of a drawn figure, whose drawing it gets as SVG. Errors are those
// of Draw.
func (d Doc) Still(v Values, picture func(svg, alt string) Node) (Doc, error) {
	s := stiller{v: v, picture: picture}
	d.Nodes = s.all(d.Nodes)
	return d, s.err
}

// stiller keeps the first error; what follows it is worthless.
type stiller struct {
	v       Values
	picture func(svg, alt string) Node
	err     error
}

func (s *stiller) all(nodes []Node) []Node {
	if len(nodes) == 0 || s.err != nil {
		return nodes
	}
	out := make([]Node, 0, len(nodes))
	for _, n := range nodes {
		n = s.node(n)
		if last := len(out) - 1; n.Kind == Text && last >= 0 && out[last].Kind == Text {
			out[last].Text += n.Text
			continue
		}
		out = append(out, n)
	}
	return out
}

func (s *stiller) node(n Node) Node {
	var err error
	switch n.Kind {
	case Value:
		var value number
		if value, err = numberOf(n.Text, s.v); err == nil {
			if value.from == "" {
				n = Node{Kind: Text, Text: value.plain()}
			} else {
				n, err = mathNode(value.tex(), false)
			}
		}
	case Math:
		if strings.Contains(n.Text, "[[") {
			n, err = s.formula(n)
		}
	case Image:
		n.Alt, err = fill(n.Alt, s.v, true)
	case Figure:
		var drawn El
		var b strings.Builder
		alt := ""
		if drawn, err = drawFigure(n, s.v); err == nil {
			if alt, err = fill(n.Alt, s.v, true); err == nil {
				err = drawn.C[0].HTML(&b)
			}
		}
		if err == nil {
			n = s.picture(b.String(), alt)
		}
	default:
		n.Nodes = s.all(n.Nodes)
	}
	if s.err == nil {
		s.err = err
	}
	return n
}

// formula puts values into TeX. Each stands in a group of its own, so that 2^[[n]] stays whole, unless it brings its sign.
func (s *stiller) formula(n Node) (Node, error) {
	parts, err := pieces(n.Text)
	if err != nil {
		return n, err
	}
	parts = slices.Clone(parts)
	for i := 1; i < len(parts); i += 2 {
		value, err := numberOf(parts[i], s.v)
		if err != nil {
			return n, err
		}
		parts[i] = value.tex()
		if value.sign == "" {
			parts[i] = "{" + parts[i] + "}"
		}
	}
	return mathNode(strings.Join(parts, ""), n.Display)
}

func mathNode(tex string, display bool) (Node, error) {
	tree, err := TeX(tex, display)
	return Node{Kind: Math, Text: tex, Display: display, MathML: &tree}, err
}

// tex is the number as TeX.
func (n number) tex() string {
	if n.word != "" {
		return `\text{` + strings.NewReplacer(`\`, "", "{", "", "}", "", "$", "", "#", "", "%", `\%`, "&", "", "_", " ", "^", "", "~", " ").Replace(n.word) + "}"
	}
	s := strings.ReplaceAll(n.lead(), minus, "-")
	if n.one() {
		return s
	}
	s += n.whole
	if n.from != "" {
		s += `\frac{` + n.over + "}{" + n.from + "}"
	}
	return s
}
