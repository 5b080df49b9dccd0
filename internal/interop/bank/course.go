package bank

import (
	"slices"
	"strings"

	"kith/internal/content"
	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/flow/intake"
	"kith/internal/phrase"
	"kith/internal/skill"
)

// rootID is the id of the skill, and of the unit, of what stands in no folder.
const rootID = "."

// tagMark begins the id of a skill that a tag names.
const tagMark = "#"

// Path writes a folder's names as one line, with a slash doubled inside a name, as Moodle does.
func Path(names []string) string {
	out := make([]string, len(names))
	for i, n := range names {
		if out[i] = strings.ReplaceAll(n, "/", "//"); i > 0 && strings.HasPrefix(n, "/") {
			out[i] = " " + out[i] // which keeps its slash apart from the one before
		}
	}
	return strings.Join(out, "/")
}

// SplitPath reads what Path writes. Empty names are left out.
func SplitPath(s string) []string {
	var out []string
	var b strings.Builder
	end := func() {
		if name := strings.TrimSpace(b.String()); name != "" {
			out = append(out, name)
		}
		b.Reset()
	}
	for i := 0; i < len(s); i++ {
		switch {
		case strings.HasPrefix(s[i:], "//"):
			b.WriteByte('/')
			i++
		case s[i] == '/':
			end()
		default:
			b.WriteByte(s[i])
		}
	}
	end()
	return out
}

// Folder notes that a folder is there, so that one with nothing in it can be named.
func (b *Bank) Folder(at At, names []string) {
	names, _ = b.folder(names)
	if id := Path(names); id != "" {
		if _, known := b.folders[id]; !known {
			at.Name = id
			b.folders[id] = at
		}
	}
}

// outline makes the skills, objectives and units of what was placed.
type outline struct {
	title  string
	lang   string
	course skill.Course
	units  []content.Unit
	known  map[skill.ID]bool
	leaves map[string][]skill.ID // the innermost name of folders, folded, to their skills
	tags   map[string]skill.ID
}

func skillOf(folder []string) skill.ID {
	if len(folder) == 0 {
		return rootID
	}
	return skill.ID(Path(folder))
}

// folderSkill makes the skill of a folder, its objective and its place in a unit.
func (o *outline) folderSkill(folder []string) {
	id := skillOf(folder)
	if o.known[id] {
		return
	}
	unit, title, unitTitle := rootID, o.title, o.title
	if n := len(folder); n > 0 {
		title = folder[n-1]
		if n > 1 {
			unit, unitTitle = Path(folder[:n-1]), strings.Join(folder[:n-1], " / ")
		}
	}
	o.add(id, title)
	leaf := strings.ToLower(title)
	o.leaves[leaf] = append(o.leaves[leaf], id)
	objective := skill.ObjectiveID(id)
	o.course.Objectives = append(o.course.Objectives, skill.Objective{ID: objective, Code: string(id), Title: title, ICan: title, Skills: []skill.ID{id}})
	at := slices.IndexFunc(o.units, func(u content.Unit) bool { return string(u.ID) == unit })
	if at < 0 {
		at = len(o.units)
		o.units = append(o.units, content.Unit{ID: content.UnitID(unit), Code: unit, Title: unitTitle})
	}
	o.units[at].Parts = append(o.units[at].Parts, content.Part{Objective: objective})
}

func (o *outline) add(id skill.ID, title string) {
	o.known[id] = true
	o.course.Skills = append(o.course.Skills, skill.Skill{ID: id, Code: string(id), Title: title})
}

// tagSkills makes a skill of every tag that is not the name of one folder.
func (o *outline) tagSkills(all []placed) {
	o.tags = map[string]skill.ID{}
	var names []string
	for _, p := range all {
		for _, t := range p.tags {
			fold := strings.ToLower(t)
			if _, met := o.tags[fold]; met {
				continue
			}
			if list := o.leaves[fold]; len(list) == 1 {
				o.tags[fold] = list[0]
				continue
			}
			o.tags[fold] = skill.ID(tagMark + t)
			names = append(names, t)
		}
	}
	slices.Sort(names)
	for _, t := range names {
		o.add(skill.ID(tagMark+t), t)
	}
}

