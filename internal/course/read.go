package course

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"kith/internal/content"
	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/item"
	"kith/internal/skill"
)

// reader turns sources into facts and notes every problem, so that an author sees all of them at once.
type reader struct {
	fsys   fs.FS
	assets string // what stands before an asset's path, e.g. course/ratios
	file   string // being read
	all    []error
	skills map[string]bool
	items  map[string]bool
	out    Loaded
}

// Read reads a course's folder as README.md describes it. assets is the path under which its videos are served.
// Errors: Invalid, joined, each naming the file and the place; Unavailable when the build holds no mathematics.
func Read(fsys fs.FS, assets string) (Loaded, error) {
	r := &reader{fsys: fsys, assets: assets, skills: map[string]bool{}, items: map[string]bool{}}
	r.course()
	r.readItems()
	r.unit()
	if len(r.all) == 0 {
		r.note(r.out.check())
	}
	if err := errors.Join(r.all...); err != nil {
		return Loaded{}, err
	}
	return r.out, nil
}

func (r *reader) note(err error) {
	if err != nil {
		r.all = append(r.all, err)
	}
}

func (r *reader) bad(code string, pairs ...any) {
	r.note(fault.New(fault.Invalid, code, append([]any{"file", r.file}, pairs...)...))
}

// json reads one file strictly: an unknown field or anything after the value is refused.
func (r *reader) json(file string, into any) bool {
	r.file = file
	b, err := fs.ReadFile(r.fsys, file)
	if err == nil {
		d := json.NewDecoder(bytes.NewReader(b))
		d.DisallowUnknownFields()
		if err = d.Decode(into); err == nil {
			if _, more := d.Token(); more != io.EOF {
				err = errors.New("something follows the end")
			}
		}
	}
	if err != nil {
		r.note(fault.Wrap(fault.Invalid, err, "fault.course.file", "file", file, "detail", err.Error()))
	}
	return err == nil
}

// text parses markup; where is for the author.
func (r *reader) text(markup, where string) doc.Doc {
	if markup == "" {
		return doc.Doc{}
	}
	d, err := doc.Parse(markup, doc.Options{})
	if err != nil {
		kind, _ := fault.KindOf(err)
		if kind == fault.Unavailable && fault.Is(errors.Join(r.all...), fault.Unavailable) {
			return d // said once is enough
		}
		r.note(fault.Wrap(kind, err, "fault.course.text", "file", r.file, "where", where))
	}
	return d
}

func (r *reader) need(ok bool, where string) {
	if !ok {
		r.bad("fault.course.part", "where", where)
	}
}

func (r *reader) course() {
	var s CourseSource
	if !r.json("course.json", &s) {
		return
	}
	r.need(s.Code != "" && s.Title != "" && s.Lang != "" && len(s.Skills) > 0, "course")
	c := &r.out.Course
	*c = skill.Course{ID: skill.CourseID(s.Code), Version: 1, Title: s.Title, Lang: s.Lang}
	for i, k := range s.Skills {
		r.need(k.Code != "" && k.Title != "" && k.Minutes > 0, at("skills", i))
		r.skills[k.Code] = true
		c.Skills = append(c.Skills, skill.Skill{ID: skill.ID(k.Code), Code: k.Code, Title: k.Title, Standards: k.Standards, Minutes: k.Minutes})
	}
	for _, e := range s.Edges {
		c.Edges = append(c.Edges, skill.Edge{From: skill.ID(e[0]), To: skill.ID(e[1]), Source: "author"})
	}
	seen := map[string]bool{}
	taught := map[skill.ID]bool{}
	for i, o := range s.Objectives {
		r.need(o.Code != "" && !seen[o.Code] && o.Title != "" && o.ICan != "" && len(o.Skills) > 0, at("objectives", i))
		seen[o.Code] = true
		ids := r.known(o.Skills, at("objectives", i))
		for _, id := range ids {
			r.need(!taught[id], at("objectives", i)+" "+string(id))
			taught[id] = true
		}
		c.Objectives = append(c.Objectives, skill.Objective{ID: skill.ObjectiveID(o.Code), Code: o.Code, Title: o.Title, ICan: o.ICan, Skills: ids})
	}
	for _, k := range c.Skills {
		r.need(taught[k.ID], k.Code)
	}
}

