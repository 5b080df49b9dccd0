package library

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/item"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// Bounds of a teacher's own lesson.
const (
	maxLessonTitle = 120
	maxLink        = 2000
	maxChecks      = 2
	maxVideoMs     = 4 * 3_600_000
)

// AddLessonIn is a teacher's own lesson: a film, or a link, or a text in doc markup; one skill; at most two of its items as
// checks. With Before the class is invited to it at once.
type AddLessonIn struct {
	flow.Op
	ClassUnit string        `json:"class_unit" minLength:"36" maxLength:"36"`
	Title     string        `json:"title" minLength:"1" maxLength:"240"`
	Skill     skill.ID      `json:"skill" minLength:"36" maxLength:"36"`
	Minutes   int           `json:"minutes" minimum:"1" maximum:"120"`
	Checks    []LessonCheck `json:"checks" maxItems:"2"`
	Film      *FilmIn       `json:"film,omitempty"`
	Link      string        `json:"link,omitempty" maxLength:"2000"`
	Text      string        `json:"text,omitempty" maxLength:"60000"`
	Before    *Before       `json:"before,omitempty"`

	body doc.Doc // Text, read
}

// FilmIn is an uploaded film. Ms is its length as the device measured it, 0 when it could not.
type FilmIn struct {
	File     string `json:"file" minLength:"36" maxLength:"36"`
	Captions string `json:"captions,omitempty" maxLength:"36"`
	Ms       int64  `json:"ms" minimum:"0" maximum:"14400000"`
}

// LessonCheck is an item asked in a lesson. AtMs is an instant of the film, 0 = at the end.
type LessonCheck struct {
	Item item.ID `json:"item" minLength:"36" maxLength:"36"`
	AtMs int64   `json:"at_ms,omitempty" minimum:"0"`
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
	title := strings.Join(strings.Fields(in.Title), " ")
	if title == "" || utf8.RuneCountInString(title) > maxLessonTitle {
		return v, "", fault.Invalidf("title", "a title has 1 to %d letters", maxLessonTitle)
	}
	u, err := UnitVersion(a.Look, content.UnitID(unit.UnitID), unit.UnitVersion)
	if err != nil {
		return v, "", err
	}
	c, err := CourseVersion(a.Look, u.Course, u.CourseVersion)
	if err != nil {
		return v, "", err
	}
	if _, ok := c.Skill[in.Skill]; !ok {
		return v, "", fault.Invalidf("skill", "the skill is not of this unit's course")
	}
	v = content.Lesson{ID: content.LessonID(a.NewID()), Version: 1, Title: title, Skills: []skill.ID{in.Skill}, Minutes: in.Minutes, Body: in.body, Author: flow.ActorKey(a.Who())}
	v.Code = "own/" + string(v.ID)
	for _, o := range c.Objectives {
		if slices.Contains(o.Skills, in.Skill) {
			v.Objective = o.ID
			break
		}
	}
	if in.Link != "" {
		if v.Link, err = checkLink(in.Link); err != nil {
			return v, "", err
		}
	}
	if in.Film != nil {
		if v.Video, err = film(a, *in.Film); err != nil {
			return v, "", err
		}
	}
	for _, name := range v.Body.Images() {
		if row, err := ownFile(a, name); err != nil || !strings.HasPrefix(row.Type, "image/") {
			return v, "", fault.New(fault.Invalid, "fault.doc.image_name", "line", 0, "name", name)
		}
	}
	v.Checks, err = lessonChecks(a, in)
	return v, string(u.Course), err
}

// checkLink lets an address through that opens beside Kith: https, a host, nobody's password.
func checkLink(link string) (string, error) {
	u, err := url.Parse(strings.TrimSpace(link))
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || len(link) > maxLink {
		return "", fault.New(fault.Invalid, "fault.lesson.link")
	}
	return u.String(), nil
}

func film(a *flow.Act, in FilmIn) (*content.Video, error) {
	if in.Ms < 0 || in.Ms > maxVideoMs {
		return nil, fault.Invalidf("ms", "a film has up to four hours, not %d ms", in.Ms)
	}
	row, err := ownFile(a, in.File)
	if err != nil {
		return nil, err
	}
	if !strings.HasPrefix(row.Type, "video/") {
		return nil, fault.New(fault.Invalid, "fault.lesson.film", "type", row.Type)
	}
	v := &content.Video{File: row.ID, Type: row.Type, Ms: in.Ms}
	if in.Captions == "" {
		return v, nil
	}
	row, err = ownFile(a, in.Captions)
	if err == nil && row.Type != "text/vtt" {
		err = fault.New(fault.Invalid, "fault.lesson.captions", "type", row.Type)
	}
	v.Captions = row.ID
	return v, err
}

// ownFile is a file that the actor uploaded. Errors: NotFound.
func ownFile(a *flow.Act, id string) (db.File, error) {
	row, err := a.Q().File(a.Ctx(), db.FileParams{SchoolID: a.School(), ID: id})
	if err == nil && row.OwnerID != flow.ActorKey(a.Who()) {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	return row, err
}

func lessonChecks(a *flow.Act, in AddLessonIn) ([]content.Check, error) {
	if len(in.Checks) > maxChecks {
		return nil, fault.Invalidf("checks", "at most %d, got %d", maxChecks, len(in.Checks))
	}
	items, err := Items(a.Look, in.Skill)
	if err != nil {
		return nil, err
	}
	var out []content.Check
	for _, c := range in.Checks {
		is := func(it item.Item) bool { return it.ID == c.Item }
		twice := slices.ContainsFunc(out, func(o content.Check) bool { return o.Item == c.Item })
		if !slices.ContainsFunc(items, is) || twice {
			return nil, fault.New(fault.Invalid, "fault.lesson.check")
		}
		if c.AtMs > 0 && (in.Film == nil || c.AtMs > in.Film.Ms) {
			return nil, fault.Invalidf("at_ms", "the film has no instant %d ms", c.AtMs)
		}
		out = append(out, content.Check{AtMs: c.AtMs, Item: c.Item})
	}
	return out, nil
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
	for i, s := range v.Skills {
		if err := a.Q().LinkSkill(a.Ctx(), db.LinkSkillParams{SchoolID: a.School(), SkillID: string(s), ContentID: string(v.ID), Kind: "lesson", Main: i == 0}); err != nil {
			return err
		}
	}
	return nil
}
