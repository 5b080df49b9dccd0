package doc

import (
	"fmt"
	"html/template"
	"io"
	"strings"
)

// set is a list of names to look up.
type set map[string]bool

func names(s string) set {
	out := set{}
	for _, n := range strings.Fields(s) {
		out[n] = true
	}
	return out
}

// The allow-list: every element that is drawn, by family, with the attributes it may carry. There is no style, no id,
// no event handler, no link; of addresses only an image's, which Draw makes.
var (
	htmlElements = names("p h2 h3 h4 ul ol li blockquote section div table thead tbody tr th td figure img strong em")
	htmlAttrs    = names("class scope src alt")
	svgElements  = names("svg g rect circle line path polyline polygon text tspan title desc")
	svgAttrs     = names("class viewBox role x y width height rx cx cy r x1 y1 x2 y2 d points text-anchor dominant-baseline transform")
	mathElements = names(`math mrow mi mn mo mtext mspace ms mfrac msqrt mroot msub msup msubsup munder mover munderover
		mmultiscripts mprescripts mtable mtr mtd mpadded mphantom mstyle`)
	mathAttrs = names(`class display mathvariant form stretchy fence separator symmetric lspace rspace minsize maxsize
		largeop movablelimits accent accentunder linethickness displaystyle scriptlevel width height depth voffset
		rowspan columnspan`)
)

// allowed says whether an element of the drawn tree may carry an attribute; attr "" asks about the element.
func allowed(name, attr string) bool {
	switch {
	case svgElements[name]:
		return attr == "" || svgAttrs[attr]
	case mathElements[name]:
		return attr == "" || mathAttrs[attr]
	case htmlElements[name]:
		return attr == "" || htmlAttrs[attr]
	}
	return false
}

// HTML writes the element as HTML with everything escaped. An element or attribute outside the allow-list is refused
// and nothing of it is written.
func (e El) HTML(w io.Writer) error {
	var b strings.Builder
	if err := e.html(&b, 0); err != nil {
		return err
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// HTML gives drawn elements to a html/template. It refuses what El.HTML refuses.
func HTML(els []El) (template.HTML, error) {
	var b strings.Builder
	for _, e := range els {
		if err := e.html(&b, 0); err != nil {
			return "", err
		}
	}
	return template.HTML(b.String()), nil //nolint:gosec // every name is of the allow-list, every text is escaped
}

// maxElDepth bounds a drawn tree: MaxPauses wrappers, MaxDepth blocks and the mathematics within.
const maxElDepth = 120

func (e El) html(b *strings.Builder, depth int) error {
	if depth > maxElDepth {
		return fmt.Errorf("doc: drawn tree deeper than %d", maxElDepth)
	}
	if e.N == "" {
		b.WriteString(escape(e.T))
		return nil
	}
	if !allowed(e.N, "") {
		return fmt.Errorf("doc: element %q is not of the allow-list", e.N)
	}
	b.WriteByte('<')
	b.WriteString(e.N)
	for _, k := range sortedKeys(e.A) {
		if !allowed(e.N, k) {
			return fmt.Errorf("doc: attribute %q of %q is not of the allow-list", k, e.N)
		}
		b.WriteString(" " + k + `="` + escape(e.A[k]) + `"`)
	}
	b.WriteByte('>')
	if e.N == "img" {
		return nil
	}
	for _, c := range e.C {
		if err := c.html(b, depth+1); err != nil {
			return err
		}
	}
	b.WriteString("</" + e.N + ">")
	return nil
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;", "\x00", "\uFFFD")

func escape(s string) string { return escaper.Replace(s) }
