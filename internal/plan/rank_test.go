package plan

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"kith/internal/content"
	"kith/internal/fault"
	"kith/internal/goal"
	"kith/internal/mastery"
	"kith/internal/skill"
)

// A goal names d, two edges above a; b opens c (weight 1) and with c2 also d. Six skills, one objective each.
//
//	a → b → d      weights: c 1, d 2, no days (¼ each counts), nothing else but the background
//	a → c2 → d
//	b → c
func sixSkills(t testing.TB) Input {
	t.Helper()
	var in Input
	for _, id := range []string{"a", "b", "c2", "c", "d", "free"} {
		in.Course.Skills = append(in.Course.Skills, skill.Skill{ID: skill.ID(id), Title: "Skill " + id, Minutes: 20})
		in.Course.Objectives = append(in.Course.Objectives, skill.Objective{ID: skill.ObjectiveID("o-" + id), Skills: []skill.ID{skill.ID(id)}})
		in.Unit.Parts = append(in.Unit.Parts, content.Part{Objective: skill.ObjectiveID("o-" + id)})
	}
	for _, e := range []string{"a b", "a c2", "b d", "c2 d", "b c"} {
		from, to, _ := strings.Cut(e, " ")
		in.Course.Edges = append(in.Course.Edges, skill.Edge{From: skill.ID(from), To: skill.ID(to)})
	}
	g, err := skill.NewGraph(in.Course)
	if err != nil {
		t.Fatal(err)
	}
	in.Graph, in.Dial, in.Estimates = g, Pick, map[skill.ID]mastery.Estimate{}
	in.Goals = []goal.Target{{ID: "g", Skills: []goal.Weighted{{Skill: "c", Weight: 1}, {Skill: "d", Weight: 2}}}}
	return in
}

// With a known: a goal without a day weighs a quarter, the background .01, .005 … in teaching order of what is open: b
// .01, c2 .005, c .0025, d .00125, free .000625.
// d = 2/4 + .00125; it waits for b and c2, half each; c = 1/4 + .0025 waits for b alone.
// b = .01 + .8 · c + .8 · d/2, c2 = .005 + .8 · d/2, free = .000625.
func TestBuild_RanksWhatIsReadyByGoalsReadinessAndMinutes(t *testing.T) {
	in := sixSkills(t)
	in.Estimates = secure("a") // known at .98
	in.Outlook = Outlook{Learn: map[skill.ID]float64{"c2": .3}, Minutes: map[skill.ID]float64{"b": 40}}
	p := build(t, in)
	d, c := .50125, .2525
	want := []Choice{
		{Skill: "c2", Toward: "d", Mass: .005 + .4*d, Ready: .98, Gain: .3 * .75, Minutes: 20},
		{Skill: "b", Toward: "d", Mass: .01 + .8*c + .4*d, Ready: .98, Gain: .12 * .75, Minutes: 40},
		{Skill: "free", Mass: .000625, Ready: 1, Gain: .12 * .75, Minutes: 20},
	}
	if len(p.Choices) != len(want) {
		t.Fatalf("got %+v", p.Choices)
	}
	for i, w := range want {
		w.Value = w.Mass * w.Ready * w.Gain / w.Minutes
		got := p.Choices[i]
		for _, pair := range [][2]float64{{got.Mass, w.Mass}, {got.Ready, w.Ready}, {got.Gain, w.Gain}, {got.Minutes, w.Minutes}, {got.Value, w.Value}, {got.Urgency, 0}} {
			if math.Abs(pair[0]-pair[1]) > 1e-12 {
				t.Errorf("%d: got %+v, want %+v", i, got, w)
			}
		}
		if got.Skill != w.Skill || got.Toward != w.Toward {
			t.Errorf("%d: got %s towards %q, want %s towards %q", i, got.Skill, got.Toward, w.Skill, w.Toward)
		}
	}
	var order []skill.ID
	for _, l := range p.Lines {
		if l.Kind == Practice {
			order = append(order, l.Skill)
		}
	}
	if !slices.Equal(order, []skill.ID{"c2", "b", "d", "c", "free"}) {
		t.Errorf("order %v", order)
	}
	in.Outlook = Outlook{Order: []skill.ID{"b", "c", "c2", "d"}} // the days leave little room: they decide
	if got := practised(build(t, in)); !slices.Equal(got, []skill.ID{"b", "c", "c2", "d", "free"}) {
		t.Errorf("by the days: %v", got)
	}
}

