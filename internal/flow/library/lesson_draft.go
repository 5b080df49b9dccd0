package library

import (
	"cmp"
	"math"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"kith/internal/content"
	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/item"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"
)

// LessonDraft is a lesson as its author types it: a film with its words, a link, or a text in doc markup.
type LessonDraft struct {
	Title     string            `json:"title" minLength:"1" maxLength:"240"`
	Objective skill.ObjectiveID `json:"objective,omitempty" maxLength:"36" doc:"empty = the first that has the first skill"`
	Skills    []skill.ID        `json:"skills" minItems:"1" maxItems:"40"`
	Minutes   int               `json:"minutes" minimum:"1" maximum:"240"`
	Checks    []LessonCheck     `json:"checks" maxItems:"60"`
	Film      *FilmIn           `json:"film,omitempty"`
	Link      string            `json:"link,omitempty" maxLength:"2000"`
	Text      string            `json:"text,omitempty" maxLength:"300000" doc:"beside a film, what is said in it"`
}

// FilmIn is an uploaded film, or the one that the lesson has. Ms is its length as the device measured it, 0 when it could not.
type FilmIn struct {
	File     string `json:"file" minLength:"1" maxLength:"300"`
	Captions string `json:"captions,omitempty" maxLength:"300"`
	Poster   string `json:"poster,omitempty" maxLength:"300"`
	Ms       int64  `json:"ms" minimum:"0" maximum:"14400000"`
}

// LessonCheck is an item asked in a lesson: at an instant of the film, or after so many blocks of the text; 0 = at the end.
type LessonCheck struct {
	Item       item.ID `json:"item" minLength:"36" maxLength:"36"`
	AtMs       int64   `json:"at_ms,omitempty" minimum:"0"`
	AfterBlock int     `json:"after_block,omitempty" minimum:"0"`
}

// draftOfLesson is a lesson as its author would type it, without checks whose items were taken down: nobody is asked those.
func draftOfLesson(l *flow.Look, v *content.Lesson) (LessonDraft, error) {
	d := LessonDraft{Title: v.Title, Objective: v.Objective, Skills: v.Skills, Minutes: max(1, v.Minutes), Checks: []LessonCheck{}, Link: v.Link, Text: doc.Format(v.Body)}
	if f := v.Video; f != nil {
		d.Film = &FilmIn{File: f.File, Captions: f.Captions, Poster: f.Poster, Ms: f.Ms}
	}
	for _, c := range v.Checks {
		row, ok, err := store.Optional(l.Q().ItemForAnswer(l.Ctx(), db.ItemForAnswerParams{SchoolID: l.School(), ID: string(c.Item)}))
		if err != nil {
			return d, err
		}
		if ok && row.Status == string(content.Published) {
			d.Checks = append(d.Checks, LessonCheck{c.Item, c.AtMs, c.AfterBlock})
		}
	}
	return d, nil
}

// lesson checks a draft and makes the lesson's facts, without id, version and author. was is what it is a change of, whose files
// and items it may keep; c its course.
func (d LessonDraft) lesson(a *flow.Act, body doc.Doc, was *content.Lesson, c *Course) (v content.Lesson, err error) {
	title := strings.Join(strings.Fields(d.Title), " ")
	if title == "" || utf8.RuneCountInString(title) > maxLessonTitle {
		return v, fault.Invalidf("title", "a title has 1 to %d letters", maxLessonTitle)
	}
	for i, id := range d.Skills {
		if _, ok := c.Skill[id]; !ok || slices.Contains(d.Skills[:i], id) {
			return v, fault.Invalidf("skills", "each is a skill of this unit's course, and stands once")
		}
	}
	v = content.Lesson{Title: title, Objective: d.Objective, Skills: d.Skills, Minutes: d.Minutes, Body: body}
	at := slices.IndexFunc(c.Objectives, func(o skill.Objective) bool {
		return o.ID == d.Objective || d.Objective == "" && slices.Contains(o.Skills, d.Skills[0])
	})
	switch {
	case at >= 0:
		v.Objective = c.Objectives[at].ID
	case d.Objective != "":
		return v, fault.Invalidf("objective", "the objective is not of this unit's course")
	}
	if d.Link != "" {
		if v.Link, err = checkLink(d.Link); err != nil {
			return v, err
		}
	}
	if d.Film != nil {
		if v.Video, err = d.Film.film(a, was.Video); err != nil {
			return v, err
		}
	}
	kept := was.Body.Images()
	for _, name := range v.Body.Images() {
		if slices.Contains(kept, name) {
			continue
		}
		if row, err := ownFile(a, name); err != nil || !strings.HasPrefix(row.Type, "image/") {
			return v, fault.New(fault.Invalid, "fault.doc.image_name", "line", 0, "name", name)
		}
	}
	v.Checks, err = d.checks(a, was, len(body.Nodes))
	return v, err
}

