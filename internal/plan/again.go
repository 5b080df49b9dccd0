package plan

import (
	"cmp"
	"slices"

	"kith/internal/content"
	"kith/internal/goal"
	"kith/internal/mastery"
	"kith/internal/phrase"
	"kith/internal/skill"
)

// touched are lines for what only time has touched, the most urgent first, at most MaxAgain: skills that have faded, then
// skills of a person's goal that wait to be shown as kept. They are few on purpose: after a holiday everything has faded a
// little, practice weaves old items in by itself, and what rests on a skill is practice of it too.
func (b *builder) touched() []Line {
	var faded []Choice
	for _, id := range b.order {
		if b.in.Outlook.Faded[id] {
			faded = append(faded, b.worth[id])
		}
	}
	slices.SortStableFunc(faded, func(x, y Choice) int { return cmp.Compare(y.Urgency, x.Urgency) })
	var out []Line
	for _, c := range faded {
		out = append(out, b.look(c.Skill, "reason.faded"))
	}
	for _, t := range b.in.Goals {
		for _, s := range t.Skills {
			if b.in.Outlook.AsOfMs > 0 && !b.in.Outlook.Faded[s.Skill] && goal.CheckDue(b.in.Estimates[s.Skill], b.in.Outlook.AsOfMs) {
				out = append(out, b.look(s.Skill, "reason.keep"))
			}
		}
	}
	return slices.DeleteFunc(out[:min(len(out), MaxAgain)], func(l Line) bool { return b.keys[l.Key] })
}

// look is a short line for a skill that is secure by its evidence.
func (b *builder) look(id skill.ID, reason string) Line {
	l := NewLine(Revisit, b.objectives[id].ID, id, "")
	l.Again, l.Must, l.Minutes, l.Evidence = true, b.must(Revisit), againMinutes, b.in.Estimates[id].Evidence()
	l.Reason = phrase.Phrase{Code: reason}
	return l
}

// waitsAgain reports whether a decided line that asks again for what is secure is still to do.
func (b *builder) waitsAgain(l Line) bool { return l.Again && !b.in.Done[l.Key] }

// weave puts so many of the lines that wait for their place.
func (b *builder) weave(n int) {
	n = min(n, len(b.again))
	for _, l := range b.again[:n] {
		b.put(l)
	}
	b.again = b.again[n:]
}

// beyond offers three kinds of lines to whoever knows the whole unit, and never more of the same: deeper (a harder one of
// their own, swapped with somebody), make (what a task asks for), on (a skill after the unit). All may. An offer that was
// taken, or taken out by a teacher, gives way to the objective before.
func (b *builder) beyond() {
	if !b.in.Ahead || slices.ContainsFunc(b.order, func(id skill.ID) bool { return !b.known[id] }) {
		return
	}
	parts := slices.Clone(b.in.Unit.Parts)
	slices.Reverse(parts)
	b.first(parts, func(p content.Part) (Line, bool) {
		l := NewLine(Deeper, p.Objective, "", "")
		l.Reason = phrase.Of("reason.deeper")
		return l, true
	})
	b.first(parts, func(p content.Part) (Line, bool) {
		l := NewLine(Make, p.Objective, "", "")
		l.Reason = phrase.Of("reason.make", "task", p.Task.Title)
		return l, p.Task.Title != ""
	})
	for _, id := range b.in.Beyond {
		if b.onNow(id) {
			l := NewLine(Practice, "", id, "")
			l.Minutes, l.Reason, l.Evidence = b.skills[id].Minutes, phrase.Of("reason.on"), b.evidence(id)
			b.put(l)
			return
		}
	}
}

// first puts the first line that parts give and that can be put.
func (b *builder) first(parts []content.Part, line func(content.Part) (Line, bool)) {
	for _, p := range parts {
		if l, ok := line(p); ok && b.put(l) {
			return
		}
	}
}

// onNow reports whether a skill after the unit is open and rests on nothing that is open.
func (b *builder) onNow(id skill.ID) bool {
	_, inside := b.objectives[id]
	if inside || b.in.Estimates[id].Status == mastery.Secure || b.keys[NewLine(Practice, "", id, "").Key] {
		return false
	}
	for _, p := range b.in.Graph.Prerequisites(id) {
		if _, within := b.objectives[p]; !within && b.in.Estimates[p].Status != mastery.Secure {
			return false
		}
	}
	return true
}
