package moodlexml

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	entity "html"
	"math/big"
	"net/url"
	"path"
	"strconv"
	"strings"

	"kith/internal/doc"
	"kith/internal/flow/intake"
	"kith/internal/interop/bank"
	"kith/internal/interop/html"
	"kith/internal/phrase"
)

// maxIDNumber is how many characters of an id number Moodle keeps; a longer id is a note.
const maxIDNumber = 100

// Write writes a course as Moodle reads it. left names what Moodle has no type for, lost what was written without a part of it. What
// only Kith knows stands in comments, which Moodle passes over, so that the file itself reads back whole.
func Write(in intake.Bundle, o bank.Options) (out []byte, left, lost []intake.Record) {
	files := map[string]intake.BundleFile{}
	g := bank.Stills(Kind, in, func(svg, alt string) doc.Node {
		node, file := bank.Figure(svg, alt)
		files[file.Code] = file
		return node
	}, bank.Sequence, bank.Pairs, bank.Groups, bank.Spots, bank.Words, bank.Written)
	all := writer{o: o, files: files}
	for _, f := range in.Files {
		all.files[f.Code] = f
	}
	var b bytes.Buffer
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n<quiz>\n")
	for _, l := range g.Head.Lines() {
		b.WriteString("<!-- " + strings.ReplaceAll(l, "--", "- -") + " -->\n")
	}
	folder := "\x00"
	for _, d := range g.Entries {
		w := all
		if w.entry(&g, d); w.why.Code != "" {
			g.Leave(d, w.why)
			continue
		}
		if saysLess(d) && !w.withWhole(d) {
			g.Leave(d, phrase.Of("export.drawn"))
			continue
		}
		if to := bank.Path(append([]string{"$course$", "top"}, d.Folder...)); to != folder {
			folder = to
			b.WriteString("  <question type=\"category\">\n    <category><text>" + escaped(to) + "</text></category>\n    <info format=\"html\"><text></text></info>\n    <idnumber></idnumber>\n  </question>\n")
		}
		b.WriteString(w.text())
	}
	b.WriteString("</quiz>\n")
	return b.Bytes(), g.Left, g.Lost
}

// writer writes one entry.
type writer struct {
	b     strings.Builder
	o     bank.Options
	files map[string]intake.BundleFile
	kind  string        // Moodle's name of its type
	why   phrase.Phrase // why it is not written
}

// text is the entry as it stands in the file.
func (w *writer) text() string {
	return "  <question type=\"" + w.kind + "\">\n" + w.b.String() + "  </question>\n"
}

func (w *writer) line(s string) { w.b.WriteString("    " + s + "\n") }

// escaped is a text as XML has it. Signs that XML has no place for become the sign for such.
func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a builder takes all
	return strings.NewReplacer("&#xA;", "\n", "&#39;", "'", "&#34;", `"`).Replace(b.String())
}

// note says what only Kith knows. Two strokes may not stand in a comment.
func (w *writer) note(key, value string) {
	if value != "" {
		value = strings.NewReplacer("-", "&#45;", "\n", "&#10;", "<", "&lt;", ">", "&gt;").Replace(entity.EscapeString(value))
		w.line("<!-- kith " + key + ": " + value + "\n-->")
	}
}

// prose writes a text with the pictures that it shows.
func (w *writer) prose(element, attributes string, d doc.Doc, more string) {
	said, files := w.html(d)
	w.wrap(element, attributes+` format="html"`, said, files+more)
}

func (w *writer) wrap(element, attributes, said, more string) {
	w.line("<" + element + attributes + "><text>" + escaped(said) + "</text>" + more + "</" + element + ">")
}

// html is a text as HTML, and its pictures as Moodle has them.
func (w *writer) html(d doc.Doc) (said, files string) {
	at := map[string]string{}
	taken := map[string]bool{}
	said, err := html.Write(d, func(id string) string {
		if at[id] != "" {
			return at[id]
		}
		f, folder := w.files[id], "/"
		name := path.Base("/" + f.Name)
		for n := 2; taken[folder+name]; n++ {
			folder = "/" + strconv.Itoa(n) + "/"
		}
		taken[folder+name] = true
		files += packed(name, folder, f.Body)
		at[id] = strings.TrimSuffix(inFile, "/") + folder + url.PathEscape(name)
		return at[id]
	})
	if err != nil {
		w.why = phrase.Of("export.text")
	}
	return said, files
}

