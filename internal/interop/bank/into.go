package bank

import (
	"slices"
	"strconv"
	"strings"

	"kith/internal/content"
	"kith/internal/doc"
	"kith/internal/flow/intake"
	"kith/internal/interop/html"
	"kith/internal/item"
	"kith/internal/phrase"
	"kith/internal/skill"
)

// Into puts what a file holds into a course that is there, have, whose ids are the school's: a folder is the skill of its path or,
// where one skill alone is called so, of its name; others are added after those that are there. What have holds and the file does
// not name stays as it is. The same file into the same course gives the same.
//
// rest is the skill, one of have's, of what stands in no folder; "" = one that is called like the file.
func Into(have, in intake.Bundle, rest skill.ID) intake.Bundle {
	p := placing{have: have, in: in, to: map[skill.ID]skill.ID{}, files: map[string]string{}}
	p.skills()
	if _, ok := p.to[rootID]; ok && slices.ContainsFunc(have.Course.Skills, func(s skill.Skill) bool { return s.ID == rest }) {
		p.to[rootID] = rest
	}
	p.pictures()
	out := in
	out.Source = in.Source + "@" + string(have.Course.ID)
	out.Course = have.Course
	out.Course.Skills, out.Course.Objectives = slices.Clone(have.Course.Skills), slices.Clone(have.Course.Objectives)
	for _, s := range in.Course.Skills {
		if p.to[s.ID] == s.ID {
			out.Course.Skills = append(out.Course.Skills, s)
		}
	}
	for _, o := range in.Course.Objectives {
		if p.to[o.Skills[0]] == o.Skills[0] {
			out.Course.Objectives = append(out.Course.Objectives, o)
		}
	}
	if len(in.Course.Edges) > 0 {
		out.Course.Edges = p.edges(&out)
	}
	out.Units, out.Items, out.Lessons, out.Files = p.units(), nil, nil, nil
	for _, it := range in.Items {
		it = shownAs(it, p.files)
		it.Skills = p.mapped(it.Skills)
		out.Items = append(out.Items, it)
	}
	for _, l := range in.Lessons {
		out.Lessons = append(out.Lessons, p.lesson(l))
	}
	for _, f := range in.Files {
		if p.files[f.Code] == "" {
			out.Files = append(out.Files, f)
		}
	}
	return Kept(have, out)
}

// Placeless is how many items and lessons a file puts in no folder.
func Placeless(in intake.Bundle) (n int) {
	for _, it := range in.Items {
		if it.Skills[0] == rootID {
			n++
		}
	}
	for _, l := range in.Lessons {
		if l.Skills[0] == rootID {
			n++
		}
	}
	return n
}

type placing struct {
	have, in intake.Bundle
	to       map[skill.ID]skill.ID // a skill of the file to one of the course; to itself when it is new
	files    map[string]string     // a picture of the file to the same of the course
}

func (p *placing) skills() {
	paths, titles := map[string]skill.ID{}, map[string][]skill.ID{}
	folders := foldersOf(p.have, false)
	for _, s := range p.have.Course.Skills {
		path := strings.ToLower(Path(folders[s.ID]))
		if _, twice := paths[path]; !twice {
			paths[path] = s.ID
		}
		title := strings.ToLower(s.Title)
		titles[title] = append(titles[title], s.ID)
		if code := strings.ToLower(s.Code); len(p.in.Course.Edges) > 0 && paths[code] == "" { // a table of prerequisites may name codes
			paths[code] = s.ID
		}
	}
	for _, s := range p.in.Course.Skills {
		p.to[s.ID] = s.ID
		if id, ok := paths[strings.ToLower(string(s.ID))]; ok {
			p.to[s.ID] = id
		} else if list := titles[strings.ToLower(s.Title)]; len(list) == 1 {
			p.to[s.ID] = list[0]
		}
	}
}

// edges are the course's with those of the file; what would lead in a ring with them is left out.
func (p *placing) edges(out *intake.Bundle) []skill.Edge {
	edges := slices.Clone(p.have.Course.Edges)
	there := map[[2]skill.ID]bool{}
	for _, e := range edges {
		there[[2]skill.ID{e.From, e.To}] = true
	}
	for _, e := range p.in.Course.Edges {
		said := string(e.From) + " → " + string(e.To)
		e.From, e.To = p.to[e.From], p.to[e.To]
		pair := [2]skill.ID{e.From, e.To}
		switch {
		case there[pair]:
		case e.From == e.To || reaches(edges, e.To, e.From):
			out.Skipped = append(out.Skipped, intake.Record{File: "skill", ID: said, Outcome: intake.Skipped, Reason: phrase.Of("import.graph.ring")})
		default:
			there[pair], edges = true, append(edges, e)
		}
	}
	return edges
}

