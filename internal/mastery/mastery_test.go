package mastery

import (
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
	"kith/internal/skill"
)

const rate skill.ID = "unit-rate"

// story makes facts from words, one an answer, a minute apart: "a" right and "a-" not yet on item a without help; "a?"
// right after a hint; "a2" right and "a2-" not yet on a second try; "a!" not learned yet; "a~" unread; "+" credited; "<"
// re-opened.
func story(words ...string) []evidence.Fact {
	var out []evidence.Fact
	for n, w := range words {
		ms := int64(n+1) * 60_000
		f := evidence.Fact{ID: fmt.Sprintf("f%d", n+1), Seq: int64(n + 1), HappenedMs: ms, ReceivedMs: ms + 500}
		switch w {
		case "+", "<":
			f.Kind = evidence.KindCredit
			f.Credit = &evidence.Credit{Skill: rate, Act: map[string]string{"+": "credit", "<": "reopen"}[w], By: "teacher"}
			out = append(out, f)
			continue
		}
		a := evidence.Attempt{Item: item.ID(w[:1]), Skill: rate, Kind: item.Number, Try: 1, DrawN: 1, Outcome: item.Right, Purpose: evidence.ForPractice}
		for _, c := range w[1:] {
			switch c {
			case '-':
				a.Outcome, a.Mistake = item.NotYet, "upside-down"
			case '?':
				a.Hints = 1
			case '2':
				a.Try = 2
			case '!':
				a.Outcome, a.Unlearned = item.NotYet, true
			case '~':
				a.Outcome = item.Unread
			}
		}
		f.Kind, f.Attempt = evidence.KindAttempt, &a
		out = append(out, f)
	}
	return out
}

// step moves one estimate by a fact that speaks of its skill first.
func step(m Model, e Estimate, f evidence.Fact) (Estimate, error) {
	moved, err := Step(m, map[skill.ID]Estimate{e.Skill: e}, f)
	if err != nil {
		return e, err
	}
	return moved[0], nil
}

func after(t *testing.T, words ...string) Estimate {
	t.Helper()
	all, err := Fold(First(), story(words...))
	if err != nil {
		t.Fatal(err)
	}
	if e, ok := all[rate]; ok {
		return e
	}
	return Start(First(), rate)
}

// PKnown by hand for the default model: right .25 -> .648 -> .905214 -> .979989 (see bkt's test for the first step).
func TestFold_SecureAsksForBeliefAndTwoItemsAlone(t *testing.T) {
	for _, c := range []struct {
		words []string
		want  Status
	}{
		{nil, NotStarted},
		{[]string{"a~"}, NotStarted},
		{[]string{"a"}, Growing},
		{[]string{"a", "b"}, Growing},                                       // .905
		{[]string{"a", "b", "c"}, Secure},                                   // .980, three items
		{[]string{"a", "b", "a"}, Secure},                                   // two items are enough
		{[]string{"a", "a", "a", "a"}, Growing},                             // one item, however often
		{[]string{"a?", "b?", "c?", "d?", "a?", "b?", "c?", "d?"}, Growing}, // never without help
		{[]string{"a", "b", "c?", "d?"}, Growing},                           // believed, but the last one was helped
		{[]string{"a", "b", "c?", "d?", "d"}, Secure},
		{[]string{"+"}, Secure},
		{[]string{"a-", "+"}, Secure},
		{[]string{"<"}, NotStarted},
		{[]string{"a", "<"}, Growing},
	} {
		if e := after(t, c.words...); e.Status != c.want {
			t.Errorf("%v: got %s at %.3f, want %s", c.words, e.Status, e.PKnown, c.want)
		}
	}
	if e := after(t, "a", "b", "c"); math.Abs(e.PKnown-0.979989) > 1e-6 {
		t.Errorf("three rights: got %.7f", e.PKnown)
	}
}

