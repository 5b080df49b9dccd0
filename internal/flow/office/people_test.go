package office_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/door"
	"kith/internal/flow/office"
	"kith/internal/flow/schooltest"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// TestPeopleVerbs_AreForThoseTheyAreFor runs every verb as every actor: o is yes, f Forbidden, n NotFound, u Unauthenticated.
// The columns: anonymous, the learner, a classmate, their guardian, their teacher, another teacher, the administrator,
// another school's administrator.
func TestPeopleVerbs_AreForThoseTheyAreFor(t *testing.T) {
	w := schooltest.NewAround(t, 12)
	next := 2
	fresh := func() roster.PersonID { next++; return w.Learners[next%12].Person }
	adult := func() roster.PersonID {
		return schooltest.Do(w.School, office.AddPerson, w.Admin, office.AddPersonIn{Op: flow.Op{Op: schooltest.NewOp()}, Role: roster.Teacher, Given: "New", Family: "Teacher"}).Person.ID
	}
	op := func() flow.Op { return flow.Op{Op: schooltest.NewOp()} }
	about := w.Learners[0].Person
	verbs := []struct {
		name string
		want string
		run  func(who access.Actor) error
	}{
		{"create_class", "ufffoooo", func(who access.Actor) error {
			return try(w, office.CreateClass, who, office.CreateClassIn{Op: op(), Name: "8X"})
		}},
		{"rename_class", "uffnonon", func(who access.Actor) error {
			return try(w, office.RenameClass, who, office.RenameClassIn{Op: op(), Class: w.Class, Name: "7B"})
		}},
		{"rotate_class_code", "uffnonon", func(who access.Actor) error {
			return try(w, office.RotateClassCode, who, office.RotateClassCodeIn{Op: op(), Class: w.Class})
		}},
		{"add_learners", "uffnonon", func(who access.Actor) error {
			return try(w, office.AddLearners, who, office.AddLearnersIn{Op: op(), Class: w.Class, Names: "Zoe Zed", Anyway: true})
		}},
		{"make_cards", "uffnonon", func(who access.Actor) error {
			return try(w, office.MakeCards, who, office.MakeCardsIn{Op: op(), Class: w.Class, Token: func(p roster.PersonID) string { return door.NewToken() }})
		}},
		{"reset_pin", "ufffonon", func(who access.Actor) error {
			return try(w, office.ResetPIN, who, office.PersonIn{Op: op(), Person: about})
		}},
		{"suspend_person", "uffffnon", func(who access.Actor) error {
			return try(w, office.SuspendPerson, who, office.PersonIn{Op: op(), Person: about})
		}},
		{"unsuspend_person", "uffffnon", func(who access.Actor) error {
			return try(w, office.UnsuspendPerson, who, office.PersonIn{Op: op(), Person: about})
		}},
		{"link_guardian", "uffffnon", func(who access.Actor) error {
			return try(w, office.LinkGuardian, who, office.GuardianshipIn{Op: op(), Learner: about, Guardian: w.Guardian.Person})
		}},
		{"unlink_guardian", "uffffnon", func(who access.Actor) error {
			err := try(w, office.UnlinkGuardian, who, office.GuardianshipIn{Op: op(), Learner: about, Guardian: w.Guardian.Person})
			if err == nil {
				schooltest.Do(w.School, office.LinkGuardian, w.Admin, office.GuardianshipIn{Op: op(), Learner: about, Guardian: w.Guardian.Person})
			}
			return err
		}},
		{"enroll", "uffffnon", func(who access.Actor) error {
			err := try(w, office.Enroll, who, office.EnrollIn{Op: op(), Class: w.Other, Person: about, Role: roster.Learner})
			if err == nil {
				schooltest.Do(w.School, office.Unenroll, w.Admin, office.UnenrollIn{Op: op(), Class: w.Other, Person: about})
			}
			return err
		}},
		{"unenroll", "uffnonon", func(who access.Actor) error {
			return try(w, office.Unenroll, who, office.UnenrollIn{Op: op(), Class: w.Class, Person: fresh()})
		}},
		{"add_person", "ufffffoo", func(who access.Actor) error {
			return try(w, office.AddPerson, who, office.AddPersonIn{Op: op(), Role: roster.Teacher, Given: "A", Family: "B"})
		}},
		{"reset_password", "unnnnnon", func(who access.Actor) error {
			return try(w, office.ResetPassword, who, office.ResetPasswordIn{Op: op(), Person: adult(), Link: door.HashToken(schooltest.NewOp())})
		}},
		{"set_settings", "uooooooo", func(who access.Actor) error {
			return try(w, office.SetSettings, who, office.SetSettingsIn{Op: op(), Theme: "dark"})
		}},
		{"set_password", "uffooooo", func(who access.Actor) error {
			return try(w, office.SetPassword, who, office.SetPasswordIn{Op: op(), Login: "login-" + string(who.Person), Hash: "x"})
		}},
		{"end_class", "uffnonon", func(who access.Actor) error {
			c := schooltest.Do(w.School, office.CreateClass, w.Okafor, office.CreateClassIn{Op: op(), Name: "9Z"}).Class.ID
			for _, l := range w.Learners[:2] {
				schooltest.Do(w.School, office.Enroll, w.Admin, office.EnrollIn{Op: op(), Class: c, Person: l.Person, Role: roster.Learner})
			}
			return try(w, office.EndClass, who, office.EndClassIn{Op: op(), Class: c})
		}},
	}
	actors := []access.Actor{{}, w.Learners[0], w.Learners[1], w.Guardian, w.Okafor, w.Lin, w.Admin, w.Stranger}
	names := []string{"anonymous", "the learner", "a classmate", "their guardian", "their teacher", "another teacher", "the administrator", "another school's administrator"}
	letters := map[fault.Kind]string{fault.Forbidden: "f", fault.NotFound: "n", fault.Unauthenticated: "u"}
	for _, v := range verbs {
		if len(v.want) != len(actors) {
			t.Fatalf("%s: the row has %d columns", v.name, len(v.want))
		}
		for i, who := range actors {
			err := v.run(who)
			got := "o"
			if kind, bad := fault.KindOf(err); bad {
				got = letters[kind]
			}
			if got != v.want[i:i+1] {
				t.Errorf("%s by %s: got %q (%v), want %q", v.name, names[i], got, err, v.want[i:i+1])
			}
		}
	}
}

