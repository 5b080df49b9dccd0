package doc

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"kith/internal/fault"
)

// The limits of a text. They are far above what an author writes and far below what would slow a page.
const (
	MaxMarkup = 60_000 // runes of markup
	MaxRunes  = 20_000 // runes of text in all its nodes together
	MaxNodes  = 2_000
	MaxDepth  = 12 // a top-level block has depth 1
	MaxPauses = 30
	maxExpr   = 200 // runes of one expression
	maxTeX    = 2_000
)

// Options says what Parse cannot read from the markup itself.
type Options struct {
	Lang string // BCP 47, stored with the text; empty means the course's language
}

// Parse reads the markup into a tree that passes Validate.
//
// Blocks are parted by an empty line. A block is a paragraph unless it begins with "## " to "#### " (heading), "- "
// (bullets), "1. " (numbers), "> " (quote), "!pause ", "|" (table), "!figure KIND args | alt" or "!image NAME | alt".
// Lines that belong to a list item or a pause are indented by two spaces. Inline: **strong**, *emphasis*, $TeX$, $$TeX$$,
// [[expr]]; a backslash makes the following sign plain. Whatever is malformed is refused as fault.Invalid with the
// argument "line" (1-based); a text with TeX is refused as fault.Unavailable while temml is not built in.
func Parse(markup string, opt Options) (Doc, error) {
	if err := checkSigns(markup); err != nil {
		return Doc{}, err
	}
	p := parser{}
	var lines []line
	for i, s := range strings.Split(strings.ReplaceAll(markup, "\r\n", "\n"), "\n") {
		lines = append(lines, line{i + 1, strings.TrimRight(strings.ReplaceAll(s, "\t", "  "), " ")})
	}
	nodes, err := p.blocks(lines, 1)
	if err != nil {
		return Doc{}, err
	}
	d := Doc{Lang: opt.Lang, Nodes: nodes}
	if err := d.Validate(); err != nil {
		return Doc{}, err
	}
	return d, nil
}

// line is one line of the markup with its number in the whole text.
type line struct {
	n int
	s string
}

type parser struct{ nodes int }

// bad refuses the markup at a line; pairs are further arguments of the phrase.
func bad(n int, code string, pairs ...any) error {
	return fault.New(fault.Invalid, "fault.doc."+code, append([]any{"line", n}, pairs...)...)
}

// checkSigns refuses what no text needs and what could deceive a reader: broken UTF-8, control characters, and the
// bidirectional overrides and isolates (Boucher and Anderson, "Trojan Source", 2021).
func checkSigns(s string) error {
	if utf8.RuneCountInString(s) > MaxMarkup {
		return refuse("too_long", "max", MaxMarkup)
	}
	n := 1
	for i, r := range s {
		if r == '\n' {
			n++
			continue
		}
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
				return bad(n, "not_utf8")
			}
		}
		if r == '\t' || (r == '\r' && strings.HasPrefix(s[i:], "\r\n")) {
			continue
		}
		if !plainSign(r) {
			return bad(n, "sign", "sign", hex(r))
		}
	}
	return nil
}

func plainSign(r rune) bool {
	if unicode.IsControl(r) || r == 0xFEFF || (r >= 0xFFFE && r <= 0xFFFF) || r == 0x2028 || r == 0x2029 {
		return false
	}
	return !(r >= 0x202A && r <= 0x202E) && !(r >= 0x2066 && r <= 0x2069)
}

func hex(r rune) string {
	const digits = "0123456789ABCDEF"
	var b [6]byte
	for i := 5; i >= 0; i-- {
		b[i] = digits[r&15]
		r >>= 4
	}
	s := strings.TrimLeft(string(b[:2]), "0") + string(b[2:])
	return "U+" + s
}

