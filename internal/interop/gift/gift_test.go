package gift

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/flow/intake"
	"kith/internal/interop/bank"
	"kith/internal/interop/bank/banktest"
	"kith/internal/item"
	"kith/internal/skill"
)

var words = bank.Options{File: "bakery.gift", True: "True", False: "False", Licence: "CC0"}

func read(t testing.TB, text string) intake.Bundle {
	t.Helper()
	b, err := Read([]byte(text), words)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func bakery(t testing.TB) intake.Bundle {
	t.Helper()
	b, err := os.ReadFile("testdata/bakery.gift")
	if err != nil {
		t.Fatal(err)
	}
	return read(t, string(b))
}

// one is the only item of a question.
func one(t *testing.T, text string) item.Item {
	t.Helper()
	b := read(t, text)
	if len(b.Items) != 1 {
		t.Fatalf("%s: %+v", text, b.Skipped)
	}
	return b.Items[0]
}

func TestRead_CategoriesBecomeSkillsInUnitsAndTagsFurtherSkills(t *testing.T) {
	b := bakery(t)
	if b.Source != "gift/bakery" || b.Course.Title != "The bakery" || b.Course.Lang != "en" || b.Licence != "CC0" {
		t.Errorf("%s %+v %s", b.Source, b.Course, b.Licence)
	}
	var skills, units []string
	for _, s := range b.Course.Skills {
		skills = append(skills, string(s.ID)+" = "+s.Title)
	}
	for _, u := range b.Units {
		units = append(units, fmt.Sprint(u.Title, len(u.Parts), u.Parts[1].Lesson))
	}
	// The tag Sharing is the name of one category, so it is that skill; subtract is a skill of its own, without a part.
	if want := []string{"Money/Change = Change", "Money/Sharing = Sharing", "#subtract = subtract"}; !slices.Equal(skills, want) {
		t.Errorf("skills %q", skills)
	}
	if want := []string{"Money2Money/Sharing/Why we weigh"}; !slices.Equal(units, want) {
		t.Errorf("units %q", units)
	}
	roll := banktest.Find(t, b, "Two rolls")
	if roll.ID != "roll-2" || fmt.Sprint(roll.Skills) != "[Money/Change Money/Sharing #subtract]" && fmt.Sprint(roll.Skills) != "[Money/Change #subtract Money/Sharing]" {
		t.Errorf("%s %v", roll.ID, roll.Skills)
	}
	if a := roll.Attribution; a == nil || a.Source != "The bakery" || a.Licence != "CC0" {
		t.Errorf("%+v", a)
	}
}

func TestRead_MakesItemsOfChoicesAndNumbers(t *testing.T) {
	b := bakery(t)
	roll := banktest.Find(t, b, "Two rolls")
	if roll.Kind != item.Number || roll.Key != "0.5" || roll.Solution.Plain(nil) != "Two rolls cost 1.50, and 2 less 1.50 is 0.50." {
		t.Errorf("%s %s %q", roll.Kind, roll.Key, roll.Solution.Plain(nil))
	}
	if m := roll.Mistakes; len(m) != 2 || m[0].Yields[0] != "0.75" || m[0].Tag != "Two rolls: 0.75" || m[0].Nudge.Plain(nil) != "That is one roll. How many do you buy?" {
		t.Errorf("mistakes %+v", m)
	}
	loaf := banktest.Find(t, b, "Loaf")
	if loaf.Kind != item.Choice || !loaf.Ordered || !loaf.Choices[0].Right || loaf.Choices[1].Nudge.Plain(nil) != "Read both sides again." ||
		loaf.Text.Plain(nil) != "A loaf is 3 = 3. True?" || loaf.Solution.Plain(nil) != "Yes." {
		t.Errorf("%+v", loaf)
	}
	dozen := banktest.Find(t, b, "Dozen")
	if doc.Format(dozen.Text) != "How many rolls is **a dozen**?" || !dozen.Choices[1].Right || dozen.Choices[2].Mistake != "Dozen: 13" || dozen.Ordered {
		t.Errorf("%+v", dozen)
	}
	bread := banktest.Find(t, b, "Which are bread?")
	if bread.Kind != item.Choices || !bread.Choices[0].Right || !bread.Choices[1].Right || bread.Choices[2].Right || !strings.HasPrefix(string(bread.ID), "~") {
		t.Errorf("%+v", bread)
	}
	half := banktest.Find(t, b, "Half")
	if half.Kind != item.Fraction || half.Key != "0.25" || half.Text.Nodes[0].Nodes[1].Text != `\frac{1}{2}` || half.Mistakes[0].Yields[0] != "0.5" {
		t.Errorf("%+v", half)
	}
	if oven := banktest.Find(t, b, "Oven"); oven.Key != "200" || oven.Text.Plain(nil) != "The oven is at _____ degrees." {
		t.Errorf("%+v", oven)
	}
	if it := banktest.Find(t, b, "Capital"); it.Kind != item.Short || !slices.Equal(it.Accepts, []string{"apron", "an apron"}) {
		t.Errorf("%+v", it)
	}
	if it := banktest.Find(t, b, "Pairs"); it.Kind != item.Matching || len(it.Groups) != 3 || it.Groups[1].Text.Plain(nil) != "loaf" || it.Choices[1].Text.Plain(nil) != "large" {
		t.Errorf("%+v", it)
	}
	if it := banktest.Find(t, b, "Story"); it.Kind != item.Long {
		t.Errorf("%+v", it)
	}
	if w := banktest.Find(t, b, "Weights"); w.Key != "5" || len(w.Mistakes) != 0 {
		t.Errorf("%+v", w)
	}
	for _, it := range b.Items {
		if err := item.Check(it); err != nil {
			t.Errorf("%s: %v", it.Code, err)
		}
	}
	if len(b.Lessons) != 1 || b.Lessons[0].Title != "Why we weigh" || doc.Format(b.Lessons[0].Body)[:23] != "Bakers *weigh* what the" {
		t.Errorf("lessons %+v", b.Lessons)
	}
}

func TestRead_NamesWhatItLeavesOutWithItsLineAndWhatItDoubts(t *testing.T) {
	b := bakery(t)
	said := func(records []intake.Record) (out []string) {
		for _, r := range records {
			out = append(out, fmt.Sprintf("%d %s %s", r.Line, r.ID, r.Reason.Code))
		}
		return out
	}
	want := []string{"45 Short note import.item.description", "49 Open import.gift.open", "51 Braces import.gift.braces",
		"53 Nothing import.item.option_empty", "55 Twice import.item.option_twice", "57 Picture import.text.figure"}
	if got := said(b.Skipped); !slices.Equal(got, want) {
		t.Errorf("skipped\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	want = []string{"17 Dozen import.doubt.partial", "33 Weights import.doubt.any", "33 Weights import.doubt.partial", "33 Weights import.doubt.range"}
	if got := said(b.Doubts); !slices.Equal(got, want) {
		t.Errorf("doubts %q", got)
	}
}

func TestRead_TheRulesOfGIFT(t *testing.T) {
	for text, want := range map[string]string{
		`a\:b \~ \# \{x\} c\\d {=1}`:        `a:b ~ # {x} c\\d`,
		"two\nlines {#1}":                   "two\n\nlines",
		`[plain]<b>3</b> < 4 {#1}`:          `<b>3</b> < 4`,
		`[moodle]a <i>b</i> {#1}`:           `a *b*`,
		`one\nline {#1}`:                    "one\n\nline",
		`::  Name  ::text {#1}`:             `text`,
		`Moodle costs {#0} dollars a year.`: `Moodle costs \_____ dollars a year.`,
	} {
		want = strings.ReplaceAll(want, `\_____`, `_____`)
		if got := doc.Format(one(t, text).Text); got != want {
			t.Errorf("%s is %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]string{
		"q {#5}": "5", "q {#=5:0}": "5", "q {#-0.5}": "-0.5", "q {#1e3}": "1000", "q {=1,250}": "1250", "q {=2,5}": "2.5", "q {=1 1/2}": "1.5",
		`q {=\(\\frac\{2\}\{3\}\)}`: "2/3", "q {=−4}": "-4", "q {=%100%7 =%0%8#no}": "7", "q {#=5.0..5}": "5",
	} {
		if it := one(t, text); it.Key != want {
			t.Errorf("%s has the key %s, want %s", text, it.Key, want)
		}
	}
	for text, want := range map[string]string{"q {=50%}": "50 %", "q {=$4}": "4 dollars", "q {=3 cups}": "3 cups"} {
		if it := one(t, text); it.Key+" "+it.Unit != want {
			t.Errorf("%s is %s %s", text, it.Key, it.Unit)
		}
	}
	// Kinds that package algebra judges: a number that may be off, an expression, a statement. Words are neither.
	for text, want := range map[string]string{
		"q {#3.14:0.005}": "expression 3.14 0.005", "q {#1..5}": "expression 3 2", "q {=2x+3}": "expression 2x+3 ", `q {=x\=4 =4}`: "equation x=4 ",
		`q {=\(\frac\{x\}\{2\}\)}`: `expression \frac{x}{2} `, "q {=(3, 5)}": "equation (3, 5) ", "q {=no solution}": "equation no solution ", "q {=x > 2}": "equation x > 2 ",
	} {
		if it := one(t, text); string(it.Kind)+" "+it.Key+" "+it.Tolerance != want {
			t.Errorf("%s is %s %s %s, want %s", text, it.Kind, it.Key, it.Tolerance, want)
		}
	}
	// What is neither is words, which a person looks at where they are none of the known ones. A star stands for any letters.
	for text, want := range map[string]string{
		"q {=apron}": "apron", "q {=a dog =the dog}": "a dog|the dog", "q {=x2}": "x2", "q {=2 or more}": "2 or more", "q {=cat =2x}": "cat|2x", "q {=colo*r}": "color ~ colo.*r", `q {=5 \\* 3 is *}`: `5 * 3 is ~ 5 \* 3 is .*`,
	} {
		it := one(t, text)
		got := strings.Join(it.Accepts, "|")
		if it.Pattern != "" {
			got += " ~ " + it.Pattern
		}
		if it.Kind != item.Short || got != want {
			t.Errorf("%s is %s %s, want %s", text, it.Kind, got, want)
		}
	}
	for text, want := range map[string]string{"q {=a -> 1 =b -> 2 =-> 3}": "matching", "q {=a -> 1 =b -> 2 =c -> 1}": "sorting", "q {}": "long", "q {####Because.}": "long"} {
		if it := one(t, text); string(it.Kind) != want {
			t.Errorf("%s is %s, want %s", text, it.Kind, want)
		}
	}
	for _, text := range []string{"q {=a -> 1 =b}", "q {=a -> 1 =b ->}", "q {=a -> 1}", "q {=a -> 1 =a -> 2}", "q {=x\\=4 =x\\=5}", "q {=3 =4}", "q {=*}", "q {=0.1234567890123456789}"} {
		if b := read(t, text); len(b.Items) > 0 || len(b.Skipped) != 1 {
			t.Errorf("%s was taken: %+v", text, b.Items)
		}
	}
	// The same file says the same in Germany, but for what a comma is.
	de := words
	de.Lang = "de"
	b, err := Read([]byte("q {=1,250}"), de)
	if err != nil || b.Items[0].Key != "1.25" || b.Course.Lang != "de" {
		t.Errorf("%+v, %v", b.Items, err)
	}
}

func TestRead_RefusesWhatIsNoTextOrEmpty(t *testing.T) {
	for text, want := range map[string]string{
		"\xff\xfeq\x00": "fault.import.utf16", "q {=1}\n\xff": "fault.import.utf8", "a\x00": "fault.import.nul", "// nothing\n\n": "fault.import.empty", "": "fault.import.empty",
	} {
		if _, err := Read([]byte(text), words); fault.Said(err).Code != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	if b, err := Read([]byte("\ufeffq {#1}"), words); err != nil || b.Items[0].Text.Plain(nil) != "q" {
		t.Errorf("with a byte order mark: %v", err)
	}
}

// The hostile files are of our own making; each says in its name what it tries.
func TestRead_StandsHostileFiles(t *testing.T) {
	big := map[string][]byte{
		"tildes": []byte("q {=1" + strings.Repeat("~", 1<<20) + "}"), "braces": bytes.Repeat([]byte("{"), 1<<20), "names": bytes.Repeat([]byte("::"), 1<<20),
		"comments": bytes.Repeat([]byte("// [id:"), 1<<20), "lines": bytes.Repeat([]byte("q {#1}\n\n"), 30_000), "categories": bytes.Repeat([]byte("$CATEGORY: a/b/c\n"), 1<<17),
		"pairs": []byte("q {" + strings.Repeat("=a -> b", 1<<16) + "}"), "stars": []byte("q {" + strings.Repeat("=*a*b", 1<<16) + "}"), "words": []byte("q {" + strings.Repeat("=%0%word#x", 1<<15) + "=end}"),
		"deep": []byte("$CATEGORY: " + strings.Repeat("a/", 1<<19) + "\n\nq {#1}"),
	}
	banktest.Stands(t, words, Read, 7, big)
}

func TestWrite_ReadsBackToTheSame(t *testing.T) {
	b := bakery(t)
	out, left, lost := Write(b, words)
	if len(left)+len(lost) > 0 {
		t.Errorf("left %+v, lost %+v", left, lost)
	}
	// The file's name has changed on its way; what it says of itself counts.
	o := words
	o.File, o.Licence = "other.gift", ""
	back, err := Read(out, o)
	if err != nil {
		t.Fatal(err)
	}
	banktest.Same(t, b, back, string(out))
	again, _, _ := Write(back, o)
	if !bytes.Equal(out, again) {
		t.Errorf("written again\n%s\nwas\n%s", again, out)
	}
}

// FuzzRead: whatever stands in the file, reading ends, every item stands up to item.Check, and what is written reads back to
// the same.
func FuzzRead(f *testing.F) {
	for _, name := range []string{"testdata/bakery.gift"} {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	for _, s := range []string{"q {T}", "q {=5 =%0%6#n}", "$CATEGORY: a//b/c\n\n// [tag:c]\n::n::[html]<b>q</b>{~%50%a~%50%b~c#x}", "q {#5:1}", "::a::x {=1/2 =%0%1/3#y ####z}", "q {=a -> 1 =b -> 2 =c -> 1 = -> 4}", "q {=colo*r =%0%cat#n}", "0{=0=00%000}", "q {=5*!0}", "$CATEGORY:. \n0{}", "q {####z}"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		in, err := Read(b, words)
		if err != nil {
			return
		}
		for _, it := range in.Items {
			if err := item.Check(it); err != nil {
				t.Fatalf("%s: %v", it.Code, err)
			}
		}
		out, left, lost := Write(in, words)
		if len(left)+len(lost) > 0 {
			t.Fatalf("left %+v, lost %+v\n%s", left, lost, out)
		}
		if len(in.Items)+len(in.Lessons) == 0 {
			return
		}
		back, err := Read(out, words)
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		banktest.Same(t, in, back, string(out))
	})
}

// What GIFT has no place for is named, and everything else of the item comes back.
func TestWrite_NamesWhatOfArrangedAndWrittenItemsIsLost(t *testing.T) {
	text := func(s string) doc.Doc {
		return doc.Doc{Nodes: []doc.Node{{Kind: doc.Paragraph, Nodes: []doc.Node{{Kind: doc.Text, Text: s}}}}}
	}
	group := func(all ...string) (out []item.Group) {
		for _, s := range all {
			out = append(out, item.Group{Text: text(s)})
		}
		return out
	}
	plain := item.Item{Kind: item.Short, Text: text("q"), Skills: []skill.ID{"s"}, Attribution: &item.Attribution{}, Accepts: []string{"word", "gry"}, Pattern: "gr.*y"}
	for want, change := range map[string]func(*item.Item){
		"":                    func(*item.Item) {},
		"lost export.pattern": func(it *item.Item) { it.Pattern = "gr[ae]y" },
		"lost export.exact":   func(it *item.Item) { it.Exact = []string{item.ExactCase} },
		"lost export.words":   func(it *item.Item) { it.Accepts, it.Pattern = []string{"7"}, "" },
		"left export.kind":    func(it *item.Item) { it.Kind, it.Accepts, it.Pattern = item.Upload, nil, "" },
		"lost export.rubric": func(it *item.Item) {
			it.Kind, it.Accepts, it.Pattern, it.Rubric = item.Long, nil, "", []item.Criterion{{Name: "a", Levels: []string{"b", "c"}}}
		},
		"left export.kind (order)": func(it *item.Item) {
			it.Kind, it.Accepts, it.Pattern, it.Choices = item.Ordering, nil, "", []item.Option{{Text: text("1")}, {Text: text("2")}, {Text: text("3")}}
		},
		"lost export.groups": func(it *item.Item) {
			it.Kind, it.Accepts, it.Pattern, it.Groups = item.Sorting, nil, "", group("x", "y")
			it.Choices = []item.Option{{Text: text("1"), Group: 1}, {Text: text("2"), Group: 1}, {Text: text("3")}}
		},
		"lost export.misplaced": func(it *item.Item) {
			it.Kind, it.Accepts, it.Pattern, it.Groups = item.Matching, nil, "", group("x -> y", "z")
			it.Choices = []item.Option{{Text: text("1"), Nudge: text("n"), Mistake: "c: 1"}, {Text: text("2"), Group: 1}}
		},
	} {
		it := plain
		it.ID, it.Code = "c", "c"
		change(&it)
		if err := item.Check(it); err != nil {
			t.Fatal(want, err)
		}
		in := intake.Bundle{Course: skill.Course{ID: "c", Title: "c", Lang: "en", Skills: []skill.Skill{{ID: "s", Title: "s"}}}, Items: []item.Item{it}}
		out, left, lost := Write(in, words)
		got := ""
		for _, r := range left {
			got += "left " + r.Reason.Code
		}
		for _, r := range lost {
			got += "lost " + r.Reason.Code
		}
		if want, _, _ := strings.Cut(want, " ("); got != want {
			t.Errorf("%q, want %q", got, want)
		}
		back, err := Read(out, words)
		if len(left) > 0 {
			continue
		}
		if err != nil || len(back.Items) != 1 {
			t.Fatalf("%s: %v %+v\n%s", want, err, back.Skipped, out)
		}
		// Into the course that it came from, nothing of it is taken away.
		back.Silent = []string{intake.SilentHints, intake.SilentArranged, intake.SilentWritten}
		if kept := bank.Kept(in, back); len(bank.Differ(in, kept)) > 0 && want != "lost export.words" {
			t.Errorf("%s: brought again it is %+v", want, kept.Items[0])
		}
	}
}
