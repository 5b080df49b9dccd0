package authoring

import (
	"cmp"
	"maps"
	"slices"

	"kith/internal/evidence"
	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/flow/library"
	"kith/internal/flow/standing"
	"kith/internal/item"
	"kith/internal/mastery"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// What is done to everybody who answered an item is judged ahead of the transaction, a learner a snapshot: an item may have
// thousands of answers, and while they are judged and folded nobody else could write. The transaction takes the locks, compares
// where each record stands, judges the few that have moved since, and writes.

// foreseen is what a choice does to one learner's record as it stood at seq.
type foreseen struct {
	seq             int64
	facts           []evidence.Fact // that it adds
	unjudged, ruled int
	moves           []move
	after           map[skill.ID]mastery.Estimate // with the facts; nil where there are none
}

// move is a status that would be another one.
type move struct {
	skill    skill.ID
	from, to mastery.Status
}

// survey is what was foreseen of everybody who answered an item.
type survey struct {
	model    string // under which it was folded
	learners map[string]foreseen
	late     struct{ learners, answers int } // judged by the transaction itself, the answers to the item among them counted
}

// changing is the item that is changed or taken down: row is its own, it the version to judge by, nil where nothing is judged.
type changing struct {
	row    db.Content
	it     *item.Item
	how    Evidence
	reason string
}

// surveyed foresees what a choice does, for Do to compare: nil where nothing is done to answers. what is the change, if the
// actor may make it.
func surveyed(in flow.Snapshots, how Evidence, what func(l *flow.Look) (changing, error)) (*survey, error) {
	if how == Keep {
		return nil, nil
	}
	s := &survey{learners: map[string]foreseen{}}
	var c changing
	var learners []string
	err := in(func(l *flow.Look) (err error) {
		if c, err = what(l); err != nil {
			return err
		}
		m, err := ledger.Model(l)
		if err != nil {
			return err
		}
		s.model = m.ID
		learners, err = l.Q().LearnersOfItem(l.Ctx(), db.LearnersOfItemParams{SchoolID: l.School(), ItemID: c.row.ID})
		return err
	})
	for _, id := range learners {
		if err != nil {
			return nil, err
		}
		err = in(func(l *flow.Look) error {
			_, may, err := reach(l, c.row, id)
			if err != nil || !may {
				return err
			}
			s.learners[id], err = foresee(l, c, id)
			return err
		})
	}
	return s, err
}

// foresee judges and folds one learner's record.
func foresee(l *flow.Look, c changing, id string) (foreseen, error) {
	var out foreseen
	facts, err := ledger.Facts(l, roster.PersonID(id))
	if err != nil || len(facts) == 0 {
		return out, err
	}
	out.seq = facts[len(facts)-1].Seq
	if out.facts, err = corrections(l, facts, c.row, c.it, c.how, c.reason, &out); err != nil || len(out.facts) == 0 {
		return out, err
	}
	return out, out.compare(l, facts)
}

// compare folds a learner's facts with and without the corrections, and notes the statuses that differ.
func (f *foreseen) compare(l *flow.Look, facts []evidence.Fact) error {
	m, err := ledger.Model(l)
	if err != nil {
		return err
	}
	before, err := mastery.Fold(m, facts)
	if err != nil {
		return err
	}
	with := slices.Clone(facts)
	for i, fix := range f.facts {
		fix.ID, fix.Seq, fix.ReceivedMs = "new", f.seq+int64(i)+1, l.Now()
		with = append(with, fix)
	}
	if f.after, err = mastery.Fold(m, with); err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(before)) {
		was, err := ledger.Shown(l, before[id])
		if err != nil {
			return err
		}
		will, there := f.after[id]
		if !there {
			will = mastery.Start(m, id)
		}
		if will, err = ledger.Shown(l, will); err != nil {
			return err
		}
		if was.Status != will.Status {
			f.moves = append(f.moves, move{id, was.Status, will.Status})
		}
	}
	return nil
}

// moveKey is by what moves are counted together.
type moveKey struct {
	skill    string
	from, to mastery.Status
}

// correcting is what is done to one learner.
type correcting struct {
	learner roster.PersonID
	foreseen
}

