package qti

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/flow/intake"
	"kith/internal/interop/bank"
	"kith/internal/interop/bank/banktest"
	"kith/internal/interop/source"
	"kith/internal/item"
)

var options = bank.Options{File: "orchard.zip", True: "True", False: "False", Licence: "CC0"}

// packed is a folder of the fixtures as a package.
func packed(t testing.TB, dir string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	err := filepath.WalkDir(dir, func(path string, at fs.DirEntry, err error) error {
		if err != nil || at.IsDir() {
			return err
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		w, err := z.Create(filepath.ToSlash(name))
		if err == nil {
			_, err = w.Write(body)
		}
		return err
	})
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// zipped is a package of the files.
func zipped(t testing.TB, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, body := range files {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(body))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func orchard(t testing.TB) intake.Bundle {
	t.Helper()
	b, err := Read(packed(t, "testdata/v2"), options)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestRead_TakesAPackageOfVersion2(t *testing.T) {
	b := orchard(t)
	apples := banktest.Find(t, b, "Apples")
	if apples.ID != "apples" || apples.Kind != item.Choice || apples.Ordered || !apples.Choices[1].Right || apples.Choices[0].Nudge.Plain(nil) != "That is half a crate." || apples.Choices[0].Text.Plain(nil) != "one" ||
		fmt.Sprint(apples.Skills) != "[Fruit/Counting]" {
		t.Errorf("%+v", apples)
	}
	if n := apples.Text.Nodes; len(n) != 3 || n[0].Nodes[1].Text != `\frac{1}{2}` || n[1].Kind != doc.Image || n[1].Alt != "A tree" || len(b.Files) != 1 || n[1].Name != b.Files[0].Code {
		t.Errorf("%+v %+v", n, b.Files)
	}
	if it := banktest.Find(t, b, "Pears"); it.Kind != item.Choices || !it.Ordered || !it.Choices[0].Right || !it.Choices[1].Right || it.Choices[2].Right {
		t.Errorf("%+v", it)
	}
	weight := banktest.Find(t, b, "Weight")
	if weight.Kind != item.Expression || weight.Key != "2.5" || weight.Tolerance != "0.1" || weight.Text.Plain(nil) != "Ten apples weigh _____ kg." || weight.Solution.Plain(nil) != "Four apples are one kilogram." ||
		len(weight.Mistakes) != 1 || weight.Mistakes[0].Yields[0] != "40" || weight.Mistakes[0].Nudge.Empty() {
		t.Errorf("%+v", weight)
	}
	if it := banktest.Find(t, b, "Rows"); it.Kind != item.Blanks || it.Boxes[1].Key != "16" || it.Text.Plain(nil) != "Three rows are (1) _____ trees, four are (2) _____." {
		t.Errorf("%+v", it)
	}
	for _, it := range b.Items {
		if err := item.Check(it); err != nil {
			t.Errorf("%s: %v", it.Code, err)
		}
	}
	var skipped []string
	for _, s := range b.Skipped {
		skipped = append(skipped, s.File+" "+s.ID+" "+s.Reason.Code)
	}
	if it := banktest.Find(t, b, "Story"); it.Kind != item.Long || it.Text.Plain(nil) != "Tell." {
		t.Errorf("%+v", it)
	}
	want := []string{"items/match.xml Match import.item.kind", "items/hot.xml Hot import.item.options",
		"items/gone.xml gone.xml import.qti.missing", "items/broken.xml broken.xml fault.import.xml", "items/drawn.xml Drawn import.qti.drawn"}
	if !slices.Equal(skipped, want) {
		t.Errorf("skipped\n%s", strings.Join(skipped, "\n"))
	}
}

func TestWrite_ReadsBackToTheSame(t *testing.T) {
	for _, dir := range []string{"testdata/v2", "testdata/v3"} {
		readsBack(t, dir)
	}
}

func readsBack(t *testing.T, dir string) {
	t.Helper()
	b, err := Read(packed(t, dir), options)
	if err != nil {
		t.Fatal(err)
	}
	out, left, lost := Write(b, options)
	if len(left)+len(lost) > 0 {
		t.Errorf("left %+v, lost %+v", left, lost)
	}
	o := options
	o.File, o.Licence = "other.zip", ""
	back, err := Read(out, o)
	if err != nil {
		t.Fatal(err)
	}
	banktest.Same(t, b, back, "read back")
	if again, _, _ := Write(back, o); !bytes.Equal(out, again) {
		t.Error("written again, it is another package")
	}
}

// What is written stands to the structure of QTI 3: well formed, in its namespace, every reference answered, the parts of an item
// in the order of its schema (IMS Global, QTI 3.0 Assessment, Section and Item, 2022, table of AssessmentItem).
func TestWrite_StandsToTheStructureOfVersion3(t *testing.T) {
	out, _, _ := Write(orchard(t), options)
	files, err := source.Zip("out.zip", out, maxEach, maxAll)
	if err != nil {
		t.Fatal(err)
	}
	order := []string{"responsedeclaration", "outcomedeclaration", "itembody", "responseprocessing", "modalfeedback"}
	manifest, err := parse("imsmanifest.xml", files["imsmanifest.xml"])
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for _, r := range manifest.find("resource") {
		named[r.attr["href"]] = true
		if files[r.attr["href"]] == nil {
			t.Errorf("the manifest names %s, which is not there", r.attr["href"])
		}
	}
	for name, body := range files {
		if name != "imsmanifest.xml" && !named[name] {
			t.Errorf("%s is not in the manifest", name)
		}
		if !strings.HasPrefix(name, "items/") {
			continue
		}
		var v struct {
			XMLName xml.Name
		}
		if err := xml.Unmarshal(body, &v); err != nil || v.XMLName.Space != itemSpace || v.XMLName.Local != "qti-assessment-item" {
			t.Errorf("%s: %v %v", name, v.XMLName, err)
		}
		root, err := parse(name, body)
		if err != nil {
			t.Fatal(err)
		}
		at, declared := 0, map[string]bool{}
		for _, k := range root.kids {
			if k.name == "" {
				continue
			}
			n := slices.Index(order, k.name)
			if n < at {
				t.Errorf("%s: %s stands after %s", name, k.raw, order[at])
			}
			at = n
			if strings.HasSuffix(k.name, "declaration") {
				declared[k.attr["identifier"]] = true
			}
		}
		root.all(func(n *node) bool {
			for _, a := range []string{"responseidentifier", "outcomeidentifier"} {
				if id, ok := n.attr[a]; ok && !declared[id] {
					t.Errorf("%s: %s names %s, which is not declared", name, n.raw, id)
				}
			}
			if n.name == "variable" || n.name == "setoutcomevalue" || n.name == "correct" {
				if !declared[n.attr["identifier"]] {
					t.Errorf("%s: %s names %s, which is not declared", name, n.raw, n.attr["identifier"])
				}
			}
			return true
		})
	}
}

func TestRead_RefusesArchivesOutOfBounds(t *testing.T) {
	for name, want := range map[string]string{"dotdot.zip": "fault.import.archive", "absolute.zip": "fault.import.archive", "device.zip": "fault.import.archive", "bomb.zip": "fault.import.large",
		"nomanifest.zip": "fault.import.archive", "cut.zip": "fault.import.archive", "entities.xml": "fault.import.xml", "truncated.xml": "fault.import.xml", "utf16.xml": "fault.import.utf16"} {
		b, err := os.ReadFile("testdata/hostile/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Read(b, options); fault.Said(err).Code != want {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
	}
	if _, err := Read([]byte("<html/>"), options); fault.Said(err).Code != "fault.import.xml_root" {
		t.Error(err)
	}
}

// The hostile files are of our own making; each says in its name what it tries.
func TestRead_StandsHostileFiles(t *testing.T) {
	all := map[string][]byte{"deep": []byte(strings.Repeat("<assessmentItem>", 1<<15)), "wide": []byte("<assessmentItem>" + strings.Repeat("<p/>", 1<<17) + "</assessmentItem>"),
		"gaps": []byte(`<assessmentItem><itemBody>` + strings.Repeat(`<textEntryInteraction responseIdentifier="R"/>`, 5000) + `</itemBody></assessmentItem>`)}
	for _, name := range []string{"whole_script.xml", "whole_kind.xml"} { // with the print of the rest, so that the comment is believed
		b, err := os.ReadFile("testdata/hostile/" + name)
		if err != nil {
			t.Fatal(err)
		}
		root, err := parse(name, b)
		if err != nil {
			t.Fatal(err)
		}
		all["believed "+name] = bytes.Replace(bytes.Replace(b, []byte("print: PRINT"), []byte("print: "+root.fingerprint()), 1), []byte("print: 0"), []byte("print: "+root.fingerprint()), 1)
	}
	banktest.Stands(t, options, Read, 22, all)
}

// FuzzRead: whatever stands in an item, reading ends, every item stands up to item.Check, and what is written reads back to the
// same.
func FuzzRead(f *testing.F) {
	for _, dir := range []string{"testdata/v2/items", "testdata/v3/items", "testdata/hostile"} {
		files, err := filepath.Glob(dir + "/*")
		if err != nil {
			f.Fatal(err)
		}
		for _, name := range files {
			b, err := os.ReadFile(name)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(b)
		}
	}
	for _, dir := range []string{"testdata/v2", "testdata/v3"} { // packages, and what we write ourselves
		whole := packed(f, dir)
		f.Add(whole)
		in, err := Read(whole, options)
		if err != nil {
			f.Fatal(err)
		}
		out, _, _ := Write(in, options)
		files, err := source.Zip("out.zip", out, maxEach, maxAll)
		if err != nil {
			f.Fatal(err)
		}
		for _, body := range files {
			f.Add(body)
		}
	}
	banktest.Fuzz(f, options, Read, Write)
}
