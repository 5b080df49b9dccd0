package doc

import "strings"

// Draw makes the tree of elements that a page and a print show. v may be nil for a text without expressions; with one it
// is refused. Everything an author or a learner typed is a text run, an alternative text or a number: never a name of
// an element or attribute.
//
// A pause is <section class="pause"> followed by one <div class="after-pause"> that holds all that follows it, so that a
// page can hide that one sibling until asked. Without script all of it is seen.
func (d Doc) Draw(v Values) ([]El, error) { return drawBlocks(d.Nodes, v) }

func el(name, class string, c ...El) El {
	e := El{N: name, C: c}
	if class != "" {
		e.A = map[string]string{"class": class}
	}
	return e
}

func run(s string) El { return El{T: s} }

// with adds attributes by name, value pairs.
func (e El) with(pairs ...string) El {
	a := make(map[string]string, len(e.A)+len(pairs)/2)
	for k, v := range e.A {
		a[k] = v
	}
	for i := 0; i < len(pairs); i += 2 {
		a[pairs[i]] = pairs[i+1]
	}
	e.A = a
	return e
}

func drawBlocks(nodes []Node, v Values) ([]El, error) {
	var out []El
	for i, n := range nodes {
		e, err := drawBlock(n, v)
		if err != nil {
			return nil, err
		}
		out = append(out, e)
		if n.Kind == Pause && i+1 < len(nodes) {
			rest, err := drawBlocks(nodes[i+1:], v)
			if err != nil {
				return nil, err
			}
			return append(out, el("div", "after-pause", rest...)), nil
		}
	}
	return out, nil
}

func drawBlock(n Node, v Values) (El, error) {
	switch n.Kind {
	case Figure:
		return drawFigure(n, v)
	case Image:
		return drawImage(n, v)
	case Table:
		return drawTable(n, v)
	}
	var c []El
	var err error
	if len(n.Nodes) > 0 && (blockKinds[n.Nodes[0].Kind] || n.Nodes[0].Kind == ListItem) {
		c, err = drawBlocks(n.Nodes, v)
	} else {
		c, err = drawInline(n.Nodes, v)
	}
	if err != nil {
		return El{}, err
	}
	switch n.Kind {
	case Paragraph:
		return el("p", "", c...), nil
	case Heading:
		return el([]string{"h2", "h3", "h4"}[n.Level-2], "", c...), nil
	case Bullets:
		return el("ul", "", c...), nil
	case Numbers:
		return el("ol", "", c...), nil
	case ListItem:
		return el("li", "", c...), nil
	case Quote:
		return el("blockquote", "said", c...), nil
	case Pause:
		return el("section", "pause", c...), nil
	}
	return El{}, refuse("kind", "kind", clip(string(n.Kind)), "parent", "")
}

func drawImage(n Node, v Values) (El, error) {
	text, err := fill(n.Alt, v, true)
	if err != nil {
		return El{}, err
	}
	src := "/file/" + n.Name
	if strings.HasPrefix(n.Name, "course/") {
		src = "/" + n.Name
	}
	return el("figure", "image", El{N: "img", A: map[string]string{"src": src, "alt": text}}), nil
}

func drawTable(n Node, v Values) (El, error) {
	var head, body []El
	for i, row := range n.Nodes {
		name := "td"
		if n.Head && i == 0 {
			name = "th"
		}
		tr := El{N: "tr"}
		for _, cell := range row.Nodes {
			c, err := drawInline(cell.Nodes, v)
			if err != nil {
				return El{}, err
			}
			e := El{N: name, C: c}
			if name == "th" {
				e = e.with("scope", "col")
			}
			tr.C = append(tr.C, e)
		}
		if name == "th" {
			head = append(head, tr)
		} else {
			body = append(body, tr)
		}
	}
	t := el("table", "values")
	if head != nil {
		t.C = append(t.C, el("thead", "", head...))
	}
	if body != nil {
		t.C = append(t.C, el("tbody", "", body...))
	}
	return t, nil
}

// joined makes one run of neighbouring runs of text, so that a sign is read with what stands beside it.
func joined(nodes []Node) []Node {
	var out []Node
	for _, n := range nodes {
		if last := len(out) - 1; n.Kind == Text && last >= 0 && out[last].Kind == Text {
			out[last].Text += n.Text
			continue
		}
		out = append(out, n)
	}
	return out
}

func drawInline(nodes []Node, v Values) ([]El, error) {
	var out []El
	nodes = joined(nodes)
	for i, n := range nodes {
		var e El
		var err error
		switch n.Kind {
		case Text:
			e = run(minuses(n.Text, i+1 < len(nodes), i > 0))
		case Strong, Emphasis:
			e.N = string(n.Kind)
			e.C, err = drawInline(n.Nodes, v)
		case Math:
			e, err = drawMath(*n.MathML, v)
		case Value:
			e, err = drawValue(n.Text, v)
		default:
			err = refuse("kind", "kind", clip(string(n.Kind)), "parent", "")
		}
		if err != nil {
			return nil, err
		}
		if last := len(out) - 1; e.N == "" && last >= 0 && out[last].N == "" {
			out[last].T += e.T
			continue
		}
		if e.N != "" || e.T != "" {
			out = append(out, e)
		}
	}
	return out, nil
}

// drawValue shows a value in a sentence: as text, or as mathematics when it holds a fraction.
func drawValue(expr string, v Values) (El, error) {
	n, err := numberOf(expr, v)
	if err != nil {
		return El{}, err
	}
	if n.from == "" {
		return run(n.plain()), nil
	}
	return El{N: "math", C: n.math()}, nil
}

// math is the number as MathML. A sign carries its form, so that it is spaced as what it is wherever it stands.
func (n number) math() []El {
	if n.word != "" {
		return []El{{N: "mtext", C: []El{run(n.word)}}}
	}
	var c []El
	switch lead := strings.TrimSpace(n.lead()); {
	case lead == "":
	case n.sign == "signed":
		c = append(c, El{N: "mo", A: map[string]string{"form": "infix"}, C: []El{run(lead)}})
	default:
		c = append(c, El{N: "mo", A: map[string]string{"form": "prefix"}, C: []El{run(lead)}})
	}
	if n.one() {
		return c
	}
	if n.whole != "" {
		c = append(c, mn(n.whole))
	}
	if n.from != "" {
		c = append(c, El{N: "mfrac", C: []El{mn(n.over), mn(n.from)}})
	}
	return c
}

func mn(s string) El { return El{N: "mn", C: []El{run(s)}} }
