package read

import (
	"strings"

	"kith/internal/item/algebra/tree"
	"kith/internal/item/algebra/unit"
)

// value reads one thing: a number, a letter, a bracket, a function with its argument.
func (p *parser) value() *tree.Node {
	if !p.deeper() {
		return node(tree.Number, p.tok.at)
	}
	defer func() { p.depth-- }()
	if p.is(tokWord) {
		p.split()
	}
	t := p.tok
	if p.err != nil {
		return node(tree.Number, t.at)
	}
	switch t.kind {
	case tokNumber:
		return p.mixed()
	case tokLetter:
		return p.letter()
	case tokConst:
		p.next()
		return &tree.Node{Kind: tree.Constant, Name: t.text, At: t.at}
	case tokReals:
		p.next()
		return &tree.Node{Kind: tree.Word, Name: "all", At: t.at}
	case tokEmptySet:
		p.next()
		return &tree.Node{Kind: tree.Word, Name: "none", At: t.at}
	case tokOpen:
		if t.text == "{" || t.text == `\{` {
			return p.set()
		}
		return p.bracketed()
	case tokClose:
		if t.text == "]" && p.bars == 0 && p.turned() {
			return p.bracketed()
		}
	case tokBar:
		return p.absolute()
	case tokFunc:
		return p.call()
	case tokRoot:
		return p.root()
	case tokFrac:
		return p.fraction()
	case tokUnit:
		if t.text != "%" && t.text != "°" {
			return p.money()
		}
	case tokMatrix:
		return p.matrix()
	case tokText:
		p.fail(NoWord, t)
		return node(tree.Number, t.at)
	}
	p.fail(Sign, t)
	return node(tree.Number, t.at)
}

// turned reports whether a ] opens an interval: only at the very beginning, or after a union's sign.
func (p *parser) turned() bool {
	if p.pos == 0 {
		return true
	}
	before := p.toks[p.pos-1]
	return before.kind == tokOp && before.text == "or" || before.kind == tokWord || before.kind == tokRel
}

// mixed reads a number, and the fraction behind it when that makes a mixed number: 3 1/2, 3\frac{1}{2}.
func (p *parser) mixed() *tree.Node {
	whole := &tree.Node{Kind: tree.Number, Name: p.tok.text, At: p.tok.at}
	p.next()
	if mantissa, power, found := strings.Cut(whole.Name, "e"); found { // 3.2e5 is one number, written as a product
		exponent := &tree.Node{Kind: tree.Number, Name: strings.TrimPrefix(power, "-"), At: whole.At}
		if power[0] == '-' {
			exponent = made(tree.Minus, exponent)
		}
		n := made(tree.Product, &tree.Node{Kind: tree.Number, Name: mantissa, At: whole.At}, made(tree.Power, &tree.Node{Kind: tree.Number, Name: "10", At: whole.At}, exponent))
		n.Alone = true
		return n
	}
	if !isWhole(whole.Name) {
		return whole
	}
	num, slash, den := p.peek(0), p.peek(1), p.peek(2)
	if num.kind == tokNumber && num.spaced && slash.kind == tokOp && slash.text == "/" && den.kind == tokNumber && isWhole(num.text) && isWhole(den.text) {
		p.skip(3)
		return &tree.Node{Kind: tree.Mixed, At: whole.At, Kids: []*tree.Node{whole,
			{Kind: tree.Number, Name: num.text, At: num.at}, {Kind: tree.Number, Name: den.text, At: den.at}}}
	}
	if p.is(tokFrac) && p.plainFraction() {
		f := p.fraction()
		if f.Kind == tree.Quotient {
			return &tree.Node{Kind: tree.Mixed, At: whole.At, Kids: []*tree.Node{whole, f.Kids[0], f.Kids[1]}}
		}
	}
	return whole
}

