package bank

import (
	"math/big"
	"strconv"
	"strings"

	"kith/internal/item"
	"kith/internal/phrase"
)

// WriteDown takes answers as people write them in a table or a text: the formats that have no types of their own. off is how
// far a right answer may be off, "" = not at all; lang decides what a comma is. The reason is zero where it can be read.
func (d *Entry) WriteDown(answers []Answer, off, lang string) phrase.Phrase {
	d.Kind, d.Answers = Typed, answers
	if off = strings.TrimSpace(off); off == "" {
		return phrase.Phrase{}
	}
	by, ok := ReadNumeral(off, lang)
	if !ok || by.Unit != "" || by.Value.Sign() < 0 {
		return phrase.Of("import.item.off", "off", short(off, 60))
	}
	d.Kind = Numeric
	for i, a := range d.Answers {
		n, ok := measured(a.Said, lang)
		if !ok {
			return phrase.Of("import.item.number", "answer", short(a.Said, 60))
		}
		if n.Unit != "" && d.Unit == "" {
			d.Unit = n.Unit
		}
		low, high := n.Value, n.Value
		if a.Weight >= full {
			low, high = new(big.Rat).Sub(n.Value, by.Value), new(big.Rat).Add(n.Value, by.Value)
		}
		d.Answers[i].Low, d.Answers[i].High = low, high
	}
	return phrase.Phrase{}
}

// Amount is a right or wrong answer as people write it, and how far it may be off, "" where it may not.
func (a Answer) Amount() (said, off string) {
	if a.Low == nil || a.Low.Cmp(a.High) == 0 {
		if a.Low != nil && a.Said == "" {
			return Write(a.Low), ""
		}
		return a.Said, ""
	}
	mid := new(big.Rat).Quo(new(big.Rat).Add(a.Low, a.High), big.NewRat(2, 1))
	return Write(mid), Write(new(big.Rat).Sub(a.High, mid))
}

var (
	boxEscape = strings.NewReplacer(`\`, `\\`, "{", `\{`, "}", `\}`, "|", `\|`)
	boxHide   = strings.NewReplacer("\uFDD0", "", "\uFDD1", "", "\uFDD2", "", "\uFDD3", "", "\uFDD4", "",
		`\\`, "\uFDD0", `\{`, "\uFDD1", `\}`, "\uFDD2", `\|`, "\uFDD3", `\s`, "\uFDD4")
	boxShow = strings.NewReplacer("\uFDD0", `\`, "\uFDD1", "{", "\uFDD2", "}", "\uFDD3", "|", "\uFDD4", " ")
)

// BoxLine writes a box in a line: what stands before it, {key|name}, what stands after it. A space at an end of the line is \s,
// since editors take spaces off.
func BoxLine(b item.Box) string {
	edge := func(s string, first bool) string {
		switch s = boxEscape.Replace(s); {
		case first && strings.HasPrefix(s, " "):
			return `\s` + s[1:]
		case !first && strings.HasSuffix(s, " "):
			return s[:len(s)-1] + `\s`
		}
		return s
	}
	return edge(b.Before, true) + "{" + boxEscape.Replace(b.Key) + "|" + boxEscape.Replace(b.Label) + "}" + edge(b.After, false)
}

// ReadBox reads what BoxLine writes; n is its place, from 1, which names it where nothing else does. ok=false when there is no
// one pair of braces.
func ReadBox(s string, n int) (b item.Box, ok bool) {
	before, rest, ok := strings.Cut(boxHide.Replace(strings.TrimSpace(s)), "{")
	inside, after, closed := strings.Cut(rest, "}")
	if !ok || !closed || strings.ContainsAny(after, "{}") || strings.ContainsAny(before, "}") {
		return b, false
	}
	key, label, _ := strings.Cut(inside, "|")
	show := func(s string) string { return boxShow.Replace(s) }
	b = item.Box{Before: show(before), Key: show(strings.TrimSpace(key)), Label: tidy(show(label)), After: show(after)}
	if b.Label == "" {
		b.Label = first(b.Before, b.After, strconv.Itoa(n))
	}
	return b, b.Key != ""
}
