// Package expr is the little language in which an item says what is drawn, what is right and what a mistake yields:
// exact rational arithmetic, comparisons, and names that may also stand for text.
//
// In: source text (Parse) and a Scope of drawn names. Out: a Value, exact. How a value is shown
// in a sentence (a sign, two decimals, a mixed number) is for package doc to say.
// Untrusted authors write it, so length, depth and the size of every number are bounded, and each error names the place.
// The grammar, loosest first: || && comparison(once) + - * / unary(- !) ^(right) atom.
//
// Place in the flow: beneath item; it knows nothing of items.
package expr

import (
	"fmt"
	"math/big"
	"sync"
)

// Limits on what an author may write and on what may come of it.
const (
	MaxLength   = 500 // bytes of source
	MaxDepth    = 50  // parentheses, calls, signs and powers inside each other
	MaxDigits   = 40  // of one number in the source
	MaxExponent = 64  // absolute value of a power's exponent
	MaxBits     = 512 // of a numerator or a denominator, about 154 digits
)

// Problem says what is wrong with an expression; it is the last part of a phrase's code.
type Problem string

const (
	TooLong  Problem = "long"   // longer than MaxLength
	TooDeep  Problem = "deep"   // nested deeper than MaxDepth
	TooBig   Problem = "big"    // a number beyond MaxDigits, MaxExponent or MaxBits
	Syntax   Problem = "syntax" // cannot be read; Detail is what stands there
	Unknown  Problem = "name"   // Detail is a name that is not drawn, or a function that there is not
	Mismatch Problem = "kind"   // Detail is the operation that was given a number for a condition, a text for a number, …
	Zero     Problem = "zero"   // division by zero
	NotWhole Problem = "whole"  // Detail is the operation that needs whole numbers
)

// Error is what is wrong, and where: At is the 1-based byte of Src.
type Error struct {
	Problem Problem
	Src     string
	At      int
	Detail  string
}

// Error is for logs; item makes a phrase of it.
func (e *Error) Error() string {
	s := fmt.Sprintf("expression %q, place %d: %s", e.Src, e.At, e.Problem)
	if e.Detail != "" {
		s += " (" + e.Detail + ")"
	}
	return s
}

// Expr is a parsed expression: immutable, safe for concurrent use.
type Expr struct {
	src  string
	root *node
	uses []string
}

// Source is the text that was parsed.
func (e *Expr) Source() string { return e.src }

// Names are the names that the expression mentions, each once, in the order of their first mention.
func (e *Expr) Names() []string { return e.uses }

// Eval works the expression out. The error is an *Error.
func (e *Expr) Eval(s *Scope) (Value, error) {
	v, bad := e.root.eval(s)
	if bad != nil {
		bad.Src = e.src
		return Value{}, bad
	}
	return v, nil
}

// Number is Eval for an expression that must come to a number.
func (e *Expr) Number(s *Scope) (*big.Rat, error) {
	v, err := e.Eval(s)
	if err != nil {
		return nil, err
	}
	if v.kind != number {
		return nil, &Error{Problem: Mismatch, Src: e.src, At: 1, Detail: "number"}
	}
	return v.rat, nil
}

// True is Eval for an expression that must come to a condition.
func (e *Expr) True(s *Scope) (bool, error) {
	v, err := e.Eval(s)
	if err != nil {
		return false, err
	}
	if v.kind != truth {
		return false, &Error{Problem: Mismatch, Src: e.src, At: 1, Detail: "condition"}
	}
	return v.yes, nil
}

// Scope holds names and what they stand for. The zero Scope is empty. An item has about a dozen names, so it is a list.
type Scope struct {
	names  []string
	values []Value
}

// Set binds a name, over an earlier binding of the same name.
func (s *Scope) Set(name string, v Value) {
	for i := range s.names {
		if s.names[i] == name {
			s.values[i] = v
			return
		}
	}
	s.names = append(s.names, name)
	s.values = append(s.values, v)
}

// Get looks a name up.
func (s *Scope) Get(name string) (Value, bool) {
	for i := range s.names {
		if s.names[i] == name {
			return s.values[i], true
		}
	}
	return Value{}, false
}

// Reset empties the scope and keeps its room.
func (s *Scope) Reset() { s.names, s.values = s.names[:0], s.values[:0] }

// Each visits the bindings in the order in which they were made.
func (s *Scope) Each(f func(name string, v Value)) {
	for i := range s.names {
		f(s.names[i], s.values[i])
	}
}

// memo remembers parsed expressions: an answer is scored from the item's source, and the same few thousand sources come
// back all day. Remembering a pure function changes nothing but the time it takes. When full it starts over.
var memo = struct {
	sync.RWMutex
	m map[string]*Expr
}{m: map[string]*Expr{}}

const memoSize = 1 << 14

// Compile is Parse, remembered.
func Compile(src string) (*Expr, error) {
	memo.RLock()
	e := memo.m[src]
	memo.RUnlock()
	if e != nil {
		return e, nil
	}
	e, err := Parse(src)
	if err != nil {
		return nil, err
	}
	memo.Lock()
	if len(memo.m) >= memoSize {
		clear(memo.m)
	}
	memo.m[src] = e
	memo.Unlock()
	return e, nil
}
