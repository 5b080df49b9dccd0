package staff

import (
	"kith/internal/flow/shaping"
	"kith/internal/web"
)

// registerShaping adds the page of what skills need of each other.
func registerShaping(s *web.Server) {
	web.PageOf(s, web.Spec{Path: "/class/{class}/prerequisites/{unit}", Script: "staff/prerequisites", Title: "prerequisites.title", Tab: "units"}, shaping.Prerequisites)
	web.Act(s, "/api/v1/change-prerequisite", shaping.ChangePrerequisite)
}
