package itemcsv

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"kith/internal/fault"
	"kith/internal/flow/intake"
	"kith/internal/interop/bank"
	"kith/internal/item"
)

var options = bank.Options{File: "kitchen.csv", True: "True", False: "False", Licence: "CC0"}

func read(t testing.TB, text string) intake.Bundle {
	t.Helper()
	b, err := Read([]byte(text), options)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func fixture(t testing.TB) string {
	t.Helper()
	b, err := os.ReadFile("testdata/kitchen.csv")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func find(t *testing.T, b intake.Bundle, code string) item.Item {
	t.Helper()
	for _, it := range b.Items {
		if it.Code == code {
			return it
		}
	}
	t.Fatalf("%s was not taken: %+v", code, b.Skipped)
	return item.Item{}
}

// same compares bundles without their reports.
func same(t *testing.T, a, b intake.Bundle, what string) {
	t.Helper()
	a.Skipped, a.Doubts, b.Skipped, b.Doubts = nil, nil, nil, nil
	a.Items, b.Items = slices.Clone(a.Items), slices.Clone(b.Items)
	byID := func(x, y item.Item) int { return strings.Compare(string(x.ID), string(y.ID)) }
	slices.SortFunc(a.Items, byID)
	slices.SortFunc(b.Items, byID)
	if !reflect.DeepEqual(a, b) {
		was, _ := json.MarshalIndent(a, "", " ")
		is, _ := json.MarshalIndent(b, "", " ")
		t.Errorf("%s\nwas %s\n is %s", what, was, is)
	}
}

func TestWrite_ReadsBackToTheSame(t *testing.T) {
	b := read(t, fixture(t))
	out, left, lost := Write(b, options)
	if len(left)+len(lost) > 0 {
		t.Errorf("left %+v, lost %+v", left, lost)
	}
	// The file's name has changed on its way; what it says of itself counts.
	o := options
	o.File, o.Licence = "other", ""
	back, err := Read(out, o)
	if err != nil {
		t.Fatal(err)
	}
	same(t, b, back, string(out))
	if again, _, _ := Write(back, o); !bytes.Equal(out, again) {
		t.Errorf("written again\n%s\nwas\n%s", again, out)
	}
}

// The hostile files are of our own making; each says in its name what it tries.
func stands(t *testing.T, all map[string][]byte) {
	t.Helper()
	files, err := filepath.Glob("testdata/hostile/*")
	if err != nil || len(files) < 3 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		if all[f], err = os.ReadFile(f); err != nil {
			t.Fatal(err)
		}
	}
	for name, b := range all {
		start := time.Now()
		out, err := Read(b, options)
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%s took %v", name, took)
		}
		if err != nil && !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
		text, _ := json.Marshal(out)
		for _, bad := range []string{"<script", "javascript:", "onerror", "\u202e", "root:x"} {
			if strings.Contains(strings.ToLower(string(text)), bad) {
				t.Errorf("%s lets %s through", name, bad)
			}
		}
	}
}

// FuzzRead: whatever stands in the file, reading ends, every item stands up to item.Check, and what is written reads back to the
// same items.
func FuzzRead(f *testing.F) {
	f.Add([]byte(fixture(f)))
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		in, err := Read(b, options)
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatal(err)
			}
			return
		}
		for _, it := range in.Items {
			if err := item.Check(it); err != nil {
				t.Fatalf("%s: %v", it.Code, err)
			}
		}
		out, left, lost := Write(in, options)
		if len(left)+len(lost) > 0 || len(in.Items)+len(in.Lessons) == 0 {
			return
		}
		back, err := Read(out, options)
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		same(t, in, back, string(out))
	})
}
