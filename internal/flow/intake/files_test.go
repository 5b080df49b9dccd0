package intake_test

import (
	"testing"

	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/intake"
	"kith/internal/flow/library"
	"kith/internal/flow/schooltest"
	"kith/internal/item"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// A course with one item that shows a picture, as a bundle has it.
func pictured() intake.Bundle {
	const code = "00000000-1111-2222-3333-444444444444"
	text := func(nodes ...doc.Node) doc.Doc { return doc.Doc{Nodes: nodes} }
	words := doc.Node{Kind: doc.Paragraph, Nodes: []doc.Node{{Kind: doc.Text, Text: "How many?"}}}
	picture := doc.Node{Kind: doc.Image, Name: code, Alt: "Sheep"}
	return intake.Bundle{Source: "pictures", Licence: "CC BY 4.0", Attribution: "Us",
		Course: skill.Course{ID: "p", Title: "Pictures", Lang: "en", Skills: []skill.Skill{{ID: "s", Code: "s", Title: "See"}},
			Objectives: []skill.Objective{{ID: "o", Code: "o", Title: "See", ICan: "I can see.", Skills: []skill.ID{"s"}}}},
		Units: []content.Unit{{ID: "u", Code: "u", Title: "Pictures", Parts: []content.Part{{Objective: "o"}}}},
		Items: []item.Item{{ID: "i", Code: "i", Kind: item.Number, Skills: []skill.ID{"s"}, Text: text(words, picture), Key: "3", Hints: []doc.Doc{text(picture)},
			Attribution: &item.Attribution{Source: "Us", Authors: "Us", Licence: "CC BY 4.0"}}},
		Files: []intake.BundleFile{{Code: code, Name: "sheep.png", Type: "image/png", SHA256: "aa", Body: []byte("12345")}}}
}

func TestImportBundle_APictureBecomesAFileOfThoseWhoHaveTheCourse(t *testing.T) {
	s := schooltest.New(t, 1)
	bring := func() intake.Counts {
		t.Helper()
		r, err := intake.ImportBundle(t.Context(), s.F, s.ID, pictured(), false, nil)
		if err != nil {
			t.Fatal(err)
		}
		return r.Counts
	}
	if got := bring(); got != (intake.Counts{Taken: 5}) { // course, skill, file, item, unit
		t.Errorf("first %+v", got)
	}
	if got := bring(); got != (intake.Counts{Unchanged: 5}) {
		t.Errorf("again %+v", got)
	}
	ids, err := intake.Origins(t.Context(), s.F, s.ID, "pictures")
	if err != nil {
		t.Fatal(err)
	}
	file := ids["file:"+pictured().Files[0].Code]
	s.Look(s.Okafor, func(l *flow.Look) error {
		it, err := library.ItemVersion(l, item.ID(ids["item:i"]), 1)
		if err != nil || it.Text.Nodes[1].Name != file || it.Hints[0].Nodes[0].Name != file {
			t.Errorf("the item shows %+v, want %s; %v", it, file, err)
		}
		return err
	})
	sees := func(who access.Actor) error {
		_, err := flow.Show(t.Context(), s.F, library.File, who, library.FileIn{ID: file})
		return err
	}
	if err := sees(s.Learners[0]); !fault.Is(err, fault.NotFound) {
		t.Errorf("before the class has the course a learner gets %v", err)
	}
	for who, actor := range map[string]access.Actor{"their teacher": s.Okafor, "the teacher of another class": s.Lin} { // who may look before giving it
		if err := sees(actor); err != nil {
			t.Errorf("before the class has the course %s gets %v", who, err)
		}
	}
	schooltest.Do(s, library.GiveUnit, s.Okafor, library.GiveUnitIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class, Unit: content.UnitID(ids["unit:u"]), Dial: "required"})
	for who, actor := range map[string]access.Actor{"a learner": s.Learners[0], "their teacher": s.Okafor} {
		if err := sees(actor); err != nil {
			t.Errorf("%s of the class that has the course: %v", who, err)
		}
	}
	stranger := s.Learners[0]
	stranger.School = roster.SchoolID(schooltest.NewOp())
	foreign := s.Lin
	foreign.School = stranger.School
	for who, actor := range map[string]access.Actor{"a learner of another school": stranger, "a teacher of another school": foreign} {
		if err := sees(actor); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s gets %v", who, err)
		}
	}
}

func TestImportBundle_AnItemThatChangesSkillLeavesTheOldOne(t *testing.T) {
	s := schooltest.New(t, 1)
	b := pictured()
	b.Course.Skills = append(b.Course.Skills, skill.Skill{ID: "t", Code: "t", Title: "Tell"})
	for _, to := range []skill.ID{"s", "t"} {
		b.Items[0].Skills = []skill.ID{to}
		if _, err := intake.ImportBundle(t.Context(), s.F, s.ID, b, false, nil); err != nil {
			t.Fatal(err)
		}
	}
	ids, err := intake.Origins(t.Context(), s.F, s.ID, "pictures")
	if err != nil {
		t.Fatal(err)
	}
	s.Look(s.Okafor, func(l *flow.Look) error {
		for code, want := range map[string]int{"s": 0, "t": 1} {
			rows, err := l.Q().ItemsOfSkill(l.Ctx(), db.ItemsOfSkillParams{SchoolID: l.School(), SkillID: ids["skill:"+code]})
			if err != nil || len(rows) != want {
				t.Errorf("%s has %d items, want %d; %v", code, len(rows), want, err)
			}
		}
		return nil
	})
}