func TestFold_AnotherLookAfterDoubtAndTheDateStays(t *testing.T) {
	for _, c := range []struct {
		words []string
		want  Status
	}{
		{[]string{"a", "b", "c", "a-"}, Secure},                  // .98 -> .86 -> +learn .876: one slip is no doubt
		{[]string{"a", "b", "c", "a-", "a2-"}, Secure},           // the same variant again is not a second one
		{[]string{"a", "b", "c", "a-", "b-"}, AnotherLook},       // two variants in a row
		{[]string{"a", "b", "c", "a-", "b?", "c-"}, AnotherLook}, // a helped right between does not clear the first
		{[]string{"a", "b", "c", "a-", "b", "c-"}, Secure},       // an unaided right does
		{[]string{"a", "b", "c", "a!"}, AnotherLook},             // .98 * .04: falls below .7 at once
		{[]string{"a", "b", "c", "a-", "b-", "c"}, AnotherLook},
		{[]string{"a", "b", "c", "a-", "b-", "c", "c"}, AnotherLook}, // believed again (.968), but on one item
		{[]string{"a", "b", "c", "a-", "b-", "c", "d"}, Secure},      // .533 -> .857 -> .968
		{[]string{"a", "b", "c", "<"}, AnotherLook},
		{[]string{"a", "b", "c", "<", "a", "b", "c"}, Secure},
		{[]string{"+", "a-", "b-"}, AnotherLook},
	} {
		e := after(t, c.words...)
		if e.Status != c.want {
			t.Errorf("%v: got %s at %.3f, want %s", c.words, e.Status, e.PKnown, c.want)
		}
		first := int64(3 * 60_000)
		if c.words[0] == "+" {
			first = 60_000
		}
		if e.SecureSinceMs != first {
			t.Errorf("%v: secure since %d, want %d", c.words, e.SecureSinceMs, first)
		}
	}
	if e := after(t, "+", "a-", "b-"); !e.Credited {
		t.Error("a doubted credit stays a credit until a person re-opens the skill")
	}
	if e := after(t, "+", "<"); e.Credited || e.Status != AnotherLook {
		t.Errorf("re-opened: %+v", e)
	}
}

func TestFold_LeavesWithdrawnFactsOut(t *testing.T) {
	facts := story("a", "b", "c", "+")
	for _, gone := range []string{"f3", "f4"} {
		facts = append(facts, evidence.Fact{ID: "w" + gone, Seq: int64(len(facts) + 1), Kind: evidence.KindWithdrawal, Withdrawal: &evidence.Withdrawal{Fact: gone}})
	}
	got, err := Fold(First(), facts)
	if err != nil {
		t.Fatal(err)
	}
	want, _ := Fold(First(), story("a", "b"))
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got[rate].Status != Growing {
		t.Errorf("got %s", got[rate].Status)
	}
}

// Stepping fact by fact, through JSON as the store does, gives what Fold gives, bit for bit; and no step changes the
// estimate it was given.
func TestStep_StoredEqualsFolded(t *testing.T) {
	facts := story("a-", "a2", "b?", "c", "d", "a", "b-", "+", "c-", "d-", "<", "a", "b", "c", "d!", "a~")
	want, err := Fold(First(), facts)
	if err != nil {
		t.Fatal(err)
	}
	e := Start(First(), rate)
	for _, f := range facts {
		before, _ := json.Marshal(e)
		next, err := step(First(), e, f)
		if err != nil {
			t.Fatal(err)
		}
		if again, _ := json.Marshal(e); string(again) != string(before) {
			t.Fatalf("%s changed the estimate it was given", f.ID)
		}
		b, _ := json.Marshal(next)
		e = Estimate{}
		if err := json.Unmarshal(b, &e); err != nil {
			t.Fatal(err)
		}
	}
	x, _ := json.Marshal(e)
	y, _ := json.Marshal(want[rate])
	if string(x) != string(y) {
		t.Errorf("stored %s\nfolded %s", x, y)
	}
}

