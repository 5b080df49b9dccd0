package practice

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"slices"
	"testing"

	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/item"
	"kith/internal/mastery"
	"kith/internal/skill"
)

const rate skill.ID = "unit-rate"

var items = []item.Item{
	{ID: "choice", Version: 1, Kind: item.Choice, Choices: make([]item.Option, 4)},
	{ID: "table", Version: 1, Kind: item.Number},
	{ID: "story", Version: 1, Kind: item.Number},
	{ID: "price", Version: 1, Kind: item.Fraction},
}

// tries makes practice attempts, a minute apart: item, draw, then r (right), n (not yet), u (not learned yet), x (unread), w (waits for a person).
type try struct {
	item string
	draw int
	try  int
	went string
}

func facts(tries ...try) []evidence.Fact {
	var out []evidence.Fact
	for n, x := range tries {
		a := &evidence.Attempt{Item: item.ID(x.item), ItemVersion: 1, Skill: rate, DrawN: x.draw, Try: x.try, Kind: item.Number,
			Outcome:   map[string]item.Outcome{"r": item.Right, "n": item.NotYet, "u": item.NotYet, "x": item.Unread, "w": item.Waiting}[x.went],
			Unlearned: x.went == "u", Purpose: evidence.ForPractice, TookMs: 50_000}
		ms := int64(n+1) * 60_000
		out = append(out, evidence.Fact{ID: fmt.Sprintf("f%d", n), Seq: int64(n + 1), Kind: evidence.KindAttempt, HappenedMs: ms, ReceivedMs: ms, Attempt: a})
	}
	return out
}

func input(t *testing.T, f []evidence.Fact) Input {
	t.Helper()
	all, err := mastery.Fold(mastery.Default(), f)
	if err != nil {
		t.Fatal(err)
	}
	e, ok := all[rate]
	if !ok {
		e = mastery.Start(mastery.Default(), rate)
	}
	return Input{Skill: rate, Facts: f, Items: items, Estimate: e, Model: mastery.Default(), NowMs: int64(len(f)+1) * 60_000}
}

