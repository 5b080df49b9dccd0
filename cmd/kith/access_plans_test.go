package main

import (
	"maps"
	"net/http"
	"slices"

	"kith/internal/access"
	"kith/internal/flow"
	"kith/internal/flow/decision"
	"kith/internal/flow/standing"
	"kith/internal/plan"
	"kith/internal/roster"
	"kith/internal/skill"
)

func init() { maps.Copy(requests, planRequests) }

// planRequests are what a teacher decides about plans, skills and evidence.
var planRequests = map[string]request{
	"inbox":   at("/api/v1/page/class/%s/inbox", class7B),
	"appeals": at("/api/v1/page/class/%s/appeals", class7B),
	"rule_appeals": act("/api/v1/rule-appeals", func(w *world) map[string]any {
		return map[string]any{"class": class7B(w), "attempts": []string{w.believed}, "accepted": true}
	}),
	"learner": at("/api/v1/page/learner/%s", lenaID),
	"decide_proposals": act("/api/v1/decide-proposals", func(w *world) map[string]any {
		return map[string]any{"class": class7B(w), "proposals": []string{w.proposal}, "verdict": "accept"}
	}),
	"decide_edit": act("/api/v1/decide-edit", func(w *world) map[string]any {
		return map[string]any{"proposal": w.proposal, "edits": []any{}, "uncredited": []any{}}
	}),
	"take_back": func(w *world, a actor) *http.Request {
		if a == teacher { // only what was decided can be taken back
			who := access.Actor{School: w.school, Person: w.person[teacher], Role: roster.Teacher}
			runAs(w.t, w.flow, decision.DecideProposals, who, decision.DecideProposalsIn{Op: op(), Class: w.class, Proposals: []string{w.proposal}, Verdict: "accept"})
		}
		return act("/api/v1/take-back", func(w *world) map[string]any {
			return map[string]any{"class": class7B(w), "proposals": []string{w.proposal}}
		})(w, a)
	},
	"put_step": onPlan("/api/v1/put-step", func(w *world, page decision.LearnerPage, in map[string]any) {
		for _, step := range []decision.StepIn{{Kind: plan.Talk, Objective: skill.ObjectiveID(w.goal)}, {Kind: plan.Meeting, Skill: skill.ID(w.skill)}, {Kind: plan.Practice, Skill: skill.ID(w.skill)}} {
			if page.Plan == nil || !slices.ContainsFunc(page.Plan.Lines, func(l decision.EditorLine) bool { return l.Kind == standing.StepKind(step.Kind) }) {
				in["step"] = step
			}
		}
		in["to"], in["must"] = 0, true
	}),
	"take_step": onPlan("/api/v1/take-step", func(_ *world, page decision.LearnerPage, in map[string]any) { in["key"] = keyOf(page) }),
	"change_step": onPlan("/api/v1/change-step", func(_ *world, page decision.LearnerPage, in map[string]any) {
		in["key"], in["act"], in["to"] = keyOf(page), "must", 0
	}),
	"credit_skill": aboutSkill("/api/v1/credit-skill"),
	"reopen_skill": func(w *world, a actor) *http.Request {
		if a == teacher { // only what is secure can be re-opened
			who := access.Actor{School: w.school, Person: w.person[teacher], Role: roster.Teacher}
			runAs(w.t, w.flow, decision.CreditSkill, who, decision.CreditSkillIn{Op: op(), Learner: w.person[lena], Skill: skill.ID(w.skill), Reason: "She showed me."})
		}
		return aboutSkill("/api/v1/reopen-skill")(w, a)
	},
	"withdraw_fact": act("/api/v1/withdraw-fact", func(w *world) map[string]any {
		return map[string]any{"learner": lenaID(w), "fact": w.fact, "reason": "A slip."}
	}),
	"meet_learner": act("/api/v1/meet-learner", func(w *world) map[string]any {
		return map[string]any{"class": class7B(w), "learner": lenaID(w), "skill": w.skill}
	}),
}

func aboutSkill(path string) request {
	return act(path, func(w *world) map[string]any {
		return map[string]any{"learner": lenaID(w), "skill": w.skill, "reason": "We looked at it together."}
	})
}

// onPlan posts a change by hand to Lena's plan as her teacher's page shows it.
func onPlan(path string, more func(w *world, page decision.LearnerPage, in map[string]any)) request {
	return act(path, func(w *world) map[string]any {
		who := access.Actor{School: w.school, Person: w.person[teacher], Role: roster.Teacher}
		page, err := flow.Show(w.t.Context(), w.flow, decision.LearnerView, who, decision.LearnerIn{Learner: w.person[lena]})
		if err != nil {
			w.t.Fatal(err)
		}
		in := map[string]any{"class_unit": w.unit, "learner": lenaID(w), "revision": page.Plan.Revision}
		more(w, page, in)
		return in
	})
}

func keyOf(page decision.LearnerPage) string { return page.Plan.Lines[0].Key }
