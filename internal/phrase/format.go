package phrase

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// formatter words one message in one locale. lacks collects the names of arguments that were not given.
type formatter struct {
	tag     language.Tag
	isolate bool
	args    Args
	lacks   []string
}

func (f *formatter) format(parts []part, hash string) string {
	var b strings.Builder
	for _, p := range parts {
		switch p.kind {
		case partText:
			b.WriteString(p.text)
		case partHash:
			b.WriteString(hash)
		case partArg:
			said, _ := f.value(p.name)
			if f.isolate {
				// First strong isolate: a Latin name stays whole within Arabic, and the other way round.
				said = "\u2068" + said + "\u2069"
			}
			b.WriteString(said)
		default:
			said, ok := f.value(p.name)
			inner := hash
			if p.kind == partPlural {
				inner = said
			}
			b.WriteString(f.format(f.pick(p, said, ok), inner))
		}
	}
	return b.String()
}

// value is an argument as text; one that is not given is its name in brackets.
func (f *formatter) value(name string) (said string, ok bool) {
	v, ok := f.args[name]
	if !ok {
		f.lacks = append(f.lacks, name)
		return "[" + name + "]", false
	}
	return sayValue(v), true
}

// sayValue words a value as JavaScript's String does for every number below 1e21: 3, 0.5, -2.
func sayValue(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case float32:
		return strconv.FormatFloat(float64(v), 'f', -1, 32)
	case json.Number:
		return v.String()
	default:
		return fmt.Sprint(v)
	}
}

func (f *formatter) pick(p part, said string, given bool) []part {
	other, _ := p.branch("other")
	if !given {
		return other
	}
	if p.kind == partSelect {
		if parts, ok := p.branch(said); ok {
			return parts
		}
		return other
	}
	n, err := strconv.ParseFloat(said, 64)
	if err != nil {
		return other
	}
	plain := strconv.FormatFloat(n, 'f', -1, 64)
	if parts, ok := p.branch("=" + plain); ok {
		return parts
	}
	if parts, ok := p.branch(category(f.tag, plain)); ok {
		return parts
	}
	return other
}

var categories = map[plural.Form]string{
	plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Other: "other",
}

// category is the CLDR cardinal category of a plain decimal number in a language (Unicode TR 35, operands i v w f t).
func category(tag language.Tag, plain string) string {
	whole, frac, _ := strings.Cut(strings.TrimPrefix(plain, "-"), ".")
	if len(whole) > 9 { // the rules look at the last digits and at "many millions"; keep the operand within int
		whole = "1" + whole[len(whole)-8:]
	}
	i, _ := strconv.Atoi(whole)
	fd, _ := strconv.Atoi(frac)
	// A plain number has no trailing zeros: w is v and t is f.
	return categories[plural.Cardinal.MatchPlural(tag, i, len(frac), len(frac), fd, fd)]
}
