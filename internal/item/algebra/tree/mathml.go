package tree

import (
	"strings"

	"kith/internal/doc"
)

// MathML draws the tree as mathematics that a page shows as it stands: what TeX says, without a way through TeX, so that it
// can be had while somebody types. point is the sign between a number's whole part and its decimals, "." or ",".
func (n *Node) MathML(point string) doc.El {
	m := mathml{point}
	return doc.El{N: "math", C: m.parts(n, loose)}
}

type mathml struct{ point string }

func leaf(name, text string) doc.El          { return doc.El{N: name, C: []doc.El{{T: text}}} }
func mo(sign string) doc.El                  { return leaf("mo", sign) }
func mrow(c []doc.El) doc.El                 { return doc.El{N: "mrow", C: c} }
func layout(name string, c ...doc.El) doc.El { return doc.El{N: name, C: c} }

// prefix is a sign that belongs to what follows it, as in −3.
func prefix(sign string) doc.El {
	return doc.El{N: "mo", A: map[string]string{"form": "prefix"}, C: []doc.El{{T: sign}}}
}

func stretched(sign string) doc.El {
	return doc.El{N: "mo", A: map[string]string{"stretchy": "true"}, C: []doc.El{{T: sign}}}
}

// parts are the elements of n where something binds with strength around it, in brackets when it needs them.
func (m mathml) parts(n *Node, around int) []doc.El {
	if n.binding() < around && n.Kind != Quotient {
		return m.fenced("(", m.bare(n), ")")
	}
	return m.bare(n)
}

// one is n as one element.
func (m mathml) one(n *Node, around int) doc.El { return row(m.parts(n, around)) }

func row(c []doc.El) doc.El {
	if len(c) == 1 {
		return c[0]
	}
	return mrow(c)
}

func (m mathml) fenced(open string, c []doc.El, shut string) []doc.El {
	return []doc.El{mrow(append(append([]doc.El{stretched(open)}, c...), stretched(shut)))}
}

func (m mathml) bare(n *Node) []doc.El {
	switch n.Kind {
	case Number:
		return []doc.El{m.number(n)}
	case Letter, Constant:
		return []doc.El{m.name(n.Name)}
	case Sum:
		return m.sum(n)
	case Product:
		return m.product(n)
	case Quotient:
		return []doc.El{layout("mfrac", m.one(n.Kids[0], loose), m.one(n.Kids[1], loose))}
	case Minus:
		return append([]doc.El{prefix("−")}, m.parts(n.Kids[0], products)...)
	case Power:
		base := m.one(n.Kids[0], atoms)
		if n.Kids[0].Kind == Quotient {
			base = row(m.fenced("(", m.bare(n.Kids[0]), ")"))
		}
		return []doc.El{layout("msup", base, m.one(n.Kids[1], loose))}
	case Root:
		if len(n.Kids) == 2 {
			return []doc.El{layout("mroot", m.one(n.Kids[0], loose), m.one(n.Kids[1], loose))}
		}
		return []doc.El{layout("msqrt", m.parts(n.Kids[0], loose)...)}
	case Call:
		return m.call(n)
	case Mixed:
		return []doc.El{m.one(n.Kids[0], atoms), layout("mfrac", m.one(n.Kids[1], loose), m.one(n.Kids[2], loose))}
	}
	return m.rest(n)
}

func (m mathml) rest(n *Node) []doc.El {
	switch n.Kind {
	case PlusMinus:
		last := m.parts(n.Kids[len(n.Kids)-1], products)
		if len(n.Kids) == 1 {
			return append([]doc.El{prefix("±")}, last...)
		}
		return append(append(m.parts(n.Kids[0], sums), mo("±")), last...)
	case Percent:
		return append(m.parts(n.Kids[0], atoms), leaf("mtext", "%"))
	case Factorial:
		return append(m.parts(n.Kids[0], atoms), doc.El{N: "mo", A: map[string]string{"form": "postfix"}, C: []doc.El{{T: "!"}}})
	case Measure:
		return m.measure(n)
	case Relation:
		c := m.parts(n.Kids[0], sums)
		for i, k := range n.Kids[1:] {
			c = append(append(c, mo(mathSigns[n.Signs[i]])), m.parts(k, sums)...)
		}
		return c
	case Tuple:
		return m.fenced("(", m.between(n.Kids, mo(",")), ")")
	case Interval:
		open, shut := "(", ")"
		if n.Closed[0] {
			open = "["
		}
		if n.Closed[1] {
			shut = "]"
		}
		return m.fenced(open, m.between(n.Kids, mo(",")), shut)
	case Set:
		return m.fenced("{", m.between(n.Kids, mo(",")), "}")
	case List:
		return m.between(n.Kids, mo(","))
	case Or:
		sep := leaf("mtext", " or ")
		if n.Kids[0].Kind == Interval || n.Kids[0].Kind == Tuple {
			sep = mo("∪")
		}
		return m.between(n.Kids, sep)
	case And:
		return m.between(n.Kids, leaf("mtext", " and "))
	case Ratio:
		return m.between(n.Kids, mo(":"))
	case Remainder:
		return m.between(n.Kids, leaf("mtext", " R "))
	case Matrix:
		var rows []doc.El
		for _, r := range n.Kids {
			var cells []doc.El
			for _, k := range r.Kids {
				cells = append(cells, layout("mtd", m.parts(k, loose)...))
			}
			rows = append(rows, layout("mtr", cells...))
		}
		return m.fenced("[", []doc.El{layout("mtable", rows...)}, "]")
	}
	return []doc.El{leaf("mtext", wordText[n.Name])}
}

