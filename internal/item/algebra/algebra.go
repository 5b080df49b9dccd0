// Package algebra judges mathematics that a learner types: whether it can be read, whether its value is right, whether it
// has the form that was asked for, and which well-known slip is in it if it is not right yet.
//
// In: an Ask, which says what is right, and the answer as it was typed. Out: a Verdict, three ways: right, not yet, or
// unreadable. Unreadable is not wrong and never counts. A Verdict also says how the answer was read, as text and as TeX,
// so that a page can show "we read this as …" before anybody is judged.
//
// Value and form are separate: 2/4 has the value of 1/2 and is not in lowest terms. An answer is right when both are as
// asked; without an asked form every way of writing the value is right, and so is
//
//   - an equation that is another one up to a number that both sides are multiplied with, or with terms moved across
//   - 4 where x = 4 is asked, x = 4 where 4 is, and 2x + 3 where y = 2x + 3 is (a letter that only names the value)
//   - 2 < x ≤ 5 for (2, 5], solutions in any order, {2, 3} for x = 2 or x = 3, 2, 3 for the point (2, 3)
//   - X for x where only x is a letter of the question: phones begin with a capital
//
// Place in the flow: layer 1, beneath item; pure.
package algebra

import (
	"errors"
	"math/big"
	"slices"
	"strings"
	"unicode"

	"kith/internal/item/algebra/exact"
	"kith/internal/item/algebra/form"
	"kith/internal/item/algebra/near"
	"kith/internal/item/algebra/read"
	"kith/internal/item/algebra/tree"
)

// Outcome is what an answer is worth.
type Outcome string

const (
	Right      Outcome = "right"
	NotYet     Outcome = "not-yet"
	Unreadable Outcome = "unreadable"
)

// Units says what an answer has to do with units.
type Units uint8

const (
	UnitsAsKey    Units = iota // as the key has them: a unit of length is asked when the key has one; currency signs and ° may be left out
	UnitsIgnored               // a unit that is missing or too many does not matter
	UnitsRequired              // the unit must be there
	UnitsOptional              // the unit stands beside the box already: it may be left out, but no other may be there
)

// Tolerance is how far a number may be off: in the key's own unit, or as a part of the key. The zero Tolerance is exact.
type Tolerance struct {
	By       exact.Q // 0 or more
	Relative bool    // By is a part of the key: 1/100 for one per cent
}

// ParseTolerance reads 0.01 and 1%; "" and "false" are no tolerance. ok is false for anything that is no number from 0 up.
func ParseTolerance(s string) (t Tolerance, ok bool) {
	if s == "" || s == "false" {
		return t, true
	}
	body, relative := strings.CutSuffix(strings.TrimSpace(s), "%")
	if len(body) > 40 || strings.ContainsAny(body, "/xXpP_") {
		return t, false
	}
	r, ok := new(big.Rat).SetString(strings.TrimSpace(body))
	if !ok || r.Sign() < 0 || r.Num().BitLen() > 400 || r.Denom().BitLen() > 400 {
		return t, false
	}
	if relative {
		r.Quo(r, big.NewRat(100, 1))
	}
	return Tolerance{By: exact.FromRat(r), Relative: relative}, true
}

// Ask says what is right.
type Ask struct {
	Key       string
	Forms     []form.Form
	Tolerance Tolerance
	Units     Units
	Unit      string   // the unit of the key and of answers, when the key has none of its own
	Variables []string // names that stand for unknowns, when the key does not show them all
}

// Verdict is what an answer is worth and why.
type Verdict struct {
	Outcome    Outcome
	ValueEqual bool
	FormOK     bool      // true when no form was asked
	Form       form.Name // the first asked form that is missing
	Near       near.Miss // NotYet: the slip that was recognised, or none
	ReadAs     string    // how the answer was read, as plain text
	TeX        string    // the same as TeX
	Lenient    bool      // Right, though the key is written as another kind of thing: 4 for x = 4
	Where      int       // Unreadable: the character, from 1
	What       string    // Unreadable: what stands there
	Why        read.Problem
}

// Key is an Ask that has been read. It is immutable and safe for concurrent use.
type Key struct {
	ask     Ask
	claim   claim
	field   *exact.Field
	letters []string // single letters that may stand in an answer
	calls   []string // functions that stand in the key
}

// ErrNoKey is a key that asks for a unit that there is not.
var ErrNoKey = errors.New("algebra: the key's unit is no unit")

// NewKey reads a key. The error is a *read.Error for a key that cannot be read or has no value, or ErrNoKey.
func NewKey(a Ask) (*Key, error) {
	o := read.Options{Letters: a.Variables, Units: a.Units == UnitsRequired}
	r, err := read.Read(a.Key, o)
	if err != nil {
		return nil, err
	}
	k := &Key{ask: a, field: exact.New()}
	n := r.Tree
	if a.Unit != "" {
		u, ok := findUnit(a.Unit)
		if !ok {
			return nil, ErrNoKey
		}
		n = withUnit(n, u)
		if a.Units == UnitsAsKey {
			k.ask.Units = UnitsRequired
		}
	}
	k.letters = a.Variables
	for _, name := range n.Letters() {
		k.letters = append(k.letters[:len(k.letters):len(k.letters)], spellings(name)...)
	}
	n.Walk(func(m *tree.Node) bool {
		switch m.Kind {
		case tree.Call:
			k.calls = append(k.calls, m.Name)
		case tree.Root:
			k.calls = append(k.calls, "sqrt", "cbrt", "root")
		}
		return true
	})
	j := &judge{f: k.field}
	if k.claim, err = j.claim(n); err != nil {
		return nil, j.senseless(n)
	}
	return k, nil
}

