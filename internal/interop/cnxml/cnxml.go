// Package cnxml reads a book in CNXML, the form in which OpenStax keeps its books, as a course.
//
// In: a folder or an archive with a collection (its chapters and sections), a file a section, and pictures. Out: an intake.Bundle:
// a chapter is a unit; each "you will learn" line of a section an objective, a skill and, with the part of the section that teaches
// it, a lesson; worked examples pause before their solution; exercises whose answer can be read are items; what a readiness question
// sends back to is a prerequisite; and, for everything that was not taken, the reason. MathML stays MathML. The licence, the authors
// and the book's name are read from the files and stand on everything.
//
// A lesson is the part of a section that teaches one objective and not the whole section: a section takes forty minutes, more than an
// evening's plan, and more than a text may hold (doc.MaxRunes); and a lesson that teaches five skills says nothing about one.
//
// Place in the flow: layer 5, over bank; it reads, the flow stores. Source of the format: CNXML 0.7 and CollXML (Rhaptos), as in
// OpenStax's repositories.
package cnxml

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"kith/internal/content"
	"kith/internal/fault"
	"kith/internal/flow/intake"
	"kith/internal/interop/bank"
	"kith/internal/item"
	"kith/internal/phrase"
	"kith/internal/skill"
)

// Kind is the name of the format.
const Kind = "cnxml"

// EdgeSource says of an edge that the book's readiness questions claim it.
const EdgeSource = "openstax readiness"

// maxModules bounds a book; a real one has a hundred.
const maxModules = 2_000

// Book reads an archive's bytes. Errors are those of Load and Read.
func Book(b []byte, o bank.Options) (intake.Bundle, error) {
	return From(bytes.NewReader(b), int64(len(b)), o)
}

// From reads an archive where it stands, which is open for as long as the bundle is used: pictures are read when they are wanted.
// Errors are those of Load and Read.
func From(at io.ReaderAt, size int64, o bank.Options) (intake.Bundle, error) {
	f, err := archive(o.File, at, size)
	if err != nil {
		return intake.Bundle{}, err
	}
	return Read(f, "", o, nil)
}

// Read makes a bundle of a book. slug names it where there are several ("" = the only one). progress (may be nil) hears how many of
// its modules are read. Errors: Invalid, naming the file and the line; a book without a licence is refused, unless whoever brings it
// gives one (o.Licence).
func Read(f Files, slug string, o bank.Options, progress func(done, all int)) (intake.Bundle, error) {
	b, err := f.theBook(slug)
	if err != nil {
		return intake.Bundle{}, err
	}
	r := &reader{files: f, paths: f.modules(), pictures: f.pictures(), book: b, say: o.Say, progress: progress,
		o: outline{book: &b, modules: map[string]*module{}, places: map[string]place{}}, edges: map[[2]skill.ID]bool{}}
	if r.say == nil {
		r.say = func(p phrase.Phrase) string { n, _ := p.Args["n"].(string); return cmp.Or(n, "—") }
	}
	o.File = f.name
	r.bank = bank.New(Kind, o)
	if err := r.outline(); err != nil {
		return intake.Bundle{}, err
	}
	b.licence = cmp.Or(b.licence, o.Licence)
	r.book = b
	if b.licence == "" {
		return intake.Bundle{}, fault.New(fault.Invalid, "fault.import.no_licence", "file", shown(b.file))
	}
	r.book.authors = cmp.Or(b.authors, o.Authors)
	if err := r.all(); err != nil {
		return intake.Bundle{}, err
	}
	return r.bundle(o)
}

// theBook finds and reads the collection that is meant.
func (f Files) theBook(slug string) (book, error) {
	names := f.collections()
	if f.book != "" {
		names = []string{f.book}
	}
	var slugs []string
	var only *book
	for _, name := range names {
		b, err := f.read(name)
		if err != nil {
			return book{}, err
		}
		one, err := readBook(name, b)
		if err != nil {
			return book{}, err
		}
		slugs = append(slugs, one.slug)
		if slug == one.slug || slug == "" && len(names) == 1 {
			only = &one
		}
	}
	said := strings.Join(slugs, ", ")
	switch {
	case only != nil:
		return *only, nil
	case len(slugs) == 0:
		return book{}, fault.New(fault.Invalid, "fault.import.no_collection", "file", f.name)
	case slug == "":
		return book{}, fault.New(fault.Invalid, "fault.import.which_book", "file", f.name, "books", said)
	}
	return book{}, fault.New(fault.NotFound, "fault.import.book", "book", slug, "books", said)
}

// reader makes one bundle.
type reader struct {
	files    Files
	paths    map[string]string
	pictures pictures
	book     book
	say      func(phrase.Phrase) string
	progress func(done, all int)
	bank     *bank.Bank
	o        outline
	edges    map[[2]skill.ID]bool
	course   skill.Course
	lessons  []*lesson
	pool     pool
}

func (r *reader) module(name string) (*node, string, error) {
	file := r.paths[name]
	if file == "" {
		return nil, "", fault.New(fault.Invalid, "fault.import.missing", "file", shown(r.book.file), "name", clip(name))
	}
	b, err := r.files.read(file)
	if err != nil {
		return nil, file, err
	}
	root, err := parse(file, b)
	if err == nil && (root.name != "document" || root.maths) {
		err = fault.New(fault.Invalid, "fault.import.xml_root", "file", shown(file), "line", root.line, "name", clip(root.name), "want", "document")
	}
	return root, file, err
}

