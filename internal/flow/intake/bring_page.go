package intake

import (
	"slices"

	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

// BringIn is a person of the staff; Class is where they come from.
type BringIn struct {
	Class roster.ClassID `query:"class"`
	Skill string         `query:"skill"`
	Unit  string         `query:"unit"`
	ID    string         `query:"id"` // of a bringing to look at, "" = the one that is on the table
}

// BringPage is what somebody brings now, and what was brought before.
type BringPage struct {
	Class   *BringClass  `json:"class,omitempty"` // where they come from
	Skill   string       `json:"skill"`           // for which they want items, "" = none
	Course  string       `json:"course"`          // of that skill or unit
	Admin   bool         `json:"admin"`
	Kinds   []BringKind  `json:"kinds"`
	Courses []BringKnown `json:"courses"` // that this person may bring to
	Classes []BringKnown `json:"classes"` // that people of a list may join; administrators alone are given them
	Units   []BringKnown `json:"units"`   // of the class, to be handed out
	Open    string       `json:"open"`    // the bringing that is on the table, "" = none
	Past    []PastImport `json:"past"`
}

// BringClass is the class that somebody comes from.
type BringClass struct {
	ID   roster.ClassID `json:"id"`
	Name string         `json:"name"`
}

// BringKind is a kind of file: whether there is an example to fill in, and whether Kith writes it.
type BringKind struct {
	Kind     string `json:"kind"`
	Template bool   `json:"template"`
	Writes   bool   `json:"writes"`
}

// BringKnown is a course, a class or a unit by its name.
type BringKnown struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// PastImport is one import that was made.
type PastImport struct {
	ID       string `json:"id"`
	Kind     string `json:"kind"`
	File     string `json:"file"`
	By       string `json:"by"` // whole name, "" = the command
	AtMs     int64  `json:"at_ms"`
	Taken    int    `json:"taken"`
	Changed  int    `json:"changed"`
	UndoneMs int64  `json:"undone_ms"`                     // 0 = it stands
	Undoes   bool   `json:"undoes"`                        // this person may take it back, or go on with that
	Undoing  string `json:"undoing" enum:",going,stopped"` // "going" while it is being taken back, "stopped" where that was interrupted
	Done     int    `json:"done"`                          // parts that are taken back, of All, while Undoing
	All      int    `json:"all"`
	Report   bool   `json:"report"` // and read its report
}

// Bring shows the page on which a file is brought. Kinds are for whoever registers it to fill in. Errors: NotFound for a class that
// is not this person's.
var Bring = flow.View[BringIn, BringPage]{
	Name: "bring",
	Rule: access.Allow(access.Staff),
	Load: func(l *flow.Look, in BringIn) (BringPage, error) {
		p := BringPage{Admin: l.Who().Role == roster.Admin}
		if err := p.from(l, in); err != nil {
			return p, err
		}
		var err error
		if p.Courses, err = myCourses(l); err != nil {
			return p, err
		}
		if p.Admin {
			rows, err := l.Q().Classes(l.Ctx(), l.School())
			if err != nil {
				return p, err
			}
			for _, r := range rows {
				if r.EndedOn == "" {
					p.Classes = append(p.Classes, BringKnown{r.ID, r.Name})
				}
			}
		}
		open, err := l.Q().OpenBringings(l.Ctx(), db.OpenBringingsParams{SchoolID: l.School(), ByID: flow.ActorKey(l.Who())})
		if err != nil {
			return p, err
		}
		if len(open) > 0 {
			p.Open = open[0].ID
		}
		return p, p.before(l)
	},
}

// OnTable is the bringing that the page shows; nil for none, and for somebody else's.
func OnTable(l *flow.Look, in BringIn, p BringPage) (*Bringing, error) {
	id := in.ID
	if id == "" {
		id = p.Open
	}
	if id == "" {
		return nil, nil
	}
	b, err := bringing(l, id)
	if fault.Is(store.Classify(err), fault.NotFound) || err == nil && !p.Admin && string(b.By.Person) != flow.ActorKey(l.Who()) {
		return nil, nil
	}
	return &b, err
}

// from learns where somebody comes from.
func (p *BringPage) from(l *flow.Look, in BringIn) error {
	if in.Class == "" {
		return nil
	}
	teaches, err := l.Q().EnrolledAs(l.Ctx(), db.EnrolledAsParams{SchoolID: l.School(), ClassID: string(in.Class), PersonID: flow.ActorKey(l.Who())})
	teaches, _, err = store.Optional(teaches, err)
	if err != nil {
		return err
	}
	if !p.Admin && teaches != string(roster.Teacher) {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	row, err := l.Q().Class(l.Ctx(), db.ClassParams{SchoolID: l.School(), ID: string(in.Class)})
	if err != nil {
		return err
	}
	p.Class = &BringClass{in.Class, row.Name}
	units, err := l.Q().UnitsOfClass(l.Ctx(), db.UnitsOfClassParams{SchoolID: l.School(), ClassID: string(in.Class)})
	if err != nil {
		return err
	}
	for _, u := range units {
		c, err := l.Q().Content(l.Ctx(), db.ContentParams{SchoolID: l.School(), ID: u.UnitID})
		if err != nil {
			return err
		}
		p.Units = append(p.Units, BringKnown{c.ID, c.Title})
		if in.Unit == u.ID || in.Unit == u.UnitID {
			p.Course = c.CourseID
		}
	}
	if in.Skill == "" {
		return nil
	}
	place, ok, err := store.Optional(l.Q().SkillPlace(l.Ctx(), db.SkillPlaceParams{SchoolID: l.School(), ID: in.Skill}))
	if ok {
		p.Skill, p.Course = in.Skill, place.CourseID
	}
	return err
}

// before fills in what was brought.
func (p *BringPage) before(l *flow.Look) error {
	rows, err := l.Q().Imports(l.Ctx(), l.School())
	if err != nil {
		return err
	}
	taken, err := l.Q().TakenBringings(l.Ctx(), l.School())
	if err != nil {
		return err
	}
	reports, names, me := map[string]bool{}, map[string]string{}, flow.ActorKey(l.Who())
	add := func(i PastImport, by string) error {
		if _, known := names[by]; !known {
			if names[by], err = l.NameOf(by); err != nil {
				return err
			}
		}
		mine := p.Admin || by == me
		i.By, i.Report, i.Undoes = names[by], mine && reports[i.ID], i.Undoes && mine
		p.Past = append(p.Past, i)
		return nil
	}
	for _, b := range taken {
		reports[b.ID] = true
	}
	for _, r := range rows {
		past := PastImport{ID: r.ID, Kind: r.Kind, File: r.File, AtMs: r.AtMs, Taken: int(r.Taken), Changed: int(r.Changed), UndoneMs: r.UndoneMs, Undoes: r.UndoneMs == 0}
		if r.UndoingMs > 0 && r.UndoneMs == 0 {
			n, err := l.Q().PartsUndone(l.Ctx(), db.PartsUndoneParams{SchoolID: l.School(), IntakeID: r.ID})
			if err != nil {
				return err
			}
			if past.Undoing, past.Done, past.All = "going", int(n.Done), int(n.Total); l.Now()-r.UndoBeatMs > stillMs {
				past.Undoing = "stopped"
			}
		}
		if err := add(past, r.ByID); err != nil {
			return err
		}
	}
	for _, b := range taken { // people are not taken back as a list: each is somebody, with a place of their own; nor are standards, which courses name
		if b.Kind != KindPeople && b.Kind != KindStandards {
			continue
		}
		full, err := bringingOf(b, "", l.Now())
		if err != nil || full.Report == nil {
			return err
		}
		if err := add(PastImport{ID: b.ID, Kind: b.Kind, File: b.File, AtMs: b.AtMs, Taken: full.Report.Counts.Taken, Changed: full.Report.Counts.Changed}, b.ByID); err != nil {
			return err
		}
	}
	slices.SortStableFunc(p.Past, func(a, b PastImport) int { return int(min(max(b.AtMs-a.AtMs, -1), 1)) })
	return nil
}

// myCourses are those that somebody may bring to: an administrator to all of the school's, a teacher to those that a class of
// theirs has, or that they brought.
func myCourses(l *flow.Look) ([]BringKnown, error) {
	rows, err := l.Q().ContentByKind(l.Ctx(), db.ContentByKindParams{SchoolID: l.School(), Kind: "course"})
	if err != nil {
		return nil, err
	}
	mine := map[string]bool{}
	if l.Who().Role != roster.Admin {
		if mine, err = coursesOfTeacher(l); err != nil {
			return nil, err
		}
	}
	var out []BringKnown
	for _, r := range rows {
		if r.Status == string(content.Published) && (l.Who().Role == roster.Admin || mine[r.ID]) {
			out = append(out, BringKnown{r.ID, r.Title})
		}
	}
	return out, nil
}

func coursesOfTeacher(l *flow.Look) (map[string]bool, error) {
	me, mine := flow.ActorKey(l.Who()), map[string]bool{}
	brought, err := l.Q().CoursesBroughtBy(l.Ctx(), db.CoursesBroughtByParams{SchoolID: l.School(), ByID: me})
	if err != nil {
		return nil, err
	}
	for _, id := range brought {
		mine[id] = true
	}
	classes, err := l.Q().ClassesOfPerson(l.Ctx(), db.ClassesOfPersonParams{SchoolID: l.School(), PersonID: me})
	if err != nil {
		return nil, err
	}
	for _, c := range classes {
		if c.EnrolledAs != string(roster.Teacher) {
			continue
		}
		units, err := l.Q().UnitsOfClass(l.Ctx(), db.UnitsOfClassParams{SchoolID: l.School(), ClassID: c.ID})
		if err != nil {
			return nil, err
		}
		for _, u := range units {
			row, err := l.Q().Content(l.Ctx(), db.ContentParams{SchoolID: l.School(), ID: u.UnitID})
			if err != nil {
				return nil, err
			}
			mine[row.CourseID] = true
		}
	}
	return mine, nil
}

// CoursesOf are the ids of the courses to which somebody may bring; all=true for an administrator. It authorizes nobody.
func CoursesOf(l *flow.Look) (ids map[string]bool, all bool, err error) {
	if l.Who().Role == roster.Admin {
		return nil, true, nil
	}
	ids, err = coursesOfTeacher(l)
	return ids, false, err
}

// ExampleIn names a kind of file.
type ExampleIn struct {
	Kind string `path:"kind"`
}

// Example gives the staff an example of a kind to fill in; whoever registers it has it.
var Example = flow.View[ExampleIn, ExampleIn]{
	Name: "example",
	Rule: access.Allow(access.Staff),
	Load: func(_ *flow.Look, in ExampleIn) (ExampleIn, error) { return in, nil },
}
