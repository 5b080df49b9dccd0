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

// Evidence says what becomes of answers that were given to an item before it was changed or taken down.
type Evidence string

const (
	Keep     Evidence = "keep"     // they count as they were judged
	Rescore  Evidence = "rescore"  // they are judged by the new key
	Withdraw Evidence = "withdraw" // they are taken out
)

// What a correction gives as its reason: an item was changed, or taken down.
const (
	reasonChanged = "reason.item_changed"
	reasonTaken   = "reason.item_taken"
)

// Affected is what a choice of Evidence would do, worked out by folding and stored nowhere.
type Affected struct {
	Learners  int           `json:"learners"`  // whose answers it would touch
	Answers   int           `json:"answers"`   // that it would take out or judge otherwise
	Unjudged  int           `json:"unjudged"`  // that the new key cannot judge: other numbers or options; they stay as they are
	Ruled     int           `json:"ruled"`     // that a teacher has ruled about; they stay as they are
	Moves     []StatusMoves `json:"moves"`     // statuses that would be others
	Elsewhere int           `json:"elsewhere"` // learners who answered and whose answers stay, since the actor does not teach them
}

// StatusMoves is how many learners a status would move for, with the names of those whom the actor teaches.
type StatusMoves struct {
	Skill    string         `json:"skill"`
	From     mastery.Status `json:"from" enum:"not_started,growing,secure,another_look"`
	To       mastery.Status `json:"to" enum:"not_started,growing,secure,another_look"`
	N        int            `json:"n"`
	Learners []flow.Named   `json:"learners"`
}

// moveKey is by what moves are counted together.
type moveKey struct {
	skill    string
	from, to mastery.Status
}

// correcting is what is done to one learner.
type correcting struct {
	learner roster.PersonID
	facts   []evidence.Fact
}

// reach says whose answers somebody may touch: those of everybody who answered for whoever answers for the item, else only
// those of learners whom they teach.
func reach(l *flow.Look, row db.Content, learner string) (taught, may bool, err error) {
	n, err := l.Q().TeachesPerson(l.Ctx(), db.TeachesPersonParams{SchoolID: l.School(), ActorID: string(l.Who().Person), SubjectID: learner})
	return n > 0, n > 0 || mayChange(l, row), err
}

