package moodlexml

import (
	"bytes"
	"image"
	_ "image/jpeg" // the size of a picture on which a marker is put
	_ "image/png"  // the same
	"slices"
	"strconv"
	"strings"

	"kith/internal/doc"
	"kith/internal/interop/bank"
	"kith/internal/interop/html"
	"kith/internal/item"
	"kith/internal/phrase"
)

// cloze writes boxes as gaps behind the text.
func (w *writer) cloze(g *bank.Outgoing, d bank.Entry) {
	w.kind = "cloze"
	said, files := w.html(d.Text)
	if strings.Contains(said, boxesBegin) || gapMark.MatchString(said) {
		w.why = phrase.Of("export.text")
	}
	var b strings.Builder
	b.WriteString(said + boxesBegin)
	for _, box := range d.Boxes {
		key, ok := bank.ReadNumeral(box.Key, "en")
		if !ok {
			w.why = phrase.Of("export.drawn")
			return
		}
		kind := "NUMERICAL"
		number := bank.Write(key.Value)
		if strings.Contains(number, "/") {
			kind = "SHORTANSWER"
		}
		b.WriteString("<p>" + entityOf(box.Before) + "{1:" + kind + ":=" + number + "}" + entityOf(box.After) + "</p>")
	}
	b.WriteString("</div>")
	w.wrap("questiontext", ` format="html"`, b.String(), files)
	for n, box := range d.Boxes {
		w.note("box "+strconv.Itoa(n+1), bank.BoxLine(box))
	}
	if len(d.Answers) > 0 {
		g.Lose(d, phrase.Of("export.gaps"))
	}
}

// entityOf is a line of words as HTML.
func entityOf(s string) string {
	d := doc.Doc{Nodes: []doc.Node{{Kind: doc.Paragraph, Nodes: []doc.Node{{Kind: doc.Text, Text: s}}}}}
	out, _ := html.Write(d, func(string) string { return "" }) // words alone can be written
	return out
}

func (w *writer) words(g *bank.Outgoing, d bank.Entry) {
	w.kind = "shortanswer"
	usecase := "0"
	if slices.Contains(d.Exact, item.ExactCase) {
		usecase = "1"
	}
	w.line("<usecase>" + usecase + "</usecase>")
	w.note("kind", "words")
	answers, whole := d.Starred()
	for n, a := range answers {
		w.answer(n, a.Weight, a.Said, "", "", a)
	}
	if !whole {
		g.Lose(d, phrase.Of("export.pattern"))
	} else if len(d.Exact) > 0 && !slices.Equal(d.Exact, []string{item.ExactCase}) {
		g.Lose(d, phrase.Of("export.exact"))
	}
}

// pairs writes prompts with their answers, which are words without marks in Moodle.
func (w *writer) pairs(g *bank.Outgoing, d bank.Entry) {
	w.kind = "matching"
	w.line("<shuffleanswers>true</shuffleanswers>")
	all, _ := d.Matches()
	plain := true
	for _, m := range all {
		prompt, files := w.html(m.Prompt)
		answer, pictures := w.html(m.Answer)
		if pictures != "" {
			w.why = phrase.Of("export.pictured")
		}
		_, bare := html.Bare(m.Answer)
		plain = plain && bare
		w.wrap("subquestion", ` format="html"`, prompt, files+"<answer><text>"+escaped(answer)+"</text></answer>")
	}
	if !plain {
		g.Lose(d, phrase.Of("export.plain"))
		return
	}
	g.Lose(d, d.Unmatched())
}

func (w *writer) sequence(g *bank.Outgoing, d bank.Entry) {
	w.kind = "ordering"
	for _, s := range []string{"<layouttype>VERTICAL</layouttype>", "<selecttype>ALL</selecttype>", "<selectcount>0</selectcount>", "<gradingtype>LONGEST_ORDERED_SUBSET</gradingtype>",
		"<showgrading>SHOW</showgrading>", "<numberingstyle>none</numberingstyle>"} {
		w.line(s)
	}
	for n, a := range d.Answers {
		said, files := w.html(a.Text)
		w.line(`<answer fraction="` + strconv.Itoa(n+1) + `" format="html"><text>` + escaped(said) + "</text>" + files + "</answer>")
	}
	if len(d.Wrong) > 0 {
		g.Lose(d, phrase.Of("export.orders"))
	}
}

