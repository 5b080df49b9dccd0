package bank

import (
	"strconv"
	"strings"
	"unicode"

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
