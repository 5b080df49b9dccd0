package cnxml

import (
	"encoding/xml"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"kith/internal/doc"
	"kith/internal/interop/mathml"
)

// kept are the attributes of MathML that mean something; the rest is looks, which the pages' own style decides. Package doc refuses
// whatever element or attribute is none of its own, so that nothing gets past it that is forgotten here.
var kept = map[string]bool{"accent": true, "accentunder": true, "stretchy": true, "displaystyle": true, "linethickness": true, "width": true}

var (
	bold  = map[string]bool{"bold": true, "bold-italic": true}
	looks = map[string]bool{"columnalign": true, "mathvariant": true, "fontweight": true, "fontstyle": true, "mathsize": true, "mathcolor": true,
		"equalrows": true, "equalcolumns": true, "notation": true, "open": true, "close": true, "separators": true, "class": true, "display": true,
		"rowspacing": true, "columnspacing": true, "form": true, "lspace": true, "rspace": true, "rowalign": true, "height": true, "depth": true,
		"fontfamily": true, "fence": true, "separator": true, "id": true, "overflow": true, "color": true, "background": true, "fontsize": true, "mathbackground": true}
	sides  = map[string]string{"left": "toleft", "right": "toright"}
	tokens = map[string]bool{"mi": true, "mn": true, "mo": true, "mtext": true, "ms": true}
	length = regexp.MustCompile(`^-?\d{0,3}(\.\d{1,4})?em$`)
	sign   = regexp.MustCompile(`^[-−+=<>≤≥≠×·÷,;:()]$`)
)

// formula is a <math> as text has it: its own tree, which shows it as the source does, and the same as TeX, in which authors read
// and change it. ok=false for one that shows nothing.
func formula(m *node, display bool, p *pool) (n doc.Node, ok bool, err error) {
	if strings.TrimSpace(strings.ReplaceAll(m.inner(), "\u00a0", "")) == "" {
		return n, false, nil
	}
	tidy := tidied(m)
	var b strings.Builder
	for _, k := range tidy.kids {
		k.write(&b)
	}
	tex, err := mathml.TeX(b.String())
	if err != nil {
		return n, false, err
	}
	if tex = unspaced(tex); tex == "" {
		return n, false, nil
	}
	tree := drawn(tidy, "")
	tree.N, tree.A = "math", nil
	if display {
		tree.A = map[string]string{"display": "block"}
	}
	if p != nil {
		tree = p.shared(tree)
	}
	return doc.Node{Kind: doc.Math, Text: tex, Display: display, MathML: &tree}, true, nil
}

// pool keeps what a book's formulas have in common once: a book has three hundred thousand signs and a few hundred different ones.
// What comes out of it is not changed any more.
type pool struct {
	text   map[string]string
	leaves map[string][]doc.El // what stands in a token
	attrs  map[string]map[string]string
}

func (p *pool) shared(e doc.El) doc.El {
	if p.text == nil {
		p.text, p.leaves, p.attrs = map[string]string{}, map[string][]doc.El{}, map[string]map[string]string{}
	}
	e.N, e.T = p.said(e.N), p.said(e.T)
	if len(e.A) > 0 {
		key := ""
		for _, k := range slices.Sorted(maps.Keys(e.A)) {
			key += k + "\x00" + e.A[k] + "\x00"
		}
		if p.attrs[key] == nil {
			p.attrs[key] = e.A
		}
		e.A = p.attrs[key]
	}
	if len(e.C) == 1 && e.C[0].N == "" {
		text := e.C[0].T
		if p.leaves[text] == nil {
			p.leaves[text] = []doc.El{{T: p.said(text)}}
		}
		e.C = p.leaves[text]
		return e
	}
	kids := make([]doc.El, len(e.C))
	for i, k := range e.C {
		kids[i] = p.shared(k)
	}
	if e.C = kids; len(kids) == 0 {
		e.C = nil
	}
	return e
}

func (p *pool) said(s string) string {
	if s == "" {
		return ""
	}
	if was, ok := p.text[s]; ok {
		return was
	}
	s = strings.Clone(s)
	p.text[s] = s
	return s
}

// unspaced takes the gaps off a formula's ends.
func unspaced(tex string) string {
	for {
		was := tex
		tex = strings.TrimSpace(strings.TrimPrefix(tex, `\ `))
		if strings.HasSuffix(tex, `\`) && !strings.HasSuffix(tex, `\\`) {
			tex = strings.TrimSuffix(tex, `\`)
		}
		if tex == was {
			return tex
		}
	}
}

// tidied is a formula's tree without the spaces between its elements, with signs that were written as words made signs again.
func tidied(n *node) *node {
	out := &node{name: n.name, maths: true, attr: n.attr}
	if tokens[n.name] {
		text := strings.Join(strings.Fields(strings.NewReplacer("\u00a0", " ", "\u200b", "").Replace(n.inner())), " ")
		if bare := strings.TrimSpace(n.inner()); n.name == "mtext" && text != bare { // spaces at a word's ends part it from its neighbours
			text = strings.Replace(n.inner(), bare, strings.Join(strings.Fields(bare), " "), 1)
		}
		if n.name == "mtext" && sign.MatchString(text) {
			out.name = "mo"
		}
		out.kids = []*node{{text: text}}
		return out
	}
	for _, k := range n.elements() {
		out.kids = append(out.kids, tidied(k))
	}
	return out
}

// write writes the tree as markup for package mathml.
func (n *node) write(b *strings.Builder) {
	if n.name == "" {
		_ = xml.EscapeText(b, []byte(n.text))
		return
	}
	b.WriteString("<" + n.name)
	for _, a := range []string{"open", "close", "notation"} {
		if v, ok := n.attr[a]; ok {
			b.WriteString(" " + a + `="`)
			_ = xml.EscapeText(b, []byte(v))
			b.WriteString(`"`)
		}
	}
	b.WriteString(">")
	for _, k := range n.kids {
		k.write(b)
	}
	b.WriteString("</" + n.name + ">")
}

