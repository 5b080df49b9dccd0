package pace

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"kith/internal/fault"
	"kith/internal/goal"
	"kith/internal/skill"
)

var inf = math.Inf(1)

// Lawler by hand. Four jobs of 3, 2, 2, 1; job 0 before job 1, job 2 before job 3; days after 8, 4, 5, 8 minutes of work.
// From the end, at 8: jobs 1 and 3 are free, due 4 and 8: job 3 goes last. At 7: 1 (due 4) and 2 (due 5): job 2. At 5: job 1,
// 1 over its day. Then job 0. Most over: job 2 ends at 7, due 5: 2.
func TestSchedule_ByHand(t *testing.T) {
	jobs := []Job{{3, 8, nil}, {2, 4, []int{0}}, {2, 5, nil}, {1, 8, []int{2}}}
	order, over, err := Schedule(jobs)
	if err != nil || !slices.Equal(order, []int{0, 1, 2, 3}) || over != 2 {
		t.Errorf("got %v, %v over, %v", order, over, err)
	}
	if order, over, err = Schedule([]Job{{1, inf, nil}, {1, inf, nil}}); err != nil || !slices.Equal(order, []int{0, 1}) || !math.IsInf(over, -1) {
		t.Errorf("no days: %v, %v, %v", order, over, err)
	}
	if order, _, err = Schedule(nil); err != nil || len(order) != 0 {
		t.Errorf("no jobs: %v, %v", order, err)
	}
}

// Against every order of up to eight jobs that precedence allows: 300 random problems, seed fixed.
func TestSchedule_NoOrderIsBetter(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1973))
	for round := range 300 {
		jobs := make([]Job, 1+r.IntN(8))
		for i := range jobs {
			jobs[i] = Job{Minutes: float64(r.IntN(9)), Due: float64(r.IntN(30))}
			if r.IntN(4) == 0 {
				jobs[i].Due = inf
			}
			for p := range i {
				if r.IntN(4) == 0 {
					jobs[i].After = append(jobs[i].After, p)
				}
			}
		}
		r.Shuffle(len(jobs), func(a, b int) { swap(jobs, a, b) })
		order, over, err := Schedule(jobs)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := mostOver(jobs, order); !ok || got != over {
			t.Fatalf("round %d: %v says %v over, and is %v, allowed %t", round, order, over, got, ok)
		}
		best := inf
		permute(len(jobs), func(o []int) {
			if m, ok := mostOver(jobs, o); ok {
				best = min(best, m)
			}
		})
		if over != best {
			t.Fatalf("round %d: %v over by Lawler, %v at best: %+v", round, over, best, jobs)
		}
	}
}

// swap exchanges two jobs and what the others say of them.
func swap(jobs []Job, a, b int) {
	jobs[a], jobs[b] = jobs[b], jobs[a]
	for i := range jobs {
		for k, p := range jobs[i].After {
			switch p {
			case a:
				jobs[i].After[k] = b
			case b:
				jobs[i].After[k] = a
			}
		}
	}
}

// mostOver is what Schedule minimizes, worked out plainly; ok is false for an order that precedence forbids.
func mostOver(jobs []Job, order []int) (over float64, ok bool) {
	over = math.Inf(-1)
	sum, done := 0.0, map[int]bool{}
	for _, i := range order {
		for _, p := range jobs[i].After {
			if !done[p] {
				return 0, false
			}
		}
		done[i] = true
		sum += jobs[i].Minutes
		over = max(over, sum-jobs[i].Due)
	}
	return over, len(done) == len(jobs)
}

func permute(n int, visit func([]int)) {
	order := make([]int, 0, n)
	var used [8]bool
	var next func()
	next = func() {
		if len(order) == n {
			visit(order)
			return
		}
		for i := range n {
			if !used[i] {
				used[i], order = true, append(order, i)
				next()
				used[i], order = false, order[:len(order)-1]
			}
		}
	}
	next()
}

