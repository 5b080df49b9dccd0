package library

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/item"
	"kith/internal/outline"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// ChangeLessonIn is what becomes of a lesson. Version is the one that was changed.
type ChangeLessonIn struct {
	flow.Op
	Class   roster.ClassID   `json:"class" minLength:"36" maxLength:"36"`
	Lesson  content.LessonID `json:"lesson" minLength:"36" maxLength:"36"`
	Version int              `json:"version" minimum:"1"`
	Draft   LessonDraft      `json:"draft"`

	body doc.Doc // Draft.Text, read
}

// LessonOut names a lesson and its current version.
type LessonOut struct {
	Lesson  content.LessonID `json:"lesson"`
	Version int              `json:"version"`
}

// readDraft makes the text's tree ahead of the transaction, as readLessonText does.
func readDraft(in ChangeLessonIn) (ChangeLessonIn, error) {
	d := in.Draft
	text := strings.TrimSpace(d.Text) != ""
	switch {
	case d.Film != nil && d.Link != "":
		return in, fault.New(fault.Invalid, "fault.lesson.content", "n", 2)
	case d.Film == nil && d.Link == "" && !text:
		return in, fault.New(fault.Invalid, "fault.lesson.content", "n", 0)
	case !text:
		return in, nil
	}
	var err error
	in.body, err = ReadText(d.Text)
	return in, err
}

