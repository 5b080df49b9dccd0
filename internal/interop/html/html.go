// Package html is the one way from foreign HTML to authors' text, and back.
//
// In: a piece of HTML, or plain text, with mathematics as TeX between \( \), \[ \] or $$ $$. Out: a doc.Doc that passes
// Validate: paragraphs, headings, lists, tables, quotes, pictures that came along, strong and emphasis. Nothing else gets
// through: no element, attribute, address, style or script of the source is kept, and no HTML is stored. What cannot be
// taken over without loss of sense (a film, a picture that is not there, a table in a table) is refused by name.
//
// Place in the flow: layer 5, beneath the readers of formats. Reading is linear in the text and bounded.
package html

import (
	"unicode/utf8"

	"kith/internal/doc"
	"kith/internal/fault"
)

// MaxText bounds one text, in bytes: what a doc.Doc may hold, and a picture that stands in its own address.
const MaxText = 6 << 20

// maxMarks bounds how many marks and formulas one text may have, ten times what a doc.Doc may hold in nodes.
const maxMarks = 10 * doc.MaxNodes

// Options say what a text alone does not.
type Options struct {
	// Breaks makes a new line in the text one on the page, as Moodle's own format has it.
	Breaks bool
	// Picture gives the id of the picture that a source shows; ok=false when it did not come along. nil: none did.
	Picture func(src string) (id string, ok bool)
	// Undescribed (may be nil) hears of a picture without words for those who cannot see it.
	Undescribed func()
}

// Read reads HTML. A piece without marks is one paragraph. Errors: Invalid with a reason that may stand in a report;
// Unavailable when the build holds no mathematics.
func Read(text string, o Options) (doc.Doc, error) {
	if len(text) > MaxText || !utf8.ValidString(text) {
		return doc.Doc{}, refuse("import.text.long")
	}
	b := newBuilder(o)
	sc := newScanner(text)
	for n := 0; ; n++ {
		words, t, ok := sc.next()
		if !ok {
			break
		}
		if n > maxMarks {
			return doc.Doc{}, refuse("import.text.long")
		}
		if words != "" {
			b.text(words)
		}
		if t.name != "" {
			b.tag(t)
		}
		if b.err != nil {
			return doc.Doc{}, b.err
		}
	}
	return b.end()
}

// Plain reads text without marks: a line is a paragraph. Errors are those of Read.
func Plain(text string) (doc.Doc, error) {
	if len(text) > MaxText || !utf8.ValidString(text) {
		return doc.Doc{}, refuse("import.text.long")
	}
	b := newBuilder(Options{Breaks: true})
	b.words(text)
	if b.err != nil {
		return doc.Doc{}, b.err
	}
	return b.end()
}

func refuse(code string, pairs ...any) error { return fault.New(fault.Invalid, code, pairs...) }

func (b *builder) end() (doc.Doc, error) {
	for len(b.stack) > 1 {
		b.pop()
	}
	b.flush()
	if b.err != nil {
		return doc.Doc{}, b.err
	}
	d := doc.Doc{Nodes: b.top().blocks}
	if err := d.Validate(); err != nil {
		return doc.Doc{}, fault.Wrap(fault.Invalid, err, "import.text.long")
	}
	return d, nil
}
