package library

import (
	"slices"
	"time"

	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/item"
	"kith/internal/mastery"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// AddLessonAsk names the class, and perhaps the skill that the lesson is to teach.
type AddLessonAsk struct {
	Class roster.ClassID `path:"class"`
	Skill skill.ID       `query:"skill"`
}

// AddLessonPage is what a teacher needs to add a lesson of their own.
type AddLessonPage struct {
	Class   ClassHead          `json:"class"`
	Units   []SkillUnit        `json:"units"`   // that the class has, newest first; empty = a unit must be given first
	Unit    string             `json:"unit"`    // the class unit of the chosen skill
	Skill   skill.ID           `json:"skill"`   // the one asked for, else the first that the class is not yet secure in
	Items   []CheckItem        `json:"items"`   // of that skill, the two preselected first
	Credits []item.Attribution `json:"credits"` // of the imported ones among them, each once
	Before  Before             `json:"before"`
}

// SkillUnit is a unit with its skills to choose from.
type SkillUnit struct {
	ID         string           `json:"id"` // of the class unit
	Title      string           `json:"title"`
	Objectives []SkillObjective `json:"objectives"`
}

// SkillObjective is an objective's skills.
type SkillObjective struct {
	ID     skill.ObjectiveID `json:"id"`
	Title  string            `json:"title"`
	Skills []PartSkill       `json:"skills"`
}

// CheckItem is an item that a lesson can ask.
type CheckItem struct {
	Item   item.ID  `json:"item"`
	Text   []doc.El `json:"text"`
	Picked bool     `json:"picked"` // preselected
}

// AddLessonForm shows the form of a teacher's own lesson. Two items, typed ones where there are any, are preselected
// as checks.
var AddLessonForm = flow.View[AddLessonAsk, AddLessonPage]{
	Name: "add_lesson_form",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *flow.Look, in AddLessonAsk) (access.Subject, error) {
		return access.OfClass(in.Class), nil
	},
	Load: func(l *flow.Look, in AddLessonAsk) (AddLessonPage, error) {
		row, err := l.Q().Class(l.Ctx(), db.ClassParams{SchoolID: l.School(), ID: string(in.Class)})
		if err != nil {
			return AddLessonPage{}, err
		}
		p := AddLessonPage{Class: ClassHead{in.Class, row.Name}}
		if p.Before, err = nextMorning(l); err != nil {
			return p, err
		}
		if p.Units, err = skillUnits(l, in.Class, ""); err != nil || len(p.Units) == 0 {
			return p, err
		}
		if err := chooseSkill(l, &p, in.Skill); err != nil {
			return p, err
		}
		p.Items, p.Credits, err = checkItems(l, p.Skill)
		return p, err
	},
}

// nextMorning is nine o'clock of the next day that is neither Saturday nor Sunday: a first guess that the teacher changes.
func nextMorning(l *flow.Look) (Before, error) {
	z, err := l.Zone()
	if err != nil {
		return Before{}, err
	}
	day := time.UnixMilli(l.Now()).In(z).AddDate(0, 0, 1)
	for day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		day = day.AddDate(0, 0, 1)
	}
	return Before{On: day.Format(flow.DayForm), At: "09:00"}, nil
}

// skillUnits are the units of a class with their skills, newest first; of one course, or with "" of all.
func skillUnits(l *flow.Look, class roster.ClassID, course skill.CourseID) ([]SkillUnit, error) {
	rows, err := l.Q().UnitsOfClass(l.Ctx(), db.UnitsOfClassParams{SchoolID: l.School(), ClassID: string(class)})
	if err != nil {
		return nil, err
	}
	var all []SkillUnit
	for _, r := range rows {
		u, err := UnitVersion(l, content.UnitID(r.UnitID), r.UnitVersion)
		if err != nil {
			return nil, err
		}
		if course != "" && u.Course != course {
			continue
		}
		c, err := CourseVersion(l, u.Course, u.CourseVersion)
		if err != nil {
			return nil, err
		}
		counts, err := ItemCounts(l, u.Course)
		if err != nil {
			return nil, err
		}
		out := SkillUnit{ID: r.ID, Title: u.Title}
		for _, part := range u.Parts {
			at := slices.IndexFunc(c.Objectives, func(o skill.Objective) bool { return o.ID == part.Objective })
			if at < 0 {
				continue
			}
			o := SkillObjective{ID: part.Objective, Title: c.Objectives[at].Title}
			for _, id := range c.Objectives[at].Skills {
				o.Skills = append(o.Skills, PartSkill{ID: id, Title: c.Skill[id].Title, Items: counts[id]})
			}
			out.Objectives = append(out.Objectives, o)
		}
		all = append(all, out)
	}
	return all, nil
}

// chooseSkill takes the skill asked for, else the first of the newest unit that fewer than half of the class are secure in.
func chooseSkill(l *flow.Look, p *AddLessonPage, asked skill.ID) error {
	var all []skill.ID
	for _, u := range p.Units {
		for _, o := range u.Objectives {
			for _, s := range o.Skills {
				if asked != "" && s.ID == asked {
					p.Unit, p.Skill = u.ID, s.ID
					return nil
				}
				if u.ID == p.Units[0].ID {
					all = append(all, s.ID)
				}
			}
		}
	}
	if asked != "" {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	rows, err := l.Q().EstimatesOfClass(l.Ctx(), db.EstimatesOfClassParams{SchoolID: l.School(), ClassID: string(p.Class.ID)})
	if err != nil || len(all) == 0 {
		return err
	}
	people, err := l.Learners(p.Class.ID)
	if err != nil {
		return err
	}
	today, err := l.Midnight()
	if err != nil {
		return err
	}
	secure := map[skill.ID]int{}
	for _, r := range rows {
		if mastery.Faded(mastery.Status(r.Status), r.FadesMs, today) == mastery.Secure {
			secure[skill.ID(r.SkillID)]++
		}
	}
	p.Unit, p.Skill = p.Units[0].ID, all[0]
	for _, id := range all {
		if 2*secure[id] < len(people) || len(people) == 0 {
			p.Skill = id
			break
		}
	}
	return nil
}

// checkItems are the items that can be checks of a skill, typed ones first, and whom they came from. Some are picked for a new
// lesson.
func checkItems(l *flow.Look, id skill.ID) (out []CheckItem, credits []item.Attribution, err error) {
	if id == "" {
		return nil, nil, nil
	}
	items, err := Items(l, id)
	if err != nil {
		return nil, nil, err
	}
	byID := make(map[item.ID]item.Item, len(items))
	for _, it := range items {
		byID[it.ID] = it
	}
	for n, id := range TypedFirst(items) {
		one, from, err := checkItem(byID[id])
		if err != nil {
			return nil, nil, err
		}
		one.Picked = n < pickedChecks
		out, credits = append(out, one), AddCredit(credits, from)
	}
	return out, credits, nil
}

func checkItem(it item.Item) (CheckItem, *item.Attribution, error) {
	v, err := item.Draw(it, item.SeedFor("lesson", string(it.ID), 1))
	if err != nil {
		return CheckItem{}, nil, err
	}
	asked, err := v.Asked()
	if err != nil {
		return CheckItem{}, nil, err
	}
	text, options := TextOf(asked)
	return CheckItem{Item: it.ID, Text: append(text, options...)}, asked.Attribution, nil
}
