// Package skill knows what there is to learn: skills, the prerequisite graph between them, objectives that gather them,
// and the standards of outside frameworks that they serve.
//
// A Course is one immutable version of that knowledge. Ids are stable across versions; codes are for people.
//
// Place in the flow: layer 1, facts. Judgement reads a Graph; it never changes one.
package skill

// ID is a skill's stable id (UUIDv7 text). ObjectiveID likewise.
type ID string

// ObjectiveID is an objective's stable id.
type ObjectiveID string

// CourseID is a course's stable id.
type CourseID string

// Skill is one knowledge component (Koedinger, Corbett and Perfetti, 2012): the unit of mastery.
type Skill struct {
	ID        ID       `json:"id"`
	Code      string   `json:"code"`                // unique in its course, e.g. "unit-rate"
	Title     string   `json:"title"`               // what a learner reads, e.g. "How much for one"
	Standards []string `json:"standards,omitempty"` // codes of outside frameworks, e.g. "6.RP.A.2"
	Minutes   int      `json:"minutes,omitempty"`   // what practising it from nothing usually takes; 0 = not known
}

// Edge says that From is a direct prerequisite of To. Source says where the claim comes from ("author", "openstax readiness").
type Edge struct {
	From   ID     `json:"from"`
	To     ID     `json:"to"`
	Source string `json:"source,omitempty"`
}

// SourceTeacher marks a prerequisite that a teacher of the school put in.
const SourceTeacher = "teacher"

// TakenOut is a prerequisite that a teacher took out, so that no import puts it back.
type TakenOut struct {
	From ID    `json:"from"`
	To   ID    `json:"to"`
	AtMs int64 `json:"at_ms"`
}

// Objective is what a lesson promises: an "I can" sentence and the skills that make it true, in teaching order.
type Objective struct {
	ID     ObjectiveID `json:"id"`
	Code   string      `json:"code"`
	Title  string      `json:"title"`
	ICan   string      `json:"i_can"`
	Skills []ID        `json:"skills"`
}

// Course is one immutable version of a course's skill graph.
type Course struct {
	ID         CourseID    `json:"id"`
	Version    int         `json:"version"`
	Title      string      `json:"title"`
	Lang       string      `json:"lang"`
	Skills     []Skill     `json:"skills"`     // in teaching order
	Edges      []Edge      `json:"edges"`      // direct prerequisites; acyclic
	Objectives []Objective `json:"objectives"` // in teaching order
	TakenOut   []TakenOut  `json:"taken_out,omitempty"`
}
