// Package banktest is what the tests of formats over bank have in common: bundles compared, hostile files stood, a fuzz target
// that reads, writes and reads again.
package banktest

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"kith/internal/fault"
	"kith/internal/flow/intake"
	"kith/internal/interop/bank"
	"kith/internal/item"
)

// Read is how a format is read, Write how it is written.
type (
	Read  func(b []byte, o bank.Options) (intake.Bundle, error)
	Write func(in intake.Bundle, o bank.Options) (out []byte, left, lost []intake.Record)
)

// Find is the item of a code.
func Find(t testing.TB, b intake.Bundle, code string) item.Item {
	t.Helper()
	for _, it := range b.Items {
		if it.Code == code {
			return it
		}
	}
	t.Fatalf("%s was not taken: %+v", code, b.Skipped)
	return item.Item{}
}

// Same compares bundles without their reports; their items may stand in another order.
func Same(t testing.TB, a, b intake.Bundle, what string) {
	t.Helper()
	a.Skipped, a.Doubts, b.Skipped, b.Doubts = nil, nil, nil, nil
	a.Items, b.Items = slices.Clone(a.Items), slices.Clone(b.Items)
	byID := func(x, y item.Item) int { return strings.Compare(string(x.ID), string(y.ID)) }
	slices.SortFunc(a.Items, byID)
	slices.SortFunc(b.Items, byID)
	if !reflect.DeepEqual(a, b) {
		was, is := parts(a), parts(b)
		for i := range max(len(was), len(is)) {
			x, y := at(was, i), at(is, i)
			if x != y {
				t.Errorf("%s\nwas %s\n is %s", what, x, y)
				return
			}
		}
		t.Errorf("%s\ndiffers in what JSON does not show", what)
	}
}

// parts are a bundle's parts as JSON, an item each, so that the first that differs can be shown alone.
func parts(b intake.Bundle) (out []string) {
	all := []any{b.Source, b.Licence, b.Course, b.Units, b.Lessons, b.Files}
	for _, it := range b.Items {
		all = append(all, it)
	}
	for _, p := range all {
		text, _ := json.Marshal(p)
		out = append(out, string(text))
	}
	return out
}

func at(all []string, i int) string {
	if i < len(all) {
		return all[i]
	}
	return "nothing"
}

// ReadsBack writes a text's bundle and reads it under another file name: what it says of itself counts.
func ReadsBack(t *testing.T, text []byte, o bank.Options, read Read, write Write) {
	t.Helper()
	b, err := read(text, o)
	if err != nil {
		t.Fatal(err)
	}
	out, left, lost := write(b, o)
	if len(left)+len(lost) > 0 {
		t.Errorf("left %+v, lost %+v", left, lost)
	}
	o.File, o.Licence = "other", ""
	back, err := read(out, o)
	if err != nil {
		t.Fatal(err)
	}
	Same(t, b, back, string(out))
	if again, _, _ := write(back, o); !bytes.Equal(out, again) {
		t.Errorf("written again\n%s\nwas\n%s", again, out)
	}
}

// mostTime is what reading one file may take of the processor. The clock on the wall would measure the machine's other work.
const mostTime = 2 * time.Second

// Stands reads every file of testdata/hostile, at least least of them, and those of made. Each is of our own making and says
// in its name what it tries: reading must end in time, refuse with Invalid if at all, and let no script through.
func Stands(t *testing.T, o bank.Options, read Read, least int, made map[string][]byte) {
	t.Helper()
	files, err := filepath.Glob("testdata/hostile/*")
	if err != nil || len(files) < least {
		t.Fatal(files, err)
	}
	for _, f := range files {
		if made[f], err = os.ReadFile(f); err != nil {
			t.Fatal(err)
		}
	}
	for name, b := range made {
		before := processor(t)
		out, err := read(b, o)
		if took := processor(t) - before; took > mostTime {
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

// processor is the time that this process has had.
func processor(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// Fuzz holds reading to this: it ends, refuses with Invalid if at all, every item stands up to item.Check, and what can be
// written whole reads back to the same. seeds are added by the caller.
func Fuzz(f *testing.F, o bank.Options, read Read, write Write) {
	f.Fuzz(func(t *testing.T, b []byte) {
		in, err := read(b, o)
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
		out, left, lost := write(in, o)
		if len(left)+len(lost) > 0 || len(in.Items)+len(in.Lessons) == 0 {
			return
		}
		back, err := read(out, o)
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		Same(t, in, back, string(out))
	})
}
