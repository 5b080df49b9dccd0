package sample

import (
	"slices"
	"time"

	"kith/internal/roster"
)

// phase is a stretch of the four weeks: the lesson that the class was invited to and the skills that it then practised,
// as evenings counted back from now.
type phase struct {
	objective string
	lesson    string
	skills    []string
	invited   int      // the evening before which the invitation was made
	due       int      // the class that it was before: the one on or before this evening's day; 0 = the next class
	from      int      // first evening of practice
	to        int      // last, on which everybody who keeps up gets there
	noticed   []string // what people noticed in its off-screen activity
}

// phases are the four weeks. The last is under way.
var phases = []phase{
	{"o1", "same-taste", o1, 25, 22, 23, 18, []string{"One drop of each made it greener, so it did not match any more.", "Three times everything matched. Adding one did not.", ""}},
	{"o2", "two-true-answers", o2, 20, 17, 17, 13, []string{"We clapped 2 a second. For a minute we said 120 and got 117.", "Half a second for one clap is the same as two claps a second.", ""}},
	{"o3", "same-ten-dollars", o3, 16, 13, 12, 9, []string{"30 % sat at a third of the desk every time, nearly.", "The elastic was right for the book and a bit off for the door.", ""}},
	{"o4", "seats-at-the-fair", o4, 12, 9, 8, 4, []string{"I counted 3n + 1, my sister counted 4n and took away the shared ones.", "Ten squares need 31. We built it to be sure.", ""}},
	{"o5", "tap-and-taxi", o5, 5, 0, 2, 1, nil},
}

// weeksBack is the evening of the day on which the unit was given. A small school was given it three evenings ago, with
// the first lesson.
const (
	weeksBack = 27
	daysBack  = 3
)

var days = []phase{{"o1", "same-taste", o1, daysBack, 0, 1, 1, phases[0].noticed}}

// tell writes everybody's diary.
func (m *maker) tell() []*diary {
	t := m.teacher()
	t.weeks()
	all := []*diary{&t.diary}
	for n, c := range cast[:m.learners()] {
		h := m.hand(c, m.s.People[n], n)
		h.weeks()
		all = append(all, &h.diary)
	}
	return all
}

// weeks writes what one learner did in the four weeks.
func (h *hand) weeks() {
	if h.who.name() != newcomer {
		h.begin()
	}
	if h.m.size == Small {
		h.days()
		return
	}
	switch h.who.name() {
	case newcomer:
		h.arrive()
		return
	case onPaper:
		h.onPaper()
		return
	case percents:
		h.percents()
		return
	case away:
		h.keepUp(weeksBack, 17)
		h.back()
		return
	}
	h.keepUp(weeksBack, 3)
	h.thisWeek()
}

// days is what one learner did since the unit was given three evenings ago: the first lesson, and some practice.
func (h *hand) days() {
	h.sit(h.evening(1), func() error {
		if err := h.lesson("same-taste", h.who.seen == "all", true); err != nil {
			return err
		}
		if err := h.work(o1, false); err != nil {
			return err
		}
		return h.bring("same-taste")
	})
}

// keepUp works through the phases between two evenings: lessons before they are due, skills in their window, everything
// that is open on its last evening. Who stays with something does not catch up on it.
func (h *hand) keepUp(from, to int) {
	for e := from; e >= to; e-- {
		catching := false
		var open []string
		for _, p := range phases[:4] {
			if e <= p.from {
				open = append(open, p.skills...)
			}
			catching = catching || e == p.to
			if e == p.to {
				h.sit(h.m.cal.evening(e, h.who.hour, 0).Add(-40*time.Minute), func() error {
					if h.busyWith(p.skills) { // the activity still waits for them
						return h.takeRole(p.objective)
					}
					return h.offScreen(p.objective, p.noticed[h.r.IntN(len(p.noticed))])
				})
			}
			if e == p.due+1 || e == p.due+2 && h.r.Float64() < 0.5 {
				h.reads(e, p.lesson)
			}
		}
		if len(open) == 0 || !catching && h.r.Float64() > h.who.keen {
			continue
		}
		h.sit(h.evening(e), func() error {
			if err := h.keepFresh(); err != nil {
				return err
			}
			if err := h.work(open, catching); err != nil || !catching {
				return err
			}
			if e > phases[3].to {
				return h.send("")
			}
			if len(h.who.habits) == 0 && h.who.name() != credited { // they look ahead to the next task
				if err := h.takeRole("o5"); err != nil {
					return err
				}
			}
			return h.send(h.who.word)
		})
	}
}

// evening is when this learner sits down on an evening: near their favourite hour.
func (h *hand) evening(e int) time.Time {
	return h.m.cal.evening(e, h.who.hour, h.r.IntN(30))
}

func (h *hand) reads(e int, lesson string) {
	h.sit(h.m.cal.evening(e, h.who.hour, 0).Add(-20*time.Minute), func() error {
		if h.read[lesson] {
			return nil
		}
		return h.lesson(lesson, true, false)
	})
}

