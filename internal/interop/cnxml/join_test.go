package cnxml

import (
	"slices"
	"strings"
	"testing"

	"kith/internal/content"
	"kith/internal/flow/intake"
	"kith/internal/skill"
)

// school is a course that a school has: two of its skills are called as the book's objectives are, one is its own.
func school() intake.Bundle {
	return intake.Bundle{
		Course: skill.Course{ID: "c", Title: "Sums", Skills: []skill.Skill{{ID: "x", Code: "1.1.1 count-spoons", Title: "Count: spoons"}, {ID: "y", Code: "own", Title: "Wash up"},
			{ID: "z", Code: "1.2.1 weigh-flour", Title: "Weigh the flour"}},
			Edges: []skill.Edge{{From: "x", To: "z", Source: "author"}},
			Objectives: []skill.Objective{{ID: "ox", Code: "1.1.1", Title: "Count spoons", ICan: "I can.", Skills: []skill.ID{"x"}},
				{ID: "oz", Code: "1.2.1", Title: "Weigh", ICan: "I can.", Skills: []skill.ID{"z"}}}},
		Units: []content.Unit{{ID: "u", Code: "u", Title: "Chapter one", Parts: []content.Part{{Objective: "ox"}, {Objective: "oz", Lesson: "teachers-own"}}}},
	}
}

func TestJoin_SkillsThatSayTheSameAreTheSame(t *testing.T) {
	in := kitchen(t)
	if n := Alike(school().Course, in.Course); n != 2 {
		t.Errorf("%d are alike", n)
	}
	out := Join(school(), in)
	var skills []string
	for _, s := range out.Course.Skills {
		skills = append(skills, string(s.ID))
	}
	if want := []string{"x", "k1/s2", "k1/objective-3", "y", "z", "k2/s3"}; !slices.Equal(skills, want) {
		t.Errorf("%v", skills)
	}
	if len(out.Units) != 1 || out.Units[0].ID != "u" || out.Units[0].Title != "Chapter one" {
		t.Fatalf("%+v", out.Units)
	}
	var parts []string
	for _, p := range out.Units[0].Parts {
		parts = append(parts, string(p.Objective)+" "+string(p.Lesson))
	}
	if want := "ox lesson/k1/s1, k1/s2 lesson/k1/s2, oz teachers-own, k2/s3 lesson/k2/s3"; strings.Join(parts, ", ") != want {
		t.Errorf("%s", strings.Join(parts, ", "))
	}
	for _, l := range out.Lessons {
		if l.Title == "Count spoons" && (l.Skills[0] != "x" || l.Objective != "ox") {
			t.Errorf("%+v", l.Skills)
		}
	}
	if it := itemOf(t, out, "k1#ex-1.a"); it.Skills[0] != "x" {
		t.Errorf("%v", it.Skills)
	}
	if want := []skill.Edge{{From: "x", To: "z", Source: "author"}, {From: "k1/s2", To: "z", Source: EdgeSource}}; !slices.Equal(out.Course.Edges, want) {
		t.Errorf("%+v", out.Course.Edges)
	}
	named := map[string]string{}
	for _, d := range out.Doubts {
		named[d.Reason.Code] += d.ID + "; "
	}
	if named["import.cnxml.no_skill"] != "1.1.2 share-a-pie; 1.1.3 clean-up; 1.2.2 read-a-scale; " || named["import.cnxml.no_reading"] != "own; " {
		t.Errorf("%v", named)
	}
	if in.Units[0].Parts[0].Objective != "k1/s1" || len(school().Course.Skills) != 3 {
		t.Error("what was given is changed")
	}
	if again := Join(school(), kitchen(t)); !slices.EqualFunc(out.Course.Skills, again.Course.Skills, func(a, b skill.Skill) bool { return a.ID == b.ID }) {
		t.Error("a second time it differs")
	}
}

func TestJoin_AnEdgeThatWouldCloseARingIsLeftOut(t *testing.T) {
	have := school()
	have.Course.Skills = append(have.Course.Skills, skill.Skill{ID: "p", Code: "1.1.2 share", Title: "Share a pie"})
	have.Course.Edges = []skill.Edge{{From: "z", To: "p", Source: "author"}}
	out := Join(have, kitchen(t))
	if _, err := skill.NewGraph(out.Course); err != nil || len(out.Course.Edges) != 1 {
		t.Errorf("%+v, %v", out.Course.Edges, err)
	}
	if !slices.ContainsFunc(out.Skipped, func(r intake.Record) bool { return r.Reason.Code == "import.cnxml.ring" }) {
		t.Error("nobody says so")
	}
}
