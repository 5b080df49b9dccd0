package learner

import (
	"context"
	"net/http"

	"kith/internal/flow"
	"kith/internal/web"
)

// registerMe adds a person's page about themselves, and who looked at a record.
func registerMe(s *web.Server) {
	web.PageOf(s, web.Spec{Path: "/me", Script: "learner/me", Title: "me.title", Tab: "me"}, flow.Me)
	web.ActBy(s, "/api/v1/set-settings", flow.SetSettings, nil, func(_ context.Context, _ flow.SetSettingsIn, done flow.Done) (flow.Done, error) {
		s.Forget() // a session remembers how pages look
		return done, nil
	})
	web.Document(s, "/record/{person}", flow.WhoLooked, func(w http.ResponseWriter, r *http.Request, v flow.WhoLookedPage) error {
		return s.Draw(w, r, documents, "record.html", web.Leaf{Title: "record.title", Kind: "page", View: v})
	})
}

var documents = web.LeafTemplates(templates, "*.html")
