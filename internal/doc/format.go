package doc

import (
	"regexp"
	"strings"
)

// Format writes a tree as markup again. Parse(Format(d)) equals d for every d that Parse made. Of another valid tree the
// markup keeps the words and the blocks; runs of text, spaces and the nesting of strong and emphasis become what Parse
// would make of them.
func Format(d Doc) string {
	var b strings.Builder
	formatBlocks(&b, d.Nodes)
	return b.String()
}

func formatBlocks(b *strings.Builder, nodes []Node) {
	for i, n := range nodes {
		if i > 0 {
			b.WriteString("\n\n")
		}
		formatBlock(b, n)
	}
}

// indented writes the markup of what stands inside a block: the first line as it is, the others after the mark.
func indented(nodes []Node, mark string) string {
	var b strings.Builder
	if len(nodes) > 0 && inlineKinds[nodes[0].Kind] {
		formatLine(&b, nodes, true)
	} else {
		formatBlocks(&b, nodes)
	}
	lines := strings.Split(b.String(), "\n")
	for i := 1; i < len(lines); i++ {
		if lines[i] != "" || mark != "  " {
			lines[i] = strings.TrimRight(mark+lines[i], " ")
		}
	}
	return strings.Join(lines, "\n")
}

func formatBlock(b *strings.Builder, n Node) {
	switch n.Kind {
	case Paragraph:
		formatLine(b, n.Nodes, true)
	case Heading:
		b.WriteString(strings.Repeat("#", n.Level) + " ")
		formatLine(b, n.Nodes, false)
	case Bullets, Numbers:
		for i, item := range n.Nodes {
			if i > 0 {
				b.WriteByte('\n')
			}
			mark := "- "
			if n.Kind == Numbers {
				mark = itoa(min(i+1, 99)) + ". "
			}
			b.WriteString(mark + indented(item.Nodes, "  "))
		}
	case Quote:
		b.WriteString("> " + indented(n.Nodes, "> "))
	case Pause:
		b.WriteString("!pause " + indented(n.Nodes, "  "))
	case Table:
		formatTable(b, n)
	case Figure, Image:
		formatDirective(b, n)
	}
}

func formatTable(b *strings.Builder, n Node) {
	for i, row := range n.Nodes {
		if i > 0 {
			b.WriteByte('\n')
		}
		for _, cell := range row.Nodes {
			var c strings.Builder
			formatLine(&c, cell.Nodes, true)
			s := c.String()
			if s == "" {
				b.WriteString("| ")
			} else {
				b.WriteString("| " + s + " ")
			}
		}
		b.WriteByte('|')
		if n.Head && i == 0 {
			b.WriteString("\n" + strings.Repeat("|---", len(row.Nodes)) + "|")
		}
	}
}

