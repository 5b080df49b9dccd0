package authoring_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"kith/internal/access"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/authoring"
	"kith/internal/flow/evening"
	"kith/internal/flow/library"
	"kith/internal/flow/schooltest"
	"kith/internal/item"
	"kith/internal/skill"
)

// bags is "[[a]] bags with [[b]] apples each": a*b, and the mistake of adding.
func bags(sk skill.ID) authoring.Draft {
	return authoring.Draft{Skill: sk, Kind: item.Number, Text: "Ana has [[a]] bags with [[b]] apples each. How many apples?", Key: "a × b",
		Draw:     []item.Param{{Name: "a", From: 2, To: 9}, {Name: "b", From: 2, To: 9}},
		Mistakes: []authoring.DraftMistake{{Tag: "add", Yields: []string{"a+b"}, Nudge: "You added [[a]] and [[b]]. What does each ask for?"}},
		Hints:    []string{"Draw the bags."}, Solution: "[[a]] times [[b]] is [[a*b]]."}
}

func op() flow.Op { return flow.Op{Op: schooltest.NewOp()} }

func TestCheckItem_ShowsThreeVariantsWithTheirAnswersAndKeepsNothing(t *testing.T) {
	s := schooltest.New(t, 1)
	out := schooltest.Show(s, authoring.CheckItem, s.Okafor, authoring.CheckItemIn{Class: s.Class, Draft: bags(s.Skill("a"))})
	if len(out.Faults) > 0 || len(out.Variants) != 3 {
		t.Fatalf("%s", schooltest.MustJSON(out))
	}
	seen := map[string]bool{}
	for _, v := range out.Variants {
		var a, b int
		text := schooltest.Plain(v.Asked.Text)
		if _, err := fmt.Sscanf(text, "Ana has %d bags with %d apples each.", &a, &b); err != nil || a < 2 || b > 9 {
			t.Fatalf("the learner reads %q", text)
		}
		seen[text] = true
		if got := schooltest.Plain(v.Right); got != fmt.Sprint(a*b) {
			t.Errorf("%q: the answer is %q", text, got)
		}
		if len(v.Mistakes) != 1 || schooltest.Plain(v.Mistakes[0].Answer) != fmt.Sprint(a+b) {
			t.Errorf("%q: mistakes %s", text, schooltest.MustJSON(v.Mistakes))
		}
	}
	if len(seen) != 3 {
		t.Errorf("three variants read %v", seen)
	}
	if n := itemsOf(s, "a"); n != 4 {
		t.Errorf("the skill has %d items after a trial, want the course's 4", n)
	}
}

func itemsOf(s *schooltest.School, code string) (n int) {
	s.Look(s.Okafor, func(l *flow.Look) error {
		items, err := library.Items(l, s.Skill(code))
		n = len(items)
		return err
	})
	return n
}

// Each draft has one thing wrong; the fault stands at its field and says what.
func TestCheckItem_FaultsStandAtTheirField(t *testing.T) {
	s := schooltest.New(t, 1)
	for name, c := range map[string]struct {
		spoil func(d *authoring.Draft)
		field string
		at    int
		code  string
	}{
		"no text":                   {func(d *authoring.Draft) { d.Text = " " }, "text", -1, "fault.author.text"},
		"no key":                    {func(d *authoring.Draft) { d.Key = "" }, "key", -1, "fault.author.key"},
		"a name that is not drawn":  {func(d *authoring.Draft) { d.Key = "a*c" }, "key", -1, "fault.author.name"},
		"a key that cannot be read": {func(d *authoring.Draft) { d.Key = "a*" }, "key", -1, "fault.author.syntax"},
		"a name in the text":        {func(d *authoring.Draft) { d.Text += " [[zz]]" }, "text", -1, "fault.author.name"},
		"nothing to draw from":      {func(d *authoring.Draft) { d.Draw[0].To = 1 }, "draw", -1, "fault.author.param"},
		"a mistake that is right":   {func(d *authoring.Draft) { d.Mistakes[0].Yields[0] = "b*a" }, "mistakes", 0, "fault.author.same_key"},
		"a mistake without a line":  {func(d *authoring.Draft) { d.Mistakes[0].Nudge = "" }, "mistakes", 0, "fault.author.nudge"},
		"two mistakes alike": {func(d *authoring.Draft) {
			d.Mistakes = append(d.Mistakes, authoring.DraftMistake{Tag: "x", Yields: []string{"b+a"}, Nudge: "Again?"})
		}, "mistakes", 1, "fault.author.same_other"},
		"zero beneath":             {func(d *authoring.Draft) { d.Key = "a/(b-b)" }, "key", -1, "fault.author.zero"},
		"numbers that never come":  {func(d *authoring.Draft) { d.Keep = []string{"a > 10"} }, "keep", 0, "fault.author.draw"},
		"a hint with broken signs": {func(d *authoring.Draft) { d.Hints = []string{"**bold"} }, "hints", 0, "fault.doc."},
	} {
		d := bags(s.Skill("a"))
		c.spoil(&d)
		out := schooltest.Show(s, authoring.CheckItem, s.Okafor, authoring.CheckItemIn{Class: s.Class, Draft: d})
		if len(out.Faults) == 0 || len(out.Variants) > 0 {
			t.Errorf("%s: faults %s, %d variants", name, schooltest.MustJSON(out.Faults), len(out.Variants))
			continue
		}
		if f := out.Faults[0]; f.Field != c.field || f.At != c.at || !strings.HasPrefix(f.Say.Code, c.code) {
			t.Errorf("%s: %s, want %s at %s[%d]", name, schooltest.MustJSON(out.Faults), c.code, c.field, c.at)
		}
	}
}

