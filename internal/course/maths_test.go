package course

import (
	"fmt"
	"math/big"
	"strings"

	"kith/internal/item"
)

// typed are the items that are answered with mathematics, each with what is right worked out another way from the drawn numbers: written
// so that it is worth the same as the key and looks different.
var typed = map[string]func(n func(string) int64) string{
	"unit-rate/rice-rule":                  func(n func(string) int64) string { return fmt.Sprintf("(%d/%d)*x", n("p"), n("n")) },
	"write-expressions/ferry-rule":         func(n func(string) int64) string { return fmt.Sprintf("%d + %d + %d(n - 1)", n("k"), n("m"), n("m")) },
	"write-expressions/trick-in-order":     func(n func(string) int64) string { return fmt.Sprintf("%d*n + %d", n("m"), n("m")*n("k")) },
	"expand-collect/tea-trays":             func(n func(string) int64) string { return fmt.Sprintf("%d + x*%d", n("a")*n("b"), n("a")) },
	"expand-collect/bead-bags":             func(n func(string) int64) string { return fmt.Sprintf("%d + %dx", n("b"), n("a")+n("c")) },
	"constant-of-proportionality/tap-rule": func(n func(string) int64) string { return fmt.Sprintf("y = x * %d / %d", n("k")*n("a"), n("a")) },
	"equivalent-ratios/row-marks":          func(n func(string) int64) string { return fmt.Sprintf("%d*%d/%d", n("k")*n("b"), n("a"), n("b")) },
	"unit-rate/snail-line":                 func(n func(string) int64) string { return fmt.Sprintf("%d/%d", 3*n("a"), 3*n("b")) },
	"graph-proportional/granola-pairs": func(n func(string) int64) string {
		more := (n("n") + n("d")) * n("a")
		return fmt.Sprintf("(%d, %d), (%d, %d)", more/n("a"), more, n("n"), more-n("d")*n("a"))
	},
	"graph-proportional/candle-line": func(n func(string) int64) string { return fmt.Sprintf("(4, %d), (2, %d)", 2*n("n"), n("n")) },
	"line-from-story/choir-fund":     func(n func(string) int64) string { return fmt.Sprintf("y = %d + %dx", n("b"), n("m")) },
}

// maths proves an item that is answered with mathematics: its key is right however it is spelled, so is what was worked out
// another way, and each mistake is recognised as itself.
func (p *proof) maths() {
	text, tex := p.v.KeyText()
	for _, s := range []string{text, tex, strings.ReplaceAll(text, " ", ""), strings.ReplaceAll(text, "+", " + ") + " ", strings.ToUpper(text)} {
		if j := p.score(item.Response{Boxes: []string{s}}); j.Outcome != item.Right {
			p.fail("key", "%q is %s %s", s, j.Outcome, j.Mistake)
		}
	}
	second := typed[p.it.Code]
	if second == nil {
		p.fail("second", "%s is not worked out a second way", p.it.Code)
		return
	}
	said := second(func(name string) int64 {
		r, ok := new(big.Rat).SetString(p.v.Values[name])
		if !ok || !r.IsInt() {
			p.fail("second", "%s is %q", name, p.v.Values[name])
			return 0
		}
		return r.Num().Int64()
	})
	if j := p.score(item.Response{Boxes: []string{said}}); j.Outcome != item.Right {
		p.fail("second", "%q is %s %s", said, j.Outcome, j.FormMiss)
	}
	for i, m := range p.it.Mistakes {
		if m.Near != "" { // a slip that any answer may show
			continue
		}
		if j := p.score(item.Response{Boxes: []string{p.v.YieldText(i)}}); j.Outcome != item.NotYet || j.Mistake != m.Tag {
			p.fail("mistake "+m.Tag, "%q is %s %s", p.v.YieldText(i), j.Outcome, j.Mistake)
		}
	}
}