// judge works out what a choice does to the answers of an item. What ahead foresaw of a learner who stands where they stood,
// by seqs, is taken as it is. ahead is nil in a look, which judges everybody.
func judge(l *flow.Look, c changing, ahead *survey, seqs map[string]int64) ([]correcting, Affected, error) {
	var out Affected
	if c.how == Keep {
		return nil, out, nil
	}
	learners, err := l.Q().LearnersOfItem(l.Ctx(), db.LearnersOfItemParams{SchoolID: l.School(), ItemID: c.row.ID})
	if err != nil {
		return nil, out, err
	}
	m, err := ledger.Model(l)
	if err != nil {
		return nil, out, err
	}
	if ahead != nil {
		ahead.late.learners, ahead.late.answers = 0, 0 // a body may run twice
	}
	var all []correcting
	moves := map[moveKey]*StatusMoves{}
	for _, id := range learners {
		if _, locked := seqs[id]; seqs != nil && !locked {
			continue // their first answer came after the locks: to the version that they had open
		}
		taught, may, err := reach(l, c.row, id)
		if err != nil {
			return nil, out, err
		}
		if !may {
			out.Elsewhere++
			continue
		}
		f, ok := ahead.of(id, m.ID, seqs)
		if !ok {
			if f, err = foresee(l, c, id); err != nil {
				return nil, out, err
			}
			ahead.note(f)
		}
		out.Unjudged += f.unjudged
		out.Ruled += f.ruled
		if len(f.facts) == 0 {
			continue
		}
		all = append(all, correcting{roster.PersonID(id), f})
		out.Learners++
		out.Answers += len(f.facts)
		if err := count(l, moves, f.moves, roster.PersonID(id), taught); err != nil {
			return nil, out, err
		}
	}
	for _, m := range moves {
		out.Moves = append(out.Moves, *m)
	}
	slices.SortFunc(out.Moves, func(a, b StatusMoves) int {
		return cmp.Or(b.N-a.N, cmp.Compare(a.Skill, b.Skill), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	return all, out, nil
}

// of is what was foreseen of a learner, if it still holds.
func (s *survey) of(id, model string, seqs map[string]int64) (foreseen, bool) {
	if s == nil || s.model != model {
		return foreseen{}, false
	}
	f, ok := s.learners[id]
	return f, ok && f.seq == seqs[id]
}

// note counts what could not be taken as it was foreseen.
func (s *survey) note(f foreseen) {
	if s != nil {
		s.late.learners++
		s.late.answers += len(f.facts) + f.unjudged + f.ruled
	}
}

func count(l *flow.Look, moves map[moveKey]*StatusMoves, some []move, learner roster.PersonID, taught bool) error {
	for _, one := range some {
		title, err := library.SkillTitle(l, one.skill)
		if err != nil {
			return err
		}
		key := moveKey{title, one.from, one.to}
		m := moves[key]
		if m == nil {
			m = &StatusMoves{Skill: title, From: one.from, To: one.to}
			moves[key] = m
		}
		m.N++
		if !taught {
			continue
		}
		name, err := l.NameOf(string(learner))
		if err != nil {
			return err
		}
		m.Learners = append(m.Learners, flow.Named{ID: learner, Name: name})
	}
	return nil
}

// correct carries out what judge worked out, learner by learner, and looks again at the plans of those whose word for a skill
// has moved.
func correct(a *flow.Act, verb string, all []correcting) error {
	for _, c := range all {
		if err := ledger.Correct(a, c.learner, c.facts, c.after); err != nil {
			return err
		}
		if err := a.NoteChange(verb, c.learner); err != nil {
			return err
		}
		if err := a.TellLearner(c.learner, "correction", corrected{c.learner}); err != nil {
			return err
		}
		if len(c.moves) == 0 {
			continue
		}
		if err := standing.PlanMoved(a, c.learner); err != nil {
			return err
		}
	}
	return nil
}

// corrected tells followers whose answers are worth something else now.
type corrected struct {
	Learner roster.PersonID `json:"learner"`
}

// hold takes the locks of all who answered an item, in one order, so that nobody's answer comes between judging and writing, and
// says where the record of each stands.
func hold(a *flow.Act, row db.Content, how Evidence) (map[string]int64, error) {
	if how == Keep {
		return nil, nil
	}
	learners, err := a.Q().LearnersOfItem(a.Ctx(), db.LearnersOfItemParams{SchoolID: a.School(), ItemID: row.ID})
	if err != nil {
		return nil, err
	}
	seqs := map[string]int64{}
	for _, id := range learners {
		if seqs[id], err = a.Q().LockLearner(a.Ctx(), db.LockLearnerParams{SchoolID: a.School(), LearnerID: id}); err != nil {
			return nil, err
		}
	}
	return seqs, nil
}
