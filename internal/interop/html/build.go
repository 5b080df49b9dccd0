package html

import (
	entity "html"
	"strings"
	"unicode/utf8"

	"kith/internal/doc"
	"kith/internal/interop/mathml"
)

// maxOpen bounds how many elements may be open at once; what is deeper is read as if it were not nested.
const maxOpen = 40

// PauseClass marks a lesson's "stop and predict" in the HTML that Write makes.
const PauseClass = "kith-pause"

// frame is an open block: its finished blocks and the line that is being read.
type frame struct {
	kind   doc.Kind // "" for the whole text
	blocks []doc.Node
	line   []run
	level  int  // of the heading that is being read, 0 = none
	heads  int  // of a row: how many of its cells are th
	head   bool // of a cell: it is th; of a table: its first row is
}

type builder struct {
	o                    Options
	stack                []*frame
	strong, em, sup, sub int // open marks
	runes                int // shown so far
	err                  error
}

func newBuilder(o Options) *builder { return &builder{o: o, stack: []*frame{{}}} }

func (b *builder) top() *frame { return b.stack[len(b.stack)-1] }

func (b *builder) fail(err error) {
	if b.err == nil {
		b.err = err
	}
}

// text takes words as they stand in HTML.
func (b *builder) text(raw string) { b.words(entity.UnescapeString(raw)) }

// words takes words in which nothing but mathematics is marked.
func (b *builder) words(s string) {
	for _, p := range parts(s) {
		switch {
		case p.tex:
			if tex := tidyTeX(p.s); tex != "" {
				b.place()
				b.line(run{node: doc.Node{Kind: doc.Math, Text: tex, Display: p.display}, dollars: p.dollars})
			}
		case b.o.Breaks:
			for i, line := range strings.Split(p.s, "\n") {
				if i > 0 {
					b.flush()
				}
				b.plain(line)
			}
		default:
			b.plain(p.s)
		}
	}
}

func (b *builder) plain(s string) {
	s = shown(s)
	if strings.TrimSpace(s) == "" && len(b.top().line) == 0 {
		return
	}
	switch {
	case b.sup > 0:
		s = raised(s, superscripts, "^")
	case b.sub > 0:
		s = raised(s, subscripts, "_")
	}
	if b.runes += utf8.RuneCountInString(s); b.runes > doc.MaxRunes {
		b.fail(refuse("import.text.long"))
		return
	}
	b.place()
	b.line(run{node: doc.Node{Kind: doc.Text, Text: s}})
}

func (b *builder) line(r run) {
	r.strong, r.em = b.strong > 0, b.em > 0
	b.top().line = append(b.top().line, r)
}

// place opens what must be open where something is to be shown: an item of a list, a cell of a table.
func (b *builder) place() {
	for {
		switch b.top().kind {
		case doc.Bullets, doc.Numbers:
			b.push(doc.ListItem)
		case doc.Table:
			b.push(doc.Row)
		case doc.Row:
			b.push(doc.Cell)
		default:
			return
		}
	}
}

func (b *builder) push(kind doc.Kind) {
	b.flush()
	b.stack = append(b.stack, &frame{kind: kind})
}

// open opens a block. Too deep, it is as if it were not there. A cell holds words only: a list in it is read in order.
func (b *builder) open(kind doc.Kind) {
	b.flush()
	b.place()
	switch {
	case b.top().kind == doc.Cell && kind == doc.Table:
		b.fail(refuse("import.text.table"))
	case b.top().kind != doc.Cell && len(b.stack) < maxOpen:
		b.push(kind)
	}
}

// within reports whether kind is open and nothing of stop is open inside it.
func (b *builder) within(kind doc.Kind, stop ...doc.Kind) bool {
	for i := len(b.stack) - 1; i > 0; i-- {
		if b.stack[i].kind == kind {
			return true
		}
		for _, s := range stop {
			if b.stack[i].kind == s {
				return false
			}
		}
	}
	return false
}

// shut closes the innermost kind with all that is open inside it; nothing when none is open.
func (b *builder) shut(kind doc.Kind, stop ...doc.Kind) {
	if !b.within(kind, stop...) {
		return
	}
	for b.top().kind != kind {
		b.pop()
	}
	b.pop()
}

func (b *builder) tag(t tag) {
	switch name := t.name; {
	case media[name] && !t.close:
		b.fail(refuse("import.text.media", "name", name))
	case dropped[name] || media[name] || name == "!":
	case name == "math":
		b.mathML(t)
	case name == "img":
		b.image(t)
	case name == "b" || name == "strong":
		b.strong = count(b.strong, t.close)
	case name == "i" || name == "em" || name == "cite" || name == "dfn" || name == "var":
		b.em = count(b.em, t.close)
	case name == "sup":
		b.sup = count(b.sup, t.close)
	case name == "sub":
		b.sub = count(b.sub, t.close)
	case len(name) == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6':
		b.flush()
		b.place()
		if b.top().level = 0; !t.close {
			b.top().level = min(max(int(name[1]-'0'), 2), 4)
		}
	default:
		b.block(t)
	}
}

func count(n int, down bool) int {
	if down {
		return max(n-1, 0)
	}
	return n + 1
}

