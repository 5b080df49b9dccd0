package flow

import (
	"kith/internal/access"
	"kith/internal/doc"
	"kith/internal/phrase"
	"kith/internal/practice"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// PracticeIn names the skill, and whether the learner chose to go on after "enough" or "secure".
type PracticeIn struct {
	Skill skill.ID `path:"skill"`
	GoOn  bool     `query:"go_on"`
}

// PracticePage is the inner loop of one skill.
type PracticePage struct {
	Learner  roster.PersonID  `json:"learner"`
	Skill    SkillStanding    `json:"skill"`
	Kind     practice.Kind    `json:"kind" enum:"ask,retry,done,stop,empty"`
	Reason   phrase.Phrase    `json:"reason"`
	Asked    *AskedVariant    `json:"asked,omitempty"`
	Solution []doc.El         `json:"solution,omitempty"` // of the variant missed just before
	Offers   []practice.Offer `json:"offers"`
	Beneath  *SkillStanding   `json:"beneath,omitempty"` // for the offer to look at what this rests on
	Lesson   *LessonLink      `json:"lesson,omitempty"`  // that teaches it
}

// Practice shows what comes next on a skill. It is a function of the evidence, so a page loaded again shows the same.
var Practice = View[PracticeIn, PracticePage]{
	Name: "practice",
	Rule: access.Allow(access.Learner),
	Load: func(l *Look, in PracticeIn) (PracticePage, error) {
		me := l.who.Person
		place, err := l.q.SkillPlace(l.ctx, db.SkillPlaceParams{SchoolID: l.school(), ID: string(in.Skill)})
		if err != nil {
			return PracticePage{}, err
		}
		c, err := l.course(skill.CourseID(place.CourseID), int(place.GraphVersion))
		if err != nil {
			return PracticePage{}, err
		}
		facts, err := attemptFacts(l, string(me))
		if err != nil {
			return PracticePage{}, err
		}
		items, err := l.items(in.Skill)
		if err != nil {
			return PracticePage{}, err
		}
		all, err := l.estimates(me)
		if err != nil {
			return PracticePage{}, err
		}
		e, m, err := l.estimate(me, in.Skill)
		if err != nil {
			return PracticePage{}, err
		}
		move, err := practice.Next(practice.Input{Skill: in.Skill, Facts: kept(facts), Items: items, Estimate: e, Model: m,
			Beneath: c.Graph.Prerequisites(in.Skill), Others: all, NowMs: l.now, GoOn: in.GoOn})
		if err != nil {
			return PracticePage{}, err
		}
		page := PracticePage{Learner: me, Skill: standing(c.skill[in.Skill], e), Kind: move.Kind, Reason: move.Reason, Offers: move.Offers}
		if move.Beneath != "" {
			b := standing(c.skill[move.Beneath], all[move.Beneath])
			page.Beneath = &b
		}
		lessons, err := l.q.LessonsOfSkill(l.ctx, db.LessonsOfSkillParams{SchoolID: l.school(), SkillID: string(in.Skill)})
		if err != nil {
			return page, err
		}
		if len(lessons) > 0 {
			page.Lesson = &LessonLink{lessons[0].ID, lessons[0].Title}
		}
		if move.Solution != nil {
			if page.Solution, err = l.solution(me, items, *move.Solution); err != nil {
				return page, err
			}
		}
		if move.Item != "" {
			page.Asked, err = l.ask(me, items, move.Item, move.DrawN, move.Try)
		}
		return page, err
	},
}
