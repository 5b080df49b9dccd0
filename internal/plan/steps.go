package plan

import (
	"math"
	"slices"

	"kith/internal/content"
	"kith/internal/evidence"
	"kith/internal/item"
	"kith/internal/mastery"
	"kith/internal/skill"
)

// seenShare is how much of a video counts as watched. Ours: credits and a slow ending need not be seen.
const seenShare = 0.9

// Steps folds the status of each line, in order, and its reason as it holds today (reasonNow).
//
// lesson: done when nine tenths of the video were watched, or every check in it was answered; doing once begun. A lesson
// that Kith cannot see (a link without checks) is done when the learner has practised one of its skills since.
// practice, revisit: done when the skill is secure (one that is pinned, or asked again though secure, needs an answer since
// the plan was decided); doing once practised. activity: done when the learner says so. task: done when a role is picked.
// talk, deeper, make, meeting: done when a teacher recorded that they sat together on it since, or, all but a meeting, when
// the learner says so by the objective's activity.
func Steps(in StepsInput) []Step {
	facts := standing(in.Facts)
	out := make([]Step, len(in.Lines))
	for i, l := range in.Lines {
		out[i] = Step{Line: l}
		its := in
		if since, ok := in.Since[l.Key]; ok {
			its.SinceMs = since
		}
		out[i].Status, out[i].DoneMs = its.status(l, facts)
		out[i].Reason = reasonNow(l, in.Estimates[l.Skill])
	}
	return out
}

// standing leaves out the facts that were withdrawn.
func standing(facts []evidence.Fact) []evidence.Fact {
	gone := map[string]bool{}
	for _, f := range facts {
		if f.Withdrawal != nil {
			gone[f.Withdrawal.Fact] = true
		}
	}
	if len(gone) == 0 {
		return facts
	}
	return slices.DeleteFunc(slices.Clone(facts), func(f evidence.Fact) bool { return gone[f.ID] })
}

func (in StepsInput) status(l Line, facts []evidence.Fact) (Status, int64) {
	switch l.Kind {
	case Lesson:
		return in.lesson(l, facts)
	case Practice, Revisit:
		return in.skill(l, facts)
	}
	for _, f := range facts {
		if fulfils(l, f, in.SinceMs) {
			return Done, f.ReceivedMs
		}
	}
	return Todo, 0
}

// fulfils reports whether a fact finishes a line that is off screen, with a person, or a task.
func fulfils(l Line, f evidence.Fact, since int64) bool {
	switch l.Kind {
	case Activity:
		return f.Activity != nil && f.Activity.Objective == l.Objective
	case Task:
		return f.RoleChoice != nil && f.RoleChoice.Objective == l.Objective
	case Meeting:
		return f.Meeting != nil && f.Meeting.Skill == l.Skill && f.ReceivedMs >= since
	case Talk, Deeper, Make:
		return f.Meeting != nil && f.ReceivedMs >= since || f.Activity != nil && f.Activity.Objective == l.Objective && f.ReceivedMs >= since
	}
	return false
}

func (in StepsInput) skill(l Line, facts []evidence.Fact) (Status, int64) {
	e := in.Estimates[l.Skill]
	once := !l.Pinned && !l.Again // reached is done: what time takes back comes as a line of its own, with a person's yes
	if once && (e.Status == mastery.Secure || e.Faded) || e.Status == mastery.Secure && e.LastMs >= in.SinceMs {
		return Done, e.LastMs
	}
	for _, f := range facts {
		if a := f.Attempt; a != nil && a.Skill == l.Skill && a.Purpose == evidence.ForPractice && (l.Kind == Practice || f.ReceivedMs >= in.SinceMs) {
			return Doing, 0
		}
	}
	return Todo, 0
}

func (in StepsInput) lesson(l Line, facts []evidence.Fact) (Status, int64) {
	at := slices.IndexFunc(in.Lessons, func(x content.Lesson) bool { return x.Line() == l.Lesson })
	if at < 0 {
		return Todo, 0
	}
	return LessonStatus(in.Lessons[at], facts, in.SinceMs)
}

// LessonStatus is how far a learner is with a lesson, and when it was done. The facts are one learner's, in Seq order. Who had
// finished it before it was changed has finished; what was begun in the lesson that it is a copy of is begun.
func LessonStatus(les content.Lesson, facts []evidence.Fact, sinceMs int64) (Status, int64) {
	for _, p := range les.Past {
		if status, at := lessonAs(les, p, facts, sinceMs); status == Done {
			return Done, at
		}
	}
	now := content.PastLesson{UntilMs: math.MaxInt64, Until: math.MaxInt, Checks: les.Asks()}
	if v := les.Video; v != nil {
		now.Film, now.Ms, now.Since = true, v.Ms, v.Since
	}
	return lessonAs(les, now, facts, sinceMs)
}

