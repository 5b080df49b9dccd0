package evidence

import (
	"testing"

	"kith/internal/item"
)

func TestAsRuled_TheLastStandingRulingDecides(t *testing.T) {
	attempt := func(id string, seq int64, draw, try int, outcome item.Outcome) Fact {
		return Fact{ID: id, Seq: seq, Kind: KindAttempt, Attempt: &Attempt{Item: "i", DrawN: draw, Try: try, Outcome: outcome, Mistake: "m"}}
	}
	ruling := func(id string, seq int64, of string, accepted bool) Fact {
		return Fact{ID: id, Seq: seq, Kind: KindRuling, Ruling: &Ruling{Attempt: of, Accepted: accepted}}
	}
	begin := []Fact{attempt("a1", 1, 1, 1, item.NotYet), attempt("a2", 2, 1, 2, item.NotYet), attempt("a3", 3, 1, 3, item.NotYet), attempt("b1", 4, 2, 1, item.NotYet)}
	for name, c := range map[string]struct {
		more  []Fact
		right string // ids of attempts that are right
		moot  string
	}{
		"nothing said":       {nil, "", ""},
		"the second try":     {[]Fact{ruling("r", 5, "a2", true)}, "a2", "a3"},
		"the first try":      {[]Fact{ruling("r", 5, "a1", true)}, "a1", "a2a3"},
		"not yet":            {[]Fact{ruling("r", 5, "a1", false)}, "", ""},
		"not yet, then yes":  {[]Fact{ruling("r", 5, "a1", false), ruling("s", 6, "a1", true)}, "a1", "a2a3"},
		"yes, then not yet":  {[]Fact{ruling("s", 6, "a1", false), ruling("r", 5, "a1", true)}, "", ""},
		"yes, taken out":     {[]Fact{ruling("r", 5, "a1", true), {ID: "w", Seq: 6, Withdrawal: &Withdrawal{Fact: "r"}}}, "", ""},
		"the attempt is out": {[]Fact{ruling("r", 5, "a1", true), {ID: "w", Seq: 6, Withdrawal: &Withdrawal{Fact: "a1"}}}, "", ""},
	} {
		facts := append(append([]Fact{}, begin...), c.more...)
		right, moot := "", ""
		for _, f := range AsRuled(AsRuled(facts)) {
			if f.Attempt == nil {
				continue
			}
			if f.Attempt.Outcome == item.Right {
				right += f.ID
				if f.Attempt.Mistake != "" || !f.Attempt.Ruled {
					t.Errorf("%s: %s keeps its mistake", name, f.ID)
				}
			}
			if f.Attempt.Moot {
				moot += f.ID
			}
		}
		if right != c.right || moot != c.moot {
			t.Errorf("%s: right %q, moot %q; want %q, %q", name, right, moot, c.right, c.moot)
		}
		if begin[0].Attempt.Outcome != item.NotYet || begin[1].Attempt.Moot {
			t.Fatalf("%s: a fact was altered", name)
		}
	}
}

// Three tries at one variant, each not yet as it was answered; r and s judge the try that they name again.
func TestAsRuled_ALaterKeyJudgesAgainAndAPersonStandsAboveIt(t *testing.T) {
	attempt := func(id string, seq int64, try int) Fact {
		return Fact{ID: id, Seq: seq, Attempt: &Attempt{Item: "i", ItemVersion: 1, DrawN: 1, Try: try, Outcome: item.NotYet, Mistake: "m"}}
	}
	again := func(id string, seq int64, of string, o item.Outcome) Fact {
		return Fact{ID: id, Seq: seq, Rescoring: &Rescoring{Attempt: of, ItemVersion: 2, Outcome: o, Mistake: "n"}}
	}
	out := func(of string) Fact { return Fact{ID: "w", Seq: 9, Withdrawal: &Withdrawal{Fact: of}} }
	for name, c := range map[string]struct {
		more                  []Fact
		right, moot, rescored string // ids of attempts
	}{
		"right by the new key":      {[]Fact{again("r", 5, "a2", item.Right)}, "a2", "a3", "a2"},
		"not yet by it too":         {[]Fact{again("r", 5, "a2", item.NotYet)}, "", "", "a2"},
		"judged twice":              {[]Fact{again("s", 6, "a1", item.NotYet), again("r", 5, "a1", item.Right)}, "", "", "a1"},
		"taken back":                {[]Fact{again("r", 5, "a1", item.Right), out("r")}, "", "", ""},
		"the attempt is out":        {[]Fact{again("r", 5, "a1", item.Right), out("a1")}, "", "", ""},
		"a person had said right":   {[]Fact{{ID: "p", Seq: 5, Ruling: &Ruling{Attempt: "a1", Accepted: true}}, again("r", 6, "a1", item.NotYet)}, "a1", "a2a3", "a1"},
		"a person had said not yet": {[]Fact{{ID: "p", Seq: 5, Ruling: &Ruling{Attempt: "a1"}}, again("r", 6, "a1", item.Right)}, "a1", "a2a3", "a1"},
	} {
		facts := append([]Fact{attempt("a1", 1, 1), attempt("a2", 2, 2), attempt("a3", 3, 3)}, c.more...)
		var right, moot, rescored string
		for _, f := range AsRuled(AsRuled(facts)) {
			a := f.Attempt
			if a == nil {
				continue
			}
			if a.ItemVersion != 1 {
				t.Errorf("%s: %s answered version %d", name, f.ID, a.ItemVersion)
			}
			if a.Outcome == item.Right {
				right += f.ID
			}
			if a.Moot {
				moot += f.ID
			}
			if a.Rescored == 2 {
				rescored += f.ID
			}
		}
		if right != c.right || moot != c.moot || rescored != c.rescored {
			t.Errorf("%s: right %q, moot %q, rescored %q; want %q, %q, %q", name, right, moot, rescored, c.right, c.moot, c.rescored)
		}
		if a := facts[0].Attempt; a.Outcome != item.NotYet || a.Rescored != 0 {
			t.Fatalf("%s: a fact was altered", name)
		}
	}
}

