package library_test

import (
	"context"
	"strings"
	"testing"

	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/flow/schooltest"
	"kith/internal/store"
	"kith/internal/store/db"
)

func classUnit(s *schooltest.School, id string) (row db.ClassUnit) {
	s.Look(s.Okafor, func(l *flow.Look) (err error) {
		row, err = l.Q().ClassUnit(l.Ctx(), db.ClassUnitParams{SchoolID: string(s.ID), ID: id})
		return err
	})
	return row
}

func invitations(s *schooltest.School) (rows []db.ClassLesson) {
	s.Look(s.Okafor, func(l *flow.Look) (err error) {
		rows, err = l.Q().LessonsOfClass(l.Ctx(), db.LessonsOfClassParams{SchoolID: string(s.ID), ClassID: string(s.Class)})
		return err
	})
	return rows
}

func TestGiveUnit_OnceAndAgainAfterItWasTaken(t *testing.T) {
	s := schooltest.New(t, 1)
	in := library.GiveUnitIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Other, Unit: s.Unit, Dial: "pick"}
	schooltest.Refused(s, library.GiveUnit, s.Okafor, in, fault.NotFound)
	id := schooltest.Do(s, library.GiveUnit, s.Lin, in).ClassUnit
	if again := schooltest.Do(s, library.GiveUnit, s.Lin, in).ClassUnit; again != id {
		t.Errorf("the same op gave %s, then %s", id, again)
	}
	if row := classUnit(s, id); row.Dial != "pick" || row.UnitVersion != 1 || row.GivenBy != string(s.Lin.Person) {
		t.Errorf("given as %+v", row)
	}
	in.Op = flow.Op{Op: schooltest.NewOp()}
	if code := schooltest.Refused(s, library.GiveUnit, s.Lin, in, fault.Conflict); code != "fault.unit.given" {
		t.Error(code)
	}
	schooltest.Do(s, library.EndUnit, s.Lin, library.EndUnitIn{Op: flow.Op{Op: schooltest.NewOp()}, ClassUnit: id})
	schooltest.Refused(s, library.EndUnit, s.Lin, library.EndUnitIn{Op: flow.Op{Op: schooltest.NewOp()}, ClassUnit: id}, fault.Conflict)
	in.Op, in.Dial = flow.Op{Op: schooltest.NewOp()}, "propose"
	if again := schooltest.Do(s, library.GiveUnit, s.Lin, in).ClassUnit; again != id || classUnit(s, id).EndedMs != 0 || classUnit(s, id).Dial != "propose" {
		t.Errorf("given again as %s, %+v", again, classUnit(s, id))
	}
}

func TestGiveUnit_RefusesWhatIsNoUnit(t *testing.T) {
	s := schooltest.New(t, 1)
	schooltest.Refused(s, library.GiveUnit, s.Lin, library.GiveUnitIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Other, Unit: content.UnitID(s.Lesson("l1")), Dial: "pick"}, fault.NotFound)
	schooltest.Refused(s, library.GiveUnit, s.Lin, library.GiveUnitIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Other, Unit: content.UnitID(schooltest.NewOp()), Dial: "pick"}, fault.NotFound)
	schooltest.Refused(s, library.GiveUnit, s.Lin, library.GiveUnitIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Other, Unit: s.Unit, Dial: "free"}, fault.Invalid)
	schooltest.Refused(s, library.GiveUnit, s.Learners[0], library.GiveUnitIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class, Unit: s.Unit, Dial: "pick"}, fault.Forbidden)
}

