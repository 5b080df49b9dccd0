package plan

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"kith/internal/content"
	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/mastery"
	"kith/internal/phrase"
	"kith/internal/skill"
)

// unit is four objectives of two skills: a1 a2 | b1 b2 | c1 c2 | d1 d2, each needing the one before, but c1 needs only a1,
// and d1 needs b2 and c2. Every objective has a lesson, a task and an activity; b has no talk.
func unit(t testing.TB) Input {
	t.Helper()
	var in Input
	for _, o := range []string{"a", "b", "c", "d"} {
		obj := skill.Objective{ID: skill.ObjectiveID(o), Code: o, Title: o}
		for _, k := range []string{o + "1", o + "2"} {
			in.Course.Skills = append(in.Course.Skills, skill.Skill{ID: skill.ID(k), Code: k, Title: "Skill " + k, Minutes: 20})
			obj.Skills = append(obj.Skills, skill.ID(k))
		}
		in.Course.Objectives = append(in.Course.Objectives, obj)
		part := content.Part{Objective: obj.ID, Lesson: content.LessonID("les-" + o),
			Task: content.Task{Title: "Task " + o}, Activity: content.Activity{Title: "Hands " + o, Minutes: 15}}
		if o != "b" {
			part.Talk = doc.Doc{Nodes: []doc.Node{{Kind: doc.Paragraph}}}
		}
		in.Unit.Parts = append(in.Unit.Parts, part)
		in.Lessons = append(in.Lessons, content.Lesson{ID: part.Lesson, Objective: obj.ID, Skills: obj.Skills, Minutes: 5})
	}
	for _, e := range []string{"a1 a2", "a2 b1", "b1 b2", "a1 c1", "c1 c2", "c2 d1", "b2 d1", "d1 d2"} {
		from, to, _ := strings.Cut(e, " ")
		in.Course.Edges = append(in.Course.Edges, skill.Edge{From: skill.ID(from), To: skill.ID(to)})
	}
	g, err := skill.NewGraph(in.Course)
	if err != nil {
		t.Fatal(err)
	}
	in.Graph, in.Dial, in.Estimates = g, Required, map[skill.ID]mastery.Estimate{}
	return in
}

