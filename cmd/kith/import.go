package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"kith/internal/access"
	"kith/internal/blob"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/door"
	"kith/internal/flow/intake"
	"kith/internal/interop/bringing"
	"kith/internal/interop/cnxml"
	"kith/internal/interop/formats"
	"kith/internal/interop/oatutor"
	"kith/internal/interop/people"
	"kith/internal/interop/standards"
	"kith/internal/phrase"
	"kith/internal/roster"
	"kith/internal/store"
)

type importCmd struct {
	where
	Kind     string `arg:"" optional:"" help:"What: standards, people, oatutor, cnxml (a book of OpenStax's), or items as csv, gift, markdown, moodle (XML) or qti."`
	Path     string `arg:"" optional:"" help:"The file or folder." type:"path"`
	Undo     string `help:"Take an import back, by its id in the list, or the last one: what has answers is withdrawn, the rest deleted." placeholder:"ID|last"`
	List     bool   `help:"List what was imported, when and by whom."`
	Template bool   `help:"Print an example to fill in (csv, markdown), and import nothing."`
	Course   string `help:"The course, by its code, into which the items go (items); else the one that the file comes from, or a new one." placeholder:"CODE"`
	School   string `help:"The school's code; needed when there is more than one." placeholder:"CODE"`
	OpenStax string `name:"openstax" help:"The folder of OpenStax's sections.json and prerequisites.csv (oatutor); else openstax beside the course's folder." type:"path" placeholder:"DIR"`
	Book     string `help:"Which of several books, by its short name (cnxml)." placeholder:"NAME"`
	Class    string `help:"The class that the people join (people)." placeholder:"NAME"`
	Title    string `help:"What the course is called (items); else what the file says, or its name." placeholder:"TEXT"`
	Lang     string `help:"The course's language (items), such as en or de." placeholder:"TAG"`
	Licence  string `name:"license" help:"The license under which the items may be used." placeholder:"TEXT"`
	Authors  string `help:"Who wrote the items." placeholder:"TEXT"`
	DryRun   bool   `help:"Say what would change, and change nothing."`
	JSON     bool   `name:"json" help:"Report as JSON."`
}

// Run imports: the report goes to the standard output, how far it is to the standard error.
func (c *importCmd) Run() error { return c.run(context.Background(), os.Stdout, os.Stderr) }

func (c *importCmd) run(ctx context.Context, out, far io.Writer) error {
	words, err := catalogue()
	if err != nil {
		return err
	}
	if c.Undo != "" || c.List {
		return c.takeBack(ctx, out, far, words)
	}
	bring, ok := map[string]func(context.Context, *importer) (intake.Report, error){
		"standards": c.standards,
		"people":    c.people,
		"oatutor":   c.oatutor,
		cnxml.Kind:  c.cnxml,
	}[c.Kind]
	if !ok {
		if _, ok = formats.Find(c.Kind); !ok {
			return fault.New(fault.Invalid, "fault.import.kind", "kind", c.Kind, "kinds", formats.Names(false))
		}
		bring = c.bank
	}
	switch {
	case c.Template:
		return c.template(out)
	case c.Path == "":
		return fault.New(fault.Invalid, "fault.import.no_path", "kind", c.Kind)
	}
	if err := c.inFolder(); err != nil {
		return err
	}
	s, err := store.Open(ctx, store.Config{Dir: c.Data, URL: c.DB})
	if fault.Said(err).Code == "fault.store.locked" {
		return fault.Wrap(fault.Conflict, err, "fault.import.running", "folder", c.Data)
	}
	if err != nil {
		return err
	}
	defer s.Close()
	im := &importer{flow: flow.New(s), out: out, far: &progress{to: far, words: words}}
	if im.school, err = theSchool(ctx, im.flow, c.School, c.Data); err != nil {
		return err
	}
	defer bringing.Frugal()()
	report, err := bring(ctx, im)
	im.far.end()
	if err != nil {
		return err
	}
	return writeReport(out, words, report, filepath.Base(c.Path), c.JSON)
}

// importer is what a kind of import works with.
type importer struct {
	flow   *flow.Flow
	school roster.SchoolID
	far    *progress
	out    io.Writer
}

func (c *importCmd) standards(ctx context.Context, im *importer) (intake.Report, error) {
	in, err := standards.Read(c.Path)
	if err != nil {
		return intake.Report{}, err
	}
	return intake.ImportStandards(ctx, im.flow, im.school, in, c.DryRun, im.far.step("import.progress.writing"))
}

