package outline

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"kith/internal/content"
	"kith/internal/fault"
	"kith/internal/skill"
)

// made is a unit written as "O1: a b | O2: c", aside the same, with the course's skills in alphabetical order and edges "a>b".
func made(unit, aside, loose, edges string) (skill.Course, content.Unit) {
	c := skill.Course{ID: "course", Version: 3, Title: "Course"}
	u := content.Unit{ID: "unit", Version: 5, Title: "Unit", Course: "course", CourseVersion: 3}
	var ids []string
	add := func(said string) (parts []content.Part) {
		for _, part := range strings.Split(said, "|") {
			name, skills, ok := strings.Cut(part, ":")
			if !ok {
				continue
			}
			name = strings.TrimSpace(name)
			o := skill.Objective{ID: skill.ObjectiveID(name), Code: strings.ToLower(name), Title: "About " + name, ICan: "I can " + name}
			for _, s := range strings.Fields(skills) {
				o.Skills = append(o.Skills, skill.ID(s))
				ids = append(ids, s)
			}
			c.Objectives = append(c.Objectives, o)
			parts = append(parts, content.Part{Objective: o.ID, Lesson: content.LessonID("lesson-" + name)})
		}
		return parts
	}
	u.Parts, u.Aside = add(unit), add(aside)
	ids = append(ids, strings.Fields(loose)...)
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		c.Skills = append(c.Skills, skill.Skill{ID: skill.ID(id), Code: id, Title: "Skill " + id, Minutes: 7})
	}
	for _, e := range strings.Fields(edges) {
		from, to, _ := strings.Cut(e, ">")
		c.Edges = append(c.Edges, skill.Edge{From: skill.ID(from), To: skill.ID(to), Source: "author"})
	}
	return c, u
}

// written is a unit as made reads it.
func written(c skill.Course, parts []content.Part) string {
	var out []string
	for _, p := range parts {
		o, _ := objectiveOf(c, p.Objective)
		line := string(o.ID) + ":"
		for _, s := range o.Skills {
			line += " " + string(s)
		}
		out = append(out, line)
	}
	return strings.Join(out, " | ")
}

// wanted reads an outline as made does, with the titles that stand; "+" makes something new of a word.
func wanted(c skill.Course, said string) Outline {
	o := Outline{Title: "Unit"}
	title := titles(c)
	for _, part := range strings.Split(said, "|") {
		name, skills, _ := strings.Cut(part, ":")
		name = strings.TrimSpace(name)
		line := Objective{ID: skill.ObjectiveID(name), Title: "About " + name, ICan: "I can " + name}
		if fresh, ok := strings.CutPrefix(name, "+"); ok {
			line.ID, line.Title = "", fresh
		}
		for _, s := range strings.Fields(skills) {
			if fresh, ok := strings.CutPrefix(s, "+"); ok {
				line.Skills = append(line.Skills, Skill{"", fresh})
			} else {
				line.Skills = append(line.Skills, Skill{skill.ID(s), title[skill.ID(s)]})
			}
		}
		o.Objectives = append(o.Objectives, line)
	}
	return o
}

func ids() func() string {
	n := 0
	return func() string { n++; return fmt.Sprint("new", n) }
}

func told(all []Change) string {
	var out []string
	for _, c := range all {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s / %s", c.Kind, c.Title, c.Other)))
	}
	return strings.Join(out, "; ")
}

