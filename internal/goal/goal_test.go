package goal

import (
	"math"
	"reflect"
	"slices"
	"testing"
	"time"

	"kith/internal/fault"
	"kith/internal/mastery"
	"kith/internal/skill"
)

// a → b → c, a → d; x stands outside the unit and rests on nothing; b rests on x too.
var course = skill.Course{
	Skills: []skill.Skill{
		{ID: "x"}, {ID: "a", Standards: []string{"6.RP.A.1"}}, {ID: "b", Standards: []string{"6.RP.A.2", "7.RP.A.1"}},
		{ID: "c", Standards: []string{"6.RP.A.3.a"}}, {ID: "d", Standards: []string{"6.EE.B.7", "6.RP.AB"}},
	},
	Edges: []skill.Edge{{From: "a", To: "b"}, {From: "b", To: "c"}, {From: "a", To: "d"}, {From: "x", To: "b"}},
}

var reach = []skill.ID{"a", "b", "c", "d"}

func TestResolve_SharesAnAimsWeightByItsSkills(t *testing.T) {
	for _, c := range []struct {
		name string
		goal Goal
		want []Weighted
	}{
		{"a skill", Goal{Aims: []Aim{{Skill: "c", Weight: 2}}}, []Weighted{{"c", 2}}},
		{"a standard of one skill", Goal{Aims: []Aim{{Standard: "7.RP.A.1", Weight: 1}}}, []Weighted{{"b", 1}}},
		{"an entry above three; 6.RP.AB is not beneath 6.RP.A", Goal{Aims: []Aim{{Standard: "6.RP.A", Weight: 3}}}, []Weighted{{"a", 1}, {"b", 1}, {"c", 1}}},
		{"the unit's task", Goal{Aims: []Aim{{Task: true, Weight: 1}}}, []Weighted{{"a", .25}, {"b", .25}, {"c", .25}, {"d", .25}}},
		{"two aims on one skill add up, in the unit's order", Goal{Aims: []Aim{{Skill: "d", Weight: 1}, {Skill: "a", Weight: 1}, {Standard: "6.RP.A.1", Weight: .5}}}, []Weighted{{"a", 1.5}, {"d", 1}}},
	} {
		got, err := Resolve(c.goal, course, reach)
		if err != nil || !reflect.DeepEqual(got.Skills, c.want) {
			t.Errorf("%s: got %v, %v", c.name, got.Skills, err)
		}
	}
	got, err := Resolve(Goal{ID: "g", Aims: []Aim{{Skill: "a", Weight: 1}}, DueOn: "2026-05-12", Own: true}, course, slices.Concat(reach, reach))
	if err != nil || len(got.Skills) != 1 || got.Due.String() != "2026-05-12" || got.ID != "g" || !got.Own {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestResolve_RefusesWhatIsNoGoal(t *testing.T) {
	ok := Aim{Skill: "a", Weight: 1}
	for name, g := range map[string]Goal{
		"no aim":             {},
		"too many":           {Aims: slices.Repeat([]Aim{ok}, MaxAims+1)},
		"an unknown skill":   {Aims: []Aim{{Skill: "zz", Weight: 1}}},
		"outside the unit":   {Aims: []Aim{{Skill: "x", Weight: 1}}},
		"an unknown entry":   {Aims: []Aim{{Standard: "9.Z", Weight: 1}}},
		"half an entry":      {Aims: []Aim{{Standard: "6.R", Weight: 1}}},
		"nothing":            {Aims: []Aim{{Weight: 1}}},
		"two things":         {Aims: []Aim{{Skill: "a", Task: true, Weight: 1}}},
		"a negative weight":  {Aims: []Aim{{Skill: "a", Weight: -1}}},
		"no weight":          {Aims: []Aim{{Skill: "a"}}},
		"NaN":                {Aims: []Aim{{Skill: "a", Weight: math.NaN()}}},
		"beyond all weights": {Aims: []Aim{{Skill: "a", Weight: math.Inf(1)}}},
		"a day of words":     {Aims: []Aim{ok}, DueOn: "tomorrow"},
		"a day that is none": {Aims: []Aim{ok}, DueOn: "2026-02-30"},
		"a day written else": {Aims: []Aim{ok}, DueOn: "12.05.2026"},
		"a day with an hour": {Aims: []Aim{ok}, DueOn: "2026-05-12T08:00:00Z"},
		"a day before days":  {Aims: []Aim{ok}, DueOn: "1969-12-31"},
		"one bad among good": {Aims: []Aim{ok, {Skill: "zz", Weight: 1}}},
	} {
		if _, err := Resolve(g, course, reach); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Resolve(Goal{Aims: []Aim{{Task: true, Weight: 1}}}, course, nil); !fault.Is(err, fault.Invalid) {
		t.Errorf("a unit without skills: %v", err)
	}
}

func TestDay_AgreesWithTheCalendar(t *testing.T) {
	for _, c := range []struct {
		on   string
		want time.Weekday
	}{{"1970-01-02", time.Friday}, {"2026-05-12", time.Tuesday}, {"2028-02-29", time.Tuesday}} {
		d, err := ParseDay("on", c.on)
		if err != nil || d.String() != c.on || d.Weekday() != c.want {
			t.Errorf("%s: %v %s, %v", c.on, d, d.Weekday(), err)
		}
	}
}

const day = 24 * 60 * 60 * 1000

// A goal is met when each skill is secure and was right once more a week later, not before.
func TestStand_MetWhenMasteredAndKept(t *testing.T) {
	target, err := Resolve(Goal{Aims: []Aim{{Skill: "a", Weight: 1}, {Skill: "b", Weight: 1}}}, course, reach)
	if err != nil {
		t.Fatal(err)
	}
	secure := mastery.Estimate{Status: mastery.Secure, SecureSinceMs: 10 * day, LastMs: 10 * day, LastUnaided: true}
	kept := secure
	kept.LastMs = 17 * day
	soon, helped, faded := kept, kept, kept
	soon.LastMs--
	helped.LastUnaided = false
	faded.Status = mastery.AnotherLook
	for _, c := range []struct {
		name string
		b    mastery.Estimate
		want Standing
	}{
		{"not begun", mastery.Estimate{}, Standing{2, 1, 1}},
		{"mastered today", secure, Standing{2, 2, 1}},
		{"asked again a moment too soon", soon, Standing{2, 2, 1}},
		{"right again, with help", helped, Standing{2, 2, 1}},
		{"kept", kept, Standing{2, 2, 2}},
		{"kept once, and worth another look today", faded, Standing{2, 1, 1}},
	} {
		got := Stand(target, map[skill.ID]mastery.Estimate{"a": kept, "b": c.b})
		if got != c.want || got.Met() != (c.want.Kept == 2) {
			t.Errorf("%s: got %+v", c.name, got)
		}
	}
	for name, c := range map[string]struct {
		e    mastery.Estimate
		at   int64
		want bool
	}{
		"in the week":       {secure, 17*day - 1, false},
		"after it":          {secure, 17 * day, true},
		"missed since":      {helped, 18 * day, true},
		"kept already":      {kept, 30 * day, false},
		"not secure":        {faded, 30 * day, false},
		"never was secure":  {mastery.Estimate{Status: mastery.Growing}, 30 * day, false},
		"a credit of today": {mastery.Estimate{Status: mastery.Secure, Credited: true, SecureSinceMs: 30 * day, LastMs: 30 * day}, 30 * day, false},
	} {
		if got := CheckDue(c.e, c.at); got != c.want {
			t.Errorf("%s: due %t", name, got)
		}
	}
}

func TestClosure_IsWhatIsNeededAndNotKnown(t *testing.T) {
	g, err := skill.NewGraph(course)
	if err != nil {
		t.Fatal(err)
	}
	of := func(ids ...skill.ID) []Target {
		var out Target
		for _, id := range ids {
			out.Skills = append(out.Skills, Weighted{id, 1})
		}
		return []Target{out}
	}
	for _, c := range []struct {
		name  string
		goals []Target
		known []skill.ID
		want  []skill.ID
	}{
		{"all it rests on, within reach", of("c"), nil, []skill.ID{"a", "b", "c"}},
		{"d alone needs no b", of("d"), nil, []skill.ID{"a", "d"}},
		{"without what is known", of("c"), []skill.ID{"b"}, []skill.ID{"a", "c"}},
		{"two goals, each skill once", append(of("b"), of("d")...), nil, []skill.ID{"a", "b", "d"}},
		{"reached", of("d"), []skill.ID{"a", "d"}, nil},
		{"no goal", nil, nil, nil},
	} {
		got := Closure(g, reach, c.goals, func(id skill.ID) bool { return slices.Contains(c.known, id) })
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}
