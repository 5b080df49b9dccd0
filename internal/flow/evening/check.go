package evening

import (
	"slices"

	"kith/internal/access"
	"kith/internal/diagnostic"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/flow/standing"
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
	Learner  roster.PersonID     `json:"learner"`
	Unit     *standing.UnitGiven `json:"unit"`
	State    CheckState          `json:"state" enum:"ready,paused,asking,over,empty"`
	Sitting  string              `json:"sitting"`
	Answered int                 `json:"answered"` // in this sitting
	Most     int                 `json:"most"`     // in one sitting
	Asked    *CheckAsked         `json:"asked,omitempty"`
	MayGoOn  bool                `json:"may_go_on"`
}

// Check shows the check where the learner is in it.
var Check = flow.View[ClassUnitIn, CheckPage]{
	Name: "check",
	Rule: access.Allow(access.MemberOf),
	About: func(l *flow.Look, in ClassUnitIn) (access.Subject, error) {
		return library.AboutClassUnit(l, in.ClassUnit)
	},
	Load: func(l *flow.Look, in ClassUnitIn) (CheckPage, error) {
		u, err := standing.InUnit(l, in.ClassUnit, l.Who().Person)
		if err != nil {
			return CheckPage{}, err
		}
		return checkPage(u, l)
	},
}

func checkPage(u *standing.LearnerUnit, l *flow.Look) (CheckPage, error) {
	p := CheckPage{Learner: u.Learner, Unit: u.Named(), State: CheckReady, Most: diagnostic.PerSitting}
	st, ok, err := u.Replay(l)
	if err != nil {
		return p, err
	}
	if !ok {
		p.State = CheckEmpty
		return p, nil
	}
	p.Answered, _ = st.Asked()
	p.MayGoOn = st.Stop() == diagnostic.GoOn
	open, ok := sitting(u)
	switch {
	case ok:
		p.Sitting, p.State = open.ID, CheckAsking
		p.Asked, err = nextAsked(u, l, st)
		return p, err
	case len(u.Sittings) > 0 && u.Sittings[len(u.Sittings)-1].EndedWhy == standing.SittingStopped:
		p.State = CheckPaused
	case len(u.Sittings) > 0:
		p.State = CheckOver
	}
	return p, nil
}

// sitting is the one that is open; false when there is none.
func sitting(u *standing.LearnerUnit) (db.Sitting, bool) {
	for _, s := range slices.Backward(u.Sittings) {
		if s.EndedMs == 0 {
			return s, true
		}
	}
	return db.Sitting{}, false
}

// nextAsked draws the question that the check wants next; nil when it wants none. Of the skill's items it takes a typed
// one before a chosen one and one that the check has not asked yet, so that a page loaded again asks the same.
func nextAsked(u *standing.LearnerUnit, l *flow.Look, st diagnostic.State) (*CheckAsked, error) {
	id, ok := st.Next()
	if !ok {
		return nil, nil
	}
	items, err := library.ItemsAtOnce(l, id)
	if err != nil || len(items) == 0 {
		return nil, err
	}
	it := askFirst(u, items, id)
	last, err := l.Q().LastAttemptOnItem(l.Ctx(), db.LastAttemptOnItemParams{SchoolID: l.School(), LearnerID: string(u.Learner), ItemID: string(it.ID)})
	if err != nil {
		return nil, err
	}
	drawN := 1
	if len(last) > 0 {
		drawN = int(last[0].DrawN) + 1
	}
	v, err := item.Draw(it, item.SeedFor(string(u.Learner), string(it.ID), drawN))
	if err != nil {
		return nil, err
	}
	asked, err := v.Asked()
	return &CheckAsked{Asked: asked, DrawN: drawN}, err
}

func askFirst(u *standing.LearnerUnit, items []item.Item, id skill.ID) item.Item {
	met := map[item.ID]int{}
	for _, f := range u.Facts {
		if a := f.Attempt; a != nil && a.Skill == id {
			met[a.Item]++
		}
	}
	order := library.TypedFirst(items)
	slices.SortStableFunc(order, func(a, b item.ID) int { return met[a] - met[b] })
	at := slices.IndexFunc(items, func(it item.Item) bool { return it.ID == order[0] })
	return items[at]
}
