// Package export hands out what a school has to learn with: a course, or one unit of it, as the bundle that would bring it again.
//
// Out: an intake.Bundle whose ids are the source's where the course was imported, and the school's where it was made here; so
// that importing what was written changes nothing. The bytes of pictures are for whoever writes them to fetch.
//
// Place in the flow: layer 4, beside intake. Commands call it; no request does, so it authorizes nobody.
package export

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"kith/internal/content"
	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/intake"
	"kith/internal/item"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"
)

// Ask names what is wanted by code: a course, a unit, or both. With neither, the school's only course. A course may be named by
// the school's id of it instead. Outline leaves lessons, items and pictures out.
type Ask struct {
	Course, Unit string
	Outline      bool
}

// Course gives what Ask names. kind ("gift") decides which source's ids are used where a course came from several.
// Errors: NotFound for a code that nothing here has, with those that there are; Invalid when several courses or units fit.
func Course(ctx context.Context, f *flow.Flow, school roster.SchoolID, kind string, ask Ask) (intake.Bundle, error) {
	var out intake.Bundle
	err := f.Store().Read(ctx, func(ctx context.Context, q *db.Queries) error {
		w := walk{ctx: ctx, q: q, school: string(school), codes: map[string]string{}}
		var err error
		out, err = w.bundle(kind, ask)
		return err
	})
	return out, err
}

// walk reads one course in one snapshot.
type walk struct {
	ctx    context.Context
	q      *db.Queries
	school string
	codes  map[string]string // "kind:id of the school" to the source's id
	files  map[string]intake.BundleFile
}

func (w *walk) bundle(kind string, ask Ask) (intake.Bundle, error) {
	course, unit, err := w.find(ask)
	if err != nil {
		return intake.Bundle{}, err
	}
	var out intake.Bundle
	if err := w.current(course, &out.Course); err != nil {
		return out, err
	}
	if err := w.origins(course.ID, kind, &out); err != nil {
		return out, err
	}
	w.files = map[string]intake.BundleFile{}
	rows, err := w.q.ContentOfCourse(w.ctx, db.ContentOfCourseParams{SchoolID: w.school, CourseID: course.ID, Kind: "unit"})
	if err != nil {
		return out, err
	}
	for _, r := range rows {
		var u content.Unit
		if r.Status != string(content.Published) || unit != "" && r.ID != unit {
			continue
		}
		if err := w.current(r, &u); err != nil {
			return out, err
		}
		if u.Parts, err = w.originals(u.Parts); err == nil {
			u.Aside, err = w.originals(u.Aside)
		}
		if err != nil {
			return out, err
		}
		out.Units = append(out.Units, w.unit(u))
	}
	wanted := map[skill.ID]bool{}
	w.course(&out, unit != "", wanted)
	if ask.Outline {
		return out, nil
	}
	if err := w.lessons(course.ID, &out, wanted); err != nil {
		return out, err
	}
	if err := w.items(course.ID, &out, wanted); err != nil {
		return out, err
	}
	for _, f := range w.files {
		out.Files = append(out.Files, f)
	}
	slices.SortFunc(out.Files, func(a, b intake.BundleFile) int { return cmp.Compare(a.Code, b.Code) })
	return out, nil
}

// find is the course that is asked for, and the id of the unit, "" for all of them.
func (w *walk) find(ask Ask) (course db.Content, unit string, err error) {
	courses, err := w.q.ContentByKind(w.ctx, db.ContentByKindParams{SchoolID: w.school, Kind: "course"})
	if err != nil {
		return course, "", err
	}
	if ask.Unit != "" {
		units, err := w.q.ContentByKind(w.ctx, db.ContentByKindParams{SchoolID: w.school, Kind: "unit"})
		if err != nil {
			return course, "", err
		}
		units = slices.DeleteFunc(units, func(r db.Content) bool {
			return ask.Course != "" && !slices.ContainsFunc(courses, func(c db.Content) bool { return c.ID == r.CourseID && (c.Code == ask.Course || c.ID == ask.Course) })
		})
		one, err := pick(units, ask.Unit)
		if err != nil {
			return course, "", err
		}
		for _, c := range courses {
			if c.ID == one.CourseID {
				return c, one.ID, nil
			}
		}
	}
	course, err = pick(courses, ask.Course)
	return course, "", err
}

