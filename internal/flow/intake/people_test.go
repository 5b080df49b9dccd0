package intake_test

import (
	"strings"
	"testing"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/intake"
	"kith/internal/flow/schooltest"
	"kith/internal/roster"
	"kith/internal/store/db"
)

func family() intake.PeopleList {
	name := func(given, family string) roster.Name { return roster.Name{Given: given, Family: family} }
	return intake.PeopleList{File: "p.csv", People: []intake.ListedPerson{
		{Line: 2, Name: name("Ana", "Márquez"), Role: roster.Guardian, Login: "Ana@Example.org", GuardianOf: []roster.Name{name("ines", "Marquez")}},
		{Line: 3, Name: name("Ines", "Márquez"), Role: roster.Learner},
		{Line: 4, Name: name("L01", "Name"), Role: roster.Learner}, // stands in 7B already
		{Line: 5, Name: name("Ines", "Marquez"), Role: roster.Learner},
		{Line: 6, Name: name("Otto", "Ost"), Role: roster.Guardian, GuardianOf: []roster.Name{name("Nobody", "Here")}},
		{Line: 7, Name: name("Sam", "Okoro"), Role: roster.Teacher, Login: "x"},
	}}
}

func outcomes(r intake.Report) string {
	var out []string
	for _, rec := range r.Records {
		out = append(out, rec.ID+" "+rec.Outcome+" "+strings.TrimPrefix(rec.Reason.Code, "import.people."))
	}
	return strings.Join(out, "; ")
}

func TestImportPeople_JoinsNewOnesAndLeavesThoseWhoAreThere(t *testing.T) {
	s := schooltest.New(t, 2)
	run := func(in intake.PeopleList, class string, dry bool) intake.Report {
		t.Helper()
		r, err := intake.ImportPeople(t.Context(), s.F, access.Actor{School: s.ID, System: true}, in, class, dry, nil)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	first := "Ines Márquez taken ; L01 Name unchanged ; Ines Marquez skipped again; Sam Okoro skipped login; Ana Márquez taken ; Otto Ost skipped child"
	if got := outcomes(run(family(), "7B", true)); got != first {
		t.Errorf("dry run: %s", got)
	}
	if got := outcomes(run(family(), "7B", false)); got != first {
		t.Errorf("after a dry run, which changed nothing: %s", got)
	}
	if got, want := outcomes(run(family(), "7B", false)), strings.ReplaceAll(first, "taken", "unchanged"); got != want {
		t.Errorf("again: %s", got)
	}
	// The same names in another class are other people; without a class they are the school's own.
	ines := intake.PeopleList{File: "n.txt", People: family().People[1:2]}
	if got := outcomes(run(ines, "", false)); got != "Ines Márquez unchanged " {
		t.Errorf("without a class: %s", got)
	}
	if got := outcomes(run(ines, "7C", false)); got != "Ines Márquez taken namesake" {
		t.Errorf("in another class: %s", got)
	}
	s.Look(s.Okafor, func(l *flow.Look) error {
		rows, err := l.Q().LearnersOfClass(l.Ctx(), db.LearnersOfClassParams{SchoolID: l.School(), ClassID: string(s.Class)})
		if err != nil || len(rows) != 3 {
			t.Errorf("7B has %d learners, %v", len(rows), err)
		}
		pairs, err := l.Q().Guardianships(l.Ctx(), l.School())
		if err != nil || len(pairs) != 1 {
			t.Errorf("guardianships %v, %v", pairs, err)
		}
		return err
	})
}

func TestImportPeople_RefusesAClassThatIsNotThere(t *testing.T) {
	s := schooltest.New(t, 1)
	_, err := intake.ImportPeople(t.Context(), s.F, access.Actor{School: s.ID, System: true}, family(), "9Z", false, nil)
	if said := fault.Said(err); said.Code != "fault.import.class" || said.Args["classes"] != "7B, 7C" {
		t.Errorf("got %v", said)
	}
}
