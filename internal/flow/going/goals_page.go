package going

import (
	"slices"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/flow/library"
	"kith/internal/goal"
	"kith/internal/mastery"
	"kith/internal/pace"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// GoalsIn names the class and one of its units; "" for the one given last.
type GoalsIn struct {
	Class roster.ClassID `path:"class"`
	Unit  string         `query:"unit" maxLength:"36"`
}

// GoalsPage is where a class is going in a unit, and what its teacher could do where days are short. Unit is nil while the
// class has none.
type GoalsPage struct {
	Class     library.ClassHead `json:"class"`
	On        string            `json:"on"`
	Unit      *GoalsUnit        `json:"unit,omitempty"`
	Goals     []GoalShown       `json:"goals"`  // the class's, in the order in which they were set
	Wishes    []GoalShown       `json:"wishes"` // of learners
	Week      int               `json:"week"`   // minutes that a usual week has for the unit
	Short     []ShortOf         `json:"short"`  // learners for whom a day leaves too little room, in class order
	Skills    []GoalSkill       `json:"skills"`
	Standards []string          `json:"standards"` // codes that the unit's skills serve
	Task      string            `json:"task"`
}

// GoalsUnit names the unit.
type GoalsUnit struct {
	ID    string `json:"id"` // of the class unit
	Title string `json:"title"`
}

// GoalSkill is a skill that may be a goal.
type GoalSkill struct {
	ID    skill.ID `json:"id"`
	Title string   `json:"title"`
}

// GoalShown is a goal that stands. There of Of learners have all of it secure; kept is a matter of another week.
type GoalShown struct {
	ID    string      `json:"id"`
	Aims  []AimShown  `json:"aims"`
	DueOn string      `json:"due_on"` // "" = no day
	Who   *flow.Named `json:"who,omitempty"`
	There int         `json:"there"`
	Of    int         `json:"of"`
}

// ShortOf is a learner for whom a goal's day leaves too little room, and what could be done. It is for their teacher and
// gone with the page.
type ShortOf struct {
	Who     flow.Named    `json:"who"`
	Goal    string        `json:"goal"`
	Minutes int           `json:"minutes"` // that are missing, about
	Options []OptionShown `json:"options"`
}

// OptionShown is an option with its names.
type OptionShown struct {
	Kind    pace.OptionKind `json:"kind" enum:"route,help,time,later"`
	Fits    bool            `json:"fits"`    // enough by itself
	Spares  int             `json:"spares"`  // minutes
	Steps   int             `json:"steps"`   // route: how many are left out
	Skill   string          `json:"skill"`   // help: its title
	With    string          `json:"with"`    // help: a classmate who has it; "" = the teacher
	Minutes int             `json:"minutes"` // help: of that person's; time: more a week
	Goal    string          `json:"goal"`    // later
	On      string          `json:"on"`      // later: YYYY-MM-DD
}

// Goals shows where a class is going.
var Goals = flow.View[GoalsIn, GoalsPage]{
	Name:  "goals",
	Rule:  access.Allow(access.TeacherOf),
	About: func(_ *flow.Look, in GoalsIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Load: func(l *flow.Look, in GoalsIn) (GoalsPage, error) {
		class, err := l.Q().Class(l.Ctx(), db.ClassParams{SchoolID: l.School(), ID: string(in.Class)})
		if err != nil {
			return GoalsPage{}, err
		}
		p := GoalsPage{Class: library.ClassHead{ID: in.Class, Name: class.Name}}
		if p.On, err = l.Today(); err != nil {
			return p, err
		}
		rows, err := l.Q().UnitsOfClass(l.Ctx(), db.UnitsOfClassParams{SchoolID: l.School(), ClassID: string(in.Class)})
		if err != nil {
			return p, err
		}
		at := slices.IndexFunc(rows, func(r db.ClassUnit) bool { return in.Unit == "" || r.ID == in.Unit })
		if at < 0 {
			if in.Unit != "" {
				err = fault.New(fault.NotFound, "fault.not_found")
			}
			return p, err
		}
		w, err := of(l, rows[at])
		if err != nil {
			return p, err
		}
		return p, w.page(l, &p)
	},
}

func (w *Way) page(l *flow.Look, p *GoalsPage) error {
	p.Unit, p.Week, p.Task = &GoalsUnit{w.Row.ID, w.Unit.Title}, int(w.Row.WeekMinutes), w.taskTitle()
	for _, id := range w.Reach {
		p.Skills = append(p.Skills, GoalSkill{id, w.Course.Skill[id].Title})
	}
	p.Standards = w.standards()
	sets, err := w.all(l)
	if err != nil || len(sets) == 0 {
		return err
	}
	people, err := l.Learners(p.Class.ID)
	if err != nil {
		return err
	}
	estimates := make([]map[skill.ID]mastery.Estimate, len(people))
	for i, who := range people {
		if estimates[i], err = ledger.Estimates(l, who.ID); err != nil {
			return err
		}
	}
	w.list(p, sets, people, estimates)
	return w.short(l, p, sets, people, estimates)
}

// list fills in the goals and wishes with how many learners are there.
func (w *Way) list(p *GoalsPage, sets []Set, people []flow.Named, estimates []map[skill.ID]mastery.Estimate) {
	for _, s := range sets {
		out := GoalShown{ID: s.ID, Aims: w.Shown(s.Goal), DueOn: s.DueOn}
		for i, who := range people {
			if s.Learner != "" && s.Learner != who.ID {
				continue
			}
			out.Of++
			if stand := goal.Stand(s.Target, estimates[i]); stand.Mastered == stand.Skills {
				out.There++
			}
			if s.Learner != "" {
				out.Who = &people[i]
			}
		}
		switch {
		case s.Learner == "":
			p.Goals = append(p.Goals, out)
		case out.Who != nil: // who has left the class wishes nothing here
			p.Wishes = append(p.Wishes, out)
		}
	}
}

// short fills in for whom a day leaves too little room.
func (w *Way) short(l *flow.Look, p *GoalsPage, sets []Set, people []flow.Named, estimates []map[skill.ID]mastery.Estimate) error {
	var dated []Set
	for _, s := range sets {
		if s.Target.Due > 0 && s.Learner == "" {
			dated = append(dated, s)
		}
	}
	if len(dated) == 0 {
		return nil
	}
	m, err := ledger.Model(l)
	if err != nil {
		return err
	}
	times, err := TimesOf(l, p.Class.ID)
	if err != nil {
		return err
	}
	names := map[string]string{}
	for _, who := range people {
		names[string(who.ID)] = who.Name
	}
	for i, who := range people {
		left, err := w.Left(m, times, who.ID, estimates[i], l.Now())
		if err != nil {
			return err
		}
		found, err := w.Pace(l, dated, estimates[i], left, w.helpers(i, people, estimates))
		if err != nil {
			return err
		}
		if found.Short == 0 {
			continue
		}
		s := ShortOf{Who: who, Goal: found.Goal, Minutes: found.Short}
		for _, o := range found.Options {
			s.Options = append(s.Options, OptionShown{Kind: o.Kind, Fits: o.Fits, Spares: o.Spares, Steps: len(o.Steps), Skill: w.Course.Skill[o.Skill].Title,
				With: names[o.With], Minutes: o.Minutes, Goal: o.Goal, On: o.On})
		}
		p.Short = append(p.Short, s)
	}
	return nil
}

// helpers is, for each skill, a classmate who has it secure and was right alone last: the next one round the class from
// the learner, so that it is not always the same.
func (w *Way) helpers(of int, people []flow.Named, estimates []map[skill.ID]mastery.Estimate) map[skill.ID]string {
	out := map[skill.ID]string{}
	for _, id := range w.Reach {
		for n := 1; n < len(people); n++ {
			i := (of + n) % len(people)
			if e := estimates[i][id]; e.Status == mastery.Secure && e.LastUnaided {
				out[id] = string(people[i].ID)
				break
			}
		}
	}
	return out
}
