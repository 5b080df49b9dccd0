package authoring

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/item"
	"kith/internal/item/expr"
	"kith/internal/phrase"
	"kith/internal/skill"
)

// reader makes an item of a draft and notes what it cannot use.
type reader struct {
	faults []FieldFault
}

func (r *reader) fault(field string, at int, code string, pairs ...any) {
	r.faults = append(r.faults, FieldFault{field, at, phrase.Of(code, pairs...)})
}

func (r *reader) text(source, field string, at int) doc.Doc {
	d, err := doc.Parse(parted(strings.TrimSpace(source)), doc.Options{})
	if err != nil {
		var f *fault.Error
		if errors.As(err, &f) {
			r.faults = append(r.faults, FieldFault{field, at, f.Say})
		} else {
			r.fault(field, at, "fault.author.part")
		}
	}
	return d
}

// Read makes an item of a draft: without id and version, by author. What stands in the way is told by field; the item is
// whole only where nothing does.
func Read(d Draft, author string) (item.Item, []FieldFault) {
	r := &reader{}
	it := item.Item{Code: "draft", Kind: d.Kind, Skills: []skill.ID{d.Skill}, Context: d.Context, Author: author, Draw: d.Draw, Unit: strings.TrimSpace(d.Unit),
		Text: r.text(d.Text, "text", -1), Solution: r.text(d.Solution, "solution", -1)}
	for _, l := range d.Let {
		it.Let = append(it.Let, item.Let{Name: l.Name, Expr: tidy(l.Expr)})
	}
	for _, k := range d.Keep {
		if strings.TrimSpace(k) != "" {
			it.Keep = append(it.Keep, tidy(k))
		}
	}
	for i, h := range d.Hints {
		if strings.TrimSpace(h) != "" {
			it.Hints = append(it.Hints, r.text(h, "hints", i))
		}
	}
	r.answer(d, &it)
	r.steps(d, &it)
	if len(r.faults) == 0 {
		r.check(it, d)
	}
	return it, r.faults
}

// answer fills in what the kind has room for.
func (r *reader) answer(d Draft, it *item.Item) {
	switch d.Kind {
	case item.Choice, item.Choices:
		it.Ordered, it.Unit = d.Ordered, ""
		r.options(d, it)
		return
	case item.Hotspot:
		it.Picture, it.Unit = r.text(d.Picture, "picture", -1), ""
		if strings.TrimSpace(d.Picture) == "" {
			r.fault("picture", -1, "fault.author.picture")
		}
		r.options(d, it)
		return
	case item.Ordering, item.Matching, item.Sorting:
		it.Unit = ""
		r.arranged(d, it)
		if it.Kind != item.Ordering {
			return
		}
	case item.Blanks:
		it.Boxes, it.Ratio, it.Unit = d.Boxes, d.Ratio, ""
		for i := range it.Boxes {
			it.Boxes[i].Key = tidy(it.Boxes[i].Key)
		}
	case item.Number, item.Fraction:
		it.Key, it.Second = tidy(d.Key), tidy(d.Second)
	case item.NumberLine, item.Interval, item.Plane:
		it.Key, it.Axes, it.Variables, it.Unit = strings.TrimSpace(d.Key), strings.TrimSpace(d.Axes), d.Variables, ""
		if it.Axes == "" {
			r.fault("axes", -1, "fault.author.axes")
		}
	case item.Short:
		it.Accepts, it.Pattern, it.Exact, it.Unit = nonEmpty(d.Accepts), strings.TrimSpace(d.Pattern), d.Exact, ""
		if len(it.Accepts) == 0 {
			r.fault("key", -1, "fault.author.key")
		}
	case item.Long, item.Upload:
		if it.Rubric, it.Unit = d.Rubric, ""; d.Kind == item.Upload {
			it.Sends = d.Sends
		}
		return
	default:
		it.Key, it.Forms, it.Variables, it.Tolerance = strings.TrimSpace(d.Key), d.Forms, d.Variables, d.Tolerance
	}
	if it.Kind != item.Blanks && it.Kind != item.Ordering && it.Kind != item.Short && it.Key == "" {
		r.fault("key", -1, "fault.author.key")
	}
	for i, m := range d.Mistakes {
		made := item.Mistake{Tag: strings.TrimSpace(m.Tag), Near: m.Near, Nudge: r.text(m.Nudge, "mistakes", i)}
		for _, y := range m.Yields {
			if y = strings.TrimSpace(y); it.Kind == item.Number || it.Kind == item.Fraction || it.Kind == item.Blanks {
				y = tidy(y)
			}
			made.Yields = append(made.Yields, y)
		}
		if made.Tag == "" {
			made.Tag = "own-" + strconv.Itoa(i+1)
		}
		switch {
		case made.Near == "" && (len(made.Yields) == 0 || strings.Join(made.Yields, "") == ""):
			r.fault("mistakes", i, "fault.author.yields")
		case it.Kind == item.Ordering && !otherOrder(made.Yields, len(it.Choices)):
			r.fault("mistakes", i, "fault.author.order", "n", len(it.Choices))
		case made.Nudge.Empty():
			r.fault("mistakes", i, "fault.author.nudge")
		}
		it.Mistakes = append(it.Mistakes, made)
	}
}

