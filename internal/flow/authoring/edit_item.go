package authoring

import (
	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/item"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// EditItemIn is a further version of an item. Version is the one that was changed; Evidence says what becomes of answers to
// it and to those before it.
type EditItemIn struct {
	flow.Op
	Class    roster.ClassID `json:"class" minLength:"36" maxLength:"36"`
	Item     item.ID        `json:"item" minLength:"36" maxLength:"36"`
	Version  int            `json:"version" minimum:"1"`
	Draft    Draft          `json:"draft"`
	Evidence Evidence       `json:"evidence" enum:"keep,rescore,withdraw"`

	made  item.Item // Draft, read
	ahead *survey
}

// ChangedOut is an item as it is now, and what became of answers to it.
type ChangedOut struct {
	ItemOut
	Affected Affected `json:"affected"`
}

// EditItem publishes a further version. Whoever has the old one open answers it as it was asked. Errors: NotFound, Forbidden
// (somebody else's item, or a course's: those are copied), Conflict (it was changed meanwhile, or taken down), Invalid.
var EditItem = flow.Verb[EditItemIn, ChangedOut]{
	Name:  "edit_item",
	Rule:  access.Allow(access.TeacherOf, access.Admin),
	About: func(_ *flow.Look, in EditItemIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Ahead: func(in EditItemIn) (made EditItemIn, err error) {
		in.made, err = whole(in.Draft)
		return in, err
	},
	Survey: func(s flow.Snapshots, in EditItemIn) (_ EditItemIn, err error) {
		in.ahead, err = surveyed(s, in.Evidence, func(l *flow.Look) (changing, error) {
			row, it, err := toEdit(l, in.Class, in.Item, in.Version, in.made)
			return changing{row, &it, in.Evidence, reasonChanged}, err
		})
		return in, err
	},
	Do: func(a *flow.Act, in EditItemIn) (ChangedOut, error) {
		var out ChangedOut
		row, it, err := toEdit(a.Look, in.Class, in.Item, in.Version, in.made)
		if err != nil {
			return out, err
		}
		seqs, err := hold(a, row, in.Evidence)
		if err != nil {
			return out, err
		}
		was, err := library.ItemVersion(a.Look, it.ID, row.CurrentVersion)
		if err != nil {
			return out, err
		}
		if err := givePictures(a, &it, was, row.CourseID); err != nil {
			return out, err
		}
		if err := saveVersion(a, it); err != nil {
			return out, err
		}
		if _, err := a.Q().RaiseContent(a.Ctx(), db.RaiseContentParams{SchoolID: a.School(), ID: row.ID, CurrentVersion: int64(it.Version), Title: row.Title}); err != nil {
			return out, err
		}
		all, affected, err := judge(a.Look, changing{row, &it, in.Evidence, reasonChanged}, in.ahead, seqs)
		if err != nil {
			return out, err
		}
		out = ChangedOut{ItemOut{it.ID, it.Version}, affected}
		a.Announce(flow.ClassTopic(string(in.Class)), "item", out.ItemOut)
		return out, correct(a, "edit_item", all)
	},
}

// toEdit is an item's row and the version that a draft makes of it, if the actor may.
func toEdit(l *flow.Look, class roster.ClassID, id item.ID, version int, made item.Item) (db.Content, item.Item, error) {
	was, row, err := ofClass(l, class, id)
	if err != nil {
		return row, made, err
	}
	switch {
	case !mayChange(l, row):
		return row, made, fault.New(fault.Forbidden, "fault.author.not_yours")
	case row.Status != string(content.Published):
		return row, made, fault.New(fault.Conflict, "fault.author.taken")
	case int64(version) != row.CurrentVersion:
		return row, made, fault.New(fault.Conflict, "fault.author.moved")
	}
	if err := bound(was); err != nil {
		return row, made, err
	}
	made.ID, made.Version, made.Code, made.Author, made.Attribution = was.ID, int(row.CurrentVersion)+1, was.Code, was.Author, was.Attribution
	if made.Author == "" {
		made.Author = flow.ActorKey(l.Who()) // a course's own, changed by an administrator
	}
	made.Skills = was.Skills // what it is evidence about stays; for another skill it is copied
	return row, made, nil
}

// ofClass is an item of a course that a class has, with its row. Errors: NotFound.
func ofClass(l *flow.Look, class roster.ClassID, id item.ID) (*item.Item, db.Content, error) {
	it, row, err := current(l, id)
	if err != nil {
		return nil, row, err
	}
	if _, err := courseOf(l, class, it.Skills[0]); err != nil {
		return nil, row, err
	}
	return it, row, nil
}

// PreviewChangeIn is a change that is thought of: a further version, or, with Take, that the item is taken down.
type PreviewChangeIn struct {
	Class roster.ClassID `json:"class" minLength:"36" maxLength:"36"`
	Item  item.ID        `json:"item" minLength:"36" maxLength:"36"`
	Draft Draft          `json:"draft"`
	Take  bool           `json:"take"`
}

// PreviewChangeOut is who would be affected by either choice; nothing is stored.
type PreviewChangeOut struct {
	Version  int      `json:"version"`  // the current one
	Answered int      `json:"answered"` // learners who answered it so far
	Rescore  Affected `json:"rescore"`  // empty with Take
	Withdraw Affected `json:"withdraw"`
}

// PreviewChange says who would be affected by a change of an item, before it is made. Errors: as EditItem's and WithdrawItem's.
var PreviewChange = flow.View[PreviewChangeIn, PreviewChangeOut]{
	Name:  "preview_change",
	Rule:  access.Allow(access.TeacherOf, access.Admin),
	About: func(_ *flow.Look, in PreviewChangeIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Load: func(l *flow.Look, in PreviewChangeIn) (PreviewChangeOut, error) {
		var out PreviewChangeOut
		_, row, err := ofClass(l, in.Class, in.Item)
		if err != nil {
			return out, err
		}
		out.Version = int(row.CurrentVersion)
		learners, err := l.Q().LearnersOfItem(l.Ctx(), db.LearnersOfItemParams{SchoolID: l.School(), ItemID: row.ID})
		if err != nil {
			return out, err
		}
		out.Answered = len(learners)
		if in.Take {
			if !mayTake(l, row) {
				return out, fault.New(fault.Forbidden, "fault.author.not_yours")
			}
		} else {
			made, err := whole(in.Draft)
			if err != nil {
				return out, err
			}
			if row, made, err = toEdit(l, in.Class, in.Item, out.Version, made); err != nil {
				return out, err
			}
			if _, out.Rescore, err = judge(l, changing{row, &made, Rescore, reasonChanged}, nil, nil); err != nil {
				return out, err
			}
		}
		_, out.Withdraw, err = judge(l, changing{row, nil, Withdraw, reasonTaken}, nil, nil)
		return out, err
	},
}