// EditLesson publishes a further version of a teacher's own lesson, for every class that meets it. Who has it open goes on with what
// they have, and meets the new one next time; what they did counts. A draft that changes nothing makes no version. Errors: NotFound,
// Forbidden (somebody else's, or a course's: those are copied), Conflict (it was changed meanwhile, or taken down), Invalid.
var EditLesson = flow.Verb[ChangeLessonIn, LessonOut]{
	Name:  "edit_lesson",
	Rule:  access.Allow(access.TeacherOf),
	About: func(_ *flow.Look, in ChangeLessonIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Shard: func(in ChangeLessonIn, who access.Actor) string { return string(in.Lesson) },
	Ahead: readDraft,
	Do: func(a *flow.Act, in ChangeLessonIn) (LessonOut, error) {
		row, was, c, err := toChange(a.Look, in)
		if err != nil {
			return LessonOut{}, err
		}
		if !mine(a.Look, row) {
			return LessonOut{}, fault.New(fault.Forbidden, "fault.lesson.not_yours")
		}
		v, err := in.Draft.lesson(a, in.body, was, c)
		if err != nil {
			return LessonOut{}, err
		}
		v.ID, v.Version, v.Code, v.Author, v.Attribution, v.Of = was.ID, in.Version+1, was.Code, was.Author, was.Attribution, was.Of
		same, err := alike(*was, v)
		if err != nil || same {
			return LessonOut{was.ID, in.Version}, err
		}
		v = was.Becomes(v, a.Now())
		if err := raiseContent(a, row, v.Title, v.Version, v); err != nil {
			return LessonOut{}, err
		}
		if err := linkSkills(a, v); err != nil {
			return LessonOut{}, err
		}
		out := LessonOut{v.ID, v.Version}
		return out, tellClasses(a, in.Class, v.ID, out)
	},
}

// alike reports whether a draft leaves a lesson as it is.
func alike(was, v content.Lesson) (bool, error) {
	for _, x := range []*content.Lesson{&was, &v} {
		x.Version, x.ChangedMs, x.Past = 0, 0, nil
		if x.Video != nil {
			film := *x.Video
			film.Since, film.SinceMs = 0, 0
			x.Video = &film
		}
	}
	a, err := json.Marshal(was)
	if err != nil {
		return false, err
	}
	b, err := json.Marshal(v)
	return string(a) == string(b), err
}

// CopyLesson makes a changed copy of a lesson that is not the teacher's. It takes the other's place in this class: in its units,
// each by a further version that the class goes on with, and in its invitations. Other classes keep what they have. Errors: NotFound,
// Forbidden (the licence allows no changed copies; the lesson is the teacher's own), Conflict, Invalid.
var CopyLesson = flow.Verb[ChangeLessonIn, LessonOut]{
	Name:  "copy_lesson",
	Rule:  access.Allow(access.TeacherOf),
	About: func(_ *flow.Look, in ChangeLessonIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Shard: func(in ChangeLessonIn, who access.Actor) string { return "course" }, // it makes versions of units, as an outline does
	Ahead: readDraft,
	Do: func(a *flow.Act, in ChangeLessonIn) (LessonOut, error) {
		row, was, c, err := toChange(a.Look, in)
		if err != nil {
			return LessonOut{}, err
		}
		switch {
		case mine(a.Look, row):
			return LessonOut{}, fault.New(fault.Forbidden, "fault.lesson.yours")
		case was.Attribution.NoDerivatives():
			return LessonOut{}, fault.New(fault.Forbidden, "fault.lesson.bound", "licence", was.Attribution.Licence)
		}
		v, err := in.Draft.lesson(a, in.body, was, c)
		if err != nil {
			return LessonOut{}, err
		}
		v.ID, v.Version, v.Author = content.LessonID(a.NewID()), 1, flow.ActorKey(a.Who())
		v.Code, v.Attribution, v.Of = "own/"+string(v.ID), changedHere(was.Attribution), append(slices.Clone(was.Of), was.ID)
		v = was.Becomes(v, a.Now())
		if err := saveLesson(a, v, row.CourseID); err != nil {
			return LessonOut{}, err
		}
		if err := replaceIn(a, in.Class, was.ID, v.ID); err != nil {
			return LessonOut{}, err
		}
		out := LessonOut{v.ID, v.Version}
		return out, a.TellClass(in.Class, "lesson", out)
	},
}

// changedHere is where a copy came from, and that it was changed: licences ask for both.
func changedHere(from *item.Attribution) *item.Attribution {
	if from == nil {
		return nil
	}
	out := *from
	out.Changed = true
	return &out
}

// beside are differences between a class's unit and a newer version over which a class may go on with its own: what needs what is
// the course's, and lessons are what another class has copied for itself.
var beside = map[outline.Kind]bool{outline.NeedIn: true, outline.NeedOut: true, outline.PartChanged: true}

// replaceIn puts a lesson in another's place in a class: in its units and in its invitations. Errors: Conflict (the unit's outline has
// a newer version, which the class takes first).
func replaceIn(a *flow.Act, class roster.ClassID, was, now content.LessonID) error {
	units, err := a.Q().UnitsOfClass(a.Ctx(), db.UnitsOfClassParams{SchoolID: a.School(), ClassID: string(class)})
	if err != nil {
		return err
	}
	for _, r := range units {
		u, err := UnitVersion(a.Look, content.UnitID(r.UnitID), r.UnitVersion)
		if err != nil {
			return err
		}
		next := *u
		next.Parts, next.Aside = slices.Clone(u.Parts), slices.Clone(u.Aside)
		found := false
		for _, parts := range [][]content.Part{next.Parts, next.Aside} {
			for i := range parts {
				if parts[i].Lesson == was {
					parts[i].Lesson, found = now, true
				}
			}
		}
		if !found {
			continue
		}
		later, err := Newer(a.Look, r)
		if err != nil {
			return err
		}
		if later != nil && slices.ContainsFunc(later.Changes, func(c outline.Change) bool { return !beside[c.Kind] }) {
			return fault.New(fault.Conflict, "fault.outline.older", "unit", u.Title)
		}
		row, err := a.Q().Content(a.Ctx(), db.ContentParams{SchoolID: a.School(), ID: r.UnitID})
		if err != nil {
			return err
		}
		current, err := UnitVersion(a.Look, content.UnitID(r.UnitID), row.CurrentVersion)
		if err != nil {
			return err
		}
		next.Version, next.CourseVersion = int(row.CurrentVersion)+1, current.CourseVersion
		if err := raiseContent(a, row, next.Title, next.Version, next); err != nil {
			return err
		}
		if _, err := a.Q().SetClassUnitVersion(a.Ctx(), db.SetClassUnitVersionParams{SchoolID: a.School(), ID: r.ID, UnitVersion: int64(next.Version)}); err != nil {
			return err
		}
	}
	open, err := a.Q().LessonsOfClass(a.Ctx(), db.LessonsOfClassParams{SchoolID: a.School(), ClassID: string(class)})
	if err != nil {
		return err
	}
	for _, r := range open {
		if r.LessonID != string(was) {
			continue
		}
		if _, err := a.Q().EndClassLesson(a.Ctx(), db.EndClassLessonParams{SchoolID: a.School(), ID: r.ID, EndedMs: a.Now()}); err != nil {
			return err
		}
		if err := a.Q().InviteToLesson(a.Ctx(), db.InviteToLessonParams{SchoolID: a.School(), ID: a.NewID(), ClassID: r.ClassID, ClassUnitID: r.ClassUnitID,
			LessonID: string(now), BeforeOn: r.BeforeOn, BeforeAt: r.BeforeAt, ByID: flow.ActorKey(a.Who()), AtMs: a.Now()}); err != nil {
			return err
		}
	}
	return nil
}

// LessonRef names a lesson of a class.
type LessonRef struct {
	flow.Op
	Class  roster.ClassID   `json:"class" minLength:"36" maxLength:"36"`
	Lesson content.LessonID `json:"lesson" minLength:"36" maxLength:"36"`
}

// TakeLesson takes a teacher's own lesson down: it leaves every class, and invitations to it end. Who opens it reads why; what was
// done in it stays. Errors: NotFound, Forbidden (somebody else's, or a course's), Conflict (it was taken down already).
var TakeLesson = flow.Verb[LessonRef, flow.DoneOut]{
	Name:  "take_lesson",
	Rule:  access.Allow(access.TeacherOf),
	About: func(_ *flow.Look, in LessonRef) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Shard: func(in LessonRef, who access.Actor) string { return string(in.Lesson) },
	Do: func(a *flow.Act, in LessonRef) (flow.DoneOut, error) {
		if err := ownLessonIs(a.Look, in, content.Published, "fault.lesson.gone"); err != nil {
			return flow.DoneOut{}, err
		}
		if _, err := a.Q().SetContentStatus(a.Ctx(), db.SetContentStatusParams{SchoolID: a.School(), ID: string(in.Lesson), Status: string(content.Withdrawn)}); err != nil {
			return flow.DoneOut{}, err
		}
		if err := tellClasses(a, in.Class, in.Lesson, LessonOut{Lesson: in.Lesson}); err != nil {
			return flow.DoneOut{}, err
		}
		open, err := a.Q().ClassLessonsOfLesson(a.Ctx(), db.ClassLessonsOfLessonParams{SchoolID: a.School(), LessonID: string(in.Lesson)})
		for _, r := range open {
			if _, err := a.Q().EndClassLesson(a.Ctx(), db.EndClassLessonParams{SchoolID: a.School(), ID: r.ID, EndedMs: a.Now()}); err != nil {
				return flow.DoneOut{}, err
			}
		}
		return flow.DoneOut{Done: true}, err
	},
}

// PutLesson puts a lesson back that was taken down. Units have it again; a class is invited anew. Errors: NotFound, Forbidden,
// Conflict (it is there).
var PutLesson = flow.Verb[LessonRef, flow.DoneOut]{
	Name:  "put_lesson",
	Rule:  access.Allow(access.TeacherOf),
	About: func(_ *flow.Look, in LessonRef) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Shard: func(in LessonRef, who access.Actor) string { return string(in.Lesson) },
	Do: func(a *flow.Act, in LessonRef) (flow.DoneOut, error) {
		if err := ownLessonIs(a.Look, in, content.Withdrawn, "fault.lesson.there"); err != nil {
			return flow.DoneOut{}, err
		}
		if _, err := a.Q().SetContentStatus(a.Ctx(), db.SetContentStatusParams{SchoolID: a.School(), ID: string(in.Lesson), Status: string(content.Published)}); err != nil {
			return flow.DoneOut{}, err
		}
		return flow.DoneOut{Done: true}, tellClasses(a, in.Class, in.Lesson, LessonOut{Lesson: in.Lesson})
	},
}

// ownLessonIs refuses what is not the actor's own lesson, in a class of its course, with a status. Errors: NotFound, Forbidden,
// Conflict with a code.
func ownLessonIs(l *flow.Look, in LessonRef, status content.Status, code string) error {
	row, _, err := lessonOfClass(l, in.Class, in.Lesson)
	switch {
	case err != nil:
		return err
	case !mine(l, row):
		return fault.New(fault.Forbidden, "fault.lesson.not_yours")
	case row.Status != string(status):
		return fault.New(fault.Conflict, code)
	}
	return nil
}

// mine reports whether a lesson is the actor's own.
func mine(l *flow.Look, row db.Content) bool {
	return row.OwnerID != "" && row.OwnerID == flow.ActorKey(l.Who())
}

// lessonOfClass is a lesson that a class can meet, with the course of it as it is now: one of a course that the class has a unit of,
// which is the course's own, the actor's, or one that the class meets. Errors: NotFound.
func lessonOfClass(l *flow.Look, class roster.ClassID, id content.LessonID) (db.Content, *Course, error) {
	none := fault.New(fault.NotFound, "fault.not_found")
	row, err := l.Q().Content(l.Ctx(), db.ContentParams{SchoolID: l.School(), ID: string(id)})
	if err != nil {
		return row, nil, err
	}
	if row.Kind != "lesson" {
		return row, nil, none
	}
	given, err := l.Q().UnitsOfClass(l.Ctx(), db.UnitsOfClassParams{SchoolID: l.School(), ClassID: string(class)})
	if err != nil {
		return row, nil, err
	}
	if in, err := givenIn(l, given, skill.CourseID(row.CourseID)); err != nil || in == "" {
		if err == nil {
			err = none
		}
		return row, nil, err
	}
	if row.OwnerID != "" && !mine(l, row) {
		shown, err := ShownIn(l, class)
		if err == nil && !slices.Contains(shown, id) {
			err = none
		}
		if err != nil {
			return row, nil, err
		}
	}
	course, err := l.Q().Content(l.Ctx(), db.ContentParams{SchoolID: l.School(), ID: row.CourseID})
	if err != nil {
		return row, nil, err
	}
	c, err := CourseVersion(l, skill.CourseID(row.CourseID), int(course.CurrentVersion))
	return row, c, err
}

// toChange is a lesson that stands as it did when it was looked at. Errors: NotFound, Conflict.
func toChange(l *flow.Look, in ChangeLessonIn) (db.Content, *content.Lesson, *Course, error) {
	row, c, err := lessonOfClass(l, in.Class, in.Lesson)
	switch {
	case err != nil:
		return row, nil, nil, err
	case row.Status != string(content.Published):
		return row, nil, nil, fault.New(fault.Conflict, "fault.lesson.taken")
	case row.CurrentVersion != int64(in.Version):
		return row, nil, nil, fault.New(fault.Conflict, "fault.lesson.moved")
	}
	was, err := LessonVersion(l, in.Lesson, row.CurrentVersion)
	return row, was, c, err
}

// raiseContent makes a further version of content the current one.
func raiseContent(a *flow.Act, row db.Content, title string, version int, of any) error {
	body, err := json.Marshal(of)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(body)
	if err := a.Q().AddContentVersion(a.Ctx(), db.AddContentVersionParams{SchoolID: a.School(), ID: row.ID, Version: int64(version), Body: string(body),
		BodyHash: hex.EncodeToString(sum[:]), MadeMs: a.Now()}); err != nil {
		return err
	}
	_, err = a.Q().RaiseContent(a.Ctx(), db.RaiseContentParams{SchoolID: a.School(), ID: row.ID, CurrentVersion: int64(version), Title: title})
	return err
}

// linkSkills files a lesson under its skills, and under no others.
func linkSkills(a *flow.Act, v content.Lesson) error {
	if err := a.Q().UnlinkSkills(a.Ctx(), db.UnlinkSkillsParams{SchoolID: a.School(), ContentID: string(v.ID)}); err != nil {
		return err
	}
	for i, s := range v.Skills {
		if err := a.Q().LinkSkill(a.Ctx(), db.LinkSkillParams{SchoolID: a.School(), SkillID: string(s), ContentID: string(v.ID), Kind: "lesson", Main: i == 0}); err != nil {
			return err
		}
	}
	return nil
}

// tellClasses announces a change of a lesson to a class and to every other that is invited to it.
func tellClasses(a *flow.Act, class roster.ClassID, lesson content.LessonID, out LessonOut) error {
	open, err := a.Q().ClassLessonsOfLesson(a.Ctx(), db.ClassLessonsOfLessonParams{SchoolID: a.School(), LessonID: string(lesson)})
	if err != nil {
		return err
	}
	told := []string{string(class)}
	for _, r := range open {
		if !slices.Contains(told, r.ClassID) {
			told = append(told, r.ClassID)
		}
	}
	for _, c := range told {
		if err := a.TellClass(roster.ClassID(c), "lesson", out); err != nil {
			return err
		}
	}
	return nil
}
