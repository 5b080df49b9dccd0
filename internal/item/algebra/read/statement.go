package read

import (
	"strings"
	"unicode/utf8"

	"kith/internal/item/algebra/tree"
)

type parser struct {
	toks    []token
	pos     int
	tok     token
	src     []rune
	opts    Options
	depth   int
	within  int  // brackets around this place
	bars    int  // open | in the brackets around this place
	inSet   bool // a | parts a set's letter from its condition
	turning bool // a [ ends the interval that a ] began
	right   bool // right of an equals sign, where another letter with one begins the next equation
	doubts  []Doubt
	err     *Error
}

// next goes on. After an error every token is the end, so that the descent comes back by itself.
func (p *parser) next() {
	if p.err == nil && p.pos+1 < len(p.toks) {
		p.pos++
		p.tok = p.toks[p.pos]
	}
}

// skip goes n tokens on.
func (p *parser) skip(n int) {
	for range n {
		p.next()
	}
}

// peek is the token n ahead; 0 is the present one.
func (p *parser) peek(n int) token {
	if p.pos+n < len(p.toks) && p.err == nil {
		return p.toks[p.pos+n]
	}
	return token{kind: tokEnd}
}

// fail refuses a token. The end is refused as something that is missing.
func (p *parser) fail(why Problem, t token) {
	if p.err == nil {
		if t.kind == tokEnd && why == Sign {
			why = Missing
		}
		p.err = &Error{Problem: why, At: t.at, What: p.shown(t)}
		p.tok = token{kind: tokEnd, at: t.at}
	}
}

// shown is what stands at a token, as it was typed.
func (p *parser) shown(t token) string {
	if t.kind == tokEnd || t.at < 1 || t.at > len(p.src) {
		return ""
	}
	end := len(p.src)
	for _, later := range p.toks {
		if later.at > t.at && later.at-1 < end {
			end = later.at - 1
		}
	}
	return strings.TrimSpace(string(p.src[t.at-1 : min(end, t.at+29)]))
}

func (p *parser) doubt(at int, what string) { p.doubts = append(p.doubts, Doubt{At: at, What: what}) }

// deeper bounds the descent; every recursive path goes through it.
func (p *parser) deeper() bool {
	p.depth++
	if p.depth > MaxDepth {
		p.fail(TooDeep, p.tok)
		return false
	}
	return true
}

func (p *parser) op(text string) bool     { return p.tok.kind == tokOp && p.tok.text == text }
func (p *parser) is(k tokKind) bool       { return p.tok.kind == k }
func (p *parser) open(s string) bool      { return p.tok.kind == tokOpen && p.tok.text == s }
func node(k tree.Kind, at int) *tree.Node { return &tree.Node{Kind: k, At: at} }

// made is a node of kids that begins where the first of them does.
func made(k tree.Kind, kids ...*tree.Node) *tree.Node {
	at := 0
	if kids[0] != nil {
		at = kids[0].At
	}
	return &tree.Node{Kind: k, Kids: kids, At: at}
}

// top reads everything: answers parted by commas.
func (p *parser) top() *tree.Node {
	if p.is(tokRel) && p.tok.text == "=" { // "= 12" is what stands behind the question's own sign
		p.next()
	}
	if n := p.remainder(); n != nil {
		return n
	}
	items := p.items()
	if len(items) == 1 {
		return items[0]
	}
	return made(tree.List, items...)
}

// items reads answers parted by commas or semicolons.
func (p *parser) items() []*tree.Node {
	items := []*tree.Node{p.or()}
	for p.err == nil && (p.op(",") || p.op(";") || p.equationAhead()) {
		if p.equationAhead() { // x = 1 y = 2
			items = append(items, p.or())
			continue
		}
		p.next()
		if k := p.connector(); k == "or" || k == "and" { // 2, 3, and 4
			p.next()
		}
		items = append(items, p.or())
	}
	return items
}

