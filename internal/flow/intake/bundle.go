package intake

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"kith/internal/content"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/item"
	"kith/internal/phrase"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"
)

// Bundle is a course as a source has it: facts whose ids are the source's own (codes). ImportBundle gives them ids of the
// school's, the same ones at every import.
type Bundle struct {
	Source      string // e.g. "kith"; a source's ids are its own
	Licence     string
	Attribution string
	Course      skill.Course
	Units       []content.Unit
	Lessons     []content.Lesson
	Items       []item.Item
	Files       []BundleFile // what the items' texts show, by BundleFile.Code in the place of an image's name
	Skipped     []Record     // what the reader could not take, with the reason
	Doubts      []Record     // what it took and holds to be a mistake of the source

	// Silent are the parts of an item that the file's format has no way to say (Silent…), so that a file without them takes none
	// away; nil when the bundle is no file's.
	Silent []string

	// As says what is noted of the import, so that it can be taken back; nil = nothing is.
	As *As

	// ID gives new things their ids, the nth its own; nil = fresh UUIDv7s. A sample passes its own, so that its learners
	// draw the same numbers every time.
	ID func(n int) string
}

// As is what is noted of an import beside what it made.
type As struct {
	Kind string // the format
	File string // what the file is called
	By   string // the person's id, "" = the command

	// Own leaves alone the items and lessons that somebody else made or brought: the import is a teacher's, who may change only
	// what is theirs. New items are theirs then.
	Own bool
}

// The parts of an item that a format may be silent about.
const (
	SilentHints    = "hints"
	SilentOrder    = "order"    // of options
	SilentForms    = "forms"    // how an answer must be written
	SilentMistakes = "mistakes" // the names of mistakes, not what is said to them
	SilentArranged = "arranged" // of what is put in order or into groups: what is said to a misplaced thing, in which order groups stand
	SilentWritten  = "written"  // of what is written: patterns, what must be exact, rubrics
)

// BundleFile is a file that comes with a bundle. Whoever imports the bundle stores the bytes first (they are named by their
// hash, so that a second time is none); ImportBundle writes the row that makes them a file of the school.
type BundleFile struct {
	Code   string // in the form of an id, so that a text that shows it is whole before the school has given it one
	Name   string
	Type   string // e.g. "image/png"
	SHA256 string // hex
	Size   int64  // bytes
	Body   []byte // nil where Again gives it

	// Again reads the bytes once more, so that a book's thousands of pictures need not stand in memory all at once.
	Again func() ([]byte, error) `json:"-"`
}

// Bytes are what the file holds. Errors: Conflict when what was read the first time is not there any more.
func (f BundleFile) Bytes() ([]byte, error) {
	if f.Again == nil {
		return f.Body, nil
	}
	b, err := f.Again()
	if err != nil {
		return nil, err
	}
	if sum := sha256.Sum256(b); hex.EncodeToString(sum[:]) != f.SHA256 {
		return nil, fault.New(fault.Conflict, "fault.import.moved", "file", f.Name)
	}
	return b, nil
}

// ImportBundle writes a course into a school: what is new is taken, what differs becomes a new version, what is the same is
// left alone. All or nothing. A dry run reads one snapshot and writes nothing. progress (may be nil) hears how many of the records
// are done. Errors: Invalid naming a cycle of prerequisites, an item that does not stand up to item.Check, or a name that nothing
// bears; nothing is written then.
func ImportBundle(ctx context.Context, f *flow.Flow, school roster.SchoolID, b Bundle, dry bool, progress func(done, all int)) (Report, error) {
	if err := checkBundle(b); err != nil {
		return Report{}, err
	}
	n := b.things()
	ids, err := importIDs(n + 1)
	if err != nil {
		return Report{}, err
	}
	own, ids := ids[n], ids[:n]
	for i := range ids {
		if b.ID != nil {
			ids[i] = b.ID(i)
		}
	}
	var report Report
	body := func(ctx context.Context, tx *store.Tx) error {
		report = Report{Kind: "course", Source: b.Source, DryRun: dry}
		im := &importer{ctx: ctx, tx: tx, school: string(school), b: b, dry: dry, report: &report, fresh: ids, progress: progress}
		if err := im.run(); err != nil {
			return err
		}
		return im.noted(own)
	}
	if dry {
		err = f.Store().Read(ctx, func(ctx context.Context, q *db.Queries) error {
			return body(ctx, &store.Tx{Queries: q, Now: f.Store().Now()})
		})
	} else {
		err = f.Store().Write(ctx, "import", body)
	}
	if err != nil {
		return report, err
	}
	report.close(b)
	return report, nil
}

