package graphcsv

import (
	"os"
	"slices"
	"strings"
	"testing"

	"kith/internal/fault"
	"kith/internal/interop/bank"
	"kith/internal/skill"
)

func TestSkills_MakesACourseAndNamesWhatCannotStand(t *testing.T) {
	b, err := os.ReadFile("testdata/garden.csv")
	if err != nil {
		t.Fatal(err)
	}
	if !Looks(b) || Looks([]byte("from,to,kind\na,b,related\n")) || Looks([]byte("given,family\n")) {
		t.Error("it is told by its header")
	}
	in, err := Skills(b, bank.Options{File: "garden.csv"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := skill.NewGraph(in.Course); err != nil {
		t.Fatal(err)
	}
	if len(in.Course.Skills) != 4 || len(in.Course.Objectives) != 4 || len(in.Course.Edges) != 4 || in.Course.Title != "garden" {
		t.Errorf("%+v", in.Course)
	}
	var left []string
	for _, r := range in.Skipped {
		left = append(left, r.ID+": "+r.Reason.Code)
	}
	if want := []string{"Weed → Dig: import.graph.ring", "Dig → Sow: import.twice"}; !slices.Equal(left, want) {
		t.Errorf("left out %v", left)
	}
}

func TestSkills_RefusesALargeTableWithARing(t *testing.T) {
	var b strings.Builder
	b.WriteString("from,to\n")
	for range mostUntangled {
		b.WriteString("a,b\n")
	}
	b.WriteString("b,a\n")
	if _, err := Skills([]byte(b.String()), bank.Options{File: "x.csv"}); fault.Said(err).Code != "fault.skill.cycle" {
		t.Error(err)
	}
}
