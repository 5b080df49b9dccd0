package ledger

import (
	"encoding/json"
	"strconv"

	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/item"
	"kith/internal/mastery"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// moved is an estimate before and after a fact, as pages show it.
type moved struct{ Before, After mastery.Estimate }

// Append writes a fact as the learner's next and moves the estimates that it speaks of. It fills ID, Seq and ReceivedMs.
// HappenedMs is the device's claim. It is kept when it lies inside [enrolled, received] and becomes the server's instant
// otherwise: work is never refused for a wrong clock.
func Append(a *flow.Act, f evidence.Fact) (evidence.Fact, []moved, error) {
	f, err := write(a, f)
	if err != nil {
		return f, nil, err
	}
	if f.Withdrawal != nil || f.Ruling != nil || f.Rescoring != nil {
		return f, nil, refold(a, f.Learner)
	}
	m, err := step(a, f)
	return f, m, err
}

// Correct writes withdrawals and rescorings of one learner as their next facts, and puts after in the place of their estimates:
// the fold, under the model in force, of what they have with these facts behind it. The learner is locked, and nothing came
// between that fold and the lock.
func Correct(a *flow.Act, learner roster.PersonID, facts []evidence.Fact, after map[skill.ID]mastery.Estimate) error {
	var seq int64
	for _, f := range facts {
		if f.Learner != learner || f.Withdrawal == nil && f.Rescoring == nil {
			return fault.Invalidf("fact", "a fact of kind %q corrects nothing of this learner", f.Kind)
		}
		f, err := write(a, f)
		if err != nil {
			return err
		}
		seq = f.Seq
	}
	m, err := Model(a.Look)
	if err != nil {
		return err
	}
	return replace(a, learner, m.ID, seq, after)
}

// write gives a fact its id, its place and its instant, and stores it.
func write(a *flow.Act, f evidence.Fact) (evidence.Fact, error) {
	f.ID, f.ReceivedMs = a.NewID(), a.Now()
	var err error
	if f.HappenedMs, err = happened(a, f.Learner, f.HappenedMs); err != nil {
		return f, err
	}
	if f.Seq, err = a.Q().NextSeq(a.Ctx(), db.NextSeqParams{SchoolID: a.School(), LearnerID: string(f.Learner)}); err != nil {
		return f, err
	}
	if err := a.Q().AddEvidence(a.Ctx(), db.AddEvidenceParams{SchoolID: a.School(), LearnerID: string(f.Learner), Seq: f.Seq, Kind: string(f.Kind),
		FactID: f.ID, HappenedMs: f.HappenedMs, ReceivedMs: f.ReceivedMs, Op: a.Op()}); err != nil {
		return f, err
	}
	return f, appendKind(a, f)
}

// happened is a device's claim of when something was done, or now where the claim cannot be.
func happened(a *flow.Act, learner roster.PersonID, claimMs int64) (int64, error) {
	if claimMs <= 0 || claimMs >= a.Now() {
		return a.Now(), nil
	}
	since, err := a.Q().EnrolledSince(a.Ctx(), db.EnrolledSinceParams{SchoolID: a.School(), PersonID: string(learner)})
	if err != nil || claimMs < since {
		return a.Now(), err
	}
	return claimMs, nil
}

func appendKind(a *flow.Act, f evidence.Fact) error {
	school, learner := a.School(), string(f.Learner)
	switch {
	case f.Attempt != nil:
		return appendAttempt(a, f)
	case f.Viewing != nil:
		v := f.Viewing
		return a.Q().AddViewing(a.Ctx(), db.AddViewingParams{SchoolID: school, ID: f.ID, LearnerID: learner, LessonID: string(v.Lesson), LessonVersion: int64(v.LessonVersion), FromMs: v.FromMs, ToMs: v.ToMs, Rate: v.Rate})
	case f.SelfRating != nil:
		return a.Q().AddSelfRating(a.Ctx(), db.AddSelfRatingParams{SchoolID: school, ID: f.ID, LearnerID: learner, ObjectiveID: string(f.SelfRating.Objective), Says: f.SelfRating.Says})
	case f.Credit != nil:
		c := f.Credit
		return a.Q().AddCredit(a.Ctx(), db.AddCreditParams{SchoolID: school, ID: f.ID, LearnerID: learner, SkillID: string(c.Skill), Act: c.Act, ByID: string(c.By), Reason: c.Reason})
	case f.RoleChoice != nil:
		c := f.RoleChoice
		return a.Q().AddRoleChoice(a.Ctx(), db.AddRoleChoiceParams{SchoolID: school, ID: f.ID, LearnerID: learner, UnitID: string(c.Unit), ObjectiveID: string(c.Objective), Role: c.Role})
	case f.Question != nil:
		c := f.Question
		return a.Q().AddBroughtQuestion(a.Ctx(), db.AddBroughtQuestionParams{SchoolID: school, ID: f.ID, LearnerID: learner, ClassID: string(c.Class), LessonID: string(c.Lesson), Text: c.Text})
	case f.Meeting != nil:
		c := f.Meeting
		return a.Q().AddMeeting(a.Ctx(), db.AddMeetingParams{SchoolID: school, ID: f.ID, LearnerID: learner, ClassID: string(c.Class), ByID: string(c.By), PileID: c.Pile, SkillID: string(c.Skill)})
	case f.Activity != nil:
		c := f.Activity
		return a.Q().AddActivityDone(a.Ctx(), db.AddActivityDoneParams{SchoolID: school, ID: f.ID, LearnerID: learner, UnitID: string(c.Unit), ObjectiveID: string(c.Objective), Note: c.Note})
	case f.Withdrawal != nil:
		c := f.Withdrawal
		return a.Q().AddWithdrawal(a.Ctx(), db.AddWithdrawalParams{SchoolID: school, ID: f.ID, LearnerID: learner, WithdrawnFactID: c.Fact, ByID: string(c.By), Reason: c.Reason})
	}
	return appendWord(a, f)
}

// appendWord writes what was said of an answer afterwards: by the learner, by a teacher, by a later key.
func appendWord(a *flow.Act, f evidence.Fact) error {
	school, learner := a.School(), string(f.Learner)
	switch {
	case f.Appeal != nil:
		return a.Q().AddAppeal(a.Ctx(), db.AddAppealParams{SchoolID: school, ID: f.ID, LearnerID: learner, AttemptID: f.Appeal.Attempt})
	case f.Ruling != nil:
		c := f.Ruling
		levels, err := json.Marshal(append([]int{}, c.Levels...))
		if err != nil {
			return err
		}
		return a.Q().AddRuling(a.Ctx(), db.AddRulingParams{SchoolID: school, ID: f.ID, LearnerID: learner, AttemptID: c.Attempt, Accepted: c.Accepted, ByID: string(c.By), Word: c.Word, Levels: string(levels)})
	case f.Rescoring != nil:
		c := f.Rescoring
		return a.Q().AddRescoring(a.Ctx(), db.AddRescoringParams{SchoolID: school, ID: f.ID, LearnerID: learner, AttemptID: c.Attempt, ItemVersion: int64(c.ItemVersion),
			Outcome: string(c.Outcome), Mistake: c.Mistake, Parts: int64(c.Parts), PartsRight: int64(c.PartsRight), ByID: string(c.By), Reason: c.Reason})
	}
	return fault.Invalidf("fact", "a fact of kind %q holds nothing", f.Kind)
}

func appendAttempt(a *flow.Act, f evidence.Fact) error {
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
	outcome, waiting := t.Outcome, t.Outcome == item.Waiting
	if waiting {
		outcome = item.Unread // by everything so far: a person will
	}
	if err := a.Q().AddAttempt(a.Ctx(), db.AddAttemptParams{
		SchoolID: a.School(), ID: f.ID, LearnerID: string(f.Learner), ItemID: string(t.Item), ItemVersion: int64(t.ItemVersion), SkillID: string(t.Skill),
		Others: string(others), GraphVersion: int64(t.GraphVersion), DrawN: int64(t.DrawN), Seed: strconv.FormatUint(t.Seed, 10), Drawn: string(drawn),
		Response: string(response), Outcome: string(outcome), Mistake: t.Mistake, Parts: int64(t.Parts), PartsRight: int64(t.PartsRight), ItemKind: string(t.Kind), Options: int64(t.Options), Try: int64(t.Try),
		Hints: int64(t.Hints), Unlearned: t.Unlearned, Purpose: string(t.Purpose), Context: t.Context, TookMs: t.TookMs, Waiting: waiting,
	}); err != nil {
		return err
	}
	for _, file := range t.Response.Sent() {
		if err := a.Q().AddAttemptFile(a.Ctx(), db.AddAttemptFileParams{SchoolID: a.School(), FileID: file, AttemptID: f.ID}); err != nil {
			return err
		}
	}
	return nil
}

// step moves the stored estimates by one fact. Each stays under the model that it was made with; what a fact says of one
// skill may depend on what is believed of the others that it asks.
func step(a *flow.Act, f evidence.Fact) ([]moved, error) {
	before, models := map[skill.ID]mastery.Estimate{}, map[skill.ID]mastery.Model{}
	for _, id := range mastery.Skills(f) {
		e, m, err := Estimate(a.Look, f.Learner, id)
		if err != nil {
			return nil, err
		}
		before[id], models[id] = e, m
	}
	var all []moved
	for i, id := range mastery.Skills(f) {
		m := models[id]
		after, err := mastery.Step(m, before, f)
		if err != nil {
			return nil, err
		}
		if err := saveEstimate(a, f.Learner, m.ID, f.Seq, after[i]); err != nil {
			return nil, err
		}
		one := moved{}
		if one.Before, err = Shown(a.Look, before[id]); err != nil {
			return nil, err
		}
		if one.After, err = Shown(a.Look, after[i]); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}