// things is how many ids a bundle may need.
func (b Bundle) things() int {
	return 1 + len(b.Course.Skills) + len(b.Course.Objectives) + len(b.Units) + len(b.Lessons) + len(b.Items) + len(b.Files)
}

// Records is how many records a report names of what was read.
func (b Bundle) Records() int {
	return 1 + len(b.Course.Skills) + len(b.Files) + len(b.Items) + len(b.Lessons) + len(b.Units)
}

// close adds to a report what the reader said.
func (r *Report) close(b Bundle) {
	for _, rec := range b.Skipped {
		r.Add(rec)
	}
	r.Doubts = append(slices.Clone(b.Doubts), graphDoubts(b.Course)...)
}

// graphDoubts names prerequisites that others imply and skills that no prerequisite ties to another. Both are taken: they break
// nothing, and whoever keeps the source may want to know. A course without any prerequisite has nothing to look at.
func graphDoubts(c skill.Course) (out []Record) {
	if len(c.Edges) == 0 {
		return nil
	}
	_, t := skill.Lenient(c)
	code := map[skill.ID]string{}
	for _, s := range c.Skills {
		code[s.ID] = cmp.Or(s.Code, s.Title, string(s.ID))
	}
	for _, e := range t.Redundant {
		out = append(out, Record{File: "skill", ID: code[e.From] + " → " + code[e.To], Reason: phrase.Of("import.doubt.redundant")})
	}
	for _, id := range t.Orphans {
		out = append(out, Record{File: "skill", ID: code[id], Reason: phrase.Of("import.doubt.orphan")})
	}
	return out
}

func checkBundle(b Bundle) error {
	if _, err := skill.NewGraph(b.Course); err != nil {
		return err
	}
	for _, it := range b.Items {
		if err := item.Check(it); err != nil {
			return fmt.Errorf("item %s: %w", it.Code, err)
		}
	}
	return nil
}

type importer struct {
	ctx      context.Context
	tx       *store.Tx
	school   string
	b        Bundle
	dry      bool // tx reads a snapshot, and nothing is written
	report   *Report
	fresh    []string
	known    map[string]db.Origin // by source id, "kind:code"
	before   map[string]int64     // what the same import made before it was interrupted: by id, the version that it had found
	progress func(done, all int)
	done     int
	parts    []db.AddImportPartParams // what was made or changed, in order
	mine     map[string]bool          // the course's own skills and objectives, by "kind:id"; nil until asked for
}

// met learns what the school has of the source.
func (im *importer) met() error {
	rows, err := im.tx.OriginsOf(im.ctx, db.OriginsOfParams{SchoolID: im.school, Source: im.b.Source})
	im.known = make(map[string]db.Origin, len(rows))
	for _, r := range rows {
		im.known[r.SourceID] = r
	}
	return err
}

func (im *importer) run() error {
	if err := im.met(); err != nil {
		return err
	}
	version, err := im.course()
	if err != nil {
		return err
	}
	for n := range im.b.things() - im.b.skillsAndCourse() {
		if err := im.thing(n, version); err != nil {
			return err
		}
	}
	return nil
}

