package cnxml

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"kith/internal/fault"
	"kith/internal/interop/source"
)

// The bounds of one file. The largest real module has 0.4 MB, 13,000 elements and a depth of 25.
const (
	maxFile  = 8 * source.MB
	maxDepth = 100
	maxNodes = 200_000
)

// node is an element, or a run of text, which has no name. Names are without their prefix; maths tells MathML from the rest.
type node struct {
	name  string
	maths bool
	attr  map[string]string
	text  string
	kids  []*node
	line  int
}

// parse reads a file into a tree. Nothing of it is looked up elsewhere: a document type, with which entities come, is refused.
// Errors: Invalid with the line.
func parse(file string, b []byte) (*node, error) {
	if _, err := source.Text(file, b); err != nil {
		return nil, err
	}
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(b, []byte("\uFEFF"))))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // source.Text has seen that it is UTF-8
	bad := func(line int, detail string) error {
		return fault.New(fault.Invalid, "fault.import.xml", "file", shown(file), "line", line, "detail", detail)
	}
	root := &node{}
	open, count := []*node{root}, 0
	for {
		t, err := d.Token()
		line, _ := d.InputPos()
		if err == io.EOF && len(root.kids) > 0 {
			return root.kids[0], nil
		}
		var syntax *xml.SyntaxError
		switch {
		case errors.As(err, &syntax):
			return nil, bad(syntax.Line, syntax.Msg)
		case err != nil:
			return nil, bad(line, "it holds no element")
		}
		top := open[len(open)-1]
		if count++; count > maxNodes {
			return nil, bad(line, "it holds too many elements")
		}
		switch t := t.(type) {
		case xml.Directive:
			return nil, bad(line, "a document type and its entities are not taken")
		case xml.StartElement:
			if len(open) > maxDepth {
				return nil, bad(line, "it is nested too deep")
			}
			n := element(t, line)
			if top == root && len(root.kids) > 0 {
				return nil, bad(line, "a second element stands after the first")
			}
			top.kids = append(top.kids, n)
			open = append(open, n)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if top != root {
				top.kids = append(top.kids, &node{text: string(t), line: line})
			}
		}
	}
}

func element(t xml.StartElement, line int) *node {
	n := &node{name: t.Name.Local, maths: strings.HasSuffix(t.Name.Space, "MathML") || t.Name.Space == "m", line: line}
	for _, a := range t.Attr {
		if a.Name.Space == "xmlns" || a.Name.Local == "xmlns" {
			continue
		}
		if n.attr == nil {
			n.attr = map[string]string{}
		}
		n.attr[a.Name.Local] = a.Value
	}
	return n
}

// shown is a file's place as a report names it: the module and not every time index.cnxml.
func shown(file string) string {
	if path.Base(file) == indexName {
		return path.Base(path.Dir(file)) + "/" + indexName
	}
	return path.Base(file)
}

func (n *node) is(names ...string) bool {
	for _, name := range names {
		if n.name == name && !n.maths {
			return true
		}
	}
	return false
}

// has reports whether a class stands among the element's.
func (n *node) has(class string) bool {
	for _, c := range strings.Fields(n.attr["class"]) {
		if strings.Trim(c, "'\"") == class {
			return true
		}
	}
	return false
}

// child is the first child of a name; nil when there is none.
func (n *node) child(name string) *node {
	if n == nil {
		return nil
	}
	for _, k := range n.kids {
		if k.is(name) {
			return k
		}
	}
	return nil
}

// children are those of a name.
func (n *node) children(name string) (out []*node) {
	if n == nil {
		return nil
	}
	for _, k := range n.kids {
		if k.is(name) {
			out = append(out, k)
		}
	}
	return out
}

// walk visits the elements beneath, outermost first; each says whether to go on inside.
func (n *node) walk(each func(*node) bool) {
	for _, k := range n.kids {
		if k.name != "" && each(k) {
			k.walk(each)
		}
	}
}

var (
	raised  = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹", "n", "ⁿ", "-", "⁻", "−", "⁻", "+", "⁺")
	lowered = strings.NewReplacer("0", "₀", "1", "₁", "2", "₂", "3", "₃", "4", "₄", "5", "₅", "6", "₆", "7", "₇", "8", "₈", "9", "₉")
)

// words is an element's text on one line, with raised digits as signs of their own.
func (n *node) words() string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	var walk func(n *node)
	walk = func(n *node) {
		if n.name == "" {
			b.WriteString(n.text)
			return
		}
		switch {
		case n.name == "msup" && n.maths:
			parts := n.elements()
			if len(parts) == 2 {
				walk(parts[0])
				b.WriteString(raised.Replace(strings.TrimSpace(parts[1].words())))
				return
			}
		case n.is("sup"):
			b.WriteString(raised.Replace(n.inner()))
			return
		case n.is("newline", "space"):
			b.WriteByte(' ')
		}
		for _, k := range n.kids {
			walk(k)
		}
	}
	walk(n)
	return strings.Join(strings.Fields(b.String()), " ")
}

// inner is the text of a small element, as it stands.
func (n *node) inner() string {
	var b strings.Builder
	for _, k := range n.kids {
		if k.name == "" {
			b.WriteString(k.text)
		} else {
			b.WriteString(k.inner())
		}
	}
	return b.String()
}

// elements are the children that are none of the spaces between them.
func (n *node) elements() (out []*node) {
	for _, k := range n.kids {
		if k.name != "" {
			out = append(out, k)
		}
	}
	return out
}