func try[I flow.Input, O any](w *schooltest.Around, v flow.Verb[I, O], who access.Actor, in I) error {
	_, err := flow.Run(w.T.Context(), w.F, v, who, in)
	return err
}

func TestCreateClass_MakesItsTeacherAndACode(t *testing.T) {
	s := schooltest.New(t, 1)
	in := office.CreateClassIn{Op: flow.Op{Op: schooltest.NewOp()}, Name: " 8A  Mathematics "}
	c := schooltest.Do(s, office.CreateClass, s.Okafor, in).Class
	if code, ok := roster.ReadClassCode(c.Code); !ok || code != c.Code || c.Name != "8A Mathematics" {
		t.Errorf("got %+v", c)
	}
	if again := schooltest.Do(s, office.CreateClass, s.Okafor, in).Class; again != c {
		t.Errorf("the same act made %+v and %+v", c, again)
	}
	schooltest.Do(s, office.RenameClass, s.Okafor, office.RenameClassIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: c.ID, Name: "8A"}) // only its teacher may
	schooltest.Refused(s, office.CreateClass, s.Okafor, office.CreateClassIn{Op: flow.Op{Op: schooltest.NewOp()}, Name: "x", Teacher: s.Lin.Person}, fault.Forbidden)
	schooltest.Refused(s, office.CreateClass, s.Admin, office.CreateClassIn{Op: flow.Op{Op: schooltest.NewOp()}, Name: "x", Teacher: s.Learners[0].Person}, fault.Invalid)
	schooltest.Refused(s, office.CreateClass, s.Okafor, office.CreateClassIn{Op: flow.Op{Op: schooltest.NewOp()}, Name: "   "}, fault.Invalid)
}

