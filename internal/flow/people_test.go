package flow

import (
	"context"
	"strings"
	"testing"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

// TestPeopleVerbs_AreForThoseTheyAreFor runs every verb as every actor: o is yes, f Forbidden, n NotFound, u Unauthenticated.
// The columns: anonymous, the learner, a classmate, their guardian, their teacher, another teacher, the administrator,
// another school's administrator.
func TestPeopleVerbs_AreForThoseTheyAreFor(t *testing.T) {
	w := newAround(t, 12)
	next := 2
	fresh := func() roster.PersonID { next++; return w.learners[next%12].Person }
	adult := func() roster.PersonID {
		return do(w.school, AddPerson, w.admin, AddPersonIn{Op: Op{newOp()}, Role: roster.Teacher, Given: "New", Family: "Teacher"}).Person.ID
	}
	op := func() Op { return Op{newOp()} }
	about := w.learners[0].Person
	verbs := []struct {
		name string
		want string
		run  func(who access.Actor) error
	}{
		{"create_class", "ufffoooo", func(who access.Actor) error { return try(w, CreateClass, who, CreateClassIn{Op: op(), Name: "8X"}) }},
		{"rename_class", "uffnonon", func(who access.Actor) error {
			return try(w, RenameClass, who, RenameClassIn{Op: op(), Class: w.class, Name: "7B"})
		}},
		{"rotate_class_code", "uffnonon", func(who access.Actor) error { return try(w, RotateClassCode, who, RotateClassCodeIn{op(), w.class}) }},
		{"add_learners", "uffnonon", func(who access.Actor) error {
			return try(w, AddLearners, who, AddLearnersIn{Op: op(), Class: w.class, Names: "Zoe Zed", Anyway: true})
		}},
		{"make_cards", "uffnonon", func(who access.Actor) error {
			return try(w, MakeCards, who, MakeCardsIn{Op: op(), Class: w.class, Token: func(p roster.PersonID) string { return NewToken() }})
		}},
		{"reset_pin", "ufffonon", func(who access.Actor) error { return try(w, ResetPIN, who, PersonIn{op(), about}) }},
		{"suspend_person", "uffffnon", func(who access.Actor) error { return try(w, SuspendPerson, who, PersonIn{op(), about}) }},
		{"unsuspend_person", "uffffnon", func(who access.Actor) error { return try(w, UnsuspendPerson, who, PersonIn{op(), about}) }},
		{"link_guardian", "uffffnon", func(who access.Actor) error {
			return try(w, LinkGuardian, who, GuardianshipIn{op(), about, w.guardian.Person})
		}},
		{"unlink_guardian", "uffffnon", func(who access.Actor) error {
			err := try(w, UnlinkGuardian, who, GuardianshipIn{op(), about, w.guardian.Person})
			if err == nil {
				do(w.school, LinkGuardian, w.admin, GuardianshipIn{op(), about, w.guardian.Person})
			}
			return err
		}},
		{"enroll", "uffffnon", func(who access.Actor) error {
			err := try(w, Enroll, who, EnrollIn{op(), w.other, about, roster.Learner})
			if err == nil {
				do(w.school, Unenroll, w.admin, UnenrollIn{op(), w.other, about})
			}
			return err
		}},
		{"unenroll", "uffnonon", func(who access.Actor) error { return try(w, Unenroll, who, UnenrollIn{op(), w.class, fresh()}) }},
		{"add_person", "ufffffoo", func(who access.Actor) error {
			return try(w, AddPerson, who, AddPersonIn{Op: op(), Role: roster.Teacher, Given: "A", Family: "B"})
		}},
		{"reset_password", "unnnnnon", func(who access.Actor) error {
			return try(w, ResetPassword, who, ResetPasswordIn{Op: op(), Person: adult(), Link: HashToken(newOp())})
		}},
		{"set_settings", "uooooooo", func(who access.Actor) error { return try(w, SetSettings, who, SetSettingsIn{Op: op(), Theme: "dark"}) }},
		{"set_password", "uffooooo", func(who access.Actor) error {
			return try(w, SetPassword, who, SetPasswordIn{Op: op(), Login: "login-" + string(who.Person), Hash: "x"})
		}},
		{"end_class", "uffnonon", func(who access.Actor) error {
			c := do(w.school, CreateClass, w.okafor, CreateClassIn{Op: op(), Name: "9Z"}).Class.ID
			for _, l := range w.learners[:2] {
				do(w.school, Enroll, w.admin, EnrollIn{op(), c, l.Person, roster.Learner})
			}
			return try(w, EndClass, who, EndClassIn{op(), c})
		}},
	}
	actors := []access.Actor{{}, w.learners[0], w.learners[1], w.guardian, w.okafor, w.lin, w.admin, w.stranger}
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

func try[I Input, O any](w *around, v Verb[I, O], who access.Actor, in I) error {
	_, err := Run(w.t.Context(), w.f, v, who, in)
	return err
}

func TestCreateClass_MakesItsTeacherAndACode(t *testing.T) {
	s := newSchool(t, 1)
	in := CreateClassIn{Op: Op{newOp()}, Name: " 8A  Mathematics "}
	c := do(s, CreateClass, s.okafor, in).Class
	if code, ok := roster.ReadClassCode(c.Code); !ok || code != c.Code || c.Name != "8A Mathematics" {
		t.Errorf("got %+v", c)
	}
	if again := do(s, CreateClass, s.okafor, in).Class; again != c {
		t.Errorf("the same act made %+v and %+v", c, again)
	}
	do(s, RenameClass, s.okafor, RenameClassIn{Op{newOp()}, c.ID, "8A"}) // only its teacher may
	refused(s, CreateClass, s.okafor, CreateClassIn{Op: Op{newOp()}, Name: "x", Teacher: s.lin.Person}, fault.Forbidden)
	refused(s, CreateClass, s.admin, CreateClassIn{Op: Op{newOp()}, Name: "x", Teacher: s.learners[0].Person}, fault.Invalid)
	refused(s, CreateClass, s.okafor, CreateClassIn{Op: Op{newOp()}, Name: "   "}, fault.Invalid)
}

func TestRotateClassCode_OldCodeOpensNothing(t *testing.T) {
	s := newSchool(t, 2)
	c := do(s, CreateClass, s.okafor, CreateClassIn{Op: Op{newOp()}, Name: "8A"}).Class
	do(s, AddLearners, s.okafor, AddLearnersIn{Op: Op{newOp()}, Class: c.ID, Names: "Amina Haddad"})
	code := do(s, RotateClassCode, s.okafor, RotateClassCodeIn{Op{newOp()}, c.ID}).Code
	if _, err := s.f.ClassDoor(t.Context(), "here", c.Code); !fault.Is(err, fault.NotFound) {
		t.Errorf("the old code: %v", err)
	}
	names, err := s.f.ClassDoor(t.Context(), "here", strings.ToLower(code))
	if err != nil || len(names) != 1 || names[0].Name != "Amina H." {
		t.Errorf("the new code: %v, %v", names, err)
	}
	do(s, EndClass, s.okafor, EndClassIn{Op{newOp()}, c.ID})
	if _, err := s.f.ClassDoor(t.Context(), "here", code); !fault.Is(err, fault.NotFound) {
		t.Errorf("an ended class: %v", err)
	}
}

func TestAddLearners_ShowsThoseThereTwiceAndAddsNobodyThen(t *testing.T) {
	s := newSchool(t, 0)
	count := func() int {
		n := 0
		s.look(s.okafor, func(l *Look) error {
			rows, err := l.q.LearnersOfClass(l.ctx, db.LearnersOfClassParams{SchoolID: string(s.id), ClassID: string(s.class)})
			n = len(rows)
			return err
		})
		return n
	}
	add := func(names string, anyway bool) AddLearnersOut {
		return do(s, AddLearners, s.okafor, AddLearnersIn{Op: Op{newOp()}, Class: s.class, Names: names, Anyway: anyway})
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
	code := refused(s, AddLearners, s.okafor, AddLearnersIn{Op: Op{newOp()}, Class: s.class, Names: "Good Name\n12345"}, fault.Invalid)
	if code != "fault.roster.line" || count() != 3 {
		t.Errorf("a bad line: %s, %d in the class", code, count())
	}
}

func TestSuspendPerson_EndsSessionsAtOnceAndKeepsAnAdministrator(t *testing.T) {
	s := newSchool(t, 1)
	who := s.learners[0]
	token, err := s.f.OpenSession(t.Context(), s.id, who.Person, 1_000_000)
	if err != nil {
		t.Fatal(err)
	}
	do(s, SuspendPerson, s.admin, PersonIn{Op{newOp()}, who.Person})
	if _, err := s.f.SessionByToken(t.Context(), token); !fault.Is(err, fault.Unauthenticated) {
		t.Errorf("the session lives on: %v", err)
	}
	refused(s, SuspendPerson, s.admin, PersonIn{Op{newOp()}, s.admin.Person}, fault.Conflict)
	do(s, UnsuspendPerson, s.admin, PersonIn{Op{newOp()}, who.Person})
	if _, err := s.f.SessionByToken(t.Context(), token); !fault.Is(err, fault.Unauthenticated) {
		t.Errorf("an ended session came back: %v", err)
	}
}

func TestChangesToAPerson_AreNoted(t *testing.T) {
	s := newSchool(t, 1)
	who := s.learners[0].Person
	do(s, ResetPIN, s.okafor, PersonIn{Op{newOp()}, who})
	do(s, SuspendPerson, s.admin, PersonIn{Op{newOp()}, who})
	s.look(s.admin, func(l *Look) error {
		rows, err := l.q.ChangesTo(l.ctx, db.ChangesToParams{SchoolID: string(s.id), SubjectID: string(who)})
		var verbs []string
		for _, r := range rows {
			verbs = append(verbs, r.Verb)
		}
		if len(rows) != 2 || !strings.Contains(strings.Join(verbs, " "), "reset_pin") {
			t.Errorf("got %v", verbs)
		}
		return err
	})
}

func TestFirstStart_GivesOneLinkUntilSomebodyUsesIt(t *testing.T) {
	st, err := store.Open(t.Context(), store.Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	f := New(st)
	ctx := context.Background()
	old, ok, err := f.FirstStart(ctx)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	token, ok, err := f.FirstStart(ctx)
	if err != nil || !ok || token == old {
		t.Fatal(ok, err)
	}
	in := FirstAdminIn{School: "Harbour", Zone: "Europe/London", Locale: "en", Given: "Ada", Family: "Lindgren", Login: " Ada@Example.org ", Hash: "x"}
	if _, err := f.MakeFirstAdmin(ctx, "here", old, in); !fault.Is(err, fault.NotFound) {
		t.Errorf("the link of an earlier start: %v", err)
	}
	bad := in
	bad.Zone = "Mars/Olympus"
	if _, err := f.MakeFirstAdmin(ctx, "here", token, bad); fault.Said(err).Code != "fault.school.zone" {
		t.Errorf("a zone that is none: %v", err)
	}
	who, err := f.MakeFirstAdmin(ctx, "here", token, in)
	if err != nil || who.Actor.Role != roster.Admin || who.Zone != "Europe/London" || who.School != "Harbour" {
		t.Fatalf("got %+v, %v", who, err)
	}
	if _, err := f.MakeFirstAdmin(ctx, "here", token, in); !fault.Is(err, fault.NotFound) {
		t.Errorf("used twice: %v", err)
	}
	if _, ok, err := f.FirstStart(ctx); ok || err != nil {
		t.Errorf("a link though there is an administrator: %v, %v", ok, err)
	}
	schools, err := f.Schools(ctx)
	if err != nil || len(schools) != 1 || schools[0].Name != "Harbour" {
		t.Errorf("got %+v, %v", schools, err)
	}
}
