package item

import "slices"

// kindOf is what a kind of item knows of itself: everything that differs between kinds goes through this table, so a new
// kind is a file of its own and a line here.
type kindOf struct {
	// check proves what the kind needs; what no kind shares is listed in parts, and Check refuses it elsewhere.
	check func(c *checker)
	parts []string

	// settle works out what is right in a variant's numbers; why says what makes these numbers no good.
	settle func(v *Variant) (why string, err error)

	// score judges a response. Its variant is drawn and not withdrawn.
	score func(v Variant, r Response) (Judged, error)

	// order is how the options stand as shown, where their own order or a plain shuffle will not do.
	order func(v *Variant) []int

	// given is what is right (mistake below 0) or what a known mistake comes to, where neither key nor options alone say it.
	given func(v Variant, mistake int) (Response, bool)

	// asked adds what a browser needs to take an answer, and nothing that tells it; nil where Asked's own parts do.
	asked func(v Variant, a *Asked) error

	// waits says that a response may have to wait for a person (Kind.AtOnce).
	waits bool
}

// kinds is filled when the package starts: its functions refer to each other.
var kinds map[Kind]kindOf

func init() {
	options := kindOf{check: (*checker).options, parts: []string{"choices", "ordered"}, settle: (*Variant).settleOptions, score: Variant.scoreOptions}
	numbers := kindOf{check: (*checker).oneNumber, settle: (*Variant).settleKey, score: Variant.scoreNumbers}
	maths := kindOf{check: (*checker).maths, parts: []string{"forms", "variables", "tolerance"}, settle: (*Variant).settleMaths, score: Variant.scoreMaths, asked: Variant.askedMaths}
	placed := kindOf{check: (*checker).placing, parts: []string{"axes", "variables"}, settle: (*Variant).settlePlace, score: Variant.scorePlace, asked: Variant.askedPlace}
	blanks := numbers
	blanks.check = (*checker).blanks
	ordering := kindOf{check: (*checker).ordering, parts: []string{"choices"}, settle: (*Variant).settleArranged, score: Variant.scoreOrdering, order: mixed, given: Variant.givenOrdering, asked: Variant.askedArranged}
	grouped := kindOf{check: (*checker).grouped, parts: []string{"choices", "groups"}, settle: (*Variant).settleArranged, score: Variant.scoreGrouped, order: shuffled, given: Variant.givenGrouped, asked: Variant.askedArranged}
	spots := options
	spots.check, spots.parts, spots.order, spots.asked = (*checker).hotspot, []string{"choices", "areas"}, reading, Variant.askedHotspot
	short := kindOf{check: (*checker).short, parts: []string{"accepts"}, settle: (*Variant).settleShort, score: Variant.scoreShort, asked: Variant.askedRubric, waits: true}
	long := kindOf{check: (*checker).longText, parts: []string{"rubric"}, settle: (*Variant).settleNothing, score: Variant.scoreLong, asked: Variant.askedRubric, waits: true}
	upload := long
	upload.score, upload.parts = Variant.scoreUpload, []string{"rubric", "sends"}
	kinds = map[Kind]kindOf{
		Short: short, Long: long, Upload: upload,
		Choice: options, Choices: options, Hotspot: spots,
		Number: numbers, Fraction: numbers, Blanks: blanks,
		Expression: maths, Equation: maths,
		NumberLine: placed, Interval: placed, Plane: placed,
		Ordering: ordering, Matching: grouped, Sorting: grouped,
	}
}

// Mathematics reports whether package algebra judges a kind: one box for mathematics, KeyText and ReadBack.
func (k Kind) Mathematics() bool { return k == Expression || k == Equation || k.Placed() }

// Placed reports whether a kind's answers are placed on axes.
func (k Kind) Placed() bool { return k == NumberLine || k == Interval || k == Plane }

// parts says of each part that only some kinds have whether an item has it.
func (it *Item) parts() map[string]bool {
	return map[string]bool{
		"choices": len(it.Choices) > 0, "ordered": it.Ordered,
		"accepts": len(it.Accepts) > 0 || it.Pattern != "" || len(it.Exact) > 0, "rubric": len(it.Rubric) > 0,
		"areas":  !it.Picture.Empty() || slices.ContainsFunc(it.Choices, func(o Option) bool { return o.Area != nil }),
		"groups": len(it.Groups) > 0 || slices.ContainsFunc(it.Choices, func(o Option) bool { return o.Group != 0 }),
		"forms":  len(it.Forms) > 0, "variables": len(it.Variables) > 0, "tolerance": it.Tolerance != "",
		"axes": it.Axes != "", "sends": it.Sends != "",
	}
}

// ownParts refuses the parts that the item's kind has no place for.
func (c *checker) ownParts(kind kindOf) {
	have := c.it.parts()
	for _, part := range []string{"choices", "ordered", "areas", "groups", "accepts", "rubric", "forms", "variables", "tolerance", "axes", "sends"} {
		c.need(!have[part] || slices.Contains(kind.parts, part), part)
	}
}

// Chosen reports whether answers to a kind are picked from a few, so that chance picks a right one now and then.
func (k Kind) Chosen() bool { return k == Choice || k == Choices || k == Hotspot }

// Given is a response that somebody could give to a kind that is neither typed nor chosen: what is right (mistake below 0), or
// what a known mistake comes to. ok is false for other kinds, and for a mistake that has no answer of its own.
func Given(v Variant, mistake int) (r Response, ok bool) {
	if give := kinds[v.it.Kind].given; give != nil {
		return give(v, mistake)
	}
	return Response{}, false
}
