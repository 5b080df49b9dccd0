package flow

import (
	"context"
	"strings"
	"testing"

	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/store"
	"kith/internal/store/db"
)

func (s *school) classUnit(id string) (row db.ClassUnit) {
	s.look(s.okafor, func(l *Look) (err error) {
		row, err = l.q.ClassUnit(l.ctx, db.ClassUnitParams{SchoolID: string(s.id), ID: id})
		return err
	})
	return row
}

func (s *school) invitations() (rows []db.ClassLesson) {
	s.look(s.okafor, func(l *Look) (err error) {
		rows, err = l.q.LessonsOfClass(l.ctx, db.LessonsOfClassParams{SchoolID: string(s.id), ClassID: string(s.class)})
		return err
	})
	return rows
}

func TestGiveUnit_OnceAndAgainAfterItWasTaken(t *testing.T) {
	s := newSchool(t, 1)
	in := GiveUnitIn{Op: Op{newOp()}, Class: s.other, Unit: s.unit, Dial: "pick"}
	refused(s, GiveUnit, s.okafor, in, fault.NotFound)
	id := do(s, GiveUnit, s.lin, in).ClassUnit
	if again := do(s, GiveUnit, s.lin, in).ClassUnit; again != id {
		t.Errorf("the same op gave %s, then %s", id, again)
	}
	if row := s.classUnit(id); row.Dial != "pick" || row.UnitVersion != 1 || row.GivenBy != string(s.lin.Person) {
		t.Errorf("given as %+v", row)
	}
	in.Op = Op{newOp()}
	if code := refused(s, GiveUnit, s.lin, in, fault.Conflict); code != "fault.unit.given" {
		t.Error(code)
	}
	do(s, EndUnit, s.lin, EndUnitIn{Op: Op{newOp()}, ClassUnit: id})
	refused(s, EndUnit, s.lin, EndUnitIn{Op: Op{newOp()}, ClassUnit: id}, fault.Conflict)
	in.Op, in.Dial = Op{newOp()}, "propose"
	if again := do(s, GiveUnit, s.lin, in).ClassUnit; again != id || s.classUnit(id).EndedMs != 0 || s.classUnit(id).Dial != "propose" {
		t.Errorf("given again as %s, %+v", again, s.classUnit(id))
	}
}

func TestGiveUnit_RefusesWhatIsNoUnit(t *testing.T) {
	s := newSchool(t, 1)
	refused(s, GiveUnit, s.lin, GiveUnitIn{Op: Op{newOp()}, Class: s.other, Unit: content.UnitID(s.lesson("l1")), Dial: "pick"}, fault.NotFound)
	refused(s, GiveUnit, s.lin, GiveUnitIn{Op: Op{newOp()}, Class: s.other, Unit: content.UnitID(newOp()), Dial: "pick"}, fault.NotFound)
	refused(s, GiveUnit, s.lin, GiveUnitIn{Op: Op{newOp()}, Class: s.other, Unit: s.unit, Dial: "free"}, fault.Invalid)
	refused(s, GiveUnit, s.learners[0], GiveUnitIn{Op: Op{newOp()}, Class: s.class, Unit: s.unit, Dial: "pick"}, fault.Forbidden)
}

func TestSetDial_ForTheClassAndForOneLearner(t *testing.T) {
	s := newSchool(t, 2)
	dials := func() map[string]string {
		out := map[string]string{}
		s.look(s.okafor, func(l *Look) error {
			rows, err := l.q.LearnerDials(l.ctx, db.LearnerDialsParams{SchoolID: string(s.id), ClassUnitID: s.given})
			for _, r := range rows {
				out[r.LearnerID] = r.Dial
			}
			return err
		})
		return out
	}
	one := s.learners[0].Person
	set := func(in SetDialIn) SetDialIn { in.Op, in.ClassUnit = Op{newOp()}, s.given; return in }
	do(s, SetDial, s.okafor, set(SetDialIn{Dial: "pick"}))
	do(s, SetDial, s.okafor, set(SetDialIn{Learner: one, Dial: "propose"}))
	if s.classUnit(s.given).Dial != "pick" || dials()[string(one)] != "propose" || len(dials()) != 1 {
		t.Errorf("class %s, learners %v", s.classUnit(s.given).Dial, dials())
	}
	do(s, SetDial, s.okafor, set(SetDialIn{Learner: one, Dial: "class"}))
	if len(dials()) != 0 {
		t.Errorf("the learner keeps %v", dials())
	}
	refused(s, SetDial, s.okafor, set(SetDialIn{Dial: "class"}), fault.Invalid)
	refused(s, SetDial, s.okafor, set(SetDialIn{Learner: s.lin.Person, Dial: "pick"}), fault.NotFound)
	refused(s, SetDial, s.lin, set(SetDialIn{Dial: "pick"}), fault.NotFound)
}

