package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kith/internal/access"
	"kith/internal/blob"
	"kith/internal/evidence"
	"kith/internal/flow"
	"kith/internal/flow/evening"
	"kith/internal/flow/going"
	"kith/internal/flow/library"
	"kith/internal/goal"
	"kith/internal/item"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

// things are what 7B has besides people and a unit: every operation about one of them is asked with its id.
type things struct {
	proposal  string // Lena's, open and sent
	sitting   string // of Lena's check, open, with what it asks first
	asked     evening.CheckAsked
	film      string // a file of 7B's teacher, in their own lesson
	own       string // that lesson
	fact      string // an answer of Lena's
	believed  string // an answer of Lena's that she believes is right
	said      string // a short text of Lena's that nobody has looked at
	photo     string // of Lena's, sent with an answer
	typed     string // an item that is answered with mathematics
	withdrawn string // an item that nobody is asked any more
	target    string // a goal of 7B
	longing   string // where Lena would like to get to
}

func runAs[I flow.Input, O any](t *testing.T, f *flow.Flow, v flow.Verb[I, O], who access.Actor, in I) O {
	t.Helper()
	out, err := flow.Run(t.Context(), f, v, who, in)
	if err != nil {
		t.Fatalf("%s: %v", v.Name, err)
	}
	return out
}

func op() flow.Op { return flow.Op{Op: newUUID()} }

func (tp *template) blobs() *blob.Store { return blob.New(filepath.Join(tp.dir, "files")) }

// makeThings makes them through the verbs themselves.
func (tp *template) makeThings(t *testing.T, f *flow.Flow) {
	t.Helper()
	me := access.Actor{School: tp.school, Person: tp.person[lena], Role: roster.Learner}
	mine := flow.Mine{Op: op(), Learner: me.Person}
	they := access.Actor{School: tp.school, Person: tp.person[teacher], Role: roster.Teacher}

	kept, err := tp.blobs().Put(t.Context(), string(tp.school), strings.NewReader("\x00\x00\x00\x18ftypisom, and no more"))
	if err != nil {
		t.Fatal(err)
	}
	tp.film = runAs(t, f, library.AddFile, they, library.AddFileIn{Op: op(), SHA256: kept.SHA256, Type: kept.Type, Size: kept.Size, Name: "film.mp4"}).File
	own := runAs(t, f, library.AddLesson, they, library.AddLessonIn{Op: op(), ClassUnit: tp.unit, Title: "Ours", Skill: tp.items[0].Skills[0], Minutes: 4,
		Film: &library.FilmIn{File: tp.film, Ms: 60_000}, Before: &library.Before{On: time.Now().UTC().Format(time.DateOnly), At: "23:00"}})
	tp.own = string(own.Lesson)

	runAs(t, f, evening.AskForPlan, me, evening.AskForPlanIn{Mine: mine, ClassUnit: tp.unit})
	mine.Op = op()
	check := runAs(t, f, evening.StartCheck, me, evening.CheckIn{Mine: mine, ClassUnit: tp.unit})
	if check.Asked == nil {
		t.Fatal("the check asks nothing")
	}
	tp.sitting, tp.asked = check.Sitting, *check.Asked
	asked := tp.items[1]
	runAs(t, f, evening.RecordAttempt, me, evening.RecordAttemptIn{Op: op(), Learner: me.Person, Item: asked.ID, Version: 1, DrawN: 1, Try: 1, Purpose: evidence.ForPractice,
		Response: rightAnswer(t, asked, me.Person, 1)})
	tp.believed = runAs(t, f, evening.RecordAttempt, me, evening.RecordAttemptIn{Op: op(), Learner: me.Person, Item: asked.ID, Version: 1, DrawN: 2, Try: 1, Purpose: evidence.ForPractice,
		Response: item.Response{Boxes: []string{"1"}}}).Fact
	tp.sendWritten(t, f, me, they)
	mine.Op = op()
	runAs(t, f, evening.Appeal, me, evening.AppealIn{Mine: mine, Attempt: tp.believed})
	err = f.Store().Read(t.Context(), func(ctx context.Context, q *db.Queries) error {
		p, err := q.OpenProposal(ctx, db.OpenProposalParams{SchoolID: string(tp.school), LearnerID: string(me.Person), ClassUnitID: tp.unit})
		if err != nil {
			return err
		}
		facts, err := q.EvidenceOf(ctx, db.EvidenceOfParams{SchoolID: string(tp.school), LearnerID: string(me.Person)})
		if err != nil {
			return err
		}
		tp.proposal, tp.fact = p.ID, facts[len(facts)-3].FactID
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	mine.Op = op()
	runAs(t, f, evening.SendPlan, me, evening.SendPlanIn{Mine: mine, ClassUnit: tp.unit, Proposal: tp.proposal, Word: "Please."})
	mine.Op = op()
	tp.longing = runAs(t, f, going.WishGoal, me, going.WishGoalIn{Mine: mine, ClassUnit: tp.unit, Skill: tp.items[0].Skills[0]}).Goal
	tp.target = runAs(t, f, going.SetGoal, they, going.SetGoalIn{Op: op(), ClassUnit: tp.unit, Aims: []goal.Aim{{Task: true, Weight: 1}}, DueOn: "2099-12-01"}).Goal
	tp.withdrawn = string(tp.items[len(tp.items)-1].ID)
	err = f.Store().Write(t.Context(), "", func(ctx context.Context, tx *store.Tx) error {
		return rows(tx.SetContentStatus(ctx, db.SetContentStatusParams{SchoolID: string(tp.school), ID: tp.withdrawn, Status: "withdrawn"}))
	})
	if err != nil {
		t.Fatal(err)
	}
}

// copyInto copies the prepared database and files.
func (tp *template) copyInto(t *testing.T, dir string) {
	t.Helper()
	body, err := os.ReadFile(filepath.Join(tp.dir, "kith.db"))
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "kith.db"), body, 0o600)
	}
	if err == nil {
		err = os.CopyFS(filepath.Join(dir, "files"), os.DirFS(filepath.Join(tp.dir, "files")))
	}
	if err != nil {
		t.Fatal(err)
	}
}
