package bank

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"kith/internal/content"
	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/item"
	"kith/internal/item/algebra/form"
	"kith/internal/phrase"
	"kith/internal/skill"
)

// leastWords is how long a text must be that comes without a question, to count as a lesson and not as a line between
// questions. We chose it: about three sentences.
const leastWords = 40

// wordsAMinute is how fast a lesson's text is read, rounded down for ten-year-olds: about 150 words a minute aloud
// (Hasbrouck and Tindal, 2017), less time to think.
const wordsAMinute = 120

// Add takes an entry, or skips it with the reason. Errors: Unavailable when the build holds no mathematics.
func (b *Bank) Add(d Entry) error {
	folder, why := b.folder(d.Folder)
	d.Folder = folder
	switch {
	case why.Code != "":
	case len(b.placed) >= maxEntries:
		return fault.New(fault.Invalid, "fault.import.many", "file", b.o.File, "most", maxEntries)
	case d.Kind == Reading && d.Whole == nil:
		why = b.reading(d)
	default:
		why = b.ask(d)
	}
	b.bare = false
	if why.Code != "" {
		b.Skip(d.At, why)
	}
	return nil
}

// folder tidies a folder's names.
func (b *Bank) folder(names []string) ([]string, phrase.Phrase) {
	var out []string
	for _, n := range names {
		if n = short(tidy(n), maxName); n != "" {
			out = append(out, n)
		}
	}
	if Path(out) == rootID { // which is what stands in no folder
		return nil, phrase.Phrase{}
	}
	if len(Path(out)) > maxFolder {
		return nil, phrase.Of("import.item.folder", "folder", short(Path(out), maxName))
	}
	return out, phrase.Phrase{}
}

// reading makes a lesson of a text.
func (b *Bank) reading(d Entry) phrase.Phrase {
	words := len(strings.Fields(d.Text.Plain(nil)))
	if d.Text.Empty() || d.Minutes == 0 && words < leastWords {
		return phrase.Of("import.item.description", "n", words)
	}
	id, code, ok := b.place(d.At, d.Folder, d.Tags, d.ID, d.Text.Plain(nil))
	if !ok {
		return phrase.Phrase{}
	}
	if d.Minutes == 0 {
		d.Minutes = 1 + words/wordsAMinute
	}
	b.placed = append(b.placed, placed{folder: d.Folder, tags: d.Tags, lesson: &content.Lesson{ID: content.LessonID(id), Code: code, Title: code, Minutes: d.Minutes, Body: d.Text}})
	return phrase.Phrase{}
}

// ask makes an item of an entry. The reason is zero when it was taken, or skipped already.
func (b *Bank) ask(d Entry) phrase.Phrase {
	m := maker{Entry: d, own: map[string]bool{}, lang: b.lang(), item: item.Item{Text: d.Text, Hints: slices.Clone(d.Hints), Solution: d.Solution}}
	var why phrase.Phrase
	if d.Whole != nil {
		m.item = *d.Whole
	} else {
		why = m.make()
	}
	if why.Code != "" {
		return why
	}
	fingerprint, answer := asks(m.item)
	at := Path(d.Folder) + "\n" + fingerprint
	if was, twice := b.firsts[at+"\n"+answer]; twice {
		return phrase.Of("import.item.twice", "id", was)
	}
	m.item.Skills, m.item.Attribution = skillsUnknown, &item.Attribution{}
	m.item.ID, m.item.Code = "?", "?"
	m.name("?")
	if err := sound(m.item); err != nil {
		return unsound(err)
	}
	id, code, ok := b.place(d.At, d.Folder, d.Tags, d.ID, fingerprint+"\n"+answer)
	if !ok {
		return phrase.Phrase{}
	}
	if d.Name == "" {
		d.Name = code
	}
	m.item.ID, m.item.Code = item.ID(id), code
	m.name(code)
	b.firsts[at+"\n"+answer] = code
	if was, ok := b.asked[at]; ok && was != answer {
		m.doubt(phrase.Of("import.doubt.contradicts"))
	}
	b.asked[at] = answer
	if why := disagrees(m.item); why.Code != "" {
		m.doubt(why)
	}
	if b.bare {
		m.doubt(phrase.Of("import.doubt.alt"))
	}
	for _, p := range m.doubts {
		b.Doubt(d.At, p)
	}
	b.placed = append(b.placed, placed{folder: d.Folder, tags: d.Tags, item: &m.item})
	return phrase.Phrase{}
}

