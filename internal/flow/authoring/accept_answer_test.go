package authoring_test

import (
	"testing"
	"time"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/authoring"
	"kith/internal/flow/evening"
	"kith/internal/flow/library"
	"kith/internal/flow/schooltest"
	"kith/internal/flow/standing"
	"kith/internal/item"
	"kith/internal/skill"
)

// naming asks for a word; telling asks for sentences with a rubric.
func naming(sk skill.ID) authoring.Draft {
	return authoring.Draft{Skill: sk, Kind: item.Short, Text: "What do we call 4 : 6 beside 2 : 3?", Accepts: []string{"equivalent ratio", " "}, Solution: "An equivalent ratio.",
		Mistakes: []authoring.DraftMistake{{Tag: "equal", Yields: []string{"equal numbers"}, Nudge: "Which numbers are equal?"}}}
}

func telling(sk skill.ID) authoring.Draft {
	return authoring.Draft{Skill: sk, Kind: item.Long, Text: "Why is twice as much of both the same taste?", Rubric: []item.Criterion{{Name: "Says why", Levels: []string{"Not there yet", "Says it", "Says it and why"}}}}
}

func adds(s *schooltest.School, d authoring.Draft) authoring.ItemOut {
	s.T.Helper()
	return schooltest.Do(s, authoring.AddItem, s.Okafor, authoring.AddItemIn{Op: op(), Class: s.Class, Draft: d})
}

func writes(s *schooltest.School, who access.Actor, of authoring.ItemOut, drawN int, text string) evening.AttemptOut {
	s.T.Helper()
	s.Now = s.Now.Add(time.Minute)
	return schooltest.Do(s, evening.RecordAttempt, who, evening.RecordAttemptIn{Op: op(), Learner: who.Person, Item: of.Item, Version: of.Version, DrawN: drawN, Try: 1,
		Purpose: "practice", Response: item.Response{Boxes: []string{text}}, HappenedMs: s.Now.UnixMilli()})
}

func TestAddItem_TakesWhatIsWritten(t *testing.T) {
	s := schooltest.New(t, 1)
	for _, d := range []authoring.Draft{naming(s.Skill("a")), telling(s.Skill("a"))} {
		made := adds(s, d)
		p := schooltest.Show(s, authoring.Author, s.Okafor, authoring.AuthorIn{Class: s.Class, Skill: s.Skill("a"), Item: made.Item})
		if p.Draft == nil || p.Draft.Kind != d.Kind || len(p.Draft.Rubric) != len(d.Rubric) || (d.Kind == item.Short && len(p.Draft.Accepts) != 1) {
			t.Errorf("%s comes back as %s", d.Kind, schooltest.MustJSON(p.Draft))
		}
		if p.Tried == nil || len(p.Tried.Variants) != 1 || len(p.Tried.Faults) > 0 {
			t.Errorf("%s is tried: %s", d.Kind, schooltest.MustJSON(p.Tried))
		}
	}
	for name, c := range map[string]struct {
		spoil func(d *authoring.Draft)
		field string
	}{
		"no text that is right":   {func(d *authoring.Draft) { d.Accepts = nil }, "key"},
		"a pattern that is none":  {func(d *authoring.Draft) { d.Pattern = "(" }, "pattern"},
		"a mistake that is right": {func(d *authoring.Draft) { d.Mistakes[0].Yields[0] = "Equivalent-ratio" }, "mistakes"},
		"a level too few": {func(d *authoring.Draft) {
			*d = telling(d.Skill)
			d.Rubric[0].Levels = d.Rubric[0].Levels[:1]
		}, "key"},
	} {
		d := naming(s.Skill("a"))
		c.spoil(&d)
		out := schooltest.Show(s, authoring.CheckItem, s.Okafor, authoring.CheckItemIn{Class: s.Class, Draft: d})
		if len(out.Faults) == 0 || out.Faults[0].Field != c.field {
			t.Errorf("%s: %s", name, schooltest.MustJSON(out.Faults))
		}
	}
}

