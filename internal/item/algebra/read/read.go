// Package read reads mathematics as people write it: typed on a phone, pasted, written in TeX, or made by an editor of
// formulas. It says how it read it, and where it could not.
//
// In: a text and what is known about the question (Options). Out: a Reading, whose tree keeps the way of writing, or an
// *Error with a place. The rules, where people differ:
//
//   - products without a sign bind like those with one, from left to right: 1/2x is (1/2)x, ab/cd is ((ab)/c)d; a power
//     takes the one thing before it: -x^2 is -(x^2), 2x^2 is 2(x^2), x^1/2 is (x^1)/2, and 2^3^2 is 2^(3^2)
//   - 3 1/2 and 3\frac{1}{2} are mixed numbers; 3(1/2) is a product
//   - a function without brackets takes the factors up to the next sign or bracket: sin 2x + 1 is sin(2x) + 1, ln x/2 is
//     (ln x)/2; a root sign takes one thing with its power: √2x is (√2)x
//   - log is to the base 10, ln to the base e; log2(8) and log_2 8 have the base 2
//   - 1,000 is a thousand outside brackets; other commas part a list, unless Options.DecimalComma says otherwise
//   - e, i and pi are the constants unless Options.Letters names them
//   - {ab}^2 in TeX is ab^2, as it is shown
//
// What could be meant in two ways although it is read in one is kept as a Doubt, so that nobody's answer is counted as
// wrong on it: x2 (2x or x²?), words of which only letters are known.
//
// Untrusted people write it: length, depth, digits and the number of parts are bounded, and reading takes time in
// proportion to the length.
//
// Place in the flow: beneath item/algebra.
package read

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"kith/internal/item/algebra/tree"
)

// Bounds on what is read.
const (
	MaxLength = 1500 // bytes
	MaxDepth  = 40   // of brackets, signs, powers and calls inside each other
	MaxDigits = 60   // of one number
	maxTokens = 700
)

// Problem says why a text cannot be read; it is the last part of a phrase's code.
type Problem string

const (
	Empty    Problem = "empty"    // nothing was written, or only spaces
	TooLong  Problem = "long"     // longer than MaxLength
	TooDeep  Problem = "deep"     // nested deeper than MaxDepth
	TooBig   Problem = "big"      // a number with more digits than MaxDigits
	Sign     Problem = "sign"     // something else was expected where What stands
	Missing  Problem = "missing"  // something is missing before What, or at the end when What is ""
	Unclosed Problem = "unclosed" // the bracket What is not closed
	NoWord   Problem = "word"     // What is a word that is not known
	NoNumber Problem = "number"   // What looks like a number and is none: 1.2.3
	Hole     Problem = "hole"     // a box of the editor is still empty
	Doubtful Problem = "doubtful" // What could be meant in two ways: x2
	NoSense  Problem = "sense"    // it reads, and has no value: 1/0
	Open     Problem = "open"     // it reads, and nobody can say whether it is the key: numbers too large or too small at every point
)

// Error is why a text cannot be read and where: At counts characters from 1, one beyond the end when something is missing
// there. What is the piece of text that stands there.
type Error struct {
	Problem Problem
	At      int
	What    string
}

// Error is for logs; who shows it words the problem.
func (e *Error) Error() string {
	s := fmt.Sprintf("character %d: %s", e.At, e.Problem)
	if e.What != "" {
		s += fmt.Sprintf(" (%q)", e.What)
	}
	return s
}

// Options are what is known before a text is read.
type Options struct {
	Letters      []string // names that stand for unknowns; also whole words ("rate") and e, i or pi
	Functions    []string // functions of the question: their names are not taken for products of Letters
	Closed       bool     // no letters but Letters are expected: words of others are doubtful, x between numbers is a times sign
	Units        bool     // a measure is expected: 5m is five metres unless Letters has m
	DecimalComma bool     // 3,5 is three and a half, 1.000 a thousand
	NoGroups     bool     // 1,000 is a list of two
}

// Doubt is a place that was read in one way and might have been meant in another.
type Doubt struct {
	At   int
	What string
}

// Reading is what came of a text.
type Reading struct {
	Tree   *tree.Node
	Doubts []Doubt
}

