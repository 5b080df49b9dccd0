// Package content is what a course is made of besides its graph and its items: units, lessons, tasks and off-screen
// activities, each an immutable version.
//
// Place in the flow: layer 1, facts.
package content

import (
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
}

// Video is a file of ours, or an asset of an embedded course (path beginning "course/").
type Video struct {
	File     string `json:"file"`
	Type     string `json:"type"`
	Captions string `json:"captions,omitempty"`
	Poster   string `json:"poster,omitempty"`
	Ms       int64  `json:"ms"` // length; 0 = not known yet
}

// Check is a question inside a lesson: at an instant of the video, or after a block of the text (0 = at the end).
type Check struct {
	AtMs       int64   `json:"at_ms,omitempty"`
	AfterBlock int     `json:"after_block,omitempty"`
	Item       item.ID `json:"item"`
}
