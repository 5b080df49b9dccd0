package qti

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"kith/internal/interop/bank/banktest"
	"kith/internal/item"
)

// said is what an item asks and takes for right, on one line.
func said(it item.Item) string {
	s := string(it.Kind) + " | " + strings.Join(strings.Fields(it.Text.Plain(nil)), " ") + " |"
	for _, g := range it.Groups {
		s += " [" + g.Text.Plain(nil) + "]"
	}
	for _, o := range it.Choices {
		s += " " + o.Text.Plain(nil)
		switch {
		case o.Right:
			s += "!"
		case len(it.Groups) > 0:
			s += fmt.Sprintf("→%d", o.Group)
		}
		if o.Area != nil {
			s += fmt.Sprintf("@%d,%d,%d,%d", o.Area.X, o.Area.Y, o.Area.Width, o.Area.Height)
		}
		if !o.Nudge.Empty() {
			s += " (" + o.Nudge.Plain(nil) + ")"
		}
	}
	for _, a := range it.Accepts {
		s += " =" + a
	}
	if it.Key+it.Axes+it.Pattern != "" {
		s += " " + it.Key + it.Pattern
	}
	if it.Axes != "" {
		s += " on " + it.Axes
	}
	for _, c := range it.Rubric {
		s += " " + c.Name + fmt.Sprint(c.Levels)
	}
	for _, m := range it.Mistakes {
		s += " ~" + strings.Join(m.Yields, ",") + " (" + m.Nudge.Plain(nil) + ")"
	}
	if !it.Solution.Empty() {
		s += " so: " + it.Solution.Plain(nil)
	}
	return s
}

// Every interaction that Kith has a kind for, its feedback, and the rules that say what a template would; what cannot be taken is
// named with its file, its line and why.
func TestRead_TakesEveryInteractionOfVersion3(t *testing.T) {
	b, err := Read(packed(t, "testdata/v3"), options)
	if err != nil {
		t.Fatal(err)
	}
	for code, want := range map[string]string{
		"Harvest":   "ordering | What comes first in the year? | pruning blossom picking ~2,1,3 (Trees are cut while they sleep. When is that?)",
		"Homes":     "matching | Who lives where? | [bee] [fox] hive→0 den→1 nest→-1",
		"Kinds":     "sorting | Which kind of fruit is it? | [with a core] [with a stone] apple→0 pear→0 plum→1",
		"Twins":     "matching | Which mean the same? | [one] [two] uno→0 due→1 tre→-1",
		"Sentence":  "matching | Climb the (1) _____ and fill the (2) _____. | [(1)] [(2)] basket→1 ladder→0 rake→-1",
		"One gap":   "choice | Apples ripen in the _____. | sun! moon",
		"Compare":   "matching | Compare in your head. Three is (1) _____ than four, five is (2) _____ than four. | [(1)] [(2)] less→0 more→1",
		"Where":     "hotspot | Where do the leaves grow? | the upper half!@0,0,1000,500 the middle@400,550,200,400 (That is wood. Where is it green?)",
		"Water":     "numberline | How much of an apple is water, to the nearest ten percent? | 70 on 0..100 by 10 snap 10",
		"Letter":    "long | Take your time. Write to the farmer. | Greeting[none there] Reasons[none one two]",
		"Drawing":   "upload | Draw a tree on paper. |",
		"Word":      "short | What is pressed from apples and left to stand? _____ | =cider =apple cider ~juice (That is fresh. What if it stands for weeks?)",
		"Spelling":  "short | Where do fruit trees grow? _____ | =orchard orchards?",
		"Hot words": "choice | Which word names a fruit? The farmer ate a pear at noon. | farmer pear! noon",
		"Ruled":     "choice | Which is heavier? | a crate! an apple (How many apples fit into a crate?) so: A crate holds many apples.",
		"Praised":   "number | How many are a dozen? _____ | 12 so: A dozen is twelve, as eggs are sold.",
		"Passage":   "choice | The ladder It leaned on nothing. It lay under the tree. The tree Where was the ladder? | in the barn under the tree!",
	} {
		it := banktest.Find(t, b, code)
		if got := said(it); got != want {
			t.Errorf("%s\n is %s\nnot %s", code, got, want)
		}
		if err := item.Check(it); err != nil {
			t.Errorf("%s: %v", code, err)
		}
	}
	if it := banktest.Find(t, b, "Drawing"); it.Sends != item.SendsBoth {
		t.Errorf("a drawing may be sent as %q", it.Sends)
	}
	var skipped, doubts []string
	for _, s := range b.Skipped {
		skipped = append(skipped, fmt.Sprintf("%s:%d %s", s.File, s.Line, s.Reason.Code))
	}
	for _, s := range b.Doubts {
		doubts = append(doubts, s.ID+" "+s.Reason.Code)
	}
	if want := []string{"items/both.xml:6 import.qti.many", "items/point.xml:6 import.qti.point", "items/sheet.xml:6 import.qti.upload", "items/story2.xml:5 import.qti.part",
		"items/parts.xml:6 import.qti.parts", "items/graphic.xml:6 import.qti.graphic", "items/steps.xml:2 import.qti.adaptive", "passages/unused.xml:0 import.qti.unused"}; !slices.Equal(skipped, want) {
		t.Errorf("skipped\n%s", strings.Join(skipped, "\n"))
	}
	if want := []string{"Twins import.qti.associate", "Word import.doubt.partial", "Praised import.doubt.any"}; !slices.Equal(doubts, want) {
		t.Errorf("doubts\n%s", strings.Join(doubts, "\n"))
	}
	if fmt.Sprint(banktest.Find(t, b, "Compare").Skills) != "[Numbers]" {
		t.Error("a section's title is not the folder")
	}
}

// A package of version 1, as older exports are, is told what to do.
func TestRead_NamesVersion1(t *testing.T) {
	b, err := Read(zipped(t, map[string]string{"imsmanifest.xml": `<manifest identifier="m"><resources><resource identifier="quiz" type="imsqti_xmlv1p2" href="quiz.xml"><file href="quiz.xml"/></resource></resources></manifest>`,
		"quiz.xml": `<questestinterop/>`}), options)
	if err != nil || len(b.Skipped) != 1 || b.Skipped[0].Reason.Code != "import.qti.old" {
		t.Errorf("%+v %v", b.Skipped, err)
	}
}
