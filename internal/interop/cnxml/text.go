package cnxml

import (
	"errors"
	"regexp"
	"strings"
	"unicode"

	"kith/internal/doc"
	"kith/internal/phrase"
)

// shaper turns the elements of one module into authors' text.
type shaper struct {
	o      *outline
	m      *module
	say    func(phrase.Phrase) string
	find   func(src string) (id string, ok bool) // pictures
	whole  bool                                  // an item: what cannot be taken is refused, not described
	aria   string                                // what the table around describes, until a picture has used it
	deep   int                                   // sections around
	top    bool                                  // the blocks that are made stand at the top of a text
	pool   *pool
	err    error          // the first thing that was refused
	absent int            // pictures that did not come along, described in words
	left   map[string]int // what was left out, by name
}

var errPicture = errors.New("picture")

// refusedElement is an element that an item cannot do without and Kith cannot take.
type refusedElement struct{ name string }

func (e refusedElement) Error() string { return "element " + e.name }

func (s *shaper) fail(err error) {
	if s.err == nil {
		s.err = err
	}
}

// leave leaves out an element, which the report names.
func (s *shaper) leave(name string) {
	if s.whole {
		s.fail(refusedElement{name})
	}
	if s.left == nil {
		s.left = map[string]int{}
	}
	s.left[name]++
}

// flow gathers blocks and the line that is being read.
type flow struct {
	s      *shaper
	blocks []doc.Node
	line   []doc.Node
	alone  bool // a formula that is all of a line stands in its middle
}

func (s *shaper) blocks(kids []*node) []doc.Node {
	f := flow{s: s, alone: true}
	f.all(kids)
	f.end()
	return f.blocks
}

func (f *flow) all(kids []*node) {
	for _, k := range kids {
		f.node(k)
	}
}

// end ends the line: a paragraph, unless it shows nothing.
func (f *flow) end() {
	line := settled(f.line)
	f.line = nil
	if len(line) == 0 {
		return
	}
	if f.alone && len(line) == 1 && line[0].Kind == doc.Math {
		line[0].Display = true
		tree := *line[0].MathML
		tree.A = map[string]string{"display": "block"}
		line[0].MathML = &tree
	}
	f.blocks = append(f.blocks, doc.Node{Kind: doc.Paragraph, Nodes: line})
}

func (f *flow) add(blocks ...doc.Node) {
	f.end()
	f.blocks = append(f.blocks, blocks...)
}

// node takes one element into the flow.
func (f *flow) node(n *node) {
	s := f.s
	switch {
	case n.name == "":
		f.run(n.text)
	case n.maths:
		f.math(n)
	case n.is("para", "meaning", "problem", "solution", "commentary", "statement", "proof", "div", "quote", "code", "preformat", "rule", "item", "subfigure"):
		f.end()
		f.all(n.kids)
		f.end()
	case n.is("equation"):
		f.end()
		f.all(n.kids)
		f.end()
	case n.is("newline"):
		f.end()
	case n.is("title"):
		f.end()
		f.all(n.kids)
		if line := settled(f.line); len(line) > 0 {
			f.blocks = append(f.blocks, strongLine(line))
		}
		f.line = nil
	case n.is("section"):
		f.add(s.section(n)...)
	case n.is("note"):
		f.add(s.note(n)...)
	case n.is("example"):
		f.add(s.example(n)...)
	case n.is("exercise"):
		f.end()
		f.all(n.child("problem").elementsOf())
		f.end()
	case n.is("list"):
		f.list(n)
	case n.is("table"):
		f.add(s.table(n)...)
	case n.is("figure"):
		f.add(s.figure(n)...)
	case n.is("media"):
		f.add(s.media(n)...)
	default:
		f.inline(n)
	}
}

// inline takes what stands in a line.
func (f *flow) inline(n *node) {
	s := f.s
	switch {
	case n.is("emphasis", "term", "foreign", "cite"):
		kind := doc.Emphasis
		if n.is("term") || n.attr["effect"] == "bold" || n.is("emphasis") && n.attr["effect"] == "" {
			kind = doc.Strong
		}
		if n.has("no-emphasis") {
			f.all(n.kids)
			return
		}
		f.styled(kind, n)
	case n.is("span", "cite-title"):
		f.all(n.kids)
	case n.is("sup"):
		f.run(raised.Replace(n.inner()))
	case n.is("sub"):
		f.run(lowered.Replace(n.inner()))
	case n.is("space"):
		f.run(" ")
	case n.is("link"):
		f.link(n)
	case n.is("label", "caption", "metadata", "footnote", "note-ref"):
	default:
		s.leave(clip(n.name))
	}
}