func (b *builder) block(t tag) {
	switch t.name {
	case "ul", "menu", "dir":
		b.list(doc.Bullets, t.close)
	case "ol":
		b.list(doc.Numbers, t.close)
	case "li":
		b.flush()
		b.shut(doc.ListItem, doc.Bullets, doc.Numbers, doc.Cell)
		if !t.close && len(b.stack) < maxOpen && b.top().kind != doc.Cell {
			if k := b.top().kind; k != doc.Bullets && k != doc.Numbers {
				b.open(doc.Bullets)
			}
			b.push(doc.ListItem)
		}
	case "blockquote":
		b.list(doc.Quote, t.close)
	case "table":
		b.list(doc.Table, t.close)
	case "tr":
		b.shut(doc.Row, doc.Table)
		if !t.close && b.top().kind == doc.Table {
			b.push(doc.Row)
		}
	case "td", "th":
		b.shut(doc.Cell, doc.Row, doc.Table)
		if b.top().kind == doc.Table && !t.close {
			b.push(doc.Row)
		}
		if !t.close && b.top().kind == doc.Row {
			b.push(doc.Cell)
			b.top().head = t.name == "th"
		}
	case "div":
		b.flush()
		switch {
		case t.attrs["class"] == PauseClass && !t.close && len(b.stack) == 1:
			b.push(doc.Pause)
		case t.close && b.top().kind == doc.Pause:
			b.pop()
		}
	default:
		if blocks[t.name] {
			b.flush()
		}
	}
}

func (b *builder) list(kind doc.Kind, shut bool) {
	if shut {
		b.flush()
		b.shut(kind, doc.Cell)
		return
	}
	b.open(kind)
}

func (b *builder) image(t tag) {
	if t.close {
		return
	}
	src := strings.TrimSpace(entity.UnescapeString(t.attrs["src"]))
	id, ok := "", false
	if b.o.Picture != nil {
		id, ok = b.o.Picture(src)
	}
	if !ok {
		b.fail(refuse("import.text.figure", "name", clip(src)))
		return
	}
	b.flush()
	if b.place(); b.top().kind == doc.Cell {
		b.fail(refuse("import.text.table"))
		return
	}
	alt := strings.Join(strings.Fields(shown(entity.UnescapeString(t.attrs["alt"]))), " ")
	if alt == "" {
		if b.o.Undescribed != nil {
			b.o.Undescribed()
		}
		alt = fileName(src)
	}
	alt = strings.ReplaceAll(alt, "[[", "[ [")
	b.top().blocks = append(b.top().blocks, doc.Node{Kind: doc.Image, Name: id, Alt: alt})
}

// mathML takes a formula that stands as MathML.
func (b *builder) mathML(t tag) {
	if t.close {
		return
	}
	tex, err := mathml.TeX(t.inner)
	if err != nil {
		b.fail(refuse("import.text.mathml", "detail", err.Error()))
		return
	}
	if tex = tidyTeX(tex); tex != "" {
		b.place()
		b.line(run{node: doc.Node{Kind: doc.Math, Text: tex, Display: t.attrs["display"] == "block"}})
	}
}

// fileName stands for the description that a picture lacks.
func fileName(src string) string {
	name := src[strings.LastIndexByte(src, '/')+1:]
	if strings.HasPrefix(src, "data:") || strings.TrimSpace(name) == "" {
		return "picture"
	}
	return clip(strings.Join(strings.Fields(shown(name)), " "))
}

func clip(s string) string {
	r := []rune(s)
	if len(r) > 80 {
		return string(r[:80]) + "…"
	}
	return s
}

// flush ends the line that is being read: a paragraph or a heading, unless it shows nothing.
func (b *builder) flush() {
	f := b.top()
	line := f.line
	f.line = nil
	if len(line) == 0 {
		return
	}
	nodes, err := settle(line)
	if err != nil {
		b.fail(err)
		return
	}
	if len(nodes) == 0 {
		return
	}
	n := doc.Node{Kind: doc.Paragraph, Nodes: nodes}
	if f.level > 0 && f.kind != doc.Cell {
		n.Kind, n.Level = doc.Heading, f.level
	}
	f.blocks = append(f.blocks, n)
}

// pop closes the innermost block and gives what it holds to the one around it. An empty one leaves no trace.
func (b *builder) pop() {
	b.flush()
	f := b.top()
	b.stack = b.stack[:len(b.stack)-1]
	up := b.top()
	n := doc.Node{Kind: f.kind, Nodes: f.blocks}
	switch f.kind {
	case doc.ListItem:
		if len(n.Nodes) == 1 && n.Nodes[0].Kind == doc.Paragraph {
			n.Nodes = n.Nodes[0].Nodes
		}
	case doc.Cell:
		n.Nodes = oneLine(f.blocks)
		if f.head {
			up.heads++
		}
		up.blocks = append(up.blocks, n)
		return
	case doc.Row:
		if len(up.blocks) == 0 {
			up.head = f.heads > 0 && f.heads == len(n.Nodes)
		}
	case doc.Table:
		n.Head = f.head
		n.Nodes = squared(n.Nodes)
	}
	if len(n.Nodes) > 0 {
		up.blocks = append(up.blocks, n)
	}
}

// oneLine joins a cell's paragraphs with spaces between.
func oneLine(blocks []doc.Node) []doc.Node {
	var out []doc.Node
	for i, p := range blocks {
		if i > 0 {
			out = append(out, doc.Node{Kind: doc.Text, Text: " "})
		}
		out = append(out, p.Nodes...)
	}
	return joined(out)
}

// joined makes one run of texts that stand side by side.
func joined(nodes []doc.Node) []doc.Node {
	var out []doc.Node
	for _, n := range nodes {
		if last := len(out) - 1; last >= 0 && n.Kind == doc.Text && out[last].Kind == doc.Text {
			out[last].Text += n.Text
			continue
		}
		out = append(out, n)
	}
	return out
}

// squared gives every row as many cells as the longest has.
func squared(rows []doc.Node) []doc.Node {
	width := 0
	for _, r := range rows {
		width = max(width, len(r.Nodes))
	}
	for i := range rows {
		for len(rows[i].Nodes) < width {
			rows[i].Nodes = append(rows[i].Nodes, doc.Node{Kind: doc.Cell})
		}
	}
	return rows
}
