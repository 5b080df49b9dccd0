// Package item is the smallest scored prompt: its text, the numbers that are drawn into it, its key, the mistakes it
// knows by name, its hints and its worked solution.
//
// An Item is an immutable version. Draw makes a Variant from a seed; Score judges a Response to a variant, three ways.
// Everything here is pure: a seed is an argument, numbers are exact rationals, nothing is looked up.
//
// Place in the flow: layer 1, facts. item.Score is the first step of the data's way.
package item

import (
	"kith/internal/doc"
	"kith/internal/item/algebra/read"
	"kith/internal/skill"
)

// ID is an item's stable id (UUIDv7 text).
type ID string

// Kind says how an answer is given.
type Kind string

const (
	Choice   Kind = "choice"   // exactly one of Choices
	Choices  Kind = "choices"  // every right one of Choices, and no other
	Number   Kind = "number"   // one box: whole, decimal, fraction or mixed number, compared by value
	Fraction Kind = "fraction" // numerator over denominator (and an optional whole part), compared by value
	Blanks   Kind = "blanks"   // several number boxes inside a line of text, each compared by value (or all as one ratio)

	Hotspot  Kind = "hotspot"  // every right one of Choices, which are places on Picture
	Ordering Kind = "ordering" // Choices, put in their order
	Matching Kind = "matching" // one of Choices for each of Groups
	Sorting  Kind = "sorting"  // each of Choices into one of Groups

	// What package algebra judges: one box for mathematics.
	Expression Kind = "expression" // a value: an expression, a number in a form that is asked for, a measure
	Equation   Kind = "equation"   // a statement: an equation, an inequality, an interval, solutions, a point

	// What is placed on Axes, by hand or typed: one box for mathematics.
	NumberLine Kind = "numberline" // one number or several, on a number line
	Interval   Kind = "interval"   // an interval or several, on a number line
	Plane      Kind = "plane"      // points of a plane, a segment, or a straight line
	// What is written (written.go). Where no program can tell, the answer waits for a person.
	Short  Kind = "short"  // a word or a line: accepted texts, a pattern, mistakes known by their text
	Long   Kind = "long"   // sentences, judged by a person with a rubric
	Upload Kind = "upload" // a photo of what was made on paper, with words beside it or none
)

// Item is one immutable version of an item. Strings named "expr" are expressions over the drawn names (package expr).
type Item struct {
	ID      ID         `json:"id"`
	Version int        `json:"version"`
	Code    string     `json:"code"` // for people, unique in its course, e.g. "equivalent-ratios/big-jug"
	Kind    Kind       `json:"kind"`
	Skills  []skill.ID `json:"skills"` // what it asks; the first is the one it mainly gives evidence about
	Context string     `json:"context,omitempty"`

	Draw []Param  `json:"draw,omitempty"` // drawn names, in order
	Let  []Let    `json:"let,omitempty"`  // derived names, in order
	Keep []string `json:"keep,omitempty"` // exprs that must all be true, else the draw is repeated

	Text    doc.Doc  `json:"text"`
	Key     string   `json:"key,omitempty"`     // expr; number and fraction. What package algebra judges: mathematics that may hold [[expr]]
	Second  string   `json:"second,omitempty"`  // expr: the key worked out a second way, for proof; number, fraction
	Unit    string   `json:"unit,omitempty"`    // shown after the box, e.g. "cups"; a line that may hold [[expr]]
	Choices []Option `json:"choices,omitempty"` // what is chosen, put in order (they stand in it here) or put into Groups
	Picture doc.Doc  `json:"picture,omitzero"`  // hotspot: one figure or image
	Groups  []Group  `json:"groups,omitempty"`  // matching and sorting
	Ordered bool     `json:"ordered,omitempty"` // keep the options' order (numbers, "yes/no"); else it is drawn
	Boxes   []Box    `json:"boxes,omitempty"`   // blanks
	Ratio   bool     `json:"ratio,omitempty"`   // blanks: any equal ratio of the boxes is right

	// Expression and equation.
	Forms     []string `json:"forms,omitempty"`     // how it must be written, by the names of algebra/form: factored, lowest-terms, 3sf
	Variables []string `json:"variables,omitempty"` // names of more than one letter, and letters that the key does not show
	Tolerance string   `json:"tolerance,omitempty"` // how far a number may be off: "0.01", or "1%" of the key

	Axes string `json:"axes,omitempty"` // numberline, interval, plane: what is placed on, in one line (ParseAxes)

	// Short, long and upload.
	Accepts []string    `json:"accepts,omitempty"` // short: the texts that are right, lines that may hold [[expr]]; the first is shown as the key
	Pattern string      `json:"pattern,omitempty"` // short: a regular expression (RE2) for further right texts, matched against the whole normal form
	Exact   []string    `json:"exact,omitempty"`   // short: what must be as written: case, marks, punctuation
	Rubric  []Criterion `json:"rubric,omitempty"`  // long, upload
	Sends   Sends       `json:"sends,omitempty"`   // upload: "" = photos

	Mistakes []Mistake `json:"mistakes,omitempty"` // wrong answers that have a name, where no option has it
	Hints    []doc.Doc `json:"hints"`              // a ladder: look, think, show one step
	Solution doc.Doc   `json:"solution"`

	Scaffolds []Scaffold `json:"scaffolds,omitempty"` // rungs of the ladder that ask a smaller question

	Attribution *Attribution `json:"attribution,omitempty"` // imported items say where they come from
	Author      string       `json:"author,omitempty"`      // the person who made it at the school; "" = it came with a course
	Withdrawn   bool         `json:"-"`                     // set when loaded: answers to it are refused
}