func TestShare_FollowsWhatTheAttemptIsWorthByNow(t *testing.T) {
	facts := []Fact{
		{ID: "a", Seq: 1, Attempt: &Attempt{Item: "i", DrawN: 1, Try: 1, Outcome: item.NotYet, Parts: 4, PartsRight: 3}},
		{ID: "b", Seq: 2, Attempt: &Attempt{Item: "j", DrawN: 1, Try: 1, Outcome: item.NotYet, Parts: 4, PartsRight: 3}},
		{ID: "c", Seq: 3, Attempt: &Attempt{Item: "k", DrawN: 1, Try: 1, Outcome: item.NotYet}},
		{ID: "d", Seq: 4, Attempt: &Attempt{Item: "l", DrawN: 1, Try: 1, Outcome: item.Right}},
		{ID: "r", Seq: 5, Ruling: &Ruling{Attempt: "a", Accepted: true}},
		{ID: "s", Seq: 6, Rescoring: &Rescoring{Attempt: "b", ItemVersion: 2, Outcome: item.NotYet, Parts: 4, PartsRight: 1}},
	}
	ruled := AsRuled(facts)
	for i, want := range []float64{1, .25, 0, 1} {
		if got := ruled[i].Attempt.Share(); got != want {
			t.Errorf("%s: %g, want %g", ruled[i].ID, got, want)
		}
	}
	if facts[0].Attempt.Share() != .75 || ruled[0].Attempt.PartsRight != 4 {
		t.Errorf("as given %g, ruled right %d of 4", facts[0].Attempt.Share(), ruled[0].Attempt.PartsRight)
	}
}

// An answer that waits is neither right nor not yet until somebody has looked; then it is what they said, with no mistake.
func TestAsRuled_AnAnswerThatWaitsBecomesWhatAPersonSays(t *testing.T) {
	waits := Fact{ID: "a", Seq: 1, Attempt: &Attempt{Item: "i", ItemVersion: 1, DrawN: 1, Try: 1, Outcome: item.Waiting}}
	ruling := func(id string, seq int64, accepted bool) Fact {
		return Fact{ID: id, Seq: seq, Ruling: &Ruling{Attempt: "a", Accepted: accepted}}
	}
	again := func(o item.Outcome) Fact {
		return Fact{ID: "s", Seq: 8, Rescoring: &Rescoring{Attempt: "a", ItemVersion: 2, Outcome: o}}
	}
	for name, c := range map[string]struct {
		more   []Fact
		want   item.Outcome
		looked bool
	}{
		"nobody has looked":        {nil, item.Waiting, false},
		"right":                    {[]Fact{ruling("r", 5, true)}, item.Right, true},
		"not yet":                  {[]Fact{ruling("r", 5, false)}, item.NotYet, true},
		"right, taken out":         {[]Fact{ruling("r", 5, true), {ID: "w", Seq: 9, Withdrawal: &Withdrawal{Fact: "r"}}}, item.Waiting, false},
		"not yet, taken out":       {[]Fact{ruling("r", 5, false), {ID: "w", Seq: 9, Withdrawal: &Withdrawal{Fact: "r"}}}, item.Waiting, false},
		"a later key knows it":     {[]Fact{again(item.Right)}, item.Right, false},
		"a person above the key":   {[]Fact{ruling("r", 5, false), again(item.Right)}, item.NotYet, true},
		"the answer was taken out": {[]Fact{ruling("r", 5, true), {ID: "w", Seq: 9, Withdrawal: &Withdrawal{Fact: "a"}}}, item.Waiting, false},
	} {
		a := AsRuled(AsRuled(append([]Fact{waits}, c.more...)))[0].Attempt
		if a.Outcome != c.want || a.Looked != c.looked || a.Mistake != "" {
			t.Errorf("%s: %s, looked %v; want %s, %v", name, a.Outcome, a.Looked, c.want, c.looked)
		}
	}
	if waits.Attempt.Outcome != item.Waiting {
		t.Error("the fact was altered")
	}
}
