package flow

import (
	"slices"

	"kith/internal/access"
	"kith/internal/diagnostic"
	"kith/internal/item"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// ClassUnitIn names a unit that a class was given.
type ClassUnitIn struct {
	ClassUnit string `path:"class_unit"`
}

// CheckState says where a learner is with the check.
type CheckState string

const (
	CheckReady  CheckState = "ready"  // not begun
	CheckPaused CheckState = "paused" // stopped part way; it goes on where it was
	CheckAsking CheckState = "asking" // a question waits
	CheckOver   CheckState = "over"   // ended; MayGoOn says whether more would tell more
	CheckEmpty  CheckState = "empty"  // the unit has nothing to ask
)

// CheckAsked is the question that waits. Nothing about it says whether an answer is right.
type CheckAsked struct {
	item.Asked
	DrawN int `json:"draw_n"`
}

// CheckPage is the check of one unit.
type CheckPage struct {
	Learner  roster.PersonID `json:"learner"`
	Unit     *UnitGiven      `json:"unit"`
	State    CheckState      `json:"state" enum:"ready,paused,asking,over,empty"`
	Sitting  string          `json:"sitting"`
	Answered int             `json:"answered"` // in this sitting
	Most     int             `json:"most"`     // in one sitting
	Asked    *CheckAsked     `json:"asked,omitempty"`
	MayGoOn  bool            `json:"may_go_on"`
}

// Check shows the check where the learner is in it.
var Check = View[ClassUnitIn, CheckPage]{
	Name:  "check",
	Rule:  access.Allow(access.MemberOf),
	About: func(l *Look, in ClassUnitIn) (access.Subject, error) { return l.aboutClassUnit(in.ClassUnit) },
	Load: func(l *Look, in ClassUnitIn) (CheckPage, error) {
		u, err := l.mineIn(in.ClassUnit, l.who.Person)
		if err != nil {
			return CheckPage{}, err
		}
		return u.checkPage(l)
	},
}

func (u *learnerUnit) checkPage(l *Look) (CheckPage, error) {
	p := CheckPage{Learner: u.learner, Unit: u.named(), State: CheckReady, Most: diagnostic.PerSitting}
	st, ok, err := u.replay(l)
	if err != nil {
		return p, err
	}
	if !ok {
		p.State = CheckEmpty
		return p, nil
	}
	p.Answered, _ = st.Asked()
	p.MayGoOn = st.Stop() == diagnostic.GoOn
	open, ok := u.sitting()
	switch {
	case ok:
		p.Sitting, p.State = open.ID, CheckAsking
		p.Asked, err = u.nextAsked(l, st)
		return p, err
	case len(u.sittings) > 0 && u.sittings[len(u.sittings)-1].EndedWhy == sittingStopped:
		p.State = CheckPaused
	case len(u.sittings) > 0:
		p.State = CheckOver
	}
	return p, nil
}

// sitting is the one that is open; false when there is none.
func (u *learnerUnit) sitting() (db.Sitting, bool) {
	for _, s := range slices.Backward(u.sittings) {
		if s.EndedMs == 0 {
			return s, true
		}
	}
	return db.Sitting{}, false
}

// nextAsked draws the question that the check wants next; nil when it wants none. Of the skill's items it takes a typed
// one before a chosen one and one that the check has not asked yet, so that a page loaded again asks the same.
func (u *learnerUnit) nextAsked(l *Look, st diagnostic.State) (*CheckAsked, error) {
	id, ok := st.Next()
	if !ok {
		return nil, nil
	}
	items, err := l.items(id)
	if err != nil || len(items) == 0 {
		return nil, err
	}
	it := u.askFirst(items, id)
	last, err := l.q.LastAttemptOnItem(l.ctx, db.LastAttemptOnItemParams{SchoolID: l.school(), LearnerID: string(u.learner), ItemID: string(it.ID)})
	if err != nil {
		return nil, err
	}
	drawN := 1
	if len(last) > 0 {
		drawN = int(last[0].DrawN) + 1
	}
	v, err := item.Draw(it, item.SeedFor(string(u.learner), string(it.ID), drawN))
	if err != nil {
		return nil, err
	}
	asked, err := v.Asked()
	return &CheckAsked{Asked: asked, DrawN: drawN}, err
}

func (u *learnerUnit) askFirst(items []item.Item, id skill.ID) item.Item {
	met := map[item.ID]int{}
	for _, f := range u.facts {
		if a := f.Attempt; a != nil && a.Skill == id {
			met[a.Item]++
		}
	}
	order := typedFirst(items)
	slices.SortStableFunc(order, func(a, b item.ID) int { return met[a] - met[b] })
	at := slices.IndexFunc(items, func(it item.Item) bool { return it.ID == order[0] })
	return items[at]
}
