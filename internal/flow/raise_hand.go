package flow

import (
	"strings"
	"unicode/utf8"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// maxLine bounds a raised hand's line: it is read from across a room.
const maxLine = 140

// RaiseHandIn asks the teacher for help with one line, from any page, or takes the own hand down again.
type RaiseHandIn struct {
	Op
	Line  string   `json:"line,omitempty" maxLength:"560" doc:"at most 140 letters"`
	Down  bool     `json:"down,omitempty" doc:"take it down again"`
	Page  string   `json:"page,omitempty" maxLength:"24" pattern:"^[a-z_]*$" doc:"where the learner is, e.g. practice"`
	Skill skill.ID `json:"skill,omitempty" maxLength:"36" doc:"what they are at"`
}

// handChanged is what the class's teachers and the learner are told.
type handChanged struct {
	Hand  string `json:"hand"`
	State string `json:"state"` // waiting, coming, "" = down
}

// RaiseHand puts a learner's hand up, one at a time, or down. Nothing but the class's teachers and the learner hear of it.
// Errors: Invalid (no line, too long), NotFound (no such skill), Conflict (a hand is up already; the learner is in no class).
var RaiseHand = Verb[RaiseHandIn, HandUp]{
	Name: "raise_hand",
	Rule: access.Allow(access.Learner),
	Do: func(a *Act, in RaiseHandIn) (HandUp, error) {
		me := string(a.who.Person)
		if err := a.q.LockLearner(a.ctx, db.LockLearnerParams{SchoolID: a.school(), LearnerID: me}); err != nil {
			return HandUp{}, err
		}
		open, err := a.q.OpenHelpOfLearner(a.ctx, db.OpenHelpOfLearnerParams{SchoolID: a.school(), LearnerID: me})
		if err != nil {
			return HandUp{}, err
		}
		if in.Down {
			for _, h := range open {
				if err := a.lower(h); err != nil {
					return HandUp{}, err
				}
			}
			return HandUp{}, nil
		}
		line := strings.Join(strings.Fields(in.Line), " ")
		switch n := utf8.RuneCountInString(line); {
		case n == 0:
			return HandUp{}, fault.New(fault.Invalid, "fault.hand.empty")
		case n > maxLine:
			return HandUp{}, fault.New(fault.Invalid, "fault.hand.long", "n", n, "most", maxLine)
		case len(open) > 0:
			return HandUp{}, fault.New(fault.Conflict, "fault.hand.up", "line", open[0].Line)
		}
		if in.Skill != "" {
			if _, err := a.q.SkillPlace(a.ctx, db.SkillPlaceParams{SchoolID: a.school(), ID: string(in.Skill)}); err != nil {
				return HandUp{}, err
			}
		}
		class, err := a.classForHand()
		if err != nil {
			return HandUp{}, err
		}
		id := a.NewID()
		if err := a.q.RaiseHand(a.ctx, db.RaiseHandParams{SchoolID: a.school(), ID: id, ClassID: class, LearnerID: me, Line: line, Page: in.Page,
			SkillID: string(in.Skill), RaisedMs: a.now}); err != nil {
			return HandUp{}, err
		}
		a.tellHand(class, me, handChanged{id, "waiting"})
		return HandUp{Hand: id, State: "waiting"}, nil
	},
}

// HandUp is the learner's hand after the act: State is "" when it is down.
type HandUp struct {
	Hand  string `json:"hand,omitempty"`
	State string `json:"state" enum:",waiting,coming"`
}

// classForHand is the class whose teachers see the hand: the one that runs now, else the learner's first.
func (a *Act) classForHand() (string, error) {
	day, ok, err := a.runningDay(a.who.Person)
	if err != nil || ok {
		return day.ClassID, err
	}
	rows, err := a.q.ClassesOfPerson(a.ctx, db.ClassesOfPersonParams{SchoolID: a.school(), PersonID: string(a.who.Person)})
	if err != nil {
		return "", err
	}
	if len(rows) == 0 {
		return "", fault.New(fault.Conflict, "fault.hand.no_class")
	}
	return rows[0].ID, nil
}

func (a *Act) lower(h db.HelpRequest) error {
	n, err := a.q.ResolveHelp(a.ctx, db.ResolveHelpParams{SchoolID: a.school(), ID: h.ID, ResolvedMs: a.now, ResolvedBy: actorKey(a.who)})
	if err == nil && n == 1 {
		a.tellHand(h.ClassID, h.LearnerID, handChanged{Hand: h.ID})
	}
	return err
}

func (a *Act) tellHand(class, learner string, what handChanged) {
	a.Announce(ClassTopic(class), "hand", what)
	a.Announce(LearnerTopic(learner), "hand", what)
}
