package staff

import (
	"kith/internal/flow"
	"kith/internal/flow/decision"
	"kith/internal/flow/going"
	"kith/internal/web"
)

// registerPlans adds the plan inbox of a class, a teacher's page of one learner, what is decided there, maps, and the
// goals of a class.
func registerPlans(s *web.Server) {
	web.PageOf(s, web.Spec{Path: "/class/{class}/inbox", Script: "staff/inbox", Title: "inbox.title", Tab: "inbox", Words: []string{"proposal."},
		Topics: func(v any) []string { return []string{flow.ClassTopic(string(v.(decision.InboxPage).Class))} }}, decision.Inbox)
	web.PageOf(s, web.Spec{Path: "/learner/{learner}", Script: "staff/learner", Title: "learner.title", Tab: "people", Words: []string{"proposal."},
		Topics: func(v any) []string {
			p := v.(decision.LearnerPage)
			topics := []string{flow.LearnerTopic(string(p.Answers.Learner))}
			if p.Class != "" {
				topics = append(topics, flow.ClassTopic(string(p.Class)))
			}
			return topics
		}}, decision.LearnerView)
	web.PageOf(s, web.Spec{Path: "/class/{class}/appeals", Script: "staff/appeals", Title: "appeals.title", Tab: "inbox", Words: []string{"slip."},
		Topics: func(v any) []string { return []string{flow.ClassTopic(string(v.(decision.AppealsPage).Class))} }}, decision.Appeals)
	web.Act(s, "/api/v1/rule-appeals", decision.RuleAppeals)
	web.Act(s, "/api/v1/decide-proposals", decision.DecideProposals)
	web.Act(s, "/api/v1/decide-edit", decision.DecideEdit)
	web.Act(s, "/api/v1/take-back", decision.TakeBack)
	web.Act(s, "/api/v1/put-step", decision.PutStep)
	web.Act(s, "/api/v1/take-step", decision.TakeStep)
	web.Act(s, "/api/v1/change-step", decision.ChangeStep)
	web.Act(s, "/api/v1/credit-skill", decision.CreditSkill)
	web.Act(s, "/api/v1/reopen-skill", decision.ReopenSkill)
	web.Act(s, "/api/v1/withdraw-fact", decision.WithdrawFact)
	web.Act(s, "/api/v1/meet-learner", decision.MeetLearner)
	web.PageOf(s, web.Spec{Path: "/class/{class}/goals", Script: "staff/goals", Title: "goals.title", Tab: "units",
		Topics: func(v any) []string { return []string{flow.ClassTopic(string(v.(going.GoalsPage).Class.ID))} }}, going.Goals)
	registerMaps(s)
	web.Act(s, "/api/v1/set-goal", going.SetGoal)
	web.Act(s, "/api/v1/end-goal", going.EndGoal)
	web.Act(s, "/api/v1/set-week", going.SetWeek)
}

// registerMaps adds the map of one learner and that of a class: one page, two addresses, two rules.
func registerMaps(s *web.Server) {
	web.PageOf(s, web.Spec{Path: "/learner/{learner}/map", Script: "staff/map", Title: "map.title", Tab: "people",
		Topics: func(v any) []string { return []string{flow.LearnerTopic(string(v.(decision.TaughtMap).Learner))} }}, decision.LearnerMap)
	web.PageOf(s, web.Spec{Path: "/class/{class}/map", Script: "staff/map", Title: "map.title", Tab: "units",
		Topics: func(v any) []string { return []string{flow.ClassTopic(string(v.(decision.TaughtMap).Class.ID))} }}, decision.ClassMap)
}
