package ledger

import (
	"encoding/json"
	"strconv"

	"kith/internal/content"
	"kith/internal/evidence"
	"kith/internal/flow"
	"kith/internal/item"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// attemptFacts are a learner's attempts in Seq order as they were received, withdrawn ones among them.
func attemptFacts(l *flow.Look, learner string) ([]evidence.Fact, error) {
	rows, err := l.Q().AttemptsOf(l.Ctx(), db.AttemptsOfParams{SchoolID: l.School(), LearnerID: learner})
	if err != nil {
		return nil, err
	}
	out := make([]evidence.Fact, 0, len(rows))
	for _, r := range rows {
		f, err := AttemptFact(r)
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}

// AttemptFact turns a row into the fact. The other attempt queries give rows of the same shape.
func AttemptFact(r db.AttemptsOfRow) (evidence.Fact, error) {
	a := &evidence.Attempt{
		Item: item.ID(r.ItemID), ItemVersion: int(r.ItemVersion), Skill: skill.ID(r.SkillID), GraphVersion: int(r.GraphVersion),
		DrawN: int(r.DrawN), Outcome: item.Outcome(r.Outcome), Mistake: r.Mistake, Parts: int(r.Parts), PartsRight: int(r.PartsRight), Kind: item.Kind(r.ItemKind), Options: int(r.Options),
		Try: int(r.Try), Hints: int(r.Hints), Unlearned: r.Unlearned, Purpose: evidence.Purpose(r.Purpose), Context: r.Context, TookMs: r.TookMs,
	}
	f := evidence.Fact{ID: r.ID, Learner: roster.PersonID(r.LearnerID), Seq: r.Seq, Kind: evidence.KindAttempt, HappenedMs: r.HappenedMs, ReceivedMs: r.ReceivedMs, Attempt: a}
	if r.Waiting {
		a.Outcome = item.Waiting
	}
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

func viewingFacts(l *flow.Look, learner string) ([]evidence.Fact, error) {
	rows, err := l.Q().ViewingsOf(l.Ctx(), db.ViewingsOfParams{SchoolID: l.School(), LearnerID: learner})
	out := make([]evidence.Fact, 0, len(rows))
	for _, r := range rows {
		f := fact(r.ID, learner, r.Seq, evidence.KindViewing, r.HappenedMs, r.ReceivedMs)
		f.Viewing = &evidence.Viewing{Lesson: content.LessonID(r.LessonID), LessonVersion: int(r.LessonVersion), FromMs: r.FromMs, ToMs: r.ToMs, Rate: r.Rate}
		out = append(out, f)
	}
	return out, err
}

func selfRatingFacts(l *flow.Look, learner string) ([]evidence.Fact, error) {
	rows, err := l.Q().SelfRatingsOf(l.Ctx(), db.SelfRatingsOfParams{SchoolID: l.School(), LearnerID: learner})
	out := make([]evidence.Fact, 0, len(rows))
	for _, r := range rows {
		f := fact(r.ID, learner, r.Seq, evidence.KindSelfRating, r.HappenedMs, r.ReceivedMs)
		f.SelfRating = &evidence.SelfRating{Objective: skill.ObjectiveID(r.ObjectiveID), Says: r.Says}
		out = append(out, f)
	}
	return out, err
}

func creditFacts(l *flow.Look, learner string) ([]evidence.Fact, error) {
	rows, err := l.Q().CreditsOf(l.Ctx(), db.CreditsOfParams{SchoolID: l.School(), LearnerID: learner})
	out := make([]evidence.Fact, 0, len(rows))
	for _, r := range rows {
		f := fact(r.ID, learner, r.Seq, evidence.KindCredit, r.HappenedMs, r.ReceivedMs)
		f.Credit = &evidence.Credit{Skill: skill.ID(r.SkillID), Act: r.Act, By: roster.PersonID(r.ByID), Reason: r.Reason}
		out = append(out, f)
	}
	return out, err
}

func roleChoiceFacts(l *flow.Look, learner string) ([]evidence.Fact, error) {
	rows, err := l.Q().RoleChoicesOf(l.Ctx(), db.RoleChoicesOfParams{SchoolID: l.School(), LearnerID: learner})
	out := make([]evidence.Fact, 0, len(rows))
	for _, r := range rows {
		f := fact(r.ID, learner, r.Seq, evidence.KindRoleChoice, r.HappenedMs, r.ReceivedMs)
		f.RoleChoice = &evidence.RoleChoice{Unit: content.UnitID(r.UnitID), Objective: skill.ObjectiveID(r.ObjectiveID), Role: r.Role}
		out = append(out, f)
	}
	return out, err
}

func questionFacts(l *flow.Look, learner string) ([]evidence.Fact, error) {
	rows, err := l.Q().QuestionsOf(l.Ctx(), db.QuestionsOfParams{SchoolID: l.School(), LearnerID: learner})
	out := make([]evidence.Fact, 0, len(rows))
	for _, r := range rows {
		f := fact(r.ID, learner, r.Seq, evidence.KindQuestion, r.HappenedMs, r.ReceivedMs)
		f.Question = &evidence.Question{Class: roster.ClassID(r.ClassID), Lesson: content.LessonID(r.LessonID), Text: r.Text}
		out = append(out, f)
	}
	return out, err
}

func meetingFacts(l *flow.Look, learner string) ([]evidence.Fact, error) {
	rows, err := l.Q().MeetingsOf(l.Ctx(), db.MeetingsOfParams{SchoolID: l.School(), LearnerID: learner})
	out := make([]evidence.Fact, 0, len(rows))
	for _, r := range rows {
		f := fact(r.ID, learner, r.Seq, evidence.KindMeeting, r.HappenedMs, r.ReceivedMs)
		f.Meeting = &evidence.Meeting{Class: roster.ClassID(r.ClassID), By: roster.PersonID(r.ByID), Pile: r.PileID, Skill: skill.ID(r.SkillID)}
		out = append(out, f)
	}
	return out, err
}

func activityFacts(l *flow.Look, learner string) ([]evidence.Fact, error) {
	rows, err := l.Q().ActivitiesOf(l.Ctx(), db.ActivitiesOfParams{SchoolID: l.School(), LearnerID: learner})
	out := make([]evidence.Fact, 0, len(rows))
	for _, r := range rows {
		f := fact(r.ID, learner, r.Seq, evidence.KindActivity, r.HappenedMs, r.ReceivedMs)
		f.Activity = &evidence.Activity{Unit: content.UnitID(r.UnitID), Objective: skill.ObjectiveID(r.ObjectiveID), Note: r.Note}
		out = append(out, f)
	}
	return out, err
}

// WithdrawalFacts are the facts that took a learner's earlier ones out.
func WithdrawalFacts(l *flow.Look, learner string) ([]evidence.Fact, error) {
	rows, err := l.Q().WithdrawalsOf(l.Ctx(), db.WithdrawalsOfParams{SchoolID: l.School(), LearnerID: learner})
	out := make([]evidence.Fact, 0, len(rows))
	for _, r := range rows {
		f := fact(r.ID, learner, r.Seq, evidence.KindWithdrawal, r.HappenedMs, r.ReceivedMs)
		f.Withdrawal = &evidence.Withdrawal{Fact: r.WithdrawnFactID, By: roster.PersonID(r.ByID), Reason: r.Reason}
		out = append(out, f)
	}
	return out, err
}

func appealFacts(l *flow.Look, learner string) ([]evidence.Fact, error) {
	rows, err := l.Q().AppealsOf(l.Ctx(), db.AppealsOfParams{SchoolID: l.School(), LearnerID: learner})
	out := make([]evidence.Fact, 0, len(rows))
	for _, r := range rows {
		f := fact(r.ID, learner, r.Seq, evidence.KindAppeal, r.HappenedMs, r.ReceivedMs)
		f.Appeal = &evidence.Appeal{Attempt: r.AttemptID}
		out = append(out, f)
	}
	return out, err
}

func rulingFacts(l *flow.Look, learner string) ([]evidence.Fact, error) {
	rows, err := l.Q().RulingsOf(l.Ctx(), db.RulingsOfParams{SchoolID: l.School(), LearnerID: learner})
	out := make([]evidence.Fact, 0, len(rows))
	for _, r := range rows {
		f := fact(r.ID, learner, r.Seq, evidence.KindRuling, r.HappenedMs, r.ReceivedMs)
		f.Ruling = &evidence.Ruling{Attempt: r.AttemptID, Accepted: r.Accepted, By: roster.PersonID(r.ByID), Word: r.Word}
		if r.Levels != "[]" {
			if err := json.Unmarshal([]byte(r.Levels), &f.Ruling.Levels); err != nil {
				return nil, err
			}
		}
		out = append(out, f)
	}
	return out, err
}

func rescoringFacts(l *flow.Look, learner string) ([]evidence.Fact, error) {
	rows, err := l.Q().RescoringsOf(l.Ctx(), db.RescoringsOfParams{SchoolID: l.School(), LearnerID: learner})
	out := make([]evidence.Fact, 0, len(rows))
	for _, r := range rows {
		f := fact(r.ID, learner, r.Seq, evidence.KindRescoring, r.HappenedMs, r.ReceivedMs)
		f.Rescoring = &evidence.Rescoring{Attempt: r.AttemptID, ItemVersion: int(r.ItemVersion), Outcome: item.Outcome(r.Outcome), Mistake: r.Mistake, Parts: int(r.Parts), PartsRight: int(r.PartsRight),
			By: roster.PersonID(r.ByID), Reason: r.Reason}
		out = append(out, f)
	}
	return out, err
}
