package cnxml

import (
	"slices"
	"strings"

	"kith/internal/content"
	"kith/internal/flow/intake"
	"kith/internal/phrase"
	"kith/internal/skill"
)

// Alike counts the skills of a book that a course has in the same words.
func Alike(have, in skill.Course) int { return len(joinedSkills(have, in)) }

// joinedSkills is for each skill of a book the one of the course that says the same: in the same letters and digits, else without
// articles and plurals in the same section. Where a course says it twice, it is the one of the same section.
func joinedSkills(have, in skill.Course) map[skill.ID]skill.ID {
	out, taken := map[skill.ID]skill.ID{}, map[skill.ID]bool{}
	exact, about := map[string][]skill.Skill{}, map[string][]skill.Skill{}
	for _, s := range have.Skills {
		exact[same(s.Title)] = append(exact[same(s.Title)], s)
		about[near(s.Title)] = append(about[near(s.Title)], s)
	}
	join := func(s skill.Skill, list []skill.Skill, here bool) {
		section := sectionOf(s.Code)
		var fit []skill.Skill
		for _, h := range list {
			if !taken[h.ID] && (!here || sectionOf(h.Code) == section) {
				fit = append(fit, h)
			}
		}
		if at := slices.IndexFunc(fit, func(h skill.Skill) bool { return sectionOf(h.Code) == section }); at > 0 {
			fit = fit[at:]
		} else if at < 0 && len(fit) > 1 {
			return
		}
		if len(fit) > 0 {
			out[s.ID], taken[fit[0].ID] = fit[0].ID, true
		}
	}
	for _, s := range in.Skills {
		join(s, exact[same(s.Title)], true)
	}
	for _, s := range in.Skills {
		if out[s.ID] == "" {
			join(s, exact[same(s.Title)], false)
		}
	}
	for _, s := range in.Skills {
		if out[s.ID] == "" {
			join(s, about[near(s.Title)], true)
		}
	}
	return out
}

// sectionOf is the section in a code: "6.3" of "6.3.1 multiply-a-polynomial".
func sectionOf(code string) string {
	number, _, _ := strings.Cut(code, " ")
	if parts := strings.Split(number, "."); len(parts) > 2 {
		return parts[0] + "." + parts[1]
	}
	return ""
}

// Join puts a book into a course that is there, have, whose ids are the school's: a skill that says the same as an objective of the
// book is that objective's, and gets its reading, its exercises and its prerequisites; the rest of the book is added beside, in the
// book's order. What have holds stays as it is. What met nothing, on either side, is named for a person to look at. The same book
// into the same course gives the same.
func Join(have, in intake.Bundle) intake.Bundle {
	j := joining{have: have, in: in, skills: joinedSkills(have.Course, in.Course), objectives: map[skill.ObjectiveID]skill.ObjectiveID{}}
	out := in
	out.Source = in.Source + "@" + string(have.Course.ID)
	out.Doubts = slices.Clone(in.Doubts)
	for _, s := range in.Course.Skills {
		if j.skills[s.ID] == "" {
			out.Doubts = append(out.Doubts, intake.Record{File: "skill", ID: s.Code, Reason: phrase.Of("import.cnxml.no_skill")})
		}
	}
	met := map[skill.ID]bool{}
	for _, id := range j.skills {
		met[id] = true
	}
	for _, s := range have.Course.Skills {
		if !met[s.ID] {
			out.Doubts = append(out.Doubts, intake.Record{File: "skill", ID: s.Code, Reason: phrase.Of("import.cnxml.no_reading")})
		}
	}
	out.Course = j.course()
	out.Skipped = append(slices.Clone(in.Skipped), j.rings...)
	out.Units = j.units()
	out.Items, out.Lessons = slices.Clone(in.Items), slices.Clone(in.Lessons)
	for i, it := range out.Items {
		out.Items[i].Skills = j.mapped(it.Skills)
	}
	for i, l := range out.Lessons {
		out.Lessons[i].Skills, out.Lessons[i].Objective = j.mapped(l.Skills), j.objectives[l.Objective]
	}
	return out
}

