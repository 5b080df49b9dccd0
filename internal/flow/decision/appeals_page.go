package decision

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"kith/internal/access"
	"kith/internal/doc"
	"kith/internal/flow"
	"kith/internal/flow/library"
	"kith/internal/item"
	"kith/internal/phrase"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// AppealsIn names the class.
type AppealsIn struct {
	Class roster.ClassID `path:"class"`
}

// AppealsPage is the answers of a class that wait for a teacher's look, longest waiting first: those that no program judges, and those
// that their learners believe to be right. What was answered alike to one item stands together.
type AppealsPage struct {
	Class roster.ClassID `json:"class"`
	Name  string         `json:"name"`
	Folds []AppealFold   `json:"folds"`
}

// AppealFold is one answer to one item, by everybody who gave it to the same numbers.
type AppealFold struct {
	Skill    string         `json:"skill"`    // title
	Text     []doc.El       `json:"text"`     // the item as it was drawn
	Options  []doc.El       `json:"options"`  // what could be chosen
	Answer   []doc.El       `json:"answer"`   // as it was typed or chosen
	ReadAs   []doc.El       `json:"read_as"`  // mathematics, as we read it; empty for other kinds
	Key      []doc.El       `json:"key"`      // what we take for right
	Solution []doc.El       `json:"solution"` // the worked way
	Slip     *phrase.Phrase `json:"slip,omitempty"`
	Nudge    []doc.El       `json:"nudge"` // what the learner was told, where a mistake was recognised
	Waiting  []AppealOf     `json:"waiting"`

	Unjudged bool             `json:"unjudged"`       // no program judged it: nothing was told, and it is no evidence yet
	Like     string           `json:"like,omitempty"` // unjudged: the accepted text that it is near to in spelling
	Rubric   []item.Criterion `json:"rubric"`
	Files    []string         `json:"files"` // photos, by id

	Documents []string `json:"documents"` // by id

	Accept bool `json:"accept"` // this teacher may have it accepted from now on
}

// AppealOf is one learner's answer.
type AppealOf struct {
	Attempt string          `json:"attempt"`
	Learner roster.PersonID `json:"learner"`
	Name    string          `json:"name"`
	AtMs    int64           `json:"at_ms"`
}

// lookedFor is an answer that waits, by either way.
type lookedFor struct {
	attempt, learner string
	atMs             int64
	item, skill      string
	version          int64
	seed             string
	drawn, response  string
	unjudged         bool
}

// openAnswers are the answers of a class that wait, longest first.
func openAnswers(l *flow.Look, class roster.ClassID) ([]lookedFor, error) {
	said, err := l.Q().OpenAppealsOfClass(l.Ctx(), db.OpenAppealsOfClassParams{SchoolID: l.School(), ClassID: string(class)})
	if err != nil {
		return nil, err
	}
	waiting, err := l.Q().WaitingOfClass(l.Ctx(), db.WaitingOfClassParams{SchoolID: l.School(), ClassID: string(class)})
	if err != nil {
		return nil, err
	}
	out := make([]lookedFor, 0, len(said)+len(waiting))
	for _, r := range said {
		out = append(out, lookedFor{r.AttemptID, r.LearnerID, r.ReceivedMs, r.ItemID, r.SkillID, r.ItemVersion, r.Seed, r.Drawn, r.Response, false})
	}
	for _, r := range waiting {
		out = append(out, lookedFor{r.AttemptID, r.LearnerID, r.ReceivedMs, r.ItemID, r.SkillID, r.ItemVersion, r.Seed, r.Drawn, r.Response, true})
	}
	slices.SortStableFunc(out, func(a, b lookedFor) int { return cmp.Compare(a.atMs, b.atMs) })
	return out, nil
}

