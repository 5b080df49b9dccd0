package oatutor

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"os"
	"slices"
	"strings"
	"testing"

	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/flow/intake"
	"kith/internal/item"
	"kith/internal/skill"
)

// sheep are the files of a small course of our own.
func sheep(t testing.TB) Files {
	t.Helper()
	read := func(name string) []byte {
		b, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	return Files{Course: "sheep.jsonl", Problems: read("sheep.jsonl"), Plans: read("coursePlans.json"), Sections: read("sections.json"),
		Edges: read("prerequisites.csv"), Figures: figures(t, "white1/figure1.gif")}
}

// figures is an archive with one small picture under a name, and one file that is none.
func figures(t testing.TB, name string) []byte {
	t.Helper()
	var picture, archive bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 2, 2))); err != nil {
		t.Fatal(err)
	}
	w := tar.NewWriter(&archive)
	for n, body := range map[string][]byte{name: picture.Bytes(), "lost1/figure9.gif": []byte("<svg onload=alert(1)>")} {
		if err := w.WriteHeader(&tar.Header{Name: n, Mode: 0o600, Size: int64(len(body)), Typeflag: tar.TypeReg}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(body); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return archive.Bytes()
}

func readSheep(t *testing.T) intake.Bundle {
	t.Helper()
	b, err := Read(sheep(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func find(t *testing.T, b intake.Bundle, id item.ID) item.Item {
	t.Helper()
	for _, it := range b.Items {
		if it.ID == id {
			return it
		}
	}
	t.Fatalf("%s was not taken", id)
	return item.Item{}
}

func TestRead_JoinsSkillsWithObjectivesAndReadinessWithSkills(t *testing.T) {
	b := readSheep(t)
	var objectives []string
	for _, o := range b.Course.Objectives {
		objectives = append(objectives, o.Code+" "+o.Title+" = "+string(o.Skills[0]))
	}
	// "Count a sheep" is "count_sheep" but for an article and a plural; "solve_for_sheep" is nobody's objective.
	if want := []string{"1.1.1 Add Two Flocks = 1.1/add_two_flocks", "1.1.2 Count a sheep = 1.1/count_sheep",
		"1.2.1 Name, count, and shear sheep = 1.2/name,_count,_and_shear_sheep", "2.1.1 Solve for sheep = 2.1/solve_for_sheep"}; !slices.Equal(objectives, want) {
		t.Errorf("objectives %q", objectives)
	}
	if o := b.Course.Objectives[1]; o.ICan != "I can count a sheep." {
		t.Errorf("%q", o.ICan)
	}
	want := []skill.Edge{{From: "1.1/count_sheep", To: "1.2/name,_count,_and_shear_sheep", Source: EdgeSource}, {From: "1.2/name,_count,_and_shear_sheep", To: "2.1/solve_for_sheep", Source: EdgeSource}}
	if !slices.Equal(b.Course.Edges, want) {
		t.Errorf("edges %v", b.Course.Edges)
	}
	if b.Course.Title != "Sheep Algebra" || b.Course.Lang != "en" || len(b.Units) != 2 || len(b.Units[0].Parts) != 3 || len(b.Units[1].Parts) != 1 || b.Units[1].Title != "Chapter 2" {
		t.Errorf("course %q in %q, units %+v", b.Course.Title, b.Course.Lang, b.Units)
	}
}

func TestRead_MakesItemsOfChoicesAndNumbers(t *testing.T) {
	b := readSheep(t)
	for _, c := range []struct {
		id        item.ID
		kind      item.Kind
		key, text string
	}{
		{"add1a", item.Number, "5", "Add:\n2 + 3"},
		{"white1a", item.Choice, "", "Is every sheep in the picture white?\nFigure 1. Its source gives no description."},
		{"many1b", item.Number, "40", "Legs\nHow many legs have 10 sheep?\nOne sheep has ^four^ legs."},
		{"half1b", item.Fraction, "3/4", "Simplify:\n1/2 + 1/4"},
		{"solve1b", item.Number, "3.25", "Solve:\n2x = 6.5"},
		{"solve1c", item.Number, "-2", "Solve:\n5 − x = 7"},
		{"eval1b", item.Number, "0", "Evaluate x^2 − 1 for each value of x.\nx = −1"},
		{"cost1a", item.Number, "1.79", "Bells\nA bell costs $1.79. What do two bells cost less one?"},
		{"pick1c", item.Choice, "", "Which is it?\nThe ox"},
	} {
		it := find(t, b, item.ID(c.id))
		if it.Kind != c.kind || it.Key != c.key || it.Text.Plain(nil) != c.text {
			t.Errorf("%s: %s, key %q, text %q", c.id, it.Kind, it.Key, it.Text.Plain(nil))
		}
		if err := item.Check(it); err != nil {
			t.Errorf("%s: %v", c.id, err)
		}
		if a := it.Attribution; a == nil || a.Source != "OATutor / OpenStax Sheep Algebra 2e" || a.Licence != "CC BY 4.0" || a.Authors != oatutors || a.URL != "https://example.org/books/sheep-algebra-2e" {
			t.Errorf("%s: attribution %+v", c.id, a)
		}
	}
	var ladder []string
	for _, h := range find(t, b, "add1a").Hints {
		ladder = append(ladder, h.Plain(nil))
	}
	if want := []string{"How many are in the first flock?", "Count on from 2.", "Say it aloud"}; !slices.Equal(ladder, want) {
		t.Errorf("hints %q", ladder)
	}
	if small := find(t, b, "add1a").Scaffolds; len(small) != 1 || small[0].Rung != 1 || small[0].Kind != item.Number || small[0].Key != "2" || small[0].Then.Plain(nil) != "2" {
		t.Errorf("scaffolds %+v", small)
	}
	if it := find(t, b, "cost1a"); it.Unit != "dollars" {
		t.Errorf("unit %q", it.Unit)
	}
	if it := find(t, b, "white1a"); !it.Ordered || it.Choices[0].Right || !it.Choices[1].Right {
		t.Errorf("choices %+v", it.Choices)
	}
	if n := find(t, b, "add1a").Text.Nodes[1].Nodes[0]; n.Kind != doc.Math || !n.Display || n.MathML == nil || n.MathML.A["display"] != "block" {
		t.Errorf("a formula that stands alone: %+v", n)
	}
}

func TestRead_NamesEveryStepThatItLeavesOut(t *testing.T) {
	b := readSheep(t)
	got := map[string]string{}
	for _, r := range b.Skipped {
		got[r.ID] = strings.TrimPrefix(r.Reason.Code, "import.oatutor.")
	}
	for id, want := range map[string]string{
		"solve1a": "key_wrong", "eval1a": "key_wrong", "pick1a": "key_missing", "pick1b": "choice_twice",
		"lost1a": "figure", "tex1a": "tex", "same2a": "twice", "odds1a": "contradicts", "odds2a": "contradicts", "lone1a": "unplanned",
		"paid1a": "licence", "two1a": "answers", "1.1 Dream of sheep": "no_skill", "2.1 Solve by counting": "no_skill", "1.1 Dream of Sheep → 2.1": "no_heading",
	} {
		if got[id] != want {
			t.Errorf("%s: %q, want %q", id, got[id], want)
		}
		delete(got, id)
	}
	if len(got) > 0 {
		t.Errorf("also left out: %v", got)
	}
}

// An answer that is mathematics becomes an item that takes it in every way of writing, and never what the question itself says.
func TestRead_TakesMathematicsInTheFormThatIsAsked(t *testing.T) {
	b := readSheep(t)
	for _, c := range []struct {
		id    string
		kind  item.Kind
		forms string
		right []string
		not   []string
	}{
		{"many1a", item.Expression, "", []string{"4x", "x*4", "2x+2x"}, []string{"4", "x^4"}},
		{"half1a", item.Expression, "simplified", []string{"3/4"}, []string{"6/8"}},
	} {
		it := find(t, b, item.ID(c.id))
		v, err := item.Draw(it, 1)
		if err != nil || it.Kind != c.kind || strings.Join(it.Forms, " ") != c.forms {
			t.Fatalf("%s: %s in %v, %v", c.id, it.Kind, it.Forms, err)
		}
		for _, typed := range append(c.right, c.not...) {
			j, err := item.Score(v, item.Response{Boxes: []string{typed}})
			if want := slices.Contains(c.right, typed); err != nil || (j.Outcome == item.Right) != want {
				t.Errorf("%s: %q is %s, %v", c.id, typed, j.Outcome, err)
			}
		}
	}
}

func TestMathematics_TellsAnswerAndQuestionApartOrWaits(t *testing.T) {
	for _, c := range []struct{ question, answer, kind, forms, why string }{
		{"Simplify: $$2x+3x$$", "$$5x$$", "expression", "simplified", ""},
		{"Factor. $$x^2+5x+6$$", "$$(x+2)(x+3)$$", "expression", "factored", ""},
		{"Multiply. $$3(x+2)$$", "$$3x+6$$", "expression", "expanded", ""},
		{"Write $$0.75$$ as a percent.", "$$75%$$", "expression", "percent", ""},
		{"Solve for $$y$$: $$2x+y=5$$", "$$y=5-2x$$", "equation", "", ""},
		{"Find the line through the origin with slope $$2$$.", "$$y=2x$$", "equation", "", ""},
		{"Simplify: $$x^2+14b+48$$", "$$(x+6)(x+8)$$", "", "", "import.oatutor.differs"},
		{"Copy $$3x$$.", "$$3x$$", "", "", "import.item.form"},
		{"Fill in.", "$$@{a}x$$", "", "", "import.oatutor.blank"},
		{"Which?", "$$5.91)$$", "", "", "import.oatutor.unread"},
	} {
		out := made{answer: c.answer}
		mathematics(&out, c.question)
		if string(out.why.Code) != c.why || c.why == "" && (string(out.item.Kind) != c.kind || strings.Join(out.item.Forms, " ") != c.forms) {
			t.Errorf("%s %s: %s in %v, %v", c.question, c.answer, out.item.Kind, out.item.Forms, out.why)
		}
	}
}

func TestNatural_OrdersWhatHasAnOrder(t *testing.T) {
	for in, want := range map[string]string{"B D C A": "A B C D", "No Yes": "Yes No", "False True": "True False", "10 -2 1/2 3.5": "-2 1/2 3.5 10",
		"b. a.": "a. b.", "A 1": "", "Wool Milk": "", "Yes No Maybe": "", "x=1 x=2": ""} {
		said := strings.Fields(in)
		options := make([]item.Option, len(said))
		for i, s := range said {
			options[i].Mistake = s
		}
		got := ""
		if natural(options, said) {
			for i, o := range options {
				got += strings.Repeat(" ", min(i, 1)) + o.Mistake
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

func TestRead_KeepsAFigureAsWhatItsBytesAre(t *testing.T) {
	b := readSheep(t)
	if len(b.Files) != 1 || b.Files[0].Type != "image/png" || b.Files[0].Name != "figure1.png" || len(b.Files[0].SHA256) != 64 {
		t.Fatalf("files %+v", b.Files)
	}
	n := find(t, b, "white1a").Text.Nodes[1]
	if n.Kind != doc.Image || n.Name != b.Files[0].Code || n.Alt == "" {
		t.Errorf("the picture in the text: %+v", n)
	}
}

func TestRead_SaysTheSameOnEveryRun(t *testing.T) {
	said := func() string {
		b := readSheep(t)
		text, err := json.Marshal([]any{b.Course, b.Units, b.Items, b.Files, b.Skipped})
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	if said() != said() {
		t.Error("two runs over the same files differ")
	}
}

func TestRead_RefusesWhatIsBroken(t *testing.T) {
	pack := func(b []byte, cut int) []byte {
		var out bytes.Buffer
		z := gzip.NewWriter(&out)
		if _, err := z.Write(b); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()[:out.Len()-cut]
	}
	whole := sheep(t)
	if b, err := Read(Files{Course: "s.jsonl.gz", Problems: pack(whole.Problems, 0), Plans: whole.Plans, Sections: whole.Sections, Edges: whole.Edges}, nil); err != nil || len(b.Items) == 0 {
		t.Errorf("packed: %d items, %v", len(b.Items), err)
	}
	for _, c := range []struct {
		what, code string
		line       any
		change     func(f *Files)
	}{
		{"a packed file cut off", "fault.import.gzip", nil, func(f *Files) { f.Course, f.Problems = "s.jsonl.gz", pack(f.Problems, 40) }},
		{"a line cut off", "fault.import.json", 4, func(f *Files) {
			f.Problems = append(bytes.Join(bytes.SplitAfter(f.Problems, []byte("\n"))[:3], nil), `{"id":"x","st`...)
		}},
		{"a problem without an id", "fault.import.line_lacks", 1, func(f *Files) { f.Problems = []byte(`{"courseName":"c","steps":[{"id":"a"}]}`) }},
		{"a path for an id", "fault.import.line_lacks", 1, func(f *Files) { f.Problems = []byte(`{"id":"../x","courseName":"c","steps":[{"id":"a"}]}`) }},
		{"no steps", "fault.import.line_lacks", 1, func(f *Files) { f.Problems = []byte(`{"id":"x","courseName":"c"}`) }},
		{"a step twice", "fault.import.twice", nil, func(f *Files) { f.Problems = append(f.Problems, f.Problems...) }},
		{"nothing", "fault.import.empty", nil, func(f *Files) { f.Problems = []byte("\n") }},
		{"a course without a plan", "fault.import.oatutor.plan", nil, func(f *Files) { f.Plans = []byte(`[]`) }},
		{"a plan cut off", "fault.import.json", 2, func(f *Files) { f.Plans = []byte("[\n{") }},
		{"sections that are none", "fault.import.json", 1, func(f *Files) { f.Sections = []byte("x") }},
		{"edges without a head", "fault.import.header", nil, func(f *Files) { f.Edges = []byte("a,b\n") }},
		{"edges with a short row", "fault.import.csv", 2, func(f *Files) { f.Edges = []byte("book,from_section,from_heading,to_section\na\n") }},
		{"a broken archive", "fault.import.archive", nil, func(f *Files) { f.Figures = bytes.Repeat([]byte("x"), 1024) }},
	} {
		f := sheep(t)
		c.change(&f)
		_, err := Read(f, nil)
		said := fault.Said(err)
		if said.Code != c.code || c.line != nil && said.Args["line"] != c.line {
			t.Errorf("%s: got %v %v, want %s on line %v", c.what, err, said.Args, c.code, c.line)
		}
	}
}

func TestRead_ARingOfReadinessIsNamed(t *testing.T) {
	f := sheep(t)
	f.Edges = append(f.Edges, "sheep-algebra-2e,m3,2.1,Unknown sheep,Solve for sheep,t,m1,1.2,Sheep,r\n"...)
	b, err := Read(f, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = skill.NewGraph(b.Course)
	if said := fault.Said(err); said.Code != "fault.skill.cycle" || !strings.Contains(fmt.Sprint(said.Args["cycle"]), "→") {
		t.Errorf("got %v", err)
	}
}

// FuzzRead: whatever stands in the course's file, reading ends, and every item stands up to item.Check.
func FuzzRead(f *testing.F) {
	whole := sheep(f)
	for line := range bytes.Lines(whole.Problems) {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, problems []byte) {
		if len(problems) > 4096 {
			return
		}
		in := whole
		in.Problems = problems
		b, err := Read(in, nil)
		if err != nil {
			return
		}
		for _, it := range b.Items {
			if err := item.Check(it); err != nil {
				t.Errorf("%s: %v", it.ID, err)
			}
		}
	})
}