func (r *reader) options(d Draft, it *item.Item) {
	right := 0
	for i, o := range d.Options {
		made := item.Option{Text: r.text(o.Text, "options", i), Right: o.Right && o.If == "", If: tidy(o.If)}
		if d.Kind == item.Hotspot {
			if made.Area = o.Area; o.Area == nil {
				r.fault("options", i, "fault.author.area")
			}
		}
		if made.Text.Empty() {
			r.fault("options", i, emptyOption(d.Kind))
		}
		if !made.Right {
			made.Mistake, made.Nudge = strings.TrimSpace(o.Mistake), r.text(o.Nudge, "options", i)
			if made.Mistake != "" && made.Nudge.Empty() {
				r.fault("options", i, "fault.author.nudge")
			}
		}
		if made.Right || made.If != "" {
			right++
		}
		it.Choices = append(it.Choices, made)
	}
	switch {
	case len(d.Options) < 2 && d.Kind == item.Hotspot:
		r.fault("options", -1, "fault.author.places")
	case len(d.Options) < 2:
		r.fault("options", -1, "fault.author.options")
	case right == 0:
		r.fault("options", -1, "fault.author.none_right")
	case right == len(d.Options) && d.Kind == item.Choice:
		r.fault("options", -1, "fault.author.all_right")
	}
}

// emptyOption says what an option without words lacks.
func emptyOption(kind item.Kind) string {
	if kind == item.Hotspot {
		return "fault.author.place.name"
	}
	return "fault.author.option"
}

// arranged reads what is put in order, or into groups.
func (r *reader) arranged(d Draft, it *item.Item) {
	least := 2
	if it.Kind == item.Ordering {
		least = 3
	} else {
		for i, g := range d.Groups {
			it.Groups = append(it.Groups, item.Group{Text: r.text(g, "groups", i)})
		}
	}
	for i, o := range d.Options {
		made := item.Option{Text: r.text(o.Text, "options", i)}
		if made.Text.Empty() {
			r.fault("options", i, "fault.author.option")
		}
		if it.Kind != item.Ordering {
			made.Group, made.Mistake, made.Nudge = o.Group, strings.TrimSpace(o.Mistake), r.text(o.Nudge, "options", i)
			if made.Mistake != "" && made.Nudge.Empty() {
				r.fault("options", i, "fault.author.nudge")
			}
		}
		it.Choices = append(it.Choices, made)
	}
	switch {
	case len(d.Options) < least:
		r.fault("options", -1, "fault.author.arranged", "n", least)
	case it.Kind != item.Ordering && len(d.Groups) < 2:
		r.fault("options", -1, "fault.author.groups")
	}
}

