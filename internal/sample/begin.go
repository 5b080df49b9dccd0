package sample

import (
	"slices"
	"time"

	"kith/internal/flow"
	"kith/internal/flow/evening"
	"kith/internal/item"
	"kith/internal/skill"
)

// begin is how a learner begins the unit: they read its task and pick a role, say what they can do, take the check, look
// at the plan and send it. Some take the check in two sittings.
func (h *hand) begin() {
	at := h.m.cal.evening(h.m.first-h.r.IntN(min(2, h.m.first-2)), h.who.hour, h.r.IntN(30))
	pause := toTheEnd
	if h.r.IntN(6) == 0 {
		pause = 4 + h.r.IntN(4)
	}
	h.sit(at, func() error {
		h.pass(120, 240)
		if err := h.pickRole("", h.who.role); err != nil {
			return err
		}
		for _, o := range h.m.course.Objectives {
			if err := h.rate(o); err != nil {
				return err
			}
		}
		return h.check(pause)
	})
	h.sit(at.Add(24*time.Hour), func() error {
		if !h.paused {
			return nil
		}
		return h.check(toTheEnd)
	})
	h.sit(at.Add(24*time.Hour+25*time.Minute), func() error { return h.send("") })
}

func (h *hand) mine() flow.Mine { return flow.Mine{Op: h.op(), Learner: h.person.ID} }

func (h *hand) pickRole(objective skill.ObjectiveID, role string) error {
	h.pass(10, 40)
	_, err := flow.Run(h.m.ctx, h.m.f, evening.PickRole, h.actor, evening.PickRoleIn{Mine: h.mine(), ClassUnit: h.m.s.ClassUnit, Objective: objective, Role: role})
	return err
}

// rate says of an "I can" line what somebody feels who knows what they know, more or less.
func (h *hand) rate(o skill.Objective) error {
	known := 0
	for _, id := range o.Skills {
		if h.knows[h.m.code[id]] {
			known++
		}
	}
	felt := known*2/len(o.Skills) + h.r.IntN(2) - h.r.IntN(2)
	says := []string{"not_yet", "bit", "yes"}[max(0, min(2, felt))]
	h.pass(4, 15)
	_, err := flow.Run(h.m.ctx, h.m.f, evening.RateSelf, h.actor, evening.RateSelfIn{Mine: h.mine(), ClassUnit: h.m.s.ClassUnit, Objective: o.ID, Says: says})
	return err
}

// toTheEnd is more questions than a check ever has.
const toTheEnd = 99

// check takes the check until it has no further question, or stops after so many.
func (h *hand) check(most int) error {
	page, err := flow.Run(h.m.ctx, h.m.f, evening.StartCheck, h.actor, evening.CheckIn{Mine: h.mine(), ClassUnit: h.m.s.ClassUnit})
	if err != nil {
		return err
	}
	for n := 0; page.State == evening.CheckAsking && page.Asked != nil; n++ {
		if h.paused = n == most; h.paused {
			_, err := flow.Run(h.m.ctx, h.m.f, evening.StopCheck, h.actor, evening.CheckIn{Mine: h.mine(), ClassUnit: h.m.s.ClassUnit})
			return err
		}
		in := evening.AnswerCheckIn{Mine: h.mine(), ClassUnit: h.m.s.ClassUnit, Sitting: page.Sitting, Item: page.Asked.Item, Version: page.Asked.Version,
			DrawN: page.Asked.DrawN}
		if in.Unlearned, in.Response, err = h.tells(page.Asked.Item, page.Asked.DrawN); err != nil {
			return err
		}
		in.TookMs, in.HappenedMs = h.pass(20, 60), h.at.UnixMilli()
		out, err := flow.Run(h.m.ctx, h.m.f, evening.AnswerCheck, h.actor, in)
		if err != nil {
			return err
		}
		page = out.CheckPage
	}
	return nil
}

// tells is what somebody answers in the check: what they know; of what they do not, mostly that they have not learned it.
func (h *hand) tells(id item.ID, drawN int) (unlearned bool, _ item.Response, _ error) {
	it := h.m.item[id]
	h.drawn[id] = drawN
	v, err := item.Draw(it, item.SeedFor(string(h.person.ID), string(id), drawN))
	if err != nil {
		return false, item.Response{}, err
	}
	code, pen, luck := h.m.code[it.Skills[0]], h.pen(it.Code, drawN), h.r.Float64()
	switch {
	case h.knows[code] && (luck >= slips || h.who.name() == newcomer):
		return false, rightAnswer(it, v, pen), nil
	case h.knows[code]:
		return false, slipped(it, v, pen), nil
	case luck < 0.8:
		return true, item.Response{}, nil
	}
	return false, h.notYet(it, v, code, 1, pen), nil
}

// send sends the plan that waits to be sent, if there is one, with a word to the teacher ("" = none).
func (h *hand) send(word string) error {
	page, err := flow.Show(h.m.ctx, h.m.f, evening.Plan, h.actor, struct{}{})
	if err != nil || page.Proposal == nil || page.Proposal.SentMs > 0 {
		return err
	}
	h.pass(30, 120)
	_, err = flow.Run(h.m.ctx, h.m.f, evening.SendPlan, h.actor, evening.SendPlanIn{Mine: h.mine(), ClassUnit: h.m.s.ClassUnit, Proposal: page.Proposal.ID,
		Edits: []evening.WishEdit{}, Contested: []string{}, Word: word})
	return err
}

// asksFor wants a plan, with a skill in it ("" = whatever is next), and sends it.
func (h *hand) asksFor(code string) error {
	if _, err := flow.Run(h.m.ctx, h.m.f, evening.AskForPlan, h.actor, evening.AskForPlanIn{Mine: h.mine(), ClassUnit: h.m.s.ClassUnit, Skill: h.m.skill[code]}); err != nil {
		return err
	}
	return h.send(h.who.word)
}

// bring asks what this learner wants to ask in class.
func (h *hand) bring(lesson string) error {
	if h.who.asks == "" {
		return nil
	}
	_, err := flow.Run(h.m.ctx, h.m.f, evening.BringQuestion, h.actor, evening.BringQuestionIn{Mine: h.mine(), ClassUnit: h.m.s.ClassUnit,
		Lesson: h.m.lessons[lesson].ID, Text: h.who.asks})
	return err
}

// objective finds one of the course's objectives by its code.
func (m *maker) objective(code string) skill.Objective {
	at := slices.IndexFunc(m.course.Objectives, func(o skill.Objective) bool { return o.Code == code })
	return m.course.Objectives[at]
}

// takeRole picks some role in an objective's task.
func (h *hand) takeRole(objective string) error {
	o := h.m.objective(objective)
	roles := h.m.part[o.ID].Task.Roles
	return h.pickRole(o.ID, roles[h.r.IntN(len(roles))].Code)
}

// offScreen is an objective's task and activity: a role in the one, the other done with a line on what was noticed.
func (h *hand) offScreen(objective, note string) error {
	if err := h.takeRole(objective); err != nil {
		return err
	}
	h.pass(300, 900)
	_, err := flow.Run(h.m.ctx, h.m.f, evening.DoActivity, h.actor, evening.DoActivityIn{Mine: h.mine(), ClassUnit: h.m.s.ClassUnit,
		Objective: h.m.objective(objective).ID, Note: note})
	return err
}
