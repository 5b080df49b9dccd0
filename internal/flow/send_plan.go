package flow

import (
	"encoding/json"
	"slices"
	"strings"

	"kith/internal/access"
	"kith/internal/fault"
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
	Mine
	ClassUnit string     `json:"class_unit" minLength:"36" maxLength:"36"`
	Proposal  string     `json:"proposal" minLength:"36" maxLength:"36"`
	Edits     []WishEdit `json:"edits" maxItems:"40"`
	Contested []string   `json:"contested" maxItems:"40"`
	Word      string     `json:"word" maxLength:"280" doc:"read by the teachers of the class"`
}

// SendPlan sends the proposal with what the learner would change. It may be sent again until somebody decides.
// Errors: NotFound, Conflict (another proposal has taken its place, or it was decided), Forbidden (a line that must stay,
// or adding where the dial does not let), Invalid.
var SendPlan = Verb[SendPlanIn, Kept]{
	Name:  "send_plan",
	Rule:  access.Allow(access.Self),
	About: func(_ *Look, in SendPlanIn) (access.Subject, error) { return in.mine() },
	Do: func(a *Act, in SendPlanIn) (Kept, error) {
		u, err := a.mineIn(in.ClassUnit, in.Learner)
		if err != nil {
			return Kept{}, err
		}
		row, ok := u.open()
		if !ok || row.ID != in.Proposal {
			return Kept{}, fault.New(fault.Conflict, "fault.plan.superseded")
		}
		body, err := decodeProposal(row)
		if err != nil {
			return Kept{}, err
		}
		wish, err := u.wish(in, body)
		if err != nil {
			return Kept{}, err
		}
		text, err := json.Marshal(wish)
		if err != nil {
			return Kept{}, err
		}
		n, err := a.q.SendProposal(a.ctx, db.SendProposalParams{SchoolID: a.school(), ID: row.ID, SentMs: a.now, Wish: string(text)})
		if err != nil {
			return Kept{}, err
		}
		if n == 0 {
			return Kept{}, fault.New(fault.Conflict, "fault.plan.superseded")
		}
		return Kept{a.now}, a.tellLearner(in.Learner, "proposal", proposed{in.Learner, row.ID})
	},
}

// wish makes what is kept of a learner's changes and refuses those that are not theirs to make.
func (u *learnerUnit) wish(in SendPlanIn, body plan.Proposal) (Wish, error) {
	w := Wish{Edits: []plan.Edit{}, Contested: []string{}, Word: strings.TrimSpace(in.Word)}
	for _, e := range in.Edits {
		edit := plan.Edit{Act: e.Act, Key: e.Key, To: e.To}
		if e.Act == "add" {
			if u.dial != plan.Propose {
				return w, fault.New(fault.Forbidden, "fault.plan.dial")
			}
			line, err := u.wished(e.Skill)
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
func (u *learnerUnit) wished(id skill.ID) (plan.Line, error) {
	for _, o := range u.goals {
		if slices.Contains(o.Skills, id) {
			l := plan.NewLine(plan.Practice, o.ID, id, "")
			l.Minutes, l.Reason = u.course.skill[id].Minutes, phrase.Of("reason.wished")
			if u.estimates[id].Status == mastery.Secure {
				return l, fault.New(fault.Invalid, "fault.plan.known")
			}
			return l, nil
		}
	}
	return plan.Line{}, fault.New(fault.NotFound, "fault.not_found")
}
