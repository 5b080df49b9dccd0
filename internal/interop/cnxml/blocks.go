package cnxml

import (
	"path"
	"strconv"
	"strings"

	"kith/internal/doc"
	"kith/internal/phrase"
)

// inside makes blocks that do not stand at the top of a text.
func (s *shaper) inside(kids []*node) []doc.Node {
	top := s.top
	s.top = false
	out := s.blocks(kids)
	s.top = top
	return out
}

// untitled are an element's children without its title and label.
func untitled(n *node) (title *node, rest []*node) {
	for _, k := range n.kids {
		switch {
		case k.is("title") && title == nil:
			title = k
		case k.is("label"):
		default:
			rest = append(rest, k)
		}
	}
	return title, rest
}

func (s *shaper) titleLine(n *node) []doc.Node {
	if n == nil {
		return nil
	}
	f := flow{s: s}
	f.all(n.kids)
	return settled(f.line)
}

// section is a part of a lesson with a heading.
func (s *shaper) section(n *node) []doc.Node {
	title, rest := untitled(n)
	var out []doc.Node
	if line := s.titleLine(title); len(line) > 0 {
		out = append(out, heading(min(2+s.deep, 4), line...))
	}
	s.deep++
	out = append(out, s.blocks(rest)...)
	s.deep--
	if len(out) == 1 && len(rest) == 0 {
		return nil
	}
	return out
}

// elsewhere are notes that say where else to look: films and activities that do not come along, and addresses, to which Kith does
// not lead a child.
func elsewhere(n *node) bool {
	return n.has("media-2") || n.has("media") || n.has("manipulative-math") || n.has("links-to-literacy") || n.has("links-to-learning")
}

// note is a box in the book: its title in bold, then what it says. What is asked there becomes items, not text.
func (s *shaper) note(n *node) []doc.Node {
	switch {
	case n.has("try"), n.has("be-prepared") && n.child("exercise") != nil:
		return nil
	case elsewhere(n):
		s.leave("note." + clip(n.attr["class"]))
		return nil
	}
	title, rest := untitled(n)
	var out []doc.Node
	if line := s.titleLine(title); len(line) > 0 {
		out = append(out, strongLine(line))
	}
	return append(out, s.inside(rest)...)
}

// example is a worked example: a heading with its number, the question, and after a pause, in which the learner thinks first, the way
// to the answer.
func (s *shaper) example(n *node) []doc.Node {
	title, rest := untitled(n)
	var out []doc.Node
	if p := s.o.places[s.m.name+"#"+n.attr["id"]]; p.label.Code != "" {
		line := []doc.Node{{Kind: doc.Text, Text: s.say(p.label)}}
		if t := s.titleLine(title); len(t) > 0 {
			line = append(append(line, doc.Node{Kind: doc.Text, Text: ": "}), t...)
		}
		out = append(out, heading(3, line...))
	}
	for _, k := range rest {
		if !k.is("exercise") {
			out = append(out, s.blocks([]*node{k})...)
			continue
		}
		problem := s.inside(k.child("problem").elementsOf())
		var solved []doc.Node
		for _, w := range k.children("solution") {
			t, way := untitled(w)
			inner := s.inside(way)
			if line := s.titleLine(t); len(line) > 0 && len(inner) > 0 {
				solved = append(solved, strongLine(line))
			}
			solved = append(solved, inner...)
		}
		if s.top && len(problem) > 0 && len(solved) > 0 {
			problem = []doc.Node{{Kind: doc.Pause, Nodes: problem}}
		}
		out = append(append(out, problem...), solved...)
	}
	return out
}