// Appeals shows what waits for a teacher's look.
var Appeals = flow.View[AppealsIn, AppealsPage]{
	Name:  "appeals",
	Rule:  access.Allow(access.TeacherOf),
	About: func(_ *flow.Look, in AppealsIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Load: func(l *flow.Look, in AppealsIn) (AppealsPage, error) {
		class, err := l.Q().Class(l.Ctx(), db.ClassParams{SchoolID: l.School(), ID: string(in.Class)})
		if err != nil {
			return AppealsPage{}, err
		}
		p := AppealsPage{Class: in.Class, Name: class.Name, Folds: []AppealFold{}}
		rows, err := openAnswers(l, in.Class)
		if err != nil || len(rows) == 0 {
			return p, err
		}
		people, err := l.Learners(in.Class)
		if err != nil {
			return p, err
		}
		at := map[string]int{} // folds by what makes answers alike
		for _, r := range rows {
			who := slices.IndexFunc(people, func(n flow.Named) bool { return string(n.ID) == r.learner })
			if who < 0 {
				continue
			}
			fold, like, err := appealFold(l, r)
			if err != nil {
				return p, err
			}
			i, ok := at[like]
			if !ok {
				i = len(p.Folds)
				at[like] = i
				p.Folds = append(p.Folds, fold)
			}
			p.Folds[i].Waiting = append(p.Folds[i].Waiting, AppealOf{Attempt: r.attempt, Learner: people[who].ID, Name: people[who].Name, AtMs: r.atMs})
		}
		return p, nil
	},
}

// appealFold draws an answer as it was asked and given, with the key under which it folds with others: the item's version, its numbers, and the
// answer as it was read, or as it was typed where nothing else is known.
func appealFold(l *flow.Look, r lookedFor) (f AppealFold, like string, err error) {
	it, err := library.ItemVersion(l, item.ID(r.item), r.version)
	if err != nil {
		return f, "", err
	}
	seed, err := strconv.ParseUint(r.seed, 10, 64)
	if err != nil {
		return f, "", err
	}
	var drawn map[string]string
	var response item.Response
	if err := json.Unmarshal([]byte(r.drawn), &drawn); err != nil {
		return f, "", err
	}
	if err := json.Unmarshal([]byte(r.response), &response); err != nil {
		return f, "", err
	}
	v, err := item.Recall(*it, seed, drawn)
	if err != nil {
		return f, "", err
	}
	asked, err := v.Asked()
	if err != nil {
		return f, "", err
	}
	if f.Skill, err = library.SkillTitle(l, skill.ID(r.skill)); err != nil {
		return f, "", err
	}
	f.Text, f.Options = library.TextOf(asked)
	f.Answer = library.AsGiven(v, asked, response)
	if f.Key, err = library.RightOf(v, it.Kind, asked); err != nil {
		return f, "", err
	}
	if f.Solution, err = v.Solution(); err != nil {
		return f, "", err
	}
	own := v.Own(response)
	like = fmt.Sprintf("%q %v %v", own.Boxes, own.Chosen, own.Placed)
	if len(response.Boxes) == 1 && it.Kind.Mathematics() {
		said, err := item.ReadBack(v, response, false)
		if err != nil {
			return f, "", err
		}
		if f.ReadAs = said.Drawn; said.ReadAs != "" {
			like = said.ReadAs
		}
	}
	f.written(l, it, response, r)
	switch same, ok := v.Same(response); {
	case ok:
		like = same
	case len(it.Rubric) > 0, !it.Kind.AtOnce(): // nobody writes or draws the same
		like = r.attempt
	}
	// What was said to it is judged again, since only facts are stored.
	j, err := item.Score(v, response)
	if err != nil {
		return f, "", err
	}
	f.Like = j.Like
	if slip, _ := j.Slip(); slip.Code != "" {
		f.Slip = &slip
	}
	f.Nudge, err = v.Nudge(j)
	return f, fmt.Sprintf("%v %s %d %s %s", r.unjudged, r.item, r.version, r.drawn, like), err
}

// written adds what belongs to an answer that a person judges.
func (f *AppealFold) written(l *flow.Look, it *item.Item, response item.Response, r lookedFor) {
	f.Unjudged = r.unjudged
	f.Rubric, f.Files = append([]item.Criterion{}, it.Rubric...), append([]string{}, response.Files...)
	f.Documents = append([]string{}, response.Documents...)
	own := it.Author != "" && (l.Has(access.Admin) || it.Author == flow.ActorKey(l.Who()))
	f.Accept = r.unjudged && it.Kind == item.Short && len(it.Draw) == 0 && own
}
