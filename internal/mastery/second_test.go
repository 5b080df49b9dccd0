package mastery

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/item"
	"kith/internal/mastery/bkt"
	"kith/internal/mastery/fsrs"
	"kith/internal/skill"
)

// own is a model with parameters of their own for two of various' skills, and paces for two of its items.
func own(t testing.TB) Model {
	t.Helper()
	p := Default().Params
	s := *p.Second
	s.Skills = map[skill.ID]bkt.Params{"a": {Init: 0.6, Learn: 0.2, Slip: 0.05, Guess: 0.1}, "b": {Init: 0.1, Learn: 0.05, Slip: 0.2, Guess: 0.3}}
	s.Paces = map[item.ID]Pace{"i1": {2_000, 9_000, 30_000}, "i2": {1_500, 5_000, 20_000}}
	p.Second = &s
	m, err := New("01980000-0000-7000-8000-0000000000ff", "bkt-2 fitted", p)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// told folds a story (see story) of which each word may begin with a number of days that pass before it: "7 a".
func told(t *testing.T, m Model, words ...string) Estimate {
	t.Helper()
	all, err := Fold(m, spaced(words...))
	if err != nil {
		t.Fatal(err)
	}
	if e, ok := all[rate]; ok {
		return e
	}
	return Start(m, rate)
}

func spaced(words ...string) []evidence.Fact {
	plain, wait := make([]string, len(words)), make([]int64, len(words))
	for i, w := range words {
		plain[i] = w
		if n, err := fmt.Sscanf(w, "%d %s", &wait[i], &plain[i]); n != 2 || err != nil {
			wait[i], plain[i] = 0, w
		}
	}
	facts, passed := story(plain...), int64(0)
	for i := range facts {
		passed += wait[i] * dayMs
		facts[i].HappenedMs += passed
		facts[i].ReceivedMs += passed
	}
	return facts
}

// By hand: .25, right .6; learned .648, right .5832/.6536 = .892289; learned .905214, right .814693/.833650 = .977260.
// Not yet first: .025/.625 = .04, then learned .1552, right .13968/.30864 = .452566.
func TestSecond_BeliefByHand(t *testing.T) {
	for _, c := range []struct {
		words []string
		want  float64
	}{
		{nil, 0.25},
		{[]string{"a"}, 0.6},
		{[]string{"a", "b"}, 0.892289},
		{[]string{"a", "b", "c"}, 0.977260},
		{[]string{"a-"}, 0.04},
		{[]string{"a-", "b"}, 0.452566},
	} {
		if e := told(t, Default(), c.words...); math.Abs(e.PKnown-c.want) > 1e-6 {
			t.Errorf("%v: got %.6f, want %.6f", c.words, e.PKnown, c.want)
		}
	}
}

func TestSecond_SecureAsksForBeliefAndTwoItemsAlone(t *testing.T) {
	for _, c := range []struct {
		words []string
		want  Status
	}{
		{nil, NotStarted}, {[]string{"a~"}, NotStarted}, {[]string{"a-"}, Growing},
		{[]string{"a", "b"}, Growing}, {[]string{"a", "b", "c"}, Secure}, {[]string{"a", "b", "a"}, Secure},
		{[]string{"a", "a", "a", "a"}, Growing},
		{[]string{"a?", "b?", "c?", "d?", "a?", "b?", "c?", "d?"}, Growing},
		{[]string{"a", "b", "c?", "d?"}, Growing}, {[]string{"a", "b", "c?", "d?", "d"}, Secure},
		{[]string{"+"}, Secure}, {[]string{"<"}, NotStarted},
		{[]string{"a", "b", "c", "a-"}, Secure},            // one slip on the same day
		{[]string{"a", "b", "c", "1 a-"}, Secure},          // or on the next
		{[]string{"a", "b", "c", "7 a-"}, AnotherLook},     // not after a week
		{[]string{"a", "b", "c", "a-", "b-"}, AnotherLook}, // two variants in a row
		{[]string{"a", "b", "c", "a!"}, AnotherLook},
		{[]string{"a", "b", "c", "a-", "b-", "c", "d"}, Secure},
		{[]string{"a", "b", "c", "<"}, AnotherLook},
		{[]string{"a", "b", "c", "90 a?"}, Secure}, // a right answer, even a helped one, never doubts
	} {
		if e := told(t, Default(), c.words...); e.Status != c.want {
			t.Errorf("%v: got %s at %.3f, want %s", c.words, e.Status, e.PKnown, c.want)
		}
	}
}

// Due by hand: 2.3065/.980346 * (.75^(-1/.1542) - 1) = 2.352741 * (6.460085 - 1) = 12.846158 days after the last right.
func TestStatusAt_ASecureSkillFadesAndComesBack(t *testing.T) {
	e := told(t, Default(), "a", "b", "c")
	last := int64(3 * 60_000)
	if got := float64(e.State.FadesMs-last) / dayMs; math.Abs(got-12.846158) > 1e-4 {
		t.Errorf("fades after %.6f days", got)
	}
	for days, want := range map[int64]Status{0: Secure, 12: Secure, 13: AnotherLook, 400: AnotherLook} {
		if got := StatusAt(e, last+days*dayMs); got != want {
			t.Errorf("after %d days: got %s", days, got)
		}
	}
	if e.Status != Secure || e.SecureSinceMs != last {
		t.Errorf("what is stored must not know today: %+v", e)
	}
	again := told(t, Default(), "a", "b", "c", "7 d") // a week later, right alone
	at := again.LastMs
	if again.SecureSinceMs != last || StatusAt(again, at+100*dayMs) != Secure || StatusAt(again, at+200*dayMs) != AnotherLook {
		t.Errorf("after a spaced right: fades %v days later, secure since %d", (again.State.FadesMs-at)/dayMs, again.SecureSinceMs)
	}
	late := told(t, Default(), "a", "b", "c", "30 d") // it had faded, and came back
	if StatusAt(late, late.LastMs) != Secure || late.SecureSinceMs != last {
		t.Errorf("got %+v", late)
	}
	if e := told(t, First(), "a", "b", "c"); StatusAt(e, last+400*dayMs) != Secure {
		t.Error("the first model forgets nothing")
	}
}

func TestStatusAt_WhatAPersonSaysDoesNotFade(t *testing.T) {
	for _, words := range [][]string{{"+"}, {"a", "b", "c", "+"}} {
		e := told(t, Default(), words...)
		if got := StatusAt(e, e.LastMs+1000*dayMs); got != Secure {
			t.Errorf("%v: got %s", words, got)
		}
	}
	e := told(t, Default(), "+", "a") // from the first answer on evidence counts again
	if got := StatusAt(e, e.LastMs+1000*dayMs); got != AnotherLook {
		t.Errorf("got %s", got)
	}
}

// A not-yet must not start the clock anew: what had faded stays faded, what had not fades no later.
func TestStatusAt_ANotYetNeverPutsFadingOff(t *testing.T) {
	secure := told(t, Default(), "a", "b", "c", "d", "e", "f")
	for _, words := range [][]string{{"a", "b", "c", "d", "e", "f", "3 a-"}, {"a", "b", "c", "d", "e", "f", "20 a-"}, {"a", "b", "c", "d", "e", "f", "a-"}} {
		e := told(t, Default(), words...)
		if e.State.FadesMs > secure.State.FadesMs {
			t.Errorf("%v: fades %d ms later", words, e.State.FadesMs-secure.State.FadesMs)
		}
	}
}

// 12 days after the third right .756653 is kept (1 + .980346*12/2.3065 = 6.100435, to the -.1542): .25 + .727260*.756653.
func TestKnownAt_FadesTowardsWhereEverybodyBegins(t *testing.T) {
	e := told(t, Default(), "a", "b", "c")
	if got := KnownAt(Default(), e, e.LastMs+12*dayMs); math.Abs(got-0.800284) > 1e-5 {
		t.Errorf("got %.6f", got)
	}
	if got := KnownAt(Default(), e, e.LastMs); got != e.PKnown {
		t.Errorf("at once: got %v", got)
	}
	if got := KnownAt(First(), told(t, First(), "a", "b", "c"), 1<<50); math.Abs(got-0.979989) > 1e-6 {
		t.Errorf("the first model: got %v", got)
	}
}

func TestDueMs_WhenAReviewIsDue(t *testing.T) {
	e := told(t, Default(), "a", "b", "c")
	due, err := DueMs(Default(), e, 0.85)
	// 2.352741 * (.85^(-6.485084) - 1) = 2.352741 * 1.868953
	if days := float64(due-e.LastMs) / dayMs; err != nil || math.Abs(days-4.397) > 0.01 {
		t.Errorf("due after %.3f days, %v", days, err)
	}
	if due, err := DueMs(Default(), Start(Default(), rate), 0.85); due != 0 || err != nil {
		t.Errorf("nothing remembered: %d, %v", due, err)
	}
	if _, err := DueMs(Default(), e, 1); !fault.Is(err, fault.Invalid) {
		t.Errorf("got %v", err)
	}
}

// Memory begins with the first right; not-yets among a day's answers are no lapse, one after a day is.
func TestSecond_MemoryBeginsWithTheFirstRight(t *testing.T) {
	w := fsrs.Published()
	for _, c := range []struct {
		words []string
		want  float64 // stability
	}{
		{[]string{"a-", "b-"}, 0},
		{[]string{"a-", "b"}, w[2]},
		{[]string{"a?"}, w[1]},
		{[]string{"a", "b-", "c-", "d"}, w[2]},
	} {
		if e := told(t, Default(), c.words...); math.Abs(e.State.Memory.Stability-c.want) > 1e-9 {
			t.Errorf("%v: stability %v, want %v", c.words, e.State.Memory.Stability, c.want)
		}
	}
	if e := told(t, Default(), "a", "3 b-"); e.State.Memory.Stability >= w[2] {
		t.Errorf("a lapse left a stability of %v", e.State.Memory.Stability)
	}
	if e := told(t, Default(), "a", "3 b"); e.State.Memory.Stability < 2*w[2] {
		t.Errorf("a right after three days left a stability of %v", e.State.Memory.Stability)
	}
}

// One answer asks rate and table, both at their start (.25). By hand, right: .25 * (.25*.9 + .75*.2 = .375) = .09375; not
// known: .75 * .2 = .15; .09375/.24375 = .384615. Not yet: .25*.625/(.25*.625 + .75*.8) = .206612.
func TestSecond_SharesAnAnswerAmongItsSkills(t *testing.T) {
	for word, want := range map[string]float64{"a": 0.384615, "a-": 0.206612} {
		f := story(word)[0]
		f.Attempt.Others = []skill.ID{"table"}
		all, err := Fold(Default(), []evidence.Fact{f})
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range []skill.ID{rate, "table"} {
			if got := all[id].PKnown; math.Abs(got-want) > 1e-6 {
				t.Errorf("%s, %s: got %.6f, want %.6f", word, id, got, want)
			}
		}
		if e := all["table"]; e.Attempts != 0 || e.Status != NotStarted {
			t.Errorf("a further skill counts no try: %+v", e)
		}
	}
	// Somebody who surely knows the one: a not-yet is about the other.
	known := Start(Default(), rate)
	known.PKnown = 0.999
	f := story("a-")[0]
	f.Attempt.Others = []skill.ID{"table"}
	after, err := Step(Default(), map[skill.ID]Estimate{rate: known}, f)
	if err != nil || after[0].PKnown < 0.99 || after[1].PKnown > 0.05 {
		t.Errorf("got %.3f and %.3f, %v", after[0].PKnown, after[1].PKnown, err)
	}
}

func TestSecond_RapidGuessesAreNoEvidence(t *testing.T) {
	m := own(t)
	for _, c := range []struct {
		item  item.ID
		took  int64
		moves bool
	}{{"i1", 1_999, false}, {"i1", 2_000, true}, {"i9", 999, false}, {"i9", 1_000, true}, {"i9", 0, true}, {"i2", 1_499, false}} {
		for _, word := range []string{"a", "a-"} {
			f := story(word)[0]
			f.Attempt.Item, f.Attempt.TookMs = c.item, c.took
			after, err := Step(m, nil, f)
			if err != nil || len(after) != 1 || reflect.DeepEqual(after[0], Start(m, rate)) == c.moves {
				t.Errorf("%s after %d ms, %s: got %+v, %v", c.item, c.took, word, after, err)
			}
		}
	}
	f := story("a!")[0]
	f.Attempt.TookMs = 10
	if after, _ := Step(m, nil, f); after[0].Attempts != 1 {
		t.Error("who says that they have not learned it has not guessed")
	}
}

// A right answer never lowers what is shown and another one never raises it: the belief at any instant that a page of the
// last day may have been drawn for, and the word. Over 40,000 facts of every kind with gaps of days and several skills.
func TestSecond_IsMonotone(t *testing.T) {
	rank := map[Status]int{NotStarted: 0, Growing: 0, AnotherLook: 1, Secure: 2} // to have begun is no judgement
	for name, m := range map[string]Model{"default": Default(), "own": own(t)} {
		checked := 0
		for seed := range uint64(40) {
			r := rand.New(rand.NewPCG(seed, 5))
			now := map[skill.ID]Estimate{}
			for _, f := range various(seed, 500) {
				after, err := Step(m, now, f)
				if err != nil {
					t.Fatal(err)
				}
				for _, e := range after {
					old, ok := now[e.Skill]
					if !ok {
						old = Start(m, e.Skill)
					}
					now[e.Skill] = e
					if f.Attempt == nil || f.Attempt.Outcome == item.Unread || m.Params.Second.rapid(f.Attempt) {
						continue
					}
					right, ms := f.Attempt.Outcome == item.Right, at(&f)
					page := max(old.State.SeenMs, ms-int64(r.IntN(dayMs)))
					was, is := KnownAt(m, old, page), KnownAt(m, e, ms)
					if right && is < was || !right && is > was {
						t.Fatalf("%s, %s, right %v: %v on the page, %v after", name, f.ID, right, was, is)
					}
					x, y := rank[StatusAt(old, page)], rank[StatusAt(e, ms)]
					if right && y < x || !right && y > x {
						t.Fatalf("%s, %s, right %v: %s on the page, %s after", name, f.ID, right, StatusAt(old, page), StatusAt(e, ms))
					}
					checked++
				}
			}
		}
		if checked < 15_000 {
			t.Fatalf("only %d checked", checked)
		}
	}
}

// Stepping fact by fact, every estimate through JSON as the store does, gives what Fold gives, bit for bit; and no step
// changes what it was given.
func TestSecond_StoredEqualsFolded(t *testing.T) {
	for name, m := range map[string]Model{"default": Default(), "own": own(t), "first": First()} {
		facts := slices.DeleteFunc(various(3, 600), func(f evidence.Fact) bool { return f.Withdrawal != nil })
		want, err := Fold(m, facts)
		if err != nil {
			t.Fatal(err)
		}
		now := map[skill.ID]Estimate{}
		for _, f := range facts {
			before, _ := json.Marshal(now)
			moved, err := Step(m, now, f)
			if err != nil {
				t.Fatal(err)
			}
			if again, _ := json.Marshal(now); string(again) != string(before) {
				t.Fatalf("%s changed what it was given", f.ID)
			}
			for _, e := range moved {
				b, _ := json.Marshal(e)
				var back Estimate
				if err := json.Unmarshal(b, &back); err != nil {
					t.Fatal(err)
				}
				now[e.Skill] = back
			}
		}
		x, _ := json.Marshal(now)
		y, _ := json.Marshal(want)
		if string(x) != string(y) {
			t.Errorf("%s: stored %s\nfolded %s", name, x, y)
		}
	}
}

func TestSecond_ASkillHasItsOwnParameters(t *testing.T) {
	m := own(t)
	if e := Start(m, "a"); e.PKnown != 0.6 {
		t.Errorf("got %v", e.PKnown)
	}
	if e := Start(m, "never fitted"); e.PKnown != m.Params.BKT.Init {
		t.Errorf("got %v", e.PKnown)
	}
	b, _ := json.Marshal(m.Params)
	again, err := Load(m.ID, m.Code, b, m.Hash)
	if err != nil || !reflect.DeepEqual(again, m) {
		t.Errorf("got %+v, %v", again, err)
	}
}

func TestSecond_RefusesParametersThatCannotBe(t *testing.T) {
	for name, spoil := range map[string]func(*Second){
		"skill": func(s *Second) {
			s.Skills = map[skill.ID]bkt.Params{"a": {Init: math.NaN(), Learn: 0.1, Slip: 0.1, Guess: 0.1}}
		},
		"no skill": func(s *Second) { s.Skills = map[skill.ID]bkt.Params{"": bkt.Usual()} },
		"memory":   func(s *Second) { s.Memory[20] = 0.9 },
		"fades":    func(s *Second) { s.Fades = 1 },
		"fades 0":  func(s *Second) { s.Fades = math.NaN() },
		"rapid":    func(s *Second) { s.RapidMs = -1 },
		"pace":     func(s *Second) { s.Paces = map[item.ID]Pace{"a": {Rapid: 5, Fast: 4, Slow: 9}} },
	} {
		p := Default().Params
		s := *p.Second
		spoil(&s)
		p.Second = &s
		if _, err := New("x", "x", p); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	bad := Start(Default(), rate)
	bad.PKnown = math.NaN()
	if _, err := Step(Default(), map[skill.ID]Estimate{rate: bad}, story("a")[0]); !fault.Is(err, fault.Invalid) {
		t.Errorf("an estimate that is not a number: got %v", err)
	}
}

// Ten times by hand: mean 10 s, so rapid is below 1 s; a quarter took no longer than 4 s, nine in ten no longer than 40 s.
func TestNewPace_ByHand(t *testing.T) {
	times := []int64{40_000, 2_000, 3_000, 4_000, 5_000, 6_000, 8_000, 9_000, 11_000, 12_000}
	if got := NewPace(times); got != (Pace{1_000, 4_000, 40_000}) {
		t.Errorf("got %+v", got)
	}
	if got := NewPace(times[1:]); got != (Pace{}) {
		t.Errorf("nine times: got %+v", got)
	}
	if times[0] != 40_000 {
		t.Error("times were altered")
	}
}

// Simulated learners (seed fixed) who learn, slip and guess as the parameters say and practise up to 12 typed items in one
// sitting: of those called Secure at least 95 in 100 know it; of those who knew it at least 85 in 100 are Secure within 6.
func TestSecond_SecureIsTrueOfSimulatedLearners(t *testing.T) {
	m, r := Default(), rand.New(rand.NewPCG(5, 6))
	p := m.Params.BKT
	var secure, true_, knew, quick float64
	for range 3_000 {
		knows := r.Float64() < p.Init
		first := knows
		e := Start(m, rate)
		for n := range 12 {
			right := r.Float64() < p.Guess
			if knows {
				right = r.Float64() >= p.Slip
			}
			word := string(rune('a' + n%5))
			if !right {
				word += "-"
			}
			var err error
			if e, err = step(m, e, story(word)[0]); err != nil {
				t.Fatal(err)
			}
			if e.Status == Secure {
				secure++
				if knows {
					true_++
				}
				if first && n < 6 {
					quick++
				}
				break
			}
			knows = knows || r.Float64() < p.Learn
		}
		if first {
			knew++
		}
	}
	if got := true_ / secure; got < 0.95 {
		t.Errorf("of %.0f secure, %.3f know it", secure, got)
	}
	if got := quick / knew; got < 0.85 {
		t.Errorf("of %.0f who knew it, %.3f were secure within 6", knew, got)
	}
}

func BenchmarkSecondStep(b *testing.B) {
	m, f := own(b), story("a")[0]
	now := []Estimate{Start(m, rate).apart()}
	b.ReportAllocs()
	for b.Loop() {
		_ = Move(&m, now, &f)
	}
}

// BenchmarkMoves is what an answer costs over a learner's months: right and not yet, hints, later tries, minutes and days
// apart, one skill each, as most items have.
func BenchmarkMoves(b *testing.B) {
	m := own(b)
	var answers []evidence.Fact
	for _, f := range various(9, 2_000) {
		if f.Attempt != nil {
			a := *f.Attempt
			a.Skill, a.Others = "a", nil
			f.Attempt = &a
			answers = append(answers, f)
		}
	}
	start, now := Start(m, "a").apart(), []Estimate{{}}
	b.ReportAllocs()
	for k := 0; b.Loop(); k++ {
		if k %= len(answers); k == 0 {
			now[0] = start.apart()
		}
		if err := Move(&m, now, &answers[k]); err != nil {
			b.Fatal(err)
		}
	}
}

// The inner loop of folds, benches and simulations; and Step, which keeps what was before as it was.
func TestMove_AllocatesNothingAndStepLeavesWhatWasBefore(t *testing.T) {
	m, facts := own(t), various(3, 60)
	now := map[skill.ID]Estimate{}
	for _, f := range facts {
		was, _ := json.Marshal(now)
		moved, err := Step(m, now, f)
		if is, _ := json.Marshal(now); err != nil || !bytes.Equal(was, is) {
			t.Fatalf("%v; before was %s and is %s", err, was, is)
		}
		for _, e := range moved {
			now[e.Skill] = e
		}
	}
	f := story("a")[0]
	es := []Estimate{Start(m, rate).apart()}
	if n := testing.AllocsPerRun(200, func() {
		if err := Move(&m, es, &f); err != nil {
			t.Fatal(err)
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// A model's row is bytes from a database. Whatever they are, Load refuses them or gives a model under which everything folds
// to numbers in range.
func FuzzLoad(f *testing.F) {
	for _, m := range []Model{First(), Default(), own(f)} {
		b, _ := json.Marshal(m.Params)
		f.Add(b)
	}
	f.Add([]byte(`{"second":{"memory":[1,2,3],"skills":{"a":{"init":1e308}}}}`))
	f.Add([]byte(`{"bkt":null,"second":null}`))
	facts := various(4, 120)
	f.Fuzz(func(t *testing.T, row []byte) {
		var p Params
		if json.Unmarshal(row, &p) != nil {
			return
		}
		m, err := New("id", "code", p)
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatal(err)
			}
			return
		}
		if _, err := Load("id", "code", row, m.Hash); err != nil {
			t.Fatalf("it does not load again: %v", err)
		}
		all, err := Fold(m, facts)
		if err != nil {
			t.Fatal(err)
		}
		for id, e := range all {
			if known := KnownAt(m, e, 1_900_000_000_000); !(e.PKnown >= 0 && e.PKnown <= 1 && known >= 0 && known <= 1) {
				t.Fatalf("%s: %v, %v", id, e.PKnown, known)
			}
		}
	})
}

// By hand with the published weights, whose decay w20 is .1542: a Good review ten days after the last one makes of stability
// 10 some next; .4 of a review makes .4 of the way, and moves the last review four days on.
func TestRepeated_IsAPartOfAReview(t *testing.T) {
	m := Default()
	e := Start(m, "a")
	e.State.Memory, e.State.ReviewMs = fsrs.Memory{Stability: 10, Difficulty: 5}, 1_000
	whole, err := m.curve.Review(e.State.Memory, 10, fsrs.Good)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Repeated(m, e, []Repeat{{Ms: 500, Weight: .4}, {Ms: 1_000 + 10*dayMs, Weight: .4}})
	if err != nil || got.State.ReviewMs != 1_000+4*dayMs || math.Abs(got.State.Memory.Stability-(10+.4*(whole.Stability-10))) > 1e-9 || got.State.Memory.Difficulty != 5 {
		t.Errorf("%+v, %v; a whole one %+v", got.State, err, whole)
	}
	if e.State.ReviewMs != 1_000 || got.PKnown != e.PKnown || got.Status != e.Status {
		t.Error("the estimate itself moved")
	}
	was, _ := DueMs(m, e, .85)
	if now, _ := DueMs(m, got, .85); now <= was {
		t.Errorf("due %d, was %d", now, was)
	}
	for _, w := range []float64{0, -1, 1.1, math.NaN()} {
		if _, err := Repeated(m, e, []Repeat{{Ms: 2_000, Weight: w}}); !fault.Is(err, fault.Invalid) {
			t.Errorf("weight %v: %v", w, err)
		}
	}
}
