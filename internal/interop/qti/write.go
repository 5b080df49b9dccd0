package qti

import (
	"archive/zip"
	"bytes"
	entity "html"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"kith/internal/doc"
	"kith/internal/flow/intake"
	"kith/internal/interop/bank"
	"kith/internal/interop/html"
	"kith/internal/phrase"
)

// Outcomes that feedback of ours hangs on.
const (
	outcomeFeedback = "FEEDBACK"
	outcomeHint     = "HINT"
	outcomeSolution = "SOLUTION"
)

const (
	itemSpace     = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
	manifestSpace = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
	mathSpace     = "http://www.w3.org/1998/Math/MathML"
	head          = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"
)

// Write writes a course as a package. left names what it has no place for, lost what was written without a part of it.
func Write(in intake.Bundle, o bank.Options) (out []byte, left, lost []intake.Record) {
	p := packing{files: map[string]intake.BundleFile{}, put: map[string]bool{}, o: o}
	g := bank.Stills(Kind, in, p.figure, bank.Placed, bank.Sequence, bank.Pairs, bank.Groups, bank.Spots, bank.Words, bank.Written)
	p.lang = g.Head.Lang()
	p.z = zip.NewWriter(&p.b)
	for _, f := range in.Files {
		p.files[f.Code] = f
	}
	var placed []bank.Entry
	for _, d := range g.Entries {
		w := writer{packing: &p, n: len(placed) + 1}
		file := "items/" + id(w.n) + ".xml"
		body := w.item(d)
		if !w.bad {
			body = w.withWhole(d, file, body)
		}
		if w.bad {
			g.Leave(d, phrase.Of("export.text"))
			continue
		}
		placed = append(placed, d)
		p.pictures(w.shown)
		p.file(file, []byte(body))
		p.resource(id(w.n), "imsqti_item_xmlv3p0", file, w.shown)
	}
	p.file("test.xml", []byte(test(g.Head.Title(), placed)))
	p.resource("test", "imsqti_test_xmlv3p0", "test.xml", nil)
	var m strings.Builder
	m.WriteString(head)
	for _, l := range g.Head.Lines() {
		m.WriteString("<!-- " + strings.ReplaceAll(l, "--", "- -") + " -->\n")
	}
	m.WriteString(`<manifest xmlns="` + manifestSpace + `" identifier="kith"><metadata><schema>QTI Package</schema><schemaversion>3.0.0</schemaversion></metadata><organizations/><resources>` + "\n")
	m.WriteString(p.resources.String() + "</resources></manifest>\n")
	p.file("imsmanifest.xml", []byte(m.String()))
	_ = p.z.Close() // a buffer takes all
	return p.b.Bytes(), g.Left, g.Lost
}

// id is the nth item's name in the package; its own may hold signs that a name of XML may not.
func id(n int) string { return "i" + strconv.Itoa(n) }

// packing is the package on its way.
type packing struct {
	b         bytes.Buffer
	z         *zip.Writer
	files     map[string]intake.BundleFile
	put       map[string]bool // pictures that are in it
	resources strings.Builder
	lang      string
	o         bank.Options
}

// file adds a file. It bears no time, so that the same course gives the same bytes.
func (p *packing) file(name string, body []byte) {
	if w, err := p.z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate}); err == nil {
		_, _ = w.Write(body)
	}
}