// work is an evening's practice: the first open skill that is not yet secure; all of them when catching up.
func (h *hand) work(open []string, catching bool) error {
	for _, code := range open {
		habit := h.who.habits[code] != ""
		if h.secure(code) || h.barred(code) || habit && h.tries[code] == enough {
			continue
		}
		most, untilRight := 6, true
		if habit {
			most, untilRight = 2, false
			h.tries[code]++
		} else if catching {
			most = 14
		}
		if err := h.practise(code, most, untilRight); err != nil {
			return err
		}
		if !catching {
			return nil
		}
	}
	return nil
}

// enough is how many evenings somebody gives a skill that does not fall into place before they wait for a person.
const enough = 3

// busyWith reports whether this learner still makes a mistake in one of the skills.
func (h *hand) busyWith(codes []string) bool {
	return slices.ContainsFunc(codes, func(code string) bool { return h.who.habits[code] != "" })
}

// barred reports whether a skill rests on one that this learner is still busy with.
func (h *hand) barred(code string) bool {
	for under := range h.who.habits {
		if h.m.rests(code, under) {
			return true
		}
	}
	return false
}

// thisWeek is the last three evenings: who went ahead goes on, who has a habit meets it again, and this week's lesson.
func (h *hand) thisWeek() {
	for _, e := range []int{5, 3} {
		h.sit(h.evening(e).Add(30*time.Minute), func() error {
			for code := range h.who.habits {
				if err := h.practise(code, 2, false); err != nil {
					return err
				}
			}
			for _, code := range h.who.ahead {
				if err := h.practise(code, 8, true); err != nil {
					return err
				}
			}
			return nil
		})
	}
	switch h.who.name() {
	case credited: // her plan ends with the next task, so it runs out when she picks her role in it
		h.sit(h.evening(3).Add(50*time.Minute), func() error {
			if err := h.takeRole("o5"); err != nil {
				return err
			}
			return h.send(h.who.word)
		})
	case doubtful:
		h.sit(h.evening(2).Add(40*time.Minute), func() error { return h.stumble("compare-rates") })
	}
	h.writes()
	h.sharedLesson()
}

// sharedLesson reads this week's lesson. What it asks comes right just after reading, for all but one.
func (h *hand) sharedLesson() {
	if h.who.seen == "none" {
		return
	}
	h.sit(h.evening(1+h.r.IntN(2)), func() error {
		if err := h.lesson(phases[4].lesson, h.who.seen == "all", h.who.name() != unsure); err != nil {
			return err
		}
		return h.bring(phases[4].lesson)
	})
}

// arrive is how somebody begins who joined last week: two questions of the check, and one for class.
func (h *hand) arrive() {
	h.sit(h.evening(5), func() error {
		if err := h.check(2); err != nil {
			return err
		}
		return h.bring("")
	})
}

// onPaper is somebody who works off screen first.
func (h *hand) onPaper() {
	for n, p := range phases[:4] {
		h.sit(h.evening(p.to+1), func() error { return h.offScreen(p.objective, drawnOnPaper[n]) })
	}
	for _, e := range []int{19, 14, 6} {
		h.sit(h.evening(e), func() error { return h.practise("ratio-language", 3, true) })
	}
	h.writes()
	h.sharedLesson()
}

func (h *hand) percents() {
	for _, e := range []int{21, 11, 10} {
		h.sit(h.evening(e), func() error {
			codes := o1
			if e < 12 {
				codes = o3
			}
			for _, code := range codes {
				if err := h.practise(code, 2, !h.knows[code]); err != nil {
					return err
				}
			}
			return nil
		})
	}
	h.sit(h.evening(4), func() error { return h.asksFor("write-expressions") })
}

// back is somebody who was away: they ask where to go on.
func (h *hand) back() {
	h.sit(h.evening(2), func() error {
		if err := h.practise("unit-rate", 2, true); err != nil {
			return err
		}
		return h.asksFor("")
	})
}

// drawnOnPaper is what the one who works on paper noticed in each activity.
var drawnOnPaper = []string{
	"I drew the drops as dots. Triple is three of the same drawing.",
	"I wrote both: 2 claps in a second, half a second for a clap. The label says which.",
	"I cut a paper strip into ten and folded it onto everything. 30 % is three folds.",
	"Drew it: each new square brings 3 sticks, the first brings 1 more. So 3n + 1.",
}

// rests reports whether a skill rests on another.
func (m *maker) rests(code, under string) bool {
	for _, id := range m.graph.Ancestors(m.skill[code]) {
		if m.code[id] == under {
			return true
		}
	}
	return false
}

// joined is when somebody joined the class later than the others.
func (m *maker) joined() map[roster.PersonID]int64 {
	out := map[roster.PersonID]int64{}
	for n, c := range cast[:m.learners()] {
		if c.name() == newcomer {
			out[m.s.People[n].ID] = m.schoolDay(6, 8, 30).UnixMilli()
		}
	}
	return out
}
