package doc

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"kith/internal/fault"
)

// valueMark names the element that stands in stored mathematics for [[expr]]: its one child is the expression as text.
// It is never drawn, and so not of the allow-list.
const valueMark = "value"

const (
	maxMathDepth = 60
	maxMathNodes = 4_000
)

var (
	mark      = regexp.MustCompile(`⟦(\d+)⟧`)
	mathClass = regexp.MustCompile(`^(toright|toleft|strike|boxed|longdiv|bold|tight|rule-(top|bottom|left|right))$`)
	// aligned are temml's classes for columns, which MathML Core has no attribute for.
	aligned = map[string]string{"tml-right": "toright", "tml-left": "toleft"}
	// droppedAttrs carry looks only: the page's stylesheet decides these.
	droppedAttrs = names("style mathcolor mathbackground mathsize xmlns id rowspacing columnalign")
	// ruled are the borders that temml gives by style; they carry meaning, so they become classes.
	ruled = []struct{ style, class string }{
		{"border-top:", "rule-top"}, {"border-bottom:", "rule-bottom"}, {"border-left:", "rule-left"},
		{"border-right:", "rule-right"}, {"border:", "boxed"}, {"text-align:left", "toleft"},
	}
	// unpadded is a column that stands close to its neighbours, as the two sides of an equation do.
	unpadded = regexp.MustCompile(`padding-left:0(em|pt);padding-right:0(em|pt);`)
	tokens   = names("mi mn mo mtext ms")
)

// readMathML makes a tree of temml's output. Marks become values; looks are dropped; an unknown element or attribute is
// refused.
func readMathML(s string, exprs []string) (El, error) {
	r := mathReader{dec: xml.NewDecoder(strings.NewReader(s)), exprs: exprs, seen: make([]bool, len(exprs))}
	root, err := r.read()
	if err != nil {
		return El{}, err
	}
	for i, ok := range r.seen {
		if !ok { // inside \textbf and the like a mark is rewritten and lost
			return El{}, refuse("math_value", "expr", clip(exprs[i]))
		}
	}
	return root, checkMath(root)
}

type mathReader struct {
	dec   *xml.Decoder
	exprs []string
	seen  []bool
}

func (r *mathReader) read() (El, error) {
	stack := []El{{}}
	for {
		tok, err := r.dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return El{}, fault.Wrap(fault.Invalid, err, "fault.doc.math_output", "line", 0, "name", "xml")
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if len(stack) > maxMathDepth {
				return El{}, refuse("math_deep", "max", maxMathDepth)
			}
			e, err := element(t)
			if err != nil {
				return El{}, err
			}
			stack = append(stack, e)
		case xml.EndElement:
			e := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			if e.N == "span" { // temml's place for an equation number, which it fills in by a stylesheet
				continue
			}
			if e, err = enclosed(r.values(e)); err != nil {
				return El{}, err
			}
			parent := &stack[len(stack)-1]
			if e.A["linebreak"] != "" { // browsers break no line there; between a table's rows it says nothing
				if parent.N == "mtd" {
					continue
				}
				return El{}, refuse("math_output", "name", "\\\\")
			}
			parent.C = append(parent.C, e)
		case xml.CharData:
			if text := string(t); strings.TrimSpace(text) != "" || tokens[stack[len(stack)-1].N] {
				top := &stack[len(stack)-1]
				top.C = append(top.C, run(text))
			}
		default:
			return El{}, refuse("math_output", "name", fmt.Sprintf("%T", tok))
		}
	}
	if len(stack) != 1 || len(stack[0].C) != 1 || stack[0].C[0].N != "math" {
		return El{}, refuse("math_output", "name", "math")
	}
	return stack[0].C[0], nil
}

func element(t xml.StartElement) (El, error) {
	e := El{N: t.Name.Local}
	if e.N == "span" {
		return e, nil
	}
	if !mathElements[e.N] && e.N != "menclose" {
		return El{}, refuse("math_output", "name", clip(e.N))
	}
	var classes []string
	for _, a := range t.Attr {
		name := a.Name.Local
		switch {
		case name == "class":
			for _, c := range strings.Fields(a.Value) {
				if kept := aligned[c]; kept != "" {
					classes = append(classes, kept)
				}
			}
		case name == "style":
			for _, b := range ruled {
				if strings.Contains(";"+a.Value, ";"+b.style) {
					classes = append(classes, b.class)
				}
			}
			if unpadded.MatchString(a.Value) {
				classes = append(classes, "tight")
			}
		case droppedAttrs[name]:
		case !mathAttrs[name] && name != "notation" && name != "linebreak":
			return El{}, refuse("math_output", "name", clip(e.N+" "+name))
		default:
			e = e.with(name, a.Value)
		}
	}
	if classes != nil {
		e = e.with("class", strings.Join(classes, " "))
	}
	return e, nil
}

