// Package staff is the pages of teachers and administrators: one name a page, its view, script, style, words and stories
// side by side.
//
// Place in the flow: layer 5, beneath cmd; it registers views and verbs of package flow with package web.
package staff

import (
	"embed"

	"kith/internal/flow"
	"kith/internal/flow/library"
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
	class := func(c library.ClassHead) []string { return []string{flow.ClassTopic(string(c.ID))} }
	web.PageOf(s, web.Spec{Path: "/class/{class}/now", Script: "staff/now", Title: "now.title", Tab: "now", Words: []string{"company."},
		Topics: func(v any) []string { return class(v.(period.NowPage).Class) }}, period.Now)
	web.PageOf(s, web.Spec{Path: "/class/{class}/room", Script: "staff/room", Title: "room.title", Tab: "now", Bare: true,
		Topics: func(v any) []string { return class(v.(period.RoomPage).Class) }}, period.Room)
	web.Act(s, "/api/v1/start-day", period.StartDay)
	web.Act(s, "/api/v1/end-day", period.EndDay)
	web.Act(s, "/api/v1/claim-help", period.ClaimHelp)
	web.Act(s, "/api/v1/resolve-help", period.ResolveHelp)
	web.Act(s, "/api/v1/open-exit", period.OpenExit)
	web.Act(s, "/api/v1/sat-together", period.SatTogether)
	registerPeople(s)
	registerBefore(s)
	registerPlans(s)
	registerBring(s)
}
