package decision

import (
	"encoding/json"
	"slices"
	"strings"

	"kith/internal/flow/standing"
	"kith/internal/mastery"
	"kith/internal/phrase"
	"kith/internal/plan"
	"kith/internal/store/db"
)

// sentPlan is what saying yes to a proposal decides: the proposal with what its learner sent along, and with what people
// decided by hand since it was made. The inbox shows it and the verbs decide it, so nobody agrees to what they did not see.
type sentPlan struct {
	Lines       []plan.Line // each marked against the plan that runs now
	Credited    []plan.Line
	Dropped     []plan.Line // of the plan that runs now, each with why
	MinutesBack int
	Wish        standing.Wish
	Moved       []string // keys that the learner moved
	Asked       []string // keys that stand in the plan because the learner asked for them
	Choices     []plan.Choice
}

// sent folds a proposal with its wish. A credit that the learner contests becomes practice instead; one that evidence or a
// person has settled since is left out. What a teacher put in since stands first, what they took out stays out.
func sent(u *standing.LearnerUnit, row db.Proposal) (sentPlan, error) {
	var p sentPlan
	var err error
	if p.Wish, err = standing.DecodeWish(row); err != nil {
		return p, err
	}
	body, lines, err := u.Proposed(row, p.Wish)
	if err != nil {
		return p, err
	}
	for _, e := range p.Wish.Edits {
		if e.Act == "move" {
			p.Moved = append(p.Moved, e.Key)
		} else if e.Line != nil {
			p.Asked = append(p.Asked, e.Line.Key)
		}
	}
	p.MinutesBack, p.Choices = body.MinutesBack, body.Choices
	for _, c := range body.Credited {
		e := u.Estimates[c.Skill]
		switch {
		case slices.Contains(p.Wish.Contested, c.Key):
			p.MinutesBack -= c.Minutes
			l := plan.NewLine(plan.Practice, c.Objective, c.Skill, "")
			l.Minutes, l.Reason, l.Evidence = c.Minutes, phrase.Of("reason.wished"), c.Evidence
			if !has(lines, l.Key) {
				lines = append(lines, l)
				p.Asked = append(p.Asked, l.Key)
			}
		case e.Status == mastery.Secure || e.Status == mastery.AnotherLook || e.State.Reopened:
		default:
			p.Credited = append(p.Credited, c)
		}
	}
	if lines, err = withHand(u, row, lines); err != nil {
		return p, err
	}
	running := running(u)
	p.Lines = plan.Mark(running, lines)
	for _, l := range running {
		if !has(p.Lines, l.Key) {
			p.Dropped = append(p.Dropped, whyDropped(l, body.Dropped))
		}
	}
	return p, nil
}

// withHand brings lines of a proposal up to what was decided by hand since it was made.
func withHand(u *standing.LearnerUnit, row db.Proposal, lines []plan.Line) ([]plan.Line, error) {
	if u.Decided.Revision == row.BaseRevision {
		return lines, nil
	}
	before := slices.IndexFunc(u.Decisions, func(d db.Decision) bool { return d.Revision > row.BaseRevision })
	if before < 0 {
		return lines, nil
	}
	then, err := standing.FoldDecisions(u.Decisions[:before], u.Proposals)
	if err != nil {
		return nil, err
	}
	out := []plan.Line{}
	for _, l := range running(u) {
		if l.Pinned && !has(then.Lines, l.Key) && !has(lines, l.Key) {
			out = append(out, l)
		}
	}
	for _, l := range lines {
		if !slices.Contains(u.Decided.Vetoes, l.Key) || slices.Contains(then.Vetoes, l.Key) {
			out = append(out, l)
		}
	}
	return out, nil
}

// running are the decided lines that are not done.
func running(u *standing.LearnerUnit) []plan.Line {
	var out []plan.Line
	for _, s := range u.Steps() {
		if s.Status != plan.Done {
			out = append(out, s.Line)
		}
	}
	return out
}

func whyDropped(l plan.Line, proposed []plan.Line) plan.Line {
	l.Change, l.Reason = plan.Dropped, phrase.Of("reason.dropped_wish")
	if at := slices.IndexFunc(proposed, func(x plan.Line) bool { return x.Key == l.Key }); at >= 0 {
		l.Reason = proposed[at].Reason
	}
	return l
}

func has(lines []plan.Line, key string) bool {
	return slices.ContainsFunc(lines, func(l plan.Line) bool { return l.Key == key })
}

// sameLook is equal for plans that ask for the same lines and drop the same; credits may differ, since each learner
// brings their own and the card shows them by name.
func (p sentPlan) sameLook() string {
	return plan.Key(plan.Proposal{Lines: p.Lines, Dropped: p.Dropped})
}

// wished reports whether the learner said anything when sending.
func (p sentPlan) wished() bool {
	return len(p.Wish.Edits) > 0 || len(p.Wish.Contested) > 0 || p.Wish.Word != ""
}

// storedReason is a phrase as the text column of a reason keeps it, to be worded in the reader's language when shown.
func storedReason(p phrase.Phrase) (string, error) {
	body, err := json.Marshal(p)
	return string(body), err
}

// Reason is why a person did something: in their own words, or as a phrase where the program gave the reason.
type Reason struct {
	Words  string         `json:"words,omitempty"`
	Phrase *phrase.Phrase `json:"phrase,omitempty"`
}

// reasonOf reads a stored reason: a phrase, a bare key of one, or a person's words.
func reasonOf(stored string) Reason {
	var p phrase.Phrase
	switch {
	case strings.HasPrefix(stored, `{"code":"reason.`) && json.Unmarshal([]byte(stored), &p) == nil:
		return Reason{Phrase: &p}
	case strings.HasPrefix(stored, "reason.") && !strings.ContainsAny(stored, " \n\t"):
		p.Code = stored
		return Reason{Phrase: &p}
	}
	return Reason{Words: stored}
}
