package flow

import (
	"slices"

	"kith/internal/access"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/phrase"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// SatTogetherIn records that this teacher sat with a pile, or with one learner of it. Undo takes a slip of the finger back.
type SatTogetherIn struct {
	Op
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
var SatTogether = Verb[SatTogetherIn, SatTogetherOut]{
	Name: "sat_together",
	Rule: access.Allow(access.TeacherOf),
	About: func(l *Look, in SatTogetherIn) (access.Subject, error) {
		return l.aboutPile(in.Pile)
	},
	Shard: func(in SatTogetherIn, who access.Actor) string { return in.Pile },
	Do: func(a *Act, in SatTogetherIn) (SatTogetherOut, error) {
		out := SatTogetherOut{}
		row, as, err := a.pile(in.Pile)
		if err != nil {
			return out, err
		}
		if row.StartedMs == 0 {
			return out, fault.New(fault.Conflict, "fault.day.not_started")
		}
		members, err := a.q.PileMembers(a.ctx, db.PileMembersParams{SchoolID: a.school(), ClassDayID: row.ClassDayID})
		if err != nil {
			return out, err
		}
		members = slices.DeleteFunc(members, func(m db.PileMembersRow) bool {
			return m.PileID != in.Pile || in.Learner != "" && m.LearnerID != string(in.Learner)
		})
		if in.Learner != "" && len(members) == 0 {
			return out, fault.New(fault.NotFound, "fault.not_found")
		}
		met, err := a.q.MeetingsOfDay(a.ctx, db.MeetingsOfDayParams{SchoolID: a.school(), ClassDayID: row.ClassDayID})
		if err != nil {
			return out, err
		}
		for _, m := range members { // in the order of their ids: two piles' taps lock learners in one order
			was := slices.IndexFunc(met, func(r db.Meeting) bool { return r.LearnerID == m.LearnerID && r.PileID == in.Pile })
			f := evidence.Fact{Learner: roster.PersonID(m.LearnerID)}
			switch {
			case !in.Undo && was < 0:
				f.Kind, f.Meeting = evidence.KindMeeting, &evidence.Meeting{Class: roster.ClassID(row.ClassID), By: a.who.Person, Pile: in.Pile, Skill: as.Skill}
			case in.Undo && was >= 0:
				f.Kind = evidence.KindWithdrawal
				f.Withdrawal = &evidence.Withdrawal{Fact: met[was].ID, By: a.who.Person, Reason: phrase.Of("reason.slip").Code}
			default:
				continue
			}
			if err := a.recordMeeting(f, row.ClassID, in.Pile); err != nil {
				return out, err
			}
			out.Recorded++
		}
		return out, nil
	},
}

func (a *Act) recordMeeting(f evidence.Fact, class, pile string) error {
	if _, _, err := a.append(f); err != nil {
		return err
	}
	if err := a.noteChange("sat_together", f.Learner); err != nil {
		return err
	}
	told := metTold{f.Learner, pile}
	a.Announce(ClassTopic(class), "meeting", told)
	a.Announce(LearnerTopic(string(f.Learner)), "meeting", told)
	return nil
}
