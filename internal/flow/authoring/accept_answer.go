package authoring

import (
	"encoding/json"
	"slices"
	"strings"

	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/item"
	"kith/internal/roster"
	"kith/internal/store/db"
)

// AcceptAnswerIn names an answer to a short text that is right from now on.
type AcceptAnswerIn struct {
	flow.Op
	Class   roster.ClassID `json:"class" minLength:"36" maxLength:"36"`
	Attempt string         `json:"attempt" minLength:"36" maxLength:"36"`
}

// AcceptAnswer publishes a further version of an item in which what somebody answered is among the accepted texts. Answers that
// were given stay as they were judged: a person has looked at them, or will. Where the item takes it already nothing is changed.
// Errors: NotFound (no such answer of a learner of this class), Forbidden (somebody else's item, or a course's), Conflict (it was
// taken down), Invalid (not a short text, one with drawn numbers, or one that accepts as many texts as it may).
var AcceptAnswer = flow.Verb[AcceptAnswerIn, ItemOut]{
	Name:  "accept_answer",
	Rule:  access.Allow(access.TeacherOf),
	About: func(_ *flow.Look, in AcceptAnswerIn) (access.Subject, error) { return access.OfClass(in.Class), nil },
	Shard: func(in AcceptAnswerIn, _ access.Actor) string { return string(in.Class) },
	Do: func(a *flow.Act, in AcceptAnswerIn) (ItemOut, error) {
		it, row, text, err := toAccept(a.Look, in)
		if err != nil {
			return ItemOut{}, err
		}
		v, err := item.Draw(it, 1)
		if err != nil {
			return ItemOut{}, err
		}
		if said, err := item.Score(v, item.Response{Boxes: []string{text}}); err != nil || said.Outcome == item.Right {
			return ItemOut{it.ID, it.Version}, err
		}
		it.Version++
		it.Accepts = append(slices.Clone(it.Accepts), text)
		if err := item.Check(it); err != nil {
			return ItemOut{}, refused([]FieldFault{located(err)})
		}
		if _, err := item.Draw(it, 1); err != nil { // a known mistake by its text
			return ItemOut{}, refused([]FieldFault{located(err)})
		}
		if err := saveVersion(a, it); err != nil {
			return ItemOut{}, err
		}
		out := ItemOut{it.ID, it.Version}
		_, err = a.Q().RaiseContent(a.Ctx(), db.RaiseContentParams{SchoolID: a.School(), ID: row.ID, CurrentVersion: int64(it.Version), Title: row.Title})
		if err == nil {
			a.Announce(flow.ClassTopic(string(in.Class)), "item", out)
		}
		return out, err
	},
}

// toAccept is the item of an answer as it is now, with the text that was answered.
func toAccept(l *flow.Look, in AcceptAnswerIn) (it item.Item, row db.Content, text string, err error) {
	answer, err := l.Q().Attempt(l.Ctx(), db.AttemptParams{SchoolID: l.School(), ID: in.Attempt})
	if err != nil {
		return it, row, "", err
	}
	people, err := l.Learners(in.Class)
	if err != nil {
		return it, row, "", err
	}
	if !slices.ContainsFunc(people, func(p flow.Named) bool { return string(p.ID) == answer.LearnerID }) {
		return it, row, "", fault.New(fault.NotFound, "fault.not_found")
	}
	now, row, err := ofClass(l, in.Class, item.ID(answer.ItemID))
	if err != nil {
		return it, row, "", err
	}
	var response item.Response
	if err := json.Unmarshal([]byte(answer.Response), &response); err != nil {
		return it, row, "", err
	}
	switch {
	case row.OwnerID == "" || !mayChange(l, row):
		return it, row, "", fault.New(fault.Forbidden, "fault.author.not_yours")
	case row.Status != string(content.Published):
		return it, row, "", fault.New(fault.Conflict, "fault.author.taken")
	case now.Kind != item.Short || len(now.Draw) > 0 || len(response.Boxes) != 1 || strings.Contains(response.Boxes[0], "[["):
		return it, row, "", fault.New(fault.Invalid, "fault.author.accept")
	}
	return *now, row, strings.TrimSpace(response.Boxes[0]), nil
}