func build(t testing.TB, in Input) Proposal {
	t.Helper()
	p, err := Build(in)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func keys(lines []Line) []string {
	var out []string
	for _, l := range lines {
		out = append(out, l.Key)
	}
	return out
}

func secure(ids ...skill.ID) map[skill.ID]mastery.Estimate {
	out := map[skill.ID]mastery.Estimate{}
	for _, id := range ids {
		out[id] = mastery.Estimate{Skill: id, PKnown: 0.98, Attempts: 3, Status: mastery.Secure, SecureSinceMs: 1, LastMs: 1}
	}
	return out
}

func TestBuild_FirstPlanFollowsReadinessAndTeachingOrder(t *testing.T) {
	p := build(t, unit(t))
	want := []string{
		"task:a", "lesson:les-a", "activity:a", "practice:a1", "practice:a2", // the third on screen waits for one that is not
		"talk:a", "task:b", "lesson:les-b", "activity:b", "practice:b1", "practice:b2", "talk:b",
	}
	if got := keys(p.Lines); !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	for _, l := range p.Lines {
		if l.Change != Added || l.Reason.Code == "" {
			t.Errorf("%s: %+v", l.Key, l)
		}
	}
	if p.MinutesBack != 0 || len(p.Credited)+len(p.Dropped) != 0 {
		t.Errorf("nothing is known, yet %+v", p)
	}
}

// b1 is taught before c1 but rests on it: c1 comes first, with what else of c is ready, and then both of b.
// By value, for each chance and minute: b and c are open, so b counts 1 and c ½; c1 = ½ + .8 · 1 = 1.3, b2 = 1.
func TestBuild_ReadinessGoesBeforeTeachingOrder(t *testing.T) {
	in := unit(t)
	in.Course.Edges = []skill.Edge{{From: "c1", To: "b1"}}
	g, err := skill.NewGraph(in.Course)
	if err != nil {
		t.Fatal(err)
	}
	in.Graph, in.Estimates = g, secure("a1", "a2")
	var got []string
	for _, l := range build(t, in).Lines {
		if l.Kind == Practice {
			got = append(got, l.Key)
		}
	}
	if want := []string{"practice:c1", "practice:c2", "practice:b1", "practice:b2"}; len(got) < 4 || !slices.Equal(got[:4], want) {
		t.Errorf("got %v, want %v first", got, want)
	}
}

func TestBuild_CreditsWhatTheCheckShowedAndGivesTheMinutesBack(t *testing.T) {
	in := unit(t)
	in.Check = Check{Known: []skill.ID{"a1", "a2"}, Direct: map[skill.ID]bool{"a2": true}, Through: map[skill.ID]skill.ID{"a1": "a2", "a2": "a2"},
		Unlearned: []skill.ID{"b1"}, Evidence: map[skill.ID][]string{"a1": {"f1"}, "a2": {"f1"}, "b1": {"f2"}}}
	p := build(t, in)
	if got := keys(p.Credited); !slices.Equal(got, []string{"practice:a1", "practice:a2"}) {
		t.Fatalf("credited %v", got)
	}
	if p.MinutesBack != 20+20+5 { // two skills, and the lesson that teaches nothing else
		t.Errorf("minutes back %d", p.MinutesBack)
	}
	if r := p.Credited[0].Reason; !reflect.DeepEqual(r, phrase.Of("reason.known_through", "skill", "Skill a2")) {
		t.Errorf("a1: %+v", r)
	}
	if r := p.Credited[1].Reason; r.Code != "reason.known_direct" || !slices.Equal(p.Credited[1].Evidence, []string{"f1"}) {
		t.Errorf("a2: %+v", p.Credited[1])
	}
	for _, l := range p.Lines {
		if l.Objective == "a" || l.Skill == "a1" || l.Skill == "a2" {
			t.Errorf("asks again for what is known: %s", l.Key)
		}
		if l.Skill == "b1" && (l.Reason.Code != "reason.unlearned" || !slices.Equal(l.Evidence, []string{"f2"})) {
			t.Errorf("b1: %+v", l)
		}
	}
}

func TestBuild_DoesNotCreditWhatAPersonReopened(t *testing.T) {
	in := unit(t)
	in.Estimates["a1"] = mastery.Estimate{Skill: "a1", PKnown: 0.5, Attempts: 2, Status: mastery.Growing, State: mastery.State{Reopened: true}}
	in.Check = Check{Known: []skill.ID{"a1"}, Direct: map[skill.ID]bool{"a1": true}}
	p := build(t, in)
	if len(p.Credited) != 0 || !slices.Contains(keys(p.Lines), "practice:a1") {
		t.Errorf("got %+v", p)
	}
}

func TestBuild_PutsAnotherLookFirst(t *testing.T) {
	in := unit(t)
	in.Estimates = secure("a1", "a2", "b1", "c1")
	in.Estimates["a2"] = mastery.Estimate{Skill: "a2", PKnown: 0.5, Attempts: 5, Status: mastery.AnotherLook, SecureSinceMs: 1, State: mastery.State{Facts: []string{"f9"}}}
	p := build(t, in)
	if l := p.Lines[0]; l.Key != "revisit:a2" || !l.Must || l.Minutes != 10 || !slices.Equal(l.Evidence, []string{"f9"}) || l.Reason.Code != "reason.look" {
		t.Errorf("got %+v", l)
	}
}

func TestBuild_KeepsWhatWasDecidedAndSaysWhatChanged(t *testing.T) {
	in := unit(t)
	in.Base = build(t, in).Lines[:5] // task, lesson, activity, practice a1, practice a2
	in.Done = map[string]bool{"task:a": true, "lesson:les-a": true}
	in.Estimates = secure("a1")
	p := build(t, in)
	if got := keys(p.Lines[:2]); !slices.Equal(got, []string{"activity:a", "practice:a2"}) {
		t.Errorf("starts with %v", got)
	}
	for i, l := range p.Lines {
		if want := map[bool]Change{true: Kept, false: Added}[i < 2]; l.Change != want {
			t.Errorf("%s is %s, want %s", l.Key, l.Change, want)
		}
	}
	if len(p.Dropped) != 1 || p.Dropped[0].Key != "practice:a1" || p.Dropped[0].Reason.Code != "reason.dropped_known" {
		t.Errorf("dropped %+v", p.Dropped)
	}
}

func TestBuild_MovedIsTheFewestLines(t *testing.T) {
	in := unit(t)
	lines := []Line{NewLine(Practice, "a", "a1", ""), NewLine(Activity, "a", "", ""), NewLine(Practice, "c", "c1", "")}
	in.Base = lines
	in.Pins = []Line{lines[2]} // the teacher puts the last one first
	p := build(t, in)
	got := map[string]Change{}
	for _, l := range p.Lines[:3] {
		got[l.Key] = l.Change
	}
	if want := map[string]Change{"practice:c1": Moved, "practice:a1": Kept, "activity:a": Kept}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v", got)
	}
}

