package course

import (
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kith/internal/content"
	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/item"
	"kith/internal/item/expr"
	"kith/internal/skill"
)

const draws = 1000

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

// TestItems_HoldOverAThousandDraws is the proof of every item of the unit.
func TestItems_HoldOverAThousandDraws(t *testing.T) {
	for _, it := range loaded(t).Items {
		t.Run(it.Code, func(t *testing.T) {
			t.Parallel()
			for kind, what := range prove(it, draws) {
				t.Errorf("%s: %s", kind, what)
			}
		})
	}
}

// TestProof_FindsWhatIsPlanted shows that each part of the proof can fail.
func TestProof_FindsWhatIsPlanted(t *testing.T) {
	text := func(markup string) doc.Doc {
		d, err := doc.Parse(markup, doc.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	sound := func() item.Item {
		return item.Item{Code: "x/y", Kind: item.Number, Skills: []skill.ID{"x"}, Draw: []item.Param{{Name: "a", From: 2, To: 99}, {Name: "b", From: 2, To: 9}},
			Text: text("[[a]] by [[b]]?"), Key: "a*b", Second: "a/(1/b)", Mistakes: []item.Mistake{{Tag: "adds", Yields: []string{"a+b"}, Nudge: text("You added [[a]]. Why?")}},
			Hints: []doc.Doc{text("Look.")}, Solution: text("[[a*b]]")}
	}
	if found := prove(sound(), 200); len(found) > 0 {
		t.Fatalf("a sound item: %v", found)
	}
	for kind, plant := range map[string]func(*item.Item){
		"draw":    func(it *item.Item) { it.Mistakes[0].Yields[0] = "b*a" },
		"second":  func(it *item.Item) { it.Second = "a*b + if(b == 9, 1, 0)" },
		"text":    func(it *item.Item) { it.Text = text("[[a]] by [[c]]?") },
		"hint":    func(it *item.Item) { it.Hints[0] = text("Look at [[a]] .") },
		"nudge":   func(it *item.Item) { it.Mistakes[0].Nudge = text("You added [[a/(b-9)]].") },
		"unit":    func(it *item.Item) { it.Unit = "NaN" },
		"algebra": func(it *item.Item) { it.Solution = text("[[a]] + [[b - 5]]") },
		"variety": func(it *item.Item) { it.Draw[0].To = 4 },
		"mistake other": func(it *item.Item) { // 12,345 is meant as 12.345 and can be read as the other mistake's 12345
			it.Mistakes = append(it.Mistakes, item.Mistake{Tag: "other", Yields: []string{"(a+b)/1000"}, Nudge: text("Why?")})
			it.Draw[1] = item.Param{Name: "b", From: 12_000, To: 12_900, Step: 30}
		},
	} {
		it := sound()
		plant(&it)
		if found := prove(it, 1000); found[kind] == "" {
			t.Errorf("%s was planted and not found: %v", kind, found)
		}
	}
}

// prove draws an item n times and gives what it found, once a kind, with the first draw that shows it.
func prove(it item.Item, n uint64) map[string]string {
	p := &proof{it: it, distinct: map[string]bool{}, found: map[string]string{}}
	for p.seed = 1; p.seed <= n; p.seed++ {
		p.one()
	}
	if len(it.Draw) > 0 && len(p.distinct) < 30 {
		p.found["variety"] = fmt.Sprintf("only %d different draws in %d", len(p.distinct), n)
	}
	return p.found
}

type proof struct {
	it       item.Item
	seed     uint64
	v        item.Variant
	distinct map[string]bool
	found    map[string]string
}

func (p *proof) fail(kind, format string, args ...any) {
	if p.found[kind] == "" {
		p.found[kind] = fmt.Sprintf("seed %d %v: ", p.seed, p.v.Values) + fmt.Sprintf(format, args...)
	}
}

func (p *proof) one() {
	v, err := item.Draw(p.it, p.seed)
	if err != nil {
		p.fail("draw", "%v", err)
		return
	}
	p.v = v
	var drawn []string
	for _, d := range p.it.Draw {
		drawn = append(drawn, v.Values[d.Name])
	}
	// The same numbers make the same texts; only the answers are judged again.
	if numbers := strings.Join(drawn, " "); !p.distinct[numbers] {
		p.distinct[numbers] = true
		p.texts()
		if len(p.distinct) <= 200 { // putting formulas on one line is slow
			p.algebra()
		}
	}
	if len(p.it.Choices) > 0 {
		p.options()
		return
	}
	p.key()
	p.mistakes()
}

func (p *proof) texts() {
	a, err := p.v.Asked()
	if err != nil {
		p.fail("text", "%v", err)
		return
	}
	p.reads("text", a.Text)
	for _, o := range a.Options {
		p.reads("option", o.Text)
	}
	for _, b := range a.Boxes {
		p.line("box", b.Before)
		p.line("box", b.After)
		p.line("box", b.Label)
	}
	p.line("unit", a.Unit)
	for n := 1; n <= a.Hints; n++ {
		els, err := p.v.Hint(n)
		if err != nil {
			p.fail("hint", "%v", err)
		}
		p.reads("hint", els)
	}
	els, err := p.v.Solution()
	if err != nil {
		p.fail("solution", "%v", err)
	}
	p.reads("solution", els)
	nudges := make([]doc.Doc, 0, 8)
	for _, m := range p.it.Mistakes {
		nudges = append(nudges, m.Nudge)
	}
	for _, o := range p.it.Choices {
		nudges = append(nudges, o.Nudge)
	}
	for _, d := range nudges {
		els, err := p.v.Nudge(item.Judged{Nudge: d})
		if err != nil {
			p.fail("nudge", "%v", err)
		}
		p.reads("nudge", els)
	}
}

// forbidden is what no learner may read: leftovers of the markup, of arithmetic, of a value that is empty.
var forbidden = []string{"[[", "]]", "NaN", "  ", " .", " ,", " ?", "□", "**", "!figure", "<nil>", "−−", "− −", "+ −", "- -"}

func (p *proof) line(what, s string) {
	for _, f := range forbidden {
		if strings.Contains(s, f) {
			p.fail(what, "%q in %q", f, s)
		}
	}
}

func (p *proof) reads(what string, els []doc.El) {
	if len(els) == 0 && what != "nudge" {
		p.fail(what, "is empty")
	}
	for _, e := range els {
		p.runs(what, e)
	}
}

// runs looks at the text of an element, and at each alternative text.
func (p *proof) runs(what string, e doc.El) {
	if e.N == "math" || e.N == "svg" {
		p.line(what, e.A["alttext"])
		p.line(what, e.A["aria-label"])
		return
	}
	p.line(what, e.T)
	p.line(what, e.A["alt"])
	for _, c := range e.C {
		p.runs(what, c)
	}
}

// unwritten is what nobody writes in algebra: 1x, 0x, + −3, − −3.
var unwritten = regexp.MustCompile(`(?:^|[^\d.,/])[10][a-z]\b|[+−-] ?[−-]`)

func (p *proof) algebra() {
	docs := append([]doc.Doc{p.it.Text, p.it.Solution}, p.it.Hints...)
	for _, m := range p.it.Mistakes {
		docs = append(docs, m.Nudge)
	}
	for _, o := range p.it.Choices {
		docs = append(docs, o.Text, o.Nudge)
	}
	for _, d := range docs {
		said := d.Plain(p.v)
		if found := unwritten.FindString(said); found != "" {
			p.fail("algebra", "%q in %q", found, said)
		}
	}
}

func (p *proof) score(r item.Response) item.Judged {
	j, err := item.Score(p.v, r)
	if err != nil {
		p.fail("score", "%v: %v", r, err)
	}
	return j
}

func (p *proof) key() {
	key := p.v.Key()
	for _, r := range p.spellings(key) {
		if j := p.score(r); j.Outcome != item.Right {
			p.fail("key", "%q is %s %s", r.Boxes, j.Outcome, j.Mistake)
		}
	}
	second, err := p.v.Second()
	if err != nil {
		p.fail("second", "%v", err)
		return
	}
	for i, s := range second {
		if s == nil {
			p.fail("second", "box %d is not worked out a second way", i+1)
		} else if s.Cmp(key[i]) != 0 {
			p.fail("second", "box %d: the key is %s, the second way gives %s", i+1, expr.Show(key[i]), expr.Show(s))
		}
	}
}

func (p *proof) mistakes() {
	for i, m := range p.it.Mistakes {
		for _, r := range p.spellings(p.v.Yield(i)) {
			j := p.score(r)
			if j.Outcome != item.NotYet || j.Mistake != m.Tag {
				p.fail("mistake "+m.Tag, "%q is %s %s", r.Boxes, j.Outcome, j.Mistake)
			}
		}
	}
}

func (p *proof) options() {
	rights := p.v.Rights()
	if j := p.score(item.Response{Chosen: rights}); j.Outcome != item.Right {
		p.fail("key", "%v is %s", rights, j.Outcome)
	}
	for i, o := range p.it.Choices {
		if slices.Contains(rights, i) {
			continue
		}
		chosen := []int{i}
		if p.it.Kind == item.Choices {
			chosen = append(chosen, rights...)
		}
		if j := p.score(item.Response{Chosen: chosen}); j.Outcome != item.NotYet || j.Mistake != o.Mistake {
			p.fail("option", "%v is %s %s, want %s", chosen, j.Outcome, j.Mistake, o.Mistake)
		}
		if o.Nudge.Empty() {
			p.fail("option", "nothing is said to whoever takes option %d", i)
		}
	}
}

// spellings are ways to type an answer: as a fraction, as a decimal if it ends (point and comma), as a mixed number, with
// the unit; a ratio also three times over.
func (p *proof) spellings(answer []*big.Rat) []item.Response {
	var out []item.Response
	if p.it.Kind == item.Fraction {
		r := answer[0]
		two := new(big.Int).Mul(r.Num(), big.NewInt(2))
		out = append(out, item.Response{Boxes: []string{"", r.Num().String(), r.Denom().String()}},
			item.Response{Boxes: []string{" ", two.String(), new(big.Int).Mul(r.Denom(), big.NewInt(2)).String()}})
		whole, rest, _ := strings.Cut(mixed(r), " ")
		if num, den, ok := strings.Cut(rest, "/"); ok {
			out = append(out, item.Response{Boxes: []string{whole, num, den}})
		}
		return out
	}
	each := func(spell func(*big.Rat) string) {
		boxes := make([]string, len(answer))
		for i, r := range answer {
			if boxes[i] = spell(r); boxes[i] == "" {
				return
			}
		}
		out = append(out, item.Response{Boxes: boxes})
	}
	each(func(r *big.Rat) string { return r.String() })
	each(decimal)
	each(func(r *big.Rat) string { return strings.Replace(decimal(r), ".", ",", 1) })
	each(func(r *big.Rat) string { return strings.Replace(mixed(r), "-", "−", 1) })
	if p.it.Unit != "" {
		each(func(r *big.Rat) string { return mixed(r) + " " + p.it.Unit })
	}
	if p.it.Ratio {
		each(func(r *big.Rat) string { return new(big.Rat).Mul(r, big.NewRat(3, 1)).RatString() })
	}
	return out
}

// decimal is "" for a number whose decimals do not end within ten places.
func decimal(r *big.Rat) string {
	places, exact := r.FloatPrec()
	if !exact || places > 10 {
		return ""
	}
	return r.FloatString(places)
}

func mixed(r *big.Rat) string {
	abs := new(big.Rat).Abs(r)
	whole := new(big.Int).Quo(abs.Num(), abs.Denom())
	rest := new(big.Rat).Sub(abs, new(big.Rat).SetInt(whole))
	s := whole.String()
	if rest.Sign() != 0 {
		if s += " " + rest.String(); whole.Sign() == 0 {
			s = rest.String()
		}
	}
	if r.Sign() < 0 {
		return "-" + s
	}
	return s
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
		if len(ls.Checks) != 2 && len(l.Missing) == 0 {
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
			if !o.Right {
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
