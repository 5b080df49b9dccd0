package bank

import (
	"math/big"

	"kith/internal/doc"
	"kith/internal/item"
)

// Kind says how an entry is answered.
type Kind int

const (
	One     Kind = iota // exactly one of the answers
	Several             // every right one of the answers
	Typed               // what is typed is one of the answers, which are words
	Numeric             // a number, which the answers give as values
	Blanks              // a number in each of Boxes
	Reading             // nothing is asked: a text to read
	Placed              // what is placed on Axes is the first of the answers; only our own table and text can say it (Entries)
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
	On       item.Kind  // Placed: which of the kinds that are placed
	Asks     string     // Typed: the question's words, and
	Own      []string   // its own formulas and numbers, from which an answer in mathematics must be told (Forms); nil = nothing is
	Hints    []doc.Doc
	Solution doc.Doc
	Minutes  int // Reading; 0 = worked out from its length

	// Whole is an item that says everything itself, drawn numbers too; with it, nothing but At, ID, Folder and Tags counts.
	Whole *item.Item
}

// Answer is one answer that the source knows. Weight is its share of the mark in percent, from -100 to 100.
type Answer struct {
	Text      doc.Doc  // One, Several
	Each      []string // Blanks: one number a box
	Said      string   // Typed; "*" stands for any other
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
