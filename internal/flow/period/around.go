package period

import (
	"kith/internal/access"
	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// AroundIn is nothing: the frame is about whoever looks.
type AroundIn struct{}

// AroundOut is what stands around every page of a signed-in person.
type AroundOut struct {
	Classes []roster.Class
	Hand    *HandState     // learners only
	Now     *WhereNow      // learners only, while a class of theirs is running
	Waiting map[string]int // class id -> proposals and answers that wait for this teacher
}

// HandState is a learner's raised hand: "" when it is down, waiting, or coming when a teacher is on the way.
type HandState struct {
	State  string
	Line   string
	Reader string // who reads the line: the teacher's name
}

// Around is the view behind the frame of every page.
var Around = flow.View[AroundIn, AroundOut]{
	Name: "around",
	Rule: access.Allow(access.SignedIn),
	Load: func(l *flow.Look, in AroundIn) (AroundOut, error) {
		out := AroundOut{Waiting: map[string]int{}}
		me := string(l.Who().Person)
		rows, err := l.Q().ClassesOfPerson(l.Ctx(), db.ClassesOfPersonParams{SchoolID: l.School(), PersonID: me})
		if err != nil {
			return out, err
		}
		for _, c := range rows {
			out.Classes = append(out.Classes, roster.Class{ID: roster.ClassID(c.ID), Name: c.Name, Code: c.Code})
			if c.EnrolledAs != string(roster.Teacher) {
				continue
			}
			n, err := l.Q().WaitingProposals(l.Ctx(), db.WaitingProposalsParams{SchoolID: l.School(), ClassID: c.ID})
			if err != nil {
				return out, err
			}
			answers, err := ledger.ToLookAt(l, c.ID)
			if err != nil {
				return out, err
			}
			out.Waiting[c.ID] = int(n) + answers
		}
		if l.Who().Role != roster.Learner || len(out.Classes) == 0 {
			return out, nil
		}
		if out.Hand, err = hand(l, me, string(out.Classes[0].ID)); err != nil {
			return out, err
		}
		out.Now, err = whereNow(l, l.Who().Person)
		return out, err
	},
}

func hand(l *flow.Look, learner, class string) (*HandState, error) {
	hand := &HandState{}
	teachers, err := l.Q().TeachersOfClass(l.Ctx(), db.TeachersOfClassParams{SchoolID: l.School(), ClassID: class})
	if err != nil {
		return nil, err
	}
	if len(teachers) > 0 {
		hand.Reader = flow.Person(teachers[0]).Full()
	}
	open, err := l.Q().OpenHelpOfLearner(l.Ctx(), db.OpenHelpOfLearnerParams{SchoolID: l.School(), LearnerID: learner})
	if err != nil || len(open) == 0 {
		return hand, err
	}
	hand.State, hand.Line = "waiting", open[0].Line
	if open[0].ClaimedMs > 0 {
		hand.State = "coming"
	}
	return hand, nil
}
