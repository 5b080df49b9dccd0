package library_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"kith/internal/content"
	"kith/internal/doc"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/evening"
	"kith/internal/flow/library"
	"kith/internal/flow/schooltest"
	"kith/internal/flow/standing"
	"kith/internal/item"
	"kith/internal/plan"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"
)

// change is the page of a lesson as Mr Okafor opens it, and a change of nothing.
func change(s *schooltest.School, id content.LessonID) (library.ChangeLessonPage, library.ChangeLessonIn) {
	p := schooltest.Show(s, library.ChangeLesson, s.Okafor, library.ChangeLessonAsk{Class: s.Class, Lesson: id})
	return p, library.ChangeLessonIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class, Lesson: id, Version: p.Version, Draft: p.Draft}
}

func lessonNow(s *schooltest.School, id content.LessonID) (v *content.Lesson) {
	s.Look(s.Okafor, func(l *flow.Look) (err error) {
		v, err = library.Lesson(l, id)
		return err
	})
	return v
}

// statusOf is how far a learner's page says that they are with a lesson.
func statusOf(s *schooltest.School, who int, id content.LessonID) plan.Status {
	return schooltest.Show(s, evening.Lesson, s.Learners[who], evening.LessonIn{Lesson: id}).Status
}

func answersCheck(s *schooltest.School, who int, lesson content.LessonID, code string) {
	s.Happens(evidence.Fact{Learner: s.Learners[who].Person, Kind: evidence.KindAttempt, Attempt: &evidence.Attempt{Item: s.Item(code), ItemVersion: 1, Skill: s.Skill("a"), GraphVersion: 1,
		DrawN: 1, Seed: 1, Kind: item.Number, Outcome: item.Right, Try: 1, Purpose: evidence.ForLesson, Context: string(lesson)}})
}

func TestEditLesson_IsAFurtherVersionAndWhoHadFinishedHasFinished(t *testing.T) {
	s := schooltest.New(t, 3)
	in := lessonIn(s)
	in.Before = &library.Before{On: "2026-11-25", At: "09:00"}
	id := schooltest.Do(s, library.AddLesson, s.Okafor, in).Lesson
	answersCheck(s, 0, id, "a-1")
	answersCheck(s, 0, id, "a-3") // the first has finished
	answersCheck(s, 1, id, "a-1") // the second has begun
	p, to := change(s, id)
	if !p.Own || p.Begun != 2 || p.Draft.Text != in.Text || len(p.Draft.Checks) != 2 || p.Draft.Objective == "" {
		t.Fatalf("the page is %s", schooltest.MustJSON(p))
	}
	s.Now = s.Now.Add(time.Minute)
	to.Draft.Title, to.Draft.Text = "Doubling, shorter", "Take $2 \\times 3$ cups.\n\nThat is six.\n\n!pause Why?\n\nGo on."
	to.Draft.Checks = append(to.Draft.Checks, library.LessonCheck{Item: s.Item("a-2"), AfterBlock: 2})
	out := schooltest.Do(s, library.EditLesson, s.Okafor, to)
	v := lessonNow(s, id)
	if out.Lesson != id || out.Version != 2 || v.Title != to.Draft.Title || len(v.Checks) != 3 || v.Checks[0].Item != s.Item("a-2") || doc.Format(v.Body) != to.Draft.Text {
		t.Errorf("the lesson is %s", schooltest.MustJSON(v))
	}
	for who, want := range []plan.Status{plan.Done, plan.Doing, plan.Todo} {
		if got := statusOf(s, who, id); got != want {
			t.Errorf("learner %d is %s, want %s", who, got, want)
		}
	}
	page := schooltest.Show(s, evening.Lesson, s.Learners[1], evening.LessonIn{Lesson: id})
	if page.ChangedMs == 0 || len(page.Checks) != 3 || page.Checks[1].Outcome != item.Right {
		t.Errorf("who had begun reads %s", schooltest.MustJSON(page))
	}
	if page := schooltest.Show(s, evening.Lesson, s.Learners[2], evening.LessonIn{Lesson: id}); page.ChangedMs != 0 {
		t.Error("who had not begun is told of a change")
	}
	answersCheck(s, 1, id, "a-2")
	if got := statusOf(s, 1, id); got != plan.Doing {
		t.Errorf("two of three checks are answered, and the lesson is %s", got)
	}
	answersCheck(s, 1, id, "a-3")
	if got := statusOf(s, 1, id); got != plan.Done {
		t.Errorf("all checks are answered, and the lesson is %s", got)
	}
}

