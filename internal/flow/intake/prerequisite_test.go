package intake_test

import (
	"encoding/json"
	"slices"
	"testing"

	"kith/internal/flow"
	"kith/internal/flow/intake"
	"kith/internal/flow/schooltest"
	"kith/internal/flow/shaping"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// doubling is the school's small course as its source has it now: with these prerequisites.
func doubling(edges ...skill.Edge) intake.Bundle {
	return intake.Bundle{Source: "test", Course: skill.Course{ID: "course", Title: "Doubling", Lang: "en", Edges: edges,
		Skills: []skill.Skill{{ID: "a", Code: "a", Title: "Skill A", Minutes: 10}, {ID: "b", Code: "b", Title: "Skill B", Minutes: 10}, {ID: "c", Code: "c", Title: "Skill C", Minutes: 10}}}}
}

// edges of the course as it is now, by the skills' codes.
func edges(t *testing.T, s *schooltest.School) (out []string) {
	t.Helper()
	s.Look(s.Okafor, func(l *flow.Look) error {
		now, err := l.Q().Content(l.Ctx(), db.ContentParams{SchoolID: l.School(), ID: s.IDs["course:course"]})
		if err != nil {
			return err
		}
		row, err := l.Q().ContentVersion(l.Ctx(), db.ContentVersionParams{SchoolID: l.School(), ID: now.ID, Version: now.CurrentVersion})
		if err != nil {
			return err
		}
		var c skill.Course
		if err := json.Unmarshal([]byte(row.Body), &c); err != nil {
			return err
		}
		code := map[skill.ID]string{}
		for _, sk := range c.Skills {
			code[sk.ID] = sk.Code
		}
		for _, e := range c.Edges {
			out = append(out, code[e.From]+code[e.To])
		}
		return nil
	})
	slices.Sort(out)
	return out
}

func TestImportBundle_LeavesOutWhatATeacherTookOut(t *testing.T) {
	s := schooltest.New(t, 1)
	change := func(from, to string, needs bool) {
		t.Helper()
		page := schooltest.Show(s, shaping.Prerequisites, s.Okafor, shaping.PrerequisitesIn{Class: s.Class, Unit: s.Given})
		schooltest.Do(s, shaping.ChangePrerequisite, s.Okafor, shaping.ChangePrerequisiteIn{Op: op(), Class: s.Class, Unit: s.Given, Version: page.Version,
			From: s.Skill(from), To: s.Skill(to), Needs: needs})
	}
	is := func(when string, want ...string) {
		t.Helper()
		if got := edges(t, s); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", when, got, want)
		}
	}
	ab, bc, ac := skill.Edge{From: "a", To: "b"}, skill.Edge{From: "b", To: "c"}, skill.Edge{From: "a", To: "c"}
	is("before", "ab", "bc")
	change("a", "b", false)

	left := func(r intake.Report) (out []string) {
		for _, rec := range r.Records {
			if rec.Outcome == intake.Skipped {
				out = append(out, rec.ID+": "+rec.Reason.Code)
			}
		}
		return out
	}
	same := bring(t, s, doubling(ab, bc))
	if same.Counts.Changed != 0 || !slices.Equal(left(same), []string{"Skill A → Skill B: import.prerequisite.taken_out"}) {
		t.Errorf("the same file again: %+v", same)
	}
	for _, rec := range same.Records {
		if rec.Reason.Code == "import.prerequisite.taken_out" && rec.Reason.Args["on"] != s.Now.UTC().Format("2006-01-02") {
			t.Errorf("on which day: %v", rec.Reason.Args)
		}
	}
	is("the same file again", "bc")
	if r := bring(t, s, doubling(ab, bc, ac)); r.Counts.Changed != 1 || len(left(r)) != 1 {
		t.Errorf("a changed file: %+v", r)
	}
	is("a changed file adds its own and brings nothing back", "ac", "bc")
	if r := bring(t, s, doubling(ab, bc, ac)); r.Counts.Changed != 0 {
		t.Errorf("twice: %+v", r)
	}

	change("a", "b", true) // what a teacher puts back is theirs from then on
	bring(t, s, doubling(bc))
	is("an edge that a teacher put in stays", "ab", "bc")
	change("b", "c", false)
	change("c", "b", true)
	change("a", "b", false)
	r := bring(t, s, doubling(ab, bc, ac))
	if got := left(r); len(got) != 2 {
		t.Errorf("both were taken out: %v", got)
	}
	is("a teacher turned it around", "ac", "cb")
}

func TestImportBundle_LeavesOutARingWithWhatATeacherPutIn(t *testing.T) {
	s := schooltest.New(t, 1)
	bring(t, s, doubling())
	page := schooltest.Show(s, shaping.Prerequisites, s.Okafor, shaping.PrerequisitesIn{Class: s.Class, Unit: s.Given})
	schooltest.Do(s, shaping.ChangePrerequisite, s.Okafor, shaping.ChangePrerequisiteIn{Op: op(), Class: s.Class, Unit: s.Given, Version: page.Version,
		From: s.Skill("c"), To: s.Skill("a"), Needs: true})
	r := bring(t, s, doubling(skill.Edge{From: "a", To: "b"}, skill.Edge{From: "a", To: "c"}))
	if got := edges(t, s); !slices.Equal(got, []string{"ab", "ca"}) {
		t.Errorf("%v", got)
	}
	if !slices.ContainsFunc(r.Records, func(rec intake.Record) bool {
		return rec.ID == "Skill A → Skill C" && rec.Outcome == intake.Skipped && rec.Reason.Code == "import.prerequisite.ring"
	}) {
		t.Errorf("%+v", r.Records)
	}
}