// Read reads a text. The error is an *Error.
func Read(text string, o Options) (Reading, error) {
	if len(text) > MaxLength {
		return Reading{}, &Error{Problem: TooLong, At: MaxLength + 1}
	}
	if !utf8.ValidString(text) {
		at := 1
		for _, r := range text {
			if r == utf8.RuneError {
				break
			}
			at++
		}
		return Reading{}, &Error{Problem: Sign, At: at, What: "\uFFFD"}
	}
	if word, ok := wholeWord(text); ok {
		return Reading{Tree: &tree.Node{Kind: tree.Word, Name: word, At: 1}}, nil
	}
	l := &lexer{src: []rune(text), opts: o}
	l.run()
	if l.err != nil {
		return Reading{}, l.err
	}
	p := &parser{toks: l.toks, opts: o, src: l.src}
	p.tok = p.toks[0]
	root := p.top()
	if p.err == nil && p.tok.kind != tokEnd {
		p.fail(Sign, p.tok)
	}
	if p.err == nil {
		p.sound(root, false)
	}
	if p.err != nil {
		return Reading{}, p.err
	}
	return Reading{Tree: root, Doubts: p.doubts}, nil
}

// sound refuses statements where a value belongs: (1, 2] + 3, x = (y = 2).
func (p *parser) sound(n *tree.Node, value bool) {
	if value && n.Statement() {
		p.fail(Sign, token{at: n.At, kind: tokOp})
		return
	}
	for i, k := range n.Kids {
		switch n.Kind {
		case tree.Tuple, tree.Set, tree.List, tree.Or, tree.And:
			p.sound(k, false)
		case tree.Matrix:
			if len(k.Kids) != len(n.Kids[0].Kids) {
				p.fail(Sign, token{at: k.At, kind: tokOp})
			}
			for _, cell := range k.Kids {
				p.sound(cell, true)
			}
		case tree.Relation:
			whole := k.Kind == tree.Relation || k.Kind == tree.List || k.Kind == tree.Or || k.Kind == tree.And || k.Kind == tree.Matrix
			p.sound(k, whole || k.Statement() && i == 0 && k.Kind != tree.Tuple)
			if i > 0 && n.Signs[i-1] == tree.Element && !k.Statement() {
				p.fail(Sign, token{at: k.At, kind: tokOp})
			}
		default:
			p.sound(k, true)
		}
	}
}

// known reports whether a name stands for an unknown.
func (o *Options) known(name string) bool { return slices.Contains(o.Letters, name) }

// wordAnswers are answers in words, bare of case, dots and TeX.
var wordAnswers = map[string]string{
	"no solution": "none", "no solutions": "none", "none": "none", "no real solution": "none", "no real solutions": "none", "empty set": "none", "the empty set": "none", "null set": "none",
	"there is no solution": "none", "no answer": "none", "inconsistent": "none", "nosolution": "none",
	"undefined": "undefined", "undef": "undefined", "und": "undefined", "not defined": "undefined", "no value": "undefined", "is undefined": "undefined",
	"dne": "dne", "does not exist": "dne", "d.n.e": "dne",
	"all real numbers": "all", "all reals": "all", "all numbers": "all", "all real": "all", "any real number": "all", "every real number": "all", "the real numbers": "all", "real numbers": "all", "reals": "all",
	"infinitely many solutions": "many", "infinitely many": "many", "infinite solutions": "many", "infinite": "many", "infinitely many solution": "many", "infinite number of solutions": "many",
	"always true": "many",
}

var bareWords = strings.NewReplacer(`\text`, "", `\mathrm`, "", `\textrm`, "", "{", "", "}", "", `\ `, " ", `\,`, " ", `\:`, " ", `\;`, " ", "$", "", "~", " ", "-", " ", "\u00a0", " ")

// wholeWord reads a text that is an answer in words.
func wholeWord(text string) (string, bool) {
	if len(text) > 80 {
		return "", false
	}
	s := strings.ToLower(strings.Join(strings.Fields(bareWords.Replace(text)), " "))
	word, ok := wordAnswers[strings.TrimRight(s, ".!")]
	return word, ok
}
