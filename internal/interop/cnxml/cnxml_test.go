package cnxml

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/flow/intake"
	"kith/internal/interop/bank"
	"kith/internal/item"
	"kith/internal/phrase"
	"kith/internal/skill"
)

// said are the catalogue's, as a command gives them.
func said(t testing.TB) bank.Options {
	t.Helper()
	c, err := phrase.Load()
	if err != nil {
		t.Fatal(err)
	}
	return bank.Options{File: "x", True: "True", False: "False", Say: func(p phrase.Phrase) string { return c.Say(phrase.Default, p) }}
}

// kitchen is our own book: one chapter, two sections, every element that the reader knows.
func kitchen(t testing.TB) intake.Bundle {
	t.Helper()
	f, err := Load("testdata/kitchen")
	if err != nil {
		t.Fatal(err)
	}
	b, err := Read(f, "", said(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func lessonOf(t *testing.T, b intake.Bundle, title string) doc.Doc {
	t.Helper()
	for _, l := range b.Lessons {
		if l.Title == title {
			return l.Body
		}
	}
	t.Fatalf("no lesson %q", title)
	return doc.Doc{}
}

func itemOf(t *testing.T, b intake.Bundle, id string) item.Item {
	t.Helper()
	for _, it := range b.Items {
		if string(it.ID) == id {
			return it
		}
	}
	t.Fatalf("no item %s", id)
	return item.Item{}
}

// html is a text as a page shows it.
func html(t *testing.T, d doc.Doc) string {
	t.Helper()
	els, err := d.Draw(nil)
	if err != nil {
		t.Fatal(err)
	}
	h, err := doc.HTML(els)
	if err != nil {
		t.Fatal(err)
	}
	return string(h)
}

func TestRead_AChapterIsAUnitAndEachObjectiveASkillWithItsLesson(t *testing.T) {
	b := kitchen(t)
	if b.Source != "cnxml/kitchen" || b.Licence != "CC BY 4.0" || b.Attribution != "Kitchen Sums; Ada Baker, Ben Cook" {
		t.Errorf("%s, %s, %s", b.Source, b.Licence, b.Attribution)
	}
	var titles []string
	for _, o := range b.Course.Objectives {
		titles = append(titles, o.Code+" "+o.Title+" "+o.ICan)
	}
	want := []string{"1.1.1 Count spoons I can count spoons.", "1.1.2 Share a pie I can share a pie.", "1.1.3 Clean up I can clean up.",
		"1.2.1 Weigh flour I can weigh flour.", "1.2.2 Read a scale I can read a scale."}
	if !slices.Equal(titles, want) {
		t.Errorf("%q", titles)
	}
	if len(b.Units) != 1 || b.Units[0].Title != "1. At the stove" || len(b.Units[0].Parts) != 4 {
		t.Fatalf("%+v", b.Units)
	}
	for _, l := range b.Lessons {
		a := l.Attribution
		if a == nil || !strings.HasPrefix(a.Source, "Kitchen Sums, "+l.Code[:3]) || a.Authors != "Ada Baker, Ben Cook" || a.Licence != "CC BY 4.0" || string(l.Objective) == "" || len(l.Skills) != 1 {
			t.Errorf("%s: %+v", l.Title, l)
		}
		if err := l.Body.Validate(); err != nil {
			t.Errorf("%s: %v", l.Title, err)
		}
	}
	if len(b.Lessons) != 4 {
		t.Errorf("%d lessons", len(b.Lessons))
	}
}

func TestRead_AReadingKeepsWhatTheBookSays(t *testing.T) {
	b := kitchen(t)
	page := html(t, lessonOf(t, b, "Count spoons"))
	for _, want := range []string{
		"<p>Before the first heading.</p>",
		"<strong>spoon</strong>", "<em>small</em>", "x²", "see Example 1.1", "Figure 1.1", "“Share a pie”",
		`<h3>Example 1.1: Two drawers</h3><section class="pause"><p>Add <math><mrow><mn>2</mn><mo>+</mo><mn>3</mn></mrow></math>.</p></section>`,
		`<p><strong>Solution</strong></p>`,
		`<math display="block"><mrow><mn>2</mn><mo>+</mo><mn>3</mn><mo>=</mo><mn>5</mn></mrow></math>`,
		"<ol><li>Open the drawer.</li><li>Count.</li></ol>", "<li>a fork</li>",
		`<th scope="col">Drawer</th>`, `<td>top</td><td><math><mn>4</mn></math></td>`,
		`alt="Three spoons in a row."`, "Spoons lie still.", "<h2>Large drawers</h2>",
		"<p><strong>How to count</strong></p>", "(a) first (b) second",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("%s is missing in\n%s", want, page)
		}
	}
	for _, not := range []string{"Try it", "https://", "Film", "Be prepared", "ⓐ"} {
		if strings.Contains(page, not) {
			t.Errorf("%q stands in it", not)
		}
	}
	if last := html(t, lessonOf(t, b, "Share a pie")); !strings.Contains(last, "<strong>pie</strong>: something round") || !strings.Contains(last, "Picture: A pie in four parts.") {
		t.Errorf("the glossary, and words for a missing picture: %s", last)
	}
}

func TestRead_MathMLStaysWhatItMeans(t *testing.T) {
	page := html(t, lessonOf(t, kitchen(t), "Share a pie"))
	for what, want := range map[string]string{
		"a fence":           `<mrow><mo form="prefix" stretchy="false">|</mo><mi>x</mi><mo form="postfix" stretchy="false">|</mo></mrow>`,
		"a strike":          `<mrow class="strike"><mn>6</mn></mrow>`,
		"a long division":   `<mrow class="longdiv"><mn>75</mn></mrow>`,
		"bold":              `<mtext class="bold">all</mtext>`,
		"a column's side":   `<mtd class="toright"><mn>1</mn></mtd><mtd class="toleft"><mn>2</mn></mtd>`,
		"a bracket":         `<mo form="prefix" stretchy="false">(</mo>`,
		"a wide gap":        `<mspace width="2em"></mspace>`,
		"a leading minus":   `<mo form="prefix">−</mo>`,
		"a number's commas": `<mn>8</mn><mo lspace="0em" rspace="0em">,</mo><mn>165</mn>`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("%s: %s is missing in\n%s", what, want, page)
		}
	}
	for _, not := range []string{"mfenced", "menclose", "columnalign", "mathcolor", "style="} {
		if strings.Contains(page, not) {
			t.Errorf("%s is left", not)
		}
	}
	if _, _, err := formula(&node{name: "math", maths: true, kids: []*node{{name: "maction", maths: true, kids: []*node{{text: "x"}}}}}, false, nil); err == nil {
		t.Error("an element that nobody knows was taken")
	}
}

func TestRead_ExercisesAreItemsOfTheirObjective(t *testing.T) {
	b := kitchen(t)
	for id, want := range map[string]struct {
		skill, text, key string
		kind             item.Kind
	}{
		"k1#try-1":      {"k1/s1", "Add 4 + 5.", "9", item.Number},
		"k1#ex-1.a":     {"k1/s1", "Add.\n2 + 4", "6", item.Number},
		"k1#ex-1.b":     {"k1/s1", "Add.\n−2 + 4", "2", item.Number},
		"k1#ex-2":       {"k1/s2", "Simplify.\n6/8", `\frac{3}{4}`, item.Expression},
		"k1#ex-3":       {"k1/s2", "Is a half more than a third?", "", item.Choice},
		"k1#ex-4.a":     {"k1/s2", "Write as a decimal.\n1/2", "0.5", item.Expression},
		"k1#ex-5":       {"k1/s2", "Solve x + 1 = 3.", "x=2", item.Equation},
		"k2#ready-1":    {"k1/s2", "Half of 8 spoons?", "4", item.Number},
		"k2#review-1":   {"k1/s1", "Count: two and two.", "4", item.Number},
		"k2#ex-order.a": {"k2/s3", "Order the pair\n3 ___ 5", "", item.Choice},
	} {
		it := itemOf(t, b, id)
		if string(it.Skills[0]) != want.skill || it.Kind != want.kind || it.Key != want.key || strings.TrimSpace(it.Text.Plain(nil)) != want.text {
			t.Errorf("%s: %s %s %q %q", id, it.Skills[0], it.Kind, it.Key, it.Text.Plain(nil))
		}
		if it.Attribution == nil || it.Attribution.Licence != "CC BY 4.0" || it.Attribution.Authors == "" {
			t.Errorf("%s: %+v", id, it.Attribution)
		}
	}
	// Copying the question is no answer to it.
	if it := itemOf(t, b, "k1#ex-words"); it.Kind != item.Short || it.Accepts[0] != "ladle" {
		t.Errorf("%+v", it)
	}
	it := itemOf(t, b, "k1#ex-2")
	if !slices.Contains(it.Forms, "lowest-terms") && !slices.Contains(it.Forms, "simplified") {
		t.Errorf("6/8 would be taken: %v", it.Forms)
	}
	for _, l := range b.Lessons {
		if l.Title == "Count spoons" && (len(l.Checks) != 1 || l.Checks[0].Item != "k1#try-1" || l.Checks[0].AfterBlock == 0) {
			t.Errorf("its checks: %+v", l.Checks)
		}
	}
}

func TestRead_NamesWhatItDoesNotTake(t *testing.T) {
	b := kitchen(t)
	got := map[string]string{}
	for _, r := range b.Skipped {
		got[r.ID] = r.Reason.Code
		if r.Outcome != intake.Skipped || r.File == "" {
			t.Errorf("%+v", r)
		}
	}
	for id, want := range map[string]string{
		"k0": "import.cnxml.introduction", "k9": "import.cnxml.outside", "gone": "import.cnxml.module", "broken": "import.cnxml.module",
		"k1#ex-none": "import.cnxml.no_solution", "k1#ex-draw": "import.cnxml.drawn", "k1#ex-two": "import.cnxml.long_answer",
		"k1#ex-mixed": "import.cnxml.several", "k1#ex-write": "import.item.essay", "k1#ex-parts": "import.cnxml.parts", "k1#ex-picture": "import.cnxml.figure",
		"k2#ready-2": "import.cnxml.no_review", "k2#test-1": "import.cnxml.several", "k1#ex-copy": "import.item.form",
	} {
		if got[id] != want {
			t.Errorf("%s: %q, want %s", id, got[id], want)
		}
	}
	doubts := map[string]string{}
	for _, r := range b.Doubts {
		doubts[r.Reason.Code] += r.ID + ";"
	}
	for code, want := range map[string]string{"import.cnxml.by_place": "k2 s3", "import.cnxml.no_part": "k1", "import.cnxml.no_figures": "k1#s2", "import.cnxml.left": "k1#s1"} {
		if !strings.Contains(doubts[code], want) {
			t.Errorf("%s: %q", code, doubts[code])
		}
	}
}

func TestRead_AReadinessQuestionMakesAPrerequisite(t *testing.T) {
	b := kitchen(t)
	want := []skill.Edge{{From: "k1/s2", To: "k2/s1", Source: EdgeSource}}
	if !slices.Equal(b.Course.Edges, want) {
		t.Errorf("%+v", b.Course.Edges)
	}
	if _, err := skill.NewGraph(b.Course); err != nil {
		t.Error(err)
	}
}

func TestRead_TwiceGivesTheSame(t *testing.T) {
	a, _ := json.Marshal(kitchen(t))
	b, _ := json.Marshal(kitchen(t))
	if string(a) != string(b) {
		t.Error("it differs")
	}
}

// refusal is the code of a refusal.
func refusal(err error) string {
	if err == nil {
		return ""
	}
	if !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.NotFound) {
		return "no refusal: " + err.Error()
	}
	return fault.Said(err).Code
}

