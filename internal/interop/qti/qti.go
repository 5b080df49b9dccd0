// Package qti reads QTI 2.1, 2.2 and 3.0, items alone and in packages, and writes packages of QTI 3.0.
//
// In: a package (a ZIP with imsmanifest.xml) or one item as XML. Out: an intake.Bundle, and every item that was not taken with its
// file and the reason; the other way round, a course as a package that any program for QTI 3.0 can show and judge. What only Kith
// knows of an item stands in comments ("kith …"), which other programs pass over. Sections of a test are folders, feedback on a
// response is the nudge of that answer. Nothing is fetched: what a package does not hold is not there.
//
// Place in the flow: layer 5, over bank and html; it reads and writes, the flow stores.
package qti

import (
	"bytes"
	"maps"
	"path"
	"slices"
	"strings"

	"kith/internal/fault"
	"kith/internal/flow/intake"
	"kith/internal/interop/bank"
	"kith/internal/interop/source"
	"kith/internal/phrase"
)

// Kind is the name of the format.
const Kind = "qti"

// The bounds of a package.
const (
	MaxFile  = 64 * source.MB
	maxEach  = 8 * source.MB
	maxAll   = 96 * source.MB // what the pictures of one file may come to (package picture)
	maxItems = 20_000
)

// Looks reports whether the beginning of a file looks like a package or an item.
func Looks(head []byte) bool {
	return bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.Contains(head, []byte("<assessmentItem")) || bytes.Contains(head, []byte("<qti-assessment-item"))
}

// Read reads a file's bytes. Errors: Invalid for what is neither, for a package without a manifest, for an archive out of bounds;
// Unavailable when the build holds no mathematics.
func Read(b []byte, o bank.Options) (intake.Bundle, error) {
	if len(b) > MaxFile {
		return intake.Bundle{}, fault.New(fault.Invalid, "fault.import.large", "file", o.File, "mb", MaxFile/source.MB)
	}
	r := reader{b: bank.New(Kind, o), shared: map[string][]passage{}, used: map[string]bool{}}
	if !bytes.HasPrefix(b, []byte("PK")) {
		root, err := parse(o.File, b)
		if err != nil {
			return intake.Bundle{}, err
		}
		if root.name != "assessmentitem" {
			return intake.Bundle{}, fault.New(fault.Invalid, "fault.import.xml_root", "file", o.File, "line", root.line, "name", root.raw, "want", "qti-assessment-item")
		}
		if err := r.item(root, "", nil); err != nil {
			return intake.Bundle{}, err
		}
		return r.b.Bundle()
	}
	var err error
	if r.files, err = source.Zip(o.File, b, maxEach, maxAll); err != nil {
		return intake.Bundle{}, err
	}
	if err := r.all(); err != nil {
		return intake.Bundle{}, err
	}
	return r.b.Bundle()
}

type reader struct {
	b       *bank.Bank
	files   map[string][]byte
	folders map[string][]string  // of items, by their file
	order   []string             // in which tests name them
	shared  map[string][]passage // what sections of tests say, by an item's file
	used    map[string]bool      // files that items are put together from
}

