package qti

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"kith/internal/doc"
	"kith/internal/flow/intake"
	"kith/internal/interop/bank"
	"kith/internal/item"
)

// An entry as Kith has it stands in a comment (bank.Whole), with the print of the rest: once somebody has changed the rest in another
// program, the rest counts and the comment does not. These are the notes in which the two stand.
const (
	noteWhole = "whole"
	notePrint = "print"
)

// fingerprint is what a file says, however it is set on lines and whatever its comments say.
func (n *node) fingerprint() string {
	h := sha256.New()
	var walk func(n *node)
	walk = func(n *node) {
		if n.name == "" {
			if words := strings.Join(strings.Fields(n.text), " "); words != "" {
				h.Write([]byte(words + "\n"))
			}
			return
		}
		keys := make([]string, 0, len(n.attr))
		for k := range n.attr {
			if k != "xmlns" && k != "schemalocation" {
				keys = append(keys, k)
			}
		}
		slices.Sort(keys)
		h.Write([]byte("<" + n.name))
		for _, k := range keys {
			h.Write([]byte("\x00" + k + "\x00" + n.attr[k]))
		}
		h.Write([]byte(">"))
		for _, k := range n.kids {
			walk(k)
		}
		h.Write([]byte("</>"))
	}
	walk(n)
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// withWhole puts an entry as Kith has it into what is written of it, where that alone would not read back to the same.
func (w *writer) withWhole(d bank.Entry, file, body string) string {
	root, err := parse(file, []byte(body))
	if err != nil {
		w.bad = true
		return body
	}
	if w.readsBack(d, root, file) {
		return body
	}
	all, ok := bank.WholeOf(d)
	if !ok {
		return body
	}
	all.Rewrite(func(id string) (string, bool) {
		w.shown = append(w.shown, id)
		return "../" + w.picture(id), true
	}, false)
	text, err := json.Marshal(all)
	if err != nil {
		w.bad = true
		return body
	}
	// Two hyphens end a comment; in JSON they stand in strings alone.
	notes := "<!-- kith " + notePrint + ": " + root.fingerprint() + " -->\n<!-- kith " + noteWhole + ": " + strings.ReplaceAll(string(text), "--", `-\u002d`) + " -->\n"
	return strings.Replace(body, head, head+notes, 1)
}

// readsBack reports whether what other programs see of an entry says all of it.
func (w *writer) readsBack(d bank.Entry, root *node, file string) bool {
	r := reader{b: bank.New(Kind, w.o), files: map[string][]byte{}, used: map[string]bool{}}
	for _, id := range w.shown {
		r.files[w.picture(id)] = w.files[id].Body
	}
	if r.item(root, file, []string{"?"}) != nil {
		return false
	}
	back, err := r.b.Bundle()
	if err != nil {
		return false
	}
	if d.Kind != bank.Reading {
		return d.Whole == nil || len(bank.Differ(intake.Bundle{Items: []item.Item{*d.Whole}}, back)) == 0
	}
	want := d.Text
	if d.Body != nil {
		want = *d.Body
	}
	return len(back.Lessons) == 1 && doc.Format(back.Lessons[0].Body) == doc.Format(want)
}

// whole takes the item as Kith has it, when it came along and nobody has changed what other programs see. ok=false otherwise.
func (i *reading) whole() (ok bool) {
	text := i.root.note(noteWhole)
	if text == "" || i.root.note(notePrint) != i.root.fingerprint() {
		return false
	}
	var all bank.Whole
	if err := json.Unmarshal([]byte(text), &all); err != nil {
		return false
	}
	find := i.b.HTML(i.picture).Picture
	switch {
	case !all.Rewrite(find, true):
		return false
	case all.Body != nil && all.Body.Validate() == nil:
		i.d.Kind, i.d.Text = bank.Reading, *all.Body
		return true
	case all.Item != nil:
		i.d.Whole = all.Item
		return true
	}
	return false
}