func practised(p Proposal) (out []skill.ID) {
	for _, l := range p.Lines {
		if l.Kind == Practice {
			out = append(out, l.Skill)
		}
	}
	return out
}

func revisited(p Proposal) (out []string) {
	for _, l := range p.Lines {
		if l.Kind == Revisit {
			out = append(out, string(l.Skill))
		}
	}
	return out
}

// Two goals of the same weight: the nearer day goes first. b stands for c, 28 days away: half; c2 for d, today: whole.
func TestBuild_TheNearerDayWeighsMore(t *testing.T) {
	in := sixSkills(t)
	in.Estimates = secure("a", "b")
	in.Goals = []goal.Target{
		{ID: "far", Skills: []goal.Weighted{{Skill: "c", Weight: 1}}, Due: 1028},
		{ID: "soon", Skills: []goal.Weighted{{Skill: "c2", Weight: .7}}, Due: 1000},
	}
	in.Outlook.Today = 1000
	if got := practised(build(t, in)); got[0] != "c2" { // .7 · 1 against 1 · ½
		t.Errorf("got %v", got)
	}
	in.Outlook.Today = 0 // no day is known to be near
	if got := practised(build(t, in)); got[0] != "c" {
		t.Errorf("without a day of today: %v", got)
	}
}

func TestBuild_SaysWhatAGoalIsFor(t *testing.T) {
	in := sixSkills(t)
	reasons := map[string]string{}
	for _, l := range build(t, in).Lines {
		if l.Kind == Practice {
			reasons[string(l.Skill)] = l.Reason.Code + fmt.Sprint(l.Reason.Args["skill"])
		}
	}
	want := map[string]string{"a": "reason.towardSkill d", "b": "reason.towardSkill d", "c2": "reason.towardSkill d", "c": "reason.goal<nil>", "d": "reason.goal<nil>", "free": "reason.ready<nil>"}
	// a is two edges from c and from d, b one from each: the goal that weighs more is named
	if !reflect.DeepEqual(reasons, want) {
		t.Errorf("got %v", reasons)
	}
}

// An objective of two skills of which the goal needs one: the other waits.
func TestBuild_OnlyWhatAGoalNeedsComesAlong(t *testing.T) {
	in := unit(t)
	in.Estimates = secure("a1")
	in.Goals = []goal.Target{{ID: "g", Skills: []goal.Weighted{{Skill: "c1", Weight: 1}}}}
	got := practised(build(t, in))
	if !slices.Equal(got, []skill.ID{"c1", "a2"}) { // c2 is ready after c1, and a2 is worth more than it
		t.Errorf("got %v", got)
	}
	in.Goals[0].Skills[0].Skill = "b1" // needs a2; of b only b1
	if got = practised(build(t, in)); !slices.Equal(got[:2], []skill.ID{"a2", "b1"}) {
		t.Errorf("got %v", got)
	}
}

// What only time has touched comes back as short lines between the new: the most urgent first, three at most, and it bars
// nobody's way. Urgency = mass · P(L)(1 − R)/5: a1 (much rests on it) at R .8 goes before b1 at .7 and a2 at .9.
func TestBuild_BringsBackWhatFadedBetweenTheNew(t *testing.T) {
	in := unit(t)
	in.Estimates = secure("a1", "a2", "b1", "b2")
	in.Outlook.Faded = map[skill.ID]bool{"a1": true, "a2": true, "b1": true, "b2": true}
	in.Outlook.Recall = map[skill.ID]float64{"a1": .8, "a2": .9, "b1": .7, "b2": .99}
	p := build(t, in)
	looks := revisited(p)
	for _, l := range p.Lines {
		if l.Kind == Revisit {
			if l.Reason.Code != "reason.faded" || !l.Again || l.Minutes != againMinutes || !l.Must {
				t.Errorf("%+v", l)
			}
		}
	}
	if !slices.Equal(looks, []string{"a1", "b1"}) { // one before each of the two objectives that twelve lines hold
		t.Errorf("looks %v in %v", looks, keys(p.Lines))
	}
	got := keys(p.Lines)
	if i := slices.Index(got, "practice:c1"); p.Lines[0].Kind != Revisit || i < 0 || i > 5 || !slices.ContainsFunc(p.Lines[i:], func(l Line) bool { return l.Kind == Revisit }) {
		t.Errorf("a wall before the new: %v", got)
	}
	if len(p.Credited) != 0 {
		t.Errorf("credits what is secure already: %v", p.Credited)
	}
	for _, id := range []skill.ID{"c1", "c2", "d1", "d2"} {
		in.Estimates[id] = secure(id)[id]
	}
	if all := build(t, in); len(all.Choices) != 4 || !slices.Equal(revisited(all), []string{"a1", "b1", "a2"}) {
		t.Errorf("with nothing new: %v", keys(all.Lines))
	} else {
		for _, c := range all.Choices { // known at .98; a look takes 5 minutes and brings back what was lost
			if want := c.Mass * .98 * (1 - in.Outlook.Recall[c.Skill]) / 5; c.Gain != 0 || math.Abs(c.Urgency-want) > 1e-12 || math.Abs(c.Value-want) > 1e-12 {
				t.Errorf("%+v, want an urgency of %v", c, want)
			}
		}
	}
	in.Base, in.Done = p.Lines, map[string]bool{}
	for _, id := range []skill.ID{"c1", "c2", "d1", "d2"} {
		delete(in.Estimates, id)
	}
	if again := build(t, in); !reflect.DeepEqual(keys(again.Lines), got) {
		t.Errorf("asked again: %v", keys(again.Lines))
	}
}