func TestApply_MakesWhatIsAskedForAndSaysWhatChanged(t *testing.T) {
	for _, c := range []struct {
		what, unit, aside, loose, want string
		parts, left, order, changes    string
	}{
		{"a skill up", "A: a b c", "", "", "A: b a c", "A: b a c", "", "b a c", "skill_moved Skill a / About A"},
		{"a skill elsewhere", "A: a b | B: c", "", "", "A: a | B: b c", "A: a | B: b c", "", "a b c", "skill_moved Skill b / About B"},
		{"an objective down", "A: a | B: b | C: c", "", "", "B: b | A: a | C: c", "B: b | A: a | C: c", "", "b a c", "objective_moved About A /"},
		{"one to the end is one move", "A: a | B: b | C: c", "", "", "B: b | C: c | A: a", "B: b | C: c | A: a", "", "b c a", "objective_moved About A /"},
		{"a new skill between two", "A: a b", "", "", "A: a +Fresh b", "A: a new1 b", "", "a new1 b", "skill_in Fresh / About A"},
		{"a new objective", "A: a", "", "", "A: a | +More: +One", "A: a | new2: new1", "", "a new1", "objective_in More /; skill_in One / More"},
		{"a skill left out", "A: a b", "", "", "A: a", "A: a", "", "a b", "skill_out Skill b /"},
		{"a skill put back", "A: a", "", "b", "A: b a", "A: b a", "", "b a", "skill_in Skill b / About A"},
		{"an objective left out", "A: a | B: b", "", "", "A: a", "A: a", "B: b", "a b", "objective_out About B /; skill_out Skill b /"},
		{"an objective put back", "A: a", "B: b", "", "B: b | A: a", "B: b | A: a", "", "b a", "objective_in About B /; skill_in Skill b / About B"},
		{"left out, but for a skill", "A: a | B: b c", "", "", "A: a c", "A: a c", "B: b", "a b c", "objective_out About B /; skill_moved Skill c / About A; skill_out Skill b /"},
		{"taken from what is aside", "A: a", "B: b c", "", "A: a b", "A: a b", "B: c", "a b c", "skill_in Skill b / About A"},
		{"what an import has twice may stay so", "A: a b | B: b c", "", "", "A: a b | B: c b", "A: a b | B: c b", "", "a b c", ""},
		{"between skills of another unit", "A: a c", "", "b", "A: c a", "A: c a", "", "c b a", "skill_moved Skill a / About A"},
	} {
		course, unit := made(c.unit, c.aside, c.loose, "a>b")
		before, beforeU := copied(course), unit
		nowC, nowU, changed, err := Apply(course, unit, wanted(course, c.want), ids())
		if err != nil || !changed {
			t.Errorf("%s: changed %v, %v", c.what, changed, err)
			continue
		}
		order := ""
		for _, s := range nowC.Skills {
			order += " " + string(s.ID)
		}
		if got := written(nowC, nowU.Parts); got != c.parts {
			t.Errorf("%s: the unit is %s, want %s", c.what, got, c.parts)
		}
		if got := written(nowC, nowU.Aside); got != c.left {
			t.Errorf("%s: aside is %s, want %s", c.what, got, c.left)
		}
		if order = strings.TrimSpace(order); order != c.order {
			t.Errorf("%s: taught as %s, want %s", c.what, order, c.order)
		}
		if got := told(Changes(course, unit, nowC, nowU)); got != c.changes {
			t.Errorf("%s: said %q, want %q", c.what, got, c.changes)
		}
		if !reflect.DeepEqual(course, before) || !reflect.DeepEqual(unit, beforeU) {
			t.Errorf("%s: what stood was changed", c.what)
		}
	}
}

func TestApply_KeepsWhatBelongsToAnObjectiveThroughLeavingOutAndPuttingBack(t *testing.T) {
	course, unit := made("A: a | B: b", "", "", "")
	unit.Parts[1].Activity = content.Activity{Title: "Fold paper"}
	out, outU, _, err := Apply(course, unit, wanted(course, "A: a"), ids())
	if err != nil {
		t.Fatal(err)
	}
	_, backU, _, err := Apply(out, outU, wanted(out, "A: a | B: b"), ids())
	if err != nil || !reflect.DeepEqual(backU.Parts, unit.Parts) || len(backU.Aside) > 0 {
		t.Errorf("%+v, %v", backU, err)
	}
}

func TestApply_NamesAndCodes(t *testing.T) {
	course, unit := made("A: a", "", "", "")
	want := wanted(course, "A: a +x +y | +z: +w")
	want.Title = "  Fair\nshares "
	want.Objectives[0].Title, want.Objectives[0].ICan = "Sharing", "I can share."
	for i, title := range []string{"Share  by two", "A", "¿Por qué?"} {
		want.Objectives[0].Skills[i].Title = title
	}
	want.Objectives[1].Skills[0].Title = "¿¡!?"
	c, u, _, err := Apply(course, unit, want, ids())
	if err != nil {
		t.Fatal(err)
	}
	got := c.Title + ": " + u.Title // the course of several units keeps its own name
	for _, s := range c.Skills {
		got += fmt.Sprintf("; %s %s %s %d", s.ID, s.Code, s.Title, s.Minutes)
	}
	if want := "Course: Fair shares; a a Share by two 7; new1 a-2 A 0; new2 por-qu ¿Por qué? 0; new3 skill ¿¡!? 0"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if said := told(Changes(course, unit, c, u)); !strings.HasPrefix(said, "unit_renamed Unit / Fair shares; objective_renamed About A / Sharing; i_can Sharing / I can share.; objective_in z /; skill_renamed Skill a / Share by two") {
		t.Error(said)
	}
}