// values parts a token at its marks: ⟦0⟧ becomes the value, "a ⟦0⟧ b" a row of text, value, text.
func (r *mathReader) values(e El) El {
	if !tokens[e.N] || len(e.C) == 0 {
		return e
	}
	var text strings.Builder
	for _, c := range e.C {
		text.WriteString(c.T)
	}
	s := text.String()
	var parts []El
	from := 0
	for _, m := range mark.FindAllStringSubmatchIndex(s, -1) {
		i, err := strconv.Atoi(s[m[2]:m[3]])
		if err != nil || i >= len(r.exprs) {
			continue
		}
		if m[0] > from {
			parts = append(parts, El{N: e.N, A: e.A, C: []El{run(s[from:m[0]])}})
		}
		parts = append(parts, El{N: valueMark, C: []El{run(r.exprs[i])}})
		r.seen[i] = true
		from = m[1]
	}
	if parts == nil {
		e.C = []El{run(s)}
		return e
	}
	if from < len(s) {
		parts = append(parts, El{N: e.N, A: e.A, C: []El{run(s[from:])}})
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return El{N: "mrow", C: parts}
}

// enclosed rewrites menclose, which MathML Core and so Chromium leave out: lines above and below become accents that
// stretch, the rest a row with a class.
func enclosed(e El) (El, error) {
	if e.N != "menclose" {
		return e, nil
	}
	c := e.C
	if last := len(c) - 1; last > 0 && c[last].N == "mrow" && len(c[last].C) == 0 {
		c = c[:last] // temml's own drawing of a strike, made for its stylesheet
	}
	line := func(sign string) El {
		return El{N: "mo", A: map[string]string{"stretchy": "true"}, C: []El{run(sign)}}
	}
	class := ""
	switch e.A["notation"] {
	case "top":
		return El{N: "mover", C: []El{{N: "mrow", C: c}, line("\u203E")}}, nil
	case "bottom":
		return El{N: "munder", C: []El{{N: "mrow", C: c}, line("\u005F")}}, nil
	case "box":
		class = "boxed"
	case "updiagonalstrike", "downdiagonalstrike", "horizontalstrike", "updiagonalstrike downdiagonalstrike":
		class = "strike"
	case "longdiv":
		class = "longdiv"
	default:
		return El{}, refuse("math_output", "name", "menclose "+clip(e.A["notation"]))
	}
	return el("mrow", class, c...), nil
}

// checkMath refuses a stored tree that readMathML could not have made.
func checkMath(root El) error {
	if root.N != "math" {
		return refuse("math_output", "name", clip(root.N))
	}
	nodes := 0
	var walk func(e El, depth int) error
	walk = func(e El, depth int) error {
		if nodes++; nodes > maxMathNodes || depth > maxMathDepth {
			return refuse("math_deep", "max", maxMathDepth)
		}
		switch {
		case e.N == "":
			if len(e.A)+len(e.C) > 0 {
				return refuse("math_output", "name", "text")
			}
			return (&validator{}).text(e.T)
		case e.T != "":
			return refuse("math_output", "name", clip(e.N))
		case e.N == valueMark:
			if len(e.A) > 0 || len(e.C) != 1 || e.C[0].N != "" {
				return refuse("math_output", "name", valueMark)
			}
			return checkExpr(e.C[0].T)
		case !mathElements[e.N] || depth > 0 && e.N == "math":
			return refuse("math_output", "name", clip(e.N))
		}
		for _, k := range sortedKeys(e.A) {
			if !mathAttrs[k] {
				return refuse("math_output", "name", clip(e.N+" "+k))
			}
			if k == "class" {
				for _, c := range strings.Fields(e.A[k]) {
					if !mathClass.MatchString(c) {
						return refuse("math_output", "name", clip(c))
					}
				}
			}
		}
		for _, c := range e.C {
			if err := walk(c, depth+1); err != nil {
				return err
			}
		}
		return nil
	}
	return walk(root, 0)
}

// markedExprs adds the expressions of a stored formula to out.
func markedExprs(e El, out []string) []string {
	if e.N == valueMark && len(e.C) == 1 {
		return append(out, e.C[0].T)
	}
	for _, c := range e.C {
		out = markedExprs(c, out)
	}
	return out
}

// drawMath puts the values into a stored formula.
func drawMath(e El, v Values) (El, error) {
	if e.N == "" {
		return e, nil
	}
	drawn := El{N: e.N, A: e.A}
	for _, c := range e.C {
		if c.N != valueMark {
			child, err := drawMath(c, v)
			if err != nil {
				return El{}, err
			}
			drawn.C = append(drawn.C, child)
			continue
		}
		n, err := numberOf(c.C[0].T, v)
		if err != nil {
			return El{}, err
		}
		els := n.math()
		if len(els) != 1 && !rows[e.N] { // a fraction's two children must stay two
			els = []El{{N: "mrow", C: els}}
		}
		drawn.C = append(drawn.C, els...)
	}
	return drawn, nil
}

// rows are the elements that lay out any number of children side by side.
var rows = names("math mrow mtd mstyle mpadded mphantom msqrt")
