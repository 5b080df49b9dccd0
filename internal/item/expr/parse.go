package expr

import (
	"math/big"
	"slices"
	"strings"
)

type op uint8

const (
	opConst op = iota
	opName
	opCall
	opNeg
	opNot
	opAdd
	opSub
	opMul
	opDiv
	opPow
	opEq
	opNe
	opLt
	opLe
	opGt
	opGe
	opAnd
	opOr
)

var opText = [...]string{opNeg: "-", opNot: "!", opAdd: "+", opSub: "-", opMul: "*", opDiv: "/", opPow: "^", opEq: "==", opNe: "!=",
	opLt: "<", opLe: "<=", opGt: ">", opGe: ">=", opAnd: "&&", opOr: "||"}

// node is one operation; at is its 1-based place in the source.
type node struct {
	op   op
	at   int
	val  Value  // opConst
	name string // opName, opCall
	fn   func(*node, []Value) (Value, *Error)
	kids []*node
}

// Parse reads an expression. The error is an *Error.
func Parse(src string) (*Expr, error) {
	if len(src) > MaxLength {
		return nil, &Error{Problem: TooLong, Src: src[:40] + "…", At: MaxLength + 1}
	}
	p := &parser{src: src}
	p.next()
	root := p.or()
	if p.err == nil && p.kind != tokEnd {
		p.fail(Syntax, p.text)
	}
	if p.err != nil {
		p.err.Src = src
		return nil, p.err
	}
	return &Expr{src: src, root: root, uses: p.uses}, nil
}

// IsName reports whether s may name a drawn or derived value: a letter, then letters, digits and _, at most 40 bytes,
// and not a function's name.
func IsName(s string) bool {
	if s == "" || len(s) > 40 || !letter(s[0]) {
		return false
	}
	for i := range len(s) {
		if !letter(s[i]) && !digit(s[i]) && s[i] != '_' {
			return false
		}
	}
	_, taken := functions[s]
	return !taken
}

type token uint8

const (
	tokEnd token = iota
	tokNumber
	tokName
	tokSign // an operator, a parenthesis or a comma; text says which
)

type parser struct {
	src   string
	pos   int // of what follows the token
	kind  token
	text  string
	at    int // 1-based place of the token
	depth int
	uses  []string
	err   *Error
}

func (p *parser) fail(why Problem, detail string) { p.failAt(p.at, why, detail) }

