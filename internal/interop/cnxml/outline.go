package cnxml

import (
	"fmt"
	"slices"
	"strings"

	"kith/internal/interop/bank"
	"kith/internal/phrase"
	"kith/internal/skill"
)

// topic is one objective of a section with the part of the section that teaches it: a skill, its lesson, its items.
type topic struct {
	id     string // "m82452/fs-id1": the source's own names
	code   string // "1.2.3"
	title  string
	texts  []string // what it is called, for headings among exercises
	inner  []string // headings inside it
	head   string   // id of the part that teaches it, "" where none does
	module *module
}

// called reports whether a heading says the same as one of the texts.
func called(s string, texts []string) bool {
	return slices.ContainsFunc(texts, func(x string) bool { return same(x) == same(s) }) ||
		slices.ContainsFunc(texts, func(x string) bool { return near(x) == near(s) })
}

// module is what is kept of a module beside its file.
type module struct {
	name    string // "m82452"
	file    string
	chapter int    // from 0
	number  string // "1.2"; "" for a chapter's introduction
	title   string
	topics  []*topic
}

// place is where an element of the book stands, for links to it.
type place struct {
	topic *topic
	label phrase.Phrase // "Example 1.3"; zero where it has no number
}

// outline is the book without its texts.
type outline struct {
	book    *book
	modules map[string]*module
	order   []*module
	places  map[string]place // by "module#id"
	counts  map[string]int   // figures, examples and tables of the present chapter
}

// chapterModule takes a module's file into the outline. An introduction has no number and no topics.
func (o *outline) chapterModule(m *module, root *node, section int) (doubts []doubt) {
	m.title = root.child("title").words()
	o.modules[m.name], o.order = m, append(o.order, m)
	content := root.child("content")
	if kind := root.attr["class"]; content == nil || kind == "introduction" || kind == "preface" || kind == "appendix" {
		o.note(m, content, nil)
		return nil
	}
	m.number = fmt.Sprintf("%d.%d", m.chapter+1, section)
	doubts = o.topicsOf(m, root)
	if len(m.topics) == 0 {
		return append(doubts, doubt{m.name, phrase.Of("import.cnxml.no_objective")})
	}
	now := m.topics[0]
	for _, k := range content.elements() {
		if at := slices.IndexFunc(m.topics, func(t *topic) bool { return k.is("section") && t.head != "" && t.head == k.attr["id"] }); at >= 0 {
			now = m.topics[at]
		}
		o.note(m, &node{kids: []*node{k}}, now)
		k.walk(func(n *node) bool { // headings inside the part are its names too
			if n.is("section") && k.attr["class"] == "" {
				now.inner = append(now.inner, n.child("title").words())
			}
			return !n.maths
		})
	}
	return doubts
}

// doubt is what is worth a look, at an element of the book.
type doubt struct {
	id  string
	why phrase.Phrase
}

// note remembers where the elements beneath stand, and numbers those that have numbers.
func (o *outline) note(m *module, under *node, t *topic) {
	if under == nil {
		return
	}
	under.walk(func(n *node) bool {
		if n.maths {
			return false
		}
		p := place{topic: t}
		key := ""
		switch {
		case n.is("example"):
			key = "import.cnxml.label_example"
		case n.is("figure") && !n.has("unnumbered") && !n.has("splash"):
			key = "import.cnxml.label_figure"
		case n.is("table") && !n.has("unnumbered") && !n.has("unstyled"):
			key = "import.cnxml.label_table"
		}
		if key != "" {
			o.counts[key]++
			p.label = phrase.Of(key, "n", fmt.Sprintf("%d.%d", m.chapter+1, o.counts[key]))
		}
		if id := n.attr["id"]; id != "" {
			if _, twice := o.places[m.name+"#"+id]; !twice {
				o.places[m.name+"#"+id] = p
			}
		}
		return true
	})
}

// head is a part of a module with a title.
type head struct{ id, title string }

func headsOf(root *node) (out []head) {
	for _, s := range root.child("content").children("section") {
		title := s.child("title").words()
		if s.attr["class"] == "" && s.attr["id"] != "" && title != "" && same(title) != "selfcheck" {
			out = append(out, head{s.attr["id"], title})
		}
	}
	return out
}