// skillsUnknown stand in an item that is proved before it has a place.
var skillsUnknown = []skill.ID{"?"}

// asks is what an item asks and what it takes for right, each as text by which two are the same. Options are part of the
// question; pictures count by what they show.
func asks(it item.Item) (question, answer string) {
	var right []string
	question = shows(it.Text)
	var options []string
	for _, o := range it.Choices {
		options = append(options, shows(o.Text))
		switch {
		case o.Right:
			right = append(right, shows(o.Text))
		case it.Kind == item.Ordering:
			right = append(right, shows(o.Text))
		case len(it.Groups) > 0:
			right = append(right, strconv.Itoa(o.Group))
		}
	}
	if it.Kind == item.Ordering { // their order is the answer
		slices.Sort(options)
	}
	for _, o := range options {
		question += "\n" + o
	}
	for _, g := range it.Groups {
		question += "\n" + shows(g.Text)
	}
	if !it.Picture.Empty() {
		question += "\n" + shows(it.Picture)
	}
	for _, x := range it.Boxes {
		question += "\n" + x.Before + "□" + x.After
		right = append(right, x.Key)
	}
	for _, p := range it.Draw {
		question += "\n" + fmt.Sprint(p)
	}
	right = append(right, it.Accepts...)
	if it.Kind == item.Long || it.Kind == item.Upload {
		right = append(right, string(it.Kind))
	}
	return question, it.Key + strings.Join(right, "\n")
}

// sound proves that an item can be asked: package item's own check, and some draws.
func sound(it item.Item) error {
	if err := item.Check(it); err != nil {
		return err
	}
	for seed := range uint64(3) {
		if _, err := item.Draw(it, seed); err != nil {
			return err
		}
		if len(it.Draw) == 0 {
			break
		}
	}
	return nil
}

// unsound says why an item cannot be asked. A draw that fails is an author's to mend here, though not a learner's.
func unsound(err error) phrase.Phrase {
	var f *fault.Error
	if errors.As(err, &f) && f.Say.Code != "" {
		return f.Say
	}
	return phrase.Of("import.item.unsound")
}

// maker makes one item.
type maker struct {
	Entry
	lang   string
	item   item.Item
	doubts []phrase.Phrase
	own    map[string]bool // names of mistakes that name made
}

func (m *maker) doubt(p phrase.Phrase) { m.doubts = append(m.doubts, p) }

func (m *maker) make() phrase.Phrase {
	if m.Text.Empty() {
		return phrase.Of("import.item.no_text")
	}
	if why := m.formed(); why.Code != "" {
		return why
	}
	return m.steps()
}

// formed makes what the kind says, in the form that is asked for.
func (m *maker) formed() phrase.Phrase {
	why := m.answered()
	if len(m.Form) > 0 && why.Code == "" {
		if m.item.Kind != item.Expression && m.item.Kind != item.Equation {
			return phrase.Of("import.item.form_kind", "form", short(strings.Join(m.Form, ", "), 60))
		}
		for _, name := range m.Form {
			if _, ok := form.Parse(name); !ok {
				return phrase.Of("import.item.form_kind", "form", short(name, 60))
			}
		}
		m.item.Forms = m.Form
	}
	return why
}

// answered makes what the kind says.
func (m *maker) answered() phrase.Phrase {
	if len(m.Hints) > maxSteps {
		return phrase.Of("import.item.hints", "n", len(m.Hints), "most", maxSteps)
	}
	switch m.Kind {
	case One, Several:
		return m.options()
	case Typed:
		return m.typed()
	case Numeric:
		return m.number(item.Number)
	case Placed:
		return m.placing()
	case Sequence:
		return m.sequence()
	case Pairs:
		return m.grouped(item.Matching)
	case Groups:
		return m.grouped(item.Sorting)
	case Spots:
		return m.spots()
	case Words:
		return m.words()
	case Written:
		return m.written()
	}
	m.item.Kind, m.item.Boxes = item.Blanks, m.Boxes
	return m.eachBox()
}

// placing makes what is placed on axes; wrong answers are written as the right one is.
func (m *maker) placing() phrase.Phrase {
	if len(m.Answers) == 0 || m.Answers[0].Said == "" {
		return phrase.Of("import.item.no_key")
	}
	m.item.Kind, m.item.Axes, m.item.Key = m.On, m.Axes, m.Answers[0].Said
	for _, a := range m.Answers[1:] {
		if !a.Nudge.Empty() {
			m.item.Mistakes = append(m.item.Mistakes, item.Mistake{Tag: a.Mistake, Yields: []string{a.Said}, Nudge: a.Nudge})
		}
	}
	return phrase.Phrase{}
}

