// Package pace is how long a learner's goals still take, whether their days leave room for it, and what could be done
// where they do not.
//
// In: targets, the minutes that each skill still takes this learner, the minutes of their week. Out: an order of the
// skills that is best for the days (Schedule), the room that is left, and Options. An option is another route, a person's
// help, more time or a later day, each with its cost. A lower goal is never an option, and nothing here is for a learner's
// eyes: a date makes nobody anything.
//
// Place in the flow: layer 2, after goal. Plan follows the order when there is little room; a teacher reads the rest.
package pace

import (
	"math"
	"slices"

	"kith/internal/fault"
	"kith/internal/goal"
	"kith/internal/skill"
)

// Numbers chosen by us.
const (
	// Tight is the share of what is needed below which the room left is little: the order of the days then goes first.
	Tight = 0.25
	// HelpMinutes is what sitting down with somebody on one skill costs that person.
	HelpMinutes = 15
	// HelpSpares is the share of a skill's minutes that it may spare. Nobody has measured it here, so a page says "about".
	HelpSpares = 1.0 / 3
	// farthest is how many days ahead a later day is looked for.
	farthest = 2 * 366
)

// Week is the minutes a learner has, in lessons and at home, by weekday (Sunday is 0), and the days that have none.
type Week struct {
	Minutes [7]int
	Off     []goal.Day
}

// Total is a usual week's minutes.
func (w Week) Total() int {
	sum := 0
	for _, m := range w.Minutes {
		sum += m
	}
	return sum
}

// Until is the minutes from today to the end of a day, both among them; 0 when that day is over.
func (w Week) Until(today, day goal.Day) int {
	sum := 0
	for d := today; d <= day; d++ {
		sum += w.on(d)
	}
	return sum
}

func (w Week) on(d goal.Day) int {
	if slices.Contains(w.Off, d) {
		return 0
	}
	return w.Minutes[d.Weekday()]
}

// Extra is work on the way that is optional: a lesson to watch, an activity. Skills are those that it serves.
type Extra struct {
	Key     string
	Skills  []skill.ID
	Minutes float64
}

// Input is what Assess looks at.
type Input struct {
	Graph   *skill.Graph
	Reach   []skill.ID // the unit's skills, in teaching order
	Targets []goal.Target
	Known   map[skill.ID]bool
	Minutes map[skill.ID]float64 // what each open skill still takes this learner (Left)
	Extras  []Extra
	Today   goal.Day
	Week    Week
	Helpers map[skill.ID]string // a person who could help with it; absent: the teacher
	Draws   int                 // how often Chance draws; 0 = not asked for
	Seed    uint64              // of these draws
}

// Pace is what Assess finds. Minutes are rounded up.
type Pace struct {
	Order   []skill.ID // what the targets need and is not known, best for their days
	Needs   int        // minutes of it, with what is optional
	Weekly  int        // minutes of a usual week
	Goal    string     // the target whose day leaves the least room; "" = no target has a day
	Short   int        // minutes that are missing for it; 0 = it fits
	Room    int        // minutes left over for it when it fits
	Tight   bool       // the room is little, or there is none
	InTime  float64    // Chance that every day is met in this order; 0 when it was not asked for
	Options []Option   // when it does not fit
}

// OptionKind says what could be done.
type OptionKind string

const (
	Route OptionKind = "route" // leave out what is optional on the way
	Help  OptionKind = "help"  // sit down with a person on one skill
	Time  OptionKind = "time"  // more minutes a week
	Later OptionKind = "later" // a later day
)

// Option is one thing that could be done, with its cost.
type Option struct {
	Kind    OptionKind `json:"kind" enum:"route,help,time,later"`
	Fits    bool       `json:"fits"`              // it is enough by itself
	Spares  int        `json:"spares,omitempty"`  // route, help: minutes of the learner's that it may spare
	Steps   []string   `json:"steps,omitempty"`   // route: keys of what is left out; it stays open to whoever wants it
	Skill   skill.ID   `json:"skill,omitempty"`   // help
	With    string     `json:"with,omitempty"`    // help: the person; "" = the teacher
	Minutes int        `json:"minutes,omitempty"` // help: of that person's; time: more minutes a week
	Goal    string     `json:"goal,omitempty"`    // later
	On      string     `json:"on,omitempty"`      // later: YYYY-MM-DD
	Days    int        `json:"days,omitempty"`    // later: how many days more
}

// Assess schedules what the targets need and says how the days leave room.
// Errors (Invalid): an open skill without minutes above 0, negative minutes of a weekday or an extra.
func Assess(in Input) (Pace, error) {
	w, err := newWay(in)
	if err != nil {
		return Pace{}, err
	}
	p := Pace{Weekly: in.Week.Total()}
	all := w.jobs(nil, true)
	order, _, err := Schedule(all)
	if err != nil {
		return p, err
	}
	for _, i := range order {
		p.Order = append(p.Order, w.skills[i])
	}
	p.Needs = whole(total(all))
	ends := w.ends(all, order)
	at, room := w.least(ends)
	if at < 0 {
		return p, nil
	}
	if in.Draws > 0 {
		if p.InTime, err = Chance(all, order, Spread, in.Draws, in.Seed); err != nil {
			return p, err
		}
	}
	p.Goal = in.Targets[at].ID
	p.Tight = room < Tight*ends[at]
	if room >= 0 {
		p.Room = int(room)
		return p, nil
	}
	p.Short = whole(-room)
	p.Options = w.options(all, order, ends, at)
	return p, nil
}

