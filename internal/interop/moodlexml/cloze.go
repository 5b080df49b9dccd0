package moodlexml

import (
	entity "html"
	"math/big"
	"regexp"
	"strconv"
	"strings"

	"kith/internal/interop/bank"
	"kith/internal/interop/html"
	"kith/internal/item"
	"kith/internal/phrase"
)

// slot stands where a gap was taken out of a sentence.
const slot = "_____"

// maxGaps is how many boxes an item may have (item.Check).
const maxGaps = 8

// gap is one place in a text where something is to be entered: "{1:NM:=5:0.1}".
type gap struct {
	kind    string // in Moodle's long form: NUMERICAL, SHORTANSWER, MULTICHOICE
	answers []bank.Answer
	single  bool
}

var (
	gapMark = regexp.MustCompile(`\{\d{0,4}:([A-Z_]{1,20}):`)
	percent = regexp.MustCompile(`^%(-?\d{1,3}(?:\.\d{0,8})?)%`)
	// While answers are taken apart, signs after a backslash are ones that no text holds.
	hideSigns = strings.NewReplacer("\uFDD0", "", "\uFDD1", "", "\uFDD2", "", "\uFDD3", "", "\uFDD4", "",
		`\\`, "\uFDD0", `\~`, "\uFDD1", `\=`, "\uFDD2", `\#`, "\uFDD3", `\}`, "\uFDD4")
	showSigns = strings.NewReplacer("\uFDD0", `\`, "\uFDD1", "~", "\uFDD2", "=", "\uFDD3", "#", "\uFDD4", "}")
	longKind  = map[string]string{"NM": "NUMERICAL", "SA": "SHORTANSWER", "MW": "SHORTANSWER", "SAC": "SHORTANSWER", "MWC": "SHORTANSWER", "SHORTANSWER_C": "SHORTANSWER"}
)

// gaps takes the gaps out of a text and puts a line in the place of each, numbered where there are several.
func (e *entry) gaps(text string) (rest string, out []gap, err error) {
	marks := gapMark.FindAllStringSubmatchIndex(text, maxGaps+2)
	var b strings.Builder
	at := 0
	for _, m := range marks {
		if m[0] < at {
			continue
		}
		end := closing(text, m[1])
		if end < 0 {
			break
		}
		g := gap{kind: text[m[2]:m[3]]}
		if long := longKind[g.kind]; long != "" {
			g.kind = long
		}
		if strings.HasPrefix(g.kind, "MULTICHOICE") || strings.HasPrefix(g.kind, "MC") {
			g.kind, g.single = "MULTICHOICE", true
		} else if strings.HasPrefix(g.kind, "MULTIRESPONSE") || strings.HasPrefix(g.kind, "MR") {
			g.kind = "MULTICHOICE"
		}
		if g.answers, err = e.inGap(g.kind, text[m[1]:end]); err != nil {
			return "", nil, err
		}
		out = append(out, g)
		b.WriteString(text[at:m[0]])
		if len(marks) > 1 {
			b.WriteString(numbered(len(out)) + " ")
		}
		b.WriteString(slot)
		at = end + 1
	}
	b.WriteString(text[at:])
	return b.String(), out, nil
}

func numbered(n int) string { return "(" + strconv.Itoa(n) + ")" }

// closing is the place of the brace that ends a gap, -1 when there is none near.
func closing(text string, from int) int {
	for i := from; i < len(text) && i < from+20_000; i++ {
		switch text[i] {
		case '\\':
			i++
		case '}':
			return i
		}
	}
	return -1
}

// inGap reads the answers of a gap.
func (e *entry) inGap(kind, inside string) ([]bank.Answer, error) {
	var out []bank.Answer
	for i, p := range strings.Split(hideSigns.Replace(inside), "~") {
		p = strings.TrimSpace(p)
		if p == "" && i == 0 || i > maxAnswers {
			continue
		}
		var a bank.Answer
		if rest, ok := strings.CutPrefix(p, "="); ok {
			a.Weight, p = 100, rest
		} else if m := percent.FindStringSubmatch(p); m != nil {
			a.Weight, _ = strconv.ParseFloat(m[1], 64)
			a.Weight, p = max(min(a.Weight, 100), -100), p[len(m[0]):]
		}
		said, nudge, _ := strings.Cut(p, "#")
		said = strings.TrimSpace(showSigns.Replace(said))
		var err error
		if a.Nudge, err = html.Read(showSigns.Replace(nudge), e.b.HTML(e.q.Text.lookup)); err != nil {
			return nil, err
		}
		if a.Text, err = html.Read(said, e.b.HTML(e.q.Text.lookup)); err != nil {
			return nil, err
		}
		a.Said = strings.TrimSpace(entity.UnescapeString(said))
		if kind == "NUMERICAL" {
			number, off, _ := strings.Cut(a.Said, ":")
			if a.Low, a.High = e.around(strings.TrimSpace(number), off); a.Low == nil {
				a.Any = a.Said == "*"
			}
		}
		out = append(out, a)
	}
	return out, nil
}

// cloze makes an item of a text with gaps: one gap is asked as what it is; several are boxes when each holds one number.
func (e *entry) cloze() error {
	rest, gaps, err := e.gaps(e.q.Text.Text.Said)
	if err != nil {
		return e.b.Refused(e.d.At, err)
	}
	text := e.q.Text
	text.Text.Said = rest
	if boxes := e.told(gaps); boxes != nil {
		text.Text.Said, _, _ = strings.Cut(e.q.Text.Text.Said, boxesBegin)
		e.d.Kind, e.d.Boxes = bank.Blanks, boxes
		return e.add(text)
	}
	switch n := len(gaps); {
	case n == 0:
		return e.skip(phrase.Of("import.moodle.no_gap"))
	case n > maxGaps:
		return e.skip(phrase.Of("import.moodle.gaps", "most", maxGaps))
	case n == 1:
		if why := e.oneGap(gaps[0]); why.Code != "" {
			return e.skip(why)
		}
		return e.add(text)
	}
	d, err := text.doc(e.b, text.Format)
	if err != nil {
		return e.b.Refused(e.d.At, err)
	}
	e.d.Kind = bank.Blanks
	around := d.Plain(nil)
	for i, g := range gaps {
		key := e.oneNumber(g)
		if key == nil {
			return e.skip(phrase.Of("import.moodle.gap", "n", i+1))
		}
		e.d.Boxes = append(e.d.Boxes, item.Box{Before: numbered(i+1) + " ", Key: bank.Write(key), Label: label(around, i+1)})
	}
	for _, g := range gaps {
		for _, a := range g.answers {
			if !a.Nudge.Empty() {
				e.b.Doubt(e.d.At, phrase.Of("import.doubt.gap"))
				return e.add(text)
			}
		}
	}
	return e.add(text)
}

// boxesBegin begins the lines of boxes that Kith wrote behind a text.
const boxesBegin = `<div class="kith-boxes">`

// told are the boxes as Kith knows them, where it wrote the file and nobody has changed the gaps since; else nil.
func (e *entry) told(gaps []gap) []item.Box {
	if !strings.Contains(e.q.Text.Text.Said, boxesBegin) || len(gaps) == 0 || len(gaps) > maxGaps {
		return nil
	}
	var keys []*big.Rat
	for _, g := range gaps {
		key := e.oneNumber(g)
		if key == nil {
			return nil
		}
		keys = append(keys, key)
	}
	return e.noted(keys)
}

func (e *entry) oneGap(g gap) phrase.Phrase {
	e.d.Answers = g.answers
	switch g.kind {
	case "NUMERICAL":
		for _, a := range g.answers {
			if a.Low == nil && !a.Any {
				return phrase.Of("import.item.number", "answer", clip(a.Said))
			}
		}
		e.d.Kind = bank.Numeric
	case "SHORTANSWER":
		e.d.Kind = bank.Typed
	case "MULTICHOICE":
		if e.d.Kind = bank.Several; g.single {
			e.d.Kind = bank.One
		}
	default:
		return phrase.Of("import.item.kind", "kind", clip(g.kind))
	}
	return phrase.Phrase{}
}

// oneNumber is the one number that a gap wants, nil when it wants something else, or may be off.
func (e *entry) oneNumber(g gap) *big.Rat {
	var key *big.Rat
	for _, a := range g.answers {
		if a.Weight < 100 {
			continue
		}
		value, high := a.Low, a.High
		if g.kind == "SHORTANSWER" {
			if n, ok := bank.ReadNumeral(a.Said, e.b.Options().Lang); ok && n.Unit == "" {
				value, high = n.Value, n.Value
			}
		}
		if g.kind == "MULTICHOICE" || value == nil || value.Cmp(high) != 0 || key != nil && key.Cmp(value) != 0 {
			return nil
		}
		key = value
	}
	return key
}

// label is a box's name for a screen reader: the words around its line in the text.
func label(around string, n int) string {
	mark := numbered(n) + " " + slot
	before, after, ok := strings.Cut(around, mark)
	if !ok {
		return numbered(n)
	}
	start, end := strings.Fields(before), strings.Fields(after)
	s := strings.Join(append(append(start[max(0, len(start)-8):], mark), end[:min(4, len(end))]...), " ")
	if strings.Contains(s, "[[") || len(s) > 200 {
		return numbered(n)
	}
	return s
}
