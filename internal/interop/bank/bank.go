// Package bank is what the formats of items have in common: entries in folders, and the course that becomes of them.
//
// In: what a reader of a format found, one Entry after another, with the folder, the line and the name that it has there. Out:
// an intake.Bundle whose skills are the folders that hold anything, whose units are the folders around them, and whose ids are
// the source's own, so that the same file always gives the same; and, for everything that was not taken, the reason. The other
// way round (Entries) a course becomes entries for a writer of a format.
//
// What an item may be is for package item to say: an entry that Kith has no kind for, or whose key cannot be right, is left out
// with its reason, and what looks like a mistake of the source is named.
//
// Place in the flow: layer 5, beneath the readers and writers of formats.
package bank

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"kith/internal/content"
	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/flow/intake"
	"kith/internal/interop/html"
	"kith/internal/interop/picture"
	"kith/internal/item"
	"kith/internal/phrase"
)

// The bounds of one bank. A school's whole collection has some thousands of items.
const (
	maxEntries = 20_000
	maxName    = 100 // bytes of an item's name
	maxFolder  = 400 // bytes of a folder's whole path
	maxTags    = 8
	maxSteps   = 30 // hints of one item (item.Check)
)

// Options is what whoever asks for a reading says of it.
type Options struct {
	File string // the file's name, for the report
	// Title, Lang, Licence and Authors say what the file may not: "" leaves it to the file, then to the file's name, English,
	// and nothing.
	Title, Lang, Licence, Authors string
	// True and False are the words of a true-or-false item, in the course's language.
	True, False string
	// Say says words of ours that become part of a text, in the course's language, such as "Example 1.3" in a book; nil = they are
	// left out.
	Say func(phrase.Phrase) string
}

// At is where something stands.
type At struct {
	File string // inside an archive; "" = Options.File
	Line int    // from 1; 0 where lines say nothing
	Name string // what it is called there
}

// Bank gathers what one file holds. It is used by one goroutine.
type Bank struct {
	kind             string
	o                Options
	head             Head
	placed           []placed
	ids              map[string]bool
	codes            map[string]bool
	idNext, codeNext map[string]int    // see free
	asked            map[string]string // what is asked in a folder, to the answer
	firsts           map[string]string // and to the name of who asks it first
	set              picture.Set
	bare             bool // a picture of the present entry has no description
	folders          map[string]At
	skipped          []intake.Record
	doubts           []intake.Record
}

// placed is an entry that became an item or a lesson.
type placed struct {
	folder []string
	tags   []string
	item   *item.Item
	lesson *content.Lesson
}

// New begins a bank of a kind ("gift").
func New(kind string, o Options) *Bank {
	return &Bank{kind: kind, o: o, head: Head{}, ids: map[string]bool{}, codes: map[string]bool{}, idNext: map[string]int{}, codeNext: map[string]int{}, asked: map[string]string{},
		firsts: map[string]string{}, folders: map[string]At{}}
}

// Options are those of New.
func (b *Bank) Options() Options { return b.o }

func (b *Bank) record(at At, why phrase.Phrase) intake.Record {
	file := at.File
	if file == "" {
		file = b.o.File
	}
	return intake.Record{File: file, Line: at.Line, ID: short(at.Name, maxName), Outcome: intake.Skipped, Reason: why}
}

// Skip reports something that is not taken.
func (b *Bank) Skip(at At, why phrase.Phrase) { b.skipped = append(b.skipped, b.record(at, why)) }

// Doubt reports what is taken and may be a mistake of the source.
func (b *Bank) Doubt(at At, why phrase.Phrase) {
	r := b.record(at, why)
	r.Outcome = ""
	b.doubts = append(b.doubts, r)
}

// Refused skips what a text's reader refused. Errors: err itself when it is about nothing in the file.
func (b *Bank) Refused(at At, err error) error {
	b.bare = false
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	b.Skip(at, fault.Said(err))
	return nil
}

