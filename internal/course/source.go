// Package course is the unit that Kith brings along, "From ratios to lines": its sources, their reader and their proof.
//
// Sources are JSON files with texts in doc's markup (see README.md in this folder). Load turns them into facts with
// stable ids; the flow then gives them to a school like any other import.
//
// Place in the flow: a source of facts; imports facts only.
package course

import "kith/internal/item"

// CourseSource is course.json.
type CourseSource struct {
	Code       string            `json:"code"`
	Title      string            `json:"title"`
	Lang       string            `json:"lang"`
	Skills     []SkillSource     `json:"skills"`
	Edges      [][2]string       `json:"edges"` // [from, to] by skill code
	Objectives []ObjectiveSource `json:"objectives"`
}

// SkillSource is one skill of course.json.
type SkillSource struct {
	Code      string   `json:"code"`
	Title     string   `json:"title"`
	Standards []string `json:"standards"`
	Minutes   int      `json:"minutes"`
}

// ObjectiveSource is one objective of course.json.
type ObjectiveSource struct {
	Code   string   `json:"code"`
	Title  string   `json:"title"`
	ICan   string   `json:"i_can"`
	Skills []string `json:"skills"`
}

// UnitSource is unit.json: the unit's task. Parts come from parts/OBJECTIVE.json.
type UnitSource struct {
	Code  string     `json:"code"`
	Title string     `json:"title"`
	Task  TaskSource `json:"task"`
}

// PartSource is parts/OBJECTIVE.json.
type PartSource struct {
	Objective string         `json:"objective"`
	Task      TaskSource     `json:"task"`
	Activity  ActivitySource `json:"activity"`
	Talk      string         `json:"talk"`
	Lesson    LessonSource   `json:"lesson"`
}

// TaskSource is a task; the texts are markup.
type TaskSource struct {
	Title     string       `json:"title"`
	Goal      string       `json:"goal"`
	Role      string       `json:"role"`
	Roles     []RoleSource `json:"roles"`
	Audience  string       `json:"audience"`
	Situation string       `json:"situation"`
	Product   string       `json:"product"`
	Standards []string     `json:"standards"`
}

// RoleSource is one role of a task.
type RoleSource struct {
	Code  string `json:"code"`
	Title string `json:"title"`
	Does  string `json:"does"`
}

// ActivitySource is an off-screen activity; Steps is markup.
type ActivitySource struct {
	Title     string   `json:"title"`
	Materials []string `json:"materials"`
	Minutes   int      `json:"minutes"`
	With      string   `json:"with"` // alone, pair, group
	Steps     string   `json:"steps"`
	Bring     string   `json:"bring"`
}

// LessonSource is a lesson; Body is markup. Video names a file of videos/ without its ending ("" = a reading).
type LessonSource struct {
	Code    string        `json:"code"`
	Title   string        `json:"title"`
	Skills  []string      `json:"skills"`
	Minutes int           `json:"minutes"`
	Video   string        `json:"video,omitempty"`
	Body    string        `json:"body"`
	Checks  []CheckSource `json:"checks"`
}

// CheckSource is a question inside a lesson, by item code: after the Nth block of a reading, or at a second of a video.
type CheckSource struct {
	Item       string  `json:"item"`
	AfterBlock int     `json:"after_block,omitempty"`
	AtSeconds  float64 `json:"at_seconds,omitempty"`
}

// ScaffoldSource makes hint Rung, from 1, ask for a number; Then is what is shown once it is there.
type ScaffoldSource struct {
	Rung int    `json:"rung"`
	Key  string `json:"key"`
	Unit string `json:"unit,omitempty"`
	Then string `json:"then"`
}

// ItemSource is one item of items/SKILL.json (a JSON array). Texts are markup; exprs as in package item.
type ItemSource struct {
	Code     string           `json:"code"`             // "skill/name"
	Kind     string           `json:"kind"`             // one of package item's
	Skills   []string         `json:"skills,omitempty"` // default: the file's skill
	Context  string           `json:"context"`
	Draw     []ParamSource    `json:"draw,omitempty"`
	Let      []LetSource      `json:"let,omitempty"`
	Keep     []string         `json:"keep,omitempty"`
	Text     string           `json:"text"`
	Key      string           `json:"key,omitempty"`
	Second   string           `json:"second,omitempty"`
	Unit     string           `json:"unit,omitempty"`
	Choices  []OptionSource   `json:"choices,omitempty"`
	Picture  string           `json:"picture,omitempty"` // hotspot: one figure or image
	Groups   []string         `json:"groups,omitempty"`
	Ordered  bool             `json:"ordered,omitempty"`
	Boxes    []BoxSource      `json:"boxes,omitempty"`
	Ratio    bool             `json:"ratio,omitempty"`
	Axes     string           `json:"axes,omitempty"`    // numberline, interval, plane: item.ParseAxes
	Forms    []string         `json:"forms,omitempty"`   // expression and equation: how the answer must be written
	Accepts  []string         `json:"accepts,omitempty"` // short: texts that are right
	Pattern  string           `json:"pattern,omitempty"` // short: a pattern for further ones
	Exact    []string         `json:"exact,omitempty"`   // short: what must be as written
	Rubric   []item.Criterion `json:"rubric,omitempty"`  // long and upload
	Mistakes []MistakeSource  `json:"mistakes,omitempty"`
	Hints    []string         `json:"hints"`

	Scaffolds []ScaffoldSource `json:"scaffolds,omitempty"` // hints that ask a smaller question
	Solution  string           `json:"solution"`
}

// ParamSource is a drawn name.
type ParamSource struct {
	Name string   `json:"name"`
	From int64    `json:"from,omitempty"`
	To   int64    `json:"to,omitempty"`
	Step int64    `json:"step,omitempty"`
	Of   []string `json:"of,omitempty"`
}

// LetSource is a derived name.
type LetSource struct {
	Name string `json:"name"`
	Expr string `json:"expr"`
}

// OptionSource is one choice.
type OptionSource struct {
	Text    string     `json:"text"`
	Right   bool       `json:"right,omitempty"`
	If      string     `json:"if,omitempty"`
	Mistake string     `json:"mistake,omitempty"`
	Nudge   string     `json:"nudge,omitempty"`
	Group   int        `json:"group,omitempty"` // index of its group; -1 for none
	Area    *item.Area `json:"area,omitempty"`  // hotspot
}

// BoxSource is one box of a blanks item.
type BoxSource struct {
	Before string `json:"before,omitempty"`
	Key    string `json:"key"`
	After  string `json:"after,omitempty"`
	Label  string `json:"label"`
	Second string `json:"second,omitempty"`
}

// MistakeSource is a named mistake.
type MistakeSource struct {
	Tag    string   `json:"tag"`
	Yields []string `json:"yields,omitempty"`
	Near   string   `json:"near,omitempty"` // in the place of yields: a slip of algebra/near, where mathematics is answered
	Nudge  string   `json:"nudge"`
}
