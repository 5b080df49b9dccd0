package tree

import "strings"

// The strength with which kinds bind, for brackets.
const (
	loose = iota // statements
	sums
	products
	signs // -a
	powers
	atoms
)

func (n *Node) binding() int {
	switch n.Kind {
	case Sum:
		return sums
	case PlusMinus:
		return sums
	case Minus:
		return signs
	case Product, Quotient, Measure, Mixed, Percent:
		return products
	case Power, Factorial:
		return powers
	case Relation, List, Or, And, Ratio, Remainder:
		return loose
	}
	return atoms
}

var plainSigns = [...]string{Equal: "=", NotEqual: "!=", Less: "<", LessEqual: "<=", Greater: ">", GreaterEqual: ">=", Element: "in"}

// Words are what a Word's name reads like in plain text and TeX; they are mathematics, not sentences, and read back.
var wordText = map[string]string{"none": "no solution", "undefined": "undefined", "dne": "DNE", "all": "all real numbers", "many": "infinitely many solutions"}

// Plain writes the tree in ASCII so that it reads back the same and leaves nothing to guess: (1/2)x, 2*3, sqrt(x + 1).
func (n *Node) Plain() string {
	var p plain
	p.write(n, loose)
	return p.String()
}

type plain struct{ strings.Builder }

// write writes n where something binds with strength around it.
func (p *plain) write(n *Node, around int) {
	if n.binding() < around {
		p.WriteByte('(')
		p.bare(n)
		p.WriteByte(')')
		return
	}
	p.bare(n)
}

func (p *plain) bare(n *Node) {
	switch n.Kind {
	case Number:
		p.number(n)
	case Letter, Constant:
		p.WriteString(n.Name)
	case Sum:
		p.sum(n)
	case Product:
		p.product(n)
	case Quotient:
		p.write(n.Kids[0], products)
		p.WriteByte('/')
		p.divisor(n.Kids[1])
	case Minus:
		p.WriteByte('-')
		p.write(n.Kids[0], products)
	case Power:
		p.write(n.Kids[0], atoms)
		p.WriteByte('^')
		p.exponent(n.Kids[1])
	case Root:
		p.root(n)
	case Call:
		p.call(n)
	case Mixed:
		p.bare(n.Kids[0])
		p.WriteByte(' ')
		p.bare(n.Kids[1])
		p.WriteByte('/')
		p.bare(n.Kids[2])
	case PlusMinus:
		if len(n.Kids) == 2 {
			p.write(n.Kids[0], sums)
			p.WriteByte(' ')
		}
		p.WriteString("+-")
		if len(n.Kids) == 2 {
			p.WriteByte(' ')
		}
		p.write(n.Kids[len(n.Kids)-1], products)
	case Percent:
		p.write(n.Kids[0], atoms)
		p.WriteByte('%')
	case Factorial:
		p.write(n.Kids[0], atoms)
		p.WriteByte('!')
	case Measure:
		p.measure(n)
	default:
		p.statement(n)
	}
}

func (p *plain) statement(n *Node) {
	switch n.Kind {
	case Relation:
		for i, k := range n.Kids {
			if i > 0 {
				p.WriteString(" " + plainSigns[n.Signs[i-1]] + " ")
			}
			p.write(k, sums)
		}
	case Tuple:
		p.between("(", n.Kids, ", ", ")")
	case Interval:
		open, shut := "(", ")"
		if n.Closed[0] {
			open = "["
		}
		if n.Closed[1] {
			shut = "]"
		}
		p.between(open, n.Kids, ", ", shut)
	case Set:
		p.between("{", n.Kids, ", ", "}")
	case List:
		p.between("", n.Kids, ", ", "")
	case Or:
		p.between("", n.Kids, " or ", "")
	case And:
		p.between("", n.Kids, " and ", "")
	case Ratio:
		for i, k := range n.Kids {
			if i > 0 {
				p.WriteByte(':')
			}
			p.write(k, products)
		}
	case Remainder:
		p.between("", n.Kids, " R ", "")
	case Word:
		p.WriteString(wordText[n.Name])
	case Matrix:
		p.WriteByte('[')
		for i, row := range n.Kids {
			if i > 0 {
				p.WriteString(", ")
			}
			p.between("[", row.Kids, ", ", "]")
		}
		p.WriteByte(']')
	}
}

