package qti

import (
	"bytes"
	"image"
	"math"
	"math/big"
	"strconv"
	"strings"

	"kith/internal/doc"
	"kith/internal/interop/bank"
	"kith/internal/item"
	"kith/internal/phrase"
)

// hotspot reads places on a picture.
func (i *reading) hotspot(ask *node) (why phrase.Phrase, err error) {
	wide, high, why, err := i.shown(ask)
	if why.Code != "" || err != nil {
		return why, err
	}
	d := i.declared(ask)
	i.d.Kind = bank.Spots
	for _, c := range ask.find("hotspotchoice") {
		area, ok := areaOf(c, wide, high)
		if !ok {
			return i.skip(c, "import.qti.area", "shape", clip(c.attr["shape"]+" "+c.attr["coords"])), nil
		}
		a, err := i.option(c)
		if err != nil {
			return why, err
		}
		name := some(c.attr["hotspotlabel"], c.attr["label"], c.attr["arialabel"], a.Text.Plain(nil))
		if name == "" {
			name = c.attr["identifier"]
			i.doubt("import.qti.spot", "name", clip(name))
		}
		a.Text, a.Area = lineOf(name), area
		a.Weight = d.weight(c.attr["identifier"], d.cardinality == "single")
		i.d.Answers = append(i.d.Answers, a)
	}
	return why, nil
}

// selectPoint reads a point anywhere on a picture. Only where it knows several places, and which of them are right, can Kith ask that.
func (i *reading) selectPoint(ask *node) (why phrase.Phrase, err error) {
	d := i.declared(ask)
	right := 0
	for _, e := range d.areas {
		if w, ok := weight(e.attr["mappedvalue"]); ok && w > 0 {
			right++
		}
	}
	if right == 0 || right == len(d.areas) { // where only right places are known, to show them would give them away
		return i.skip(ask, "import.qti.point"), nil
	}
	wide, high, why, err := i.shown(ask)
	if why.Code != "" || err != nil {
		return why, err
	}
	i.d.Kind = bank.Spots
	for n, e := range d.areas {
		area, ok := areaOf(e, wide, high)
		if !ok {
			return i.skip(e, "import.qti.area", "shape", clip(e.attr["shape"]+" "+e.attr["coords"])), nil
		}
		a := bank.Answer{Text: numbered(n), Area: area}
		if w, ok := weight(e.attr["mappedvalue"]); ok && w > 0 {
			a.Weight = 100
		}
		i.d.Answers = append(i.d.Answers, a)
	}
	i.doubt("import.qti.spot", "name", "(1)")
	return why, nil
}

// shown reads the picture that an interaction is about, and how wide and high its coordinates take it to be.
func (i *reading) shown(ask *node) (wide, high float64, why phrase.Phrase, err error) {
	var pic *node
	for _, k := range ask.find("img", "object") {
		if pic == nil {
			pic = k
		}
	}
	if pic == nil {
		return 0, 0, i.skip(ask, "import.item.picture"), nil
	}
	set, err := i.text(&node{kids: []*node{pic}})
	if err != nil {
		return 0, 0, why, err
	}
	i.d.Picture = set
	wide, _ = strconv.ParseFloat(strings.TrimSuffix(pic.attr["width"], "px"), 64)
	high, _ = strconv.ParseFloat(strings.TrimSuffix(pic.attr["height"], "px"), 64)
	if wide <= 0 || high <= 0 {
		_, body := i.picture(some(pic.attr["src"], pic.attr["data"]))
		if cfg, _, err := image.DecodeConfig(bytes.NewReader(body)); err == nil {
			wide, high = float64(cfg.Width), float64(cfg.Height)
		}
	}
	if wide <= 0 || high <= 0 || wide > 1e5 || high > 1e5 {
		return 0, 0, i.skip(pic, "import.item.picture"), nil
	}
	return wide, high, why, nil
}

