package bank

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/flow/intake"
	"kith/internal/interop/html"
	"kith/internal/item"
)

func words(s string) doc.Doc {
	if s == "" {
		return doc.Doc{}
	}
	return doc.Doc{Nodes: []doc.Node{{Kind: doc.Paragraph, Nodes: []doc.Node{{Kind: doc.Text, Text: s}}}}}
}

// five asks for 5 in a folder.
func five(name string, folder ...string) Entry {
	return Entry{At: At{Name: name}, Folder: folder, Kind: Typed, Text: words("How many? " + name), Answers: []Answer{{Said: "5", Weight: 100}}}
}

func made(t *testing.T, entries ...Entry) intake.Bundle {
	t.Helper()
	b := New("test", Options{File: "my-items_1.txt", True: "True", False: "False"})
	for _, d := range entries {
		if err := b.Add(d); err != nil {
			t.Fatal(err)
		}
	}
	out, err := b.Bundle()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func reasons(records []intake.Record) string {
	var out []string
	for _, r := range records {
		out = append(out, r.ID+": "+r.Reason.Code)
	}
	return strings.Join(out, "; ")
}

func TestReadNumeral_ReadsWhatPeopleWrite(t *testing.T) {
	for in, want := range map[string]string{
		"12": "12", "-3": "-3", "−3": "-3", "+4": "4", "0.50": "0.5", ".5": "0.5", "5.": "5", "1e-3": "0.001", "1,000": "1000", "1,234,567.5": "1234567.5", "2,5": "2.5",
		"3/4": "0.75", "2/3": "2/3", "-1 1/2": "-1.5", `\frac{1}{3}`: "1/3", `$$2\dfrac{1}{4}$$`: "2.25", `\(7\)`: "7", "50%": "50 %", "$1.20": "1.2 dollars", "-$3": "-3 dollars", "$-3": "-3 dollars",
		"": "", "1/0": "", "x": "", "1 2": "", "1..2": "", "--3": "", "1,00,0": "", "1e999": "", "NaN": "", "Inf": "", "0x10": "", strings.Repeat("9", 99): "",
	} {
		n, ok := ReadNumeral(in, "en")
		got := ""
		if ok {
			got = strings.TrimSpace(Write(n.Value) + " " + n.Unit)
		}
		if got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"1,250": "1.25", "1.5": "1.5", "1,5": "1.5"} {
		if n, ok := ReadNumeral(in, "de-AT"); !ok || Write(n.Value) != want {
			t.Errorf("in German %q is %v, want %s", in, n.Value, want)
		}
	}
}

func TestPath_DoublesSlashesAndReadsThemBack(t *testing.T) {
	for _, names := range [][]string{{"a"}, {"a/b", "c"}, {"and / or", "x//y"}, {"a", "/", "/b/", "c"}, nil} {
		if got := SplitPath(Path(names)); !slices.Equal(got, names) {
			t.Errorf("%q is %q, read back %q", names, Path(names), got)
		}
	}
	if got := SplitPath(" a / /b/"); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("%q", got)
	}
}

