package moodlexml

import (
	"math/big"
	"strconv"
	"strings"

	"kith/internal/interop/bank"
	"kith/internal/interop/html"
	"kith/internal/item"
	"kith/internal/phrase"
)

// entry is one entry on its way to the bank.
type entry struct {
	*reader
	q     wire
	d     bank.Entry
	notes map[string]string // what only Kith says
}

func (e *entry) skip(why phrase.Phrase) error {
	e.b.Skip(e.d.At, why)
	return nil
}

func (e *entry) read() error {
	switch {
	case yes(e.q.Hidden):
		return e.skip(phrase.Of("import.moodle.hidden"))
	case e.q.raw():
		return e.skip(phrase.Of("import.moodle.raw"))
	case e.whole():
		return e.b.Add(e.d)
	case len(e.q.Answers) > maxAnswers:
		return e.skip(phrase.Of("import.item.options", "n", len(e.q.Answers)))
	}
	if e.q.Type == "cloze" {
		return e.cloze()
	}
	why, err := e.answers()
	switch {
	case err != nil:
		return e.b.Refused(e.d.At, err)
	case why.Code != "":
		return e.skip(why)
	}
	for i, a := range e.d.Answers {
		if a.Mistake == "" && !a.Nudge.Empty() {
			e.d.Answers[i].Mistake = e.notes["mistake "+strconv.Itoa(i+1)]
		}
	}
	return e.add(e.q.Text)
}

// add reads the texts that every entry has and gives it to the bank.
func (e *entry) add(text prose) error {
	preset := text.Format
	var err error
	if e.d.Text, err = text.doc(e.b, preset); err != nil {
		return e.b.Refused(e.d.At, err)
	}
	if e.d.Solution, err = e.q.General.doc(e.b, preset); err != nil {
		return e.b.Refused(e.d.At, err)
	}
	for _, h := range e.q.Hints {
		hint, err := h.doc(e.b, preset)
		if err != nil {
			return e.b.Refused(e.d.At, err)
		}
		if !hint.Empty() {
			e.d.Hints = append(e.d.Hints, hint)
		}
	}
	e.hears(e.d.At, e.q.Else.Text.Said)
	return e.b.Add(e.d)
}

// answers takes what the entry is answered with. why is zero where it can be taken.
func (e *entry) answers() (why phrase.Phrase, err error) {
	switch kind := e.q.Type; kind {
	case "multichoice", "multichoiceset":
		return why, e.options()
	case "truefalse":
		return why, e.trueFalse()
	case "shortanswer":
		return why, e.typed()
	case "numerical":
		return e.numeric()
	case "description":
		e.d.Kind = bank.Reading
		if n := count(e.notes["minutes"]); n > 0 && n <= 600 {
			e.d.Minutes = n
		}
		return why, nil
	case "essay":
		return why, e.essay()
	case "matching", "match", "ddmatch":
		return e.pairs()
	case "ordering":
		return why, e.sequence()
	case "ddwtos":
		return e.intoGaps(e.q.Boxes)
	case "gapselect":
		return e.intoGaps(e.q.Options)
	case "ddmarker":
		return e.markers()
	case "ddimageortext":
		return phrase.Of("import.moodle.on_picture", "n", len(e.q.Drags)), nil
	case "calculated", "calculatedsimple", "calculatedmulti":
		return phrase.Of("import.moodle.calculated"), nil
	default:
		return phrase.Of("import.item.kind", "kind", clip(kind)), nil
	}
}

// nudge reads an answer's feedback and weight.
func (e *entry) nudge(w answer) (a bank.Answer, err error) {
	if f, err := strconv.ParseFloat(strings.TrimSpace(w.Fraction), 64); err == nil && f == f { // NaN is no weight
		a.Weight = max(min(f, 100), -100)
	}
	a.Nudge, err = w.Feedback.doc(e.b, e.q.Text.Format)
	return a, err
}