// list is a list; one whose items carry their own marks (ⓐ, ⓑ) is lines of text, and one that runs in a line a line.
func (f *flow) list(n *node) {
	s := f.s
	title, rest := untitled(n)
	if n.attr["display"] == "inline" {
		for i, k := range rest {
			if i > 0 && k.name != "" {
				f.run(" ")
			}
			f.all(k.kids)
		}
		return
	}
	f.end()
	if line := s.titleLine(title); len(line) > 0 {
		f.blocks = append(f.blocks, strongLine(line))
	}
	var items []doc.Node
	for _, k := range rest {
		if !k.is("item") {
			continue
		}
		top := s.top
		s.top = false
		inner := flow{s: s}
		inner.all(k.kids)
		inner.end()
		s.top = top
		if len(inner.blocks) == 0 {
			continue
		}
		if n.has("circled") || n.attr["bullet-style"] == "none" || n.attr["list-type"] == "labeled-item" {
			f.blocks = append(f.blocks, inner.blocks...)
			continue
		}
		item := doc.Node{Kind: doc.ListItem, Nodes: inner.blocks}
		if len(inner.blocks) == 1 && inner.blocks[0].Kind == doc.Paragraph {
			item.Nodes = inner.blocks[0].Nodes
		}
		items = append(items, item)
	}
	if len(items) == 0 {
		return
	}
	kind := doc.Bullets
	if n.attr["list-type"] == "enumerated" {
		kind = doc.Numbers
	}
	f.blocks = append(f.blocks, doc.Node{Kind: kind, Nodes: items})
}

// figure is a picture with its number and what is written beneath it.
func (s *shaper) figure(n *node) []doc.Node {
	var out []doc.Node
	for _, k := range n.elements() {
		if !k.is("title", "label", "caption") {
			out = append(out, s.inside([]*node{k})...)
		}
	}
	var line []doc.Node
	if p := s.o.places[s.m.name+"#"+n.attr["id"]]; p.label.Code != "" {
		line = append(line, doc.Node{Kind: doc.Strong, Nodes: []doc.Node{{Kind: doc.Text, Text: s.say(p.label)}}})
	}
	if c := s.titleLine(n.child("caption")); len(c) > 0 {
		if line != nil {
			line = append(line, doc.Node{Kind: doc.Text, Text: " "})
		}
		line = append(line, c...)
	}
	if len(line) > 0 && len(out) > 0 {
		out = append(out, doc.Node{Kind: doc.Paragraph, Nodes: line})
	}
	return out
}

// describes reports whether a description says anything.
func describes(alt string) bool {
	return len(strings.Trim(alt, " .")) > 2 && !strings.EqualFold(strings.Trim(alt, " ."), "no alt text")
}

// media is a picture. One that did not come along is described in words in a lesson, and refused in an item, which may turn on it.
func (s *shaper) media(n *node) []doc.Node {
	var out []doc.Node
	for _, k := range n.elements() {
		if !k.is("image") {
			if !k.is("label", "title") {
				s.leave(clip(k.name))
			}
			continue
		}
		alt := one(n.attr["alt"])
		if !describes(alt) {
			alt, s.aria = s.aria, ""
		}
		id, ok := s.find(k.attr["src"])
		switch {
		case ok && !describes(alt):
			alt = s.say(phrase.Of("import.cnxml.picture", "name", path.Base(k.attr["src"])))
			fallthrough
		case ok:
			out = append(out, doc.Node{Kind: doc.Image, Name: id, Alt: strings.ReplaceAll(alt, "[[", "[ [")})
		case s.whole:
			s.fail(errPicture)
		default:
			if s.absent++; describes(alt) {
				if r := []rune(alt); len(r) > maxAbsent {
					alt = strings.TrimSpace(string(r[:maxAbsent-1])) + "…"
				}
				out = append(out, doc.Node{Kind: doc.Paragraph, Nodes: []doc.Node{{Kind: doc.Emphasis, Nodes: []doc.Node{{Kind: doc.Text, Text: s.say(phrase.Of("import.cnxml.absent", "alt", alt))}}}}})
			}
		}
	}
	return out
}

// maxAbsent bounds the words that stand for a picture.
const maxAbsent = 600

// one is a text on one line without signs that do not show.
func one(s string) string {
	f := flow{}
	f.run(s)
	if len(f.line) == 0 {
		return ""
	}
	return strings.TrimSpace(f.line[0].Text)
}

// maxCells bounds a table; cells that reach over others are filled up.
const maxCells = 2_000

// table is a table of words and formulas. One that holds pictures or lists, as the book sets its worked steps, becomes its rows one
// after another, which is also how a phone has room for them.
func (s *shaper) table(n *node) []doc.Node {
	aria := s.aria
	s.aria = one(n.attr["aria-label"])
	defer func() { s.aria = aria }()
	var out []doc.Node
	title, _ := untitled(n)
	if line := s.titleLine(title); len(line) > 0 {
		out = append(out, strongLine(line))
	}
	for _, group := range n.children("tgroup") {
		out = append(out, s.group(group)...)
	}
	if line := s.titleLine(n.child("caption")); len(line) > 0 {
		out = append(out, doc.Node{Kind: doc.Paragraph, Nodes: line})
	}
	return out
}

