package tree

import "strings"

var texSigns = [...]string{Equal: "=", NotEqual: `\ne `, Less: "<", LessEqual: `\le `, Greater: ">", GreaterEqual: `\ge `, Element: `\in `}

// texNames are letters, constants and functions that TeX has a command for.
var texNames = map[string]string{"pi": `\pi`, "inf": `\infty`, "alpha": `\alpha`, "beta": `\beta`, "gamma": `\gamma`, "delta": `\delta`, "epsilon": `\epsilon`,
	"theta": `\theta`, "lambda": `\lambda`, "mu": `\mu`, "rho": `\rho`, "sigma": `\sigma`, "tau": `\tau`, "phi": `\phi`, "omega": `\omega`, "psi": `\psi`, "chi": `\chi`, "eta": `\eta`, "kappa": `\kappa`, "nu": `\nu`, "xi": `\xi`, "zeta": `\zeta`, "iota": `\iota`,
	"Delta": `\Delta`, "Gamma": `\Gamma`, "Theta": `\Theta`, "Lambda": `\Lambda`, "Sigma": `\Sigma`, "Phi": `\Phi`, "Omega": `\Omega`, "Psi": `\Psi`, "Xi": `\Xi`,
	"sin": `\sin`, "cos": `\cos`, "tan": `\tan`, "sec": `\sec`, "csc": `\csc`, "cot": `\cot`, "arcsin": `\arcsin`, "arccos": `\arccos`, "arctan": `\arctan`,
	"sinh": `\sinh`, "cosh": `\cosh`, "tanh": `\tanh`, "coth": `\coth`, "ln": `\ln`, "log": `\log`, "exp": `\exp`}

// TeX writes the tree as TeX mathematics that temml draws and read reads back.
func (n *Node) TeX() string {
	var t tex
	t.write(n, loose)
	return t.String()
}

type tex struct {
	strings.Builder
	chained bool // before a further equals sign, where a letter that stands apart would begin an equation: x = 1 y = 2
}

func (t *tex) write(n *Node, around int) {
	if strength := n.binding(); strength < around && n.Kind != Quotient {
		t.wrap(`\left(`, n, `\right)`)
		return
	}
	t.bare(n)
}

func (t *tex) wrap(open string, n *Node, shut string) {
	t.WriteString(open)
	t.bare(n)
	t.WriteString(shut)
}

func (t *tex) bare(n *Node) {
	switch n.Kind {
	case Number:
		t.number(n)
	case Letter, Constant:
		t.name(n.Name)
	case Sum:
		for i, k := range n.Kids {
			switch {
			case i == 0:
				t.write(k, products)
			case k.Kind == Minus:
				t.WriteByte('-')
				t.write(k.Kids[0], products)
			default:
				t.WriteByte('+')
				t.write(k, products)
			}
		}
	case Product:
		t.product(n)
	case Quotient:
		t.wrap(`\frac{`, n.Kids[0], "}")
		t.wrap("{", n.Kids[1], "}")
	case Minus:
		t.WriteByte('-')
		t.write(n.Kids[0], products)
	case Power:
		if b := n.Kids[0]; b.Kind == Quotient {
			t.wrap(`\left(`, b, `\right)`)
		} else {
			t.write(b, atoms)
		}
		t.wrap("^{", n.Kids[1], "}")
	case Root:
		t.WriteString(`\sqrt`)
		if len(n.Kids) == 2 {
			t.wrap("[", n.Kids[1], "]")
		}
		t.wrap("{", n.Kids[0], "}")
	case Call:
		t.call(n)
	case Mixed:
		t.bare(n.Kids[0])
		t.wrap(`\frac{`, n.Kids[1], "}")
		t.wrap("{", n.Kids[2], "}")
	default:
		t.rest(n)
	}
}

