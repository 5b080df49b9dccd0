package plan

import (
	"testing"

	"kith/internal/mastery"
	"kith/internal/phrase"
	"kith/internal/skill"
)

// A line keeps its stored reason, but the page must not say "you said: I haven't learned this yet" under a skill that has
// been practiced since.
func TestSteps_SayTodaysReason(t *testing.T) {
	tried := func(status mastery.Status, tries ...mastery.Try) mastery.Estimate {
		return mastery.Estimate{Skill: "a1", Status: status, Attempts: len(tries), State: mastery.State{Tries: tries}}
	}
	none, unlearned := mastery.Try{Went: mastery.WentNotYet}, mastery.Try{Went: mastery.WentNotYet, Unlearned: true}
	for _, c := range []struct {
		kind   Kind
		stored string
		e      mastery.Estimate
		want   string
	}{
		{Practice, "reason.unlearned", tried(mastery.Growing, unlearned), "reason.unlearned"},
		{Practice, "reason.unlearned", tried(mastery.Growing, unlearned, none), "reason.growing"},
		{Practice, "reason.before", tried(mastery.Growing, none), "reason.growing"},
		{Practice, "reason.before", tried(mastery.NotStarted), "reason.before"},
		{Practice, "reason.growing", tried(mastery.NotStarted), "reason.ready"}, // what was begun was taken back
		{Practice, "reason.growing", tried(mastery.Secure, none), "reason.dropped_known"},
		{Practice, "reason.growing", tried(mastery.AnotherLook, none), "reason.look"},
		{Revisit, "reason.look", tried(mastery.Secure, none), "reason.dropped_known"},
		{Practice, "reason.put_in", tried(mastery.Secure, none), "reason.put_in"}, // a person's word stays
		{Practice, "reason.wished", tried(mastery.Growing, none), "reason.wished"},
		{Meeting, "reason.meeting", tried(mastery.Secure, none), "reason.meeting"},
	} {
		l := NewLine(c.kind, "a", "a1", "")
		l.Reason = phrase.Of(c.stored)
		got := Steps(StepsInput{Lines: []Line{l}, Estimates: map[skill.ID]mastery.Estimate{"a1": c.e}})[0].Reason.Code
		if got != c.want {
			t.Errorf("%s, %s, %s: says %s, want %s", c.kind, c.stored, c.e.Status, got, c.want)
		}
	}
}

// The check's "I haven't learned this yet" is news only until the skill is tried.
func TestBuild_ForgetsTheChecksWordOnceTheSkillIsTried(t *testing.T) {
	in := unit(t)
	in.Check = Check{Unlearned: []skill.ID{"a1"}}
	reason := func() string {
		for _, l := range build(t, in).Lines {
			if l.Key == "practice:a1" {
				return l.Reason.Code
			}
		}
		return ""
	}
	if got := reason(); got != "reason.unlearned" {
		t.Errorf("after the check: %s", got)
	}
	in.Estimates["a1"] = mastery.Estimate{Skill: "a1", Status: mastery.Growing, Attempts: 2,
		State: mastery.State{Tries: []mastery.Try{{Went: mastery.WentNotYet, Unlearned: true}, {Went: mastery.WentRight}}}}
	if got := reason(); got != "reason.growing" {
		t.Errorf("tried since: %s", got)
	}
}
