package qti

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path/filepath"
	"strings"

	"kith/internal/fault"
	"kith/internal/interop/source"
)

// The bounds of one file of XML.
const (
	maxXML   = 4 << 20
	maxNodes = 40_000
	maxDepth = 100
)

// node is an element with its name as both versions have it in common: small letters, without "qti-" and dashes. raw is the name
// as it stands, for HTML and mathematics. A run of text has no name.
type node struct {
	name, raw string
	attr      map[string]string // names likewise
	text      string
	kids      []*node
	notes     []string // comments directly in it
	line      int
}

// common is a name as both versions have it.
func common(s string) string {
	return strings.ReplaceAll(strings.TrimPrefix(strings.ToLower(s), "qti-"), "-", "")
}

// parse reads a file. Errors: Invalid with the line.
func parse(file string, b []byte) (*node, error) {
	if len(b) > maxXML {
		return nil, fault.New(fault.Invalid, "fault.import.large", "file", filepath.Base(file), "mb", maxXML/source.MB)
	}
	if _, err := source.Text(file, b); err != nil {
		return nil, err
	}
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(b, []byte("\uFEFF"))))
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // source.Text has seen that it is UTF-8
	root := &node{}
	open := []*node{root}
	for n := 0; ; n++ {
		t, err := d.Token()
		if err == io.EOF && len(open) == 1 && len(root.kids) > 0 {
			return first(root), nil
		}
		line, _ := d.InputPos()
		if err == nil && (n > maxNodes || len(open) > maxDepth) {
			err = errors.New("it holds too many elements, or too deep")
		}
		if err != nil {
			detail := err.Error()
			var syntax *xml.SyntaxError
			if errors.As(err, &syntax) {
				line, detail = syntax.Line, syntax.Msg
			}
			return nil, fault.Wrap(fault.Invalid, err, "fault.import.xml", "file", filepath.Base(file), "line", line, "detail", detail)
		}
		top := open[len(open)-1]
		switch t := t.(type) {
		case xml.StartElement:
			k := &node{name: common(t.Name.Local), raw: t.Name.Local, attr: map[string]string{}, line: line}
			if strings.HasSuffix(t.Name.Space, "/synthesis") { // how it is spoken: SSML has a sub and a p of its own
				k.name, k.raw = "ssml"+k.name, "ssml-"+k.raw
			}
			for _, a := range t.Attr {
				k.attr[common(a.Name.Local)] = a.Value
			}
			top.kids = append(top.kids, k)
			open = append(open, k)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			top.kids = append(top.kids, &node{text: string(t)})
		case xml.Comment:
			top.notes = append(top.notes, strings.TrimSpace(string(t)))
		}
	}
}

// first is the outermost element, with the comments that stand around it.
func first(root *node) *node {
	for _, k := range root.kids {
		if k.name != "" {
			k.notes = append(k.notes, root.notes...)
			return k
		}
	}
	return &node{attr: map[string]string{}}
}

// all calls each with a node and everything in it, outermost first; each says whether to go inside.
func (n *node) all(each func(*node) bool) {
	if !each(n) {
		return
	}
	for _, k := range n.kids {
		k.all(each)
	}
}

// find are the elements of a name, wherever they are.
func (n *node) find(names ...string) []*node {
	var out []*node
	n.all(func(k *node) bool {
		for _, name := range names {
			if k.name == name {
				out = append(out, k)
			}
		}
		return true
	})
	return out
}

// one is the first element of a name, an empty one when there is none.
func (n *node) one(name string) *node {
	if all := n.find(name); len(all) > 0 {
		return all[0]
	}
	return &node{attr: map[string]string{}}
}

// words is the text in it.
func (n *node) words() string {
	var b strings.Builder
	n.all(func(k *node) bool { b.WriteString(k.text); return true })
	return strings.TrimSpace(b.String())
}

// note is what a comment "kith key: …" directly in it says.
func (n *node) note(key string) string {
	for _, s := range n.notes {
		if value, ok := strings.CutPrefix(s, "kith "+key+":"); ok {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
