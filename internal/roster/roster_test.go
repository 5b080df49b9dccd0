package roster_test

import (
	"strings"
	"testing"

	"kith/internal/fault"
	"kith/internal/roster"
)

func TestReadNames_TakesBothOrdersAndPassesEmptyLines(t *testing.T) {
	got, err := roster.ReadNames("Amina Haddad\n\n  Okafor,  Ben \r\nMadonna\nde la Cruz, María José\n")
	if err != nil {
		t.Fatal(err)
	}
	want := []roster.Name{{"Amina", "Haddad"}, {"Ben", "Okafor"}, {"Madonna", ""}, {"María José", "de la Cruz"}}
	if len(got) != len(want) {
		t.Fatalf("got %v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("line %d: got %+v, want %+v", i, got[i], want[i])
		}
	}
}

func TestReadNames_RefusesWhatIsNoName(t *testing.T) {
	for _, text := range []string{"", "  \n", "1. Amina Haddad", "Amina Haddad, 7b, x@example.org", "Haddad,", "...", "<b>Amina</b>",
		"Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa Haddad"} {
		if got, err := roster.ReadNames(text); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: got %v, %v; want a refusal", text, got, err)
		}
	}
}

func TestReadNames_NamesEveryLineThatIsNoNameAtOnce(t *testing.T) {
	_, err := roster.ReadNames("Amina Haddad\n2. Ben Osei\n\nCarla Diaz\ncarla@example.org")
	said := fault.Said(err)
	if said.Code != "fault.roster.lines" || said.Args["n"] != 2 || said.Args["more"] != 0 || said.Args["texts"] != "2 “2. Ben Osei”, 5 “carla@example.org”" {
		t.Errorf("got %+v", said)
	}
	_, err = roster.ReadNames(strings.Repeat("7\n", 9))
	if said = fault.Said(err); said.Args["n"] != 9 || said.Args["more"] != 4 {
		t.Errorf("of nine: got %+v", said)
	}
}

func TestFold_SortsWithoutMarksAndCase(t *testing.T) {
	for _, c := range []struct {
		name roster.Name
		want string
	}{
		{roster.Name{Given: "Zoë", Family: "Ångström"}, "zoe angstrom"},
		{roster.Name{Given: "ÉMILE"}, "emile"},
		{roster.Name{Given: "Nguyễn", Family: "Đức"}, "nguyen đuc"},
	} {
		if got := c.name.Fold(); got != c.want {
			t.Errorf("%v: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestClassCode_IsReadBackAsTyped(t *testing.T) {
	code := roster.MakeClassCode("one")
	if again := roster.MakeClassCode("one"); again != code {
		t.Errorf("the same seed gave %s and %s", code, again)
	}
	if other := roster.MakeClassCode("two"); other == code {
		t.Errorf("two seeds gave %s", code)
	}
	for _, c := range []struct{ typed, want string }{
		{code, code}, {"ktrm 4709", "KTRM-4709"}, {"KTRM4709", "KTRM-4709"}, {"ktrm-47o9", "KTRM-4709"}, {"8trm-lzsb", "BTRM-1258"},
		{"", ""}, {"KTRM-470", ""}, {"KTRM-47099", ""}, {"AEIO-1234", ""}, {"KTRM-47x9", ""},
	} {
		got, ok := roster.ReadClassCode(c.typed)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("%q: got %q %v, want %q", c.typed, got, ok, c.want)
		}
	}
}

func TestClassCode_SpreadsOverItsLettersAndDigits(t *testing.T) {
	seen := map[byte]bool{}
	for i := range 2000 {
		code := roster.MakeClassCode(string(rune('a'+i%26)) + string(rune(i)))
		for j := range code {
			seen[code[j]] = true
		}
	}
	if len(seen) != 19+10+1 {
		t.Errorf("2,000 codes use %d signs, want 30", len(seen))
	}
}

func TestShortNames_TellNamesakesApart(t *testing.T) {
	var people []roster.Person
	for _, n := range [][2]string{{"Amina", "Haddad"}, {"Amina", "Hussein"}, {"Ben", "Okri"}, {"Kai", ""}, {"Amina", "Diallo"}} {
		people = append(people, roster.Person{Given: n[0], Family: n[1]})
	}
	want := []string{"Amina Ha.", "Amina Hu.", "Ben O.", "Kai", "Amina D."}
	for i, got := range roster.ShortNames(people) {
		if got != want[i] {
			t.Errorf("got %q, want %q", got, want[i])
		}
	}
}
