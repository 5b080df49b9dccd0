package cnxml

import (
	"slices"
	"strings"

	"kith/internal/content"
	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/interop/bank"
	"kith/internal/item"
	"kith/internal/phrase"
	"kith/internal/skill"
)

// mostChecks is how many questions stand inside one lesson.
const mostChecks = 4

// lesson is a reading that was made, with the exercises that follow its examples.
type lesson struct {
	topic *topic
	after []after
}

// after are items that may stand after a block, the first that was taken does.
type after struct {
	block int
	ids   []string
}

func (l *lesson) checks(there map[item.ID]bool) (out []content.Check) {
	for _, a := range l.after {
		for _, id := range a.ids {
			if there[item.ID(id)] && len(out) < mostChecks {
				out = append(out, content.Check{AfterBlock: a.block, Item: item.ID(id)})
				break
			}
		}
	}
	return out
}

// section takes one section of the book: its lessons, its exercises, its edges.
func (r *reader) section(m *module, root *node) error {
	if len(m.topics) == 0 {
		r.skip(m.name, phrase.Of("import.cnxml.no_objective"))
		return nil
	}
	bodies, rest := r.parts(m, root)
	for _, k := range rest {
		if err := r.exercises(m, k); err != nil {
			return err
		}
	}
	for _, t := range m.topics {
		if err := r.lesson(m, t, bodies[t]); err != nil {
			return err
		}
	}
	return nil
}

// parts sorts what a section holds: for each topic what is read, and what is asked. What stands before the first heading belongs to
// the first that has one, the summary to the last.
func (r *reader) parts(m *module, root *node) (bodies map[*topic][]*node, rest []*node) {
	bodies = map[*topic][]*node{}
	now := m.topics[0]
	if at := slices.IndexFunc(m.topics, func(t *topic) bool { return t.head != "" }); at > 0 {
		now = m.topics[at]
	}
	for _, k := range root.child("content").elementsOf() {
		switch {
		case k.has("section-exercises") || k.has("review-exercises") || k.has("practice-test") || k.has("self-check"):
			rest = append(rest, k)
		case k.is("note") && k.has("be-prepared"):
			if k.child("exercise") != nil {
				rest = append(rest, k)
			}
		default:
			if at := slices.IndexFunc(m.topics, func(t *topic) bool { return k.is("section") && t.head != "" && t.head == k.attr["id"] }); at >= 0 {
				now = m.topics[at]
				_, inner := untitled(k)
				bodies[now] = append(bodies[now], inner...)
				continue
			}
			bodies[now] = append(bodies[now], k)
		}
	}
	if words := definitions(root.child("glossary")); words != nil {
		bodies[now] = append(bodies[now], words)
	}
	return bodies, rest
}

// definitions is a glossary as a list: the word in bold and what it means.
func definitions(glossary *node) *node {
	list := &node{name: "list"}
	for _, d := range glossary.children("definition") {
		line := &node{name: "item"}
		if t := d.child("term"); t != nil {
			line.kids = append(line.kids, t, &node{text: ": "})
		}
		if m := d.child("meaning"); m != nil {
			line.kids = append(line.kids, m.kids...)
		}
		list.kids = append(list.kids, line)
	}
	if len(list.kids) == 0 {
		return nil
	}
	return list
}

// lesson makes the reading of one topic, and takes the exercises inside it.
func (r *reader) lesson(m *module, t *topic, body []*node) error {
	l := &lesson{topic: t}
	s := r.shaper(m)
	s.top = true
	var blocks []doc.Node
	for _, k := range body {
		if err := r.tries(m, t, l, k, &blocks, s); err != nil {
			return err
		}
	}
	at := bank.At{File: shown(m.file), Name: m.name + "#" + t.head}
	r.said(at, s)
	if len(blocks) == 0 {
		return nil // the outline has named it
	}
	short := shorter(blocks)
	if short > 0 {
		r.bank.Doubt(at, phrase.Of("import.cnxml.alts", "n", short))
	}
	text, cut := whole(blocks)
	if cut > 0 {
		r.bank.Doubt(at, phrase.Of("import.cnxml.cut", "n", cut))
	}
	d := doc.Doc{Nodes: text}
	if err := d.Validate(); err != nil {
		return r.bank.Refused(at, err)
	}
	minutes := 1 + len(words(d))/wordsAMinute
	if err := r.bank.Add(bank.Entry{At: at, ID: "lesson/" + t.id, Folder: []string{t.id}, Kind: bank.Reading, Text: d, Minutes: min(minutes, 600)}); err != nil {
		return err
	}
	r.lessons = append(r.lessons, l)
	return nil
}