// areaOf reads a shape in the picture's points or in percent. ok=false for one that is no place on it.
func areaOf(n *node, wide, high float64) (*item.Area, bool) {
	var at []int
	for k, s := range strings.FieldsFunc(n.attr["coords"], func(r rune) bool { return r == ',' || r == ' ' }) {
		side := wide
		if k%2 == 1 {
			side = high
		}
		if n.name != "" && n.attr["shape"] == "circle" && k == 2 {
			side = wide
		}
		number, percent := strings.CutSuffix(s, "%")
		v, err := strconv.ParseFloat(number, 64)
		if err != nil || math.Abs(v) > 1e6 || k > 100 {
			return nil, false
		}
		if percent {
			side = 100
		}
		at = append(at, int(math.Round(v/side*1000)))
	}
	inside := func(x int) int { return min(max(x, 0), 1000) }
	box := func(left, top, right, bottom int, round bool) (*item.Area, bool) {
		left, top, right, bottom = inside(left), inside(top), inside(right), inside(bottom)
		return &item.Area{X: left, Y: top, Width: right - left, Height: bottom - top, Round: round}, right > left && bottom > top
	}
	switch {
	case n.attr["shape"] == "rect" && len(at) == 4:
		return box(at[0], at[1], at[2], at[3], false)
	case n.attr["shape"] == "circle" && len(at) == 3:
		up := int(math.Round(float64(at[2]) * wide / high))
		return box(at[0]-at[2], at[1]-up, at[0]+at[2], at[1]+up, true)
	case n.attr["shape"] == "ellipse" && len(at) == 4:
		return box(at[0]-at[2], at[1]-at[3], at[0]+at[2], at[1]+at[3], true)
	case n.attr["shape"] == "poly" && len(at) >= 6:
		at = at[:len(at)/2*2]
		if n := len(at); n > 6 && at[0] == at[n-2] && at[1] == at[n-1] { // closed by its first corner
			at = at[:n-2]
		}
		for k := range at {
			at[k] = inside(at[k])
		}
		return &item.Area{Points: at}, true
	}
	return nil, false
}

func some(all ...string) string {
	for _, s := range all {
		if s = strings.TrimSpace(s); s != "" {
			return s
		}
	}
	return ""
}

// lineOf is a text of one line of plain words.
func lineOf(s string) doc.Doc {
	return doc.Doc{Nodes: []doc.Node{{Kind: doc.Paragraph, Nodes: []doc.Node{{Kind: doc.Text, Text: strings.ReplaceAll(strings.Join(strings.Fields(s), " "), "[[", "[ [")}}}}}
}

// slider reads a number that is found along a line: a number line where it can be drawn, else a number to type.
func (i *reading) slider(ask *node) phrase.Phrase {
	d := i.declared(ask)
	right := d.right
	for _, k := range d.keys {
		if len(right) == 0 && d.mapped[k] == d.best() && d.best() > 0 {
			right = append(right, k)
		}
	}
	if len(right) == 0 {
		return i.skip(ask, "import.item.no_key")
	}
	key, ok := bank.ReadPlain(right[0])
	if !ok || len(right) > 1 {
		return i.skip(ask, "import.item.number", "answer", clip(strings.Join(right, ", ")))
	}
	if axes := i.root.note("axes"); axes != "" {
		return i.placed(declared{right: []string{bank.Write(key)}}, axes)
	}
	from, okFrom := bank.ReadPlain(ask.attr["lowerbound"])
	to, okTo := bank.ReadPlain(ask.attr["upperbound"])
	snap, okSnap := bank.ReadPlain(some(ask.attr["step"], "1"))
	off, okOff := i.off(ask.attr["responseidentifier"], right)
	if axes, ok := ruler(from, to, snap); okFrom && okTo && okSnap && okOff && off == "" && ok {
		i.d.Kind, i.d.On, i.d.Axes = bank.Placed, item.NumberLine, axes
		i.d.Answers = []bank.Answer{{Said: bank.Write(key), Weight: 100}}
		return phrase.Phrase{}
	}
	return i.d.WriteDown([]bank.Answer{{Said: bank.Write(key), Weight: 100}}, off, "")
}

// ruler is a number line from one number to another with places a step apart. ok=false where it would have too many (item.ParseAxes).
func ruler(from, to, snap *big.Rat) (axes string, ok bool) {
	if from == nil || to == nil || snap == nil || snap.Sign() <= 0 || from.Cmp(to) >= 0 {
		return "", false
	}
	places := new(big.Rat).Quo(new(big.Rat).Sub(to, from), snap)
	if places.Cmp(big.NewRat(200, 1)) > 0 || places.Cmp(big.NewRat(1, 1)) < 0 {
		return "", false
	}
	by := new(big.Rat).Set(snap)
	for _, times := range []int64{1, 2, 5, 10, 20, 50} { // about ten numbers under the line
		by.Mul(snap, big.NewRat(times, 1))
		if n := new(big.Rat).Quo(places, big.NewRat(times, 1)); n.Cmp(big.NewRat(12, 1)) <= 0 {
			break
		}
	}
	return bank.Write(from) + ".." + bank.Write(to) + " by " + bank.Write(by) + " snap " + bank.Write(snap), true
}
