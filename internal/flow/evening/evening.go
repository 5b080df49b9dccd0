// Package evening is what learners do, and what their guardians read of it: the home page, lessons, practice, the check, tasks
// and activities, their own word on what they can do, the plan that they look at and send, an exit check at the end of a pile.
//
// Its verbs record what a learner did and said; none decides a plan. Home, plan and a guardian's page show the same fold,
// which package standing makes.
//
// Place in the flow: layer 4, above standing.
package evening

import "kith/internal/roster"

// acted tells followers that a learner did something; pages load what they need.
type acted struct {
	Learner roster.PersonID `json:"learner"`
}

// LessonLink names a lesson.
type LessonLink struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Form  string `json:"form" enum:"film,link,text"` // what it mainly is
}
