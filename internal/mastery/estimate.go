package mastery

import (
	"slices"
	"sort"

	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/item"
	"kith/internal/mastery/bkt"
	"kith/internal/mastery/fsrs"
	"kith/internal/skill"
)

// Status is one of the four words that a learner or guardian reads.
type Status string

const (
	NotStarted  Status = "not_started"
	Growing     Status = "growing"
	Secure      Status = "secure"
	AnotherLook Status = "another_look" // was secure, and later evidence or a person doubts it
)

// How much an estimate remembers: enough for its rules, its sentence and its dots, and no more.
const (
	keepItems = 8
	keepTries = 5
	keepFacts = 10
)

// reopenedAt is where the belief stands after a person re-opened a skill: nobody knows.
const reopenedAt = 0.5

// Went says how one try went, for the dots.
type Went string

const (
	WentRight  Went = "right"
	WentHelped Went = "helped"  // right, after a hint or on a later try
	WentNotYet Went = "not_yet" // with what the learner said they have not met
)

// Try is one remembered try. Mistake is the tag of the mistake that was recognised, "" when none. Unlearned: they said
// that they have not met it.
type Try struct {
	Went      Went   `json:"went"`
	Mistake   string `json:"mistake,omitempty"`
	Unlearned bool   `json:"unlearned,omitempty"`

	// Of the second model only.
	Gain float64 `json:"gain,omitempty"` // what it moved, in log odds, beside what time had done; to two decimals
	Days int     `json:"days,omitempty"` // since the answer before
}

// State is what the rules need of the past, bounded, stored as JSON beside the estimate.
type State struct {
	Items    []item.ID `json:"items,omitempty"`    // last 8 distinct items right without help, oldest first
	Tries    []Try     `json:"tries,omitempty"`    // last 5, oldest first
	Facts    []string  `json:"facts,omitempty"`    // ids of the last 10 facts that moved it, oldest first
	NotYets  int       `json:"not_yets,omitempty"` // variants not right at the first try since the last unaided right
	Since    int       `json:"since,omitempty"`    // answers since the last decision of a person
	Reopened bool      `json:"reopened,omitempty"` // a person's last decision was to re-open it

	// Of the second model only.
	Due      float64     `json:"due,omitempty"`       // share of an occasion to learn that came with the last answer
	Memory   fsrs.Memory `json:"memory,omitzero"`     // from the first right answer on
	ReviewMs int64       `json:"review_ms,omitempty"` // when it was last reviewed
	SeenMs   int64       `json:"seen_ms,omitempty"`   // when an answer last asked it, or a person decided
	FadesMs  int64       `json:"fades_ms,omitempty"`  // from here on a secure skill is worth another look; 0 = never
}

// Estimate is the belief about one learner and one skill: one stored row.
type Estimate struct {
	Skill         skill.ID
	PKnown        float64 // in [0, 1]; never shown to a learner or guardian
	Attempts      int     // answers that counted: right or not yet, with this as the item's first skill
	Unaided       int     // distinct items right without help, counted up to 8; starts again after a doubt
	LastUnaided   bool    // the last answer was right and without help
	LastMs        int64   // when the last answer or decision was made; 0 = never
	SecureSinceMs int64   // when it first became secure; 0 = never; kept through a later doubt
	Credited      bool    // a person said that it is known, and nobody re-opened it
	Status        Status
	State         State

	Faded bool  `json:"-"` // set by Shown: time alone has made a secure skill worth another look
	asOf  int64 // set by Shown where Faded: the instant of the page, for its sentence
}

// Start is the estimate before any evidence.
func Start(m Model, id skill.ID) Estimate {
	p := m.Of(id)
	return Estimate{Skill: id, PKnown: p.Init, Status: NotStarted}
}

