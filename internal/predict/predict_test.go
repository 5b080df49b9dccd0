package predict

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"kith/internal/answers"
	"kith/internal/fault"
	"kith/internal/measure"
)

// made builds a log of learners who each answer items given by next, which says the item, its skill and how likely right is.
func made(t testing.TB, learners, each int, seed uint64, next func(r *rand.Rand, n int, last bool, lastItem string) (item, skill string, p float64)) *answers.Log {
	t.Helper()
	b, r := answers.NewBuilder(), rand.New(rand.NewPCG(seed, 1))
	for l := range learners {
		last, lastItem := false, ""
		for n := range each {
			item, skill, p := next(r, n, last, lastItem)
			last, lastItem = r.Float64() < p, item
			if err := b.Add(fmt.Sprint(l), item, []string{skill}, last, 0); err != nil {
				t.Fatal(err)
			}
		}
	}
	log, err := b.Log()
	if err != nil {
		t.Fatal(err)
	}
	return log
}

func fitted(t testing.TB, log *answers.Log, head Head) *Model {
	t.Helper()
	p, err := Prepare(log)
	if err != nil {
		t.Fatal(err)
	}
	return p.Fit(head)
}

// foretell gives the chance before each answer of the log, each learner from the beginning.
func foretell(t testing.TB, m *Model, log *answers.Log) (p []float64, correct []bool) {
	t.Helper()
	var l Learner
	for who := range log.Learners {
		l.Forget()
		for _, r := range log.Of(who) {
			v, err := m.Predict(&l, ask(log, r))
			if err != nil {
				t.Fatal(err)
			}
			p, correct = append(p, v), append(correct, r.Correct)
			if err := m.Observe(&l, ask(log, r), r.Correct); err != nil {
				t.Fatal(err)
			}
		}
	}
	return p, correct
}

// mixedItems: forty items of four skills whose true chances run from .2 to .9; learners do not differ. The skill of item i is i mod 4.
func mixedItems(r *rand.Rand, _ int, _ bool, _ string) (string, string, float64) {
	i := r.IntN(40)
	return fmt.Sprint("i", i), fmt.Sprint("s", i%4), .2 + .7*float64(i)/39
}

// Without any difference between learners the model must find the items' own chances: 600 learners of 40 answers give 600
// answers an item, so a share has a standard error of at most .02.
func TestFit_FindsTheItemsOwnChances(t *testing.T) {
	log := made(t, 600, 40, 1, mixedItems)
	p, _ := foretell(t, fitted(t, log, Readable), log)
	var off float64
	for i, r := range log.Rows {
		var k int
		if _, err := fmt.Sscanf(log.Items[r.Item], "i%d", &k); err != nil {
			t.Fatal(err)
		}
		off += math.Abs(p[i]-(.2+.7*float64(k)/39)) / float64(len(p))
	}
	if off > .03 {
		t.Errorf("on average %.3f from the truth", off)
	}
}

// The chance before an answer may depend on what came before it, and on nothing after: two learners with one past and
// different futures are foretold alike up to where they part.
func TestPredict_KnowsThePastAlone(t *testing.T) {
	log := made(t, 100, 30, 3, mixedItems)
	m := fitted(t, log, Prediction)
	var a, b Learner
	mine := log.Of(0)
	for n, r := range mine {
		x, _ := m.Predict(&a, ask(log, r))
		y, _ := m.Predict(&b, ask(log, r))
		if n <= 10 && x != y {
			t.Fatalf("answer %d: %v and %v after one past", n, x, y)
		}
		if n > 10 && x != y {
			return // they differ after they parted, as they must
		}
		_ = m.Observe(&a, ask(log, r), r.Correct)
		_ = m.Observe(&b, ask(log, r), r.Correct != (n >= 10)) // from the eleventh answer on the opposite
	}
	t.Fatal("what learners answered makes no difference")
}

// Item c is right 90 % of the time after item a and 10 % after item b, whatever happened there, and a and b differ in
// nothing: only the order tells.
func orderTells(r *rand.Rand, n int, _ bool, before string) (string, string, float64) {
	if n%2 == 0 {
		return []string{"a", "b"}[r.IntN(2)], "s", .5
	}
	if before == "a" {
		return "c", "s", .9
	}
	return "c", "s", .1
}

func TestReadable_DoesNotKnowTheOrderOfItems(t *testing.T) {
	train, test := apart(made(t, 400, 20, 4, orderTells))
	for _, c := range []struct {
		head     Head
		low, top float64 // of the gap between c after a and c after b
	}{{Prediction, .6, .85}, {Readable, -.05, .05}} {
		m := fitted(t, train, c.head)
		p, _ := foretell(t, m, test)
		var sum, n [2]float64
		for i, r := range test.Rows {
			if test.Items[r.Item] == "c" {
				k := 0
				if test.Items[test.Rows[i-1].Item] == "b" {
					k = 1
				}
				sum[k] += p[i]
				n[k]++
			}
		}
		if gap := sum[0]/n[0] - sum[1]/n[1]; gap < c.low || gap > c.top {
			t.Errorf("head %v: c after a %.3f, after b %.3f", c.head, sum[0]/n[0], sum[1]/n[1])
		}
	}
}

