package markdown

import (
	"reflect"
	"strconv"
	"strings"

	"kith/internal/doc"
	"kith/internal/interop/html"
)

// Write is a text as Markdown that Text reads back to the same: as plain as it can be, with marks made plain where they would
// mean something, as HTML where Markdown has no word for it. src says under which address a picture stands. ok=false for what
// none of them can say: drawn values and figures.
func Write(d doc.Doc, src func(id string) string) (s string, ok bool) {
	if d.Empty() {
		return "", true
	}
	ids := map[string]string{}
	address := func(id string) string {
		at := src(id)
		ids[at] = id
		return at
	}
	o := html.Options{Picture: func(at string) (string, bool) { id, ok := ids[at]; return id, ok }}
	same := func(s string) bool {
		back, err := Text(s, o)
		return err == nil && reflect.DeepEqual(back.Nodes, d.Nodes)
	}
	for _, escape := range []func(string) string{func(s string) string { return s }, escaped} {
		w := writer{src: address, escape: escape}
		w.blocks(d.Nodes, "")
		if s := strings.TrimSpace(w.b.String()); !w.unfit && same(s) {
			return s, true
		}
	}
	s, err := html.Write(d, address)
	s = unmarked(s)
	return s, err == nil && same(s)
}

// unmarked is HTML in which nothing is a mark of Markdown: such signs stand as entities, except inside mathematics.
func unmarked(s string) string {
	var b strings.Builder
	if !strings.HasPrefix(s, "<") {
		b.WriteString("<span></span>") // so that the line begins no block
	}
	for at := 0; at < len(s); at++ {
		if end := formula(s[at:]); end > 0 {
			b.WriteString(s[at : at+end])
			at += end - 1
			continue
		}
		if strings.IndexByte("*_[]`$\\|", s[at]) >= 0 {
			b.WriteString("&#" + strconv.Itoa(int(s[at])) + ";")
			continue
		}
		b.WriteByte(s[at])
	}
	return b.String()
}

// formula is the length of the mathematics at the beginning of s, 0 when there is none.
func formula(s string) int {
	for _, f := range [][2]string{{`\(`, `\)`}, {`\[`, `\]`}} {
		if rest, ok := strings.CutPrefix(s, f[0]); ok {
			if end := strings.Index(rest, f[1]); end >= 0 {
				return end + 4
			}
		}
	}
	return 0
}

func escaped(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if strings.IndexByte("\\`*_[]<>&$|#+-~", s[i]) >= 0 || s[i] == '.' && i > 0 && s[i-1] >= '0' && s[i-1] <= '9' {
			b.WriteByte('\\')
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

type writer struct {
	b      strings.Builder
	src    func(id string) string
	escape func(string) string
	unfit  bool
}

// blocks writes blocks with empty lines between; each line after the first begins with indent.
func (w *writer) blocks(nodes []doc.Node, indent string) {
	for i, n := range nodes {
		if i > 0 {
			w.b.WriteString("\n\n" + indent)
		}
		w.block(n, indent)
	}
}

func (w *writer) block(n doc.Node, indent string) {
	switch n.Kind {
	case doc.Paragraph:
		w.inline(n.Nodes)
	case doc.Heading:
		w.b.WriteString(strings.Repeat("#", n.Level) + " ")
		w.inline(n.Nodes)
	case doc.Image:
		w.b.WriteString("![" + w.escape(n.Alt) + "](" + w.src(n.Name) + ")")
	case doc.Quote:
		for i, p := range n.Nodes {
			w.unfit = w.unfit || p.Kind != doc.Paragraph
			if i > 0 {
				w.b.WriteString("\n>\n")
			}
			w.b.WriteString("> ")
			w.inline(p.Nodes)
		}
	case doc.Bullets, doc.Numbers:
		for i, item := range n.Nodes {
			if i > 0 {
				w.b.WriteString("\n" + indent)
			}
			if n.Kind == doc.Bullets {
				w.b.WriteString("- ")
			} else {
				w.b.WriteString(strconv.Itoa(i+1) + ". ")
			}
			w.item(item, indent+"  ")
		}
	case doc.Table:
		w.table(n)
	default:
		w.unfit = true
	}
}

// item writes a list's item: a line, perhaps with a list beneath.
func (w *writer) item(n doc.Node, indent string) {
	at := 0
	for at < len(n.Nodes) && (inlineKinds[n.Nodes[at].Kind]) {
		at++
	}
	rest := n.Nodes[at:]
	if at > 0 {
		w.inline(n.Nodes[:at])
	} else if len(rest) > 0 && rest[0].Kind == doc.Paragraph {
		w.inline(rest[0].Nodes)
		rest = rest[1:]
	}
	for _, b := range rest {
		w.b.WriteString("\n" + indent)
		w.block(b, indent)
	}
}

var inlineKinds = map[doc.Kind]bool{doc.Text: true, doc.Strong: true, doc.Emphasis: true, doc.Math: true}

func (w *writer) table(n doc.Node) {
	w.unfit = w.unfit || !n.Head
	for i, row := range n.Nodes {
		if i > 0 {
			w.b.WriteString("\n")
		}
		for _, c := range row.Nodes {
			w.b.WriteString("| ")
			w.inline(c.Nodes)
			w.b.WriteString(" ")
		}
		w.b.WriteString("|")
		if i == 0 {
			w.b.WriteString("\n" + strings.Repeat("|---", len(row.Nodes)) + "|")
		}
	}
}

func (w *writer) inline(nodes []doc.Node) {
	for _, n := range nodes {
		switch n.Kind {
		case doc.Text:
			w.b.WriteString(w.escape(n.Text))
		case doc.Strong, doc.Emphasis:
			mark := "*"
			if n.Kind == doc.Strong {
				mark = "**"
			}
			w.b.WriteString(mark)
			w.inline(n.Nodes)
			w.b.WriteString(mark)
		case doc.Math:
			open, end := "$", "$"
			switch {
			case n.Display:
				open, end = `\[`, `\]`
			case strings.ContainsAny(n.Text, "$\n") || strings.HasPrefix(n.Text, " ") || strings.HasSuffix(n.Text, " "):
				open, end = `\(`, `\)`
			}
			w.b.WriteString(open + n.Text + end)
		default:
			w.unfit = true
		}
	}
}