func objectivesOf(root *node) (out []string) {
	for _, list := range root.child("metadata").child("abstract").children("list") {
		for _, i := range list.children("item") {
			if s := strings.Trim(i.words(), " .;"); s != "" {
				out = append(out, s)
			}
		}
	}
	return out
}

// topicsOf joins a module's objectives and the parts that teach them: those that say the same, then those that stand in the same
// place between them. What is left over on either side is a topic of its own.
func (o *outline) topicsOf(m *module, root *node) (doubts []doubt) {
	objectives, heads := objectivesOf(root), headsOf(root)
	if len(heads) > maxTopics || len(objectives) > maxTopics {
		heads, objectives = heads[:min(len(heads), maxTopics)], objectives[:min(len(objectives), maxTopics)]
	}
	at := paired(objectives, heads)
	taken := map[int]bool{}
	add := func(title, id string, h *head) {
		t := &topic{id: m.name + "/" + id, title: bank.UpperFirst(title), texts: []string{title}, module: m}
		if h != nil {
			t.head = h.id
			t.texts = append(t.texts, h.title)
		}
		m.topics = append(m.topics, t)
		t.code = fmt.Sprintf("%s.%d", m.number, len(m.topics))
	}
	spare := func(before int) { // parts that no objective names, up to one that does
		for j := range heads[:before] {
			if !taken[j] && !slices.Contains(at, j) {
				taken[j] = true
				add(heads[j].title, heads[j].id, &heads[j])
				if len(objectives) > 0 {
					doubts = append(doubts, doubt{m.name + " " + heads[j].id, phrase.Of("import.cnxml.heading_only", "heading", clip(heads[j].title))})
				}
			}
		}
	}
	for i, text := range objectives {
		if at[i] < 0 {
			add(text, fmt.Sprintf("objective-%d", i+1), nil)
			if len(heads) > 0 {
				doubts = append(doubts, doubt{m.name, phrase.Of("import.cnxml.no_part", "objective", clip(text))})
			}
			continue
		}
		spare(at[i])
		h := heads[at[i]]
		taken[at[i]] = true
		add(text, h.id, &h)
		if same(text) != same(h.title) && near(text) != near(h.title) {
			doubts = append(doubts, doubt{m.name + " " + h.id, phrase.Of("import.cnxml.by_place", "objective", clip(text), "heading", clip(h.title))})
		}
	}
	spare(len(heads))
	return doubts
}

// maxTopics is how many objectives one section may have; a real one has nine.
const maxTopics = 40

// paired is for each objective the part that teaches it, -1 for none.
func paired(objectives []string, heads []head) []int {
	at := make([]int, len(objectives))
	for i := range at {
		at[i] = -1
	}
	for _, alike := range []func(string) string{same, near} {
		for i, text := range objectives {
			for j, h := range heads {
				if at[i] < 0 && !slices.Contains(at, j) && alike(text) == alike(h.title) {
					at[i] = j
				}
			}
		}
	}
	for i := 0; i < len(at); i++ {
		if at[i] >= 0 {
			continue
		}
		end := i
		for end < len(at) && at[end] < 0 {
			end++
		}
		from, to := 0, len(heads)
		if i > 0 && at[i-1] >= 0 {
			from = at[i-1] + 1
		}
		if end < len(at) {
			to = at[end]
		}
		if to-from == end-i && !slices.ContainsFunc(at, func(j int) bool { return j >= from && j < to }) {
			for k := i; k < end; k++ {
				at[k] = from + k - i
			}
		}
		i = end - 1
	}
	return at
}

// skillOf is a topic as a skill of the course, objectiveOf as an objective.
func (t *topic) skillOf() skill.Skill {
	return skill.Skill{ID: skill.ID(t.id), Code: t.code + " " + slug(t.title), Title: t.title}
}

func (t *topic) objectiveOf() skill.Objective {
	return skill.Objective{ID: skill.ObjectiveID(t.id), Code: t.code, Title: t.title, ICan: "I can " + bank.LowerFirst(t.title) + ".", Skills: []skill.ID{skill.ID(t.id)}}
}
