package learner

import (
	"kith/internal/flow"
	"kith/internal/flow/evening"
	"kith/internal/flow/going"
	"kith/internal/flow/library"
	"kith/internal/roster"
	"kith/internal/web"
)

// registerEvening adds the pages of a learner's evening: home, the unit's task, the own word, the check, what is known, the
// plan, the lesson, practice, off-screen work, the list of skills and their map.
func registerEvening(s *web.Server) {
	page := func(path, name, tab string, learner func(view any) roster.PersonID) web.Spec {
		// Every page of the evening may tell what became of an answer that reached the school late.
		return web.Spec{Path: path, Script: "learner/" + name, Title: name + ".title", Tab: tab, Words: []string{"slip."},
			Topics: func(v any) []string { return []string{flow.LearnerTopic(string(learner(v)))} }}
	}
	web.PageOf(s, page("/home", "home", "home", func(v any) roster.PersonID { return v.(evening.HomePage).Learner }), evening.Home)
	web.PageOf(s, page("/unit/{class_unit}/task", "task", "home", func(v any) roster.PersonID { return v.(evening.TaskPage).Learner }), evening.UnitTask)
	web.PageOf(s, page("/unit/{class_unit}/self", "self", "home", func(v any) roster.PersonID { return v.(evening.SelfPage).Learner }), evening.Self)
	web.PageOf(s, page("/unit/{class_unit}/check", "check", "home", func(v any) roster.PersonID { return v.(evening.CheckPage).Learner }), evening.Check)
	web.PageOf(s, page("/unit/{class_unit}/known", "known", "home", func(v any) roster.PersonID { return v.(evening.KnownPage).Learner }), evening.Known)
	web.PageOf(s, page("/plan", "plan", "plan", func(v any) roster.PersonID { return v.(evening.PlanPage).Learner }), evening.Plan)
	web.PageOf(s, page("/lesson/{lesson}", "lesson", "home", func(v any) roster.PersonID { return v.(evening.LessonPage).Learner }), evening.Lesson)
	web.PageOf(s, page("/practice/{skill}", "practice", "home", func(v any) roster.PersonID { return v.(evening.PracticePage).Learner }), evening.Practice)
	web.PageOf(s, page("/activity/{class_unit}/{objective}", "activity", "home", func(v any) roster.PersonID { return v.(evening.ActivityPage).Learner }), evening.Activity)
	web.PageOf(s, page("/skills", "skills", "skills", func(v any) roster.PersonID { return v.(evening.SkillsPage).Learner }), evening.Skills)
	web.PageOf(s, page("/map", "map", "skills", func(v any) roster.PersonID { return v.(evening.MapPage).Learner }), evening.Map)

	web.Act(s, "/api/v1/record-attempt", evening.RecordAttempt)
	web.Act(s, "/api/v1/appeal", evening.Appeal)
	web.Ask(s, "/api/v1/read-answer", library.ReadAnswer)
	web.Ask(s, "/api/v1/try-scaffold", library.TryScaffold)
	web.Act(s, "/api/v1/pick-role", evening.PickRole)
	web.Act(s, "/api/v1/rate-self", evening.RateSelf)
	web.Act(s, "/api/v1/start-check", evening.StartCheck)
	web.Act(s, "/api/v1/answer-check", evening.AnswerCheck)
	web.Act(s, "/api/v1/stop-check", evening.StopCheck)
	web.Act(s, "/api/v1/send-plan", evening.SendPlan)
	web.Act(s, "/api/v1/ask-for-plan", evening.AskForPlan)
	web.Act(s, "/api/v1/wish-goal", going.WishGoal)
	web.Act(s, "/api/v1/leave-goal", going.LeaveGoal)
	web.Act(s, "/api/v1/note-viewing", evening.NoteViewing)
	web.Act(s, "/api/v1/save-resume", evening.SaveResume)
	web.Act(s, "/api/v1/bring-question", evening.BringQuestion)
	web.Act(s, "/api/v1/do-activity", evening.DoActivity)
	registerCourseFiles(s)
}
