package decision_test

import (
	"reflect"
	"testing"
	"time"

	"kith/internal/access"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/authoring"
	"kith/internal/flow/decision"
	"kith/internal/flow/evening"
	"kith/internal/flow/library"
	"kith/internal/flow/period"
	"kith/internal/flow/schooltest"
	"kith/internal/item"
	"kith/internal/roster"
)

var rubric = []item.Criterion{{Name: "Says why", Levels: []string{"Not there yet", "Says it", "Says it and why"}}, {Name: "Uses the numbers", Levels: []string{"Not there yet", "Uses them"}}}

func addsItem(s *schooltest.School, d authoring.Draft) item.ID {
	s.T.Helper()
	d.Skill, d.Text, d.Solution = s.Skill("a"), "Say it in words.", "A way to say it."
	return schooltest.Do(s, authoring.AddItem, s.Okafor, authoring.AddItemIn{Op: schooltest.Op(), Class: s.Class, Draft: d}).Item
}

func writesDown(s *schooltest.School, who access.Actor, id item.ID, drawN int, text string) evening.AttemptOut {
	s.T.Helper()
	s.Now = s.Now.Add(time.Minute)
	return schooltest.Do(s, evening.RecordAttempt, who, evening.RecordAttemptIn{Op: schooltest.Op(), Learner: who.Person, Item: id, Version: 1, DrawN: drawN, Try: 1,
		Purpose: evidence.ForPractice, Response: item.Response{Boxes: []string{text}}, HappenedMs: s.Now.UnixMilli()})
}

func lookCounts(s *schooltest.School) (inbox, around int) {
	inbox = schooltest.Show(s, decision.Inbox, s.Okafor, decision.InboxIn{Class: s.Class}).Appeals
	return inbox, schooltest.Show(s, period.Around, s.Okafor, period.AroundIn{}).Waiting[string(s.Class)]
}

// An answer with a rubric waits, moves nothing, and becomes evidence by what the teacher finds; the learner reads the levels.
func TestWaiting_IsNoEvidenceUntilSomebodyHasLooked(t *testing.T) {
	s := schooltest.New(t, 2)
	amina := s.Learners[0]
	s.Answers(amina, "a-2", "right", 1)
	before := unitOf(s, amina).Estimates[s.Skill("a")]
	id := addsItem(s, authoring.Draft{Kind: item.Long, Rubric: rubric})
	got := writesDown(s, amina, id, 1, "Both are twice as much.\nSo it tastes the same.")
	if got.Outcome != item.Waiting || got.Before != got.After || got.Fact == "" {
		t.Fatalf("%+v", got)
	}
	if e := unitOf(s, amina).Estimates[s.Skill("a")]; !reflect.DeepEqual(e, before) {
		t.Errorf("it moved the estimate: %+v, was %+v", e, before)
	}
	recomputes(s)
	p := appealsPage(s)
	if len(p.Folds) != 1 || !p.Folds[0].Unjudged || len(p.Folds[0].Rubric) != 2 || len(p.Folds[0].Key) != 0 || schooltest.Plain(p.Folds[0].Answer) != "Both are twice as much.So it tastes the same." {
		t.Fatalf("the queue: %s", schooltest.MustJSON(p.Folds))
	}
	if inbox, around := lookCounts(s); inbox != 1 || around != 1 {
		t.Errorf("counted %d in the inbox, %d around", inbox, around)
	}
	in := decision.RuleAppealsIn{Op: schooltest.Op(), Class: s.Class, Attempts: []string{got.Fact}, Accepted: true, Levels: []int{2}}
	schooltest.Refused(s, decision.RuleAppeals, s.Okafor, in, fault.Invalid)
	in.Op, in.Levels, in.Word = schooltest.Op(), []int{2, 1}, "I like “twice”."
	schooltest.Do(s, decision.RuleAppeals, s.Okafor, in)
	u := unitOf(s, amina)
	if e := u.Estimates[s.Skill("a")]; e.PKnown <= before.PKnown || e.Unaided != 2 {
		t.Errorf("after the ruling: %+v", e)
	}
	h := schooltest.Show(s, evening.Home, amina, struct{}{})
	want := []item.RuledLevel{{Criterion: "Says why", Level: "Says it and why", Met: true}, {Criterion: "Uses the numbers", Level: "Uses them", Met: true}}
	if h.Ruled == nil || !h.Ruled.Accepted || !h.Ruled.Waited || h.Ruled.Word != in.Word || !reflect.DeepEqual(h.Ruled.Levels, want) {
		t.Errorf("home says %+v", h.Ruled)
	}
	if inbox, around := lookCounts(s); inbox+around != 0 || len(appealsPage(s).Folds) != 0 {
		t.Errorf("it still waits: %d, %d", inbox, around)
	}
	shown := schooltest.Show(s, decision.LearnerView, s.Okafor, decision.LearnerIn{Learner: amina.Person})
	if l := shown.Evidence.Lines[0]; l.Kind != evidence.KindRuling || !reflect.DeepEqual(l.Levels, want) {
		t.Errorf("the record says %+v", l)
	}
	recomputes(s)

	// Taken out, it waits again and is no evidence.
	last := u.Facts[len(u.Facts)-1]
	schooltest.Do(s, decision.WithdrawFact, s.Okafor, decision.WithdrawFactIn{Op: schooltest.Op(), Learner: amina.Person, Fact: last.ID, Reason: "A slip of mine."})
	if e := unitOf(s, amina).Estimates[s.Skill("a")]; e.PKnown != before.PKnown || len(appealsPage(s).Folds) != 1 {
		t.Errorf("after the withdrawal: %+v", e)
	}
	recomputes(s)
}

