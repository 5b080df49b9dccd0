package doc

import (
	"strconv"
	"strings"
)

func itoa(n int) string { return strconv.Itoa(n) }

// blank stands in plain text for a value that is not known.
const blank = "□"

// Plain is the text without any marks, one block a line, for search and for places that hold no elements. Figures and
// images give their alternative text. A value that v (which may be nil) does not give stands as □.
func (d Doc) Plain(v Values) string {
	var lines []string
	for _, n := range d.Nodes {
		if s := plainBlock(n, v); s != "" {
			lines = append(lines, s)
		}
	}
	return strings.Join(lines, "\n")
}

func plainBlock(n Node, v Values) string {
	switch n.Kind {
	case Figure, Image:
		return plainFill(n.Alt, v)
	case Row:
		cells := make([]string, len(n.Nodes))
		for i, c := range n.Nodes {
			cells[i] = plainInline(c.Nodes, v)
		}
		return strings.Join(cells, "; ")
	}
	if len(n.Nodes) > 0 && inlineKinds[n.Nodes[0].Kind] {
		return plainInline(n.Nodes, v)
	}
	var lines []string
	for _, c := range n.Nodes {
		if s := plainBlock(c, v); s != "" {
			lines = append(lines, s)
		}
	}
	return strings.Join(lines, "\n")
}

func plainInline(nodes []Node, v Values) string {
	var b strings.Builder
	nodes = joined(nodes)
	for i, n := range nodes {
		switch n.Kind {
		case Text:
			b.WriteString(minuses(n.Text, i+1 < len(nodes), i > 0))
		case Strong, Emphasis:
			b.WriteString(plainInline(n.Nodes, v))
		case Value:
			b.WriteString(plainValue(n.Text, v))
		case Math:
			if n.MathML != nil {
				b.WriteString(plainMath(*n.MathML, v))
			}
		}
	}
	return b.String()
}

func plainValue(expr string, v Values) string {
	n, err := numberOf(expr, v)
	if err != nil {
		return blank
	}
	return n.plain()
}

func plainFill(s string, v Values) string {
	parts, err := pieces(s)
	if err != nil {
		return s
	}
	for i := range parts {
		if i%2 == 1 {
			parts[i] = plainValue(parts[i], v)
		}
	}
	return strings.Join(parts, "")
}

// plainMath reads a formula as one line: a/b, x^2, √(x). A part that is more than one sign is put in brackets.
func plainMath(e El, v Values) string {
	if e.N == valueMark {
		s := plainValue(e.C[0].T, v)
		if strings.HasPrefix(s, "+ ") || strings.HasPrefix(s, minus+" ") {
			return " " + s
		}
		return s
	}
	if e.N == "" {
		return e.T
	}
	c := make([]string, len(e.C))
	for i := range e.C {
		c[i] = plainMath(e.C[i], v)
		if e.C[i].N == "mfrac" && i > 0 && endsInDigit(c[i-1]) && !half[e.N] {
			c[i] = " " + c[i] // a mixed number
		}
	}
	switch {
	case e.N == "mfrac" && len(c) == 2:
		return bracket(c[0]) + "/" + bracket(c[1])
	case (e.N == "msup" || e.N == "msub" || e.N == "mover" || e.N == "munder") && len(c) == 2:
		return c[0] + joint(e.N, e.C[1], c[1])
	case (e.N == "msubsup" || e.N == "munderover") && len(c) == 3:
		return c[0] + "_" + bracket(c[1]) + "^" + bracket(c[2])
	case e.N == "msqrt":
		return "√" + bracket(strings.Join(c, ""))
	case e.N == "mroot" && len(c) == 2:
		return c[1] + "√" + bracket(c[0])
	case e.N == "mtd":
		return strings.Join(c, "") + " "
	case e.N == "mtr":
		return strings.TrimSpace(strings.Join(c, "")) + "; "
	case e.N == "mo" && e.A["form"] != "prefix" && strings.ContainsAny(strings.Join(c, ""), "+=<>≤≥≠×÷"+minus):
		return " " + strings.Join(c, "") + " "
	}
	return strings.Join(c, "")
}

// half are the elements whose children are no row.
var half = names("mfrac msup msub msubsup mover munder munderover mroot")

func endsInDigit(s string) bool { return s != "" && s[len(s)-1] >= '0' && s[len(s)-1] <= '9' }

// joint writes what stands above or below; a line over or under something is left out but for a repeating decimal's.
func joint(name string, e El, s string) string {
	switch {
	case e.A["stretchy"] != "" && s == "\u203E":
		return "\u0305"
	case e.A["stretchy"] != "":
		return ""
	case name == "msup" || name == "mover":
		return "^" + bracket(s)
	}
	return "_" + bracket(s)
}

func bracket(s string) string {
	if strings.ContainsAny(s, " +/="+minus) {
		return "(" + strings.TrimSpace(s) + ")"
	}
	return s
}

// Exprs lists every expression that the text uses, each once, in order of first use: its values, those inside its
// mathematics, those in figures' arguments and alternative texts. What says how a value is shown (signed, coef, dec,
// frac, mixed) is taken off: these are the expressions that Draw asks Values for.
func (d Doc) Exprs() []string {
	var out []string
	seen := set{}
	var walk func(nodes []Node)
	walk = func(nodes []Node) {
		for _, n := range nodes {
			for _, e := range n.exprs() {
				_, inner, err := shaped(e)
				if err == nil && !seen[inner] {
					seen[inner] = true
					out = append(out, inner)
				}
			}
			walk(n.Nodes)
		}
	}
	walk(d.Nodes)
	return out
}

// exprs lists a node's own expressions, as they are written.
func (n Node) exprs() []string {
	var out []string
	add := func(s string) {
		parts, err := pieces(s)
		for i := 1; err == nil && i < len(parts); i += 2 {
			out = append(out, parts[i])
		}
	}
	switch n.Kind {
	case Value:
		out = append(out, n.Text)
	case Math:
		if n.MathML != nil {
			out = markedExprs(*n.MathML, out)
		}
	case Figure, Image:
		for _, k := range sortedKeys(n.Args) {
			add(n.Args[k])
		}
		add(n.Alt)
	}
	return out
}
