package period

import (
	"slices"

	"kith/internal/access"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/phrase"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// SatTogetherIn records that this teacher sat with a pile, or with one learner of it. Undo takes a slip of the finger back.
type SatTogetherIn struct {
	flow.Op
	Pile    string          `json:"pile" minLength:"36" maxLength:"36"`
	Learner roster.PersonID `json:"learner,omitempty" maxLength:"36" doc:"absent: the whole pile"`
	Undo    bool            `json:"undo,omitempty"`
}

// SatTogetherOut counts the learners for whom something was recorded.
type SatTogetherOut struct {
	Recorded int `json:"recorded"`
}

// met is what the class's teachers and the learner are told.
type metTold struct {
	Learner roster.PersonID `json:"learner"`
	Pile    string          `json:"pile"`
}

// SatTogether appends a meeting to the evidence of each learner concerned, once for a pile's day however often it is
// tapped; both sides see it. Undo appends a withdrawal for each of those meetings.
// Errors: NotFound (no such pile of this teacher; the learner is not in it), Conflict (the lesson has not begun).
var SatTogether = flow.Verb[SatTogetherIn, SatTogetherOut]{
	Name: "sat_together",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *flow.Look, in SatTogetherIn) (access.Subject, error) {
		return AboutPile(l, in.Pile)
	},
	Shard: func(in SatTogetherIn, who access.Actor) string { return in.Pile },
	Do: func(a *flow.Act, in SatTogetherIn) (SatTogetherOut, error) {
		out := SatTogetherOut{}
		row, as, err := Pile(a.Look, in.Pile)
		if err != nil {
			return out, err
		}
		if row.StartedMs == 0 {
			return out, fault.New(fault.Conflict, "fault.day.not_started")
		}
		members, err := a.Q().PileMembers(a.Ctx(), db.PileMembersParams{SchoolID: a.School(), ClassDayID: row.ClassDayID})
		if err != nil {
			return out, err
		}
		members = slices.DeleteFunc(members, func(m db.PileMembersRow) bool {
			return m.PileID != in.Pile || in.Learner != "" && m.LearnerID != string(in.Learner)
		})
		if in.Learner != "" && len(members) == 0 {
			return out, fault.New(fault.NotFound, "fault.not_found")
		}
		met, err := a.Q().MeetingsOfDay(a.Ctx(), db.MeetingsOfDayParams{SchoolID: a.School(), ClassDayID: row.ClassDayID})
		if err != nil {
			return out, err
		}
		for _, m := range members { // in the order of their ids: two piles' taps lock learners in one order
			was := slices.IndexFunc(met, func(r db.Meeting) bool { return r.LearnerID == m.LearnerID && r.PileID == in.Pile })
			f := evidence.Fact{Learner: roster.PersonID(m.LearnerID)}
			switch {
			case !in.Undo && was < 0:
				f.Kind, f.Meeting = evidence.KindMeeting, &evidence.Meeting{Class: roster.ClassID(row.ClassID), By: a.Who().Person, Pile: in.Pile, Skill: as.Skill}
			case in.Undo && was >= 0:
				f.Kind = evidence.KindWithdrawal
				f.Withdrawal = &evidence.Withdrawal{Fact: met[was].ID, By: a.Who().Person, Reason: phrase.Of("reason.slip").Code}
			default:
				continue
			}
			if err := recordMeeting(a, f, row.ClassID, in.Pile); err != nil {
				return out, err
			}
			out.Recorded++
		}
		return out, nil
	},
}

func recordMeeting(a *flow.Act, f evidence.Fact, class, pile string) error {
	if _, _, err := ledger.Append(a, f); err != nil {
		return err
	}
	if err := a.NoteChange("sat_together", f.Learner); err != nil {
		return err
	}
	told := metTold{f.Learner, pile}
	a.Announce(flow.ClassTopic(class), "meeting", told)
	a.Announce(flow.LearnerTopic(string(f.Learner)), "meeting", told)
	return nil
}
