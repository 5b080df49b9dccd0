package mastery

import (
	"cmp"
	"math"
	"slices"

	"kith/internal/evidence"
	"kith/internal/phrase"
	"kith/internal/skill"
)

// Floor is how many answers there must be before a sentence says more than that it is too early: with one, a lucky guess
// and a slip look like knowing and not knowing. Ours; engine research asks for a floor and leaves it open.
const Floor = 2

// spacedDays is a gap after which a right answer says by itself that something was kept: what goal asks for, too.
const spacedDays = 7

// Contribution is one piece of what a status rests on.
type Contribution struct {
	Say      phrase.Phrase
	Weight   float64  // what it moved in log odds; above 0 speaks for knowing. For order, and shown to nobody
	Evidence []string // ids of its facts, oldest first; nil for what time or a start did
}

// Why is the estimate's one sentence as it stood at its last fact: what speaks loudest. It carries no probability and
// compares with nobody; the words are in why.en.json and read alike for the learner, the teacher and the guardian.
// Of an estimate as a page shows it (Shown) it says what time did.
func Why(e Estimate) phrase.Phrase { return WhyAt(e, e.asOf) }

// WhyAt is the sentence as a page of that instant says it, beside StatusAt.
func WhyAt(e Estimate, asOfMs int64) phrase.Phrase {
	tries := make([]tried, len(e.State.Tries))
	for i, t := range e.State.Tries {
		tries[i] = tried{Try: t}
	}
	return loudest(e, tries, asOfMs).Say
}

// tried is a remembered try, with its fact where that is at hand.
type tried struct {
	Try
	fact string
}

// loudest chooses the sentence: first what a person said, then what time did, then what the learner said; then what the
// last answers show that went alike and speaks the way the status does, for together they are the largest; else the sum.
func loudest(e Estimate, tries []tried, asOfMs int64) Contribution {
	s := e.State
	switch {
	case s.Reopened && s.Since == 0:
		return Contribution{Say: phrase.Of("why.reopened")}
	case e.Credited && s.Since == 0:
		return Contribution{Say: phrase.Of("why.credited")}
	case e.Attempts == 0:
		return Contribution{Say: phrase.Of("why.none")}
	case e.Faded || e.Status != StatusAt(e, asOfMs):
		return Contribution{Say: since(days(s.SeenMs, asOfMs))}
	case len(tries) > 0 && tries[len(tries)-1].Unlearned:
		return of(phrase.Of("why.unlearned"), tries[len(tries)-1:])
	case e.Attempts < Floor:
		return of(phrase.Of("why.few", "n", e.Attempts), tries)
	}
	// kept comes first: it tells more than its own weight, because what was right in a row before it was of one sitting.
	for _, c := range []Contribution{kept(tries), run(tries), notYets(e, tries)} {
		if c.Say.Code != "" && (c.Weight > 0 && e.Status != AnotherLook || c.Weight < 0 && e.Status != Secure) {
			return c
		}
	}
	return mixed(tries)
}

// since says how long ago something was last used; a fortnight and more in weeks.
func since(days float64) phrase.Phrase {
	if days < 14 {
		return phrase.Of("why.since_days", "n", int(days))
	}
	return phrase.Of("why.since_weeks", "n", int(days/7+0.5))
}

// of is a contribution of these tries.
func of(say phrase.Phrase, tries []tried) Contribution {
	c := Contribution{Say: say}
	for _, t := range tries {
		c.Weight += t.gain()
		if t.fact != "" {
			c.Evidence = append(c.Evidence, t.fact)
		}
	}
	return c
}

// gain is what the try moved. The first model did not keep that: then it is what such an answer moves under Usual.
func (t *tried) gain() float64 {
	switch {
	case t.Gain != 0:
		return t.Gain
	case t.Unlearned:
		return -3.2 // ln(.02/.5)
	case t.Went == WentRight:
		return 1.5 // ln(.9/.2)
	case t.Went == WentHelped:
		return 0.4 // ln(.9/.6)
	}
	return -2.1 // ln(.1/.8)
}

// run is the unbroken run of rights at the end, of two or more.
func run(tries []tried) Contribution {
	n, alone := 0, 0
	for i := len(tries) - 1; i >= 0 && tries[i].Went != WentNotYet; i-- {
		n++
		if tries[i].Went == WentRight {
			alone++
		}
	}
	last := tries[len(tries)-n:]
	switch {
	case n < 2:
		return Contribution{}
	case alone == n:
		return of(phrase.Of("why.run_alone", "n", n), last)
	case alone > 0:
		return of(phrase.Of("why.run_mixed", "n", n, "alone", alone), last)
	}
	return of(phrase.Of("why.run_helped", "n", n), last)
}

// notYets is the unbroken run of not-yets at the end, of two or more.
func notYets(e Estimate, tries []tried) Contribution {
	n := 0
	for i := len(tries) - 1; i >= 0 && tries[i].Went == WentNotYet; i-- {
		n++
	}
	if n < 2 {
		return Contribution{}
	}
	say := phrase.Of("why.not_yet_run")
	if e.Status == AnotherLook {
		say = phrase.Of("why.look")
	}
	return of(say, tries[len(tries)-n:])
}