func TestSteps_ALookAtWhatIsSecureAsksForAnAnswer(t *testing.T) {
	l := NewLine(Revisit, "a", "a1", "")
	l.Again = true
	for last, want := range map[int64]Status{99: Todo, 100: Done} {
		e := map[skill.ID]mastery.Estimate{"a1": {Skill: "a1", Status: mastery.Secure, LastMs: last}}
		if got := Steps(StepsInput{Lines: []Line{l}, Estimates: e, SinceMs: 100})[0].Status; got != want {
			t.Errorf("answered at %d: %s", last, got)
		}
	}
}

// A week after a goal's skill became secure it is asked once more; skills that no goal names are not.
func TestBuild_AsksAGoalsSkillOnceMoreAfterAWeek(t *testing.T) {
	in := unit(t)
	in.Estimates = secure("a1", "a2") // since 1 ms
	in.Goals = []goal.Target{{ID: "g", Skills: []goal.Weighted{{Skill: "a2", Weight: 1}}}}
	in.Outlook.AsOfMs = goal.KeptAfterMs
	if got := keys(build(t, in).Lines); slices.Contains(got, "revisit:a2") {
		t.Errorf("within the week: %v", got)
	}
	in.Outlook.AsOfMs++
	p := build(t, in)
	if p.Lines[0].Key != "revisit:a2" || p.Lines[0].Reason.Code != "reason.keep" || slices.Contains(keys(p.Lines), "revisit:a1") {
		t.Errorf("after it: %v", keys(p.Lines))
	}
}

// Whoever knows the unit gets three kinds of lines, all may, none of them a skill that is known; one that was done or taken
// out gives way to the objective before; and only on where there is something after the unit.
func TestBuild_WhoeverIsAheadIsOfferedDeeperMakeOrOn(t *testing.T) {
	in := unit(t)
	in.Estimates = secure("a1", "a2", "b1", "b2", "c1", "c2", "d1", "d2")
	in.Ahead = true
	if got := keys(build(t, in).Lines); !slices.Equal(got, []string{"deeper:d", "make:d"}) {
		t.Errorf("nothing after the unit: %v", got)
	}
	in.Course.Skills = append(in.Course.Skills, skill.Skill{ID: "e1", Title: "Skill e1"}, skill.Skill{ID: "e2"}, skill.Skill{ID: "e3"})
	in.Course.Edges = append(in.Course.Edges, skill.Edge{From: "e2", To: "e1"}, skill.Edge{From: "d2", To: "e3"})
	var err error
	if in.Graph, err = skill.NewGraph(in.Course); err != nil {
		t.Fatal(err)
	}
	in.Beyond = []skill.ID{"e1", "e3"} // e1 rests on e2, which is not known
	p := build(t, in)
	if got := keys(p.Lines); !slices.Equal(got, []string{"deeper:d", "make:d", "practice:e3"}) {
		t.Errorf("got %v", got)
	}
	for _, l := range p.Lines {
		if l.Must || l.Reason.Code == "" {
			t.Errorf("%+v", l)
		}
	}
	in.Done, in.Vetoes = map[string]bool{"deeper:d": true}, []string{"make:d", "make:c"}
	if got := keys(build(t, in).Lines); !slices.Equal(got, []string{"deeper:c", "make:b", "practice:e3"}) {
		t.Errorf("done and taken out: %v", got)
	}
	delete(in.Estimates, "b2")
	if got := keys(build(t, in).Lines); slices.ContainsFunc(got, func(k string) bool { return strings.HasPrefix(k, "deeper") }) {
		t.Errorf("b2 is open: %v", got)
	}
}

