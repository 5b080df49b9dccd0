// Package oatutor reads a course of OATutor together with the book that it follows.
//
// In: OATutor's problems (one a line, JSON, packed), its coursePlans.json and the archive of its figures; OpenStax's
// sections.json and prerequisites.csv. Out: a flow.Bundle: skills and objectives joined by what they say, readiness
// questions as prerequisites, chapters as units, steps with a choice or a number for an answer as items, with TeX as
// MathML; and, for everything that was not taken, the reason. It reads and judges nothing but form, and stores nothing.
//
// Place in the flow: layer 5; it reads, the flow writes. Sources: CAHLR/OATutor-Content and OpenStax, both CC BY 4.0.
package oatutor

import (
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"kith/internal/fault"
	"kith/internal/flow/intake"
	"kith/internal/interop/source"
	"kith/internal/item"
	"kith/internal/phrase"
)

// Authors are whom the licences of OATutor and of the books ask to be named.
const Authors = oatutors + "; Lynn Marecek, MaryAnne Anthony-Smith, Andrea Honeycutt Mathis (OpenStax)"

const oatutors = "OATutor (CAHLR, UC Berkeley)"

// authorsOf are whom a course asks to be named whose book has other authors.
func authorsOf(book string) string {
	switch book {
	case "elementary-algebra-2e", "prealgebra-2e":
		return Authors
	case "intermediate-algebra-2e":
		return oatutors + "; Lynn Marecek, Andrea Honeycutt Mathis (OpenStax)"
	case "introductory-statistics":
		return oatutors + "; Barbara Illowsky, Susan Dean (OpenStax)"
	}
	return oatutors
}

const licence = "CC BY 4.0"

// Files are a course's files, named and read.
type Files struct {
	Course   string // the name of the course's file; the others are for messages
	Problems []byte
	Plans    []byte // coursePlans.json
	Figures  []byte // a tar archive of PROBLEM/NAME; may be empty
	Sections []byte // sections.json
	Edges    []byte // prerequisites.csv

	loose map[string][]byte // figures that stand by themselves, by PROBLEM/NAME
}

// Courses are the files of courses in a folder, in order; a file is itself. Errors: Invalid for a folder that holds none.
func Courses(at string) ([]string, error) {
	if info, err := os.Stat(at); err != nil || !info.IsDir() {
		return []string{at}, nil // what is not there is for Load to say
	}
	var out []string
	list, err := os.ReadDir(at)
	for _, e := range list {
		if e.Type().IsRegular() && isCourse(e.Name()) {
			out = append(out, filepath.Join(at, e.Name()))
		}
	}
	if err == nil && len(out) == 0 {
		err = fault.New(fault.Invalid, "fault.import.oatutor.lacks", "file", at)
	}
	return out, err
}

// Load reads the files of a course: at is its file (COURSE.jsonl.gz, see Courses); coursePlans.json and COURSE-figures.tar stand beside it. openstax is the folder of sections.json and prerequisites.csv;
// "" is the folder openstax beside the course's folder.
// Errors: Invalid, naming the file.
func Load(at, openstax string) (Files, error) {
	dir := filepath.Dir(at)
	if openstax == "" {
		openstax = filepath.Join(dir, "..", "openstax")
	}
	f := Files{Course: filepath.Base(at)}
	for _, part := range []struct {
		to   *[]byte
		name string
		max  int64
	}{{&f.Problems, at, maxPacked}, {&f.Plans, filepath.Join(dir, plansName), maxPlans},
		{&f.Sections, filepath.Join(openstax, "sections.json"), maxSections}, {&f.Edges, filepath.Join(openstax, "prerequisites.csv"), maxSections}} {
		var err error
		if *part.to, err = source.Read(part.name, part.max); err != nil {
			return f, err
		}
	}
	figures := stem(at) + "-figures.tar"
	if _, err := os.Stat(figures); err != nil {
		return f, nil // a course without figures; a step that needs one is named
	}
	var err error
	f.Figures, err = source.Read(figures, maxFigures)
	return f, err
}

