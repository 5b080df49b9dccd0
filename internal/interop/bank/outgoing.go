package bank

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"kith/internal/content"
	"kith/internal/flow/intake"
	"kith/internal/interop/html"
	"kith/internal/item"
	"kith/internal/item/expr"
	"kith/internal/phrase"
	"kith/internal/skill"

	"github.com/google/uuid"
)

// Outgoing is a course on its way into a file.
type Outgoing struct {
	Head    Head
	Entries []Entry
	Left    []intake.Record // what has no place in the format
	Lost    []intake.Record // what was written without a part of it
}

// Leave reports an entry that is not written. A zero reason reports nothing, here and with Lose.
func (o *Outgoing) Leave(d Entry, why phrase.Phrase) { o.Left = noted(o.Left, d, why, intake.Skipped) }

// Lose reports an entry that is written without a part of it.
func (o *Outgoing) Lose(d Entry, what phrase.Phrase) { o.Lost = noted(o.Lost, d, what, "") }

func noted(to []intake.Record, d Entry, why phrase.Phrase, outcome string) []intake.Record {
	if why.Code == "" {
		return to
	}
	kind := "item"
	if d.Kind == Reading {
		kind = "lesson"
	}
	return append(to, intake.Record{File: kind, ID: cmp.Or(d.Name, d.ID), Outcome: outcome, Reason: why})
}

// Entries turns a course into entries for a writer of a kind ("gift"), in the order of its skills, and names what has no place
// there. more are the kinds of entries that the writer has a place for beside those that every format has: One, Several, Typed, Numeric,
// Blanks and Reading. A course that came from a file of the same kind comes out as it went in: reading what the writer writes gives the
// same bundle.
func Entries(kind string, in intake.Bundle, more ...Kind) Outgoing {
	return outgoing(kind, in, more, plainWriting)
}

func outgoing(kind string, in intake.Bundle, more []Kind, as writing) Outgoing {
	var out []Entry
	var left, lost []intake.Record
	own := strings.HasPrefix(in.Source, kind+"/")
	folders := foldersOf(in, own)
	titles := map[skill.ID]string{}
	place := map[skill.ID]int{}
	for i, s := range in.Course.Skills {
		titles[s.ID], place[s.ID] = s.Title, i
	}
	var order []int
	leave := func(id, code string, why phrase.Phrase) {
		left = append(left, intake.Record{File: "item", ID: cmp.Or(code, id), Outcome: intake.Skipped, Reason: why})
	}
	add := func(d Entry, skills []skill.ID) {
		d.Folder = folders[skills[0]]
		for _, s := range skills[1:] {
			d.Tags = append(d.Tags, titles[s])
		}
		out, order = append(out, d), append(order, place[skills[0]])
	}
	for _, l := range inParts(in) {
		if len(l.Skills) == 0 || l.Body.Empty() || l.Video != nil || l.Link != "" {
			left = append(left, intake.Record{File: "lesson", ID: cmp.Or(l.Code, string(l.ID)), Outcome: intake.Skipped, Reason: phrase.Of("export.lesson")})
			continue
		}
		d, why := as.lesson(l)
		if why.Code != "" {
			left = append(left, intake.Record{File: "lesson", ID: cmp.Or(l.Code, string(l.ID)), Outcome: intake.Skipped, Reason: why})
			continue
		}
		d.At, d.ID, d.Kind, d.Minutes = At{Name: l.Title}, string(l.ID), Reading, l.Minutes
		add(d, l.Skills)
	}
	for _, it := range in.Items {
		d, why, without := as.item(it)
		if why.Code != "" {
			leave(string(it.ID), it.Code, why)
			continue
		}
		if d.Kind >= Placed && !slices.Contains(more, d.Kind) {
			leave(string(it.ID), it.Code, phrase.Of("export.kind", "kind", string(it.Kind)))
			continue
		}
		lost = noted(lost, d, without, "")
		add(d, it.Skills)
	}
	at := make([]int, len(out))
	for i := range at {
		at[i] = i
	}
	slices.SortStableFunc(at, func(a, b int) int { return order[a] - order[b] })
	sorted := make([]Entry, len(out))
	for i, from := range at {
		sorted[i] = out[from]
	}
	return Outgoing{Head: headOf(kind, in), Entries: sorted, Left: left, Lost: lost}
}