// outline goes through the book once: what it is made of, and where everything stands to which something leads. A module that cannot
// be read is left out with its reason; the rest of the book stands without it.
func (r *reader) outline() error {
	for _, name := range r.book.before {
		if root, _, err := r.module(name); err == nil {
			r.o.book.signed(root)
			r.skip(name, phrase.Of("import.cnxml.outside"))
		} else if err := r.refused(name, err); err != nil {
			return err
		}
	}
	n := 0
	for i, c := range r.book.chapters {
		r.o.counts = map[string]int{}
		section := 1
		for _, name := range c.modules {
			if n++; n > maxModules {
				return fault.New(fault.Invalid, "fault.import.many", "file", shown(r.book.file), "most", maxModules)
			}
			if r.o.modules[name] != nil {
				r.skip(name, phrase.Of("import.twice"))
				continue
			}
			root, file, err := r.module(name)
			if err != nil {
				if err := r.refused(name, err); err != nil {
					return err
				}
				continue
			}
			m := &module{name: name, file: file, chapter: i}
			for _, d := range r.o.chapterModule(m, root, section) {
				r.bank.Doubt(bank.At{File: shown(file), Name: d.id}, d.why)
			}
			if m.number != "" {
				section++
			}
		}
	}
	if len(r.o.order) == 0 {
		return fault.New(fault.Invalid, "fault.import.empty", "file", shown(r.book.file))
	}
	for _, m := range r.o.order {
		for _, t := range m.topics {
			r.course.Skills, r.course.Objectives = append(r.course.Skills, t.skillOf()), append(r.course.Objectives, t.objectiveOf())
		}
	}
	return nil
}

func (r *reader) skip(name string, why phrase.Phrase) {
	file := r.book.file
	if r.paths[name] != "" {
		file = r.paths[name]
	}
	r.bank.Skip(bank.At{File: shown(file), Name: name}, why)
}

func (r *reader) refused(name string, err error) error {
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	r.skip(name, phrase.Of("import.cnxml.module", "detail", r.say(fault.Said(err))))
	return nil
}

// all goes through the sections a second time, with all that the first found.
func (r *reader) all() error {
	for i, m := range r.o.order {
		root, _, err := r.module(m.name)
		if err != nil {
			return err
		}
		if m.number == "" {
			r.skip(m.name, phrase.Of("import.cnxml.introduction"))
		} else if err := r.section(m, root); err != nil {
			return err
		}
		if r.progress != nil {
			r.progress(i+1, len(r.o.order))
		}
	}
	return nil
}

func (r *reader) shaper(m *module) *shaper {
	read := r.files.read // and not the reader with all that it has gathered
	find := func(src string) (string, bool) {
		name, body := r.pictures.find(m.file, src)
		if body == nil {
			return "", false
		}
		return r.bank.PictureAgain(name, body, func() ([]byte, error) { return read(name) })
	}
	return &shaper{o: &r.o, m: m, say: r.say, find: find, pool: &r.pool}
}

// bundle gathers the course.
func (r *reader) bundle(o bank.Options) (intake.Bundle, error) {
	out, err := r.bank.Bundle()
	if err != nil {
		return out, err
	}
	b := r.book
	out.Source, out.Licence, out.Attribution = Kind+"/"+b.slug, b.licence, b.called()
	if b.authors != "" {
		out.Attribution += "; " + b.authors
	}
	credit := func(number string) *item.Attribution {
		return &item.Attribution{Source: r.say(phrase.Of("import.cnxml.source", "n", number, "book", b.called())), Authors: b.authors, Licence: b.licence, URL: b.address}
	}
	topics, units := map[skill.ID]*topic{}, map[int]int{}
	for _, m := range r.o.order {
		for _, t := range m.topics {
			topics[skill.ID(t.id)] = t
		}
	}
	for i, it := range out.Items {
		t := topics[skill.ID(bank.SplitPath(string(it.Skills[0]))[0])]
		out.Items[i].Skills, out.Items[i].Attribution = []skill.ID{skill.ID(t.id)}, credit(t.module.number)
	}
	taught := map[skill.ObjectiveID]content.LessonID{}
	there := map[item.ID]bool{}
	for _, it := range out.Items {
		there[it.ID] = true
	}
	for i := range out.Lessons {
		l := &out.Lessons[i]
		at := slices.IndexFunc(r.lessons, func(x *lesson) bool { return "lesson/"+x.topic.id == string(l.ID) })
		t := r.lessons[at].topic
		l.Code, l.Title, l.Objective, l.Skills, l.Attribution = t.code, t.title, skill.ObjectiveID(t.id), []skill.ID{skill.ID(t.id)}, credit(t.module.number)
		l.Checks = r.lessons[at].checks(there)
		taught[l.Objective] = l.ID
	}
	r.course.ID, r.course.Title, r.course.Lang = skill.CourseID(b.slug), cmp.Or(o.Title, b.title), out.Course.Lang
	out.Course, out.Units = r.course, nil
	asked := map[skill.ID]bool{}
	for _, it := range out.Items {
		asked[it.Skills[0]] = true
	}
	for _, m := range r.o.order {
		for _, t := range m.topics {
			objective := skill.ObjectiveID(t.id)
			if taught[objective] == "" && !asked[skill.ID(t.id)] {
				continue // nothing to read and nothing to practise: no part of a unit; a doubt has said so
			}
			at, ok := units[m.chapter]
			if !ok {
				at = len(out.Units)
				units[m.chapter] = at
				id := fmt.Sprint("chapter-", m.chapter+1)
				out.Units = append(out.Units, content.Unit{ID: content.UnitID(id), Code: id, Title: fmt.Sprint(m.chapter+1, ". ", b.chapters[m.chapter].title), Attribution: credit(fmt.Sprint(m.chapter + 1))})
			}
			out.Units[at].Parts = append(out.Units[at].Parts, content.Part{Objective: objective, Lesson: taught[objective]})
		}
	}
	return out, nil
}