func isWhole(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// plainFraction reports whether the \frac at this place has whole numbers for both its parts.
func (p *parser) plainFraction() bool {
	n := 1
	for range 2 {
		if t := p.peek(n); t.kind == tokOpen {
			if p.peek(n+1).kind != tokNumber || !isWhole(p.peek(n+1).text) || p.peek(n+2).kind != tokClose {
				return false
			}
			n += 3
		} else if t.kind == tokNumber && isWhole(t.text) {
			if len(t.text) == 2 && n == 1 {
				return true // \frac12
			}
			n++
		} else {
			return false
		}
	}
	return true
}

// letter reads a letter and its index: b_1, x_{max}.
func (p *parser) letter() *tree.Node {
	n := &tree.Node{Kind: tree.Letter, Name: p.tok.text, At: p.tok.at}
	p.next()
	if !p.op("_") {
		return n
	}
	from := p.tok
	p.next()
	index, ok := p.index()
	if !ok {
		p.fail(Missing, from)
	}
	n.Name += "_" + index
	return n
}

// index reads what stands below a letter, as text.
func (p *parser) index() (string, bool) {
	t := p.tok
	switch {
	case t.kind == tokNumber || t.kind == tokWord || t.kind == tokLetter:
		p.next()
		return t.text, true
	case t.kind == tokOpen && (t.text == "{" || t.text == "("):
		p.next()
		var b strings.Builder
		parts := 0
		for ; p.err == nil && !p.is(tokClose); parts++ {
			if !p.is(tokNumber) && !p.is(tokWord) && !p.is(tokLetter) && !p.op("+") && !p.op("-") && !p.op(",") || b.Len() > 20 {
				p.fail(Unclosed, t)
				return "", false
			}
			b.WriteString(p.tok.text)
			p.next()
		}
		p.next()
		if parts > 1 {
			return "{" + b.String() + "}", true
		}
		return b.String(), b.Len() > 0
	}
	return "", false
}

// absolute reads |x|.
func (p *parser) absolute() *tree.Node {
	begin := p.tok
	if begin.text == "shut" {
		p.fail(Sign, begin)
		return node(tree.Number, begin.at)
	}
	inSet := p.inSet
	p.inSet = false
	p.bars++
	p.next()
	inner := p.sum()
	p.bars--
	p.inSet = inSet
	if p.err == nil && (!p.is(tokBar) || p.tok.text == "open") {
		if p.is(tokEnd) {
			p.fail(Unclosed, begin)
		} else {
			p.fail(Sign, p.tok)
		}
	}
	p.next()
	return &tree.Node{Kind: tree.Call, Name: "abs", Kids: []*tree.Node{inner}, At: begin.at}
}

// braced reads an argument of TeX: {…}, or one sign.
func (p *parser) braced() *tree.Node {
	t := p.tok
	switch {
	case p.open("{"):
		return p.inside("}")
	case t.kind == tokNumber && len(t.text) > 1 && isWhole(t.text): // \frac12, \sqrt23
		p.toks[p.pos].text = t.text[1:]
		p.toks[p.pos].at++
		p.toks[p.pos].spaced = false
		p.tok = p.toks[p.pos]
		return &tree.Node{Kind: tree.Number, Name: t.text[:1], At: t.at}
	case t.kind == tokNumber:
		p.next()
		return &tree.Node{Kind: tree.Number, Name: t.text, At: t.at}
	}
	return p.value()
}

// inside reads a value in brackets that are only there to hold it.
func (p *parser) inside(shut string) *tree.Node {
	begin := p.tok
	bars, inSet := p.bars, p.inSet
	p.bars, p.inSet = 0, false
	p.next()
	n := p.sum()
	p.bars, p.inSet = bars, inSet
	if p.err == nil && (p.tok.kind != tokClose || p.tok.text != shut) {
		if p.is(tokEnd) {
			p.fail(Unclosed, begin)
		} else {
			p.fail(Sign, p.tok)
		}
	}
	p.next()
	return n
}

func (p *parser) fraction() *tree.Node {
	at := p.tok.at
	p.next()
	over := p.braced()
	under := p.braced()
	return &tree.Node{Kind: tree.Quotient, Kids: []*tree.Node{over, under}, At: at, Alone: true}
}

// root reads √, \sqrt, \sqrt[3]: its argument is a bracket or the next thing with its power.
func (p *parser) root() *tree.Node {
	t := p.tok
	n := node(tree.Root, t.at)
	p.next()
	var index *tree.Node
	switch {
	case t.text != "" && t.text != "2":
		index = &tree.Node{Kind: tree.Number, Name: t.text, At: t.at}
	case t.text == "" && p.open("["):
		index = p.inside("]")
	}
	if t.text == "" || p.open("{") {
		n.Kids = []*tree.Node{p.braced()}
	} else {
		n.Kids = []*tree.Node{p.factor()}
	}
	if index != nil && !(index.Kind == tree.Number && index.Name == "2") {
		n.Kids = append(n.Kids, index)
	}
	return n
}

// call reads a function: sin(x), sin 2x, sin^2 x, log_2 8, sqrt(x), root(3, x).
func (p *parser) call() *tree.Node {
	t := p.tok
	p.next()
	if t.text == "binom" && p.open("{") {
		return &tree.Node{Kind: tree.Call, Name: "binom", Kids: []*tree.Node{p.braced(), p.braced()}, At: t.at}
	}
	var index, power *tree.Node
	for p.err == nil {
		if p.op("_") && index == nil && t.text == "log" {
			p.next()
			index = p.base()
		} else if p.op("^") && power == nil && t.text != "sqrt" && t.text != "root" {
			p.next()
			power = p.exponent()
		} else if t.text == "log" && index == nil && p.is(tokNumber) && !p.tok.spaced && p.peek(1).kind == tokOpen && !p.peek(1).spaced {
			index = &tree.Node{Kind: tree.Number, Name: p.tok.text, At: p.tok.at} // log2(8)
			p.next()
		} else if t.text == "sqrt" && index == nil && p.open("[") {
			index = p.inside("]")
		} else {
			break
		}
	}
	args := p.arguments()
	n := p.called(t, args, index)
	if power == nil || p.err != nil {
		return n
	}
	if v, ok := power.Whole(); ok && v == -1 && inverse[t.text] != "" { // sin^-1 x
		n.Name = inverse[t.text]
		return n
	}
	return made(tree.Power, n, power)
}

var inverse = map[string]string{"sin": "arcsin", "cos": "arccos", "tan": "arctan", "sec": "arcsec", "csc": "arccsc", "cot": "arccot"}

// base reads the base of a logarithm: one number or letter, or a bracket.
func (p *parser) base() *tree.Node {
	if p.is(tokOpen) {
		if p.tok.text == "{" {
			return p.inside("}")
		}
		return p.inside(")")
	}
	return p.value()
}

// called makes the node of a function with its arguments; roots have a kind of their own.
func (p *parser) called(t token, args []*tree.Node, index *tree.Node) *tree.Node {
	want := 1
	switch t.text {
	case "root", "nthroot", "binom":
		want = 2
	case "log", "sqrt":
		if len(args) == 2 && index == nil { // log(8, 2), sqrt(x, 3)
			args, index = args[:1], args[1]
		}
	}
	if p.err == nil && len(args) != want {
		p.fail(Sign, t)
	}
	if p.err != nil {
		return node(tree.Number, t.at)
	}
	n := &tree.Node{Kind: tree.Call, Name: t.text, Kids: args, At: t.at}
	switch t.text {
	case "sqrt":
		n.Kind, n.Name = tree.Root, ""
		if index != nil {
			n.Kids = append(n.Kids, index)
		}
	case "cbrt":
		n.Kind, n.Name = tree.Root, ""
		n.Kids = append(n.Kids, &tree.Node{Kind: tree.Number, Name: "3", At: t.at})
	case "root": // root(3, x), as tree.Plain writes it
		n.Kind, n.Name, n.Kids = tree.Root, "", []*tree.Node{args[1], args[0]}
	case "nthroot":
		n.Kind, n.Name = tree.Root, ""
	case "exp":
		return &tree.Node{Kind: tree.Power, Kids: []*tree.Node{{Kind: tree.Constant, Name: "e", At: t.at}, args[0]}, At: t.at}
	case "log":
		if index != nil && index.Kind == tree.Constant && index.Name == "e" {
			n.Name, index = "ln", nil
		}
		if index != nil && !(index.Kind == tree.Number && index.Name == "10") {
			n.Kids = append(n.Kids, index)
		}
	}
	return n
}

// arguments reads what a function is of: a bracket with commas, |x|, or the factors up to the next sign or bracket.
func (p *parser) arguments() []*tree.Node {
	switch {
	case p.open("(") || p.open("["):
		shut := map[string]string{"(": ")", "[": "]"}[p.tok.text]
		begin := p.tok
		bars, inSet := p.bars, p.inSet
		p.bars, p.inSet = 0, false
		p.next()
		args := []*tree.Node{p.sum()}
		for p.err == nil && (p.op(",") || p.op(";")) {
			p.next()
			args = append(args, p.sum())
		}
		p.bars, p.inSet = bars, inSet
		if p.err == nil && (p.tok.kind != tokClose || p.tok.text != shut) {
			if p.is(tokEnd) {
				p.fail(Unclosed, begin)
			} else {
				p.fail(Sign, p.tok)
			}
		}
		p.next()
		return args
	case p.open("{"):
		return []*tree.Node{p.inside("}")}
	case p.op("-"):
		sign := p.tok
		if !p.deeper() {
			return nil
		}
		defer func() { p.depth-- }()
		p.next()
		args := p.arguments()
		if len(args) == 1 {
			return []*tree.Node{{Kind: tree.Minus, Kids: args, At: sign.at}}
		}
		return args
	}
	n := p.factor()
	for p.err == nil {
		if p.is(tokWord) && connectors[p.tok.text] == "" && !p.unitFollows() {
			p.split()
		}
		if !p.is(tokLetter) && !p.is(tokConst) && !p.is(tokNumber) && !p.is(tokRoot) && !p.is(tokFrac) {
			break
		}
		n = p.beside(n)
	}
	if p.is(tokUnit) && p.tok.text == "°" { // sin 30°
		p.next()
		n = &tree.Node{Kind: tree.Measure, Kids: []*tree.Node{n}, Unit: unit.Degree(), At: n.At}
	}
	return []*tree.Node{n}
}

// unitFollows reports whether a unit stands here, as after sin 30°.
func (p *parser) unitFollows() bool {
	_, n := p.unitAhead()
	return n > 0
}