func next(t *testing.T, in Input) Move {
	t.Helper()
	m, err := Next(in)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestNext_TriesAVariantThreeTimesThenShowsItsSolution(t *testing.T) {
	for _, c := range []struct {
		tries []try
		kind  Kind
		try   int
		shows *Variant
	}{
		{nil, Ask, 1, nil},
		{[]try{{"table", 1, 1, "n"}}, Retry, 2, nil},
		{[]try{{"table", 1, 1, "n"}, {"table", 1, 1, "x"}}, Retry, 2, nil}, // unread costs no try
		{[]try{{"table", 1, 1, "n"}, {"table", 1, 2, "n"}}, Retry, 3, nil},
		{[]try{{"table", 1, 1, "n"}, {"table", 1, 2, "r"}}, Ask, 1, nil},
		{[]try{{"table", 1, 1, "n"}, {"table", 1, 2, "n"}, {"table", 1, 3, "n"}}, Ask, 1, &Variant{"table", 1}},
		{[]try{{"table", 1, 1, "u"}}, Ask, 1, &Variant{"table", 1}},
	} {
		m := next(t, input(t, facts(c.tries...)))
		if m.Kind != c.kind || m.Try != c.try || !reflect.DeepEqual(m.Solution, c.shows) {
			t.Errorf("%v: got %+v", c.tries, m)
		}
		if m.Kind == Retry && (m.Item != "table" || m.DrawN != 1) {
			t.Errorf("%v: another variant: %+v", c.tries, m)
		}
		if m.Kind == Ask && len(c.tries) > 0 && m.Item == "table" {
			t.Errorf("%v: the same item twice running", c.tries)
		}
	}
}

func TestNext_AVariantWhoseItemWasTakenBackIsNotRetried(t *testing.T) {
	in := input(t, facts(try{"table", 1, 1, "n"}))
	in.Items = slices.Clone(items)
	in.Items[1].Withdrawn = true
	if m := next(t, in); m.Kind != Ask || m.Item == "table" {
		t.Errorf("withdrawn: got %+v", m)
	}
	in.Items[1].Withdrawn, in.Items[1].Version = false, 2
	if m := next(t, in); m.Kind != Ask || m.Item == "table" {
		t.Errorf("new version: got %+v", m)
	}
}

func TestNext_OffersHelpAfterTwoMissedVariants(t *testing.T) {
	one := []try{{"table", 1, 1, "n"}, {"table", 1, 2, "n"}, {"table", 1, 3, "n"}}
	two := append(slices.Clone(one), try{"story", 1, 1, "u"})
	if m := next(t, input(t, facts(one...))); len(m.Offers) != 0 {
		t.Errorf("after one: %v", m.Offers)
	}
	in := input(t, facts(two...))
	in.Beneath = []skill.ID{"ratio-language", "equivalent-ratios"}
	in.Others = map[skill.ID]mastery.Estimate{
		"ratio-language":    {Skill: "ratio-language", PKnown: 0.97, Status: mastery.Secure},
		"equivalent-ratios": {Skill: "equivalent-ratios", PKnown: 0.4, Status: mastery.Growing},
	}
	m := next(t, in)
	if !slices.Equal(m.Offers, []Offer{OfferLesson, OfferPerson, OfferPrerequisite}) || m.Beneath != "equivalent-ratios" {
		t.Errorf("after two: %+v", m)
	}
	in.Beneath = in.Beneath[:1] // nothing beneath is open
	if m := next(t, in); !slices.Equal(m.Offers, []Offer{OfferLesson, OfferPerson}) || m.Beneath != "" {
		t.Errorf("nothing beneath: %+v", m)
	}
	well := append(slices.Clone(two), try{"price", 1, 1, "r"})
	if m := next(t, input(t, facts(well...))); len(m.Offers) != 0 {
		t.Errorf("after a right: %v", m.Offers)
	}
}

func TestNext_TypedAndNewItemsFirstWhenNearlySecure(t *testing.T) {
	// Two typed rights: PKnown .905, not secure. The third must be typed and not one of the two.
	m := next(t, input(t, facts(try{"table", 1, 1, "r"}, try{"story", 1, 1, "r"})))
	if m.Item != "price" || m.Reason.Code != "practice.nearly" {
		t.Errorf("got %+v", m)
	}
	secure := input(t, facts(try{"table", 1, 1, "r"}, try{"story", 1, 1, "r"}))
	secure.Estimate.Status, secure.GoOn = mastery.Secure, true
	if m := next(t, secure); m.Reason.Code != "practice.next" { // "Nearly there" beside "Secure" contradicts itself
		t.Errorf("secure: %+v", m)
	}
}

// Only price was never right alone, which would put it first; but it was the last one met.
func TestNext_NeverTheSameItemTwiceRunning(t *testing.T) {
	in := input(t, facts(try{"table", 1, 1, "r"}, try{"story", 1, 1, "r"}, try{"choice", 1, 1, "r"}, try{"price", 1, 1, "n"}, try{"price", 1, 2, "r"}))
	in.GoOn = true
	if m := next(t, in); m.Kind != Ask || m.Item != "table" { // alone and typed, and not met for longest
		t.Errorf("got %+v", m)
	}
}

// Each was right alone. By typed-first alone they would take turns: table, story, table, story.
func TestNext_TwoTypedItemsDoNotTakeTurns(t *testing.T) {
	in := input(t, facts(try{"choice", 1, 1, "r"}, try{"table", 1, 1, "r"}, try{"story", 1, 1, "r"}, try{"table", 2, 1, "r"}, try{"story", 2, 1, "r"}))
	in.Items, in.GoOn = items[:3], true // choice, table, story
	if m := next(t, in); m.Item != "choice" {
		t.Errorf("got %+v", m)
	}
}

// The last one was about animals. hens is one too; goats of a choice is at least another kind; taps is another context.
func TestNext_VariesTheContextElseTheKind(t *testing.T) {
	hens := item.Item{ID: "hens", Version: 1, Kind: item.Number, Context: "animals"}
	goats := item.Item{ID: "goats", Version: 1, Kind: item.Choice, Context: "animals", Choices: make([]item.Option, 4)}
	taps := item.Item{ID: "taps", Version: 1, Kind: item.Choice, Context: "making", Choices: make([]item.Option, 4)}
	in := input(t, facts(try{"ducks", 1, 1, "n"}, try{"ducks", 1, 2, "r"}))
	ducks := item.Item{ID: "ducks", Version: 1, Kind: item.Number, Context: "animals"}
	for _, c := range []struct {
		items  []item.Item
		want   item.ID
		reason string
	}{
		{[]item.Item{ducks, hens, goats, taps}, "taps", "practice.next"},
		{[]item.Item{ducks, hens, goats}, "goats", "practice.next"},
		{[]item.Item{ducks, hens}, "hens", "practice.next"},
		{[]item.Item{ducks}, "ducks", "practice.again"}, // no other: said, not hidden
	} {
		in.Items = c.items
		if m := next(t, in); m.Item != c.want || m.Reason.Code != c.reason {
			t.Errorf("of %d: %s for %s, want %s for %s", len(c.items), m.Item, m.Reason.Code, c.want, c.reason)
		}
	}
}

func TestNext_DrawsAnewEachTime(t *testing.T) {
	only := input(t, facts(try{"table", 1, 1, "r"}, try{"table", 2, 1, "n"}, try{"table", 2, 2, "r"}))
	only.Items = items[1:2]
	if m := next(t, only); m.Item != "table" || m.DrawN != 3 {
		t.Errorf("got %+v", m)
	}
	checked := facts(try{"table", 4, 1, "n"})
	checked[0].Attempt.Purpose = evidence.ForCheck
	in := input(t, checked)
	in.Items = items[1:2]
	if m := next(t, in); m.Kind != Ask || m.DrawN != 5 { // a check's variant is never opened again
		t.Errorf("after a check: %+v", m)
	}
}

func TestNext_EndsWhenSecure(t *testing.T) {
	in := input(t, facts(try{"table", 1, 1, "r"}, try{"story", 1, 1, "r"}, try{"price", 1, 1, "r"}))
	if m := next(t, in); m.Kind != Done {
		t.Errorf("got %+v", m)
	}
	in.GoOn = true
	if m := next(t, in); m.Kind != Ask {
		t.Errorf("who wants to go on may: %+v", m)
	}
	in.Items = nil
	if m := next(t, in); m.Kind != Empty {
		t.Errorf("no items: %+v", m)
	}
}

func TestNext_EnoughAfterTwentyFiveMinutesButNeverInsideAVariant(t *testing.T) {
	var tries []try
	for n := range 30 { // 50 s each: 30 of them are 25 minutes
		tries = append(tries, try{[]string{"table", "story"}[n%2], n/2 + 1, 1, "r"})
	}
	for i := range tries {
		if i%3 > 0 { // enough not-yets to stay growing; each variant then tried right
			tries[i].went = "u"
		}
	}
	in := input(t, facts(tries...))
	if got := PractisedMs(in.Facts, in.NowMs); got != 30*50_000 {
		t.Fatalf("practised %d ms", got)
	}
	if m := next(t, in); m.Kind != Stop || m.Reason.Args["minutes"] != 25 {
		t.Errorf("got %+v", m)
	}
	if m := next(t, input(t, facts(tries[:29]...))); m.Kind != Ask {
		t.Errorf("50 s earlier: %+v", m)
	}
	open := append(slices.Clone(tries), try{"price", 1, 1, "n"})
	if m := next(t, input(t, facts(open...))); m.Kind != Retry {
		t.Errorf("inside a variant: %+v", m)
	}
	in.NowMs += ApartMs + 60_000
	if m := next(t, in); m.Kind != Ask {
		t.Errorf("half an hour later is a new sitting: %+v", m)
	}
	in.NowMs, in.GoOn = int64(31*60_000), true
	if m := next(t, in); m.Kind != Ask {
		t.Errorf("it is no lock: %+v", m)
	}
}

func TestPractisedMs_CountsWhatWasLikelySpent(t *testing.T) {
	at := func(minute int64, took int64) evidence.Fact {
		return evidence.Fact{HappenedMs: minute * 60_000, ReceivedMs: minute * 60_000, Attempt: &evidence.Attempt{Purpose: evidence.ForPractice, TookMs: took}}
	}
	for _, c := range []struct {
		name  string
		facts []evidence.Fact
		now   int64
		want  int64
	}{
		{"nothing", nil, 100, 0},
		{"claims add up", []evidence.Fact{at(1, 20_000), at(2, 30_000)}, 3, 50_000},
		{"a gap where the time is not known", []evidence.Fact{at(1, 20_000), at(3, 0)}, 3, 20_000 + 120_000},
		{"the first unknown", []evidence.Fact{at(1, 0)}, 2, UnknownMs},
		{"nobody thinks for ten minutes", []evidence.Fact{at(11, 600_000)}, 12, LongestMs},
		{"a long pause begins anew", []evidence.Fact{at(1, 200_000), at(40, 30_000)}, 41, 30_000},
		{"a sitting that is over", []evidence.Fact{at(1, 200_000)}, 40, 0},
	} {
		if got := PractisedMs(c.facts, c.now*60_000); got != c.want {
			t.Errorf("%s: got %d, want %d", c.name, got, c.want)
		}
	}
}

func TestNext_RefusesWhatCannotBe(t *testing.T) {
	in := input(t, facts(try{"table", 1, 1, "r"}))
	in.Estimate.Skill = "other"
	if _, err := Next(in); !fault.Is(err, fault.Invalid) {
		t.Errorf("estimate of another skill: %v", err)
	}
	in = input(t, facts(try{"table", 1, 1, "r"}))
	in.Facts[0].Attempt.DrawN = 0
	if _, err := Next(in); !fault.Is(err, fault.Invalid) {
		t.Errorf("draw 0: %v", err)
	}
}

func TestReasons_HaveWords(t *testing.T) {
	b, err := os.ReadFile("../phrase/en/practice.en.json")
	if err != nil {
		t.Fatal(err)
	}
	var words map[string]string
	if err := json.Unmarshal(b, &words); err != nil {
		t.Fatal(err)
	}
	for _, code := range []string{"first", "next", "nearly", "fresh", "look", "again", "woven", "keep", "retry", "done", "enough", "empty"} {
		if words["practice."+code] == "" {
			t.Errorf("practice.%s has no words", code)
		}
	}
}