func TestCheckItem_OptionsNeedExactlyOneRight(t *testing.T) {
	s := schooltest.New(t, 1)
	d := authoring.Draft{Skill: s.Skill("a"), Kind: item.Choice, Text: "Which is more?", Options: []authoring.DraftOption{{Text: "seven", Right: true}, {Text: "three", Mistake: "less", Nudge: "Count on."}}}
	check := func() []authoring.FieldFault {
		return schooltest.Show(s, authoring.CheckItem, s.Okafor, authoring.CheckItemIn{Class: s.Class, Draft: d}).Faults
	}
	if f := check(); len(f) > 0 {
		t.Fatalf("%s", schooltest.MustJSON(f))
	}
	for code, options := range map[string][]authoring.DraftOption{
		"fault.author.none_right":  {{Text: "seven"}, {Text: "three"}},
		"fault.author.options":     {{Text: "seven", Right: true}},
		"fault.author.all_right":   {{Text: "seven", Right: true}, {Text: "eight", Right: true}},
		"fault.author.option":      {{Text: "seven", Right: true}, {Text: " "}},
		"fault.author.same_option": {{Text: "seven", Right: true}, {Text: "seven"}},
	} {
		d.Options = options
		if f := check(); len(f) != 1 || f[0].Field != "options" || f[0].Say.Code != code {
			t.Errorf("%s: %s", code, schooltest.MustJSON(f))
		}
	}
}

