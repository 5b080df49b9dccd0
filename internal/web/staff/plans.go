package staff

import (
	"kith/internal/flow"
	"kith/internal/web"
)

// registerPlans adds the plan inbox of a class, a teacher's page of one learner, and what is decided there.
func registerPlans(s *web.Server) {
	web.PageOf(s, web.Spec{Path: "/class/{class}/inbox", Script: "staff/inbox", Title: "inbox.title", Tab: "inbox", Words: []string{"proposal."},
		Topics: func(v any) []string { return []string{flow.ClassTopic(string(v.(flow.InboxPage).Class))} }}, flow.Inbox)
	web.PageOf(s, web.Spec{Path: "/learner/{learner}", Script: "staff/learner", Title: "learner.title", Tab: "people", Words: []string{"proposal."},
		Topics: func(v any) []string {
			p := v.(flow.LearnerPage)
			topics := []string{flow.LearnerTopic(string(p.Answers.Learner))}
			if p.Class != "" {
				topics = append(topics, flow.ClassTopic(string(p.Class)))
			}
			return topics
		}}, flow.LearnerView)
	web.Act(s, "/api/v1/decide-proposals", flow.DecideProposals)
	web.Act(s, "/api/v1/decide-edit", flow.DecideEdit)
	web.Act(s, "/api/v1/take-back", flow.TakeBack)
	web.Act(s, "/api/v1/put-step", flow.PutStep)
	web.Act(s, "/api/v1/take-step", flow.TakeStep)
	web.Act(s, "/api/v1/change-step", flow.ChangeStep)
	web.Act(s, "/api/v1/credit-skill", flow.CreditSkill)
	web.Act(s, "/api/v1/reopen-skill", flow.ReopenSkill)
	web.Act(s, "/api/v1/withdraw-fact", flow.WithdrawFact)
	web.Act(s, "/api/v1/meet-learner", flow.MeetLearner)
}