func TestRotateClassCode_OldCodeOpensNothing(t *testing.T) {
	s := schooltest.New(t, 2)
	c := schooltest.Do(s, office.CreateClass, s.Okafor, office.CreateClassIn{Op: flow.Op{Op: schooltest.NewOp()}, Name: "8A"}).Class
	schooltest.Do(s, office.AddLearners, s.Okafor, office.AddLearnersIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: c.ID, Names: "Amina Haddad"})
	code := schooltest.Do(s, office.RotateClassCode, s.Okafor, office.RotateClassCodeIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: c.ID}).Code
	if _, err := door.ClassDoor(t.Context(), s.F, "here", c.Code); !fault.Is(err, fault.NotFound) {
		t.Errorf("the old code: %v", err)
	}
	names, err := door.ClassDoor(t.Context(), s.F, "here", strings.ToLower(code))
	if err != nil || len(names) != 1 || names[0].Name != "Amina H." {
		t.Errorf("the new code: %v, %v", names, err)
	}
	schooltest.Do(s, office.EndClass, s.Okafor, office.EndClassIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: c.ID})
	if _, err := door.ClassDoor(t.Context(), s.F, "here", code); !fault.Is(err, fault.NotFound) {
		t.Errorf("an ended class: %v", err)
	}
}

func TestAddLearners_ShowsThoseThereTwiceAndAddsNobodyThen(t *testing.T) {
	s := schooltest.New(t, 0)
	count := func() int {
		n := 0
		s.Look(s.Okafor, func(l *flow.Look) error {
			rows, err := l.Q().LearnersOfClass(l.Ctx(), db.LearnersOfClassParams{SchoolID: string(s.ID), ClassID: string(s.Class)})
			n = len(rows)
			return err
		})
		return n
	}
	add := func(names string, anyway bool) office.AddLearnersOut {
		return schooltest.Do(s, office.AddLearners, s.Okafor, office.AddLearnersIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class, Names: names, Anyway: anyway})
	}
	if out := add("Amina Haddad\nMendes, Léo", false); len(out.Added) != 2 || len(out.Twice) != 0 || count() != 2 {
		t.Fatalf("got %+v, %d in the class", out, count())
	}
	if out := add("Ben Okri\nleo mendes\nKai\nKai", false); len(out.Added) != 0 || strings.Join(out.Twice, ",") != "leo mendes,Kai" || count() != 2 {
		t.Errorf("got %+v, %d in the class", out, count())
	}
	if out := add("Léo Mendes", true); len(out.Added) != 1 || count() != 3 {
		t.Errorf("anyway: got %+v, %d in the class", out, count())
	}
	code := schooltest.Refused(s, office.AddLearners, s.Okafor, office.AddLearnersIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class, Names: "Good Name\n12345"}, fault.Invalid)
	if code != "fault.roster.lines" || count() != 3 {
		t.Errorf("a bad line: %s, %d in the class", code, count())
	}
}

func TestSuspendPerson_EndsSessionsAtOnceAndKeepsAnAdministrator(t *testing.T) {
	s := schooltest.New(t, 1)
	who := s.Learners[0]
	token, err := door.OpenSession(t.Context(), s.F, s.ID, who.Person, 1_000_000)
	if err != nil {
		t.Fatal(err)
	}
	schooltest.Do(s, office.SuspendPerson, s.Admin, office.PersonIn{Op: flow.Op{Op: schooltest.NewOp()}, Person: who.Person})
	if _, err := door.SessionByToken(t.Context(), s.F, token); !fault.Is(err, fault.Unauthenticated) {
		t.Errorf("the session lives on: %v", err)
	}
	schooltest.Refused(s, office.SuspendPerson, s.Admin, office.PersonIn{Op: flow.Op{Op: schooltest.NewOp()}, Person: s.Admin.Person}, fault.Conflict)
	schooltest.Do(s, office.UnsuspendPerson, s.Admin, office.PersonIn{Op: flow.Op{Op: schooltest.NewOp()}, Person: who.Person})
	if _, err := door.SessionByToken(t.Context(), s.F, token); !fault.Is(err, fault.Unauthenticated) {
		t.Errorf("an ended session came back: %v", err)
	}
}

