package library_test

import (
	"context"
	"fmt"
	"math/big"
	"reflect"
	"slices"
	"testing"

	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/flow/schooltest"
	"kith/internal/item"
	"kith/internal/store"
	"kith/internal/store/db"
)

// Every item of the small course asks "What is twice n?"; its mistake "add" yields n+2, its text, key and worked way hold the
// same drawn n.
func TestPreviewSkill_ShowsWhatALearnerGetsAndBesideItTheAnswerTheWayAndTheNudges(t *testing.T) {
	s := schooltest.New(t, 1)
	p := schooltest.Show(s, library.PreviewSkill, s.Okafor, library.PreviewSkillIn{Class: s.Class, Skill: s.Skill("a")})
	if p.Skill.Title != "Skill A" || len(p.Items) != 4 || p.Draw != 1 || p.Kind != "skill" {
		t.Fatalf("the page is %s", schooltest.MustJSON(p))
	}
	for _, i := range p.Items {
		var n int
		if _, err := fmt.Sscanf(schooltest.Plain(i.Asked.Text), "What is twice %d?", &n); err != nil {
			t.Fatalf("the learner reads %q", schooltest.Plain(i.Asked.Text))
		}
		if got := schooltest.Plain(i.Right); got != fmt.Sprint(2*n) {
			t.Errorf("twice %d: the answer is %q", n, got)
		}
		if got := schooltest.Plain(i.Solution); got != fmt.Sprintf("%d and %d make %d.", n, n, 2*n) {
			t.Errorf("twice %d: the worked way is %q", n, got)
		}
		if len(i.Mistakes) != 1 || schooltest.Plain(i.Mistakes[0].Answer) != fmt.Sprint(n+2) || schooltest.Plain(i.Mistakes[0].Nudge) != "You added two." {
			t.Errorf("twice %d: the mistakes are %s", n, schooltest.MustJSON(i.Mistakes))
		}
		if len(i.Asked.Ladder) != 1 {
			t.Errorf("hints %d", len(i.Asked.Ladder))
		}
	}
	again := schooltest.Show(s, library.PreviewSkill, s.Okafor, library.PreviewSkillIn{Class: s.Class, Skill: s.Skill("a"), Draw: 2})
	if reflect.DeepEqual(p.Items, again.Items) {
		t.Error("the second draw shows the same numbers")
	}
}

func TestPreviewSkill_OptionsSayWhichIsRightAndWhatTheOtherIsTold(t *testing.T) {
	s := schooltest.NewEvening(t)
	unit := schooltest.Show(s, library.PreviewUnit, s.Teacher, library.PreviewUnitIn{Class: s.Class, Unit: s.ClassUnit})
	p := schooltest.Show(s, library.PreviewSkill, s.Teacher, library.PreviewSkillIn{Class: s.Class, Skill: unit.Parts[0].Skills[0].ID})
	at := slices.IndexFunc(p.Items, func(i library.PreviewItem) bool { return i.Asked.Kind == item.Choice })
	if at < 0 {
		t.Fatalf("no choice among %s", schooltest.MustJSON(p.Items))
	}
	c := p.Items[at] // "Which is more?" seven or three
	if schooltest.Plain(c.Right) != "seven" || len(c.Mistakes) != 1 || schooltest.Plain(c.Mistakes[0].Answer) != "three" || schooltest.Plain(c.Mistakes[0].Nudge) != "Three is what you chose. Count on to seven." {
		t.Errorf("the choice is %s", schooltest.MustJSON(c))
	}
}

// hidden fails the test when a view is shown.
func hidden[I, O any](s *schooltest.School, v flow.View[I, O], who access.Actor, in I, kind fault.Kind) {
	s.T.Helper()
	if _, err := flow.Show(s.T.Context(), s.F, v, who, in); !fault.Is(err, kind) {
		s.T.Errorf("%s %+v: %v, want %s", v.Name, in, err, kind)
	}
}

