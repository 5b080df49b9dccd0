package moodlexml

import (
	entity "html"
	"math/big"
	"regexp"
	"strconv"
	"strings"

	"kith/internal/doc"
	"kith/internal/interop/bank"
	"kith/internal/interop/html"
	"kith/internal/item"
	"kith/internal/phrase"
)

// pairs reads prompts with their answers. A prompt that is empty leaves an answer that fits none.
func (e *entry) pairs() (why phrase.Phrase, err error) {
	if len(e.q.Pairs) > maxAnswers {
		return phrase.Of("import.item.prompts", "n", len(e.q.Pairs), "most", 8), nil
	}
	var all []bank.Match
	for _, p := range e.q.Pairs {
		var m bank.Match
		if m.Prompt, err = p.doc(e.b, e.q.Text.Format); err != nil {
			return why, err
		}
		if m.Answer, err = p.Answer.doc(e.b, "html"); err != nil {
			return why, err
		}
		if !m.Answer.Empty() {
			all = append(all, m)
		} else if !m.Prompt.Empty() {
			return phrase.Of("import.item.option_empty"), nil
		}
	}
	e.d.Match(all)
	return why, nil
}

// sequence reads what is to be put in order: answers that stand in it.
func (e *entry) sequence() error {
	e.d.Kind = bank.Sequence
	for _, w := range e.q.Answers {
		text, err := w.doc(e.b, e.q.Text.Format)
		if err != nil {
			return err
		}
		e.d.Answers = append(e.d.Answers, bank.Answer{Text: text})
	}
	return nil
}

// essay reads what is written, or sent as files where these are asked for. What stands there for whoever grades is the rubric where
// it is written as one.
func (e *entry) essay() error {
	e.d.Kind = bank.Written
	files, must := count(e.q.Files), count(e.q.MustFile)
	e.d.Photo = must > 0 || files != 0 && strings.TrimSpace(e.q.Response) == "noinline"
	if files != 0 && !e.d.Photo {
		e.b.Doubt(e.d.At, phrase.Of("import.doubt.files"))
	}
	if strings.TrimSpace(e.q.Template.Text.Said) != "" {
		e.b.Doubt(e.d.At, phrase.Of("import.doubt.template"))
	}
	d, err := e.q.Grader.doc(e.b, e.q.Text.Format)
	if err != nil || d.Empty() {
		return err
	}
	ok := false
	if e.d.Rubric, ok = rubric(d); !ok {
		e.b.Doubt(e.d.At, phrase.Of("import.doubt.grader"))
	}
	return nil
}

// count reads a whole number; -1 stands for any number of files.
func count(s string) int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil {
		return 0
	}
	return n
}

// rubric reads a text that is one list of criteria, each with its levels.
func rubric(d doc.Doc) (out []item.Criterion, ok bool) {
	if len(d.Nodes) != 1 || d.Nodes[0].Kind != doc.Bullets {
		return nil, false
	}
	for _, n := range d.Nodes[0].Nodes {
		c, ok := bank.ReadCriterion(doc.Doc{Nodes: []doc.Node{{Kind: doc.Paragraph, Nodes: n.Nodes}}}.Plain(nil))
		if !ok {
			return nil, false
		}
		out = append(out, c)
	}
	return out, true
}

// place is a gap that takes one of the choices.
var place = regexp.MustCompile(`\[\[(\d{1,2})\]\]`)

