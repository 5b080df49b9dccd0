package period

import (
	"kith/internal/classroom"
	"kith/internal/content"
	"kith/internal/evidence"
	"kith/internal/flow"
	"kith/internal/item"
	"kith/internal/plan"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// classSeen is what a class's learners did with one lesson: as much of their facts as plan.LessonStatus reads, so that the
// teacher's page and the learner's cannot disagree.
type classSeen struct {
	lesson *content.Lesson
	facts  map[roster.PersonID][]evidence.Fact
}

// of says how far one learner is.
func (s classSeen) of(who roster.PersonID) classroom.Seen {
	if s.lesson == nil {
		return classroom.NoLesson
	}
	switch status, _ := plan.LessonStatus(*s.lesson, s.facts[who], 0); status {
	case plan.Done:
		return classroom.SeenAll
	case plan.Doing:
		return classroom.SeenPart
	}
	return classroom.SeenNone
}

func seenByClass(l *flow.Look, class roster.ClassID, v *content.Lesson) (classSeen, error) {
	s := classSeen{lesson: v, facts: map[roster.PersonID][]evidence.Fact{}}
	if v == nil {
		return s, nil
	}
	add := func(learner string, f evidence.Fact) {
		who := roster.PersonID(learner)
		s.facts[who] = append(s.facts[who], f)
	}
	for _, id := range append([]content.LessonID{v.ID}, v.Of...) {
		spans, err := l.Q().ViewingsOfClass(l.Ctx(), db.ViewingsOfClassParams{SchoolID: l.School(), ClassID: string(class), LessonID: string(id)})
		if err != nil {
			return s, err
		}
		for _, r := range spans {
			add(r.LearnerID, evidence.Fact{Kind: evidence.KindViewing, Viewing: &evidence.Viewing{Lesson: id, LessonVersion: int(r.LessonVersion), FromMs: r.FromMs, ToMs: r.ToMs, Rate: 1}})
		}
		checks, err := l.Q().LessonChecksOfClass(l.Ctx(), db.LessonChecksOfClassParams{SchoolID: l.School(), ClassID: string(class), LessonID: string(id)})
		if err != nil {
			return s, err
		}
		for _, r := range checks {
			add(r.LearnerID, evidence.Fact{Kind: evidence.KindAttempt, ReceivedMs: r.FirstMs, Attempt: &evidence.Attempt{Item: item.ID(r.ItemID), Purpose: evidence.ForLesson, Context: string(id)}})
		}
	}
	if !v.Blind() {
		return s, nil
	}
	for _, id := range v.Skills { // nothing in it can be seen being read: practice of its skill afterwards speaks for it
		rows, err := l.Q().PractisedInClass(l.Ctx(), db.PractisedInClassParams{SchoolID: l.School(), ClassID: string(class), SkillID: string(id)})
		if err != nil {
			return s, err
		}
		for _, r := range rows {
			add(r.LearnerID, evidence.Fact{Kind: evidence.KindAttempt, ReceivedMs: r.FirstMs, Attempt: &evidence.Attempt{Skill: skill.ID(id), Purpose: evidence.ForPractice}})
		}
	}
	return s, nil
}
