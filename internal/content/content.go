// Package content is what a course is made of besides its graph and its items: units, lessons, tasks and off-screen
// activities, each an immutable version.
//
// Place in the flow: layer 1, facts.
package content

import (
	"slices"

	"kith/internal/doc"
	"kith/internal/item"
	"kith/internal/skill"
)

// UnitID is a unit's stable id; LessonID a lesson's.
type UnitID string

// LessonID is a lesson's stable id.
type LessonID string

// Status says who may use a version: draft (its author), published (anyone it is given to), withdrawn (nobody new).
type Status string

const (
	Draft     Status = "draft"
	Published Status = "published"
	Withdrawn Status = "withdrawn"
)

// Unit is one version of a unit: a task that comes first, then objectives, each with its own task, lesson and activity.
type Unit struct {
	ID            UnitID            `json:"id"`
	Version       int               `json:"version"`
	Code          string            `json:"code"`
	Title         string            `json:"title"`
	Course        skill.CourseID    `json:"course"`
	CourseVersion int               `json:"course_version"`
	Task          Task              `json:"task"`
	Parts         []Part            `json:"parts"`           // one an objective, in teaching order
	Aside         []Part            `json:"aside,omitempty"` // left out of the unit, kept whole to be put back
	Attribution   *item.Attribution `json:"attribution,omitempty"`
}

// Part is what a unit holds for one objective. Lesson, Task and Activity may be empty (imported courses have none).
type Part struct {
	Objective skill.ObjectiveID `json:"objective"`
	Lesson    LessonID          `json:"lesson,omitempty"`
	Task      Task              `json:"task,omitzero"`
	Activity  Activity          `json:"activity,omitzero"`
	Talk      doc.Doc           `json:"talk,omitzero"` // a question for a pair or a small group
}

// Task is a performance task in the GRASPS frame (Wiggins and McTighe, 2005), shown before instruction.
type Task struct {
	Title     string   `json:"title,omitempty"`
	Goal      doc.Doc  `json:"goal,omitzero"`
	Role      doc.Doc  `json:"role,omitzero"`
	Roles     []Role   `json:"roles,omitempty"` // what a learner may choose to be
	Audience  doc.Doc  `json:"audience,omitzero"`
	Situation doc.Doc  `json:"situation,omitzero"`
	Product   doc.Doc  `json:"product,omitzero"`
	Standards []string `json:"standards,omitempty"` // what a good one shows, one sentence each
}

// Role is one job that a learner may pick in a task.
type Role struct {
	Code  string `json:"code"`
	Title string `json:"title"`
	Does  string `json:"does"`
}

// Activity is off-screen work that prints on one page.
type Activity struct {
	Title     string   `json:"title,omitempty"`
	Materials []string `json:"materials,omitempty"`
	Minutes   int      `json:"minutes,omitempty"`
	With      string   `json:"with,omitempty"` // alone, pair, group
	Steps     doc.Doc  `json:"steps,omitzero"`
	Bring     string   `json:"bring,omitempty"` // what to bring or show afterwards
}

// Lesson is one version of a lesson: a video, a text, or a link that opens beside Kith; with at most a few checks.
type Lesson struct {
	ID          LessonID          `json:"id"`
	Version     int               `json:"version"`
	Code        string            `json:"code"`
	Title       string            `json:"title"`
	Objective   skill.ObjectiveID `json:"objective,omitempty"`
	Skills      []skill.ID        `json:"skills"`
	Minutes     int               `json:"minutes"`
	Video       *Video            `json:"video,omitempty"`
	Link        string            `json:"link,omitempty"` // https only
	Body        doc.Doc           `json:"body,omitzero"`  // the reading; beside a video, its transcript
	Checks      []Check           `json:"checks,omitempty"`
	Author      string            `json:"author,omitempty"` // person id of the teacher who made it; "" = the course
	Attribution *item.Attribution `json:"attribution,omitempty"`
	Of          []LessonID        `json:"of,omitempty"`         // what this is a changed copy of, the oldest first: what was done in those counts in this one
	ChangedMs   int64             `json:"changed_ms,omitempty"` // when this version was made of another; 0 = as it first came
	Past        []PastLesson      `json:"past,omitempty"`       // what it took to be done before it was changed, oldest first
	As          LessonID          `json:"-"`                    // by which plans know it where it stands in the place of another; "" = its own id
}