func TestBuild_TeacherPinsAndVetoesWin(t *testing.T) {
	in := unit(t)
	in.Estimates = secure("a1", "a2")
	in.Pins = []Line{NewLine(Practice, "a", "a1", ""), NewLine(Meeting, "d", "d2", "")}
	in.Vetoes = []string{"practice:b1", "activity:c"}
	in.Done = map[string]bool{"practice:a1": true}
	p := build(t, in)
	if got := keys(p.Lines[:2]); !slices.Equal(got, []string{"practice:a1", "meeting:d2"}) {
		t.Errorf("starts with %v", got)
	}
	for _, l := range p.Lines[:2] {
		if !l.Must || !l.Pinned || l.Reason.Code != "reason.pinned" {
			t.Errorf("%+v", l)
		}
	}
	for _, l := range p.Lines {
		if slices.Contains(in.Vetoes, l.Key) {
			t.Errorf("%s was taken out", l.Key)
		}
	}
	if !slices.Contains(keys(p.Lines), "practice:b2") { // a veto bars nobody's way
		t.Errorf("got %v", keys(p.Lines))
	}
}

func TestBuild_WishesComeFirstOnlyWhenReady(t *testing.T) {
	in := unit(t)
	in.Estimates = secure("a1")
	in.Wishes = []string{"practice:c1", "practice:d2"}
	p := build(t, in)
	if l := p.Lines[0]; l.Key != "practice:c1" || l.Reason.Code != "reason.wished" {
		t.Errorf("got %+v", l)
	}
	if i := slices.Index(keys(p.Lines), "practice:d2"); i >= 0 && i < slices.Index(keys(p.Lines), "practice:b2") {
		t.Errorf("d2 before what it needs: %v", keys(p.Lines))
	}
}

func TestBuild_DialSaysWhatMust(t *testing.T) {
	for dial, want := range map[Dial][2]bool{Required: {true, true}, Pick: {false, true}, Propose: {false, false}} {
		in := unit(t)
		in.Dial = dial
		for _, l := range build(t, in).Lines {
			must := l.Kind == Lesson && want[0] || l.Kind == Practice && want[1]
			if l.Must != must {
				t.Errorf("%s: %s must %t", dial, l.Key, l.Must)
			}
		}
	}
	in := unit(t)
	in.Dial = ""
	if _, err := Build(in); !fault.Is(err, fault.Invalid) {
		t.Errorf("no dial: %v", err)
	}
}

func TestBuild_SharedLessonComesFirst(t *testing.T) {
	in := unit(t)
	in.Shared = "les-c"
	if l := build(t, in).Lines[0]; l.Key != "lesson:les-c" || l.Reason.Code != "reason.shared" || l.Minutes != 5 {
		t.Errorf("got %+v", l)
	}
	in.Done = map[string]bool{"lesson:les-c": true}
	if l := build(t, in).Lines[0]; l.Key == "lesson:les-c" {
		t.Error("the lesson is done and still there")
	}
}

func TestBuild_EverythingKnownAsksForNothing(t *testing.T) {
	in := unit(t)
	in.Estimates = secure("a1", "a2", "b1", "b2", "c1", "c2", "d1", "d2")
	if p := build(t, in); !p.Empty() || p.MinutesBack != 8*20+4*5 {
		t.Errorf("got %+v", p)
	}
}

