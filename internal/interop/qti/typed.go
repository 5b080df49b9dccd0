package qti

import (
	"regexp"
	"slices"
	"strings"

	"kith/internal/doc"
	"kith/internal/interop/bank"
	"kith/internal/item"
	"kith/internal/phrase"
)

// typed reads what is to be typed: right values, those of a mapping, and what is said to others.
func (i *reading) typed(ask *node) phrase.Phrase {
	d := i.declared(ask)
	if axes := i.root.note("axes"); axes != "" {
		return i.placed(d, axes)
	}
	best := d.best()
	var all []bank.Answer
	add := func(said string, weight float64) {
		said = strings.TrimSpace(said)
		if said == "" || slices.ContainsFunc(all, func(a bank.Answer) bool { return a.Said == said }) {
			return
		}
		a := bank.Answer{Said: said, Weight: weight}
		if id := i.answered(said); id != "" {
			a.Nudge, a.Mistake = i.said[id], i.tags[id]
		}
		all = append(all, a)
	}
	for _, s := range d.right {
		add(s, 100)
	}
	for _, k := range d.keys {
		w := 0.0
		if d.mapped[k] > 0 && best > 0 {
			w = 100 * d.mapped[k] / best
		}
		add(k, w)
	}
	i.others(add)
	off, ok := i.off(ask.attr["responseidentifier"], d.right)
	if !ok {
		return i.skip(i.root.one("responseprocessing"), "import.qti.tolerance")
	}
	lang := ""
	if d.base != "float" && d.base != "integer" {
		lang = i.b.Options().Lang
	}
	if patterns := i.patterns(ask.attr["responseidentifier"]); len(patterns) > 0 || i.root.note("exact") != "" {
		return i.words(ask, all, patterns)
	}
	if d.cased {
		i.d.Exact = []string{item.ExactCase}
	}
	i.d.Lenient = d.base == "string"
	return i.d.WriteDown(all, off, lang)
}

// others adds the values that rules compare with and say something to.
func (i *reading) others(add func(said string, weight float64)) {
	i.root.one("responseprocessing").all(func(v *node) bool {
		if v.name == "basevalue" && v.attr["basetype"] != "identifier" && i.answered(v.words()) != "" {
			add(v.words(), 0)
		}
		return v.name != "setoutcomevalue" // what is set is no answer
	})
}

// words makes a short text that a pattern judges too.
func (i *reading) words(ask *node, all []bank.Answer, patterns []string) phrase.Phrase {
	i.d.Kind, i.d.Answers, i.d.Pattern = bank.Words, all, strings.Join(patterns, "|")
	i.d.Exact = strings.Fields(i.root.note("exact"))
	if _, err := regexp.Compile(i.d.Pattern); err != nil {
		return i.skip(ask, "import.qti.pattern", "pattern", clip(i.d.Pattern))
	}
	return phrase.Phrase{}
}

// placed reads what is placed on axes that a note gives; other programs let it be typed.
func (i *reading) placed(d declared, axes string) phrase.Phrase {
	i.d.Kind, i.d.Axes, i.d.On = bank.Placed, axes, item.Kind(i.root.note("on"))
	for _, s := range d.right {
		i.d.Answers = append(i.d.Answers, bank.Answer{Said: s, Weight: 100})
	}
	i.others(func(said string, _ float64) {
		if id := i.answered(said); !slices.ContainsFunc(i.d.Answers, func(a bank.Answer) bool { return a.Said == said }) {
			i.d.Answers = append(i.d.Answers, bank.Answer{Said: said, Nudge: i.said[id], Mistake: i.tags[id]})
		}
	})
	return phrase.Phrase{}
}

// written reads sentences and files that a person judges.
func (i *reading) written(ask *node) phrase.Phrase {
	i.d.Kind = bank.Written
	if ask.name == "uploadinteraction" {
		i.d.Photo = true
		photos, documents := false, false
		for _, kind := range strings.Fields(ask.attr["type"]) {
			switch {
			case kind == "application/pdf":
				documents = true
			case strings.HasPrefix(kind, "image/"), kind == "*/*":
				photos = true
			default:
				return i.skip(ask, "import.qti.upload", "kind", clip(kind))
			}
		}
		switch {
		case documents && photos:
			i.d.Sends = item.SendsBoth
		case documents:
			i.d.Sends = item.SendsDocuments
		}
		return phrase.Phrase{}
	}
	for _, s := range i.declared(ask).right {
		if i.d.Solution.Empty() && s != "" { // an example of what could be written
			i.d.Solution = doc.Doc{Nodes: []doc.Node{{Kind: doc.Paragraph, Nodes: []doc.Node{{Kind: doc.Text, Text: strings.ReplaceAll(s, "[[", "[ [")}}}}}
		}
	}
	return phrase.Phrase{}
}

// criteria reads a rubric: a table with a line for each criterion, its name and then its levels, the lowest first.
func (i *reading) criteria(r *node, said doc.Doc) (out []item.Criterion) {
	for _, n := range said.Nodes {
		if n.Kind != doc.Table {
			continue
		}
		for k, row := range n.Nodes {
			if k == 0 && n.Head {
				continue
			}
			var c item.Criterion
			for at, cell := range row.Nodes {
				s := strings.TrimSpace(doc.Doc{Nodes: []doc.Node{{Kind: doc.Paragraph, Nodes: cell.Nodes}}}.Plain(nil))
				switch {
				case at == 0:
					c.Name = s
				case s != "":
					c.Levels = append(c.Levels, s)
				}
			}
			if c.Name == "" || len(c.Levels) < 2 || len(out) >= maxCriteria {
				return nil
			}
			out = append(out, c)
		}
	}
	return out
}

// maxCriteria is how many a rubric may have (item.Check).
const maxCriteria = 6
