package course

import (
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kith/internal/doc"
	"kith/internal/item"
	"kith/internal/item/expr"
	"kith/internal/skill"
)

const draws = 1000

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
	if p.it.Kind.Arranged() {
		p.arranged()
		return
	}
	if len(p.it.Choices) > 0 {
		p.options()
		return
	}
	if p.it.Kind.Mathematics() {
		p.maths()
		return
	}
	if !p.it.Kind.AtOnce() {
		p.written()
		return
	}
	p.key()
	p.mistakes()
}

// scaffold accepts the step's answer as it would be typed, refuses one more, and says it in what is shown then.
func (p *proof) scaffold(rung int) {
	small, then, ok, err := p.v.Scaffold(rung)
	if err != nil {
		p.fail("scaffold", "%v", err)
	}
	if !ok {
		return
	}
	p.reads("scaffold", then)
	key := small.Key()[0]
	more := new(big.Rat).Add(key, big.NewRat(1, 1))
	for answer, want := range map[string]item.Outcome{key.RatString(): item.Right, more.RatString(): item.NotYet} {
		said, err := item.ScoreScaffold(p.v, rung, item.Response{Boxes: []string{answer}})
		if err != nil || said.Outcome != want {
			p.fail("scaffold", "hint %d: %s is %s, %v", rung, answer, said.Outcome, err)
		}
	}
	if !strings.Contains(plainOf(then), key.RatString()) {
		p.fail("scaffold", "hint %d: %q does not say %s", rung, plainOf(then), key.RatString())
	}
}

func plainOf(els []doc.El) (s string) {
	for _, e := range els {
		s += e.T + plainOf(e.C)
	}
	return s
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
	if p.it.Kind == item.Hotspot {
		p.reads("picture", a.Picture)
	}
	for _, g := range a.Groups {
		p.reads("group", g)
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
		p.scaffold(n)
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

// arranged holds the right arrangement, each mistake's and each misplacement against the item. That drawn numbers have the order
// and the groups in which options stand in the item is what its keep says.
func (p *proof) arranged() {
	right, _ := item.Given(p.v, -1)
	if j := p.score(right); j.Outcome != item.Right {
		p.fail("key", "%v is %s", right, j.Outcome)
	}
	if slices.IsSorted(p.v.Order) && p.it.Kind == item.Ordering {
		p.fail("key", "shown in its right order")
	}
	for i, m := range p.it.Mistakes {
		given, _ := item.Given(p.v, i)
		if j := p.score(given); j.Outcome != item.NotYet || j.Mistake != m.Tag {
			p.fail("mistake "+m.Tag, "%v is %s %s", given, j.Outcome, j.Mistake)
		}
	}
	for i, o := range p.it.Choices {
		given, ok := p.v.Misplaced(i)
		if !ok {
			continue
		}
		if j := p.score(given); j.Outcome != item.NotYet || o.Mistake != "" && j.Mistake == "" {
			p.fail("option", "option %d elsewhere is %s %s, want %s", i, j.Outcome, j.Mistake, o.Mistake)
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

// written proves that accepted texts are right and mistakes are known by their texts; where a person judges, there is a rubric.
func (p *proof) written() {
	if p.it.Kind != item.Short {
		if len(p.it.Rubric) == 0 {
			p.fail("rubric", "is missing")
		}
		return
	}
	texts, err := p.v.Accepted()
	if err != nil {
		p.fail("key", "%v", err)
	}
	for _, text := range texts {
		if j, err := item.Score(p.v, item.Response{Boxes: []string{text}}); err != nil || j.Outcome != item.Right {
			p.fail("key", "%q is %s, %v", text, j.Outcome, err)
		}
	}
	for i, m := range p.it.Mistakes {
		text, err := p.v.YieldWritten(i)
		if err != nil {
			p.fail("mistake "+m.Tag, "%v", err)
			continue
		}
		if j, err := item.Score(p.v, item.Response{Boxes: []string{text}}); err != nil || j.Outcome != item.NotYet || j.Mistake != m.Tag {
			p.fail("mistake "+m.Tag, "%q is %s %q, %v", text, j.Outcome, j.Mistake, err)
		}
	}
}
