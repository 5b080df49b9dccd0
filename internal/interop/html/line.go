package html

import (
	"strings"
	"unicode"

	"kith/internal/doc"
	"kith/internal/fault"
)

// run is a stretch of a line that is marked the same throughout: words or one formula.
type run struct {
	node       doc.Node
	strong, em bool
	dollars    bool // of a formula: it stood between $$, which shows it alone where it is alone
}

// settle makes the nodes of a line: one space where there were several, none at its ends nor at the ends of what is marked,
// strong outside emphasis. The same line always gives the same nodes, so that writing and reading again changes nothing.
func settle(line []run) ([]doc.Node, error) {
	var out []run
	space := false // there was one since the last run that shows anything
	for _, r := range line {
		after := false
		if r.node.Kind == doc.Text {
			s := r.node.Text
			space = space || strings.TrimLeftFunc(s, unicode.IsSpace) != s
			after = strings.TrimRightFunc(s, unicode.IsSpace) != s
			if r.node.Text = strings.Join(strings.Fields(s), " "); r.node.Text == "" {
				continue
			}
		}
		if space && len(out) > 0 {
			before := out[len(out)-1]
			out = added(out, run{node: doc.Node{Kind: doc.Text, Text: " "}, strong: before.strong && r.strong, em: before.em && r.em})
		}
		out, space = added(out, r), after
	}
	alone := len(out) == 1
	for i, r := range out {
		if r.node.Kind != doc.Math {
			continue
		}
		n := &out[i].node
		n.Display = n.Display || r.dollars && alone
		tree, err := doc.TeX(n.Text, n.Display)
		if err != nil {
			return nil, unreadable(n.Text, err)
		}
		n.MathML = &tree
	}
	return grown(out), nil
}

// added joins words to words that are marked alike.
func added(out []run, r run) []run {
	last := len(out) - 1
	if r.node.Kind == doc.Text && last >= 0 && out[last].node.Kind == doc.Text && out[last].strong == r.strong && out[last].em == r.em {
		out[last].node.Text += r.node.Text
		return out
	}
	return append(out, r)
}

// unreadable says which formula cannot be read, and why. A build without mathematics is nobody's formula.
func unreadable(tex string, err error) error {
	if fault.Is(err, fault.Unavailable) {
		return err
	}
	detail := fault.Said(err).Args["detail"]
	if s, _ := detail.(string); s != "" {
		return fault.Wrap(fault.Invalid, err, "import.text.tex", "tex", clip(tex), "detail", s)
	}
	return fault.Wrap(fault.Invalid, err, "import.text.formula", "tex", clip(tex))
}

// grown makes the tree of runs.
func grown(runs []run) []doc.Node {
	var out []doc.Node
	for i := 0; i < len(runs); {
		r, end := runs[i], i+1
		if !r.strong && !r.em {
			out = append(out, r.node)
			i = end
			continue
		}
		for end < len(runs) && runs[end].strong == r.strong && (r.strong || runs[end].em) {
			end++
		}
		inside := append([]run(nil), runs[i:end]...)
		kind := doc.Emphasis
		for j := range inside {
			if r.strong {
				inside[j].strong = false
			} else {
				inside[j].em = false
			}
		}
		if r.strong {
			kind = doc.Strong
		}
		out = append(out, doc.Node{Kind: kind, Nodes: grown(inside)})
		i = end
	}
	return out
}

// part is a stretch of words, or the inside of a formula.
type part struct {
	s                     string
	tex, display, dollars bool
}

// fences are the marks around TeX.
var fences = []struct {
	open, close      string
	display, dollars bool
}{{`\(`, `\)`, false, false}, {`\[`, `\]`, true, false}, {"$$", "$$", false, true}}

// parts finds the formulas of a text. A mark that is not closed is words.
func parts(s string) []part {
	var out []part
	lost := [3]bool{}
	from, at := 0, 0
	for at < len(s) {
		next := strings.IndexAny(s[at:], `\$`)
		if next < 0 {
			break
		}
		at += next
		n := -1
		for i, f := range fences {
			if strings.HasPrefix(s[at:], f.open) && !lost[i] {
				n = i
			}
		}
		if n < 0 {
			at++
			continue
		}
		f := fences[n]
		end := strings.Index(s[at+2:], f.close)
		if end < 0 {
			lost[n] = true
			continue
		}
		if at > from {
			out = append(out, part{s: s[from:at]})
		}
		if len(out) > maxMarks {
			return append(out, part{s: s[at:]})
		}
		out = append(out, part{s: s[at+2 : at+2+end], tex: true, display: f.display, dollars: f.dollars})
		at += end + 4
		from = at
	}
	if from < len(s) {
		out = append(out, part{s: s[from:]})
	}
	return out
}

var noValues = strings.NewReplacer("[[", "[ [", "]]", "] ]")

// tidyTeX puts a formula on one line. Dollars inside it are money, and double brackets are no values of ours.
func tidyTeX(s string) string {
	s = strings.Join(strings.Fields(shown(s)), " ")
	s = noValues.Replace(s)
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 == len(s):
			return strings.TrimSpace(b.String()) // alone, it would swallow the closing mark
		case s[i] == '\\':
			b.WriteByte(s[i])
			i++
		case s[i] == '$':
			b.WriteByte('\\')
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// shown takes out what a text does not show: control signs, marks of direction and joining that deceive, soft hyphens.
func shown(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), r == 0x2028, r == 0x2029:
			if r == '\n' {
				return r
			}
			return ' '
		case unicode.IsControl(r), r == 0xFEFF, r >= 0xFFFE && r <= 0xFFFF, r == 0x200B, r == 0xAD,
			r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
			return -1
		}
		return r
	}, s)
}

var (
	superscripts = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹", "+", "⁺", "-", "⁻", "−", "⁻", "n", "ⁿ", "(", "⁽", ")", "⁾")
	subscripts   = strings.NewReplacer("0", "₀", "1", "₁", "2", "₂", "3", "₃", "4", "₄", "5", "₅", "6", "₆", "7", "₇", "8", "₈", "9", "₉", "+", "₊", "-", "₋", "−", "₋", "(", "₍", ")", "₎")
	ordinals     = set("st nd rd th")
)

// raised writes what stands above or below the line in one: x², x^(k), 1st.
func raised(s string, signs *strings.Replacer, mark string) string {
	bare := strings.TrimSpace(s)
	if bare == "" || ordinals[bare] {
		return s
	}
	up := signs.Replace(bare)
	for _, r := range up {
		if r < 0x80 || unicode.IsLetter(r) && r != 'ⁿ' {
			if len([]rune(bare)) > 1 {
				return mark + "(" + bare + ")"
			}
			return mark + bare
		}
	}
	return up
}
