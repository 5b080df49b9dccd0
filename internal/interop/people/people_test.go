package people

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"kith/internal/fault"
	"kith/internal/flow/intake"
	"kith/internal/roster"
)

func name(given, family string) roster.Name { return roster.Name{Given: given, Family: family} }

func TestRead_TakesATableWithMarkSemicolonsAndForeignLineEnds(t *testing.T) {
	list, err := Read("testdata/people.csv")
	if err != nil {
		t.Fatal(err)
	}
	want := []intake.ListedPerson{
		{Line: 2, Name: name("Ines", "Márquez"), Role: roster.Learner},
		{Line: 4, Name: name("Tomasz", "Zieliński"), Role: roster.Learner},
		{Line: 5, Name: name("Ana", "Márquez"), Role: roster.Guardian, Login: "ana@example.org", GuardianOf: []roster.Name{name("Ines", "Márquez"), name("Tomasz", "Zieliński")}},
		{Line: 7, Name: name("Mr Sam", "Okoro"), Role: roster.Teacher, Login: "sam"},
	}
	if !reflect.DeepEqual(list.People, want) {
		t.Errorf("people:\n%+v\nwant\n%+v", list.People, want)
	}
	var skipped []string
	for _, r := range list.Skipped {
		skipped = append(skipped, r.ID+": "+strings.TrimPrefix(r.Reason.Code, "import.people."))
	}
	if got, want := strings.Join(skipped, "; "), `Tomasz "Tom" x: name; Pat King: role; Lee Ng: no_guardian; =1+2 x: name`; got != want {
		t.Errorf("skipped %s, want %s", got, want)
	}
}

func TestReadList_TakesPastedNamesEitherWayRound(t *testing.T) {
	list, err := ReadList("names.txt", []byte("Amina Haddad\r\n\nMarchetti, Leo\n  Noor  \nJean-Luc van der Berg\n1234\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []intake.ListedPerson{
		{Line: 1, Name: name("Amina", "Haddad"), Role: roster.Learner},
		{Line: 3, Name: name("Leo", "Marchetti"), Role: roster.Learner},
		{Line: 4, Name: name("Noor", ""), Role: roster.Learner},
		{Line: 5, Name: name("Jean-Luc", "van der Berg"), Role: roster.Learner},
	}
	if !reflect.DeepEqual(list.People, want) || len(list.Skipped) != 1 || list.Skipped[0].Reason.Args["line"] != 6 {
		t.Errorf("%+v, skipped %+v", list.People, list.Skipped)
	}
}

func TestReadList_RefusesByLine(t *testing.T) {
	for _, c := range []struct {
		what, text, code string
		line             any
	}{
		{"UTF-16", "\xFF\xFEA\x00", "fault.import.utf16", nil},
		{"Latin-1", "given\nJos\xE9\n", "fault.import.utf8", 2},
		{"a NUL", "Amina\nLeo\x00\n", "fault.import.nul", 2},
		{"a line without an end", "Amina\n" + strings.Repeat("a", 5000), "fault.import.long_line", 2},
		{"nothing", " \n\r\n", "fault.import.empty", nil},
		{"a head alone", "given,family\n", "fault.import.empty", nil},
		{"an unknown column", "given,family,iq\nA,B,9\n", "fault.import.people.column", nil},
		{"a column twice", "given,given\nA,B\n", "fault.import.people.column", nil},
		{"a cell too many", "given,family\nA,B\nC,D,E\n", "fault.import.people.cells", 3},
		{"an open quote", "given,family\nA,\"B\n", "fault.import.csv", 2},
		{"too many people", strings.Repeat("Amina Haddad\n", maxPeople+1), "fault.import.many", nil},
	} {
		_, err := ReadList("p.csv", []byte(c.text))
		var f *fault.Error
		if !errors.As(err, &f) || f.Say.Code != c.code || f.Say.Args["line"] != c.line {
			t.Errorf("%s: got %v %v, want %s on line %v", c.what, err, fault.Said(err).Args, c.code, c.line)
		}
	}
	huge := filepath.Join(t.TempDir(), "huge.csv")
	if err := errors.Join(os.WriteFile(huge, nil, 0o600), os.Truncate(huge, 1<<30)); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(huge); fault.Said(err).Code != "fault.import.large" {
		t.Errorf("a gigabyte: %v", err)
	}
}

func FuzzReadList(f *testing.F) {
	table, _ := os.ReadFile("testdata/people.csv")
	f.Add(table)
	f.Add([]byte("Amina Haddad\nMarchetti, Leo\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		list, err := ReadList("p.csv", b)
		if err != nil {
			return
		}
		for _, p := range list.People {
			if strings.TrimLeft(p.Name.Given, "=+@\t\r") != p.Name.Given || p.Name.Given == "" {
				t.Errorf("took the name %q", p.Name.Given)
			}
		}
	})
}