func TestApply_RefusesByName(t *testing.T) {
	long := strings.Repeat("x", MaxTitle+1)
	many := func(n int) (s string) {
		for i := range n {
			s += fmt.Sprint(" +s", i)
		}
		return s
	}
	for _, c := range []struct {
		want, code string
		change     func(o *Outline)
		names      any
	}{
		{"A: a b", "fault.outline.unit", func(o *Outline) { o.Title = " \n" }, nil},
		{"A: a b", "fault.outline.unit", func(o *Outline) { o.Title = long }, nil},
		{"A: a b", "fault.outline.objective", func(o *Outline) { o.Objectives[0].Title = "" }, 1},
		{"A: a b", "fault.outline.i_can", func(o *Outline) { o.Objectives[0].ICan = "" }, "About A"},
		{"A: a b", "fault.outline.skill", func(o *Outline) { o.Objectives[0].Skills[1].Title = long }, 2},
		{"A:", "fault.outline.empty", nil, "About A"},
		{"A: a b | +New:", "fault.outline.empty", nil, "New"},
		{"A: a a", "fault.outline.twice", nil, "Skill a"},
		{"A: a b | B: c a", "fault.outline.twice", nil, "Skill a"},
		{"A: a b q", "fault.outline.unknown", func(o *Outline) { o.Objectives[0].Skills[2].Title = "Of another unit" }, "Of another unit"},
		{"A: a b | E: e", "fault.outline.unknown", nil, "About E"},
		{"A: a | A: b", "fault.outline.unknown", nil, "About A"},
		{"A: a b" + many(MaxSkills-1), "fault.outline.skills", nil, "About A"},
		{"A: a" + strings.Repeat(" | +O: +s", MaxObjectives), "fault.outline.objectives", nil, MaxObjectives + 1},
		{"A: a", "fault.outline.objectives", func(o *Outline) { o.Objectives = nil }, 0},
	} {
		course, unit := made("A: a b | B: c", "", "d", "")
		course.Skills = append(course.Skills, skill.Skill{ID: "e", Code: "e"})
		course.Objectives = append(course.Objectives, skill.Objective{ID: "E", Skills: []skill.ID{"e"}}) // of another unit
		want := wanted(course, c.want)
		if c.change != nil {
			c.change(&want)
		}
		_, _, _, err := Apply(course, unit, want, ids())
		said := fault.Said(err)
		if !fault.Is(err, fault.Invalid) || said.Code != c.code {
			t.Errorf("%.40s: %v, want %s", c.want, err, c.code)
			continue
		}
		if c.names != nil && said.Args["title"] != c.names && said.Args["n"] != c.names {
			t.Errorf("%.40s: %v names not %v", c.want, said, c.names)
		}
	}
}

func TestApply_WhatStandsMayStayBeyondTheBounds(t *testing.T) {
	course, unit := made("A: a b | B:", "", "", "")
	course.Skills[0].Title = strings.Repeat("long ", 50) + " "
	course.Objectives[0].ICan = ""
	for i := range MaxObjectives + 3 {
		id := skill.ObjectiveID(fmt.Sprint("o", i))
		course.Objectives = append(course.Objectives, skill.Objective{ID: id, Title: "x"})
		unit.Parts = append(unit.Parts, content.Part{Objective: id})
	}
	want := Of(course, unit)
	want.Objectives[0].Skills[1].Title = "B anew"
	c, _, changed, err := Apply(course, unit, want, ids())
	if err != nil || !changed || c.Skills[1].Title != "B anew" || c.Skills[0].Title != course.Skills[0].Title {
		t.Errorf("%v, %v, %+v", changed, err, c.Skills)
	}
}

func TestApply_MakesAUnitOutOfNothing(t *testing.T) {
	empty := func() (skill.Course, content.Unit) {
		return skill.Course{ID: "c", Version: 1}, content.Unit{ID: "u", Version: 1, Course: "c"}
	}
	c, u := empty()
	want := Outline{Title: "Fair shares", Objectives: []Objective{{Title: "Sharing", ICan: "I can share.", Skills: []Skill{{Title: "Share by two"}}}}}
	c, u, changed, err := Apply(c, u, want, ids())
	if err != nil || !changed || c.Title != "Fair shares" || u.Title != "Fair shares" || written(c, u.Parts) != "new2: new1" || c.Objectives[0].Code != "sharing" {
		t.Errorf("%v, %+v, %+v", err, c, u)
	}
	c, u = empty()
	want.Title = ""
	if _, _, _, err := Apply(c, u, want, ids()); !fault.Is(err, fault.Invalid) {
		t.Errorf("a unit without a title: %v", err)
	}
	want.Title, want.Objectives[0].ICan = "Fair shares", ""
	if _, _, _, err := Apply(c, u, want, ids()); !fault.Is(err, fault.Invalid) {
		t.Errorf("an objective without a sentence: %v", err)
	}
}

