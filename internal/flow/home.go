package flow

import (
	"slices"

	"kith/internal/access"
	"kith/internal/evidence"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// HomePage is a learner's first page.
type HomePage struct {
	HomeAnswers
	First        bool          `json:"first"` // nothing was done in this unit yet
	Away         bool          `json:"away"`  // back after four days or more
	UsedQuestion *UsedQuestion `json:"used_question,omitempty"`
	Met          *Met          `json:"met,omitempty"`
	Said         *LastDecision `json:"said,omitempty"` // a teacher's words with the last decision about the plan
}

// UsedQuestion tells a learner that a teacher used the question they brought.
type UsedQuestion struct {
	Text string `json:"text"`
	By   string `json:"by"`
	AtMs int64  `json:"at_ms"`
}

// Met tells a learner that a teacher noted a time together.
type Met struct {
	By    string `json:"by"`
	Skill string `json:"skill"` // title, "" = none
	AtMs  int64  `json:"at_ms"`
}

const (
	awayMs   = 4 * 24 * 3_600_000 // after so long a page says welcome back
	noticeMs = 3 * 24 * 3_600_000 // a notice stays so long
)

// Home is the first page of a learner.
var Home = View[struct{}, HomePage]{
	Name: "home",
	Rule: access.Allow(access.Learner),
	Load: func(l *Look, _ struct{}) (HomePage, error) {
		me := l.who.Person
		p := HomePage{}
		g, ok, err := l.newestUnit(me)
		if err != nil {
			return p, err
		}
		if !ok {
			p.HomeAnswers, err = l.home(me)
			return p, err
		}
		u, err := l.learnerUnit(g, me)
		if err != nil {
			return p, err
		}
		if p.HomeAnswers, err = l.answers(u); err != nil {
			return p, err
		}
		if n := len(u.facts); n == 0 {
			p.First = true
		} else {
			p.Away = l.now-u.facts[n-1].ReceivedMs >= awayMs
		}
		if p.UsedQuestion, err = l.usedQuestion(me); err != nil {
			return p, err
		}
		if p.Met, err = l.met(u); err != nil {
			return p, err
		}
		if p.Said, err = l.lastDecision(u); p.Said != nil && (p.Said.Reason == "" || l.now-p.Said.AtMs > noticeMs) {
			p.Said = nil
		}
		return p, err
	},
}

func (l *Look) usedQuestion(learner roster.PersonID) (*UsedQuestion, error) {
	rows, err := l.q.QuestionsOf(l.ctx, db.QuestionsOfParams{SchoolID: l.school(), LearnerID: string(learner)})
	if err != nil {
		return nil, err
	}
	var last *UsedQuestion
	for _, r := range rows {
		if r.UsedMs == 0 || l.now-r.UsedMs > noticeMs || last != nil && r.UsedMs < last.AtMs {
			continue
		}
		by, err := l.nameOf(r.UsedBy)
		if err != nil {
			return nil, err
		}
		last = &UsedQuestion{Text: r.Text, By: by, AtMs: r.UsedMs}
	}
	return last, nil
}

func (l *Look) met(u *learnerUnit) (*Met, error) {
	for _, f := range slices.Backward(kept(u.facts)) {
		if f.Kind != evidence.KindMeeting || l.now-f.ReceivedMs > noticeMs {
			continue
		}
		by, err := l.nameOf(string(f.Meeting.By))
		return &Met{By: by, Skill: u.course.skill[f.Meeting.Skill].Title, AtMs: f.ReceivedMs}, err
	}
	return nil, nil
}