func TestEditLesson_ThatChangesNothingMakesNoVersion(t *testing.T) {
	s := schooltest.New(t, 1)
	id := schooltest.Do(s, library.AddLesson, s.Okafor, lessonIn(s)).Lesson
	_, to := change(s, id)
	if out := schooltest.Do(s, library.EditLesson, s.Okafor, to); out.Version != 1 {
		t.Errorf("version %d", out.Version)
	}
}

func TestEditLesson_AnotherFilmBeginsAtItsStartAndTheSameGoesOn(t *testing.T) {
	s := schooltest.New(t, 2)
	in := lessonIn(s)
	in.Text, in.Checks, in.Film = "", nil, &library.FilmIn{File: addFile(s, s.Okafor, "video/mp4"), Ms: 100_000}
	in.Before = &library.Before{On: "2026-11-25", At: "09:00"}
	id := schooltest.Do(s, library.AddLesson, s.Okafor, in).Lesson
	watch := func(who int, version int, to int64) {
		s.Happens(evidence.Fact{Learner: s.Learners[who].Person, Kind: evidence.KindViewing, Viewing: &evidence.Viewing{Lesson: id, LessonVersion: version, ToMs: to, Rate: 1}})
		schooltest.Do(s, evening.SaveResume, s.Learners[who], evening.SaveResumeIn{Mine: flow.Mine{Op: flow.Op{Op: schooltest.NewOp()}, Learner: s.Learners[who].Person}, Lesson: id, PositionMs: to})
	}
	watch(0, 1, 95_000)
	watch(1, 1, 50_000)
	_, to := change(s, id)
	to.Draft.Film.Captions, to.Draft.Film.Poster = addFile(s, s.Okafor, "text/vtt"), addFile(s, s.Okafor, "image/png")
	schooltest.Do(s, library.EditLesson, s.Okafor, to)
	if page := schooltest.Show(s, evening.Lesson, s.Learners[1], evening.LessonIn{Lesson: id}); page.Video.ResumeMs != 50_000 || page.Video.Captions == "" || page.Video.Poster == "" {
		t.Errorf("the same film with captions is %s", schooltest.MustJSON(page.Video))
	}
	s.Now = s.Now.Add(time.Minute)
	_, to = change(s, id)
	to.Draft.Film = &library.FilmIn{File: addFile(s, s.Okafor, "video/webm"), Ms: 60_000}
	schooltest.Do(s, library.EditLesson, s.Okafor, to)
	page := schooltest.Show(s, evening.Lesson, s.Learners[1], evening.LessonIn{Lesson: id})
	if page.Video.ResumeMs != 0 || page.Video.Captions != "" || page.Status != plan.Doing {
		t.Errorf("another film is %s, %s", schooltest.MustJSON(page.Video), page.Status)
	}
	if got := statusOf(s, 0, id); got != plan.Done {
		t.Errorf("who had seen the film before is %s", got)
	}
	watch(1, 2, 59_000) // what is left of the old film, from a page that stood open
	if got := statusOf(s, 1, id); got != plan.Doing {
		t.Errorf("a stretch of the old film makes the new one %s", got)
	}
	watch(1, 3, 59_000)
	if got := statusOf(s, 1, id); got != plan.Done {
		t.Errorf("the new film is %s", got)
	}
}