// blocks parses lines that stand on their own: a whole text, or what is inside a quote, a list item or a pause.
func (p *parser) blocks(lines []line, depth int) ([]Node, error) {
	if depth > MaxDepth {
		return nil, bad(lines[0].n, "too_deep", "max", MaxDepth)
	}
	var out []Node
	for i := 0; i < len(lines); {
		if lines[i].s == "" {
			i++
			continue
		}
		if p.nodes++; p.nodes > MaxNodes {
			return nil, bad(lines[i].n, "too_many_nodes", "max", MaxNodes)
		}
		end := i + 1
		for end < len(lines) && lines[end].s != "" {
			end++
		}
		start := opening(lines[i].s)
		if start == Bullets || start == Numbers || start == Pause {
			end = reach(lines, end)
		}
		n, err := p.block(start, lines[i:end], depth)
		if err != nil {
			return nil, err
		}
		out = append(out, n)
		i = end
	}
	return out, nil
}

// reach extends a block that may hold indented blocks over the empty lines before them.
func reach(lines []line, end int) int {
	for {
		next := end
		for next < len(lines) && lines[next].s == "" {
			next++
		}
		if next == len(lines) || !strings.HasPrefix(lines[next].s, "  ") {
			return end
		}
		end = next
		for end < len(lines) && lines[end].s != "" {
			end++
		}
	}
}

// opening is the kind of block that a line begins. "!" stands for a directive whose name is not known.
func opening(s string) Kind {
	switch {
	case strings.HasPrefix(s, "# "), strings.HasPrefix(s, "## "), strings.HasPrefix(s, "### "), strings.HasPrefix(s, "#### "):
		return Heading
	case strings.HasPrefix(s, "- "), s == "-":
		return Bullets
	case numbered(s) != "":
		return Numbers
	case strings.HasPrefix(s, "> "), s == ">":
		return Quote
	case strings.HasPrefix(s, "|"):
		return Table
	case len(s) > 1 && s[0] == '!' && (s[1]|0x20 >= 'a' && s[1]|0x20 <= 'z'):
		word, _, _ := strings.Cut(s[1:], " ")
		switch word {
		case "pause":
			return Pause
		case "figure":
			return Figure
		case "image":
			return Image
		}
		return "!"
	}
	return Paragraph
}

// numbered is the "1. " that begins a line of a numbered list, "" when none does. Two digits at most, so that a
// sentence that ends in a year does not become a list.
func numbered(s string) string {
	digits := 0
	for digits < len(s) && s[digits] >= '0' && s[digits] <= '9' {
		digits++
	}
	if digits == 0 || digits > 2 || !strings.HasPrefix(s[digits:]+" ", ". ") {
		return ""
	}
	return s[:digits+1]
}

func (p *parser) block(kind Kind, lines []line, depth int) (Node, error) {
	first := lines[0]
	switch kind {
	case Heading:
		marks := len(first.s) - len(strings.TrimLeft(first.s, "#"))
		if marks < 2 {
			return Node{}, bad(first.n, "heading_one")
		}
		if len(lines) > 1 {
			return Node{}, bad(lines[1].n, "empty_line")
		}
		nodes, err := p.inline([]line{{first.n, first.s[marks:]}}, depth)
		return Node{Kind: Heading, Level: marks, Nodes: nodes}, err
	case Bullets, Numbers:
		return p.list(kind, lines, depth)
	case Quote:
		return p.quote(lines, depth)
	case Pause:
		return p.pause(lines, depth)
	case Table:
		return p.table(lines, depth)
	case Figure, Image:
		return directive(kind, lines)
	case "!":
		word, _, _ := strings.Cut(first.s, " ")
		return Node{}, bad(first.n, "directive", "name", clip(word))
	}
	for i, l := range lines {
		trimmed := strings.TrimLeft(l.s, " ")
		if opening(trimmed) != Paragraph {
			if i == 0 {
				return Node{}, bad(l.n, "indent")
			}
			return Node{}, bad(l.n, "empty_line")
		}
	}
	nodes, err := p.inline(lines, depth)
	return Node{Kind: Paragraph, Nodes: nodes}, err
}

