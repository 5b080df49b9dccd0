package itemmd

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/interop/bank"
	"kith/internal/interop/bank/banktest"
	"kith/internal/item"
)

var seeds = []string{"## a\n\nq\n\n= 1\n", "# a / b//c\n\n## n\n\nq $x$\n\n(x) 1\n  > no\n( ) 2\n=> w\n", "## b\n\n: {1|x} y\\ \n", "## n\n\n\\= q\n\n= 3 ± 1\n! 9\n  > n\n", "## n\n\nq\n\n(1) a\n(2) b\n(3) c\n! 2; 1; 3\n  > n\n",
	"## n\n\nq\n\n~ a <-> b\n~ c <-> d\n~ <-> e\n", "## n\n\nq\n\n~ a -> b\n~ c -> b\n~ -> e\n", "## n\n<!-- answer: long -->\n<!-- rubric: a: b | c -->\n\nq\n", "## n\n<!-- pattern: a*b -->\n\nq\n\n= \"a\"\n? h\n  = 1\n  => t\n"}

func TestRead_AnItemIsWhatATeacherWouldWrite(t *testing.T) {
	b := read(t, fixture(t))
	if b.Course.Title != "The kitchen" || b.Source != "markdown/kitchen" || len(b.Course.Skills) != 4 || b.Course.Skills[0].ID != "Money/Change" {
		t.Errorf("%s %s %+v", b.Course.Title, b.Source, b.Course.Skills)
	}
	rolls := banktest.Find(t, b, "Two rolls")
	if rolls.ID != "roll-2" || rolls.Kind != item.Number || rolls.Key != "0.5" || rolls.Unit != "dollars" || len(rolls.Hints) != 2 || rolls.Hints[1].Plain(nil) != "Take that from 2 dollars." ||
		fmt.Sprint(rolls.Skills) != "[Money/Change Sharing #subtract]" {
		t.Errorf("%+v", rolls)
	}
	if m := rolls.Mistakes; len(m) != 2 || len(m[0].Nudge.Nodes) != 2 || m[0].Tag != "Two rolls: 0.75" || m[1].Tag != "stops after one" || m[1].Nudge.Empty() {
		t.Errorf("%+v", rolls.Mistakes)
	}
	if len(rolls.Solution.Nodes) != 2 || len(rolls.Text.Nodes) != 2 || rolls.Text.Nodes[1].Kind != doc.Bullets {
		t.Errorf("%+v", rolls.Text)
	}
	if it := banktest.Find(t, b, "Half"); it.Kind != item.Fraction {
		t.Errorf("%+v", it)
	}
	if it := banktest.Find(t, b, "Hexagon"); it.Kind != item.Choice || !it.Ordered || !it.Choices[1].Right || it.Choices[0].Nudge.Plain(nil) != "That is a pentagon." || len(it.Choices) != 3 {
		t.Errorf("%+v", it)
	}
	if it := banktest.Find(t, b, "Even"); it.Kind != item.Choices || !it.Choices[1].Right || it.Choices[2].Right || it.Text.Plain(nil) != "= is a sign. Which are even?" {
		t.Errorf("%+v", it)
	}
	if it := banktest.Find(t, b, "Circle"); it.Kind != item.Expression || it.Tolerance != "0.01" || it.Unit != "m" {
		t.Errorf("%+v", it)
	}
	if it := banktest.Find(t, b, "Same"); it.Kind != item.Blanks || it.Boxes[0].Label != "the number over 4" || it.Boxes[1].Label != "1/2 =" || it.Boxes[1].After != " / 8 and |" {
		t.Errorf("%+v", it)
	}
	if it := banktest.Find(t, b, "Expression"); it.Kind != item.Expression || it.Key != "2x + 3" {
		t.Errorf("%+v", it)
	}
	if len(b.Lessons) != 1 {
		t.Errorf("%+v", b.Lessons)
	}
	var skipped []string
	for _, s := range b.Skipped {
		skipped = append(skipped, s.ID+" "+s.Reason.Code)
	}
	want := []string{"Short import.item.description", "Stray import.md.stray", "Mixed import.md.mixed", "Box import.item.box", "Words import.item.typed", "Bad area import.item.area",
		"Bad rank import.md.rank", "Bad arrow import.md.pair", "Bad rubric import.item.rubric", "Bad exact import.csv.exact"}
	if !slices.Equal(skipped, want) {
		t.Errorf("skipped %q", skipped)
	}
}

