package qti

import (
	entity "html"
	"slices"
	"strconv"
	"strings"

	"kith/internal/interop/html"
)

// answerClass marks the line of an item that Kith wrote, in which its answer is entered: it is no part of the text.
const answerClass = "kith-answer"

// slot stands in a text where something is to be entered.
const slot = "_____"

// unseen are elements that are no part of a text.
var unseen = map[string]bool{"feedbackinline": true, "feedbackblock": true, "modalfeedback": true, "rubricblock": true, "stylesheet": true, "prompt": false,
	"simplechoice": true, "inlinechoice": true, "catalog": true, "cataloginfo": true, "companionmaterialsinfo": true, "simplematchset": true,
	"simpleassociablechoice": true, "gaptext": true, "gapimg": true, "hotspotchoice": true, "associablehotspot": true, "endattemptinteraction": true}

// write writes a node as HTML for package html, which judges it. Elements of QTI go, what is in them stays.
func (i *reading) write(b *strings.Builder, n *node) {
	switch {
	case n.name == "":
		b.WriteString(entity.EscapeString(n.text))
		return
	case n.name == "rubricblock" && forLearners(n):
	case unseen[n.name] || n.attr["class"] == answerClass:
		return
	case graphic[n.name]: // its picture stands apart
		n = &node{name: n.name, raw: n.raw, attr: n.attr, kids: n.find("prompt")}
	case n.name == "gap":
		b.WriteString(i.gap(n))
		return
	case n.name == "object" && strings.HasPrefix(n.attr["type"], "image/"):
		b.WriteString(`<img src="` + entity.EscapeString(n.attr["data"]) + `" alt="` + entity.EscapeString(n.words()) + `">`)
		return
	case n.name == "textentryinteraction" || n.name == "inlinechoiceinteraction":
		b.WriteString(i.place(n))
		return
	}
	qti := !i.maths && !html.Known(n.raw) // QTI's own, and how something is spoken
	if n.name == "math" {
		i.maths = true
		defer func() { i.maths = false }()
	}
	block := n.name == "prompt" || n.name == "rubricblock" || n.name == "include" || strings.HasSuffix(n.name, "interaction")
	switch {
	case block:
		b.WriteString("<div>")
	case !qti:
		b.WriteString("<" + n.raw)
		for _, a := range []string{"src", "alt", "display", "encoding", "class"} {
			if v, ok := n.attr[a]; ok && (a != "class" || v == "kith-pause") {
				b.WriteString(" " + a + `="` + entity.EscapeString(v) + `"`)
			}
		}
		if n.name == "img" || n.name == "br" || n.name == "hr" {
			b.WriteString(">")
			return
		}
		b.WriteString(">")
	}
	for _, k := range n.kids {
		i.write(b, k)
	}
	switch {
	case block:
		b.WriteString("</div>")
	case !qti:
		b.WriteString("</" + n.raw + ">")
	}
}

// graphic are the interactions about a picture.
var graphic = map[string]bool{"hotspotinteraction": true, "selectpointinteraction": true}

// gap is the line that stands for a gap that a word is put into.
func (i *reading) gap(n *node) string {
	if at := slices.Index(i.gaps, n); at >= 0 && len(i.gaps) > 1 {
		return "(" + strconv.Itoa(at+1) + ") " + slot
	}
	return slot
}

// place is the line that stands for a place to enter something, numbered where there are several.
func (i *reading) place(ask *node) string {
	for n, a := range i.asks {
		if a == ask && len(i.asks) > 1 {
			return "(" + strconv.Itoa(n+1) + ") " + slot
		}
	}
	return slot
}