// Read makes a bundle of a course's files. progress (may be nil) hears how many of the problems are read.
// Errors: Invalid, naming the file and the line; Unavailable when the build holds no mathematics.
func Read(f Files, progress func(done, all int)) (intake.Bundle, error) {
	problems, err := readProblems(f.Course, f.Problems)
	if err != nil {
		return intake.Bundle{}, err
	}
	first := problems[0]
	p, err := planOf(plansName, f.Plans, first.CourseName)
	if err != nil {
		return intake.Bundle{}, err
	}
	var sections []section
	if len(f.Sections) > 0 {
		if err := source.JSON("sections.json", f.Sections, &sections); err != nil {
			return intake.Bundle{}, err
		}
	}
	bookName, address := theBook(problems)
	book := path.Base(address)
	outline, err := makeOutline(p, problems, sections, book)
	if err != nil {
		return intake.Bundle{}, err
	}
	if err := outline.readiness("prerequisites.csv", f.Edges, book); err != nil {
		return intake.Bundle{}, err
	}
	credit := item.Attribution{Source: "OATutor / " + strings.Replace(bookName, "OpenStax: ", "OpenStax ", 1), Authors: authorsOf(book), Licence: licence, URL: address}
	if bookName == "" || bookName == "OATutor" {
		credit.Source = "OATutor / " + first.CourseName
	}
	if strings.HasSuffix(book, "-2e") && !strings.HasSuffix(credit.Source, "2e") {
		credit.Source += " 2e"
	}
	m := maker{outline: outline, file: f.Course, credit: credit}
	if m.figures, err = readFigures(f.Figures, f.loose); err != nil {
		return intake.Bundle{}, err
	}
	results, err := m.all(problems, progress)
	if err != nil {
		return intake.Bundle{}, err
	}
	return m.bundle(problems, results), nil
}

// theBook is where most of the problems say that they come from.
func theBook(problems []problem) (name, address string) {
	count := map[string]int{}
	most := ""
	for _, p := range problems {
		if count[p.OER]++; count[p.OER] > count[most] {
			most = p.OER
		}
	}
	name, address, ok := named(most)
	if !ok {
		address = strings.TrimSpace(most)
	}
	return name, address
}

// all makes the items on every processor, in the order of the problems.
func (m maker) all(problems []problem, progress func(done, all int)) ([][]made, error) {
	results := make([][]made, len(problems))
	var next, done atomic.Int64
	var wait sync.WaitGroup
	var said sync.Mutex
	errs := make([]error, runtime.NumCPU())
	for worker := range errs {
		wait.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(problems) || errs[worker] != nil {
					return
				}
				for _, s := range problems[i].Steps {
					one, err := m.step(problems[i], s)
					if err != nil {
						errs[worker] = err
						return
					}
					results[i] = append(results[i], one)
				}
				if n := int(done.Add(1)); progress != nil {
					said.Lock()
					progress(n, len(problems))
					said.Unlock()
				}
			}
		})
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return results, nil
}

// bundle gathers what was made, leaves out what says the same twice or contradicts itself, and counts.
func (m maker) bundle(problems []problem, results [][]made) intake.Bundle {
	b := intake.Bundle{Source: "oatutor/" + string(m.outline.course.ID), Licence: licence, Attribution: m.credit.Source + "; " + m.credit.Authors}
	keys := map[string]map[string]bool{} // what is asked, by skill, to the answers that it has
	for _, list := range results {
		for _, one := range list {
			if one.why.Code == "" {
				at := string(one.item.Skills[0]) + "\n" + one.asks
				if keys[at] == nil {
					keys[at] = map[string]bool{}
				}
				keys[at][one.answer] = true
			}
		}
	}
	firsts := map[string]string{}
	items := map[string]int{}
	for i, list := range results {
		for j, one := range list {
			id := problems[i].Steps[j].ID
			if one.why.Code == "" {
				topic := string(one.item.Skills[0])
				if len(keys[topic+"\n"+one.asks]) > 1 {
					one.why = phrase.Of("import.oatutor.contradicts")
				} else if was, twice := firsts[topic+"\n"+one.asks]; twice {
					one.why = phrase.Of("import.oatutor.twice", "id", was)
				} else {
					firsts[topic+"\n"+one.asks] = id
				}
			}
			if one.why.Code != "" {
				b.Skipped = append(b.Skipped, intake.Record{File: m.file, ID: id, Outcome: intake.Skipped, Reason: one.why})
				continue
			}
			b.Items = append(b.Items, one.item)
			items[string(one.item.Skills[0])]++
		}
	}
	m.outline.practised(items)
	for i := range m.outline.units {
		credit := m.credit
		m.outline.units[i].Attribution = &credit
	}
	b.Course, b.Units = m.outline.course, m.outline.units
	b.Skipped = append(b.Skipped, m.outline.skipped...)
	b.Doubts = m.outline.lonely(items)
	for _, p := range problems {
		if said := strings.TrimSpace(p.Licence); said == "" || said == "CC4.0" {
			b.Doubts = append(b.Doubts, intake.Record{File: m.file, Line: p.line, ID: p.ID, Reason: phrase.Of("import.oatutor.collection", "licence", licence)})
		}
	}
	b.Files = used(m.figures, b.Items)
	return b
}