// known makes ids of skill codes and notes those that the course does not have.
func (r *reader) known(codes []string, where string) []skill.ID {
	ids := make([]skill.ID, 0, len(codes))
	for _, c := range codes {
		if !r.skills[c] {
			r.bad("fault.course.unknown", "where", where, "code", c)
		}
		ids = append(ids, skill.ID(c))
	}
	return ids
}

// files lists a folder's JSON files and notes those that belong to nothing.
func (r *reader) files(dir string, belongs func(name string) bool) {
	list, err := fs.ReadDir(r.fsys, dir)
	if err != nil {
		r.note(fault.Wrap(fault.Invalid, err, "fault.course.file", "file", dir, "detail", err.Error()))
	}
	for _, f := range list {
		name, isJSON := strings.CutSuffix(f.Name(), ".json")
		if !isJSON || !belongs(name) {
			r.file = path.Join(dir, f.Name())
			r.bad("fault.course.stray")
		}
	}
}

func (r *reader) readItems() {
	r.files("items", func(name string) bool { return r.skills[name] })
	for _, s := range r.out.Course.Skills {
		var list []ItemSource
		if !r.json("items/"+s.Code+".json", &list) {
			continue
		}
		for _, src := range list {
			r.need(strings.HasPrefix(src.Code, s.Code+"/"), src.Code)
			if r.items[src.Code] {
				r.bad("fault.course.twice", "code", src.Code)
			}
			r.items[src.Code] = true
			if src.Skills == nil {
				src.Skills = []string{s.Code}
			}
			r.out.Items = append(r.out.Items, r.item(src))
		}
	}
}

func (r *reader) item(s ItemSource) item.Item {
	in := func(where string) string { return s.Code + ", " + where }
	it := item.Item{
		ID: item.ID(s.Code), Version: 1, Code: s.Code, Kind: item.Kind(s.Kind), Skills: r.known(s.Skills, s.Code), Context: s.Context,
		Keep: s.Keep, Text: r.text(s.Text, in("text")), Key: s.Key, Second: s.Second, Unit: s.Unit, Ordered: s.Ordered, Ratio: s.Ratio, Picture: r.text(s.Picture, in("picture")), Forms: s.Forms, Axes: s.Axes,
		Accepts: s.Accepts, Pattern: s.Pattern, Exact: s.Exact, Rubric: s.Rubric,
		Solution: r.text(s.Solution, in("solution")),
	}
	for _, p := range s.Draw {
		it.Draw = append(it.Draw, item.Param(p))
	}
	for _, l := range s.Let {
		it.Let = append(it.Let, item.Let(l))
	}
	for i, o := range s.Choices {
		it.Choices = append(it.Choices, item.Option{Text: r.text(o.Text, in(at("choices", i))), Right: o.Right, If: o.If,
			Mistake: o.Mistake, Nudge: r.text(o.Nudge, in(at("choices", i))), Group: o.Group, Area: o.Area})
	}
	if !s.Ordered && it.Kind != item.Ordering {
		it.Choices = shuffled(s.Code, it.Choices)
	}
	for i, g := range s.Groups {
		it.Groups = append(it.Groups, item.Group{Text: r.text(g, in(at("groups", i)))})
	}
	for _, b := range s.Boxes {
		it.Boxes = append(it.Boxes, item.Box(b))
	}
	for i, m := range s.Mistakes {
		it.Mistakes = append(it.Mistakes, item.Mistake{Tag: m.Tag, Yields: m.Yields, Near: m.Near, Nudge: r.text(m.Nudge, in(at("mistakes", i)))})
	}
	for i, h := range s.Hints {
		it.Hints = append(it.Hints, r.text(h, in(at("hints", i))))
	}
	for i, f := range s.Scaffolds {
		it.Scaffolds = append(it.Scaffolds, item.Scaffold{Rung: f.Rung, Kind: item.Number, Key: f.Key, Unit: f.Unit, Then: r.text(f.Then, in(at("scaffolds", i)))})
	}
	return it
}

