package simulate

import (
	"math"
	"math/rand/v2"
	"slices"
	"strconv"

	"kith/internal/answers"
)

// classSize is how many learners come upon skills and problem sets in one order.
const classSize = 30

// day is a day in ms, and epoch an instant before which nobody answers: 2024-09-02 08:00 UTC, a school year's beginning.
const (
	day   = 86_400_000
	epoch = 1_725_264_000_000
)

// Answers lets every learner of the school practise and gives what they answered. The same seed gives the same answers.
func (s *School) Answers(seed uint64) (*answers.Log, error) {
	b := answers.NewBuilder()
	r := rand.New(rand.NewPCG(seed, 0xa45e))
	var route []stop
	var above float64
	for n := range s.World.Learners {
		if n%classSize == 0 {
			above = s.World.Class * r.NormFloat64()
			route = s.route(r, above)
		}
		w := &walker{school: s, learner: s.Learner(r.Uint64(), above), r: rand.New(rand.NewPCG(r.Uint64(), 1)), build: b, name: "l" + strconv.Itoa(n), at: epoch}
		w.left = min(max(int(s.World.Rows*math.Exp(s.World.RowsSpread*w.r.NormFloat64())), s.World.RowsMin), s.World.RowsMax)
		if err := w.walk(route); err != nil {
			return nil, err
		}
	}
	return b.Log()
}

// stop is one block of a class's route: a problem set of a skill.
type stop struct{ skill, set int }

// route is the order in which a class comes upon skills: a run through them in the author's order from some place on,
// with neighbours exchanged now and then. Abler classes are given other problem sets.
func (s *School) route(r *rand.Rand, above float64) []stop {
	k := s.World.Skills
	from := r.IntN(k)
	var all []stop
	for i := range 4 * k { // round and round, with other sets each time
		all = append(all, stop{(from + i) % k, i/k + r.IntN(2) + int(2+above)})
	}
	for i := 1; i < len(all); i++ {
		if r.Float64() < .2 {
			all[i-1], all[i] = all[i], all[i-1]
		}
	}
	return all
}

// walker is a learner on the way.
type walker struct {
	school  *School
	learner *Learner
	r       *rand.Rand
	build   *answers.Builder
	name    string
	left    int
	at      int64
	session int // answers left in this sitting
	skills  []string
}

func (w *walker) walk(route []stop) error {
	at := 0
	if w.r.Float64() < .2 {
		at = w.r.IntN(len(route) / 4) // somebody who came later
	}
	for i := at; w.left > 0; i++ {
		here := route[i%len(route)]
		if i > at+2 && w.r.Float64() < w.school.World.Review {
			here = route[(at+w.r.IntN(i-at))%len(route)]
		}
		if err := w.block(here); err != nil {
			return err
		}
	}
	return nil
}

// block practises one problem set.
func (w *walker) block(here stop) error {
	items := w.school.line(w.r, here.skill, here.set)
	row := 0
	for n := 0; n < w.school.World.Block && w.left > 0; n++ {
		right, err := w.item(items[n%len(items)])
		if err != nil {
			return err
		}
		if right {
			row++
		} else {
			row = 0
		}
		if w.school.World.UntilThree && row == 3 {
			break
		}
	}
	return nil
}

// item answers one item, again and again where the world has retries, and its smaller steps where it has some. It reports
// whether the first answer was right.
func (w *walker) item(i int) (bool, error) {
	first, err := w.answer(i, 1)
	if err != nil || first {
		return first, err
	}
	for try := 2; w.left > 0 && w.r.Float64() < w.school.World.Retry; try++ {
		right, err := w.answer(i, try)
		if err != nil {
			return false, err
		}
		if right {
			break
		}
	}
	for _, step := range w.school.Items[i].Steps {
		if w.left > 0 {
			if _, err := w.item(step); err != nil {
				return false, err
			}
		}
	}
	return false, nil
}

func (w *walker) answer(i, try int) (bool, error) {
	if w.session == 0 {
		days := w.r.ExpFloat64() * 2
		w.learner.Rest(days)
		w.at += int64(days*day) + day/24
		w.session = 5 + w.r.IntN(30)
	}
	w.session--
	w.left--
	w.at += int64(20_000 * math.Exp(.6*w.r.NormFloat64()))
	right := w.learner.Try(i, try)
	it := w.school.Items[i]
	w.skills = w.skills[:0]
	name := "i" + strconv.Itoa(i)
	if !w.school.World.NoSkills {
		w.skills = append(w.skills, "s"+strconv.Itoa(it.Skill))
		if it.Second >= 0 {
			w.skills = append(w.skills, "s"+strconv.Itoa(it.Second))
		}
	}
	if w.school.World.SkillIsItem {
		name = w.skills[0]
	}
	return right, w.build.Add(w.name, name, slices.Clone(w.skills), right, w.at)
}
