package mastery

import (
	"encoding/json"
	"math"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"kith/internal/evidence"
	"kith/internal/item"
	"kith/internal/phrase"
	"kith/internal/skill"
)

func TestWhy_SaysWhatSpeaksLoudest(t *testing.T) {
	for _, c := range []struct {
		words []string
		want  phrase.Phrase
	}{
		{nil, phrase.Of("why.none")},
		{[]string{"a"}, phrase.Of("why.few", "n", 1)},
		{[]string{"a!"}, phrase.Of("why.unlearned")},
		{[]string{"a-", "b", "c", "d?"}, phrase.Of("why.run_mixed", "n", 3, "alone", 2)},
		{[]string{"a-", "b", "c", "d"}, phrase.Of("why.run_alone", "n", 3)},
		{[]string{"a?", "b2"}, phrase.Of("why.run_helped", "n", 2)},
		{[]string{"a", "b-", "c-"}, phrase.Of("why.not_yet_run")},
		{[]string{"a", "b", "c", "a-", "b-"}, phrase.Of("why.look")},
		{[]string{"a", "b-", "c", "d-"}, phrase.Of("why.mixed", "right", 2, "n", 4)},
		{[]string{"a", "b", "c", "d", "e", "f"}, phrase.Of("why.run_alone", "n", 5)}, // five are remembered
		{[]string{"a-", "+"}, phrase.Of("why.credited")},
		{[]string{"+", "a", "b"}, phrase.Of("why.run_alone", "n", 2)},
		{[]string{"a", "b", "c", "<"}, phrase.Of("why.reopened")},
	} {
		if got := Why(after(t, c.words...)); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%v: got %+v, want %+v", c.words, got, c.want)
		}
	}
}

// Every sentence that Why can choose has its words, and none of them compares, counts chances or blames.
func TestWhy_HasWordsAndDignity(t *testing.T) {
	b, err := os.ReadFile("../phrase/en/why.en.json")
	if err != nil {
		t.Fatal(err)
	}
	var words map[string]string
	if err := json.Unmarshal(b, &words); err != nil {
		t.Fatal(err)
	}
	for _, code := range []string{"none", "few", "unlearned", "run_mixed", "run_alone", "run_helped", "not_yet_run", "look", "mixed", "credited", "reopened",
		"kept", "since_days", "since_weeks", "others", "earlier", "further", "mistake"} {
		if words["why."+code] == "" {
			t.Errorf("why.%s has no words", code)
		}
	}
	for key, s := range words {
		for _, bad := range []string{"wrong", "behind", "late", "fail", "%", "probab", "class"} {
			if strings.Contains(strings.ToLower(s), bad) {
				t.Errorf("%s says %q", key, bad)
			}
		}
	}
}

// Under the second model, with days between: what speaks loudest, the way the status does.
func TestWhyAt_SpeaksTheWayTheStatusDoes(t *testing.T) {
	for _, c := range []struct {
		words []string
		later int64 // days from the last fact to the page
		want  phrase.Phrase
	}{
		{[]string{"a", "b", "c"}, 0, phrase.Of("why.run_alone", "n", 3)},
		{[]string{"a", "b", "c"}, 12, phrase.Of("why.run_alone", "n", 3)},
		{[]string{"a", "b", "c"}, 13, phrase.Of("why.since_days", "n", 13)},
		{[]string{"a", "b", "c"}, 15, phrase.Of("why.since_weeks", "n", 2)},
		{[]string{"a", "b", "c", "7 d"}, 0, phrase.Of("why.kept", "n", 1)},
		{[]string{"a", "b", "c", "13 d"}, 0, phrase.Of("why.kept", "n", 2)},
		{[]string{"a", "b", "c", "3 d"}, 0, phrase.Of("why.run_alone", "n", 4)},
		{[]string{"a", "b", "c", "9 d-"}, 0, phrase.Of("why.mixed", "right", 3, "n", 4)},
		{[]string{"a", "b", "c", "d-", "e-"}, 0, phrase.Of("why.look")},
		{[]string{"a", "b", "c", "d-", "e-", "f", "g"}, 0, phrase.Of("why.run_alone", "n", 2)},         // secure again
		{[]string{"a", "b", "c", "d-", "e-", "f", "f"}, 0, phrase.Of("why.mixed", "right", 3, "n", 5)}, // not yet: two rights do not say why
		{[]string{"a-", "b-"}, 40, phrase.Of("why.not_yet_run")},                                       // what is not secure does not fade
		{[]string{"a", "b", "c", "+"}, 400, phrase.Of("why.credited")},
	} {
		e := told(t, Default(), c.words...)
		if got := WhyAt(e, e.LastMs+c.later*dayMs); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%v, %d days later: got %+v, want %+v (%s)", c.words, c.later, got, c.want, e.Status)
		}
	}
}

