package main

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"testing"

	"kith/internal/access"
	"kith/internal/content"
	"kith/internal/flow"
	"kith/internal/flow/authoring"
	"kith/internal/flow/library"
	"kith/internal/flow/shaping"
	"kith/internal/item"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"
)

// prepared is what a teacher has made ready for 7B.
type prepared struct {
	day      string // of the lesson that runs now
	taught   string // the unit of w.unit
	invited  string // an invitation to w.lesson
	question string // brought by Lena
	written  string // an item that the teacher wrote
}

func (tp *template) prepare(t *testing.T, f *flow.Flow) {
	t.Helper()
	tp.invited, tp.question = newUUID(), newUUID()
	err := f.Store().Write(t.Context(), "", func(ctx context.Context, tx *store.Tx) error {
		school, her := string(tp.school), string(tp.person[lena])
		pile, err := tx.Pile(ctx, db.PileParams{SchoolID: school, ID: tp.pile})
		if err != nil {
			return err
		}
		unit, err := tx.ClassUnit(ctx, db.ClassUnitParams{SchoolID: school, ID: tp.unit})
		if err != nil {
			return err
		}
		tp.day, tp.taught = pile.ClassDayID, unit.UnitID
		seq, err := tx.NextSeq(ctx, db.NextSeqParams{SchoolID: school, LearnerID: her})
		return errors.Join(err,
			tx.InviteToLesson(ctx, db.InviteToLessonParams{SchoolID: school, ID: tp.invited, ClassID: string(tp.class), ClassUnitID: tp.unit, LessonID: tp.lesson,
				BeforeOn: "2026-11-24", BeforeAt: "09:00", ByID: string(tp.person[teacher]), AtMs: tx.Now}),
			tx.AddEvidence(ctx, db.AddEvidenceParams{SchoolID: school, LearnerID: her, Seq: seq, Kind: "question", FactID: tp.question, HappenedMs: tx.Now, ReceivedMs: tx.Now, Op: newUUID()}),
			tx.AddBroughtQuestion(ctx, db.AddBroughtQuestionParams{SchoolID: school, ID: tp.question, LearnerID: her, ClassID: string(tp.class), LessonID: tp.lesson, Text: "Why?"}))
	})
	if err != nil {
		t.Fatal(err)
	}
}

func init() { maps.Copy(requests, beforeRequests) }

