package evening

import (
	"kith/internal/flow/going"
	"kith/internal/flow/standing"
	"kith/internal/goal"
	"kith/internal/mastery"
	"kith/internal/skill"
)

// PlanGoal is a goal as its learner reads it: what it is, whose it is, whether they are there. It has no day: a day is for
// whoever plans the class.
type PlanGoal struct {
	ID    string           `json:"id"`
	Aims  []going.AimShown `json:"aims"`
	Own   bool             `json:"own"`
	There bool             `json:"there"` // all of it is secure
}

// goals fills in where the learner is going and what they could wish for.
func (p *PlanPage) goals(u *standing.LearnerUnit) {
	w := u.Way()
	named := map[skill.ID]bool{}
	wishes := 0
	for _, s := range u.Sets {
		stand := goal.Stand(s.Target, u.Estimates)
		p.Goals = append(p.Goals, PlanGoal{ID: s.ID, Aims: w.Shown(s.Goal), Own: s.Own, There: stand.Mastered == stand.Skills})
		for _, a := range s.Aims {
			named[a.Skill] = true
		}
		if s.Own {
			wishes++
		}
	}
	if wishes >= going.MaxWishes {
		return
	}
	for _, id := range u.Skills {
		if !named[id] && u.Estimates[id].Status != mastery.Secure {
			p.CanWish = append(p.CanWish, standing.SkillChoice{ID: id, Title: u.Course.Skill[id].Title})
		}
	}
}
