package standing

import (
	"slices"

	"kith/internal/content"
	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/mastery"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// HomeAnswers are the three answers about one learner in the unit that their class was given last: where am I, where am I
// going, how do I get there. Learner, teacher and guardian read this same fold. Unit is nil while nothing was given.
type HomeAnswers struct {
	Learner roster.PersonID `json:"learner"`
	Name    string          `json:"name"`
	Unit    *UnitGiven      `json:"unit,omitempty"`
	Where   WhereAmI        `json:"where"`
	Going   WhereAmIGoing   `json:"going"`
	How     HowDoIGetThere  `json:"how"`
}

// WhereAmI counts the unit's skills by their four words and says what changed last.
type WhereAmI struct {
	Objectives  []ObjectiveStanding `json:"objectives"`
	Secure      int                 `json:"secure"`
	Growing     int                 `json:"growing"`
	AnotherLook int                 `json:"another_look"`
	NotStarted  int                 `json:"not_started"`
	Changed     *StatusChange       `json:"changed,omitempty"`
}

// ObjectiveStanding is an objective with its skills, and what the learner says of it themselves.
type ObjectiveStanding struct {
	ID     skill.ObjectiveID `json:"id"`
	Title  string            `json:"title"`
	ICan   string            `json:"i_can"`
	Says   string            `json:"says" enum:",yes,bit,not_yet"` // the learner's own word; "" = none yet
	Skills []SkillStanding   `json:"skills"`
}

// StatusChange is the last time that a skill's word changed.
type StatusChange struct {
	Skill skill.ID       `json:"skill"`
	Title string         `json:"title"`
	From  mastery.Status `json:"from" enum:"not_started,growing,secure,another_look"`
	To    mastery.Status `json:"to" enum:"not_started,growing,secure,another_look"`
	AtMs  int64          `json:"at_ms"`
}

// WhereAmIGoing is what it is all for: the unit's task with the role that was picked, and the next objective.
type WhereAmIGoing struct {
	Task string        `json:"task"`
	Role *content.Role `json:"role,omitempty"`
	Next *NextGoal     `json:"next,omitempty"`
}

// NextGoal is the objective that comes next.
type NextGoal struct {
	ID    skill.ObjectiveID `json:"id"`
	Title string            `json:"title"`
	ICan  string            `json:"i_can"`
	Task  string            `json:"task"`
}

// Home gives the three answers about a learner: one fold, read alike by the learner, their teachers and their guardians.
func Home(l *flow.Look, learner roster.PersonID) (HomeAnswers, error) {
	g, ok, err := Newest(l, learner)
	if err != nil {
		return HomeAnswers{}, err
	}
	if !ok {
		row, err := l.Q().Person(l.Ctx(), db.PersonParams{SchoolID: l.School(), ID: string(learner)})
		return HomeAnswers{Learner: learner, Name: row.Given, How: HowDoIGetThere{State: PlanNone}}, err
	}
	u, err := Load(l, g, learner)
	if err != nil {
		return HomeAnswers{}, err
	}
	return Answers(l, u)
}

// Answers folds the three answers of one learner in one unit.
func Answers(l *flow.Look, u *LearnerUnit) (HomeAnswers, error) {
	row, err := l.Q().Person(l.Ctx(), db.PersonParams{SchoolID: l.School(), ID: string(u.Learner)})
	if err != nil {
		return HomeAnswers{}, err
	}
	out := HomeAnswers{Learner: u.Learner, Name: row.Given, Unit: u.Named()}
	if out.Where, err = u.WhereAmI(l); err != nil {
		return out, err
	}
	if out.How, err = u.HowDoIGetThere(l); err != nil {
		return out, err
	}
	out.Going = u.whereAmIGoing(out.How)
	return out, nil
}

// WhereAmI folds the first answer: how each skill of the unit stands, and what changed last.
func (u *LearnerUnit) WhereAmI(l *flow.Look) (WhereAmI, error) {
	var w WhereAmI
	says := u.says()
	seen := map[skill.ID]bool{}
	for _, o := range u.Goals {
		os := ObjectiveStanding{ID: o.ID, Title: o.Title, ICan: o.ICan, Says: says[o.ID]}
		for _, id := range o.Skills {
			s := u.Standing(id)
			os.Skills = append(os.Skills, s)
			if seen[id] {
				continue
			}
			seen[id] = true
			switch s.Status {
			case mastery.Secure:
				w.Secure++
			case mastery.Growing:
				w.Growing++
			case mastery.AnotherLook:
				w.AnotherLook++
			default:
				w.NotStarted++
			}
		}
		w.Objectives = append(w.Objectives, os)
	}
	var err error
	w.Changed, err = u.changed(l)
	return w, err
}

// says is the learner's last word on each objective.
func (u *LearnerUnit) says() map[skill.ObjectiveID]string {
	out := map[skill.ObjectiveID]string{}
	for _, f := range u.Facts {
		if f.SelfRating != nil {
			out[f.SelfRating.Objective] = f.SelfRating.Says
		}
	}
	return out
}

// changed folds the facts once more to find when a word of this unit changed last.
func (u *LearnerUnit) changed(l *flow.Look) (*StatusChange, error) {
	m, err := ledger.Model(l)
	if err != nil {
		return nil, err
	}
	inUnit := map[skill.ID]bool{}
	for _, id := range u.Skills {
		inUnit[id] = true
	}
	now := map[skill.ID]mastery.Estimate{}
	var last *StatusChange
	for _, f := range u.Facts {
		moved, err := mastery.Step(m, now, f)
		if err != nil {
			return nil, err
		}
		for _, after := range moved {
			id, before := after.Skill, now[after.Skill].Status
			if before == "" {
				before = mastery.NotStarted
			}
			now[id] = after
			if after.Status != before && inUnit[id] {
				last = &StatusChange{Skill: id, Title: u.Course.Skill[id].Title, From: before, To: after.Status, AtMs: f.ReceivedMs}
			}
		}
	}
	for _, id := range u.Skills { // what time alone has done, told when it came to be shown
		if e := u.Estimates[id]; e.Faded && (last == nil || e.State.FadesMs > last.AtMs) {
			last = &StatusChange{Skill: id, Title: u.Course.Skill[id].Title, From: now[id].Status, To: e.Status, AtMs: e.State.FadesMs}
		}
	}
	return last, nil
}

// Role is the role that the learner picked in a task last; "" names the unit's task.
func (u *LearnerUnit) Role(of skill.ObjectiveID) *content.Role {
	task := u.Unit.Task
	if of != "" {
		task = u.Parts[of].Task
	}
	for _, f := range slices.Backward(u.Facts) {
		if c := f.RoleChoice; c != nil && c.Unit == u.Unit.ID && c.Objective == of {
			for _, r := range task.Roles {
				if r.Code == c.Role {
					return &r
				}
			}
			return nil
		}
	}
	return nil
}

func (u *LearnerUnit) whereAmIGoing(how HowDoIGetThere) WhereAmIGoing {
	g := WhereAmIGoing{Task: u.Unit.Task.Title, Role: u.Role("")}
	next := u.nextGoal(how)
	if o, ok := u.Goal(next); ok {
		g.Next = &NextGoal{ID: o.ID, Title: o.Title, ICan: o.ICan, Task: u.Parts[o.ID].Task.Title}
	}
	return g
}

// nextGoal is the objective that comes next: of the next step, else of today's, else of the unit, the first whose skills are
// not all secure; "" when all are.
func (u *LearnerUnit) nextGoal(how HowDoIGetThere) skill.ObjectiveID {
	var ids []skill.ObjectiveID
	if how.Next != nil {
		ids = append(ids, how.Next.Objective)
	}
	for _, s := range how.Today {
		ids = append(ids, s.Objective)
	}
	for _, o := range u.Goals {
		ids = append(ids, o.ID)
	}
	for _, id := range ids {
		o, ok := u.Goal(id)
		if ok && slices.ContainsFunc(o.Skills, func(id skill.ID) bool { return u.Estimates[id].Status != mastery.Secure }) {
			return id
		}
	}
	return ""
}
