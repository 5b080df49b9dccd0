package decision_test

import (
	"encoding/json"
	"strings"
	"testing"

	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/decision"
	"kith/internal/flow/schooltest"
	"kith/internal/mastery"
)

func TestClassMap_CountsWhoHasASkillSecureAndNamesNobody(t *testing.T) {
	s := schooltest.New(t, 3)
	for _, who := range s.Learners[:2] {
		schooltest.Do(s, decision.CreditSkill, s.Okafor, decision.CreditSkillIn{Op: flow.Op{Op: schooltest.NewOp()}, Learner: who.Person, Skill: s.Skill("a"), Reason: "Seen"})
	}
	p := schooltest.Show(s, decision.ClassMap, s.Okafor, decision.ClassMapIn{Class: s.Class})
	if p.Of != 3 || p.Map.Skills[0].Secure != 2 || p.Map.Skills[1].Secure != 0 {
		t.Errorf("of %d: %+v", p.Of, p.Map.Skills)
	}
	for _, k := range p.Map.Skills {
		if k.Status != "" || k.Ready {
			t.Errorf("the map of a class says %q of %s", k.Status, k.Title)
		}
	}
	body, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	for _, who := range s.Learners {
		if strings.Contains(string(body), string(who.Person)) {
			t.Error("the map of a class names a learner")
		}
	}
}

func TestLearnerMap_IsTheLearnersOwn(t *testing.T) {
	s := schooltest.New(t, 2)
	in := decision.LearnerMapIn{Learner: s.Learners[0].Person}
	schooltest.Do(s, decision.CreditSkill, s.Okafor, decision.CreditSkillIn{Op: flow.Op{Op: schooltest.NewOp()}, Learner: in.Learner, Skill: s.Skill("a"), Reason: "Seen"})
	p := schooltest.Show(s, decision.LearnerMap, s.Okafor, in)
	if p.Unit == nil || p.Unit.ID != s.Given || p.Map.Skills[0].Status != mastery.Secure || !p.Map.Skills[1].Ready || p.Map.Skills[0].Secure != 0 {
		t.Errorf("unit %+v, skills %+v", p.Unit, p.Map.Skills)
	}
	other := schooltest.Show(s, decision.LearnerMap, s.Okafor, decision.LearnerMapIn{Learner: s.Learners[1].Person})
	if other.Map.Skills[0].Status == mastery.Secure {
		t.Error("what one learner was credited stands on another's map")
	}
	for _, unit := range []string{"none", string(s.Class)} {
		in.Unit = unit
		if _, err := flow.Show(t.Context(), s.F, decision.LearnerMap, s.Okafor, in); !fault.Is(err, fault.NotFound) {
			t.Errorf("unit %q: %v", unit, err)
		}
	}
}
