package shaping

import (
	"slices"

	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/item"
	"kith/internal/prerequisite"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/skill/layout"
	"kith/internal/store/db"
)

// PrerequisitesIn names a class of the teacher's and a unit as the class has it.
type PrerequisitesIn struct {
	Class roster.ClassID `path:"class"`
	Unit  string         `path:"unit"`
}

// PrerequisitesPage is what the skills of a unit need of each other, and what answers say of it.
type PrerequisitesPage struct {
	Class    library.ClassHead `json:"class"`
	Unit     string            `json:"unit"` // the class unit
	Title    string            `json:"title"`
	Version  int               `json:"version"` // of the course; a change names it
	Skills   []SkillNeeds      `json:"skills"`  // in teaching order
	Proposed []ProposedNeed    `json:"proposed"`
	Narrow   layout.Drawing    `json:"narrow"` // the map of the skills, for a narrow window; places count in Skills
	Wide     layout.Drawing    `json:"wide"`   // and for a wide one
}

// SkillNeeds is a skill with its direct prerequisites.
type SkillNeeds struct {
	ID    skill.ID `json:"id"`
	Title string   `json:"title"`
	Needs []Need   `json:"needs"`
}

// Need is one prerequisite. Source says who claims it: "author", where it was imported from, or "teacher".
type Need struct {
	ID     skill.ID `json:"id"`
	Title  string   `json:"title"`
	Source string   `json:"source"`
}

// ProposedNeed is what the school's answers speak for or against: From as a prerequisite of To, with the learners that were
// counted. It is about skills; nobody is named, and at least forty learners stand behind it.
type ProposedNeed struct {
	Kind      prerequisite.Kind `json:"kind" enum:"add,doubt"`
	From      skill.ID          `json:"from"`
	FromTitle string            `json:"from_title"`
	To        skill.ID          `json:"to"`
	ToTitle   string            `json:"to_title"`
	With      int               `json:"with"`    // who can do From
	WithTo    int               `json:"with_to"` // and To of them
	Without   int               `json:"without"` // who cannot do From
	WithoutTo int               `json:"without_to"`
}

// countedMs is how far back answers count: two school years, as for the items' health.
const countedMs = 2 * 366 * 24 * 60 * 60 * 1000