func (p *parser) list(kind Kind, lines []line, depth int) (Node, error) {
	list := Node{Kind: kind}
	if kind == Numbers && numbered(lines[0].s) != "1." {
		return Node{}, bad(lines[0].n, "list_first")
	}
	for i := 0; i < len(lines); {
		s := lines[i].s
		mark := "-"
		if kind == Numbers {
			mark = numbered(s)
		}
		if opening(s) != kind {
			return Node{}, bad(lines[i].n, "list_line")
		}
		inside := []line{{lines[i].n, strings.TrimLeft(s[len(mark):], " ")}}
		i++
		for ; i < len(lines) && (lines[i].s == "" || strings.HasPrefix(lines[i].s, "  ")); i++ {
			inside = append(inside, line{lines[i].n, strings.TrimPrefix(lines[i].s, "  ")})
		}
		nodes, err := p.blocks(inside, depth+2)
		if err != nil {
			return Node{}, err
		}
		if len(nodes) == 0 {
			return Node{}, bad(inside[0].n, "empty_block")
		}
		if len(nodes) == 1 && nodes[0].Kind == Paragraph {
			nodes = nodes[0].Nodes
		}
		p.nodes++
		list.Nodes = append(list.Nodes, Node{Kind: ListItem, Nodes: nodes})
	}
	return list, nil
}

func (p *parser) quote(lines []line, depth int) (Node, error) {
	inside := make([]line, len(lines))
	for i, l := range lines {
		if opening(l.s) != Quote {
			return Node{}, bad(l.n, "quote_line")
		}
		inside[i] = line{l.n, strings.TrimPrefix(l.s[1:], " ")}
	}
	nodes, err := p.blocks(inside, depth+1)
	if err == nil && len(nodes) == 0 {
		err = bad(lines[0].n, "empty_block")
	}
	return Node{Kind: Quote, Nodes: nodes}, err
}

func (p *parser) pause(lines []line, depth int) (Node, error) {
	if depth > 1 {
		return Node{}, bad(lines[0].n, "pause_inside")
	}
	inside := make([]line, len(lines))
	for i, l := range lines {
		inside[i] = line{l.n, strings.TrimPrefix(l.s, "  ")}
	}
	inside[0].s = strings.TrimLeft(strings.TrimPrefix(lines[0].s, "!pause"), " ")
	nodes, err := p.blocks(inside, depth+1)
	if err == nil && len(nodes) == 0 {
		err = bad(lines[0].n, "empty_block")
	}
	return Node{Kind: Pause, Nodes: nodes}, err
}

func (p *parser) table(lines []line, depth int) (Node, error) {
	t := Node{Kind: Table}
	for i, l := range lines {
		cells, ok := splitCells(l.s)
		if !ok {
			return Node{}, bad(l.n, "table_line")
		}
		if i > 0 && len(t.Nodes) > 0 && len(cells) != len(t.Nodes[0].Nodes) {
			return Node{}, bad(l.n, "table_width", "want", len(t.Nodes[0].Nodes), "got", len(cells))
		}
		if i == 1 && allDashes(cells) {
			t.Head = true
			continue
		}
		row := Node{Kind: Row}
		for _, c := range cells {
			nodes, err := p.inlineMaybe(line{l.n, c}, depth+2)
			if err != nil {
				return Node{}, err
			}
			row.Nodes = append(row.Nodes, Node{Kind: Cell, Nodes: nodes})
		}
		p.nodes += 1 + len(cells)
		t.Nodes = append(t.Nodes, row)
	}
	return t, nil
}

func allDashes(cells []string) bool {
	for _, c := range cells {
		c = strings.TrimSpace(c)
		if c == "" || strings.Trim(c, "-") != "" {
			return false
		}
	}
	return true
}

// splitCells parts "| a | b |" at its bars, but not at those inside mathematics, an expression or after a backslash.
func splitCells(s string) (cells []string, ok bool) {
	if len(s) < 2 || s[0] != '|' {
		return nil, false
	}
	from, closed := 1, false
	for i := 1; i < len(s); i++ {
		closed = false
		switch {
		case s[i] == '\\':
			i++
		case s[i] == '$':
			if end := closing(s, i); end > 0 {
				i = end - 1
			}
		case strings.HasPrefix(s[i:], "[["):
			if end := strings.Index(s[i:], "]]"); end > 0 {
				i += end + 1
			}
		case s[i] == '|':
			cells = append(cells, s[from:i])
			from, closed = i+1, true
		}
	}
	return cells, closed
}

// clip shortens what a fault quotes.
func clip(s string) string {
	r := []rune(s)
	if len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
