package library_test

import (
	"fmt"
	"testing"

	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/flow/schooltest"
)

func TestUnits_ShowsWhatTheClassHasAndCanHave(t *testing.T) {
	s := schooltest.New(t, 2)
	s.Invite("l1", "2026-11-23", "09:00")
	in := lessonIn(s)
	own := schooltest.Do(s, library.AddLesson, s.Okafor, in).Lesson
	schooltest.Do(s, library.SetDial, s.Okafor, library.SetDialIn{Op: flow.Op{Op: schooltest.NewOp()}, ClassUnit: s.Given, Learner: s.Learners[1].Person, Dial: "pick"})
	p := schooltest.Show(s, library.Units, s.Okafor, library.ClassIn{Class: s.Class})
	if len(p.Units) != 1 || len(p.Offered) != 0 || p.On != "2026-11-24" {
		t.Fatalf("units %+v, offered %+v", p.Units, p.Offered)
	}
	u := p.Units[0]
	if u.ID != s.Given || u.Items != 12 || len(u.Parts) != 2 || u.Parts[0].Skills[1].Title != "Skill B" || u.Parts[0].Skills[1].Items != 4 ||
		u.Parts[0].Lesson.Kind != "text" || u.Parts[1].Lesson.Kind != "film" || u.Parts[0].Activity != "Fold paper" {
		t.Errorf("the unit is %s", schooltest.MustJSON(u))
	}
	if len(u.Dials) != 1 || u.Dials[0].Who.Name != "L02 N." || u.Dials[0].Dial != "pick" {
		t.Errorf("dials %+v", u.Dials)
	}
	if len(p.Lessons) != 1 || p.Lessons[0].Lesson.ID != s.Lesson("l1") || !p.Lessons[0].Passed {
		t.Errorf("invitations %+v", p.Lessons)
	}
	if len(p.Own) != 1 || p.Own[0].Lesson.ID != own || p.Own[0].GivenIn != s.Given {
		t.Errorf("own lessons %+v", p.Own)
	}
	p = schooltest.Show(s, library.Units, s.Lin, library.ClassIn{Class: s.Other})
	if len(p.Units) != 0 || len(p.Own) != 0 || len(p.Offered) != 1 || p.Offered[0].Items != 12 || p.Offered[0].Skills != 3 || p.Offered[0].Lessons != 2 {
		t.Errorf("a class without units: %s", schooltest.MustJSON(p))
	}
	if _, err := flow.Show(t.Context(), s.F, library.Units, s.Lin, library.ClassIn{Class: s.Class}); !fault.Is(err, fault.NotFound) {
		t.Errorf("another teacher: %v", err)
	}
}

func TestAddLessonForm_PreselectsTwoItemsOfTheFirstSkillThatIsNotYetSecure(t *testing.T) {
	s := schooltest.New(t, 1)
	p := schooltest.Show(s, library.AddLessonForm, s.Okafor, library.AddLessonAsk{Class: s.Class})
	if p.Skill != s.Skill("a") || p.Unit != s.Given || len(p.Items) != 4 || !p.Items[0].Picked || !p.Items[1].Picked || p.Items[2].Picked {
		t.Errorf("the form is %s", schooltest.MustJSON(p))
	}
	if p.Before != (library.Before{On: "2026-11-25", At: "09:00"}) {
		t.Errorf("before %+v", p.Before)
	}
	for n := 1; n <= 4; n++ {
		s.Answers(s.Learners[0], "a-"+fmt.Sprint(n), "right", 1)
	}
	if p := schooltest.Show(s, library.AddLessonForm, s.Okafor, library.AddLessonAsk{Class: s.Class}); p.Skill != s.Skill("b") {
		t.Errorf("a is secure; the form takes %s", p.Skill)
	}
	if p := schooltest.Show(s, library.AddLessonForm, s.Okafor, library.AddLessonAsk{Class: s.Class, Skill: s.Skill("c")}); p.Skill != s.Skill("c") {
		t.Errorf("c was asked for; the form takes %s", p.Skill)
	}
	if p := schooltest.Show(s, library.AddLessonForm, s.Lin, library.AddLessonAsk{Class: s.Other}); len(p.Units) != 0 || p.Skill != "" {
		t.Errorf("a class without units: %s", schooltest.MustJSON(p))
	}
	s.Now = s.Now.AddDate(0, 0, 3) // Friday
	if p := schooltest.Show(s, library.AddLessonForm, s.Okafor, library.AddLessonAsk{Class: s.Class}); p.Before.On != "2026-11-30" {
		t.Errorf("on Friday: before %s", p.Before.On)
	}
}
