package qti

import (
	"bytes"
	entity "html"
	"image"
	_ "image/gif" // the pictures that a course may hold
	_ "image/jpeg"
	_ "image/png"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"kith/internal/interop/bank"
	"kith/internal/item"
)

// graded ends response processing that gives the mark for the declared answer.
func graded(more string) string {
	return "<qti-response-processing>" + scored(matches("RESPONSE")) + more + "</qti-response-processing>\n"
}

// sequence writes things to put in order; their own order is the right one, and whoever shows them shuffles.
func (w *writer) sequence(d bank.Entry) (ask, processing string) {
	var right []string
	for n := range d.Answers {
		right = append(right, answerID(n))
	}
	w.declare("RESPONSE", "ordered", "identifier", right)
	w.outcomes(d, "single")
	ask = `<qti-order-interaction response-identifier="RESPONSE" shuffle="true">` + "\n"
	for n, a := range d.Answers {
		ask += `<qti-simple-choice identifier="` + answerID(n) + `">` + w.text(a.Text) + "</qti-simple-choice>\n"
	}
	more := ""
	for n, o := range d.Wrong {
		if o.Nudge.Empty() {
			continue
		}
		order := `<qti-match><qti-variable identifier="RESPONSE"/><qti-ordered>`
		for _, s := range o.Each {
			order += `<qti-base-value base-type="identifier">a` + s + "</qti-base-value>"
		}
		more += says(order+"</qti-ordered></qti-match>", wrongID(n))
	}
	return ask + "</qti-order-interaction>\n", graded(more)
}

func wrongID(n int) string { return "o" + strconv.Itoa(n+1) }

func groupID(n int) string { return "g" + strconv.Itoa(n+1) }

// match writes pairs, with the prompts first, and groups, with what goes into them first.
func (w *writer) match(d bank.Entry) (ask, processing string) {
	groups := d.Kind == bank.Groups
	pair := func(a, g int) string {
		if groups {
			return answerID(a) + " " + groupID(g)
		}
		return groupID(g) + " " + answerID(a)
	}
	var right []string
	for n, a := range d.Answers {
		if a.Into != item.Nowhere {
			right = append(right, pair(n, a.Into))
		}
	}
	w.declare("RESPONSE", "multiple", "directedPair", right)
	w.outcomes(d, "single")
	set := func(id func(int) string, texts []string, most string) string {
		s := "<qti-simple-match-set>\n"
		for n, t := range texts {
			s += `<qti-simple-associable-choice identifier="` + id(n) + `" match-max="` + most + `">` + t + "</qti-simple-associable-choice>\n"
		}
		return s + "</qti-simple-match-set>\n"
	}
	var prompts, answers []string
	for _, p := range d.Prompts {
		prompts = append(prompts, w.text(p))
	}
	for _, a := range d.Answers {
		answers = append(answers, w.text(a.Text))
	}
	ask = `<qti-match-interaction response-identifier="RESPONSE" shuffle="true" max-associations="` + strconv.Itoa(len(right)) + `">` + "\n"
	if groups {
		ask += set(answerID, answers, "1") + set(groupID, prompts, "0")
	} else {
		ask += set(groupID, prompts, "1") + set(answerID, answers, "1")
	}
	more := ""
	for n, a := range d.Answers {
		if a.Nudge.Empty() {
			continue
		}
		elsewhere := "<qti-or>"
		for g := range d.Prompts {
			if g != a.Into {
				elsewhere += `<qti-member><qti-base-value base-type="directedPair">` + pair(n, g) + `</qti-base-value><qti-variable identifier="RESPONSE"/></qti-member>`
			}
		}
		more += says(elsewhere+"</qti-or>", answerID(n))
	}
	return ask + "</qti-match-interaction>\n", graded(more)
}