func TestSetDial_ForTheClassAndForOneLearner(t *testing.T) {
	s := schooltest.New(t, 2)
	dials := func() map[string]string {
		out := map[string]string{}
		s.Look(s.Okafor, func(l *flow.Look) error {
			rows, err := l.Q().LearnerDials(l.Ctx(), db.LearnerDialsParams{SchoolID: string(s.ID), ClassUnitID: s.Given})
			for _, r := range rows {
				out[r.LearnerID] = r.Dial
			}
			return err
		})
		return out
	}
	one := s.Learners[0].Person
	set := func(in library.SetDialIn) library.SetDialIn {
		in.Op, in.ClassUnit = flow.Op{Op: schooltest.NewOp()}, s.Given
		return in
	}
	schooltest.Do(s, library.SetDial, s.Okafor, set(library.SetDialIn{Dial: "pick"}))
	schooltest.Do(s, library.SetDial, s.Okafor, set(library.SetDialIn{Learner: one, Dial: "propose"}))
	if classUnit(s, s.Given).Dial != "pick" || dials()[string(one)] != "propose" || len(dials()) != 1 {
		t.Errorf("class %s, learners %v", classUnit(s, s.Given).Dial, dials())
	}
	schooltest.Do(s, library.SetDial, s.Okafor, set(library.SetDialIn{Learner: one, Dial: "class"}))
	if len(dials()) != 0 {
		t.Errorf("the learner keeps %v", dials())
	}
	schooltest.Refused(s, library.SetDial, s.Okafor, set(library.SetDialIn{Dial: "class"}), fault.Invalid)
	schooltest.Refused(s, library.SetDial, s.Okafor, set(library.SetDialIn{Learner: s.Lin.Person, Dial: "pick"}), fault.NotFound)
	schooltest.Refused(s, library.SetDial, s.Lin, set(library.SetDialIn{Dial: "pick"}), fault.NotFound)
}

func TestInviteLesson_IsNeverRefusedAsLate(t *testing.T) {
	s := schooltest.New(t, 1)
	in := library.InviteLessonIn{Op: flow.Op{Op: schooltest.NewOp()}, ClassUnit: s.Given, Lesson: s.Lesson("l1"), Before: library.Before{On: "2025-01-07", At: "09:00"}}
	first := schooltest.Do(s, library.InviteLesson, s.Okafor, in).ClassLesson
	in.Op, in.Before = flow.Op{Op: schooltest.NewOp()}, library.Before{On: "2026-11-24", At: "09:00"}
	second := schooltest.Do(s, library.InviteLesson, s.Okafor, in).ClassLesson
	rows := invitations(s)
	if first == second || len(rows) != 1 || rows[0].ID != second || rows[0].BeforeOn != "2026-11-24" {
		t.Errorf("the class is invited to %+v", rows)
	}
	schooltest.Do(s, library.WithdrawLesson, s.Okafor, library.WithdrawLessonIn{Op: flow.Op{Op: schooltest.NewOp()}, ClassLesson: second})
	if len(invitations(s)) != 0 {
		t.Error("the invitation stands although it was taken back")
	}
	schooltest.Refused(s, library.WithdrawLesson, s.Okafor, library.WithdrawLessonIn{Op: flow.Op{Op: schooltest.NewOp()}, ClassLesson: second}, fault.Conflict)
}

func TestInviteLesson_Refuses(t *testing.T) {
	s := schooltest.New(t, 1)
	ask := func(who access.Actor, change func(*library.InviteLessonIn), kind fault.Kind) {
		t.Helper()
		in := library.InviteLessonIn{Op: flow.Op{Op: schooltest.NewOp()}, ClassUnit: s.Given, Lesson: s.Lesson("l1"), Before: library.Before{On: "2026-11-24", At: "09:00"}}
		change(&in)
		schooltest.Refused(s, library.InviteLesson, who, in, kind)
	}
	ask(s.Lin, func(*library.InviteLessonIn) {}, fault.NotFound)
	ask(s.Okafor, func(in *library.InviteLessonIn) { in.Before.On = "2026-02-30" }, fault.Invalid)
	ask(s.Okafor, func(in *library.InviteLessonIn) { in.Before.On = "0226-11-24" }, fault.Invalid)
	ask(s.Okafor, func(in *library.InviteLessonIn) { in.Before.At = "24:30" }, fault.Invalid)
	ask(s.Okafor, func(in *library.InviteLessonIn) { in.Before.At = "9:00" }, fault.Invalid)
	ask(s.Okafor, func(in *library.InviteLessonIn) { in.Lesson = content.LessonID(s.Unit) }, fault.NotFound)
	s.Write(func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.SetContentStatus(ctx, db.SetContentStatusParams{SchoolID: string(s.ID), ID: string(s.Lesson("l2")), Status: "withdrawn"})
		return err
	})
	ask(s.Okafor, func(in *library.InviteLessonIn) { in.Lesson = s.Lesson("l2") }, fault.Conflict)
	schooltest.Do(s, library.EndUnit, s.Okafor, library.EndUnitIn{Op: flow.Op{Op: schooltest.NewOp()}, ClassUnit: s.Given})
	ask(s.Okafor, func(*library.InviteLessonIn) {}, fault.Conflict)
}

