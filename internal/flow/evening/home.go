package evening

import (
	"slices"

	"kith/internal/access"
	"kith/internal/doc"
	"kith/internal/evidence"
	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/flow/library"
	"kith/internal/flow/standing"
	"kith/internal/item"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// HomePage is a learner's first page.
type HomePage struct {
	standing.HomeAnswers
	First        bool                   `json:"first"` // nothing was done in this unit yet
	Away         bool                   `json:"away"`  // back after four days or more
	UsedQuestion *UsedQuestion          `json:"used_question,omitempty"`
	Met          *Met                   `json:"met,omitempty"`
	Said         *standing.LastDecision `json:"said,omitempty"` // a teacher's words with the last decision about the plan
	Ruled        *RuledAnswer           `json:"ruled,omitempty"`
}

// RuledAnswer tells a learner what a teacher said to an answer: one that waited for it, or one that they believe to be right.
type RuledAnswer struct {
	By       string   `json:"by"`
	Accepted bool     `json:"accepted"`
	Word     string   `json:"word"`
	Skill    string   `json:"skill"`  // title
	Answer   []doc.El `json:"answer"` // as it was given
	AtMs     int64    `json:"at_ms"`

	Waited bool              `json:"waited"` // no program had judged it
	Levels []item.RuledLevel `json:"levels"` // what was found of its rubric, in words
	Files  []string          `json:"files"`  // its photos, by id

	Documents []string `json:"documents"` // its documents, by id
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
var Home = flow.View[struct{}, HomePage]{
	Name: "home",
	Rule: access.Allow(access.Learner),
	Load: func(l *flow.Look, _ struct{}) (HomePage, error) {
		me := l.Who().Person
		p := HomePage{}
		g, ok, err := standing.Newest(l, me)
		if err != nil {
			return p, err
		}
		if !ok {
			p.HomeAnswers, err = standing.Home(l, me)
			return p, err
		}
		u, err := standing.Load(l, g, me)
		if err != nil {
			return p, err
		}
		if p.HomeAnswers, err = standing.Answers(l, u); err != nil {
			return p, err
		}
		if n := len(u.Facts); n == 0 {
			p.First = true
		} else {
			p.Away = l.Now()-u.Facts[n-1].ReceivedMs >= awayMs
		}
		if p.UsedQuestion, err = usedQuestion(l, me); err != nil {
			return p, err
		}
		if p.Met, err = met(l, u); err != nil {
			return p, err
		}
		if p.Ruled, err = ruledAnswer(l, u); err != nil {
			return p, err
		}
		if p.Said, err = standing.LastSaid(l, u); p.Said != nil && (p.Said.Reason == "" || l.Now()-p.Said.AtMs > noticeMs) {
			p.Said = nil
		}
		return p, err
	},
}

func usedQuestion(l *flow.Look, learner roster.PersonID) (*UsedQuestion, error) {
	rows, err := l.Q().QuestionsOf(l.Ctx(), db.QuestionsOfParams{SchoolID: l.School(), LearnerID: string(learner)})
	if err != nil {
		return nil, err
	}
	var last *UsedQuestion
	for _, r := range rows {
		if r.UsedMs == 0 || l.Now()-r.UsedMs > noticeMs || last != nil && r.UsedMs < last.AtMs {
			continue
		}
		by, err := l.NameOf(r.UsedBy)
		if err != nil {
			return nil, err
		}
		last = &UsedQuestion{Text: r.Text, By: by, AtMs: r.UsedMs}
	}
	return last, nil
}

// ruledAnswer is the last answer that a teacher ruled.
func ruledAnswer(l *flow.Look, u *standing.LearnerUnit) (*RuledAnswer, error) {
	facts := ledger.Kept(u.Facts)
	for _, f := range slices.Backward(facts) {
		if f.Kind != evidence.KindRuling || l.Now()-f.ReceivedMs > noticeMs {
			continue
		}
		at := slices.IndexFunc(facts, func(x evidence.Fact) bool { return x.ID == f.Ruling.Attempt })
		if at < 0 {
			continue
		}
		by, err := l.NameOf(string(f.Ruling.By))
		if err != nil {
			return nil, err
		}
		out := &RuledAnswer{By: by, Accepted: f.Ruling.Accepted, Word: f.Ruling.Word, AtMs: f.ReceivedMs}
		if out.Skill, err = library.SkillTitle(l, facts[at].Attempt.Skill); err != nil {
			return nil, err
		}
		a := facts[at].Attempt
		out.Waited, out.Files, out.Documents = a.Looked, append([]string{}, a.Response.Files...), append([]string{}, a.Response.Documents...)
		it, err := library.ItemVersion(l, a.Item, int64(a.ItemVersion))
		if err != nil {
			return nil, err
		}
		out.Levels = append([]item.RuledLevel{}, item.LevelWords(it.Rubric, f.Ruling.Levels)...)
		out.Answer, err = library.Answered(l, *a)
		return out, err
	}
	return nil, nil
}

func met(l *flow.Look, u *standing.LearnerUnit) (*Met, error) {
	for _, f := range slices.Backward(ledger.Kept(u.Facts)) {
		if f.Kind != evidence.KindMeeting || l.Now()-f.ReceivedMs > noticeMs {
			continue
		}
		by, err := l.NameOf(string(f.Meeting.By))
		return &Met{By: by, Skill: u.Course.Skill[f.Meeting.Skill].Title, AtMs: f.ReceivedMs}, err
	}
	return nil, nil
}