func TestInviteLesson_IsNeverRefusedAsLate(t *testing.T) {
	s := newSchool(t, 1)
	in := InviteLessonIn{Op: Op{newOp()}, ClassUnit: s.given, Lesson: s.lesson("l1"), Before: Before{"2025-01-07", "09:00"}}
	first := do(s, InviteLesson, s.okafor, in).ClassLesson
	in.Op, in.Before = Op{newOp()}, Before{"2026-11-24", "09:00"}
	second := do(s, InviteLesson, s.okafor, in).ClassLesson
	rows := s.invitations()
	if first == second || len(rows) != 1 || rows[0].ID != second || rows[0].BeforeOn != "2026-11-24" {
		t.Errorf("the class is invited to %+v", rows)
	}
	do(s, WithdrawLesson, s.okafor, WithdrawLessonIn{Op: Op{newOp()}, ClassLesson: second})
	if len(s.invitations()) != 0 {
		t.Error("the invitation stands although it was taken back")
	}
	refused(s, WithdrawLesson, s.okafor, WithdrawLessonIn{Op: Op{newOp()}, ClassLesson: second}, fault.Conflict)
}

func TestInviteLesson_Refuses(t *testing.T) {
	s := newSchool(t, 1)
	ask := func(who access.Actor, change func(*InviteLessonIn), kind fault.Kind) {
		t.Helper()
		in := InviteLessonIn{Op: Op{newOp()}, ClassUnit: s.given, Lesson: s.lesson("l1"), Before: Before{"2026-11-24", "09:00"}}
		change(&in)
		refused(s, InviteLesson, who, in, kind)
	}
	ask(s.lin, func(*InviteLessonIn) {}, fault.NotFound)
	ask(s.okafor, func(in *InviteLessonIn) { in.Before.On = "2026-02-30" }, fault.Invalid)
	ask(s.okafor, func(in *InviteLessonIn) { in.Before.On = "0226-11-24" }, fault.Invalid)
	ask(s.okafor, func(in *InviteLessonIn) { in.Before.At = "24:30" }, fault.Invalid)
	ask(s.okafor, func(in *InviteLessonIn) { in.Before.At = "9:00" }, fault.Invalid)
	ask(s.okafor, func(in *InviteLessonIn) { in.Lesson = content.LessonID(s.unit) }, fault.NotFound)
	s.write(func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.SetContentStatus(ctx, db.SetContentStatusParams{SchoolID: string(s.id), ID: string(s.lesson("l2")), Status: "withdrawn"})
		return err
	})
	ask(s.okafor, func(in *InviteLessonIn) { in.Lesson = s.lesson("l2") }, fault.Conflict)
	do(s, EndUnit, s.okafor, EndUnitIn{Op: Op{newOp()}, ClassUnit: s.given})
	ask(s.okafor, func(*InviteLessonIn) {}, fault.Conflict)
}

func (s *school) addFile(who access.Actor, kind string) string {
	return do(s, AddFile, who, AddFileIn{Op: Op{newOp()}, SHA256: strings.Repeat("ab", 32), Type: kind, Size: 10, Name: "x"}).File
}

func (s *school) lessonIn() AddLessonIn {
	return AddLessonIn{Op: Op{newOp()}, ClassUnit: s.given, Title: "Doubling in the kitchen", Skill: s.skill("a"), Minutes: 4,
		Checks: []LessonCheck{{Item: s.item("a-1")}, {Item: s.item("a-3")}}, Text: "## Two and two\n\nTake a **cup**."}
}

