// Package gift reads and writes Moodle's GIFT format: items as a teacher types them.
//
// In: a text in UTF-8. Out: a flow.Bundle, and every question that was not taken with its line and reason; the other way
// round, a course as GIFT. Categories are folders, "[id:…]" and "[tag:…]" in the comment above a question are its id and its
// tags, feedback is the nudge of its answer, "####" begins the worked solution. The rules are those of Moodle's own reader
// (question/format/gift, Moodle 4.5), where its pages and its program differ, the program's.
//
// Place in the flow: layer 5; it reads and writes, the flow stores.
package gift

import (
	"regexp"
	"strings"

	"kith/internal/fault"
	"kith/internal/flow/intake"
	"kith/internal/interop/bank"
	"kith/internal/interop/html"
	"kith/internal/interop/source"
	"kith/internal/phrase"
)

// Kind is the name of the format.
const Kind = "gift"

// The bounds of a file: ten thousand questions have about 4 MB.
const (
	MaxFile       = 32 * source.MB
	maxEntry      = html.MaxText // bytes of one question
	maxCategories = 20_000       // lines
	maxComment    = 4096         // bytes of a comment that may say something
)

// Read reads a file's bytes. Errors: Invalid for what is no text in UTF-8 and for a file with nothing in it; Unavailable when
// the build holds no mathematics.
func Read(b []byte, o bank.Options) (intake.Bundle, error) {
	if len(b) > MaxFile {
		return intake.Bundle{}, fault.New(fault.Invalid, "fault.import.large", "file", o.File, "mb", MaxFile/source.MB)
	}
	text, err := source.Text(o.File, b)
	if err != nil {
		return intake.Bundle{}, err
	}
	r := reader{b: bank.New(Kind, o)}
	for line := range strings.Lines(strings.ReplaceAll(text, "\r\n", "\n")) {
		r.line++
		line = strings.TrimRight(line, " \t\r\n")
		bare := strings.TrimSpace(line)
		switch {
		case bare == "":
			err = r.end()
		case strings.HasPrefix(bare, "//"):
			r.comment(strings.TrimSpace(strings.TrimPrefix(bare, "//")))
		case strings.HasPrefix(bare, "$CATEGORY:"):
			if err = r.end(); err == nil {
				err = r.category(bare)
			}
		default:
			if r.begins == 0 {
				r.begins = r.line
			}
			r.size += len(line) + 1
			if r.size <= maxEntry {
				r.lines = append(r.lines, line)
			}
		}
		if err != nil {
			return intake.Bundle{}, err
		}
	}
	if err := r.end(); err != nil {
		return intake.Bundle{}, err
	}
	return r.b.Bundle()
}

// reader gathers the lines of one question after the other.
type reader struct {
	b      *bank.Bank
	folder []string
	line   int

	categories int // lines that change the folder

	lines  []string
	size   int
	begins int // the line where the question begins
	id     string
	tags   []string
}

var (
	idMark  = regexp.MustCompile(`\[id:((?:\\\]|[^\]])+)\]`)
	tagMark = regexp.MustCompile(`\[tag:((?:\\\]|[^\]])+)\]`)
	places  = regexp.MustCompile(`^\$[a-z]+\d*\$$`)
)

func (r *reader) comment(s string) {
	if len(s) > maxComment || r.b.Note(s) {
		return
	}
	if m := idMark.FindStringSubmatch(s); m != nil && r.id == "" {
		r.id = strings.ReplaceAll(m[1], `\]`, `]`)
	}
	for _, m := range tagMark.FindAllStringSubmatch(s, 50) {
		r.tags = append(r.tags, strings.ReplaceAll(m[1], `\]`, `]`))
	}
}

// category changes the folder. "$course$/top/" and the like say where in Moodle it hangs.
func (r *reader) category(line string) error {
	if r.categories++; r.categories > maxCategories {
		return fault.New(fault.Invalid, "fault.import.many", "file", r.b.Options().File, "most", maxCategories)
	}
	r.folder = Folder(strings.TrimSpace(strings.TrimPrefix(line, "$CATEGORY:")))
	r.b.Folder(bank.At{Line: r.line}, r.folder)
	return nil
}

// Folder reads a category's path as Moodle writes it, without the place in Moodle that it begins with.
func Folder(path string) []string {
	names := bank.SplitPath(path)
	if len(names) > 0 && places.MatchString(names[0]) {
		names = names[1:]
	}
	if len(names) > 0 && names[0] == "top" {
		names = names[1:]
	}
	return names
}

// end takes the question that the lines make, if they make one.
func (r *reader) end() error {
	if len(r.lines) == 0 {
		r.id, r.tags = "", nil
		return nil
	}
	q := question{reader: r, d: bank.Entry{At: bank.At{Line: r.begins}, ID: r.id, Tags: r.tags, Folder: r.folder}}
	text, long := strings.Join(r.lines, "\n"), r.size > maxEntry
	r.lines, r.size, r.begins, r.id, r.tags = nil, 0, 0, "", nil
	if long {
		q.skip(phrase.Of("import.text.long"))
		return nil
	}
	return q.read(text)
}
