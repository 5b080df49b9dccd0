package read

import (
	"strings"

	"kith/internal/item/algebra/tree"
	"kith/internal/item/algebra/unit"
)

// sum reads terms with + - ± between them.
func (p *parser) sum() *tree.Node {
	var n *tree.Node
	if p.op("+-") {
		at := p.tok.at
		p.next()
		n = &tree.Node{Kind: tree.PlusMinus, Kids: []*tree.Node{p.term()}, At: at}
	} else {
		n = p.term()
	}
	for p.err == nil && p.is(tokOp) {
		switch p.tok.text {
		case "+", "-":
			minus := p.tok
			p.next()
			t := p.term()
			if minus.text == "-" {
				t = &tree.Node{Kind: tree.Minus, Kids: []*tree.Node{t}, At: minus.at}
			}
			if n.Kind == tree.Sum && !n.Alone {
				n.Kids = append(n.Kids, t)
			} else {
				n = made(tree.Sum, n, t)
			}
		case "+-":
			p.next()
			n = made(tree.PlusMinus, n, p.term())
		default:
			return n
		}
	}
	return n
}

// term reads factors; a sign before them belongs to all of them.
func (p *parser) term() *tree.Node {
	if p.op("-") || p.op("+") {
		sign := p.tok
		if !p.deeper() {
			return node(tree.Number, sign.at)
		}
		defer func() { p.depth-- }()
		p.next()
		n := p.term()
		if sign.text == "+" {
			return n
		}
		return &tree.Node{Kind: tree.Minus, Kids: []*tree.Node{n}, At: sign.at}
	}
	n := p.factor()
	for p.err == nil {
		switch {
		case p.op("*") || p.times(n):
			p.next()
			n = times(n, p.signed())
		case p.op("/"):
			p.next()
			n = made(tree.Quotient, n, p.signed())
		case p.overAhead() > 0:
			p.skip(p.overAhead())
			n = made(tree.Quotient, n, p.signed())
		case p.measured(&n):
		case p.begins():
			n = p.beside(n)
		default:
			return n
		}
	}
	return n
}

// times appends a factor to a product that is not in brackets of its own.
func times(n, f *tree.Node) *tree.Node {
	factors := []*tree.Node{f}
	if f.Kind == tree.Product && !f.Alone {
		factors = f.Kids
	}
	if n.Kind == tree.Product && !n.Alone {
		m := *n
		m.Kids = append(n.Kids[:len(n.Kids):len(n.Kids)], factors...)
		return &m
	}
	return made(tree.Product, append([]*tree.Node{n}, factors...)...)
}

// signed reads a factor that may have a sign: 2 * -3, 6/-2.
func (p *parser) signed() *tree.Node {
	if !p.op("-") && !p.op("+") {
		return p.factor()
	}
	sign := p.tok
	if !p.deeper() {
		return node(tree.Number, sign.at)
	}
	defer func() { p.depth-- }()
	p.next()
	n := p.signed()
	if sign.text == "+" {
		return n
	}
	return &tree.Node{Kind: tree.Minus, Kids: []*tree.Node{n}, At: sign.at}
}

// times reports whether a word at this place means multiplication: the x of 3.2 x 10^5, the "of" of 25% of 80.
func (p *parser) times(n *tree.Node) bool {
	if !p.is(tokWord) {
		return false
	}
	if p.tok.text == "of" {
		return true
	}
	if p.tok.text != "x" && p.tok.text != "X" || p.opts.known("x") || p.opts.known("X") || p.peek(1).kind != tokNumber {
		return false
	}
	ten := p.peek(1).text == "10" && p.peek(2).kind == tokOp && p.peek(2).text == "^"
	return (n.Kind == tree.Number || n.Kind == tree.Product || n.Kind == tree.Quotient) && (ten || p.opts.Closed)
}

// overAhead is how many words here say "divided by": 3 out of 4, 1 over 4. They stand before a number.
func (p *parser) overAhead() int {
	switch {
	case !p.is(tokWord) || !p.tok.spaced:
		return 0
	case p.tok.text == "over" && p.peek(1).kind == tokNumber && !p.spelled("over"):
		return 1
	case p.tok.text == "out" && p.peek(1).text == "of" && p.peek(2).kind == tokNumber && !p.spelled("out"):
		return 2
	}
	return 0
}

// begins reports whether a factor without a sign begins at this place.
func (p *parser) begins() bool {
	switch p.tok.kind {
	case tokWord:
		if p.right && p.equationAhead() || p.toAhead() || p.overAhead() > 0 {
			return false
		}
		return connectors[p.tok.text] == "" && !((p.tok.text == "U" || p.tok.text == "u") && p.union()) && !(p.tok.text == "in" && (p.peek(1).kind == tokOpen || p.peek(1).kind == tokReals))
	case tokNumber, tokLetter, tokConst, tokFunc, tokFrac, tokRoot, tokMatrix:
		return true
	case tokOpen:
		return p.tok.text != "[" || !p.turning && !p.shuts()
	case tokText:
		return p.tok.text != "or" && p.tok.text != "and"
	case tokBar:
		return p.tok.text == "open" || p.tok.text == "|" && p.bars == 0 && !p.inSet
	}
	return false
}