func (w *writer) entry(g *bank.Outgoing, d bank.Entry) {
	if len(d.ID) > maxIDNumber {
		w.note("id", d.ID)
	}
	w.wrap("name", "", d.Name, "")
	if d.Kind == bank.Blanks {
		w.cloze(g, d)
	} else {
		w.prose("questiontext", "", d.Text, "")
	}
	w.prose("generalfeedback", "", d.Solution, "")
	if d.Kind != bank.Blanks {
		w.line("<defaultgrade>1</defaultgrade>")
	}
	w.line("<penalty>0.3333333</penalty>")
	w.line("<hidden>0</hidden>")
	number := d.ID
	if len(number) > maxIDNumber {
		number = ""
	}
	w.line("<idnumber>" + escaped(number) + "</idnumber>")
	switch d.Kind {
	case bank.Blanks:
	case bank.One, bank.Several:
		w.choice(d)
	case bank.Numeric:
		w.numeric(d)
	case bank.Typed:
		w.typed(g, d)
	case bank.Words:
		w.words(g, d)
	case bank.Pairs, bank.Groups:
		w.pairs(g, d)
	case bank.Sequence:
		w.sequence(g, d)
	case bank.Spots:
		w.spots(g, d)
	case bank.Written:
		w.essay(d)
	case bank.Reading:
		w.kind = "description"
		w.note("minutes", strconv.Itoa(d.Minutes))
	}
	for _, h := range d.Hints {
		w.prose("hint", "", h, "")
	}
	if len(d.Tags) > 0 {
		w.b.WriteString("    <tags>")
		for _, t := range d.Tags {
			w.b.WriteString("<tag><text>" + escaped(t) + "</text></tag>")
		}
		w.b.WriteString("</tags>\n")
	}
	if len(d.Forms()) > 0 {
		g.Lose(d, phrase.Of("export.forms"))
	}
}

// answer writes an answer with what is said to it, and notes its mistake.
func (w *writer) answer(n int, weight float64, said, files, more string, a bank.Answer) {
	nudge, pictures := w.html(a.Nudge)
	w.line(`<answer fraction="` + share(weight) + `" format="html"><text>` + escaped(said) + "</text>" + files +
		`<feedback format="html"><text>` + escaped(nudge) + "</text>" + pictures + "</feedback>" + more + "</answer>")
	w.note("mistake "+strconv.Itoa(n+1), a.Mistake)
}

// share writes a share of the mark as Moodle does, with five places at most.
func share(f float64) string {
	s := strconv.FormatFloat(f, 'f', 5, 64)
	return strings.TrimRight(strings.TrimRight(s, "0"), ".")
}

func (w *writer) choice(d bank.Entry) {
	if w.trueFalse(d) {
		return
	}
	w.kind = "multichoice"
	w.line("<single>" + strconv.FormatBool(d.Kind == bank.One) + "</single>")
	w.line("<shuffleanswers>" + strconv.FormatBool(!d.Ordered) + "</shuffleanswers>")
	w.line("<answernumbering>abc</answernumbering>")
	for n, a := range d.Answers {
		said, files := w.html(a.Text)
		weight := a.Weight
		if weight > 0 && weight < 10 { // Moodle has no shares between 5 and 10 percent
			weight = 10
		}
		w.answer(n, weight, said, files, "", a)
	}
}

// trueFalse writes a choice between the words true and false as what it is; ok=false for any other.
func (w *writer) trueFalse(d bank.Entry) bool {
	if d.Kind != bank.One || !d.Ordered || len(d.Answers) != 2 {
		return false
	}
	for i, word := range []string{w.o.True, w.o.False} {
		if s, ok := html.Bare(d.Answers[i].Text); !ok || s != word {
			return false
		}
	}
	w.kind = "truefalse"
	w.answer(0, d.Answers[0].Weight, "true", "", "", d.Answers[0])
	w.answer(1, d.Answers[1].Weight, "false", "", "", d.Answers[1])
	return true
}

func (w *writer) numeric(d bank.Entry) {
	w.kind = "numerical"
	for n, a := range d.Answers {
		mid, off := around(a)
		w.answer(n, a.Weight, mid, "", "<tolerance>"+off+"</tolerance>", a)
	}
	if d.Unit != "" {
		w.line("<units><unit><multiplier>1</multiplier><unit_name>" + escaped(d.Unit) + "</unit_name></unit></units>")
		w.line("<unitgradingtype>0</unitgradingtype>")
		w.line("<showunits>0</showunits>")
	}
}

// around is a number and how far an answer may be off it.
func around(a bank.Answer) (mid, off string) {
	if a.Low.Cmp(a.High) == 0 {
		return bank.Write(a.Low), "0"
	}
	m := new(big.Rat).Quo(new(big.Rat).Add(a.Low, a.High), big.NewRat(2, 1))
	return bank.Write(m), bank.Write(new(big.Rat).Sub(a.High, m))
}

func (w *writer) typed(g *bank.Outgoing, d bank.Entry) {
	w.kind = "shortanswer"
	w.line("<usecase>0</usecase>")
	for n, a := range d.Answers {
		said := a.Said
		if n == 0 {
			with, ok := bank.WithUnit(said, d.Unit)
			if said = with; !ok {
				said = a.Said
				g.Lose(d, phrase.Of("export.unit", "unit", d.Unit))
			}
		}
		w.answer(n, a.Weight, strings.ReplaceAll(said, "*", `\*`), "", "", a)
	}
}

func packed(name, folder string, body []byte) string {
	return `<file name="` + entity.EscapeString(name) + `" path="` + folder + `" encoding="base64">` + base64.StdEncoding.EncodeToString(body) + "</file>"
}