// reaches reports whether a way leads from one skill to another.
func reaches(edges []skill.Edge, from, to skill.ID) bool {
	next := map[skill.ID][]skill.ID{}
	for _, e := range edges {
		next[e.From] = append(next[e.From], e.To)
	}
	seen, open := map[skill.ID]bool{from: true}, []skill.ID{from}
	for len(open) > 0 {
		at := open[len(open)-1]
		open = open[:len(open)-1]
		for _, n := range next[at] {
			if n == to {
				return true
			}
			if !seen[n] {
				seen[n], open = true, append(open, n)
			}
		}
	}
	return false
}

func (p *placing) pictures() {
	for _, f := range p.in.Files {
		for _, h := range p.have.Files {
			if h.SHA256 == f.SHA256 {
				p.files[f.Code] = h.Code
			}
		}
	}
}

func (p *placing) mapped(ids []skill.ID) []skill.ID {
	var out []skill.ID
	for _, id := range ids {
		if to := p.to[id]; !slices.Contains(out, to) {
			out = append(out, to)
		}
	}
	return out
}

// units are those of the file that hold a skill that no unit of the course has, with the parts that are about it; a unit of the
// course with the same title gets them.
func (p *placing) units() []content.Unit {
	as := map[skill.ObjectiveID]skill.ObjectiveID{} // an objective of the file that goes into a unit, to what it is called in the course
	for _, o := range p.in.Course.Objectives {
		to := p.to[o.Skills[0]]
		if to == o.Skills[0] {
			as[o.ID] = o.ID
		} else if id, ok := p.inNoUnit(to); ok {
			as[o.ID] = id
		}
	}
	var out []content.Unit
	for _, u := range p.in.Units {
		var parts []content.Part
		for _, part := range u.Parts {
			if id, ok := as[part.Objective]; ok {
				part.Objective = id
				parts = append(parts, part)
			}
		}
		if u.Parts = parts; len(u.Parts) == 0 {
			continue
		}
		for _, h := range p.have.Units {
			if strings.EqualFold(h.Title, u.Title) {
				h.Parts = append(slices.Clone(h.Parts), u.Parts...)
				u = h
				break
			}
		}
		out = append(out, u)
	}
	return out
}

// inNoUnit is the objective of a skill of the course that none of its units has: somebody took it out, or an import that was
// interrupted had not come so far.
func (p *placing) inNoUnit(id skill.ID) (skill.ObjectiveID, bool) {
	var own skill.ObjectiveID
	for _, o := range p.have.Course.Objectives {
		if !slices.Contains(o.Skills, id) {
			continue
		}
		for _, u := range p.have.Units {
			if slices.ContainsFunc(u.Parts, func(part content.Part) bool { return part.Objective == o.ID }) {
				return "", false
			}
		}
		own = o.ID
	}
	return own, own != ""
}

func (p *placing) lesson(l content.Lesson) content.Lesson {
	l.Body.Nodes = renamed(l.Body.Nodes, p.files)
	was := l.Skills
	l.Skills = p.mapped(l.Skills)
	if len(was) > 0 && p.to[was[0]] != was[0] {
		l.Objective = ""
		for _, o := range p.have.Course.Objectives {
			if slices.Contains(o.Skills, l.Skills[0]) {
				l.Objective = o.ID
				break
			}
		}
	}
	return l
}

// Kept gives what stands in have, by its id, the parts that the file's format cannot say (Bundle.Silent), and the credit of what
// was made here. An item whose answer is another now loses what was said of the old one.
func Kept(have, in intake.Bundle) intake.Bundle {
	if in.Silent == nil {
		return in
	}
	silent := map[string]bool{}
	for _, s := range in.Silent {
		silent[s] = true
	}
	items, lessons := map[item.ID]item.Item{}, map[content.LessonID]content.Lesson{}
	for _, it := range have.Items {
		items[it.ID] = it
	}
	for _, l := range have.Lessons {
		lessons[l.ID] = l
	}
	own := have.Source == ""
	in.Items, in.Lessons = slices.Clone(in.Items), slices.Clone(in.Lessons)
	for i, it := range in.Items {
		if was, ok := items[it.ID]; ok {
			in.Items[i] = keptItem(was, it, silent, own)
		}
	}
	for i, l := range in.Lessons {
		was, ok := lessons[l.ID]
		if !ok {
			continue
		}
		title, minutes, body := l.Title, l.Minutes, l.Body
		l, credit := was, l.Attribution
		if l.Title, l.Minutes, l.Body = title, minutes, alike(was.Body, body); !own {
			l.Attribution = credit
		}
		in.Lessons[i] = l
	}
	return in
}

