package flow

import (
	"slices"

	"kith/internal/access"
	"kith/internal/classroom"
	"kith/internal/fault"
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
	Learner roster.PersonID `json:"learner"`
	Pile    string          `json:"pile"`
	Teacher string          `json:"teacher"`
	Skill   string          `json:"skill"` // its title
	Asked   []AskedVariant  `json:"asked"`
	Done    int             `json:"done"` // answered before
	Of      int             `json:"of"`
}

// Exit shows the exit check of a pile to its members.
// Errors: NotFound (not a member; no such pile), Conflict (it was not opened yet).
var Exit = View[ExitIn, ExitPage]{
	Name: "exit",
	Rule: access.Allow(access.MemberOf),
	About: func(l *Look, in ExitIn) (access.Subject, error) {
		return l.aboutPile(in.Pile)
	},
	Load: func(l *Look, in ExitIn) (ExitPage, error) {
		me := l.who.Person
		row, as, err := l.exitFor(me, in.Pile)
		if err != nil {
			return ExitPage{}, err
		}
		p := ExitPage{Learner: me, Pile: row.ID, Of: len(as.Exit)}
		teachers, err := l.q.TeachersOfClass(l.ctx, db.TeachersOfClassParams{SchoolID: l.school(), ClassID: row.ClassID})
		if err != nil {
			return p, err
		}
		if len(teachers) > 0 {
			p.Teacher = person(teachers[0]).Full()
		}
		if p.Skill, err = l.skillTitle(as.Skill); err != nil {
			return p, err
		}
		items, err := l.items(as.Skill)
		if err != nil {
			return p, err
		}
		answered, err := l.q.ExitAnswersOf(l.ctx, db.ExitAnswersOfParams{SchoolID: l.school(), PileID: in.Pile, LearnerID: string(me)})
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
			last, err := l.q.LastAttemptOnItem(l.ctx, db.LastAttemptOnItemParams{SchoolID: l.school(), LearnerID: string(me), ItemID: string(id)})
			if err != nil {
				return p, err
			}
			draw := 1
			if len(last) > 0 {
				draw = int(last[0].DrawN) + 1
			}
			asked, err := l.ask(me, items, id, draw, 1)
			if err != nil {
				return p, err
			}
			asked.Ladder = nil // an exit check is without hints
			p.Asked = append(p.Asked, *asked)
		}
		return p, nil
	},
}

// exitFor is a pile whose exit check is open to a learner.
func (l *Look) exitFor(learner roster.PersonID, id string) (db.PileInClassRow, classroom.Pile, error) {
	row, as, err := l.pile(id)
	if err != nil {
		return row, as, err
	}
	members, err := l.q.PileMembers(l.ctx, db.PileMembersParams{SchoolID: l.school(), ClassDayID: row.ClassDayID})
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
func (a *Act) inExit(in RecordAttemptIn) error {
	_, as, err := a.exitFor(in.Learner, in.Context)
	if err != nil {
		return err
	}
	if !slices.Contains(as.Exit, in.Item) {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	if in.Try != 1 || in.Hints != 0 {
		return fault.New(fault.Conflict, "fault.attempt.answered")
	}
	answered, err := a.q.ExitAnswersOf(a.ctx, db.ExitAnswersOfParams{SchoolID: a.school(), PileID: in.Context, LearnerID: string(in.Learner)})
	if err != nil {
		return err
	}
	if slices.Contains(answered, string(in.Item)) {
		return fault.New(fault.Conflict, "fault.attempt.answered")
	}
	return nil
}
