package moodlexml

import (
	"bytes"
	"encoding/xml"
	"slices"
	"strings"
	"testing"

	"kith/internal/course"
	"kith/internal/flow/intake"
	"kith/internal/interop/bank"
	"kith/internal/item"
)

// The course that comes along goes out as Moodle can show it, drawn numbers and figures too, and comes back as it was. What Moodle has
// no type for is listed by hand.
func TestWrite_TheCourseGoesOutAndComesBack(t *testing.T) {
	l, err := course.Load()
	if err != nil {
		t.Fatal(err)
	}
	in := intake.Bundle{Course: l.Course, Lessons: l.Lessons}
	for _, it := range l.Items {
		it.ID = item.ID(it.Code)
		in.Items = append(in.Items, it)
	}
	o := bank.Options{File: "x", True: "True", False: "False"}
	out, left, _ := Write(in, o)
	back, err := Read(out, o)
	if err != nil {
		t.Fatal(err)
	}
	gone := []string{"equivalent-ratios/row-marks", "unit-rate/snail-line", "graph-proportional/granola-pairs", "graph-proportional/candle-line", "line-from-story/card-alone"}
	less := append(slices.Clone(gone), "ratio-language/name-it") // a pattern
	if differ := bank.Differ(in, back); !slices.Equal(slices.Sorted(slices.Values(differ)), slices.Sorted(slices.Values(less))) {
		t.Errorf("come back otherwise: %q, want %q", differ, less)
	}
	if items := len(in.Items) - len(gone); len(back.Items) != items || len(left) != len(gone)+1 { // and one lesson, which is a film
		t.Errorf("%d items come back, want %d; %d left out", len(back.Items), items, len(left))
	}
	if bytes.Contains(out, []byte("[[")) && strings.Contains(shown(t, out), "[[") {
		t.Error("somebody would read an expression in the place of its number")
	}
}

// shown is all that is no comment.
func shown(t *testing.T, file []byte) string {
	t.Helper()
	var b strings.Builder
	for d := xml.NewDecoder(bytes.NewReader(file)); ; {
		token, err := d.Token()
		if err != nil {
			return b.String()
		}
		if text, ok := token.(xml.CharData); ok && !bytes.HasPrefix(bytes.TrimSpace(text), []byte("PHN2Zy")) { // a picture
			b.Write(text)
		}
	}
}

// Somebody has changed the item in Moodle: what they wrote counts, not the comment.
func TestRead_WhatWasChangedElsewhereCounts(t *testing.T) {
	l, err := course.Load()
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(l.Items, func(it item.Item) bool { return it.Kind == item.Number && len(it.Draw) > 0 && len(it.Hints) > 0 })
	it := l.Items[at]
	it.ID = item.ID(it.Code)
	o := bank.Options{File: "x", True: "True", False: "False"}
	out, _, _ := Write(intake.Bundle{Course: l.Course, Items: []item.Item{it}}, o)
	back, err := Read(out, o)
	if err != nil || len(back.Items) != 1 || len(back.Items[0].Draw) != len(it.Draw) {
		t.Fatalf("unchanged: %v, %+v", err, back.Items)
	}
	back, err = Read(bytes.Replace(out, []byte("<questiontext format=\"html\"><text>"), []byte("<questiontext format=\"html\"><text>&lt;p&gt;Listen.&lt;/p&gt;"), 1), o)
	if err != nil || len(back.Items) != 1 || len(back.Items[0].Draw) != 0 {
		t.Fatalf("changed: %v, %+v", err, back.Items)
	}
}

// The comment is anybody's: what stands in it is checked like all that comes in.
func TestRead_TakesNoHostileWhole(t *testing.T) {
	l, err := course.Load()
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(l.Items, func(it item.Item) bool { return it.Kind == item.Number && len(it.Draw) > 0 })
	it := l.Items[at]
	it.ID = item.ID(it.Code)
	o := bank.Options{File: "x", True: "True", False: "False"}
	out, _, _ := Write(intake.Bundle{Course: l.Course, Items: []item.Item{it}}, o)
	for what, with := range map[string][2]string{
		"a script":          {"&#34;k&#34;:&#34;p&#34;", "&#34;k&#34;:&#34;script&#34;"},
		"a kind of nobody":  {"&#34;kind&#34;:&#34;number&#34;", "&#34;kind&#34;:&#34;wish&#34;"},
		"no JSON":           {"&#34;kind&#34;:", "&#34;kind&#34;"},
		"numbers that none": {"&#34;draw&#34;:[", "&#34;draw&#34;:[{},"},
	} {
		bad := bytes.Replace(out, []byte(with[0]), []byte(with[1]), 1)
		if bytes.Equal(bad, out) {
			t.Errorf("%s: nothing was changed", what)
			continue
		}
		back, err := Read(bad, o)
		if err != nil {
			continue
		}
		for _, it := range back.Items {
			if err := item.Check(it); err != nil || it.Kind == "wish" {
				t.Errorf("%s: an item came in that is none: %v", what, err)
			}
		}
	}
}
