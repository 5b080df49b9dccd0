package library

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"

	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// Bounds of a teacher's own lesson.
const (
	maxLessonTitle = 120
	maxLink        = 2000
	maxChecks      = 12
	pickedChecks   = 2 // that are chosen already in a new one
	maxVideoMs     = 4 * 3_600_000
)

// AddLessonIn is a teacher's own lesson: a film, or a link, or a text in doc markup; one skill; some of its items as
// checks. With Before the class is invited to it at once.
type AddLessonIn struct {
	flow.Op
	ClassUnit string        `json:"class_unit" minLength:"36" maxLength:"36"`
	Title     string        `json:"title" minLength:"1" maxLength:"240"`
	Skill     skill.ID      `json:"skill" minLength:"36" maxLength:"36"`
	Minutes   int           `json:"minutes" minimum:"1" maximum:"240"`
	Checks    []LessonCheck `json:"checks" maxItems:"12"`
	Film      *FilmIn       `json:"film,omitempty"`
	Link      string        `json:"link,omitempty" maxLength:"2000"`
	Text      string        `json:"text,omitempty" maxLength:"60000"`
	Before    *Before       `json:"before,omitempty"`

	body doc.Doc // Text, read
}

// AddLessonOut names the lesson, and the invitation when there is one.
type AddLessonOut struct {
	Lesson      content.LessonID `json:"lesson"`
	ClassLesson string           `json:"class_lesson,omitempty"`
}

// AddLesson makes a teacher's own lesson. Errors: NotFound (no such class unit of this teacher; a file that is not theirs),
// Invalid (no content or two kinds of it, a link that is not https, a file of a wrong type, markup that cannot be read, a
// check that does not ask the skill), Conflict (the unit was taken back).
var AddLesson = flow.Verb[AddLessonIn, AddLessonOut]{
	Name: "add_lesson",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *flow.Look, in AddLessonIn) (access.Subject, error) {
		return AboutClassUnit(l, in.ClassUnit)
	},
	Shard: func(in AddLessonIn, who access.Actor) string { return in.ClassUnit },
	Ahead: readLessonText,
	Do: func(a *flow.Act, in AddLessonIn) (AddLessonOut, error) {
		unit, err := a.Q().ClassUnit(a.Ctx(), db.ClassUnitParams{SchoolID: a.School(), ID: in.ClassUnit})
		if err != nil {
			return AddLessonOut{}, err
		}
		if unit.EndedMs > 0 {
			return AddLessonOut{}, fault.New(fault.Conflict, "fault.unit.ended")
		}
		v, courseID, err := ownLesson(a, in, unit)
		if err != nil {
			return AddLessonOut{}, err
		}
		if err := saveLesson(a, v, courseID); err != nil {
			return AddLessonOut{}, err
		}
		out := AddLessonOut{Lesson: v.ID}
		if in.Before == nil {
			a.Announce(flow.ClassTopic(unit.ClassID), "lesson", out)
			return out, nil
		}
		invited, err := invite(a, unit, v.ID, *in.Before)
		out.ClassLesson = invited.ClassLesson
		return out, err
	},
}

// readLessonText makes the text's tree ahead of the transaction: formulas take a millisecond each.
func readLessonText(in AddLessonIn) (AddLessonIn, error) {
	kinds := 0
	for _, has := range []bool{in.Film != nil, in.Link != "", strings.TrimSpace(in.Text) != ""} {
		if has {
			kinds++
		}
	}
	if kinds != 1 {
		return in, fault.New(fault.Invalid, "fault.lesson.one_kind", "n", kinds)
	}
	if strings.TrimSpace(in.Text) == "" {
		return in, nil
	}
	var err error
	in.body, err = ReadText(in.Text)
	return in, err
}

// ReadText reads a text that is no item's, so that it has no drawn numbers. Errors: Invalid with the line.
func ReadText(markup string) (doc.Doc, error) {
	d, err := doc.Parse(markup, doc.Options{})
	if err != nil {
		return d, err
	}
	_, err = d.Draw(nil)
	return d, err
}

// ownLesson checks what a teacher gave and makes the lesson's facts.
func ownLesson(a *flow.Act, in AddLessonIn, unit db.ClassUnit) (v content.Lesson, courseID string, err error) {
	u, err := UnitVersion(a.Look, content.UnitID(unit.UnitID), unit.UnitVersion)
	if err != nil {
		return v, "", err
	}
	c, err := CourseVersion(a.Look, u.Course, u.CourseVersion)
	if err != nil {
		return v, "", err
	}
	d := LessonDraft{Title: in.Title, Skills: []skill.ID{in.Skill}, Minutes: in.Minutes, Checks: in.Checks, Film: in.Film, Link: in.Link}
	if v, err = d.lesson(a, in.body, &content.Lesson{}, c); err != nil {
		return v, "", err
	}
	v.ID, v.Version, v.Author = content.LessonID(a.NewID()), 1, flow.ActorKey(a.Who())
	v.Code = "own/" + string(v.ID)
	return v, string(u.Course), nil
}

// saveLesson writes the first version of a lesson.
func saveLesson(a *flow.Act, v content.Lesson, courseID string) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(body)
	if err := a.Q().AddContent(a.Ctx(), db.AddContentParams{SchoolID: a.School(), ID: string(v.ID), Kind: "lesson", CourseID: courseID, Code: v.Code, Title: v.Title,
		CurrentVersion: 1, Status: string(content.Published), OwnerID: v.Author, CreatedMs: a.Now()}); err != nil {
		return err
	}
	if err := a.Q().AddContentVersion(a.Ctx(), db.AddContentVersionParams{SchoolID: a.School(), ID: string(v.ID), Version: 1, Body: string(body),
		BodyHash: hex.EncodeToString(sum[:]), MadeMs: a.Now()}); err != nil {
		return err
	}
	return linkSkills(a, v)
}