func (p *plain) between(open string, kids []*Node, sep, shut string) {
	p.WriteString(open)
	for i, k := range kids {
		if i > 0 {
			p.WriteString(sep)
		}
		p.write(k, loose)
	}
	p.WriteString(shut)
}

func (p *plain) number(n *Node) {
	start, repeats, found := strings.Cut(n.Name, "(")
	p.WriteString(start)
	if found {
		repeats = strings.TrimSuffix(repeats, ")")
		p.WriteString(repeats + repeats + "...")
	}
}

func (p *plain) sum(n *Node) {
	for i, k := range n.Kids {
		switch {
		case i == 0:
			p.write(k, products)
		case k.Kind == Minus:
			p.WriteString(" - ")
			p.write(k.Kids[0], products)
		default:
			p.WriteString(" + ")
			p.write(k, products)
		}
	}
}

// product leaves the sign out where nobody can misread it: 2x, 3(x + 1). Letters in a row could be a word, so they keep it.
func (p *plain) product(n *Node) {
	for i, k := range n.Kids {
		if i > 0 && !beside(n.Kids[i-1], k) {
			p.WriteByte('*')
		}
		if k.Kind == Quotient || k.Kind == Mixed || k.Kind == Percent || k.Kind == Product || k.Kind == Minus {
			p.WriteByte('(')
			p.bare(k)
			p.WriteByte(')')
			continue
		}
		p.write(k, products)
	}
}

// first is what a factor begins with when it is written: the x of x^2, the 3 of 3!.
func (n *Node) first() *Node {
	for n.Kind == Power || n.Kind == Factorial {
		if n.Kids[0].binding() < atoms {
			return n.Kids[0]
		}
		n = n.Kids[0]
	}
	return n
}

// beside reports whether two factors may stand beside each other without a sign.
func beside(a, b *Node) bool {
	if a.Kind == Power {
		a = a.Kids[1]
		if a.binding() < atoms {
			a = a.Kids[len(a.Kids)-1]
			if a.Kind != Letter && a.Kind != Number {
				return true // x^(a + 1)y
			}
		}
		if a.Kind == Letter || a.Kind == Constant {
			return false // x^a*y
		}
	}
	first := b.first()
	bracket := first.binding() < products || b.Kind == Quotient || b.Kind == Minus || b.Kind == Sum || b.Kind == Percent
	switch {
	case bracket:
		return a.Kind != Letter // f(x + 1) may look like a function
	case first.Kind == Number || first.Kind == Mixed || first.Kind == Measure || first.Kind == Product:
		return false
	case a.Kind == Number || a.Kind == Quotient || a.Kind == Sum || a.Kind == Mixed:
		return first.Kind != Letter || !strings.HasPrefix(first.Name, "e") || a.Kind != Number
	}
	return false
}

func (p *plain) divisor(n *Node) {
	if n.binding() <= signs {
		p.WriteByte('(')
		p.bare(n)
		p.WriteByte(')')
		return
	}
	p.bare(n)
}

func (p *plain) exponent(n *Node) {
	if n.Kind == Minus && n.Kids[0].binding() == atoms {
		p.WriteByte('-')
		n = n.Kids[0]
	}
	p.write(n, atoms)
}

func (p *plain) root(n *Node) {
	if len(n.Kids) == 1 {
		p.between("sqrt(", n.Kids, "", ")")
		return
	}
	p.between("root(", []*Node{n.Kids[1], n.Kids[0]}, ", ", ")")
}

func (p *plain) call(n *Node) {
	switch {
	case n.Name == "abs":
		p.between("|", n.Kids, "", "|")
	case n.Name == "log" && len(n.Kids) == 2:
		p.WriteString("log_")
		p.write(n.Kids[1], atoms)
		p.between("(", n.Kids[:1], "", ")")
	default:
		p.between(n.Name+"(", n.Kids, ", ", ")")
	}
}

func (p *plain) measure(n *Node) {
	if n.Unit.IsMoney() && n.Unit.Name() != "¢" {
		p.WriteString(n.Unit.Name())
		p.write(n.Kids[0], powers)
		return
	}
	p.write(n.Kids[0], products)
	p.WriteString(" " + n.Unit.Name())
}