// eachBox takes what is said to wrong answers of several boxes.
func (m *maker) eachBox() phrase.Phrase {
	var seen []string
	for _, b := range m.Boxes {
		seen = append(seen, b.Key)
	}
	met := []string{strings.Join(seen, "; ")}
	for _, a := range m.Answers {
		said := strings.Join(a.Each, "; ")
		switch {
		case len(a.Each) != len(m.Boxes):
			return phrase.Of("import.item.each", "answer", short(said, 60), "n", len(m.Boxes))
		case a.Nudge.Empty():
			continue
		case slices.Contains(met, said):
			m.doubt(phrase.Of("import.doubt.unreachable", "answer", short(said, 60)))
			continue
		}
		met = append(met, said)
		m.item.Mistakes = append(m.item.Mistakes, item.Mistake{Tag: a.Mistake, Yields: a.Each, Nudge: a.Nudge})
	}
	return phrase.Phrase{}
}

// SplitEach reads a number a box, with semicolons between.
func SplitEach(s string) []string {
	var out []string
	for _, p := range strings.Split(s, ";") {
		out = append(out, strings.TrimSpace(p))
	}
	return out
}

// options makes a choice of the answers.
func (m *maker) options() phrase.Phrase {
	if len(m.Answers) < 2 || len(m.Answers) > 12 {
		return phrase.Of("import.item.options", "n", len(m.Answers))
	}
	m.item.Kind, m.item.Ordered = item.Choice, m.Ordered
	if m.Kind == Several {
		m.item.Kind = item.Choices
	}
	var seen []string
	right, partly := 0, false
	for _, a := range m.Answers {
		o := item.Option{Text: a.Text, Nudge: a.Nudge}
		if !a.Nudge.Empty() {
			o.Mistake = a.Mistake
		}
		said := shows(a.Text)
		switch {
		case a.Text.Empty():
			return phrase.Of("import.item.option_empty")
		case slices.Contains(seen, said):
			return phrase.Of("import.item.option_twice", "option", short(oneLine(said), 60))
		}
		seen = append(seen, said)
		o.Right = a.Weight >= full || m.Kind == Several && a.Weight > 0
		partly = partly || !o.Right && a.Weight > 0
		if o.Right {
			right++
			m.explain(&o.Nudge)
			o.Mistake = ""
		}
		m.item.Choices = append(m.item.Choices, o)
	}
	switch {
	case right == 0:
		return phrase.Of("import.item.no_key")
	case right > 1 && m.Kind == One:
		return phrase.Of("import.item.many_keys", "n", right)
	case partly:
		m.doubt(phrase.Of("import.doubt.partial"))
	}
	return phrase.Phrase{}
}

// explain makes what is said to a right answer the worked solution where there is none.
func (m *maker) explain(nudge *doc.Doc) {
	switch {
	case nudge.Empty():
	case m.item.Solution.Empty():
		m.item.Solution = *nudge
	case m.item.Solution.Plain(nil) != nudge.Plain(nil):
		m.doubt(phrase.Of("import.doubt.praise"))
	}
	*nudge = doc.Doc{}
}

// name gives wrong answers that are answered a name: the item's own, since a source's wrong answers mean nothing beyond it.
func (m *maker) name(code string) {
	if m.Whole != nil {
		return
	}
	for i, o := range m.item.Choices {
		if !o.Nudge.Empty() && !m.named(o.Mistake) {
			m.item.Choices[i].Mistake = optionTag(code, i, o.Text)
			m.own[m.item.Choices[i].Mistake] = true
		}
	}
	for i, x := range m.item.Mistakes {
		if !m.named(x.Tag) {
			m.item.Mistakes[i].Tag = tagOf(code, strings.Join(x.Yields, ", "))
			m.own[m.item.Mistakes[i].Tag] = true
		}
	}
}

// named reports whether a mistake has a name that the source gave it.
func (m *maker) named(tag string) bool { return tag != "" && !m.own[tag] }

func tagOf(code, said string) string { return short(short(code, 30)+": "+oneLine(said), 60) }

func optionTag(code string, i int, text doc.Doc) string {
	said := text.Plain(nil)
	if utf8.RuneCountInString(said) == 0 {
		said = fmt.Sprint(i + 1)
	}
	return tagOf(code, said)
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