// styled takes a run in bold or slanted letters. Blocks inside, and formulas alone, stand without it.
func (f *flow) styled(kind doc.Kind, n *node) {
	inner := flow{s: f.s}
	for _, k := range n.kids {
		if k.is("newline") {
			inner.run(" ")
			continue
		}
		inner.node(k)
	}
	if len(inner.blocks) > 0 {
		inner.end()
		f.add(inner.blocks...)
		return
	}
	line := inner.line
	var words []doc.Node
	for _, k := range line { // style inside style says nothing more
		if k.Kind == kind {
			words = append(words, k.Nodes...)
			continue
		}
		words = append(words, k)
	}
	lead, tail := false, false
	if len(words) > 0 && words[0].Kind == doc.Text {
		lead = strings.HasPrefix(words[0].Text, " ")
	}
	if last := len(words) - 1; last >= 0 && words[last].Kind == doc.Text {
		tail = strings.HasSuffix(words[last].Text, " ")
	}
	if words = settled(words); len(words) == 0 {
		f.run(" ")
		return
	}
	if lead {
		f.run(" ")
	}
	f.line = append(f.line, doc.Node{Kind: kind, Nodes: words})
	if tail {
		f.run(" ")
	}
}

// link keeps what a link says: its own words, else the number of what it leads to, else the address. Nothing in a lesson leads out.
func (f *flow) link(n *node) {
	if words := n.words(); words != "" {
		f.all(n.kids)
		return
	}
	module := n.attr["document"]
	if module == "" {
		module = f.s.m.name
	}
	p := f.s.o.places[module+"#"+n.attr["target-id"]]
	switch m := f.s.o.modules[module]; {
	case p.label.Code != "":
		f.run(f.s.say(p.label))
	case p.topic != nil:
		f.run("“" + p.topic.title + "”")
	case m != nil && n.attr["document"] != "":
		f.run("“" + m.title + "”")
	case n.attr["url"] != "":
		f.run(n.attr["url"])
	default:
		f.s.leave("link")
	}
}

func (f *flow) math(n *node) {
	m, ok, err := formula(n, false, f.s.pool)
	if err != nil {
		f.s.leave("math: " + err.Error())
		f.run(n.words())
		return
	}
	if !ok {
		f.run(" ")
		return
	}
	f.line = append(f.line, m)
}

// run takes words. Signs that do not show are left out, and so is what package doc would take for drawn numbers.
func (f *flow) run(text string) {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), r == 0x200B, r == 0xFEFF, r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
			return -1
		}
		return r
	}, text)
	if f.s != nil && !f.s.whole { // letters in circles stand in few fonts; an item is taken apart at them
		text = mark.ReplaceAllStringFunc(text, func(m string) string { return "(" + string('a'+[]rune(m)[0]-'ⓐ') + ")" })
	}
	words := strings.Join(strings.Fields(text), " ")
	switch {
	case words == "" && text == "":
		return
	case words == "":
		words = " "
	default:
		if strings.HasPrefix(text, " ") {
			words = " " + words
		}
		if strings.HasSuffix(text, " ") {
			words += " "
		}
	}
	if last := len(f.line) - 1; last >= 0 && f.line[last].Kind == doc.Text {
		joined := f.line[last].Text + words
		f.line[last].Text = spaces.ReplaceAllString(joined, " ")
		return
	}
	f.line = append(f.line, doc.Node{Kind: doc.Text, Text: words})
}

var spaces = regexp.MustCompile(` {2,}`)

// settled takes the spaces off a line's ends; nothing is left of a line of spaces.
func settled(line []doc.Node) []doc.Node {
	out := append([]doc.Node{}, line...)
	for len(out) > 0 && out[0].Kind == doc.Text {
		if out[0].Text = strings.TrimLeft(out[0].Text, " "); out[0].Text != "" {
			break
		}
		out = out[1:]
	}
	for len(out) > 0 && out[len(out)-1].Kind == doc.Text {
		last := &out[len(out)-1]
		if last.Text = strings.TrimRight(last.Text, " "); last.Text != "" {
			break
		}
		out = out[:len(out)-1]
	}
	return out
}

// strongLine is a title inside a text.
func strongLine(line []doc.Node) doc.Node {
	if len(line) == 1 && line[0].Kind == doc.Strong {
		return doc.Node{Kind: doc.Paragraph, Nodes: line}
	}
	return doc.Node{Kind: doc.Paragraph, Nodes: []doc.Node{{Kind: doc.Strong, Nodes: plainer(line)}}}
}

// plainer takes bold out of a line that is bold as a whole.
func plainer(line []doc.Node) (out []doc.Node) {
	for _, n := range line {
		if n.Kind == doc.Strong {
			out = append(out, n.Nodes...)
			continue
		}
		out = append(out, n)
	}
	return out
}

func heading(level int, line ...doc.Node) doc.Node {
	return doc.Node{Kind: doc.Heading, Level: level, Nodes: plainer(line)}
}