type joining struct {
	have, in   intake.Bundle
	skills     map[skill.ID]skill.ID
	objectives map[skill.ObjectiveID]skill.ObjectiveID
	rings      []intake.Record
}

func (j *joining) skill(id skill.ID) skill.ID {
	if to := j.skills[id]; to != "" {
		return to
	}
	return id
}

func (j *joining) mapped(ids []skill.ID) (out []skill.ID) {
	for _, id := range ids {
		out = append(out, j.skill(id))
	}
	return out
}

// course is the course with what the book adds, each after what stands before it in the book.
func (j *joining) course() skill.Course {
	c := j.have.Course
	c.Skills, c.Objectives, c.Edges = slices.Clone(c.Skills), slices.Clone(c.Objectives), slices.Clone(c.Edges)
	after := -1
	for _, s := range j.in.Course.Skills {
		to := j.skill(s.ID)
		at := slices.IndexFunc(c.Skills, func(h skill.Skill) bool { return h.ID == to })
		if at < 0 {
			at = after + 1
			c.Skills = slices.Insert(c.Skills, at, s)
		}
		after = at
	}
	after = -1
	for _, o := range j.in.Course.Objectives {
		to := j.skill(o.Skills[0])
		at := slices.IndexFunc(c.Objectives, func(h skill.Objective) bool { return slices.Contains(h.Skills, to) })
		if at < 0 {
			at = after + 1
			o.Skills = []skill.ID{to}
			c.Objectives = slices.Insert(c.Objectives, at, o)
		}
		j.objectives[o.ID] = c.Objectives[at].ID
		after = at
	}
	for _, e := range j.in.Course.Edges {
		e.From, e.To = j.skill(e.From), j.skill(e.To)
		there := slices.ContainsFunc(c.Edges, func(h skill.Edge) bool { return h.From == e.From && h.To == e.To })
		switch {
		case there || e.From == e.To:
		case reaches(c.Edges, e.To, e.From):
			j.rings = append(j.rings, intake.Record{File: "skill", ID: string(e.From) + " → " + string(e.To), Outcome: intake.Skipped, Reason: phrase.Of("import.cnxml.ring")})
		default:
			c.Edges = append(c.Edges, e)
		}
	}
	return c
}

// units are the course's with the book's lessons in their parts, where a part has none yet, and with parts for what is new.
func (j *joining) units() (out []content.Unit) {
	all := slices.Clone(j.have.Units)
	for i := range all {
		all[i].Parts = slices.Clone(all[i].Parts)
	}
	touched := map[int]bool{}
	for _, u := range j.in.Units {
		at := j.unitOf(all, u)
		if at < 0 {
			at = len(all)
			fresh := u
			fresh.Parts = nil
			all = append(all, fresh)
		}
		after := -1
		for _, p := range u.Parts {
			p.Objective = j.objectives[p.Objective]
			in, place := find(all, p.Objective)
			if in < 0 {
				after++
				all[at].Parts = slices.Insert(all[at].Parts, after, p)
				touched[at] = true
				continue
			}
			if all[in].Parts[place].Lesson == "" {
				all[in].Parts[place].Lesson = p.Lesson
			}
			if touched[in] = true; in == at {
				after = place
			}
		}
	}
	for i, u := range all {
		if touched[i] {
			out = append(out, u)
		}
	}
	return out
}

// unitOf is the unit of the course that holds most of a chapter's objectives, else the one of its title; -1 for none.
func (j *joining) unitOf(all []content.Unit, u content.Unit) int {
	count, best := map[int]int{}, -1
	for _, p := range u.Parts {
		if in, _ := find(all, j.objectives[p.Objective]); in >= 0 {
			count[in]++
			if best < 0 || count[in] > count[best] {
				best = in
			}
		}
	}
	if best >= 0 {
		return best
	}
	return slices.IndexFunc(all, func(h content.Unit) bool { return same(h.Title) == same(u.Title) })
}

func find(all []content.Unit, o skill.ObjectiveID) (unit, place int) {
	for i, u := range all {
		if at := slices.IndexFunc(u.Parts, func(p content.Part) bool { return p.Objective == o }); at >= 0 {
			return i, at
		}
	}
	return -1, -1
}