// otherOrder reports whether numbers count n lines, each once, and not in their order.
func otherOrder(numbers []string, n int) bool {
	var seen []int
	for _, s := range numbers {
		at, err := strconv.Atoi(s)
		if err != nil || at < 1 || at > n || slices.Contains(seen, at) {
			return false
		}
		seen = append(seen, at)
	}
	return len(seen) == n && !slices.IsSorted(seen)
}

// check asks item.Check, and sorts what it says by field.
func (r *reader) check(it item.Item, d Draft) {
	if it.Text.Empty() {
		r.fault("text", -1, "fault.author.text")
	}
	err := item.Check(it)
	if err == nil || len(r.faults) > 0 {
		return
	}
	all := []error{err}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		all = joined.Unwrap()
	}
	for _, e := range all {
		f := located(e)
		if f.Field == "steps" && f.At >= 0 { // at their hints
			f.At = it.Scaffolds[f.At].Rung - 1
		}
		r.faults = append(r.faults, f)
	}
}

// nonEmpty is texts without what stands around them, and without those that are empty.
func nonEmpty(texts []string) []string {
	var out []string
	for _, s := range texts {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

var place = regexp.MustCompile(`^([a-z]+)(?:\[(\d+)\])?`)

// fieldOf takes a place of an item, as package item names it ("choices[2]"), to a field of the draft.
func fieldOf(where string) (field string, at int) {
	m := place.FindStringSubmatch(where)
	if m == nil {
		return "", -1
	}
	at = -1
	if m[2] != "" {
		at, _ = strconv.Atoi(m[2])
	}
	switch m[1] {
	case "choices":
		return "options", at
	case "accepts", "rubric":
		return "key", -1
	case "scaffolds":
		return "steps", at
	case "kind", "code", "skills", "second", "ratio", "ordered":
		return "", -1
	}
	return m[1], at
}

// exprSays are what an author reads of an expression that cannot be used.
var exprSays = map[expr.Problem]string{
	expr.TooLong: "fault.author.long", expr.TooDeep: "fault.author.long", expr.TooBig: "fault.author.big", expr.Syntax: "fault.author.syntax",
	expr.Unknown: "fault.author.name", expr.Mismatch: "fault.author.syntax", expr.Zero: "fault.author.zero", expr.NotWhole: "fault.author.whole",
}

// located is a fault of package item as an author reads it, at its field.
func located(err error) FieldFault {
	var f *fault.Error
	if !errors.As(err, &f) {
		return FieldFault{"", -1, phrase.Of("fault.author.part")}
	}
	where, _ := f.Say.Args["where"].(string)
	field, at := fieldOf(where)
	var e *expr.Error
	switch {
	case errors.As(f.Err, &e):
		return FieldFault{field, at, phrase.Of(exprSays[e.Problem], "expr", e.Src, "at", e.At, "detail", e.Detail)}
	case f.Say.Code == "fault.item.maths":
		return FieldFault{field, at, phrase.Of("fault.author.maths", "at", f.Say.Args["at"], "what", f.Say.Args["what"])}
	case field == "steps":
		return FieldFault{field, at, phrase.Of("fault.author.step")}
	case f.Say.Code == "fault.item.place":
		return FieldFault{field, at, phrase.Of("fault.author.place", "what", f.Say.Args["what"])}
	case where == "pattern":
		return FieldFault{"pattern", -1, phrase.Of("fault.author.pattern")}
	case strings.HasPrefix(where, "rubric"):
		return FieldFault{"key", -1, phrase.Of("fault.author.rubric")}
	case f.Say.Code == "fault.item.axes":
		return FieldFault{"axes", -1, phrase.Of("fault.author.axes")}
	case f.Say.Code == "fault.item.param":
		name, _ := f.Say.Args["name"].(string)
		return FieldFault{"draw", -1, phrase.Of("fault.author.param", "name", name)}
	case f.Say.Code == "fault.item.draw_none":
		return refusedDraw(f)
	}
	if field == "groups" { // they are typed with what goes into them
		return FieldFault{"options", -1, phrase.Of("fault.author.groups")}
	}
	return FieldFault{field, at, phrase.Of("fault.author.part")}
}

// refusedDraw words why no numbers fit: package item says "mistakes[0] = key", "choices[1] = choices[0]", "choices: 0 right".
func refusedDraw(f *fault.Error) FieldFault {
	why, _ := f.Say.Args["why"].(string)
	field, at := fieldOf(why)
	switch {
	case why == "axes: key":
		return FieldFault{"axes", -1, phrase.Of("fault.author.off_axes")}
	case field == "axes":
		return FieldFault{"axes", -1, phrase.Of("fault.author.axes_size")}
	case field == "mistakes" && strings.HasSuffix(why, "= key"):
		return FieldFault{field, at, phrase.Of("fault.author.same_key")}
	case field == "mistakes":
		return FieldFault{field, at, phrase.Of("fault.author.same_other")}
	case field == "options" && strings.HasSuffix(why, "right"):
		return FieldFault{field, -1, phrase.Of("fault.author.one_right")}
	case field == "options", field == "groups":
		return FieldFault{"options", at, phrase.Of("fault.author.same_option")}
	}
	return FieldFault{field, at, phrase.Of("fault.author.draw")}
}

var (
	thousands = regexp.MustCompile(`^-?\d{1,3}(,\d{3})+(\.\d+)?$`)
	mixed     = regexp.MustCompile(`^(-?)(\d+) +(\d+) */ *(\d+)$`)
	beside    = regexp.MustCompile(`(^|[^\w.])(\d+(?:\.\d+)?)\s*([a-zA-Z(])`)
	closed    = regexp.MustCompile(`\)\s*([\w(])`)
)

// tidy writes an expression as the language of drawn numbers has it: signs as people type them, 1,000 and 1 1/2 as numbers,
// 2a as 2*a.
func tidy(s string) string {
	s = strings.TrimSpace(strings.NewReplacer("−", "-", "–", "-", "×", "*", "·", "*", "÷", "/", "⋅", "*").Replace(s))
	if thousands.MatchString(s) {
		return strings.ReplaceAll(s, ",", "")
	}
	if m := mixed.FindStringSubmatch(s); m != nil {
		return m[1] + "(" + m[2] + "+" + m[3] + "/" + m[4] + ")"
	}
	return closed.ReplaceAllString(beside.ReplaceAllString(s, "$1$2*$3"), ")*$1")
}

// parted keeps a dollar sign before an amount from opening mathematics, as Pandoc does: what opens has no space after it, what
// closes has none before it, and between two amounts ($5–$3) nothing closes. $$ … $$ is taken as it is.
func parted(s string) string {
	var b strings.Builder
	runes := []rune(s)
	for i := 0; i < len(runes); i++ {
		end := i
		switch {
		case runes[i] == '\\' && i+1 < len(runes):
			end = i + 1
		case runes[i] != '$':
		case i+1 < len(runes) && runes[i+1] == '$':
			end = i + 1
			for j := i + 2; j+1 < len(runes); j++ {
				if runes[j] == '$' && runes[j+1] == '$' {
					end = j + 1
					break
				}
			}
		default:
			if end = closing(runes, i); end < 0 {
				b.WriteByte('\\')
				end = i
			}
		}
		b.WriteString(string(runes[i : end+1]))
		i = end
	}
	return b.String()
}

// closing is where the mathematics that begins at a dollar sign ends, -1 where none does on its line.
func closing(runes []rune, open int) int {
	if open+1 >= len(runes) || unicode.IsSpace(runes[open+1]) {
		return -1
	}
	for i := open + 1; i < len(runes) && runes[i] != '\n'; i++ {
		if runes[i] == '\\' {
			i++
			continue
		}
		if runes[i] == '$' && i > open+1 && !unicode.IsSpace(runes[i-1]) && (i+1 == len(runes) || !unicode.IsDigit(runes[i+1]) || !unicode.IsDigit(runes[open+1])) {
			return i
		}
	}
	return -1
}
