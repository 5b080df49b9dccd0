package flow

import (
	"encoding/json"
	"slices"

	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// course is a decoded course with its graph.
type course struct {
	skill.Course
	Graph *skill.Graph
	skill map[skill.ID]skill.Skill
}

func (l *Look) course(id skill.CourseID, n int) (*course, error) {
	return version(l, string(id), int64(n), func(body string) (*course, error) {
		c := &course{skill: map[skill.ID]skill.Skill{}}
		if err := json.Unmarshal([]byte(body), &c.Course); err != nil {
			return nil, err
		}
		for _, s := range c.Skills {
			c.skill[s.ID] = s
		}
		var err error
		c.Graph, err = skill.NewGraph(c.Course)
		return c, err
	})
}

// unitSkills are the skills of a unit's objectives, in the unit's order.
func unitSkills(u *content.Unit, c *course) []skill.ID {
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

// skillTitle is the title of a skill in the current version of its course; "" for none.
func (l *Look) skillTitle(id skill.ID) (string, error) {
	if id == "" {
		return "", nil
	}
	place, err := l.q.SkillPlace(l.ctx, db.SkillPlaceParams{SchoolID: l.school(), ID: string(id)})
	if err != nil {
		return "", err
	}
	c, err := l.course(skill.CourseID(place.CourseID), int(place.GraphVersion))
	if err != nil {
		return "", err
	}
	return c.skill[id].Title, nil
}

func (l *Look) unit(id content.UnitID, n int64) (*content.Unit, error) {
	return version(l, string(id), n, func(body string) (*content.Unit, error) {
		u := &content.Unit{}
		return u, json.Unmarshal([]byte(body), u)
	})
}

func (l *Look) aboutClassUnit(id string) (access.Subject, error) {
	row, err := l.q.ClassUnit(l.ctx, db.ClassUnitParams{SchoolID: l.school(), ID: id})
	return access.OfClass(roster.ClassID(row.ClassID)), err
}
