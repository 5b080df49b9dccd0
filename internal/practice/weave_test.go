package practice

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/item"
	"kith/internal/mastery"
	"kith/internal/skill"
)

const earlier skill.ID = "ratio-language"

// review is a skill that is due, with two items; kitchen is about what table is about.
func review() Review {
	return Review{Skill: earlier, Estimate: mastery.Estimate{Skill: earlier, PKnown: .97, Status: mastery.Secure},
		Items: []item.Item{{ID: "kitchen", Version: 1, Kind: item.Number, Context: "kitchen"}, {ID: "music", Version: 1, Kind: item.Number, Context: "music"}}}
}

// woveIn makes the facts at these places attempts at items from before.
func woveIn(f []evidence.Fact, at ...int) []evidence.Fact {
	for _, i := range at {
		f[i].Attempt.Skill, f[i].Attempt.Context = earlier, string(rate)
	}
	return f
}

// Three of its own, then one from before: the fourth, and after three more the next would be, were it not woven in already.
func TestNext_EveryFourthIsOneFromBefore(t *testing.T) {
	three := []try{{"table", 1, 1, "r"}, {"choice", 1, 1, "n"}, {"choice", 1, 2, "r"}, {"price", 1, 1, "n"}, {"price", 1, 2, "r"}}
	with := func(f []evidence.Fact) Input {
		in := input(t, f)
		in.Review = []Review{review()}
		return in
	}
	for n := range three {
		if m := next(t, with(facts(three[:n]...))); m.Woven != "" {
			t.Errorf("after %d answers: %+v", n, m)
		}
	}
	m := next(t, with(facts(three...)))
	if m.Kind != Ask || m.Woven != earlier || m.Item != "kitchen" || m.DrawN != 1 || m.Try != 1 || m.Reason.Code != "practice.woven" {
		t.Errorf("the fourth: %+v", m)
	}
	four := append(slices.Clone(three), try{"kitchen", 1, 1, "r"}, try{"table", 2, 1, "n"}, try{"table", 2, 2, "r"}, try{"story", 1, 1, "n"}, try{"story", 1, 2, "r"}, try{"choice", 2, 1, "n"}, try{"choice", 2, 2, "r"})
	if m := next(t, with(woveIn(facts(four...), 5))); m.Woven != "" || m.Kind != Ask {
		t.Errorf("the same skill twice in a sitting: %+v", m)
	}
	more := with(woveIn(facts(four...), 5))
	other := review()
	other.Skill, other.Estimate.Skill = "other", "other"
	more.Review = append(more.Review, other)
	if m := next(t, more); m.Woven != "other" {
		t.Errorf("another skill that is due: %+v", m)
	}
	more.Facts = more.Facts[:len(more.Facts)-2] // two of its own since
	if m := next(t, more); m.Woven != "" {
		t.Errorf("too soon: %+v", m)
	}
	later := with(facts(three...))
	later.NowMs += ApartMs + 60_000
	if m := next(t, later); m.Woven != "" {
		t.Errorf("a new sitting begins with its own: %+v", m)
	}
	// Half an hour apart after the woven one: five answers at three of its own since, and it may be woven in again.
	apart := woveIn(facts(four...), 5)
	for i := range apart[6:] {
		apart[6+i].HappenedMs += 2 * ApartMs
		apart[6+i].ReceivedMs += 2 * ApartMs
	}
	in := with(apart)
	in.NowMs += 2 * ApartMs
	if m := next(t, in); m.Woven != earlier {
		t.Errorf("in the next sitting: %+v", m)
	}
	in.Facts = apart[:len(apart)-2] // two of its own in this sitting; those of the one before do not count
	if m := next(t, in); m.Woven != "" {
		t.Errorf("too soon in the next sitting: %+v", m)
	}
}

func TestNext_WeavesNothingInRightAfterAMiss(t *testing.T) {
	in := input(t, facts(try{"table", 1, 1, "r"}, try{"choice", 1, 1, "r"}, try{"price", 1, 1, "u"}))
	in.Review = []Review{review()}
	if m := next(t, in); m.Woven != "" || m.Solution == nil {
		t.Errorf("got %+v", m)
	}
}