func TestBuild_RefusesGoalsAndNumbersOutOfRange(t *testing.T) {
	for name, spoil := range map[string]func(in *Input){
		"a goal outside the unit": func(in *Input) { in.Goals = []goal.Target{{Skills: []goal.Weighted{{Skill: "zz", Weight: 1}}}} },
		"a goal of no weight":     func(in *Input) { in.Goals = []goal.Target{{Skills: []goal.Weighted{{Skill: "a1"}}}} },
		"a goal of NaN": func(in *Input) {
			in.Goals = []goal.Target{{Skills: []goal.Weighted{{Skill: "a1", Weight: math.NaN()}}}}
		},
		"learn":   func(in *Input) { in.Outlook.Learn = map[skill.ID]float64{"a1": 1.5} },
		"recall":  func(in *Input) { in.Outlook.Recall = map[skill.ID]float64{"a1": math.NaN()} },
		"ready":   func(in *Input) { in.Outlook.Ready = map[skill.ID]float64{"a1": -.1} },
		"minutes": func(in *Input) { in.Outlook.Minutes = map[skill.ID]float64{"a1": 0} },
	} {
		in := unit(t)
		spoil(&in)
		if _, err := Build(in); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Over 1,000 random graphs of 3 to 30 skills with goals, fading, pins, vetoes and days (seed fixed): the same input gives
// the same; pins stand first; vetoes never; every practice's prerequisites within the unit are known or stand earlier; one
// line in three away from the screen, up to every place; and, plan after plan, every goal's skills come to be practised.
func TestBuild_PropertiesWithGoals(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 12))
	for round := range 1_000 {
		in := randomUnit(t, r)
		p := build(t, in)
		if again := build(t, in); !reflect.DeepEqual(p, again) {
			t.Fatalf("round %d: differs", round)
		}
		for i, pin := range in.Pins {
			if p.Lines[i].Key != pin.Key {
				t.Fatalf("round %d: pins %v, lines %v", round, keys(in.Pins), keys(p.Lines))
			}
		}
		lines := p.Lines[len(in.Pins):] // a teacher may put anything first
		soFar := in.Pins
		away := 0
		for i, l := range lines {
			if slices.Contains(in.Vetoes, l.Key) {
				t.Fatalf("round %d: %s was taken out", round, l.Key)
			}
			if l.Where != OnScreen {
				away++
			}
			if len(in.Pins) == 0 && away < (i+1)/Share {
				t.Fatalf("round %d: %d of the first %d lines are away: %v", round, away, i+1, keys(lines))
			}
			if l.Kind == Practice {
				for _, pre := range in.Graph.Prerequisites(l.Skill) {
					before := slices.ContainsFunc(soFar, func(s Line) bool { return s.Skill == pre })
					if !before && in.Estimates[pre].Status != mastery.Secure && !in.Outlook.Faded[pre] && !slices.Contains(in.Vetoes, "practice:"+string(pre)) {
						t.Fatalf("round %d: %s before %s: %v", round, l.Key, pre, keys(lines))
					}
				}
			}
			soFar = append(soFar[:len(soFar):len(soFar)], l)
		}
		if len(p.Choices) > MaxChoices || !slices.IsSortedFunc(p.Choices, func(a, b Choice) int { return int(math.Copysign(1, b.Value-a.Value)) }) {
			t.Fatalf("round %d: %+v", round, p.Choices)
		}
		reaches(t, round, in)
	}
}

// reaches carries out plan after plan until no skill that a goal needs is open: each must bring at least one.
func reaches(t *testing.T, round int, in Input) {
	t.Helper()
	in.Vetoes, in.Pins, in.Done = nil, nil, map[string]bool{}
	open := func() []skill.ID {
		return goal.Closure(in.Graph, in.Graph.Order(), in.Goals, func(id skill.ID) bool { return in.Estimates[id].Status == mastery.Secure })
	}
	for turns := 0; len(open()) > 0; turns++ {
		before := len(open())
		for _, l := range build(t, in).Lines {
			in.Done[l.Key] = true
			if l.Kind == Practice || l.Kind == Revisit {
				in.Estimates[l.Skill] = secure(l.Skill)[l.Skill]
				delete(in.Outlook.Faded, l.Skill)
			}
		}
		in.Done = map[string]bool{} // talk and activity may be done again: the plan must still move on
		if turns > 40 || len(open()) == before && turns > 10 {
			t.Fatalf("round %d: %v are never reached", round, open())
		}
	}
}

