package period

import (
	"strings"
	"unicode/utf8"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// maxLine bounds a raised hand's line: it is read from across a room.
const maxLine = 140

// RaiseHandIn asks the teacher for help with one line, from any page, or takes the own hand down again.
type RaiseHandIn struct {
	flow.Op
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
var RaiseHand = flow.Verb[RaiseHandIn, HandUp]{
	Name: "raise_hand",
	Rule: access.Allow(access.Learner),
	Do: func(a *flow.Act, in RaiseHandIn) (HandUp, error) {
		me := string(a.Who().Person)
		if _, err := a.Q().LockLearner(a.Ctx(), db.LockLearnerParams{SchoolID: a.School(), LearnerID: me}); err != nil {
			return HandUp{}, err
		}
		open, err := a.Q().OpenHelpOfLearner(a.Ctx(), db.OpenHelpOfLearnerParams{SchoolID: a.School(), LearnerID: me})
		if err != nil {
			return HandUp{}, err
		}
		if in.Down {
			for _, h := range open {
				if err := lower(a, h); err != nil {
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
			if _, err := a.Q().SkillPlace(a.Ctx(), db.SkillPlaceParams{SchoolID: a.School(), ID: string(in.Skill)}); err != nil {
				return HandUp{}, err
			}
		}
		class, err := classForHand(a)
		if err != nil {
			return HandUp{}, err
		}
		id := a.NewID()
		if err := a.Q().RaiseHand(a.Ctx(), db.RaiseHandParams{SchoolID: a.School(), ID: id, ClassID: class, LearnerID: me, Line: line, Page: in.Page,
			SkillID: string(in.Skill), RaisedMs: a.Now()}); err != nil {
			return HandUp{}, err
		}
		tellHand(a, class, me, handChanged{id, "waiting"})
		return HandUp{Hand: id, State: "waiting"}, nil
	},
}

// HandUp is the learner's hand after the act: State is "" when it is down.
type HandUp struct {
	Hand  string `json:"hand,omitempty"`
	State string `json:"state" enum:",waiting,coming"`
}

// classForHand is the class whose teachers see the hand: the one that runs now, else the learner's first.
func classForHand(a *flow.Act) (string, error) {
	day, ok, err := runningDay(a.Look, a.Who().Person)
	if err != nil || ok {
		return day.ClassID, err
	}
	rows, err := a.Q().ClassesOfPerson(a.Ctx(), db.ClassesOfPersonParams{SchoolID: a.School(), PersonID: string(a.Who().Person)})
	if err != nil {
		return "", err
	}
	if len(rows) == 0 {
		return "", fault.New(fault.Conflict, "fault.hand.no_class")
	}
	return rows[0].ID, nil
}

func lower(a *flow.Act, h db.HelpRequest) error {
	n, err := a.Q().ResolveHelp(a.Ctx(), db.ResolveHelpParams{SchoolID: a.School(), ID: h.ID, ResolvedMs: a.Now(), ResolvedBy: flow.ActorKey(a.Who())})
	if err == nil && n == 1 {
		tellHand(a, h.ClassID, h.LearnerID, handChanged{Hand: h.ID})
	}
	return err
}

func tellHand(a *flow.Act, class, learner string, what handChanged) {
	a.Announce(flow.ClassTopic(class), "hand", what)
	a.Announce(flow.LearnerTopic(learner), "hand", what)
}