// Skills lists the skills that a fact speaks of, in the fact's order, each once; none for facts that move no estimate.
func Skills(f evidence.Fact) []skill.ID {
	switch {
	case f.Attempt != nil:
		ids := []skill.ID{f.Attempt.Skill}
		for _, id := range f.Attempt.Others {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
		return ids
	case f.Credit != nil:
		return []skill.ID{f.Credit.Skill}
	}
	return nil
}

// Step moves the estimates of the skills that a fact speaks of (Skills, in that order); one that is not in before starts.
// A fact that could not be read, or is a moot try, moves none. A Withdrawal, a Ruling and a Rescoring cannot be stepped: fold again. before is not
// altered. Errors: Invalid when the fact or an estimate is out of range.
func Step(m Model, before map[skill.ID]Estimate, f evidence.Fact) ([]Estimate, error) {
	ids := Skills(f)
	es := make([]Estimate, len(ids))
	for i, id := range ids {
		e, ok := before[id]
		if !ok {
			e = Start(m, id)
		}
		es[i] = e.apart()
	}
	if len(es) == 0 {
		return nil, nil
	}
	return es, Move(&m, es, &f)
}

// Move is Step in place, for who owns the estimates: those of Skills(f), in that order. It allocates nothing once what they
// remember has grown to its bound. After an error they are of no use. Errors as Step.
func Move(m *Model, es []Estimate, f *evidence.Fact) (err error) {
	if f.Credit != nil {
		es[0], err = stepCredit(m, es[0], f)
		return err
	}
	if f.Attempt == nil || f.Attempt.Moot {
		return nil
	}
	right, read, err := judged(f)
	if err != nil || !read {
		return err
	}
	if m.Params.Second != nil {
		return m.second(es, f, right)
	}
	for i := range es {
		if es[i], err = m.first(es[i], f, right); err != nil {
			return err
		}
	}
	return nil
}

// apart is the estimate with memory of its own, and room in it.
func (e Estimate) apart() Estimate {
	s := &e.State
	s.Items, s.Tries, s.Facts = room(s.Items, keepItems), room(s.Tries, keepTries), room(s.Facts, keepFacts)
	return e
}

// room copies; nothing stays nothing, as it is stored.
func room[T any](s []T, n int) []T {
	if s == nil {
		return nil
	}
	return append(make([]T, 0, max(n, len(s))), s...)
}

// judged is whether an attempt was right, and whether it could be read at all. What waits for a person is not read yet.
func judged(f *evidence.Fact) (right, read bool, err error) {
	a := f.Attempt
	if a.Try < 1 || a.Hints < 0 {
		return false, false, fault.Invalidf("try", "fact %s: try %d with %d hints", f.ID, a.Try, a.Hints)
	}
	switch a.Outcome {
	case item.Right, item.NotYet:
	case item.Unread, item.Waiting:
		return false, false, nil
	default:
		return false, false, fault.Invalidf("outcome", "fact %s: %q", f.ID, a.Outcome)
	}
	right = a.Outcome == item.Right
	if right && a.Unlearned {
		return false, false, fault.Invalidf("unlearned", "fact %s is right and unlearned", f.ID)
	}
	return right, true, nil
}

// Fold is the estimates after all facts of one learner, by skill; only skills that a fact spoke of. Facts are taken in
// Seq order whatever their order in the slice; those that a Withdrawal names are left out, and an attempt counts as a
// Ruling or a Rescoring says it is (evidence.AsRuled). Errors: Invalid.
func Fold(m Model, facts []evidence.Fact) (map[skill.ID]Estimate, error) { return fold(m, facts, nil) }

// fold tells watch of every fact: what stood before it, and what it moved. Of what stood before, only numbers may be read: what
// it remembered has moved on.
func fold(m Model, facts []evidence.Fact, watch func(now map[skill.ID]Estimate, f evidence.Fact, moved []Estimate)) (map[skill.ID]Estimate, error) {
	gone := map[string]bool{}
	for _, f := range facts {
		if f.Withdrawal != nil {
			gone[f.Withdrawal.Fact] = true
		}
	}
	order := slices.Clone(evidence.AsRuled(facts))
	sort.SliceStable(order, func(i, j int) bool { return order[i].Seq < order[j].Seq })
	out := map[skill.ID]Estimate{}
	var moved []Estimate
	for i := range order {
		f := &order[i]
		if gone[f.ID] || f.Attempt != nil && f.Attempt.Moot {
			continue
		}
		moved = moved[:0]
		for _, id := range Skills(*f) {
			e, ok := out[id]
			if !ok {
				e = Start(m, id).apart()
			}
			moved = append(moved, e)
		}
		if err := Move(&m, moved, f); err != nil {
			return nil, err
		}
		if watch != nil {
			watch(out, *f, moved)
		}
		for _, e := range moved {
			out[e.Skill] = e
		}
	}
	return out, nil
}

// Ways is among how many answers chance chooses: the options shown for one choice; every non-empty set of them for several
// choices; every order of what is put in order or beside its prompt; every parting into two of what is sorted, since there are
// at least two groups. At most 1,023, since more makes no difference; 0 for typed answers. Negative counts are passed on, to be
// refused.
func Ways(kind item.Kind, options int) int {
	if options <= 0 {
		return options
	}
	switch kind {
	case item.Choices:
		return 1<<min(options, 10) - 1
	case item.Ordering, item.Matching:
		ways := 1
		for n := 2; n <= options && ways < 1023; n++ {
			ways *= n
		}
		return min(ways, 1023)
	case item.Sorting:
		return min(1<<min(options, 10), 1023)
	}
	return options
}

// Dots are the last tries, at most five, oldest first.
func (e Estimate) Dots() []Went {
	out := make([]Went, len(e.State.Tries))
	for i, t := range e.State.Tries {
		out[i] = t.Went
	}
	return out
}

// Evidence lists the ids of the last facts that moved the estimate, at most ten, oldest first.
func (e Estimate) Evidence() []string { return slices.Clone(e.State.Facts) }

// LastMistake is the tag of the mistake that the last not-yet showed, "" when none was recognised or an unaided right
// has come since.
func (e Estimate) LastMistake() string {
	for _, t := range slices.Backward(e.State.Tries) {
		switch {
		case t.Went == WentRight:
			return ""
		case t.Mistake != "":
			return t.Mistake
		}
	}
	return ""
}

// first is how the first model moves one estimate by an attempt. It is frozen: what it folded must fold so again.
func (m *Model) first(e Estimate, f *evidence.Fact, right bool) (Estimate, error) {
	a, main := f.Attempt, f.Attempt.Skill == e.Skill
	ans := answerOf(a, right)
	if !main {
		ans.Weight = m.Params.Fraction
	}
	p, err := m.Params.BKT.Update(e.PKnown, ans)
	if err != nil {
		return e, err
	}
	e.PKnown = p
	e.State.Facts = push(e.State.Facts, f.ID, keepFacts)
	if main {
		e = count(e, f, right)
	}
	return judge(m, e, at(f), true), nil
}

func answerOf(a *evidence.Attempt, right bool) bkt.Answer {
	return bkt.Answer{
		Correct: right, Unlearned: a.Unlearned, Options: Ways(a.Kind, a.Options),
		Helped: !a.Unaided(), Repeated: a.Try > 1,
		Taught: a.Purpose != evidence.ForCheck, // the check shows neither right nor not yet, so it teaches nothing
		Weight: 1,
	}
}

// count records a try of the estimate's own skill.
func count(e Estimate, f *evidence.Fact, right bool) Estimate {
	a := f.Attempt
	t := Try{Went: WentNotYet, Mistake: a.Mistake, Unlearned: a.Unlearned}
	if right {
		t = Try{Went: WentHelped}
		if a.Unaided() {
			t.Went = WentRight
		}
	}
	e.State.Tries = push(e.State.Tries, t, keepTries)
	e.State.Since++
	e.Attempts++
	e.LastMs = at(f)
	e.LastUnaided = t.Went == WentRight
	switch {
	case e.LastUnaided:
		e.State.NotYets = 0
		e.State.Items = push(without(e.State.Items, a.Item), a.Item, keepItems)
	case !right && a.Try == 1:
		e.State.NotYets++
	}
	e.Unaided = len(e.State.Items)
	return e
}

func stepCredit(m *Model, e Estimate, f *evidence.Fact) (Estimate, error) {
	if m.Params.Second != nil {
		// What a person says holds until evidence comes: from here time counts, and the word does not fade.
		e.PKnown = KnownAt(*m, e, at(f))
		e.State.Due, e.State.SeenMs, e.State.FadesMs = 0, max(e.State.SeenMs, at(f)), 0
	}
	switch f.Credit.Act {
	case "credit":
		e.Credited = true
		e.State.Reopened = false
		e.PKnown = max(e.PKnown, m.Params.Secure) // the person's word counts as evidence enough; later answers may doubt it
		e.Status = Secure
		if e.SecureSinceMs == 0 {
			e.SecureSinceMs = at(f)
		}
	case "reopen":
		e.Credited = false
		e.State.Reopened = true
		e.PKnown = min(e.PKnown, reopenedAt)
		e.State.Items, e.Unaided = nil, 0 // what was right before is what the person doubts
		e.LastUnaided = false
		switch {
		case e.SecureSinceMs > 0:
			e.Status = AnotherLook
		case e.Attempts > 0:
			e.Status = Growing
		}
	default:
		return e, fault.Invalidf("act", "fact %s: %q is neither credit nor reopen", f.ID, f.Credit.Act)
	}
	e.State.NotYets, e.State.Since = 0, 0
	e.State.Facts = push(e.State.Facts, f.ID, keepFacts)
	e.LastMs = at(f)
	return e, nil
}

// judge sets the status that the numbers ask for, at the instant of the evidence; doubts is whether it may doubt at all.
func judge(m *Model, e Estimate, atMs int64, doubts bool) Estimate {
	meets := e.PKnown >= m.Params.Secure && e.Unaided >= m.Params.Items && e.LastUnaided
	switch {
	case e.Status == Secure:
		if doubts && (e.PKnown < m.Params.Doubt || e.State.NotYets >= m.Params.Run) {
			e.Status = AnotherLook
			e.State.Items, e.Unaided = nil, 0 // the way back asks for distinct items again
		}
	case meets:
		e.Status = Secure
		if e.SecureSinceMs == 0 {
			e.SecureSinceMs = atMs
		}
	case e.Status == NotStarted && e.Attempts > 0:
		e.Status = Growing
	}
	return e
}

// at is when a fact happened: the device's claim where it is possible, else when it was received.
func at(f *evidence.Fact) int64 {
	if f.HappenedMs > 0 && f.HappenedMs <= f.ReceivedMs {
		return f.HappenedMs
	}
	return f.ReceivedMs
}

// push appends in place and keeps the last n.
func push[T any](s []T, v T, n int) []T {
	if len(s) < n {
		return append(s, v)
	}
	copy(s, s[len(s)-n+1:])
	s = s[:n]
	s[n-1] = v
	return s
}

// without takes a value out, in place.
func without[T comparable](s []T, v T) []T {
	return slices.DeleteFunc(s, func(x T) bool { return x == v })
}