func addFile(s *schooltest.School, who access.Actor, kind string) string {
	return schooltest.Do(s, library.AddFile, who, library.AddFileIn{Op: flow.Op{Op: schooltest.NewOp()}, SHA256: strings.Repeat("ab", 32), Type: kind, Size: 10, Name: "x"}).File
}

func lessonIn(s *schooltest.School) library.AddLessonIn {
	return library.AddLessonIn{Op: flow.Op{Op: schooltest.NewOp()}, ClassUnit: s.Given, Title: "Doubling in the kitchen", Skill: s.Skill("a"), Minutes: 4,
		Checks: []library.LessonCheck{{Item: s.Item("a-1")}, {Item: s.Item("a-3")}}, Text: "## Two and two\n\nTake a **cup**."}
}

func TestAddLesson_TakesATextALinkOrAFilmAndInvitesAtOnce(t *testing.T) {
	s := schooltest.New(t, 1)
	get := func(id content.LessonID) (v *content.Lesson) {
		s.Look(s.Okafor, func(l *flow.Look) (err error) {
			v, err = library.Lesson(l, id)
			return err
		})
		return v
	}
	text := lessonIn(s)
	text.Before = &library.Before{On: "2026-11-25", At: "09:00"}
	out := schooltest.Do(s, library.AddLesson, s.Okafor, text)
	v := get(out.Lesson)
	if v.Title != text.Title || len(v.Body.Nodes) != 2 || len(v.Checks) != 2 || v.Author != string(s.Okafor.Person) || string(v.Objective) != s.IDs["objective:o1"] {
		t.Errorf("the lesson is %s", schooltest.MustJSON(v))
	}
	if rows := invitations(s); len(rows) != 1 || rows[0].ID != out.ClassLesson || rows[0].LessonID != string(out.Lesson) {
		t.Errorf("the class is invited to %+v", rows)
	}
	link := lessonIn(s)
	link.Text, link.Link = "", "https://example.org/watch?v=1"
	if v := get(schooltest.Do(s, library.AddLesson, s.Okafor, link).Lesson); v.Link != link.Link || v.Video != nil || !v.Body.Empty() {
		t.Errorf("the lesson is %s", schooltest.MustJSON(v))
	}
	film := lessonIn(s)
	film.Text, film.Film = "", &library.FilmIn{File: addFile(s, s.Okafor, "video/mp4"), Captions: addFile(s, s.Okafor, "text/vtt"), Ms: 90_000}
	film.Checks[0].AtMs = 45_000
	if v := get(schooltest.Do(s, library.AddLesson, s.Okafor, film).Lesson); v.Video.File != film.Film.File || v.Video.Captions != film.Film.Captions || v.Video.Ms != 90_000 || v.Checks[0].AtMs != 45_000 {
		t.Errorf("the lesson is %s", schooltest.MustJSON(v))
	}
}

