package html

import (
	"strconv"
	"strings"

	"kith/internal/doc"
)

// Write is a text as HTML that Read reads back to the same text, if Read made it. src says under which address a picture
// stands. Errors: Invalid for what HTML of others has no place for: drawn values and drawn figures.
func Write(d doc.Doc, src func(id string) string) (string, error) {
	w := writer{src: src}
	if len(d.Nodes) == 1 && d.Nodes[0].Kind == doc.Paragraph {
		w.inline(d.Nodes[0].Nodes)
	} else {
		w.blocks(d.Nodes)
	}
	return w.b.String(), w.err
}

// Bare gives the words of a text that is one paragraph of plain words; ok=false for any other. Empty is bare.
func Bare(d doc.Doc) (words string, ok bool) {
	if d.Empty() {
		return "", true
	}
	if len(d.Nodes) != 1 || d.Nodes[0].Kind != doc.Paragraph || len(d.Nodes[0].Nodes) != 1 || d.Nodes[0].Nodes[0].Kind != doc.Text {
		return "", false
	}
	s := d.Nodes[0].Nodes[0].Text
	plain := s == guarded(s) && !strings.ContainsAny(s, "<>&") && s == strings.Join(strings.Fields(s), " ")
	return s, plain
}

type writer struct {
	b   strings.Builder
	src func(id string) string
	err error
}

var names = map[doc.Kind]string{doc.Paragraph: "p", doc.Bullets: "ul", doc.Numbers: "ol", doc.ListItem: "li", doc.Quote: "blockquote",
	doc.Strong: "strong", doc.Emphasis: "em"}

func (w *writer) blocks(nodes []doc.Node) {
	for _, n := range nodes {
		w.block(n)
	}
}

func (w *writer) block(n doc.Node) {
	name := names[n.Kind]
	switch n.Kind {
	case doc.Heading:
		name = "h" + strconv.Itoa(n.Level)
	case doc.Table:
		w.table(n)
		return
	case doc.Image:
		w.b.WriteString(`<img src="` + escape(w.src(n.Name)) + `" alt="` + escape(n.Alt) + `">`)
		return
	case doc.Pause:
		w.b.WriteString(`<div class="` + PauseClass + `">`)
		w.blocks(n.Nodes)
		w.b.WriteString("</div>")
		return
	case doc.Figure:
		w.unfit()
		return
	}
	w.b.WriteString("<" + name + ">")
	switch {
	case n.Kind == doc.Paragraph || n.Kind == doc.Heading || n.Kind == doc.ListItem && inline[n.Nodes[0].Kind]:
		w.inline(n.Nodes)
	default:
		w.blocks(n.Nodes)
	}
	w.b.WriteString("</" + name + ">")
}

var inline = map[doc.Kind]bool{doc.Text: true, doc.Strong: true, doc.Emphasis: true, doc.Math: true, doc.Value: true}

func (w *writer) table(n doc.Node) {
	w.b.WriteString("<table>")
	for i, row := range n.Nodes {
		cell := "td"
		if i == 0 && n.Head {
			cell = "th"
		}
		w.b.WriteString("<tr>")
		for _, c := range row.Nodes {
			w.b.WriteString("<" + cell + ">")
			w.inline(c.Nodes)
			w.b.WriteString("</" + cell + ">")
		}
		w.b.WriteString("</tr>")
	}
	w.b.WriteString("</table>")
}

func (w *writer) inline(nodes []doc.Node) {
	for _, n := range nodes {
		switch n.Kind {
		case doc.Text:
			w.b.WriteString(strings.ReplaceAll(escape(guarded(n.Text)), fence, "<span></span>"))
		case doc.Strong, doc.Emphasis:
			w.b.WriteString("<" + names[n.Kind] + ">")
			w.inline(n.Nodes)
			w.b.WriteString("</" + names[n.Kind] + ">")
		case doc.Math:
			left, right := `\(`, `\)`
			if n.Display {
				left, right = `\[`, `\]`
			}
			if strings.Contains(n.Text, right) || strings.Contains(n.Text, "[[") {
				w.unfit()
			}
			w.b.WriteString(left + escape(n.Text) + right)
		default:
			w.unfit()
		}
	}
}

func (w *writer) unfit() {
	if w.err == nil {
		w.err = refuse("export.text")
	}
}

// fence stands between two signs that together would begin a formula.
const fence = "\x00"

// guarded parts the signs that together would begin a formula.
func guarded(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if i > 0 && (s[i-1] == '$' && s[i] == '$' || s[i-1] == '\\' && (s[i] == '(' || s[i] == '[')) {
			b.WriteString(fence)
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

func escape(s string) string { return escaper.Replace(s) }
