// Package fit makes a new model of mastery from a school's own answers, and says what it would change: for people to look
// at before anything is switched.
//
// In: the facts of all learners and the model in force. Out: a model that is nobody's yet, and a Report. What a new model
// is worth is measured on learners that it was not fitted to. It is pure: the same facts give the same model.
//
// Place in the flow: layer 2, above mastery; kith fit calls it.
package fit

import (
	"cmp"
	"maps"
	"math/rand/v2"
	"slices"

	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/item"
	"kith/internal/mastery"
	"kith/internal/mastery/bkt"
	"kith/internal/mastery/fsrs"
	"kith/internal/measure"
	"kith/internal/roster"
	"kith/internal/skill"
)

const (
	// MemoryFrom is how many reviews after a day or more are needed before a school's memory is fitted at all (engine
	// research, section 8a); with fewer the weights of the model in force stay.
	MemoryFrom = 1_000
	parts      = 5 // one learner in so many is held out
)

// Learner is one learner's facts, in any order.
type Learner struct {
	ID    roster.PersonID
	Facts []evidence.Fact
}

// Options of Fit. ID and Code name the new model; Seed decides who is held out.
type Options struct {
	ID, Code string
	Seed     uint64
}

// Quality is how well a model predicted answers without help at the first try.
type Quality struct {
	Answers int
	LogLoss float64 // mean of -ln(chance of what happened); lower is better
	ECE     float64 // how far chances are from what happened, in 15 bins
}

// Skill is what would change for one skill. Old and New are its parameters, Before and After its quality on learners that
// were held out (no answers: none of them met it).
type Skill struct {
	Skill         skill.ID
	Answers       int // behind the new parameters
	Old, New      bkt.Params
	Before, After Quality
}

// Change is a word that would change for somebody.
type Change struct {
	Learner  roster.PersonID
	Skill    skill.ID
	From, To mastery.Status
}

// Report is what a person looks at before switching.
type Report struct {
	Learners, Answers int // with answers; answers that count
	HeldOut           int // learners whose answers Before and After are measured on
	Before, After     Quality
	Old, New          bkt.Params  // of a skill without answers
	Strength          [4]float64  // how many occasions the course is worth for a skill: init, learn, slip, guess
	Skills            []Skill     // most answers first
	Paced             int         // items whose pace is known
	Reviews           int         // after a day or more
	Memory            *fsrs.Trial // nil: too few reviews, or no better on held-out learners; the old weights stand
	Changes           []Change
}

// Better reports whether the new model predicted held-out learners better than the one in force.
func (r *Report) Better() bool { return r.After.Answers > 0 && r.After.LogLoss < r.Before.LogLoss }

// Fit makes a model of the second kind from all learners' answers, and measures what one that was made without a fifth of
// the learners is worth on these. now is the model in force; its rules (Secure, Items, Doubt, Run, Fades …) are kept, a
// first model's are those of Default. Errors: Invalid when a fact or option cannot be, or nobody answered anything.
func Fit(learners []Learner, now mastery.Model, o Options) (mastery.Model, Report, error) {
	all := slices.Clone(learners)
	slices.SortFunc(all, func(a, b Learner) int { return cmp.Compare(a.ID, b.ID) })
	var fit, held []Learner
	out := heldOut(all, o.Seed)
	for i := range all {
		all[i].Facts = slices.Clone(all[i].Facts)
		slices.SortStableFunc(all[i].Facts, func(a, b evidence.Fact) int { return cmp.Compare(a.Seq, b.Seq) })
		l := all[i]
		if i > 0 && l.ID == all[i-1].ID {
			return mastery.Model{}, Report{}, fault.Invalidf("learners", "%s stands twice", l.ID)
		}
		if out[l.ID] {
			held = append(held, l)
		} else {
			fit = append(fit, l)
		}
	}
	trial, _, err := made(fit, now, o)
	if err != nil {
		return mastery.Model{}, Report{}, err
	}
	model, report, err := made(all, now, o)
	if err != nil {
		return mastery.Model{}, Report{}, err
	}
	if report.Answers == 0 {
		return mastery.Model{}, Report{}, fault.Invalidf("learners", "nobody has answered anything")
	}
	if err := report.compare(held, now, trial); err != nil {
		return mastery.Model{}, Report{}, err
	}
	return model, report, report.changes(all, now, model)
}

