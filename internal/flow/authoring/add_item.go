package authoring

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/item"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"
)

// AddItemIn is a new item of a teacher's, for a skill that their class has.
type AddItemIn struct {
	flow.Op
	Class roster.ClassID `json:"class" minLength:"36" maxLength:"36"`
	Draft Draft          `json:"draft"`
	From  item.ID        `json:"from,omitempty" maxLength:"36" doc:"the item that it is a copy of; where that came from stays with it"`

	made item.Item // Draft, read
}

// ItemOut names an item and its current version.
type ItemOut struct {
	Item    item.ID `json:"item"`
	Version int     `json:"version"`
}

// AddItem publishes the first version of an item: it is among what practice of its skill asks from then on. Errors: NotFound
// (not a class of this teacher, a skill that the class does not have), Invalid naming what stands in the way.
var AddItem = flow.Verb[AddItemIn, ItemOut]{
	Name:  "add_item",
	Rule:  access.Allow(access.TeacherOf),
	About: func(_ *flow.Look, in AddItemIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Ahead: func(in AddItemIn) (made AddItemIn, err error) {
		in.made, err = whole(in.Draft)
		return in, err
	},
	Do: func(a *flow.Act, in AddItemIn) (ItemOut, error) {
		return add(a, in)
	},
}

// whole reads and proves a draft; Errors: Invalid.
func whole(d Draft) (item.Item, error) {
	it, faults := Read(d, "draft")
	if len(faults) == 0 {
		faults = prove(it)
	}
	if len(faults) > 0 {
		return it, refused(faults)
	}
	return it, nil
}

func add(a *flow.Act, in AddItemIn) (ItemOut, error) {
	course, err := courseOf(a.Look, in.Class, in.Draft.Skill)
	if err != nil {
		return ItemOut{}, err
	}
	it := in.made
	it.ID, it.Version, it.Author = item.ID(a.NewID()), 1, flow.ActorKey(a.Who())
	it.Code = "own/" + string(it.ID)
	var from *item.Item
	if in.From != "" {
		var row db.Content
		if from, row, err = current(a.Look, in.From); err != nil {
			return ItemOut{}, err
		}
		if row.CourseID != string(course) {
			return ItemOut{}, fault.New(fault.NotFound, "fault.not_found")
		}
		if err := bound(from); err != nil {
			return ItemOut{}, err
		}
		it.Attribution = from.Attribution
		if from.Skills[0] == in.Draft.Skill {
			it.Skills = from.Skills
		}
	}
	if err := givePictures(a, &it, from, string(course)); err != nil {
		return ItemOut{}, err
	}
	if n := len(it.Choices); n > 0 && !it.Ordered && it.Kind != item.Ordering {
		it.Choices = shuffled(it.Choices, item.Order(item.SeedFor("", string(it.ID), 1), n))
	}
	if err := a.Q().AddContent(a.Ctx(), db.AddContentParams{SchoolID: a.School(), ID: string(it.ID), Kind: "item", CourseID: string(course), Code: it.Code, Title: it.Code,
		CurrentVersion: 1, Status: string(content.Published), OwnerID: it.Author, CreatedMs: a.Now()}); err != nil {
		return ItemOut{}, err
	}
	if err := saveVersion(a, it); err != nil {
		return ItemOut{}, err
	}
	for i, s := range it.Skills {
		if err := a.Q().LinkSkill(a.Ctx(), db.LinkSkillParams{SchoolID: a.School(), SkillID: string(s), ContentID: string(it.ID), Kind: "item", Main: i == 0}); err != nil {
			return ItemOut{}, err
		}
	}
	out := ItemOut{it.ID, 1}
	a.Announce(flow.ClassTopic(string(in.Class)), "item", out)
	return out, nil
}

// bound refuses to change or copy an item whose licence allows no changed copies. Errors: Forbidden.
func bound(it *item.Item) error {
	if !it.Attribution.NoDerivatives() {
		return nil
	}
	return fault.New(fault.Forbidden, "fault.author.bound", "licence", it.Attribution.Licence)
}

// shuffled puts options in another order: authors like to write the right one first, and a page can be read.
func shuffled(options []item.Option, order []int) []item.Option {
	out := make([]item.Option, len(options))
	for i, at := range order {
		out[i] = options[at]
	}
	return out
}

// saveVersion writes a version of an item that has its row.
func saveVersion(a *flow.Act, it item.Item) error {
	body, err := json.Marshal(it)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(body)
	return a.Q().AddContentVersion(a.Ctx(), db.AddContentVersionParams{SchoolID: a.School(), ID: string(it.ID), Version: int64(it.Version), Body: string(body),
		BodyHash: hex.EncodeToString(sum[:]), MadeMs: a.Now()})
}

// courseOf is the course of a skill, if the class has a unit of it. Errors: NotFound.
func courseOf(l *flow.Look, class roster.ClassID, id skill.ID) (skill.CourseID, error) {
	place, ok, err := store.Optional(l.Q().SkillPlace(l.Ctx(), db.SkillPlaceParams{SchoolID: l.School(), ID: string(id)}))
	if err != nil {
		return "", err
	}
	if ok {
		if ok, err = hasCourse(l, class, skill.CourseID(place.CourseID)); err != nil {
			return "", err
		}
	}
	if !ok {
		return "", fault.New(fault.NotFound, "fault.not_found")
	}
	return skill.CourseID(place.CourseID), nil
}

// hasCourse reports whether a class has a unit of a course.
func hasCourse(l *flow.Look, class roster.ClassID, course skill.CourseID) (bool, error) {
	rows, err := l.Q().UnitsOfClass(l.Ctx(), db.UnitsOfClassParams{SchoolID: l.School(), ClassID: string(class)})
	if err != nil {
		return false, err
	}
	for _, r := range rows {
		u, err := library.UnitVersion(l, content.UnitID(r.UnitID), r.UnitVersion)
		if err != nil || u.Course == course {
			return err == nil, err
		}
	}
	return false, nil
}

// current is an item's current version with its row, withdrawn or not. Errors: NotFound.
func current(l *flow.Look, id item.ID) (*item.Item, db.Content, error) {
	row, err := l.Q().Content(l.Ctx(), db.ContentParams{SchoolID: l.School(), ID: string(id)})
	if err != nil {
		return nil, row, err
	}
	if row.Kind != "item" {
		return nil, row, fault.New(fault.NotFound, "fault.not_found")
	}
	it, err := library.ItemVersion(l, id, row.CurrentVersion)
	return it, row, err
}
