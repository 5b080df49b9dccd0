package export_test

import (
	"reflect"
	"testing"

	"kith/internal/content"
	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/flow/export"
	"kith/internal/flow/intake"
	"kith/internal/flow/schooltest"
	"kith/internal/item"
	"kith/internal/skill"
)

const picture = "00000000-1111-2222-3333-444444444444"

func text(words string) doc.Doc {
	return doc.Doc{Nodes: []doc.Node{{Kind: doc.Paragraph, Nodes: []doc.Node{{Kind: doc.Text, Text: words}}}}}
}

// course has two units of one skill each, an item in each, a lesson, a picture and an edge.
func course() intake.Bundle {
	credit := &item.Attribution{Source: "Us", Authors: "A", Licence: "CC BY 4.0"}
	made := func(id string, s skill.ID) item.Item {
		it := item.Item{ID: item.ID(id), Code: id, Kind: item.Number, Skills: []skill.ID{s}, Text: text("How many? " + id), Key: "3", Attribution: credit,
			Mistakes: []item.Mistake{{Tag: "t", Yields: []string{"4"}, Nudge: text("Count again.")}}}
		it.Mistakes[0].Nudge.Nodes = append(it.Mistakes[0].Nudge.Nodes, doc.Node{Kind: doc.Image, Name: picture, Alt: "Sheep"})
		return it
	}
	return intake.Bundle{Source: "gift/c", Licence: "CC BY 4.0", Attribution: "Us; A",
		Course: skill.Course{ID: "c", Title: "C", Lang: "en", Skills: []skill.Skill{{ID: "a", Code: "a", Title: "A"}, {ID: "b", Code: "b", Title: "B"}},
			Edges: []skill.Edge{{From: "a", To: "b", Source: "author"}},
			Objectives: []skill.Objective{{ID: "a", Code: "a", Title: "A", ICan: "A", Skills: []skill.ID{"a"}},
				{ID: "b", Code: "b", Title: "B", ICan: "B", Skills: []skill.ID{"b"}}}},
		Units: []content.Unit{{ID: "ua", Code: "ua", Title: "UA", Parts: []content.Part{{Objective: "a", Lesson: "l"}}}, {ID: "ub", Code: "ub", Title: "UB", Parts: []content.Part{{Objective: "b"}}}},
		Lessons: []content.Lesson{{ID: "l", Code: "l", Title: "L", Objective: "a", Skills: []skill.ID{"a"}, Minutes: 3, Body: doc.Doc{Nodes: []doc.Node{
			{Kind: doc.Image, Name: picture, Alt: "Sheep"}}}}},
		Items: []item.Item{made("i1", "a"), made("i2", "b")},
		Files: []intake.BundleFile{{Code: picture, Name: "sheep.png", Type: "image/png", SHA256: "aa", Body: []byte("12345")}}}
}

func bring(t *testing.T, s *schooltest.School, b intake.Bundle) intake.Counts {
	t.Helper()
	r, err := intake.ImportBundle(t.Context(), s.F, s.ID, b, false, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r.Counts
}

func TestCourse_ComesOutAsItWentIn(t *testing.T) {
	s := schooltest.New(t, 1)
	want := course()
	bring(t, s, want)
	got, err := export.Course(t.Context(), s.F, s.ID, "gift", export.Ask{Course: "c"})
	if err != nil {
		t.Fatal(err)
	}
	got.Files[0].Body = want.Files[0].Body // whoever writes the file fetches it
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if c := bring(t, s, got); c.Taken+c.Changed > 0 || c.Unchanged == 0 {
		t.Errorf("brought again: %+v", c)
	}
}

func TestCourse_OfOneUnitBringsNothingOfTheOthersAndTakesNothingOut(t *testing.T) {
	s := schooltest.New(t, 1)
	bring(t, s, course())
	part, err := export.Course(t.Context(), s.F, s.ID, "gift", export.Ask{Unit: "ub"})
	if err != nil {
		t.Fatal(err)
	}
	if len(part.Units) != 1 || len(part.Course.Skills) != 1 || len(part.Items) != 1 || part.Items[0].ID != "i2" || len(part.Lessons) != 0 || len(part.Course.Edges) != 0 {
		t.Errorf("%+v", part)
	}
	if c := bring(t, s, part); c.Taken+c.Changed > 0 {
		t.Errorf("brought again: %+v", c)
	}
	// A new skill in a part is added after those that are there.
	part.Course.Skills = append(part.Course.Skills, skill.Skill{ID: "n", Code: "n", Title: "N"})
	if c := bring(t, s, part); c.Changed != 2 || c.Taken != 1 { // the course, and the unit that names its version
		t.Errorf("with a new skill: %+v", c)
	}
	whole, err := export.Course(t.Context(), s.F, s.ID, "gift", export.Ask{Course: "c"})
	if err != nil || len(whole.Course.Skills) != 3 || whole.Course.Skills[2].ID != "n" || len(whole.Course.Edges) != 1 {
		t.Errorf("%+v, %v", whole.Course, err)
	}
}

// What comes in may close a ring with an edge that it does not name; it is refused by name and nothing is written.
func TestImportBundle_RefusesARingThatComesOfOldAndNewTogether(t *testing.T) {
	s := schooltest.New(t, 1)
	b := course()
	b.Course.Skills = append(b.Course.Skills, skill.Skill{ID: "x", Code: "x", Title: "X"})
	b.Course.Edges = []skill.Edge{{From: "a", To: "x"}, {From: "x", To: "b"}}
	bring(t, s, b)
	part := course()
	part.Course.Edges = []skill.Edge{{From: "b", To: "a"}}
	_, err := intake.ImportBundle(t.Context(), s.F, s.ID, part, false, nil)
	if said := fault.Said(err); said.Code != "fault.skill.cycle" {
		t.Errorf("%v", err)
	}
}

func TestCourse_AsksWhichAndNamesWhatThereIs(t *testing.T) {
	s := schooltest.New(t, 1)
	bring(t, s, course())
	for _, c := range []struct {
		ask  export.Ask
		code string
	}{{export.Ask{}, "fault.export.which"}, {export.Ask{Course: "x"}, "fault.export.none"}, {export.Ask{Unit: "x"}, "fault.export.none"}, {export.Ask{Course: "x", Unit: "ua"}, "fault.export.none"}} {
		if _, err := export.Course(t.Context(), s.F, s.ID, "gift", c.ask); fault.Said(err).Code != c.code {
			t.Errorf("%+v: %v, want %s", c.ask, err, c.code)
		}
	}
}
