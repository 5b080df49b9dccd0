package learner

import (
	"kith/internal/flow"
	"kith/internal/roster"
	"kith/internal/web"
)

// registerEvening adds the pages of a learner's evening: home, the unit's task, the own word, the check, what is known, the
// plan, the lesson, practice, off-screen work and the list of skills.
func registerEvening(s *web.Server) {
	page := func(path, name, tab string, learner func(view any) roster.PersonID) web.Spec {
		return web.Spec{Path: path, Script: "learner/" + name, Title: name + ".title", Tab: tab,
			Topics: func(v any) []string { return []string{flow.LearnerTopic(string(learner(v)))} }}
	}
	web.PageOf(s, page("/home", "home", "home", func(v any) roster.PersonID { return v.(flow.HomePage).Learner }), flow.Home)
	web.PageOf(s, page("/unit/{class_unit}/task", "task", "home", func(v any) roster.PersonID { return v.(flow.TaskPage).Learner }), flow.UnitTask)
	web.PageOf(s, page("/unit/{class_unit}/self", "self", "home", func(v any) roster.PersonID { return v.(flow.SelfPage).Learner }), flow.Self)
	web.PageOf(s, page("/unit/{class_unit}/check", "check", "home", func(v any) roster.PersonID { return v.(flow.CheckPage).Learner }), flow.Check)
	web.PageOf(s, page("/unit/{class_unit}/known", "known", "home", func(v any) roster.PersonID { return v.(flow.KnownPage).Learner }), flow.Known)
	web.PageOf(s, page("/plan", "plan", "plan", func(v any) roster.PersonID { return v.(flow.PlanPage).Learner }), flow.Plan)
	web.PageOf(s, page("/lesson/{lesson}", "lesson", "home", func(v any) roster.PersonID { return v.(flow.LessonPage).Learner }), flow.Lesson)
	web.PageOf(s, page("/practice/{skill}", "practice", "home", func(v any) roster.PersonID { return v.(flow.PracticePage).Learner }), flow.Practice)
	web.PageOf(s, page("/activity/{class_unit}/{objective}", "activity", "home", func(v any) roster.PersonID { return v.(flow.ActivityPage).Learner }), flow.Activity)
	web.PageOf(s, page("/skills", "skills", "skills", func(v any) roster.PersonID { return v.(flow.SkillsPage).Learner }), flow.Skills)

	web.Act(s, "/api/v1/record-attempt", flow.RecordAttempt)
	web.Act(s, "/api/v1/pick-role", flow.PickRole)
	web.Act(s, "/api/v1/rate-self", flow.RateSelf)
	web.Act(s, "/api/v1/start-check", flow.StartCheck)
	web.Act(s, "/api/v1/answer-check", flow.AnswerCheck)
	web.Act(s, "/api/v1/stop-check", flow.StopCheck)
	web.Act(s, "/api/v1/send-plan", flow.SendPlan)
	web.Act(s, "/api/v1/ask-for-plan", flow.AskForPlan)
	web.Act(s, "/api/v1/note-viewing", flow.NoteViewing)
	web.Act(s, "/api/v1/save-resume", flow.SaveResume)
	web.Act(s, "/api/v1/bring-question", flow.BringQuestion)
	web.Act(s, "/api/v1/do-activity", flow.DoActivity)
	registerCourseFiles(s)
}