// spellings are the names that may be typed for a letter of the key: f(x) brings f and x along, b_1 b.
func spellings(name string) []string {
	if open := strings.IndexByte(name, '('); open > 0 {
		return []string{name, name[:open], strings.TrimSuffix(name[open+1:], ")")}
	}
	if base, _, found := strings.Cut(name, "_"); found {
		return []string{name, base}
	}
	return []string{name}
}

// ReadAs is the key as it was read, as plain text.
func (k *Key) ReadAs() string { return k.claim.node.Plain() }

// Check judges an answer.
func (k *Key) Check(answer string) Verdict {
	best := k.check(answer, read.Options{})
	if glad := strings.TrimRight(answer, "! "); best.Outcome != Right && glad != answer && !k.claim.node.Has(tree.Factorial) {
		answer = glad // 12! is twelve, said gladly, where nothing was asked that has a factorial
		best = k.check(answer, read.Options{})
	}
	if best.Outcome == Right || !commaBetweenDigits(answer) {
		return best
	}
	// A comma between digits may be a decimal one or part a list: right is who is right in one way.
	for _, o := range []read.Options{{NoGroups: true}, {DecimalComma: true}} {
		if v := k.check(answer, o); v.Outcome == Right || v.ValueEqual && !best.ValueEqual || best.Outcome == Unreadable && v.Outcome != Unreadable {
			best = v
		}
	}
	return best
}

func commaBetweenDigits(s string) bool {
	digit := func(i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }
	for i := range len(s) {
		if s[i] == ',' && digit(i+1) {
			return true
		}
	}
	return false
}

func (k *Key) check(answer string, o read.Options) Verdict {
	o.Letters, o.Functions, o.Closed, o.Units = k.letters, k.calls, true, k.claim.measured() || k.ask.Units == UnitsRequired
	r, err := read.Read(answer, o)
	if err != nil {
		return unreadable(err)
	}
	n := k.meant(k.fold(r.Tree))
	j := &judge{f: k.field.Clone(), ask: &k.ask}
	v := Verdict{ReadAs: n.Plain(), TeX: n.TeX()}
	c, err := j.claim(n)
	if err != nil {
		bad := unreadable(j.senseless(n))
		bad.ReadAs, bad.TeX = v.ReadAs, v.TeX
		return bad
	}
	res := j.compare(&k.claim, &c)
	v.ValueEqual, v.Lenient, v.Near = res.equal && res.near == near.None, res.lenient, res.near
	if !res.equal && (res.near == near.None || res.near == near.Kind) && j.unsolved(&k.claim, &c) {
		v.Near = near.Unsolved
	}
	v.FormOK = true
	for _, f := range k.ask.Forms {
		if !f.Met(j.f, n) {
			v.FormOK, v.Form = false, f.Name
			break
		}
	}
	switch {
	case v.ValueEqual && v.FormOK:
		v.Outcome = Right
	case v.ValueEqual:
		v.Outcome, v.Near = NotYet, near.Unsimplified
	default:
		v.Outcome = NotYet
	}
	if v.Outcome == NotYet && len(r.Doubts) > 0 {
		d := r.Doubts[0]
		v.Outcome, v.Why, v.Where, v.What, v.Near = Unreadable, read.Doubtful, d.At, d.What, ""
		v.ValueEqual, v.FormOK = false, false
	}
	if v.Outcome == NotYet && j.open && v.Near == near.None {
		v.Outcome, v.Why, v.Where, v.What = Unreadable, read.Open, 1, v.ReadAs
		v.ValueEqual, v.FormOK = false, false
	}
	return v
}

func unreadable(err error) Verdict {
	v := Verdict{Outcome: Unreadable}
	var e *read.Error
	if errors.As(err, &e) {
		v.Where, v.What, v.Why = e.At, e.What, e.Problem
	}
	return v
}

// fold writes letters as the key does when only their case differs.
func (k *Key) fold(n *tree.Node) *tree.Node {
	own := n.Letters()
	rename := map[string]string{}
	for _, name := range own {
		if slices.Contains(k.letters, name) {
			continue
		}
		if other := swapCase(name); other != name && slices.Contains(k.letters, other) && !slices.Contains(own, other) {
			rename[name] = other
		}
	}
	if len(rename) == 0 {
		return n
	}
	return n.Map(func(m *tree.Node) *tree.Node {
		if to, ok := rename[m.Name]; ok && m.Kind == tree.Letter {
			return &tree.Node{Kind: tree.Letter, Name: to, At: m.At, Alone: m.Alone}
		}
		return m
	})
}

func swapCase(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsUpper(r) {
			return unicode.ToLower(r)
		}
		return unicode.ToUpper(r)
	}, s)
}

// TeX is the key as TeX.
func (k *Key) TeX() string { return k.claim.node.TeX() }

// Statement reports whether the key says something about values (an equation, an interval, solutions) and is no value itself.
func (k *Key) Statement() bool { return k.claim.node.Statement() }

// Has reports whether the key itself is written in a form.
func (k *Key) Has(f form.Form) bool {
	return k.claim.node.Kind == tree.Relation && f.Met(k.field, k.claim.node)
}

// IsUnit reports whether a text names a unit, or what is counted.
func IsUnit(s string) bool {
	_, ok := findUnit(s)
	return ok
}
