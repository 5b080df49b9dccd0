package qti

import (
	entity "html"
	"strconv"
	"strings"

	"kith/internal/interop/bank"
)

// declare writes a response with its right values.
func (w *writer) declare(id, cardinality, base string, right []string) {
	w.b.WriteString(`<qti-response-declaration identifier="` + id + `" cardinality="` + cardinality + `" base-type="` + base + `">`)
	if len(right) > 0 { // an empty list of values is none
		w.b.WriteString("<qti-correct-response>")
	}
	for _, v := range right {
		w.b.WriteString("<qti-value>" + entity.EscapeString(v) + "</qti-value>")
	}
	if len(right) > 0 {
		w.b.WriteString("</qti-correct-response>")
	}
	w.b.WriteString("</qti-response-declaration>\n")
}

// outcomes writes the outcomes that the item uses.
func (w *writer) outcomes(d bank.Entry, feedback string) {
	scorer := ""
	if w.person {
		scorer = ` external-scored="human"`
	}
	w.b.WriteString(`<qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"` + scorer + `><qti-default-value><qti-value>0</qti-value></qti-default-value></qti-outcome-declaration>` + "\n")
	outcome := func(id, cardinality string) {
		w.b.WriteString(`<qti-outcome-declaration identifier="` + id + `" cardinality="` + cardinality + `" base-type="identifier"/>` + "\n")
	}
	if feedback != "" {
		outcome(outcomeFeedback, feedback)
	}
	if len(d.Hints) > 0 {
		outcome(outcomeHint, "multiple")
	}
	if !d.Solution.Empty() {
		outcome(outcomeSolution, "single")
	}
}

// answers writes what is declared of the answers, and gives what stands in the body to enter them and how they are judged.
func (w *writer) answers(d bank.Entry) (ask, processing string) {
	switch d.Kind {
	case bank.Reading:
		w.outcomes(d, "")
		return "", ""
	case bank.One, bank.Several:
		return w.choice(d)
	case bank.Blanks:
		return w.boxes(d)
	case bank.Sequence:
		return w.sequence(d)
	case bank.Pairs, bank.Groups:
		return w.match(d)
	case bank.Spots:
		return w.spots(d)
	case bank.Words:
		return w.words(d)
	case bank.Written:
		return w.written(d)
	case bank.Placed:
		return w.placed(d)
	}
	return w.typed(d)
}

func (w *writer) choice(d bank.Entry) (ask, processing string) {
	cardinality, most := "single", "1"
	if d.Kind == bank.Several {
		cardinality, most = "multiple", "0"
	}
	var right []string
	for n, a := range d.Answers {
		if a.Weight > 0 {
			right = append(right, answerID(n))
		}
	}
	w.declare("RESPONSE", cardinality, "identifier", right)
	w.outcomes(d, cardinality)
	var b strings.Builder
	b.WriteString(`<qti-choice-interaction response-identifier="RESPONSE" max-choices="` + most + `" shuffle="` + strconv.FormatBool(!d.Ordered) + `">` + "\n")
	for n, a := range d.Answers {
		b.WriteString(`<qti-simple-choice identifier="` + answerID(n) + `">` + w.text(a.Text) + "</qti-simple-choice>\n")
	}
	b.WriteString("</qti-choice-interaction>\n")
	return b.String(), "<qti-response-processing>" + scored(matches("RESPONSE")) +
		`<qti-set-outcome-value identifier="` + outcomeFeedback + `"><qti-variable identifier="RESPONSE"/></qti-set-outcome-value></qti-response-processing>` + "\n"
}

func matches(id string) string {
	return `<qti-match><qti-variable identifier="` + id + `"/><qti-correct identifier="` + id + `"/></qti-match>`
}

// scored gives the mark where a condition holds.
func scored(condition string) string {
	return "<qti-response-condition><qti-response-if>" + condition +
		`<qti-set-outcome-value identifier="SCORE"><qti-base-value base-type="float">1</qti-base-value></qti-set-outcome-value></qti-response-if></qti-response-condition>`
}

// says gives feedback where a condition holds.
func says(condition, id string) string {
	return "<qti-response-condition><qti-response-if>" + condition + `<qti-set-outcome-value identifier="` + outcomeFeedback + `"><qti-base-value base-type="identifier">` + id +
		"</qti-base-value></qti-set-outcome-value></qti-response-if></qti-response-condition>"
}

func (w *writer) typed(d bank.Entry) (ask, processing string) {
	base := "string"
	said, off := d.Answers[0].Amount()
	compare := func(s string) string {
		return `<qti-match><qti-variable identifier="RESPONSE"/><qti-base-value base-type="string">` + entity.EscapeString(s) + "</qti-base-value></qti-match>"
	}
	right := matches("RESPONSE")
	if d.Kind == bank.Numeric {
		base = "float"
		equal := func(other, by string) string {
			mode := `tolerance-mode="exact"`
			if by != "" {
				mode = `tolerance-mode="absolute" tolerance="` + by + " " + by + `"`
			}
			return "<qti-equal " + mode + `><qti-variable identifier="RESPONSE"/>` + other + "</qti-equal>"
		}
		compare = func(s string) string { return equal(`<qti-base-value base-type="float">`+s+"</qti-base-value>", "") }
		right = equal(`<qti-correct identifier="RESPONSE"/>`, off)
	}
	w.declare("RESPONSE", "single", base, []string{said})
	w.outcomes(d, "single")
	p := "<qti-response-processing>" + scored(right)
	for n, a := range d.Answers[1:] {
		if said, _ := a.Amount(); !a.Nudge.Empty() {
			p += says(compare(said), answerID(n+1))
		}
	}
	ask = `<div class="` + answerClass + `"><qti-text-entry-interaction response-identifier="RESPONSE"/>`
	if d.Unit != "" {
		ask += " " + entity.EscapeString(d.Unit)
	}
	return ask + "</div>\n", p + "</qti-response-processing>\n"
}

func (w *writer) boxes(d bank.Entry) (ask, processing string) {
	// A number that is no decimal is compared as it is written: programs for QTI know no fractions.
	decimal := func(n int) bool { _, ok := bank.ReadPlain(d.Boxes[n].Key); return ok }
	each := func(n int, value string) string {
		if _, ok := bank.ReadPlain(value); !ok || !decimal(n) {
			return `<qti-match><qti-variable identifier="` + boxID(n) + `"/><qti-base-value base-type="string">` + entity.EscapeString(value) + "</qti-base-value></qti-match>"
		}
		return `<qti-equal tolerance-mode="exact"><qti-variable identifier="` + boxID(n) + `"/><qti-base-value base-type="float">` + value + "</qti-base-value></qti-equal>"
	}
	var keys []string
	for n, x := range d.Boxes {
		base := "float"
		if !decimal(n) {
			base = "string"
		}
		w.declare(boxID(n), "single", base, []string{x.Key})
		keys = append(keys, x.Key)
		ask += `<div class="` + answerClass + `">` + entity.EscapeString(x.Before) + `<qti-text-entry-interaction response-identifier="` + boxID(n) + `"/>` + entity.EscapeString(x.After) + "</div>\n"
	}
	all := func(values []string) string {
		s := "<qti-and>"
		for n, v := range values {
			s += each(n, v)
		}
		return s + "</qti-and>"
	}
	w.outcomes(d, "single")
	p := "<qti-response-processing>" + scored(all(keys))
	for n, a := range d.Answers {
		p += says(all(a.Each), answerID(n))
	}
	return ask, p + "</qti-response-processing>\n"
}

func boxID(n int) string { return "BOX" + strconv.Itoa(n+1) }
