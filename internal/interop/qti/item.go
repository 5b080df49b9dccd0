package qti

import (
	"math/big"
	"path"
	"slices"
	"strconv"
	"strings"

	"kith/internal/doc"
	"kith/internal/interop/bank"
	"kith/internal/interop/html"
	"kith/internal/item"
	"kith/internal/phrase"
)

// reading is one item on its way to the bank.
type reading struct {
	*reader
	root *node
	dir  string // of its file
	d    bank.Entry
	asks []*node            // where something is to be entered, a few at most
	said map[string]doc.Doc // feedback by identifier
	tags map[string]string  // the names of mistakes, likewise
}

// maxGaps is how many boxes an item may have (item.Check).
const maxGaps = 8

func (r *reader) item(root *node, file string, folder []string) error {
	i := reading{reader: r, root: root, dir: path.Dir(file), said: map[string]doc.Doc{}, tags: map[string]string{}}
	name := root.attr["title"]
	if name == "" {
		name = root.attr["identifier"]
	}
	i.d = bank.Entry{At: bank.At{File: file, Line: root.line, Name: name}, Folder: folder, ID: root.attr["identifier"]}
	if id := root.note("id"); id != "" {
		i.d.ID = id
	}
	for _, t := range strings.Split(root.note("tags"), ",") {
		if t = strings.TrimSpace(t); t != "" {
			i.d.Tags = append(i.d.Tags, t)
		}
	}
	i.d.Unit = root.note("unit")
	i.d.Minutes, _ = strconv.Atoi(root.note("minutes"))
	why, err := i.read()
	switch {
	case err != nil:
		return r.b.Refused(i.d.At, err)
	case why.Code != "":
		r.b.Skip(i.d.At, why)
		return nil
	}
	return r.b.Add(i.d)
}

// text reads the inside of a node as HTML.
func (i *reading) text(n *node) (doc.Doc, error) {
	var b strings.Builder
	for _, k := range n.kids {
		i.write(&b, k)
	}
	return html.Read(b.String(), i.b.HTML(func(src string) (string, []byte) {
		if i.files == nil || strings.Contains(src, ":") || strings.HasPrefix(src, "/") {
			return "", nil
		}
		at := path.Join(i.dir, src)
		return path.Base(at), i.files[at]
	}))
}

func (i *reading) read() (why phrase.Phrase, err error) {
	if len(i.root.find("templatedeclaration")) > 0 {
		return phrase.Of("import.qti.drawn"), nil
	}
	if err := i.feedback(); err != nil {
		return why, err
	}
	body := i.root.one("itembody")
	var asks []*node
	body.all(func(n *node) bool {
		if strings.HasSuffix(n.name, "interaction") {
			asks = append(asks, n)
		}
		return true
	})
	if len(asks) > maxGaps {
		return phrase.Of("import.moodle.gaps", "most", maxGaps), nil
	}
	i.asks = asks
	if i.d.Text, err = i.text(body); err != nil {
		return why, err
	}
	switch {
	case len(asks) == 0:
		i.d.Kind = bank.Reading
		return why, nil
	case len(asks) > 1 || i.root.note("box 1") != "":
		return i.boxes(asks), nil
	}
	switch ask := asks[0]; ask.name {
	case "choiceinteraction", "inlinechoiceinteraction":
		return i.choice(ask)
	case "textentryinteraction":
		return i.typed(ask), nil
	case "extendedtextinteraction", "uploadinteraction", "drawinginteraction":
		return phrase.Of("import.item.essay"), nil
	case "matchinteraction", "associateinteraction", "gapmatchinteraction", "graphicgapmatchinteraction":
		return phrase.Of("import.item.matching", "n", len(ask.find("simpleassociablechoice", "gaptext", "associablehotspot"))), nil
	default:
		return phrase.Of("import.item.kind", "kind", clip(ask.raw)), nil
	}
}

// feedback reads what is said to responses: modal feedback, hints and the worked way.
func (i *reading) feedback() error {
	for _, f := range i.root.find("modalfeedback") {
		said, err := i.text(f)
		if err != nil {
			return err
		}
		id := f.attr["identifier"]
		switch f.attr["outcomeidentifier"] {
		case outcomeHint:
			i.d.Hints = append(i.d.Hints, said)
		case outcomeSolution:
			i.d.Solution = said
		default:
			i.said[id], i.tags[id] = said, f.note("mistake")
		}
	}
	for _, r := range i.root.find("rubricblock") {
		if view := " " + r.attr["view"] + " "; strings.Contains(view, " candidate ") || !i.d.Solution.Empty() {
			continue
		}
		said, err := i.text(&node{kids: r.kids})
		if err != nil {
			return err
		}
		i.d.Solution = said
	}
	return nil
}

// declared are a response's right values, and the weights of a mapping, by value.
func (i *reading) declared(ask *node) (right []string, mapped map[string]float64, base string) {
	for _, d := range i.root.find("responsedeclaration") {
		if d.attr["identifier"] != ask.attr["responseidentifier"] {
			continue
		}
		base = d.attr["basetype"]
		for _, v := range d.one("correctresponse").find("value") {
			right = append(right, v.words())
		}
		entries := d.one("mapping").find("mapentry")
		if len(entries) > 0 {
			mapped = map[string]float64{}
		}
		for _, e := range entries {
			if w, err := strconv.ParseFloat(e.attr["mappedvalue"], 64); err == nil && w == w && w > -1e9 && w < 1e9 {
				mapped[e.attr["mapkey"]] = w
			}
		}
	}
	return right, mapped, base
}

