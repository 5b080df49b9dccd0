package staff

import (
	"encoding/json"
	"net/http"

	"kith/internal/access"
	"kith/internal/doc"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/decision"
	"kith/internal/flow/library"
	"kith/internal/flow/period"
	"kith/internal/web"
)

// registerBefore adds the pages of a teacher's preparation: the class's day, its units, a lesson of their own, what prints.
func registerBefore(s *web.Server) {
	class := func(c library.ClassHead) []string { return []string{flow.ClassTopic(string(c.ID))} }
	web.PageOf(s, web.Spec{Path: "/class/{class}/today", Script: "staff/today", Title: "today.title", Tab: "today",
		Topics: func(v any) []string { return class(v.(period.TodayPage).Class) }}, period.Today)
	web.Act(s, "/api/v1/plan-day", period.PlanDay)
	web.Act(s, "/api/v1/move-in-pile", period.MoveInPile)
	web.Act(s, "/api/v1/set-pile-place", period.SetPilePlace)
	web.Act(s, "/api/v1/use-question", period.UseQuestion)
	web.Act(s, "/api/v1/set-proposals", decision.SetProposals)
	web.PageOf(s, web.Spec{Path: "/class/{class}/units", Script: "staff/units", Title: "units.title", Tab: "units", Words: []string{"newer."},
		Topics: func(v any) []string { return class(v.(library.UnitsPage).Class) }}, library.Units)
	web.Act(s, "/api/v1/give-unit", library.GiveUnit)
	web.Act(s, "/api/v1/end-unit", library.EndUnit)
	web.Act(s, "/api/v1/set-dial", library.SetDial)
	web.Act(s, "/api/v1/invite-lesson", library.InviteLesson)
	web.Act(s, "/api/v1/withdraw-lesson", library.WithdrawLesson)
	web.PageOf(s, web.Spec{Path: "/class/{class}/lesson", Script: "staff/addlesson", Title: "addlesson.title", Tab: "units"}, library.AddLessonForm)
	web.Act(s, "/api/v1/add-lesson", library.AddLesson)
	web.PageOf(s, web.Spec{Path: "/class/{class}/lesson/{lesson}", Script: "staff/changelesson", Title: "changelesson.title", Tab: "units", Words: []string{"addlesson."}}, library.ChangeLesson)
	web.Act(s, "/api/v1/edit-lesson", library.EditLesson)
	web.Act(s, "/api/v1/copy-lesson", library.CopyLesson)
	web.Act(s, "/api/v1/take-lesson", library.TakeLesson)
	web.Act(s, "/api/v1/put-lesson", library.PutLesson)
	preview := func(path string) web.Spec {
		return web.Spec{Path: "/class/{class}/preview/" + path, Script: "staff/preview", Title: "preview.title", Tab: "units"}
	}
	web.PageOf(s, preview("unit/{unit}"), library.PreviewUnit)
	web.PageOf(s, preview("lesson/{lesson}"), library.PreviewLesson)
	web.PageOf(s, preview("skill/{skill}"), library.PreviewSkill)
	web.PageOf(s, web.Spec{Path: "/class/{class}/items/{unit}", Script: "staff/items", Title: "items.title", Tab: "units"}, library.ItemsView)
	s.Raw(web.Operation{Name: "preview_text", Sort: web.SortAction, Method: http.MethodPost, Path: "/api/v1/preview-text", Rule: access.Allow(access.Staff)}, previewText)
	registerAuthor(s)
	registerShaping(s)
	web.Document(s, "/print/today/{class}", period.PrintToday, printToday(s))
	web.Document(s, "/print/activity/{class_unit}/{objective}", period.PrintActivity, printActivity(s))
}

// previewText reads markup and draws it, and keeps nothing: {"markup"} to {"text"}.
func previewText(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Markup string `json:"markup"`
	}
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		return fault.Wrap(fault.Invalid, err, "fault.input", "detail", err.Error())
	}
	d, err := library.ReadText(in.Markup)
	if err != nil {
		return err
	}
	text, err := d.Draw(nil)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	return web.Encode(w, struct {
		Text []doc.El `json:"text"`
	}{text})
}