// A teacher's not yet counts as one from when the answer was given; levels say enough without a word.
func TestWaiting_NotYetCountsFromWhenItWasGiven(t *testing.T) {
	s := schooltest.New(t, 1)
	amina := s.Learners[0]
	id := addsItem(s, authoring.Draft{Kind: item.Long, Rubric: rubric})
	got := writesDown(s, amina, id, 1, "It is.")
	s.Answers(amina, "a-2", "right", 1)
	before := unitOf(s, amina).Estimates[s.Skill("a")]
	in := decision.RuleAppealsIn{Op: schooltest.Op(), Class: s.Class, Attempts: []string{got.Fact}}
	schooltest.Refused(s, decision.RuleAppeals, s.Okafor, in, fault.Invalid) // neither word nor levels
	in.Op, in.Levels = schooltest.Op(), []int{0, 0}
	schooltest.Do(s, decision.RuleAppeals, s.Okafor, in)
	if e := unitOf(s, amina).Estimates[s.Skill("a")]; e.PKnown >= before.PKnown || e.State.Facts[0] != got.Fact {
		t.Errorf("after the ruling: %+v, was %+v", e, before)
	}
	if h := schooltest.Show(s, evening.Home, amina, struct{}{}); h.Ruled == nil || h.Ruled.Accepted || len(h.Ruled.Levels) != 2 {
		t.Errorf("home says %+v", h.Ruled)
	}
	// The variant is over: a further try is refused, a fresh one is taken.
	retry := evening.RecordAttemptIn{Op: schooltest.Op(), Learner: amina.Person, Item: id, Version: 1, DrawN: 1, Try: 2, Purpose: evidence.ForPractice, Response: item.Response{Boxes: []string{"Again."}}}
	schooltest.Refused(s, evening.RecordAttempt, amina, retry, fault.Conflict)
	writesDown(s, amina, id, 2, "Because both double.")
	recomputes(s)
}

// Short texts that read the same are one card and one act; what a program knows never comes here.
func TestWaiting_TextsThatReadTheSameFold(t *testing.T) {
	s := schooltest.New(t, 4)
	id := addsItem(s, authoring.Draft{Kind: item.Short, Accepts: []string{"equivalent"}})
	texts := []string{"equivelent", " Equivelent.", "same", "EQUIVALENT"}
	var facts []string
	for i, who := range s.Learners {
		facts = append(facts, writesDown(s, who, id, 1, texts[i]).Fact)
	}
	p := appealsPage(s)
	if len(p.Folds) != 2 || len(p.Folds[0].Waiting) != 2 || p.Folds[0].Like != "equivalent" || p.Folds[1].Like != "" || !p.Folds[0].Accept || schooltest.Plain(p.Folds[0].Key) != "equivalent" {
		t.Fatalf("the queue: %s", schooltest.MustJSON(p.Folds))
	}
	if out := rules(s, true, "", facts[0], facts[1]); out.Ruled != 2 {
		t.Errorf("ruled %d", out.Ruled)
	}
	schooltest.Refused(s, decision.RuleAppeals, s.Okafor, decision.RuleAppealsIn{Op: schooltest.Op(), Class: s.Class, Attempts: []string{facts[3]}, Accepted: true}, fault.NotFound)
	for _, who := range s.Learners[:2] {
		if e := unitOf(s, who).Estimates[s.Skill("a")]; e.Unaided != 1 {
			t.Errorf("%+v", e)
		}
	}
	recomputes(s)
}