// beforeRequests are the operations of a teacher's preparation.
var beforeRequests = map[string]request{
	"today":           at("/api/v1/page/class/%s/today", class7B),
	"units":           at("/api/v1/page/class/%s/units", class7B),
	"add_lesson_form": at("/api/v1/page/class/%s/lesson", class7B),
	"preview_unit":    at("/api/v1/page/class/%s/preview/unit/%s", class7B, unit7B),
	"preview_lesson":  at("/api/v1/page/class/%s/preview/lesson/%s", class7B, func(w *world) string { return w.own }),
	"preview_skill":   at("/api/v1/page/class/%s/preview/skill/%s", class7B, func(w *world) string { return w.skill }),
	"items":           at("/api/v1/page/class/%s/items/%s", class7B, unit7B),
	"print_today":     at("/print/today/%s", class7B),
	"print_activity":  at("/print/activity/%s/%s", unit7B, func(w *world) string { return w.goal }),
	"plan_day":        act("/api/v1/plan-day", func(w *world) map[string]any { return map[string]any{"class": class7B(w)} }),
	"set_proposals":   act("/api/v1/set-proposals", func(w *world) map[string]any { return map[string]any{"class": class7B(w), "on": false} }),
	"move_in_pile": act("/api/v1/move-in-pile", func(w *world) map[string]any {
		return map[string]any{"day": w.day, "learner": w.person[classmate], "pile": w.pile}
	}),
	"set_pile_place": act("/api/v1/set-pile-place", func(w *world) map[string]any { return map[string]any{"pile": w.pile, "place": "2"} }),
	"use_question":   act("/api/v1/use-question", func(w *world) map[string]any { return map[string]any{"question": w.question} }),
	"give_unit": func(w *world, a actor) *http.Request {
		if a == teacher { // it is 7B's already; only a unit that was taken back can be given
			who := access.Actor{School: w.school, Person: w.person[teacher], Role: roster.Teacher}
			runAs(w.t, w.flow, library.EndUnit, who, library.EndUnitIn{Op: op(), ClassUnit: w.unit})
		}
		return act("/api/v1/give-unit", func(w *world) map[string]any {
			return map[string]any{"class": class7B(w), "unit": w.taught, "dial": "pick"}
		})(w, a)
	},
	"end_unit": act("/api/v1/end-unit", func(w *world) map[string]any { return map[string]any{"class_unit": w.unit} }),
	"set_dial": act("/api/v1/set-dial", func(w *world) map[string]any {
		return map[string]any{"class_unit": w.unit, "learner": lenaID(w), "dial": "propose"}
	}),
	"goals": at("/api/v1/page/class/%s/goals", class7B),
	"set_goal": act("/api/v1/set-goal", func(w *world) map[string]any {
		return map[string]any{"class_unit": w.unit, "aims": []any{map[string]any{"skill": w.skill, "weight": 1}}, "due_on": "2099-05-12"}
	}),
	"end_goal": act("/api/v1/end-goal", func(w *world) map[string]any { return map[string]any{"class_unit": w.unit, "goal": w.target} }),
	"set_week": act("/api/v1/set-week", func(w *world) map[string]any { return map[string]any{"class_unit": w.unit, "minutes": 80} }),
	"invite_lesson": act("/api/v1/invite-lesson", func(w *world) map[string]any {
		return map[string]any{"class_unit": w.unit, "lesson": w.lesson, "before": map[string]any{"on": "2026-11-25", "at": "09:00"}}
	}),
	"withdraw_lesson": act("/api/v1/withdraw-lesson", func(w *world) map[string]any { return map[string]any{"class_lesson": w.invited} }),
	"add_lesson": act("/api/v1/add-lesson", func(w *world) map[string]any {
		return map[string]any{"class_unit": w.unit, "title": "Adding", "skill": w.skill, "minutes": 3, "checks": []any{}, "text": "Add."}
	}),
	"change_lesson": at("/api/v1/page/class/%s/lesson/%s", class7B, func(w *world) string { return w.own }),
	"edit_lesson":   act("/api/v1/edit-lesson", func(w *world) map[string]any { return changed(w, w.own) }),
	"copy_lesson":   act("/api/v1/copy-lesson", func(w *world) map[string]any { return changed(w, w.lesson) }),
	"take_lesson": act("/api/v1/take-lesson", func(w *world) map[string]any {
		return map[string]any{"class": class7B(w), "lesson": w.own}
	}),
	"put_lesson": func(w *world, a actor) *http.Request {
		if a == teacher { // only what was taken down can be put back
			who := access.Actor{School: w.school, Person: w.person[teacher], Role: roster.Teacher}
			runAs(w.t, w.flow, library.TakeLesson, who, library.LessonRef{Op: op(), Class: roster.ClassID(class7B(w)), Lesson: content.LessonID(w.own)})
		}
		return act("/api/v1/put-lesson", func(w *world) map[string]any { return map[string]any{"class": class7B(w), "lesson": w.own} })(w, a)
	},
	"author":        at("/api/v1/page/class/%s/author/%s", class7B, func(w *world) string { return w.skill }),
	"prerequisites": at("/api/v1/page/class/%s/prerequisites/%s", class7B, unit7B),
	"change_prerequisite": act("/api/v1/change-prerequisite", func(w *world) map[string]any {
		return map[string]any{"class": class7B(w), "unit": w.unit, "version": 1, "from": w.skill, "to": w.rests, "needs": false}
	}),
	"outline": at("/api/v1/page/class/%s/outline/%s", class7B, unit7B),
	"change_outline": act("/api/v1/change-outline", func(w *world) map[string]any {
		return map[string]any{"class": class7B(w), "unit": w.unit, "version": 1, "course_version": 1, "title": "Ours", "objectives": []any{
			map[string]any{"id": "", "title": "First", "i_can": "I can begin.", "skills": []any{map[string]any{"id": "", "title": "Begin"}}}}}
	}),
	"create_unit": act("/api/v1/create-unit", func(w *world) map[string]any {
		return map[string]any{"class": class7B(w), "title": "Ours", "objective": "First", "i_can": "I can begin.", "skill": "Begin"}
	}),
	"renew_unit": func(w *world, a actor) *http.Request {
		if a == teacher { // there is a newer version, and 7B has the one before it
			who := access.Actor{School: w.school, Person: w.person[teacher], Role: roster.Teacher}
			runAs(w.t, w.flow, shaping.ChangeOutline, who, shaping.ChangeOutlineIn{Op: op(), Class: w.class, Unit: w.unit, Version: 1, CourseVersion: 1, Title: "Ours",
				Objectives: []shaping.WantedObjective{{Title: "First", ICan: "I can begin.", Skills: []shaping.WantedSkill{{Title: "Begin"}}}}})
			if err := w.flow.Store().Write(w.t.Context(), "", func(ctx context.Context, tx *store.Tx) error {
				_, err := tx.SetClassUnitVersion(ctx, db.SetClassUnitVersionParams{SchoolID: string(w.school), ID: w.unit, UnitVersion: 1})
				return err
			}); err != nil {
				w.t.Fatal(err)
			}
		}
		return act("/api/v1/renew-unit", func(w *world) map[string]any {
			return map[string]any{"class": class7B(w), "unit": w.unit, "version": 2}
		})(w, a)
	},
	"check_item": ask("/api/v1/check-item", func(w *world) map[string]any { return map[string]any{"class": class7B(w), "draft": drafted(w)} }),
	"try_item": ask("/api/v1/try-item", func(w *world) map[string]any {
		return map[string]any{"class": class7B(w), "draft": drafted(w), "draw_n": 1, "response": map[string]any{"boxes": []string{"4"}}}
	}),
	"preview_change": ask("/api/v1/preview-change", func(w *world) map[string]any {
		return map[string]any{"class": class7B(w), "item": w.written, "draft": drafted(w), "take": false}
	}),
	"add_item": act("/api/v1/add-item", func(w *world) map[string]any { return map[string]any{"class": class7B(w), "draft": drafted(w)} }),
	"edit_item": func(w *world, a actor) *http.Request {
		version := 1
		if a == admin { // after the teacher's edit
			version = 2
		}
		return act("/api/v1/edit-item", func(w *world) map[string]any {
			return map[string]any{"class": class7B(w), "item": w.written, "version": version, "draft": drafted(w), "evidence": "rescore"}
		})(w, a)
	},
	"replace_item": act("/api/v1/replace-item", func(w *world) map[string]any {
		return map[string]any{"class": class7B(w), "item": w.written, "draft": drafted(w), "evidence": "keep"}
	}),
	"withdraw_item": func(w *world, a actor) *http.Request {
		if a == admin { // after the teacher took it down
			who := access.Actor{School: w.school, Person: w.person[teacher], Role: roster.Teacher}
			runAs(w.t, w.flow, authoring.RestoreItem, who, authoring.RestoreItemIn{Op: op(), Class: w.class, Item: item.ID(w.written)})
		}
		return act("/api/v1/withdraw-item", func(w *world) map[string]any {
			return map[string]any{"class": class7B(w), "item": w.written, "evidence": "keep"}
		})(w, a)
	},
	"restore_item": func(w *world, a actor) *http.Request {
		if a == teacher || a == admin {
			who := access.Actor{School: w.school, Person: w.person[teacher], Role: roster.Teacher}
			runAs(w.t, w.flow, authoring.WithdrawItem, who, authoring.WithdrawItemIn{Op: op(), Class: w.class, Item: item.ID(w.written), Evidence: authoring.Keep})
		}
		return act("/api/v1/restore-item", func(w *world) map[string]any { return map[string]any{"class": class7B(w), "item": w.written} })(w, a)
	},
	"preview_text": act("/api/v1/preview-text", func(*world) map[string]any { return map[string]any{"markup": "Add."} }),
}

