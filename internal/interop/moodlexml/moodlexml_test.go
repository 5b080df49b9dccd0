package moodlexml

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/flow/intake"
	"kith/internal/interop/bank"
	"kith/internal/interop/bank/banktest"
	"kith/internal/item"
)

var options = bank.Options{File: "garden.xml", True: "True", False: "False", Licence: "CC0"}

func read(t testing.TB, text string) intake.Bundle {
	t.Helper()
	b, err := Read([]byte(text), options)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func garden(t testing.TB) intake.Bundle {
	t.Helper()
	b, err := os.ReadFile("testdata/garden.xml")
	if err != nil {
		t.Fatal(err)
	}
	return read(t, string(b))
}

func TestRead_CategoriesAreSkillsTagsFurtherSkillsAndPicturesComeAlong(t *testing.T) {
	b := garden(t)
	if b.Course.Title != "The garden" || b.Source != "moodle/garden" {
		t.Errorf("%s %s", b.Course.Title, b.Source)
	}
	var skills []string
	for _, s := range b.Course.Skills {
		skills = append(skills, string(s.ID))
	}
	// The tag Fences is the name of one category, so it is that skill.
	if want := []string{"Plots/Areas", "Plots/Fences", "#multiply"}; !slices.Equal(skills, want) {
		t.Errorf("skills %q", skills)
	}
	bed := banktest.Find(t, b, "Bed")
	if bed.ID != "bed-1" || fmt.Sprint(bed.Skills) != "[Plots/Areas #multiply Plots/Fences]" {
		t.Errorf("%s %v", bed.ID, bed.Skills)
	}
	if len(b.Files) != 1 || b.Files[0].Name != "bed plan.png" || len(bed.Text.Nodes) != 2 || bed.Text.Nodes[1].Name != b.Files[0].Code || bed.Text.Nodes[1].Alt != "A bed of 2 m by 3 m" {
		t.Errorf("pictures %+v in %+v", b.Files, bed.Text.Nodes)
	}
	if bed.Text.Nodes[0].Nodes[3].Text != "3" || len(bed.Hints) != 2 || bed.Solution.Plain(nil) != "2 times 3 is 6." || bed.Choices[1].Nudge.Plain(nil) != "That adds the sides. What does an area count?" {
		t.Errorf("%+v", bed)
	}
}

func TestRead_MakesItemsOfEveryKindThatKithHas(t *testing.T) {
	b := garden(t)
	if it := banktest.Find(t, b, "Square"); it.Kind != item.Choice || !it.Ordered || !it.Choices[0].Right || it.Choices[1].Nudge.Plain(nil) != "Draw it." || len(it.Text.Nodes) != 2 {
		t.Errorf("%+v", it)
	}
	if it := banktest.Find(t, b, "Fence"); it.Kind != item.Number || it.Key != "10" || it.Unit != "m" || it.Mistakes[0].Yields[0] != "5" || doc.Format(it.Text) != "How long is a fence around a bed of *2 m* by 3 m?" {
		t.Errorf("%+v", it)
	}
	if it := banktest.Find(t, b, "Circle"); it.Kind != item.Expression || it.Key != "3.14" || it.Tolerance != "0.01" {
		t.Errorf("%+v", it)
	}
	if it := banktest.Find(t, b, "Fraction"); it.Kind != item.Fraction || it.Key != "0.5" || len(it.Mistakes) != 1 {
		t.Errorf("%+v", it)
	}
	if it := banktest.Find(t, b, "Vegetables"); it.Kind != item.Choices || !it.Ordered || !it.Choices[1].Right || it.Choices[2].Right {
		t.Errorf("%+v", it)
	}
	rows := banktest.Find(t, b, "Rows")
	if rows.Kind != item.Blanks || rows.Boxes[0].Key != "12" || rows.Boxes[1].Key != "16" || rows.Boxes[1].Label != "of 4 are (1) _____ plants, four rows (2) _____ ." ||
		rows.Text.Plain(nil) != "Three rows of 4 are (1) _____ plants, four rows (2) _____." {
		t.Errorf("%+v", rows)
	}
	if it := banktest.Find(t, b, "Half a bed"); it.Kind != item.Choice || !it.Choices[0].Right || it.Choices[1].Nudge.Plain(nil) != "Share again." || it.Text.Plain(nil) != "Half of 6 is _____ m²." {
		t.Errorf("%+v", it)
	}
	if it := banktest.Find(t, b, "Pairs"); it.Kind != item.Matching || it.Groups[1].Text.Plain(nil) != "2+2" || it.Choices[1].Text.Plain(nil) != "4" {
		t.Errorf("%+v", it)
	}
	if it := banktest.Find(t, b, "Sorted"); it.Kind != item.Sorting || len(it.Groups) != 3 || it.Choices[1].Group != 0 || it.Choices[2].Group != 1 {
		t.Errorf("%+v", it)
	}
	if it := banktest.Find(t, b, "Sowing"); it.Kind != item.Ordering || it.Choices[1].Text.Plain(nil) != "sow" {
		t.Errorf("%+v", it)
	}
	if it := banktest.Find(t, b, "Plan"); it.Kind != item.Upload || len(it.Rubric) != 2 || it.Rubric[0].Name != "Measured" || len(it.Rubric[0].Levels) != 3 {
		t.Errorf("%+v", it)
	}
	if it := banktest.Find(t, b, "Diary"); it.Kind != item.Long || it.Rubric != nil {
		t.Errorf("%+v", it)
	}
	if it := banktest.Find(t, b, "Choose"); it.Kind != item.Matching || it.Text.Plain(nil) != "A (1) _____ is red, a (2) _____ is green." || len(it.Choices) != 3 || it.Choices[2].Group != item.Nowhere {
		t.Errorf("%+v", it)
	}
	if it := banktest.Find(t, b, "Drop"); it.Kind != item.Choice || !it.Choices[1].Right || it.Text.Plain(nil) != "A _____ grows." {
		t.Errorf("%+v", it)
	}
	if it := banktest.Find(t, b, "Colo(u)r"); it.Kind != item.Short || it.Accepts[0] != "Color" || it.Pattern != "Colo.*r" || !slices.Equal(it.Exact, []string{"case"}) || it.Mistakes[0].Yields[0] != "rain" {
		t.Errorf("%+v", it)
	}
	if it := banktest.Find(t, b, "Name"); it.Kind != item.Short || it.Exact != nil {
		t.Errorf("%+v", it)
	}
	if len(b.Lessons) != 1 || b.Lessons[0].Title != "Why we measure" {
		t.Errorf("%+v", b.Lessons)
	}
	for _, it := range b.Items {
		if err := item.Check(it); err != nil {
			t.Errorf("%s: %v", it.Code, err)
		}
	}
}

func TestRead_NamesWhatItLeavesOutAndWhatItDoubts(t *testing.T) {
	b := garden(t)
	said := func(records []intake.Record) (out []string) {
		for _, r := range records {
			if r.Line == 0 {
				t.Errorf("%s has no line", r.ID)
			}
			out = append(out, r.ID+" "+r.Reason.Code)
		}
		return out
	}
	want := []string{"Words import.moodle.gap", "Drag import.item.options", "Drawn import.moodle.calculated", "Lost picture import.text.figure", "Old import.moodle.hidden",
		"Raw import.moodle.raw", "Mark import.moodle.markers", "Labels import.moodle.on_picture"}
	if got := said(b.Skipped); !slices.Equal(got, want) {
		t.Errorf("skipped\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	want = []string{"Fence import.doubt.units", "Circle import.doubt.any", "Diary import.doubt.files", "Diary import.doubt.template", "Diary import.doubt.grader",
		"Choose import.doubt.one_list", "Colo(u)r import.doubt.partial", "Colo(u)r import.doubt.any", "Vegetables import.doubt.any"}
	if got := said(b.Doubts); !slices.Equal(got, want) {
		t.Errorf("doubts %q", got)
	}
}

func TestRead_RefusesWhatIsNoFileOfMoodlesWithTheLine(t *testing.T) {
	for text, want := range map[string]string{
		"<quiz>\n<question>": "fault.import.xml", "<quiz>\n&lol;</quiz>": "fault.import.xml", "<html></html>": "fault.import.xml_root", "<quiz></quiz>": "fault.import.empty",
		"\xff\xfe<\x00": "fault.import.utf16", "<quiz>\xff</quiz>": "fault.import.utf8", "": "fault.import.empty",
	} {
		_, err := Read([]byte(text), options)
		if said := fault.Said(err); said.Code != want || strings.Contains(text, "\n") && fmt.Sprint(said.Args["line"]) != "2" {
			t.Errorf("%q: %v %v, want %s", text, err, said.Args, want)
		}
	}
}

// The hostile files are of our own making; each says in its name what it tries.
func TestRead_StandsHostileFiles(t *testing.T) {
	one := `<question type="shortanswer"><name><text>n</text></name><questiontext format="html"><text>q</text></questiontext><answer fraction="100"><text>1</text></answer></question>`
	var named []string
	for i := range 3_000 {
		named = append(named, strings.Replace(one, ">q<", ">q"+strconv.Itoa(i)+"<", 1))
	}
	all := map[string][]byte{
		"deep":  []byte("<quiz>" + strings.Repeat("<question>", 1<<17)),
		"many":  []byte("<quiz>" + strings.Repeat(one, 3_000) + "</quiz>"),
		"files": []byte(`<quiz><question type="essay"><questiontext><text>q</text>` + strings.Repeat(`<file name="a" path="/" encoding="base64">AAAA</file>`, 1<<15) + `</questiontext></question></quiz>`),
		"gaps":  []byte(`<quiz><question type="cloze"><questiontext><text>` + strings.Repeat("{1:NM:=1", 1<<17) + `</text></questiontext></question></quiz>`),
		"names": []byte("<quiz>" + strings.Join(named, "") + "</quiz>"),
		"pairs": []byte(`<quiz><question type="matching"><questiontext><text>q</text></questiontext>` + strings.Repeat(`<subquestion><text>a</text><answer><text>b</text></answer></subquestion>`, 1<<15) + `</question></quiz>`),
		"slots": []byte(`<quiz><question type="gapselect"><questiontext><text>` + strings.Repeat("[[1]]", 1<<17) + `</text></questiontext><selectoption><text>a</text></selectoption></question></quiz>`),
		"notes": []byte(`<quiz><question type="ddmarker">` + strings.Repeat("<!-- kith place 1: right box 0 0 1 1 | a\n-->", 1<<15) + `</question></quiz>`),
		"stars": []byte(`<quiz><question type="shortanswer"><questiontext><text>q</text></questiontext>` + strings.Repeat(`<answer fraction="100"><text>*a*b*c*d</text></answer>`, 150) + `</question></quiz>`),
		"order": []byte(`<quiz><question type="ordering"><questiontext><text>q</text></questiontext>` + strings.Repeat(`<answer><text>a</text></answer>`, 199) + `</question></quiz>`),
		"attrs": []byte(`<quiz ` + strings.Repeat(`a="b" `, 1<<16) + `></quiz>`),
	}
	banktest.Stands(t, options, Read, 7, all)
}

func TestWrite_ReadsBackToTheSame(t *testing.T) {
	b, err := os.ReadFile("testdata/garden.xml")
	if err != nil {
		t.Fatal(err)
	}
	banktest.ReadsBack(t, b, options, Read, Write)
}

// FuzzRead: whatever stands in the file, reading ends, every item stands up to item.Check, and what is written whole reads back to the
// same.
func FuzzRead(f *testing.F) {
	b, err := os.ReadFile("testdata/garden.xml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	for _, part := range bytes.SplitAfter(b, []byte("</question>")) {
		f.Add([]byte("<quiz>" + string(part) + "</quiz>"))
	}
	banktest.Fuzz(f, options, Read, Write)
}