// An imported course has neither tasks nor activities nor lessons; the plan still has people in it.
func TestBuild_ABareCourseStillHasPeople(t *testing.T) {
	in := unit(t)
	in.Lessons = nil
	for i := range in.Unit.Parts {
		in.Unit.Parts[i] = content.Part{Objective: in.Unit.Parts[i].Objective}
	}
	in.Unit.Parts = in.Unit.Parts[:3]
	want := []string{"practice:a1", "practice:a2", "talk:a", "practice:b1", "practice:b2", "talk:b", "practice:c1", "practice:c2"}
	if got := keys(build(t, in).Lines); !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

// Properties over 2,000 random learners (seed fixed): at most twelve lines, no line twice, the same twice, prerequisites
// before dependents, one line in three away from the screen up to every place, nothing that is known, a reason each.
func TestBuild_Properties(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 11))
	statuses := []mastery.Status{mastery.NotStarted, mastery.Growing, mastery.Secure, mastery.AnotherLook}
	for round := range 2_000 {
		in := unit(t)
		in.Dial = []Dial{Required, Pick, Propose}[r.IntN(3)]
		for _, s := range in.Course.Skills {
			if r.IntN(3) > 0 {
				in.Estimates[s.ID] = mastery.Estimate{Skill: s.ID, Status: statuses[r.IntN(4)], Attempts: 1}
			}
			if r.IntN(5) == 0 {
				in.Check.Known = append(in.Check.Known, s.ID)
			}
			if r.IntN(9) == 0 {
				in.Vetoes = append(in.Vetoes, "practice:"+string(s.ID))
			}
		}
		if r.IntN(2) == 0 {
			in.Base = build(t, unit(t)).Lines
		}
		p := build(t, in)
		if !reflect.DeepEqual(p, build(t, in)) {
			t.Fatal("not a function of its input")
		}
		if len(p.Lines) > MaxLines {
			t.Fatalf("%d lines", len(p.Lines))
		}
		place, away := map[string]int{}, 0
		for i, l := range p.Lines {
			if _, twice := place[l.Key]; twice || l.Reason.Code == "" || l.Change == "" {
				t.Fatalf("round %d: %+v", round, l)
			}
			place[l.Key] = i
			if l.Where != OnScreen {
				away++
			}
			if away < (i+1)/Share {
				t.Fatalf("round %d: %d of the first %d lines are away from the screen: %v", round, away, i+1, keys(p.Lines))
			}
		}
		known := func(id skill.ID) bool {
			e := in.Estimates[id]
			return e.Status == mastery.Secure || slices.Contains(in.Check.Known, id) && e.Status != mastery.AnotherLook
		}
		for _, l := range p.Lines {
			if l.Kind == Practice && known(l.Skill) {
				t.Fatalf("round %d: %s is known", round, l.Key)
			}
			if l.Kind != Practice || len(in.Base) > 0 {
				continue
			}
			for _, pre := range in.Graph.Prerequisites(l.Skill) {
				at, placed := place["practice:"+string(pre)]
				if !placed {
					at, placed = place["revisit:"+string(pre)]
				}
				if placed && at > place[l.Key] || !placed && !known(pre) && !slices.Contains(in.Vetoes, "practice:"+string(pre)) {
					t.Fatalf("round %d: %s before %s: %v", round, l.Key, pre, keys(p.Lines))
				}
			}
		}
	}
}

func TestKey_FoldsLookAlikesOnly(t *testing.T) {
	a, b := build(t, unit(t)), build(t, unit(t))
	b.Lines[0].Minutes, b.Lines[1].Reason, b.Lines[2].Evidence = 99, phrase.Of("reason.wished"), []string{"f"}
	if !Same(a, b) {
		t.Error("minutes, reasons and evidence are each learner's own")
	}
	for name, change := range map[string]func(p *Proposal){
		"order":    func(p *Proposal) { p.Lines[0], p.Lines[1] = p.Lines[1], p.Lines[0] },
		"must":     func(p *Proposal) { p.Lines[0].Must = !p.Lines[0].Must },
		"fewer":    func(p *Proposal) { p.Lines = p.Lines[1:] },
		"credited": func(p *Proposal) { p.Credited = append(p.Credited, p.Lines[0]) },
		"dropped":  func(p *Proposal) { p.Dropped = append(p.Dropped, p.Lines[0]) },
	} {
		c := build(t, unit(t))
		change(&c)
		if Same(a, c) {
			t.Errorf("%s: folded", name)
		}
	}
}

