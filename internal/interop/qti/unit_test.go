package qti

import (
	"bytes"
	"regexp"
	"slices"
	"testing"

	"kith/internal/content"
	"kith/internal/course"
	"kith/internal/flow/intake"
	"kith/internal/interop/bank"
	"kith/internal/interop/source"
	"kith/internal/item"
)

// unit is the course that comes along.
func unit(t *testing.T) intake.Bundle {
	t.Helper()
	l, err := course.Load()
	if err != nil {
		t.Fatal(err)
	}
	return intake.Bundle{Source: "kith", Course: l.Course, Units: []content.Unit{l.Unit}, Lessons: l.Lessons, Items: l.Items}
}

// Every item of the unit goes out as other programs can show it and comes back the same; every file holds to the schemas.
func TestWrite_CarriesTheWholeUnit(t *testing.T) {
	in := unit(t)
	out, left, lost := Write(in, options)
	packageConforms(t, out)
	for _, l := range left {
		if l.File == "item" || l.Reason.Code != "export.lesson" {
			t.Errorf("left out: %+v", l)
		}
	}
	for _, l := range lost {
		if l.Reason.Code != "export.one_draw" {
			t.Errorf("lost: %+v", l)
		}
	}
	back, err := Read(out, options)
	if err != nil {
		t.Fatal(err)
	}
	if len(back.Items) != len(in.Items) || len(back.Skipped) > 0 {
		t.Errorf("%d of %d items, skipped %+v", len(back.Items), len(in.Items), back.Skipped)
	}
	if differ := bank.Differ(in, back); len(differ) > 0 {
		t.Errorf("come back otherwise: %v", differ)
	}
	if again, _, _ := Write(back, options); !bytes.Equal(uncommented(t, out), uncommented(t, again)) {
		t.Error("written again, its items are others")
	}
}

var comment = regexp.MustCompile(`(?s)<!--.*?-->\n?`)

// uncommented are the items of a package without what stands in comments.
func uncommented(t *testing.T, out []byte) []byte {
	t.Helper()
	files, err := source.Zip("out.zip", out, maxEach, maxAll)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for name := range files {
		if name != "imsmanifest.xml" && name != "test.xml" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var all []byte
	for _, name := range names {
		all = append(all, comment.ReplaceAll(files[name], nil)...)
	}
	return all
}

// Where another program has changed an item, that counts, and what Kith knew of it does not.
func TestRead_BelievesWhatWasChangedElsewhere(t *testing.T) {
	in := unit(t)
	at := slices.IndexFunc(in.Items, func(it item.Item) bool { return it.Code == "equivalent-ratios/big-jug" })
	in.Items, in.Lessons = in.Items[at:at+1], nil
	w := writer{packing: &packing{files: map[string]intake.BundleFile{}, o: options}, n: 1}
	g := bank.Stills(Kind, in, w.figure)
	text := w.withWhole(g.Entries[0], "i1.xml", w.item(g.Entries[0]))
	read := func(text string) item.Item {
		r := reader{b: bank.New(Kind, options), files: map[string][]byte{}, used: map[string]bool{}}
		for id, f := range w.files {
			r.files[w.picture(id)] = f.Body
		}
		root, err := parse("i1.xml", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := r.item(root, "items/i1.xml", nil); err != nil {
			t.Fatal(err)
		}
		b, err := r.b.Bundle()
		if err != nil || len(b.Items)+len(b.Skipped) != 1 {
			t.Fatal(err, b.Skipped)
		}
		if len(b.Items) == 0 {
			return item.Item{Code: b.Skipped[0].Reason.Code}
		}
		return b.Items[0]
	}
	if it := read(text); len(it.Draw) != 3 || it.Key != "k*b" || len(it.Mistakes) != 3 {
		t.Errorf("%+v", it)
	}
	spaced := regexp.MustCompile(`(</?qti-item-body>)`).ReplaceAllString(text, "\n  $1\n")
	if it := read(spaced); len(it.Draw) != 3 {
		t.Errorf("set on other lines it is another item: %+v", it)
	}
	hints := regexp.MustCompile(`(?s)<qti-modal-feedback outcome-identifier="HINT".*</qti-modal-feedback>`) // they show a figure, which is SVG
	changed := hints.ReplaceAllString(text, "")
	if it := read(changed); len(it.Draw) != 0 || it.Key != "36" || it.Kind != item.Number || len(it.Mistakes) != 3 || it.Mistakes[0].Yields[0] != "15" {
		t.Errorf("%+v", it)
	}
}