// pick is the one row of a code; of no code, the only row.
func pick(rows []db.Content, code string) (db.Content, error) {
	var fit []db.Content
	var codes []string
	for _, r := range rows {
		if r.Status == string(content.Withdrawn) {
			continue
		}
		codes = append(codes, r.Code)
		if code == "" || r.Code == code || r.ID == code {
			fit = append(fit, r)
		}
	}
	switch said := strings.Join(codes, ", "); {
	case len(fit) == 1:
		return fit[0], nil
	case len(fit) == 0:
		return db.Content{}, fault.New(fault.NotFound, "fault.export.none", "code", code, "codes", said)
	default:
		return db.Content{}, fault.New(fault.Invalid, "fault.export.which", "codes", said)
	}
}

// current decodes a thing's current version.
func (w *walk) current(r db.Content, into any) error {
	row, err := w.q.ContentVersion(w.ctx, db.ContentVersionParams{SchoolID: w.school, ID: r.ID, Version: r.CurrentVersion})
	if err != nil {
		return err
	}
	return json.Unmarshal([]byte(row.Body), into)
}

// origins learns the ids of the file of the kind from which the course came, if it ever did; what was only put into a course that
// was there bears the school's ids.
func (w *walk) origins(course, kind string, out *intake.Bundle) error {
	sources, err := w.q.SourcesOf(w.ctx, db.SourcesOfParams{SchoolID: w.school, ID: course})
	if err != nil {
		return err
	}
	for _, s := range sources {
		if !strings.HasPrefix(s, kind+"/") {
			continue
		}
		rows, err := w.q.OriginsOf(w.ctx, db.OriginsOfParams{SchoolID: w.school, Source: s})
		if err != nil {
			return err
		}
		codes := map[string]string{}
		for _, r := range rows {
			if code, ok := strings.CutPrefix(r.SourceID, r.Kind+":"); ok {
				codes[r.Kind+":"+r.ID] = code
				out.Licence, out.Attribution = r.Licence, r.Attribution
			}
		}
		if codes["course:"+course] != course {
			out.Source, w.codes = s, codes
			return nil
		}
	}
	return nil
}

// code is the source's id of a thing of the school's.
func (w *walk) code(kind, id string) string { return cmp.Or(w.codes[kind+":"+id], id) }

// originals puts the course's lessons back where a teacher's copies stand in their place: those stay with the teacher.
func (w *walk) originals(parts []content.Part) ([]content.Part, error) {
	parts = slices.Clone(parts)
	for i, p := range parts {
		if p.Lesson == "" {
			continue
		}
		row, err := w.q.Content(w.ctx, db.ContentParams{SchoolID: w.school, ID: string(p.Lesson)})
		if err != nil {
			return nil, err
		}
		if row.OwnerID == "" {
			continue
		}
		var l content.Lesson
		if err := w.current(row, &l); err != nil {
			return nil, err
		}
		if parts[i].Lesson = ""; len(l.Of) > 0 {
			parts[i].Lesson = l.Of[0]
		}
	}
	return parts, nil
}

func (w *walk) unit(u content.Unit) content.Unit {
	u.ID, u.Version, u.Course, u.CourseVersion = content.UnitID(w.code("unit", string(u.ID))), 0, "", 0
	coded := func(parts []content.Part) []content.Part {
		parts = slices.Clone(parts)
		for i, p := range parts {
			parts[i].Objective = skill.ObjectiveID(w.code("objective", string(p.Objective)))
			parts[i].Lesson = content.LessonID(w.code("lesson", string(p.Lesson)))
		}
		return parts
	}
	u.Parts, u.Aside = coded(u.Parts), coded(u.Aside)
	return u
}

