package doc

import (
	"strings"
)

// Format writes a tree as markup again. Parse(Format(d)) equals d for every d that Parse made. For another valid tree the
// markup draws the same, only its runs of text may be parted differently.
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
		formatInline(&b, nodes, true)
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
		formatInline(b, n.Nodes, true)
	case Heading:
		b.WriteString(strings.Repeat("#", n.Level) + " ")
		formatInline(b, n.Nodes, false)
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
			formatInline(&c, cell.Nodes, true)
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

// formatInline writes the inside of a block; atStart when a line begins with it, so that it must not look like a block.
func formatInline(b *strings.Builder, nodes []Node, atStart bool) {
	for i, n := range nodes {
		switch n.Kind {
		case Text:
			s := marks.Replace(strings.ReplaceAll(n.Text, "\n", " "))
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
