package sample

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"time"

	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/evidence"
	"kith/internal/flow"
	"kith/internal/flow/evening"
	"kith/internal/item"
	"kith/internal/mastery"
	"kith/internal/roster"
)

// hand is a simulated learner at work: what they truly know, what they have met, and the acts that follow from it.
type hand struct {
	m      *maker
	who    character
	person roster.Person
	actor  access.Actor
	r      *rand.Rand // decides; what a drawn variant makes of it has a source of its own
	knows  map[string]bool
	drawn  map[item.ID]int
	status map[string]mastery.Status
	read   map[string]bool      // lessons done
	used   map[string]time.Time // when a skill was last asked
	tries  map[string]int       // evenings given to a skill with a habit
	paused bool                 // stopped the check part way
	at     time.Time            // the instant within the sitting
	acts   int
	diary  diary
}

// Chances of a simulated answer: of a slip with what is known, of a hit with what is not, of getting there at the second
// and third try with a hint. Ours, chosen to look like a class.
const (
	slips  = 0.06
	hits   = 0.1
	second = 0.55
	third  = 0.8
)

func (m *maker) hand(who character, p roster.Person, n int) *hand {
	h := &hand{m: m, who: who, person: p, actor: m.s.Actor(p), r: rand.New(rand.NewPCG(m.seed, uint64(n))), knows: map[string]bool{},
		drawn: map[item.ID]int{}, status: map[string]mastery.Status{}, read: map[string]bool{}, used: map[string]time.Time{}, tries: map[string]int{}}
	for _, code := range who.knows {
		h.knows[code] = true
	}
	return h
}

// op is the id of this person's next act, at their instant.
func (h *hand) op() flow.Op {
	h.acts++
	h.m.clock.Forward(h.at)
	return flow.Op{Op: h.m.op(string(h.person.ID), h.acts)}
}

// sit notes something that this person sits down to do.
func (h *hand) sit(at time.Time, do func() error) {
	h.diary.note(at, func() error {
		h.at = at
		if err := do(); err != nil {
			return fmt.Errorf("%s, %s: %w", h.who.name(), at.Format(time.DateTime), err)
		}
		return nil
	})
}

// pass lets some seconds go by.
func (h *hand) pass(least, most int) int64 {
	took := time.Duration(least+h.r.IntN(most-least+1)) * time.Second
	h.at = h.at.Add(took)
	return took.Milliseconds()
}

func (h *hand) secure(code string) bool { return h.status[code] == mastery.Secure }

// practise works on a skill until it is Secure, at most so many variants; with untilRight it then goes on, as people do,
// to one that is right without help.
func (h *hand) practise(code string, most int, untilRight bool) error {
	last := false
	for n := 0; n < most || untilRight && !last && n < most+6; n++ {
		if h.secure(code) {
			return nil
		}
		// The last one is done with somebody beside them.
		went, err := h.variant(h.next(code), evidence.ForPractice, "", n >= most)
		if err != nil {
			return err
		}
		last = went
		if h.who.habits[code] == "" && h.r.Float64() < h.who.quick {
			h.knows[code] = true
		}
	}
	return nil
}

// rests is how long a secure skill is left alone before somebody who keeps up answers one question on it again, in days.
// With none of that, most of what the class secured in its first week would be worth another look by the fourth.
const rests = 2

// keepFresh answers one question on each skill that is secure and was not asked for so long.
func (h *hand) keepFresh() error {
	story := h.r // which goes on as if nothing had been asked
	h.r = rand.New(rand.NewPCG(uint64(h.at.UnixMilli()), 7))
	defer func() { h.r = story }()
	for _, s := range h.m.course.Skills {
		if code := s.Code; h.secure(code) && h.at.Sub(h.used[code]) >= rests*24*time.Hour {
			if _, err := h.variant(h.next(code), evidence.ForPractice, "", true); err != nil {
				return err
			}
		}
	}
	return nil
}

// next is the item of a skill that this person met least; somebody with a habit meets those first that show it.
func (h *hand) next(code string) item.Item {
	var best item.Item
	score := 1 << 30
	for i, it := range h.m.items[code] {
		s := h.drawn[it.ID] * 100
		if it.Kind.Chosen() {
			s += 150
		}
		if tag := h.who.habits[code]; tag != "" && !shows(it, tag) {
			s += 1000
		}
		if s+i < score {
			best, score = it, s+i
		}
	}
	return best
}

func shows(it item.Item, tag string) bool {
	for _, m := range it.Mistakes {
		if m.Tag == tag {
			return true
		}
	}
	return false
}