func TestRead_MakesWhatIsArrangedTappedAndWritten(t *testing.T) {
	banktest.Arranged(t, read(t, fixture(t)))
}

// The template is an example that can be brought as it is.
func TestTemplate_CanBeBroughtAsItIs(t *testing.T) {
	b := read(t, string(Template()))
	kinds := map[item.Kind]bool{}
	for _, it := range b.Items {
		kinds[it.Kind] = true
	}
	if len(b.Skipped)+len(b.Doubts) > 0 || len(kinds) != 14 || len(b.Lessons) != 1 {
		t.Errorf("%v %+v %+v", kinds, b.Skipped, b.Doubts)
	}
}

func TestRead_RefusesWhatIsNoTextOrEmpty(t *testing.T) {
	for text, want := range map[string]string{"\xff\xfe#\x00": "fault.import.utf16", "## a\n\xff": "fault.import.utf8", "": "fault.import.empty", "<!-- kith title: x -->\n": "fault.import.empty"} {
		if _, err := Read([]byte(text), options); fault.Said(err).Code != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

// A text that looks like marks of the format comes out so that it reads back as text.
func TestWrite_TextThatLooksLikeMarksStaysText(t *testing.T) {
	for _, text := range []string{"= 3", "? why", "<h2>Head</h2>then", "( ) a", "1. first", "&lt;b&gt; * _a_ `x` [[1]]", "<p>a</p><p>&gt; b</p><p>=&gt; c</p>", "<!-- id: x --> q", "<ul><li>a<ul><li>b</li></ul></li></ul>",
		"<table><tr><th>a</th></tr><tr><td>1 | 2</td></tr></table>", "$$x^2$$", "cost $5 and \\(x\\)2", "<b>a<i>b</i></b>"} {
		b := read(t, "## n\n\n<div>"+text+"</div>\n\n= 1\n")
		if len(b.Items) != 1 {
			t.Fatalf("%s: %+v", text, b.Skipped)
		}
		out, left, lost := Write(b, options)
		back, err := Read(out, options)
		if err != nil || len(left)+len(lost) > 0 {
			t.Fatalf("%s: %v %v %v", text, err, left, lost)
		}
		banktest.Same(t, b, back, string(out))
	}
}

func TestRead_StandsHostileFiles(t *testing.T) {
	banktest.Stands(t, options, Read, 5, map[string][]byte{"arrows": []byte("## a\n\nq\n\n~ " + strings.Repeat("-> ", 1<<18)), "pairs": []byte("## a\n\nq\n\n" + strings.Repeat("~ a -> b\n", 1<<15)), "steps": []byte("## a\n\nq\n\n? h\n" + strings.Repeat("  = 1\n", 1<<15)), "heads": bytes.Repeat([]byte("# a\n"), 1<<17), "items": bytes.Repeat([]byte("## a\n"), 1<<15), "parts": []byte("## a\n\nq\n" + strings.Repeat("( ) a\n", 1<<16)),
		"stars": []byte("## a\n\n" + strings.Repeat("*", 1<<18)), "braces": []byte("## a\n\nq\n\n: " + strings.Repeat("{", 1<<18)), "comments": bytes.Repeat([]byte("<!-- "), 1<<17)})
	if _, err := Read(bytes.Repeat([]byte("# a\n"), maxFolders+2), bank.Options{}); fault.Said(err).Code != "fault.import.many" {
		t.Error(err)
	}
}