// intoGaps reads a text with gaps into which choices go. One gap is a choice; several are matched by their numbers.
func (e *entry) intoGaps(choices []choice) (why phrase.Phrase, err error) {
	marks := place.FindAllStringSubmatch(e.q.Text.Text.Said, maxAnswers)
	switch {
	case len(marks) == 0:
		return phrase.Of("import.moodle.no_gap"), nil
	case len(choices) > maxAnswers:
		return phrase.Of("import.item.options", "n", len(choices)), nil
	}
	texts := make([]doc.Doc, len(choices))
	for i, c := range choices {
		if texts[i], err = html.Read(strings.TrimSpace(c.Text), e.b.HTML(e.q.Text.lookup)); err != nil {
			return why, err
		}
	}
	var all []bank.Match
	used, groups := map[int]bool{}, map[string]bool{}
	for n, m := range marks {
		at, _ := strconv.Atoi(m[1])
		if at < 1 || at > len(choices) {
			return phrase.Of("import.moodle.no_gap"), nil
		}
		used[at-1], groups[strings.TrimSpace(choices[at-1].Group)] = true, true
		prompt, err := html.Plain(numbered(n + 1))
		if err != nil {
			return why, err
		}
		all = append(all, bank.Match{Prompt: prompt, Answer: texts[at-1]})
	}
	n := 0
	e.q.Text.Text.Said = place.ReplaceAllStringFunc(e.q.Text.Text.Said, func(string) string {
		if n++; len(marks) > 1 {
			return numbered(n) + " " + slot
		}
		return slot
	})
	if len(marks) == 1 {
		key, _ := strconv.Atoi(marks[0][1])
		for i, c := range choices {
			if strings.TrimSpace(c.Group) == strings.TrimSpace(choices[key-1].Group) {
				a := bank.Answer{Text: texts[i]}
				if i == key-1 {
					a.Weight = 100
				}
				e.d.Answers = append(e.d.Answers, a)
			}
		}
		return why, nil
	}
	for i := range choices {
		if !used[i] && groups[strings.TrimSpace(choices[i].Group)] {
			all = append(all, bank.Match{Answer: texts[i]})
		}
	}
	if len(groups) > 1 {
		e.b.Doubt(e.d.At, phrase.Of("import.doubt.one_list"))
	}
	e.d.Match(all)
	return why, nil
}

// markers reads a picture on which a marker is to be put. Only right places stand in Moodle's file; the others, which a hot spot needs,
// are known where Kith wrote it.
func (e *entry) markers() (why phrase.Phrase, err error) {
	e.d.Kind = bank.Spots
	for n := 1; e.notes["place "+strconv.Itoa(n)] != ""; n++ {
		side, rest, _ := strings.Cut(e.notes["place "+strconv.Itoa(n)], " ")
		line, name, _ := strings.Cut(rest, " | ")
		area, ok := bank.ReadArea(line)
		if !ok {
			return phrase.Of("import.item.area", "option", clip(name)), nil
		}
		a := bank.Answer{Area: &area, Mistake: e.notes["mistake "+strconv.Itoa(n)]}
		if a.Text, err = html.Read(name, e.b.HTML(e.q.Text.lookup)); err != nil {
			return why, err
		}
		if a.Nudge, err = html.Read(e.notes["say "+strconv.Itoa(n)], e.b.HTML(e.q.Text.lookup)); err != nil {
			return why, err
		}
		if side == "right" {
			a.Weight = 100
		}
		e.d.Answers = append(e.d.Answers, a)
	}
	if len(e.d.Answers) == 0 {
		return phrase.Of("import.moodle.markers", "n", len(e.q.Drags)), nil
	}
	for _, f := range e.q.Pictures {
		if id, ok := e.b.Picture(f.Name, bank.Unbase64(f.Body)); ok {
			e.d.Picture = doc.Doc{Nodes: []doc.Node{{Kind: doc.Image, Name: id, Alt: e.notes["alt"]}}}
		}
	}
	return why, nil
}

// notesOf reads what only Kith says of an entry, in comments that Moodle passes over: "kith minutes: 3", a line each.
func notesOf(comments string) map[string]string {
	out := map[string]string{}
	for _, line := range strings.Split(comments, "\n") {
		rest, ok := strings.CutPrefix(strings.TrimSpace(line), "kith ")
		key, value, found := strings.Cut(rest, ":")
		if ok && found && len(out) < maxNotes {
			out[key] = strings.TrimSpace(entity.UnescapeString(value))
		}
	}
	return out
}

const maxNotes = 100

// noted are the boxes that notes tell, when their keys are those of the gaps; nil otherwise.
func (e *entry) noted(keys []*big.Rat) []item.Box {
	var out []item.Box
	for n, key := range keys {
		box, ok := bank.ReadBox(e.notes["box "+strconv.Itoa(n+1)], n+1)
		if v, read := bank.ReadNumeral(box.Key, "en"); !ok || !read || v.Value.Cmp(key) != 0 {
			return nil
		}
		out = append(out, box)
	}
	return out
}