func TestFold_TakesFactsInSeqOrder(t *testing.T) {
	facts := story("a", "b", "c", "a-", "b-")
	want, _ := Fold(First(), facts)
	slices.Reverse(facts)
	got, err := Fold(First(), facts)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestStep_OtherSkillsMoveALittleAndCountNoTry(t *testing.T) {
	f := story("a")[0]
	f.Attempt.Others = []skill.ID{"ratio-language"}
	all, err := Fold(First(), []evidence.Fact{f})
	if err != nil {
		t.Fatal(err)
	}
	e := all["ratio-language"]
	// ratio 4.5^.3 = 1.570281; odds .523427 -> .343585; + .656415*.12*.3 = .367216
	if math.Abs(e.PKnown-0.367216) > 1e-5 || e.Attempts != 0 || e.Status != NotStarted {
		t.Errorf("got %+v", e)
	}
	if got := e.Evidence(); !slices.Equal(got, []string{"f1"}) {
		t.Errorf("evidence %v", got)
	}
}

func TestStep_TheCheckTeachesNothing(t *testing.T) {
	f := story("a")[0]
	f.Attempt.Purpose = evidence.ForCheck
	e, err := step(First(), Start(First(), rate), f)
	if err != nil || math.Abs(e.PKnown-0.6) > 1e-12 { // .648 with learning
		t.Errorf("got %v, %v", e.PKnown, err)
	}
}

func TestStep_RefusesWhatCannotBe(t *testing.T) {
	for name, spoil := range map[string]func(*evidence.Fact){
		"no try":              func(f *evidence.Fact) { f.Attempt.Try = 0 },
		"negative hints":      func(f *evidence.Fact) { f.Attempt.Hints = -1 },
		"unknown outcome":     func(f *evidence.Fact) { f.Attempt.Outcome = "perhaps" },
		"right and unlearned": func(f *evidence.Fact) { f.Attempt.Unlearned = true },
		"negative options":    func(f *evidence.Fact) { f.Attempt.Kind, f.Attempt.Options = item.Choice, -2 },
		"unknown act": func(f *evidence.Fact) {
			f.Attempt, f.Credit = nil, &evidence.Credit{Skill: rate, Act: "perhaps"}
		},
	} {
		f := story("a")[0]
		spoil(&f)
		start := Start(First(), rate)
		if e, err := step(First(), start, f); !fault.Is(err, fault.Invalid) || !reflect.DeepEqual(e, start) {
			t.Errorf("%s: got %+v, %v", name, e, err)
		}
	}
}

func TestEstimate_RemembersNoMoreThanItNeeds(t *testing.T) {
	var words []string
	for range 40 {
		words = append(words, "a", "b-", "c", "d", "e", "f", "g", "h", "i", "j")
	}
	e := after(t, words...)
	if len(e.State.Items) > keepItems || len(e.Dots()) != keepTries || len(e.Evidence()) != keepFacts || e.Attempts != 400 {
		t.Errorf("got %+v", e)
	}
	b, _ := json.Marshal(e.State)
	if len(b) > 800 {
		t.Errorf("the state takes %d bytes", len(b))
	}
}

func TestModel_IsFrozenByItsHash(t *testing.T) {
	m := First()
	b, _ := json.Marshal(m.Params)
	again, err := Load(m.ID, m.Code, b, m.Hash)
	if err != nil || !reflect.DeepEqual(again, m) {
		t.Fatalf("got %+v, %v", again, err)
	}
	other := m.Params
	other.Secure = 0.98
	n, err := New(m.ID, m.Code, other)
	if err != nil || n.Hash == m.Hash {
		t.Errorf("other params, same hash: %v", err)
	}
	if _, err := Load(m.ID, m.Code, b, n.Hash); !fault.Is(err, fault.Invalid) {
		t.Errorf("a row that was altered: got %v", err)
	}
	for _, spoil := range []func(*Params){
		func(p *Params) { p.Doubt = 0.96 }, func(p *Params) { p.Items = 0 }, func(p *Params) { p.Items = 9 },
		func(p *Params) { p.Run = 0 }, func(p *Params) { p.Fraction = math.NaN() }, func(p *Params) { p.BKT.Slip = 0.5 },
	} {
		p := m.Params
		spoil(&p)
		if _, err := New("x", "x", p); !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: got %v", p, err)
		}
	}
}

