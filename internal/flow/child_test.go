package flow

import (
	"encoding/json"
	"strings"
	"testing"

	"kith/internal/fault"
	"kith/internal/mastery"
	"kith/internal/roster"
)

func TestChild_IsTheSameFoldAsTheLearnersHome(t *testing.T) {
	w := newAround(t, 2)
	amina := w.learners[0]
	for n := range 3 {
		w.answers(amina, "a-1", "right", n+1)
	}
	w.answers(amina, "a-2", "right", 1)
	w.answers(w.learners[1], "a-1", "add", 1)
	child := show(w.school, Child, w.guardian, ChildIn{amina.Person})
	var home HomeAnswers
	w.look(amina, func(l *Look) (err error) { home, err = l.home(amina.Person); return err })
	a, _ := json.Marshal(child.HomeAnswers)
	b, _ := json.Marshal(home)
	if string(a) != string(b) {
		t.Errorf("the guardian reads\n%s\nthe learner\n%s", a, b)
	}
	if child.Where.Secure+child.Where.Growing == 0 {
		t.Error("four answers moved nothing")
	}
	for _, never := range []string{"p_known", "rank", "L02", string(w.learners[1].Person)} {
		if strings.Contains(string(a), never) {
			t.Errorf("a guardian is sent %q", never)
		}
	}
	if _, err := Show(t.Context(), w.f, Child, w.guardian, ChildIn{w.learners[1].Person}); !fault.Is(err, fault.NotFound) {
		t.Errorf("another child: %v", err)
	}
}

func TestChild_AskAtDinnerIsAboutWhatIsNearest(t *testing.T) {
	stands := func(status mastery.Status) HomeAnswers {
		return HomeAnswers{Name: "Amina", Where: WhereAmI{Objectives: []ObjectiveStanding{{Skills: []SkillStanding{{Title: "Ratios", Status: mastery.NotStarted}, {Title: "Rates", Status: status}}}}},
			Going: WhereAmIGoing{Task: "The fair"}}
	}
	secure := stands(mastery.Growing)
	secure.Where.Changed = &StatusChange{Title: "Percents", To: mastery.Secure}
	for _, c := range []struct {
		home        HomeAnswers
		code, about string
	}{
		{secure, "child.ask.secure", "Percents"},
		{stands(mastery.Growing), "child.ask.growing", "Rates"},
		{stands(mastery.AnotherLook), "child.ask.growing", "Rates"},
		{stands(mastery.NotStarted), "child.ask.task", "The fair"},
		{HomeAnswers{Name: "Amina"}, "child.ask.day", "Amina"},
	} {
		p := askAtDinner(c.home)
		body, _ := json.Marshal(p)
		if p.Code != c.code || !strings.Contains(string(body), c.about) {
			t.Errorf("got %s, want %s about %s", body, c.code, c.about)
		}
	}
}

func TestWhoLooked_ListsOthersLatestFirst(t *testing.T) {
	w := newAround(t, 2)
	amina := w.learners[0]
	show(w.school, Child, w.guardian, ChildIn{amina.Person})
	show(w.school, Me, amina, struct{}{})
	w.now = w.now.Add(2 * 3_600_000_000_000)
	do(w.school, ResetPIN, w.okafor, PersonIn{Op{newOp()}, amina.Person})
	seen := show(w.school, WhoLooked, amina, WhoLookedIn{amina.Person}).Seen
	var got []string
	for _, s := range seen {
		got = append(got, s.Name+" "+s.What)
	}
	if want := "Emeka Okafor reset_pin,Pat Principal link_guardian,Ms Name child"; strings.Join(got, ",") != want {
		t.Errorf("got %s, want %s", strings.Join(got, ","), want)
	}
}

func TestPeopleOfClass_SaysHowLearnersSignInAndNoSecret(t *testing.T) {
	w := newAround(t, 2)
	amina := w.learners[0].Person
	if _, err := w.f.ChoosePIN(t.Context(), "here", Seat{School: w.id, Person: amina}, "hash-of-pictures"); err != nil {
		t.Fatal(err)
	}
	do(w.school, MakeCards, w.okafor, MakeCardsIn{Op: Op{newOp()}, Class: w.class, Learner: amina, Token: func(p roster.PersonID) string { return "card-token" }})
	page := show(w.school, PeopleOfClass, w.okafor, ClassPeopleIn{w.class})
	first, second := page.Learners[0], page.Learners[1]
	if first.PINMs == 0 || first.CardMs == 0 || len(first.Guardians) != 1 || second.PINMs != 0 || second.CardMs != 0 || len(page.Teachers) != 1 {
		t.Errorf("got %+v", page)
	}
	body, _ := json.Marshal(page)
	for _, never := range []string{"hash-of-pictures", "card-token", HashToken("card-token")} {
		if strings.Contains(string(body), never) {
			t.Errorf("the page holds %q", never)
		}
	}
}

func TestClasses_AreOnesOwnAndAllForAnAdministrator(t *testing.T) {
	w := newAround(t, 2)
	mine := show(w.school, Classes, w.okafor, struct{}{})
	if len(mine.Classes) != 1 || mine.Classes[0].Class.Name != "7B" || mine.Classes[0].Learners != 2 || !mine.Classes[0].Mine || mine.All {
		t.Errorf("a teacher's: %+v", mine)
	}
	all := show(w.school, Classes, w.admin, struct{}{})
	if len(all.Classes) != 2 || !all.All || all.Classes[0].Mine {
		t.Errorf("an administrator's: %+v", all)
	}
	other := show(w.school, Admin, w.stranger, struct{}{})
	if len(other.People) != 2 || len(other.Classes) != 1 {
		t.Errorf("another school's page: %+v", other)
	}
}
