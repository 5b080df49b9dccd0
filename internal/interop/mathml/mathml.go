// Package mathml turns presentation MathML into TeX, the form in which authors' mathematics is kept.
//
// In: what stands between <math> and </math>. Out: TeX, or an error that names the element that has no TeX here. Where the
// MathML brings its own TeX along (an annotation), that is taken.
//
// Place in the flow: layer 5, beneath html. Source: W3C MathML Core (2023), the elements of school mathematics.
package mathml

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// The bounds of one formula.
const (
	maxBytes = 64 << 10
	maxDepth = 60
	maxTeX   = 4000
)

// node is an element; a run of text has no name.
type node struct {
	name string
	attr map[string]string
	text string
	kids []*node
}

// TeX is the formula as TeX. Errors name what cannot be written.
func TeX(inner string) (string, error) {
	if len(inner) > maxBytes {
		return "", errors.New("too long")
	}
	root, err := parse(inner)
	if err != nil {
		return "", err
	}
	tex, sure := annotated(root)
	if sure {
		return tex, nil
	}
	w := writer{}
	s := w.row(root.kids)
	switch {
	case w.err != nil && tex != "":
		return tex, nil
	case w.err != nil:
		return "", w.err
	}
	if len(s) > maxTeX {
		return "", errors.New("too long")
	}
	return strings.Join(strings.Fields(s), " "), nil
}

// parse reads the elements, forgiving about entities and marks that are not closed, as MathML stands in HTML.
func parse(inner string) (*node, error) {
	d := xml.NewDecoder(strings.NewReader(inner))
	d.Strict, d.AutoClose, d.Entity = false, nil, xml.HTMLEntity
	root := &node{name: "mrow"}
	open := []*node{root}
	for {
		t, err := d.Token()
		if err == io.EOF {
			return root, nil
		}
		if err != nil {
			return nil, errors.New("its marks do not match")
		}
		top := open[len(open)-1]
		switch t := t.(type) {
		case xml.StartElement:
			n := &node{name: strings.ToLower(t.Name.Local), attr: map[string]string{}}
			for _, a := range t.Attr {
				n.attr[a.Name.Local] = a.Value
			}
			top.kids = append(top.kids, n)
			if open = append(open, n); len(open) > maxDepth {
				return nil, errors.New("too deep")
			}
		case xml.EndElement:
			if len(open) > 1 {
				open = open[:len(open)-1]
			}
		case xml.CharData:
			top.text += string(t)
		}
	}
}

// annotated is the TeX that came along, "" when there is none. Only what is marked as TeX by its registered name is sure to be it: some
// programs write what stands around a formula, or a dialect of their own, under other names.
func annotated(n *node) (tex string, sure bool) {
	encoding := strings.ToLower(n.attr["encoding"])
	if n.name == "annotation" && strings.Contains(encoding, "tex") {
		tex = strings.TrimSpace(n.text)
		for _, around := range [][2]string{{`\[`, `\]`}, {`\(`, `\)`}, {"$$", "$$"}, {"$", "$"}} {
			if inside, ok := strings.CutPrefix(tex, around[0]); ok && strings.HasSuffix(inside, around[1]) {
				return strings.TrimSpace(strings.TrimSuffix(inside, around[1])), false
			}
		}
		return tex, tex != "" && (encoding == "application/x-tex" || encoding == "tex")
	}
	for _, k := range n.kids {
		if tex, sure = annotated(k); tex != "" {
			return tex, sure
		}
	}
	return "", false
}

type writer struct{ err error }

func (w *writer) row(kids []*node) string {
	var b strings.Builder
	for _, k := range kids {
		b.WriteString(w.node(k))
	}
	return b.String()
}

// group is a part as an argument.
func (w *writer) group(n *node) string { return "{" + strings.TrimSpace(w.node(n)) + "}" }

// arity is how many parts an element has, where that is set.
var arity = map[string]int{"mfrac": 2, "mroot": 2, "msup": 2, "msub": 2, "mover": 2, "munder": 2, "msubsup": 3, "munderover": 3}