// HTML says how a text's pictures are found: those that stand in their own address, and those that lookup gives.
func (b *Bank) HTML(lookup func(src string) (name string, body []byte)) html.Options {
	return html.Options{Undescribed: func() { b.bare = true }, Picture: func(src string) (string, bool) {
		name, body := inAddress(src)
		if body == nil && lookup != nil {
			name, body = lookup(src)
		}
		if body == nil {
			return "", false
		}
		return b.set.Add(name, body)
	}}
}

// Picture keeps a picture that stands by itself and gives its id; ok=false for what is none.
func (b *Bank) Picture(name string, body []byte) (id string, ok bool) {
	if body == nil {
		return "", false
	}
	return b.set.Add(name, body)
}

// PictureAgain keeps a picture whose bytes again reads once more (nil = it cannot), and gives the name under which a text shows it.
func (b *Bank) PictureAgain(name string, body []byte, again func() ([]byte, error)) (id string, ok bool) {
	return b.set.AddAgain(name, body, again)
}

// place gives what was made its id and its name. ok=false when its id stands in the file already.
func (b *Bank) place(at At, folder, tags []string, id string, fingerprint string) (placedID, code string, ok bool) {
	name := tidy(at.Name)
	if id == "" {
		id = Path(append(append([]string{}, folder...), name))
		if name == "" {
			sum := sha256.Sum256([]byte(fingerprint))
			id = "~" + hex.EncodeToString(sum[:6])
		}
		id = free(b.ids, b.idNext, long(id), "")
	}
	if b.ids[id] || len(id) > maxFolder {
		b.Skip(at, phrase.Of("import.item.id_twice", "id", short(id, maxName)))
		return "", "", false
	}
	b.ids[id] = true
	if name == "" {
		name = tidy(strings.SplitN(fingerprint, "\n", 2)[0])
	}
	code = short(name, maxName)
	if code == "" {
		code = id
	}
	code = free(b.codes, b.codeNext, code, short(name, maxName-8))
	b.codes[code] = true
	return id, code, true
}

// free is a name that is not taken yet: itself, or with the next number behind it (behind cut where that is set). next remembers
// how far a name has been counted, so that twenty thousand things of one name take no longer than as many of their own.
func free(taken map[string]bool, next map[string]int, name, cut string) string {
	if !taken[name] {
		return name
	}
	base := cmp.Or(cut, name)
	for n := max(next[base], 2); ; n++ {
		if try := base + number(n); !taken[try] {
			next[base] = n + 1
			return try
		}
	}
}

func number(n int) string {
	if n < 2 {
		return ""
	}
	return " (" + strconv.Itoa(n) + ")"
}

// long keeps an id that would be too long apart from its likes by its hash.
func long(id string) string {
	if len(id) <= maxFolder-10 {
		return id
	}
	sum := sha256.Sum256([]byte(id))
	return short(id, 100) + "~" + hex.EncodeToString(sum[:6])
}

// tidy is a name on one line without signs that do not show.
func tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && !unicode.IsSpace(r) || r == 0xFEFF || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 {
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// short cuts a text to most bytes, between signs.
func short(s string, most int) string {
	if len(s) <= most {
		return s
	}
	cut := most - len("…")
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return strings.TrimSpace(s[:cut]) + "…"
}

// titleOf is what a course is called whose file says nothing: the file's name.
func titleOf(file string) string {
	s := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
	s = tidy(strings.NewReplacer("_", " ", "-", " ").Replace(s))
	if s == "" {
		return "Items"
	}
	return short(UpperFirst(s), maxName)
}

// UpperFirst is a text that begins with a capital letter.
func UpperFirst(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

// LowerFirst is a text that begins with a small letter, as behind "I can".
func LowerFirst(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(first)) + s[size:]
}

// shown walks the pictures of texts.
func shown(texts []doc.Doc, each func(id string)) {
	var walk func(nodes []doc.Node)
	walk = func(nodes []doc.Node) {
		for _, n := range nodes {
			if n.Kind == doc.Image {
				each(n.Name)
			}
			walk(n.Nodes)
		}
	}
	for _, d := range texts {
		walk(d.Nodes)
	}
}

// textsOf are all texts of an item.
func textsOf(it item.Item) (out []doc.Doc) {
	it.Retold(func(d doc.Doc) doc.Doc {
		out = append(out, d)
		return d
	})
	return out
}
