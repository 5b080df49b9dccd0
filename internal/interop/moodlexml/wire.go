package moodlexml

import (
	"encoding/xml"
	"net/url"
	"strings"

	"kith/internal/doc"
	"kith/internal/interop/bank"
	"kith/internal/interop/html"
	"kith/internal/interop/markdown"
)

// wire is one entry as it stands in the file.
type wire struct {
	Type     string `xml:"type,attr"`
	Category struct {
		Text string `xml:"text"`
	} `xml:"category"`
	Name struct {
		Text string `xml:"text"`
	} `xml:"name"`
	IDNumber string   `xml:"idnumber"`
	Hidden   string   `xml:"hidden"`
	Text     prose    `xml:"questiontext"`
	General  prose    `xml:"generalfeedback"`
	Else     prose    `xml:"incorrectfeedback"`
	Single   string   `xml:"single"`
	Shuffle  string   `xml:"shuffleanswers"`
	Answers  []answer `xml:"answer"`
	Units    []struct {
		Name       string `xml:"unit_name"`
		Multiplier string `xml:"multiplier"`
	} `xml:"units>unit"`
	Pairs []struct {
		prose
		Answer prose `xml:"answer"`
	} `xml:"subquestion"`
	Hints []prose `xml:"hint"`

	UseCase  string `xml:"usecase"`
	Response string `xml:"responseformat"`
	Files    string `xml:"attachments"`
	MustFile string `xml:"attachmentsrequired"`
	Grader   prose  `xml:"graderinfo"`
	Template prose  `xml:"responsetemplate"`

	Boxes    []choice   `xml:"dragbox"`
	Options  []choice   `xml:"selectoption"`
	Drags    []struct{} `xml:"drag"`
	Pictures []file     `xml:"file"` // that on which markers are put

	Notes string `xml:",comment"` // what only Kith says (notes)

	Tags []struct {
		Text string `xml:"text"`
	} `xml:"tags>tag"`
}

// choice is what may go into a gap: the nth gap takes the nth.
type choice struct {
	Text  string `xml:"text"`
	Group string `xml:"group"`
}

type answer struct {
	prose
	Fraction  string `xml:"fraction,attr"`
	Feedback  prose  `xml:"feedback"`
	Tolerance string `xml:"tolerance"`
}

// prose is a text with its format and the pictures that it shows.
type prose struct {
	Format string `xml:"format,attr"`
	Text   struct {
		Said string `xml:",chardata"`
		Raw  []struct {
			XMLName xml.Name
		} `xml:",any"` // marks of HTML that were not escaped
	} `xml:"text"`
	Files []file `xml:"file"`
}

// file is a picture that stands in the file.
type file struct {
	Name     string `xml:"name,attr"`
	Path     string `xml:"path,attr"`
	Encoding string `xml:"encoding,attr"`
	Body     string `xml:",chardata"`
}

// inFile begins the address of a picture that stands in the file.
const inFile = "@@PLUGINFILE@@/"

// lookup finds a text's pictures.
func (p prose) lookup(src string) (name string, body []byte) {
	rest, ok := strings.CutPrefix(src, inFile)
	if !ok {
		return "", nil
	}
	rest, _, _ = strings.Cut(rest, "?")
	if plain, err := url.PathUnescape(rest); err == nil {
		rest = plain
	}
	for _, f := range p.Files {
		if strings.Trim(f.Path, "/")+"/"+f.Name == rest || strings.Trim(f.Path, "/") == "" && f.Name == rest {
			if f.Encoding != "" && f.Encoding != "base64" {
				return "", nil
			}
			return f.Name, bank.Unbase64(f.Body)
		}
	}
	return "", nil
}

// doc reads the text. The error is html.Read's.
func (p prose) doc(b *bank.Bank, preset string) (doc.Doc, error) {
	format := p.Format
	if format == "" {
		format = preset
	}
	o := b.HTML(p.lookup)
	switch format {
	case "markdown":
		return markdown.Text(p.Text.Said, o)
	case "plain_text", "plain":
		return html.Plain(p.Text.Said)
	case "moodle_auto_format":
		o.Breaks = true
	}
	return html.Read(strings.TrimSpace(p.Text.Said), o)
}

// raw reports whether any text of the entry holds marks that stand in the file as elements, which reading would lose.
func (q wire) raw() bool {
	all := append([]prose{q.Text, q.General, q.Grader}, q.Hints...)
	for _, p := range q.Pairs {
		all = append(all, p.prose, p.Answer)
	}
	for _, a := range q.Answers {
		all = append(all, a.prose, a.Feedback)
	}
	for _, p := range all {
		if len(p.Text.Raw) > 0 {
			return true
		}
	}
	return false
}