func (t *tex) rest(n *Node) {
	switch n.Kind {
	case PlusMinus:
		if len(n.Kids) == 2 {
			t.write(n.Kids[0], sums)
		}
		t.WriteString(`\pm `)
		t.write(n.Kids[len(n.Kids)-1], products)
	case Percent:
		t.write(n.Kids[0], atoms)
		t.WriteString(`\%`)
	case Factorial:
		t.write(n.Kids[0], atoms)
		t.WriteString("! ") // apart from a = that may follow
	case Measure:
		t.measure(n)
	case Relation:
		for i, k := range n.Kids {
			if i > 0 {
				t.WriteString(texSigns[n.Signs[i-1]])
			}
			t.chained = i > 0 && i < len(n.Kids)-1
			t.write(k, sums)
		}
		t.chained = false
	case Tuple:
		t.between(`\left(`, n.Kids, ", ", `\right)`)
	case Interval:
		open, shut := "(", ")"
		if n.Closed[0] {
			open = "["
		}
		if n.Closed[1] {
			shut = "]"
		}
		t.between(`\left`+open, n.Kids, ", ", `\right`+shut)
	case Set:
		t.between(`\left\{`, n.Kids, ", ", `\right\}`)
	case List:
		t.between("", n.Kids, ", ", "")
	case Or:
		sep := `\text{ or }`
		if n.Kids[0].Kind == Interval || n.Kids[0].Kind == Tuple {
			sep = `\cup `
		}
		t.between("", n.Kids, sep, "")
	case And:
		t.between("", n.Kids, `\text{ and }`, "")
	case Ratio:
		t.between("", n.Kids, ":", "")
	case Remainder:
		t.between("", n.Kids, `\text{ R }`, "")
	case Word:
		t.WriteString(`\text{` + wordText[n.Name] + `}`)
	case Matrix:
		t.WriteString(`\begin{bmatrix}`)
		for i, row := range n.Kids {
			if i > 0 {
				t.WriteString(` \\ `)
			}
			t.between("", row.Kids, " & ", "")
		}
		t.WriteString(`\end{bmatrix}`)
	}
}

func (t *tex) between(open string, kids []*Node, sep, shut string) {
	t.WriteString(open)
	for i, k := range kids {
		if i > 0 {
			t.WriteString(sep)
		}
		t.write(k, loose)
	}
	t.WriteString(shut)
}

func (t *tex) number(n *Node) {
	start, repeats, found := strings.Cut(n.Name, "(")
	t.WriteString(start)
	if found {
		t.WriteString(`\overline{` + strings.TrimSuffix(repeats, ")") + "}")
	}
}

func (t *tex) name(s string) {
	base, index, found := strings.Cut(s, "_")
	if command, ok := texNames[base]; ok {
		t.WriteString(command + " ")
	} else if len([]rune(base)) > 1 && !strings.Contains(base, "(") {
		t.WriteString(`\mathrm{` + base + "}")
	} else {
		t.WriteString(base)
	}
	if found {
		t.WriteString("_{" + strings.Trim(index, "{}") + "}")
	}
}

func (t *tex) product(n *Node) {
	for i, k := range n.Kids {
		if i > 0 {
			prev := n.Kids[i-1]
			first := k.first()
			// TeX shows a fraction and a root apart by themselves; two digits in a row need the sign.
			if first.Kind == Number || first.Kind == Mixed || first.Kind == Quotient && prev.Kind == Number || prev.Kind == Call && k.Kind == Call || t.chained && first.Kind == Letter {
				t.WriteString(`\cdot `)
			} else {
				t.WriteByte(' ') // letters in a row could be a word or a unit
			}
		}
		if k.Kind == Product || k.Kind == Mixed || k.Kind == Percent || k.Kind == Minus {
			t.wrap(`\left(`, k, `\right)`)
			continue
		}
		t.write(k, products)
	}
}

func (t *tex) call(n *Node) {
	switch command := texNames[n.Name]; {
	case n.Name == "abs":
		t.between(`\left|`, n.Kids, "", `\right|`)
		return
	case command != "":
		t.WriteString(command)
	default:
		t.WriteString(`\operatorname{` + n.Name + "}")
	}
	kids := n.Kids
	if n.Name == "log" && len(kids) == 2 {
		t.wrap("_{", kids[1], "}")
		kids = kids[:1]
	}
	t.between(`\left(`, kids, ", ", `\right)`)
}

var texEscapes = strings.NewReplacer("$", `\$`, "%", `\%`, "#", `\#`, "&", `\&`, "_", `\_`, "{", `\{`, "}", `\}`, `\`, "")

func (t *tex) measure(n *Node) {
	if n.Unit.IsMoney() && n.Unit.Name() != "¢" {
		t.WriteString(texEscapes.Replace(n.Unit.Name()))
		t.write(n.Kids[0], powers)
		return
	}
	t.write(n.Kids[0], products)
	if n.Unit.Name() == "degree" {
		t.WriteString(`^{\circ}`)
		return
	}
	t.WriteString(`\ \text{` + texEscapes.Replace(n.Unit.Name()) + "}")
}