func TestContributions_RankWithTheirEvidence(t *testing.T) {
	facts := spaced("a-", "b-", "c", "d", "e", "f?", "9 g")
	asks := facts[1]
	asks.ID, asks.Seq, asks.Attempt = "other", 99, &evidence.Attempt{Item: "z", Skill: "table", Others: []skill.ID{rate}, Kind: item.Number, Try: 1, Outcome: item.Right, Purpose: evidence.ForPractice}
	asks.HappenedMs, asks.ReceivedMs = facts[6].HappenedMs+1, facts[6].ReceivedMs+1
	got, err := Contributions(Default(), append(facts, asks), rate, facts[6].ReceivedMs+3*dayMs)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]string{
		"why.kept": {"f7"}, "why.others": {"f3", "f4", "f5", "f6"}, "why.earlier": {"f1", "f2"}, "why.further": {"other"}, "why.since_days": nil,
	}
	for i, c := range got {
		ids, ok := want[c.Say.Code]
		if !ok || !reflect.DeepEqual(ids, c.Evidence) {
			t.Errorf("%s: evidence %v, want %v", c.Say.Code, c.Evidence, ids)
		}
		delete(want, c.Say.Code)
		if i > 1 && math.Abs(c.Weight) > math.Abs(got[i-1].Weight) {
			t.Errorf("%s (%.2f) stands after %s (%.2f)", c.Say.Code, c.Weight, got[i-1].Say.Code, got[i-1].Weight)
		}
	}
	if len(want) > 0 || got[0].Say.Code != "why.kept" {
		t.Errorf("%v are missing; got %+v", want, got)
	}
}

// Over facts of every kind: the first contribution is the page's sentence; every piece of evidence is a fact that speaks of
// the skill; answers are told once. Within
// one day, when time does nothing, they add up to what the belief moved since the start.
func TestContributions_AgreeWithThePageAndAddUp(t *testing.T) {
	for name, m := range map[string]Model{"first": First(), "default": Default()} {
		for seed := range uint64(60) {
			facts := various(seed, 40+int(seed))
			all, err := Fold(m, facts)
			if err != nil {
				t.Fatal(err)
			}
			asOf := facts[len(facts)-1].ReceivedMs + 30*dayMs
			byID := map[string]evidence.Fact{}
			for _, f := range facts {
				byID[f.ID] = f
			}
			for id, e := range all {
				got, err := Contributions(m, facts, id, asOf)
				if err != nil {
					t.Fatal(err)
				}
				if !reflect.DeepEqual(got[0].Say, WhyAt(e, asOf)) {
					t.Fatalf("%s, seed %d, %s: first %v, the page says %v", name, seed, id, got[0].Say, WhyAt(e, asOf))
				}
				seen := map[string]bool{}
				for _, c := range got {
					if c.Say.Code == "why.mistake" {
						continue // it tells answers once more that are told already
					}
					for _, f := range c.Evidence {
						if !slices.Contains(Skills(byID[f]), id) || seen[f] {
							t.Fatalf("%s, seed %d, %s: %s rests on %s: %+v", name, seed, id, c.Say.Code, f, got)
						}
						seen[f] = true
					}
				}
			}
		}
	}
	m, facts := Default(), story("a", "b-", "c", "d", "e", "f", "g-", "h", "i", "j", "k")
	all, _ := Fold(m, facts)
	got, _ := Contributions(m, facts, rate, 0)
	sum := 0.0
	for _, c := range got {
		sum += c.Weight
	}
	if moved := logOdds(all[rate].PKnown) - logOdds(m.Params.BKT.Init); math.Abs(sum-moved) > 0.05 {
		t.Errorf("the contributions add up to %.2f and the belief moved by %.2f: %+v", sum, moved, got)
	}
}

func TestLastMistake_StandsUntilARightAlone(t *testing.T) {
	for _, c := range []struct {
		words []string
		want  string
	}{
		{[]string{"a-"}, "upside-down"},
		{[]string{"a-", "a2"}, "upside-down"}, // right with help does not clear it
		{[]string{"a-", "b"}, ""},
		{[]string{"a!"}, ""},
		{nil, ""},
	} {
		if got := after(t, c.words...).LastMistake(); got != c.want {
			t.Errorf("%v: got %q, want %q", c.words, got, c.want)
		}
	}
}
