package item

import (
	"errors"
	"slices"

	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/item/algebra/near"
	"kith/internal/item/expr"
)

// Bounds on the parts of one item.
const (
	maxNames   = 60
	maxOptions = 12
	maxBoxes   = 8
	maxRungs   = 3  // of an item of ours: look, think, one step
	maxSteps   = 30 // hints of an imported item, which come as they are
)

// Check proves an item sound as far as that can be seen without drawing it: every expression can be read and names only
// what is drawn or derived before it, every part that the kind needs is there and none that it has no place for, and
// what is right can be told. An imported item (with Attribution) and a teacher's own (with
// Author) may lack hints and solution.
// Errors are Invalid, all of them joined.
func Check(it Item) error {
	c := &checker{it: it, known: map[string]bool{}}
	c.head()
	c.names()
	c.texts()
	if kind, ok := kinds[it.Kind]; ok {
		kind.check(c)
		c.ownParts(kind)
	} else {
		c.bad("kind")
	}
	c.scaffolds()
	return errors.Join(c.all...)
}

type checker struct {
	it    Item
	known map[string]bool
	all   []error
}

// bad notes a part that is missing, has no place here or has the wrong size.
func (c *checker) bad(where string) {
	c.all = append(c.all, fault.New(fault.Invalid, "fault.item.part", "item", c.it.Code, "where", where))
}

func (c *checker) need(ok bool, where string) {
	if !ok {
		c.bad(where)
	}
}

func (c *checker) fault(where string, err error) {
	c.all = append(c.all, faultOf(fault.Invalid, c.it, where, err))
}

func (c *checker) head() {
	it := c.it
	c.need(it.Code != "" && len(it.Code) <= 120, "code")
	c.need(len(it.Skills) > 0, "skills")
	for i, s := range it.Skills {
		c.need(s != "" && !slices.Contains(it.Skills[:i], s), place("skills", i))
	}
	least, most := 1, maxRungs
	if c.lean() {
		least = 0
	}
	if it.Attribution != nil {
		most = maxSteps
	}
	c.need(len(it.Hints) >= least && len(it.Hints) <= most, "hints")
	c.need(c.lean() || !it.Solution.Empty(), "solution")
	c.need(!it.Text.Empty(), "text")
	c.need(len(it.Draw)+len(it.Let) <= maxNames, "draw")
}

// lean reports whether an item may be without hints and a worked way: one that was imported as it is, or that a teacher wrote
// in a minute.
func (c *checker) lean() bool { return c.it.Attribution != nil || c.it.Author != "" }

func (c *checker) names() {
	for _, p := range c.it.Draw {
		if err := p.sound(); err != nil {
			c.fault("draw", err)
		}
		c.name(p.Name, "draw")
		for i, s := range p.Of {
			c.need(s != "" && !slices.Contains(p.Of[:i], s), "draw "+p.Name)
		}
	}
	for i, l := range c.it.Let {
		c.expr(l.Expr, "let", i)
		if !expr.IsName(l.Name) {
			c.bad(place("let", i))
		}
		c.name(l.Name, "let")
	}
	for i, src := range c.it.Keep {
		c.expr(src, "keep", i)
	}
}

func (c *checker) name(name, where string) {
	if c.known[name] {
		c.bad(where + " " + name)
	}
	c.known[name] = true
}

// expr checks one expression; an absent one is for the kind to judge.
func (c *checker) expr(src, what string, i int) {
	if src == "" {
		if what == "let" || what == "keep" {
			c.bad(place(what, i))
		}
		return
	}
	e, err := expr.Compile(src)
	if err != nil {
		c.fault(place(what, i), err)
		return
	}
	for _, n := range e.Names() {
		if !c.known[n] {
			c.fault(place(what, i), &expr.Error{Problem: expr.Unknown, Src: src, At: 1, Detail: n})
		}
	}
}

