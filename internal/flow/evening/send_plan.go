package evening

import (
	"encoding/json"
	"slices"
	"strings"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/standing"
	"kith/internal/mastery"
	"kith/internal/phrase"
	"kith/internal/plan"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// WishEdit is one change that a learner would make to a proposed plan: move or leave out a line that carries may, or, where
// the dial says propose, add practice of a skill.
type WishEdit struct {
	Act   string   `json:"act" enum:"move,drop,add"`
	Key   string   `json:"key,omitempty" maxLength:"80" doc:"of the line; move and drop"`
	Skill skill.ID `json:"skill,omitempty" maxLength:"36" doc:"add"`
	To    int      `json:"to" minimum:"0" maximum:"12" doc:"place after the change, from 0; move and add"`
}

// SendPlanIn sends a proposed plan to the teacher.
type SendPlanIn struct {
	flow.Mine
	ClassUnit string     `json:"class_unit" minLength:"36" maxLength:"36"`
	Proposal  string     `json:"proposal" minLength:"36" maxLength:"36"`
	Edits     []WishEdit `json:"edits" maxItems:"40"`
	Contested []string   `json:"contested" maxItems:"40"`
	Word      string     `json:"word" maxLength:"280" doc:"read by the teachers of the class"`
}

// SendPlan sends the proposal with what the learner would change. It may be sent again until somebody decides.
// Errors: NotFound, Conflict (another proposal has taken its place, or it was decided), Forbidden (a line that must stay,
// or adding where the dial does not let), Invalid.
var SendPlan = flow.Verb[SendPlanIn, flow.Kept]{
	Name:  "send_plan",
	Rule:  access.Allow(access.Self),
	About: func(_ *flow.Look, in SendPlanIn) (access.Subject, error) { return in.Subject() },
	Do: func(a *flow.Act, in SendPlanIn) (flow.Kept, error) {
		u, err := standing.InUnit(a.Look, in.ClassUnit, in.Learner)
		if err != nil {
			return flow.Kept{}, err
		}
		row, ok := u.Open()
		if !ok || row.ID != in.Proposal {
			return flow.Kept{}, fault.New(fault.Conflict, "fault.plan.superseded")
		}
		body, err := standing.DecodeProposal(row)
		if err != nil {
			return flow.Kept{}, err
		}
		wish, err := wish(u, in, body)
		if err != nil {
			return flow.Kept{}, err
		}
		text, err := json.Marshal(wish)
		if err != nil {
			return flow.Kept{}, err
		}
		n, err := a.Q().SendProposal(a.Ctx(), db.SendProposalParams{SchoolID: a.School(), ID: row.ID, SentMs: a.Now(), Wish: string(text)})
		if err != nil {
			return flow.Kept{}, err
		}
		if n == 0 {
			return flow.Kept{}, fault.New(fault.Conflict, "fault.plan.superseded")
		}
		return flow.Kept{AtMs: a.Now()}, a.TellLearner(in.Learner, "proposal", standing.Proposed{Learner: in.Learner, Proposal: row.ID})
	},
}

// wish makes what is kept of a learner's changes and refuses those that are not theirs to make.
func wish(u *standing.LearnerUnit, in SendPlanIn, body plan.Proposal) (standing.Wish, error) {
	w := standing.Wish{Edits: []plan.Edit{}, Contested: []string{}, Word: strings.TrimSpace(in.Word)}
	for _, e := range in.Edits {
		edit := plan.Edit{Act: e.Act, Key: e.Key, To: e.To}
		if e.Act == "add" {
			if u.Dial != plan.Propose {
				return w, fault.New(fault.Forbidden, "fault.plan.dial")
			}
			line, err := wished(u, e.Skill)
			if err != nil {
				return w, err
			}
			edit.Line = &line
		}
		w.Edits = append(w.Edits, edit)
	}
	if _, err := plan.Apply(body.Lines, w.Edits, false); err != nil {
		return w, err
	}
	for _, key := range in.Contested {
		named := func(l plan.Line) bool { return l.Key == key }
		if !slices.ContainsFunc(body.Lines, named) && !slices.ContainsFunc(body.Credited, named) {
			return w, fault.New(fault.Invalid, "fault.plan.no_line", "line", key)
		}
		if !slices.Contains(w.Contested, key) {
			w.Contested = append(w.Contested, key)
		}
	}
	return w, nil
}

// wished is the line of a skill that a learner asks for.
func wished(u *standing.LearnerUnit, id skill.ID) (plan.Line, error) {
	for _, o := range u.Goals {
		if slices.Contains(o.Skills, id) {
			l := plan.NewLine(plan.Practice, o.ID, id, "")
			l.Minutes, l.Reason = u.Course.Skill[id].Minutes, phrase.Of("reason.wished")
			if u.Estimates[id].Status == mastery.Secure {
				return l, fault.New(fault.Invalid, "fault.plan.known")
			}
			return l, nil
		}
	}
	return plan.Line{}, fault.New(fault.NotFound, "fault.not_found")
}