// cells are a row's cells, each as blocks.
type cells [][]doc.Node

func (s *shaper) group(n *node) []doc.Node {
	columns := map[string]int{}
	for i, c := range n.children("colspec") {
		columns[c.attr["colname"]] = i
	}
	var rows []cells
	heads, count := 0, 0
	for _, part := range n.elements() {
		if !part.is("thead", "tbody", "tfoot") {
			continue
		}
		for _, r := range part.children("row") {
			var row cells
			for _, e := range r.children("entry") {
				row = append(row, s.cell(e))
				for range spanned(e, columns) {
					row = append(row, nil)
				}
			}
			if count += len(row); count > maxCells {
				s.leave("table")
				return nil
			}
			if row.empty() {
				continue
			}
			rows = append(rows, row)
			if part.is("thead") {
				heads++
			}
		}
	}
	if !plainTable(rows) {
		return unrolled(rows)
	}
	return squared(rows, heads == 1 && len(rows) > 1)
}

// spanned is how many more columns a cell reaches over.
func spanned(e *node, columns map[string]int) int {
	from, ok := columns[e.attr["namest"]]
	to, also := columns[e.attr["nameend"]]
	if !ok || !also {
		a, errA := strconv.Atoi(strings.TrimLeft(e.attr["namest"], "c"))
		b, errB := strconv.Atoi(strings.TrimLeft(e.attr["nameend"], "c"))
		if errA != nil || errB != nil {
			return 0
		}
		from, to = a, b
	}
	return min(max(to-from, 0), 40)
}

func (s *shaper) cell(e *node) []doc.Node {
	top := s.top
	s.top = false
	f := flow{s: s}
	f.all(e.kids)
	f.end()
	s.top = top
	return f.blocks
}

func (c cells) empty() bool {
	for _, blocks := range c {
		if len(blocks) > 0 {
			return false
		}
	}
	return true
}

// plainTable reports whether all cells are lines of text, and there is more than one column.
func plainTable(rows []cells) bool {
	width := 0
	for _, r := range rows {
		filled := 0
		for _, blocks := range r {
			for _, b := range blocks {
				if b.Kind != doc.Paragraph {
					return false
				}
			}
			if len(blocks) > 0 {
				filled++
			}
		}
		width = max(width, filled)
	}
	return width > 1
}

// unrolled are the cells one after another; lines of one row stand in one line, a picture after them.
func unrolled(rows []cells) (out []doc.Node) {
	for _, r := range rows {
		var line []doc.Node
		end := func() {
			if len(line) > 0 {
				out = append(out, doc.Node{Kind: doc.Paragraph, Nodes: line})
			}
			line = nil
		}
		for _, blocks := range r {
			for _, b := range blocks {
				if b.Kind != doc.Paragraph {
					end()
					out = append(out, b)
					continue
				}
				if line != nil {
					line = append(line, doc.Node{Kind: doc.Text, Text: " "})
				}
				line = append(line, b.Nodes...)
			}
		}
		end()
	}
	return out
}

// squared is a table whose rows are all as long as the longest, without columns that are empty from top to bottom.
func squared(rows []cells, head bool) []doc.Node {
	width := 0
	for _, r := range rows {
		width = max(width, len(r))
	}
	used := make([]bool, width)
	for _, r := range rows {
		for i, blocks := range r {
			used[i] = used[i] || len(blocks) > 0
		}
	}
	t := doc.Node{Kind: doc.Table, Head: head}
	for _, r := range rows {
		row := doc.Node{Kind: doc.Row}
		for i := range width {
			if !used[i] {
				continue
			}
			cell := doc.Node{Kind: doc.Cell}
			if i < len(r) {
				for j, b := range r[i] {
					if j > 0 {
						cell.Nodes = append(cell.Nodes, doc.Node{Kind: doc.Text, Text: " "})
					}
					cell.Nodes = append(cell.Nodes, b.Nodes...)
				}
			}
			row.Nodes = append(row.Nodes, cell)
		}
		t.Nodes = append(t.Nodes, row)
	}
	return []doc.Node{t}
}
