package flow

import (
	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// HelpIn names a raised hand.
type HelpIn struct {
	Op
	Hand string `json:"hand" minLength:"36" maxLength:"36"`
}

// ClaimHelp says "coming": the learner's page says that a teacher is on the way, and so do the other teachers' pages.
// Claiming again what one has claimed changes nothing.
// Errors: NotFound (no such hand in a class of this teacher), Conflict (another teacher was first; the hand is down).
var ClaimHelp = Verb[HelpIn, HandUp]{
	Name: "claim_help",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *Look, in HelpIn) (access.Subject, error) {
		h, err := l.q.HelpRequest(l.ctx, db.HelpRequestParams{SchoolID: l.school(), ID: in.Hand})
		return access.OfClass(roster.ClassID(h.ClassID)), err
	},
	Shard: func(in HelpIn, who access.Actor) string { return in.Hand },
	Do: func(a *Act, in HelpIn) (HandUp, error) {
		me := actorKey(a.who)
		n, err := a.q.ClaimHelp(a.ctx, db.ClaimHelpParams{SchoolID: a.school(), ID: in.Hand, ClaimedMs: a.now, ClaimedBy: me})
		if err != nil {
			return HandUp{}, err
		}
		h, err := a.q.HelpRequest(a.ctx, db.HelpRequestParams{SchoolID: a.school(), ID: in.Hand})
		if err != nil {
			return HandUp{}, err
		}
		if n == 0 {
			switch {
			case h.ResolvedMs > 0:
				return HandUp{}, fault.New(fault.Conflict, "fault.hand.down")
			case h.ClaimedBy != me:
				by, err := a.nameOf(h.ClaimedBy)
				if err != nil {
					return HandUp{}, err
				}
				return HandUp{}, fault.New(fault.Conflict, "fault.hand.claimed", "name", by)
			}
			return HandUp{Hand: h.ID, State: "coming"}, nil
		}
		a.tellHand(h.ClassID, h.LearnerID, handChanged{h.ID, "coming"})
		return HandUp{Hand: h.ID, State: "coming"}, nil
	},
}