// connector is what joins answers at this place: "or", "and" or "".
func (p *parser) connector() string {
	switch {
	case p.op("or") || p.op("and"):
		return p.tok.text
	case p.tok.kind == tokWord && (connectors[p.tok.text] == "or" || connectors[p.tok.text] == "and"):
		return connectors[p.tok.text]
	case p.tok.kind == tokText && (p.tok.text == "or" || p.tok.text == "and"):
		return p.tok.text
	case p.tok.kind == tokWord && (p.tok.text == "U" || p.tok.text == "u") && p.union():
		return "or"
	}
	return ""
}

// union reports whether a U stands between two intervals.
func (p *parser) union() bool {
	before, after := token{}, p.peek(1)
	if p.pos > 0 {
		before = p.toks[p.pos-1]
	}
	return before.kind == tokClose && before.text != "}" && (after.kind == tokOpen && after.text != "{" || after.kind == tokClose && after.text == "]")
}

func (p *parser) or() *tree.Node {
	n := p.and()
	var all []*tree.Node
	for p.err == nil && p.connector() == "or" {
		p.next()
		all = append(all, p.and())
	}
	if all == nil {
		return n
	}
	return made(tree.Or, append([]*tree.Node{n}, all...)...)
}

func (p *parser) and() *tree.Node {
	n := p.relation()
	var all []*tree.Node
	for p.err == nil && p.connector() == "and" {
		p.next()
		all = append(all, p.relation())
	}
	if all == nil {
		return n
	}
	return made(tree.And, append([]*tree.Node{n}, all...)...)
}

var relations = map[string]tree.Sign{"=": tree.Equal, "!=": tree.NotEqual, "<": tree.Less, "<=": tree.LessEqual, ">": tree.Greater, ">=": tree.GreaterEqual, "in": tree.Element}

// relation reads a, a = b, a < b < c.
func (p *parser) relation() *tree.Node {
	left := p.function()
	if left == nil {
		left = p.sum()
	}
	p.elements()
	if !p.is(tokRel) {
		if p.op(":") || p.toAhead() {
			return p.ratio(left)
		}
		return left
	}
	rel := made(tree.Relation, left)
	for p.err == nil && p.is(tokRel) {
		rel.Signs = append(rel.Signs, relations[p.tok.text])
		p.next()
		if p.err == nil && p.is(tokWord) { // x = no solution
			if n := p.wordHere(); n != nil {
				rel.Kids = append(rel.Kids, n)
				return rel
			}
		}
		was := p.right
		p.right = rel.Signs[len(rel.Signs)-1] == tree.Equal && p.within == 0
		side := p.function()
		if side == nil {
			side = p.sum()
		}
		p.right = was
		rel.Kids = append(rel.Kids, side)
		p.elements()
	}
	return rel
}

// elements turns the word "in" between a letter and an interval into its sign.
func (p *parser) elements() {
	if p.is(tokWord) && p.tok.text == "in" && (p.peek(1).kind == tokOpen || p.peek(1).kind == tokReals) {
		p.toks[p.pos].kind = tokRel
		p.tok = p.toks[p.pos]
	}
}

// wordHere reads an answer in words that takes all the rest.
func (p *parser) wordHere() *tree.Node {
	rest := string(p.src[p.tok.at-1:])
	word, ok := wholeWord(rest)
	if !ok {
		return nil
	}
	n := &tree.Node{Kind: tree.Word, Name: word, At: p.tok.at}
	p.pos = len(p.toks) - 1
	p.tok = p.toks[p.pos]
	return n
}

// function reads the f(x) of "f(x) = …" and "… = f(x)" as one letter: it names a value and is no product. nil when none
// stands here.
func (p *parser) function() *tree.Node {
	if !p.is(tokWord) || len(p.tok.text) != 1 || p.peek(1).kind != tokOpen || p.peek(1).text != "(" {
		return nil
	}
	arg, shut, rel := p.peek(2), p.peek(3), p.peek(4)
	if arg.kind != tokWord && arg.kind != tokNumber || len(arg.text) != 1 || shut.kind != tokClose {
		return nil
	}
	first := p.pos == 0 && rel.kind == tokRel && rel.text == "="
	last := p.pos > 0 && p.toks[p.pos-1].kind == tokRel && p.toks[p.pos-1].text == "=" && rel.kind == tokEnd
	if !first && !last {
		return nil
	}
	n := &tree.Node{Kind: tree.Letter, Name: p.tok.text + "(" + arg.text + ")", At: p.tok.at}
	p.skip(4)
	return n
}