// heldOut is every fifth learner, in an order that only the seed and their ids decide.
func heldOut(all []Learner, seed uint64) map[roster.PersonID]bool {
	order := make([]roster.PersonID, len(all))
	for i, l := range all {
		order[i] = l.ID
	}
	rand.New(rand.NewPCG(seed, 0)).Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	out := map[roster.PersonID]bool{}
	for i := range len(order) / parts {
		out[order[i]] = true
	}
	return out
}

// made is the model of these learners' answers: paces; skills with the memory in force; memory, given what those skills
// make of a right answer; and skills anew with what that memory keeps.
func made(learners []Learner, now mastery.Model, o Options) (mastery.Model, Report, error) {
	p := rules(now)
	r := Report{Old: now.Params.BKT}
	var err error
	if p.Second.Paces, err = paces(learners, now); err != nil {
		return now, r, err
	}
	r.Paced = len(p.Second.Paces)
	m, err := skills(learners, p, now, o, &r)
	if err != nil {
		return now, r, err
	}
	if r.Memory, r.Reviews, err = memory(learners, m, o); err != nil || r.Memory == nil {
		return m, r, err
	}
	p.Second.Memory = r.Memory.Weights
	m, err = skills(learners, p, now, o, &r)
	return m, r, err
}

// skills fits the parameters of the course and of each skill, under p's memory and paces.
func skills(learners []Learner, p mastery.Params, now mastery.Model, o Options, r *Report) (mastery.Model, error) {
	m, err := mastery.New(o.ID, o.Code, p)
	if err != nil {
		return now, err
	}
	ids, log, err := answers(learners, m, r)
	if err != nil || log == nil {
		return m, err
	}
	f, err := bkt.Fit(log, bkt.Options{})
	if err != nil {
		return now, err
	}
	s := *p.Second
	p.BKT, p.Second, s.Skills = f.Course, &s, map[skill.ID]bkt.Params{}
	r.New, r.Strength, r.Skills = f.Course, f.Strength, nil
	for i, id := range ids {
		s.Skills[id] = f.Skills[i]
		r.Skills = append(r.Skills, Skill{Skill: id, Answers: f.Answers[i], Old: now.Of(id), New: f.Skills[i]})
	}
	slices.SortStableFunc(r.Skills, func(a, b Skill) int { return cmp.Compare(b.Answers, a.Answers) })
	return mastery.New(o.ID, o.Code, p)
}

// rules are the parameters that people chose, with nothing fitted.
func rules(now mastery.Model) mastery.Params {
	p := now.Params
	if p.Second == nil {
		p = mastery.Default().Params
	}
	s := *p.Second
	p.Second = &s
	return p
}

// paces are how fast each item is answered by those who answer it right and without help.
func paces(learners []Learner, now mastery.Model) (map[item.ID]mastery.Pace, error) {
	times := map[item.ID][]int64{}
	for _, l := range learners {
		if err := mastery.Trace(now, l.Facts, func(a mastery.Answered) {
			if t := a.Fact.Attempt; a.Right && t.Unaided() && t.TookMs > 0 {
				times[t.Item] = append(times[t.Item], t.TookMs)
			}
		}); err != nil {
			return nil, err
		}
	}
	out := map[item.ID]mastery.Pace{}
	for id, t := range times {
		if p := mastery.NewPace(t); p != (mastery.Pace{}) {
			out[id] = p
		}
	}
	return out, nil
}

// memory fits the weights when there are enough reviews and held-out learners say that it helps.
func memory(learners []Learner, m mastery.Model, o Options) (*fsrs.Trial, int, error) {
	var logs []fsrs.Log
	scored := 0
	for _, l := range learners {
		of := map[skill.ID]*fsrs.Log{}
		if err := mastery.Trace(m, l.Facts, func(a mastery.Answered) {
			if a.Review == nil {
				return
			}
			log := of[a.Skills[0]]
			if log == nil {
				log = &fsrs.Log{Learner: string(l.ID)}
				of[a.Skills[0]] = log
			}
			if a.Review.Scored(len(log.Reviews) == 0) {
				scored++
			}
			log.Reviews = append(log.Reviews, *a.Review)
		}); err != nil {
			return nil, 0, err
		}
		for _, id := range slices.Sorted(maps.Keys(of)) {
			logs = append(logs, *of[id])
		}
	}
	if scored < MemoryFrom {
		return nil, scored, nil
	}
	opt := fsrs.Options{From: fsrs.Published(), Now: m.Params.Second.Memory, Seed: o.Seed + 1} // other learners than Fit holds out
	trial, err := fsrs.Try(logs, opt)
	if err != nil || trial.After >= trial.Before {
		return nil, scored, err
	}
	trial.Weights, err = fsrs.Fit(logs, opt)
	return &trial, scored, err
}

