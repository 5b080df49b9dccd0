package doc

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Validate refuses (fault.Invalid) a tree that Parse could not have made: unknown kinds, fields a kind does not have,
// children where none may stand, a tree too deep or too large, mathematics outside the allow-list. It changes nothing.
// A tree from a database or an import is safe to Draw after it.
func (d Doc) Validate() error {
	if d.Lang != "" && !langTag.MatchString(d.Lang) {
		return refuse("lang", "lang", clip(d.Lang))
	}
	v := validator{}
	return v.all(d.Nodes, 1, blockKinds, "")
}

var (
	langTag   = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$`)
	imageName = regexp.MustCompile(`^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|course(/[a-z0-9_-]+)+(\.[a-z0-9]+)?)$`)
)

type kinds map[Kind]bool

var (
	blockKinds  = kinds{Paragraph: true, Heading: true, Bullets: true, Numbers: true, Quote: true, Pause: true, Table: true, Figure: true, Image: true}
	inlineKinds = kinds{Text: true, Strong: true, Emphasis: true, Math: true, Value: true}
	itemOnly    = kinds{ListItem: true}
	rowOnly     = kinds{Row: true}
	cellOnly    = kinds{Cell: true}
)

// refuse makes a refusal whose line is not known (0).
func refuse(code string, pairs ...any) error { return bad(0, code, pairs...) }

// validator counts as it walks.
type validator struct{ nodes, runes, pauses int }

func (v *validator) all(nodes []Node, depth int, allowed kinds, parent Kind) error {
	if depth > MaxDepth && len(nodes) > 0 {
		return refuse("too_deep", "max", MaxDepth)
	}
	for _, n := range nodes {
		if !allowed[n.Kind] {
			return refuse("kind", "kind", clip(string(n.Kind)), "parent", string(parent))
		}
		if n.Kind == Pause && parent != "" {
			return refuse("pause_inside")
		}
		if err := v.node(n, depth); err != nil {
			return err
		}
	}
	return nil
}

func (v *validator) text(s string) error {
	if v.runes += utf8.RuneCountInString(s); v.runes > MaxRunes {
		return refuse("too_long", "max", MaxRunes)
	}
	if !utf8.ValidString(s) {
		return refuse("not_utf8")
	}
	for _, r := range s {
		if !plainSign(r) {
			return refuse("sign", "sign", hex(r))
		}
	}
	return nil
}

// node checks one node and what is beneath it.
func (v *validator) node(n Node, depth int) error {
	if v.nodes++; v.nodes > MaxNodes {
		return refuse("too_many_nodes", "max", MaxNodes)
	}
	if err := n.onlyItsFields(); err != nil {
		return err
	}
	for _, s := range []string{n.Text, n.Alt} {
		if err := v.text(s); err != nil {
			return err
		}
	}
	switch n.Kind {
	case Text:
		if n.Text == "" {
			return refuse("empty_block")
		}
	case Value:
		return checkExpr(n.Text)
	case Math:
		return v.math(n)
	case Figure:
		return v.figure(n)
	case Image:
		if !imageName.MatchString(n.Name) {
			return refuse("image_name", "name", clip(n.Name))
		}
		return alt(n)
	case Heading:
		if n.Level < 2 || n.Level > 4 {
			return refuse("level", "level", n.Level)
		}
	case Pause:
		if v.pauses++; v.pauses > MaxPauses {
			return refuse("pauses", "max", MaxPauses)
		}
	case Table:
		for _, row := range n.Nodes {
			if len(row.Nodes) != len(n.Nodes[0].Nodes) || len(row.Nodes) == 0 {
				return refuse("table_width", "want", len(n.Nodes[0].Nodes), "got", len(row.Nodes))
			}
		}
	}
	return v.inside(n, depth)
}

// inside checks a node's children: which kinds may stand there, and that there are some where a node needs them.
func (v *validator) inside(n Node, depth int) error {
	var allowed kinds
	switch n.Kind {
	case Paragraph, Heading, Cell, Strong, Emphasis:
		allowed = inlineKinds
	case Bullets, Numbers:
		allowed = itemOnly
	case ListItem:
		allowed = inlineKinds
		if len(n.Nodes) > 0 && blockKinds[n.Nodes[0].Kind] {
			allowed = blockKinds
		}
	case Quote, Pause:
		allowed = blockKinds
	case Table:
		allowed = rowOnly
	case Row:
		allowed = cellOnly
	}
	if allowed != nil && n.Kind != Cell && (len(n.Nodes) == 0 || bare(n.Nodes)) {
		return refuse("empty_block")
	}
	if n.Kind == Pause {
		for _, c := range n.Nodes {
			if c.Kind == Pause {
				return refuse("pause_inside")
			}
		}
	}
	return v.all(n.Nodes, depth+1, allowed, n.Kind)
}

// bare reports whether inline nodes show nothing but spaces.
func bare(nodes []Node) bool {
	for _, n := range nodes {
		if n.Kind == Text && strings.Trim(n.Text, " ") == "" || (n.Kind == Strong || n.Kind == Emphasis) && bare(n.Nodes) {
			continue
		}
		return false
	}
	return true
}

// onlyItsFields refuses a field that the node's kind does not name: a second meaning could hide there.
func (n Node) onlyItsFields() error {
	is := func(ks ...Kind) bool {
		for _, k := range ks {
			if n.Kind == k {
				return true
			}
		}
		return false
	}
	switch {
	case n.Text != "" && !is(Text, Math, Value),
		n.Level != 0 && !is(Heading),
		n.Head && !is(Table),
		n.Display && !is(Math),
		n.Name != "" && !is(Figure, Image),
		len(n.Args) > 0 && !is(Figure),
		n.Alt != "" && !is(Figure, Image),
		n.MathML != nil && !is(Math),
		len(n.Nodes) > 0 && is(Text, Math, Value, Figure, Image):
		return refuse("field", "kind", clip(string(n.Kind)))
	}
	return nil
}

func (v *validator) math(n Node) error {
	mark := "$"
	if n.Display {
		mark = "$$"
	}
	whole := mark + n.Text + mark
	if n.Text == "" || n.Text != strings.TrimSpace(n.Text) || n.Text[0] == '$' || closing(whole, 0) != len(whole) {
		return refuse("math_space")
	}
	if utf8.RuneCountInString(n.Text) > maxTeX {
		return refuse("math_long", "max", maxTeX)
	}
	if n.MathML == nil {
		return refuse("math_tree")
	}
	return checkMath(*n.MathML)
}

func alt(n Node) error {
	if strings.TrimSpace(n.Alt) == "" || strings.Contains(n.Alt, "\n") {
		return refuse("alt")
	}
	_, err := pieces(n.Alt)
	return err
}

func (v *validator) figure(n Node) error {
	kind, ok := figures[n.Name]
	if !ok {
		return refuse("figure_kind", "name", clip(n.Name))
	}
	for _, key := range sortedKeys(n.Args) {
		value := n.Args[key]
		if !kind.takes(key) {
			return refuse("arg_unknown", "figure", n.Name, "arg", clip(key))
		}
		if err := v.text(value); err != nil {
			return err
		}
		if strings.Contains(value, "\n") {
			return refuse("arg_form", "arg", key)
		}
		if _, err := pieces(value); err != nil {
			return err
		}
	}
	for _, key := range kind.needs {
		if n.Args[key] == "" {
			return refuse("arg_missing", "figure", n.Name, "arg", key)
		}
	}
	return alt(n)
}
