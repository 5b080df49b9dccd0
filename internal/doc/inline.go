package doc

import (
	"strings"
	"unicode/utf8"
)

// frame is an open **strong** or *emphasis*, or at the bottom the block itself.
type frame struct {
	kind  Kind
	at    int
	nodes []Node
}

// inliner reads the inside of a block. Lines are joined by "\n", which counts as a space.
type inliner struct {
	p     *parser
	s     string
	first int // line number of s
	pos   int
	text  strings.Builder
	stack []frame
	depth int
}

// inline reads the inside of a block that must not be empty.
func (p *parser) inline(lines []line, depth int) ([]Node, error) {
	var b strings.Builder
	for i, l := range lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(l.s)
	}
	nodes, err := p.run(b.String(), lines[0].n, depth)
	if err == nil && len(nodes) == 0 {
		err = bad(lines[0].n, "empty_block")
	}
	return nodes, err
}

// inlineMaybe reads the inside of a table's cell, which may be empty.
func (p *parser) inlineMaybe(l line, depth int) ([]Node, error) { return p.run(l.s, l.n, depth) }

func (p *parser) run(s string, first, depth int) ([]Node, error) {
	in := inliner{p: p, s: strings.Trim(s, " \n"), first: first, stack: []frame{{}}, depth: depth}
	if cut := len(s) - len(strings.TrimLeft(s, " \n")); cut > 0 {
		in.first += strings.Count(s[:cut], "\n")
	}
	for in.pos < len(in.s) {
		if err := in.step(); err != nil {
			return nil, err
		}
	}
	in.flush()
	if top := in.stack[len(in.stack)-1]; top.kind != "" {
		return nil, bad(in.line(top.at), "stars_open")
	}
	return in.stack[0].nodes, nil
}

func (in *inliner) line(at int) int { return in.first + strings.Count(in.s[:at], "\n") }

func (in *inliner) top() *frame { return &in.stack[len(in.stack)-1] }

func (in *inliner) add(n Node) error {
	if in.p.nodes++; in.p.nodes > MaxNodes {
		return bad(in.line(in.pos), "too_many_nodes", "max", MaxNodes)
	}
	in.top().nodes = append(in.top().nodes, n)
	return nil
}

// flush makes a text run of what was gathered; runs of spaces become one.
func (in *inliner) flush() {
	if in.text.Len() == 0 {
		return
	}
	in.p.nodes++
	in.top().nodes = append(in.top().nodes, Node{Kind: Text, Text: in.text.String()})
	in.text.Reset()
}

func (in *inliner) step() error {
	s := in.s[in.pos:]
	switch {
	case s[0] == '\\':
		return in.escape(s)
	case s[0] == '$':
		return in.math()
	case strings.HasPrefix(s, "[["):
		return in.value(s)
	case s[0] == '*':
		return in.stars(s)
	case space(s[0]):
		n := len(s) - len(strings.TrimLeft(s, " \n"))
		in.text.WriteByte(' ')
		in.pos += n
	default:
		_, n := utf8.DecodeRuneInString(s)
		in.text.WriteString(s[:n])
		in.pos += n
	}
	return nil
}

func space(c byte) bool { return c == ' ' || c == '\n' }

func punctuation(c byte) bool {
	return c >= '!' && c <= '/' || c >= ':' && c <= '@' || c >= '[' && c <= '`' || c >= '{' && c <= '~'
}

func (in *inliner) escape(s string) error {
	if len(s) < 2 || !punctuation(s[1]) {
		return bad(in.line(in.pos), "backslash")
	}
	in.text.WriteByte(s[1])
	in.pos += 2
	return nil
}

// closing is the index after the mathematics that opens at s[i] == '$', or 0 when it does not close.
func closing(s string, i int) int {
	mark := "$"
	if strings.HasPrefix(s[i:], "$$") {
		mark = "$$"
	}
	for j := i + len(mark); j < len(s); j++ {
		if s[j] == '\\' {
			j++
			continue
		}
		if strings.HasPrefix(s[j:], mark) {
			return j + len(mark)
		}
	}
	return 0
}

func (in *inliner) math() error {
	at := in.line(in.pos)
	end := closing(in.s, in.pos)
	if end == 0 {
		return bad(at, "math_open")
	}
	mark := 1
	if strings.HasPrefix(in.s[in.pos:], "$$") {
		mark = 2
	}
	tex := strings.ReplaceAll(in.s[in.pos+mark:end-mark], "\n", " ")
	if mark == 2 {
		tex = strings.TrimSpace(tex)
	}
	if tex == "" || tex != strings.TrimSpace(tex) {
		return bad(at, "math_space") // "$5 and $6" was meant as money
	}
	tree, err := TeX(tex, mark == 2)
	if err != nil {
		return atLine(err, at)
	}
	in.flush()
	in.pos = end
	return in.add(Node{Kind: Math, Text: tex, Display: mark == 2, MathML: &tree})
}

func (in *inliner) value(s string) error {
	end := strings.Index(s, "]]")
	if end < 0 {
		return bad(in.line(in.pos), "value_open")
	}
	expr := strings.TrimSpace(strings.ReplaceAll(s[2:end], "\n", " "))
	if err := checkExpr(expr); err != nil {
		return atLine(err, in.line(in.pos))
	}
	in.flush()
	in.pos += end + 2
	return in.add(Node{Kind: Value, Text: expr})
}

// stars opens or closes **strong** and *emphasis*. A star with spaces on both sides is a star.
func (in *inliner) stars(s string) error {
	run := len(s) - len(strings.TrimLeft(s, "*"))
	opens := run < len(s) && !space(s[run])
	closes := in.pos > 0 && !space(in.s[in.pos-1])
	if !opens && !closes {
		in.text.WriteString(s[:run])
		in.pos += run
		return nil
	}
	inner := in.top().kind
	switch {
	case inner == Emphasis && run != 2 && closes:
		return in.close(1)
	case inner == Strong && run >= 2 && closes:
		return in.close(2)
	case run >= 2 && !in.inside(Strong):
		return in.open(Strong, 2)
	case run != 2 && !in.inside(Emphasis):
		return in.open(Emphasis, 1)
	}
	return bad(in.line(in.pos), "stars")
}

func (in *inliner) inside(k Kind) bool {
	for _, f := range in.stack {
		if f.kind == k {
			return true
		}
	}
	return false
}

func (in *inliner) open(k Kind, n int) error {
	if rest := in.s[in.pos+n:]; rest == "" || space(rest[0]) {
		return bad(in.line(in.pos), "stars")
	}
	in.flush()
	in.stack = append(in.stack, frame{kind: k, at: in.pos})
	in.pos += n
	return nil
}

func (in *inliner) close(n int) error {
	in.flush()
	f := *in.top()
	if len(f.nodes) == 0 {
		return bad(in.line(in.pos), "stars")
	}
	in.stack = in.stack[:len(in.stack)-1]
	in.pos += n
	return in.add(Node{Kind: f.kind, Nodes: f.nodes})
}
