package decision

import (
	"slices"
	"strings"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/flow/standing"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// DecideProposalsIn says yes or no to proposals of one class. A no needs a reason, which the learner reads.
type DecideProposalsIn struct {
	flow.Op
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
var DecideProposals = flow.Verb[DecideProposalsIn, Decided]{
	Name: "decide_proposals",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *flow.Look, in DecideProposalsIn) (access.Subject, error) {
		return access.OfClass(in.Class), nil
	},
	Shard: func(in DecideProposalsIn, who access.Actor) string { return string(in.Class) },
	Do: func(a *flow.Act, in DecideProposalsIn) (Decided, error) {
		out := Decided{Outcomes: []DecidedOne{}}
		if in.Verdict == "reject" {
			if _, err := flow.Written("reason", in.Reason, maxReason); err != nil {
				return out, err
			}
		}
		rows, err := proposalsOf(a, in.Class, in.Proposals)
		if err != nil {
			return out, err
		}
		units := map[string]*standing.GivenUnit{}
		for _, row := range rows {
			if units[row.ClassUnitID] == nil {
				if units[row.ClassUnitID], err = standing.LoadGiven(a.Look, row.ClassUnitID); err != nil {
					return out, err
				}
			}
			one, err := decideOne(a, units[row.ClassUnitID], row, in.Verdict, strings.TrimSpace(in.Reason))
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
func proposalsOf(a *flow.Act, class roster.ClassID, ids []string) ([]db.Proposal, error) {
	var rows []db.Proposal
	for _, id := range ids {
		row, err := a.Q().Proposal(a.Ctx(), db.ProposalParams{SchoolID: a.School(), ID: id})
		if err != nil {
			return nil, err
		}
		of, err := library.AboutClassUnit(a.Look, row.ClassUnitID)
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
		if _, err := a.Q().LockLearner(a.Ctx(), db.LockLearnerParams{SchoolID: a.School(), LearnerID: row.LearnerID}); err != nil {
			return nil, err
		}
		var err error
		if rows[i], err = a.Q().Proposal(a.Ctx(), db.ProposalParams{SchoolID: a.School(), ID: row.ID}); err != nil {
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
func decideOne(a *flow.Act, g *standing.GivenUnit, row db.Proposal, verdict, reason string) (DecidedOne, error) {
	one, err := stillWaits(a, row)
	if err != nil || one.Outcome != "decided" {
		return one, err
	}
	u, err := standing.Load(a.Look, g, one.Learner)
	if err != nil {
		return one, err
	}
	d := db.AddDecisionParams{ProposalID: row.ID, Verdict: verdict, Reason: reason, Revision: u.Decided.Revision}
	if verdict == "reject" {
		return one, decide(a, u, d, u.Decided.Lines)
	}
	p, err := sent(u, row)
	if err != nil {
		return one, err
	}
	d.Revision++
	if err := decide(a, u, d, p.Lines); err != nil {
		return one, err
	}
	return one, creditAll(a, u, p.Credited)
}

// stillWaits says what became of a proposal so far; "decided" when it waits and may be decided now.
func stillWaits(a *flow.Act, row db.Proposal) (DecidedOne, error) {
	p, err := a.Q().Person(a.Ctx(), db.PersonParams{SchoolID: a.School(), ID: row.LearnerID})
	if err != nil {
		return DecidedOne{}, err
	}
	one := DecidedOne{Proposal: row.ID, Learner: roster.PersonID(row.LearnerID), Name: flow.Person(p).Short(), Outcome: "decided"}
	switch row.State {
	case "superseded":
		one.Outcome = "superseded"
	case "decided":
		one.Outcome = "already"
		all, err := a.Q().DecisionsOf(a.Ctx(), db.DecisionsOfParams{SchoolID: a.School(), LearnerID: row.LearnerID, ClassUnitID: row.ClassUnitID})
		if err != nil {
			return one, err
		}
		for _, d := range all {
			if d.ProposalID == row.ID {
				one.By, err = a.NameOf(d.ByID)
			}
		}
		return one, err
	}
	return one, nil
}
