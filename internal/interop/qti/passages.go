package qti

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"kith/internal/phrase"
)

// maxParts bounds how many files one item may be put together from.
const maxParts = 16

// unescaped is an address in a package as its file is called.
func unescaped(s string) string {
	if out, err := url.PathUnescape(s); err == nil {
		return out
	}
	return s
}

// passages puts what stands in other files of the package into the item: a passage that several items share, parts that are included,
// and what a test's section says to whoever works on it.
func (i *reading) passages() (why phrase.Phrase) {
	body := i.root.one("itembody")
	parts := 0
	for _, ref := range i.root.find("assessmentstimulusref") {
		text, why := i.part(ref, "stimulusbody", &parts)
		if why.Code != "" {
			return why
		}
		holder := &node{name: "div", raw: "div", attr: map[string]string{}, kids: text.kids, line: ref.line}
		placed := false
		body.all(func(n *node) bool {
			if !placed && n.attr["datastimulusidref"] == ref.attr["identifier"] && ref.attr["identifier"] != "" {
				n.kids, placed = []*node{holder}, true
			}
			return !placed
		})
		if !placed {
			body.kids = append([]*node{holder}, body.kids...)
		}
	}
	var include func(n *node) phrase.Phrase
	include = func(n *node) phrase.Phrase {
		for k, c := range n.kids {
			if c.name == "include" && c.attr["href"] != "" {
				text, why := i.part(c, "", &parts)
				if why.Code != "" {
					return why
				}
				n.kids[k] = text
				continue
			}
			if why := include(c); why.Code != "" {
				return why
			}
		}
		return phrase.Phrase{}
	}
	if why := include(body); why.Code != "" {
		return why
	}
	for _, s := range slices.Backward(i.shared[path.Join(i.dir, path.Base(i.d.File))]) {
		text := relocated(s.node, s.dir, i.dir)
		body.kids = append([]*node{{name: "div", raw: "div", attr: map[string]string{}, kids: text.kids, line: i.root.line}}, body.kids...)
	}
	return phrase.Phrase{}
}

// part is a file of the package that an element of the item points to; body names the element of it that counts, "" = all of it.
func (i *reading) part(at *node, body string, parts *int) (*node, phrase.Phrase) {
	file := path.Join(i.dir, unescaped(at.attr["href"]))
	content, ok := i.files[file]
	if *parts++; !ok || *parts > maxParts || strings.Contains(at.attr["href"], ":") {
		return nil, i.skip(at, "import.qti.part", "file", clip(at.attr["href"]))
	}
	root, err := parse(file, content)
	if err != nil {
		return nil, i.skip(at, "import.qti.part", "file", clip(at.attr["href"]))
	}
	i.used[file] = true
	if body != "" {
		root = root.one(body)
	}
	return relocated(root, path.Dir(file), i.dir), phrase.Phrase{}
}

// relocated is a node of a file in one folder with its pictures' addresses as they are from another.
func relocated(n *node, from, to string) *node {
	out := *n
	out.attr = map[string]string{}
	for k, v := range n.attr {
		if (k == "src" || k == "data") && v != "" && !strings.Contains(v, ":") && !strings.HasPrefix(v, "/") {
			up := 0
			if to = path.Clean(to); to != "." {
				up = strings.Count(to, "/") + 1
			}
			v = strings.Repeat("../", up) + path.Join(from, v)
		}
		out.attr[k] = v
	}
	out.kids = make([]*node, len(n.kids))
	for k, c := range n.kids {
		out.kids[k] = relocated(c, from, to)
	}
	return &out
}

// passage is what a test's section says to whoever works on it, and the folder of the test.
type passage struct {
	node *node
	dir  string
}