// What is rare shrinks: an item never seen is foretold by its skill, a skill never seen by everybody's rate, and one lucky answer
// does not make an easy item.
func TestFit_FallsBackFromItemToSkillToAll(t *testing.T) {
	log := made(t, 400, 20, 6, func(r *rand.Rand, n int, _ bool, _ string) (string, string, float64) {
		i := r.IntN(30)
		if i < 15 {
			return fmt.Sprint("easy", i), "easy", .9
		}
		return fmt.Sprint("hard", i), "hard", .3
	})
	b := answers.NewBuilder()
	for l := range log.Learners {
		for _, r := range log.Of(l) {
			_ = b.Add(log.Learners[l], log.Items[r.Item], []string{log.Skills[log.Sets[r.Set][0]]}, r.Correct, 0)
		}
	}
	_ = b.Add("x", "rare", []string{"hard"}, true, 0)
	log, _ = b.Log()
	m := fitted(t, log, Prediction)
	skill := map[string]int32{}
	for k, name := range log.Skills {
		skill[name] = int32(k)
	}
	var nobody Learner
	chance := func(item, skill int32) float64 {
		p, err := m.Predict(&nobody, Ask{Item: item, Skills: []int32{skill}})
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	newItem, newSkill := int32(len(log.Items)), int32(len(log.Skills))
	if p := chance(newItem, skill["easy"]); math.Abs(p-.9) > .07 {
		t.Errorf("a new item of the easy skill: %.3f", p)
	}
	if p := chance(newItem, skill["hard"]); math.Abs(p-.3) > .07 {
		t.Errorf("a new item of the hard skill: %.3f", p)
	}
	if p := chance(int32(len(log.Items)-1), skill["hard"]); p > .45 {
		t.Errorf("an item of the hard skill after one right answer: %.3f", p)
	}
	if p := chance(newItem, newSkill); p < .45 || p > .75 {
		t.Errorf("a new item of a new skill: %.3f, everybody's rate is .6", p)
	}
}

// Where the order of items tells, its weights are let loose; where it tells nothing, they are held.
func TestPrecisions_FollowWhatHeldOutLearnersSay(t *testing.T) {
	tells := fitted(t, made(t, 300, 20, 4, orderTells), Prediction).prior[orderItem]
	silent := fitted(t, made(t, 600, 40, 1, mixedItems), Prediction).prior[orderItem]
	if tells > startPrecisions[orderItem]/3 || silent < startPrecisions[orderItem]*2 {
		t.Errorf("precision %v where order tells, %v where it does not, from %v", tells, silent, startPrecisions[orderItem])
	}
}

func TestFit_IsTheSameForTheSameAnswers(t *testing.T) {
	log := made(t, 60, 25, 7, mixedItems)
	a, b := fitted(t, log, Prediction), fitted(t, log, Prediction)
	if !reflect.DeepEqual(a, b) {
		t.Error("two fits of one log differ")
	}
}

// growing: learners of spread ability who learn; what they did before tells more than the items do.
func growing(t testing.TB, learners int, seed uint64) *answers.Log {
	t.Helper()
	b, r := answers.NewBuilder(), rand.New(rand.NewPCG(seed, 2))
	for l := range learners {
		able := 1.5 * r.NormFloat64()
		for n := range 40 {
			i, k := r.IntN(60), n/10
			p := 1 / (1 + math.Exp(-(able + .1*float64(n%10) - 2*(float64(i)/59-.5))))
			if err := b.Add(fmt.Sprint(l), fmt.Sprint("i", i, "of", k), []string{fmt.Sprint("s", k)}, r.Float64() < p, int64(1+n)*60_000); err != nil {
				t.Fatal(err)
			}
		}
	}
	log, _ := b.Log()
	return log
}

// apart is two thirds of a log's learners, and the others.
func apart(log *answers.Log) (train, test *answers.Log) {
	return log.Part(func(l int) bool { return l%3 != 0 }), log.Part(func(l int) bool { return l%3 == 0 })
}

func TestFit_IsCalibratedOnOthers(t *testing.T) {
	train, test := apart(growing(t, 1200, 8))
	p, correct := foretell(t, fitted(t, train, Prediction), test)
	if a, e := measure.AUC(p, correct), measure.ECE(p, correct); a < .78 || e > .015 {
		t.Errorf("AUC %.4f, ECE %.4f", a, e)
	}
}

func TestLearn_FromZeroComesNearTheFit(t *testing.T) {
	log := growing(t, 1200, 10)
	m := FromZero(Prediction)
	learners := make([]Learner, len(log.Learners))
	var p []float64
	var correct []bool
	for from := 0; from < len(learners); from += 30 { // classes of 30, one answer of each in turn
		for n := range 40 {
			for l := from; l < from+30; l++ {
				r := log.Of(l)[n]
				v, err := m.Learn(&learners[l], ask(log, r), r.Correct)
				if err != nil {
					t.Fatal(err)
				}
				p, correct = append(p, v), append(correct, r.Correct)
			}
		}
	}
	train, test := apart(log)
	q, right := foretell(t, fitted(t, train, Prediction), test)
	best, late := measure.AUC(q, right), measure.AUC(p[20_000:], correct[20_000:])
	if late < best-.015 {
		t.Errorf("after 20,000 answers %.4f, fitted %.4f", late, best)
	}
	if e := measure.ECE(p[5000:25_000], correct[5000:25_000]); e > .02 {
		t.Errorf("ECE from 5,000 to 25,000 is %.4f", e)
	}
	if first := measure.AUC(p[:1000], correct[:1000]); first < .65 {
		t.Errorf("in the first thousand answers %.4f", first)
	}
}

// A fitted model goes on learning: the school's items turn out otherwise, and it follows.
func TestLearn_FollowsASchoolThatChanges(t *testing.T) {
	asked := 0
	log := made(t, 400, 20, 11, func(r *rand.Rand, n int, last bool, before string) (string, string, float64) {
		item, skill, p := mixedItems(r, n, last, before)
		if asked++; asked > 4000 {
			p = 1.1 - p
		}
		return item, skill, p
	})
	m := fitted(t, log.Part(func(l int) bool { return l < 200 }), Prediction)
	log = log.Part(func(l int) bool { return l >= 200 })
	learners := make([]Learner, len(log.Learners))
	var p []float64
	var correct []bool
	for l := range log.Learners {
		for _, r := range log.Of(l) {
			v, err := m.Learn(&learners[l], ask(log, r), r.Correct)
			if err != nil {
				t.Fatal(err)
			}
			p, correct = append(p, v), append(correct, r.Correct)
		}
	}
	early, late := measure.LogLoss(p[:1000], correct[:1000]), measure.LogLoss(p[3000:], correct[3000:])
	if late > early-.1 {
		t.Errorf("log loss %.3f at first, %.3f at last", early, late)
	}
}

func TestPredict_RefusesWhatCannotBe(t *testing.T) {
	m, l := FromZero(Prediction), &Learner{}
	for _, a := range []Ask{{Item: -1, Skills: []int32{0}}, {Item: 0}, {Item: 0, Skills: []int32{-1}}} {
		if _, err := m.Predict(l, a); !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: got %v, want Invalid", a, err)
		}
		if _, err := m.Learn(l, a, true); !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: got %v, want Invalid", a, err)
		}
		if err := m.Observe(l, a, true); !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: got %v, want Invalid", a, err)
		}
	}
	if _, err := Prepare(&answers.Log{Start: []int{0}}); !fault.Is(err, fault.Invalid) {
		t.Errorf("no answers: got %v, want Invalid", err)
	}
}

