package period

import (
	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// HelpIn names a raised hand.
type HelpIn struct {
	flow.Op
	Hand string `json:"hand" minLength:"36" maxLength:"36"`
}

// ClaimHelp says "coming": the learner's page says that a teacher is on the way, and so do the other teachers' pages.
// Claiming again what one has claimed changes nothing.
// Errors: NotFound (no such hand in a class of this teacher), Conflict (another teacher was first; the hand is down).
var ClaimHelp = flow.Verb[HelpIn, HandUp]{
	Name: "claim_help",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *flow.Look, in HelpIn) (access.Subject, error) {
		h, err := l.Q().HelpRequest(l.Ctx(), db.HelpRequestParams{SchoolID: l.School(), ID: in.Hand})
		return access.OfClass(roster.ClassID(h.ClassID)), err
	},
	Shard: func(in HelpIn, who access.Actor) string { return in.Hand },
	Do: func(a *flow.Act, in HelpIn) (HandUp, error) {
		me := flow.ActorKey(a.Who())
		n, err := a.Q().ClaimHelp(a.Ctx(), db.ClaimHelpParams{SchoolID: a.School(), ID: in.Hand, ClaimedMs: a.Now(), ClaimedBy: me})
		if err != nil {
			return HandUp{}, err
		}
		h, err := a.Q().HelpRequest(a.Ctx(), db.HelpRequestParams{SchoolID: a.School(), ID: in.Hand})
		if err != nil {
			return HandUp{}, err
		}
		if n == 0 {
			switch {
			case h.ResolvedMs > 0:
				return HandUp{}, fault.New(fault.Conflict, "fault.hand.down")
			case h.ClaimedBy != me:
				by, err := a.NameOf(h.ClaimedBy)
				if err != nil {
					return HandUp{}, err
				}
				return HandUp{}, fault.New(fault.Conflict, "fault.hand.claimed", "name", by)
			}
			return HandUp{Hand: h.ID, State: "coming"}, nil
		}
		tellHand(a, h.ClassID, h.LearnerID, handChanged{h.ID, "coming"})
		return HandUp{Hand: h.ID, State: "coming"}, nil
	},
}