func (c *importCmd) people(ctx context.Context, im *importer) (intake.Report, error) {
	in, err := people.Read(c.Path)
	if err != nil {
		return intake.Report{}, err
	}
	return intake.ImportPeople(ctx, im.flow, access.Actor{School: im.school, System: true}, in, c.Class, c.DryRun, im.far.step("import.progress.writing"))
}

// oatutor imports a course, or all that a folder holds, each as an import of its own: every report but the last is written here.
func (c *importCmd) oatutor(ctx context.Context, im *importer) (report intake.Report, err error) {
	if strings.HasSuffix(strings.ToLower(c.Path), ".zip") {
		return c.bank(ctx, im)
	}
	courses, err := oatutor.Courses(c.Path)
	for i, course := range courses {
		if report, err = c.oneOATutor(ctx, im, course); err != nil {
			return report, err
		}
		if i < len(courses)-1 {
			im.far.end()
			if err := writeReport(im.out, im.far.words, report, filepath.Base(course), c.JSON); err != nil {
				return report, err
			}
		}
	}
	return report, err
}

func (c *importCmd) oneOATutor(ctx context.Context, im *importer, course string) (intake.Report, error) {
	files, err := oatutor.Load(course, c.OpenStax)
	if err != nil {
		return intake.Report{}, err
	}
	bundle, err := oatutor.Read(files, im.far.step("import.progress.reading"))
	if err != nil {
		return intake.Report{}, err
	}
	return c.bundle(ctx, im, bundle)
}

// keepFiles keeps the bytes of a bundle's files, several at a time, because each waits for the disk.
func keepFiles(ctx context.Context, blobs *blob.Store, im *importer, files []intake.BundleFile) error {
	say := im.far.step("import.progress.files")
	next, results := make(chan intake.BundleFile), make(chan error)
	for range 8 {
		go func() {
			for f := range next {
				body, err := f.Bytes()
				if err == nil {
					_, err = blobs.Put(ctx, string(im.school), bytes.NewReader(body))
				}
				results <- err
			}
		}()
	}
	go func() {
		for _, f := range files {
			next <- f
		}
		close(next)
	}()
	var all []error
	for i := range files {
		all = append(all, <-results)
		say(i+1, len(files))
	}
	return errors.Join(all...)
}

// theSchool finds the one school, or the one with the code.
func theSchool(ctx context.Context, f *flow.Flow, code, folder string) (roster.SchoolID, error) {
	schools, err := door.Schools(ctx, f)
	if err != nil {
		return "", err
	}
	var codes []string
	for _, s := range schools {
		if s.Code == code || code == "" && len(schools) == 1 {
			return s.ID, nil
		}
		codes = append(codes, s.Code)
	}
	said := strings.Join(codes, ", ")
	switch {
	case len(schools) == 0:
		return "", fault.New(fault.NotFound, "fault.import.no_school", "folder", folder)
	case code == "":
		return "", fault.New(fault.Invalid, "fault.import.which_school", "codes", said)
	}
	return "", fault.New(fault.NotFound, "fault.import.school", "code", code, "codes", said)
}

// progress says how far an import is, a few times a second at most.
type progress struct {
	to    io.Writer
	words *phrase.Catalogue
	last  time.Time
	open  bool // a line stands there that the next one writes over
}

// step is one stretch of the way; key is what it is called in the catalogue.
func (p *progress) step(key string) func(done, all int) {
	return func(done, all int) {
		if done < all && time.Since(p.last) < 200*time.Millisecond {
			return
		}
		p.last, p.open = time.Now(), true
		fmt.Fprintf(p.to, "\r%s\x1b[K", p.words.Say(phrase.Default, phrase.Of(key, "done", done, "all", all)))
	}
}

func (p *progress) end() {
	if p.open {
		fmt.Fprintln(p.to)
	}
}

// reported is a report as --json writes it.
type reported struct {
	Kind    string           `json:"kind"`
	Source  string           `json:"source"`
	DryRun  bool             `json:"dry_run"`
	Counts  intake.Counts    `json:"counts"`
	Records []reportedRecord `json:"records"`
	Doubts  []reportedRecord `json:"doubts,omitempty"` // taken, and worth a look
}

type reportedRecord struct {
	File    string `json:"file"`
	Line    int    `json:"line,omitempty"`
	ID      string `json:"id"`
	Outcome string `json:"outcome,omitempty"`
	Reason  string `json:"reason"`
}