// One learner, one item, one kind of answer, several skills, times that run backwards: a number between 0 and 1 all the same.
func TestFit_AnswersHonestlyWhatIsThin(t *testing.T) {
	for name, rows := range map[string][]bool{"one answer": {true}, "all right": {true, true, true, true}, "none right": {false, false, false}} {
		b := answers.NewBuilder()
		for i, correct := range rows {
			_ = b.Add("one", "i", []string{"a", "b", "c"}, correct, int64(1_000_000-i))
		}
		log, _ := b.Log()
		p, _ := foretell(t, fitted(t, log, Prediction), log)
		for _, v := range p {
			if !(v > 0 && v < 1) {
				t.Errorf("%s: %v", name, p)
			}
		}
	}
}

func TestPredict_AllocatesNothingInSteadyState(t *testing.T) {
	log := growing(t, 50, 13)
	m := fitted(t, log, Prediction)
	var l Learner
	for _, r := range log.Of(0) {
		_, _ = m.Learn(&l, ask(log, r), r.Correct)
	}
	a := ask(log, log.Of(0)[3])
	if n := testing.AllocsPerRun(100, func() { _ = m.Observe(&l, a, true); _, _ = m.Predict(&l, a) }); n != 0 {
		t.Errorf("an answer and a prediction allocate %v times", n)
	}
}