// lessonAs is how far a learner is with a lesson by what it took at one time.
func lessonAs(les content.Lesson, as content.PastLesson, facts []evidence.Fact, sinceMs int64) (Status, int64) {
	var spans [][2]int64
	checks := map[item.ID]bool{}
	for _, id := range as.Checks {
		checks[id] = true
	}
	answered := map[item.ID]bool{}
	status, blind := Todo, !as.Film && len(checks) == 0
	for _, f := range facts {
		switch {
		case f.Viewing != nil:
			n, own := les.Own(f.Viewing.Lesson, f.Viewing.LessonVersion)
			if !own {
				continue
			}
			status = Doing
			if n < as.Since || n > as.Until {
				continue // of another film
			}
			spans = append(spans, [2]int64{f.Viewing.FromMs, f.Viewing.ToMs})
			if as.Film && as.Ms > 0 && float64(Covered(spans)) >= seenShare*float64(as.Ms) {
				return Done, f.ReceivedMs
			}
		case f.ReceivedMs > as.UntilMs:
		case f.Attempt != nil && f.Attempt.Purpose == evidence.ForLesson:
			if _, own := les.Own(content.LessonID(f.Attempt.Context), 0); !own {
				continue
			}
			status = Doing
			if checks[f.Attempt.Item] && f.Attempt.Outcome != item.Unread {
				answered[f.Attempt.Item] = true
			}
			if len(checks) > 0 && len(answered) == len(checks) {
				return Done, f.ReceivedMs
			}
		case blind && f.Attempt != nil && f.Attempt.Purpose == evidence.ForPractice && f.ReceivedMs >= sinceMs && slices.Contains(les.Skills, f.Attempt.Skill):
			return Done, f.ReceivedMs
		}
	}
	return status, 0
}

// Covered is how much the spans cover together, in their unit: overlaps count once, empty or backward spans not at all.
func Covered(spans [][2]int64) int64 {
	s := slices.Clone(spans)
	slices.SortFunc(s, func(a, b [2]int64) int {
		switch {
		case a[0] < b[0]:
			return -1
		case a[0] > b[0]:
			return 1
		}
		return 0
	})
	var sum, end int64
	first := true
	for _, x := range s {
		if first || x[0] > end {
			if x[1] > x[0] {
				sum += x[1] - x[0]
				end, first = x[1], false
			}
			continue
		}
		if x[1] > end {
			sum += x[1] - end
			end = x[1]
		}
	}
	return sum
}

// Today is what a learner's day shows: at most MaxToday steps that are not done, in plan order, among them one off
// screen and one with a person where the plan still has them.
func Today(steps []Step) []Step {
	var left []int
	for i, s := range steps {
		if s.Status != Done {
			left = append(left, i)
		}
	}
	if len(left) > MaxToday {
		chosen := slices.Clone(left[:MaxToday])
		for _, w := range []Where{OffScreen, Person} {
			chosen = include(steps, left, chosen, w)
		}
		left = chosen
	}
	out := make([]Step, len(left))
	for k, i := range left {
		out[k] = steps[i]
	}
	return out
}

// include brings the first later step at a place in for the last chosen step on screen.
func include(steps []Step, left, chosen []int, w Where) []int {
	at := func(i int) bool { return steps[i].Where == w }
	if slices.ContainsFunc(chosen, at) {
		return chosen
	}
	found := slices.IndexFunc(left, at)
	if found < 0 {
		return chosen
	}
	for k := len(chosen) - 1; k > 0; k-- { // the first step always stays
		if steps[chosen[k]].Where == OnScreen {
			chosen = append(slices.Delete(slices.Clone(chosen), k, k+1), left[found])
			slices.Sort(chosen)
			return chosen
		}
	}
	return chosen
}

// NextStep is the one step that a page puts first: what is begun, else the first that is not done; false when all are.
func NextStep(steps []Step) (Step, bool) {
	for _, want := range []Status{Doing, Todo} {
		for _, s := range steps {
			if s.Status == want {
				return s, true
			}
		}
	}
	return Step{}, false
}

// Fallback is what is open to a learner while no plan is decided: the shared lesson and the first ready skills, at most
// three lines in all, and one that is off screen; to whoever knows the unit, what Build would offer them. All carry may:
// waiting for a yes stops nobody. Errors as Build.
func Fallback(in Input) ([]Line, error) {
	in.Base = nil
	b, err := newBuilder(in)
	if err != nil {
		return nil, err
	}
	var out []Line
	if in.Shared != "" {
		b.shared()
	}
	var away skill.ObjectiveID
	for len(b.lines) < 3 {
		id, ok := b.nextReady()
		if !ok {
			break
		}
		b.have[id] = true
		l := b.practice(id)
		if b.vetoed(l.Key) {
			continue
		}
		if l.Reason.Code == "reason.before" || l.Reason.Code == "reason.on_the_way" {
			l.Reason = b.inTurn(id)
		}
		if away == "" {
			away = l.Objective
		}
		b.lines = append(b.lines, l)
	}
	b.beyond()
	for _, l := range b.lines {
		l.Must = false
		out = append(out, l)
	}
	if part, ok := b.parts[away]; ok && part.Activity.Title != "" {
		out = append(out, b.away(away, "")[0])
	}
	return out, nil
}

// DueInput is what Due looks at.
type DueInput struct {
	Open       bool   // a proposal already waits for a decision
	Asked      bool   // a person asked for one
	CheckEnded bool   // a check ended since the last proposal was made
	Steps      []Step // of the decided plan; nil = none
	Estimates  map[skill.ID]mastery.Estimate
	LastMs     int64 // when the last proposal was made; 0 = never
}

// Due says whether a new proposal is to be made, and why. It is never due for one answer alone. A credit is doubted by
// later answers, or by a person who re-opens the skill.
func Due(in DueInput) (Cause, bool) {
	switch {
	case in.Asked:
		return Asked, true
	case in.CheckEnded:
		return CheckEnded, true
	case in.Open:
		return "", false
	case len(in.Steps) > 0 && !slices.ContainsFunc(in.Steps, func(s Step) bool { return s.Status != Done }):
		return RanOut, true
	}
	for _, e := range in.Estimates {
		byPerson := e.State.Reopened && e.State.Since == 0 // nobody has answered since: what follows is not doubted anew
		if (e.Credited || byPerson) && e.Status == mastery.AnotherLook && !e.Faded && e.LastMs > in.LastMs {
			return CreditDoubted, true
		}
	}
	return "", false
}
