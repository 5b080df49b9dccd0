// Package learner is the pages of learners and guardians: one name a page, its view, script, style, words and stories side
// by side.
//
// Place in the flow: layer 5, beneath cmd; it registers views and verbs of package flow with package web.
package learner

import (
	"embed"

	"kith/internal/flow/evening"
	"kith/internal/flow/period"
	"kith/internal/web"
)

// Files are the words and stories of the pages in this folder.
//
//go:embed *.json
var Files embed.FS

//go:embed *.html
var templates embed.FS

// Register adds every page of this folder and the acts that they send.
func Register(s *web.Server) {
	registerEvening(s)
	web.PageOf(s, web.Spec{Path: "/exit/{pile}", Script: "learner/exit", Title: "exit.title", Tab: "home"}, evening.Exit)
	web.Act(s, "/api/v1/raise-hand", period.RaiseHand)
	web.Act(s, "/api/v1/set-presence", period.SetPresence)
	registerMe(s)
	registerChild(s)
}
