package bank

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"kith/internal/doc"
	"kith/internal/item"
)

// AreaLine writes a place on a picture in thousandths of its width and height: "box 100 200 300 150" (left, top, width, height),
// "ellipse …" in such a box, "polygon 10 10 90 10 50 80".
func AreaLine(a item.Area) string {
	name, numbers := "box", []int{a.X, a.Y, a.Width, a.Height}
	switch {
	case len(a.Points) > 0:
		name, numbers = "polygon", a.Points
	case a.Round:
		name = "ellipse"
	}
	for _, n := range numbers {
		name += " " + strconv.Itoa(n)
	}
	return name
}

// ReadArea reads what AreaLine writes, with commas or spaces. ok=false for anything else; whether it lies on the picture is item.Check's
// to say.
func ReadArea(s string) (a item.Area, ok bool) {
	words := strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == ',' })
	if len(words) < 5 || len(words) > 60 {
		return a, false
	}
	var numbers []int
	for _, w := range words[1:] {
		n, err := strconv.Atoi(w)
		if err != nil || n < 0 || n > 1000 {
			return a, false
		}
		numbers = append(numbers, n)
	}
	switch strings.ToLower(words[0]) {
	case "polygon":
		return item.Area{Points: numbers}, len(numbers) >= 6 && len(numbers)%2 == 0
	case "box", "ellipse":
		return item.Area{X: numbers[0], Y: numbers[1], Width: numbers[2], Height: numbers[3], Round: strings.EqualFold(words[0], "ellipse")}, len(numbers) == 4
	}
	return a, false
}

var (
	barEscape = strings.NewReplacer(`\`, `\\`, "|", `\|`, ":", `\:`)
	barHide   = strings.NewReplacer("\uFDD0", "", "\uFDD1", "", "\uFDD2", "", `\\`, "\uFDD0", `\|`, "\uFDD1", `\:`, "\uFDD2")
	barShow   = strings.NewReplacer("\uFDD0", `\`, "\uFDD1", "|", "\uFDD2", ":")
)

// Bars writes lines of words with upright lines between.
func Bars(all []string) string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = strings.NewReplacer(`\`, `\\`, "|", `\|`).Replace(s)
	}
	return strings.Join(out, " | ")
}

// SplitBars reads what Bars writes; empty parts are left out.
func SplitBars(s string) []string {
	var out []string
	for _, p := range strings.Split(barHide.Replace(s), "|") {
		if p = tidy(strings.ReplaceAll(barShow.Replace(p), `\:`, ":")); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// CriterionLine writes a line of a rubric: "Reason: none yet | one | two".
func CriterionLine(c item.Criterion) string {
	levels := make([]string, len(c.Levels))
	for i, l := range c.Levels {
		levels[i] = barEscape.Replace(l)
	}
	return barEscape.Replace(c.Name) + ": " + strings.Join(levels, " | ")
}

// ReadCriterion reads what CriterionLine writes. ok=false where there is no name, or fewer than two levels.
func ReadCriterion(s string) (c item.Criterion, ok bool) {
	name, rest, ok := strings.Cut(barHide.Replace(s), ":")
	c.Name = tidy(barShow.Replace(name))
	for _, p := range strings.Split(rest, "|") {
		if p = tidy(barShow.Replace(p)); p != "" {
			c.Levels = append(c.Levels, p)
		}
	}
	return c, ok && c.Name != "" && len(c.Levels) >= 2
}

// TakePicture takes the picture that stands last in the text as that on which the places are.
func (d *Entry) TakePicture() {
	if last := len(d.Text.Nodes) - 1; last >= 0 && d.Text.Nodes[last].Kind == doc.Image {
		d.Picture = doc.Doc{Nodes: []doc.Node{d.Text.Nodes[last]}}
		d.Text.Nodes = d.Text.Nodes[:last:last]
	}
}

// WithPicture is the text with the picture that TakePicture takes.
func (d Entry) WithPicture() doc.Doc {
	text := d.Text
	text.Nodes = append(text.Nodes[:len(text.Nodes):len(text.Nodes)], d.Picture.Nodes...)
	return text
}

// Put puts an answer into a prompt, which is told from the others by what it shows; an empty one is no prompt, and an empty answer only
// names the prompt.
func (d *Entry) Put(a Answer, prompt doc.Doc) {
	a.Into = item.Nowhere
	if !prompt.Empty() {
		a.Into = slices.IndexFunc(d.Prompts, func(p doc.Doc) bool { return shows(p) == shows(prompt) })
		if a.Into < 0 {
			a.Into = len(d.Prompts)
			d.Prompts = append(d.Prompts, prompt)
		}
	}
	if !a.Text.Empty() {
		d.Answers = append(d.Answers, a)
	}
}

// Named are the prompts that must be named before the answers, so that Put gives them in their order: all, where any stands elsewhere
// than its first answer would put it, or has none.
func (d Entry) Named() []doc.Doc {
	next := 0
	for _, a := range d.Answers {
		if a.Into > next {
			return d.Prompts
		}
		if a.Into == next {
			next++
		}
	}
	if next < len(d.Prompts) {
		return d.Prompts
	}
	return nil
}

// ReadList reads names with commas or spaces between.
func ReadList(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return r == ',' || unicode.IsSpace(r) })
}

// ReadExact reads what of a short text must be as written, with commas between. ok=false for a word that says nothing of that.
func ReadExact(s string) (out []string, ok bool) {
	for _, w := range ReadList(s) {
		if w != item.ExactCase && w != item.ExactMarks && w != item.ExactPunctuation {
			return nil, false
		}
		out = append(out, w)
	}
	return out, true
}
