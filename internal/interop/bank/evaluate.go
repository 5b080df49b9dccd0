package bank

import (
	"regexp"
	"strings"

	"kith/internal/doc"
	"kith/internal/item"
	"kith/internal/item/algebra"
	"kith/internal/phrase"
)

var (
	// asksValue and asksRoot are questions that can be worked out from their own words; only these two, only in English.
	asksValue = regexp.MustCompile(`(?i)^(?:evaluate|calculate|work out|find the value of)\s+(.{1,120}?),?\s+(?:when|for|if|at|where)\s+([^.?]{1,80})[.?]?$`)
	asksRoot  = regexp.MustCompile(`(?i)^solve\s+(?:the equation\s+|for [a-z][:,]?\s+)?([^=<>≤≥]{1,80})=([^=<>≤≥]{1,80}?)(?:\s+for\s+[a-z])?[.?]?$`)
	setting   = regexp.MustCompile(`^([a-zA-Z])\s*=\s*([-−]?\d{1,9}(?:\.\d{1,9})?)$`)
	between   = regexp.MustCompile(`\s*(?:,|\band\b)\s*`)
	atoms     = regexp.MustCompile(`\\[a-zA-Z]+|[a-zA-Z]+`)
)

// disagrees works a question out from its own words and says so when the key is something else: "Evaluate 3x + 2 when x = 4",
// "Solve 2x = 6". What cannot be worked out for certain is not doubted.
func disagrees(it item.Item) phrase.Phrase {
	if len(it.Draw)+len(it.Let) > 0 || it.Tolerance != "" || it.Kind != item.Number && it.Kind != item.Fraction && it.Kind != item.Expression {
		return phrase.Phrase{}
	}
	asked := wordsOf(it.Text)
	if m := asksValue.FindStringSubmatch(asked); m != nil {
		at := map[string]string{}
		for _, s := range between.Split(strings.TrimSpace(m[2]), 6) {
			v := setting.FindStringSubmatch(s)
			if v == nil || at[v[1]] != "" {
				return phrase.Phrase{}
			}
			at[v[1]] = v[2]
		}
		if formula, used, ok := put(m[1], at); ok && used == len(at) && differ(formula, it.Key) {
			return phrase.Of("import.doubt.evaluate", "key", short(it.Key, 60), "asked", short(asked, 120))
		}
	}
	if m := asksRoot.FindStringSubmatch(asked); m != nil {
		letter := ""
		for _, a := range atoms.FindAllString(m[1]+" "+m[2], -1) {
			if a[0] != '\\' && (len(a) > 1 || letter != "" && letter != a) {
				return phrase.Phrase{}
			} else if a[0] != '\\' {
				letter = a
			}
		}
		at := map[string]string{letter: it.Key}
		left, _, okLeft := put(m[1], at)
		right, _, okRight := put(m[2], at)
		if letter != "" && okLeft && okRight && differ(left, right) {
			return phrase.Of("import.doubt.evaluate", "key", short(it.Key, 60), "asked", short(asked, 120))
		}
	}
	return phrase.Phrase{}
}

// wordsOf is a text of one paragraph with its mathematics as TeX; "" for any other.
func wordsOf(d doc.Doc) string {
	if len(d.Nodes) != 1 || d.Nodes[0].Kind != doc.Paragraph {
		return ""
	}
	var b strings.Builder
	var walk func(nodes []doc.Node)
	walk = func(nodes []doc.Node) {
		for _, n := range nodes {
			b.WriteString(n.Text)
			walk(n.Nodes)
		}
	}
	walk(d.Nodes[0].Nodes)
	return strings.TrimSpace(strings.ReplaceAll(b.String(), "−", "-"))
}

// put puts values in the place of letters, and says of how many; ok=false when a letter has none.
func put(formula string, at map[string]string) (out string, n int, ok bool) {
	ok = true
	used := map[string]bool{}
	out = atoms.ReplaceAllStringFunc(formula, func(a string) string {
		if a[0] == '\\' {
			return a
		}
		var b strings.Builder
		for _, letter := range strings.Split(a, "") {
			v, known := at[letter]
			ok, used[letter] = ok && known, true
			b.WriteString("(" + v + ")")
		}
		return b.String()
	})
	return out, len(used), ok
}

// differ reports whether two formulas without letters surely have two values.
func differ(a, b string) bool {
	if len(a) > maxMaths || len(b) > maxMaths {
		return false
	}
	key, err := algebra.NewKey(algebra.Ask{Key: a})
	if err != nil {
		return false
	}
	said := key.Check(b)
	return said.Outcome == algebra.NotYet && !said.ValueEqual
}