func copied(t *testing.T, change map[string]func(string) string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/kitchen")); err != nil {
		t.Fatal(err)
	}
	for name, with := range change {
		at := filepath.Join(dir, name)
		b, _ := os.ReadFile(at)
		if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(with(string(b))), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestRead_ALicenceIsReadAndNeverAssumed(t *testing.T) {
	book := "collections/kitchen.collection.xml"
	dir := copied(t, map[string]func(string) string{book: func(s string) string { return strings.ReplaceAll(s, "md:license", "md:unknown") }})
	f, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Read(f, "", said(t), nil); refusal(err) != "fault.import.no_licence" {
		t.Errorf("without one: %v", err)
	}
	o := said(t)
	o.Licence = "CC0 1.0"
	if b, err := Read(f, "", o, nil); err != nil || b.Licence != "CC0 1.0" || b.Items[0].Attribution.Licence != "CC0 1.0" {
		t.Errorf("with one that is given: %v, %v", b.Licence, err)
	}
	o.Licence = "mine"
	if b := kitchen(t); b.Licence != "CC BY 4.0" {
		t.Errorf("the file's goes before: %s", b.Licence)
	}
}

func TestRead_AsksWhichOfSeveralBooks(t *testing.T) {
	dir := copied(t, map[string]func(string) string{"collections/other.collection.xml": func(string) string {
		b, _ := os.ReadFile("testdata/kitchen/collections/kitchen.collection.xml")
		return strings.ReplaceAll(string(b), "<md:slug>kitchen<", "<md:slug>other<")
	}})
	f, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	for slug, want := range map[string]string{"": "fault.import.which_book", "none": "fault.import.book", "other": "", "kitchen": ""} {
		if _, err := Read(f, slug, said(t), nil); refusal(err) != want {
			t.Errorf("%q: %v", slug, err)
		}
	}
	one, err := Load(filepath.Join(dir, "collections", "other.collection.xml"))
	if err != nil {
		t.Fatal(err)
	}
	if b, err := Read(one, "", said(t), nil); err != nil || b.Source != "cnxml/other" || len(b.Lessons) != 4 {
		t.Errorf("%s, %d lessons, %v", b.Source, len(b.Lessons), err)
	}
}

func TestBook_TakesAnswersThatAreAFewWords(t *testing.T) {
	for said, want := range map[string]bool{
		"rational": true, "not a real number": true, "one solution, consistent": true, "17 nickels, 5 quarters": true, "ten thousands": true, "slope-intercept": true, "$33,000 in Fund A": false, "Jane needs 320 tiles": false,
		"seventeen trillion, eight hundred sixty-four billion, three hundred four million": true, "three and fifty-seven hundredths": true, "0, undefined": false,
		"The difference in temperatures was 45 degrees": false, "answers may vary": false, "Answers will vary": false, "q": false, "4-logy": false, `no sum as r\ge 1`: false,
		"x is less than five because the line ends there": false, "1+{log}_{9}x": false, "21 ft": false,
	} {
		if got := worded(said); got != want {
			t.Errorf("%q: %v", said, got)
		}
	}
}
