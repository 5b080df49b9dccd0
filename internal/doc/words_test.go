package doc

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"kith/internal/fault"
	"kith/internal/phrase"
)

// TestFaults_AreWorded reads the sources for the codes that they refuse with, and the catalogue for their words.
func TestFaults_AreWorded(t *testing.T) {
	words, err := phrase.Load()
	if err != nil {
		t.Fatal(err)
	}
	call := regexp.MustCompile(`(?:(refuse\(|bad\([^"\n]*)"|(fail\([^,\n]*, )"|"(fault\.doc\.))([a-z_0-9]+)"`)
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		source, err := os.ReadFile(f.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range call.FindAllStringSubmatch(string(source), -1) {
			code := "fault.doc." + m[4]
			if m[4] == "arg_" { // what fail adds to
				continue
			}
			if m[2] != "" {
				code = "fault.doc.arg_" + m[4]
			}
			found[code] = true
			if !words.Has(code) {
				t.Errorf("%s: %s has no words", f.Name(), code)
			}
		}
	}
	if len(found) < 40 {
		t.Errorf("only %d codes were found in the sources", len(found))
	}
	for _, key := range words.Keys() {
		if regexp.MustCompile(`^fault\.doc\.`).MatchString(key) && !found[key] {
			t.Errorf("%s has words and is never said", key)
		}
	}
	_, err = Parse("a\n\nb\n- c", Options{})
	if got, want := words.Say("en", fault.Said(err)), "Line 4: Leave an empty line before this line. Each heading, list, table and figure stands on its own. Nothing was saved."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	err = Doc{Nodes: []Node{{Kind: Paragraph}}}.Validate()
	if got, want := words.Say("en", fault.Said(err)), "There is an empty part: a list item, a quote, a pause or a mark with nothing in it. Nothing was saved."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