// writeReport writes a report for a program or for a person. source is what was asked to be read.
func writeReport(to io.Writer, words *phrase.Catalogue, r intake.Report, source string, asJSON bool) error {
	say := func(p phrase.Phrase) string {
		if p.Code == "" {
			return ""
		}
		return words.Say(phrase.Default, p)
	}
	if asJSON {
		out := reported{Kind: r.Kind, Source: source, DryRun: r.DryRun, Counts: r.Counts, Records: make([]reportedRecord, len(r.Records))}
		for i, rec := range r.Records {
			out.Records[i] = reportedRecord{rec.File, rec.Line, rec.ID, rec.Outcome, say(rec.Reason)}
		}
		for _, rec := range r.Doubts {
			out.Doubts = append(out.Doubts, reportedRecord{rec.File, rec.Line, rec.ID, rec.Outcome, say(rec.Reason)})
		}
		e := json.NewEncoder(to)
		e.SetEscapeHTML(false)
		e.SetIndent("", " ")
		return e.Encode(out)
	}
	return writeTable(to, words, r, source, say)
}

// mostNamed is how many records a person's report names for one reason; --json names all.
const mostNamed = 3

func writeTable(to io.Writer, words *phrase.Catalogue, r intake.Report, source string, say func(phrase.Phrase) string) error {
	key := "import.report.head"
	switch {
	case r.Export:
		key = "export.report.head"
	case r.Undo && r.DryRun:
		key = "import.report.undo_dry"
	case r.Undo:
		key = "import.report.undo"
	case r.DryRun:
		key = "import.report.head_dry"
	}
	w := tabwriter.NewWriter(to, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, say(phrase.Of(key, "kind", r.Kind, "source", source)))
	byFile := map[string]*intake.Report{}
	var files []string
	for _, rec := range r.Records {
		if byFile[rec.File] == nil {
			byFile[rec.File] = &intake.Report{}
			files = append(files, rec.File)
		}
		byFile[rec.File].Add(rec)
	}
	fmt.Fprintf(w, "\t%s\t%s\t%s\t%s\n", say(phrase.Of("import.report.taken")), say(phrase.Of("import.report.changed")),
		say(phrase.Of("import.report.unchanged")), say(phrase.Of("import.report.skipped")))
	line := func(name string, c intake.Counts) {
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\n", name, c.Taken, c.Changed, c.Unchanged, c.Skipped)
	}
	for _, f := range files {
		line(f, byFile[f].Counts)
	}
	line(say(phrase.Of("import.report.all")), r.Counts)
	if err := w.Flush(); err != nil {
		return err
	}
	if err := writeReasons(to, r.Records, say); err != nil {
		return err
	}
	if len(r.Doubts) > 0 {
		if _, err := fmt.Fprintln(to, say(phrase.Of("import.report.doubts"))); err != nil {
			return err
		}
		if err := writeReasons(to, r.Doubts, say); err != nil {
			return err
		}
	}
	if r.Export {
		return nil
	}
	if r.Counts.Taken == 0 && r.Counts.Changed == 0 {
		_, err := fmt.Fprintln(to, say(phrase.Of("import.report.nothing")))
		return err
	}
	if r.ID != "" && !r.Undo && !r.DryRun {
		_, err := fmt.Fprintln(to, say(phrase.Of("import.report.take_back", "id", r.ID)))
		return err
	}
	return nil
}

// fewItems is below how many items a skill is named as hard to practise.
const fewItems = 5

// writeReasons says each reason once, with how many records it is about and who the first of them are.
func writeReasons(to io.Writer, records []intake.Record, say func(phrase.Phrase) string) error {
	byCode := map[string][]intake.Record{}
	var codes []string
	skills, none, few := 0, 0, 0
	for _, rec := range records {
		code := rec.Reason.Code
		if code == "import.skill_items" {
			n, _ := rec.Reason.Args["n"].(int)
			skills++
			switch {
			case n == 0:
				none++
			case n < fewItems:
				few++
			}
			continue
		}
		if code == "" {
			continue
		}
		if byCode[code] == nil {
			codes = append(codes, code)
		}
		byCode[code] = append(byCode[code], rec)
	}
	if skills > 0 {
		if _, err := fmt.Fprintln(to, say(phrase.Of("import.report.skills", "n", skills, "none", none, "few", few, "least", fewItems))); err != nil {
			return err
		}
	}
	slices.SortStableFunc(codes, func(a, b string) int { return len(byCode[b]) - len(byCode[a]) })
	for _, code := range codes {
		of := byCode[code]
		var ids []string
		for _, rec := range of[:min(mostNamed, len(of))] {
			id := rec.ID
			if rec.Line > 0 {
				id = say(phrase.Of("import.report.at", "id", id, "line", rec.Line))
			}
			ids = append(ids, id)
		}
		if _, err := fmt.Fprintln(to, say(phrase.Of("import.report.reason", "n", len(of), "reason", say(of[0].Reason), "ids", strings.Join(ids, ", "), "more", len(of)-len(ids)))); err != nil {
			return err
		}
	}
	return nil
}
