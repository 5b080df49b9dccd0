package period

import (
	"slices"

	"kith/internal/classroom"
	"kith/internal/content"
	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/flow/library"
	"kith/internal/item"
	"kith/internal/mastery"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// How far back piles look for wrong answers, and how far an invitation reaches.
const (
	answersBack   = 7  // days; to the invitation when that is longer ago
	answersMost   = 14 // days
	lessonBack    = 6  // days for which a past lesson is still the shared one
	lessonForward = 3  // days before which a coming lesson is already the shared one: a Friday looks at Monday
	dayMs         = 24 * 3_600_000
)

// shared is a class's lesson of the day with its invitation and unit.
type shared struct {
	Invited db.ClassLesson
	Lesson  *content.Lesson
}

// lessonOfDay is the lesson that a class shares on a day: the last one invited before a moment of that day; else the latest
// of the days before; else the soonest of the days to come. ok=false when there is none near.
func lessonOfDay(l *flow.Look, class roster.ClassID, on string) (s shared, ok bool, err error) {
	rows, err := l.Q().LessonsOfClass(l.Ctx(), db.LessonsOfClassParams{SchoolID: l.School(), ClassID: string(class)})
	if err != nil {
		return s, false, err
	}
	from, to := flow.DaysBefore(on, lessonBack), flow.DaysBefore(on, -lessonForward)
	best := -1
	for i, r := range rows { // by day and time
		switch {
		case r.BeforeOn < from || r.BeforeOn > to:
		case r.BeforeOn <= on || best < 0:
			best = i
		}
	}
	if best < 0 {
		return s, false, nil
	}
	s.Invited = rows[best]
	s.Lesson, err = library.Lesson(l, content.LessonID(s.Invited.LessonID))
	return s, err == nil, err
}

// dayFacts is what piles are made from, and what a page says beside them.
type dayFacts struct {
	in        classroom.Input
	shared    *shared
	unit      *content.Unit // nil = the class has none
	classUnit string
	course    *library.Course
}

// loadFacts loads a class's piles' input for a day.
func loadFacts(l *flow.Look, class roster.ClassID, on string) (dayFacts, error) {
	f := dayFacts{}
	f.in.Graph, _ = skill.NewGraph(skill.Course{})
	if err := sharedAndUnit(l, class, on, &f); err != nil {
		return f, err
	}
	if f.course != nil {
		f.in.Graph = f.course.Graph
		f.inPlay()
	}
	return f, members(l, class, since(l, f), &f)
}

// sharedAndUnit loads a day's shared lesson and its unit, as far as there are any.
func sharedAndUnit(l *flow.Look, class roster.ClassID, on string, f *dayFacts) error {
	s, ok, err := lessonOfDay(l, class, on)
	if err != nil {
		return err
	}
	if ok {
		f.shared = &s
	}
	return unitOfDay(l, class, f)
}

// since is the instant from which answers and questions count for the day.
func since(l *flow.Look, f dayFacts) int64 {
	since := l.Now() - answersBack*dayMs
	if f.shared != nil {
		since = max(min(since, f.shared.Invited.AtMs), l.Now()-answersMost*dayMs)
	}
	return since
}

// unitOfDay is the unit that the shared lesson was invited in, else the one that the class was given last.
func unitOfDay(l *flow.Look, class roster.ClassID, f *dayFacts) error {
	rows, err := l.Q().UnitsOfClass(l.Ctx(), db.UnitsOfClassParams{SchoolID: l.School(), ClassID: string(class)})
	if err != nil || len(rows) == 0 {
		return err
	}
	at := 0
	if f.shared != nil {
		at = max(0, slices.IndexFunc(rows, func(u db.ClassUnit) bool { return u.ID == f.shared.Invited.ClassUnitID }))
	}
	f.classUnit = rows[at].ID
	if f.unit, err = library.UnitVersion(l, content.UnitID(rows[at].UnitID), rows[at].UnitVersion); err != nil {
		return err
	}
	f.course, err = library.CourseVersion(l, f.unit.Course, f.unit.CourseVersion)
	return err
}

// inPlay sets the day's skills: what the lesson teaches and what that rests on within the unit; without a lesson, all of
// the unit's.
func (f *dayFacts) inPlay() {
	inUnit := map[skill.ID]bool{}
	for _, id := range library.UnitSkills(f.unit, f.course) {
		inUnit[id] = true
	}
	play := map[skill.ID]bool{}
	if f.shared != nil {
		for _, id := range f.shared.Lesson.Skills {
			if !f.course.Graph.Has(id) {
				continue // a lesson of another course teaches this class, and its skills have no place here
			}
			f.in.Lesson = append(f.in.Lesson, id)
			play[id] = true
			for _, under := range f.course.Graph.Ancestors(id) {
				if inUnit[under] {
					play[under] = true
				}
			}
		}
	}
	if len(play) == 0 {
		play = inUnit
	}
	f.in.Titles = map[skill.ID]string{}
	for _, id := range f.course.Graph.Order() {
		if play[id] {
			f.in.Skills = append(f.in.Skills, id)
			f.in.Titles[id] = f.course.Skill[id].Title
		}
	}
}

// members loads the learners with what they have seen, shown and answered, and the items of the skills that some of them
// may sit down for.
func members(l *flow.Look, class roster.ClassID, since int64, f *dayFacts) error {
	people, err := l.Learners(class)
	if err != nil {
		return err
	}
	seen, err := seenByClass(l, class, f.lesson())
	if err != nil {
		return err
	}
	estimates, err := ledger.ClassEstimates(l, class, f.in.Skills)
	if err != nil {
		return err
	}
	answers, recent, err := classAnswers(l, class, since)
	if err != nil {
		return err
	}
	f.in.Answers = answers
	for _, p := range people {
		m := classroom.Member{Person: p.ID, Estimates: estimates[p.ID], Recent: recent[p.ID]}
		if f.shared != nil {
			m.Seen = seen.of(p.ID)
		}
		f.in.Members = append(f.in.Members, m)
	}
	f.in.Items = map[skill.ID][]item.ID{}
	for _, id := range f.in.Skills {
		if !slices.ContainsFunc(f.in.Members, func(m classroom.Member) bool {
			e := m.Estimates[id]
			return e.Attempts > 0 && e.Status != mastery.Secure
		}) {
			continue // nobody can sit down for it
		}
		items, err := library.ItemsAtOnce(l, id)
		if err != nil {
			return err
		}
		f.in.Items[id] = library.TypedFirst(items)
	}
	return nil
}

func (f dayFacts) lesson() *content.Lesson {
	if f.shared == nil {
		return nil
	}
	return f.shared.Lesson
}

// classAnswers are the not-yets of a class since an instant, oldest first, and the items that each learner met, newest
// last. What a learner had not met yet is no wrong answer.
func classAnswers(l *flow.Look, class roster.ClassID, since int64) ([]classroom.Answer, map[roster.PersonID][]item.ID, error) {
	rows, err := l.Q().AttemptsOfClassSince(l.Ctx(), db.AttemptsOfClassSinceParams{SchoolID: l.School(), ClassID: string(class), SinceMs: since})
	if err != nil {
		return nil, nil, err
	}
	gone, err := overtaken(l, class)
	if err != nil {
		return nil, nil, err
	}
	var answers []classroom.Answer
	met := map[roster.PersonID][]item.ID{}
	for _, r := range rows {
		who := roster.PersonID(r.LearnerID)
		met[who] = append(met[who], item.ID(r.ItemID))
		if r.Outcome != string(item.NotYet) || r.Unlearned || gone[r.ID] {
			continue
		}
		f, err := ledger.AttemptFact(db.AttemptsOfRow(r))
		if err != nil {
			return nil, nil, err
		}
		a := f.Attempt
		answers = append(answers, classroom.Answer{Person: who, Skill: a.Skill, Mistake: a.Mistake, AtMs: r.ReceivedMs,
			Shown: classroom.Shown{Item: a.Item, ItemVersion: a.ItemVersion, DrawN: a.DrawN, Seed: a.Seed, Drawn: a.Drawn, Response: a.Response}})
	}
	return answers, met, nil
}

// overtaken are the attempts of a class that no longer stand as they were judged at first: taken out, ruled right after all,
// or judged again by a later key. Nobody is told of them as a mistake.
func overtaken(l *flow.Look, class roster.ClassID) (map[string]bool, error) {
	ids, err := l.Q().OvertakenOfClass(l.Ctx(), db.OvertakenOfClassParams{SchoolID: l.School(), ClassID: string(class)})
	out := make(map[string]bool, len(ids))
	for _, id := range ids {
		out[id] = true
	}
	return out, err
}
