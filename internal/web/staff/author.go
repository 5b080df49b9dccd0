package staff

import (
	"kith/internal/flow/authoring"
	"kith/internal/web"
)

// registerAuthor adds the page on which a teacher writes an item or changes one, and what it asks while they type.
func registerAuthor(s *web.Server) {
	web.PageOf(s, web.Spec{Path: "/class/{class}/author/{skill}", Script: "staff/author", Title: "author.title", Tab: "units", Words: []string{"slip."}}, authoring.Author)
	web.Ask(s, "/api/v1/check-item", authoring.CheckItem)
	web.Ask(s, "/api/v1/try-item", authoring.TryItem)
	web.Ask(s, "/api/v1/preview-change", authoring.PreviewChange)
	web.Act(s, "/api/v1/add-item", authoring.AddItem)
	web.Act(s, "/api/v1/edit-item", authoring.EditItem)
	web.Act(s, "/api/v1/accept-answer", authoring.AcceptAnswer)
	web.Act(s, "/api/v1/replace-item", authoring.ReplaceItem)
	web.Act(s, "/api/v1/withdraw-item", authoring.WithdrawItem)
	web.Act(s, "/api/v1/restore-item", authoring.RestoreItem)
}
