// Package outline is a unit as somebody who changes it sees it: objectives in order, each with its skills in order, and what
// stands aside. It makes of the outline that is wanted the next state of the course and of the unit, and tells two states apart in
// a list of changes.
//
// In go a course, a unit of it and the outline that is wanted; out come a course and a unit, or a fault that names the line. What
// is left out of a unit stays in its course with its id, so that evidence about it goes on meaning what it meant; edges are
// never touched. What stands already may stay, also where the bounds of a new line would refuse it: an import may have brought
// a skill twice, or a long title.
//
// Place in the flow: layer 1, facts. Pure: ids of what is new are asked from outside.
package outline

import (
	"slices"

	"kith/internal/content"
	"kith/internal/skill"
)

// Bounds of a unit that somebody changes.
const (
	MaxObjectives = 40
	MaxSkills     = 40  // of an objective
	MaxTitle      = 120 // letters of a title
	MaxICan       = 300 // letters of an "I can" sentence
)

// Skill is one line of an objective. ID is "" for a new skill.
type Skill struct {
	ID    skill.ID `json:"id" maxLength:"36"`
	Title string   `json:"title" maxLength:"500"`
}

// Objective is one part of a unit. ID is "" for a new one.
type Objective struct {
	ID     skill.ObjectiveID `json:"id" maxLength:"36"`
	Title  string            `json:"title" maxLength:"500"`
	ICan   string            `json:"i_can" maxLength:"1500"`
	Skills []Skill           `json:"skills" maxItems:"400"`
}

// Outline is a unit in the order in which it is taught.
type Outline struct {
	Title      string      `json:"title" maxLength:"500"`
	Objectives []Objective `json:"objectives" maxItems:"400"`
}

// Of is the outline of a unit as it stands.
func Of(c skill.Course, u content.Unit) Outline {
	at := titles(c)
	o := Outline{Title: u.Title}
	for _, p := range u.Parts {
		if one, ok := objectiveOf(c, p.Objective); ok {
			o.Objectives = append(o.Objectives, shown(one, at))
		}
	}
	return o
}

// Aside is what could be put into a unit: objectives that were left out of it, and the skills of its course that are in no objective.
func Aside(c skill.Course, u content.Unit) (objectives []Objective, skills []Skill) {
	at := titles(c)
	for _, p := range u.Aside {
		if one, ok := objectiveOf(c, p.Objective); ok {
			objectives = append(objectives, shown(one, at))
		}
	}
	placed := map[skill.ID]bool{}
	for _, o := range c.Objectives {
		for _, id := range o.Skills {
			placed[id] = true
		}
	}
	for _, s := range c.Skills {
		if !placed[s.ID] {
			skills = append(skills, Skill{s.ID, s.Title})
		}
	}
	return objectives, skills
}

func shown(o skill.Objective, title map[skill.ID]string) Objective {
	out := Objective{ID: o.ID, Title: o.Title, ICan: o.ICan}
	for _, id := range o.Skills {
		out.Skills = append(out.Skills, Skill{id, title[id]})
	}
	return out
}

func titles(c skill.Course) map[skill.ID]string {
	out := make(map[skill.ID]string, len(c.Skills))
	for _, s := range c.Skills {
		out[s.ID] = s.Title
	}
	return out
}

func objectiveOf(c skill.Course, id skill.ObjectiveID) (skill.Objective, bool) {
	at := slices.IndexFunc(c.Objectives, func(o skill.Objective) bool { return o.ID == id })
	if at < 0 {
		return skill.Objective{}, false
	}
	return c.Objectives[at], true
}

// skillIDs are the skills of an outline in its order, each once.
func (o Outline) skillIDs() []skill.ID {
	var out []skill.ID
	seen := map[skill.ID]bool{}
	for _, part := range o.Objectives {
		for _, s := range part.Skills {
			if !seen[s.ID] {
				seen[s.ID] = true
				out = append(out, s.ID)
			}
		}
	}
	return out
}
