package bank

import (
	"math/big"

	"kith/internal/doc"
	"kith/internal/item"
)

// Kind says how an entry is answered.
type Kind int

const (
	One      Kind = iota // exactly one of the answers
	Several              // every right one of the answers
	Typed                // what is typed is one of the answers, which are words
	Numeric              // a number, which the answers give as values
	Blanks               // a number in each of Boxes
	Reading              // nothing is asked: a text to read
	Placed               // what is placed on Axes is the first of the answers
	Sequence             // the answers, put in the order in which they stand
	Pairs                // one of the answers for each of Prompts, where it is Into
	Groups               // each of the answers into one of Prompts
	Spots                // every right one of the answers, which are areas of Picture
	Words                // a word or a line: the answers of full weight, Pattern too; what is none of the known ones a person looks at
	Written              // sentences, or a photo of paper, which a person judges
)

// Entry is one entry of a bank as the formats have it in common.
type Entry struct {
	At
	ID     string   // the source's own name of it, which stays when it is edited; "" = made of folder and name
	Folder []string // outermost first; the innermost is the skill
	Tags   []string // further skills

	Kind     Kind
	Text     doc.Doc
	Answers  []Answer   // One, Several, Typed, Numeric; Blanks: wrong ones that are answered
	Boxes    []item.Box // Blanks
	Ordered  bool       // One, Several: the answers keep their order
	Unit     string     // Numeric, Typed
	Axes     string     // Placed: item.ParseAxes
	Prompts  []doc.Doc  // Pairs, Groups
	Wrong    []Answer   // Sequence: whole other orders that are answered; Each counts the answers, from 1
	Picture  doc.Doc    // Spots: one picture
	Pattern  string     // Words: item.Item.Pattern
	Exact    []string   // Words: item.Item.Exact
	Stars    bool       // Words, and Typed of words: a star in an answer stands for any letters
	Lenient  bool       // Typed: what is neither a number nor mathematics makes Words, whatever it looks like
	Photo    bool       // Written: on paper, sent as a photo
	Sends    item.Sends // Photo: what is sent
	Rubric   []item.Criterion
	Form     []string  // Typed, Numeric: how the answer must be written, by the names of item.Item.Forms; it is mathematics then
	On       item.Kind // Placed: which of the kinds that are placed
	Asks     string    // Typed: the question's words, and
	Own      []string  // its own formulas and numbers, from which an answer in mathematics must be told (Forms); nil = nothing is
	Hints    []doc.Doc
	Solution doc.Doc
	Steps    []Step // hints that ask; Hints has each of them too, with what it comes to, for formats that have no place for steps
	Minutes  int    // Reading; 0 = worked out from its length

	// Whole is an item that says everything itself, drawn numbers too; with it, nothing but At, ID, Folder and Tags counts.
	Whole *item.Item
	// Body is a lesson's text as it is, where Text is what other programs see of it (Stills).
	Body *doc.Doc
}

// Step is a hint that asks a smaller question. Ask is One, Numeric or Typed with its Text, its Answers, its Unit, and Ordered; nothing
// is said to a wrong number of it.
type Step struct {
	Rung int // which hint it is, from 1
	Ask  Entry
	Then doc.Doc // what is shown once it is done
}

// Answer is one answer that the source knows. Weight is its share of the mark in percent, from -100 to 100.
type Answer struct {
	Text      doc.Doc    // One, Several, Sequence, Pairs, Groups, Spots
	Into      int        // Pairs, Groups: which of Prompts, from 0; item.Nowhere for one that fits none
	Area      *item.Area // Spots
	Each      []string   // Blanks: one number a box
	Said      string     // Typed, Words; "*" stands for any other
	Low, High *big.Rat
	Any       bool // Numeric: any other answer; Low and High are nil
	Weight    float64
	Nudge     doc.Doc // what is said to whoever gives it
	Mistake   string  // the name of what it shows; "" = one made of the item's name and what it says
}

// full is the weight of what is right; formats write thirds as 33.33333.
const full = 99.99

// Exact makes the bounds of an answer that is one number.
func (a Answer) Exact(v *big.Rat) Answer {
	a.Low, a.High = v, v
	return a
}

// Ranged reports whether a number may be off by something.
func (d Entry) Ranged() bool {
	return d.Kind == Numeric && len(d.Answers) > 0 && d.Answers[0].Low != nil && d.Answers[0].Low.Cmp(d.Answers[0].High) != 0
}