// drawn is the tree as package doc keeps it. MathML Core, and so Chromium, silently drops fences, strikes, long division, bold and the
// side to which a column leans: fences become signs, the rest classes. align is the side of the table or row around it.
func drawn(n *node, align string) doc.El {
	if n.name == "" {
		return doc.El{T: n.text}
	}
	e := doc.El{N: n.name}
	var classes []string
	if side := n.attr["columnalign"]; side != "" {
		align = strings.Fields(side + " ")[0]
	}
	if n.name == "mtd" && sides[align] != "" {
		classes = append(classes, sides[align])
	}
	if bold[n.attr["mathvariant"]] || n.attr["fontweight"] == "bold" {
		classes = append(classes, "bold")
	}
	for i, k := range n.kids {
		kid := drawn(k, align)
		if k.name == "mo" {
			kid = spaced(kid, n.kids, i)
		}
		e.C = append(e.C, kid)
	}
	switch n.name {
	case "mfenced":
		e.N, e.C = "mrow", fenced(n, e.C)
	case "menclose":
		e.N = "mrow"
		switch {
		case n.attr["notation"] == "longdiv":
			classes = append(classes, "longdiv")
		case strings.Contains(n.attr["notation"], "strike"):
			classes = append(classes, "strike")
		default:
			classes = append(classes, "boxed")
		}
	}
	for k, v := range n.attr {
		switch {
		case k == "width":
			if v, ok := gap(v); ok {
				e = with(e, k, v)
			}
		case kept[k] || !looks[k]: // what is neither is refused by package doc
			e = with(e, k, v)
		}
	}
	if classes != nil {
		slices.Sort(classes)
		e = with(e, "class", strings.Join(slices.Compact(classes), " "))
	}
	return e
}

const (
	openers = "([{"
	closers = ")]}"
)

// spaced says how a sign stands to its neighbours. The source puts a whole line into one row, where a browser takes every sign that is
// neither first nor last for one between two sides and parts it from both.
func spaced(e doc.El, row []*node, i int) doc.El {
	text := row[i].inner()
	before := ""
	if i > 0 {
		before = row[i-1].inner()
	}
	switch {
	case text == "":
	case strings.Contains(openers, text):
		return low(with(e, "form", "prefix"), row)
	case strings.Contains(closers, text):
		return low(with(e, "form", "postfix"), row)
	case text == "|":
		return low(e, row)
	case strings.Contains(".?!;", text):
		return with(e, "lspace", "0em")
	case text == "," && i+1 < len(row) && grouped(row[i-min(i, 1)], row[i+1]):
		return with(with(e, "lspace", "0em"), "rspace", "0em")
	case strings.Contains("-−+", text) && (i == 0 || row[i-1].name == "mo" && before != "" && strings.Contains(openers+"-−+=<>≤≥≠,×÷·|", before)):
		return with(e, "form", "prefix")
	}
	return e
}

// tall are elements beside which a bracket grows.
var tall = map[string]bool{"mfrac": true, "mtable": true, "msqrt": true, "mroot": true, "munder": true, "mover": true, "munderover": true}

// low keeps a bracket as it is where nothing tall stands beside it: browsers part one that may grow from its neighbours.
func low(e doc.El, row []*node) doc.El {
	for _, k := range row {
		grows := tall[k.name]
		k.walk(func(n *node) bool { grows = grows || tall[n.name]; return !grows })
		if grows {
			return e
		}
	}
	return with(e, "stretchy", "false")
}

// widest is the widest gap that is kept, in em: the source lines up columns of a printed page with gaps of up to 17.
const widest = 2

// gap is a width as it fits on a phone; ok=false for one that is none.
func gap(width string) (string, bool) {
	if !length.MatchString(width) {
		return "", false
	}
	if n, err := strconv.ParseFloat(strings.TrimSuffix(width, "em"), 64); err != nil || n > widest {
		return strconv.Itoa(widest) + "em", err == nil
	}
	return width, true
}

// grouped reports whether a comma between two numbers may part a number's thousands.
func grouped(left, right *node) bool {
	l, r := left.inner(), right.inner()
	return left.name == "mn" && right.name == "mn" && len(l) > 0 && len(l) <= 3 && len(r) == 3
}

func with(e doc.El, k, v string) doc.El {
	if e.A == nil {
		e.A = map[string]string{}
	}
	e.A[k] = v
	return e
}

func fenced(n *node, kids []doc.El) []doc.El {
	left, right := "(", ")"
	if s, ok := n.attr["open"]; ok {
		left = s
	}
	if s, ok := n.attr["close"]; ok {
		right = s
	}
	mo := func(s string) doc.El { return doc.El{N: "mo", C: []doc.El{{T: s}}} }
	out := []doc.El{low(with(mo(left), "form", "prefix"), n.kids)}
	for i, k := range kids {
		if i > 0 {
			out = append(out, mo(","))
		}
		out = append(out, k)
	}
	return append(out, low(with(mo(right), "form", "postfix"), n.kids))
}
