package flow

import (
	"kith/internal/access"
	"kith/internal/doc"
	"kith/internal/evidence"
	"kith/internal/item"
	"kith/internal/mastery"
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

// SkillStanding is how one skill stands, as learner, teacher and guardian read it: one fold, one place.
type SkillStanding struct {
	ID       skill.ID       `json:"id"`
	Title    string         `json:"title"`
	Status   mastery.Status `json:"status" enum:"not_started,growing,secure,another_look"`
	Why      phrase.Phrase  `json:"why"`
	Dots     []mastery.Went `json:"dots"`
	SecureMs int64          `json:"secure_ms,omitempty"` // since when it has been secure; keeps its date
	Evidence []string       `json:"evidence"`            // ids of the facts behind the sentence
	Because  []EvidenceLine `json:"because,omitempty"`   // the same in words, where a page shows them
}

// AskedVariant is a variant as a page shows it, with its ladder of hints. It holds no key, no mistake and no solution.
type AskedVariant struct {
	item.Asked
	DrawN  int        `json:"draw_n"`
	Try    int        `json:"try"`
	Ladder [][]doc.El `json:"ladder"`
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

// LessonLink names a lesson.
type LessonLink struct {
	ID    string `json:"id"`
	Title string `json:"title"`
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
		facts, err := l.attemptFacts(string(me))
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

func standing(s skill.Skill, e mastery.Estimate) SkillStanding {
	if e.Skill == "" {
		e = mastery.Estimate{Skill: s.ID, Status: mastery.NotStarted}
	}
	return SkillStanding{ID: s.ID, Title: s.Title, Status: e.Status, Why: mastery.Why(e), Dots: e.Dots(), SecureMs: e.SecureSinceMs, Evidence: e.Evidence()}
}

// estimates are all of a learner's, by skill.
func (l *Look) estimates(learner roster.PersonID) (map[skill.ID]mastery.Estimate, error) {
	rows, err := l.q.EstimatesOf(l.ctx, db.EstimatesOfParams{SchoolID: l.school(), LearnerID: string(learner)})
	if err != nil {
		return nil, err
	}
	out := make(map[skill.ID]mastery.Estimate, len(rows))
	for _, r := range rows {
		e, err := decodeEstimate(r)
		if err != nil {
			return nil, err
		}
		out[e.Skill] = e
	}
	return out, nil
}

// ask draws an item for a learner as the page shows it.
func (l *Look) ask(learner roster.PersonID, among []item.Item, id item.ID, drawN, try int) (*AskedVariant, error) {
	for _, it := range among {
		if it.ID != id {
			continue
		}
		v, err := item.Draw(it, item.SeedFor(string(learner), string(id), drawN))
		if err != nil {
			return nil, err
		}
		asked, err := v.Asked()
		if err != nil {
			return nil, err
		}
		out := &AskedVariant{Asked: asked, DrawN: drawN, Try: try}
		for n := range asked.Hints {
			rung, err := v.Hint(n + 1)
			if err != nil {
				return nil, err
			}
			out.Ladder = append(out.Ladder, rung)
		}
		return out, nil
	}
	return nil, errNoItem
}

func (l *Look) solution(learner roster.PersonID, among []item.Item, of practice.Variant) ([]doc.El, error) {
	for _, it := range among {
		if it.ID == of.Item {
			v, err := item.Draw(it, item.SeedFor(string(learner), string(of.Item), of.DrawN))
			if err != nil {
				return nil, err
			}
			return v.Solution()
		}
	}
	return nil, nil
}
