package flow

import (
	"encoding/json"
	"slices"
	"strconv"

	"kith/internal/content"
	"kith/internal/evidence"
	"kith/internal/item"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// facts loads everything that is known of a learner, in Seq order. Withdrawn facts are among them: folds leave them out.
func (l *Look) facts(learner roster.PersonID) ([]evidence.Fact, error) {
	var out []evidence.Fact
	for _, load := range []func(l *Look, learner string) ([]evidence.Fact, error){
		attemptFacts, viewingFacts, selfRatingFacts, creditFacts, roleChoiceFacts, questionFacts, meetingFacts, activityFacts, withdrawalFacts,
	} {
		some, err := load(l, string(learner))
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	slices.SortFunc(out, func(a, b evidence.Fact) int { return int(a.Seq - b.Seq) })
	return out, nil
}

func attemptFacts(l *Look, learner string) ([]evidence.Fact, error) {
	rows, err := l.q.AttemptsOf(l.ctx, db.AttemptsOfParams{SchoolID: l.school(), LearnerID: learner})
	if err != nil {
		return nil, err
	}
	out := make([]evidence.Fact, 0, len(rows))
	for _, r := range rows {
		f, err := attemptFact(r)
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}

// attemptFact turns a row into the fact. The other attempt queries give rows of the same shape.
func attemptFact(r db.AttemptsOfRow) (evidence.Fact, error) {
	a := &evidence.Attempt{
		Item: item.ID(r.ItemID), ItemVersion: int(r.ItemVersion), Skill: skill.ID(r.SkillID), GraphVersion: int(r.GraphVersion),
		DrawN: int(r.DrawN), Outcome: item.Outcome(r.Outcome), Mistake: r.Mistake, Kind: item.Kind(r.ItemKind), Options: int(r.Options),
		Try: int(r.Try), Hints: int(r.Hints), Unlearned: r.Unlearned, Purpose: evidence.Purpose(r.Purpose), Context: r.Context, TookMs: r.TookMs,
	}
	f := evidence.Fact{ID: r.ID, Learner: roster.PersonID(r.LearnerID), Seq: r.Seq, Kind: evidence.KindAttempt, HappenedMs: r.HappenedMs, ReceivedMs: r.ReceivedMs, Attempt: a}
	var err error
	if a.Seed, err = strconv.ParseUint(r.Seed, 10, 64); err != nil {
		return f, err
	}
	if r.Others != "[]" {
		if err := json.Unmarshal([]byte(r.Others), &a.Others); err != nil {
			return f, err
		}
	}
	if err := json.Unmarshal([]byte(r.Drawn), &a.Drawn); err != nil {
		return f, err
	}
	return f, json.Unmarshal([]byte(r.Response), &a.Response)
}

func fact(id, learner string, seq int64, kind evidence.Kind, happened, received int64) evidence.Fact {
	return evidence.Fact{ID: id, Learner: roster.PersonID(learner), Seq: seq, Kind: kind, HappenedMs: happened, ReceivedMs: received}
}

func viewingFacts(l *Look, learner string) ([]evidence.Fact, error) {
	rows, err := l.q.ViewingsOf(l.ctx, db.ViewingsOfParams{SchoolID: l.school(), LearnerID: learner})
	out := make([]evidence.Fact, 0, len(rows))
	for _, r := range rows {
		f := fact(r.ID, learner, r.Seq, evidence.KindViewing, r.HappenedMs, r.ReceivedMs)
		f.Viewing = &evidence.Viewing{Lesson: content.LessonID(r.LessonID), LessonVersion: int(r.LessonVersion), FromMs: r.FromMs, ToMs: r.ToMs, Rate: r.Rate}
		out = append(out, f)
	}
	return out, err
}

func selfRatingFacts(l *Look, learner string) ([]evidence.Fact, error) {
	rows, err := l.q.SelfRatingsOf(l.ctx, db.SelfRatingsOfParams{SchoolID: l.school(), LearnerID: learner})
	out := make([]evidence.Fact, 0, len(rows))
	for _, r := range rows {
		f := fact(r.ID, learner, r.Seq, evidence.KindSelfRating, r.HappenedMs, r.ReceivedMs)
		f.SelfRating = &evidence.SelfRating{Objective: skill.ObjectiveID(r.ObjectiveID), Says: r.Says}
		out = append(out, f)
	}
	return out, err
}

func creditFacts(l *Look, learner string) ([]evidence.Fact, error) {
	rows, err := l.q.CreditsOf(l.ctx, db.CreditsOfParams{SchoolID: l.school(), LearnerID: learner})
	out := make([]evidence.Fact, 0, len(rows))
	for _, r := range rows {
		f := fact(r.ID, learner, r.Seq, evidence.KindCredit, r.HappenedMs, r.ReceivedMs)
		f.Credit = &evidence.Credit{Skill: skill.ID(r.SkillID), Act: r.Act, By: roster.PersonID(r.ByID), Reason: r.Reason}
		out = append(out, f)
	}
	return out, err
}

func roleChoiceFacts(l *Look, learner string) ([]evidence.Fact, error) {
	rows, err := l.q.RoleChoicesOf(l.ctx, db.RoleChoicesOfParams{SchoolID: l.school(), LearnerID: learner})
	out := make([]evidence.Fact, 0, len(rows))
	for _, r := range rows {
		f := fact(r.ID, learner, r.Seq, evidence.KindRoleChoice, r.HappenedMs, r.ReceivedMs)
		f.RoleChoice = &evidence.RoleChoice{Unit: content.UnitID(r.UnitID), Objective: skill.ObjectiveID(r.ObjectiveID), Role: r.Role}
		out = append(out, f)
	}
	return out, err
}

func questionFacts(l *Look, learner string) ([]evidence.Fact, error) {
	rows, err := l.q.QuestionsOf(l.ctx, db.QuestionsOfParams{SchoolID: l.school(), LearnerID: learner})
	out := make([]evidence.Fact, 0, len(rows))
	for _, r := range rows {
		f := fact(r.ID, learner, r.Seq, evidence.KindQuestion, r.HappenedMs, r.ReceivedMs)
		f.Question = &evidence.Question{Class: roster.ClassID(r.ClassID), Lesson: content.LessonID(r.LessonID), Text: r.Text}
		out = append(out, f)
	}
	return out, err
}

func meetingFacts(l *Look, learner string) ([]evidence.Fact, error) {
	rows, err := l.q.MeetingsOf(l.ctx, db.MeetingsOfParams{SchoolID: l.school(), LearnerID: learner})
	out := make([]evidence.Fact, 0, len(rows))
	for _, r := range rows {
		f := fact(r.ID, learner, r.Seq, evidence.KindMeeting, r.HappenedMs, r.ReceivedMs)
		f.Meeting = &evidence.Meeting{Class: roster.ClassID(r.ClassID), By: roster.PersonID(r.ByID), Pile: r.PileID, Skill: skill.ID(r.SkillID)}
		out = append(out, f)
	}
	return out, err
}

func activityFacts(l *Look, learner string) ([]evidence.Fact, error) {
	rows, err := l.q.ActivitiesOf(l.ctx, db.ActivitiesOfParams{SchoolID: l.school(), LearnerID: learner})
	out := make([]evidence.Fact, 0, len(rows))
	for _, r := range rows {
		f := fact(r.ID, learner, r.Seq, evidence.KindActivity, r.HappenedMs, r.ReceivedMs)
		f.Activity = &evidence.Activity{Unit: content.UnitID(r.UnitID), Objective: skill.ObjectiveID(r.ObjectiveID), Note: r.Note}
		out = append(out, f)
	}
	return out, err
}

func withdrawalFacts(l *Look, learner string) ([]evidence.Fact, error) {
	rows, err := l.q.WithdrawalsOf(l.ctx, db.WithdrawalsOfParams{SchoolID: l.school(), LearnerID: learner})
	out := make([]evidence.Fact, 0, len(rows))
	for _, r := range rows {
		f := fact(r.ID, learner, r.Seq, evidence.KindWithdrawal, r.HappenedMs, r.ReceivedMs)
		f.Withdrawal = &evidence.Withdrawal{Fact: r.WithdrawnFactID, By: roster.PersonID(r.ByID), Reason: r.Reason}
		out = append(out, f)
	}
	return out, err
}

// kept leaves out what an earlier withdrawal took back. Attempts alone carry no withdrawals: callers that have them pass
// all facts.
func kept(facts []evidence.Fact) []evidence.Fact {
	gone := map[string]bool{}
	for _, f := range facts {
		if f.Withdrawal != nil {
			gone[f.Withdrawal.Fact] = true
		}
	}
	if len(gone) == 0 {
		return facts
	}
	var out []evidence.Fact
	for _, f := range facts {
		if !gone[f.ID] {
			out = append(out, f)
		}
	}
	return out
}