// shuffled gives options an order of their own. It is part of the version: a page sends an option's place in it, and
// authors like to write the right one first.
func shuffled(code string, options []item.Option) []item.Option {
	out := make([]item.Option, 0, len(options))
	for _, i := range item.Order(item.SeedFor("", code, 0), len(options)) {
		out = append(out, options[i])
	}
	return out
}

func (r *reader) unit() {
	var s UnitSource
	if !r.json("unit.json", &s) {
		return
	}
	r.need(s.Code != "" && s.Title != "", "unit")
	u := &r.out.Unit
	*u = content.Unit{ID: content.UnitID(s.Code), Version: 1, Code: s.Code, Title: s.Title, Course: r.out.Course.ID, CourseVersion: 1, Task: r.task(s.Task)}
	objectives := r.out.Course.Objectives
	r.files("parts", func(name string) bool {
		return slices.ContainsFunc(objectives, func(o skill.Objective) bool { return o.Code == name })
	})
	lessons := map[string]bool{}
	for _, o := range objectives {
		var p PartSource
		if !r.json("parts/"+o.Code+".json", &p) {
			continue
		}
		r.need(p.Objective == o.Code, "objective")
		if lessons[p.Lesson.Code] {
			r.bad("fault.course.twice", "code", p.Lesson.Code)
		}
		lessons[p.Lesson.Code] = true
		lesson := r.lesson(p.Lesson, o)
		r.out.Lessons = append(r.out.Lessons, lesson)
		u.Parts = append(u.Parts, content.Part{Objective: o.ID, Lesson: lesson.ID, Task: r.task(p.Task), Activity: r.activity(p.Activity), Talk: r.text(p.Talk, "talk")})
	}
}

func (r *reader) task(s TaskSource) content.Task {
	r.need(s.Title != "" && s.Goal != "" && len(s.Roles) > 0 && len(s.Standards) > 0, "task")
	t := content.Task{Title: s.Title, Goal: r.text(s.Goal, "goal"), Role: r.text(s.Role, "role"), Audience: r.text(s.Audience, "audience"),
		Situation: r.text(s.Situation, "situation"), Product: r.text(s.Product, "product"), Standards: s.Standards}
	seen := map[string]bool{}
	for i, o := range s.Roles {
		r.need(o.Code != "" && !seen[o.Code] && o.Title != "" && o.Does != "", at("roles", i))
		seen[o.Code] = true
		t.Roles = append(t.Roles, content.Role(o))
	}
	return t
}

func (r *reader) activity(s ActivitySource) content.Activity {
	r.need(s.Title != "" && s.Minutes > 0 && s.Steps != "" && slices.Contains([]string{"alone", "pair", "group"}, s.With), "activity")
	return content.Activity{Title: s.Title, Materials: s.Materials, Minutes: s.Minutes, With: s.With, Steps: r.text(s.Steps, "steps"), Bring: s.Bring}
}

func (r *reader) lesson(s LessonSource, o skill.Objective) content.Lesson {
	r.need(s.Code != "" && s.Title != "" && s.Minutes > 0 && s.Body != "", "lesson")
	l := content.Lesson{ID: content.LessonID(s.Code), Version: 1, Code: s.Code, Title: s.Title, Objective: o.ID, Skills: r.known(s.Skills, "lesson"),
		Minutes: s.Minutes, Body: r.text(s.Body, "body")}
	if s.Video != "" {
		l.Video = r.video(s.Video)
	}
	for i, c := range s.Checks {
		where := at("checks", i)
		if !r.items[c.Item] {
			r.bad("fault.course.unknown", "where", where, "code", c.Item)
		}
		r.need(c.AfterBlock >= 0 && c.AfterBlock <= len(l.Body.Nodes), where)
		r.need(c.AtSeconds >= 0 && (c.AtSeconds == 0 || s.Video != "" && c.AfterBlock == 0), where)
		if c.AtSeconds > 0 && l.Video == nil {
			continue
		}
		ms := int64(c.AtSeconds * 1000)
		r.need(l.Video == nil || l.Video.Ms == 0 || ms <= l.Video.Ms, where)
		l.Checks = append(l.Checks, content.Check{AtMs: ms, AfterBlock: c.AfterBlock, Item: item.ID(c.Item)})
	}
	return l
}

func at(what string, i int) string { return what + "[" + strconv.Itoa(i) + "]" }