// tries takes one element of a lesson: what is read, and the exercises that the book gives to try.
func (r *reader) tries(m *module, t *topic, l *lesson, k *node, blocks *[]doc.Node, s *shaper) error {
	try := func(n *node) error {
		for _, e := range n.children("exercise") {
			ids, err := r.take(m, asked{topic: t, node: e})
			if err != nil {
				return err
			}
			if len(ids) > 0 && len(*blocks) > 0 {
				at := len(*blocks)
				if last := len(l.after) - 1; last >= 0 && l.after[last].block == at {
					l.after[last].ids = append(l.after[last].ids, ids...)
				} else {
					l.after = append(l.after, after{at, ids})
				}
			}
		}
		return nil
	}
	switch {
	case k.is("note") && k.has("try"):
		return try(k)
	case k.is("exercise"):
		return try(&node{kids: []*node{k}})
	case k.is("section"):
		title, rest := untitled(k)
		if line := s.titleLine(title); len(line) > 0 {
			*blocks = append(*blocks, heading(min(2+s.deep, 4), line...))
		}
		s.deep++
		for _, inner := range rest {
			if err := r.tries(m, t, l, inner, blocks, s); err != nil {
				return err
			}
		}
		s.deep--
		return nil
	case k.name == "": // spaces between blocks
		return nil
	}
	*blocks = append(*blocks, s.blocks([]*node{k})...)
	return nil
}

// said reports what a lesson lost.
func (r *reader) said(at bank.At, s *shaper) {
	var names []string
	for name := range s.left {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		r.bank.Doubt(at, phrase.Of("import.cnxml.left", "name", name, "n", s.left[name]))
	}
	if s.absent > 0 {
		r.bank.Doubt(at, phrase.Of("import.cnxml.no_figures", "n", s.absent))
	}
}

// wordsAMinute is how fast a lesson is read (see package bank).
const wordsAMinute = 120

func words(d doc.Doc) []string { return strings.Fields(d.Plain(nil)) }

// whole is as much of a text as may stand in one, ending before a heading or an example; cut is how many blocks are left out.
func whole(blocks []doc.Node) (text []doc.Node, cut int) {
	text = blocks
	pauses := 0
	for i, b := range text {
		if b.Kind == doc.Pause {
			if pauses++; pauses > doc.MaxPauses {
				text = text[:i]
				break
			}
		}
	}
	for len(text) > 0 {
		err := (doc.Doc{Nodes: text}).Validate()
		if code := fault.Said(err).Code; err == nil || code != "fault.doc.too_long" && code != "fault.doc.too_many_nodes" {
			break
		}
		end := len(text) - max(1, len(text)/20)
		for end > 1 && text[end].Kind != doc.Heading && text[end].Kind != doc.Pause {
			end--
		}
		text = text[:end]
	}
	return text, len(blocks) - len(text)
}

// shorter cuts the longest descriptions of pictures where a text would be too long with them whole; they run to pages in the books.
// It gives how many it cut.
func shorter(blocks []doc.Node) (n int) {
	for _, most := range []int{1500, 1000, 700, 400, 250, 120} {
		if fault.Said((doc.Doc{Nodes: blocks}).Validate()).Code != "fault.doc.too_long" {
			break
		}
		n = 0
		var walk func(nodes []doc.Node)
		walk = func(nodes []doc.Node) {
			for i := range nodes {
				text := &nodes[i].Alt
				if b := nodes[i].Nodes; nodes[i].Kind == doc.Emphasis && len(nodes) == 1 && len(b) == 1 && b[0].Kind == doc.Text {
					text = &b[0].Text // what stands for a picture that did not come along
				}
				if r := []rune(*text); len(r) > most {
					*text = strings.TrimSpace(string(r[:most-1])) + "…"
					n++
				}
				walk(nodes[i].Nodes)
			}
		}
		walk(blocks)
	}
	return n
}

// exercises takes the exercises of a part that asks: what is said before them, and the headings that say which objective they are of.
func (r *reader) exercises(m *module, k *node) error {
	w := walker{r: r, at: m, m: m}
	switch {
	case k.has("be-prepared"):
		return r.readiness(m, k)
	case k.has("practice-test"):
		w.why = phrase.Of("import.cnxml.several")
	}
	return w.section(k)
}

// walker goes through exercises in the order of the book.
type walker struct {
	r     *reader
	at    *module // in whose file they stand
	m     *module // of whose objectives they are; nil = that is not known
	topic *topic
	why   phrase.Phrase // why what follows cannot be taken
	lead  []*node
	open  bool // the last thing was said and not asked
}

