package authoring

import (
	"fmt"
	"slices"
	"strings"

	"kith/internal/access"
	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/item"
	"kith/internal/phrase"
	"kith/internal/roster"
)

// What a trial shows, and how many draws it looks through for one that does not work.
const (
	shownVariants = 3
	provenDraws   = 60
)

// CheckItemIn is a draft as it stands, in a class of the teacher's.
type CheckItemIn struct {
	Class roster.ClassID `json:"class" minLength:"36" maxLength:"36"`
	Draft Draft          `json:"draft"`
}

// CheckItemOut is what learners would get. Faults name fields; while there are any there may be no variants, and Text is
// the text as far as it can be read.
type CheckItemOut struct {
	Text     []doc.El     `json:"text"`
	Picture  []doc.El     `json:"picture,omitempty"` // as Text: places are drawn on it before there are any
	Faults   []FieldFault `json:"faults"`
	Variants []Variant    `json:"variants"` // three, or one when nothing is drawn
}

// Variant is one draw, as a learner gets it and with what they do not see.
type Variant struct {
	library.PreviewItem
	Numbers []Drawn `json:"numbers"`
}

// Drawn is one drawn or derived name with its value.
type Drawn struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// CheckItem tries a draft out and keeps nothing: three variants with their answers as learners would get them, the key judged
// by itself, and each wrong answer held against it. Errors: NotFound (not a class of this teacher).
var CheckItem = flow.View[CheckItemIn, CheckItemOut]{
	Name:  "check_item",
	Rule:  access.Allow(access.TeacherOf, access.Admin),
	About: func(_ *flow.Look, in CheckItemIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Load:  func(l *flow.Look, in CheckItemIn) (CheckItemOut, error) { return try(l, in.Draft) },
}

func try(l *flow.Look, d Draft) (CheckItemOut, error) {
	it, faults := Read(d, flow.ActorKey(l.Who()))
	out := CheckItemOut{Faults: faults}
	out.Text, _ = it.Text.Draw(unset{})
	out.Picture, _ = it.Picture.Draw(unset{})
	if len(faults) > 0 {
		return out, nil
	}
	if out.Faults = prove(it); len(out.Faults) > 0 {
		return out, nil
	}
	var err error
	out.Variants, err = variants(l, it)
	return out, err
}

// unset shows the names themselves where no numbers are drawn yet.
type unset struct{}

func (unset) Value(src string) (string, error) { return src, nil }

// variants are the first draws that differ.
func variants(l *flow.Look, it item.Item) ([]Variant, error) {
	var out []Variant
	want := shownVariants
	if len(it.Draw) == 0 {
		want = 1
	}
	for n := 1; n <= 4*want && len(out) < want; n++ {
		of, err := library.PreviewOf(l, it, n)
		if err != nil {
			return out, err
		}
		v, err := library.PreviewVariant(it, n)
		if err != nil {
			return out, err
		}
		one := Variant{PreviewItem: of}
		for _, p := range it.Draw {
			one.Numbers = append(one.Numbers, Drawn{p.Name, v.Values[p.Name]})
		}
		if !slices.ContainsFunc(out, func(o Variant) bool { return slices.Equal(o.Numbers, one.Numbers) }) {
			out = append(out, one)
		}
	}
	return out, nil
}

// prove draws an item many times: every draw works, its own key is right, and every wrong answer that it names is not yet
// and known by its own name. The first fault is told, since one is often the reason for others.
func prove(it item.Item) []FieldFault {
	for n := 1; n <= provenDraws; n++ {
		v, err := library.PreviewVariant(it, n)
		if err != nil {
			return []FieldFault{located(err)}
		}
		if f := proveOne(it, v); f != nil {
			return []FieldFault{*f}
		}
		if len(it.Draw) == 0 {
			break
		}
	}
	return nil
}

func proveOne(it item.Item, v item.Variant) *FieldFault {
	if key, ok := library.Given(it.Kind, v, -1); ok {
		said, err := item.Score(v, key)
		field := "key"
		if len(it.Choices) > 0 {
			field = "options"
		}
		switch {
		case err != nil:
			f := located(err)
			return &f
		case said.FormMiss != "":
			return &FieldFault{"key", -1, phrase.Of("fault.author.form", "form", said.FormMiss)}
		case said.Outcome != item.Right:
			return &FieldFault{field, -1, phrase.Of("fault.author.own_key", "key", strings.Join(key.Boxes, " "))}
		}
	}
	for _, s := range it.Scaffolds {
		if !judgesOwn(v, s.Rung, s.Kind) {
			return &FieldFault{"steps", s.Rung - 1, phrase.Of("fault.author.step")}
		}
	}
	for i, m := range it.Mistakes {
		wrong, ok := library.Given(it.Kind, v, i)
		if !ok {
			continue
		}
		said, err := item.Score(v, wrong)
		if err != nil || said.Outcome != item.NotYet || said.Mistake != m.Tag {
			return &FieldFault{"mistakes", i, phrase.Of("fault.author.unseen", "answer", strings.Join(wrong.Boxes, " "))}
		}
	}
	return nil
}

// judgesOwn reports whether the smaller question of a rung can be drawn, and takes its own answer.
func judgesOwn(v item.Variant, rung int, kind item.Kind) bool {
	small, _, _, err := v.Scaffold(rung)
	if err != nil {
		return false
	}
	key, ok := library.Given(kind, small, -1)
	if !ok {
		return true
	}
	said, err := item.Score(small, key)
	return err == nil && said.Outcome == item.Right
}

// TryItemIn is a response to one of a draft's variants, as the page shows it.
type TryItemIn struct {
	Class    roster.ClassID `json:"class" minLength:"36" maxLength:"36"`
	Draft    Draft          `json:"draft"`
	DrawN    int            `json:"draw_n" minimum:"1" maximum:"100"`
	Response item.Response  `json:"response"`
}

// TryItemOut is what a learner would be told.
type TryItemOut struct {
	Outcome item.Outcome `json:"outcome" enum:"right,not_yet,unread,waiting"`
	Mistake string       `json:"mistake"` // the tag that a not-yet would leave
	Nudge   []doc.El     `json:"nudge"`

	Slip *phrase.Phrase `json:"slip,omitempty"` // not yet, without such a line: what lies between the answer and the key
}

// TryItem judges a response to a draft as a learner's would be, and keeps nothing. Errors: Invalid (the draft cannot be asked,
// or the response is none to it), NotFound.
var TryItem = flow.View[TryItemIn, TryItemOut]{
	Name:  "try_item",
	Rule:  access.Allow(access.TeacherOf, access.Admin),
	About: func(_ *flow.Look, in TryItemIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Load: func(l *flow.Look, in TryItemIn) (TryItemOut, error) {
		it, faults := Read(in.Draft, flow.ActorKey(l.Who()))
		if len(faults) > 0 {
			return TryItemOut{}, refused(faults)
		}
		v, err := library.PreviewVariant(it, in.DrawN)
		if err != nil {
			return TryItemOut{}, refused([]FieldFault{located(err)})
		}
		said, err := item.Score(v, in.Response)
		if err != nil {
			return TryItemOut{}, err
		}
		nudge, err := v.Nudge(said)
		out := TryItemOut{Outcome: said.Outcome, Mistake: said.Mistake, Nudge: nudge}
		if slip, _ := said.Slip(); slip.Code != "" && len(nudge) == 0 {
			out.Slip = &slip
		}
		return out, err
	},
}

// refused is the first of some faults as what a verb answers with.
func refused(faults []FieldFault) error {
	f := faults[0]
	return &fault.Error{Kind: fault.Invalid, Say: f.Say, Err: fmt.Errorf("%s[%d]: %s", f.Field, f.At, f.Say.Code)}
}
