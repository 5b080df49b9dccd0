package authoring

import (
	"slices"

	"kith/internal/evidence"
	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/flow/library"
	"kith/internal/item"
	"kith/internal/mastery"
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

// reach says whose answers somebody may touch: those of everybody who answered for whoever answers for the item, else only
// those of learners whom they teach.
func reach(l *flow.Look, row db.Content, learner string) (taught, may bool, err error) {
	n, err := l.Q().TeachesPerson(l.Ctx(), db.TeachesPersonParams{SchoolID: l.School(), ActorID: string(l.Who().Person), SubjectID: learner})
	return n > 0, n > 0 || mayChange(l, row), err
}

// corrections are the facts that a choice adds to one learner's record.
func corrections(l *flow.Look, facts []evidence.Fact, row db.Content, it *item.Item, how Evidence, reason string, out *foreseen) ([]evidence.Fact, error) {
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
			out.ruled++
			continue
		default:
			said, ok, err := again(l, a, it)
			if err != nil {
				return nil, err
			}
			if !ok || said.Outcome == item.Waiting { // a key says nothing of what a person has to look at
				out.unjudged++
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
