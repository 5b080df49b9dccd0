package course

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"kith/internal/content"
	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/item"
	"kith/internal/skill"
)

func loaded(t testing.TB) Loaded {
	t.Helper()
	l, err := Load()
	if fault.Is(err, fault.Unavailable) {
		t.Fatalf("this build holds no mathematics; make web puts it in: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestUnit_HasTheSkillsAndEdgesThatWereSettled(t *testing.T) {
	// The direct prerequisites of the design, one line a chain.
	chains := `ratio-language equivalent-ratios unit-rate compare-rates where-lines-meet
		equivalent-ratios percent-of percent-change
		unit-rate proportional-or-not constant-of-proportionality
		write-expressions expand-collect both-sides where-lines-meet
		write-expressions one-two-step both-sides
		write-expressions constant-of-proportionality
		constant-of-proportionality graph-proportional slope line-from-story where-lines-meet
		one-two-step line-from-story`
	var want []string
	for _, line := range strings.Split(chains, "\n") {
		f := strings.Fields(line)
		for i := 1; i < len(f); i++ {
			want = append(want, f[i-1]+" → "+f[i])
		}
	}
	l := loaded(t)
	var got []string
	for _, e := range l.Course.Edges {
		got = append(got, string(e.From)+" → "+string(e.To))
	}
	slices.Sort(want)
	slices.Sort(got)
	if len(want) != 19 || !slices.Equal(got, want) {
		t.Errorf("edges\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if len(l.Course.Skills) != 16 || len(l.Course.Objectives) != 8 || len(l.Unit.Parts) != 8 || len(l.Lessons) != 8 {
		t.Errorf("%d skills, %d objectives, %d parts, %d lessons", len(l.Course.Skills), len(l.Course.Objectives), len(l.Unit.Parts), len(l.Lessons))
	}
	if len(l.Missing) > 0 {
		t.Errorf("videos that have not been rendered: %v", l.Missing)
	}
	g, err := skill.NewGraph(l.Course)
	if err != nil {
		t.Fatal(err)
	}
	if r := g.Redundant(); len(r) > 0 {
		t.Errorf("edges that others imply: %v", r)
	}
	place := map[skill.ID]int{}
	for i, s := range l.Course.Skills {
		place[s.ID] = i
	}
	for _, e := range l.Course.Edges {
		if place[e.From] > place[e.To] {
			t.Errorf("%s is taught before %s, which it needs", e.To, e.From)
		}
	}
}

func TestItems_CoverEachSkill(t *testing.T) {
	l := loaded(t)
	if len(l.Items) < 64 {
		t.Errorf("%d items, want at least 64", len(l.Items))
	}
	for _, s := range l.Course.Skills {
		var all, drawn, picture, who, typed int
		for _, it := range l.Items {
			if it.Skills[0] != s.ID {
				continue
			}
			all++
			if len(it.Draw) > 0 {
				drawn++
			}
			if hasPicture(it.Text.Nodes) {
				picture++
			}
			if strings.Contains(it.Code, "who") || strings.Contains(it.Context, "who") {
				who++
			}
			if it.Kind != item.Choice && it.Kind != item.Choices {
				typed++
			}
		}
		if all < 4 || drawn < 2 || picture < 1 || who < 1 || typed < 1 {
			t.Errorf("%s: %d items, %d with drawn numbers, %d with a picture or table, %d “who is right”, %d typed", s.Code, all, drawn, picture, who, typed)
		}
	}
}

func TestItems_KeepTheRightOptionNowhereInParticular(t *testing.T) {
	at, all := map[int]int{}, 0
	for _, it := range loaded(t).Items {
		for i, o := range it.Choices {
			if it.Kind == item.Choice && !it.Ordered && o.Right {
				at[i]++
				all++
			}
		}
	}
	for i, n := range at {
		if n*2 > all {
			t.Errorf("the right option stands at place %d in %d of %d items: a page gives it away", i, n, all)
		}
	}
}

func hasPicture(nodes []doc.Node) bool {
	return slices.ContainsFunc(nodes, func(n doc.Node) bool {
		return n.Kind == doc.Figure || n.Kind == doc.Table || hasPicture(n.Nodes)
	})
}

func TestLessons_CheckWithItemsOfTheirOwnSkills(t *testing.T) {
	l := loaded(t)
	byID := map[item.ID]item.Item{}
	for _, it := range l.Items {
		byID[it.ID] = it
	}
	for _, ls := range l.Lessons {
		if len(ls.Checks) != 2 {
			t.Errorf("%s has %d checks, want 2", ls.Code, len(ls.Checks))
		}
		for _, c := range ls.Checks {
			it, ok := byID[c.Item]
			if !ok {
				t.Errorf("%s checks with %s, which there is not", ls.Code, c.Item)
				continue
			}
			if !slices.Contains(ls.Skills, it.Skills[0]) {
				t.Errorf("%s checks with %s, whose skill it does not teach", ls.Code, c.Item)
			}
		}
		pauses := 0
		for _, n := range ls.Body.Nodes {
			if n.Kind == doc.Pause {
				pauses++
			}
		}
		if pauses == 0 && ls.Video == nil {
			t.Errorf("%s has no pause to predict", ls.Code)
		}
	}
}

func TestTexts_OfTheUnitDraw(t *testing.T) {
	l := loaded(t)
	for where, d := range unitTexts(l) {
		if d.Empty() {
			t.Errorf("%s is empty", where)
		}
		els, err := d.Draw(nil)
		if err != nil {
			t.Errorf("%s: %v", where, err)
		}
		p := &proof{found: map[string]string{}}
		p.reads(where, els)
		for _, what := range p.found {
			t.Errorf("%s: %s", where, what)
		}
	}
}

func TestLines_HoldNoMarkup(t *testing.T) {
	l := loaded(t)
	var lines []string
	task := func(k content.Task) {
		lines = append(append(lines, k.Title), k.Standards...)
		for _, r := range k.Roles {
			lines = append(lines, r.Title, r.Does)
		}
	}
	task(l.Unit.Task)
	for i, p := range l.Unit.Parts {
		task(p.Task)
		lines = append(append(lines, p.Activity.Title, p.Activity.Bring, l.Lessons[i].Title, l.Course.Objectives[i].ICan), p.Activity.Materials...)
	}
	for _, it := range l.Items {
		lines = append(lines, it.Unit)
		for _, b := range it.Boxes {
			lines = append(lines, b.Before, b.After, b.Label)
		}
	}
	values := regexp.MustCompile(`\[\[.*?\]\]`)
	for _, s := range lines {
		if strings.ContainsAny(values.ReplaceAllString(s, "0"), `*\[]_#`) {
			t.Errorf("a line is shown as it is, and this one holds marks: %s", s)
		}
	}
}

// unitTexts are all texts of the unit besides its items.
func unitTexts(l Loaded) map[string]doc.Doc {
	out := map[string]doc.Doc{}
	task := func(where string, k content.Task) {
		for name, d := range map[string]doc.Doc{"goal": k.Goal, "role": k.Role, "audience": k.Audience, "situation": k.Situation, "product": k.Product} {
			out[where+" "+name] = d
		}
	}
	task("unit", l.Unit.Task)
	for i, p := range l.Unit.Parts {
		o := string(p.Objective)
		task(o, p.Task)
		out[o+" activity"] = p.Activity.Steps
		out[o+" talk"] = p.Talk
		out[o+" lesson"] = l.Lessons[i].Body
	}
	return out
}

func TestVoice_NudgesDescribeAndAsk(t *testing.T) {
	never := regexp.MustCompile(`(?i)\b(wrong|incorrect|oops|sorry|mistake|error|false)\b|^No\b|!$|! `)
	for _, it := range loaded(t).Items {
		v, err := item.Draw(it, 1)
		if err != nil {
			t.Fatal(err)
		}
		nudges := map[string]doc.Doc{}
		for _, m := range it.Mistakes {
			nudges[m.Tag] = m.Nudge
		}
		for _, o := range it.Choices {
			if !o.Right && it.Kind != item.Ordering {
				nudges[o.Mistake+" "+o.Text.Plain(v)] = o.Nudge
			}
		}
		for tag, d := range nudges {
			said := d.Plain(v)
			if bad := never.FindString(said); bad != "" {
				t.Errorf("%s, %s says %q: %s", it.Code, tag, bad, said)
			}
			if !strings.Contains(said, "?") {
				t.Errorf("%s, %s asks nothing: %s", it.Code, tag, said)
			}
		}
	}
}

func TestForSchool_ChangesEveryIDAndNothingElse(t *testing.T) {
	l := loaded(t)
	asked := map[string]int{}
	s := l.ForSchool(func(kind, code string) string {
		asked[kind+" "+code]++
		return kind + ":" + code
	})
	for what, n := range asked {
		if n != 1 {
			t.Errorf("the id of %s was asked for %d times", what, n)
		}
	}
	if want := 1 + 16 + 8 + 1 + len(l.Lessons) + len(l.Items); len(asked) != want {
		t.Errorf("%d ids were asked for, want %d", len(asked), want)
	}
	if l.Course.Skills[0].ID != "ratio-language" || l.Items[0].Skills[0] != "ratio-language" || l.Course.Edges[0].From != "ratio-language" {
		t.Error("the course that was loaded has been changed")
	}
	for _, bad := range []bool{
		s.Course.ID != "course:ratios", s.Unit.ID != "unit:fair", s.Unit.Course != "course:ratios",
		!strings.HasPrefix(string(s.Course.Edges[3].To), "skill:"), !strings.HasPrefix(string(s.Course.Objectives[2].Skills[1]), "skill:"),
		s.Unit.Parts[1].Lesson != s.Lessons[1].ID, s.Unit.Parts[1].Objective != s.Lessons[1].Objective,
		s.Lessons[1].Objective != s.Course.Objectives[1].ID, !strings.HasPrefix(string(s.Lessons[1].Checks[0].Item), "item:"),
		s.Items[9].ID != item.ID("item:"+s.Items[9].Code), s.Items[0].Skills[0] != "skill:ratio-language",
	} {
		if bad {
			t.Fatalf("an id was left out: %+v", s.Unit)
		}
	}
	if _, err := skill.NewGraph(s.Course); err != nil {
		t.Error(err)
	}
}