// way is what the targets need, as jobs.
type way struct {
	in     Input
	skills []skill.ID
	place  map[skill.ID]int
	after  [][]int
	extra  []float64 // optional minutes, put to the first skill that they serve
	steps  [][]string
	cap    []float64 // of each target: minutes until its day; +Inf without one
}

func newWay(in Input) (*way, error) {
	w := &way{in: in, place: map[skill.ID]int{}}
	for d, m := range in.Week.Minutes {
		if m < 0 {
			return nil, fault.Invalidf("week", "%d minutes on weekday %d", m, d)
		}
	}
	w.skills = goal.Closure(in.Graph, in.Reach, in.Targets, func(id skill.ID) bool { return in.Known[id] })
	for i, id := range w.skills {
		if m := in.Minutes[id]; math.IsNaN(m) || math.IsInf(m, 0) || m <= 0 {
			return nil, fault.Invalidf("minutes", "%v minutes for skill %s", m, id)
		}
		w.place[id] = i
	}
	w.needs()
	w.extra, w.steps = make([]float64, len(w.skills)), make([][]string, len(w.skills))
	for _, x := range in.Extras {
		if math.IsNaN(x.Minutes) || math.IsInf(x.Minutes, 0) || x.Minutes < 0 {
			return nil, fault.Invalidf("minutes", "%v minutes for %s", x.Minutes, x.Key)
		}
		first := len(w.skills)
		for _, id := range x.Skills {
			if i, open := w.place[id]; open {
				first = min(first, i)
			}
		}
		if first < len(w.skills) {
			w.extra[first] += x.Minutes
			w.steps[first] = append(w.steps[first], x.Key)
		}
	}
	for _, t := range in.Targets {
		c := math.Inf(1)
		if t.Due > 0 {
			c = float64(in.Week.Until(in.Today, t.Due))
		}
		w.cap = append(w.cap, c)
	}
	return w, nil
}

// needs works out which jobs come before which: the nearest open skills beneath, through whatever is known between.
func (w *way) needs() {
	w.after = make([][]int, len(w.skills))
	through := map[skill.ID][]int{} // of a skill that is no job: the open ones beneath it
	for _, id := range w.in.Graph.Order() {
		var near []int
		add := func(i int) {
			if !slices.Contains(near, i) {
				near = append(near, i)
			}
		}
		for _, p := range w.in.Graph.Prerequisites(id) {
			if i, open := w.place[p]; open {
				add(i)
				continue
			}
			for _, i := range through[p] {
				add(i)
			}
		}
		if i, open := w.place[id]; open {
			w.after[i] = near
		} else {
			through[id] = near
		}
	}
}

// jobs are the skills as work: with what is optional or without, and less what is spared on some of them.
func (w *way) jobs(spared map[skill.ID]float64, optional bool) []Job {
	out := make([]Job, len(w.skills))
	for i, id := range w.skills {
		out[i] = Job{Minutes: w.in.Minutes[id] - spared[id], Due: math.Inf(1), After: w.after[i]}
		if optional {
			out[i].Minutes += w.extra[i]
		}
	}
	for at, t := range w.in.Targets {
		for _, s := range t.Skills {
			if i, open := w.place[s.Skill]; open {
				out[i].Due = min(out[i].Due, w.cap[at])
			}
		}
	}
	return out
}

// ends are, of each target, the minutes after which its last skill is done; 0 when none is open.
func (w *way) ends(jobs []Job, order []int) []float64 {
	done, sum := make([]float64, len(jobs)), 0.0
	for _, i := range order {
		sum += jobs[i].Minutes
		done[i] = sum
	}
	out := make([]float64, len(w.in.Targets))
	for at, t := range w.in.Targets {
		for _, s := range t.Skills {
			if i, open := w.place[s.Skill]; open {
				out[at] = max(out[at], done[i])
			}
		}
	}
	return out
}

// least is the dated target with the least room, the first of equals, and that room; -1 when none has open skills and a day.
func (w *way) least(ends []float64) (at int, room float64) {
	at, room = -1, math.Inf(1)
	for i, end := range ends {
		if r := w.cap[i] - end; end > 0 && r < room {
			at, room = i, r
		}
	}
	return at, room
}

func total(jobs []Job) (sum float64) {
	for _, j := range jobs {
		sum += j.Minutes
	}
	return sum
}

// whole rounds minutes up; the little taken off keeps what is whole but for rounding as it is.
func whole(minutes float64) int { return int(math.Ceil(minutes - 1e-9)) }
