package authoring

import (
	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/item"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// WithdrawItemIn takes an item down. Evidence keeps the answers to it or takes them out; there is no key to judge by.
type WithdrawItemIn struct {
	flow.Op
	Class    roster.ClassID `json:"class" minLength:"36" maxLength:"36"`
	Item     item.ID        `json:"item" minLength:"36" maxLength:"36"`
	Evidence Evidence       `json:"evidence" enum:"keep,withdraw"`

	ahead *survey
}

// WithdrawItem takes an item down for the whole school: it is asked no more, and an answer that is under way is refused in
// words. Errors: NotFound, Forbidden (another teacher's), Conflict (it was taken down already), Invalid.
var WithdrawItem = flow.Verb[WithdrawItemIn, ChangedOut]{
	Name:  "withdraw_item",
	Rule:  access.Allow(access.TeacherOf, access.Admin),
	About: func(_ *flow.Look, in WithdrawItemIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Survey: func(s flow.Snapshots, in WithdrawItemIn) (_ WithdrawItemIn, err error) {
		in.ahead, err = surveyTaking(s, in)
		return in, err
	},
	Do: func(a *flow.Act, in WithdrawItemIn) (ChangedOut, error) {
		return takeDown(a, "withdraw_item", in)
	},
}

// surveyTaking foresees what becomes of answers to an item that is taken down.
func surveyTaking(s flow.Snapshots, in WithdrawItemIn) (*survey, error) {
	return surveyed(s, in.Evidence, func(l *flow.Look) (changing, error) {
		_, row, err := toTake(l, in)
		return changing{row, nil, in.Evidence, reasonTaken}, err
	})
}

// toTake is an item with its row, if the actor may take it down.
func toTake(l *flow.Look, in WithdrawItemIn) (*item.Item, db.Content, error) {
	if in.Evidence == Rescore {
		return nil, db.Content{}, fault.Invalidf("evidence", "an item that is taken down has no key to judge by")
	}
	it, row, err := ofClass(l, in.Class, in.Item)
	switch {
	case err != nil:
	case !mayTake(l, row):
		err = fault.New(fault.Forbidden, "fault.author.not_yours")
	case row.Status != string(content.Published):
		err = fault.New(fault.Conflict, "fault.author.taken")
	}
	return it, row, err
}

func takeDown(a *flow.Act, verb string, in WithdrawItemIn) (ChangedOut, error) {
	var out ChangedOut
	it, row, err := toTake(a.Look, in)
	if err != nil {
		return out, err
	}
	seqs, err := hold(a, row, in.Evidence)
	if err != nil {
		return out, err
	}
	if _, err := a.Q().SetContentStatus(a.Ctx(), db.SetContentStatusParams{SchoolID: a.School(), ID: row.ID, Status: string(content.Withdrawn)}); err != nil {
		return out, err
	}
	all, affected, err := judge(a.Look, changing{row, nil, in.Evidence, reasonTaken}, in.ahead, seqs)
	if err != nil {
		return out, err
	}
	out = ChangedOut{ItemOut{it.ID, it.Version}, affected}
	a.Announce(flow.ClassTopic(string(in.Class)), "item", out.ItemOut)
	return out, correct(a, verb, all)
}

// RestoreItemIn names an item that was taken down.
type RestoreItemIn struct {
	flow.Op
	Class roster.ClassID `json:"class" minLength:"36" maxLength:"36"`
	Item  item.ID        `json:"item" minLength:"36" maxLength:"36"`
}

// RestoreItem lets an item be asked again. Answers that were taken out with it stay out. Errors: NotFound, Forbidden,
// Conflict (it is asked).
var RestoreItem = flow.Verb[RestoreItemIn, ItemOut]{
	Name:  "restore_item",
	Rule:  access.Allow(access.TeacherOf, access.Admin),
	About: func(_ *flow.Look, in RestoreItemIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Do: func(a *flow.Act, in RestoreItemIn) (ItemOut, error) {
		it, row, err := ofClass(a.Look, in.Class, in.Item)
		if err != nil {
			return ItemOut{}, err
		}
		switch {
		case !mayTake(a.Look, row):
			return ItemOut{}, fault.New(fault.Forbidden, "fault.author.not_yours")
		case row.Status == string(content.Published):
			return ItemOut{}, fault.New(fault.Conflict, "fault.author.asked")
		}
		_, err = a.Q().SetContentStatus(a.Ctx(), db.SetContentStatusParams{SchoolID: a.School(), ID: row.ID, Status: string(content.Published)})
		return ItemOut{it.ID, it.Version}, err
	},
}

// ReplaceItemIn puts a teacher's own item in the place of another.
type ReplaceItemIn struct {
	flow.Op
	Class    roster.ClassID `json:"class" minLength:"36" maxLength:"36"`
	Item     item.ID        `json:"item" minLength:"36" maxLength:"36"`
	Draft    Draft          `json:"draft"`
	Evidence Evidence       `json:"evidence" enum:"keep,withdraw"`

	made  item.Item // Draft, read
	ahead *survey
}

// taking is the part of it that takes the other item down.
func (in ReplaceItemIn) taking() WithdrawItemIn {
	return WithdrawItemIn{Op: in.Op, Class: in.Class, Item: in.Item, Evidence: in.Evidence, ahead: in.ahead}
}

// ReplaceItem publishes a copy with changes and takes the item that it is of down, in one act. Errors: as AddItem's and
// WithdrawItem's.
var ReplaceItem = flow.Verb[ReplaceItemIn, ChangedOut]{
	Name:  "replace_item",
	Rule:  access.Allow(access.TeacherOf),
	About: func(_ *flow.Look, in ReplaceItemIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Ahead: func(in ReplaceItemIn) (made ReplaceItemIn, err error) {
		in.made, err = whole(in.Draft)
		return in, err
	},
	Survey: func(s flow.Snapshots, in ReplaceItemIn) (_ ReplaceItemIn, err error) {
		in.ahead, err = surveyTaking(s, in.taking())
		return in, err
	},
	Do: func(a *flow.Act, in ReplaceItemIn) (ChangedOut, error) {
		out, err := takeDown(a, "replace_item", in.taking())
		if err != nil {
			return out, err
		}
		out.ItemOut, err = add(a, AddItemIn{Op: in.Op, Class: in.Class, Draft: in.Draft, From: in.Item, made: in.made})
		return out, err
	},
}
