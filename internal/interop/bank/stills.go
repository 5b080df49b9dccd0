package bank

import (
	"kith/internal/content"
	"kith/internal/doc"
	"kith/internal/flow/intake"
	"kith/internal/interop/html"
	"kith/internal/item"
	"kith/internal/phrase"
)

// stillSeed is the draw that stands in a file for an item whose numbers are drawn: any, but the same in every file.
const stillSeed = 1

// Stills is Entries for a writer that carries an item whole beside what it shows (Entry.Whole, Entry.Body): what is drawn stands in
// the numbers of one draw, and is named in Lost. picture is asked for the node that shows a drawn figure, whose drawing it gets as SVG.
func Stills(kind string, in intake.Bundle, picture func(svg, alt string) doc.Node, more ...Kind) Outgoing {
	return outgoing(kind, in, more, writing{item: func(it item.Item) (Entry, phrase.Phrase, phrase.Phrase) {
		return stillOf(it, picture)
	}, lesson: func(l content.Lesson) (Entry, phrase.Phrase) {
		body, err := l.Body.Still(nil, picture)
		if err != nil {
			return Entry{}, phrase.Of("export.text")
		}
		return Entry{Text: body, Body: &l.Body}, phrase.Phrase{}
	}})
}

// stillOf is an item as an entry in one draw's numbers; lost is what other programs will not see of it.
func stillOf(it item.Item, picture func(svg, alt string) doc.Node) (d Entry, why, lost phrase.Phrase) {
	still, err := item.Still(it, stillSeed, picture)
	if err != nil {
		return d, phrase.Of("export.drawn"), lost
	}
	if len(it.Draw) > 0 {
		lost = phrase.Of("export.one_draw")
	} else if it.Ratio {
		lost = phrase.Of("export.ratio")
	}
	still.Ratio = false
	d, why = entryOf(still)
	d.Whole = &it
	return d, why, lost
}

// writing makes entries of what a course holds, or says why it cannot.
type writing struct {
	item   func(item.Item) (d Entry, why, lost phrase.Phrase)
	lesson func(content.Lesson) (Entry, phrase.Phrase)
}

// plainWriting is for formats that hold what they show and nothing else.
var plainWriting = writing{
	item: func(it item.Item) (Entry, phrase.Phrase, phrase.Phrase) {
		d, why := entryOf(it)
		return d, why, phrase.Phrase{}
	},
	lesson: func(l content.Lesson) (Entry, phrase.Phrase) {
		if _, err := html.Write(l.Body, func(string) string { return "" }); err != nil {
			return Entry{}, phrase.Of("export.text")
		}
		return Entry{Text: l.Body}, phrase.Phrase{}
	},
}