func TestBundle_WhatStandsInNoFolderIsASkillOfTheCoursesName(t *testing.T) {
	b := made(t, five("a"), five("b", "Deep", "Down", "Here"), five("c", "Top"))
	var got []string
	for _, u := range b.Units {
		for _, p := range u.Parts {
			got = append(got, string(u.ID)+" "+u.Title+" > "+string(p.Objective))
		}
	}
	if want := []string{". My items 1 > .", ". My items 1 > Top", "Deep/Down Deep / Down > Deep/Down/Here"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if b.Course.Skills[0].Title != "My items 1" || b.Source != "test/my items 1" || b.Items[0].ID != "a" || b.Items[1].ID != "Deep/Down/Here/b" {
		t.Errorf("%+v %s %s", b.Course.Skills, b.Source, b.Items[0].ID)
	}
}

func TestBundle_IdsAndNamesStayApart(t *testing.T) {
	given := five("x", "F")
	given.ID = "7"
	again := five("y", "F")
	again.ID = "7"
	second := five("x", "F")
	second.Text = words("Another")
	long := five(strings.Repeat("näme ", 60), "F")
	b := made(t, given, again, second, long)
	var got []string
	for _, it := range b.Items {
		got = append(got, string(it.ID)+" = "+it.Code)
	}
	if got[0] != "7 = x" || got[1] != "F/x = x (2)" || len(b.Items[2].Code) > 100 || !strings.HasSuffix(b.Items[2].Code, "…") {
		t.Errorf("%q", got)
	}
	if r := reasons(b.Skipped); r != "y: import.item.id_twice" {
		t.Error(r)
	}
}

func TestAdd_NamesWhatLooksLikeAMistakeOfTheSource(t *testing.T) {
	choice := func(name string, kind Kind, answers ...Answer) Entry {
		return Entry{At: At{Name: name}, Kind: kind, Text: words("Which, " + name + "?"), Answers: answers}
	}
	a := func(said string, weight float64, nudge string) Answer {
		return Answer{Text: words(said), Said: said, Weight: weight, Nudge: words(nudge)}
	}
	twice, other := five("again"), five("other")
	twice.Text, other.Text = five("first").Text, five("first").Text
	other.Answers[0].Said = "6"
	many := five("hints")
	many.Hints = make([]doc.Doc, 31)
	for _, c := range []struct {
		entry            Entry
		skipped, doubted string
	}{
		{choice("none right", One, a("x", 0, ""), a("y", 0, "")), "import.item.no_key", ""},
		{choice("two right", One, a("x", 100, ""), a("y", 100, "")), "import.item.many_keys", ""},
		{choice("alone", One, a("x", 100, "")), "import.item.options", ""},
		{choice("empty", One, a("x", 100, ""), a("", 0, "")), "import.item.option_empty", ""},
		{choice("alike", One, a("x", 100, ""), a("x", 0, "")), "import.item.option_twice", ""},
		{choice("partly", One, a("x", 100, ""), a("y", 50, "")), "", "import.doubt.partial"},
		{choice("all wrong", Several, a("x", -50, ""), a("y", -50, "")), "import.item.no_key", ""},
		{Entry{At: At{Name: "no text"}, Kind: Typed, Answers: []Answer{a("5", 100, "")}}, "import.item.no_text", ""},
		{many, "import.item.hints", ""},
		{twice, "import.item.twice", ""},
		{other, "", "import.doubt.contradicts"},
		{choice("shadowed", Typed, a("5", 100, ""), a("5.0", 0, "Never said")), "", "import.doubt.unreachable"},
		{choice("twice", Typed, a("5", 100, ""), a("4", 0, "x"), a("8/2", 0, "y")), "", "import.doubt.unreachable"},
		{choice("slip", Typed, a("2x", 100, ""), a("x+x", 0, "Never said")), "", "import.doubt.unreachable"},
		{choice("words", Typed, a("5", 100, ""), a("many", 0, "How many?")), "", "import.doubt.typed"},
		{choice("anything", Typed, a("*", 100, "")), "import.item.any_right", ""},
		{choice("two values", Typed, a("5", 100, ""), a("6", 100, "")), "import.item.two_values", ""},
		{five("deep", strings.Repeat("a", 99), strings.Repeat("b", 99), strings.Repeat("c", 99), strings.Repeat("d", 99), "e"), "import.item.folder", ""},
	} {
		b := made(t, five("first"), c.entry)
		want := func(code string) string {
			if code == "" {
				return ""
			}
			return c.entry.Name + ": " + code
		}
		if reasons(b.Skipped) != want(c.skipped) || reasons(b.Doubts) != want(c.doubted) {
			t.Errorf("%s: skipped %q, doubted %q", c.entry.Name, reasons(b.Skipped), reasons(b.Doubts))
		}
	}
}

func TestBundle_RefusesAnEmptyBankAndNamesEmptyFolders(t *testing.T) {
	b := New("test", Options{File: "x.txt"})
	if _, err := b.Bundle(); fault.Said(err).Code != "fault.import.empty" {
		t.Errorf("%v", err)
	}
	b.Folder(At{Line: 3}, []string{"A"})
	b.Folder(At{Line: 4}, []string{"B"})
	if err := b.Add(five("q", "A", "C")); err != nil {
		t.Fatal(err)
	}
	out, err := b.Bundle()
	if err != nil || reasons(out.Skipped) != "B: import.item.folder_empty" || out.Skipped[0].Line != 4 {
		t.Errorf("%+v, %v", out.Skipped, err)
	}
}

func TestHead_IsReadAsItIsWritten(t *testing.T) {
	b := New("test", Options{File: "x.txt"})
	h := Head{headCourse: "frac/7", headTitle: "Fractions: all", headLang: "de", headSource: "Us", headLicence: "CC0"}
	for _, line := range h.Lines() {
		if !b.Note(line) {
			t.Errorf("%q is no line of a head", line)
		}
	}
	for _, line := range []string{"kith", "kith: x", "kith secret: x", "kin title: x", "kith title:", "question: 3"} {
		if b.Note(line) {
			t.Errorf("%q was taken", line)
		}
	}
	if err := b.Add(five("q")); err != nil {
		t.Fatal(err)
	}
	out, err := b.Bundle()
	if err != nil || out.Source != "test/frac/7" || out.Course.Title != "Fractions: all" || out.Course.Lang != "de" || out.Items[0].Attribution.Licence != "CC0" {
		t.Errorf("%+v, %v", out.Course, err)
	}
}

// A course of another source comes out under its units' and skills' titles; what has drawn numbers stays behind.
func TestDrafts_NamesWhatHasNoPlaceElsewhere(t *testing.T) {
	in := made(t, five("plain", "Unit", "Skill"))
	in.Source = "kith"
	drawn := in.Items[0]
	drawn.Code, drawn.ID, drawn.Key, drawn.Draw = "drawn", "d", "n", []item.Param{{Name: "n", From: 1, To: 9}}
	ratio := in.Items[0]
	ratio.Code, ratio.ID, ratio.Key, ratio.Kind, ratio.Ratio = "ratio", "r", "", item.Blanks, true
	ratio.Boxes = []item.Box{{Key: "1", Label: "a"}, {Key: "2", Label: "b"}}
	in.Items = append(in.Items, drawn, ratio)
	out := Entries("test", in)
	if len(out.Entries) != 1 || fmt.Sprint(out.Entries[0].Folder) != "[Unit Skill]" || reasons(out.Left) != "drawn: export.drawn; ratio: export.ratio" {
		t.Errorf("%+v, left %s", out.Entries, reasons(out.Left))
	}
}

// Only what can be worked out from the question's own words is doubted.
func TestAdd_DoubtsAKeyThatItsOwnQuestionDisagreesWith(t *testing.T) {
	for asked, doubted := range map[string]bool{
		"Evaluate 3x + 2 when x = 4.|14": false, "Evaluate 3x + 2 when x = 4.|11": true, "Evaluate 2xy for x = 3 and y = -2|-12": false, "Evaluate 2xy for x = 3 and y = -2|12": true,
		"Find the value of x^2 if x = -3.|9": false, "Find the value of x^2 if x = -3.|-9": true, "Solve 2x = 6.|3": false, "Solve 2x = 6.|12": true, "Solve 2x + y = 6.|1": false,
		"Evaluate the cost when n = 3.|5": false, "Evaluate 3x when x is small.|5": false, "Solve x^2 = 9.|3": false, "How many are 3x when x = 1?|9": false, "Evaluate \\(\\frac{x}{2}\\) when x = 5.|2.5": false,
		"Evaluate \\(\\frac{x}{2}\\) when x = 5.|3": true,
	} {
		text, key, _ := strings.Cut(asked, "|")
		b := New("test", Options{File: "t"})
		d, err := html.Read(text, html.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := b.Add(Entry{At: At{Name: "n"}, Kind: Typed, Text: d, Answers: []Answer{{Said: key, Weight: 100}}}); err != nil {
			t.Fatal(err)
		}
		out, err := b.Bundle()
		if err != nil || len(out.Items) != 1 {
			t.Fatalf("%s: %v %+v", asked, err, out.Skipped)
		}
		if got := len(out.Doubts) == 1 && out.Doubts[0].Reason.Code == "import.doubt.evaluate"; got != doubted || len(out.Doubts) > 1 {
			t.Errorf("%s: doubted %v %+v", asked, got, out.Doubts)
		}
	}
}