// answers are all answers as bkt.Fit reads them, and the skills by number.
func answers(learners []Learner, m mastery.Model, r *Report) (ids []skill.ID, log *bkt.Log, err error) {
	at := map[skill.ID]int{}
	type row struct {
		learner int
		skills  []skill.ID
		kept    []float64
		answer  bkt.Answer
	}
	var rows []row
	r.Learners = 0
	for n, l := range learners {
		before := len(rows)
		if err := mastery.Trace(m, l.Facts, func(a mastery.Answered) {
			rows = append(rows, row{n, a.Skills, a.Kept, a.Answer})
			for _, id := range a.Skills {
				at[id] = 0
			}
		}); err != nil {
			return nil, nil, err
		}
		if len(rows) > before {
			r.Learners++
		}
	}
	r.Answers = len(rows)
	ids = slices.Sorted(maps.Keys(at))
	if len(ids) == 0 {
		return nil, nil, nil
	}
	for i, id := range ids {
		at[id] = i
	}
	if log, err = bkt.NewLog(len(ids)); err != nil {
		return nil, nil, err
	}
	for _, w := range rows {
		n := make([]int, len(w.skills))
		for i, id := range w.skills {
			n[i] = at[id]
		}
		if err := log.Add(w.learner, n, w.kept, w.answer); err != nil {
			return nil, nil, err
		}
	}
	return ids, log, nil
}

// compare measures both models on the learners that were held out, on answers that both take for evidence.
func (r *Report) compare(held []Learner, now, trial mastery.Model) error {
	r.HeldOut = len(held)
	old, fresh := said{}, said{}
	for _, l := range held {
		a, err := predict(l, now)
		if err != nil {
			return err
		}
		b, err := predict(l, trial)
		if err != nil {
			return err
		}
		for _, f := range l.Facts {
			if x, ok := a[f.ID]; ok {
				if y, ok := b[f.ID]; ok {
					old.add(x)
					fresh.add(y)
				}
			}
		}
	}
	r.Before, r.After = old.quality(""), fresh.quality("")
	for i := range r.Skills {
		s := &r.Skills[i]
		s.Before, s.After = old.quality(s.Skill), fresh.quality(s.Skill)
	}
	return nil
}

// prediction is what a model said of one answer at the first try without help.
type prediction struct {
	skill  skill.ID
	chance float64
	right  bool
}

func predict(l Learner, m mastery.Model) (map[string]prediction, error) {
	out := map[string]prediction{}
	return out, mastery.Trace(m, l.Facts, func(a mastery.Answered) {
		if a.Fact.Attempt.Unaided() {
			out[a.Fact.ID] = prediction{a.Skills[0], a.Chance, a.Right}
		}
	})
}

// said are predictions by skill; "" has them all.
type said map[skill.ID]*series

type series struct {
	chance []float64
	right  []bool
}

func (s said) add(p prediction) {
	for _, id := range []skill.ID{"", p.skill} {
		v := s[id]
		if v == nil {
			v = &series{}
			s[id] = v
		}
		v.chance, v.right = append(v.chance, p.chance), append(v.right, p.right)
	}
}

func (s said) quality(id skill.ID) Quality {
	v := s[id]
	if v == nil {
		return Quality{}
	}
	return Quality{Answers: len(v.chance), LogLoss: measure.LogLoss(v.chance, v.right), ECE: measure.ECE(v.chance, v.right)}
}

// changes lists whose word would change, at the instant of their last fact.
func (r *Report) changes(learners []Learner, now, fresh mastery.Model) error {
	for _, l := range learners {
		before, err := mastery.Fold(now, l.Facts)
		if err != nil {
			return err
		}
		after, err := mastery.Fold(fresh, l.Facts)
		if err != nil {
			return err
		}
		for _, id := range slices.Sorted(maps.Keys(after)) {
			if x, y := before[id].Status, after[id].Status; x != y {
				r.Changes = append(r.Changes, Change{l.ID, id, x, y})
			}
		}
	}
	return nil
}