// A small class of simulated learners (seed fixed): 3,000 learn with the default chances and practise up to 12 typed
// items. Of those called Secure at least 95 in 100 must really know it, and of those who know it from the start at least
// 85 in 100 must be Secure within 6.
func TestFold_SecureIsTrueOfSimulatedLearners(t *testing.T) {
	m, r := First(), rand.New(rand.NewPCG(5, 6))
	var secure, secureAndKnown, knewFirst, quick float64
	for range 3_000 {
		knows := r.Float64() < m.Params.BKT.Init
		first := knows
		e := Start(m, rate)
		for n := range 12 {
			right := r.Float64() < m.Params.BKT.Guess
			if knows {
				right = r.Float64() >= m.Params.BKT.Slip
			}
			word := string(rune('a' + n%5))
			if !right {
				word += "-"
			}
			var err error
			if e, err = step(m, e, story(word)[0]); err != nil {
				t.Fatal(err)
			}
			knows = knows || r.Float64() < m.Params.BKT.Learn
			if e.Status == Secure {
				if first && n < 6 {
					quick++
				}
				break
			}
		}
		if e.Status == Secure {
			secure++
			if knows {
				secureAndKnown++
			}
		}
		if first {
			knewFirst++
		}
	}
	if p := secureAndKnown / secure; p < 0.95 {
		t.Errorf("of %.0f secure, %.3f know it", secure, p)
	}
	if p := quick / knewFirst; p < 0.85 {
		t.Errorf("of %.0f who knew it, %.3f were secure within 6", knewFirst, p)
	}
}

func BenchmarkStep(b *testing.B) {
	m, f := First(), story("a")[0]
	e := Start(m, rate)
	for b.Loop() {
		e, _ = step(m, e, f)
	}
}

func TestWays_WhatChanceChoosesAmong(t *testing.T) {
	for _, c := range []struct {
		kind item.Kind
		n    int
		want int
	}{
		{item.Number, 0, 0}, {item.Choice, 4, 4}, {item.Choices, 4, 15}, {item.Choices, 12, 1023}, {item.Ordering, 3, 6}, {item.Matching, 4, 24},
		{item.Ordering, 12, 1023}, {item.Sorting, 5, 32}, {item.Sorting, 12, 1023}, {item.Sorting, -1, -1}, {item.Ordering, 0, 0},
	} {
		if got := Ways(c.kind, c.n); got != c.want {
			t.Errorf("%s of %d: %d, want %d", c.kind, c.n, got, c.want)
		}
	}
}

// What waits for a person is no evidence yet: facts with such answers among them come to the same.
func TestFold_AnswersThatWaitMoveNothing(t *testing.T) {
	for _, m := range []Model{First(), Default()} {
		facts := various(5, 120)
		var with []evidence.Fact
		for i, f := range facts {
			f.Seq *= 2
			with = append(with, f)
			if f.Attempt != nil && i%3 == 0 {
				a := *f.Attempt
				a.Outcome, a.Mistake, a.Unlearned = item.Waiting, "", false
				f.ID, f.Seq, f.Attempt = f.ID+"w", f.Seq+1, &a
				with = append(with, f)
			}
		}
		want, err := Fold(m, facts)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Fold(m, with)
		if err != nil || len(with) == len(facts) || !reflect.DeepEqual(got, want) {
			t.Errorf("%d facts, %d of them wait: %v, %v, want %v", len(with), len(with)-len(facts), err, got, want)
		}
	}
}
