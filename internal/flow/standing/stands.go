package standing

import (
	"slices"

	"kith/internal/content"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/goal"
	"kith/internal/plan"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// Stands reports whether the unit still has what a line of a plan is about. A teacher may have left a skill or an objective out
// since the line was decided (ADR 0028): the decision stays, and is read without it.
func (g *GivenUnit) Stands(l plan.Line) bool {
	switch {
	case l.Objective == "": // beyond the unit, or of a lesson from elsewhere
		return true
	case l.Skill != "":
		return slices.Contains(g.Skills, l.Skill)
	}
	_, in := g.Parts[l.Objective]
	return in
}

// standing are those lines that the unit still has.
func (g *GivenUnit) standing(lines []plan.Line) []plan.Line {
	gone := func(l plan.Line) bool { return !g.Stands(l) }
	if !slices.ContainsFunc(lines, gone) {
		return lines
	}
	return slices.DeleteFunc(slices.Clone(lines), gone)
}

// Proposed is what a proposal says of what the unit still has, with its lines as the learner who sent it would have them.
func (u *LearnerUnit) Proposed(row db.Proposal, w Wish) (p plan.Proposal, wished []plan.Line, err error) {
	if p, err = DecodeProposal(row); err != nil {
		return p, nil, err
	}
	if wished, err = plan.Apply(p.Lines, w.Edits, false); err != nil {
		return p, nil, err
	}
	p.Lines, p.Credited, p.Dropped = u.standing(p.Lines), u.standing(p.Credited), u.standing(p.Dropped)
	return p, u.standing(wished), nil
}

// asked are the unit's skills that some published item asks.
func (g *GivenUnit) asked(l *flow.Look) (map[skill.ID]bool, error) {
	counts, err := library.ItemCounts(l, g.Unit.Course)
	out := map[skill.ID]bool{}
	for _, id := range g.Skills {
		if counts[id] > 0 {
			out[id] = true
		}
	}
	return out, err
}

// onlyAsked lets a plan see no skill that nothing asks: practice of it would lead nowhere. It is among the unit's skills on every
// page, and in plans from its first item on.
func onlyAsked(in *plan.Input, asked map[skill.ID]bool) {
	no := func(id skill.ID) bool { return !asked[id] }
	of := map[skill.ObjectiveID]bool{}
	for _, p := range in.Unit.Parts {
		of[p.Objective] = true
	}
	in.Course.Objectives = slices.Clone(in.Course.Objectives)
	for i, o := range in.Course.Objectives {
		if of[o.ID] && slices.ContainsFunc(o.Skills, no) {
			in.Course.Objectives[i].Skills = slices.DeleteFunc(slices.Clone(o.Skills), no)
		}
	}
	var goals []goal.Target
	for _, t := range in.Goals {
		t.Skills = slices.DeleteFunc(slices.Clone(t.Skills), func(s goal.Weighted) bool { return !asked[s.Skill] })
		if len(t.Skills) > 0 {
			goals = append(goals, t)
		}
	}
	in.Goals = goals
}

// Part is what the unit holds for an objective, also for one that was left out: what happened there keeps its name.
func (g *GivenUnit) Part(id skill.ObjectiveID) content.Part {
	if p, in := g.Parts[id]; in {
		return p
	}
	if at := slices.IndexFunc(g.Unit.Aside, func(p content.Part) bool { return p.Objective == id }); at >= 0 {
		return g.Unit.Aside[at]
	}
	return content.Part{}
}