// variant answers one variant to its end and reports whether it was right at once. sure: without a slip.
func (h *hand) variant(it item.Item, why evidence.Purpose, context string, sure bool) (bool, error) {
	h.drawn[it.ID]++
	v, err := item.Draw(it, item.SeedFor(string(h.person.ID), string(it.ID), h.drawn[it.ID]))
	if err != nil {
		return false, err
	}
	code := h.m.code[it.Skills[0]]
	pen := h.pen(it.Code, h.drawn[it.ID])
	p := []float64{hits, second, third}
	if h.knows[code] {
		p = []float64{1 - slips, 0.9, 0.95}
	}
	if sure {
		p[0] = 1
	}
	if h.who.habits[code] != "" {
		p = []float64{0, 0.2, 0.9}
	}
	for try := 1; ; try++ {
		response := rightAnswer(it, v, pen)
		if h.r.Float64() >= p[try-1] {
			response = h.notYet(it, v, code, try, pen)
		}
		took := h.pass(20, 75)
		out, err := flow.Run(h.m.ctx, h.m.f, evening.RecordAttempt, h.actor, evening.RecordAttemptIn{Op: h.op(), Learner: h.person.ID, Item: it.ID,
			Version: it.Version, DrawN: h.drawn[it.ID], Try: try, Hints: min(try-1, len(it.Hints)), Response: response, Purpose: why, Context: context,
			TookMs: took, HappenedMs: h.at.UnixMilli()})
		if err != nil {
			return false, err
		}
		h.status[code], h.used[code] = out.After, h.at
		if out.TriesEnd || out.Outcome == item.Right {
			return try == 1 && out.Outcome == item.Right, nil
		}
	}
}

// notYet is what this person enters when it is not right: their habit at the first try, else one of the known mistakes.
// The mistakes that tables of the class share are kept for those who make them.
func (h *hand) notYet(it item.Item, v item.Variant, code string, try int, pen *rand.Rand) item.Response {
	if tag := h.who.habits[code]; tag != "" {
		if out, ok := mistaken(it, v, tag, pen); ok && try == 1 {
			return out
		}
		return slipped(it, v, pen)
	}
	return wrongAnswer(it, v, kept[code], pen)
}

// kept are the mistakes that only those with the habit make.
var kept = map[string]map[string]bool{"unit-rate": {"upside-down": true}, "equivalent-ratios": {"add-same": true}}

// stumble meets a skill again after some time and does not get it at once, twice in a row.
func (h *hand) stumble(code string) error {
	h.who.habits = map[string]string{code: "smaller-total"}
	defer func() { h.who.habits = nil }()
	for range 2 {
		if _, err := h.variant(h.next(code), evidence.ForPractice, "", false); err != nil {
			return err
		}
	}
	return nil
}

// pen is a source of its own for how one answer is written.
func (h *hand) pen(code string, n int) *rand.Rand {
	f := fnv.New64a()
	fmt.Fprintf(f, "%s/%s/%d", h.who.name(), code, n)
	return rand.New(rand.NewPCG(h.m.seed, f.Sum64()))
}

// lesson reads a lesson and answers its checks, all of them or only the first; sure: without a slip.
func (h *hand) lesson(code string, all, sure bool) error {
	l := h.m.lessons[code]
	if err := h.watch(l, all); err != nil {
		return err
	}
	h.pass(60, 150)
	for i, c := range l.Checks {
		if i > 0 && !all {
			return nil
		}
		if h.read[checkKey(l, i)] {
			continue
		}
		if _, err := h.variant(h.m.item[c.Item], evidence.ForLesson, string(l.ID), sure); err != nil {
			return err
		}
		h.read[checkKey(l, i)] = true
		h.pass(40, 90)
	}
	h.read[code] = true
	return nil
}

// watch plays a lesson's video, all of it or a part. Somebody whose mistake is met in it goes back and sees it again.
func (h *hand) watch(l content.Lesson, all bool) error {
	if l.Video == nil || l.Video.Ms == 0 {
		return nil
	}
	end := l.Video.Ms
	if !all {
		end = end * 2 / 5
	}
	spans := [][2]int64{}
	for from := int64(0); from < end; from += 30_000 {
		spans = append(spans, [2]int64{from, min(from+30_000, end)})
	}
	if len(h.who.habits) > 0 && all {
		spans = append(spans, [2]int64{end / 2, end/2 + 20_000}, [2]int64{end / 2, end/2 + 20_000})
	}
	for _, s := range spans {
		h.at = h.at.Add(time.Duration(s[1]-s[0]) * time.Millisecond)
		if _, err := flow.Run(h.m.ctx, h.m.f, evening.NoteViewing, h.actor, evening.NoteViewingIn{Mine: h.mine(), Lesson: l.ID, Version: l.Version,
			FromMs: s[0], ToMs: s[1], Rate: 1, HappenedMs: h.at.UnixMilli()}); err != nil {
			return err
		}
	}
	return nil
}

func checkKey(l content.Lesson, i int) string { return fmt.Sprintf("%s/%d", l.Code, i) }
