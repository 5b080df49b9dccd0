package qti

import (
	"maps"
	"math/big"
	"path"
	"slices"
	"strconv"
	"strings"

	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/interop/bank"
	"kith/internal/interop/html"
	"kith/internal/item"
	"kith/internal/phrase"
)

// reading is one item on its way to the bank.
type reading struct {
	*reader
	root   *node
	dir    string // of its file
	d      bank.Entry
	asks   []*node            // where something is to be entered, a few at most
	gaps   []*node            // of the interaction that fills gaps
	said   map[string]doc.Doc // feedback by identifier
	tags   map[string]string  // the names of mistakes, likewise
	doubts []phrase.Phrase
	maths  bool // what is written stands in a formula
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
	for _, p := range i.doubts {
		r.b.Doubt(i.d.At, p)
	}
	return r.b.Add(i.d)
}

// skip is a reason that stands at an element of the item.
func (i *reading) skip(at *node, code string, pairs ...any) phrase.Phrase {
	if at.line > 0 {
		i.d.Line = at.line
	}
	return phrase.Of(code, pairs...)
}

// doubt names what may be a mistake of the source or is left out of it, once.
func (i *reading) doubt(code string, pairs ...any) {
	p := phrase.Of(code, pairs...)
	if !slices.ContainsFunc(i.doubts, func(was phrase.Phrase) bool { return was.Code == code && maps.Equal(was.Args, p.Args) }) {
		i.doubts = append(i.doubts, p)
	}
}

// text reads the inside of a node as HTML.
func (i *reading) text(n *node) (doc.Doc, error) {
	var b strings.Builder
	for _, k := range n.kids {
		i.write(&b, k)
	}
	return html.Read(b.String(), i.b.HTML(i.picture))
}

// picture finds a picture of the package by its address in the item.
func (i *reading) picture(src string) (string, []byte) {
	if i.files == nil || strings.Contains(src, ":") || strings.HasPrefix(src, "/") {
		return "", nil
	}
	at := path.Join(i.dir, unescaped(src))
	return path.Base(at), i.files[at]
}

func (i *reading) read() (why phrase.Phrase, err error) {
	if i.whole() {
		return why, nil
	}
	switch {
	case len(i.root.find("templatedeclaration")) > 0:
		return i.skip(i.root.one("templatedeclaration"), "import.qti.drawn"), nil
	case i.root.attr["adaptive"] == "true" && !i.tries():
		return phrase.Of("import.qti.adaptive"), nil
	}
	if why := i.passages(); why.Code != "" {
		return why, nil
	}
	if err := i.feedback(); err != nil {
		return why, err
	}
	body := i.root.one("itembody")
	body.all(func(n *node) bool {
		if n.asks() {
			i.asks = append(i.asks, n)
		}
		return true
	})
	if len(i.asks) == 1 && i.asks[0].name == "gapmatchinteraction" {
		i.gaps = i.asks[0].find("gap")
	}
	if len(i.asks) > maxGaps {
		return i.skip(i.asks[maxGaps], "import.moodle.gaps", "most", maxGaps), nil
	}
	if i.d.Text, err = i.text(body); err != nil {
		return why, err
	}
	switch {
	case len(i.asks) == 0:
		i.d.Kind = bank.Reading
	case len(i.asks) > 1 || i.root.note("box 1") != "":
		why, err = i.several()
	default:
		why, err = i.one(i.asks[0])
	}
	if err == nil && why.Code == "" {
		err = i.answeredAlike()
	}
	return why, err
}

// tries reports whether an adaptive item asks one thing whose answer it declares, so that only its further tries, or a button for its
// solution, follow rules of its own.
func (i *reading) tries() bool {
	var asks []*node
	i.root.one("itembody").all(func(n *node) bool {
		if n.asks() {
			asks = append(asks, n)
		}
		return n.name != "templateblock"
	})
	if len(asks) != 1 || len(i.declared(asks[0]).right) == 0 {
		return false
	}
	i.doubt("import.qti.tries")
	return true
}

// asks reports whether something is entered here.
func (n *node) asks() bool {
	return strings.HasSuffix(n.name, "interaction") && n.name != "endattemptinteraction"
}

// one reads an item that asks one thing.
func (i *reading) one(ask *node) (why phrase.Phrase, err error) {
	switch ask.name {
	case "choiceinteraction", "inlinechoiceinteraction", "hottextinteraction":
		return i.choice(ask)
	case "textentryinteraction":
		return i.typed(ask), nil
	case "orderinteraction":
		return i.order(ask)
	case "matchinteraction":
		return i.match(ask)
	case "associateinteraction":
		return i.associate(ask)
	case "gapmatchinteraction":
		return i.gapMatch(ask)
	case "hotspotinteraction":
		return i.hotspot(ask)
	case "selectpointinteraction":
		return i.selectPoint(ask)
	case "sliderinteraction":
		return i.slider(ask), nil
	case "extendedtextinteraction", "uploadinteraction":
		return i.written(ask), nil
	}
	if code, known := elsewhere[ask.name]; known {
		return i.skip(ask, code), nil
	}
	return i.skip(ask, "import.item.kind", "kind", clip(ask.raw)), nil
}

