package authoring_test

import (
	"testing"

	"kith/internal/flow/authoring"
	"kith/internal/flow/schooltest"
	"kith/internal/item"
)

// A teacher names a pattern instead of a wrong answer: it is recognized with any numbers, typed or worked out, and its tag is
// among those that the skill's items know from then on.
func TestAddItem_APatternIsRecognizedInAnyAnswer(t *testing.T) {
	s := schooltest.New(t, 1)
	number := bags(s.Skill("a"))
	number.Mistakes = []authoring.DraftMistake{{Tag: "point-elsewhere", Near: "power-of-ten", Nudge: "Where does the point go?"}}
	maths := authoring.Draft{Skill: s.Skill("a"), Kind: item.Expression, Text: "Write without parentheses: 4(x + 3).", Key: "4x + 12", Solution: "4x + 12.",
		Hints: []string{"Each part."}, Mistakes: []authoring.DraftMistake{{Tag: "half-way", Near: "distributed-once", Nudge: "What about the 3?"}}}
	for tag, d := range map[string]authoring.Draft{"point-elsewhere": number, "half-way": maths} {
		out := schooltest.Show(s, authoring.CheckItem, s.Okafor, authoring.CheckItemIn{Class: s.Class, Draft: d})
		if len(out.Faults) > 0 || len(out.Variants) == 0 || len(out.Variants[0].Mistakes) != 1 {
			t.Fatalf("%s: %s", tag, schooltest.MustJSON(out))
		}
		wrong := "4x + 3"
		if d.Kind == item.Number {
			wrong = schooltest.Plain(out.Variants[0].Right) + "0"
		}
		said := schooltest.Show(s, authoring.TryItem, s.Okafor, authoring.TryItemIn{Class: s.Class, Draft: d, DrawN: out.Variants[0].Asked.DrawN, Response: item.Response{Boxes: []string{wrong}}})
		if said.Outcome != item.NotYet || said.Mistake != tag || len(said.Nudge) == 0 {
			t.Errorf("%s: %s", wrong, schooltest.MustJSON(said))
		}
		adds(s, d)
	}
	p := schooltest.Show(s, authoring.Author, s.Okafor, authoring.AuthorIn{Class: s.Class, Skill: s.Skill("a")})
	known := map[string]bool{}
	for _, x := range p.Tags {
		known[x.Tag] = true
	}
	if !known["point-elsewhere"] || !known["half-way"] || !known["add"] {
		t.Errorf("known: %s", schooltest.MustJSON(p.Tags))
	}
	number.Mistakes[0].Near = "careless"
	if out := schooltest.Show(s, authoring.CheckItem, s.Okafor, authoring.CheckItemIn{Class: s.Class, Draft: number}); len(out.Faults) == 0 || out.Faults[0].Field != "mistakes" {
		t.Errorf("a pattern that is none: %s", schooltest.MustJSON(out.Faults))
	}
}