// spots writes places on a picture, in its own points.
func (w *writer) spots(d bank.Entry) (ask, processing string) {
	id, alt := d.PictureID()
	wide, high := w.size(id)
	if id == "" || wide == 0 {
		w.bad = true
		return "", ""
	}
	w.shown = append(w.shown, id)
	var right []string
	for n, a := range d.Answers {
		if a.Weight > 0 {
			right = append(right, answerID(n))
		}
	}
	cardinality, most := "single", "1"
	if len(right) > 1 {
		cardinality, most = "multiple", "0"
	}
	w.declare("RESPONSE", cardinality, "identifier", right)
	w.outcomes(d, cardinality)
	ask = `<qti-hotspot-interaction response-identifier="RESPONSE" max-choices="` + most + `">` + "\n" + `<img src="../` + w.picture(id) + `" alt="` + entity.EscapeString(alt) +
		`" width="` + strconv.Itoa(wide) + `" height="` + strconv.Itoa(high) + `"/>` + "\n"
	for n, a := range d.Answers {
		shape, coords := shapeOf(*a.Area, wide, high)
		ask += `<qti-hotspot-choice identifier="` + answerID(n) + `" shape="` + shape + `" coords="` + coords + `" hotspot-label="` + entity.EscapeString(a.Text.Plain(nil)) + `"/>` + "\n"
	}
	return ask + "</qti-hotspot-interaction>\n", graded(`<qti-set-outcome-value identifier="` + outcomeFeedback + `"><qti-variable identifier="RESPONSE"/></qti-set-outcome-value>`)
}

// size is how wide and high a picture is.
func (p *packing) size(id string) (wide, high int) {
	if p.files[id].Type == "image/svg+xml" {
		return drawnSize(p.files[id].Body)
	}
	cfg, _, err := image.DecodeConfig(bytes.NewReader(p.files[id].Body))
	if err != nil {
		return 0, 0
	}
	return cfg.Width, cfg.Height
}

// shapeOf is an area in a picture's points.
func shapeOf(a item.Area, wide, high int) (shape, coords string) {
	x := func(n int) int { return (n*wide + 500) / 1000 }
	y := func(n int) int { return (n*high + 500) / 1000 }
	var at []int
	switch {
	case len(a.Points) > 0:
		shape = "poly"
		for n, p := range a.Points {
			if n%2 == 0 {
				at = append(at, x(p))
			} else {
				at = append(at, y(p))
			}
		}
	case a.Round:
		shape, at = "ellipse", []int{x(2*a.X+a.Width) / 2, y(2*a.Y+a.Height) / 2, max(x(a.Width)/2, 1), max(y(a.Height)/2, 1)}
	default:
		shape, at = "rect", []int{x(a.X), y(a.Y), x(a.X + a.Width), y(a.Y + a.Height)}
	}
	var out []string
	for _, n := range at {
		out = append(out, strconv.Itoa(n))
	}
	return shape, strings.Join(out, ",")
}

// words writes a short text: the texts that are right, a pattern for more, and what is said to known others.
func (w *writer) words(d bank.Entry) (ask, processing string) {
	cased := slices.Contains(d.Exact, item.ExactCase)
	var right []string
	for _, a := range d.Answers {
		if a.Weight > 0 {
			right = append(right, a.Said)
		}
	}
	w.mapped("RESPONSE", right, cased)
	w.outcomes(d, "single")
	same := func(s string) string {
		return `<qti-string-match case-sensitive="` + strconv.FormatBool(cased) + `"><qti-variable identifier="RESPONSE"/><qti-base-value base-type="string">` + entity.EscapeString(s) + "</qti-base-value></qti-string-match>"
	}
	any := "<qti-or>"
	for _, s := range right {
		any += same(s)
	}
	if d.Pattern != "" {
		any += `<qti-pattern-match pattern="` + entity.EscapeString(d.Pattern) + `"><qti-variable identifier="RESPONSE"/></qti-pattern-match>`
	}
	p := "<qti-response-processing>" + scored(any+"</qti-or>")
	for n, a := range d.Answers {
		if a.Weight <= 0 && !a.Nudge.Empty() {
			p += says(same(a.Said), answerID(n))
		}
	}
	return `<div class="` + answerClass + `"><qti-text-entry-interaction response-identifier="RESPONSE"/></div>` + "\n", p + "</qti-response-processing>\n"
}