// judge works out what a choice does to the answers of an item: it is the version to judge by, nil where nothing is judged.
func judge(l *flow.Look, row db.Content, it *item.Item, how Evidence, reason string) ([]correcting, Affected, error) {
	var out Affected
	if how == Keep {
		return nil, out, nil
	}
	learners, err := l.Q().LearnersOfItem(l.Ctx(), db.LearnersOfItemParams{SchoolID: l.School(), ItemID: row.ID})
	if err != nil {
		return nil, out, err
	}
	var all []correcting
	moves := map[moveKey]*StatusMoves{}
	for _, id := range learners {
		taught, may, err := reach(l, row, id)
		if err != nil {
			return nil, out, err
		}
		if !may {
			out.Elsewhere++
			continue
		}
		facts, err := ledger.Facts(l, roster.PersonID(id))
		if err != nil {
			return nil, out, err
		}
		c := correcting{learner: roster.PersonID(id)}
		if c.facts, err = corrections(l, facts, row, it, how, reason, &out); err != nil {
			return nil, out, err
		}
		if len(c.facts) == 0 {
			continue
		}
		all = append(all, c)
		out.Learners++
		out.Answers += len(c.facts)
		if err := compare(l, facts, c, taught, moves); err != nil {
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

// corrections are the facts that a choice adds to one learner's record.
func corrections(l *flow.Look, facts []evidence.Fact, row db.Content, it *item.Item, how Evidence, reason string, out *Affected) ([]evidence.Fact, error) {
	var made []evidence.Fact
	for _, f := range ledger.Kept(facts) {
		a := f.Attempt
		if a == nil || string(a.Item) != row.ID {
			continue
		}
		fix := evidence.Fact{Learner: f.Learner}
		switch {
		case how == Withdraw:
			fix.Kind, fix.Withdrawal = evidence.KindWithdrawal, &evidence.Withdrawal{Fact: f.ID, By: l.Who().Person, Reason: reason}
		case a.Unlearned || a.ItemVersion >= it.Version:
			continue
		case a.Ruled || a.Looked:
			out.Ruled++
			continue
		default:
			said, ok, err := again(l, a, it)
			if err != nil {
				return nil, err
			}
			if !ok || said.Outcome == item.Waiting { // a key says nothing of what a person has to look at
				out.Unjudged++
				continue
			}
			if said.Outcome == a.Outcome && said.Mistake == a.Mistake && (said.PartsRight == a.PartsRight || a.Parts == 0) {
				continue
			}
			fix.Kind, fix.Rescoring = evidence.KindRescoring, &evidence.Rescoring{Attempt: f.ID, ItemVersion: it.Version, Outcome: said.Outcome,
				Mistake: said.Mistake, Parts: said.Parts, PartsRight: said.PartsRight, By: l.Who().Person, Reason: reason}
		}
		made = append(made, fix)
	}
	return made, nil
}

// again judges an answer by a later version of its item, with the numbers that were drawn then. ok is false where that key
// cannot judge it: it draws other numbers, has other boxes, or lacks an option that was chosen.
func again(l *flow.Look, a *evidence.Attempt, it *item.Item) (said item.Judged, ok bool, err error) {
	r := a.Response
	if it.Kind.Arranged() {
		return rearranged(l, a, it)
	}
	if len(r.Chosen) > 0 {
		was, err := library.ItemVersion(l, a.Item, int64(a.ItemVersion))
		if err != nil {
			return said, false, err
		}
		if r.Chosen, ok = chosenIn(was, it, r.Chosen); !ok {
			return said, false, nil
		}
	}
	v, err := item.Recall(*it, a.Seed, a.Drawn)
	if err != nil {
		return said, false, nil
	}
	if said, err = item.Score(v, r); err != nil {
		return said, false, nil
	}
	return said, true, nil
}

// rearranged is again for options that are arranged: by what they say, since each version shows them in an order of its own.
func rearranged(l *flow.Look, a *evidence.Attempt, it *item.Item) (said item.Judged, ok bool, err error) {
	old, err := library.ItemVersion(l, a.Item, int64(a.ItemVersion))
	if err != nil {
		return said, false, err
	}
	was, err := item.Recall(*old, a.Seed, a.Drawn)
	if err != nil {
		return said, false, err
	}
	now, err := item.Recall(*it, a.Seed, a.Drawn)
	if err != nil {
		return said, false, nil
	}
	r, ok := item.Carry(was, now, a.Response)
	if !ok {
		return said, false, nil
	}
	said, err = item.Score(now, r)
	return said, err == nil, nil
}

// chosenIn finds chosen options by their texts in another version.
func chosenIn(was, now *item.Item, chosen []int) (out []int, ok bool) {
	for _, i := range chosen {
		at := slices.IndexFunc(now.Choices, func(o item.Option) bool {
			return i < len(was.Choices) && o.Text.Plain(unset{}) == was.Choices[i].Text.Plain(unset{})
		})
		if at < 0 || slices.Contains(out, at) {
			return nil, false
		}
		out = append(out, at)
	}
	slices.Sort(out)
	return out, true
}

// compare folds a learner's facts with and without the corrections, and counts the statuses that differ.
func compare(l *flow.Look, facts []evidence.Fact, c correcting, taught bool, moves map[moveKey]*StatusMoves) error {
	m, err := ledger.Model(l)
	if err != nil {
		return err
	}
	before, err := mastery.Fold(m, facts)
	if err != nil {
		return err
	}
	with := slices.Clone(facts)
	for i, f := range c.facts {
		f.ID, f.Seq, f.ReceivedMs = "new", facts[len(facts)-1].Seq+int64(i)+1, l.Now()
		with = append(with, f)
	}
	after, err := mastery.Fold(m, with)
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(before)) {
		was, err := ledger.Shown(l, before[id])
		if err != nil {
			return err
		}
		will, there := after[id]
		if !there {
			will = mastery.Start(m, id)
		}
		if will, err = ledger.Shown(l, will); err != nil {
			return err
		}
		if was.Status == will.Status {
			continue
		}
		if err := note(l, moves, id, was.Status, will.Status, c.learner, taught); err != nil {
			return err
		}
	}
	return nil
}

func note(l *flow.Look, moves map[moveKey]*StatusMoves, id skill.ID, from, to mastery.Status, learner roster.PersonID, taught bool) error {
	title, err := library.SkillTitle(l, id)
	if err != nil {
		return err
	}
	key := moveKey{title, from, to}
	m := moves[key]
	if m == nil {
		m = &StatusMoves{Skill: title, From: from, To: to}
		moves[key] = m
	}
	m.N++
	if !taught {
		return nil
	}
	name, err := l.NameOf(string(learner))
	m.Learners = append(m.Learners, flow.Named{ID: learner, Name: name})
	return err
}

// correct carries out what judge worked out, learner by learner, and looks at their plans again.
func correct(a *flow.Act, verb string, all []correcting) error {
	for _, c := range all {
		if err := ledger.Correct(a, c.learner, c.facts); err != nil {
			return err
		}
		if err := a.NoteChange(verb, c.learner); err != nil {
			return err
		}
		if err := a.TellLearner(c.learner, "correction", corrected{c.learner}); err != nil {
			return err
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

// hold takes the locks of all who answered an item, in one order, so that nobody's answer comes between judging and writing.
func hold(a *flow.Act, row db.Content, how Evidence) error {
	if how == Keep {
		return nil
	}
	learners, err := a.Q().LearnersOfItem(a.Ctx(), db.LearnersOfItemParams{SchoolID: a.School(), ItemID: row.ID})
	if err != nil {
		return err
	}
	for _, id := range learners {
		if err := a.Q().LockLearner(a.Ctx(), db.LockLearnerParams{SchoolID: a.School(), LearnerID: id}); err != nil {
			return err
		}
	}
	return nil
}