func TestCopyLesson_TakesItsPlaceInThisClassAlone(t *testing.T) {
	s := schooltest.New(t, 2)
	schooltest.Do(s, library.GiveUnit, s.Lin, library.GiveUnitIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Other, Unit: s.Unit, Dial: "required"})
	s.Invite("l1", "2026-11-25", "09:00")
	answersCheck(s, 0, s.Lesson("l1"), "a-1")
	schooltest.Refused(s, library.EditLesson, s.Okafor, second(change(s, s.Lesson("l1"))), fault.Forbidden)
	p, to := change(s, s.Lesson("l1"))
	if p.Own || p.By != "" || p.Begun != 1 || p.InUnit == "" {
		t.Errorf("the page is %s", schooltest.MustJSON(p))
	}
	to.Draft.Title = "Doubling by reading, in our words"
	copied := schooltest.Do(s, library.CopyLesson, s.Okafor, to).Lesson
	v := lessonNow(s, copied)
	if v.Author != string(s.Okafor.Person) || !slices.Equal(v.Of, []content.LessonID{s.Lesson("l1")}) || v.Version != 1 || len(v.Checks) != 2 {
		t.Errorf("the copy is %s", schooltest.MustJSON(v))
	}
	if rows := invitations(s); len(rows) != 1 || rows[0].LessonID != string(copied) || rows[0].BeforeOn != "2026-11-25" {
		t.Errorf("the class is invited to %+v", rows)
	}
	s.Look(s.Okafor, func(l *flow.Look) error {
		mine, err := library.ShownIn(l, s.Class)
		if err != nil {
			return err
		}
		theirs, err := library.ShownIn(l, s.Other)
		if slices.Contains(mine, s.Lesson("l1")) || !slices.Contains(mine, copied) || !slices.Contains(theirs, s.Lesson("l1")) || slices.Contains(theirs, copied) {
			t.Errorf("7B meets %v and 7C %v", mine, theirs)
		}
		g, err := standing.LoadGiven(l, s.Given)
		if err != nil {
			return err
		}
		les, ok := g.Lesson(s.Lesson("l1"))
		if !ok || les.ID != copied || les.Line() != s.Lesson("l1") || g.Unit.Parts[0].Lesson != s.Lesson("l1") {
			t.Errorf("plans know the copy as %s", les.Line())
		}
		return nil
	})
	page := schooltest.Show(s, evening.Lesson, s.Learners[0], evening.LessonIn{Lesson: s.Lesson("l1")})
	if page.ID != copied || page.Title != to.Draft.Title || page.Checks[0].Outcome != item.Right || page.Status != plan.Doing {
		t.Errorf("who had begun reads %s", schooltest.MustJSON(page))
	}
	if p := schooltest.Show(s, library.PreviewLesson, s.Lin, library.PreviewLessonIn{Class: s.Other, Lesson: s.Lesson("l1")}); p.Lesson.ID != s.Lesson("l1") {
		t.Error("7C sees the copy")
	}
	schooltest.Refused(s, library.CopyLesson, s.Okafor, second(change(s, copied)), fault.Forbidden)
	_, err := flow.Show(t.Context(), s.F, library.ChangeLesson, s.Lin, library.ChangeLessonAsk{Class: s.Other, Lesson: copied})
	if !fault.Is(err, fault.NotFound) {
		t.Errorf("a teacher of another class opens the copy: %v", err)
	}
}

func second[A, B any](_ A, b B) B { return b }

func TestCopyLesson_OfALessonThatAllowsNoneIsRefusedAndOthersCarryWhereTheyCameFrom(t *testing.T) {
	s := schooltest.New(t, 1)
	licence := func(name string) {
		v := *lessonNow(s, s.Lesson("l1"))
		v.Version, v.Attribution = v.Version+1, &item.Attribution{Source: "A book", Authors: "Ada", Licence: name}
		body := schooltest.MustJSON(v)
		s.Write(func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.RaiseContent(ctx, db.RaiseContentParams{SchoolID: string(s.ID), ID: string(v.ID), CurrentVersion: int64(v.Version), Title: v.Title})
			return errors.Join(err, tx.AddContentVersion(ctx, db.AddContentVersionParams{SchoolID: string(s.ID), ID: string(v.ID), Version: int64(v.Version), Body: body, BodyHash: body[:8], MadeMs: tx.Now}))
		})
	}
	licence("CC BY-ND 4.0")
	p, to := change(s, s.Lesson("l1"))
	to.Draft.Title = "Ours"
	if code := schooltest.Refused(s, library.CopyLesson, s.Okafor, to, fault.Forbidden); code != "fault.lesson.bound" || p.Bound != "CC BY-ND 4.0" {
		t.Errorf("refused with %s, bound %q", code, p.Bound)
	}
	licence("CC BY 4.0")
	_, to = change(s, s.Lesson("l1"))
	to.Draft.Title = "Ours"
	v := lessonNow(s, schooltest.Do(s, library.CopyLesson, s.Okafor, to).Lesson)
	if v.Attribution == nil || v.Attribution.Authors != "Ada" || !v.Attribution.Changed {
		t.Errorf("the copy came from %s", schooltest.MustJSON(v.Attribution))
	}
}

