package decision

import (
	"slices"

	"kith/internal/content"
	"kith/internal/doc"
	"kith/internal/evidence"
	"kith/internal/flow"
	"kith/internal/flow/ledger"
	"kith/internal/flow/library"
	"kith/internal/flow/standing"
	"kith/internal/item"
	"kith/internal/phrase"
	"kith/internal/plan"
	"kith/internal/roster"
	"kith/internal/skill"
)

// EvidenceList is a stretch of what is known of a learner, newest first. More: there is older evidence.
type EvidenceList struct {
	Skill  skill.ID               `json:"skill"` // only what speaks of it; "" = all
	Shown  int                    `json:"shown"`
	More   bool                   `json:"more"`
	Skills []standing.SkillChoice `json:"skills"` // to choose from: those that evidence speaks of
	Lines  []EvidenceShown        `json:"lines"`
}

// EvidenceShown is one line of evidence: one fact, or the spans of one viewing. What does not belong to its kind is empty.
type EvidenceShown struct {
	Facts     []string          `json:"facts"` // ids
	Kind      evidence.Kind     `json:"kind" enum:"attempt,viewing,self_rating,credit,role_choice,question,meeting,activity,appeal,ruling,rescoring"`
	Say       phrase.Phrase     `json:"say"`
	AtMs      int64             `json:"at_ms"`
	By        string            `json:"by,omitempty"`     // who: credits, meetings, rulings and rescorings
	Reason    *Reason           `json:"reason,omitempty"` // why: credits and rescorings
	Words     string            `json:"words,omitempty"`  // the learner's own; a teacher's about an answer
	Asked     *item.Asked       `json:"asked,omitempty"`  // as it was asked
	Response  *item.Response    `json:"response,omitempty"`
	Nudge     []doc.El          `json:"nudge,omitempty"`  // what the answer showed, where it was recognised
	Levels    []item.RuledLevel `json:"levels,omitempty"` // rulings: what was found of the rubric
	May       bool              `json:"may"`              // may be taken out
	Withdrawn *Withdrawn        `json:"withdrawn,omitempty"`
}

// Withdrawn says who took a fact out, and why.
type Withdrawn struct {
	By     string `json:"by"`
	Reason Reason `json:"reason"`
	AtMs   int64  `json:"at_ms"`
}

// evidencePage is how many lines a first look shows.
const evidencePage = 12

// evidenceList lists the evidence, with each item drawn again as it was asked.
func evidenceList(u *standing.LearnerUnit, l *flow.Look, in LearnerIn) (EvidenceList, error) {
	out := EvidenceList{Skill: in.Skill, Shown: in.Shown}
	if out.Shown == 0 {
		out.Shown = evidencePage
	}
	facts, err := ledger.Facts(l, u.Learner)
	if err != nil {
		return out, err
	}
	gone := map[string]evidence.Fact{}
	met := map[skill.ID]bool{}
	for _, f := range facts {
		if f.Withdrawal != nil {
			gone[f.Withdrawal.Fact] = f
		}
		for _, id := range speaksOf(u, f) {
			met[id] = true
		}
	}
	for _, s := range u.Course.Skills {
		if met[s.ID] {
			out.Skills = append(out.Skills, standing.SkillChoice{ID: s.ID, Title: s.Title})
		}
	}
	for _, f := range slices.Backward(facts) {
		if f.Withdrawal != nil || in.Skill != "" && !slices.Contains(speaksOf(u, f), in.Skill) {
			continue
		}
		if n := len(out.Lines); n > 0 && sameViewing(out.Lines[n-1], f, facts, gone) {
			out.Lines[n-1].Facts = append(out.Lines[n-1].Facts, f.ID)
			continue
		}
		if len(out.Lines) == out.Shown {
			out.More = true
			break
		}
		line, err := evidenceShown(u, l, f, gone)
		if err != nil {
			return out, err
		}
		out.Lines = append(out.Lines, line)
	}
	return out, wordViewings(u, &out, facts)
}

// speaksOf lists the skills that a fact is about, more widely than those whose estimate it moves.
func speaksOf(u *standing.LearnerUnit, f evidence.Fact) []skill.ID {
	switch {
	case f.Attempt != nil:
		return append([]skill.ID{f.Attempt.Skill}, f.Attempt.Others...)
	case f.Credit != nil:
		return []skill.ID{f.Credit.Skill}
	case f.Meeting != nil && f.Meeting.Skill != "":
		return []skill.ID{f.Meeting.Skill}
	case f.Viewing != nil:
		les, _ := u.Lesson(f.Viewing.Lesson)
		return les.Skills
	}
	return nil
}

// sameViewing reports whether a fact is one more span of the viewing just above it.
func sameViewing(above EvidenceShown, f evidence.Fact, facts []evidence.Fact, gone map[string]evidence.Fact) bool {
	if f.Viewing == nil || above.Kind != evidence.KindViewing {
		return false
	}
	at := slices.IndexFunc(facts, func(x evidence.Fact) bool { return x.ID == above.Facts[0] })
	_, here := gone[f.ID]
	return facts[at].Viewing.Lesson == f.Viewing.Lesson && here == (above.Withdrawn != nil)
}