func TestAddLesson_TakesATextALinkOrAFilmAndInvitesAtOnce(t *testing.T) {
	s := newSchool(t, 1)
	get := func(id content.LessonID) (v *content.Lesson) {
		s.look(s.okafor, func(l *Look) (err error) {
			v, err = l.lesson(id)
			return err
		})
		return v
	}
	text := s.lessonIn()
	text.Before = &Before{"2026-11-25", "09:00"}
	out := do(s, AddLesson, s.okafor, text)
	v := get(out.Lesson)
	if v.Title != text.Title || len(v.Body.Nodes) != 2 || len(v.Checks) != 2 || v.Author != string(s.okafor.Person) || string(v.Objective) != s.ids["objective:o1"] {
		t.Errorf("the lesson is %s", mustJSON(v))
	}
	if rows := s.invitations(); len(rows) != 1 || rows[0].ID != out.ClassLesson || rows[0].LessonID != string(out.Lesson) {
		t.Errorf("the class is invited to %+v", rows)
	}
	link := s.lessonIn()
	link.Text, link.Link = "", "https://example.org/watch?v=1"
	if v := get(do(s, AddLesson, s.okafor, link).Lesson); v.Link != link.Link || v.Video != nil || !v.Body.Empty() {
		t.Errorf("the lesson is %s", mustJSON(v))
	}
	film := s.lessonIn()
	film.Text, film.Film = "", &FilmIn{File: s.addFile(s.okafor, "video/mp4"), Captions: s.addFile(s.okafor, "text/vtt"), Ms: 90_000}
	film.Checks[0].AtMs = 45_000
	if v := get(do(s, AddLesson, s.okafor, film).Lesson); v.Video.File != film.Film.File || v.Video.Captions != film.Film.Captions || v.Video.Ms != 90_000 || v.Checks[0].AtMs != 45_000 {
		t.Errorf("the lesson is %s", mustJSON(v))
	}
}

func TestAddLesson_RefusesAndSavesNothing(t *testing.T) {
	s := newSchool(t, 1)
	mine, theirs, picture := s.addFile(s.okafor, "video/mp4"), s.addFile(s.lin, "video/mp4"), s.addFile(s.okafor, "image/png")
	for _, c := range []struct {
		name   string
		change func(*AddLessonIn)
		kind   fault.Kind
		code   string
	}{
		{"nothing to learn from", func(in *AddLessonIn) { in.Text = "  " }, fault.Invalid, "fault.lesson.one_kind"},
		{"a text and a link", func(in *AddLessonIn) { in.Link = "https://example.org" }, fault.Invalid, "fault.lesson.one_kind"},
		{"a link without s", func(in *AddLessonIn) { in.Text, in.Link = "", "http://example.org" }, fault.Invalid, "fault.lesson.link"},
		{"a script for a link", func(in *AddLessonIn) { in.Text, in.Link = "", "javascript:alert(1)" }, fault.Invalid, "fault.lesson.link"},
		{"a password in the link", func(in *AddLessonIn) { in.Text, in.Link = "", "https://me:pw@example.org" }, fault.Invalid, "fault.lesson.link"},
		{"markup that cannot be read", func(in *AddLessonIn) { in.Text = "An **open end." }, fault.Invalid, ""},
		{"a drawn number", func(in *AddLessonIn) { in.Text = "Take [[n]] cups." }, fault.Invalid, ""},
		{"somebody else's picture", func(in *AddLessonIn) { in.Text = "!image " + theirs + " | A cup" }, fault.Invalid, "fault.doc.image_name"},
		{"a picture for a film", func(in *AddLessonIn) { in.Text, in.Film = "", &FilmIn{File: picture} }, fault.Invalid, "fault.lesson.film"},
		{"a film for captions", func(in *AddLessonIn) { in.Text, in.Film = "", &FilmIn{File: mine, Captions: mine} }, fault.Invalid, "fault.lesson.captions"},
		{"somebody else's film", func(in *AddLessonIn) { in.Text, in.Film = "", &FilmIn{File: theirs} }, fault.NotFound, ""},
		{"a film that is not there", func(in *AddLessonIn) { in.Text, in.Film = "", &FilmIn{File: newOp()} }, fault.NotFound, ""},
		{"a check of another skill", func(in *AddLessonIn) { in.Checks[0].Item = s.item("b-1") }, fault.Invalid, "fault.lesson.check"},
		{"the same check twice", func(in *AddLessonIn) { in.Checks[0] = in.Checks[1] }, fault.Invalid, "fault.lesson.check"},
		{"a check after the film's end", func(in *AddLessonIn) {
			in.Text, in.Film, in.Checks[0].AtMs = "", &FilmIn{File: mine, Ms: 1000}, 2000
		}, fault.Invalid, ""},
		{"a skill of no course here", func(in *AddLessonIn) { in.Skill = "018f0000-0000-7000-8000-000000000009" }, fault.Invalid, ""},
		{"a title of spaces", func(in *AddLessonIn) { in.Title = "   " }, fault.Invalid, ""},
		{"a day that is none", func(in *AddLessonIn) { in.Before = &Before{"2026-13-01", "09:00"} }, fault.Invalid, ""},
	} {
		in := s.lessonIn()
		c.change(&in)
		if code := refused(s, AddLesson, s.okafor, in, c.kind); c.code != "" && code != c.code {
			t.Errorf("%s: %s, want %s", c.name, code, c.code)
		}
	}
	refused(s, AddLesson, s.lin, s.lessonIn(), fault.NotFound)
	s.look(s.okafor, func(l *Look) error {
		rows, err := l.q.LessonsOfOwner(l.ctx, db.LessonsOfOwnerParams{SchoolID: string(s.id), OwnerID: string(s.okafor.Person)})
		if len(rows) != 0 {
			t.Errorf("%d lessons were saved", len(rows))
		}
		return err
	})
}

