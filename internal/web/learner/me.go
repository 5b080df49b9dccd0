package learner

import (
	"context"
	"net/http"

	"kith/internal/flow"
	"kith/internal/flow/office"
	"kith/internal/web"
)

// registerMe adds a person's page about themselves, and who looked at a record.
func registerMe(s *web.Server) {
	web.PageOf(s, web.Spec{Path: "/me", Script: "learner/me", Title: "me.title", Tab: "me", Words: []string{"record."}}, office.Me)
	web.ActBy(s, "/api/v1/set-settings", office.SetSettings, nil, func(_ context.Context, _ office.SetSettingsIn, done flow.Done) (flow.Done, error) {
		s.Forget() // a session remembers how pages look
		return done, nil
	})
	web.Document(s, "/record/{person}", office.WhoLooked, func(w http.ResponseWriter, r *http.Request, v office.WhoLookedPage) error {
		return s.Draw(w, r, documents, "record.html", web.Leaf{Title: "record.title", Kind: "page", View: v})
	})
}

var documents = web.LeafTemplates(templates, "*.html")