// plainName is what any system takes for a file's name.
var plainName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,80}$`)

func (p *packing) picture(id string) string {
	name := p.files[id].Name
	if !plainName.MatchString(name) {
		name = "picture" + path.Ext(name)
	}
	return "pictures/" + id + "/" + name
}

func (p *packing) pictures(ids []string) {
	for _, id := range ids {
		if p.put[id] {
			continue
		}
		p.put[id] = true
		p.file(p.picture(id), p.files[id].Body)
		p.resource("p-"+id, "webcontent", p.picture(id), nil)
	}
}

func (p *packing) resource(id, kind, href string, shown []string) {
	p.resources.WriteString(`<resource identifier="` + id + `" type="` + kind + `" href="` + href + `"><file href="` + href + `"/>`)
	slices.Sort(shown)
	for _, s := range slices.Compact(shown) {
		p.resources.WriteString(`<dependency identifierref="p-` + s + `"/>`)
	}
	p.resources.WriteString("</resource>\n")
}

// test names the items in the sections of their folders.
func test(title string, all []bank.Entry) string {
	var b strings.Builder
	b.WriteString(head + `<qti-assessment-test xmlns="` + itemSpace + `" identifier="test" title="` + entity.EscapeString(title) + `"><qti-test-part identifier="part" navigation-mode="nonlinear" submission-mode="individual">` + "\n")
	sections := 0
	open := func(title string) {
		sections++
		b.WriteString(`<qti-assessment-section identifier="s` + strconv.Itoa(sections) + `" title="` + entity.EscapeString(title) + `" visible="true">` + "\n")
	}
	open("")
	var at []string
	for n, d := range all {
		same := 0
		for same < len(at) && same < len(d.Folder) && at[same] == d.Folder[same] {
			same++
		}
		b.WriteString(strings.Repeat("</qti-assessment-section>\n", len(at)-same))
		for _, f := range d.Folder[same:] {
			open(f)
		}
		at = d.Folder
		b.WriteString(`<qti-assessment-item-ref identifier="` + id(n+1) + `" href="items/` + id(n+1) + `.xml"/>` + "\n")
	}
	b.WriteString(strings.Repeat("</qti-assessment-section>\n", len(at)+1) + "</qti-test-part></qti-assessment-test>\n")
	return b.String()
}

// writer writes one item.
type writer struct {
	*packing
	n      int
	b      strings.Builder
	shown  []string // its pictures
	bad    bool     // a text could not be written
	person bool     // a person gives the mark
}

var (
	img   = regexp.MustCompile(`<img ([^>]*)>`)
	rows  = regexp.MustCompile(`(?s)<table>(.*?)</table>`)
	texes = regexp.MustCompile(`(?s)\\\((.*?)\\\)|\\\[(.*?)\\\]`)
)

// text is a text as XHTML with mathematics as MathML, which brings its TeX along.
func (w *writer) text(d doc.Doc) string {
	s, err := html.Write(d, func(id string) string {
		w.shown = append(w.shown, id)
		return "../" + w.picture(id)
	})
	w.bad = w.bad || err != nil
	s = img.ReplaceAllString(s, "<p><img $1/></p>") // an item's body takes no bare picture, a table no bare row
	s = rows.ReplaceAllString(s, "<table><tbody>$1</tbody></table>")
	return texes.ReplaceAllStringFunc(s, func(m string) string {
		tex := entity.UnescapeString(m[2 : len(m)-2])
		display := strings.HasPrefix(m, `\[`)
		tree, err := doc.TeX(tex, display)
		if err != nil {
			w.bad = true
			return ""
		}
		inside, err := doc.HTML(tree.C)
		w.bad = w.bad || err != nil
		block := ""
		if display {
			block = ` display="block"`
		}
		return `<math xmlns="` + mathSpace + `"` + block + `><semantics><mrow>` + string(inside) + `</mrow><annotation encoding="application/x-tex">` + entity.EscapeString(tex) + `</annotation></semantics></math>`
	})
}

// note says in a comment what only Kith knows.
func (w *writer) note(key, value string) string {
	if value == "" {
		return ""
	}
	w.bad = w.bad || strings.Contains(value, "--") || strings.HasSuffix(value, "-")
	return "<!-- kith " + key + ": " + value + " -->\n"
}

func (w *writer) item(d bank.Entry) string {
	b := &w.b
	b.WriteString(head + w.note("id", d.ID))
	for _, t := range d.Tags {
		w.bad = w.bad || strings.Contains(t, ",")
	}
	b.WriteString(w.note("tags", strings.Join(d.Tags, ", ")) + w.note("unit", d.Unit))
	if d.Kind == bank.Reading {
		b.WriteString(w.note("minutes", strconv.Itoa(d.Minutes)))
	}
	for n, x := range d.Boxes {
		b.WriteString(w.note("box "+strconv.Itoa(n+1), bank.BoxLine(x)))
	}
	if d.Kind == bank.Placed {
		b.WriteString(w.note("on", string(d.On)) + w.note("axes", d.Axes))
	}
	b.WriteString(w.note("exact", strings.Join(d.Exact, " ")))
	b.WriteString(`<qti-assessment-item xmlns="` + itemSpace + `" identifier="` + id(w.n) + `" title="` + entity.EscapeString(d.Name) + `" adaptive="false" time-dependent="false"`)
	if w.lang != "" {
		b.WriteString(` xml:lang="` + entity.EscapeString(w.lang) + `"`)
	}
	b.WriteString(">\n")
	ask, processing := w.answers(d)
	b.WriteString("<qti-item-body>")
	if text := w.text(d.Text); len(d.Text.Nodes) == 1 && d.Text.Nodes[0].Kind == doc.Paragraph {
		b.WriteString("<p>" + text + "</p>")
	} else {
		b.WriteString(text)
	}
	b.WriteString("\n" + ask + "</qti-item-body>\n" + processing)
	w.feedback(d)
	b.WriteString("</qti-assessment-item>\n")
	return b.String()
}

// feedback writes what is said to wrong answers, the hints and the worked way.
func (w *writer) feedback(d bank.Entry) {
	say := func(outcome, id, notes string, text doc.Doc) {
		w.b.WriteString(`<qti-modal-feedback outcome-identifier="` + outcome + `" identifier="` + id + `" show-hide="show">` + notes + `<qti-content-body>` + w.text(text) + "</qti-content-body></qti-modal-feedback>\n")
	}
	for n, a := range d.Answers {
		if !a.Nudge.Empty() {
			say(outcomeFeedback, answerID(n), w.note("mistake", a.Mistake)+w.note("boxes", strings.Join(a.Each, "; ")), a.Nudge)
		}
	}
	for n, o := range d.Wrong {
		if !o.Nudge.Empty() {
			say(outcomeFeedback, wrongID(n), w.note("mistake", o.Mistake), o.Nudge)
		}
	}
	for n, h := range d.Hints {
		say(outcomeHint, "hint"+strconv.Itoa(n+1), "", h)
	}
	if !d.Solution.Empty() {
		say(outcomeSolution, "solution", "", d.Solution)
	}
}

func answerID(n int) string { return "a" + strconv.Itoa(n+1) }