func (c *checker) text(d doc.Doc, what string, i int) {
	if err := d.Validate(); err != nil {
		c.fault(place(what, i), err)
		return
	}
	for _, src := range d.Exprs() {
		c.expr(src, what, i)
	}
}

func (c *checker) line(s, what string, i int) {
	exprs, err := doc.FillExprs(s)
	if err != nil {
		c.fault(place(what, i), err)
	}
	for _, src := range exprs {
		c.expr(src, what, i)
	}
}

func (c *checker) texts() {
	c.text(c.it.Text, "text", -1)
	for i, h := range c.it.Hints {
		c.need(!h.Empty(), place("hints", i))
		c.text(h, "hints", i)
	}
	c.text(c.it.Solution, "solution", -1)
	c.line(c.it.Unit, "unit", -1)
}

func (c *checker) options() {
	it := c.it
	c.need(len(it.Choices) >= 2 && len(it.Choices) <= maxOptions, "choices")
	c.need(it.Key == "" && it.Second == "", "key")
	c.need(len(it.Boxes) == 0 && !it.Ratio, "boxes")
	c.need(len(it.Mistakes) == 0, "mistakes")
	c.need(it.Unit == "", "unit")
	right, decided := 0, false
	for i, o := range it.Choices {
		where := place("choices", i)
		c.need(!o.Text.Empty(), where)
		c.text(o.Text, "choices", i)
		c.text(o.Nudge, "choices", i)
		c.expr(o.If, "choices", i)
		c.need(o.If == "" || !o.Right, where)
		// What is always right shows no mistake, and a mistake with a name has a line that goes with it.
		c.need(!o.Right || o.Mistake == "" && o.Nudge.Empty(), where)
		c.need(o.Mistake == "" || !o.Nudge.Empty(), where)
		if o.Right {
			right++
		}
		decided = decided || o.If != ""
	}
	c.need(right > 0 || decided, "choices")
	c.need(right <= 1 || it.Kind != Choice, "choices")
}

func (c *checker) oneNumber() {
	it := c.it
	c.need(it.Key != "", "key")
	c.expr(it.Key, "key", -1)
	c.expr(it.Second, "second", -1)
	c.need(len(it.Boxes) == 0, "boxes")
	c.need(!it.Ratio, "ratio")
	c.mistakes(1, c.expr)
}

func (c *checker) blanks() {
	it := c.it
	c.need(len(it.Boxes) >= 1 && len(it.Boxes) <= maxBoxes, "boxes")
	c.need(!it.Ratio || len(it.Boxes) >= 2, "ratio")
	c.need(it.Key == "" && it.Second == "", "key")
	c.need(it.Unit == "", "unit")
	for i, b := range it.Boxes {
		c.need(b.Key != "" && b.Label != "", place("boxes", i))
		c.expr(b.Key, "boxes", i)
		c.expr(b.Second, "boxes", i)
		c.line(b.Before, "boxes", i)
		c.line(b.After, "boxes", i)
		c.line(b.Label, "boxes", i)
	}
	c.mistakes(len(it.Boxes), c.expr)
}

// mistakes may share a tag: one misconception can come to two answers. Where one number is asked, Near may name a slip instead of what it
// yields. yield checks what a box would hold.
func (c *checker) mistakes(boxes int, yield func(src, what string, i int)) {
	for i, m := range c.it.Mistakes {
		where := place("mistakes", i)
		c.need(m.Tag != "" && len(m.Tag) <= 60, where)
		slip := m.Near != "" && len(m.Yields) == 0 && (c.it.Kind == Number || c.it.Kind == Fraction) && near.Known(near.Miss(m.Near))
		c.need(slip || len(m.Yields) == boxes && m.Near == "", where)
		c.need(!m.Nudge.Empty(), where)
		for _, src := range m.Yields {
			c.need(src != "", where)
			yield(src, "mistakes", i)
		}
		c.text(m.Nudge, "mistakes", i)
	}
}