// What is arranged is previewed, answered, kept and read again as it was written.
func TestAddItem_WhatIsArranged(t *testing.T) {
	s := schooltest.New(t, 1)
	order := authoring.Draft{Skill: s.Skill("a"), Kind: item.Ordering, Text: "Smallest first.", Options: options("1/4", "1/2", "3/4"),
		Mistakes: []authoring.DraftMistake{{Yields: []string{"3", "2", "1"}, Nudge: "You began with the largest. Which comes first?"}}}
	match := authoring.Draft{Skill: s.Skill("a"), Kind: item.Matching, Text: "Which is it?", Groups: []string{"half", "third"}, Options: options("1/2", "1/3", "2")}
	match.Options[1].Group, match.Options[2].Group = 1, item.Nowhere
	sorting := authoring.Draft{Skill: s.Skill("a"), Kind: item.Sorting, Text: "Where?", Groups: []string{"even", "odd"}, Options: options("2", "4", "3")}
	sorting.Options[2].Group, sorting.Options[2].Nudge = 1, "Half of 3?"
	for want, d := range map[string]authoring.Draft{"1/41/23/4": order, "half1/2third1/3": match, "even24odd3": sorting} {
		out := schooltest.Show(s, authoring.CheckItem, s.Okafor, authoring.CheckItemIn{Class: s.Class, Draft: d})
		if len(out.Faults) > 0 || len(out.Variants) != 1 {
			t.Fatalf("%s: %s", d.Kind, schooltest.MustJSON(out))
		}
		got := strings.Join(strings.Fields(schooltest.Plain(out.Variants[0].Right)), "")
		if d.Kind == item.Sorting && got == "even42odd3" { // as they are shown
			got = want
		}
		if got != want {
			t.Errorf("%s: the answer is %q, want %q", d.Kind, got, want)
		}
		made := schooltest.Do(s, authoring.AddItem, s.Okafor, authoring.AddItemIn{Op: op(), Class: s.Class, Draft: d})
		page := schooltest.Show(s, authoring.Author, s.Okafor, authoring.AuthorIn{Class: s.Class, Skill: s.Skill("a"), Item: made.Item})
		again, faults := authoring.Read(*page.Draft, "x")
		if len(faults) > 0 || again.Kind != d.Kind || len(again.Choices) != 3 || len(again.Groups) != len(d.Groups) {
			t.Errorf("%s is read again as %s, %v", d.Kind, schooltest.MustJSON(again), faults)
		}
	}
	for code, spoil := range map[string]func(d *authoring.Draft){
		"fault.author.arranged": func(d *authoring.Draft) { d.Options = d.Options[:2] },
		"fault.author.order": func(d *authoring.Draft) {
			d.Mistakes = []authoring.DraftMistake{{Yields: []string{"3", "2"}, Nudge: "So?"}}
		},
		"fault.author.same_option": func(d *authoring.Draft) { d.Options = options("1", "2", "2") },
	} {
		d := order
		spoil(&d)
		if out := schooltest.Show(s, authoring.CheckItem, s.Okafor, authoring.CheckItemIn{Class: s.Class, Draft: d}); len(out.Faults) == 0 || out.Faults[0].Say.Code != code {
			t.Errorf("%s: %s", code, schooltest.MustJSON(out.Faults))
		}
	}
	sorting.Groups = sorting.Groups[:1]
	if out := schooltest.Show(s, authoring.CheckItem, s.Okafor, authoring.CheckItemIn{Class: s.Class, Draft: sorting}); len(out.Faults) == 0 || out.Faults[0].Say.Code != "fault.author.groups" || out.Faults[0].Field != "options" {
		t.Errorf("one group: %s", schooltest.MustJSON(out.Faults))
	}
}

// Places on a picture cannot be drawn here; a copy keeps them.
func TestCheckItem_PlacesOnAPictureStayWhereTheyAre(t *testing.T) {
	s := schooltest.New(t, 1)
	d := authoring.Draft{Skill: s.Skill("a"), Kind: item.Hotspot, Text: "Tap the two.", Picture: "!figure tape parts=\"2,3\" | A bar.", Options: options("left", "right")}
	d.Options[0].Right = true
	for i := range d.Options {
		d.Options[i].Area = &item.Area{X: 500 * i, Width: 500, Height: 1000}
	}
	out := schooltest.Show(s, authoring.CheckItem, s.Okafor, authoring.CheckItemIn{Class: s.Class, Draft: d})
	if len(out.Faults) > 0 || len(out.Variants) != 1 || schooltest.Plain(out.Variants[0].Right) != "left" || out.Variants[0].Asked.Options[1].Area.X != 500 {
		t.Errorf("%s", schooltest.MustJSON(out))
	}
	d.Options[1].Area = nil
	if out = schooltest.Show(s, authoring.CheckItem, s.Okafor, authoring.CheckItemIn{Class: s.Class, Draft: d}); len(out.Faults) != 1 || out.Faults[0].Say.Code != "fault.author.area" || out.Faults[0].At != 1 {
		t.Errorf("a line without a place: %s", schooltest.MustJSON(out.Faults))
	}
}

func options(texts ...string) (out []authoring.DraftOption) {
	for _, s := range texts {
		out = append(out, authoring.DraftOption{Text: s})
	}
	return out
}

func TestTryItem_SaysWhatALearnerWouldBeTold(t *testing.T) {
	s := schooltest.New(t, 1)
	d := bags(s.Skill("a"))
	first := schooltest.Show(s, authoring.CheckItem, s.Okafor, authoring.CheckItemIn{Class: s.Class, Draft: d}).Variants[0]
	key := schooltest.Plain(first.Right)
	for box, want := range map[string]item.Outcome{key: item.Right, key + "1": item.NotYet, "seven": item.Unread, schooltest.Plain(first.Mistakes[0].Answer): item.NotYet} {
		out := schooltest.Show(s, authoring.TryItem, s.Okafor, authoring.TryItemIn{Class: s.Class, Draft: d, DrawN: first.Asked.DrawN, Response: item.Response{Boxes: []string{box}}})
		if out.Outcome != want || (len(out.Nudge) > 0) != (out.Mistake == "add") {
			t.Errorf("%q: %s, want %s", box, schooltest.MustJSON(out), want)
		}
	}
}