// kept is a right answer alone, after a week or more, as the last one.
func kept(tries []tried) Contribution {
	last := tries[len(tries)-1:]
	if last[0].Went != WentRight || last[0].Days < spacedDays {
		return Contribution{}
	}
	return of(phrase.Of("why.kept", "n", (last[0].Days+3)/7), last)
}

// mixed sums the tries up.
func mixed(tries []tried) Contribution {
	right := 0
	for _, t := range tries {
		if t.Went != WentNotYet {
			right++
		}
	}
	if right == 0 {
		return of(phrase.Of("why.not_yet_run"), tries)
	}
	return of(phrase.Of("why.mixed", "right", right, "n", len(tries)), tries)
}

// Contributions are all that the status of one skill rests on, for the teacher, each with its evidence: first what the
// sentence says (WhyAt), then the rest by weight. They are told from all facts of one learner, in any order.
// Errors: Invalid.
func Contributions(m Model, facts []evidence.Fact, id skill.ID, asOfMs int64) ([]Contribution, error) {
	var own, further, people []weighed
	all, err := fold(m, facts, func(now map[skill.ID]Estimate, f evidence.Fact, moved []Estimate) {
		for _, after := range moved {
			before, ok := now[id]
			if !ok {
				before = Start(m, id)
			}
			switch w := (weighed{f.ID, logOdds(after.PKnown) - logOdds(KnownAt(m, before, at(&f)))}); {
			case after.Skill != id:
			case f.Credit != nil:
				people = append(people, w)
			case after.Attempts > before.Attempts:
				own = append(own, w)
			case w.gain != 0:
				further = append(further, w)
			}
		}
	})
	if err != nil {
		return nil, err
	}
	e, ok := all[id]
	if !ok {
		e = Start(m, id)
	}
	lately := own[len(own)-len(e.State.Tries):]
	var tries []tried
	for i, w := range lately {
		tries = append(tries, tried{e.State.Tries[i], w.fact})
	}
	first := loudest(e, tries, asOfMs)
	if code := first.Say.Code; code == "why.credited" || code == "why.reopened" {
		first.Evidence = []string{people[len(people)-1].fact}
	}
	rest := append(others(e, tries, first), total("why.earlier", own[:len(own)-len(lately)]), total("why.further", further), mistake(tries))
	if took := logOdds(KnownAt(m, e, asOfMs)) - logOdds(e.PKnown); took != 0 {
		rest = append(rest, Contribution{Say: since(days(e.State.SeenMs, asOfMs)), Weight: took})
	}
	slices.SortStableFunc(rest, func(a, b Contribution) int { return cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight)) })
	return append([]Contribution{first}, slices.DeleteFunc(rest, func(c Contribution) bool {
		return c.Say.Code == "" || c.Say.Code == first.Say.Code
	})...), nil
}

// others are the tries that the first sentence does not speak of: those at the end that went alike, and the rest.
func others(e Estimate, tries []tried, first Contribution) (out []Contribution) {
	left := slices.DeleteFunc(slices.Clone(tries), func(t tried) bool { return slices.Contains(first.Evidence, t.fact) })
	if len(left) == len(tries) {
		for _, c := range []Contribution{run(tries), notYets(e, tries)} {
			if c.Say.Code != "" {
				out = append(out, c)
				left = left[:len(left)-len(c.Evidence)]
			}
		}
	}
	if len(left) == 0 {
		return out
	}
	right := 0
	for _, t := range left {
		if t.Went != WentNotYet {
			right++
		}
	}
	return append(out, of(phrase.Of("why.others", "right", right, "n", len(left)), left))
}

// weighed is a fact that moved the estimate, and how far.
type weighed struct {
	fact string
	gain float64
}

// total sums facts up under one code with their number.
func total(code string, facts []weighed) Contribution {
	if len(facts) == 0 {
		return Contribution{}
	}
	c := Contribution{Say: phrase.Of(code, "n", len(facts))}
	for _, w := range facts {
		c.Weight += w.gain
		c.Evidence = append(c.Evidence, w.fact)
	}
	return c
}

// mistake is a mistake that two or more of the tries met.
func mistake(tries []tried) (most Contribution) {
	for _, t := range tries {
		if t.Mistake == "" {
			continue
		}
		same := slices.DeleteFunc(slices.Clone(tries), func(o tried) bool { return o.Mistake != t.Mistake })
		if c := of(phrase.Of("why.mistake", "n", len(same)), same); len(same) > 1 && c.Weight < most.Weight {
			most = c
		}
	}
	return most
}

// logOdds of a chance, kept finite: beyond a millionth nothing needs telling apart.
func logOdds(p float64) float64 {
	const edge = 1e-6
	p = min(max(p, edge), 1-edge)
	return math.Log(p / (1 - p))
}