// inParts are a course's lessons, those first that a unit's part names, since the first of a skill is the part's.
func inParts(in intake.Bundle) []content.Lesson {
	named := map[content.LessonID]bool{}
	for _, u := range in.Units {
		for _, p := range u.Parts {
			named[p.Lesson] = true
		}
	}
	out := slices.Clone(in.Lessons)
	slices.SortStableFunc(out, func(a, b content.Lesson) int {
		switch {
		case named[a.ID] == named[b.ID]:
			return 0
		case named[a.ID]:
			return -1
		}
		return 1
	})
	return out
}

// foldersOf are the folders in which a course's skills stand: the source's own, or the unit's title and the skill's.
func foldersOf(in intake.Bundle, own bool) map[skill.ID][]string {
	out := map[skill.ID][]string{}
	unit := map[skill.ID]string{}
	for _, u := range in.Units {
		for _, p := range u.Parts {
			for _, o := range in.Course.Objectives {
				if o.ID != p.Objective {
					continue
				}
				for _, s := range o.Skills {
					if unit[s] == "" {
						unit[s] = u.Title
					}
				}
			}
		}
	}
	for _, s := range in.Course.Skills {
		switch {
		case own && s.ID == rootID:
			out[s.ID] = nil
		case own && uuid.Validate(string(s.ID)) != nil: // else it was made here
			out[s.ID] = SplitPath(string(s.ID))
		case unit[s.ID] == "" || unit[s.ID] == in.Course.Title:
			out[s.ID] = []string{s.Title}
		default:
			out[s.ID] = []string{unit[s.ID], s.Title}
		}
	}
	return out
}

// entryOf is an item as an entry, or the reason why it can be none.
func entryOf(it item.Item) (Entry, phrase.Phrase) {
	d := Entry{At: At{Name: it.Code}, ID: string(it.ID), Text: it.Text, Hints: it.PlainHints(), Solution: it.Solution, Ordered: it.Ordered, Unit: it.Unit, Whole: &it}
	drawn := len(it.Draw)+len(it.Let)+len(it.Keep) > 0 || slices.ContainsFunc(it.Choices, func(o item.Option) bool { return o.If != "" })
	if bad := d.asking(it); bad.Code != "" {
		return d, bad
	}
	for _, t := range textsOf(it) {
		if _, err := html.Write(t, func(string) string { return "" }); err != nil {
			drawn = true
		}
	}
	if drawn {
		return d, phrase.Of("export.drawn")
	}
	switch it.Kind {
	case item.Choice, item.Choices:
		d.options(it)
	case item.Number, item.Fraction:
		return d, d.values(it)
	case item.Expression, item.Equation:
		return d, d.maths(it)
	case item.NumberLine, item.Interval, item.Plane:
		d.Kind, d.Axes, d.On = Placed, it.Axes, it.Kind
		d.Answers = append(d.Answers, Answer{Said: it.Key, Weight: 100})
		for _, m := range it.Mistakes {
			if len(m.Yields) > 0 { // else a slip that is named for any item
				d.Answers = append(d.Answers, Answer{Said: m.Yields[0], Nudge: m.Nudge, Mistake: tagUnlessMade(it, m, m.Yields[0])})
			}
		}
	case item.Blanks:
		if d.Kind, d.Boxes = Blanks, it.Boxes; it.Ratio {
			return d, phrase.Of("export.ratio")
		}
		for _, m := range it.Mistakes {
			each := strings.Join(m.Yields, ", ")
			d.Answers = append(d.Answers, Answer{Each: m.Yields, Nudge: m.Nudge, Mistake: tagUnlessMade(it, m, each)})
		}
	default:
		return d, d.beyond(it)
	}
	return d, phrase.Phrase{}
}