// all reads a package: its tests for the folders, then its items in the tests' order, then those that no test names.
func (r *reader) all() error {
	at := ""
	for name := range r.files {
		if path.Base(name) == "imsmanifest.xml" && (at == "" || strings.Count(name, "/") < strings.Count(at, "/")) {
			at = name
		}
	}
	if at == "" {
		return fault.New(fault.Invalid, "fault.import.archive", "file", r.b.Options().File, "detail", "it holds no imsmanifest.xml")
	}
	manifest, err := parse(at, r.files[at])
	if err != nil {
		return err
	}
	for _, n := range manifest.notes {
		r.b.Note(n)
	}
	r.folders = map[string][]string{}
	var items []string
	parts := map[string]string{} // what items are put together from, with its kind
	base := path.Join(path.Dir(at), unescaped(manifest.attr["base"]), unescaped(manifest.one("resources").attr["base"]))
	for _, res := range manifest.find("resource") {
		file := path.Join(base, unescaped(res.attr["base"]), unescaped(res.attr["href"]))
		switch kind := res.attr["type"]; {
		case strings.Contains(kind, "imsqti_stimulus") || strings.Contains(kind, "imsqti_fragment"):
			parts[file] = kind
		case strings.Contains(kind, "imsqti_test"):
			if err := r.test(file); err != nil {
				return err
			}
		case strings.Contains(kind, "imsqti_item"):
			items = append(items, file)
		case strings.Contains(kind, "imsqti_xmlv1"):
			r.b.Skip(bank.At{File: file, Name: res.attr["identifier"]}, phrase.Of("import.qti.old"))
		case strings.Contains(kind, "imsqti_"):
			r.b.Skip(bank.At{File: file, Name: res.attr["identifier"]}, phrase.Of("import.qti.resource", "kind", clip(kind)))
		}
	}
	for _, file := range items {
		if !slices.Contains(r.order, file) && len(r.order) <= maxItems {
			r.order = append(r.order, file)
		}
	}
	if len(r.order) > maxItems {
		return fault.New(fault.Invalid, "fault.import.many", "file", r.b.Options().File, "most", maxItems)
	}
	for _, file := range r.order {
		root, ok := r.open(file)
		if !ok {
			continue
		}
		if root.name != "assessmentitem" {
			r.b.Skip(bank.At{File: file, Line: root.line, Name: root.raw}, phrase.Of("import.qti.resource", "kind", clip(root.raw)))
			continue
		}
		if err := r.item(root, file, r.folders[file]); err != nil {
			return err
		}
	}
	for _, file := range slices.Sorted(maps.Keys(parts)) {
		if !r.used[file] {
			r.b.Skip(bank.At{File: file, Name: path.Base(file)}, phrase.Of("import.qti.unused"))
		}
	}
	return nil
}

// open parses a file of the package; what cannot be read is reported and the rest goes on.
func (r *reader) open(file string) (*node, bool) {
	body, ok := r.files[file]
	if !ok {
		r.b.Skip(bank.At{File: file, Name: path.Base(file)}, phrase.Of("import.qti.missing"))
		return nil, false
	}
	root, err := parse(file, body)
	if err != nil {
		r.b.Skip(bank.At{File: file, Name: path.Base(file)}, fault.Said(err))
		return nil, false
	}
	return root, true
}

// test learns the folders of items from the sections of a test.
func (r *reader) test(file string) error {
	root, ok := r.open(file)
	if !ok {
		return nil
	}
	var walk func(n *node, folder []string, said []passage)
	walk = func(n *node, folder []string, said []passage) {
		for _, k := range n.kids {
			if k.name == "rubricblock" && forLearners(k) && n.name == "assessmentsection" {
				said = append(slices.Clone(said), passage{k, path.Dir(file)})
			}
		}
		for _, k := range n.kids {
			switch k.name {
			case "assessmentsection":
				inside := folder
				if title := k.attr["title"]; title != "" {
					inside = append(slices.Clone(folder), title)
				}
				walk(k, inside, said)
			case "testpart":
				walk(k, folder, said)
			case "assessmentitemref":
				href := path.Join(path.Dir(file), unescaped(k.attr["href"]))
				if _, there := r.folders[href]; !there && len(r.order) <= maxItems {
					r.folders[href], r.shared[href] = folder, said
					r.order = append(r.order, href)
				}
			case "assessmentsectionref":
				href := path.Join(path.Dir(file), unescaped(k.attr["href"]))
				if part, ok := r.open(href); ok && part.name == "assessmentsection" && !r.used[href] {
					r.used[href] = true
					walk(&node{kids: []*node{relocated(part, path.Dir(href), path.Dir(file))}}, folder, said)
				}
			}
		}
	}
	walk(root, nil, nil)
	return nil
}

func clip(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
