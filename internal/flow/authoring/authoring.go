// Package authoring is how a teacher makes items and changes them: a draft in plain fields, tried out before it is kept;
// a first version, further versions, and what each means for answers that were given already.
//
// A Draft is what a page holds: texts in doc markup, expressions as typed. Read makes an item of it and names the field of
// whatever stands in the way. Nothing about a learner is changed here but by facts (ledger.Correct).
//
// Place in the flow: layer 4, above library and standing.
package authoring

import (
	"kith/internal/item"
	"kith/internal/phrase"
	"kith/internal/skill"
)

// Draft is an item as its author types it. What its kind has no place for is left out when it is read.
type Draft struct {
	Skill     skill.ID         `json:"skill" minLength:"36" maxLength:"36"`
	Kind      item.Kind        `json:"kind" enum:"choice,choices,number,fraction,blanks,expression,equation,numberline,interval,plane,ordering,matching,sorting,hotspot,short,long,upload"`
	Text      string           `json:"text" maxLength:"8000"`
	Key       string           `json:"key" maxLength:"500"`
	Unit      string           `json:"unit" maxLength:"60"`
	Second    string           `json:"second" maxLength:"500"`
	Options   []DraftOption    `json:"options" maxItems:"12"`
	Picture   string           `json:"picture,omitempty" maxLength:"8000"` // hotspot: one figure or image
	Groups    []string         `json:"groups" maxItems:"8"`
	Ordered   bool             `json:"ordered"`
	Boxes     []item.Box       `json:"boxes" maxItems:"8"`
	Ratio     bool             `json:"ratio"`
	Draw      []item.Param     `json:"draw" maxItems:"20"`
	Let       []item.Let       `json:"let" maxItems:"40"`
	Keep      []string         `json:"keep" maxItems:"20"`
	Forms     []string         `json:"forms" maxItems:"4"`
	Variables []string         `json:"variables" maxItems:"12"`
	Tolerance string           `json:"tolerance" maxLength:"20"`
	Axes      string           `json:"axes" maxLength:"400"`
	Accepts   []string         `json:"accepts" maxItems:"30"`
	Pattern   string           `json:"pattern" maxLength:"200"`
	Exact     []string         `json:"exact" maxItems:"3"`
	Rubric    []item.Criterion `json:"rubric" maxItems:"6"`
	Sends     item.Sends       `json:"sends,omitempty" enum:",documents,both"`
	Mistakes  []DraftMistake   `json:"mistakes" maxItems:"12"`
	Hints     []string         `json:"hints" maxItems:"30"`
	Steps     []DraftStep      `json:"steps,omitempty" maxItems:"30"`
	Solution  string           `json:"solution" maxLength:"8000"`
	Context   string           `json:"context" maxLength:"60"`
}

// DraftOption is one choice, or what is arranged: in an ordering they stand in their order, else Group is the index of the group,
// -1 for none. If decides it by the drawn numbers; it comes with copies of a course's items.
type DraftOption struct {
	Text    string     `json:"text" maxLength:"2000"`
	Right   bool       `json:"right"`
	If      string     `json:"if" maxLength:"500"`
	Mistake string     `json:"mistake" maxLength:"60"`
	Nudge   string     `json:"nudge" maxLength:"2000"`
	Group   int        `json:"group" minimum:"-1" maximum:"7"`
	Area    *item.Area `json:"area,omitempty"`
}

// DraftMistake is a wrong answer with a name: what it yields, one a box, or a slip by algebra/near's name.
type DraftMistake struct {
	Tag    string   `json:"tag" maxLength:"60"`
	Yields []string `json:"yields" maxItems:"12"`
	Near   string   `json:"near" maxLength:"60"`
	Nudge  string   `json:"nudge" maxLength:"2000"`
}

// DraftStep is a smaller question that a hint asks: the answer to it, by its kind. Shows is what is shown once it is done; where it
// is empty that is the answer.
type DraftStep struct {
	Rung    int           `json:"rung" minimum:"1" maximum:"30"`
	Kind    item.Kind     `json:"kind" enum:"choice,number,fraction,expression,equation"`
	Key     string        `json:"key" maxLength:"500"`
	Unit    string        `json:"unit" maxLength:"60"`
	Options []DraftOption `json:"options" maxItems:"12"`
	Ordered bool          `json:"ordered"`
	Forms   []string      `json:"forms" maxItems:"4"`
	Shows   string        `json:"shows" maxLength:"2000"`
}

// FieldFault says what stands in the way of an item, at which field of the draft: text, key, unit, options, groups, picture, boxes, draw,
// let, keep, forms, variables, tolerance, axes, pattern, mistakes, hints, steps, solution, or "" for the whole; accepted texts and a
// rubric stand at key, a step at its hint. At counts from 0 within a list, -1 for none.
type FieldFault struct {
	Field string        `json:"field"`
	At    int           `json:"at"`
	Say   phrase.Phrase `json:"say"`
}