// What was woven in is tried three times like any other, its solution is shown, and the missed run of the skill itself
// knows nothing of it.
func TestNext_AWovenVariantIsTriedLikeAnyOther(t *testing.T) {
	own := []try{{"table", 1, 1, "r"}, {"choice", 1, 1, "n"}, {"choice", 1, 2, "r"}, {"price", 1, 1, "n"}, {"price", 1, 2, "r"}}
	missed := append(slices.Clone(own), try{"kitchen", 1, 1, "n"}, try{"kitchen", 1, 2, "n"}, try{"kitchen", 1, 3, "n"})
	for n, want := range map[int]int{6: 2, 7: 3} {
		f := woveIn(facts(missed[:n]...), []int{5, 6}[:n-5]...)
		in := input(t, f)
		in.Review = []Review{review()}
		if m := next(t, in); m.Kind != Retry || m.Woven != earlier || m.Item != "kitchen" || m.DrawN != 1 || m.Try != want {
			t.Errorf("after %d: %+v", n-5, m)
		}
		if got := OpenWoven(f, rate); got != earlier {
			t.Errorf("open: %q", got)
		}
		in.Review = nil // it was taken back meanwhile: a fresh one of the skill itself
		if m := next(t, in); m.Kind != Ask || m.Woven != "" {
			t.Errorf("without the review: %+v", m)
		}
	}
	f := woveIn(facts(missed...), 5, 6, 7)
	in := input(t, f)
	in.Review = []Review{review()}
	if m := next(t, in); m.Kind != Ask || m.Woven != "" || len(m.Offers) != 0 || !reflect.DeepEqual(m.Solution, &Variant{"kitchen", 1}) {
		t.Errorf("missed: %+v", m)
	}
	if got := OpenWoven(f, rate); got != "" {
		t.Errorf("over, yet open: %q", got)
	}
	right := woveIn(facts(append(missed[:7:7], try{"kitchen", 1, 3, "r"})...), 5, 6, 7)
	if m := next(t, input(t, right)); m.Solution != nil || m.Kind != Ask {
		t.Errorf("right: %+v", m)
	}
	in = input(t, nil) // on its own page it is one of its own
	in.Skill, in.Estimate.Skill, in.Items, in.Facts = earlier, earlier, review().Items, woveIn(facts(missed[:6]...), 5)
	if m := next(t, in); m.Kind != Retry || m.Woven != "" || m.Item != "kitchen" {
		t.Errorf("on its own page: %+v", m)
	}
}

// The story just met counts whatever skill it was of: after a table in the kitchen comes music, and after music no music.
func TestNext_AWovenStoryIsNotTheOneJustMet(t *testing.T) {
	stories := []item.Item{{ID: "table", Version: 1, Kind: item.Number, Context: "kitchen"}, {ID: "choir", Version: 1, Kind: item.Number, Context: "music"},
		{ID: "taps", Version: 1, Kind: item.Number, Context: "making"}}
	in := input(t, facts(try{"taps", 1, 1, "n"}, try{"taps", 1, 2, "r"}, try{"choir", 1, 1, "n"}, try{"choir", 1, 2, "r"}, try{"table", 1, 1, "r"}))
	in.Items, in.Review = stories, []Review{review()}
	if m := next(t, in); m.Woven != earlier || m.Item != "music" {
		t.Errorf("got %+v", m)
	}
	f := woveIn(facts(try{"taps", 1, 1, "r"}, try{"table", 1, 1, "n"}, try{"table", 1, 2, "r"}, try{"music", 1, 1, "r"}), 3)
	in = input(t, f)
	in.Items, in.Review = []item.Item{stories[1], stories[2], {ID: "zoo", Version: 1, Kind: item.Number, Context: "animals"}}, []Review{review()}
	if m := next(t, in); m.Item != "zoo" { // choir is about music too; taps was met, but not among the last two
		t.Errorf("got %+v", m)
	}
}

func TestNext_ASecureSkillThatIsDueTakesOneRight(t *testing.T) {
	in := input(t, facts(try{"table", 1, 1, "r"}, try{"story", 1, 1, "r"}, try{"price", 1, 1, "r"}))
	in.Due = true
	if m := next(t, in); m.Kind != Ask || m.Reason.Code != "practice.keep" {
		t.Errorf("due: %+v", m)
	}
	in.Due = false // the caller saw the answer
	if m := next(t, in); m.Kind != Done {
		t.Errorf("kept: %+v", m)
	}
}

