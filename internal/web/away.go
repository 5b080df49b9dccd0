package web

import (
	"net/http"

	"kith/internal/access"
	"kith/internal/phrase"
)

// awayData is what the page /away says.
type awayData struct {
	shellData
	What, Kept, Sent, Soon, Again string
}

// registerAway registers the service worker and the page that it shows where the school cannot be reached (lib/worker.ts).
// The page holds nothing of anybody: browsers keep it on devices that are shared.
func (s *Server) registerAway() {
	s.Raw(Operation{Name: "away", Sort: SortFile, Method: http.MethodGet, Path: "/away", Rule: access.Allow(access.Anyone)}, func(w http.ResponseWriter, r *http.Request) error {
		script := s.assets.file("away.js")
		if script == "" {
			return errNoFrontEnd
		}
		d := awayData{shellData: s.shellData(r, "away.title")}
		d.JS, d.Theme, d.Text = script, "", ""
		for key, to := range map[string]*string{"away.what": &d.What, "away.kept": &d.Kept, "away.sent": &d.Sent, "away.soon": &d.Soon, "away.again": &d.Again} {
			*to = s.Catalogue.Say(d.Locale, phrase.Of(key))
		}
		s.write(w, r, http.StatusOK, "away.html", d)
		return nil
	})
	s.Raw(Operation{Name: "worker.js", Sort: SortFile, Method: http.MethodGet, Path: "/worker.js", Rule: access.Allow(access.Anyone)}, func(w http.ResponseWriter, r *http.Request) error {
		w.Header().Set("Cache-Control", "no-cache")
		return serveAsset(w, r, "dist/worker.js")
	})
}
