package oatutor

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"kith/internal/item"
	"kith/internal/item/algebra"
	"kith/internal/item/algebra/form"
	"kith/internal/item/algebra/read"
	"kith/internal/phrase"
)

// asks are words of a question that ask for a form, in the order in which they decide.
var asks = []struct {
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

// mathematics makes an expression or equation of a key that is no plain number, in a form that tells it from what the question
// itself says: copying 2x + 3x is no answer to "Simplify 2x + 3x". What cannot be told apart waits, with the reason.
func mathematics(out *made, question string) {
	text := strings.TrimSpace(strings.ReplaceAll(out.answer, "$$", ""))
	key, err := algebra.NewKey(algebra.Ask{Key: text})
	if err != nil {
		out.why = unreadKey(out.answer, err)
		return
	}
	if plain := key.ReadAs(); plain != text { // what an author reads in an editor
		if again, err := algebra.NewKey(algebra.Ask{Key: plain}); err == nil && again.Check(text).Outcome == algebra.Right && key.Check(plain).Outcome == algebra.Right {
			text, key = plain, again
		}
	}
	own := formulas(question)
	ask := algebra.Ask{Key: text}
	for _, a := range asks {
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
			out.why = phrase.Of("import.oatutor.form")
			return
		}
	}
	out.item.Kind, out.item.Key, out.answer = item.Expression, text, text
	if key.Statement() {
		out.item.Kind = item.Equation
	}
	for _, f := range ask.Forms {
		out.item.Forms = append(out.item.Forms, string(f.Name))
	}
	out.proved, out.why = worthTheSame(question, own, key)
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

// worthTheSame holds a key against a question that asks to write one formula otherwise: both must be worth the same.
func worthTheSame(question string, own []string, key *algebra.Key) (proved bool, why phrase.Phrase) {
	words, _ := parts(question)
	if key.Statement() || len(own) != 1 || strings.ContainsAny(own[0], "=<>") || !rewrites.MatchString(words) || otherWay.MatchString(words) || strings.ContainsAny(words, "0123456789") {
		return false, phrase.Phrase{}
	}
	switch said := key.Check(own[0]); {
	case said.ValueEqual:
		return true, phrase.Phrase{}
	case said.Outcome == algebra.Unreadable:
		return false, phrase.Phrase{}
	}
	return false, phrase.Of("import.oatutor.differs", "answer", key.ReadAs(), "asked", own[0])
}

var (
	rewrites = regexp.MustCompile(`(?i)^\W*(?:simplify|factor|multiply|expand|combine|rationali[sz]e|distribute)\b`)
	otherWay = regexp.MustCompile(`(?i)\b(?:round|nearest|gcf|greatest|common|lcd|using|when|assume|remainder|opposite|reciprocal)\b`)
)

// formulas are a question's formulas, whole.
func formulas(question string) []string {
	var out []string
	for i, part := range strings.Split(question, "$$") {
		if f := strings.TrimSpace(part); i%2 == 1 && f != "" {
			out = append(out, f)
		}
	}
	for _, f := range pieces(question) { // numbers among words
		if !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	return out
}

// unreadKey says why a key is none.
func unreadKey(answer string, err error) phrase.Phrase {
	if strings.Contains(answer, "@{") {
		return phrase.Of("import.oatutor.blank", "answer", answer)
	}
	var e *read.Error
	if errors.As(err, &e) {
		return phrase.Of("import.oatutor.unread", "answer", answer, "at", e.At, "why", string(e.Problem))
	}
	return phrase.Of("import.oatutor.unread", "answer", answer, "at", 1, "why", "unit")
}