func randomUnit(t testing.TB, r *rand.Rand) Input {
	n := 3 + r.IntN(28)
	in := graphOf(t, r, n, 1+r.IntN(3))
	ids := in.Graph.Order()
	for _, id := range ids {
		switch r.IntN(4) {
		case 0:
			in.Estimates[id] = secure(id)[id]
			if r.IntN(3) == 0 {
				in.Outlook.Faded[id], in.Outlook.Recall[id] = true, r.Float64()
			}
		case 1:
			in.Estimates[id] = mastery.Estimate{Skill: id, PKnown: r.Float64(), Attempts: 2, Status: mastery.Growing}
		}
	}
	pick := func() skill.ID { return ids[r.IntN(n)] }
	for range r.IntN(3) {
		if l := NewLine(Practice, "", pick(), ""); !slices.ContainsFunc(in.Pins, func(p Line) bool { return p.Key == l.Key }) {
			in.Pins = append(in.Pins, l)
		}
	}
	for range r.IntN(3) {
		if v := NewLine(Practice, "", pick(), "").Key; !slices.ContainsFunc(in.Pins, func(p Line) bool { return p.Key == v }) {
			in.Vetoes = append(in.Vetoes, v)
		}
	}
	in.Outlook.Today = 20_000
	for k := range 1 + r.IntN(2) {
		g := goal.Target{ID: fmt.Sprint(k), Skills: []goal.Weighted{{Skill: pick(), Weight: .1 + r.Float64()}}}
		if r.IntN(2) == 0 {
			g.Due = in.Outlook.Today + goal.Day(r.IntN(60))
		}
		in.Goals = append(in.Goals, g)
	}
	return in
}

// graphOf is a unit of n skills in objectives of two, each skill resting on up to so many of the ten before it.
func graphOf(t testing.TB, r *rand.Rand, n, edges int) Input {
	t.Helper()
	var in Input
	for i := range n {
		id := skill.ID(fmt.Sprintf("s%03d", i))
		in.Course.Skills = append(in.Course.Skills, skill.Skill{ID: id, Title: string(id), Minutes: 10 + r.IntN(30)})
		if i%2 == 0 {
			o := skill.ObjectiveID(fmt.Sprintf("o%03d", i))
			in.Course.Objectives = append(in.Course.Objectives, skill.Objective{ID: o})
			in.Unit.Parts = append(in.Unit.Parts, content.Part{Objective: o, Task: content.Task{Title: "Task"}, Activity: content.Activity{Title: "Hands"}})
		}
		last := &in.Course.Objectives[len(in.Course.Objectives)-1]
		last.Skills = append(last.Skills, id)
		for range min(i, edges) {
			e := skill.Edge{From: in.Course.Skills[max(0, i-1-r.IntN(10))].ID, To: id}
			if !slices.Contains(in.Course.Edges, e) {
				in.Course.Edges = append(in.Course.Edges, e)
			}
		}
	}
	g, err := skill.NewGraph(in.Course)
	if err != nil {
		t.Fatal(err)
	}
	in.Graph, in.Dial, in.Estimates = g, Pick, map[skill.ID]mastery.Estimate{}
	in.Outlook.Faded, in.Outlook.Recall = map[skill.ID]bool{}, map[skill.ID]float64{}
	return in
}

func BenchmarkBuild400(b *testing.B) {
	in := graphOf(b, rand.New(rand.NewPCG(4, 400)), 400, 3)
	for i, s := range in.Course.Skills[:150] {
		in.Estimates[s.ID] = secure(s.ID)[s.ID]
		if i%10 == 0 {
			in.Outlook.Faded[s.ID], in.Outlook.Recall[s.ID] = true, .6
		}
	}
	in.Goals = []goal.Target{{ID: "g", Skills: []goal.Weighted{{Skill: "s399", Weight: 1}, {Skill: "s250", Weight: 1}}, Due: 20_040}}
	in.Outlook.Today = 20_000
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Build(in); err != nil {
			b.Fatal(err)
		}
	}
}