// skills are what an item asks: its folder's first, then its tags'.
func (o *outline) skills(p placed) []skill.ID {
	out := []skill.ID{skillOf(p.folder)}
	for _, t := range p.tags {
		if id := o.tags[strings.ToLower(t)]; !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// Bundle is the course of all that was taken. Errors: Invalid when the file held nothing at all.
func (b *Bank) Bundle() (intake.Bundle, error) {
	title := first(b.o.Title, b.head[headTitle], titleOf(b.o.File))
	if len(b.placed)+len(b.skipped) == 0 {
		return intake.Bundle{}, fault.New(fault.Invalid, "fault.import.empty", "file", b.o.File)
	}
	code := first(b.head[headCourse], strings.ToLower(titleOf(b.o.File)))
	o := outline{title: title, lang: b.lang(), known: map[skill.ID]bool{}, leaves: map[string][]skill.ID{}}
	o.course = skill.Course{ID: skill.CourseID(code), Title: title, Lang: o.lang}
	for i, p := range b.placed {
		b.placed[i].tags = tagsOf(p.tags)
		o.folderSkill(p.folder)
	}
	o.tagSkills(b.placed)
	credit := b.credit(title)
	out := intake.Bundle{Source: b.kind + "/" + code, Licence: credit.Licence, Attribution: credit.Source, Skipped: b.skipped, Doubts: b.doubts}
	if credit.Authors != "" {
		out.Attribution += "; " + credit.Authors
	}
	var texts []doc.Doc
	for _, p := range b.placed {
		from := credit
		if p.lesson != nil {
			p.lesson.Skills, p.lesson.Objective, p.lesson.Attribution = o.skills(p)[:1], skill.ObjectiveID(skillOf(p.folder)), &from
			o.teach(*p.lesson)
			out.Lessons = append(out.Lessons, *p.lesson)
			texts = append(texts, p.lesson.Body)
			continue
		}
		p.item.Skills, p.item.Attribution = o.skills(p), &from
		out.Items = append(out.Items, *p.item)
		texts = append(texts, textsOf(*p.item)...)
	}
	for i := range o.units {
		from := credit
		o.units[i].Attribution = &from
	}
	out.Course, out.Units = o.course, o.units
	used := map[string]bool{}
	shown(texts, func(id string) { used[id] = true })
	out.Files = b.set.Shown(func(id string) bool { return used[id] })
	b.empty(&out, o)
	return out, nil
}

// teach gives a part its first lesson.
func (o *outline) teach(l content.Lesson) {
	for i, u := range o.units {
		for j, p := range u.Parts {
			if p.Objective == l.Objective && p.Lesson == "" {
				o.units[i].Parts[j].Lesson = l.ID
			}
		}
	}
}

// empty names the folders that hold nothing that was taken, and none that does.
func (b *Bank) empty(out *intake.Bundle, o outline) {
	var ids []string
	for id := range b.folders {
		around := func(s skill.ID) bool { return string(s) == id || strings.HasPrefix(string(s), id+"/") }
		if !slices.ContainsFunc(o.course.Skills, func(s skill.Skill) bool { return around(s.ID) }) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	for _, id := range ids {
		out.Skipped = append(out.Skipped, b.record(b.folders[id], phrase.Of("import.item.folder_empty")))
	}
}

// tagsOf tidies tags: each once, in order, a few at most.
func tagsOf(tags []string) []string {
	var out []string
	for _, t := range tags {
		t = short(tidy(t), maxName)
		if t != "" && len(out) < maxTags && !slices.ContainsFunc(out, func(o string) bool { return strings.EqualFold(o, t) }) {
			out = append(out, t)
		}
	}
	return out
}