func evidenceShown(u *standing.LearnerUnit, l *flow.Look, f evidence.Fact, gone map[string]evidence.Fact) (EvidenceShown, error) {
	line := EvidenceShown{Facts: []string{f.ID}, Kind: f.Kind, Say: u.SaidOf(f), AtMs: f.ReceivedMs, May: slices.Contains(withdrawable, f.Kind)}
	if w, out := gone[f.ID]; out {
		by, err := l.NameOf(string(w.Withdrawal.By))
		if err != nil {
			return line, err
		}
		line.May, line.Withdrawn = false, &Withdrawn{By: by, Reason: reasonOf(w.Withdrawal.Reason), AtMs: w.ReceivedMs}
	}
	var by roster.PersonID
	switch {
	case f.Attempt != nil:
		return line, line.draw(l, f.Attempt)
	case f.SelfRating != nil:
		o, _ := u.Goal(f.SelfRating.Objective)
		line.Say = phrase.Of("evidence.said", "line", o.ICan, "says", f.SelfRating.Says)
	case f.Credit != nil:
		r := reasonOf(f.Credit.Reason)
		by, line.Reason = f.Credit.By, &r
		line.Say = phrase.Of("evidence.credit", "skill", u.Course.Skill[f.Credit.Skill].Title, "act", f.Credit.Act)
	case f.RoleChoice != nil:
		line.Say = phrase.Of("evidence.role", "role", roleTitle(u, *f.RoleChoice))
	case f.Question != nil:
		line.Say, line.Words = phrase.Of("evidence.question"), f.Question.Text
	case f.Meeting != nil:
		by = f.Meeting.By
		if title := u.Course.Skill[f.Meeting.Skill].Title; title != "" {
			line.Say = phrase.Of("evidence.met_about", "skill", title)
		}
	case f.Ruling != nil:
		by, line.Words = f.Ruling.By, f.Ruling.Word
		var err error
		if line.Levels, err = ruledLevels(u, l, f.Ruling); err != nil {
			return line, err
		}
	case f.Rescoring != nil:
		r := reasonOf(f.Rescoring.Reason)
		by, line.Reason = f.Rescoring.By, &r
	case f.Activity != nil:
		line.Say, line.Words = phrase.Of("evidence.activity", "title", u.Part(f.Activity.Objective).Activity.Title), f.Activity.Note
	}
	var err error
	line.By, err = l.NameOf(string(by))
	return line, err
}

// ruledLevels are what a ruling found of the rubric of the item that was answered, in words.
func ruledLevels(u *standing.LearnerUnit, l *flow.Look, r *evidence.Ruling) ([]item.RuledLevel, error) {
	if len(r.Levels) == 0 {
		return nil, nil
	}
	at := slices.IndexFunc(u.Facts, func(f evidence.Fact) bool { return f.ID == r.Attempt })
	if at < 0 {
		return nil, nil
	}
	it, err := library.ItemVersion(l, u.Facts[at].Attempt.Item, int64(u.Facts[at].Attempt.ItemVersion))
	if err != nil {
		return nil, err
	}
	return item.LevelWords(it.Rubric, r.Levels), nil
}

// draw adds the item as it was asked, what was answered, and what the answer showed.
func (line *EvidenceShown) draw(l *flow.Look, a *evidence.Attempt) error {
	it, err := library.ItemVersion(l, a.Item, int64(a.ItemVersion))
	if err != nil {
		return err
	}
	v, err := item.Recall(*it, a.Seed, a.Drawn)
	if err != nil {
		return err
	}
	asked, err := v.Asked()
	if err != nil {
		return err
	}
	line.Asked = &asked
	if a.Unlearned {
		return nil
	}
	line.Response = &a.Response
	if a.Outcome != item.NotYet || a.Mistake == "" {
		return nil
	}
	j, err := item.Score(v, a.Response)
	if err != nil {
		return err
	}
	line.Nudge, err = v.Nudge(j)
	return err
}

// wordViewings says of each viewing how much of its lesson it covered.
func wordViewings(u *standing.LearnerUnit, out *EvidenceList, facts []evidence.Fact) error {
	for i, line := range out.Lines {
		if line.Kind != evidence.KindViewing {
			continue
		}
		var spans [][2]int64
		var of content.LessonID
		for _, f := range facts {
			if f.Viewing != nil && slices.Contains(line.Facts, f.ID) {
				spans = append(spans, [2]int64{f.Viewing.FromMs, f.Viewing.ToMs})
				of = f.Viewing.Lesson
			}
		}
		les, _ := u.Lesson(of)
		minutes := int((plan.Covered(spans) + 59_999) / 60_000)
		out.Lines[i].Say = phrase.Of("evidence.viewed_of", "lesson", les.Title, "minutes", minutes)
	}
	return nil
}

// roleTitle words the role that a learner picked, "" when the unit has it no more.
func roleTitle(u *standing.LearnerUnit, c evidence.RoleChoice) string {
	task := u.Unit.Task
	if c.Objective != "" {
		task = u.Part(c.Objective).Task
	}
	for _, r := range task.Roles {
		if r.Code == c.Role {
			return r.Title
		}
	}
	return ""
}
