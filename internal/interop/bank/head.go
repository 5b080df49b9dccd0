package bank

import (
	"regexp"
	"strings"

	"kith/internal/flow/intake"
	"kith/internal/item"
)

// Head is what a file says of the course as a whole, in lines that other programs pass over: "kith course: fractions".
type Head map[string]string

// The things that a head says, in the order in which they are written.
const (
	headCourse  = "course" // the source's own id of the course
	headTitle   = "title"
	headLang    = "lang"
	headSource  = "source"
	headAuthors = "authors"
	headLicence = "licence"
	headAddress = "address"
)

var headKeys = []string{headCourse, headTitle, headLang, headSource, headAuthors, headLicence, headAddress}

// Note takes a line that may be one of a head; ok=false when it is none. What was said first holds.
func (b *Bank) Note(line string) (ok bool) {
	rest, ok := strings.CutPrefix(strings.TrimSpace(line), "kith ")
	if !ok {
		return false
	}
	key, value, ok := strings.Cut(rest, ":")
	if !ok {
		return false
	}
	for _, k := range headKeys {
		if value = short(tidy(value), maxFolder); k == key && value != "" {
			if _, said := b.head[k]; !said {
				b.head[k] = value
			}
			return true
		}
	}
	return false
}

// Lines are the head as Note reads it.
func (h Head) Lines() []string {
	var out []string
	for _, k := range headKeys {
		if h[k] != "" {
			out = append(out, "kith "+k+": "+h[k])
		}
	}
	return out
}

// Title is the course's title, "" when it is not said.
func (h Head) Title() string { return h[headTitle] }

// Lang is the course's language, "" when it is not said.
func (h Head) Lang() string { return h[headLang] }

// Course is the source's own id of the course, "" when it is not said.
func (h Head) Course() string { return h[headCourse] }

// Title takes the course's title from the format's own place for it; a head's line and the command's word go before.
func (b *Bank) Title(s string) { b.Note("kith title: " + s) }

// Course takes the course's id from the format's own place for it.
func (b *Bank) Course(s string) { b.Note("kith course: " + s) }

// Lang takes the course's language from the format's own place for it.
func (b *Bank) Lang(s string) { b.Note("kith lang: " + s) }

func first(all ...string) string {
	for _, s := range all {
		if s = tidy(s); s != "" {
			return s
		}
	}
	return ""
}

var langTag = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$`)

// lang is the course's language; what is no language tag says nothing.
func (b *Bank) lang() string {
	for _, s := range []string{b.o.Lang, b.head[headLang]} {
		if langTag.MatchString(s) {
			return s
		}
	}
	return "en"
}

// credit is what every item of the bank says of where it comes from.
func (b *Bank) credit(title string) item.Attribution {
	return item.Attribution{Source: first(b.head[headSource], title), Authors: first(b.o.Authors, b.head[headAuthors]),
		Licence: first(b.o.Licence, b.head[headLicence]), URL: b.head[headAddress]}
}

// headOf is what a course says of itself. Where its things come from is taken from the first that says it.
func headOf(kind string, in intake.Bundle) Head {
	h := Head{headCourse: string(in.Course.ID), headTitle: in.Course.Title, headLang: in.Course.Lang}
	var from *item.Attribution
	for _, it := range in.Items {
		if from == nil {
			from = it.Attribution
		}
	}
	for _, l := range in.Lessons {
		if from == nil {
			from = l.Attribution
		}
	}
	if from == nil {
		from = &item.Attribution{Licence: in.Licence}
	}
	h[headSource], h[headAuthors], h[headLicence], h[headAddress] = from.Source, from.Authors, from.Licence, from.URL
	return h
}