func TestForget_LeavesNothingBehind(t *testing.T) {
	log := growing(t, 20, 14)
	m := fitted(t, log, Prediction)
	var used Learner
	for _, r := range log.Of(1) {
		_ = m.Observe(&used, ask(log, r), r.Correct)
	}
	used.Forget()
	var fresh Learner
	for _, r := range log.Of(0) {
		x, _ := m.Predict(&used, ask(log, r))
		y, _ := m.Predict(&fresh, ask(log, r))
		if x != y {
			t.Fatalf("%v after forgetting, %v when new", x, y)
		}
		_ = m.Observe(&used, ask(log, r), r.Correct)
		_ = m.Observe(&fresh, ask(log, r), r.Correct)
	}
}

// Against Go's own map: 5,000 random keys, twice as many look-ups, across many growths.
func TestTables_FindWhatWasAddedAndNothingElse(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 1))
	var big table[int]
	var small sparse
	want, places := map[uint64]int{}, map[int32]int{}
	for i := range 5000 {
		key := mix(uint64(r.IntN(9)), uint64(r.IntN(3000)), uint64(r.IntN(3)))
		if _, ok := want[key]; !ok {
			want[key] = i
			big.add(key, i)
		}
		index := int32(r.IntN(4000))
		if _, ok := places[index]; !ok {
			places[index] = len(places)
		}
		if got := small.add(index); got != places[index] {
			t.Fatalf("index %d: place %d, want %d", index, got, places[index])
		}
	}
	for key, v := range want {
		if got := big.find(key); got == nil || *got != v {
			t.Fatalf("key %d: %v, want %d", key, got, v)
		}
		if _, ok := want[key+1]; !ok && big.find(key+1) != nil {
			t.Fatalf("key %d was never added", key+1)
		}
	}
	for i := range int32(4000) {
		want, ok := places[i]
		if !ok {
			want = -1
		}
		if got := small.find(i); got != want {
			t.Fatalf("index %d: place %d, want %d", i, got, want)
		}
	}
	small.clear()
	if small.find(1) != -1 || small.add(7) != 0 {
		t.Error("cleared, and still full")
	}
}

func TestNear_IsTheSigmoid(t *testing.T) {
	for x := float32(-20); x < 20; x += .0173 {
		want := 1 / (1 + math.Exp(-float64(x)))
		if off := math.Abs(float64(near(x)) - want); off > 4e-6 {
			t.Fatalf("at %v off by %v", x, off)
		}
	}
	for _, x := range []float32{float32(math.Inf(1)), float32(math.Inf(-1))} {
		if p := near(x); p < 0 || p > 1 {
			t.Errorf("at %v: %v", x, p)
		}
	}
}

// [4 2; 2 3]·x = [2; 5] has x = (-1/2, 2): 4·(-.5)+2·2 = 2, 2·(-.5)+3·2 = 5.
func TestCholesky_ByHand(t *testing.T) {
	g := []float64{2, 5}
	cholesky([]float64{4, 2, 2, 3}, g, 2)
	if math.Abs(g[0]+.5) > 1e-12 || math.Abs(g[1]-2) > 1e-12 {
		t.Errorf("got %v", g)
	}
}

// One weight, four rows, three right, precision 1: the most probable weight solves 3 - 4·σ(w) = w. At w = .5 the left is
// 3 - 4·.62246 = .51017, at w = .51 it is 3 - 4·.62481 = .50077, so w lies between.
func TestStep_ReachesTheMostProbableWeight(t *testing.T) {
	f := &fitting{}
	w := []float32{0}
	for range 50 {
		f.room(1)
		p := sigmoid(w[0])
		f.g[0], f.h[0] = 3-4*p, 4*p*(1-p)
		f.step(w, 1)
	}
	if off := float64(3 - 4*sigmoid(w[0]) - w[0]); math.Abs(off) > 1e-4 || w[0] < .5 || w[0] > .51 {
		t.Errorf("weight %v leaves %v", w[0], off)
	}
}

func BenchmarkAnswerThenPredict(b *testing.B) {
	log := growing(b, 200, 16)
	m := fitted(b, log, Prediction)
	var l Learner
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		r := log.Rows[i%len(log.Rows)]
		if i%len(log.Rows) == 0 || r.Learner != log.Rows[(i-1)%len(log.Rows)].Learner {
			l.Forget()
		}
		_, _ = m.Predict(&l, ask(log, r))
		_ = m.Observe(&l, ask(log, r), r.Correct)
	}
}

func BenchmarkLearn(b *testing.B) {
	log := growing(b, 200, 16)
	m := fitted(b, log, Prediction)
	var l Learner
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		r := log.Rows[i%len(log.Rows)]
		if i%len(log.Rows) == 0 || r.Learner != log.Rows[(i-1)%len(log.Rows)].Learner {
			l.Forget()
		}
		_, _ = m.Learn(&l, ask(log, r), r.Correct)
	}
}