func (d *Entry) options(it item.Item) {
	right := 0
	for _, o := range it.Choices {
		if o.Right {
			right++
		}
	}
	if it.Kind == item.Choices {
		d.Kind = Several
	}
	for i, o := range it.Choices {
		a := Answer{Text: o.Text, Nudge: o.Nudge}
		if o.Mistake != optionTag(it.Code, i, o.Text) {
			a.Mistake = o.Mistake
		}
		switch {
		case o.Right && d.Kind == Several:
			a.Weight = 100 / float64(right)
		case o.Right:
			a.Weight = 100
		case d.Kind == Several:
			a.Weight = -100
		}
		d.Answers = append(d.Answers, a)
	}
}

// maths makes answers of a key that is mathematics: a range where it is a number that may be off, else typed text.
func (d *Entry) maths(it item.Item) phrase.Phrase {
	d.Kind = Typed
	if by, ok := ReadPlain(it.Tolerance); ok {
		key, isNumber := ReadPlain(it.Key)
		if !isNumber {
			return phrase.Of("export.tolerance")
		}
		d.Kind = Numeric
		d.Answers = append(d.Answers, Answer{Said: it.Key, Low: new(big.Rat).Sub(key, by), High: new(big.Rat).Add(key, by), Weight: 100})
	} else if it.Tolerance != "" {
		return phrase.Of("export.tolerance")
	} else {
		d.Answers = append(d.Answers, Answer{Said: it.Key, Weight: 100})
	}
	for _, m := range it.Mistakes {
		if len(m.Yields) == 0 {
			continue // a slip that package algebra names for any item
		}
		a := Answer{Said: m.Yields[0], Nudge: m.Nudge, Mistake: tagUnlessMade(it, m, m.Yields[0])}
		if v, ok := ReadPlain(a.Said); ok {
			a = a.Exact(v)
		} else if d.Kind == Numeric {
			continue
		}
		d.Answers = append(d.Answers, a)
	}
	return phrase.Phrase{}
}

// tagUnlessMade is a mistake's name, "" where reading would make the same.
func tagUnlessMade(it item.Item, m item.Mistake, said string) string {
	if m.Tag == tagOf(it.Code, said) {
		return ""
	}
	return m.Tag
}

// Forms are how an entry's answer must be written, which no other format can say.
func (d Entry) Forms() []string {
	if d.Whole == nil {
		return nil
	}
	return d.Whole.Forms
}

// values makes answers of a key and of the mistakes that come to a number.
func (d *Entry) values(it item.Item) phrase.Phrase {
	d.Kind = Numeric
	value := func(src string) *big.Rat {
		e, err := expr.Compile(src)
		if err != nil {
			return nil
		}
		v, err := e.Number(&expr.Scope{})
		if err != nil {
			return nil
		}
		return v
	}
	key := value(it.Key)
	if key == nil {
		return phrase.Of("export.drawn")
	}
	if it.Kind == item.Fraction || strings.Contains(Write(key), "/") {
		d.Kind = Typed // formats write numbers as decimals only
	}
	said := func(v *big.Rat) string { return Write(v) }
	if it.Kind == item.Fraction {
		said = (*big.Rat).RatString
	}
	d.Answers = append(d.Answers, Answer{Said: said(key), Weight: 100}.Exact(key))
	for _, m := range it.Mistakes {
		if len(m.Yields) == 0 {
			continue // a slip that any answer may show
		}
		if v := value(m.Yields[0]); v != nil {
			d.Answers = append(d.Answers, Answer{Said: Write(v), Nudge: m.Nudge, Mistake: tagUnlessMade(it, m, Write(v))}.Exact(v))
		}
	}
	return phrase.Phrase{}
}