// drafted is an item as its author types it.
func drafted(w *world) map[string]any {
	none := []any{}
	return map[string]any{"skill": w.skill, "kind": "number", "text": "What is 2 and 2?", "key": "4", "unit": "", "second": "", "options": none, "groups": none, "ordered": false,
		"boxes": none, "ratio": false, "draw": none, "let": none, "keep": none, "forms": none, "variables": none, "tolerance": "", "axes": "", "accepts": none,
		"pattern": "", "exact": none, "rubric": none, "mistakes": none, "hints": none,
		"solution": "", "context": ""}
}

// write makes an item that the teacher of 7B wrote.
func (tp *template) write(t *testing.T, f *flow.Flow) {
	who := access.Actor{School: tp.school, Person: tp.person[teacher], Role: roster.Teacher}
	out := runAs(t, f, authoring.AddItem, who, authoring.AddItemIn{Op: op(), Class: tp.class,
		Draft: authoring.Draft{Skill: skill.ID(tp.skill), Kind: item.Number, Text: "What is 1 and 2?", Key: "3"}})
	tp.written = string(out.Item)
}

// changed is a lesson as another text.
func changed(w *world, lesson string) map[string]any {
	return map[string]any{"class": class7B(w), "lesson": lesson, "version": 1,
		"draft": map[string]any{"title": "Adding on", "skills": []string{w.skill}, "minutes": 3, "checks": []any{}, "text": "Add on."}}
}
