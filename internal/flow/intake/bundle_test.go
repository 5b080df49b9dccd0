package intake_test

import (
	"strings"
	"testing"

	"kith/internal/fault"
	"kith/internal/flow/intake"
	"kith/internal/flow/schooltest"
	"kith/internal/skill"
)

// An untidy course is taken, and the report names what is worth a look: the prerequisite that others imply, and the skill
// that none ties to another. A ring is refused by its skills' names, and nothing is written.
func TestImportBundle_TellsWhatIsNotInOrderInTheGraph(t *testing.T) {
	s := schooltest.New(t, 1)
	b := pictured()
	for _, code := range []string{"count", "add", "lone"} {
		b.Course.Skills = append(b.Course.Skills, skill.Skill{ID: skill.ID(code), Code: code, Title: code})
	}
	b.Course.Edges = []skill.Edge{{From: "s", To: "count"}, {From: "count", To: "add"}, {From: "s", To: "add"}}
	r, err := intake.ImportBundle(t.Context(), s.F, s.ID, b, true, nil)
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, d := range r.Doubts {
		said = append(said, d.Reason.Code+" "+d.ID)
	}
	if got := strings.Join(said, ", "); got != "import.doubt.redundant s → add, import.doubt.orphan lone" {
		t.Errorf("told: %s", got)
	}
	b.Course.Edges = append(b.Course.Edges, skill.Edge{From: "add", To: "s"})
	if _, err := intake.ImportBundle(t.Context(), s.F, s.ID, b, false, nil); !fault.Is(err, fault.Invalid) {
		t.Errorf("a ring: %v", err)
	}
	if ids, err := intake.Origins(t.Context(), s.F, s.ID, b.Source); err != nil || len(ids) != 0 {
		t.Errorf("written all the same: %v, %v", ids, err)
	}
	if r, err := intake.ImportBundle(t.Context(), s.F, s.ID, pictured(), true, nil); err != nil || len(r.Doubts) != 0 {
		t.Errorf("without prerequisites there is nothing to look at: %+v, %v", r.Doubts, err)
	}
}