func keptItem(was, is item.Item, silent map[string]bool, own bool) item.Item {
	if own {
		is.Attribution = was.Attribution
	}
	is.Context = was.Context
	is.Text, is.Solution = alike(was.Text, is.Text), alike(was.Solution, is.Solution)
	if is.Key == was.Key {
		is.Second = was.Second
		is.Variables = was.Variables
	}
	if is.Kind == was.Kind && silent[intake.SilentOrder] {
		is.Ordered = was.Ordered
	}
	if is.Key == was.Key && is.Kind == was.Kind && silent[intake.SilentForms] {
		is.Forms = was.Forms
	}
	if silent[intake.SilentHints] && len(is.Hints) == 0 {
		is.Hints = was.Hints
	}
	if is.Kind == was.Kind && silent[intake.SilentArranged] && is.Kind.Arranged() && sameArranged(was, is) {
		is.Choices, is.Groups, is.Mistakes = was.Choices, was.Groups, was.Mistakes
	}
	if is.Kind == was.Kind && silent[intake.SilentWritten] {
		if is.Kind == item.Short && slices.Equal(is.Accepts, was.Accepts) {
			is.Pattern, is.Exact = was.Pattern, was.Exact
		}
		is.Rubric = was.Rubric
	}
	if sameHints(is.Hints, was.PlainHints()) { // files have no room for smaller questions
		is.Hints, is.Scaffolds = was.Hints, was.Scaffolds
	}
	is.Choices, is.Mistakes, is.Boxes = slices.Clone(is.Choices), slices.Clone(is.Mistakes), slices.Clone(is.Boxes)
	for i, b := range is.Boxes {
		if i < len(was.Boxes) && was.Boxes[i].Key == b.Key {
			is.Boxes[i].Second = was.Boxes[i].Second
		}
	}
	for _, m := range was.Mistakes {
		at := slices.IndexFunc(is.Mistakes, func(x item.Mistake) bool { return slices.Equal(x.Yields, m.Yields) })
		switch {
		case slices.ContainsFunc(is.Mistakes, func(x item.Mistake) bool { return len(m.Yields) == 0 && x.Near == m.Near }): // the file says it too
		case len(m.Yields) == 0 || len(was.Boxes) > 0 && at < 0 && len(is.Boxes) == len(was.Boxes):
			is.Mistakes = append(is.Mistakes, m)
		case at >= 0 && silent[intake.SilentMistakes]:
			is.Mistakes[at].Tag = m.Tag
		}
	}
	if silent[intake.SilentMistakes] {
		for i, c := range is.Choices {
			at := slices.IndexFunc(was.Choices, func(x item.Option) bool { return doc.Format(x.Text) == doc.Format(c.Text) })
			if at >= 0 && c.Mistake != "" && was.Choices[at].Mistake != "" {
				is.Choices[i].Mistake = was.Choices[at].Mistake
			}
		}
	}
	return is
}

// sameArranged reports whether two items put the same things in the same order, or into the same groups, in whatever order these stand.
func sameArranged(was, is item.Item) bool {
	said := func(it item.Item) []string {
		var out []string
		for i, o := range it.Choices {
			switch {
			case it.Kind == item.Ordering:
				out = append(out, strconv.Itoa(i)+shows(o.Text))
			case o.Group < 0 || o.Group >= len(it.Groups):
				out = append(out, shows(o.Text))
			default:
				out = append(out, shows(o.Text)+"\n"+shows(it.Groups[o.Group].Text))
			}
		}
		for _, g := range it.Groups {
			out = append(out, "\n"+shows(g.Text))
		}
		slices.Sort(out)
		return out
	}
	return slices.Equal(said(was), said(is))
}

// sameHints reports whether a file's hints say what an item's plain ones do.
func sameHints(is, was []doc.Doc) bool {
	return slices.EqualFunc(is, was, func(a, b doc.Doc) bool {
		name := func(id string) string { return id }
		x, errX := html.Write(a, name)
		y, errY := html.Write(b, name)
		return errX == nil && errY == nil && x == y
	})
}

// alike is what was, where what is says the same in other nodes: files do not keep how a line is parted.
func alike(was, is doc.Doc) doc.Doc {
	name := func(id string) string { return id }
	a, errA := html.Write(was, name)
	b, errB := html.Write(is, name)
	if errA == nil && errB == nil && a == b {
		return was
	}
	return is
}

// shownAs is an item whose pictures bear other names.
func shownAs(it item.Item, names map[string]string) item.Item {
	if len(names) == 0 {
		return it
	}
	return it.Retold(func(d doc.Doc) doc.Doc {
		d.Nodes = renamed(d.Nodes, names)
		return d
	})
}

func renamed(nodes []doc.Node, names map[string]string) []doc.Node {
	if len(nodes) == 0 || len(names) == 0 {
		return nodes
	}
	out := slices.Clone(nodes)
	for i, n := range out {
		if to := names[n.Name]; n.Kind == doc.Image && to != "" {
			out[i].Name = to
		}
		out[i].Nodes = renamed(n.Nodes, names)
	}
	return out
}