// skillsAndCourse is how many ids the course itself may need.
func (b Bundle) skillsAndCourse() int { return 1 + len(b.Course.Skills) + len(b.Course.Objectives) }

// thing writes the n-th of what stands in the course, in the order in which one needs the other: files, items, lessons, units.
func (im *importer) thing(n int, courseVersion int64) error {
	b := im.b
	if n < len(b.Files) {
		return about("file", b.Files[n].Name, im.file(b.Files[n]))
	}
	if n -= len(b.Files); n < len(b.Items) {
		return about("item", b.Items[n].Code, im.item(b.Items[n]))
	}
	if n -= len(b.Items); n < len(b.Lessons) {
		return about("lesson", b.Lessons[n].Code, im.lesson(b.Lessons[n]))
	}
	u := b.Units[n-len(b.Lessons)]
	return about("unit", u.Code, im.unit(u, courseVersion))
}

// about says which thing an error is about.
func about(kind, code string, err error) error {
	if err != nil {
		return fmt.Errorf("%s %s: %w", kind, code, err)
	}
	return nil
}

// id is the school's id of a source's thing, the same at every import; a new one is remembered at once.
func (im *importer) id(kind, code string) (string, error) {
	if code == "" {
		return "", nil
	}
	key := kind + ":" + code
	if o, ok := im.known[key]; ok {
		return o.ID, nil
	}
	if own, err := im.own(kind, code); err != nil || own {
		return code, err
	}
	if len(im.fresh) == 0 {
		return "", fault.Invalidf(kind, "%q is named but stands nowhere in the source", code)
	}
	o := db.Origin{SchoolID: im.school, Source: im.b.Source, SourceID: key, Kind: kind, ID: im.fresh[0]}
	im.fresh = im.fresh[1:]
	im.known[key] = o
	return o.ID, nil
}

func (im *importer) origin(kind, code, hash string) error {
	if im.dry {
		return nil
	}
	o := im.known[kind+":"+code]
	return im.tx.SetOrigin(im.ctx, db.SetOriginParams{SchoolID: im.school, Source: im.b.Source, SourceID: kind + ":" + code, Kind: kind, ID: o.ID,
		Hash: hash, Licence: im.b.Licence, Attribution: im.b.Attribution, AtMs: im.tx.Now})
}

// note reports one record and says how far the import is.
func (im *importer) note(kind, code, outcome string, why phrase.Phrase) {
	im.done++
	if im.progress != nil {
		im.progress(im.done, im.b.Records())
	}
	im.report.Add(Record{File: kind, ID: code, Outcome: outcome, Reason: why})
}

func (im *importer) course() (int64, error) {
	src := im.b.Course
	code := string(src.ID)
	courseID, err := im.id("course", code)
	if err != nil {
		return 0, err
	}
	out := skill.Course{ID: skill.CourseID(courseID), Title: src.Title, Lang: src.Lang}
	there := map[skill.ID]bool{}
	for _, s := range src.Skills {
		_, known := im.known["skill:"+string(s.ID)]
		id, err := im.id("skill", string(s.ID))
		if err != nil {
			return 0, err
		}
		there[s.ID] = known || id == string(s.ID) // the school's own
		s.ID = skill.ID(id)
		out.Skills = append(out.Skills, s)
	}
	for _, e := range src.Edges {
		from, _ := im.id("skill", string(e.From)) // NewGraph has seen that both ends stand in Skills
		to, _ := im.id("skill", string(e.To))
		out.Edges = append(out.Edges, skill.Edge{From: skill.ID(from), To: skill.ID(to), Source: e.Source})
	}
	for _, o := range src.Objectives {
		id, err := im.id("objective", string(o.ID))
		if err != nil {
			return 0, err
		}
		o.ID = skill.ObjectiveID(id)
		if o.Skills, err = im.skills(o.Skills); err != nil {
			return 0, err
		}
		out.Objectives = append(out.Objectives, o)
	}
	if out, err = im.withOldSkills(out); err != nil {
		return 0, err
	}
	version, changed, err := im.put("course", code, src.Title, courseID, func(v int) (any, error) { out.Version = v; return out, nil })
	if err != nil {
		return version, err
	}
	im.skillsNoted(there)
	if !changed {
		return version, nil
	}
	for _, s := range out.Skills {
		if im.dry {
			break
		}
		if err := im.tx.AddSkill(im.ctx, db.AddSkillParams{SchoolID: im.school, ID: string(s.ID), CourseID: courseID, Code: s.Code, Title: s.Title}); err != nil {
			return 0, err
		}
	}
	for _, s := range src.Skills {
		if !there[s.ID] {
			im.made("skill", im.known["skill:"+string(s.ID)].ID, 0, 0)
		}
		if err := im.origin("skill", string(s.ID), ""); err != nil {
			return 0, err
		}
	}
	for _, o := range src.Objectives {
		if err := im.origin("objective", string(o.ID), ""); err != nil {
			return 0, err
		}
	}
	return version, nil
}