// Line is the id by which plans know a lesson.
func (l *Lesson) Line() LessonID {
	if l.As != "" {
		return l.As
	}
	return l.ID
}

// PastLesson is what it took to be done with earlier versions of a lesson, so that who had finished keeps having finished.
type PastLesson struct {
	UntilMs int64     `json:"until_ms"`        // answers received later are answers to the lesson as it is now
	Since   int       `json:"since,omitempty"` // versions of the lesson whose viewings are of this film
	Until   int       `json:"until,omitempty"`
	Film    bool      `json:"film,omitempty"`
	Ms      int64     `json:"ms,omitempty"` // the film's length; 0 = not known
	Checks  []item.ID `json:"checks,omitempty"`
}

// Own is which version of a lesson a viewing was of: 0 for one of a lesson that it is a copy of; false when it was another's.
func (l *Lesson) Own(id LessonID, version int) (int, bool) {
	switch {
	case id == l.ID:
		return version, true
	case slices.Contains(l.Of, id):
		return 0, true
	}
	return 0, false
}

// Asks is the items of a lesson's checks.
func (l *Lesson) Asks() []item.ID {
	out := make([]item.ID, 0, len(l.Checks))
	for _, c := range l.Checks {
		out = append(out, c.Item)
	}
	return out
}

// Blind reports whether nothing in a lesson, now or before it was changed, can be seen being read or watched.
func (l *Lesson) Blind() bool {
	return l.Video == nil && len(l.Checks) == 0 || slices.ContainsFunc(l.Past, func(p PastLesson) bool { return !p.Film && len(p.Checks) == 0 })
}

// Becomes is a lesson's next version, or the first of a copy: next, with what it took to be done until now.
func (l *Lesson) Becomes(next Lesson, nowMs int64) Lesson {
	next.ChangedMs, next.Past = nowMs, slices.Clone(l.Past)
	if next.Video != nil {
		v := *next.Video
		next.Video = &v
	}
	was := PastLesson{UntilMs: nowMs, Until: l.Version, Checks: l.Asks()}
	if l.Video != nil {
		was.Film, was.Ms, was.Since = true, l.Video.Ms, l.Video.Since
	}
	if next.ID != l.ID {
		was.Since, was.Until = 0, 0
		for i := range next.Past {
			next.Past[i].Since, next.Past[i].Until = 0, 0
		}
	}
	same := (l.Video == nil) == (next.Video == nil)
	if l.Video != nil && next.Video != nil {
		if same = l.Video.File == next.Video.File; same {
			next.Video.Since, next.Video.SinceMs = was.Since, l.Video.SinceMs
		}
	}
	if !same && next.Video != nil {
		next.Video.Since, next.Video.SinceMs = next.Version, nowMs
	}
	if !same || len(was.Checks) != len(next.Checks) || slices.ContainsFunc(next.Asks(), func(id item.ID) bool { return !slices.Contains(was.Checks, id) }) {
		next.Past = append(next.Past, was)
	}
	return next
}

// Video is a file of ours, or an asset of an embedded course (path beginning "course/").
type Video struct {
	File     string `json:"file"`
	Type     string `json:"type"`
	Captions string `json:"captions,omitempty"`
	Poster   string `json:"poster,omitempty"`
	Ms       int64  `json:"ms"`                 // length; 0 = not known yet
	Since    int    `json:"since,omitempty"`    // the version of the lesson that this film came with; 0 = the lesson was made with it
	SinceMs  int64  `json:"since_ms,omitempty"` // and when that was
}

// Check is a question inside a lesson: at an instant of the video, or after a block of the text (0 = at the end).
type Check struct {
	AtMs       int64   `json:"at_ms,omitempty"`
	AfterBlock int     `json:"after_block,omitempty"`
	Item       item.ID `json:"item"`
}
