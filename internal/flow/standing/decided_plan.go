package standing

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"

	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/plan"
	"kith/internal/store/db"
)

// decidedPlan is the fold of a learner's decisions in one unit.
type decidedPlan struct {
	Lines    []plan.Line
	Revision int64
	SinceMs  int64            // when the lines were last decided; 0 = never
	Since    map[string]int64 // by key: when a line came into the plan
	Agreed   bool             // a proposal was said yes to; else the lines are only what a teacher put in by hand
	Vetoes   []string
	Offered  []string // keys of deeper and make lines of plans before: each is offered once
	Emptied  bool     // lines were decided, and the unit has nothing of them any more
}

// TakenBack is the reason of the decision that takes the one before it back.
const TakenBack = "reason.taken_back"

// folding is the fold on its way: the plan so far, what people took out, and how both stood before the last decision.
type folding struct {
	decidedPlan
	out    map[string]bool
	before *folding
}

// FoldDecisions makes the plan that people decided. Vetoes are what a teacher took out of a proposal or of the plan and
// nobody put in again. A rejected proposal leaves the plan as it was; a decision that was taken back, as it was before it.
func FoldDecisions(decisions []db.Decision, proposals []db.Proposal) (decidedPlan, error) {
	f := &folding{out: map[string]bool{}}
	for _, d := range decisions {
		if d.Reason == TakenBack && d.Verdict == "hand" && f.before != nil {
			f = &folding{decidedPlan: f.before.decidedPlan, out: f.before.out, before: f.before.before}
			f.Revision = d.Revision
			continue
		}
		next := &folding{decidedPlan: f.decidedPlan, out: maps.Clone(f.out), before: f}
		if d.Verdict != "reject" {
			if err := next.decide(d, proposals); err != nil {
				return decidedPlan{}, err
			}
		}
		f = next
	}
	f.Vetoes = slices.Sorted(maps.Keys(f.out))
	err := f.offered(decisions)
	return f.decidedPlan, err
}

// offered finds the lines beyond the unit that were in a plan once and are not in it now.
func (f *folding) offered(decisions []db.Decision) error {
	for _, d := range decisions {
		lines, err := DecodeLines(d.Lines)
		if err != nil {
			return err
		}
		for _, l := range lines {
			now := slices.ContainsFunc(f.Lines, func(n plan.Line) bool { return n.Key == l.Key })
			if (l.Kind == plan.Deeper || l.Kind == plan.Make) && !now && !slices.Contains(f.Offered, l.Key) {
				f.Offered = append(f.Offered, l.Key)
			}
		}
	}
	return nil
}

func (f *folding) decide(d db.Decision, proposals []db.Proposal) error {
	lines, err := DecodeLines(d.Lines)
	if err != nil {
		return err
	}
	before := f.Lines
	if at := slices.IndexFunc(proposals, func(x db.Proposal) bool { return x.ID == d.ProposalID }); at >= 0 {
		body, err := DecodeProposal(proposals[at])
		if err != nil {
			return err
		}
		before = body.Lines
	}
	if d.Verdict != "accept" { // what a learner's wish left out, nobody forbade
		for _, l := range before {
			f.out[l.Key] = true
		}
	}
	since := map[string]int64{}
	for _, l := range lines {
		delete(f.out, l.Key)
		since[l.Key] = d.AtMs
		if was, stayed := f.Since[l.Key]; stayed && l.Change != plan.Added {
			since[l.Key] = was
		}
	}
	f.Lines, f.Revision, f.SinceMs, f.Since = lines, d.Revision, d.AtMs, since
	f.Agreed = f.Agreed || d.Verdict != "hand"
	return nil
}

// DecodeLines reads a decided plan's lines.
func DecodeLines(text string) (lines []plan.Line, err error) {
	if err = json.Unmarshal([]byte(text), &lines); err != nil {
		err = fault.Wrap(fault.Internal, err, "fault.internal")
	}
	return lines, err
}

// DecodeProposal turns a row into the proposal. Errors: Internal for a row that is none.
func DecodeProposal(row db.Proposal) (p plan.Proposal, err error) {
	if err = json.Unmarshal([]byte(row.Body), &p); err != nil {
		err = fault.Wrap(fault.Internal, err, "fault.internal")
	}
	return p, err
}

// LastDecision is what a person said last.
type LastDecision struct {
	Verdict string `json:"verdict" enum:"accept,edit,reject,hand"`
	Reason  string `json:"reason"` // in the teacher's words, may be empty
	By      string `json:"by"`
	AtMs    int64  `json:"at_ms"`
}

// LastSaid is what a person said last about this learner's plan; nil when nobody has.
func LastSaid(l *flow.Look, u *LearnerUnit) (*LastDecision, error) {
	if len(u.Decisions) == 0 {
		return nil, nil
	}
	last := slices.MaxFunc(u.Decisions, func(a, b db.Decision) int { return cmp.Compare(a.AtMs, b.AtMs) })
	if last.Reason == TakenBack {
		return nil, nil
	}
	by, err := l.NameOf(last.ByID)
	return &LastDecision{Verdict: last.Verdict, Reason: last.Reason, By: by, AtMs: last.AtMs}, err
}