func TestPreviewUnit_ShowsTheVersionThatTheClassHasAndOneThatItCouldHave(t *testing.T) {
	s := schooltest.New(t, 1)
	for _, id := range []string{s.Given, string(s.Unit)} { // by the class unit, as a plan's line has it, and by the unit
		p := schooltest.Show(s, library.PreviewUnit, s.Okafor, library.PreviewUnitIn{Class: s.Class, Unit: id})
		if !p.Given || p.Print != s.Given || p.Title != "Doubles" || p.Task.Title != "Bake for forty" || schooltest.Plain(p.Task.Goal) != "Bake." {
			t.Errorf("the unit is %s", schooltest.MustJSON(p))
		}
		if len(p.Parts) != 2 || p.Parts[0].Activity != "Fold paper" || schooltest.Plain(p.Parts[0].Steps) != "Fold.Count." || p.Parts[0].Lesson.Title != "Doubling by reading" || len(p.Parts[0].Skills) != 2 {
			t.Errorf("its parts are %s", schooltest.MustJSON(p.Parts))
		}
	}
	p := schooltest.Show(s, library.PreviewUnit, s.Lin, library.PreviewUnitIn{Class: s.Other, Unit: string(s.Unit)})
	if p.Given || p.Print != "" || len(p.Parts) != 2 {
		t.Errorf("before it is given: %s", schooltest.MustJSON(p))
	}
	hidden(s, library.PreviewUnit, s.Lin, library.PreviewUnitIn{Class: s.Other, Unit: s.Given}, fault.NotFound)
	hidden(s, library.PreviewUnit, s.Lin, library.PreviewUnitIn{Class: s.Class, Unit: string(s.Unit)}, fault.NotFound)
	hidden(s, library.PreviewUnit, s.Okafor, library.PreviewUnitIn{Class: s.Class, Unit: string(s.Lesson("l1"))}, fault.NotFound)
}

func TestPreviewLesson_ShowsACoursesLessonAndATeachersOwn(t *testing.T) {
	s := schooltest.New(t, 1)
	p := schooltest.Show(s, library.PreviewLesson, s.Okafor, library.PreviewLessonIn{Class: s.Class, Lesson: s.Lesson("l1")})
	if p.Lesson.Kind != "text" || schooltest.Plain(p.Blocks) != "Read this." || len(p.Checks) != 2 || schooltest.Plain(p.Checks[0].Right) == "" || p.ICan != "I can double." || p.By != "" {
		t.Errorf("the text is %s", schooltest.MustJSON(p))
	}
	film := schooltest.Show(s, library.PreviewLesson, s.Okafor, library.PreviewLessonIn{Class: s.Class, Lesson: s.Lesson("l2")})
	if film.Video == nil || film.Video.Src != "/course/x.mp4" {
		t.Errorf("the film is %s", schooltest.MustJSON(film))
	}
	own := schooltest.Do(s, library.AddLesson, s.Okafor, lessonIn(s)).Lesson
	if p := schooltest.Show(s, library.PreviewLesson, s.Okafor, library.PreviewLessonIn{Class: s.Class, Lesson: own}); p.By == "" || p.Lesson.Title != "Doubling in the kitchen" {
		t.Errorf("their own is %s", schooltest.MustJSON(p))
	}
	// Another teacher does not see it in a class that is not invited to it; a withdrawn one is nobody's.
	hidden(s, library.PreviewLesson, s.Lin, library.PreviewLessonIn{Class: s.Other, Lesson: own}, fault.NotFound)
	s.Write(func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.SetContentStatus(ctx, db.SetContentStatusParams{SchoolID: string(s.ID), ID: string(s.Lesson("l1")), Status: string(content.Withdrawn)})
		return err
	})
	hidden(s, library.PreviewLesson, s.Okafor, library.PreviewLessonIn{Class: s.Class, Lesson: s.Lesson("l1")}, fault.NotFound)
}

func TestPreview_IsForTheTeachersOfTheClass(t *testing.T) {
	s := schooltest.New(t, 1)
	skill := library.PreviewSkillIn{Class: s.Class, Skill: s.Skill("a")}
	lesson := library.PreviewLessonIn{Class: s.Class, Lesson: s.Lesson("l1")}
	unit := library.PreviewUnitIn{Class: s.Class, Unit: s.Given}
	for who, kind := range map[access.Actor]fault.Kind{s.Learners[0]: fault.Forbidden, s.Lin: fault.NotFound, s.Admin: fault.Forbidden} {
		hidden(s, library.PreviewSkill, who, skill, kind)
		hidden(s, library.PreviewLesson, who, lesson, kind)
		hidden(s, library.PreviewUnit, who, unit, kind)
	}
}

func TestTypedNumber_IsWrittenAsSomebodyWouldTypeIt(t *testing.T) {
	for _, c := range []struct {
		n    *big.Rat
		want string
	}{
		{big.NewRat(14, 2), "7"}, {big.NewRat(-3, 1), "-3"}, {big.NewRat(5, 2), "2.5"}, {big.NewRat(1, 16), "0.0625"},
		{big.NewRat(1, 32), "1/32"}, // five places
		{big.NewRat(2, 3), "2/3"},
	} {
		if got := library.TypedNumber(c.n); got != c.want {
			t.Errorf("%s: %q, want %q", c.n, got, c.want)
		}
	}
}
