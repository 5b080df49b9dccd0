package evening_test

import (
	"fmt"
	"slices"
	"testing"

	"kith/internal/flow/evening"
	"kith/internal/flow/schooltest"
	"kith/internal/mastery"
	"kith/internal/skill/layout"
)

// The unit's edges are s1→s2, s3→s4 and s2→s4.
func TestMap_StandsAsTheListDoesAndMarksWhatIsReady(t *testing.T) {
	s := schooltest.NewEvening(t)
	s.Secure(s.Amina, s.Skills[0])
	s.Practise(s.Amina, s.Skills[2], "not_yet")
	m := schooltest.Show(s, evening.Map, s.Amina, struct{}{}).Map
	var said []string
	for _, k := range m.Skills {
		said = append(said, fmt.Sprint(k.Title, " ", k.Status, " ready ", k.Ready, " needs ", k.Needs, " opens ", k.Opens))
	}
	want := []string{
		"Skill s1 secure ready false needs [] opens [1]",
		"Skill s2 not_started ready true needs [0] opens [3]",
		"Skill s3 growing ready false needs [] opens [3]",
		"Skill s4 not_started ready false needs [1 2] opens []",
	}
	if !slices.Equal(said, want) {
		t.Errorf("the map says\n%v\nwant\n%v", said, want)
	}
	i := 0
	for _, o := range schooltest.Show(s, evening.Skills, s.Amina, struct{}{}).Objectives {
		for _, k := range o.Skills {
			if got := m.Skills[i]; got.ID != k.ID || got.Status != k.Status || got.Why.Code != k.Why.Code {
				t.Errorf("the list says %+v, the map %+v", k, got)
			}
			i++
		}
	}
	if len(m.Objectives) != 2 || !slices.Equal(m.Objectives[1].Skills, []int{2, 3}) {
		t.Errorf("objectives %+v", m.Objectives)
	}
}

func TestMap_DrawsEveryEdgeInBothDrawings(t *testing.T) {
	s := schooltest.NewEvening(t)
	m := schooltest.Show(s, evening.Map, s.Amina, struct{}{}).Map
	for _, d := range []layout.Drawing{m.Narrow, m.Wide} {
		var lines [][2]int
		for _, l := range d.Lines {
			lines = append(lines, [2]int{l.From, l.To})
		}
		if len(d.Spots) != 4 || len(lines) != 3 || !slices.Contains(lines, [2]int{1, 3}) {
			t.Errorf("%d spots, lines %v", len(d.Spots), lines)
		}
	}
}

func TestMap_OnTheFirstDayWhatRestsOnNothingIsReady(t *testing.T) {
	s := schooltest.NewEvening(t)
	m := schooltest.Show(s, evening.Map, s.Amina, struct{}{}).Map
	for i, want := range []bool{true, false, true, false} {
		if k := m.Skills[i]; k.Ready != want || k.Status != mastery.NotStarted {
			t.Errorf("%s: %s, ready %v", k.Title, k.Status, k.Ready)
		}
	}
}