// spots writes a marker that is to be put on the right places. The others are notes: Moodle has none but right ones.
func (w *writer) spots(g *bank.Outgoing, d bank.Entry) {
	w.kind = "ddmarker"
	id, alt := d.PictureID()
	f := w.files[id]
	size, _, err := image.DecodeConfig(bytes.NewReader(f.Body))
	if id == "" || err != nil {
		w.why = phrase.Of("export.text")
		return
	}
	w.note("alt", alt)
	w.line(packed(f.Name, "/", f.Body))
	var drops []string
	for n, a := range d.Answers {
		side := "other"
		if a.Weight > 0 {
			side = "right"
			drops = append(drops, drop(*a.Area, size))
		}
		name, files := w.html(a.Text)
		say, more := w.html(a.Nudge)
		if files+more != "" {
			w.why = phrase.Of("export.pictured")
		}
		i := strconv.Itoa(n + 1)
		w.note("place "+i, side+" "+bank.AreaLine(*a.Area)+" | "+name)
		w.note("say "+i, say)
		w.note("mistake "+i, a.Mistake)
	}
	w.line("<drag><no>1</no><text>×</text><noofdrags>" + strconv.Itoa(len(drops)) + "</noofdrags></drag>")
	for n, s := range drops {
		w.line("<drop><no>" + strconv.Itoa(n+1) + "</no>" + s + "<choice>1</choice></drop>")
	}
	g.Lose(d, phrase.Of("export.places"))
}

// drop is a place in pixels, as Moodle has it. An ellipse becomes the polygon of its box's eight points around.
func drop(a item.Area, size image.Config) string {
	x := func(n int) string { return strconv.Itoa((n*size.Width + 500) / 1000) }
	y := func(n int) string { return strconv.Itoa((n*size.Height + 500) / 1000) }
	points := a.Points
	if a.Round {
		// An eighth of a circle's corner is cut off at 0.293 of its half side.
		dx, dy := a.Width*146/1000, a.Height*146/1000
		l, t, r, b := a.X, a.Y, a.X+a.Width, a.Y+a.Height
		points = []int{l + dx, t + dy, (l + r) / 2, t, r - dx, t + dy, r, (t + b) / 2, r - dx, b - dy, (l + r) / 2, b, l + dx, b - dy, l, (t + b) / 2}
	}
	if len(points) == 0 {
		return "<shape>rectangle</shape><coords>" + x(a.X) + "," + y(a.Y) + ";" + x(a.Width) + "," + y(a.Height) + "</coords>"
	}
	var out []string
	for i := 0; i+1 < len(points); i += 2 {
		out = append(out, x(points[i])+","+y(points[i+1]))
	}
	return "<shape>polygon</shape><coords>" + strings.Join(out, ";") + "</coords>"
}

// essay writes what a person judges; the rubric stands for whoever grades.
func (w *writer) essay(d bank.Entry) {
	w.kind = "essay"
	format, must, files := "plain", "1", "0"
	if d.Photo {
		must, files = "0", "3"
	}
	w.line("<responseformat>" + format + "</responseformat>")
	w.line("<responserequired>" + must + "</responserequired>")
	w.line("<responsefieldlines>10</responsefieldlines>")
	w.line("<attachments>" + files + "</attachments>")
	required := "0"
	if d.Photo {
		required = "1"
	}
	w.line("<attachmentsrequired>" + required + "</attachmentsrequired>")
	var list doc.Doc
	if len(d.Rubric) > 0 {
		var lines []doc.Node
		for _, c := range d.Rubric {
			lines = append(lines, doc.Node{Kind: doc.ListItem, Nodes: []doc.Node{{Kind: doc.Text, Text: bank.CriterionLine(c)}}})
		}
		list.Nodes = []doc.Node{{Kind: doc.Bullets, Nodes: lines}}
	}
	w.prose("graderinfo", "", list, "")
	w.line(`<responsetemplate format="html"><text></text></responsetemplate>`)
}
