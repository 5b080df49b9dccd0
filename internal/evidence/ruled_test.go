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
