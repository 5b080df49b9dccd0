package itemmd

import (
	"slices"
	"strconv"
	"strings"

	"kith/internal/doc"
	"kith/internal/interop/bank"
	"kith/internal/item"
	"kith/internal/phrase"
)

// The words of the comment answer.
const (
	kindLong   = string(item.Long)
	kindUpload = "photo"
)

// hint reads a hint, and what it asks.
func (e *entry) hint(lines []string) (why phrase.Phrase, err error) {
	words, asks := bank.CutStep(lines)
	hint, err := e.text(words)
	if err != nil {
		return why, err
	}
	e.d.Hints = append(e.d.Hints, hint)
	if asks == nil {
		return why, nil
	}
	rung := len(e.d.Hints)
	step, ok, err := bank.ReadStep(asks, rung, hint, func(s string) (doc.Doc, error) { return e.text([]string{s}) })
	if err == nil && !ok {
		return phrase.Of("import.item.step", "n", rung), nil
	}
	e.d.Steps = append(e.d.Steps, step)
	return why, err
}

// The arrows between what is matched, and before what things are sorted into.
const (
	pairArrow = "<->"
	sortArrow = "->"
)

// hideArrow takes an arrow after a backslash for one that parts nothing.
var hideArrow = strings.NewReplacer("\uFDD0", "", "\uFDD1", "", `\<->`, "\uFDD0", `\->`, "\uFDD1")
var showArrow = strings.NewReplacer("\uFDD0", pairArrow, "\uFDD1", sortArrow)

// pair reads a line of a matching, "prompt <-> answer", or of a sorting, "thing -> group". What stands on one side alone is an answer that
// fits none, or a prompt or group whose answers stand elsewhere.
func (e *entry) pair(p part) (why phrase.Phrase, err error) {
	line := hideArrow.Replace(strings.Join(p.lines, "\n"))
	kind := bank.Pairs
	left, right, ok := strings.Cut(line, pairArrow)
	if !ok {
		kind = bank.Groups
		left, right, ok = strings.Cut(line, sortArrow)
	}
	if first := len(e.d.Prompts)+len(e.d.Answers) == 0; !ok || !first && e.d.Kind != kind {
		return phrase.Of("import.md.pair", "line", clip(p.lines[0])), nil
	}
	if e.d.Kind = kind; kind == bank.Pairs {
		left, right = right, left // the answer, and what it belongs to
	}
	a := bank.Answer{Mistake: p.mistake}
	if a.Nudge, err = e.text(p.nudge); err != nil {
		return why, err
	}
	if a.Text, err = e.text([]string{showArrow.Replace(left)}); err != nil {
		return why, err
	}
	into, err := e.text([]string{showArrow.Replace(right)})
	if err != nil {
		return why, err
	}
	if kind == bank.Groups && into.Empty() {
		return phrase.Of("import.md.pair", "line", clip(p.lines[0])), nil
	}
	e.d.Put(a, into)
	return why, nil
}

// unquoted takes the quotation marks off words.
func unquoted(s string) (words string, ok bool) {
	for _, q := range [][2]string{{`"`, `"`}, {"“", "”"}, {"„", "“"}} {
		if len(s) > len(q[0])+len(q[1]) && strings.HasPrefix(s, q[0]) && strings.HasSuffix(s, q[1]) {
			return s[len(q[0]) : len(s)-len(q[1])], true
		}
	}
	return s, false
}

// beyond says what marks make of what is arranged, tapped or written.
func (e *entry) beyond(kinds map[string]bool, answers []bank.Answer) phrase.Phrase {
	written := e.d.Kind == bank.Written
	only := func(marks ...string) bool {
		for k := range kinds {
			if !slices.Contains(marks, k) {
				return false
			}
		}
		return !written
	}
	switch {
	case written && len(kinds) == 0:
		return e.criteria()
	case only("~"):
		return phrase.Phrase{}
	case only("1", "="): // = is the mark of wrong orders too
		return e.sequence(answers)
	case only("(", "area"), only("[", "area"):
		e.d.Kind, e.d.Answers, e.d.Ordered = bank.Spots, answers, false
		e.d.TakePicture()
		return phrase.Phrase{}
	case only(`"`):
		e.d.Kind, e.d.Answers = bank.Words, answers
		var ok bool
		if e.d.Exact, ok = bank.ReadExact(e.exact); !ok {
			return phrase.Of("import.csv.exact", "exact", clip(e.exact))
		}
		return phrase.Phrase{}
	}
	return phrase.Of("import.md.mixed")
}

func (e *entry) criteria() phrase.Phrase {
	for _, line := range e.rubric {
		c, ok := bank.ReadCriterion(line)
		if !ok {
			return phrase.Of("import.item.rubric", "line", clip(line))
		}
		e.d.Rubric = append(e.d.Rubric, c)
	}
	return phrase.Phrase{}
}

// sequence puts what is numbered in order. Wrong orders are numbers with semicolons between.
func (e *entry) sequence(answers []bank.Answer) phrase.Phrase {
	e.d.Kind, e.d.Answers = bank.Sequence, nil
	var ranks []int
	for _, a := range answers {
		rank, err := strconv.Atoi(a.Said)
		if a.Text.Empty() || err != nil {
			a.Each = bank.SplitEach(a.Said)
			e.d.Wrong = append(e.d.Wrong, a)
			continue
		}
		at, _ := slices.BinarySearch(ranks, rank)
		ranks = slices.Insert(ranks, at, rank)
		e.d.Answers = slices.Insert(e.d.Answers, at, bank.Answer{Text: a.Text})
	}
	for i, rank := range ranks {
		if rank != i+1 {
			return phrase.Of("import.md.rank", "n", i+1)
		}
	}
	return phrase.Phrase{}
}
