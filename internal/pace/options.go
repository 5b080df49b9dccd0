package pace

import (
	"cmp"
	"math"
	"slices"

	"kith/internal/goal"
	"kith/internal/skill"
)

// maxHelp is how many skills are named for a person's help: more would be a list, not an offer.
const maxHelp = 2

// options are what could be done for the target that is shortest of time, and for the days of all that do not fit.
func (w *way) options(jobs []Job, order []int, ends []float64, short int) []Option {
	var out []Option
	on := w.onTheWay(short)
	if o, ok := w.route(jobs, on); ok {
		out = append(out, o)
	}
	out = append(out, w.help(on)...)
	if o, ok := w.time(ends); ok {
		out = append(out, o)
	}
	return append(out, w.later(ends)...)
}

// onTheWay are the places of what one target needs, in order.
func (w *way) onTheWay(target int) []int {
	on := make([]bool, len(w.skills))
	for _, s := range w.in.Targets[target].Skills {
		if i, open := w.place[s.Skill]; open {
			on[i] = true
		}
	}
	var out []int
	for i := len(on) - 1; i >= 0; i-- { // what is needed stands earlier
		if on[i] {
			out = append(out, i)
			for _, p := range w.after[i] {
				on[p] = true
			}
		}
	}
	slices.Reverse(out)
	return out
}

// fits reports whether every day has room when the jobs are these.
func (w *way) fits(jobs []Job) bool {
	_, over, err := Schedule(jobs)
	return err == nil && over <= 0
}

// route leaves out what is optional on the way.
func (w *way) route(jobs []Job, on []int) (Option, bool) {
	o := Option{Kind: Route}
	without, spares := slices.Clone(jobs), 0.0
	for _, i := range on {
		without[i].Minutes -= w.extra[i]
		spares += w.extra[i]
		o.Steps = append(o.Steps, w.steps[i]...)
	}
	o.Spares, o.Fits = int(spares), w.fits(without)
	return o, o.Spares > 0
}

// help names the skills on the way that take longest; those that stand earlier go first among equals.
func (w *way) help(on []int) []Option {
	longest := slices.Clone(on)
	slices.SortStableFunc(longest, func(a, b int) int {
		return cmp.Compare(w.in.Minutes[w.skills[b]], w.in.Minutes[w.skills[a]])
	})
	var out []Option
	for _, i := range longest[:min(len(longest), maxHelp)] {
		id := w.skills[i]
		spares := HelpSpares * w.in.Minutes[id]
		if int(spares) == 0 {
			continue
		}
		out = append(out, Option{Kind: Help, Skill: id, With: w.in.Helpers[id], Minutes: HelpMinutes, Spares: int(spares),
			Fits: w.fits(w.jobs(map[skill.ID]float64{id: spares}, true))})
	}
	return out
}

// time is how much longer every week would have to be. It is no option when a day has no working minute left before it.
func (w *way) time(ends []float64) (Option, bool) {
	most := 1.0
	for at, end := range ends {
		if end > 0 && end > w.cap[at] {
			most = max(most, end/w.cap[at])
		}
	}
	if math.IsInf(most, 1) {
		return Option{}, false
	}
	return Option{Kind: Time, Fits: true, Minutes: whole((most - 1) * float64(w.in.Week.Total()))}, true
}

// later is, for each target that does not fit, the first day that has room for it, in the same order of work.
func (w *way) later(ends []float64) []Option {
	var out []Option
	for at, t := range w.in.Targets {
		was := w.cap[at]
		if ends[at] <= was {
			continue
		}
		if day, ok := w.in.Week.first(w.in.Today, ends[at]); ok {
			w.cap[at] = float64(w.in.Week.Until(w.in.Today, day))
			out = append(out, Option{Kind: Later, Fits: w.fits(w.jobs(nil, true)), Goal: t.ID, On: day.String(), Days: int(day - t.Due)})
			w.cap[at] = was
		}
	}
	return out
}

// first is the first day by whose end so many minutes were possible; false when there is none within two years.
func (w Week) first(today goal.Day, minutes float64) (goal.Day, bool) {
	sum := 0.0
	for d := today; d < today+farthest; d++ {
		if sum += float64(w.on(d)); sum >= minutes-1e-9 {
			return d, true
		}
	}
	return 0, false
}
