package evening

import (
	"slices"

	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/doc"
	"kith/internal/evidence"
	"kith/internal/flow"
	"kith/internal/flow/foretell"
	"kith/internal/flow/ledger"
	"kith/internal/flow/library"
	"kith/internal/flow/standing"
	"kith/internal/goal"
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
	Learner  roster.PersonID         `json:"learner"`
	Skill    standing.SkillStanding  `json:"skill"`
	Kind     practice.Kind           `json:"kind" enum:"ask,retry,done,stop,empty"`
	Reason   phrase.Phrase           `json:"reason"`
	Asked    *library.AskedVariant   `json:"asked,omitempty"`
	Woven    *standing.SkillChoice   `json:"woven,omitempty"`    // what is asked is of this skill, from before
	Solution []doc.El                `json:"solution,omitempty"` // of the variant missed just before
	Offers   []practice.Offer        `json:"offers"`
	Beneath  *standing.SkillStanding `json:"beneath,omitempty"` // for the offer to look at what this rests on
	Lesson   *LessonLink             `json:"lesson,omitempty"`  // that teaches it
}

// Practice shows what comes next on a skill. It is a function of the evidence, so a page loaded again shows the same.
var Practice = flow.View[PracticeIn, PracticePage]{
	Name: "practice",
	Rule: access.Allow(access.Learner),
	Load: func(l *flow.Look, in PracticeIn) (PracticePage, error) {
		me := l.Who().Person
		place, err := l.Q().SkillPlace(l.Ctx(), db.SkillPlaceParams{SchoolID: l.School(), ID: string(in.Skill)})
		if err != nil {
			return PracticePage{}, err
		}
		c, err := library.CourseVersion(l, skill.CourseID(place.CourseID), int(place.GraphVersion))
		if err != nil {
			return PracticePage{}, err
		}
		facts, err := ledger.AttemptFacts(l, string(me)) // withdrawn ones too: their numbers were met and are not drawn again
		if err != nil {
			return PracticePage{}, err
		}
		stand, err := standFast(l, facts)
		if err != nil {
			return PracticePage{}, err
		}
		items, err := library.Items(l, in.Skill)
		if err != nil {
			return PracticePage{}, err
		}
		all, err := ledger.Estimates(l, me)
		if err != nil {
			return PracticePage{}, err
		}
		e, m, err := ledger.Estimate(l, me, in.Skill)
		if err != nil {
			return PracticePage{}, err
		}
		if e, err = ledger.Shown(l, e); err != nil {
			return PracticePage{}, err
		}
		review, err := reviews(l, c, in.Skill, facts, stand, all, m)
		if err != nil {
			return PracticePage{}, err
		}
		asked := items // what is asked or solved may also be of what is woven in
		for _, r := range review {
			asked = append(asked[:len(asked):len(asked)], r.Items...)
		}
		chance, err := foretell.Chances(l, stand, asked)
		if err != nil {
			return PracticePage{}, err
		}
		move, err := practice.Next(practice.Input{Skill: in.Skill, Facts: facts, Items: items, Estimate: e, Model: m,
			Beneath: c.Graph.Prerequisites(in.Skill), Others: all, NowMs: l.Now(), GoOn: in.GoOn, Due: goal.CheckDue(e, l.Now()), Review: review, Chance: chance})
		if err != nil {
			return PracticePage{}, err
		}
		page := PracticePage{Learner: me, Skill: standing.Of(c.Skill[in.Skill], e), Kind: move.Kind, Reason: move.Reason, Offers: move.Offers}
		if move.Woven != "" {
			page.Woven = &standing.SkillChoice{ID: move.Woven, Title: c.Skill[move.Woven].Title}
		}
		if move.Beneath != "" {
			b := standing.Of(c.Skill[move.Beneath], all[move.Beneath])
			page.Beneath = &b
		}
		lessons, err := l.Q().LessonsOfSkill(l.Ctx(), db.LessonsOfSkillParams{SchoolID: l.School(), SkillID: string(in.Skill)})
		if err != nil {
			return page, err
		}
		if len(lessons) > 0 {
			les, err := library.LessonVersion(l, content.LessonID(lessons[0].ID), lessons[0].CurrentVersion)
			if err != nil {
				return page, err
			}
			page.Lesson = &LessonLink{lessons[0].ID, lessons[0].Title, library.LessonKind(les)}
		}
		if move.Solution != nil {
			if page.Solution, err = library.Solution(l, me, asked, *move.Solution); err != nil {
				return page, err
			}
		}
		if move.Item != "" {
			page.Asked, err = library.Ask(l, me, asked, move.Item, move.DrawN, move.Try)
		}
		return page, err
	},
}

// standFast is the facts of whoever looks without those that were taken out: these foretell nothing and repeat nothing.
func standFast(l *flow.Look, facts []evidence.Fact) ([]evidence.Fact, error) {
	gone, err := ledger.WithdrawalFacts(l, string(l.Who().Person))
	return ledger.Kept(slices.Concat(facts, gone)), err
}
