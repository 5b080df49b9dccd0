package markdown

import (
	entity "html"
	"regexp"
	"strings"

	"kith/internal/doc"
	"kith/internal/interop/html"
)

// Text reads a text in Markdown into authors' text: paragraphs, headings, lists, quotes, tables, strong, emphasis, code,
// links (their words) and pictures, with mathematics between \( \), \[ \], $$ $$ or $ $ without spaces inside. It goes through
// package html, so nothing gets through that may not. Errors are those of html.Read.
func Text(s string, o html.Options) (doc.Doc, error) {
	o.Breaks = false
	return html.Read(toHTML(s), o)
}

var (
	heading  = regexp.MustCompile(`^(#{1,6})\s+(.*?)\s*#*$`)
	bullet   = regexp.MustCompile(`^(\s*)[-*+]\s+(.*)$`)
	numbered = regexp.MustCompile(`^(\s*)\d{1,3}[.)]\s+(.*)$`)
	rule     = regexp.MustCompile(`^\s*([-*_])(\s*[-*_]){2,}\s*$`)
	dashes   = regexp.MustCompile(`^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$`)
)

// toHTML writes the blocks of Markdown as HTML.
func toHTML(s string) string {
	var b strings.Builder
	lines := strings.Split(strings.ReplaceAll(s, "\t", "    "), "\n")
	for i := 0; i < len(lines); {
		l := lines[i]
		switch {
		case strings.TrimSpace(l) == "" || rule.MatchString(l):
			i++
		case strings.HasPrefix(strings.TrimSpace(l), "```"):
			i = code(&b, lines, i)
		case heading.MatchString(l):
			m := heading.FindStringSubmatch(l)
			tag := "h" + string(rune('0'+len(m[1])))
			b.WriteString("<" + tag + ">" + span(m[2]) + "</" + tag + ">")
			i++
		case strings.HasPrefix(strings.TrimSpace(l), ">"):
			var inside []string
			for ; i < len(lines) && strings.HasPrefix(strings.TrimSpace(lines[i]), ">"); i++ {
				inside = append(inside, strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(lines[i]), ">"), " "))
			}
			b.WriteString("<blockquote>")
			for _, p := range paragraphs(inside) {
				b.WriteString("<p>" + span(p) + "</p>")
			}
			b.WriteString("</blockquote>")
		case bullet.MatchString(l) || numbered.MatchString(l):
			i = list(&b, lines, i)
		case strings.Contains(l, "|") && i+1 < len(lines) && strings.Contains(lines[i+1], "-") && dashes.MatchString(lines[i+1]):
			i = table(&b, lines, i)
		default:
			var inside []string
			for ; i < len(lines) && strings.TrimSpace(lines[i]) != "" && (len(inside) == 0 || !opens(lines[i])); i++ {
				inside = append(inside, lines[i])
			}
			b.WriteString("<p>" + broken(inside) + "</p>")
		}
	}
	return b.String()
}

// opens reports whether a line begins a block of its own in the middle of a paragraph.
func opens(l string) bool {
	return heading.MatchString(l) || bullet.MatchString(l) || numbered.MatchString(l) || strings.HasPrefix(strings.TrimSpace(l), ">")
}

func paragraphs(lines []string) []string {
	return strings.Split(strings.Join(lines, "\n"), "\n\n")
}

// broken joins lines; two spaces at the end of one break it.
func broken(lines []string) string {
	var b strings.Builder
	for i, l := range lines {
		b.WriteString(strings.TrimSpace(l))
		switch {
		case i == len(lines)-1:
		case strings.HasSuffix(l, "  "):
			b.WriteString("\x01")
		default:
			b.WriteString("\n")
		}
	}
	return strings.ReplaceAll(span(b.String()), "\x01", "<br>")
}

func code(b *strings.Builder, lines []string, i int) int {
	for i++; i < len(lines) && !strings.HasPrefix(strings.TrimSpace(lines[i]), "```"); i++ {
		b.WriteString("<p>" + entity.EscapeString(lines[i]) + "</p>")
	}
	return i + 1
}

// list reads items by their indentation; a line without a mark belongs to the item above.
func list(b *strings.Builder, lines []string, i int) int {
	type level struct {
		indent int
		tag    string
	}
	var open []level
	for ; i < len(lines); i++ {
		l := lines[i]
		tag, m := "ul", bullet.FindStringSubmatch(l)
		if m == nil {
			tag, m = "ol", numbered.FindStringSubmatch(l)
		}
		if m == nil {
			if strings.TrimSpace(l) == "" || !strings.HasPrefix(l, " ") {
				break
			}
			b.WriteString(" " + span(strings.TrimSpace(l)))
			continue
		}
		indent := len(m[1])
		for len(open) > 1 && indent < open[len(open)-1].indent {
			b.WriteString("</" + open[len(open)-1].tag + ">")
			open = open[:len(open)-1]
		}
		if len(open) == 0 || indent > open[len(open)-1].indent+1 {
			open = append(open, level{indent, tag})
			b.WriteString("<" + tag + ">")
		}
		b.WriteString("<li>" + span(m[2]))
	}
	for len(open) > 0 {
		b.WriteString("</" + open[len(open)-1].tag + ">")
		open = open[:len(open)-1]
	}
	return i
}

func table(b *strings.Builder, lines []string, i int) int {
	b.WriteString("<table>")
	for n := 0; i < len(lines) && strings.Contains(lines[i], "|"); n, i = n+1, i+1 {
		if n == 1 {
			continue // the dashes
		}
		cell := "td"
		if n == 0 {
			cell = "th"
		}
		b.WriteString("<tr>")
		for _, c := range strings.Split(strings.Trim(strings.TrimSpace(lines[i]), "|"), "|") {
			b.WriteString("<" + cell + ">" + span(strings.TrimSpace(c)) + "</" + cell + ">")
		}
		b.WriteString("</tr>")
	}
	b.WriteString("</table>")
	return i
}