var mathSigns = [...]string{Equal: "=", NotEqual: "≠", Less: "<", LessEqual: "≤", Greater: ">", GreaterEqual: "≥", Element: "∈"}

func (m mathml) between(kids []*Node, sep doc.El) []doc.El {
	var c []doc.El
	for i, k := range kids {
		if i > 0 {
			c = append(c, sep)
		}
		c = append(c, m.parts(k, loose)...)
	}
	return c
}

func (m mathml) number(n *Node) doc.El {
	start, repeats, found := strings.Cut(n.Name, "(")
	digits := leaf("mn", strings.Replace(start, ".", m.point, 1))
	if !found {
		return digits
	}
	over := layout("mover", leaf("mn", strings.TrimSuffix(repeats, ")")), stretched("‾"))
	return mrow([]doc.El{digits, over})
}

// greek are the letters that are written with their names.
var greek = map[string]string{"pi": "π", "inf": "∞", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "theta": "θ", "lambda": "λ",
	"mu": "μ", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "omega": "ω", "psi": "ψ", "chi": "χ", "eta": "η", "kappa": "κ", "nu": "ν", "xi": "ξ",
	"zeta": "ζ", "iota": "ι", "Delta": "Δ", "Gamma": "Γ", "Theta": "Θ", "Lambda": "Λ", "Sigma": "Σ", "Phi": "Φ", "Omega": "Ω", "Psi": "Ψ", "Xi": "Ξ"}

func (m mathml) name(s string) doc.El {
	base, index, found := strings.Cut(s, "_")
	if letter, ok := greek[base]; ok {
		base = letter
	}
	e := leaf("mi", base)
	if found {
		return layout("msub", e, leaf("mi", strings.Trim(index, "{}")))
	}
	return e
}

func (m mathml) sum(n *Node) []doc.El {
	var c []doc.El
	for i, k := range n.Kids {
		switch {
		case i == 0:
			c = append(c, m.parts(k, products)...)
		case k.Kind == Minus:
			c = append(append(c, mo("−")), m.parts(k.Kids[0], products)...)
		default:
			c = append(append(c, mo("+")), m.parts(k, products)...)
		}
	}
	return c
}

// product shows a sign where two factors side by side could be read as one.
func (m mathml) product(n *Node) []doc.El {
	var c []doc.El
	for i, k := range n.Kids {
		if i > 0 {
			prev, first := n.Kids[i-1], k.first()
			if first.Kind == Number || first.Kind == Mixed || first.Kind == Quotient && prev.Kind == Number || prev.Kind == Call && k.Kind == Call {
				c = append(c, mo("·"))
			} else {
				c = append(c, mo("\u2062"))
			}
		}
		if k.Kind == Product || k.Kind == Mixed || k.Kind == Percent || k.Kind == Minus {
			c = append(c, m.fenced("(", m.bare(k), ")")...)
			continue
		}
		c = append(c, m.parts(k, products)...)
	}
	return c
}

func (m mathml) call(n *Node) []doc.El {
	if n.Name == "abs" {
		return m.fenced("|", m.between(n.Kids, mo(",")), "|")
	}
	name, kids := leaf("mi", n.Name), n.Kids
	if n.Name == "log" && len(kids) == 2 {
		name, kids = layout("msub", name, m.one(kids[1], loose)), kids[:1]
	}
	return append([]doc.El{name, mo("\u2061")}, m.fenced("(", m.between(kids, mo(",")), ")")...)
}

func (m mathml) measure(n *Node) []doc.El {
	if n.Unit.IsMoney() && n.Unit.Name() != "¢" {
		return append([]doc.El{leaf("mtext", n.Unit.Name())}, m.parts(n.Kids[0], powers)...)
	}
	c := m.parts(n.Kids[0], products)
	if n.Unit.Name() == "degree" {
		return append(c, leaf("mtext", "°"))
	}
	return append(c, leaf("mtext", "\u00a0"+n.Unit.Name()))
}
