package itemcsv

import (
	"regexp"
	"strconv"
	"strings"

	"kith/internal/doc"
	"kith/internal/interop/bank"
	"kith/internal/interop/markdown"
	"kith/internal/item"
	"kith/internal/phrase"
)

// The words of the column kind.
const (
	kindChoice  = "choice"  // exactly one answer is right
	kindChoices = "choices" // several may be
	kindAnswer  = "answer"  // what is typed: a number or mathematics
	kindBoxes   = "boxes"   // a number in each of several boxes
	kindLine    = string(item.NumberLine)
	kindSpan    = string(item.Interval)
	kindPlane   = string(item.Plane)    // what is placed on the column axes, as mathematics
	kindShort   = string(item.Short)    // a word or a line
	kindLong    = string(item.Long)     // sentences, for a person
	kindUpload  = string(item.Upload)   // a photo of paper, for a person
	kindOrder   = string(item.Ordering) // put in order: the answers stand in it
	kindMatch   = string(item.Matching) // each answer beside what stands in its column into
	kindSort    = string(item.Sorting)  // each answer into the group of its column into
	kindSpots   = string(item.Hotspot)  // places on the last picture of the text
	kindText    = "text"                // nothing is asked: a text to read
)

// entry is one line on its way to the bank.
type entry struct {
	*reader
	cells []string
	d     bank.Entry
}

// cell is what stands in a column, "" where there is no such column.
func (e *entry) cell(name string) string {
	at, ok := e.at[name]
	if !ok || at >= len(e.cells) {
		return ""
	}
	s := strings.TrimSpace(e.cells[at])
	return strings.TrimPrefix(s, "'")
}

func (e *entry) nth(name string, n int) string { return e.cell(name + " " + strconv.Itoa(n)) }

func (e *entry) text(s string) (doc.Doc, error) { return markdown.Text(s, e.b.HTML(nil)) }

var day = regexp.MustCompile(`(?i)^(\d{1,2}[-. /]*[a-zäû]{3,9}\.?|[a-zäû]{3,9}[-. ]*\d{1,4}|\d{1,4}[./-]\d{1,2}[./-]\d{1,4})$`)

func (e *entry) read(line int) error {
	e.d = bank.Entry{At: bank.At{Line: line, Name: e.cell("name")}, ID: e.cell("id"), Folder: bank.SplitPath(e.cell("folder")), Unit: e.cell("unit"), Form: bank.ReadList(e.cell("form"))}
	for _, t := range strings.Split(e.cell("tags"), ",") {
		if t = strings.TrimSpace(t); t != "" {
			e.d.Tags = append(e.d.Tags, t)
		}
	}
	why, err := e.all()
	switch {
	case err != nil:
		return e.b.Refused(e.d.At, err)
	case why.Code != "":
		e.b.Skip(e.d.At, why)
		return nil
	}
	return e.b.Add(e.d)
}

func (e *entry) all() (why phrase.Phrase, err error) {
	if e.d.Text, err = e.text(e.cell("text")); err != nil {
		return why, err
	}
	if e.d.Solution, err = e.text(e.cell("solution")); err != nil {
		return why, err
	}
	if why, err := e.hints(); why.Code != "" || err != nil {
		return why, err
	}
	switch kind := strings.ToLower(e.cell("kind")); kind {
	case kindChoice, kindChoices:
		return e.choice(kind)
	case kindSpots:
		return e.spots()
	case kindOrder:
		return why, e.sequence()
	case kindMatch, kindSort:
		return e.grouped(kind)
	case kindShort:
		return e.short()
	case kindLong, kindUpload:
		e.d.Kind, e.d.Photo = bank.Written, kind == kindUpload
		return e.rubric(), nil
	case kindAnswer:
		return e.typed()
	case kindBoxes:
		return e.boxes()
	case kindLine, kindSpan, kindPlane:
		e.d.Kind, e.d.On, e.d.Axes = bank.Placed, item.Kind(kind), e.cell("axes")
		e.d.Answers, err = e.written()
		return why, err
	case kindText:
		e.d.Kind = bank.Reading
		if s := e.cell("minutes"); s != "" {
			if e.d.Minutes, err = strconv.Atoi(s); err != nil || e.d.Minutes < 1 || e.d.Minutes > 600 {
				return phrase.Of("import.csv.minutes", "minutes", short(s)), nil
			}
		}
		return why, nil
	default:
		return phrase.Of("import.csv.kind", "kind", short(kind)), nil
	}
}