func TestApply_LearnersMoveWhatMayAndTeachersAnything(t *testing.T) {
	lines := build(t, unit(t)).Lines[:4] // task (may), lesson (must), activity (may), practice a1 (must)
	extra := NewLine(Practice, "c", "c1", "")
	got, err := Apply(lines, []Edit{{Act: "move", Key: "activity:a", To: 0}, {Act: "drop", Key: "task:a"}, {Act: "add", Line: &extra, To: 3}}, false)
	if err != nil || !slices.Equal(keys(got), []string{"activity:a", "lesson:les-a", "practice:a1", "practice:c1"}) {
		t.Fatalf("got %v, %v", keys(got), err)
	}
	if l := got[3]; l.Must || l.Pinned || l.Reason.Code != "reason.wished" {
		t.Errorf("a learner's line: %+v", l)
	}
	if keys(lines)[0] != "task:a" {
		t.Error("the argument was altered")
	}
	got, err = Apply(lines, []Edit{{Act: "drop", Key: "lesson:les-a"}, {Act: "add", Line: &extra}}, true)
	if err != nil || got[0].Key != "practice:c1" || !got[0].Pinned {
		t.Errorf("a teacher's edit: %v, %v", keys(got), err)
	}
	got, err = Apply(lines, []Edit{{Act: "must", Key: "task:a"}, {Act: "may", Key: "lesson:les-a"}}, true)
	if err != nil || !got[0].Must || got[1].Must {
		t.Errorf("must and may: %+v, %v", got[:2], err)
	}
	for _, c := range []struct {
		e    Edit
		kind fault.Kind
	}{
		{Edit{Act: "drop", Key: "lesson:les-a"}, fault.Forbidden},
		{Edit{Act: "move", Key: "practice:a1"}, fault.Forbidden},
		{Edit{Act: "drop", Key: "practice:zz"}, fault.Invalid},
		{Edit{Act: "move", Key: "activity:a", To: 4}, fault.Invalid},
		{Edit{Act: "move", Key: "activity:a", To: -1}, fault.Invalid},
		{Edit{Act: "add", Line: &lines[0]}, fault.Invalid},
		{Edit{Act: "add"}, fault.Invalid},
		{Edit{Act: "must", Key: "task:a"}, fault.Forbidden},
		{Edit{Act: "may", Key: "activity:a"}, fault.Forbidden},
		{Edit{Act: "eat", Key: "activity:a"}, fault.Invalid},
	} {
		if _, err := Apply(lines, []Edit{c.e}, false); !fault.Is(err, c.kind) {
			t.Errorf("%+v: got %v, want %s", c.e, err, c.kind)
		}
	}
}

func TestFallback_OpensWhatIsReadyWithoutAYes(t *testing.T) {
	in := unit(t)
	in.Shared = "les-a"
	lines, err := Fallback(in)
	if err != nil || !slices.Equal(keys(lines), []string{"lesson:les-a", "practice:a1", "practice:a2", "activity:a"}) {
		t.Fatalf("got %v, %v", keys(lines), err)
	}
	for _, l := range lines {
		if l.Must || l.Reason.Code == "" {
			t.Errorf("%+v", l)
		}
	}
	// a2 rests on a1, which is still open: it is not said to be ready.
	if one, two := lines[1].Reason, lines[2].Reason; one.Code != "reason.ready" || two.Code != "reason.after" || two.Args["skill"] != "Skill a1" {
		t.Errorf("the reasons are %v and %v", one, two)
	}
	in.Check.Known = []skill.ID{"a1", "a2"}
	in.Vetoes = []string{"practice:b1"}
	if lines, _ = Fallback(in); !slices.Equal(keys(lines), []string{"lesson:les-a", "practice:b2", "practice:c1", "activity:b"}) {
		t.Errorf("after the check: %v", keys(lines))
	}
	in.Shared = ""
	in.Estimates = secure("a1", "a2", "b1", "b2", "c1", "c2", "d1", "d2")
	if lines, _ = Fallback(in); len(lines) != 0 {
		t.Errorf("everything known: %v", keys(lines))
	}
}

func BenchmarkBuild(b *testing.B) {
	in := unit(b)
	in.Estimates = secure("a1")
	for b.Loop() {
		if _, err := Build(in); err != nil {
			b.Fatal(err)
		}
	}
}

func ExampleNewLine() {
	fmt.Println(NewLine(Activity, "o1", "", "").Key, NewLine(Activity, "o1", "", "").Where)
	fmt.Println(NewLine(Talk, "o1", "", "").Key, NewLine(Talk, "o1", "", "").Where)
	fmt.Println(NewLine(Practice, "o1", "s1", "").Key, NewLine(Practice, "o1", "s1", "").Where)
	// Output:
	// activity:o1 off_screen
	// talk:o1 person
	// practice:s1 screen
}
