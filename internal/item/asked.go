package item

import (
	"slices"
	"unicode"

	"kith/internal/doc"
	"kith/internal/fault"
)

// Asked is a variant as a browser may have it: drawn, and without key, mistakes or nudges. Its type has no room for them.
type Asked struct {
	Item        ID           `json:"item"`
	Version     int          `json:"version"`
	Kind        Kind         `json:"kind"`
	Context     string       `json:"context"`
	Text        []doc.El     `json:"text"`
	Options     []Offered    `json:"options"`           // in the order in which they are shown
	Groups      [][]doc.El   `json:"groups,omitempty"`  // matching and sorting
	Picture     []doc.El     `json:"picture,omitempty"` // hotspot
	Many        bool         `json:"many,omitempty"`    // hotspot: more than one place may be right
	Boxes       []AskedBox   `json:"boxes"`             // blanks
	Unit        string       `json:"unit"`              // what stands after the box of a number or fraction
	Letters     []string     `json:"letters,omitempty"` // expression and equation: letters that the question shows, for a row of keys
	Axes        *AskedAxes   `json:"axes,omitempty"`    // numberline, interval and plane
	Rubric      []Criterion  `json:"rubric,omitempty"`  // long and upload: what the person who looks will look for
	Sends       Sends        `json:"sends,omitempty"`   // upload
	Most        int          `json:"most,omitempty"`    // short, long and upload: characters that may be written
	Hints       int          `json:"hints"`             // rungs of the ladder
	Attribution *Attribution `json:"attribution,omitempty"`
}

// Offered is one option; Index is its place in the item's own order, which a Response gives back. Whoever makes items
// shuffles that order once, since authors like to write the right one first and a page can be read. Where options are arranged
// Index is the place at which it is shown.
type Offered struct {
	Index int      `json:"index"`
	Text  []doc.El `json:"text"`
	Area  *Area    `json:"area,omitempty"` // hotspot
}

// AskedBox is one box of a blanks item: lines of plain text around it, and its name for a screen reader.
type AskedBox struct {
	Before string `json:"before"`
	After  string `json:"after"`
	Label  string `json:"label"`
}

// Asked draws what a learner sees. Errors are Internal.
func (v Variant) Asked() (Asked, error) {
	it := v.it
	if it == nil {
		return Asked{}, undrawn()
	}
	a := Asked{Item: it.ID, Version: it.Version, Kind: it.Kind, Context: it.Context, Hints: len(it.Hints), Attribution: it.Attribution,
		Options: make([]Offered, 0, len(it.Choices)), Boxes: make([]AskedBox, 0, len(it.Boxes))}
	var err error
	if a.Text, err = v.draw(it.Text, "text", -1); err != nil {
		return Asked{}, err
	}
	if a.Unit, err = v.fill(it.Unit, "unit", -1); err != nil {
		return Asked{}, err
	}
	for _, i := range v.Order {
		text, err := v.draw(it.Choices[i].Text, "choices", i)
		if err != nil {
			return Asked{}, err
		}
		a.Options = append(a.Options, Offered{Index: i, Text: text})
	}
	for i, b := range it.Boxes {
		var box AskedBox
		for _, line := range []struct {
			to   *string
			from string
		}{{&box.Before, b.Before}, {&box.After, b.After}, {&box.Label, b.Label}} {
			if *line.to, err = v.fill(line.from, "boxes", i); err != nil {
				return Asked{}, err
			}
		}
		a.Boxes = append(a.Boxes, box)
	}
	if more := kinds[it.Kind].asked; more != nil {
		if err := more(v, &a); err != nil {
			return Asked{}, err
		}
	}
	return a, nil
}

func (v Variant) askedMaths(a *Asked) error {
	a.Letters = lettersShown(v.it.Variables, a.Text)
	return nil
}

// maxLetters is how many keys of letters a phone has room for.
const maxLetters = 8

// lettersShown are single letters that an author named and those of a question's mathematics, in order. They come from what
// the learner sees, never from the key.
func lettersShown(named []string, text []doc.El) []string {
	var out []string
	add := func(s string) {
		if r := []rune(s); len(r) == 1 && unicode.IsLetter(r[0]) && len(out) < maxLetters && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	var walk func(e doc.El)
	walk = func(e doc.El) {
		if e.N == "mi" && len(e.C) == 1 {
			add(e.C[0].T)
		}
		for _, c := range e.C {
			walk(c)
		}
	}
	for _, e := range text {
		walk(e)
	}
	for _, name := range named {
		add(name)
	}
	return out
}

// Hint draws rung n (1, 2, 3) of the ladder. Errors: Invalid for a rung that there is not.
func (v Variant) Hint(n int) ([]doc.El, error) {
	if v.it == nil {
		return nil, undrawn()
	}
	if n < 1 || n > len(v.it.Hints) {
		return nil, fault.New(fault.Invalid, "fault.item.hint", "hint", n, "hints", len(v.it.Hints))
	}
	return v.draw(v.it.Hints[n-1], "hints", n-1)
}

// Nudge draws the line that belongs to what Score recognised: empty, never nil, when it recognised nothing.
func (v Variant) Nudge(j Judged) ([]doc.El, error) {
	if v.it == nil {
		return nil, undrawn()
	}
	return v.draw(j.Nudge, "nudge", -1)
}

// Solution draws the worked solution.
func (v Variant) Solution() ([]doc.El, error) {
	if v.it == nil {
		return nil, undrawn()
	}
	return v.draw(v.it.Solution, "solution", -1)
}

func (v Variant) draw(d doc.Doc, what string, i int) ([]doc.El, error) {
	els, err := d.Draw(v)
	if err != nil {
		return nil, faultOf(fault.Internal, *v.it, place(what, i), err)
	}
	if els == nil {
		els = []doc.El{} // an empty list, where a page reads it
	}
	return els, nil
}

func (v Variant) fill(s, what string, i int) (string, error) {
	if s == "" {
		return "", nil
	}
	out, err := doc.Fill(s, v)
	if err != nil {
		return "", faultOf(fault.Internal, *v.it, place(what, i), err)
	}
	return out, nil
}

// undrawn is the fault of a Variant that neither Draw nor Recall made, for example one read back from JSON.
func undrawn() *fault.Error { return fault.New(fault.Internal, "fault.item.undrawn") }