func TestChangesToAPerson_AreNoted(t *testing.T) {
	s := schooltest.New(t, 1)
	who := s.Learners[0].Person
	schooltest.Do(s, office.ResetPIN, s.Okafor, office.PersonIn{Op: flow.Op{Op: schooltest.NewOp()}, Person: who})
	schooltest.Do(s, office.MakeCards, s.Okafor, office.MakeCardsIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class, Token: func(roster.PersonID) string { return door.NewToken() }})
	schooltest.Do(s, office.Unenroll, s.Okafor, office.UnenrollIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class, Person: who})
	schooltest.Do(s, office.Enroll, s.Admin, office.EnrollIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class, Person: who, Role: roster.Learner})
	schooltest.Do(s, office.EndClass, s.Okafor, office.EndClassIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: s.Class})
	schooltest.Do(s, office.SuspendPerson, s.Admin, office.PersonIn{Op: flow.Op{Op: schooltest.NewOp()}, Person: who})
	s.Look(s.Admin, func(l *flow.Look) error {
		rows, err := l.Q().ChangesTo(l.Ctx(), db.ChangesToParams{SchoolID: string(s.ID), SubjectID: string(who)})
		var verbs []string
		for _, r := range rows {
			verbs = append(verbs, r.Verb)
		}
		slices.Sort(verbs)
		if got := strings.Join(verbs, " "); got != "end_class enroll make_cards reset_pin suspend_person unenroll" {
			t.Errorf("got %s", got)
		}
		return err
	})
}

// Half past midnight in London is still the day before in New York: the same instant, read in the new zone.
func TestSetSchool_NamesItAndMovesItsDaysAndIsNoted(t *testing.T) {
	s := schooltest.New(t, 1)
	s.Now = time.Date(2026, 11, 25, 0, 30, 0, 0, time.UTC)
	today := func() (on string) {
		s.Look(s.Okafor, func(l *flow.Look) (err error) {
			on, err = l.Today()
			return err
		})
		return on
	}
	set := func(name, zone string) office.SetSchoolIn {
		return office.SetSchoolIn{Op: flow.Op{Op: schooltest.NewOp()}, Name: name, Zone: zone}
	}
	before := schooltest.Show(s, office.Admin, s.Admin, struct{}{})
	if today() != "2026-11-25" || before.Changed != nil {
		t.Fatalf("before: %s, %+v", today(), before.Changed)
	}
	schooltest.Do(s, office.SetSchool, s.Admin, set("  Harbour   School ", "America/New_York"))
	after := schooltest.Show(s, office.Admin, s.Admin, struct{}{})
	if today() != "2026-11-24" || after.Name != "Harbour School" || after.Zone != "America/New_York" {
		t.Errorf("after: %s, %q in %q", today(), after.Name, after.Zone)
	}
	if after.Changed == nil || after.Changed.By != "Pat Principal" || after.Changed.AtMs != s.Now.UnixMilli() {
		t.Errorf("noted: %+v", after.Changed)
	}
	for _, bad := range []office.SetSchoolIn{set(" ", "UTC"), set("X", "Londn"), set("X", "Local"), set("X", "../../etc/passwd")} {
		schooltest.Refused(s, office.SetSchool, s.Admin, bad, fault.Invalid)
	}
	schooltest.Refused(s, office.SetSchool, s.Okafor, set("Mine", "UTC"), fault.Forbidden)
	if again := schooltest.Show(s, office.Admin, s.Admin, struct{}{}); again.Name != "Harbour School" {
		t.Errorf("a refused change changed %q", again.Name)
	}
}
