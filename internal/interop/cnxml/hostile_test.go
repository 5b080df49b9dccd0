package cnxml

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"kith/internal/fault"
	"kith/internal/flow/intake"
	"kith/internal/item"
	"kith/internal/skill"
)

// inMemory is the kitchen with other bytes in the place of one of its files.
func inMemory(t testing.TB, name string, b []byte) Files {
	t.Helper()
	f, err := Load("testdata/kitchen")
	if err != nil {
		t.Fatal(err)
	}
	disk := f.read
	f.read = func(n string) ([]byte, error) {
		if n == name {
			return b, nil
		}
		return disk(n)
	}
	return f
}

// whole says what is not right about a bundle that was taken.
func unsoundParts(b intake.Bundle) (out []string) {
	for _, it := range b.Items {
		if err := item.Check(it); err != nil {
			out = append(out, "item "+string(it.ID)+": "+err.Error())
		}
	}
	for _, l := range b.Lessons {
		if err := l.Body.Validate(); err != nil {
			out = append(out, "lesson "+l.Code+": "+err.Error())
		}
	}
	if _, err := skill.NewGraph(b.Course); err != nil {
		out = append(out, err.Error())
	}
	return out
}

// The hostile files are of our own making; each says in its name what it tries. A bad module is left out by name and the rest is taken;
// a bad archive is refused.
func TestRead_HoldsOutAgainstHostileFiles(t *testing.T) {
	files, err := filepath.Glob("testdata/hostile/*")
	if err != nil || len(files) < 19 {
		t.Fatal(len(files), err)
	}
	want := map[string]string{"entity": "left", "xxe": "left", "laughs": "left", "deep": "left", "truncated": "left", "utf16": "left", "latin1": "left", "nul": "left",
		"html": "left", "two": "left", "script": "taken", "span": "taken", "deepmath": "taken",
		"dotdot.tar.gz": "fault.import.archive", "cut.tar.gz": "fault.import.gzip", "absolute.zip": "fault.import.archive", "device.zip": "fault.import.archive",
		"bomb.zip": "fault.import.large", "links.tar": "fault.import.no_collection", "packed.tar.xz": "fault.import.xz"}
	for _, at := range files {
		name := strings.TrimSuffix(filepath.Base(at), ".cnxml")
		began := time.Now()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		got := "taken"
		if strings.HasSuffix(at, ".cnxml") {
			b, err := os.ReadFile(at)
			if err != nil {
				t.Fatal(err)
			}
			out, err := Read(inMemory(t, "modules/broken/index.cnxml", b), "", said(t), nil)
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if slices.ContainsFunc(out.Skipped, func(r intake.Record) bool { return r.ID == "broken" }) {
				got = "left"
			}
			if len(out.Lessons) < 4 {
				t.Errorf("%s: the rest of the book is gone", name)
			}
			for _, p := range unsoundParts(out) {
				t.Errorf("%s: %s", name, p)
			}
		} else if f, err := Load(at); err != nil {
			got = refusal(err)
		} else {
			_, err := Read(f, "", said(t), nil)
			got = refusal(err)
		}
		runtime.ReadMemStats(&after)
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("%s took %s", name, took)
		}
		if made := (after.TotalAlloc - before.TotalAlloc) >> 20; made > 256 {
			t.Errorf("%s needed %d MiB", name, made)
		}
		if got != want[name] {
			t.Errorf("%s: %s, want %s", name, got, want[name])
		}
	}
}

// A picture's address, a link in the folder and a name in the collection lead nowhere outside.
func TestLoad_ReadsNothingOutsideItsFolder(t *testing.T) {
	dir := copied(t, nil)
	outside := filepath.Join(t.TempDir(), "secret.cnxml")
	if err := os.WriteFile(outside, []byte("<document/>"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "modules", "k2", "index.cnxml")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(dir, "modules", "k2", "index.cnxml")); err != nil {
		t.Skipf("this file system takes no links (%v); that none is followed is not proven here", err)
	}
	f, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if slices.Contains(f.names, "modules/k2/index.cnxml") {
		t.Error("a link was followed")
	}
	if _, err := f.read("../" + filepath.Base(dir) + "/modules/k1/index.cnxml"); err == nil {
		t.Error("a name led out")
	}
	if _, body := f.pictures().find("modules/k1/index.cnxml", "../../../../../etc/passwd"); body != nil {
		t.Error("a picture's address led out")
	}
}

// FuzzRead: whatever stands in a module, and whatever in the collection, reading ends soon and what is taken is sound.
func FuzzRead(f *testing.F) {
	for _, pattern := range []string{"testdata/hostile/*.cnxml", "testdata/kitchen/modules/*/index.cnxml"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, name := range files {
			b, err := os.ReadFile(name)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(b, false)
		}
	}
	book, err := os.ReadFile("testdata/kitchen/collections/kitchen.collection.xml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(book, true)
	o := said(f)
	f.Fuzz(func(t *testing.T, b []byte, collection bool) {
		name := "modules/k1/index.cnxml"
		if collection {
			name = "collections/kitchen.collection.xml"
		}
		began := time.Now()
		out, err := Read(inMemory(t, name, b), "", o, nil)
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("it took %s", took)
		}
		if err != nil {
			if !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.NotFound) {
				t.Errorf("%v", err)
			}
			return
		}
		for _, p := range unsoundParts(out) {
			t.Error(p)
		}
	})
}