// equationAhead reports whether a new equation begins here that no comma parts from the one before: the y of x = 1 y = 2.
func (p *parser) equationAhead() bool {
	return p.is(tokWord) && p.tok.spaced && p.pos > 0 && utf8.RuneCountInString(p.tok.text) == 1 && p.peek(1).kind == tokRel && p.peek(1).text == "="
}

// toAhead reports whether the word "to" of a ratio stands here: 3 to 4.
func (p *parser) toAhead() bool {
	return p.is(tokWord) && p.tok.text == "to" && p.tok.spaced && p.peek(1).kind == tokNumber && !p.spelled("to")
}

// rests are the words between a quotient and what is left over.
var rests = map[string]bool{"R": true, "r": true, "rem": true, "Rem": true, "remainder": true, "Remainder": true}

// remainder reads 7 R 2 where that is all that was written, and R is no letter of the question. nil when it is not.
func (p *parser) remainder() *tree.Node {
	whole, word, rest := p.peek(0), p.peek(1), p.peek(2)
	if whole.kind != tokNumber || word.kind != tokWord && word.kind != tokText || rest.kind != tokNumber || p.peek(3).kind != tokEnd || !rests[strings.TrimSpace(word.text)] ||
		p.opts.known(word.text) || !isWhole(whole.text) || !isWhole(rest.text) {
		return nil
	}
	p.skip(3)
	return made(tree.Remainder, &tree.Node{Kind: tree.Number, Name: whole.text, At: whole.at}, &tree.Node{Kind: tree.Number, Name: rest.text, At: rest.at})
}

func (p *parser) ratio(first *tree.Node) *tree.Node {
	r := made(tree.Ratio, first)
	for p.err == nil && (p.op(":") || p.toAhead()) {
		p.next()
		r.Kids = append(r.Kids, p.sum())
	}
	return r
}

// bracketed reads what stands in ( … ) or [ … ]: a value, a pair, an interval or a matrix.
func (p *parser) bracketed() *tree.Node {
	begin := p.tok
	turned := begin.kind == tokClose // ]2, 5[ has its brackets turned round
	bars, inSet, turning := p.bars, p.inSet, p.turning
	p.bars, p.inSet, p.turning = 0, false, turned
	p.within++
	p.next()
	items := p.items()
	p.within--
	p.bars, p.inSet, p.turning = bars, inSet, turning
	if p.err != nil {
		return items[0]
	}
	end := p.tok
	if !(end.kind == tokClose && (end.text == ")" || end.text == "]") || end.kind == tokOpen && end.text == "[" && len(items) == 2) {
		if end.kind == tokEnd {
			p.fail(Unclosed, begin)
		} else {
			p.fail(Sign, end)
		}
		return items[0]
	}
	p.next()
	closed := [2]bool{begin.kind == tokOpen && begin.text == "[", end.kind == tokClose && end.text == "]"}
	switch {
	case len(items) == 1:
		if closed[0] != closed[1] || turned {
			p.fail(Sign, end)
		}
		if closed[0] && items[0].Kind == tree.List { // [[1, 2]]
			return &tree.Node{Kind: tree.Matrix, Kids: items, At: begin.at}
		}
		n := *items[0]
		n.Alone = true
		return &n
	case closed[0] && closed[1] && allLists(items):
		return &tree.Node{Kind: tree.Matrix, Kids: items, At: begin.at}
	case len(items) == 2 && (closed[0] || closed[1] || turned):
		return &tree.Node{Kind: tree.Interval, Kids: items, Closed: closed, At: begin.at}
	case closed[0] && closed[1]:
		return &tree.Node{Kind: tree.List, Kids: items, At: begin.at}
	case closed[0] || closed[1]:
		p.fail(Sign, end)
		return items[0]
	}
	return &tree.Node{Kind: tree.Tuple, Kids: items, At: begin.at}
}