// mapped declares a text that may be right in several ways.
func (w *writer) mapped(id string, right []string, cased bool) {
	w.b.WriteString(`<qti-response-declaration identifier="` + id + `" cardinality="single" base-type="string"><qti-correct-response><qti-value>` + entity.EscapeString(right[0]) +
		`</qti-value></qti-correct-response><qti-mapping default-value="0">`)
	for _, s := range right {
		w.b.WriteString(`<qti-map-entry map-key="` + entity.EscapeString(s) + `" mapped-value="1" case-sensitive="` + strconv.FormatBool(cased) + `"/>`)
	}
	w.b.WriteString("</qti-mapping></qti-response-declaration>\n")
}

// sentTypes are the types of files that an upload takes.
var sentTypes = map[item.Sends]string{item.SendsPhotos: "image/jpeg image/png", item.SendsDocuments: "application/pdf", item.SendsBoth: "image/jpeg image/png application/pdf"}

// written writes what a person judges, with the rubric for whoever marks it.
func (w *writer) written(d bank.Entry) (ask, processing string) {
	base := "string"
	if d.Photo {
		base = "file"
	}
	w.declare("RESPONSE", "single", base, nil)
	w.person = true
	w.outcomes(d, "")
	if len(d.Rubric) > 0 {
		ask = `<qti-rubric-block view="scorer" use="scoring"><qti-content-body><table><tbody>`
		for _, c := range d.Rubric {
			ask += "<tr><td>" + entity.EscapeString(c.Name) + "</td>"
			for _, l := range c.Levels {
				ask += "<td>" + entity.EscapeString(l) + "</td>"
			}
			ask += "</tr>"
		}
		ask += "</tbody></table></qti-content-body></qti-rubric-block>\n"
	}
	if d.Photo {
		return ask + `<qti-upload-interaction response-identifier="RESPONSE" type="` + sentTypes[d.Sends] + `"/>` + "\n", ""
	}
	return ask + `<qti-extended-text-interaction response-identifier="RESPONSE"/>` + "\n", ""
}

// placed writes what is placed on axes: one number on a line as a slider, the rest to be typed as mathematics. Kith's own axes stand in
// a note.
func (w *writer) placed(d bank.Entry) (ask, processing string) {
	key := d.Answers[0].Said
	base := "string"
	same := func(s string) string {
		return `<qti-match><qti-variable identifier="RESPONSE"/><qti-base-value base-type="string">` + entity.EscapeString(s) + "</qti-base-value></qti-match>"
	}
	ask = `<div class="` + answerClass + `"><qti-text-entry-interaction response-identifier="RESPONSE"/></div>` + "\n"
	if from, to, step, ok := slides(d); ok {
		base = "float"
		ask = `<qti-slider-interaction response-identifier="RESPONSE" lower-bound="` + from + `" upper-bound="` + to + `" step="` + step + `"/>` + "\n"
		same = func(s string) string {
			return `<qti-equal tolerance-mode="exact"><qti-variable identifier="RESPONSE"/><qti-base-value base-type="float">` + s + "</qti-base-value></qti-equal>"
		}
	}
	w.declare("RESPONSE", "single", base, []string{key})
	w.outcomes(d, "single")
	p := "<qti-response-processing>" + scored(same(key))
	for n, a := range d.Answers[1:] {
		if _, ok := bank.ReadPlain(a.Said); !a.Nudge.Empty() && (ok || base == "string") {
			p += says(same(a.Said), answerID(n+1))
		}
	}
	return ask, p + "</qti-response-processing>\n"
}

// slides reports whether one number on a line can be found with a slider, which the schema lets begin at no number below 0.
func slides(d bank.Entry) (from, to, step string, ok bool) {
	axes, err := item.ParseAxes(d.Axes)
	if _, plain := bank.ReadPlain(d.Answers[0].Said); err != nil || !plain || d.On != item.NumberLine {
		return "", "", "", false
	}
	var out [3]string
	for n, s := range []string{axes.X.From, axes.X.To, axes.X.Snap} {
		v, read := bank.ReadNumeral(s, "en")
		if !read || v.Unit != "" || v.Value.Cmp(new(big.Rat)) < 0 {
			return "", "", "", false
		}
		out[n] = bank.Write(v.Value)
		if strings.Contains(out[n], "/") {
			return "", "", "", false
		}
	}
	return out[0], out[1], out[2], true
}
