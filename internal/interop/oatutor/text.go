package oatutor

import (
	"errors"
	"regexp"
	"strings"

	"kith/internal/doc"
)

// The texts hold $$TeX$$, ##figure1.gif## (the closing mark is often missing) and \n for a new line, as two signs.
var (
	figureMark = regexp.MustCompile(`##([A-Za-z0-9_.-]{1,60}?)(?:##|\s|$)`)
	imageWord  = regexp.MustCompile(`\bimage\d+\b\s*$`) // left over from what the figure replaced
	numbered   = regexp.MustCompile(`\s*#\s*\d+$`)      // "Rounding Whole Numbers #2"
)

// errNoFigure is for a text whose figure is not in the archive.
var errNoFigure = errors.New("its figure is not in the archive")

// writer turns the source's texts into doc nodes.
type writer struct {
	// figure gives the name under which the school will know a problem's figure; ok=false when there is none.
	figure func(name string) (id string, ok bool)
}

// blocks makes the paragraphs and images of a text. alone shows a formula that stands alone on a line of its own.
// Errors: errNoFigure, or doc's own for TeX that cannot be read.
func (w writer) blocks(text string, alone bool) ([]doc.Node, error) {
	var out []doc.Node
	var line []doc.Node
	flush := func() error {
		p, ok, err := paragraph(line, alone)
		if ok {
			out = append(out, p)
		}
		line = nil
		return err
	}
	for i, part := range strings.Split(text, "$$") {
		if i%2 == 1 {
			line = append(line, formula(part)...)
			continue
		}
		for j, row := range strings.Split(strings.ReplaceAll(part, `\n`, "\n"), "\n") {
			if j > 0 {
				if err := flush(); err != nil {
					return nil, err
				}
			}
			for {
				at := figureMark.FindStringSubmatchIndex(row)
				if at == nil {
					break
				}
				line = append(line, run(imageWord.ReplaceAllString(row[:at[0]], ""))...)
				if err := flush(); err != nil {
					return nil, err
				}
				id, ok := w.figure(row[at[2]:at[3]])
				if !ok {
					return nil, errNoFigure
				}
				out = append(out, doc.Node{Kind: doc.Image, Name: id, Alt: alt(row[at[2]:at[3]])})
				row = row[at[1]:]
			}
			line = append(line, run(imageWord.ReplaceAllString(row, ""))...)
		}
	}
	if strings.Count(text, "$$")%2 == 1 {
		return nil, errors.New("a $$ is not closed")
	}
	err := flush()
	return out, err
}

// alt is all that the source says about a figure: its number.
func alt(name string) string {
	return "Figure " + strings.Trim(strings.TrimSuffix(name, ".gif"), "abcdefghijklmnopqrstuvwxyz._-") + ". Its source gives no description."
}

// run is a stretch of plain text with its outer spaces kept as one each; ** is how the source writes a power.
func run(s string) []doc.Node {
	s = strings.NewReplacer("\u200b", "", "\u00a0", " ", "**", "^").Replace(s)
	words := strings.Join(strings.Fields(s), " ")
	if words == "" {
		if strings.TrimLeft(s, " \t\n") != s {
			return []doc.Node{{Kind: doc.Text, Text: " "}}
		}
		return nil
	}
	if strings.TrimLeft(s, " \t") != s {
		words = " " + words
	}
	if strings.TrimRight(s, " \t") != s {
		words += " "
	}
	return []doc.Node{{Kind: doc.Text, Text: words}}
}

// formula is one piece of TeX, still without its tree; an empty one is nothing.
func formula(tex string) []doc.Node {
	if tex = strings.TrimSpace(strings.ReplaceAll(tex, "\u200b", "")); tex == "" {
		return nil
	}
	if strings.Trim(tex, "_ ") == "" { // a gap to fill
		return []doc.Node{{Kind: doc.Text, Text: "___"}}
	}
	return []doc.Node{{Kind: doc.Math, Text: tex}}
}

// paragraph joins a line's runs, takes the spaces off its ends and makes the trees of its formulas; ok=false when nothing is
// left.
func paragraph(line []doc.Node, alone bool) (p doc.Node, ok bool, err error) {
	var kids []doc.Node
	for _, n := range line {
		if last := len(kids) - 1; n.Kind == doc.Text && last >= 0 && kids[last].Kind == doc.Text {
			kids[last].Text = strings.ReplaceAll(kids[last].Text+n.Text, "  ", " ")
			continue
		}
		kids = append(kids, n)
	}
	if len(kids) > 0 && kids[0].Kind == doc.Text {
		kids[0].Text = strings.TrimLeft(kids[0].Text, " ")
	}
	if last := len(kids) - 1; last >= 0 && kids[last].Kind == doc.Text {
		kids[last].Text = strings.TrimRight(kids[last].Text, " ")
	}
	shown := kids[:0]
	for _, n := range kids {
		if n.Kind != doc.Text || n.Text != "" {
			shown = append(shown, n)
		}
	}
	alone = alone && len(shown) == 1
	for i, n := range shown {
		if n.Kind != doc.Math {
			continue
		}
		tree, err := doc.TeX(n.Text, alone)
		if err != nil {
			return doc.Node{}, false, err
		}
		shown[i].Display, shown[i].MathML = alone, &tree
	}
	return doc.Node{Kind: doc.Paragraph, Nodes: shown}, len(shown) > 0, nil
}