// What a teacher accepts once is right for everybody after, in a further version; it is done once, and only to one's own items.
func TestAcceptAnswer_IsRightFromThenOn(t *testing.T) {
	s := schooltest.New(t, 2)
	amina, ben := s.Learners[0], s.Learners[1]
	made := adds(s, naming(s.Skill("a")))
	waits := writes(s, amina, made, 1, "the same ratio")
	if waits.Outcome != item.Waiting || waits.Teacher != "Emeka Okafor" || len(waits.Solution) > 0 || !waits.TriesEnd {
		t.Fatalf("%+v", waits)
	}
	in := authoring.AcceptAnswerIn{Op: op(), Class: s.Class, Attempt: waits.Fact}
	out := schooltest.Do(s, authoring.AcceptAnswer, s.Okafor, in)
	if out.Version != made.Version+1 {
		t.Errorf("version %d", out.Version)
	}
	in.Op = op()
	if again := schooltest.Do(s, authoring.AcceptAnswer, s.Okafor, in); again.Version != out.Version {
		t.Errorf("accepted twice: version %d", again.Version)
	}
	if got := writes(s, ben, out, 1, "The SAME ratio!"); got.Outcome != item.Right {
		t.Errorf("afterwards it is %s", got.Outcome)
	}
	if got := writes(s, ben, made, 2, "the same ratio"); got.Outcome != item.Waiting {
		t.Errorf("the version before says %s", got.Outcome)
	}
	in.Op = op()
	schooltest.Refused(s, authoring.AcceptAnswer, s.Lin, authoring.AcceptAnswerIn{Op: op(), Class: s.Other, Attempt: waits.Fact}, fault.NotFound)
	number := s.Answers(amina, "a-1", "other", 1)
	schooltest.Refused(s, authoring.AcceptAnswer, s.Okafor, authoring.AcceptAnswerIn{Op: op(), Class: s.Class, Attempt: number.Fact}, fault.Forbidden)
	long := writes(s, amina, adds(s, telling(s.Skill("a"))), 1, "Because both grow alike.")
	schooltest.Refused(s, authoring.AcceptAnswer, s.Okafor, authoring.AcceptAnswerIn{Op: op(), Class: s.Class, Attempt: long.Fact}, fault.Invalid)
}

// A check and an exit check ask nothing that has to wait.
func TestItemsAtOnce_LeavesOutWhatWaits(t *testing.T) {
	s := schooltest.New(t, 1)
	before := itemsOf(s, "a")
	adds(s, naming(s.Skill("a")))
	adds(s, telling(s.Skill("a")))
	if n := itemsOf(s, "a"); n != before+2 {
		t.Fatalf("%d items", n)
	}
	s.Look(s.Okafor, func(l *flow.Look) error {
		asks, err := library.ItemsAtOnce(l, s.Skill("a"))
		if len(asks) != before {
			t.Errorf("a check may ask %d of them, want the course's %d", len(asks), before)
		}
		return err
	})
}

// As many items as before, and none of them for a check: what the check remembers of a skill goes by which items it has.
func TestReplaceItem_TheCheckKnowsWhatItMayAsk(t *testing.T) {
	s := schooltest.New(t, 1)
	asks := func() (may bool) {
		s.Look(s.Okafor, func(l *flow.Look) error {
			g, err := standing.LoadGiven(l, s.Given)
			if err != nil {
				return err
			}
			space, err := g.Space(l)
			may = err == nil && space.Asks[s.Skill("a")]
			return err
		})
		return may
	}
	if !asks() {
		t.Fatal("the check does not ask the skill to begin with")
	}
	for _, code := range []string{"a-1", "a-2", "a-3", "a-4"} {
		schooltest.Do(s, authoring.ReplaceItem, s.Okafor, authoring.ReplaceItemIn{Op: op(), Class: s.Class, Item: s.Item(code), Draft: telling(s.Skill("a")), Evidence: authoring.Keep})
	}
	if itemsOf(s, "a") != 4 || asks() {
		t.Error("the check would ask a skill whose items all wait for a person")
	}
}
