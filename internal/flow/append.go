package flow

import (
	"encoding/json"
	"strconv"

	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/mastery"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// moved is an estimate before and after a fact.
type moved struct{ Before, After mastery.Estimate }

// append writes a fact as the learner's next and moves the estimates that it speaks of. It fills ID, Seq and ReceivedMs.
// HappenedMs is the device's claim. It is kept when it lies inside [enrolled, received] and becomes the server's instant
// otherwise: work is never refused for a wrong clock.
func (a *Act) append(f evidence.Fact) (evidence.Fact, []moved, error) {
	f.ID, f.ReceivedMs = a.NewID(), a.now
	var err error
	if f.HappenedMs, err = a.happened(f.Learner, f.HappenedMs); err != nil {
		return f, nil, err
	}
	if f.Seq, err = a.q.NextSeq(a.ctx, db.NextSeqParams{SchoolID: a.school(), LearnerID: string(f.Learner)}); err != nil {
		return f, nil, err
	}
	if err := a.q.AddEvidence(a.ctx, db.AddEvidenceParams{SchoolID: a.school(), LearnerID: string(f.Learner), Seq: f.Seq, Kind: string(f.Kind),
		FactID: f.ID, HappenedMs: f.HappenedMs, ReceivedMs: f.ReceivedMs, Op: a.op}); err != nil {
		return f, nil, err
	}
	if err := a.appendKind(f); err != nil {
		return f, nil, err
	}
	if f.Withdrawal != nil {
		return f, nil, a.refold(f.Learner)
	}
	m, err := a.step(f)
	return f, m, err
}

// happened is a device's claim of when something was done, or now where the claim cannot be.
func (a *Act) happened(learner roster.PersonID, claimMs int64) (int64, error) {
	if claimMs <= 0 || claimMs >= a.now {
		return a.now, nil
	}
	since, err := a.q.EnrolledSince(a.ctx, db.EnrolledSinceParams{SchoolID: a.school(), PersonID: string(learner)})
	if err != nil || claimMs < since {
		return a.now, err
	}
	return claimMs, nil
}

func (a *Act) appendKind(f evidence.Fact) error {
	school, learner := a.school(), string(f.Learner)
	switch {
	case f.Attempt != nil:
		return a.appendAttempt(f)
	case f.Viewing != nil:
		v := f.Viewing
		return a.q.AddViewing(a.ctx, db.AddViewingParams{SchoolID: school, ID: f.ID, LearnerID: learner, LessonID: string(v.Lesson), LessonVersion: int64(v.LessonVersion), FromMs: v.FromMs, ToMs: v.ToMs, Rate: v.Rate})
	case f.SelfRating != nil:
		return a.q.AddSelfRating(a.ctx, db.AddSelfRatingParams{SchoolID: school, ID: f.ID, LearnerID: learner, ObjectiveID: string(f.SelfRating.Objective), Says: f.SelfRating.Says})
	case f.Credit != nil:
		c := f.Credit
		return a.q.AddCredit(a.ctx, db.AddCreditParams{SchoolID: school, ID: f.ID, LearnerID: learner, SkillID: string(c.Skill), Act: c.Act, ByID: string(c.By), Reason: c.Reason})
	case f.RoleChoice != nil:
		c := f.RoleChoice
		return a.q.AddRoleChoice(a.ctx, db.AddRoleChoiceParams{SchoolID: school, ID: f.ID, LearnerID: learner, UnitID: string(c.Unit), ObjectiveID: string(c.Objective), Role: c.Role})
	case f.Question != nil:
		c := f.Question
		return a.q.AddBroughtQuestion(a.ctx, db.AddBroughtQuestionParams{SchoolID: school, ID: f.ID, LearnerID: learner, ClassID: string(c.Class), LessonID: string(c.Lesson), Text: c.Text})
	case f.Meeting != nil:
		c := f.Meeting
		return a.q.AddMeeting(a.ctx, db.AddMeetingParams{SchoolID: school, ID: f.ID, LearnerID: learner, ClassID: string(c.Class), ByID: string(c.By), PileID: c.Pile, SkillID: string(c.Skill)})
	case f.Activity != nil:
		c := f.Activity
		return a.q.AddActivityDone(a.ctx, db.AddActivityDoneParams{SchoolID: school, ID: f.ID, LearnerID: learner, UnitID: string(c.Unit), ObjectiveID: string(c.Objective), Note: c.Note})
	case f.Withdrawal != nil:
		c := f.Withdrawal
		return a.q.AddWithdrawal(a.ctx, db.AddWithdrawalParams{SchoolID: school, ID: f.ID, LearnerID: learner, WithdrawnFactID: c.Fact, ByID: string(c.By), Reason: c.Reason})
	}
	return fault.Invalidf("fact", "a fact of kind %q holds nothing", f.Kind)
}

func (a *Act) appendAttempt(f evidence.Fact) error {
	t := f.Attempt
	others, err := json.Marshal(append([]skill.ID{}, t.Others...))
	if err != nil {
		return err
	}
	drawn, err := json.Marshal(t.Drawn)
	if err != nil {
		return err
	}
	response, err := json.Marshal(t.Response)
	if err != nil {
		return err
	}
	return a.q.AddAttempt(a.ctx, db.AddAttemptParams{
		SchoolID: a.school(), ID: f.ID, LearnerID: string(f.Learner), ItemID: string(t.Item), ItemVersion: int64(t.ItemVersion), SkillID: string(t.Skill),
		Others: string(others), GraphVersion: int64(t.GraphVersion), DrawN: int64(t.DrawN), Seed: strconv.FormatUint(t.Seed, 10), Drawn: string(drawn),
		Response: string(response), Outcome: string(t.Outcome), Mistake: t.Mistake, ItemKind: string(t.Kind), Options: int64(t.Options), Try: int64(t.Try),
		Hints: int64(t.Hints), Unlearned: t.Unlearned, Purpose: string(t.Purpose), Context: t.Context, TookMs: t.TookMs,
	})
}

// step moves the stored estimates by one fact. Each stays under the model that it was made with.
func (a *Act) step(f evidence.Fact) ([]moved, error) {
	var all []moved
	for _, id := range mastery.Skills(f) {
		before, m, err := a.estimate(f.Learner, id)
		if err != nil {
			return nil, err
		}
		after, err := mastery.Step(m, before, f)
		if err != nil {
			return nil, err
		}
		if err := a.saveEstimate(f.Learner, m.ID, f.Seq, after); err != nil {
			return nil, err
		}
		all = append(all, moved{before, after})
	}
	return all, nil
}