// Param is a drawn name: a whole number From..To in steps of Step (0 means 1), or one of Of (text or numbers).
type Param struct {
	Name string   `json:"name"`
	From int64    `json:"from,omitempty"`
	To   int64    `json:"to,omitempty"`
	Step int64    `json:"step,omitempty"`
	Of   []string `json:"of,omitempty"`
}

// Let is a derived name.
type Let struct {
	Name string `json:"name"`
	Expr string `json:"expr"`
}

// Option is one choice. Right is fixed or, when If is set, decided by that expr. Mistake names the misconception a wrong
// option shows; Nudge is the "not yet" line for it. Where there are groups, Group is the index of the option's own, Nowhere for
// an answer that fits no prompt, and Mistake and Nudge are for finding it anywhere else.
type Option struct {
	Text    doc.Doc `json:"text"`
	Right   bool    `json:"right,omitempty"`
	If      string  `json:"if,omitempty"`
	Mistake string  `json:"mistake,omitempty"`
	Nudge   doc.Doc `json:"nudge,omitzero"`
	Group   int     `json:"group,omitempty"`
	Area    *Area   `json:"area,omitempty"` // hotspot: where it is
}

// Box is one number box of a blanks item: what stands before it, its key, what stands after it, its name for a screen
// reader. Before, After and Label are lines of plain text that may hold [[expr]].
type Box struct {
	Before string `json:"before,omitempty"`
	Key    string `json:"key"`
	After  string `json:"after,omitempty"`
	Label  string `json:"label"`
	Second string `json:"second,omitempty"` // expr: the key worked out a second way, for proof
}

// Mistake is a wrong answer with a name: what it yields (one expr a box for blanks, else one) and the line that
// describes what was done and asks a question. It never says "wrong". Where package algebra judges, what it yields is
// mathematics that may hold [[expr]], met by value; there, and where one number is asked, Near may name a slip of algebra/near instead,
// which any answer may show. In an
// ordering it is a whole other order: the options' numbers, from 1, and in a short text a line that may hold [[expr]].
type Mistake struct {
	Tag    string   `json:"tag"`
	Yields []string `json:"yields,omitempty"`
	Near   string   `json:"near,omitempty"`
	Nudge  doc.Doc  `json:"nudge"`
}

// Attribution is what the licence of imported content asks to be shown.
type Attribution struct {
	Source  string `json:"source"`
	Authors string `json:"authors"`
	Licence string `json:"licence"`
	URL     string `json:"url,omitempty"`
	Changed bool   `json:"changed,omitempty"` // a teacher of the school changed a copy of it
}

// Response is what was entered, raw: the chosen options' indexes in the item's own order (not the shown one), or the
// text of each box in order (a fraction has three: whole, numerator, denominator; the whole may be empty). Where options are
// arranged they go by their places as shown, from 0: Chosen is their order, Placed the group of each. A
// written text is one box; photos are the ids of files, documents too, with the words beside them as the one box.
type Response struct {
	Chosen []int    `json:"chosen,omitempty"`
	Boxes  []string `json:"boxes,omitempty"`
	Placed []int    `json:"placed,omitempty"`
	Files  []string `json:"files,omitempty" maxItems:"3"`

	Documents []string `json:"documents,omitempty" maxItems:"3"`
}

// Outcome is what a response was worth. Unread is not wrong and never counts. Waiting is no evidence until a person has
// looked: it moves no estimate, and evidence.AsRuled makes it right or not yet by what they said.
type Outcome string

const (
	Right   Outcome = "right"
	NotYet  Outcome = "not_yet"
	Unread  Outcome = "unread"  // could not be read as an answer: empty, "abc", 1/0
	Waiting Outcome = "waiting" // a person will look at it
)

// Counts reports whether an outcome says something of what somebody knows.
func (o Outcome) Counts() bool { return o == Right || o == NotYet }

// Judged is Score's answer. Mistake is the tag of the named mistake that was recognised, "" when none. The rest is there
// for an expression or equation.
type Judged struct {
	Outcome Outcome `json:"outcome"`
	Mistake string  `json:"mistake,omitempty"`
	Nudge   doc.Doc `json:"-"`               // the line for what was answered, undrawn; may be there without a tag
	Where   int     `json:"where,omitempty"` // Unread: the 1-based box that could not be read

	// How much of an answer of several parts is right; Parts is 0 where it has none that stand alone. It is no chance: who
	// guesses gets some of it.
	Parts      int `json:"parts,omitempty"`
	PartsRight int `json:"parts_right,omitempty"`

	ReadAs   string `json:"read_as,omitempty"`     // how the answer was read, as plain text
	TeX      string `json:"read_as_tex,omitempty"` // the same as TeX
	Near     string `json:"near,omitempty"`        // NotYet: the slip that was recognised, by algebra/near's code
	FormMiss string `json:"form_miss,omitempty"`   // NotYet: the value is right, and this asked form is missing
	At       int    `json:"at,omitempty"`          // Unread: the character of the box, from 1
	What     string `json:"what,omitempty"`        // Unread: what stands there

	Why read.Problem `json:"why,omitempty"` // Unread: what is the matter there

	Like string `json:"like,omitempty"` // Waiting: the accepted text that it is near to in spelling
}
