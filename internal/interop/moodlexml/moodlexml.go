// Package moodlexml reads and writes Moodle's own XML format: a bank of items with pictures, units, tolerances, hints and tags.
//
// In: the file that Moodle writes under "Export questions to file". Out: an intake.Bundle, and every item that was not taken
// with its line and the reason; the other way round, a course as such a file. Categories are folders, id numbers are ids, feedback is the nudge of its answer, general feedback
// the worked solution. Moodle's penalty and grades have no like here: what an answer is worth is Kith's to say. The rules are those
// of Moodle's reader (question/format/xml, Moodle 4.5).
//
// Place in the flow: layer 5, over bank and html; it reads and writes, the flow stores.
package moodlexml

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path/filepath"
	"strings"

	"kith/internal/fault"
	"kith/internal/flow/intake"
	"kith/internal/interop/bank"
	"kith/internal/interop/gift"
	"kith/internal/interop/source"
	"kith/internal/phrase"
)

// Kind is the name of the format.
const Kind = "moodle"

// The bounds of a file: pictures stand in it, a third larger than they are.
const (
	MaxFile    = 48 * source.MB
	maxEntries = 40_000 // entries and categories, taken or not
	maxAnswers = 200    // of one entry, far above what an item may have
)

// Read reads a file's bytes. Errors: Invalid for what is no XML (with the line), no file of Moodle's, or empty; Unavailable when
// the build holds no mathematics.
func Read(b []byte, o bank.Options) (intake.Bundle, error) {
	if len(b) > MaxFile {
		return intake.Bundle{}, fault.New(fault.Invalid, "fault.import.large", "file", o.File, "mb", MaxFile/source.MB)
	}
	if _, err := source.Text(o.File, b); err != nil {
		return intake.Bundle{}, err
	}
	b = bytes.TrimPrefix(b, []byte("\uFEFF"))
	r := reader{b: bank.New(Kind, o), ids: map[string]bool{}, otherwise: map[string]int{}}
	r.d = xml.NewDecoder(bytes.NewReader(b))
	r.d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // source.Text has seen that it is UTF-8
	err := r.all()
	var syntax *xml.SyntaxError
	switch {
	case errors.As(err, &syntax):
		return intake.Bundle{}, fault.Wrap(fault.Invalid, err, "fault.import.xml", "file", filepath.Base(o.File), "line", syntax.Line, "detail", syntax.Msg)
	case err != nil:
		return intake.Bundle{}, err
	}
	r.unheard()
	return r.b.Bundle()
}

// reader goes from one element to the next; nothing but the present one is held.
type reader struct {
	b       *bank.Bank
	d       *xml.Decoder
	folder  []string
	entries int
	ids     map[string]bool

	otherwise map[string]int // what is said to any wrong answer, to how many entries say it
	says      []saying
}

// saying is an entry that says something to any wrong answer.
type saying struct {
	at  bank.At
	say string
}

func (r *reader) all() error {
	for depth := 0; ; {
		t, err := r.d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.Comment:
			r.b.Note(string(t))
		case xml.EndElement:
			depth--
		case xml.StartElement:
			line, _ := r.d.InputPos()
			switch {
			case depth == 0 && t.Name.Local != "quiz":
				return fault.New(fault.Invalid, "fault.import.xml_root", "file", r.b.Options().File, "line", line, "name", t.Name.Local, "want", "quiz")
			case depth == 0:
				depth++
			default:
				if err := r.element(t, line); err != nil {
					return err
				}
			}
		}
	}
}

// element takes one child of the whole with all that is in it.
func (r *reader) element(t xml.StartElement, line int) error {
	if t.Name.Local != "question" {
		r.b.Skip(bank.At{Line: line, Name: t.Name.Local}, phrase.Of("import.moodle.element", "name", clip(t.Name.Local)))
		return r.d.Skip()
	}
	if r.entries++; r.entries > maxEntries {
		return fault.New(fault.Invalid, "fault.import.many", "file", r.b.Options().File, "most", maxEntries)
	}
	var q wire
	if err := r.d.DecodeElement(&q, &t); err != nil {
		return err
	}
	if q.Type == "category" {
		r.folder = gift.Folder(q.Category.Text)
		r.b.Folder(bank.At{Line: line}, r.folder)
		return nil
	}
	e := entry{reader: r, q: q, notes: notesOf(q.Notes)}
	e.d = bank.Entry{At: bank.At{Line: line, Name: strings.TrimSpace(q.Name.Text)}, ID: r.id(q.IDNumber), Folder: r.folder}
	if id := e.notes["id"]; id != "" && e.d.ID == "" {
		e.d.ID = id
	}
	for _, tag := range q.Tags {
		e.d.Tags = append(e.d.Tags, tag.Text)
	}
	return e.read()
}

// id is the id number. Moodle holds them apart within a category only, so that a second bearer is told by its category too.
func (r *reader) id(number string) string {
	id := strings.TrimSpace(number)
	if id == "" {
		return ""
	}
	if r.ids[id] {
		id = bank.Path(append(append([]string{}, r.folder...), id))
	}
	r.ids[id] = true
	return id
}

// hears notes what an entry says to any wrong answer.
func (r *reader) hears(at bank.At, say string) {
	if say = strings.Join(strings.Fields(say), " "); say != "" {
		r.otherwise[say]++
		r.says = append(r.says, saying{at, say})
	}
}

// unheard names the entries whose line for any wrong answer was left out. What several say word for word is Moodle's own line.
func (r *reader) unheard() {
	for _, s := range r.says {
		if r.otherwise[s.say] == 1 && s.say != "Your answer is incorrect." {
			r.b.Doubt(s.at, phrase.Of("import.doubt.any"))
		}
	}
}

func clip(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
