package cnxml

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kith/internal/interop/bank"
	"kith/internal/phrase"
	"kith/internal/skill"
)

// The real books, where they are: KITH_BOOKS is the folder in which they are unpacked, KITH_REAL the folder of what was derived from
// them by others (prerequisites.csv). make check-data sets both.
func realBooks(t *testing.T) Files {
	t.Helper()
	at := os.Getenv("KITH_BOOKS")
	if at == "" {
		t.Skip("KITH_BOOKS names no folder with the real books (make check-data does)")
	}
	f, err := Load(at)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestRealBooks_ComeInWhole(t *testing.T) {
	f := realBooks(t)
	for _, want := range []struct {
		book                             string
		units, skills, lessons, edges, n int // n: at least so many items
	}{
		{"elementary-algebra-2e", 10, 241, 238, 167, 4200},
		{"prealgebra-2e", 11, 247, 247, 158, 3200},
		{"intermediate-algebra-2e", 12, 256, 255, 166, 3450},
	} {
		b, err := Read(f, want.book, said(t), nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d units, %d skills, %d lessons, %d edges, %d items, %d figures, %d left out, %d worth a look", want.book, len(b.Units), len(b.Course.Skills),
			len(b.Lessons), len(b.Course.Edges), len(b.Items), len(b.Files), len(b.Skipped), len(b.Doubts))
		if len(b.Units) != want.units || len(b.Course.Skills) != want.skills || len(b.Lessons) != want.lessons || len(b.Course.Edges) != want.edges || len(b.Items) < want.n {
			t.Errorf("want %+v", want)
		}
		if b.Licence != "CC BY 4.0" || !strings.Contains(b.Attribution, "Lynn Marecek") || !strings.HasPrefix(b.Attribution, "OpenStax ") {
			t.Errorf("%s, %s", b.Licence, b.Attribution)
		}
		for _, p := range unsoundParts(b) {
			t.Error(p)
		}
		for _, d := range b.Doubts {
			if name, _ := d.Reason.Args["name"].(string); d.Reason.Code == "import.cnxml.left" && !strings.HasPrefix(name, "note.") {
				t.Errorf("%s: %s was left out of a reading", d.ID, name)
			}
		}
	}
}

// Every one of the 540 prerequisites that were derived from the same books another way is found, from the same place to the same section.
func TestRealBooks_HoldThePrerequisitesThatOthersFound(t *testing.T) {
	f := realBooks(t)
	file, err := os.Open(filepath.Join(os.Getenv("KITH_REAL"), "openstax", "prerequisites.csv"))
	if err != nil {
		t.Fatal(err) // where the books are, what was derived from them is there too
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	readers := map[string]*reader{}
	found, all := 0, 0
	for _, row := range rows[1:] {
		cell := func(name string) string { return row[column[name]] }
		r := readers[cell("book")]
		if r == nil {
			r = wholeReader(t, f, cell("book"))
			readers[cell("book")] = r
		}
		all++
		from, to := r.o.places[cell("from_module")+"#"+cell("from_target")].topic, r.o.modules[cell("to_module")]
		if from == nil || to == nil || from.module.number != cell("from_section") || cell("to_section") != "" && to.number != cell("to_section") ||
			from != to.topics[0] && !r.edges[[2]skill.ID{skill.ID(from.id), skill.ID(to.topics[0].id)}] ||
			!called(cell("from_heading"), from.texts) && !called(cell("from_heading"), from.inner) && !strings.Contains(same(from.title), same(cell("from_heading"))) {
			t.Errorf("%v: from %+v", row, from)
			continue
		}
		found++
	}
	t.Logf("%d of %d are found", found, all)
	if all != 540 {
		t.Errorf("%d prerequisites", all)
	}
}

// wholeReader is a reader that has read a book.
func wholeReader(t *testing.T, f Files, slug string) *reader {
	t.Helper()
	b, err := f.theBook(slug)
	if err != nil {
		t.Fatal(err)
	}
	r := &reader{files: f, paths: f.modules(), pictures: f.pictures(), book: b, say: func(phrase.Phrase) string { return "" },
		o: outline{book: &b, modules: map[string]*module{}, places: map[string]place{}}, edges: map[[2]skill.ID]bool{}, bank: bank.New(Kind, bank.Options{File: "x"})}
	if err := r.outline(); err != nil {
		t.Fatal(err)
	}
	if err := r.all(); err != nil {
		t.Fatal(err)
	}
	return r
}
