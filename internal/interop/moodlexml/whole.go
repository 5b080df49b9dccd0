package moodlexml

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"slices"

	"kith/internal/doc"
	"kith/internal/interop/bank"
	"kith/internal/item"
)

// An entry as Kith has it (bank.Whole) stands in a comment where Moodle sees one draw of it, or a figure as a picture, with the print
// of the rest: once somebody has changed the rest, the rest counts and the comment does not.
const (
	noteWhole = "whole"
	notePrint = "print"
)

// fingerprint is what an entry says, whatever its comments say.
func (q wire) fingerprint() string {
	q.Notes = ""
	said, err := json.Marshal(q)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(said)
	return hex.EncodeToString(sum[:16])
}

// saysLess reports whether Moodle sees less of an entry than Kith has: drawn numbers, figures, any equal ratio.
func saysLess(d bank.Entry) bool {
	if d.Body != nil {
		return doc.Format(*d.Body) != doc.Format(d.Text)
	}
	if d.Whole == nil {
		return false
	}
	it := *d.Whole
	less := len(it.Draw)+len(it.Let)+len(it.Keep) > 0 || it.Ratio || slices.ContainsFunc(it.Choices, func(o item.Option) bool { return o.If != "" })
	it.Retold(func(d doc.Doc) doc.Doc {
		less = less || holds(d.Nodes, doc.Figure)
		return d
	})
	return less
}

func holds(nodes []doc.Node, kind doc.Kind) bool {
	return slices.ContainsFunc(nodes, func(n doc.Node) bool { return n.Kind == kind || holds(n.Nodes, kind) })
}

// withWhole puts an entry as Kith has it into what is written of it. ok is false where it shows pictures of a file, whose names are
// others in each file.
func (w *writer) withWhole(d bank.Entry) (ok bool) {
	all, ok := bank.WholeOf(d)
	if !ok || !all.Rewrite(func(string) (string, bool) { return "", false }, false) {
		return false
	}
	var q wire
	if err := xml.Unmarshal([]byte(w.text()), &q); err != nil {
		return false
	}
	said, err := json.Marshal(all)
	if err != nil {
		return false
	}
	w.note(notePrint, q.fingerprint())
	w.note(noteWhole, string(said))
	return true
}

// whole takes the entry as Kith has it, when it came along and nobody has changed what Moodle sees. ok=false otherwise.
func (e *entry) whole() (ok bool) {
	said := e.notes[noteWhole]
	if said == "" || e.notes[notePrint] != e.q.fingerprint() {
		return false
	}
	var all bank.Whole
	if err := json.Unmarshal([]byte(said), &all); err != nil || !all.Rewrite(func(string) (string, bool) { return "", false }, true) {
		return false
	}
	switch {
	case all.Body != nil && all.Body.Validate() == nil:
		e.d.Kind, e.d.Text = bank.Reading, *all.Body
		if n := count(e.notes["minutes"]); n > 0 && n <= 600 {
			e.d.Minutes = n
		}
	case all.Item != nil:
		e.d.Whole = all.Item
	default:
		return false
	}
	return true
}