// beside reads the next factor of a product without a sign.
func (p *parser) beside(n *tree.Node) *tree.Node {
	t := p.tok
	last := n
	if last.Kind == tree.Product {
		last = last.Kids[len(last.Kids)-1]
	}
	switch {
	case t.kind == tokWord && scales[strings.TrimSuffix(t.text, "s")] != "" && !p.spelled(t.text): // 3.2 million
		p.next()
		return times(n, &tree.Node{Kind: tree.Number, Name: scales[strings.TrimSuffix(t.text, "s")], At: t.at})
	case t.kind == tokNumber && ends(last) == tree.Number && t.spaced:
		p.fail(Sign, t) // 2 3: nobody knows
		return n
	case t.kind == tokNumber && last.Kind == tree.Letter && !last.Alone:
		p.doubt(last.At, last.Name+t.text) // x2: 2x or x²?
	}
	return times(n, p.factor())
}

// ends is the kind of what stands last in a factor, as it was written.
func ends(n *tree.Node) tree.Kind {
	if n.Alone {
		return tree.Tuple
	}
	switch n.Kind {
	case tree.Quotient, tree.Power, tree.Minus, tree.Product:
		return ends(n.Kids[len(n.Kids)-1])
	}
	return n.Kind
}

// measured puts a unit to what has been read, if one stands here and ends the value. Measures in a row are added: 5 ft 3 in.
func (p *parser) measured(n **tree.Node) bool {
	if !p.is(tokWord) && !p.is(tokText) && !p.is(tokUnit) {
		return false
	}
	perCent := p.is(tokWord) && p.tok.text == "per" && p.peek(1).text == "cent"
	if p.is(tokUnit) && p.tok.text == "%" || p.is(tokWord) && strings.EqualFold(p.tok.text, "percent") || perCent {
		at := p.tok.at
		p.next()
		if perCent {
			p.next()
		}
		*n = &tree.Node{Kind: tree.Percent, Kids: []*tree.Node{*n}, At: at}
		return true
	}
	u, k := p.unitAhead()
	if k == 0 || (*n).Kind == tree.Measure || u.IsLabel() && ((*n).Has(tree.Letter) || (*n).Has(tree.Constant)) {
		return false
	}
	p.skip(k)
	*n = &tree.Node{Kind: tree.Measure, Kids: []*tree.Node{*n}, Unit: u, At: (*n).At}
	if p.is(tokNumber) && p.err == nil {
		rest := p.term()
		if rest.Kind != tree.Measure || !rest.Unit.Same(u) {
			p.fail(Sign, p.tok)
			return true
		}
		*n = made(tree.Sum, *n, rest)
	}
	return true
}

// money reads $5, -$5 and $-5.
func (p *parser) money() *tree.Node {
	at := p.tok.at
	u, ok := unit.Find(p.tok.text)
	if !ok || !u.IsMoney() {
		p.fail(Sign, p.tok)
		return node(tree.Number, at)
	}
	p.next()
	n := p.signed()
	if p.is(tokWord) && scales[p.tok.text] != "" {
		n = p.beside(n)
	}
	return &tree.Node{Kind: tree.Measure, Kids: []*tree.Node{n}, Unit: u, At: at}
}

// factor reads a value with its powers and factorials.
func (p *parser) factor() *tree.Node {
	n := p.value()
	for p.err == nil {
		switch {
		case p.op("^"):
			if d := p.degree(); d {
				n = &tree.Node{Kind: tree.Measure, Kids: []*tree.Node{n}, Unit: unit.Degree(), At: n.At}
				continue
			}
			n = p.power(n)
		case p.op("!"):
			p.next()
			n = made(tree.Factorial, n)
		default:
			return n
		}
	}
	return n
}

// degree takes ^\circ and ^{\circ}.
func (p *parser) degree() bool {
	n := 1
	brace := p.peek(1).kind == tokOpen && p.peek(1).text == "{"
	if brace {
		n = 2
	}
	if t := p.peek(n); t.kind != tokUnit || t.text != "°" || brace && p.peek(3).kind != tokClose {
		return false
	}
	if brace {
		n++
	}
	p.skip(n + 1)
	return true
}

// power reads what n is raised to. In TeX {ab}^2 the power belongs to b, as it is shown.
func (p *parser) power(n *tree.Node) *tree.Node {
	if !p.deeper() {
		return n
	}
	defer func() { p.depth-- }()
	p.next()
	e := p.exponent()
	if n.Kind == tree.Product && !n.Alone {
		m := *n
		m.Kids = append([]*tree.Node(nil), n.Kids...)
		m.Kids[len(m.Kids)-1] = made(tree.Power, m.Kids[len(m.Kids)-1], e)
		return &m
	}
	return made(tree.Power, n, e)
}

func (p *parser) exponent() *tree.Node {
	if p.op("-") || p.op("+") {
		sign := p.tok
		if !p.deeper() {
			return node(tree.Number, sign.at)
		}
		defer func() { p.depth-- }()
		p.next()
		e := p.exponent()
		if sign.text == "-" {
			e = &tree.Node{Kind: tree.Minus, Kids: []*tree.Node{e}, At: sign.at}
		}
		return e
	}
	e := p.value()
	if p.op("^") {
		return p.power(e)
	}
	if p.op("!") {
		p.next()
		return made(tree.Factorial, e)
	}
	return e
}