// Prerequisites shows a teacher what the skills of a unit need of each other, and what the school's answers propose. Nothing
// changes by itself. Errors: NotFound.
var Prerequisites = flow.View[PrerequisitesIn, PrerequisitesPage]{
	Name:  "prerequisites",
	Rule:  access.Allow(access.TeacherOf),
	About: func(_ *flow.Look, in PrerequisitesIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Load: func(l *flow.Look, in PrerequisitesIn) (PrerequisitesPage, error) {
		p := PrerequisitesPage{Unit: in.Unit, Skills: []SkillNeeds{}, Proposed: []ProposedNeed{}}
		row, err := l.Q().Class(l.Ctx(), db.ClassParams{SchoolID: l.School(), ID: string(in.Class)})
		if err != nil {
			return p, err
		}
		p.Class = library.ClassHead{ID: in.Class, Name: row.Name}
		w, err := unitOf(l, in.Class, in.Unit)
		if err != nil {
			return p, err
		}
		p.Title, p.Version = w.unit.Title, w.course.Version
		for _, id := range library.UnitSkills(w.unit, w.course) {
			s := SkillNeeds{ID: id, Title: w.course.Skill[id].Title, Needs: []Need{}}
			for _, e := range w.course.Edges {
				if e.To == id {
					s.Needs = append(s.Needs, Need{e.From, w.course.Skill[e.From].Title, e.Source})
				}
			}
			p.Skills = append(p.Skills, s)
		}
		if err := p.draw(l, w); err != nil {
			return p, err
		}
		p.Proposed, err = proposed(l, w)
		return p, err
	},
}

// drawnKey is what a map is of: no version changes.
type drawnKey struct {
	unit, course               string
	unitVersion, courseVersion int
}

// draw adds the map of the unit by the newest version of its course. Laying out some hundred skills takes a while, so it is
// remembered.
func (p *PrerequisitesPage) draw(l *flow.Look, w worked) error {
	key := drawnKey{string(w.unit.ID), string(w.course.ID), w.unit.Version, w.course.Version}
	drawn, err := flow.Remember(l, key, func() ([2]layout.Drawing, error) {
		skills := library.UnitSkills(w.unit, w.course)
		return [2]layout.Drawing{layout.Of(w.course.Graph, skills, layout.Narrow(len(skills))), layout.Of(w.course.Graph, skills, layout.Wide(len(skills)))}, nil
	})
	p.Narrow, p.Wide = drawn[0], drawn[1]
	return err
}

// worked is a class's unit with the newest version of its course.
type worked struct {
	row    db.ClassUnit
	unit   *content.Unit
	course *library.Course
}

// unitOf is a unit that a class has. Errors: NotFound.
func unitOf(l *flow.Look, class roster.ClassID, id string) (w worked, err error) {
	if w.row, err = l.Q().ClassUnit(l.Ctx(), db.ClassUnitParams{SchoolID: l.School(), ID: id}); err != nil {
		return w, err
	}
	if w.row.ClassID != string(class) || w.row.EndedMs != 0 {
		return w, fault.New(fault.NotFound, "fault.not_found")
	}
	if w.unit, err = library.UnitVersion(l, content.UnitID(w.row.UnitID), w.row.UnitVersion); err != nil {
		return w, err
	}
	row, err := l.Q().Content(l.Ctx(), db.ContentParams{SchoolID: l.School(), ID: string(w.unit.Course)})
	if err != nil {
		return w, err
	}
	w.course, err = library.CourseVersion(l, w.unit.Course, int(row.CurrentVersion))
	return w, err
}

// proposed is what the first answers of the whole school say of the unit's skills, among themselves.
func proposed(l *flow.Look, w worked) ([]ProposedNeed, error) {
	rows, err := l.Q().FirstTriesOfCourse(l.Ctx(), db.FirstTriesOfCourseParams{SchoolID: l.School(), CourseID: string(w.unit.Course), SinceMs: l.Now() - countedMs})
	if err != nil {
		return nil, err
	}
	skills := library.UnitSkills(w.unit, w.course)
	at := make(map[skill.ID]int, len(skills))
	for i, id := range skills {
		at[id] = i
	}
	people := map[string]int{}
	var answers []prerequisite.Answer
	for _, r := range rows {
		k, ours := at[skill.ID(r.SkillID)]
		if !ours || r.Hints > 0 {
			continue
		}
		n, met := people[r.LearnerID]
		if !met {
			n = len(people)
			people[r.LearnerID] = n
		}
		answers = append(answers, prerequisite.Answer{Person: n, Skill: k, Right: r.Outcome == string(item.Right) || r.Accepted > 0})
	}
	var edges []prerequisite.Edge
	for _, e := range within(w.course, skills) {
		edges = append(edges, prerequisite.Edge{From: at[e[0]], To: at[e[1]]})
	}
	direct := map[prerequisite.Edge]bool{}
	for _, e := range w.course.Edges {
		from, here := at[e.From]
		if to, too := at[e.To]; here && too {
			direct[prerequisite.Edge{From: from, To: to}] = true
		}
	}
	out := []ProposedNeed{}
	for _, p := range prerequisite.Of(answers, len(skills), edges) {
		if p.Kind == prerequisite.Doubt && !direct[p.Edge] {
			continue // it follows by way of a skill outside the unit
		}
		from, to := skills[p.From], skills[p.To]
		out = append(out, ProposedNeed{Kind: p.Kind, From: from, FromTitle: w.course.Skill[from].Title, To: to, ToTitle: w.course.Skill[to].Title,
			With: p.Both + p.OnlyFrom, WithTo: p.Both, Without: p.OnlyTo + p.Neither, WithoutTo: p.OnlyTo})
	}
	return out, nil
}

// within are the pairs among some skills of which one needs the other, directly or by way of skills that are not among them.
func within(c *library.Course, skills []skill.ID) (out [][2]skill.ID) {
	next := map[skill.ID][]skill.ID{}
	for _, e := range c.Edges {
		next[e.From] = append(next[e.From], e.To)
	}
	for _, from := range skills {
		seen := map[skill.ID]bool{}
		todo := slices.Clone(next[from])
		for len(todo) > 0 {
			id := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			if seen[id] {
				continue
			}
			seen[id] = true
			if slices.Contains(skills, id) {
				out = append(out, [2]skill.ID{from, id})
			} else {
				todo = append(todo, next[id]...)
			}
		}
	}
	return out
}