func TestAddItem_LearnersAnswerItAndTheirEstimateMoves(t *testing.T) {
	s := schooltest.New(t, 1)
	made := schooltest.Do(s, authoring.AddItem, s.Okafor, authoring.AddItemIn{Op: op(), Class: s.Class, Draft: bags(s.Skill("a"))})
	if n := itemsOf(s, "a"); n != 5 {
		t.Fatalf("the skill has %d items, want 5", n)
	}
	who := s.Learners[0]
	out := answer(s, who, made.Item, 1, "right")
	if out.Outcome != item.Right || out.Before == out.After {
		t.Errorf("the answer: %s", schooltest.MustJSON(out))
	}
}

// answer answers the learner's first draw of a version of an item: what is right, or the mistake of that place, or other text.
func answer(s *schooltest.School, who access.Actor, id item.ID, version int, how string) evening.AttemptOut {
	s.T.Helper()
	var r item.Response
	s.Look(who, func(l *flow.Look) error {
		it, err := library.ItemVersion(l, id, int64(version))
		if err != nil {
			return err
		}
		v, err := item.Draw(*it, item.SeedFor(string(who.Person), string(id), 1))
		if err != nil {
			return err
		}
		switch how {
		case "right":
			r, _ = library.Given(it.Kind, v, -1)
		case "mistake":
			r, _ = library.Given(it.Kind, v, 0)
		default:
			r = item.Response{Boxes: []string{how}}
		}
		return nil
	})
	return schooltest.Do(s, evening.RecordAttempt, who, evening.RecordAttemptIn{Op: op(), Learner: who.Person, Item: id, Version: version, DrawN: 1, Try: 1,
		Response: r, Purpose: evidence.ForPractice, HappenedMs: s.Now.UnixMilli()})
}

func TestAddItem_IsRefusedWhereItDoesNotBelong(t *testing.T) {
	s := schooltest.New(t, 1)
	in := func() authoring.AddItemIn {
		return authoring.AddItemIn{Op: op(), Class: s.Class, Draft: bags(s.Skill("a"))}
	}
	other := in()
	other.Class = s.Other // 7C has no unit of the course
	schooltest.Refused(s, authoring.AddItem, s.Lin, other, fault.NotFound)
	schooltest.Refused(s, authoring.AddItem, s.Lin, in(), fault.NotFound)
	schooltest.Refused(s, authoring.AddItem, s.Learners[0], in(), fault.Forbidden)
	broken := in()
	broken.Draft.Key = "a*"
	schooltest.Refused(s, authoring.AddItem, s.Okafor, broken, fault.Invalid)
	if n := itemsOf(s, "a"); n != 4 {
		t.Errorf("the skill has %d items, want the course's 4", n)
	}
}

func TestAuthor_ACoursesItemIsReadAsADraftThatMakesItAgain(t *testing.T) {
	s := schooltest.New(t, 1)
	p := schooltest.Show(s, authoring.Author, s.Okafor, authoring.AuthorIn{Class: s.Class, Skill: s.Skill("a"), Item: s.Item("a-1")})
	if p.Draft == nil || p.Own || !p.Takes || !slices.ContainsFunc(p.Tags, func(t authoring.Tag) bool { return t.Tag == "add" }) {
		t.Fatalf("%s", schooltest.MustJSON(p))
	}
	again, faults := authoring.Read(*p.Draft, "me")
	if len(faults) > 0 {
		t.Fatalf("%s", schooltest.MustJSON(faults))
	}
	s.Look(s.Okafor, func(l *flow.Look) error {
		it, err := library.ItemVersion(l, s.Item("a-1"), 1)
		want := *it
		want.ID, want.Version, want.Code, want.Author, want.Attribution = "", 0, "draft", "me", nil
		if a, b := schooltest.MustJSON(again), schooltest.MustJSON(want); a != b {
			t.Errorf("read again:\n%s\nwas\n%s", a, b)
		}
		return err
	})
}
