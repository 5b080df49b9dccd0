// Package decision is where people decide about one learner: the inbox of proposals, a yes with or without changes, a no, steps
// put into a plan by hand, a skill credited or opened again, a fact withdrawn, and the page on which they see what it rests on.
//
// Every decision is a row that stays; the plan is the fold of them (package standing). Whatever the software proposed goes live
// through a verb of this room and no other way.
//
// Place in the flow: layer 4, above standing.
package decision

import (
	"encoding/json"

	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/flow/standing"
	"kith/internal/plan"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"
)

// maxReason bounds what a teacher writes to a learner with a decision.
const maxReason = 280

// planDecided tells followers that somebody decided a learner's plan.
type planDecided struct {
	Learner  roster.PersonID `json:"learner"`
	Verdict  string          `json:"verdict"`
	Revision int64           `json:"revision"`
}

// decide writes a decision with the lines that the plan has after it, notes the change and tells the followers. d carries
// proposal, verdict, reason and revision.
func decide(a *flow.Act, u *standing.LearnerUnit, d db.AddDecisionParams, lines []plan.Line) error {
	if d.ProposalID != "" {
		n, err := a.Q().DecideProposal(a.Ctx(), db.DecideProposalParams{SchoolID: a.School(), ID: d.ProposalID})
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.Conflict, "fault.decide.changed")
		}
	}
	body, err := json.Marshal(append([]plan.Line{}, lines...))
	if err != nil {
		return err
	}
	d.SchoolID, d.ID, d.LearnerID, d.ClassUnitID = a.School(), a.NewID(), string(u.Learner), u.Row.ID
	d.ByID, d.Lines, d.AtMs = flow.ActorKey(a.Who()), string(body), a.Now()
	if err := a.Q().AddDecision(a.Ctx(), d); err != nil {
		return err
	}
	if err := a.NoteChange("decide_"+d.Verdict, u.Learner); err != nil {
		return err
	}
	return a.TellLearner(u.Learner, "decision", planDecided{u.Learner, d.Verdict, d.Revision})
}

// creditAll makes a fact of each credit that a teacher agreed to, with the reason for which it was proposed.
func creditAll(a *flow.Act, u *standing.LearnerUnit, credited []plan.Line) error {
	for _, c := range credited {
		reason, err := storedReason(c.Reason)
		if err != nil {
			return err
		}
		if _, _, err := ledger.Append(a, evidence.Fact{Learner: u.Learner, Kind: evidence.KindCredit,
			Credit: &evidence.Credit{Skill: c.Skill, Act: "credit", By: a.Who().Person, Reason: reason}}); err != nil {
			return err
		}
	}
	return nil
}

// skillInSchool refuses a skill that the school does not have. Errors: NotFound.
func skillInSchool(l *flow.Look, id skill.ID) error {
	_, ok, err := store.Optional(l.Q().SkillPlace(l.Ctx(), db.SkillPlaceParams{SchoolID: l.School(), ID: string(id)}))
	if err == nil && !ok {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return err
}

// locked loads a learner in a unit under the learner's lock. Errors: NotFound.
func locked(a *flow.Act, classUnit string, learner roster.PersonID) (*standing.LearnerUnit, error) {
	if _, err := a.Q().LockLearner(a.Ctx(), db.LockLearnerParams{SchoolID: a.School(), LearnerID: string(learner)}); err != nil {
		return nil, err
	}
	return standing.InUnit(a.Look, classUnit, learner)
}