func TestChangeLesson_RefusesAndSavesNothing(t *testing.T) {
	s := schooltest.New(t, 1)
	id := schooltest.Do(s, library.AddLesson, s.Okafor, lessonIn(s)).Lesson
	theirs := addFile(s, s.Lin, "video/mp4")
	for _, c := range []struct {
		name   string
		change func(*library.ChangeLessonIn)
		kind   fault.Kind
		code   string
	}{
		{"another tab was first", func(in *library.ChangeLessonIn) { in.Version = 7 }, fault.Conflict, "fault.lesson.moved"},
		{"nothing to learn from", func(in *library.ChangeLessonIn) { in.Draft.Text = " " }, fault.Invalid, "fault.lesson.content"},
		{"a film and a link", func(in *library.ChangeLessonIn) {
			in.Draft.Link, in.Draft.Film = "https://example.org", &library.FilmIn{File: theirs}
		}, fault.Invalid, "fault.lesson.content"},
		{"somebody else's film", func(in *library.ChangeLessonIn) { in.Draft.Film = &library.FilmIn{File: theirs} }, fault.NotFound, ""},
		{"a check of another skill", func(in *library.ChangeLessonIn) { in.Draft.Checks[0].Item = s.Item("b-1") }, fault.Invalid, "fault.lesson.check"},
		{"a check after a block that is not there", func(in *library.ChangeLessonIn) { in.Draft.Checks[0].AfterBlock = 9 }, fault.Invalid, "fault.lesson.block"},
		{"a check at an instant of a text", func(in *library.ChangeLessonIn) { in.Draft.Checks[0].AtMs = 9 }, fault.Invalid, "fault.lesson.instant"},
		{"no skill of this course", func(in *library.ChangeLessonIn) { in.Draft.Skills = []skill.ID{"018f0000-0000-7000-8000-000000000009"} }, fault.Invalid, ""},
		{"a skill twice", func(in *library.ChangeLessonIn) { in.Draft.Skills = []skill.ID{s.Skill("a"), s.Skill("a")} }, fault.Invalid, ""},
		{"no objective of this course", func(in *library.ChangeLessonIn) { in.Draft.Objective = "018f0000-0000-7000-8000-000000000009" }, fault.Invalid, ""},
	} {
		_, in := change(s, id)
		c.change(&in)
		if code := schooltest.Refused(s, library.EditLesson, s.Okafor, in, c.kind); c.code != "" && code != c.code {
			t.Errorf("%s: %s, want %s", c.name, code, c.code)
		}
	}
	if v := lessonNow(s, id); v.Version != 1 {
		t.Errorf("version %d was saved", v.Version)
	}
}

func TestTakeLesson_EndsItsInvitationsAndSaysWhyAndItCanBePutBack(t *testing.T) {
	s := schooltest.New(t, 1)
	in := lessonIn(s)
	in.Before = &library.Before{On: "2026-11-25", At: "09:00"}
	id := schooltest.Do(s, library.AddLesson, s.Okafor, in).Lesson
	ref := func() library.LessonRef {
		return library.LessonRef{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class, Lesson: id}
	}
	schooltest.Refused(s, library.PutLesson, s.Okafor, ref(), fault.Conflict)
	answersCheck(s, 0, id, "a-1")
	schooltest.Do(s, library.TakeLesson, s.Okafor, ref())
	if len(invitations(s)) != 0 {
		t.Error("the invitation stands")
	}
	_, err := flow.Show(t.Context(), s.F, evening.Lesson, s.Learners[0], evening.LessonIn{Lesson: id})
	if !fault.Is(err, fault.NotFound) || fault.Said(err).Code != "fault.lesson.withdrawn" {
		t.Errorf("a learner reads %v", err)
	}
	schooltest.Refused(s, library.TakeLesson, s.Okafor, ref(), fault.Conflict)
	_, to := change(s, id)
	to.Draft.Title = "Another"
	if code := schooltest.Refused(s, library.EditLesson, s.Okafor, to, fault.Conflict); code != "fault.lesson.taken" {
		t.Errorf("refused with %s", code)
	}
	units := schooltest.Show(s, library.Units, s.Okafor, library.ClassIn{Class: s.Class})
	if len(units.Taken) != 1 || units.Taken[0].Lesson.ID != id || len(units.Own) != 0 {
		t.Errorf("taken down: %s", schooltest.MustJSON(units.Taken))
	}
	schooltest.Do(s, library.PutLesson, s.Okafor, ref())
	units = schooltest.Show(s, library.Units, s.Okafor, library.ClassIn{Class: s.Class})
	if len(units.Taken) != 0 || len(units.Own) != 1 {
		t.Error("it is not back")
	}
	schooltest.Refused(s, library.TakeLesson, s.Okafor, library.LessonRef{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class, Lesson: s.Lesson("l1")}, fault.Forbidden)
	if n := len(invitations(s)); n != 0 {
		t.Errorf("%d invitations", n)
	}
	s.Look(s.Okafor, func(l *flow.Look) error { // what was done in it stays
		ids, err := l.Q().LearnersOfLesson(l.Ctx(), db.LearnersOfLessonParams{SchoolID: string(s.ID), LessonID: string(id)})
		if len(ids) != 1 {
			t.Errorf("%d learners have begun it", len(ids))
		}
		return err
	})
}