func (i *reading) choice(ask *node) (why phrase.Phrase, err error) {
	right, mapped, _ := i.declared(ask)
	single := ask.name == "inlinechoiceinteraction" || ask.attr["maxchoices"] == "1" || ask.attr["maxchoices"] == "" && len(right) < 2
	if !single {
		i.d.Kind = bank.Several
	}
	i.d.Ordered = ask.attr["shuffle"] != "true"
	best := 0.0
	for _, w := range mapped {
		best = max(best, w)
	}
	for _, c := range ask.find("simplechoice", "inlinechoice") {
		id := c.attr["identifier"]
		a := bank.Answer{Nudge: i.said[id], Mistake: i.tags[id]}
		if a.Text, err = i.text(c); err != nil {
			return why, err
		}
		for _, f := range c.find("feedbackinline", "feedbackblock") {
			said, err := i.text(&node{kids: f.kids})
			if err != nil {
				return why, err
			}
			if a.Nudge.Empty() {
				a.Nudge = said
			}
		}
		switch w := mapped[id]; {
		case slices.Contains(right, id) || len(right) == 0 && w > 0 && (!single || w == best):
			a.Weight = 100
		case w > 0 && best > 0:
			a.Weight = 99 * w / best
		}
		i.d.Answers = append(i.d.Answers, a)
	}
	return why, nil
}

// typed reads what is to be typed: right values, those of a mapping, and what is said to others.
func (i *reading) typed(ask *node) phrase.Phrase {
	right, mapped, base := i.declared(ask)
	best := 0.0
	for _, w := range mapped {
		best = max(best, w)
	}
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
	for _, s := range right {
		add(s, 100)
	}
	keys := make([]string, 0, len(mapped))
	for k := range mapped {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		w := 0.0
		if mapped[k] > 0 && best > 0 {
			w = 100 * mapped[k] / best
		}
		add(k, w)
	}
	i.root.one("responseprocessing").all(func(v *node) bool {
		if v.name == "basevalue" && v.attr["basetype"] != "identifier" && i.answered(v.words()) != "" {
			add(v.words(), 0)
		}
		return v.name != "setoutcomevalue" // what is set is no answer
	})
	lang := ""
	if base != "float" && base != "integer" {
		lang = i.b.Options().Lang
	}
	return i.d.WriteDown(all, i.off(), lang)
}

// answered is the feedback that response processing gives to a value: where one condition compares with the value and sets an
// outcome to an identifier.
func (i *reading) answered(said string) string {
	for _, c := range i.root.one("responseprocessing").find("responseif", "responseelseif") {
		compares, id := false, ""
		c.all(func(n *node) bool {
			switch {
			case n != c && n.name == "responsecondition":
				return false
			case n.name == "setoutcomevalue":
				for _, v := range n.find("basevalue") {
					if _, ok := i.said[v.words()]; ok {
						id = v.words()
					}
				}
				return false
			case n.name == "basevalue" && n.words() == said:
				compares = true
			}
			return true
		})
		if compares && id != "" {
			return id
		}
	}
	return ""
}

// off is how far a right number may be off, by response processing; "" where it may not.
func (i *reading) off() string {
	for _, e := range i.root.find("equal") {
		by := strings.Fields(e.attr["tolerance"])
		if e.attr["tolerancemode"] != "absolute" || len(by) == 0 {
			continue
		}
		if v, ok := bank.ReadPlain(by[0]); ok && v.Sign() > 0 {
			return by[0]
		}
	}
	return ""
}

// boxes makes boxes of several places for a number.
func (i *reading) boxes(asks []*node) phrase.Phrase {
	i.d.Kind = bank.Blanks
	for n, ask := range asks {
		right, _, _ := i.declared(ask)
		var key *big.Rat
		if len(right) == 1 {
			if v, ok := bank.ReadNumeral(right[0], i.b.Options().Lang); ok && v.Unit == "" {
				key = v.Value
			}
		}
		if ask.name != "textentryinteraction" || key == nil {
			return phrase.Of("import.moodle.gap", "n", n+1)
		}
		box := item.Box{Before: "(" + strconv.Itoa(n+1) + ") ", Key: bank.Write(key), Label: "(" + strconv.Itoa(n+1) + ")"}
		if line := i.root.note("box " + strconv.Itoa(n+1)); line != "" {
			if own, ok := bank.ReadBox(line, n+1); ok {
				box = own
			}
		}
		i.d.Boxes = append(i.d.Boxes, box)
	}
	for _, f := range i.root.find("modalfeedback") {
		if each := f.note("boxes"); each != "" {
			id := f.attr["identifier"]
			i.d.Answers = append(i.d.Answers, bank.Answer{Each: bank.SplitEach(each), Nudge: i.said[id], Mistake: i.tags[id]})
		}
	}
	return phrase.Phrase{}
}
