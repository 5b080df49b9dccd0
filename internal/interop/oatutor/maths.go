package oatutor

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"kith/internal/interop/bank"
	"kith/internal/item"
	"kith/internal/item/algebra"
	"kith/internal/item/algebra/read"
	"kith/internal/phrase"
)

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
	forms, ok := bank.Forms(text, question, own)
	if !ok {
		out.why = phrase.Of("import.item.form")
		return
	}
	out.item.Kind, out.item.Key, out.answer = item.Expression, text, text
	if key.Statement() {
		out.item.Kind = item.Equation
	}
	out.item.Forms = forms
	out.proved, out.why = worthTheSame(question, own, key)
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