// shuts reports whether a [ ends an interval, as in [2, 5[: it stands inside a bracket, and nothing follows that it could
// open.
func (p *parser) shuts() bool {
	next := p.peek(1)
	return p.within > 0 && (next.kind == tokEnd || next.kind == tokOp && next.text == "or" || next.kind == tokWord)
}

// allLists reports whether every item is a row of a matrix: a list, or a closed interval, which a row of two looks like.
func allLists(items []*tree.Node) bool {
	for i, n := range items {
		if n.Kind == tree.Interval && n.Closed == [2]bool{true, true} {
			n = &tree.Node{Kind: tree.List, Kids: n.Kids, At: n.At}
			items[i] = n
		}
		if n.Kind != tree.List {
			return false
		}
	}
	return true
}

// set reads what stands in braces. Braces that only group, as TeX's do, give what they group.
func (p *parser) set() *tree.Node {
	begin, from := p.tok, p.pos
	bars, inSet := p.bars, p.inSet
	p.bars, p.inSet = 0, true
	p.next()
	if p.tok.kind == tokClose && (p.tok.text == "}" || p.tok.text == `\}`) {
		p.next()
		p.bars, p.inSet = bars, inSet
		return &tree.Node{Kind: tree.Set, At: begin.at}
	}
	items := p.items()
	condition := len(items) == 1 && (p.is(tokBar) || p.op(":"))
	if condition { // {x | x > 2}
		p.inSet = false
		p.next()
		items = []*tree.Node{p.or()}
	} else if len(items) == 1 && items[0].Kind == tree.Ratio && len(items[0].Kids) == 2 && items[0].Kids[0].Kind == tree.Letter {
		// {x : x > 2} was read as a ratio up to the relation's sign
		condition = true
		items[0] = p.afterColon(items[0].Kids[1])
	}
	p.bars, p.inSet = bars, inSet
	if !(p.tok.kind == tokClose && (p.tok.text == "}" || p.tok.text == `\}`)) {
		if p.tok.kind == tokEnd {
			p.fail(Unclosed, begin)
		} else {
			p.fail(Sign, p.tok)
		}
		return items[0]
	}
	p.next()
	switch {
	case condition:
		return items[0]
	case begin.text == `\{` || len(items) > 1 || from == 0 && p.is(tokEnd):
		return &tree.Node{Kind: tree.Set, Kids: items, At: begin.at}
	}
	n := *items[0]
	n.Alone = n.Kind != tree.Product // {ab}^2 shows as ab^2
	return &n
}

// afterColon goes on with the condition of a set whose first side has been read.
func (p *parser) afterColon(left *tree.Node) *tree.Node {
	rel := made(tree.Relation, left)
	for p.err == nil && p.is(tokRel) {
		rel.Signs = append(rel.Signs, relations[p.tok.text])
		p.next()
		rel.Kids = append(rel.Kids, p.sum())
	}
	if len(rel.Signs) == 0 {
		p.fail(Sign, p.tok)
	}
	return rel
}

// matrix reads \begin{…matrix} rows \end{…}.
func (p *parser) matrix() *tree.Node {
	begin := p.tok
	m := node(tree.Matrix, begin.at)
	row := node(tree.List, begin.at)
	p.next()
	for p.err == nil && !p.is(tokEndMatrix) {
		if p.is(tokEnd) {
			p.fail(Unclosed, begin)
			break
		}
		row.Kids = append(row.Kids, p.sum())
		switch {
		case p.is(tokCell):
			p.next()
		case p.is(tokRow):
			p.next()
			m.Kids = append(m.Kids, row)
			row = node(tree.List, p.tok.at)
		case !p.is(tokEndMatrix):
			p.fail(Sign, p.tok)
		}
	}
	p.next()
	if len(row.Kids) > 0 {
		m.Kids = append(m.Kids, row)
	}
	if len(m.Kids) == 0 {
		p.fail(Missing, p.tok)
	}
	return m
}
