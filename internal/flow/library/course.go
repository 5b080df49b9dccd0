package library

import (
	"encoding/json"
	"slices"

	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/flow"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// Course is a decoded course with its graph.
type Course struct {
	skill.Course
	Graph *skill.Graph
	Skill map[skill.ID]skill.Skill
}

// CourseVersion is one version of a course, whole and with its graph. Errors: NotFound.
func CourseVersion(l *flow.Look, id skill.CourseID, n int) (*Course, error) {
	return version(l, string(id), int64(n), func(body string) (*Course, error) {
		c := &Course{Skill: map[skill.ID]skill.Skill{}}
		if err := json.Unmarshal([]byte(body), &c.Course); err != nil {
			return nil, err
		}
		for _, s := range c.Skills {
			c.Skill[s.ID] = s
		}
		c.Graph, _ = skill.Lenient(c.Course) // what is stored was taken by NewGraph; should it not have been, pages go on
		return c, nil
	})
}

// UnitSkills are the skills of a unit's objectives, in the unit's order.
func UnitSkills(u *content.Unit, c *Course) []skill.ID {
	of := make(map[skill.ObjectiveID][]skill.ID, len(c.Objectives))
	for _, o := range c.Objectives {
		of[o.ID] = o.Skills
	}
	var out []skill.ID
	for _, p := range u.Parts {
		for _, id := range of[p.Objective] {
			if !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}

// SkillTitle is the title of a skill in the current version of its course; "" for none.
func SkillTitle(l *flow.Look, id skill.ID) (string, error) {
	if id == "" {
		return "", nil
	}
	place, err := l.Q().SkillPlace(l.Ctx(), db.SkillPlaceParams{SchoolID: l.School(), ID: string(id)})
	if err != nil {
		return "", err
	}
	c, err := CourseVersion(l, skill.CourseID(place.CourseID), int(place.GraphVersion))
	if err != nil {
		return "", err
	}
	return c.Skill[id].Title, nil
}

// UnitVersion is one version of a unit. Errors: NotFound.
func UnitVersion(l *flow.Look, id content.UnitID, n int64) (*content.Unit, error) {
	return version(l, string(id), n, func(body string) (*content.Unit, error) {
		u := &content.Unit{}
		return u, json.Unmarshal([]byte(body), u)
	})
}

// AboutClassUnit is the subject of what concerns a unit that a class was given: the class. Errors: NotFound.
func AboutClassUnit(l *flow.Look, id string) (access.Subject, error) {
	row, err := l.Q().ClassUnit(l.Ctx(), db.ClassUnitParams{SchoolID: l.School(), ID: id})
	return access.OfClass(roster.ClassID(row.ClassID)), err
}