func formatDirective(b *strings.Builder, n Node) {
	b.WriteString("!" + string(n.Kind) + " " + n.Name)
	for _, k := range sortedKeys(n.Args) {
		v := n.Args[k]
		v = strings.ReplaceAll(strings.ReplaceAll(v, `\`, `\\`), `"`, `\"`)
		b.WriteString(" " + k + `="` + v + `"`)
	}
	b.WriteString(" | " + strings.ReplaceAll(n.Alt, `\`, `\\`))
}

// formatLine writes the inside of a block; atStart when a line begins with it, so that it must not look like a block.
func formatLine(b *strings.Builder, nodes []Node, atStart bool) {
	nodes = settled(nodes, false, false)
	if len(nodes) > 0 && nodes[0].Kind == Text {
		nodes[0].Text = strings.TrimLeft(nodes[0].Text, " ")
	}
	if last := len(nodes) - 1; last >= 0 && nodes[last].Kind == Text {
		nodes[last].Text = strings.TrimRight(nodes[last].Text, " ")
	}
	formatInline(b, nodes, atStart)
}

// settled is a copy of inline nodes as Parse would have made them: no strong in strong or emphasis in emphasis, neither
// begins or ends with a space, two emphases do not touch, and an emphasis does not begin with a strong.
func settled(nodes []Node, inStrong, inEmphasis bool) []Node {
	var out []Node
	add := func(n Node) {
		last := len(out) - 1
		switch {
		case n.Kind == Text && n.Text == "":
		case n.Kind == Text && last >= 0 && out[last].Kind == Text:
			out[last].Text += n.Text
		case n.Kind == Emphasis && last >= 0 && out[last].Kind == Emphasis:
			out[last].Nodes = settled(append(out[last].Nodes, n.Nodes...), inStrong, true)
		default:
			out = append(out, n)
		}
	}
	for _, n := range nodes {
		if n.Kind != Strong && n.Kind != Emphasis {
			add(n)
			continue
		}
		inside := settled(n.Nodes, inStrong || n.Kind == Strong, inEmphasis || n.Kind == Emphasis)
		if n.Kind == Strong && inStrong || n.Kind == Emphasis && inEmphasis {
			for _, c := range inside {
				add(c)
			}
			continue
		}
		before, inside, after := hoisted(inside)
		add(before)
		for n.Kind == Emphasis && len(inside) > 0 && inside[0].Kind == Strong {
			add(Node{Kind: Strong, Nodes: []Node{{Kind: Emphasis, Nodes: inside[0].Nodes}}})
			var space Node
			space, inside, _ = hoisted(inside[1:])
			add(space)
		}
		if len(inside) > 0 {
			add(Node{Kind: n.Kind, Nodes: inside})
		}
		add(after)
	}
	return out
}

// hoisted takes the spaces at both ends out of what a strong or an emphasis holds.
func hoisted(nodes []Node) (before Node, inside []Node, after Node) {
	before, after = Node{Kind: Text}, Node{Kind: Text}
	if len(nodes) > 0 && nodes[0].Kind == Text {
		t := strings.TrimLeft(nodes[0].Text, " ")
		before.Text = nodes[0].Text[:len(nodes[0].Text)-len(t)]
		nodes = append([]Node{{Kind: Text, Text: t}}, nodes[1:]...)
		if t == "" {
			nodes = nodes[1:]
		}
	}
	if last := len(nodes) - 1; last >= 0 && nodes[last].Kind == Text {
		t := strings.TrimRight(nodes[last].Text, " ")
		after.Text = nodes[last].Text[len(t):]
		nodes = append(append([]Node{}, nodes[:last]...), Node{Kind: Text, Text: t})
		if t == "" {
			nodes = nodes[:last]
		}
	}
	return before, nodes, after
}

// formatInline writes settled nodes.
func formatInline(b *strings.Builder, nodes []Node, atStart bool) {
	for i, n := range nodes {
		switch n.Kind {
		case Text:
			s := marks.Replace(spaces.ReplaceAllString(n.Text, " "))
			if i == 0 && atStart {
				s = guard(s)
			}
			b.WriteString(s)
		case Strong, Emphasis:
			mark := "**"
			if n.Kind == Emphasis {
				mark = "*"
			}
			b.WriteString(mark)
			formatInline(b, n.Nodes, false)
			b.WriteString(mark)
		case Math:
			mark := "$"
			if n.Display {
				mark = "$$"
			}
			b.WriteString(mark + n.Text + mark)
		case Value:
			b.WriteString("[[" + n.Text + "]]")
		}
	}
}

var spaces = regexp.MustCompile(`  +`)

// marks escapes the signs that mean something anywhere.
var marks = strings.NewReplacer(`\`, `\\`, `*`, `\*`, `$`, `\$`, `[`, `\[`, `|`, `\|`)

// guard escapes what would begin a block.
func guard(s string) string {
	if mark := numbered(s); mark != "" {
		return mark[:len(mark)-1] + `\` + s[len(mark)-1:]
	}
	if s != "" && strings.ContainsRune("#>-!", rune(s[0])) {
		return `\` + s
	}
	return s
}