func TestFile_OpensForItsOwnerAndForTheClassThatIsInvited(t *testing.T) {
	s := newSchool(t, 1)
	film := s.lessonIn()
	film.Text, film.Film = "", &FilmIn{File: s.addFile(s.okafor, "video/mp4")}
	lesson := do(s, AddLesson, s.okafor, film).Lesson
	open := func(who access.Actor) error {
		_, err := Show(t.Context(), s.f, File, who, FileIn{ID: film.Film.File})
		return err
	}
	if err := open(s.okafor); err != nil {
		t.Error(err)
	}
	if err := open(s.learners[0]); !fault.Is(err, fault.NotFound) {
		t.Errorf("before the invitation a learner gets %v", err)
	}
	do(s, InviteLesson, s.okafor, InviteLessonIn{Op: Op{newOp()}, ClassUnit: s.given, Lesson: lesson, Before: Before{"2026-11-25", "09:00"}})
	if err := open(s.learners[0]); err != nil {
		t.Error(err)
	}
	for name, who := range map[string]access.Actor{"another teacher": s.lin, "an administrator": s.admin, "another school": {School: "x", Person: s.okafor.Person, Role: "teacher"}} {
		if err := open(who); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s gets %v", name, err)
		}
	}
}

func TestUseQuestion_TellsItsAuthorOnce(t *testing.T) {
	s := newSchool(t, 2)
	question := s.happens(evidence.Fact{Learner: s.learners[0].Person, Kind: evidence.KindQuestion,
		Question: &evidence.Question{Class: s.class, Lesson: s.lesson("l1"), Text: "Why twice?"}})
	topic := LearnerTopic(string(s.learners[0].Person))
	before := s.revs(topic)[topic]
	do(s, UseQuestion, s.okafor, UseQuestionIn{Op: Op{newOp()}, Question: question})
	do(s, UseQuestion, s.okafor, UseQuestionIn{Op: Op{newOp()}, Question: question})
	if got := s.revs(topic)[topic]; got != before+1 {
		t.Errorf("the author was told %d times", got-before)
	}
	refused(s, UseQuestion, s.lin, UseQuestionIn{Op: Op{newOp()}, Question: question}, fault.NotFound)
	refused(s, UseQuestion, s.learners[0], UseQuestionIn{Op: Op{newOp()}, Question: question}, fault.Forbidden)
}

func TestSetProposals_SwitchesTheClass(t *testing.T) {
	s := newSchool(t, 1)
	do(s, SetProposals, s.okafor, SetProposalsIn{Op: Op{newOp()}, Class: s.class, On: false})
	s.look(s.okafor, func(l *Look) error {
		row, err := l.q.Class(l.ctx, db.ClassParams{SchoolID: string(s.id), ID: string(s.class)})
		if row.Proposals {
			t.Error("proposals are still on")
		}
		return err
	})
	refused(s, SetProposals, s.lin, SetProposalsIn{Op: Op{newOp()}, Class: s.class}, fault.NotFound)
}