func (im *importer) item(it item.Item) error {
	code := string(it.ID)
	id, err := im.id("item", code)
	if err != nil {
		return err
	}
	it.ID = item.ID(id)
	if it.Skills, err = im.skills(it.Skills); err != nil {
		return err
	}
	im.shown(&it)
	_, changed, err := im.put("item", code, it.Code, im.known["course:"+string(im.b.Course.ID)].ID, func(v int) (any, error) { it.Version = v; return it, nil })
	if err != nil || !changed {
		return err
	}
	return im.link("item", id, it.Skills)
}

func (im *importer) lesson(l content.Lesson) error {
	code := string(l.ID)
	id, err := im.id("lesson", code)
	if err != nil {
		return err
	}
	l.ID = content.LessonID(id)
	objective, err := im.named("objective", string(l.Objective))
	if err != nil {
		return err
	}
	l.Objective = skill.ObjectiveID(objective)
	if l.Skills, err = im.skills(l.Skills); err != nil {
		return err
	}
	checks := make([]content.Check, len(l.Checks))
	for i, c := range l.Checks {
		itemID, err := im.named("item", string(c.Item))
		if err != nil {
			return err
		}
		c.Item = item.ID(itemID)
		checks[i] = c
	}
	l.Checks, l.Body = checks, im.withFiles(l.Body)
	_, changed, err := im.put("lesson", code, l.Title, im.known["course:"+string(im.b.Course.ID)].ID, func(v int) (any, error) { l.Version = v; return l, nil })
	if err != nil || !changed {
		return err
	}
	return im.link("lesson", id, l.Skills)
}

func (im *importer) unit(u content.Unit, courseVersion int64) error {
	code := string(u.ID)
	id, err := im.id("unit", code)
	if err != nil {
		return err
	}
	u.ID, u.Course, u.CourseVersion = content.UnitID(id), skill.CourseID(im.known["course:"+string(im.b.Course.ID)].ID), int(courseVersion)
	if u.Parts, err = im.partsOf(u.Parts); err != nil {
		return err
	}
	if u.Aside, err = im.partsOf(u.Aside); err != nil {
		return err
	}
	if u, err = im.withOldParts(u); err != nil {
		return err
	}
	_, _, err = im.put("unit", code, u.Title, string(u.Course), func(v int) (any, error) { u.Version = v; return u, nil })
	return err
}

// partsOf gives a unit's parts the school's ids.
func (im *importer) partsOf(of []content.Part) ([]content.Part, error) {
	parts := make([]content.Part, len(of))
	for i, p := range of {
		objective, err := im.named("objective", string(p.Objective))
		if err != nil {
			return nil, err
		}
		lesson, err := im.named("lesson", string(p.Lesson))
		if err != nil {
			return nil, err
		}
		p.Objective, p.Lesson = skill.ObjectiveID(objective), content.LessonID(lesson)
		parts[i] = p
	}
	return parts, nil
}