func TestSchedule_RefusesWhatIsNoWork(t *testing.T) {
	for name, jobs := range map[string][]Job{
		"NaN minutes":      {{math.NaN(), 1, nil}},
		"negative minutes": {{-1, 1, nil}},
		"endless":          {{inf, 1, nil}},
		"NaN day":          {{1, math.NaN(), nil}},
		"after nothing":    {{1, 1, []int{1}}},
		"a circle":         {{1, 1, []int{1}}, {1, 1, []int{0}}, {1, 1, nil}},
	} {
		if _, _, err := Schedule(jobs); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// a → b → c, a → d; 30 minutes a skill; a learner has 20 minutes on Monday, Wednesday and Friday. Today is Monday,
// 2026-05-04; Wednesday the 13th is off.
func example(t *testing.T) Input {
	t.Helper()
	g, err := skill.NewGraph(skill.Course{
		Skills: []skill.Skill{{ID: "a"}, {ID: "b"}, {ID: "c"}, {ID: "d"}},
		Edges:  []skill.Edge{{From: "a", To: "b"}, {From: "b", To: "c"}, {From: "a", To: "d"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return Input{
		Graph: g, Reach: []skill.ID{"a", "b", "c", "d"}, Known: map[skill.ID]bool{},
		Minutes: map[skill.ID]float64{"a": 30, "b": 30, "c": 30, "d": 30},
		Today:   day(t, "2026-05-04"), Week: Week{Minutes: [7]int{1: 20, 3: 20, 5: 20}, Off: []goal.Day{day(t, "2026-05-13")}},
	}
}

func day(t *testing.T, on string) goal.Day {
	t.Helper()
	d, err := goal.ParseDay("on", on)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func target(t *testing.T, id string, on string, ids ...skill.ID) goal.Target {
	out := goal.Target{ID: id}
	for _, s := range ids {
		out.Skills = append(out.Skills, goal.Weighted{Skill: s, Weight: 1})
	}
	if on != "" {
		out.Due = day(t, on)
	}
	return out
}

func assess(t *testing.T, in Input) Pace {
	t.Helper()
	p, err := Assess(in)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Until Friday the 8th: 3 × 20; until Wednesday the 13th: 4 × 20, since the 13th is off; until the 15th: 5 × 20.
func TestWeek_CountsDaysThatHaveMinutes(t *testing.T) {
	in := example(t)
	for on, want := range map[string]int{"2026-05-03": 0, "2026-05-04": 20, "2026-05-05": 20, "2026-05-08": 60, "2026-05-13": 80, "2026-05-15": 100} {
		if got := in.Week.Until(in.Today, day(t, on)); got != want {
			t.Errorf("until %s: %d, want %d", on, got, want)
		}
	}
}

// d by the 8th (a and d: 60 of 60 minutes) and c by the 22nd (all: 120; 3 + 2 + 3 days: 160): the order is a, d, b, c. The
// 8th leaves no room at all, so it is tight; nothing is short, and nothing is offered.
func TestAssess_FitsExactly(t *testing.T) {
	in := example(t)
	in.Targets = []goal.Target{target(t, "c", "2026-05-22", "c"), target(t, "d", "2026-05-08", "d")}
	got := assess(t, in)
	want := Pace{Order: []skill.ID{"a", "d", "b", "c"}, Needs: 120, Weekly: 60, Goal: "d", Tight: true}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
	in.Known = map[skill.ID]bool{"a": true} // 30 of 60, then 90 of 160
	if got = assess(t, in); got.Goal != "d" || got.Room != 30 || got.Tight || got.Needs != 90 {
		t.Errorf("a is known: %+v", got)
	}
}

// c by Friday the 15th needs a, b, c: 90 minutes and the two extras on its way, 15 + 5: 110 of 100. 10 are short.
// Without the extras it fits. Sitting down on the first of the longest, a, spares 10: it fits. By time: 110/100 of 60 is 6
// more a week. The first day with 110 minutes is Monday the 18th: 3 days more.
func TestAssess_OffersWaysWithTheirCost(t *testing.T) {
	in := example(t)
	in.Targets = []goal.Target{target(t, "c", "2026-05-15", "c")}
	in.Extras = []Extra{{"lesson:b", []skill.ID{"b", "c"}, 15}, {"activity:a", []skill.ID{"a"}, 5}, {"lesson:d", []skill.ID{"d"}, 50}}
	in.Helpers = map[skill.ID]string{"b": "noor"}
	got := assess(t, in)
	if got.Short != 10 || got.Room != 0 || got.Goal != "c" || !got.Tight || got.Needs != 110 {
		t.Fatalf("got %+v", got)
	}
	want := []Option{
		{Kind: Route, Fits: true, Spares: 20, Steps: []string{"activity:a", "lesson:b"}},
		{Kind: Help, Fits: true, Skill: "a", Minutes: HelpMinutes, Spares: 10},
		{Kind: Help, Fits: true, Skill: "b", With: "noor", Minutes: HelpMinutes, Spares: 10},
		{Kind: Time, Fits: true, Minutes: 6},
		{Kind: Later, Fits: true, Goal: "c", On: "2026-05-18", Days: 3},
	}
	if !reflect.DeepEqual(got.Options, want) {
		t.Errorf("got  %+v\nwant %+v", got.Options, want)
	}
}

// A day that is over leaves no minute: more time is no way, a later day is.
func TestAssess_ADayThatIsOverIsMovedOrHelpedNotForced(t *testing.T) {
	in := example(t)
	in.Targets = []goal.Target{target(t, "d", "2026-05-01", "d")}
	got := assess(t, in)
	var kinds []OptionKind
	for _, o := range got.Options {
		kinds = append(kinds, o.Kind)
	}
	if got.Short != 60 || !slices.Equal(kinds, []OptionKind{Help, Help, Later}) {
		t.Errorf("got %+v", got)
	}
	if o := got.Options[2]; o.On != "2026-05-08" || o.Days != 7 || !o.Fits {
		t.Errorf("later: %+v", o)
	}
	in.Week.Minutes = [7]int{}
	if got = assess(t, in); len(got.Options) != 2 {
		t.Errorf("no minutes at all: %+v", got.Options)
	}
}

func TestAssess_WithoutDaysThereIsNothingToFit(t *testing.T) {
	in := example(t)
	in.Targets = []goal.Target{target(t, "c", "", "c")}
	if got := assess(t, in); got.Goal != "" || got.Short != 0 || got.Options != nil || !slices.Equal(got.Order, []skill.ID{"a", "b", "c"}) {
		t.Errorf("got %+v", got)
	}
	in.Known = map[skill.ID]bool{"a": true, "b": true, "c": true}
	in.Targets[0].Due = in.Today
	if got := assess(t, in); got.Goal != "" || got.Needs != 0 || got.Order != nil {
		t.Errorf("reached: %+v", got)
	}
}

func TestAssess_RefusesBadMinutes(t *testing.T) {
	for name, spoil := range map[string]func(in *Input){
		"a skill without":   func(in *Input) { delete(in.Minutes, "a") },
		"a skill of NaN":    func(in *Input) { in.Minutes["b"] = math.NaN() },
		"a negative extra":  func(in *Input) { in.Extras = []Extra{{"x", []skill.ID{"a"}, -1}} },
		"a negative Sunday": func(in *Input) { in.Week.Minutes[0] = -5 },
	} {
		in := example(t)
		in.Targets = []goal.Target{target(t, "c", "", "c")}
		spoil(&in)
		if _, err := Assess(in); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Over 500 random graphs, goals and weeks (seed fixed): what an option says is true when it is taken; a day's room is that
// of all its goals; and whatever is offered, every skill that a goal needs stays in the order, after what it needs.
func TestAssess_OptionsHoldWhatTheySay(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	kinds := map[OptionKind]int{}
	for round := range 500 {
		in := random(t, r)
		p := assess(t, in)
		need := goal.Closure(in.Graph, in.Reach, in.Targets, func(id skill.ID) bool { return in.Known[id] })
		if len(need) != len(p.Order) {
			t.Fatalf("round %d: %v of %v", round, p.Order, need)
		}
		for i, id := range p.Order {
			if slices.ContainsFunc(p.Order[i+1:], func(later skill.ID) bool { return in.Graph.Before(later, id) }) {
				t.Fatalf("round %d: %s before what it needs: %v", round, id, p.Order)
			}
		}
		if (p.Short > 0) != (len(p.Options) > 0) || p.Short > 0 && p.Room > 0 {
			t.Fatalf("round %d: %+v", round, p)
		}
		for _, o := range p.Options {
			kinds[o.Kind]++
			then := take(t, in, o)
			if o.Fits != (then.Short == 0) || len(then.Order) != len(p.Order) {
				t.Fatalf("round %d: %+v, and then %+v", round, o, then)
			}
		}
	}
	for _, k := range []OptionKind{Route, Help, Time, Later} {
		if kinds[k] < 50 {
			t.Errorf("%s was offered %d times only", k, kinds[k])
		}
	}
}

// take is the pace after an option was taken.
func take(t *testing.T, in Input, o Option) Pace {
	t.Helper()
	switch o.Kind {
	case Route:
		in.Extras = slices.DeleteFunc(slices.Clone(in.Extras), func(x Extra) bool { return slices.Contains(o.Steps, x.Key) })
	case Help:
		m := map[skill.ID]float64{}
		for id, v := range in.Minutes {
			m[id] = v
		}
		m[o.Skill] *= 1 - HelpSpares
		in.Minutes = m
	case Time: // every day longer in proportion; in whole minutes, so a minute a day is added for rounding
		total := in.Week.Total()
		for d, m := range in.Week.Minutes {
			if m > 0 {
				in.Week.Minutes[d] = int(math.Ceil(float64(m) * float64(total+o.Minutes) / float64(total)))
			}
		}
	case Later:
		in.Targets = slices.Clone(in.Targets)
		for i := range in.Targets {
			if in.Targets[i].ID == o.Goal {
				in.Targets[i].Due += goal.Day(o.Days)
				if got := in.Targets[i].Due.String(); got != o.On {
					t.Fatalf("%d days more are %s, not %s", o.Days, got, o.On)
				}
			}
		}
	}
	return assess(t, in)
}

func random(t *testing.T, r *rand.Rand) Input {
	t.Helper()
	var c skill.Course
	in := Input{Known: map[skill.ID]bool{}, Minutes: map[skill.ID]float64{}, Today: day(t, "2026-05-04")}
	n := 3 + r.IntN(10)
	for i := range n {
		id := skill.ID(rune('a' + i))
		c.Skills = append(c.Skills, skill.Skill{ID: id})
		in.Reach = append(in.Reach, id)
		in.Minutes[id] = float64(10 + r.IntN(40))
		in.Known[id] = r.IntN(5) == 0
		for p := range i {
			if r.IntN(3) == 0 {
				c.Edges = append(c.Edges, skill.Edge{From: skill.ID(rune('a' + p)), To: id})
			}
		}
		if r.IntN(2) == 0 {
			in.Extras = append(in.Extras, Extra{"lesson:" + string(id), []skill.ID{id}, float64(r.IntN(10))})
		}
	}
	var err error
	if in.Graph, err = skill.NewGraph(c); err != nil {
		t.Fatal(err)
	}
	for d := range in.Week.Minutes {
		in.Week.Minutes[d] = r.IntN(3) * 10
	}
	for k := range 1 + r.IntN(3) {
		g := target(t, string(rune('x'+k)), "", in.Reach[r.IntN(n)], in.Reach[r.IntN(n)])
		if r.IntN(4) > 0 {
			g.Due = in.Today + goal.Day(r.IntN(30))
		}
		in.Targets = append(in.Targets, g)
	}
	return in
}

// Author 30, three learners at 20, 60 and 24: median 24; (5·30 + 3·24)/8 = 27.75.
func TestTypical_IsDrawnTowardsTheAuthorWhileFewHaveLearnedIt(t *testing.T) {
	for _, c := range []struct {
		authored int
		took     []float64
		want     float64
	}{
		{30, nil, 30}, {0, nil, Unknown}, {30, []float64{20, 60, 24}, 27.75}, {30, []float64{10, 20}, (5*30 + 2*15) / 7.0},
		{0, slices.Repeat([]float64{10}, 95), (5*Unknown + 950) / 100.0},
	} {
		if got, err := Typical(c.authored, c.took); err != nil || math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%d and %v: got %v, %v", c.authored, c.took, got, err)
		}
	}
	if _, err := Typical(-1, nil); !fault.Is(err, fault.Invalid) {
		t.Errorf("negative: %v", err)
	}
	if _, err := Typical(30, []float64{0}); !fault.Is(err, fault.Invalid) {
		t.Errorf("no time at all: %v", err)
	}
}

// Four skills at twice the usual: (4 ln 2)/(4 + 4) = ln √2.
func TestSpeed_IsDrawnTowardsTheUsualWhileFewAreDone(t *testing.T) {
	four := []float64{20, 20, 20, 20}
	for _, c := range []struct {
		took, usual []float64
		want        float64
	}{
		{nil, nil, 1}, {[]float64{40, 40, 40, 40}, four, math.Sqrt2}, {[]float64{10, 10, 10, 10}, four, 1 / math.Sqrt2},
		{[]float64{10, 40}, []float64{20, 20}, 1}, {slices.Repeat([]float64{500}, 40), slices.Repeat([]float64{20}, 40), 2},
		{slices.Repeat([]float64{1}, 40), slices.Repeat([]float64{20}, 40), .5},
	} {
		if got, err := Speed(c.took, c.usual); err != nil || math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%v of %v: got %v, %v", c.took, c.usual, got, err)
		}
	}
	for _, bad := range [][2][]float64{{four, nil}, {{math.NaN()}, {1}}, {{1}, {0}}} {
		if _, err := Speed(bad[0], bad[1]); !fault.Is(err, fault.Invalid) {
			t.Errorf("%v: %v", bad, err)
		}
	}
}

func TestLeft_IsTheWayThatIsNotBehind(t *testing.T) {
	for _, c := range []struct{ typical, speed, known, start, want float64 }{
		{30, 1, .25, .25, 30}, // nothing yet
		{30, 1, .625, .25, 15},
		{30, 2, .625, .25, 30},
		{30, 1, .1, .25, 30}, // believed less than at first: not more than from nothing
		{30, 1, .99, .25, 7.5},
	} {
		if got, err := Left(c.typical, c.speed, c.known, c.start); err != nil || math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%+v: got %v, %v", c, got, err)
		}
	}
	for _, c := range [][4]float64{{0, 1, .5, .2}, {30, 0, .5, .2}, {30, 1, 1.1, .2}, {30, 1, math.NaN(), .2}, {30, 1, .5, 1}} {
		if _, err := Left(c[0], c[1], c[2], c[3]); !fault.Is(err, fault.Invalid) {
			t.Errorf("%v: %v", c, err)
		}
	}
}

// One job of 10 minutes, due at 10: half of all draws lie below the median. Due at 10·e^.5 (one spread above): .8413.
func TestChance_IsTheShareOfDrawsInTime(t *testing.T) {
	for _, c := range []struct{ due, want float64 }{{10, .5}, {10 * math.Exp(.5), .8413}, {inf, 1}, {0, 0}} {
		got, err := Chance([]Job{{10, c.due, nil}}, []int{0}, Spread, 20_000, 7)
		if err != nil || math.Abs(got-c.want) > 0.01 {
			t.Errorf("due %v: got %v, %v", c.due, got, err)
		}
		if again, _ := Chance([]Job{{10, c.due, nil}}, []int{0}, Spread, 20_000, 7); again != got {
			t.Errorf("due %v: %v and then %v", c.due, got, again)
		}
	}
	in := example(t)
	in.Targets, in.Draws = []goal.Target{target(t, "d", "2026-05-08", "d")}, 2_000
	if p := assess(t, in); p.InTime < .3 || p.InTime > .6 { // 60 of 60 minutes: the sum of two skewed times is more than even
		t.Errorf("in time %v", p.InTime)
	}
	for _, bad := range []func() (float64, error){
		func() (float64, error) { return Chance(nil, nil, Spread, 0, 1) },
		func() (float64, error) { return Chance(nil, nil, math.NaN(), 1, 1) },
		func() (float64, error) { return Chance(nil, []int{0}, Spread, 1, 1) },
	} {
		if _, err := bad(); !fault.Is(err, fault.Invalid) {
			t.Error(err)
		}
	}
}

func BenchmarkAssess400(b *testing.B) {
	r := rand.New(rand.NewPCG(4, 400))
	var c skill.Course
	in := Input{Minutes: map[skill.ID]float64{}, Today: 20_000, Week: Week{Minutes: [7]int{1: 60, 3: 60, 5: 60}}}
	for i := range 400 {
		id := skill.ID([]rune{'a' + rune(i/26), 'a' + rune(i%26)})
		c.Skills = append(c.Skills, skill.Skill{ID: id})
		in.Reach = append(in.Reach, id)
		in.Minutes[id] = 30
		for range min(i, 2) {
			p := c.Skills[max(0, i-1-r.IntN(12))].ID
			if e := (skill.Edge{From: p, To: id}); !slices.Contains(c.Edges, e) {
				c.Edges = append(c.Edges, e)
			}
		}
	}
	var err error
	if in.Graph, err = skill.NewGraph(c); err != nil {
		b.Fatal(err)
	}
	in.Targets = []goal.Target{{ID: "g", Skills: []goal.Weighted{{Skill: in.Reach[399], Weight: 1}, {Skill: in.Reach[200], Weight: 1}}, Due: 20_900}}
	for b.Loop() {
		if _, err := Assess(in); err != nil {
			b.Fatal(err)
		}
	}
}
