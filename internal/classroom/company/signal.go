package company

import (
	"cmp"
	"slices"

	"kith/internal/phrase"
	"kith/internal/skill"
)

// When a teacher is told. Measured with `kith bench stuck` (docs/bench/engine.md): after five answers three in four of those
// told of were stuck, on real answers and on simulated ones, and half of the stuck were told of. A lower threshold would
// find more of them and be right less often, and a teacher who is sent to the wrong table twice stops looking.
const (
	WantsAt    = 0.5 // likelier than not to practise on without getting there
	WantsAfter = 3   // answers, the floor: before them it cannot be told from a slow start (Wang, Kai and Baker, 2020)
)

// Beneath is a direct prerequisite of the skill as it stands for the learner.
type Beneath struct {
	Skill  skill.ID
	Known  float64 // P(known)
	Secure bool
}

// Signal is what a teacher may see of one learner and skill, for one lesson.
type Signal struct {
	Chance  float64 // of no three in a row within the next Ahead answers; orders signals, and is not shown
	Wants   bool    // might want company
	Reasons []Reason
	Weakest skill.ID // the prerequisite that is least known and not secure; "" when there is none
}

// Reason is one piece of evidence; Weight is what it adds to the log odds.
type Reason struct {
	Say    phrase.Phrase // a code "company.…" with counts, or the id of a skill
	Weight float64
}

// Judge says whether somebody might want company, with reasons in order of weight. Nobody does before WantsAfter answers,
// or whose last answer was right: they are on their way. Errors: Invalid.
func (w Weights) Judge(s Seen, beneath []Beneath) (Signal, error) {
	chance, err := w.Chance(s, Ahead)
	if err != nil {
		return Signal{}, err
	}
	out := Signal{Chance: chance, Wants: chance >= WantsAt && s.Answers >= WantsAfter && s.NotYetRun > 0, Reasons: w.reasons(s)}
	low := 1.0
	for _, b := range beneath {
		if !b.Secure && b.Known < low {
			low, out.Weakest = b.Known, b.Skill
		}
	}
	if out.Weakest != "" {
		out.Reasons = append(out.Reasons, Reason{Say: phrase.Of("company.beneath", "skill", string(out.Weakest))})
	}
	return out, nil
}

// reasons compares with somebody who has not begun: what beliefs and counts add beyond that.
func (w Weights) reasons(s Seen) (out []Reason) {
	if s.Answers == 0 {
		return nil
	}
	x, _ := features(s, Ahead) // s is valid: Chance has seen it
	first, _ := features(Seen{Params: s.Params, Belief: s.Params.Start(), Ability: s.Ability}, Ahead)
	record := w[BySkill]*(x[BySkill]-first[BySkill]) + w[Stopped]*x[Stopped] + w[Record]*x[Record]
	say := phrase.Of("company.answers", "n", s.Answers)
	if s.NotYetRun >= WantsAfter {
		say = phrase.Of("company.tries", "n", s.NotYetRun)
	}
	out = append(out, Reason{say, record})
	for _, r := range []Reason{
		{phrase.Of("company.mistake", "n", s.SameMistake), w[Same] * x[Same]},
		{phrase.Of("company.help", "n", s.Helped, "of", s.Answers), w[WithHelp] * x[WithHelp]},
		{phrase.Of("company.slow", "n", s.Slow, "of", s.Answers), w[Slowly] * x[Slowly]},
	} {
		if r.Weight > 0 {
			out = append(out, r)
		}
	}
	if s.SameMistake >= WantsAfter { // nothing says so plainly what to sit down about
		slices.SortStableFunc(out[1:], func(a, b Reason) int { return cmp.Compare(b.Weight, a.Weight) })
		i := slices.IndexFunc(out, func(r Reason) bool { return r.Say.Code == "company.mistake" })
		out[0], out[i] = out[i], out[0]
		if s.SameMistake == s.NotYetRun { // the tries are these
			out = slices.DeleteFunc(out, func(r Reason) bool { return r.Say.Code == "company.tries" })
		}
		return out
	}
	slices.SortStableFunc(out, func(a, b Reason) int { return cmp.Compare(b.Weight, a.Weight) })
	return out
}