// answer reads the nth answer's words and what is said to whoever gives it; there=false where the cell is empty.
func (e *entry) answer(n int) (a bank.Answer, there bool, err error) {
	a.Said, a.Mistake = e.nth("answer", n), e.nth("mistake", n)
	if a.Nudge, err = e.text(e.nth("say", n)); err != nil {
		return a, false, err
	}
	return a, a.Said != "", nil
}

var digits = regexp.MustCompile(`\d+`)

// choice reads the answers to choose from; the column right holds the numbers of the right ones.
func (e *entry) choice(kind string) (why phrase.Phrase, err error) {
	if kind != kindChoice {
		e.d.Kind = bank.Several
	}
	e.d.Ordered = strings.EqualFold(e.cell("order"), "keep")
	right := map[int]bool{}
	for _, s := range digits.FindAllString(e.cell("right"), 50) {
		n, _ := strconv.Atoi(s)
		if n < 1 || n > maxAnswers || e.nth("answer", n) == "" {
			return phrase.Of("import.csv.right", "right", short(s)), nil
		}
		right[n] = true
	}
	for n := 1; n <= maxAnswers; n++ {
		a, there, err := e.answer(n)
		if err != nil {
			return why, err
		}
		if !there {
			continue
		}
		if a.Text, err = e.text(a.Said); err != nil {
			return why, err
		}
		if right[n] {
			a.Weight = 100
		}
		if line := e.nth("area", n); line != "" {
			area, ok := bank.ReadArea(line)
			if !ok {
				return phrase.Of("import.item.area", "option", short(a.Said)), nil
			}
			a.Area = &area
		}
		e.d.Answers = append(e.d.Answers, a)
	}
	return why, nil
}

// typed reads a right answer that is typed, and wrong ones that are answered.
func (e *entry) typed() (why phrase.Phrase, err error) {
	right := e.cell("right")
	switch {
	case right == "":
		return phrase.Of("import.item.no_key"), nil
	case day.MatchString(right):
		if _, isNumber := bank.ReadNumeral(right, e.b.Options().Lang); !isNumber {
			return phrase.Of("import.csv.day", "answer", short(right)), nil
		}
	}
	answers, err := e.written()
	if err != nil {
		return why, err
	}
	return e.d.WriteDown(answers, e.cell("off"), e.b.Options().Lang), nil
}

// written are the right answer and the wrong ones that are answered, as they are written.
func (e *entry) written() ([]bank.Answer, error) {
	answers := []bank.Answer{{Said: e.cell("right"), Weight: 100}}
	for n := 1; n <= maxAnswers; n++ {
		a, there, err := e.answer(n)
		if err != nil {
			return nil, err
		}
		if there {
			answers = append(answers, a)
		}
	}
	return answers, nil
}

// boxes reads boxes, and wrong answers to them all: the numbers with semicolons between, without braces.
func (e *entry) boxes() (why phrase.Phrase, err error) {
	e.d.Kind = bank.Blanks
	for n := 1; n <= maxAnswers; n++ {
		a, there, err := e.answer(n)
		switch {
		case err != nil:
			return why, err
		case !there:
			continue
		case !strings.ContainsAny(a.Said, "{}"):
			a.Each = bank.SplitEach(a.Said)
			e.d.Answers = append(e.d.Answers, a)
			continue
		}
		box, ok := bank.ReadBox(a.Said, n)
		if !ok {
			return phrase.Of("import.item.box", "box", short(a.Said)), nil
		}
		e.d.Boxes = append(e.d.Boxes, box)
	}
	return why, nil
}