// elsewhere are the interactions that Kith has no kind for, with the reason in a teacher's words.
var elsewhere = map[string]string{
	"graphicorderinteraction": "import.qti.graphic", "graphicassociateinteraction": "import.qti.graphic", "graphicgapmatchinteraction": "import.qti.graphic",
	"positionobjectinteraction": "import.qti.graphic", "drawinginteraction": "import.qti.drawing", "mediainteraction": "import.qti.media",
	"custominteraction": "import.qti.custom", "portablecustominteraction": "import.qti.custom",
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
	for _, f := range i.afterwards() {
		said, err := i.text(&node{kids: f.kids})
		switch {
		case err != nil || said.Empty():
			i.doubt("import.qti.feedback")
		case strings.Contains(strings.ToUpper(f.attr["outcomeidentifier"]), outcomeSolution) && i.d.Solution.Empty():
			i.d.Solution = said
		case i.said[f.attr["identifier"]].Empty():
			i.said[f.attr["identifier"]] = said
		}
	}
	return i.rubrics()
}

// afterwards are the texts in an item's body that show after an answer, but for those that stand in what is chosen.
func (i *reading) afterwards() (out []*node) {
	i.root.one("itembody").all(func(n *node) bool {
		if n.name == "feedbackblock" || n.name == "feedbackinline" {
			out = append(out, n)
		}
		return !choosable[n.name]
	})
	return out
}

var choosable = map[string]bool{"simplechoice": true, "simpleassociablechoice": true, "inlinechoice": true, "gaptext": true, "hottext": true}

// rubrics reads what the item says to those who teach and mark. What it says to learners is part of its text.
func (i *reading) rubrics() error {
	for _, r := range i.root.find("rubricblock") {
		if forLearners(r) {
			continue
		}
		view := " " + r.attr["view"] + " "
		said, err := i.text(&node{kids: r.kids})
		switch {
		case err != nil && !fault.Is(err, fault.Invalid):
			return err
		case err != nil || said.Empty():
		case strings.Contains(view, " tutor ") && r.attr["use"] != "instructions" && i.d.Solution.Empty():
			i.d.Solution = said
			continue
		case strings.Contains(view, " scorer "):
			if i.d.Rubric = i.criteria(r, said); len(i.d.Rubric) > 0 {
				continue
			}
		}
		i.doubt("import.qti.teachers")
	}
	return nil
}

// forLearners reports whether a rubric block is said to whoever answers.
func forLearners(r *node) bool {
	return r.attr["view"] == "" || strings.Contains(" "+r.attr["view"]+" ", " candidate ")
}

// several reads an item that asks several things: a number in each place, or one of the same few words in each.
func (i *reading) several() (phrase.Phrase, error) {
	if len(i.asks) > 1 {
		for _, ask := range i.asks {
			if ask.name != i.asks[0].name || ask.name != "textentryinteraction" && ask.name != "inlinechoiceinteraction" {
				return i.skip(ask, "import.qti.parts", "n", len(i.asks)), nil
			}
		}
		if i.asks[0].name == "inlinechoiceinteraction" {
			return i.inlines()
		}
	}
	return i.boxes(i.asks), nil
}

// boxes makes boxes of several places for a number.
func (i *reading) boxes(asks []*node) phrase.Phrase {
	i.d.Kind = bank.Blanks
	for n, ask := range asks {
		right := i.declared(ask).right
		var key *big.Rat
		if len(right) == 1 {
			if v, ok := bank.ReadNumeral(right[0], i.b.Options().Lang); ok && v.Unit == "" {
				key = v.Value
			}
		}
		if ask.name != "textentryinteraction" || key == nil {
			return i.skip(ask, "import.moodle.gap", "n", n+1)
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

// answeredAlike takes what is said to every right answer for the worked way, and names what is said to any other.
func (i *reading) answeredAlike() error {
	praise, rest := i.saidToAll()
	if s := i.said[praise]; !s.Empty() && !bare(s) {
		if i.d.Solution.Empty() {
			i.d.Solution = s
		} else if i.d.Solution.Plain(nil) != s.Plain(nil) {
			i.doubt("import.doubt.praise")
		}
	}
	if s := i.said[rest]; !s.Empty() && !bare(s) && !slices.ContainsFunc(i.d.Answers, func(a bank.Answer) bool { return a.Nudge.Plain(nil) == s.Plain(nil) }) {
		i.doubt("import.doubt.any")
	}
	return nil
}

// bare reports whether feedback says no more than that an answer is right, or is not: that is said here in other words.
func bare(d doc.Doc) bool {
	return len(d.Nodes) == 1 && len(strings.Fields(d.Plain(nil))) < 6
}