func (p *parser) failAt(at int, why Problem, detail string) {
	if p.err == nil {
		p.err = &Error{Problem: why, At: at, Detail: detail}
		p.kind, p.text = tokEnd, ""
	}
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
func digit(c byte) bool  { return c >= '0' && c <= '9' }

// next reads a token. After an error every token is the end, so that the descent comes back by itself.
func (p *parser) next() {
	if p.err != nil {
		return
	}
	s := p.src
	for p.pos < len(s) && (s[p.pos] == ' ' || s[p.pos] == '\t') {
		p.pos++
	}
	from := p.pos
	p.at = from + 1
	if from == len(s) {
		p.kind, p.text = tokEnd, ""
		return
	}
	switch c := s[from]; {
	case digit(c) || c == '.':
		for p.pos < len(s) && (digit(s[p.pos]) || s[p.pos] == '.') {
			p.pos++
		}
		p.kind = tokNumber
		if p.pos < len(s) && letter(s[p.pos]) {
			p.fail(Syntax, s[from:p.pos+1]) // 2a: a product is written 2*a
			return
		}
	case letter(c):
		for p.pos < len(s) && (letter(s[p.pos]) || digit(s[p.pos]) || s[p.pos] == '_') {
			p.pos++
		}
		p.kind = tokName
	case strings.IndexByte("+-*/^(),", c) >= 0:
		p.pos++
		p.kind = tokSign
	default:
		p.kind = tokSign
		two := s[from:min(from+2, len(s))]
		switch {
		case slices.Contains([]string{"==", "!=", "<=", ">=", "&&", "||"}, two):
			p.pos += 2
		case c == '<' || c == '>' || c == '!':
			p.pos++
		default:
			r := []rune(s[from:])[0]
			p.fail(Syntax, string(r))
			return
		}
	}
	p.text = s[from:p.pos]
}

func (p *parser) sign(text string) bool { return p.kind == tokSign && p.text == text }

// deeper bounds the descent; every recursive path goes through it.
func (p *parser) deeper() bool {
	p.depth++
	if p.depth > MaxDepth {
		p.fail(TooDeep, "")
		return false
	}
	return true
}

func (p *parser) or() *node {
	n := p.and()
	for p.sign("||") {
		at := p.at
		p.next()
		n = &node{op: opOr, at: at, kids: []*node{n, p.and()}}
	}
	return n
}

func (p *parser) and() *node {
	n := p.comparison()
	for p.sign("&&") {
		at := p.at
		p.next()
		n = &node{op: opAnd, at: at, kids: []*node{n, p.comparison()}}
	}
	return n
}

// comparison is not chained: a < b < c would compare a condition with c, so it is refused at the second sign.
func (p *parser) comparison() *node {
	n := p.sum()
	if p.kind != tokSign {
		return n
	}
	for o := opEq; o <= opGe; o++ {
		if p.text == opText[o] {
			at := p.at
			p.next()
			return &node{op: o, at: at, kids: []*node{n, p.sum()}}
		}
	}
	return n
}

func (p *parser) sum() *node {
	n := p.product()
	for p.sign("+") || p.sign("-") {
		o, at := opAdd, p.at
		if p.text == "-" {
			o = opSub
		}
		p.next()
		n = &node{op: o, at: at, kids: []*node{n, p.product()}}
	}
	return n
}

func (p *parser) product() *node {
	n := p.unary()
	for p.sign("*") || p.sign("/") {
		o, at := opMul, p.at
		if p.text == "/" {
			o = opDiv
		}
		p.next()
		n = &node{op: o, at: at, kids: []*node{n, p.unary()}}
	}
	return n
}

func (p *parser) unary() *node {
	if !p.sign("-") && !p.sign("!") {
		return p.power()
	}
	if !p.deeper() {
		return nil
	}
	defer func() { p.depth-- }()
	o, at := opNeg, p.at
	if p.text == "!" {
		o = opNot
	}
	p.next()
	return &node{op: o, at: at, kids: []*node{p.unary()}}
}

// power binds tighter than a sign before it (-2^2 is -4) and looser than one in the exponent (2^-1 is 1/2).
func (p *parser) power() *node {
	n := p.atom()
	if !p.sign("^") {
		return n
	}
	if !p.deeper() {
		return nil
	}
	defer func() { p.depth-- }()
	at := p.at
	p.next()
	return &node{op: opPow, at: at, kids: []*node{n, p.unary()}}
}

func (p *parser) atom() *node {
	at, text := p.at, p.text
	switch {
	case p.kind == tokNumber:
		p.next()
		r, ok := readLiteral(text)
		if !ok {
			p.failAt(at, Syntax, text)
		} else if len(text) > MaxDigits {
			p.failAt(at, TooBig, text)
		}
		return &node{op: opConst, at: at, val: Number(r)}
	case p.kind == tokName:
		p.next()
		if p.sign("(") {
			return p.call(text, at)
		}
		if !IsName(text) {
			p.failAt(at, Syntax, text)
		}
		if !slices.Contains(p.uses, text) {
			p.uses = append(p.uses, text)
		}
		return &node{op: opName, at: at, name: text}
	case p.sign("("):
		if !p.deeper() {
			return nil
		}
		defer func() { p.depth-- }()
		p.next()
		n := p.or()
		p.need(")")
		return n
	}
	p.fail(Syntax, text)
	return nil
}

func (p *parser) call(name string, at int) *node {
	f, known := functions[name]
	if !known {
		p.failAt(at, Unknown, name)
		return nil
	}
	if !p.deeper() {
		return nil
	}
	defer func() { p.depth-- }()
	n := &node{op: opCall, at: at, name: name, fn: f.do}
	p.next()
	for p.err == nil {
		n.kids = append(n.kids, p.or())
		if !p.sign(",") {
			break
		}
		p.next()
	}
	p.need(")")
	if len(n.kids) < f.least || len(n.kids) > f.most {
		p.failAt(at, Syntax, name)
	}
	return n
}

func (p *parser) need(text string) {
	if !p.sign(text) {
		p.fail(Syntax, p.text)
		return
	}
	p.next()
}

// readLiteral reads 12, 0.5 and .5; not 5. or 1.2.3.
func readLiteral(s string) (*big.Rat, bool) {
	if strings.Count(s, ".") > 1 || strings.HasSuffix(s, ".") || len(s) > 2*MaxLength {
		return nil, false
	}
	return new(big.Rat).SetString(s)
}