func (e *entry) options() error {
	e.d.Ordered = e.q.Shuffle != "" && !yes(e.q.Shuffle)
	if e.q.Single != "" && !yes(e.q.Single) || e.q.Type == "multichoiceset" {
		e.d.Kind = bank.Several
	}
	for _, w := range e.q.Answers {
		a, err := e.nudge(w)
		if err != nil {
			return err
		}
		if a.Text, err = w.doc(e.b, e.q.Text.Format); err != nil {
			return err
		}
		e.d.Answers = append(e.d.Answers, a)
	}
	return nil
}

// trueFalse makes a choice of two in the course's language, true first.
func (e *entry) trueFalse() error {
	words := e.b.Options()
	e.d.Ordered = true
	for _, side := range []struct{ key, word string }{{"true", words.True}, {"false", words.False}} {
		made := bank.Answer{}
		for _, w := range e.q.Answers {
			if !strings.EqualFold(strings.TrimSpace(w.Text.Said), side.key) {
				continue
			}
			var err error
			if made, err = e.nudge(w); err != nil {
				return err
			}
		}
		var err error
		if made.Text, err = html.Plain(side.word); err != nil {
			return err
		}
		e.d.Answers = append(e.d.Answers, made)
	}
	return nil
}

func (e *entry) typed() error {
	e.d.Kind, e.d.Lenient, e.d.Stars = bank.Typed, true, true
	if yes(e.q.UseCase) {
		e.d.Exact = []string{item.ExactCase}
	}
	if e.notes["kind"] == "words" {
		e.d.Kind = bank.Words
	}
	for _, w := range e.q.Answers {
		a, err := e.nudge(w)
		if err != nil {
			return err
		}
		if a.Said = strings.TrimSpace(w.Text.Said); a.Said != "" {
			e.d.Answers = append(e.d.Answers, a)
		}
	}
	return nil
}

func (e *entry) numeric() (why phrase.Phrase, err error) {
	e.d.Kind = bank.Numeric
	for _, w := range e.q.Answers {
		a, err := e.nudge(w)
		if err != nil {
			return why, err
		}
		said := strings.TrimSpace(w.Text.Said)
		if said == "*" {
			a.Any = true
		} else if a.Low, a.High = e.around(said, w.Tolerance); a.Low == nil {
			return phrase.Of("import.item.number", "answer", clip(said)), nil
		}
		e.d.Answers = append(e.d.Answers, a)
	}
	e.units()
	return why, nil
}

// around reads a number and how far an answer may be off it; nil for what is no number.
func (e *entry) around(said, tolerance string) (low, high *big.Rat) {
	value, ok := bank.ReadPlain(said)
	if !ok {
		n, read := bank.ReadNumeral(said, e.b.Options().Lang)
		if !read || n.Unit != "" {
			return nil, nil
		}
		value = n.Value
	}
	if strings.TrimSpace(tolerance) == "" {
		return value, value
	}
	off, ok := bank.ReadPlain(tolerance)
	if !ok {
		return nil, nil
	}
	off = off.Abs(off)
	return new(big.Rat).Sub(value, off), new(big.Rat).Add(value, off)
}

// units takes the unit in which the answers stand. Here it stands behind the box, so that others need not be read.
func (e *entry) units() {
	var others []string
	for _, u := range e.q.Units {
		name := strings.TrimSpace(u.Name)
		if by, ok := bank.ReadPlain(u.Multiplier); e.d.Unit == "" && ok && by.Cmp(big.NewRat(1, 1)) == 0 {
			e.d.Unit = name
		} else if name != "" && len(others) < 8 {
			others = append(others, clip(name))
		}
	}
	if len(others) > 0 {
		e.b.Doubt(e.d.At, phrase.Of("import.doubt.units", "units", strings.Join(others, ", ")))
	}
}

func yes(s string) bool {
	s = strings.ToLower(strings.TrimSpace(s))
	return s == "true" || s == "1" || s == "yes"
}
