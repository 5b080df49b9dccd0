package bank

import (
	"regexp"
	"slices"

	"kith/internal/item/algebra"
	"kith/internal/item/algebra/form"
)

// asksFor are words of a question that ask for a form, in the order in which they decide.
var asksFor = []struct {
	word *regexp.Regexp
	form form.Name
}{
	{regexp.MustCompile(`(?i)\bfactor`), form.Factored},
	{regexp.MustCompile(`(?i)\bscientific`), form.Scientific},
	{regexp.MustCompile(`(?i)\brationali[sz]`), form.Rationalised},
	{regexp.MustCompile(`(?i)\bslope.intercept`), form.SlopeIntercept},
	{regexp.MustCompile(`(?i)\bmixed number`), form.Mixed},
	{regexp.MustCompile(`(?i)\bimproper`), form.Improper},
	{regexp.MustCompile(`(?i)\b(to|as) an? percent`), form.Percent},
	{regexp.MustCompile(`(?i)\b(to|as) an? decimal`), form.Decimal},
	{regexp.MustCompile(`(?i)\b(to|as) an? fraction`), form.Lowest},
	{regexp.MustCompile(`(?i)\b(multiply|expand|distribut)`), form.Expanded},
	{regexp.MustCompile(`(?i)\b(simplif|combine like|add|subtract|divide|reduce|lowest terms|find the (sum|product|difference|quotient))`), form.Simplified},
}

// apart are forms that may tell an answer from the question's own words where these ask for none, the weakest first.
var apart = []form.Name{form.Lowest, form.Decimal, form.Percent, form.Fraction, form.Simplified, form.Expanded, form.Factored, form.Radical,
	form.Rationalised, form.Scientific, form.Mixed, form.Positive, form.Inequality, form.Interval, form.SlopeIntercept}

// Forms are the forms in which a key must be written so that it is told from what the question itself says: copying 2x + 3x is no
// answer to "Simplify 2x + 3x". question is its words, own are its formulas. ok=false when nothing that Kith can ask for tells them
// apart.
func Forms(key, question string, own []string) (names []string, ok bool) {
	ask := algebra.Ask{Key: key}
	for _, a := range asksFor {
		if a.word.MatchString(question) && met(ask, a.form) {
			ask.Forms = []form.Form{{Name: a.form}}
			break
		}
	}
	if !tellsApart(ask, own) {
		found := false
		for _, name := range apart {
			more := ask
			more.Forms = append(slices.Clone(ask.Forms), form.Form{Name: name})
			if met(ask, name) && tellsApart(more, own) {
				ask, found = more, true
				break
			}
		}
		if !found {
			return nil, false
		}
	}
	for _, f := range ask.Forms {
		names = append(names, string(f.Name))
	}
	return names, true
}

// met reports whether a key is itself written in a form.
func met(a algebra.Ask, name form.Name) bool {
	a.Forms = []form.Form{{Name: name}}
	k, err := algebra.NewKey(a)
	return err == nil && k.Check(a.Key).Outcome == algebra.Right
}

// tellsApart reports whether a key takes itself, and nothing that the question says. An equation whose key is solved asks for that
// without being told (package item).
func tellsApart(a algebra.Ask, own []string) bool {
	k, err := algebra.NewKey(a)
	if err != nil || k.Check(a.Key).Outcome != algebra.Right {
		return false
	}
	solved := form.Form{Name: form.Solved}
	if len(a.Forms) == 0 && k.Has(solved) {
		a.Forms = []form.Form{solved}
		if k, err = algebra.NewKey(a); err != nil {
			return false
		}
	}
	return !slices.ContainsFunc(own, func(f string) bool { return k.Check(f).Outcome == algebra.Right })
}
