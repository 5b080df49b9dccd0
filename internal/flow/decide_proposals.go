package flow

import (
	"slices"
	"strings"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// DecideProposalsIn says yes or no to proposals of one class. A no needs a reason, which the learner reads.
type DecideProposalsIn struct {
	Op
	Class     roster.ClassID `json:"class" minLength:"36" maxLength:"36"`
	Proposals []string       `json:"proposals" minItems:"1" maxItems:"60"`
	Verdict   string         `json:"verdict" enum:"accept,reject"`
	Reason    string         `json:"reason,omitempty" maxLength:"280" doc:"read by the learner; a no needs one"`
}

// Decided tells what became of each proposal of an act.
type Decided struct {
	Outcomes []DecidedOne `json:"outcomes"`
}

// DecidedOne is one proposal. Superseded: another took its place. Already: somebody had decided it; By names them.
type DecidedOne struct {
	Proposal string          `json:"proposal"`
	Learner  roster.PersonID `json:"learner"`
	Name     string          `json:"name"`
	Outcome  string          `json:"outcome" enum:"decided,superseded,already"`
	By       string          `json:"by,omitempty"`
}

// DecideProposals decides every one of the proposals that still waits, in one transaction, and says of the others why not.
// A yes takes the plan as its learner sent it and credits what it shows as known. Errors: NotFound (one of them is of no
// unit of this class), Invalid (a no without a reason), Conflict naming whose when none waits any more: nothing was changed.
var DecideProposals = Verb[DecideProposalsIn, Decided]{
	Name: "decide_proposals",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *Look, in DecideProposalsIn) (access.Subject, error) {
		return access.OfClass(in.Class), nil
	},
	Shard: func(in DecideProposalsIn, who access.Actor) string { return string(in.Class) },
	Do: func(a *Act, in DecideProposalsIn) (Decided, error) {
		out := Decided{Outcomes: []DecidedOne{}}
		if in.Verdict == "reject" {
			if _, err := written("reason", in.Reason, maxReason); err != nil {
				return out, err
			}
		}
		rows, err := a.proposalsOf(in.Class, in.Proposals)
		if err != nil {
			return out, err
		}
		units := map[string]*givenUnit{}
		for _, row := range rows {
			if units[row.ClassUnitID] == nil {
				if units[row.ClassUnitID], err = a.given(row.ClassUnitID); err != nil {
					return out, err
				}
			}
			one, err := a.decideOne(units[row.ClassUnitID], row, in.Verdict, strings.TrimSpace(in.Reason))
			if err != nil {
				return out, err
			}
			out.Outcomes = append(out.Outcomes, one)
		}
		return out, noneWaits(out.Outcomes)
	},
}

// proposalsOf loads proposals under their learners' locks, taken in the order of the learners' ids so that two teachers'
// acts never wait for each other in a ring. Errors: NotFound for one that is of another class.
func (a *Act) proposalsOf(class roster.ClassID, ids []string) ([]db.Proposal, error) {
	var rows []db.Proposal
	for _, id := range ids {
		row, err := a.q.Proposal(a.ctx, db.ProposalParams{SchoolID: a.school(), ID: id})
		if err != nil {
			return nil, err
		}
		of, err := a.aboutClassUnit(row.ClassUnitID)
		if err != nil {
			return nil, err
		}
		if of != access.OfClass(class) {
			return nil, fault.New(fault.NotFound, "fault.not_found")
		}
		if !slices.ContainsFunc(rows, func(r db.Proposal) bool { return r.ID == id }) {
			rows = append(rows, row)
		}
	}
	slices.SortFunc(rows, func(x, y db.Proposal) int { return strings.Compare(x.LearnerID+x.ID, y.LearnerID+y.ID) })
	for i, row := range rows {
		if err := a.q.LockLearner(a.ctx, db.LockLearnerParams{SchoolID: a.school(), LearnerID: row.LearnerID}); err != nil {
			return nil, err
		}
		var err error
		if rows[i], err = a.q.Proposal(a.ctx, db.ProposalParams{SchoolID: a.school(), ID: row.ID}); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// noneWaits is the Conflict of an act that found nothing left to decide, naming whose.
func noneWaits(all []DecidedOne) error {
	var names []string
	for _, o := range all {
		if o.Outcome == "decided" {
			return nil
		}
		names = append(names, o.Name)
	}
	switch {
	case len(all) > 1:
		return fault.New(fault.Conflict, "fault.decide.none", "names", strings.Join(names, ", "))
	case all[0].Outcome == "already":
		return fault.New(fault.Conflict, "fault.decide.already", "name", all[0].Name, "by", all[0].By)
	}
	return fault.New(fault.Conflict, "fault.decide.superseded", "name", all[0].Name)
}

// decideOne decides one proposal as it was sent, or says why it cannot be decided any more.
func (a *Act) decideOne(g *givenUnit, row db.Proposal, verdict, reason string) (DecidedOne, error) {
	one, err := a.stillWaits(row)
	if err != nil || one.Outcome != "decided" {
		return one, err
	}
	u, err := a.learnerUnit(g, one.Learner)
	if err != nil {
		return one, err
	}
	d := db.AddDecisionParams{ProposalID: row.ID, Verdict: verdict, Reason: reason, Revision: u.decided.Revision}
	if verdict == "reject" {
		return one, a.decide(u, d, u.decided.Lines)
	}
	p, err := u.sent(row)
	if err != nil {
		return one, err
	}
	d.Revision++
	if err := a.decide(u, d, p.Lines); err != nil {
		return one, err
	}
	return one, a.creditAll(u, p.Credited)
}

// stillWaits says what became of a proposal so far; "decided" when it waits and may be decided now.
func (a *Act) stillWaits(row db.Proposal) (DecidedOne, error) {
	p, err := a.q.Person(a.ctx, db.PersonParams{SchoolID: a.school(), ID: row.LearnerID})
	if err != nil {
		return DecidedOne{}, err
	}
	one := DecidedOne{Proposal: row.ID, Learner: roster.PersonID(row.LearnerID), Name: person(p).Short(), Outcome: "decided"}
	switch row.State {
	case "superseded":
		one.Outcome = "superseded"
	case "decided":
		one.Outcome = "already"
		all, err := a.q.DecisionsOf(a.ctx, db.DecisionsOfParams{SchoolID: a.school(), LearnerID: row.LearnerID, ClassUnitID: row.ClassUnitID})
		if err != nil {
			return one, err
		}
		for _, d := range all {
			if d.ProposalID == row.ID {
				one.By, err = a.nameOf(d.ByID)
			}
		}
		return one, err
	}
	return one, nil
}