func TestApply_HoldsForAnyChange(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 2))
	course, unit := made("A: a b c | B: d e | C: f", "D: g h", "i j", "a>b b>c a>d d>f g>i")
	newID := ids()
	for round := range 800 {
		same, sameU, changed, err := Apply(course, unit, Of(course, unit), newID)
		if err != nil || changed || !reflect.DeepEqual(same, course) || !reflect.DeepEqual(sameU, unit) {
			t.Fatalf("round %d: the same outline changed something: %v", round, err)
		}
		want := shuffledOutline(r, course, unit, round)
		now, nowU, changed, err := Apply(course, unit, want, newID)
		if err != nil {
			t.Fatalf("round %d: %v of %+v", round, err, want)
		}
		if changed == reflect.DeepEqual(plain(Of(course, unit)), plain(want)) {
			t.Fatalf("round %d: changed %v", round, changed)
		}
		if got := Of(now, nowU); len(got.Objectives) != len(want.Objectives) || got.skillCount() != want.skillCount() || got.Title != want.Title {
			t.Fatalf("round %d: asked for\n%+v, got\n%+v", round, want, got)
		}
		for _, s := range course.Skills {
			if !slices.ContainsFunc(now.Skills, func(x skill.Skill) bool { return x.ID == s.ID && x.Code == s.Code && x.Minutes == s.Minutes }) {
				t.Fatalf("round %d: the course lost skill %s", round, s.ID)
			}
		}
		for _, o := range course.Objectives {
			if _, ok := objectiveOf(now, o.ID); !ok {
				t.Fatalf("round %d: the course lost objective %s", round, o.ID)
			}
		}
		if len(nowU.Parts)+len(nowU.Aside) != len(now.Objectives) {
			t.Fatalf("round %d: a part was lost: %+v", round, nowU)
		}
		if !reflect.DeepEqual(now.Edges, course.Edges) || now.Version != course.Version || nowU.Version != unit.Version {
			t.Fatalf("round %d: edges or versions were touched", round)
		}
		if _, err := skill.NewGraph(now); err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		codes := map[string]bool{}
		for _, s := range now.Skills {
			if codes[s.Code] {
				t.Fatalf("round %d: code %s twice", round, s.Code)
			}
			codes[s.Code] = true
		}
		if len(Changes(course, unit, now, nowU)) == 0 && changed {
			t.Fatalf("round %d: changed, and nothing is said of it", round)
		}
		if len(now.Skills) < 60 {
			course, unit = now, nowU
		}
	}
}

func (o Outline) skillCount() (n int) {
	for _, part := range o.Objectives {
		n += len(part.Skills)
	}
	return n
}

// shuffledOutline leaves things out, puts some back, adds some, renames some, and moves all of it.
func shuffledOutline(r *rand.Rand, c skill.Course, u content.Unit, round int) Outline {
	aside, loose := Aside(c, u)
	now := Of(c, u)
	all := slices.Concat(now.Objectives, aside)
	var pool []Skill
	for _, o := range all {
		pool = append(pool, o.Skills...)
	}
	pool = append(pool, loose...)
	r.Shuffle(len(pool), func(i, j int) { pool[i], pool[j] = pool[j], pool[i] })
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	want := Outline{Title: now.Title}
	for _, o := range all[:1+r.IntN(len(all))] {
		take := min(len(pool), r.IntN(4))
		o.Skills, pool = slices.Clone(pool[:take]), pool[take:]
		if r.IntN(6) == 0 || take == 0 {
			o.Skills = append(o.Skills, Skill{"", "New"})
		}
		if r.IntN(5) == 0 {
			o.Title = fmt.Sprint("Named ", round)
			o.Skills[0].Title = fmt.Sprint("Skill of ", round)
		}
		want.Objectives = append(want.Objectives, o)
	}
	if r.IntN(8) == 0 && len(want.Objectives) < MaxObjectives {
		want.Objectives = append(want.Objectives, Objective{"", "More", "I can more", []Skill{{"", "New"}}})
	}
	return want
}

func TestMoved_IsTheFewest(t *testing.T) {
	for _, c := range []struct{ was, now, moved string }{
		{"a b c d", "a b c d", ""},
		{"a b c d", "d a b c", "d"},
		{"a b c d", "b c d a", "a"},
		{"a b c d", "d c b a", "c b a"},
		{"a b c", "a x c", ""},
		{"", "a", ""},
	} {
		if got := strings.Join(Moved(strings.Fields(c.was), strings.Fields(c.now)), " "); got != c.moved {
			t.Errorf("%s to %s: %q, want %q", c.was, c.now, got, c.moved)
		}
	}
}

func TestChanges_TellsNeedsLessonsAndTheTask(t *testing.T) {
	course, unit := made("A: a b | B: c", "", "z", "a>b z>c")
	now, nowU := copied(course), unit
	now.Edges = []skill.Edge{{From: "a", To: "b"}, {From: "b", To: "c"}}
	nowU.Parts = slices.Clone(unit.Parts)
	nowU.Parts[0].Lesson = "another"
	nowU.Task.Title = "Bake"
	if got, want := told(Changes(course, unit, now, nowU)), "task Unit /; part About A /; need_in Skill c / Skill b; need_out Skill c / Skill z"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