// Within .7 to .85 one item is as good as another and the one not met for longest comes; outside, the nearest.
func TestNext_ChoosesByTheChanceOfSuccess(t *testing.T) {
	three := []item.Item{{ID: "easy", Version: 1, Kind: item.Number}, {ID: "fit", Version: 1, Kind: item.Number}, {ID: "hard", Version: 1, Kind: item.Number}}
	for _, c := range []struct {
		easy, fit, hard float64
		want            item.ID
	}{
		{.95, .8, .5, "fit"}, {.95, .6, .5, "easy"}, {.99, .6, .5, "fit"}, {.9, .2, .66, "hard"}, {.84, .72, .3, "easy"}, {.72, .84, .3, "easy"},
		{.7, .85, .85, "easy"}, {.86, .85, .2, "fit"},
	} {
		in := input(t, nil)
		in.Items, in.Chance = three, map[item.ID]float64{"easy": c.easy, "fit": c.fit, "hard": c.hard}
		if m := next(t, in); m.Item != c.want {
			t.Errorf("%v, %v, %v: got %s, want %s", c.easy, c.fit, c.hard, m.Item, c.want)
		}
	}
	in := input(t, facts(try{"fit", 1, 1, "r"}, try{"hard", 1, 1, "n"}, try{"hard", 1, 2, "r"}, try{"other", 1, 1, "r"}))
	in.Items, in.Chance, in.GoOn = three[1:], map[item.ID]float64{"fit": .75, "hard": .8}, true
	in.Estimate.PKnown = .5
	if m := next(t, in); m.Item != "fit" { // hard was met more lately
		t.Errorf("got %+v", m)
	}
}

// Seven items lie a little apart below the target, so none fits: a learner meets each before any comes again, and one that a
// teacher wrote last is not left unasked.
func TestNext_ALittleNearerIsNoReasonToAskTheSameAgain(t *testing.T) {
	in := input(t, nil)
	in.Items, in.Chance, in.GoOn, in.Estimate.PKnown = nil, map[item.ID]float64{}, true, .2
	for i := range 7 {
		id := item.ID(string(rune('a' + i)))
		in.Items, in.Chance[id] = append(in.Items, item.Item{ID: id, Version: 1, Kind: item.Number}), .44-.005*float64(i)
	}
	met := map[item.ID]int{}
	var tries []try
	for range 14 {
		in.Facts = facts(tries...)
		m := next(t, in)
		met[m.Item]++
		tries = append(tries, try{string(m.Item), m.DrawN, 1, "r"})
	}
	for _, it := range in.Items {
		if met[it.ID] != 2 {
			t.Errorf("%s was asked %d times of 14: %v", it.ID, met[it.ID], met)
		}
	}
}

func TestNext_RefusesReviewsAndChancesThatCannotBe(t *testing.T) {
	self, foreign := review(), review()
	self.Skill, self.Estimate.Skill = rate, rate
	foreign.Estimate.Skill = "else"
	for name, spoil := range map[string]func(in *Input){
		"itself":              func(in *Input) { in.Review = []Review{self} },
		"estimate of another": func(in *Input) { in.Review = []Review{foreign} },
		"chance of NaN":       func(in *Input) { in.Chance = map[item.ID]float64{"table": math.NaN()} },
		"chance above 1":      func(in *Input) { in.Chance = map[item.ID]float64{"table": 1.1} },
	} {
		in := input(t, nil)
		spoil(&in)
		if _, err := Next(in); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// a, b → c, and the item asks b by itself.
func TestImplies_RepeatsWhatARightAnswerRestsOn(t *testing.T) {
	g, err := skill.NewGraph(skill.Course{Skills: []skill.Skill{{ID: "z"}, {ID: "a"}, {ID: "b"}, {ID: "c"}},
		Edges: []skill.Edge{{From: "z", To: "a"}, {From: "a", To: "c"}, {From: "b", To: "c"}}})
	if err != nil {
		t.Fatal(err)
	}
	at := evidence.Attempt{Skill: "c", Others: []skill.ID{"b"}, Outcome: item.Right, Try: 1}
	helped, missed, both := at, at, at
	helped.Hints, missed.Outcome, both.Others = 1, item.NotYet, nil
	for name, c := range map[string]struct {
		a    evidence.Attempt
		want []Repeat
	}{
		"right alone":        {at, []Repeat{{"a", .4}}},
		"with help":          {helped, []Repeat{{"a", .2}}},
		"not yet":            {missed, nil},
		"asks nothing else":  {both, []Repeat{{"a", .4}, {"b", .4}}},
		"an unknown skill's": {evidence.Attempt{Skill: "?", Outcome: item.Right, Try: 1}, nil},
	} {
		if got := Implies(g, c.a); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: got %v", name, got)
		}
	}
}
