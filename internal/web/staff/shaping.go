package staff

import (
	"kith/internal/flow/shaping"
	"kith/internal/web"
)

// registerShaping adds the pages on which a teacher changes a unit: its outline, and what its skills need of each other.
func registerShaping(s *web.Server) {
	web.PageOf(s, web.Spec{Path: "/class/{class}/outline/{unit}", Script: "staff/outline", Title: "outline.title", Tab: "units", Words: []string{"newer."}}, shaping.Outline)
	web.Act(s, "/api/v1/change-outline", shaping.ChangeOutline)
	web.Act(s, "/api/v1/create-unit", shaping.CreateUnit)
	web.Act(s, "/api/v1/renew-unit", shaping.RenewUnit)
	web.PageOf(s, web.Spec{Path: "/class/{class}/prerequisites/{unit}", Script: "staff/prerequisites", Title: "prerequisites.title", Tab: "units"}, shaping.Prerequisites)
	web.Act(s, "/api/v1/change-prerequisite", shaping.ChangePrerequisite)
}
