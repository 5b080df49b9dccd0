package itemcsv

import (
	"strings"

	"kith/internal/doc"
	"kith/internal/interop/bank"
	"kith/internal/phrase"
)

// hints reads the hints, and what they ask.
func (e *entry) hints() (why phrase.Phrase, err error) {
	for n := 1; n <= maxHints; n++ {
		hint, err := e.text(e.nth("hint", n))
		if err != nil {
			return why, err
		}
		if hint.Empty() {
			continue
		}
		e.d.Hints = append(e.d.Hints, hint)
		if asks := e.nth("step", n); asks != "" {
			rung := len(e.d.Hints)
			step, ok, err := bank.ReadStep(strings.Split(strings.ReplaceAll(asks, "\r\n", "\n"), "\n"), rung, hint, e.text)
			if err != nil {
				return why, err
			}
			if !ok {
				return phrase.Of("import.item.step", "n", rung), nil
			}
			e.d.Steps = append(e.d.Steps, step)
		}
	}
	return why, nil
}

// spots reads choices that are places on the last picture of the text.
func (e *entry) spots() (why phrase.Phrase, err error) {
	why, err = e.choice(kindSpots)
	e.d.Kind, e.d.Ordered = bank.Spots, false
	e.d.TakePicture()
	return why, err
}

// sequence reads what stands in its order, and whole other orders, whose numbers stand in the column into.
func (e *entry) sequence() error {
	e.d.Kind = bank.Sequence
	for n := 1; n <= maxAnswers; n++ {
		a, there, err := e.answer(n)
		if err != nil {
			return err
		}
		if order := digits.FindAllString(e.nth("into", n), maxAnswers+1); !there && order != nil {
			a.Each = order
			e.d.Wrong = append(e.d.Wrong, a)
		}
		if !there {
			continue
		}
		if a.Text, err = e.text(a.Said); err != nil {
			return err
		}
		e.d.Answers = append(e.d.Answers, bank.Answer{Text: a.Text})
	}
	return nil
}

// grouped reads answers with what they belong beside or into. What stands alone in the column into is there without an answer.
func (e *entry) grouped(kind string) (why phrase.Phrase, err error) {
	if e.d.Kind = bank.Pairs; kind == kindSort {
		e.d.Kind = bank.Groups
	}
	for n := 1; n <= maxAnswers; n++ {
		a, _, err := e.answer(n)
		if err != nil {
			return why, err
		}
		if a.Text, err = e.text(a.Said); err != nil {
			return why, err
		}
		var into doc.Doc
		if into, err = e.text(e.nth("into", n)); err != nil {
			return why, err
		}
		if kind == kindSort && into.Empty() && !a.Text.Empty() {
			return phrase.Of("import.csv.into", "answer", short(a.Said)), nil
		}
		e.d.Put(a, into)
	}
	return why, nil
}

// short reads the texts that are right, and wrong ones that are answered.
func (e *entry) short() (why phrase.Phrase, err error) {
	e.d.Kind, e.d.Pattern = bank.Words, e.cell("pattern")
	var ok bool
	if e.d.Exact, ok = bank.ReadExact(e.cell("exact")); !ok {
		return phrase.Of("import.csv.exact", "exact", short(e.cell("exact"))), nil
	}
	wrong, err := e.written()
	if err != nil {
		return why, err
	}
	for _, s := range bank.SplitBars(e.cell("right")) {
		e.d.Answers = append(e.d.Answers, bank.Answer{Said: s, Weight: 100})
	}
	e.d.Answers = append(e.d.Answers, wrong[1:]...)
	return why, nil
}

// rubric reads the criteria by which a person judges.
func (e *entry) rubric() phrase.Phrase {
	for n := 1; n <= maxCriteria; n++ {
		line := e.nth("rubric", n)
		if line == "" {
			continue
		}
		c, ok := bank.ReadCriterion(line)
		if !ok {
			return phrase.Of("import.item.rubric", "line", short(line))
		}
		e.d.Rubric = append(e.d.Rubric, c)
	}
	return phrase.Phrase{}
}