// checkLink lets an address through that opens beside Kith: https, a host, nobody's password.
func checkLink(link string) (string, error) {
	u, err := url.Parse(strings.TrimSpace(link))
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || len(link) > maxLink {
		return "", fault.New(fault.Invalid, "fault.lesson.link")
	}
	return u.String(), nil
}

// film is what a film becomes; files that the lesson has already are kept, whoever sent them.
func (in FilmIn) film(a *flow.Act, was *content.Video) (*content.Video, error) {
	if in.Ms < 0 || in.Ms > maxVideoMs {
		return nil, fault.Invalidf("ms", "a film has up to four hours, not %d ms", in.Ms)
	}
	if was == nil {
		was = &content.Video{}
	}
	v := &content.Video{File: was.File, Type: was.Type, Ms: cmp.Or(was.Ms, in.Ms)}
	if in.File != was.File {
		row, err := ownFile(a, in.File)
		if err != nil {
			return nil, err
		}
		if !strings.HasPrefix(row.Type, "video/") {
			return nil, fault.New(fault.Invalid, "fault.lesson.film", "type", row.Type)
		}
		v.File, v.Type, v.Ms = row.ID, row.Type, in.Ms
	}
	v.Captions, v.Poster = in.Captions, in.Poster
	if in.Captions != "" && in.Captions != was.Captions {
		if row, err := ownFile(a, in.Captions); err != nil {
			return nil, err
		} else if row.Type != "text/vtt" {
			return nil, fault.New(fault.Invalid, "fault.lesson.captions", "type", row.Type)
		}
	}
	if in.Poster != "" && in.Poster != was.Poster {
		if row, err := ownFile(a, in.Poster); err != nil {
			return nil, err
		} else if !strings.HasPrefix(row.Type, "image/") {
			return nil, fault.New(fault.Invalid, "fault.lesson.poster", "type", row.Type)
		}
	}
	return v, nil
}

// ownFile is a file that the actor uploaded. Errors: NotFound.
func ownFile(a *flow.Act, id string) (db.File, error) {
	row, err := a.Q().File(a.Ctx(), db.FileParams{SchoolID: a.School(), ID: id})
	if err == nil && row.OwnerID != flow.ActorKey(a.Who()) {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	return row, err
}

// checks are the items that are asked, in the order in which a learner meets them: each asks one of the skills, or was asked here
// before. blocks is how many the text has.
func (d LessonDraft) checks(a *flow.Act, was *content.Lesson, blocks int) ([]content.Check, error) {
	if most := max(maxChecks, len(was.Checks)); len(d.Checks) > most {
		return nil, fault.New(fault.Invalid, "fault.lesson.checks", "most", most, "n", len(d.Checks))
	}
	var may []item.ID
	for _, id := range d.Skills {
		items, err := Items(a.Look, id)
		if err != nil {
			return nil, err
		}
		for _, it := range items {
			may = append(may, it.ID)
		}
	}
	var out []content.Check
	for i, c := range d.Checks {
		fits := slices.Contains(may, c.Item)
		if !fits && slices.Contains(was.Asks(), c.Item) {
			row, ok, err := store.Optional(a.Q().ItemForAnswer(a.Ctx(), db.ItemForAnswerParams{SchoolID: a.School(), ID: string(c.Item)}))
			if err != nil {
				return nil, err
			}
			fits = ok && row.Status == string(content.Published)
		}
		if !fits || slices.ContainsFunc(out, func(o content.Check) bool { return o.Item == c.Item }) {
			return nil, fault.New(fault.Invalid, "fault.lesson.check", "n", i+1)
		}
		switch {
		case c.AtMs > 0 && (d.Film == nil || d.Film.Ms > 0 && c.AtMs > d.Film.Ms):
			return nil, fault.New(fault.Invalid, "fault.lesson.instant", "n", i+1)
		case c.AfterBlock > 0 && (d.Film != nil || c.AfterBlock > blocks):
			return nil, fault.New(fault.Invalid, "fault.lesson.block", "n", i+1)
		}
		out = append(out, content.Check{AtMs: c.AtMs, AfterBlock: c.AfterBlock, Item: c.Item})
	}
	slices.SortStableFunc(out, func(x, y content.Check) int {
		return cmp.Or(cmp.Compare(place(x.AtMs), place(y.AtMs)), cmp.Compare(place(int64(x.AfterBlock)), place(int64(y.AfterBlock))))
	})
	return out, nil
}

// place is where a check stands among others: 0 is the end.
func place(n int64) int64 {
	if n == 0 {
		return math.MaxInt64
	}
	return n
}