// course gives the course the source's ids, and leaves out what none of the units needs when only some are wanted.
func (w *walk) course(out *intake.Bundle, some bool, wanted map[skill.ID]bool) {
	c := &out.Course
	c.ID, c.Version = skill.CourseID(w.code("course", string(c.ID))), 0
	inUnits := map[skill.ObjectiveID]bool{}
	for _, u := range out.Units {
		for _, p := range slices.Concat(u.Parts, u.Aside) {
			inUnits[p.Objective] = true
		}
	}
	var objectives []skill.Objective
	for _, o := range c.Objectives {
		o.ID, o.Skills = skill.ObjectiveID(w.code("objective", string(o.ID))), w.skills(o.Skills)
		if some && !inUnits[o.ID] {
			continue
		}
		for _, s := range o.Skills {
			wanted[s] = true
		}
		objectives = append(objectives, o)
	}
	var skills []skill.Skill
	for _, s := range c.Skills {
		s.ID = skill.ID(w.code("skill", string(s.ID)))
		if !some {
			wanted[s.ID] = true
		}
		if wanted[s.ID] {
			skills = append(skills, s)
		}
	}
	var edges []skill.Edge
	for _, e := range c.Edges {
		e.From, e.To = skill.ID(w.code("skill", string(e.From))), skill.ID(w.code("skill", string(e.To)))
		if wanted[e.From] && wanted[e.To] {
			edges = append(edges, e)
		}
	}
	c.Objectives, c.Skills, c.Edges, c.TakenOut = objectives, skills, edges, nil // what this school's teachers took out is theirs alone
}

func (w *walk) skills(ids []skill.ID) []skill.ID {
	out := make([]skill.ID, len(ids))
	for i, id := range ids {
		out[i] = skill.ID(w.code("skill", string(id)))
	}
	return out
}

// lessons are those of the course; what a teacher added for their own class stays theirs.
func (w *walk) lessons(course string, out *intake.Bundle, wanted map[skill.ID]bool) error {
	rows, err := w.q.ContentOfCourse(w.ctx, db.ContentOfCourseParams{SchoolID: w.school, CourseID: course, Kind: "lesson"})
	if err != nil {
		return err
	}
	for _, r := range rows {
		var l content.Lesson
		if r.Status != string(content.Published) || r.OwnerID != "" {
			continue
		}
		if err := w.current(r, &l); err != nil {
			return err
		}
		l.ID, l.Version = content.LessonID(w.code("lesson", string(l.ID))), 0
		l.Objective, l.Skills = skill.ObjectiveID(w.code("objective", string(l.Objective))), w.skills(l.Skills)
		if len(l.Skills) == 0 || !wanted[l.Skills[0]] {
			continue
		}
		if l.Body, err = w.text(l.Body); err != nil {
			return err
		}
		out.Lessons = append(out.Lessons, l)
	}
	return nil
}

func (w *walk) items(course string, out *intake.Bundle, wanted map[skill.ID]bool) error {
	rows, err := w.q.ContentOfCourse(w.ctx, db.ContentOfCourseParams{SchoolID: w.school, CourseID: course, Kind: "item"})
	if err != nil {
		return err
	}
	for _, r := range rows {
		var it item.Item
		if r.Status != string(content.Published) {
			continue
		}
		if err := w.current(r, &it); err != nil {
			return err
		}
		it.ID, it.Version, it.Skills = item.ID(w.code("item", string(it.ID))), 0, w.skills(it.Skills)
		if !wanted[it.Skills[0]] {
			continue
		}
		if err := w.texts(&it); err != nil {
			return err
		}
		out.Items = append(out.Items, it)
	}
	return nil
}

func (w *walk) texts(it *item.Item) error {
	var failed error
	*it = it.Retold(func(d doc.Doc) doc.Doc {
		out, err := w.text(d)
		if err != nil && failed == nil {
			failed = err
		}
		return out
	})
	return failed
}

// text gives a text's pictures the source's names and notes their files.
func (w *walk) text(d doc.Doc) (doc.Doc, error) {
	nodes, err := w.nodes(d.Nodes)
	d.Nodes = nodes
	return d, err
}

func (w *walk) nodes(nodes []doc.Node) ([]doc.Node, error) {
	if len(nodes) == 0 {
		return nodes, nil
	}
	out := slices.Clone(nodes)
	for i, n := range out {
		var err error
		if out[i].Nodes, err = w.nodes(n.Nodes); err != nil {
			return nil, err
		}
		if n.Kind != doc.Image {
			continue
		}
		row, ok, err := store.Optional(w.q.File(w.ctx, db.FileParams{SchoolID: w.school, ID: n.Name}))
		if err != nil {
			return nil, err
		}
		if ok {
			out[i].Name = w.code("file", n.Name)
			w.files[out[i].Name] = intake.BundleFile{Code: out[i].Name, Name: row.Name, Type: row.Type, SHA256: row.Sha256}
		}
	}
	return out, nil
}