func TestAddLesson_RefusesAndSavesNothing(t *testing.T) {
	s := schooltest.New(t, 1)
	mine, theirs, picture := addFile(s, s.Okafor, "video/mp4"), addFile(s, s.Lin, "video/mp4"), addFile(s, s.Okafor, "image/png")
	for _, c := range []struct {
		name   string
		change func(*library.AddLessonIn)
		kind   fault.Kind
		code   string
	}{
		{"nothing to learn from", func(in *library.AddLessonIn) { in.Text = "  " }, fault.Invalid, "fault.lesson.one_kind"},
		{"a text and a link", func(in *library.AddLessonIn) { in.Link = "https://example.org" }, fault.Invalid, "fault.lesson.one_kind"},
		{"a link without s", func(in *library.AddLessonIn) { in.Text, in.Link = "", "http://example.org" }, fault.Invalid, "fault.lesson.link"},
		{"a script for a link", func(in *library.AddLessonIn) { in.Text, in.Link = "", "javascript:alert(1)" }, fault.Invalid, "fault.lesson.link"},
		{"a password in the link", func(in *library.AddLessonIn) { in.Text, in.Link = "", "https://me:pw@example.org" }, fault.Invalid, "fault.lesson.link"},
		{"markup that cannot be read", func(in *library.AddLessonIn) { in.Text = "An **open end." }, fault.Invalid, ""},
		{"a drawn number", func(in *library.AddLessonIn) { in.Text = "Take [[n]] cups." }, fault.Invalid, ""},
		{"somebody else's picture", func(in *library.AddLessonIn) { in.Text = "!image " + theirs + " | A cup" }, fault.Invalid, "fault.doc.image_name"},
		{"a picture for a film", func(in *library.AddLessonIn) { in.Text, in.Film = "", &library.FilmIn{File: picture} }, fault.Invalid, "fault.lesson.film"},
		{"a film for captions", func(in *library.AddLessonIn) { in.Text, in.Film = "", &library.FilmIn{File: mine, Captions: mine} }, fault.Invalid, "fault.lesson.captions"},
		{"somebody else's film", func(in *library.AddLessonIn) { in.Text, in.Film = "", &library.FilmIn{File: theirs} }, fault.NotFound, ""},
		{"a film that is not there", func(in *library.AddLessonIn) { in.Text, in.Film = "", &library.FilmIn{File: schooltest.NewOp()} }, fault.NotFound, ""},
		{"a check of another skill", func(in *library.AddLessonIn) { in.Checks[0].Item = s.Item("b-1") }, fault.Invalid, "fault.lesson.check"},
		{"the same check twice", func(in *library.AddLessonIn) { in.Checks[0] = in.Checks[1] }, fault.Invalid, "fault.lesson.check"},
		{"a check after the film's end", func(in *library.AddLessonIn) {
			in.Text, in.Film, in.Checks[0].AtMs = "", &library.FilmIn{File: mine, Ms: 1000}, 2000
		}, fault.Invalid, ""},
		{"a skill of no course here", func(in *library.AddLessonIn) { in.Skill = "018f0000-0000-7000-8000-000000000009" }, fault.Invalid, ""},
		{"a title of spaces", func(in *library.AddLessonIn) { in.Title = "   " }, fault.Invalid, ""},
		{"a day that is none", func(in *library.AddLessonIn) { in.Before = &library.Before{On: "2026-13-01", At: "09:00"} }, fault.Invalid, ""},
	} {
		in := lessonIn(s)
		c.change(&in)
		if code := schooltest.Refused(s, library.AddLesson, s.Okafor, in, c.kind); c.code != "" && code != c.code {
			t.Errorf("%s: %s, want %s", c.name, code, c.code)
		}
	}
	schooltest.Refused(s, library.AddLesson, s.Lin, lessonIn(s), fault.NotFound)
	s.Look(s.Okafor, func(l *flow.Look) error {
		rows, err := l.Q().LessonsOfOwner(l.Ctx(), db.LessonsOfOwnerParams{SchoolID: string(s.ID), OwnerID: string(s.Okafor.Person)})
		if len(rows) != 0 {
			t.Errorf("%d lessons were saved", len(rows))
		}
		return err
	})
}

func TestFile_OpensForItsOwnerAndForTheClassThatIsInvited(t *testing.T) {
	s := schooltest.New(t, 1)
	film := lessonIn(s)
	film.Text, film.Film = "", &library.FilmIn{File: addFile(s, s.Okafor, "video/mp4")}
	lesson := schooltest.Do(s, library.AddLesson, s.Okafor, film).Lesson
	open := func(who access.Actor) error {
		_, err := flow.Show(t.Context(), s.F, library.File, who, library.FileIn{ID: film.Film.File})
		return err
	}
	if err := open(s.Okafor); err != nil {
		t.Error(err)
	}
	if err := open(s.Learners[0]); !fault.Is(err, fault.NotFound) {
		t.Errorf("before the invitation a learner gets %v", err)
	}
	schooltest.Do(s, library.InviteLesson, s.Okafor, library.InviteLessonIn{Op: flow.Op{Op: schooltest.NewOp()}, ClassUnit: s.Given, Lesson: lesson, Before: library.Before{On: "2026-11-25", At: "09:00"}})
	if err := open(s.Learners[0]); err != nil {
		t.Error(err)
	}
	for name, who := range map[string]access.Actor{"another teacher": s.Lin, "an administrator": s.Admin, "another school": {School: "x", Person: s.Okafor.Person, Role: "teacher"}} {
		if err := open(who); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s gets %v", name, err)
		}
	}
}