func (w *writer) node(n *node) string {
	if want := arity[n.name]; want > 0 && len(n.kids) != want {
		return w.fail(fmt.Errorf("<%s> has %d parts", n.name, len(n.kids)))
	}
	k := n.kids
	switch n.name {
	case "mrow", "mstyle", "mpadded", "math", "mtd":
		return w.row(k)
	case "semantics":
		if len(k) > 0 {
			return w.node(k[0])
		}
		return ""
	case "annotation", "annotation-xml", "mphantom", "none":
		return ""
	case "mspace":
		return `\ `
	case "mi", "mn", "mo":
		return w.token(n)
	case "mtext", "ms":
		return `\text{` + escape(n.text) + `}`
	case "mfrac":
		return `\frac` + w.group(k[0]) + w.group(k[1])
	case "msqrt":
		return `\sqrt{` + w.row(k) + `}`
	case "mroot":
		return `\sqrt[` + strings.TrimSpace(w.node(k[1])) + `]` + w.group(k[0])
	case "msup":
		return w.group(k[0]) + "^" + w.group(k[1])
	case "msub":
		return w.group(k[0]) + "_" + w.group(k[1])
	case "msubsup", "munderover":
		return w.base(k[0]) + "_" + w.group(k[1]) + "^" + w.group(k[2])
	case "mover":
		return w.over(n)
	case "munder":
		return w.base(k[0]) + "_" + w.group(k[1])
	case "mfenced":
		return w.fenced(n)
	case "mtable":
		return w.table(n)
	case "menclose":
		return w.enclosed(n)
	}
	return w.fail(fmt.Errorf("<%.40s> cannot be written as TeX", n.name))
}

func (w *writer) fail(err error) string {
	if w.err == nil {
		w.err = err
	}
	return ""
}

// base keeps a sum's sign bare, so that its limits stand where they belong.
func (w *writer) base(n *node) string {
	if n.name == "mo" {
		return strings.TrimSpace(w.node(n))
	}
	return w.group(n)
}

var accents = map[string]string{"¯": `\overline`, "‾": `\overline`, "_": `\overline`, "ˉ": `\overline`, "^": `\hat`, "ˆ": `\hat`,
	"→": `\overrightarrow`, "⃗": `\vec`, "~": `\tilde`, "˜": `\tilde`, "˙": `\dot`, ".": `\dot`, "⏞": `\overbrace`}

func (w *writer) over(n *node) string {
	if accent := accents[strings.TrimSpace(n.kids[1].text)]; accent != "" && n.kids[1].name == "mo" {
		return accent + w.group(n.kids[0])
	}
	return w.base(n.kids[0]) + "^" + w.group(n.kids[1])
}

func (w *writer) fenced(n *node) string {
	left, right := "(", ")"
	if s, ok := n.attr["open"]; ok {
		left = s
	}
	if s, ok := n.attr["close"]; ok {
		right = s
	}
	var parts []string
	for _, k := range n.kids {
		parts = append(parts, w.node(k))
	}
	return fence("\\left", left) + strings.Join(parts, ",") + fence("\\right", right)
}

func fence(side, sign string) string {
	switch sign = strings.TrimSpace(sign); sign {
	case "":
		return side + "."
	case "{", "}":
		return side + `\` + sign
	case "(", ")", "[", "]", "|":
		return side + sign
	}
	return side + "."
}

// enclosed writes what is drawn around or across its parts, as far as TeX that Kith draws has a word for it.
func (w *writer) enclosed(n *node) string {
	inner := "{" + strings.TrimSpace(w.row(n.kids)) + "}"
	switch s := n.attr["notation"]; {
	case s == "" || s == "longdiv":
		return `\longdiv` + inner
	case strings.Contains(s, "strike"):
		return `\cancel` + inner
	case s == "box" || s == "roundedbox":
		return `\boxed` + inner
	case s == "top":
		return `\overline` + inner
	case s == "bottom":
		return `\underline` + inner
	}
	return w.fail(fmt.Errorf("<menclose notation=%.40s> cannot be written as TeX", n.attr["notation"]))
}

func (w *writer) table(n *node) string {
	var rows []string
	for _, r := range n.kids {
		if r.name != "mtr" {
			return w.fail(fmt.Errorf("<%.40s> in a table", r.name))
		}
		var cells []string
		for _, c := range r.kids {
			cells = append(cells, strings.TrimSpace(w.node(c)))
		}
		rows = append(rows, strings.Join(cells, " & "))
	}
	return `\begin{matrix}` + strings.Join(rows, ` \\ `) + `\end{matrix}`
}
