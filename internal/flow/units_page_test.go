package flow

import (
	"fmt"
	"testing"

	"kith/internal/fault"
	"kith/internal/skill"
)

func TestUnits_ShowsWhatTheClassHasAndCanHave(t *testing.T) {
	s := newSchool(t, 2)
	s.invite("l1", "2026-11-23", "09:00")
	in := s.lessonIn()
	own := do(s, AddLesson, s.okafor, in).Lesson
	do(s, SetDial, s.okafor, SetDialIn{Op: Op{newOp()}, ClassUnit: s.given, Learner: s.learners[1].Person, Dial: "pick"})
	p := show(s, Units, s.okafor, ClassIn{s.class})
	if len(p.Units) != 1 || len(p.Offered) != 0 || p.On != "2026-11-24" {
		t.Fatalf("units %+v, offered %+v", p.Units, p.Offered)
	}
	u := p.Units[0]
	if u.ID != s.given || u.Items != 12 || len(u.Parts) != 2 || u.Parts[0].Skills[1].Title != "Skill B" || u.Parts[0].Skills[1].Items != 4 ||
		u.Parts[0].Lesson.Kind != "text" || u.Parts[1].Lesson.Kind != "film" || u.Parts[0].Activity != "Fold paper" {
		t.Errorf("the unit is %s", mustJSON(u))
	}
	if len(u.Dials) != 1 || u.Dials[0].Who.Name != "L02 N." || u.Dials[0].Dial != "pick" {
		t.Errorf("dials %+v", u.Dials)
	}
	if len(p.Lessons) != 1 || p.Lessons[0].Lesson.ID != s.lesson("l1") || !p.Lessons[0].Passed {
		t.Errorf("invitations %+v", p.Lessons)
	}
	if len(p.Own) != 1 || p.Own[0].Lesson.ID != own || p.Own[0].GivenIn != s.given {
		t.Errorf("own lessons %+v", p.Own)
	}
	p = show(s, Units, s.lin, ClassIn{s.other})
	if len(p.Units) != 0 || len(p.Own) != 0 || len(p.Offered) != 1 || p.Offered[0].Items != 12 || p.Offered[0].Skills != 3 || p.Offered[0].Lessons != 2 {
		t.Errorf("a class without units: %s", mustJSON(p))
	}
	if _, err := Show(t.Context(), s.f, Units, s.lin, ClassIn{s.class}); !fault.Is(err, fault.NotFound) {
		t.Errorf("another teacher: %v", err)
	}
}

func TestAddLessonForm_PreselectsTwoItemsOfTheFirstSkillThatIsNotYetSecure(t *testing.T) {
	s := newSchool(t, 1)
	p := show(s, AddLessonForm, s.okafor, AddLessonAsk{Class: s.class})
	if p.Skill != s.skill("a") || p.Unit != s.given || len(p.Items) != 4 || !p.Items[0].Picked || !p.Items[1].Picked || p.Items[2].Picked {
		t.Errorf("the form is %s", mustJSON(p))
	}
	if p.Before != (Before{"2026-11-25", "09:00"}) {
		t.Errorf("before %+v", p.Before)
	}
	for n := 1; n <= 4; n++ {
		s.answers(s.learners[0], "a-"+fmt.Sprint(n), "right", 1)
	}
	if p := show(s, AddLessonForm, s.okafor, AddLessonAsk{Class: s.class}); p.Skill != s.skill("b") {
		t.Errorf("a is secure; the form takes %s", p.Skill)
	}
	if p := show(s, AddLessonForm, s.okafor, AddLessonAsk{Class: s.class, Skill: s.skill("c")}); p.Skill != s.skill("c") {
		t.Errorf("c was asked for; the form takes %s", p.Skill)
	}
	if p := show(s, AddLessonForm, s.lin, AddLessonAsk{Class: s.other}); len(p.Units) != 0 || p.Skill != "" {
		t.Errorf("a class without units: %s", mustJSON(p))
	}
	s.now = s.now.AddDate(0, 0, 3) // Friday
	if p := show(s, AddLessonForm, s.okafor, AddLessonAsk{Class: s.class}); p.Before.On != "2026-11-30" {
		t.Errorf("on Friday: before %s", p.Before.On)
	}
}

func TestPrintActivity_IsForTheClass(t *testing.T) {
	s := newSchool(t, 1)
	in := PrintActivityIn{ClassUnit: s.given, Objective: skill.ObjectiveID(s.ids["objective:o1"])}
	for _, who := range []struct{ is string }{{"teacher"}, {"learner"}} {
		actor := s.okafor
		if who.is == "learner" {
			actor = s.learners[0]
		}
		if p := show(s, PrintActivity, actor, in); p.Title != "Fold paper" || p.Minutes != 10 || len(p.Steps) != 1 || p.ICan != "I can double." {
			t.Errorf("%s: %+v", who.is, p)
		}
	}
	if _, err := Show(t.Context(), s.f, PrintActivity, s.lin, in); !fault.Is(err, fault.NotFound) {
		t.Errorf("another teacher: %v", err)
	}
	in.Objective = skill.ObjectiveID(s.ids["objective:o2"])
	if _, err := Show(t.Context(), s.f, PrintActivity, s.okafor, in); !fault.Is(err, fault.NotFound) {
		t.Errorf("an objective without an activity: %v", err)
	}
}
