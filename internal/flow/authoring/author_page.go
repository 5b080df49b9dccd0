package authoring

import (
	"slices"

	"kith/internal/access"
	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/item"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// AuthorIn names a class of the teacher's, a skill that it has, and perhaps an item to change or copy.
type AuthorIn struct {
	Class roster.ClassID `path:"class"`
	Skill skill.ID       `path:"skill"`
	Tried *CheckItemOut  `json:"tried,omitempty"` // that draft as learners get it
	Item  item.ID        `query:"item"`
}

// AuthorPage is what a teacher needs to write an item or to change one.
type AuthorPage struct {
	Class   ClassRef          `json:"class"`
	Skill   library.PartSkill `json:"skill"`
	Tags    []Tag             `json:"tags"` // of mistakes that the skill's items know, the most used first
	Draft   *Draft            `json:"draft,omitempty"`
	Tried   *CheckItemOut     `json:"tried,omitempty"` // that draft as learners get it
	Item    item.ID           `json:"item"`            // that the draft is of, "" for a new one
	Version int               `json:"version"`         // of that item
	Own     bool              `json:"own"`             // it may be changed; else it is copied
	Takes   bool              `json:"takes"`           // it may be taken down
	Gone    bool              `json:"gone"`            // it was taken down
	By      string            `json:"by"`              // who wrote it, "" = it came with a course
	Bound   string            `json:"bound"`           // its licence, where that allows no changed copies
}

// ClassRef is a class to go back to.
type ClassRef = library.ClassHead

// Tag is the name of a mistake with the line that an item has for it.
type Tag struct {
	Tag   string `json:"tag"`
	Nudge string `json:"nudge"` // markup
}

// Author shows the page on which an item is written. Errors: NotFound (not a class of this teacher, a skill that the class does
// not have, an item of another course).
var Author = flow.View[AuthorIn, AuthorPage]{
	Name:  "author",
	Rule:  access.Allow(access.TeacherOf),
	About: func(_ *flow.Look, in AuthorIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Load: func(l *flow.Look, in AuthorIn) (AuthorPage, error) {
		p := AuthorPage{Item: in.Item}
		row, err := l.Q().Class(l.Ctx(), db.ClassParams{SchoolID: l.School(), ID: string(in.Class)})
		if err != nil {
			return p, err
		}
		p.Class = ClassRef{ID: in.Class, Name: row.Name}
		course, err := courseOf(l, in.Class, in.Skill)
		if err != nil {
			return p, err
		}
		items, err := library.Items(l, in.Skill)
		if err != nil {
			return p, err
		}
		p.Tags = tagsOf(items)
		title, err := library.SkillTitle(l, in.Skill)
		p.Skill = library.PartSkill{ID: in.Skill, Title: title, Items: len(items)}
		if err != nil || in.Item == "" {
			return p, err
		}
		return p, p.fill(l, course)
	},
}

// fill adds the draft of an item that is there.
func (p *AuthorPage) fill(l *flow.Look, course skill.CourseID) error {
	it, row, err := current(l, p.Item)
	if err != nil {
		return err
	}
	if row.CourseID != string(course) {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	d := draftOf(it)
	p.Draft, p.Version, p.Gone = &d, it.Version, row.Status != "published"
	p.Own, p.Takes = mayChange(l, row), mayTake(l, row)
	if it.Attribution.NoDerivatives() {
		p.Bound = it.Attribution.Licence
	}
	if row.OwnerID != "" && !p.Own {
		if p.By, err = l.NameOf(row.OwnerID); err != nil {
			return err
		}
	}
	out, err := try(l, d)
	p.Tried = &out
	return err
}

// mayChange reports whether somebody may give an item a further version: its author, and administrators.
func mayChange(l *flow.Look, row db.Content) bool {
	return l.Has(access.Admin) || row.OwnerID != "" && row.OwnerID == flow.ActorKey(l.Who())
}

// mayTake reports whether somebody may take an item down: who may change it, and for a course's own items any teacher of a
// class that has the course, since a wrong key must not wait for somebody else.
func mayTake(l *flow.Look, row db.Content) bool { return mayChange(l, row) || row.OwnerID == "" }

// tagsOf are the mistakes that items know, each once with its first nudge, the most used first.
func tagsOf(items []item.Item) []Tag {
	var out []Tag
	used := map[string]int{}
	note := func(tag string, nudge doc.Doc) {
		if tag == "" {
			return
		}
		if used[tag]++; used[tag] == 1 {
			out = append(out, Tag{tag, doc.Format(nudge)})
		}
	}
	for _, it := range items {
		for _, m := range it.Mistakes {
			note(m.Tag, m.Nudge)
		}
		for _, o := range it.Choices {
			note(o.Mistake, o.Nudge)
		}
	}
	slices.SortStableFunc(out, func(a, b Tag) int { return used[b.Tag] - used[a.Tag] })
	return out
}

// draftOf is an item as its author would type it.
func draftOf(it *item.Item) Draft {
	d := Draft{Skill: it.Skills[0], Kind: it.Kind, Text: doc.Format(it.Text), Key: it.Key, Unit: it.Unit, Second: it.Second, Ordered: it.Ordered, Boxes: it.Boxes, Ratio: it.Ratio,
		Draw: it.Draw, Let: it.Let, Keep: it.Keep, Forms: it.Forms, Variables: it.Variables, Tolerance: it.Tolerance, Axes: it.Axes,
		Accepts: it.Accepts, Pattern: it.Pattern, Exact: it.Exact, Rubric: it.Rubric, Sends: it.Sends, Solution: doc.Format(it.Solution), Context: it.Context}
	for _, o := range it.Choices {
		d.Options = append(d.Options, DraftOption{Text: doc.Format(o.Text), Right: o.Right, If: o.If, Mistake: o.Mistake, Nudge: doc.Format(o.Nudge), Group: o.Group, Area: o.Area})
	}
	if !it.Picture.Empty() {
		d.Picture = doc.Format(it.Picture)
	}
	for _, g := range it.Groups {
		d.Groups = append(d.Groups, doc.Format(g.Text))
	}
	for _, m := range it.Mistakes {
		d.Mistakes = append(d.Mistakes, DraftMistake{Tag: m.Tag, Yields: m.Yields, Near: m.Near, Nudge: doc.Format(m.Nudge)})
	}
	for _, h := range it.Hints {
		d.Hints = append(d.Hints, doc.Format(h))
	}
	d.Steps = stepsOf(it)
	return d
}
