package evening_test

import (
	"encoding/json"
	"strings"
	"testing"

	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/door"
	"kith/internal/flow/evening"
	"kith/internal/flow/office"
	"kith/internal/flow/schooltest"
	"kith/internal/flow/standing"
	"kith/internal/mastery"
	"kith/internal/roster"
)

func TestChild_IsTheSameFoldAsTheLearnersHome(t *testing.T) {
	w := schooltest.NewAround(t, 2)
	amina := w.Learners[0]
	for n := range 3 {
		w.Answers(amina, "a-1", "right", n+1)
	}
	w.Answers(amina, "a-2", "right", 1)
	w.Answers(w.Learners[1], "a-1", "add", 1)
	child := schooltest.Show(w.School, evening.Child, w.Guardian, evening.ChildIn{Learner: amina.Person})
	var home standing.HomeAnswers
	w.Look(amina, func(l *flow.Look) (err error) { home, err = standing.Home(l, amina.Person); return err })
	a, _ := json.Marshal(child.HomeAnswers)
	b, _ := json.Marshal(home)
	if string(a) != string(b) {
		t.Errorf("the guardian reads\n%s\nthe learner\n%s", a, b)
	}
	if child.Where.Secure+child.Where.Growing == 0 {
		t.Error("four answers moved nothing")
	}
	for _, never := range []string{"p_known", "rank", "L02", string(w.Learners[1].Person)} {
		if strings.Contains(string(a), never) {
			t.Errorf("a guardian is sent %q", never)
		}
	}
	if _, err := flow.Show(t.Context(), w.F, evening.Child, w.Guardian, evening.ChildIn{Learner: w.Learners[1].Person}); !fault.Is(err, fault.NotFound) {
		t.Errorf("another child: %v", err)
	}
}

func TestChildMap_IsTheLearnersOwnAndNobodyElses(t *testing.T) {
	w := schooltest.NewAround(t, 2)
	amina := w.Learners[0]
	for n := range 3 {
		w.Answers(amina, "a-1", "right", n+1)
	}
	theirs := schooltest.Show(w.School, evening.ChildMap, w.Guardian, evening.ChildIn{Learner: amina.Person})
	a, _ := json.Marshal(theirs.MapPage)
	b, _ := json.Marshal(schooltest.Show(w.School, evening.Map, amina, struct{}{}))
	if string(a) != string(b) || theirs.Map == nil || theirs.Name == "" {
		t.Errorf("the guardian of %q reads\n%s\nthe learner\n%s", theirs.Name, a, b)
	}
	if _, err := flow.Show(t.Context(), w.F, evening.ChildMap, w.Guardian, evening.ChildIn{Learner: w.Learners[1].Person}); !fault.Is(err, fault.NotFound) {
		t.Errorf("another child: %v", err)
	}
}

func TestChild_AskAtDinnerIsAboutWhatIsNearest(t *testing.T) {
	stands := func(status mastery.Status) standing.HomeAnswers {
		return standing.HomeAnswers{Name: "Amina", Where: standing.WhereAmI{Objectives: []standing.ObjectiveStanding{{Skills: []standing.SkillStanding{{Title: "Ratios", Status: mastery.NotStarted}, {Title: "Rates", Status: status}}}}},
			Going: standing.WhereAmIGoing{Task: "The fair"}}
	}
	secure := stands(mastery.Growing)
	secure.Where.Changed = &standing.StatusChange{Title: "Percents", To: mastery.Secure}
	for _, c := range []struct {
		home        standing.HomeAnswers
		code, about string
	}{
		{secure, "child.ask.secure", "Percents"},
		{stands(mastery.Growing), "child.ask.growing", "Rates"},
		{stands(mastery.AnotherLook), "child.ask.growing", "Rates"},
		{stands(mastery.NotStarted), "child.ask.task", "The fair"},
		{standing.HomeAnswers{Name: "Amina"}, "child.ask.day", "Amina"},
	} {
		p := evening.AskAtDinner(c.home)
		body, _ := json.Marshal(p)
		if p.Code != c.code || !strings.Contains(string(body), c.about) {
			t.Errorf("got %s, want %s about %s", body, c.code, c.about)
		}
	}
}

func TestWhoLooked_ListsOthersLatestFirst(t *testing.T) {
	w := schooltest.NewAround(t, 2)
	amina := w.Learners[0]
	schooltest.Show(w.School, evening.Child, w.Guardian, evening.ChildIn{Learner: amina.Person})
	schooltest.Show(w.School, office.Me, amina, struct{}{})
	w.Now = w.Now.Add(2 * 3_600_000_000_000)
	schooltest.Do(w.School, office.ResetPIN, w.Okafor, office.PersonIn{Op: flow.Op{Op: schooltest.NewOp()}, Person: amina.Person})
	seen := schooltest.Show(w.School, office.WhoLooked, amina, office.WhoLookedIn{Person: amina.Person}).Seen
	var got []string
	for _, s := range seen {
		got = append(got, s.Name+" "+s.What)
	}
	if want := "Emeka Okafor reset_pin,Pat Principal link_guardian,Ms Name child"; strings.Join(got, ",") != want {
		t.Errorf("got %s, want %s", strings.Join(got, ","), want)
	}
}

func TestPeopleOfClass_SaysHowLearnersSignInAndNoSecret(t *testing.T) {
	w := schooltest.NewAround(t, 2)
	amina := w.Learners[0].Person
	if _, err := door.ChoosePIN(t.Context(), w.F, "here", door.Seat{School: w.ID, Person: amina}, "hash-of-pictures"); err != nil {
		t.Fatal(err)
	}
	schooltest.Do(w.School, office.MakeCards, w.Okafor, office.MakeCardsIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: w.Class, Learner: amina, Token: func(p roster.PersonID) string { return "card-token" }})
	page := schooltest.Show(w.School, office.PeopleOfClass, w.Okafor, office.ClassPeopleIn{Class: w.Class})
	first, second := page.Learners[0], page.Learners[1]
	if first.PINMs == 0 || first.CardMs == 0 || len(first.Guardians) != 1 || second.PINMs != 0 || second.CardMs != 0 || len(page.Teachers) != 1 {
		t.Errorf("got %+v", page)
	}
	body, _ := json.Marshal(page)
	for _, never := range []string{"hash-of-pictures", "card-token", door.HashToken("card-token")} {
		if strings.Contains(string(body), never) {
			t.Errorf("the page holds %q", never)
		}
	}
}

func TestClasses_AreOnesOwnAndAllForAnAdministrator(t *testing.T) {
	w := schooltest.NewAround(t, 2)
	mine := schooltest.Show(w.School, office.Classes, w.Okafor, struct{}{})
	if len(mine.Classes) != 1 || mine.Classes[0].Class.Name != "7B" || mine.Classes[0].Learners != 2 || !mine.Classes[0].Mine || mine.All {
		t.Errorf("a teacher's: %+v", mine)
	}
	all := schooltest.Show(w.School, office.Classes, w.Admin, struct{}{})
	if len(all.Classes) != 2 || !all.All || all.Classes[0].Mine {
		t.Errorf("an administrator's: %+v", all)
	}
	other := schooltest.Show(w.School, office.Admin, w.Stranger, struct{}{})
	if len(other.People) != 2 || len(other.Classes) != 1 {
		t.Errorf("another school's page: %+v", other)
	}
}
