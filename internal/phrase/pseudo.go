package phrase

import (
	"strings"
	"unicode/utf8"
)

// Pseudo-locales are made from English when asked for. They find, in a test, text that is not from a catalogue, layouts
// that break when words get longer, and layouts that do not mirror.
const (
	PseudoLong = "en-XA" // accented, a third longer, in white square brackets: ⟦Ĥöɱé ~~⟧
	PseudoRTL  = "ar-XB" // written from right to left
)

// accents keep every letter readable and mark it as passed through the catalogue.
var accents = strings.NewReplacer(
	"a", "å", "b", "ƀ", "c", "ç", "d", "ð", "e", "é", "f", "ƒ", "g", "ĝ", "h", "ĥ", "i", "î", "j", "ĵ", "k", "ķ", "l", "ļ", "m", "ɱ",
	"n", "ñ", "o", "ö", "p", "þ", "q", "ǫ", "r", "ŕ", "s", "š", "t", "ţ", "u", "û", "v", "ṽ", "w", "ŵ", "x", "ẋ", "y", "ý", "z", "ž",
	"A", "Å", "B", "Ɓ", "C", "Ç", "D", "Ð", "E", "É", "F", "Ƒ", "G", "Ĝ", "H", "Ĥ", "I", "Î", "J", "Ĵ", "K", "Ķ", "L", "Ļ", "M", "Ṁ",
	"N", "Ñ", "O", "Ö", "P", "Þ", "Q", "Ǫ", "R", "Ŕ", "S", "Š", "T", "Ţ", "U", "Û", "V", "Ṽ", "W", "Ŵ", "X", "Ẋ", "Y", "Ý", "Z", "Ž",
)

func longer(parts []part) []part {
	n := 0
	out := mapText(parts, func(s string) string {
		n += utf8.RuneCountInString(s)
		return accents.Replace(s)
	})
	pad := strings.Repeat(" ~~~", (n*3+39)/40) // three tenths more
	if n < 4 {
		pad = ""
	}
	return append(append([]part{{kind: partText, text: "⟦"}}, out...), part{kind: partText, text: pad + "⟧"})
}

// turned puts each text run into a right-to-left override, so that it reads mirrored and takes the place it would take.
func turned(parts []part) []part {
	return mapText(parts, func(s string) string {
		if strings.TrimSpace(s) == "" {
			return s
		}
		return "\u202e" + s + "\u202c"
	})
}

func mapText(parts []part, change func(string) string) []part {
	out := make([]part, len(parts))
	for i, p := range parts {
		if p.kind == partText {
			p.text = change(p.text)
		}
		cases := make([]branch, len(p.cases))
		for j, c := range p.cases {
			cases[j] = branch{c.key, mapText(c.parts, change)}
		}
		p.cases = cases
		out[i] = p
	}
	return out
}
