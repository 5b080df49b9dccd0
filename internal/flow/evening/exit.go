package evening

import (
	"slices"

	"kith/internal/access"
	"kith/internal/classroom"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/flow/period"
	"kith/internal/item"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// ExitIn names the pile.
type ExitIn struct {
	Pile string `path:"pile"`
}

// ExitPage is a learner's exit check. Asked is what is left of it, in order: empty when all is answered.
type ExitPage struct {
	Learner roster.PersonID        `json:"learner"`
	Pile    string                 `json:"pile"`
	Teacher string                 `json:"teacher"`
	Skill   string                 `json:"skill"` // its title
	Asked   []library.AskedVariant `json:"asked"`
	Done    int                    `json:"done"` // answered before
	Of      int                    `json:"of"`
}

// Exit shows the exit check of a pile to its members.
// Errors: NotFound (not a member; no such pile), Conflict (it was not opened yet).
var Exit = flow.View[ExitIn, ExitPage]{
	Name: "exit",
	Rule: access.Allow(access.MemberOf),
	About: func(l *flow.Look, in ExitIn) (access.Subject, error) {
		return period.AboutPile(l, in.Pile)
	},
	Load: func(l *flow.Look, in ExitIn) (ExitPage, error) {
		me := l.Who().Person
		row, as, err := exitFor(l, me, in.Pile)
		if err != nil {
			return ExitPage{}, err
		}
		p := ExitPage{Learner: me, Pile: row.ID, Of: len(as.Exit)}
		teachers, err := l.Q().TeachersOfClass(l.Ctx(), db.TeachersOfClassParams{SchoolID: l.School(), ClassID: row.ClassID})
		if err != nil {
			return p, err
		}
		if len(teachers) > 0 {
			p.Teacher = flow.Person(teachers[0]).Full()
		}
		if p.Skill, err = library.SkillTitle(l, as.Skill); err != nil {
			return p, err
		}
		items, err := library.Items(l, as.Skill)
		if err != nil {
			return p, err
		}
		answered, err := l.Q().ExitAnswersOf(l.Ctx(), db.ExitAnswersOfParams{SchoolID: l.School(), PileID: in.Pile, LearnerID: string(me)})
		if err != nil {
			return p, err
		}
		for _, id := range as.Exit {
			if slices.Contains(answered, string(id)) {
				p.Done++
				continue
			}
			if !slices.ContainsFunc(items, func(it item.Item) bool { return it.ID == id }) {
				p.Of-- // taken back by a teacher since the pile was made
				continue
			}
			last, err := l.Q().LastAttemptOnItem(l.Ctx(), db.LastAttemptOnItemParams{SchoolID: l.School(), LearnerID: string(me), ItemID: string(id)})
			if err != nil {
				return p, err
			}
			draw := 1
			if len(last) > 0 {
				draw = int(last[0].DrawN) + 1
			}
			asked, err := library.Ask(l, me, items, id, draw, 1)
			if err != nil {
				return p, err
			}
			asked.Ladder, asked.Scaffolds = nil, nil // an exit check is without hints
			p.Asked = append(p.Asked, *asked)
		}
		return p, nil
	},
}

// exitFor is a pile whose exit check is open to a learner.
func exitFor(l *flow.Look, learner roster.PersonID, id string) (db.PileInClassRow, classroom.Pile, error) {
	row, as, err := period.Pile(l, id)
	if err != nil {
		return row, as, err
	}
	members, err := l.Q().PileMembers(l.Ctx(), db.PileMembersParams{SchoolID: l.School(), ClassDayID: row.ClassDayID})
	if err != nil {
		return row, as, err
	}
	if !slices.ContainsFunc(members, func(m db.PileMembersRow) bool { return m.PileID == id && m.LearnerID == string(learner) }) {
		return row, as, fault.New(fault.NotFound, "fault.not_found")
	}
	if row.ExitMs == 0 {
		return row, as, fault.New(fault.Conflict, "fault.exit.closed")
	}
	return row, as, nil
}

// inExit refuses an exit answer that is none: not of this pile's members or its items, or a second try. A check that was
// opened takes answers after the lesson, too: what a learner did is never lost.
func inExit(a *flow.Act, in RecordAttemptIn) error {
	_, as, err := exitFor(a.Look, in.Learner, in.Context)
	if err != nil {
		return err
	}
	if !slices.Contains(as.Exit, in.Item) {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	if in.Try != 1 || in.Hints != 0 {
		return fault.New(fault.Conflict, "fault.attempt.answered")
	}
	answered, err := a.Q().ExitAnswersOf(a.Ctx(), db.ExitAnswersOfParams{SchoolID: a.School(), PileID: in.Context, LearnerID: string(in.Learner)})
	if err != nil {
		return err
	}
	if slices.Contains(answered, string(in.Item)) {
		return fault.New(fault.Conflict, "fault.attempt.answered")
	}
	return nil
}
