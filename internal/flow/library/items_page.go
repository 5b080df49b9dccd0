package library

import (
	"cmp"
	"maps"
	"slices"

	"kith/internal/access"
	"kith/internal/doc"
	"kith/internal/flow"
	"kith/internal/flow/foretell"
	"kith/internal/item"
	"kith/internal/itemhealth"
	"kith/internal/measure"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// ItemsIn names a class of the teacher's and a unit: one of the school's, or the class's own of it.
type ItemsIn struct {
	Class roster.ClassID `path:"class"`
	Unit  string         `path:"unit"`
}

// ItemsPage is how the items of a unit do. It counts the answers of the whole school and names nobody.
type ItemsPage struct {
	Class  ClassHead      `json:"class"`
	Title  string         `json:"title"`
	Least  int            `json:"least"` // learners before anything is said of an item
	Skills []ItemsOfSkill `json:"skills"`
}

// ItemsOfSkill are those of one skill, in the course's order.
type ItemsOfSkill struct {
	Skill PartSkill `json:"skill"`
	Items []ItemDid `json:"items"`
}

// ItemDid is one item, as its first example reads, and what came of it.
type ItemDid struct {
	Item      item.ID       `json:"item"`
	Text      []doc.El      `json:"text"`
	Learners  int           `json:"learners"` // who met its newest version; each counts once
	Right     int           `json:"right"`    // of them, at the first try and without help
	Accepted  int           `json:"accepted"` // among right, those that a teacher ruled right after all
	Helped    int           `json:"helped"`
	Looked    int           `json:"looked"`  // among learners, those whose answer a teacher looked at
	Waiting   int           `json:"waiting"` // learners beside them whose answer waits for a teacher
	Unlearned int           `json:"unlearned"`
	MedianS   int           `json:"median_s"` // seconds; 0 = unknown
	Unnamed   int           `json:"unnamed"`
	Mistakes  []ItemMistake `json:"mistakes"`
	Expected  int           `json:"expected,omitempty"` // percent; of "below" and "above" alone, beside Came
	Came      int           `json:"came,omitempty"`     // percent of the same answers that were right
	Findings  []ItemFinding `json:"findings"`
}

// ItemMistake is a recognized mistake as it looks with the example's numbers.
type ItemMistake struct {
	Answer []doc.El `json:"answer"`
	N      int      `json:"n"`
}

// ItemFinding is something to look at. Was and Of are of the version before, of "drifted" alone.
type ItemFinding struct {
	Kind itemhealth.Kind `json:"kind" enum:"backwards,accepted,hardly,below,above,drifted,hard,trap,unnamed,tells,easy,slow"`
	Was  int             `json:"was,omitempty"`
	Of   int             `json:"of,omitempty"`
}

// healthOverMs is how far back answers count: two school years.
const healthOverMs = 2 * 366 * 24 * 60 * 60 * 1000

// ItemsView shows a teacher of a class how the items of a unit do.
var ItemsView = flow.View[ItemsIn, ItemsPage]{
	Name:  "items",
	Rule:  access.Allow(access.TeacherOf),
	About: func(_ *flow.Look, in ItemsIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Load: func(l *flow.Look, in ItemsIn) (ItemsPage, error) {
		p := ItemsPage{Least: itemhealth.Least}
		var err error
		if p.Class, err = classHead(l, in.Class); err != nil {
			return p, err
		}
		u, err := unitToPreview(l, PreviewUnitIn(in), &PreviewUnitPage{})
		if err != nil {
			return p, err
		}
		p.Title = u.Title
		c, err := CourseVersion(l, u.Course, u.CourseVersion)
		if err != nil {
			return p, err
		}
		did, err := healthOf(l, u.Course)
		if err != nil {
			return p, err
		}
		apart, err := foretell.OfItems(l, slices.Collect(maps.Keys(did)))
		if err != nil {
			return p, err
		}
		for _, part := range u.Parts {
			for _, o := range c.Objectives {
				if o.ID != part.Objective {
					continue
				}
				for _, id := range o.Skills {
					s, err := itemsOfSkill(l, id, c.Skill[id].Title, did, apart)
					if err != nil {
						return p, err
					}
					p.Skills = append(p.Skills, s)
				}
			}
		}
		return p, nil
	},
}

// healthOf is how each item of a course does that anybody has met. What was taken out, or judged again by a later key, does not
// count; what waited for a person does once they have looked.
func healthOf(l *flow.Look, course skill.CourseID) (map[item.ID]itemhealth.Health, error) {
	since := l.Now() - healthOverMs
	rows, err := l.Q().FirstTriesOfCourse(l.Ctx(), db.FirstTriesOfCourseParams{SchoolID: l.School(), CourseID: string(course), SinceMs: since})
	if err != nil {
		return nil, err
	}
	waited, err := l.Q().WaitingFirstTriesOfCourse(l.Ctx(), db.WaitingFirstTriesOfCourseParams{SchoolID: l.School(), CourseID: string(course), SinceMs: since})
	if err != nil {
		return nil, err
	}
	people, items, skills := numbered{}, numbered{}, numbered{}
	var ids []item.ID
	type met struct {
		itemhealth.Answer
		atMs int64
	}
	all := make([]met, 0, len(rows)+len(waited))
	add := func(atMs int64, person, id, of string, a itemhealth.Answer) {
		a.Person, a.Item, a.Skill = people.of(person), items.of(id), skills.of(of)
		if a.Item == len(ids) {
			ids = append(ids, item.ID(id))
		}
		all = append(all, met{a, atMs})
	}
	for _, r := range rows {
		add(r.ReceivedMs, r.LearnerID, r.ItemID, r.SkillID, itemhealth.Answer{Version: int(r.ItemVersion),
			Right: r.Outcome == string(item.Right) && r.Hints == 0, Accepted: r.Accepted > 0, Helped: r.Hints > 0, Unlearned: r.Unlearned, Mistake: r.Mistake, TookMs: r.TookMs})
	}
	for _, r := range waited {
		add(r.ReceivedMs, r.LearnerID, r.ItemID, r.SkillID, itemhealth.Answer{Version: int(r.ItemVersion),
			Right: r.Ruled == ruledRight && r.Hints == 0, Helped: r.Hints > 0, Looked: r.Ruled > 0, Waits: r.Ruled == 0, TookMs: r.TookMs})
	}
	slices.SortStableFunc(all, func(a, b met) int { return cmp.Compare(a.atMs, b.atMs) })
	answers := make([]itemhealth.Answer, len(all))
	for i, a := range all {
		answers[i] = a.Answer
	}
	out := make(map[item.ID]itemhealth.Health, len(ids))
	for _, h := range itemhealth.Of(answers) {
		out[ids[h.Item]] = h
	}
	return out, nil
}

// ruledRight is what WaitingFirstTriesOfCourse says of an answer whose last ruling is that it is right.
const ruledRight = 2

// numbered gives names numbers from 0, in the order in which they come.
type numbered map[string]int

func (n numbered) of(name string) int {
	at, ok := n[name]
	if !ok {
		at = len(n)
		n[name] = at
	}
	return at
}

func itemsOfSkill(l *flow.Look, id skill.ID, title string, did map[item.ID]itemhealth.Health, apart map[item.ID]measure.Disagreement) (ItemsOfSkill, error) {
	items, err := Items(l, id)
	out := ItemsOfSkill{Skill: PartSkill{ID: id, Title: title, Items: len(items)}}
	if err != nil {
		return out, err
	}
	for _, it := range items {
		of, err := previewOf(l, it, 1)
		if err != nil {
			return out, err
		}
		h := did[it.ID]
		d := ItemDid{Item: it.ID, Text: of.Asked.Text, Learners: h.Learners, Right: h.Right, Accepted: h.Accepted, Helped: h.Helped, Looked: h.Looked, Waiting: h.Waiting, Unlearned: h.Unlearned,
			MedianS: int((h.MedianMs + 500) / 1000), Unnamed: h.Unnamed}
		for _, m := range h.Mistakes {
			for _, known := range of.Mistakes {
				if known.Tag == m.Tag {
					d.Mistakes = append(d.Mistakes, ItemMistake{known.Answer, m.N})
					break
				}
			}
		}
		if a := apart[it.ID]; h.HeadsApart(a.Share, a.First, a.Correct) {
			d.Expected, d.Came = int(100*a.First+.5), int(100*a.Correct+.5)
		}
		for _, f := range h.Findings {
			found := ItemFinding{Kind: f.Kind}
			if f.Kind == itemhealth.Drifted {
				found.Was, found.Of = h.Before.Right, h.Before.Learners
			}
			d.Findings = append(d.Findings, found)
		}
		out.Items = append(out.Items, d)
	}
	return out, nil
}