// A photo is its maker's alone until it is sent, then also their teachers'; nobody sends another's, and none twice.
func TestAnswerFile_IsSeenByMakerAndTeachers(t *testing.T) {
	s := schooltest.New(t, 2)
	amina, ben := s.Learners[0], s.Learners[1]
	id := addsItem(s, authoring.Draft{Kind: item.Upload})
	upload := func(kind string) evening.AddAnswerFileIn {
		return evening.AddAnswerFileIn{Op: schooltest.Op(), SHA256: "ab", Type: kind, Size: 12}
	}
	schooltest.Refused(s, evening.AddAnswerFile, amina, upload("video/mp4"), fault.Invalid)
	file := schooltest.Do(s, evening.AddAnswerFile, amina, upload("image/jpeg")).File
	see := func(who access.Actor) error {
		_, err := flow.Show(t.Context(), s.F, evening.AnswerFile, who, library.FileIn{ID: file})
		return err
	}
	if see(amina) != nil || see(s.Okafor) == nil || see(ben) == nil {
		t.Errorf("before it is sent: maker %v, teacher %v, classmate %v", see(amina), see(s.Okafor), see(ben))
	}
	send := func(who access.Actor, drawN int) evening.RecordAttemptIn {
		return evening.RecordAttemptIn{Op: schooltest.Op(), Learner: who.Person, Item: id, Version: 1, DrawN: drawN, Try: 1, Purpose: evidence.ForPractice, Response: item.Response{Boxes: []string{""}, Files: []string{file}}}
	}
	schooltest.Refused(s, evening.RecordAttempt, ben, send(ben, 1), fault.Invalid)
	schooltest.Do(s, evening.RecordAttempt, amina, send(amina, 1))
	schooltest.Refused(s, evening.RecordAttempt, amina, send(amina, 2), fault.Invalid)
	if see(amina) != nil || see(s.Okafor) != nil || see(ben) == nil || see(s.Lin) == nil {
		t.Errorf("once it is sent: maker %v, teacher %v, classmate %v, another teacher %v", see(amina), see(s.Okafor), see(ben), see(s.Lin))
	}
	if p := appealsPage(s); len(p.Folds) != 1 || len(p.Folds[0].Files) != 1 || p.Folds[0].Files[0] != file {
		t.Errorf("the queue: %s", schooltest.MustJSON(p.Folds))
	}
}

// A document goes the same way as a photo, where the question asks for one, and never as a photo.
func TestAnswerFile_ADocumentWhereTheQuestionTakesOne(t *testing.T) {
	s := schooltest.New(t, 2)
	amina, ben := s.Learners[0], s.Learners[1]
	photos, documents, both := addsItem(s, authoring.Draft{Kind: item.Upload}), addsItem(s, authoring.Draft{Kind: item.Upload, Sends: item.SendsDocuments}), addsItem(s, authoring.Draft{Kind: item.Upload, Sends: item.SendsBoth})
	upload := func(kind string) string {
		return schooltest.Do(s, evening.AddAnswerFile, amina, evening.AddAnswerFileIn{Op: schooltest.Op(), SHA256: "ab", Type: kind, Size: 12}).File
	}
	pdf, jpg := upload("application/pdf"), upload("image/jpeg")
	send := func(who access.Actor, id item.ID, r item.Response) evening.RecordAttemptIn {
		r.Boxes = []string{""}
		return evening.RecordAttemptIn{Op: schooltest.Op(), Learner: who.Person, Item: id, Version: 1, DrawN: 1, Try: 1, Purpose: evidence.ForPractice, Response: r}
	}
	for name, in := range map[string]evening.RecordAttemptIn{
		"a document where photos are asked":  send(amina, photos, item.Response{Documents: []string{pdf}}),
		"a photo where a document is asked":  send(amina, documents, item.Response{Files: []string{jpg}}),
		"a document said to be a photo":      send(amina, both, item.Response{Files: []string{pdf}}),
		"a photo said to be a document":      send(amina, both, item.Response{Documents: []string{jpg}}),
		"somebody else's":                    send(ben, documents, item.Response{Documents: []string{pdf}}),
		"more than three of both sorts":      send(amina, both, item.Response{Files: []string{jpg, "b", "c"}, Documents: []string{pdf}}),
		"beside words of another kind's box": send(amina, addsItem(s, authoring.Draft{Kind: item.Long}), item.Response{Documents: []string{pdf}}),
	} {
		if schooltest.Refused(s, evening.RecordAttempt, access.Actor{School: s.ID, Person: in.Learner, Role: roster.Learner}, in, fault.Invalid) == "" {
			t.Errorf("%s was taken", name)
		}
	}
	schooltest.Do(s, evening.RecordAttempt, amina, send(amina, both, item.Response{Files: []string{jpg}, Documents: []string{pdf}}))
	for _, file := range []string{jpg, pdf} {
		for who, may := range map[access.Actor]bool{amina: true, s.Okafor: true, ben: false, s.Lin: false} {
			if _, err := flow.Show(t.Context(), s.F, evening.AnswerFile, who, library.FileIn{ID: file}); (err == nil) != may {
				t.Errorf("%s: %v", who.Role, err)
			}
		}
	}
	if p := appealsPage(s); len(p.Folds) != 1 || len(p.Folds[0].Files) != 1 || len(p.Folds[0].Documents) != 1 || p.Folds[0].Documents[0] != pdf {
		t.Errorf("the queue: %s", schooltest.MustJSON(p.Folds))
	}
	schooltest.Refused(s, evening.RecordAttempt, amina, send(amina, documents, item.Response{Documents: []string{pdf}}), fault.Invalid) // sent already
}