func (w *walker) section(k *node) error {
	title, rest := untitled(k)
	inner := *w
	inner.lead, inner.open = nil, false
	if l := title.child("link"); l != nil { // the chapter's review names its sections
		inner.m = w.r.o.modules[l.attr["document"]]
		inner.topic = nil
	} else if title != nil && inner.m != nil {
		if t := inner.m.topicCalled(title.words()); t != nil {
			inner.topic = t
		}
	}
	if k.has("writing") {
		inner.why = phrase.Of("import.item.essay")
	}
	if inner.m != nil && len(inner.m.topics) == 1 {
		inner.topic = inner.m.topics[0]
	}
	for _, e := range rest {
		if err := inner.element(e); err != nil {
			return err
		}
	}
	return nil
}

func (w *walker) element(e *node) error {
	switch {
	case e.name == "":
		return nil
	case e.is("section"):
		return w.section(e)
	case e.is("exercise"):
		w.open = false
		a := asked{topic: w.topic, lead: w.lead, node: e, why: w.why}
		if w.topic == nil && a.why.Code == "" {
			a.why = phrase.Of("import.cnxml.several")
		}
		_, err := w.r.take(w.at, a)
		return err
	case e.is("para") && wholly(e) != "":
		w.lead, w.open = nil, false
		if w.m != nil {
			w.topic = w.m.topicCalled(wholly(e))
		}
		return nil
	}
	if e.child("exercise") != nil {
		for _, inner := range e.children("exercise") {
			if err := w.element(inner); err != nil {
				return err
			}
		}
		return nil
	}
	if !w.open {
		w.lead, w.open = nil, true
	}
	w.lead = append(w.lead, e)
	return nil
}

// topicCalled is the module's topic of which a heading speaks; nil for none, and for a heading that could be several.
func (m *module) topicCalled(s string) *topic {
	for _, t := range m.topics {
		if slices.ContainsFunc(t.texts, func(x string) bool { return same(x) == same(s) }) {
			return t
		}
	}
	for _, t := range m.topics {
		if called(s, t.texts) {
			return t
		}
	}
	for _, t := range m.topics {
		if called(s, t.inner) {
			return t
		}
	}
	return nil
}

// readiness takes the questions before a section: each is an item of what it sends back to, since an answer to it is evidence of that;
// and that is needed for the section's first objective.
func (r *reader) readiness(m *module, note *node) error {
	for _, e := range note.children("exercise") {
		at := bank.At{File: shown(m.file), Line: e.line, Name: m.name + "#" + e.attr["id"]}
		var back *topic
		links := 0
		e.child("problem").walkAll(func(n *node) {
			if !n.is("link") || n.attr["url"] != "" {
				return
			}
			links++
			doc := n.attr["document"]
			if doc == "" {
				doc = m.name
			}
			if p := r.o.places[doc+"#"+n.attr["target-id"]]; p.topic != nil {
				if back == nil {
					back = p.topic
				}
				r.edge(at, p.topic, m.topics[0])
				return
			}
			r.bank.Skip(at, phrase.Of("import.cnxml.no_target", "target", clip(doc+"#"+n.attr["target-id"])))
		})
		a := asked{topic: back, node: e, ahead: true}
		if back == nil {
			a.why = phrase.Of("import.cnxml.no_review")
		}
		if _, err := r.take(m, a); err != nil {
			return err
		}
	}
	return nil
}

func (n *node) walkAll(each func(*node)) {
	if n != nil {
		n.walk(func(k *node) bool { each(k); return true })
	}
}

// edge makes one topic a prerequisite of another, once. What leads nowhere new is passed over, what leads in a ring is named.
func (r *reader) edge(at bank.At, from, to *topic) {
	e := [2]skill.ID{skill.ID(from.id), skill.ID(to.id)}
	if from == to || r.edges[e] {
		return
	}
	if reaches(r.course.Edges, e[1], e[0]) {
		r.bank.Skip(at, phrase.Of("import.cnxml.ring"))
		return
	}
	r.edges[e] = true
	r.course.Edges = append(r.course.Edges, skill.Edge{From: e[0], To: e[1], Source: EdgeSource})
}

// reaches reports whether edges lead from one skill to another.
func reaches(edges []skill.Edge, from, to skill.ID) bool {
	next := map[skill.ID][]skill.ID{}
	for _, e := range edges {
		next[e.From] = append(next[e.From], e.To)
	}
	seen, open := map[skill.ID]bool{from: true}, []skill.ID{from}
	for len(open) > 0 {
		now := open[len(open)-1]
		open = open[:len(open)-1]
		if now == to {
			return true
		}
		for _, n := range next[now] {
			if !seen[n] {
				seen[n] = true
				open = append(open, n)
			}
		}
	}
	return false
}
