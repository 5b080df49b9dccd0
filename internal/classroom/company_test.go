package classroom

import (
	"testing"

	"kith/internal/item"
	"kith/internal/mastery"
)

func tried(marks ...string) (out []Tried) { // "skill mistake", "skill -" without one, "skill ok", "skill ?" unread
	for _, m := range marks {
		t := Tried{Person: "amina", Skill: "rates", Outcome: item.NotYet, Mistake: m}
		switch m {
		case "ok":
			t.Outcome, t.Mistake = item.Right, ""
		case "?":
			t.Outcome, t.Mistake = item.Unread, ""
		case "-":
			t.Mistake = ""
		case "other":
			t.Skill, t.Mistake = "percent", ""
		}
		out = append(out, t)
	}
	return out
}

func TestWantCompany_FourTriesOrThreeWithOneMistake(t *testing.T) {
	for _, c := range []struct {
		name  string
		tries []Tried
		code  string
		n     int
	}{
		{"three without a mistake are not enough", tried("-", "-", "-"), "", 0},
		{"four are", tried("-", "-", "-", "-"), "now.company.tries", 4},
		{"three with one mistake are", tried("add", "add", "add"), "now.company.mistake", 3},
		{"three with two mistakes are not", tried("add", "flip", "add"), "", 0},
		{"the mistake is counted from where it began", tried("flip", "add", "add", "add"), "now.company.mistake", 3},
		{"a right answer begins anew", tried("-", "-", "-", "ok", "-"), "", 0},
		{"another skill begins anew", tried("-", "-", "-", "other"), "", 0},
		{"an unread answer changes nothing", tried("-", "-", "?", "-", "-"), "now.company.tries", 4},
		{"nothing is nothing", nil, "", 0},
	} {
		got := WantCompany(c.tries)
		if c.code == "" {
			if len(got) != 0 {
				t.Errorf("%s: got %+v", c.name, got)
			}
			continue
		}
		if len(got) != 1 || got[0].Reason.Code != c.code || got[0].Reason.Args["n"] != c.n || got[0].Skill != "rates" {
			t.Errorf("%s: got %+v", c.name, got)
		}
	}
}

func TestWantCompany_EachForThemselves(t *testing.T) {
	tries := tried("-", "-", "-", "-")
	for i := range tries {
		if i%2 == 1 {
			tries[i].Person = "leo"
		}
	}
	if got := WantCompany(tries); len(got) != 0 {
		t.Errorf("two tries each are nobody's four: %+v", got)
	}
}

func TestShade_RisesWithBeliefAndStatusWins(t *testing.T) {
	for _, c := range []struct {
		status mastery.Status
		known  float64
		want   int
	}{{mastery.NotStarted, 0.9, 0}, {mastery.Growing, 0.1, 1}, {mastery.Growing, 0.5, 2}, {mastery.Growing, 0.9, 3}, {mastery.Secure, 0.96, 4}, {mastery.AnotherLook, 0.5, 2}} {
		if got := Shade(c.status, c.known); got != c.want {
			t.Errorf("%s %.2f: got %d, want %d", c.status, c.known, got, c.want)
		}
	}
}
